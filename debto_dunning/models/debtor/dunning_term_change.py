import math

from odoo import api, fields, models
from odoo.exceptions import UserError


class DunningTermChange(models.Model):
    """Payment terms and a credit limit that follow from a new segment: proposed, set or refused, by whom and when.

    Setting them writes Odoo's own payment term and credit limit on the customer, where they differ.
    """

    _name = "dunning.term.change"
    _description = "Change of Terms and Limit"
    _inherit = ["dunning.program.record"]
    _order = "id DESC"
    _rec_name = "debtor_id"

    debtor_id = fields.Many2one("dunning.debtor", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="debtor_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="debtor_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    segment_from_id = fields.Many2one("dunning.segment", "From Segment", readonly=True, ondelete="restrict")
    segment_to_id = fields.Many2one("dunning.segment", "To Segment", readonly=True, ondelete="restrict")
    changes_segment = fields.Boolean(
        readonly=True, help="The segment itself waits: a score proposes it for a natural person.")
    changes_term = fields.Boolean(readonly=True)
    old_term_id = fields.Many2one("account.payment.term", "Terms before", readonly=True, ondelete="restrict")
    new_term_id = fields.Many2one("account.payment.term", "New Terms", readonly=True, ondelete="restrict")
    changes_limit = fields.Boolean(readonly=True)
    old_limit = fields.Monetary("Limit before", readonly=True)
    new_limit = fields.Monetary(readonly=True)
    state = fields.Selection(
        [("proposed", "Proposed"), ("waiting", "To be set tonight"), ("done", "Set"), ("refused", "Refused"),
         ("outdated", "Overtaken")], required=True, default="proposed", readonly=True, index=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)

    # ------------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------------

    @api.model
    def _propose(self, before):
        """Propose the terms and the limit of each debtor's new segment, where they differ from the customer's.

        A segment that waits for a person's confirmation is proposed itself, with its terms and limit.

        :param before: {debtor: segment before; for one that waits, the debtor's own}
        :return: the changes created
        """
        # sudo: users who may change a segment may lack access to create changes. The values come from the segment, and
        # the decision on a change needs access rights.
        changes = self.sudo()
        debtors = self.env["dunning.debtor"].browse([debtor.id for debtor in before])
        changes.search([("debtor_id", "in", debtors.ids), ("state", "in", ("proposed", "waiting"))]).write(
            {"state": "outdated"})
        last_terms = changes._get_last_applied(debtors, "changes_term")
        last_limits = changes._get_last_applied(debtors, "changes_limit")
        agreed = changes._debtors_with_agreed_term(debtors)
        values = []
        for debtor in debtors.sudo():
            segment = before[debtor]
            target = debtor.waiting_segment_id or debtor.segment_id
            if target == segment:
                continue
            vals = changes._prepare_vals(
                debtor, segment, target, last_terms.get(debtor), last_limits.get(debtor), debtor in agreed)
            if debtor.waiting_segment_id:
                vals["changes_segment"] = True
            if vals:
                values.append({
                    **vals, "debtor_id": debtor.id, "segment_from_id": segment.id, "segment_to_id": target.id,
                    "state": "proposed" if changes._needs_confirmation(debtor, segment, target) else "waiting"})
        created = changes.create(values)
        if any(change.state == "waiting" for change in created):
            # one customer a transaction: the terms are on the partner's row, which users edit all day
            self.env.ref("debto_dunning.ir_cron_terms")._trigger()
        return created

    def _needs_confirmation(self, debtor, before, segment):
        """Whether a person decides on the terms: by the setting, or a natural person's terms would get stricter."""
        company = debtor.company_id
        return company.dunning_terms == "propose" or (
            company.dunning_person_confirms and debtor.is_natural_person
            and segment._severity_rank() > before._severity_rank())

    def _debtors_with_agreed_term(self, debtors):
        """Those of these debtors with whom a payment term was agreed, which no segment changes."""
        found = debtors.browse()
        for company, own in debtors.grouped("company_id").items():
            found = found.union(*self.env["dunning.agreement.term"]._in_force(
                own, company._dunning_today(), ("payment_term",)))
        return found

    def _prepare_vals(self, debtor, before, segment, last_term, last_limit, is_term_agreed=False):
        """Values of a change with the terms and limit of a segment; empty where nothing differs.

        Where the segment sets no terms or limit, those from before the last change come back, unless somebody changed
        them since. A higher risk never gives more time or credit, a lower risk never less.
        """
        partner = debtor.partner_id.with_company(debtor.company_id)
        direction = segment._severity_rank() - before._severity_rank()
        values = {}
        current = partner.property_payment_term_id
        term = segment.payment_term_id
        if is_term_agreed:
            term = current
        elif not term:
            term = last_term.old_term_id if last_term and last_term.new_term_id == current else current
        if term != current and direction * (self._term_days(term) - self._term_days(current)) <= 0:
            values.update(changes_term=True, old_term_id=current.id, new_term_id=term.id)
        limit = partner.credit_limit
        if segment.sets_credit_limit:
            limit = segment.credit_limit
        elif last_limit and last_limit.new_limit == limit:
            limit = last_limit.old_limit
        # in Odoo zero means no limit
        old, new = (debtor.currency_id.round(amount) or math.inf for amount in (partner.credit_limit, limit))
        if new != old and direction * (1 if new > old else -1) <= 0:
            values.update(changes_limit=True, old_limit=partner.credit_limit, new_limit=limit)
        return values

    def _term_days(self, term):
        """Days until the last instalment of the terms, counted from the middle of a month; 0 without terms."""
        more = {"days_after_end_of_month": 15, "days_end_of_month_on_the": 15, "days_after_end_of_next_month": 45}
        return max((line.nb_days + more.get(line.delay_type, 0) for line in term.line_ids), default=0)

    def _get_last_applied(self, debtors, field):
        """{debtor: its last applied change of terms or limit}.

        :param field: ``changes_term`` or ``changes_limit``
        """
        done = self.search(
            [("debtor_id", "in", debtors.ids), ("state", "=", "done"), (field, "=", True)], order="id")
        return {change.debtor_id: change for change in done}

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def action_accept(self):
        """Write the terms and the limit on these customers."""
        self.check_access("write")
        if done := self.filtered(lambda change: change.state not in ("proposed", "waiting")):
            raise UserError(self.env._(
                "The change of %(customer)s was decided already: %(state)s.", customer=done[0].debtor_id.display_name,
                state=dict(done._fields["state"]._description_selection(self.env))[done[0].state]))
        # sudo: what was proposed is not edited by hand, only decided on; the right was checked
        for change in self.sudo():
            change._apply()

    def action_refuse(self):
        self.check_access("write")
        # sudo: as in action_accept
        self.sudo().filtered(lambda change: change.state == "proposed").write({
            "state": "refused", "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()})

    def _apply(self):
        """Write what differs on the customer, and log it on the debtor and on the customer."""
        self.ensure_one()
        partner = self.partner_id.with_company(self.company_id)
        values, notes = {}, []
        if self.changes_term and partner.property_payment_term_id != self.new_term_id:
            values["property_payment_term_id"] = self.new_term_id.id
            none = self.env._("none")
            notes.append(self.env._(
                "Payment terms: %(old)s → %(new)s", old=self.old_term_id.name or none,
                new=self.new_term_id.name or none))
        if self.changes_limit and partner.credit_limit != self.new_limit:
            values["credit_limit"] = self.new_limit
            notes.append(self.env._(
                "Credit limit: %(old)s → %(new)s", old=self.currency_id.format(self.old_limit),
                new=self.currency_id.format(self.new_limit)))
        if values:
            # sudo: users who decide on terms may lack access to write on customers. Only the term and the limit of
            # this change are written.
            partner.sudo().write(values)
            note = self.env._("%(changes)s, with segment %(segment)s", changes="; ".join(notes),
                              segment=self.segment_to_id.name)
            for record in (self.debtor_id, partner.sudo()):  # sudo: as above
                record._message_log(body=note)
        if self.changes_segment and self.debtor_id.waiting_segment_id == self.segment_to_id:
            # after its terms, which are then not proposed once more
            self.debtor_id._confirm_segment()
        self.write({"state": "done", "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()})

    @api.model
    def _cron_set(self):
        """Apply the waiting changes, one customer a transaction. A locked customer is left for the next call."""
        waiting = self.search([("state", "=", "waiting")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for change in waiting:
            self.env.cr.execute(
                "SELECT FROM res_partner WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED", [change.partner_id.id])
            if self.env.cr.rowcount:
                change._apply()
            if not self.env["ir.cron"]._commit_progress(1):
                return
        if left := self.search_count([("state", "=", "waiting")]):
            self.env.ref("debto_dunning.ir_cron_terms")._trigger(
                fields.Datetime.add(fields.Datetime.now(), minutes=10))
            self.env["ir.cron"]._commit_progress(remaining=left)
