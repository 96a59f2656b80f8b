from odoo import fields, models


class DunningCollectorRule(models.Model):
    """A rule that assigns debtors to a person in charge; the first rule that fits counts."""

    _name = "dunning.collector.rule"
    _inherit = ["dunning.caller.check"]
    _description = "Person in Charge by Rule"
    _order = "sequence, id"
    _rec_name = "user_id"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]")
    user_id = fields.Many2one("res.users", "Person in Charge", required=True, domain="[('share', '=', False)]")
    country_ids = fields.Many2many("res.country", string="Countries", help="Empty: every country.")
    segment_ids = fields.Many2many("dunning.segment", string="Segments", help="Empty: every segment.")
    salesperson_ids = fields.Many2many(
        "res.users", "dunning_collector_rule_salesperson_rel", string="Salespersons", help="Empty: everybody's.")
    minimum_overdue = fields.Float(
        "Overdue from", digits="Account", help="In the company's currency; 0: any amount.")
