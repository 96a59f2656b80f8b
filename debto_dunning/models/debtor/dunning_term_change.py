import math

from odoo import api, fields, models
from odoo.exceptions import UserError


class DunningTermChange(models.Model):
    """Payment terms and a credit limit that follow from a new segment: proposed, set or refused, by whom and when.

    What is set is Odoo's own payment term and credit limit on the customer, and only where they differ.
    """

    _name = "dunning.term.change"
    _description = "Change of Terms and Limit"
    _inherit = ["dunning.caller.check"]
    _order = "id DESC"
    _rec_name = "debtor_id"

    debtor_id = fields.Many2one("dunning.debtor", required=True, readonly=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="debtor_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="debtor_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    segment_from_id = fields.Many2one("dunning.segment", "From Segment", readonly=True, ondelete="restrict")
    segment_to_id = fields.Many2one("dunning.segment", "To Segment", readonly=True, ondelete="restrict")
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

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check: changes follow from segments
        return set()

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: people accept or refuse
        return set()

    # ------------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------------

    @api.model
    def _propose(self, before):
        """Propose what the new segment of each debtor says, where it differs from what the customer has.

        :param before: {debtor: segment before}
        """
        # the change is the house's, whoever moved the customer; people decide on it by their own rights
        changes = self.sudo()
        debtors = self.env["dunning.debtor"].browse([debtor.id for debtor in before])
        changes.search([("debtor_id", "in", debtors.ids), ("state", "in", ("proposed", "waiting"))]).write(
            {"state": "outdated"})
        last_terms, last_limits = (changes._last_set(debtors, field) for field in ("changes_term", "changes_limit"))
        values = []
        for debtor in debtors.sudo():
            segment = before[debtor]
            if told := changes._prepare_vals(debtor, segment, last_terms.get(debtor), last_limits.get(debtor)):
                values.append({
                    **told, "debtor_id": debtor.id, "segment_from_id": segment.id,
                    "segment_to_id": debtor.segment_id.id,
                    "state": "waiting" if debtor.company_id.dunning_terms == "set" else "proposed"})
        made = changes.create(values)
        if any(change.state == "waiting" for change in made):
            # one customer a transaction: the terms of a customer lie on its own row, which people edit all day
            self.env.ref("debto_dunning.ir_cron_terms")._trigger()
        return made

    def _prepare_vals(self, debtor, before, last_term, last_limit):
        """Terms and limit of the debtor's segment where they differ from the customer's; empty where nothing does.

        Where the segment says nothing, what a former segment replaced comes back, if it is still as that one set it.
        A customer who got worse is given no more time or credit, one who got better no less.
        """
        partner = debtor.partner_id.with_company(debtor.company_id)
        segment = debtor.segment_id
        direction = int(segment.severity) - int(before.severity)
        values = {}
        current = partner.property_payment_term_id
        term = segment.payment_term_id
        if not term:
            term = last_term.old_term_id if last_term and last_term.new_term_id == current else current
        if term != current and direction * (self._term_days(term) - self._term_days(current)) <= 0:
            values.update(changes_term=True, old_term_id=current.id, new_term_id=term.id)
        limit = partner.credit_limit
        if segment.sets_credit_limit:
            limit = segment.credit_limit
        elif last_limit and last_limit.new_limit == limit:
            limit = last_limit.old_limit
        # zero is no limit at all
        old, new = (debtor.currency_id.round(amount) or math.inf for amount in (partner.credit_limit, limit))
        if new != old and direction * (1 if new > old else -1) <= 0:
            values.update(changes_limit=True, old_limit=partner.credit_limit, new_limit=limit)
        return values

    def _term_days(self, term):
        """Days until the last instalment of the terms, from the middle of a month; no terms: at once."""
        more = {"days_after_end_of_month": 15, "days_end_of_month_on_the": 15, "days_after_end_of_next_month": 45}
        return max((line.nb_days + more.get(line.delay_type, 0) for line in term.line_ids), default=0)

    def _last_set(self, debtors, field):
        """{debtor: the last change that set its terms (or limit)}."""
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
            change._set()

    def action_refuse(self):
        self.check_access("write")
        # sudo: as in action_accept
        self.sudo().filtered(lambda change: change.state == "proposed").write({
            "state": "refused", "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()})

    def _set(self):
        """Write on the customer what differs, and note who did it, in the file and on the customer."""
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
            # who may decide on terms need not be one who edits customers
            partner.sudo().write(values)
            note = self.env._("%(changes)s, with segment %(segment)s", changes="; ".join(notes),
                              segment=self.segment_to_id.name)
            for record in (self.debtor_id, partner.sudo()):
                record._message_log(body=note)
        self.write({"state": "done", "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()})

    @api.model
    def _cron_set(self):
        """Set what waits, one customer a transaction; a customer that somebody edits is left for the next call."""
        waiting = self.search([("state", "=", "waiting")], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for change in waiting:
            self.env.cr.execute(
                "SELECT FROM res_partner WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED", [change.partner_id.id])
            if self.env.cr.rowcount:
                change._set()
            if not self.env["ir.cron"]._commit_progress(1):
                return
        if left := self.search_count([("state", "=", "waiting")]):
            self.env.ref("debto_dunning.ir_cron_terms")._trigger(
                fields.Datetime.add(fields.Datetime.now(), minutes=10))
            self.env["ir.cron"]._commit_progress(remaining=left)
