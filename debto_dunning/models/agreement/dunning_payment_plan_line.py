from odoo import api, fields, models


class DunningPaymentPlanLine(models.Model):
    """An instalment of a payment plan."""

    _name = "dunning.payment.plan.line"
    _description = "Instalment of a Payment Plan"
    _inherit = ["dunning.program.record"]
    _order = "plan_id, date, id"
    _log_access = False

    plan_id = fields.Many2one("dunning.payment.plan", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id")
    debtor_id = fields.Many2one(related="plan_id.debtor_id")
    currency_id = fields.Many2one(related="plan_id.currency_id")
    state = fields.Selection(related="plan_id.state")
    date = fields.Date(required=True, readonly=True, index=True)
    amount = fields.Monetary(required=True, readonly=True)
    amount_credited = fields.Monetary(
        "Need Not Be Paid", readonly=True,
        help="Credit notes for the invoices take it off, the last instalment first.")
    amount_received = fields.Monetary("Received", readonly=True, help="As the last night found.")
    amount_left = fields.Monetary("Left", compute="_compute_amount_left", store=True, precompute=True)

    _day_once = models.Constraint("UNIQUE (plan_id, date)", "A payment plan has one instalment a day.")

    @api.depends("amount", "amount_credited", "amount_received")
    def _compute_amount_left(self):
        for line in self:
            line.amount_left = line.amount - line.amount_credited - line.amount_received

    @api.depends("plan_id", "date", "amount")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._(
                "%(plan)s, instalment %(number)s", plan=line.plan_id.display_name, number=line._number())

    def _number(self):
        """The place of this instalment in its plan, from 1 on."""
        self.ensure_one()
        return self.plan_id.line_ids.sorted("date").ids.index(self.id) + 1

    def _unpaid(self):
        """Those of these instalments of which something is left."""
        return self.filtered(lambda line: line.currency_id.compare_amounts(line.amount_left, 0) > 0)

