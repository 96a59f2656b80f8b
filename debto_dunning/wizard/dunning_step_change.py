from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DunningStepChange(models.TransientModel):
    """The dialogue to skip a step, put on hold, or set back a step, for invoices or debtors."""

    _name = "dunning.step.change"
    _description = "Change the Dunning"
    _inherit = ["dunning.caller.check"]

    change = fields.Selection(
        [("skip", "Skip the next step"), ("hold", "Put on hold"), ("back", "Set back one step")],
        required=True, default="hold")
    move_ids = fields.Many2many("account.move", string="Invoices")
    debtor_ids = fields.Many2many("dunning.debtor", string="Customers")
    date_until = fields.Date("Until", help="The last day of the hold. Empty: until somebody lifts it.")
    note = fields.Text("Reason", required=True)

    def _check_one_company(self):
        """Invoices of several companies can be put on hold at once."""

    def action_apply(self):
        self.ensure_one()
        self.debtor_ids.check_access("write")
        self.env["dunning.hold"].check_access("create")
        getattr(self, f"_apply_{self.change}")()
        return {"type": "ir.actions.act_window_close"}

    def _get_open_items(self):
        """The open items of the chosen invoices and debtors.

        :raises UserError: nothing is open
        """
        # sudo: users of reminders may lack access to invoices. Access to the chosen ones was checked when they were
        # named.
        moves = self.sudo().move_ids
        for debtor in self.debtor_ids:
            moves |= moves.search([
                ("commercial_partner_id", "=", debtor.partner_id.id), ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_receipt")),
                ("company_id", "child_of", debtor.company_id.id)])
        items = moves.line_ids.browse().union(*(move._dunning_open_items() for move in moves))
        if not items:
            raise UserError(self.env._("None of these has an open invoice."))
        return items

    def _apply_hold(self):
        until = self.date_until
        if until and until < fields.Date.context_today(self):
            raise UserError(self.env._(
                "A hold until %s is over already: choose a day to come.", format_date(self.env, until)))
        self.debtor_ids._end_holds("person")  # the new hold replaces it
        self.debtor_ids._create_holds(until, self.note)
        self.env["dunning.hold"].create([
            {"move_id": move.id, "date_until": until, "note": self.note} for move in self.sudo().move_ids])

    def _apply_skip(self):
        """Log the next step of each item as taken, without sending it. It does not count as a notice by law."""
        items = self._get_open_items()
        # sudo: users cannot write reminders in the log. The items were checked in _get_open_items.
        Communication = self.env["dunning.communication"].sudo()
        for company, company_items in items.grouped(lambda item: item.company_id.root_id).items():
            rows = [
                row for row in self.env["dunning.run"]._decide_each(
                    company, company._dunning_today(), item_ids=company_items.ids)
                if row.level and row.reason not in ("draft", "queued")
            ]
            if not rows:
                raise UserError(self.env._("No step is left to skip, or a reminder is under way already."))
            snapshots = Communication._snapshots(rows)
            partners = self.env["res.partner"].browse({row.partner for row in rows})
            for debtor in self.env["dunning.debtor"]._for_partners(partners, company):
                own = [row for row in rows if row.partner == debtor.partner_id.id]
                level = self.env["dunning.level"].browse(max(own, key=lambda row: row.number).level)
                skipped = Communication.create({
                    "debtor_id": debtor.id, "partner_id": debtor.partner_id.id,
                    "currency_id": own[0].currency, "channel": "note", "state": "sent", "is_reminder": True,
                    "is_manual": True, "user_id": self.env.uid, "level_id": level.id, "level_number": level.number,
                    "subject": self.env._("%s skipped", level.name),
                    "body": Communication._paragraphs(self.note),
                    "line_ids": [fields.Command.create(Communication._prepare_line_vals(
                        row, snapshots[row.item], company._dunning_today(), is_step=True)) for row in own],
                })
                skipped.line_ids._write_levels()
                skipped.line_ids.move_id._dunning_log_note(self.env._(
                    "%(step)s skipped: %(note)s", step=level.name, note=self.note))

    def _apply_back(self):
        """Make the last step of each item void, so that it is the next step again."""
        items = self._get_open_items()
        # sudo: as in _apply_skip
        lines = self.env["dunning.communication.line"].sudo()._standing(items)
        if not lines:
            raise UserError(self.env._("No step was taken for these invoices: nothing can be set back."))
        if waiting := lines.filtered(
                lambda line: line.state == "draft" or line.communication_id._can_be_withdrawn()):
            raise UserError(self.env._(
                "A reminder for %s is under way: refuse the draft, or withdraw the letter or queued reminder, in the "
                "communication log first.", ", ".join(waiting.mapped("document"))))
        lines._make_void()
        for line in lines:
            line.communication_id._message_log(body=self.env._(
                "%(document)s set back by %(user)s: %(note)s", document=line.document, user=self.env.user.name,
                note=self.note))
        lines.move_id._dunning_log_note(self.env._("Set back one step: %s", self.note))
