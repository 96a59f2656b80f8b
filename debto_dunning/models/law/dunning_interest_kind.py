from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, ormcache

from ...tools.interest import Rate

#: Months for which a published rate holds; a kind «changes» has none: its rates hold until the next.
PERIOD_MONTHS = {"half_year": 6, "year": 12}


class DunningInterestKind(models.Model):
    """A rate that is published from time to time, as that of the European Central Bank. Laws refer to such kinds."""

    _name = "dunning.interest.kind"
    _description = "Kind of Interest Rate"
    _inherit = ["dunning.shared.record"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    period = fields.Selection(
        [("half_year", "Half a year"), ("year", "A year"), ("changes", "Until it changes")],
        "A Rate Holds", required=True, default="half_year",
        help="Half a year: from 1 January and from 1 July. When it is over and no newer rate is entered, no interest "
             "is charged for the days after it.")
    published = fields.Text("Where It Is Published", translate=True, help="Where to look for the next rate.")
    rate_ids = fields.One2many("dunning.interest.rate", "kind_id", "Rates")
    law_ids = fields.One2many("dunning.law", "interest_kind_id", "Used By")
    percent = fields.Float("Newest Rate (%)", digits=(8, 4), compute="_compute_newest")
    date_to = fields.Date("Known Until", compute="_compute_newest")
    is_outdated = fields.Boolean(
        "Out of Date", compute="_compute_is_outdated", search="_search_is_outdated",
        help="The newest rate has ended: enter the next one.")
    warning = fields.Char(compute="_compute_is_outdated")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("rate_ids.date", "rate_ids.date_to", "rate_ids.percent")
    def _compute_newest(self):
        for kind in self:
            newest = kind._newest()
            kind.percent = newest.percent
            kind.date_to = newest.date_to

    @api.depends("name", "rate_ids.date", "rate_ids.date_to")
    @api.depends_context("lang", "tz")
    def _compute_is_outdated(self):
        today = fields.Date.context_today(self)
        for kind in self:
            newest = kind._newest()
            kind.is_outdated = not newest or bool(newest.date_to and newest.date_to < today)
            kind.warning = kind.is_outdated and (
                self.env._(
                    "%(kind)s: the newest rate ended on %(date)s. No interest is charged for the days after it until "
                    "you enter the next one.", kind=kind.name, date=format_date(self.env, newest.date_to)) if newest
                else self.env._("%s: no rate is entered yet, so that no interest is charged.", kind.name))

    def _search_is_outdated(self, operator, value):
        if operator != "in":
            return NotImplemented
        # the newest rate of each decides, and there are a dozen kinds
        kinds = self.with_context(active_test=False).search([])  # pylint: disable=no-search-all
        outdated = kinds.filtered("is_outdated")
        return Domain("id", "in" if True in value else "not in", outdated.ids)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        res = super().write(vals)
        if "period" in vals:
            self.rate_ids._check_date()
        return res

    # ------------------------------------------------------------------
    # Actions and business methods
    # ------------------------------------------------------------------

    def action_import(self):
        """Open the import of new rates, for this kind."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Interest Rates"),
            "res_model": "dunning.interest.import",
            "view_mode": "form",
            "target": "new",
            "context": {"default_kind_id": self[:1].id},
        }

    def _newest(self):
        """The ``dunning.interest.rate`` that begins last; empty where there is none."""
        return self.rate_ids.filtered("date").sorted("date")[-1:]

    def _period_start(self, day):
        """The first day of the period of this kind in which ``day`` lies; ``day`` itself where there is none."""
        self.ensure_one()
        months = PERIOD_MONTHS.get(self.period)
        return date(day.year, (day.month - 1) // months * months + 1, 1) if months else day

    def _rates(self):
        """The rates as :class:`tools.interest.Rate`, oldest first; none for no kind."""
        return self._rates_of(self.id) if self else ()

    @api.model
    @ormcache("kind_id")
    def _rates_of(self, kind_id):
        # the result is cached for every user; rates are published
        rates = self.env["dunning.interest.rate"].sudo().search([("kind_id", "=", kind_id)], order="date")
        return tuple(Rate(rate.date, rate.date_to or None, Decimal(str(rate.percent))) for rate in rates)
