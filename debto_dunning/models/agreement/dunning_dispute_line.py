from odoo import fields, models

from ..communication.dunning_communication_line import AMOUNT


class DunningDisputeLine(models.Model):
    """An open item of the invoice in dispute, with the amount in doubt."""

    _name = "dunning.dispute.line"
    _description = "Instalment in Dispute"
    _inherit = ["dunning.agreement.item"]
    _order = "dispute_id, due_date, id"
    _log_access = False

    dispute_id = fields.Many2one("dunning.dispute", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dispute_id.company_id")
    debtor_id = fields.Many2one(related="dispute_id.debtor_id")
    currency_id = fields.Many2one(related="dispute_id.currency_id")
    state = fields.Selection(related="dispute_id.state")
    amount = fields.Float("In Doubt", digits=AMOUNT, readonly=True)

    def _agreement(self):
        """The disputes of these lines."""
        return self.dispute_id
