from odoo import fields, models

from ..communication.dunning_communication_line import AMOUNT


class DunningPaymentPlanItem(models.Model):
    """An open item that is paid by instalments."""

    _name = "dunning.payment.plan.item"
    _description = "Invoice in a Payment Plan"
    _inherit = ["dunning.agreement.item"]
    _order = "plan_id, due_date, id"
    _log_access = False

    plan_id = fields.Many2one("dunning.payment.plan", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id")
    debtor_id = fields.Many2one(related="plan_id.debtor_id")
    currency_id = fields.Many2one(related="plan_id.currency_id")
    state = fields.Selection(related="plan_id.state")
    amount_charges = fields.Float(
        "Costs and Interest", digits=AMOUNT, readonly=True, help="What was owed besides on that day.")

    def _agreement(self):
        """The plans of these items."""
        return self.plan_id
