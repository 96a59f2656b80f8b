from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "dunning.system.fields"]

    dunning_level = fields.Integer(
        copy=False, readonly=True, aggregator="max",
        help="1: first reminder, 2: second … 8: last notice, 9: handover. The highest of its instalments.",
        groups="base.group_user")
    dunning_level_id = fields.Many2one(
        "dunning.level", "Dunning Step", copy=False, readonly=True, index="btree_not_null", ondelete="set null",
        groups="base.group_user")
    dunning_level_date = fields.Date("Last Dunning Step On", copy=False, readonly=True, groups="base.group_user")
    dunning_next_level_id = fields.Many2one(
        "dunning.level", "Next Dunning Step", compute="_compute_dunning_next", groups="base.group_user")
    dunning_next_date = fields.Date("Next Dunning Step On", compute="_compute_dunning_next", groups="base.group_user")
    dunning_hold_reason = fields.Char(
        "Why No Reminder", compute="_compute_dunning_next",
        help="What keeps the next step from being taken tonight, in plain words.", groups="base.group_user")
    dunning_communication_ids = fields.Many2many(
        "dunning.communication", compute="_compute_dunning_communication_ids", string="Contacts about this Invoice",
        groups="base.group_user")
    dunning_communication_count = fields.Integer(
        compute="_compute_dunning_communication_ids", groups="base.group_user")
    dunning_timeline = fields.Html(compute="_compute_dunning_timeline", sanitize=False, groups="base.group_user")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("state", "payment_state", "line_ids.amount_residual", "line_ids.date_maturity", "dunning_level_id")
    def _compute_dunning_next(self):
        self.dunning_next_level_id = self.dunning_next_date = self.dunning_hold_reason = False
        moves = self.filtered(lambda move: move._origin.id and move.state == "posted"
                              and move.is_sale_document(include_receipts=True))
        run = self.env["dunning.run"]
        for company, company_moves in moves.grouped(lambda move: move.company_id.root_id).items():
            reasons = run._reasons()
            open_ended = {code for code, reason in reasons.items() if reason.is_open_ended}
            rows_by_move = {}
            for row in run._decide_rows(company, company._dunning_today(), partner_ids=list(
                    set(company_moves.line_ids.partner_id.commercial_partner_id.ids))):
                rows_by_move.setdefault(row["move"], []).append(row)
            shown = {}
            for move in company_moves:
                # the invoice shows the instalment with the earliest step
                rows = sorted(rows_by_move.get(move._origin.id, ()), key=lambda row: (
                    row["reason"] in open_ended, row["date"] is None, row["date"] or row["due"], row["item"]))
                if not rows:
                    continue
                row = shown[move] = rows[0]
                if row["reason"] not in open_ended:
                    move.dunning_next_level_id = row["level"]
                    move.dunning_next_date = row["date"]
            words = run._get_reason_words({row["item"]: row["reason"] for row in shown.values() if row["reason"]})
            for move, row in shown.items():
                move.dunning_hold_reason = (
                    words.get(row["item"]) if company.dunning_active else self.env._("reminders are switched off"))

    def _compute_dunning_communication_ids(self):
        lines = self.env["dunning.communication.line"].search([("move_id", "in", self.ids)])
        by_move = lines.grouped("move_id")
        for move in self:
            found = by_move.get(move, lines.browse())
            move.dunning_communication_ids = found.communication_id
            move.dunning_communication_count = len(found.communication_id)

    @api.depends("dunning_next_date")
    def _compute_dunning_timeline(self):
        lines = self.env["dunning.communication.line"]
        lines_by_move = lines.search([("move_id", "in", self.ids)]).grouped("move_id")
        for move in self:
            move.dunning_timeline = self.env["dunning.communication"]._timeline_of_lines(
                move, lines_by_move.get(move, lines), move.dunning_next_date, move.dunning_next_level_id,
                move.dunning_hold_reason)

    # ------------------------------------------------------------------
    # Posting and sending
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        # EXTENDS account: creates missing debtors, and links the log of invoices that are posted again
        posted = super()._post(soft)
        invoices = posted.filtered(lambda move: move.is_sale_document(include_receipts=True))
        for company, moves in invoices.grouped("company_id").items():
            self.env["dunning.debtor"]._for_partners(moves.commercial_partner_id, company)
        invoices._dunning_relink_log()
        return posted

    def _dunning_relink_log(self):
        """Link the log of invoices that were reset to draft and posted again with their items.

        See :meth:`_dunning_successors`. A step becomes void where the new due date is not reached yet, or where no
        item succeeds its own. What was said to another customer, before the invoice moved to this one, stays as it was
        said and is linked with no item: it counts for nothing here, and goes on if the invoice moves back.
        """
        # sudo: accounting users may lack access to log and charges, which are the root company's. Only those of the
        # invoices that they post are written.
        no_lines = self.env["dunning.communication.line"].sudo()
        lines_by_move = no_lines.search([("move_id", "in", self.ids)]).grouped("move_id")
        for move in self.sudo():
            lines, today = lines_by_move.get(move, no_lines), move.company_id._dunning_today()
            if not lines and not move.dunning_charge_ids:
                continue
            own = lines.filtered(lambda line, move=move: move._dunning_is_of(line.communication_id.customer_id))
            (lines - own)._detach_from_item()
            standing = own.filtered(lambda line: line.level_id and not line.void)
            successors = move._dunning_successors(standing)
            gone = standing.filtered(lambda line, successors=successors, move=move, today=today: (
                successors[line]._dunning_due_date() > today if successors[line] else True))
            gone._make_void()
            for line in standing - gone:
                line.write({
                    "move_line_id": successors[line].id, "former_move_line_id": False,
                    "rank": successors[line]._dunning_rank()})
            lines._write_levels()
            move.dunning_charge_ids._relink_items(move)

    def _dunning_successors(self, records):
        """The instalment that each record of the log is about, now that the invoice was posted again.

        An instalment that still exists keeps what is linked with it, whatever its place among the others is by now.
        What was about an instalment that is gone goes on with the one in its place if that is new, and else with none.

        :param records: lines of the log, or charges, of this invoice
        :return: {record: ``account.move.line``, may be empty}
        """
        self.ensure_one()
        items = self._dunning_instalments()
        found = {record: (record.move_line_id or record.former_move_line_id) & items for record in records}
        kept = items.browse().union(*found.values())
        for record in records:
            item = items[record.rank - 1:record.rank] if record.rank > 0 else items.browse()
            if not found[record] and item and item not in kept and (
                    not record.date or item.create_date.date() >= record.date):
                found[record] = item
        return found

    def _dunning_is_of(self, customer):
        """Whether the invoice is for ``customer`` now, and has not moved to another one since."""
        self.ensure_one()
        return customer in (self.partner_id, self.commercial_partner_id)

    def _dunning_instalments(self):
        """The receivable lines of the invoice, ordered by due date."""
        return self.line_ids.filtered(lambda line: line.account_type == "asset_receivable").sorted(
            lambda line: (line._dunning_due_date(), line.id))

    @api.model
    def _dunning_send_unsent(self, company, date):
        """Queue posted invoices that were never sent for Odoo's own sending, by each customer's sending method.

        Invoices of customers without a usable method are left out; they get the reason ``not_sent``.
        """
        domain = Domain([
            ("state", "=", "posted"), ("move_type", "in", ("out_invoice", "out_refund")), ("is_move_sent", "=", False),
            ("company_id", "child_of", company.id), ("sending_data", "=", False),
            ("payment_state", "in", ("not_paid", "partial")),
        ])
        if company.dunning_from_date:
            domain &= Domain("invoice_date", ">=", company.dunning_from_date)
        moves = self.search(domain).filtered(lambda move: move._dunning_can_be_sent())
        if moves:
            user = company._dunning_acting_user(company.dunning_activated_by) or self.env.user
            moves.with_context(skip_is_manually_modified=True).sending_data = {
                "author_user_id": user.id, "author_partner_id": user.partner_id.id}
            # sudo: users cannot trigger scheduled actions; this one sends what was queued above
            self.env.ref("account.ir_cron_account_move_send").sudo()._trigger()

    def _dunning_can_be_sent(self):
        """Whether Odoo can send this invoice without a user, by its customer's sending method."""
        self.ensure_one()
        methods = self.env["account.move.send"]._get_default_sending_methods(self)
        return "manual" not in methods and ("email" not in methods or bool(self.partner_id.email))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def _dunning_log_note(self, text):
        """Log the same note in the chatter of these invoices."""
        self._message_log_batch({move.id: Markup("<p>%s</p>") % text for move in self})

    def _dunning_filter_open(self):
        """The open customer invoices among these.

        :raises UserError: none of them is open
        """
        open_ones = self.filtered(lambda move: move._dunning_open_items())
        if not open_ones:
            raise UserError(self.env._(
                "%s is not an open customer invoice: there is nothing to remind.",
                ", ".join(self[:3].mapped("display_name"))))
        return open_ones

    def action_dunning_send(self):
        """Open the dialogue to send a reminder for these invoices now."""
        return self.env["dunning.send"]._action_open(moves=self._dunning_filter_open())

    def action_dunning_change(self):
        """Open the dialogue to skip a step, put on hold, or set back."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the Dunning"),
            "res_model": "dunning.step.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_ids": self._dunning_filter_open().ids},
        }

    def action_open_dunning_communications(self):
        """Open what was said about this invoice.

        :raises AccessError: the user may not read the log, as customers in the portal
        """
        self.ensure_one()
        self.check_access("read")
        self.env["dunning.communication"].check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contacts about %s", self.name),
            "res_model": "dunning.communication",
            "view_mode": "list,form",
            "domain": [("line_ids.move_id", "=", self.id)],
            "context": {
                "default_debtor_id": self.env["dunning.debtor"]._for_partners(self.partner_id, self.company_id).id},
        }
