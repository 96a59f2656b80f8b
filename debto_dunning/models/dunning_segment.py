from odoo import fields, models

from .dunning_level import TONES


class DunningSegment(models.Model):
    """A class of debtors that share a policy and a tone."""

    _name = "dunning.segment"
    _description = "Risk Segment"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one("res.company", domain="[('parent_id', '=', False)]")
    policy_id = fields.Many2one(
        "dunning.policy", "Policy for Businesses", ondelete="restrict",
        help="Goes before the policy of the company; the policy of the customer itself goes before this one.")
    consumer_policy_id = fields.Many2one("dunning.policy", "Policy for Consumers", ondelete="restrict")
    tone = fields.Selection(
        TONES, help="Replaces the tone of the step, for every step before the last notice. Empty: the step's own.")
