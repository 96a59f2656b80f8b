from odoo import fields, models

from ..communication.dunning_communication_line import AMOUNT


class DunningPromiseLine(models.Model):
    """An open item whose payment was promised."""

    _name = "dunning.promise.line"
    _description = "Invoice in a Promise"
    _inherit = ["dunning.agreement.item"]
    _order = "promise_id, due_date, id"
    _log_access = False

    promise_id = fields.Many2one("dunning.promise", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="promise_id.company_id")
    debtor_id = fields.Many2one(related="promise_id.debtor_id")
    currency_id = fields.Many2one(related="promise_id.currency_id")
    state = fields.Selection(related="promise_id.state")
    amount_received = fields.Float("Received", digits=AMOUNT, readonly=True)

    def _agreement(self):
        """The promises of these lines."""
        return self.promise_id

    def _note_what_was_paid(self):
        """Write what was paid and credited of the items by now: it keeps no promise that is made now."""
        for company, lines in self.grouped("company_id").items():
            money = self.env["dunning.run"]._get_money_of_items(
                company, company._dunning_today(), lines.move_line_id.ids, lines.debtor_id.partner_id.ids)
            for line in lines:
                line.write({
                    "amount_paid": money[line.move_line_id.id].paid + money[line.move_line_id.id].covered,
                    "amount_credited": money[line.move_line_id.id].credited})
