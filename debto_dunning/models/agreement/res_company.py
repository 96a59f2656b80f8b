from odoo import fields, models


class ResCompany(models.Model):
    """The settings of agreements."""

    _inherit = "res.company"

    dunning_promise_grace_days = fields.Integer(
        "Days of Grace after a Promise", default=2, groups="base.group_user",
        help="A payment that arrives so many days after the promised day still keeps the promise.")
    dunning_promise_ahead_days = fields.Integer(
        "Most Days ahead of a Promise", default=30, groups="base.group_user",
        help="A promise for a later day needs a manager.")
    dunning_promise_count = fields.Integer(
        "Most Promises for an Invoice", default=2, groups="base.group_user",
        help="After so many promises that were not kept, another one for the same invoice needs a manager.")
    dunning_promise_wait_days = fields.Integer(
        "Most Days to Wait for the Bank", default=14, groups="base.group_user",
        help="A promise is judged when the bank is booked beyond its day and the days of grace; where the bank stays "
             "behind, so many days after them.")

    dunning_plan_notice_days = fields.Integer(
        "Days before an Instalment", default=3, groups="base.group_user",
        help="So many days before its day the customer gets a message about an instalment of a payment plan.")
    dunning_plan_break_days = fields.Integer(
        "Days until a Payment Plan is Broken", default=14, groups="base.group_user",
        help="When an instalment is not received so many days after its day, the plan is broken and all that is open "
             "is due again.")
    dunning_plan_answer_days = fields.Integer(
        "Days to Answer a Payment Plan", default=14, groups="base.group_user",
        help="So many days a customer may accept a proposal.")

    dunning_protest_days = fields.Integer(
        "Days to Contest an Invoice", default=8, groups="base.group_user",
        help="Of your conditions of sale, for Belgian businesses: a dispute that comes later is marked, and a person "
             "decides. 0: none is marked.")

    _dunning_promise_positive = models.Constraint(
        "CHECK (dunning_promise_grace_days >= 0 AND dunning_promise_ahead_days >= 0"
        " AND dunning_promise_count >= 0 AND dunning_protest_days >= 0 AND dunning_promise_wait_days >= 0"
        " AND dunning_plan_notice_days >= 0 AND dunning_plan_break_days >= 0 AND dunning_plan_answer_days >= 0)",
        "Days and counts of the dunning settings cannot be negative.")

    def _dunning_plan_break_days(self):
        """The days after an instalment that break its plan: never fewer than the days of grace."""
        self.ensure_one()
        # sudo: whoever reads a plan is told when it breaks
        company = self.sudo()
        return max(company.dunning_plan_break_days, company.dunning_promise_grace_days)
