from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..policy.dunning_level import TONES

SEVERITIES = [("0", "Low"), ("1", "Normal"), ("2", "To watch"), ("3", "Critical")]


class DunningSegment(models.Model):
    """A class of debtors: which debtors belong to it, and how they are treated."""

    _name = "dunning.segment"
    _description = "Risk Segment"
    _inherit = ["dunning.shared.record"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one("res.company", domain="[('parent_id', '=', False)]")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    debtor_count = fields.Integer("Customers", compute="_compute_debtor_count")

    # which debtors belong to it
    assignment = fields.Selection(
        [("hand", "By hand only"), ("score", "By score"), ("criteria", "By what the customer is")],
        "Customers Come In", required=True, default="hand",
        help="Segments by what the customer is go before those by score; each in the order of the list. Where a "
             "person chose the segment of a customer, it stays.")
    score_from = fields.Integer("From Score", default=0)
    score_to = fields.Integer("To Score", default=100)
    settled_from = fields.Integer("Paid Invoices, at Least", help="0: any number.")
    settled_below = fields.Integer("Paid Invoices, Fewer than", help="0: any number.")
    partner_kind = fields.Selection([
        ("government", "Government"), ("consumer", "Consumers"), ("business", "Businesses"), ("staff", "Own staff"),
        ("group", "Companies of the group")], "Kind of Customer",
        help="Government: the industry «Public Administration» on the customer. Own staff: customers who are users or "
             "employees. Companies of the group: those of this database.")
    country_ids = fields.Many2many("res.country", string="Countries")
    category_ids = fields.Many2many("res.partner.category", string="Customer Tags")
    takes_insolvent = fields.Boolean(
        "Insolvent Customers", help="Customers whom a credit report says bankrupt or struck off go here at once.")
    severity = fields.Selection(
        SEVERITIES, "Risk", required=True, default="1",
        help="When a customer goes to a segment of higher risk, the person in charge is warned.")

    # how they are treated
    policy_id = fields.Many2one(
        "dunning.policy", "Policy for Businesses", ondelete="restrict",
        help="Goes before the policy of the company; the policy of the customer itself goes before this one.")
    consumer_policy_id = fields.Many2one("dunning.policy", "Policy for Consumers", ondelete="restrict")
    tone = fields.Selection(
        TONES, help="Replaces the tone of the step, for every step before the last notice. Empty: the step's own.")
    payment_term_id = fields.Many2one(
        "account.payment.term", "Payment Terms", ondelete="restrict",
        help="Proposed for customers who come in. Empty: they keep their own.")
    sets_credit_limit = fields.Boolean("Sets a Credit Limit")
    credit_limit = fields.Monetary(help="Proposed for customers who come in.")
    prepayment_asked = fields.Boolean(
        "Ask for Prepayment", help="Shown to whoever quotes or invoices: new deliveries are paid before.")
    monitoring_days = fields.Integer(
        "New Credit Report After (Days)", help="When the last report is older, a new one is asked for. 0: never.")
    conditions = fields.Text(
        "Payment Conditions", translate=True,
        help="Printed with quotations and invoices and shown in the portal, in the language of the customer.")

    @api.constrains("assignment", "score_from", "score_to", "settled_from", "settled_below")
    def _check_score_range(self):
        for segment in self.filtered(lambda segment: segment.assignment == "score"):
            if not 0 <= segment.score_from <= segment.score_to <= 100:
                raise ValidationError(self.env._(
                    "Segment «%(name)s»: scores go from 0 to 100, the lower one first; it says %(low)s to %(high)s.",
                    name=segment.name, low=segment.score_from, high=segment.score_to))
            if segment.settled_below and segment.settled_below <= segment.settled_from:
                raise ValidationError(self.env._(
                    "Segment «%(name)s»: no customer has at least %(least)s and fewer than %(most)s paid invoices.",
                    name=segment.name, least=segment.settled_from, most=segment.settled_below))

    @api.constrains("assignment", "partner_kind", "country_ids", "category_ids", "takes_insolvent")
    def _check_criteria(self):
        for segment in self.filtered(lambda segment: segment.assignment == "criteria"):
            if not (segment.partner_kind or segment.country_ids or segment.category_ids):
                raise ValidationError(self.env._(
                    "Segment «%s»: say which customers it is for (kind, country or tag), or choose «by hand only».",
                    segment.name))

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for segment in self:
            segment.currency_id = (segment.company_id or self.env.company).currency_id

    def _compute_debtor_count(self):
        counts = dict(self.env["dunning.debtor"]._read_group(
            [("segment_id", "in", self.ids)], ["segment_id"], ["__count"]))
        for segment in self:
            segment.debtor_count = counts.get(segment, 0)

    def _severity_rank(self):
        """The severity as a number, 0 for low; no segment counts as normal."""
        return int(self.severity or "1")

    def _printed_conditions(self):
        """The written payment conditions in the language of the context; empty where there are none."""
        return (self.conditions or "").strip()

    def action_open_debtors(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "dunning.debtor",
            "view_mode": "list,form",
            "domain": [("segment_id", "=", self.id)],
        }
