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

    dunning_protest_days = fields.Integer(
        "Days to Contest an Invoice", default=8, groups="base.group_user",
        help="Of your conditions of sale, for Belgian businesses: a dispute that comes later is marked, and a person "
             "decides. 0: none is marked.")

    _dunning_promise_positive = models.Constraint(
        "CHECK (dunning_promise_grace_days >= 0 AND dunning_promise_ahead_days >= 0"
        " AND dunning_promise_count >= 0 AND dunning_protest_days >= 0 AND dunning_promise_wait_days >= 0)",
        "Days and counts of the dunning settings cannot be negative.")
