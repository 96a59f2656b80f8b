from odoo import api, fields, models
from odoo.tools import format_date


class DunningHold(models.Model):
    """A person's wish that an invoice is left alone until a date."""

    _name = "dunning.hold"
    _description = "Invoice on Hold"
    _order = "date_until desc, id desc"
    _rec_name = "move_id"

    move_id = fields.Many2one("account.move", "Invoice", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", string="Customer")
    kind = fields.Selection(
        [("person", "Held by a person"), ("refused", "Draft refused")], required=True, default="person")
    date_until = fields.Date("Until", help="The last day of the hold. Empty: until somebody lifts it.")
    note = fields.Text("Reason")
    user_id = fields.Many2one("res.users", "By", default=lambda self: self.env.uid, readonly=True)
    active = fields.Boolean(default=True)

    @api.depends("move_id", "date_until")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for hold in self:
            hold.display_name = (
                self.env._("%(invoice)s on hold until %(date)s", invoice=hold.move_id.name,
                           date=format_date(self.env, hold.date_until))
                if hold.date_until else self.env._("%s on hold", hold.move_id.name))

    def action_lift(self):
        """End the hold today; the log of the invoice says by whom."""
        for hold in self:
            hold.active = False
        self.move_id._dunning_log_note(self.env._("Hold lifted: reminders go on where they stood."))
