from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .dunning_interest_kind import PERIOD_MONTHS

#: How reliable a figure of the law is.
STANDINGS = [
    ("verified", "Verified"),
    ("derived", "Derived from a formula"),
    ("memory", "Not verified (from memory or second hand)"),
]


class DunningInterestRate(models.Model):
    """A published rate, in percent a year, with the days for which it holds."""

    _name = "dunning.interest.rate"
    _description = "Interest Rate"
    _inherit = ["dunning.law.record"]
    _order = "date DESC, kind_id, id"

    kind_id = fields.Many2one("dunning.interest.kind", required=True, ondelete="cascade", index=True)
    date = fields.Date("From", required=True)
    date_to = fields.Date(
        "To", compute="_compute_date_to", store=True, readonly=False,
        help="The last day for which the rate is known. Empty: until the next one.")
    percent = fields.Float("Percent a Year", digits=(8, 4), required=True)
    source = fields.Char(required=True, help="Where this figure comes from.")
    standing = fields.Selection(
        STANDINGS, "Reliability", required=True, default="verified",
        help="Whether somebody has seen the figure where it is published.")

    _once = models.UniqueIndex("(kind_id, date)", "This kind of rate has a rate from that day already.")
    _dates_order = models.Constraint("CHECK (date_to >= date)", "A rate ends on or after the day it begins.")

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("date", "kind_id.name")
    def _compute_display_name(self):
        for rate in self:
            rate.display_name = f"{rate.kind_id.name or ''} {format_date(self.env, rate.date) if rate.date else ''}"

    @api.depends("date", "kind_id")
    def _compute_date_to(self):
        for rate in self:
            months = PERIOD_MONTHS.get(rate.kind_id.period)
            rate.date_to = rate.date and months and rate.date + relativedelta(months=months, days=-1)

    @api.constrains("date", "kind_id")
    def _check_date(self):
        for rate in self:
            start = rate.kind_id._period_start(rate.date)
            if rate.date != start:
                raise ValidationError(self.env._(
                    "%(kind)s, %(date)s: such a rate holds for a whole period. Enter the rate that was in force on "
                    "%(start)s, with that day.", kind=rate.kind_id.name, date=format_date(self.env, rate.date),
                    start=format_date(self.env, start)))
