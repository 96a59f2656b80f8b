from odoo import fields, models


class DunningLawTier(models.Model):
    """A step of a law's cost scale: for amounts above a bound, a fixed sum and a part of what lies above the bound."""

    _name = "dunning.law.tier"
    _description = "Step of a Cost Scale"
    _inherit = ["dunning.law.record"]
    _order = "law_id, above"

    law_id = fields.Many2one("dunning.law", required=True, ondelete="cascade", index=True)
    currency_id = fields.Many2one(related="law_id.currency_id")
    above = fields.Monetary("Amounts Above", help="The step counts for amounts above this one. 0: for every amount.")
    flat = fields.Monetary("Fixed Sum")
    percent = fields.Float("Percent of the Part Above", digits=(8, 4))

    _once = models.UniqueIndex("(law_id, above)", "A scale has one step for an amount.")
    _positive = models.Constraint(
        "CHECK (above >= 0 AND flat >= 0 AND percent BETWEEN 0 AND 100)",
        "The amounts of a scale cannot be negative, and a part lies between 0 and 100 percent.")
