import base64

from odoo import api, fields, models

from ...tools import credit
from .dunning_credit_provider import STATUSES
from .optional_integer import OptionalInteger

#: Longest text kept of a service's own words.
MOST_TEXT = 500


class DunningCreditReport(models.Model):
    """What an outside service says of a customer's creditworthiness on one day, in our scale and in its own words."""

    _name = "dunning.credit.report"
    _description = "Credit Report"
    _order = "date DESC, id DESC"

    debtor_id = fields.Many2one("dunning.debtor", required=True, readonly=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one(related="debtor_id.partner_id", string="Customer", store=True, index=True)
    company_id = fields.Many2one(related="debtor_id.company_id", store=True)
    provider_id = fields.Many2one(
        "dunning.credit.provider", "From", required=True, readonly=True, ondelete="restrict", index=True)
    provider_key = fields.Char("Their Number", readonly=True, help="By which the service knows the customer.")
    company_name = fields.Char("Name There", readonly=True)
    date = fields.Date(required=True, readonly=True, help="The day that the service itself names.")
    score = OptionalInteger(
        readonly=True, aggregator="avg", help="0: safe, 100: worst. Empty: the service gives none.")
    provider_score = fields.Char("In Their Words", readonly=True)
    band = fields.Char(readonly=True, help="A is the best, E the worst.")
    has_credit_limit = fields.Boolean("Names a Limit", readonly=True)
    credit_limit = fields.Monetary("Advised Limit", readonly=True, aggregator=None)
    currency_id = fields.Many2one("res.currency", readonly=True)
    status = fields.Selection(STATUSES, required=True, readonly=True, default="unknown")
    status_text = fields.Char("Status in Their Words", readonly=True)
    equity = fields.Monetary(readonly=True, aggregator=None)
    liquidity = fields.Float(readonly=True, aggregator=None, help="Current assets against short-term debts.")
    event_ids = fields.One2many("dunning.credit.event", "report_id", string="Events", readonly=True)
    raw = fields.Binary(
        "Whole Answer", readonly=True, attachment=True, groups="debto_dunning.group_dunning_manager")
    raw_name = fields.Char(compute="_compute_raw_name")

    # what changed since the one before of the same provider
    previous_id = fields.Many2one("dunning.credit.report", "Report Before", readonly=True, ondelete="set null")
    previous_date = fields.Date(related="previous_id.date", string="Before On")
    previous_score = OptionalInteger(related="previous_id.score", string="Score Before")
    previous_limit = fields.Monetary(
        related="previous_id.credit_limit", string="Limit Before", currency_field="previous_currency_id")
    previous_currency_id = fields.Many2one(related="previous_id.currency_id", string="Currency Before")
    previous_status = fields.Selection(related="previous_id.status", string="Status Before")
    score_change = OptionalInteger(
        "Change of Score", compute="_compute_change", store=True, aggregator="avg", help="More than 0: worse.")
    has_changed = fields.Boolean("Changed", compute="_compute_change", store=True)

    @api.depends("previous_id", "score", "has_credit_limit", "credit_limit", "currency_id", "status")
    def _compute_change(self):
        for report in self:
            before = report.previous_id
            is_comparable = report.score is not False and before and before.score is not False
            report.score_change = report.score - before.score if is_comparable else False
            report.has_changed = bool(before) and (
                report.score, report.has_credit_limit, report.credit_limit, report.currency_id, report.status) != (
                before.score, before.has_credit_limit, before.credit_limit, before.currency_id, before.status)

    @api.depends("debtor_id", "date")
    def _compute_display_name(self):
        for report in self:
            report.display_name = f"{report.partner_id.display_name} {fields.Date.to_string(report.date) or ''}"

    @api.depends("date")
    def _compute_raw_name(self):
        for report in self:
            report.raw_name = f"credit_report_{report.date}.json"

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _keep(self, provider, debtor, answer):
        """Keep what ``provider`` said of ``debtor`` and let score, segment and warnings follow.

        :param answer: dict as the ``_fetch_…`` methods give it: ``date``, ``score`` (0–100 or None), ``band``,
            ``limit``, ``currency`` (code), ``status``, ``events`` (pairs of date and text), ``raw`` …
        :return: the report
        """
        debtor.ensure_one()
        reports = self.sudo()  # reports are written by what the services say, by nobody's hand
        report = reports.create(reports._prepare_vals(provider, debtor, answer))
        reports.env["dunning.credit.event"]._pending(provider, debtor).report_id = report
        report._link_previous()
        debtor.sudo()._credit_arrived(report)  # so are the debtor's own columns
        return report.sudo(self.env.su)

    def _prepare_vals(self, provider, debtor, answer):
        score = answer.get("score")
        limit, currency = answer.get("limit"), self._currency_of(answer.get("currency"), debtor.company_id)
        events = list(answer.get("events") or [])
        today = debtor.company_id._dunning_today()
        if limit is not None and not currency:
            events.append((today, self.env._("Limit: %(limit)s %(currency)s", limit=limit,
                                             currency=answer["currency"])))
            limit = None
        raw = answer.get("raw")
        return {
            "debtor_id": debtor.id,
            "provider_id": provider.id,
            "provider_key": self._text(answer.get("key")),
            "company_name": self._text(answer.get("company_name")),
            "date": answer.get("date") or today,
            "score": score,
            "provider_score": self._text(answer.get("provider_score")),
            "band": self._text(answer.get("band") or credit.band_of(score)),
            "has_credit_limit": limit is not None,
            "credit_limit": limit or 0,
            "currency_id": (currency or debtor.company_id.currency_id).id,
            "status": answer.get("status") or "unknown",
            "status_text": self._text(answer.get("status_text")),
            "equity": answer.get("equity") or 0,
            "liquidity": answer.get("liquidity") or 0,
            "event_ids": [fields.Command.create({
                "debtor_id": debtor.id, "provider_id": provider.id, "date": day, "text": self._text(text),
            }) for day, text in events],
            "raw": raw and base64.b64encode(provider._pretty(raw)),
        }

    @api.model
    def _text(self, value):
        return str(value)[:MOST_TEXT] if value not in (None, "", False) else False

    def _currency_of(self, code, company):
        """The currency of a code, the company's where there is none; empty for one that Odoo does not know."""
        if not code:
            return company.currency_id
        return self.env["res.currency"].with_context(active_test=False).search(
            [("name", "=", str(code).strip().upper())], limit=1)

    def _link_previous(self):
        """Let each report of the same customer and provider know the one before, also when an older one comes in."""
        before = self.browse()
        for report in self.search([("debtor_id", "=", self.debtor_id.id), ("provider_id", "=", self.provider_id.id)],
                                  order="date, id"):
            if report.previous_id != before:
                report.previous_id = before
            before = report


class DunningCreditEvent(models.Model):
    """Something dated that a service told of a customer; one without report waits for the report that it calls for."""

    _name = "dunning.credit.event"
    _description = "Event of a Credit Report"
    _order = "date DESC, id DESC"
    _rec_name = "text"

    debtor_id = fields.Many2one("dunning.debtor", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="debtor_id.company_id", store=True)
    provider_id = fields.Many2one("dunning.credit.provider", required=True, ondelete="cascade")
    report_id = fields.Many2one("dunning.credit.report", ondelete="cascade", index="btree_not_null")
    date = fields.Date()
    text = fields.Char("What Happened", required=True)
    provider_key = fields.Char("Their Number")

    _told_once = models.UniqueIndex("(provider_id, debtor_id, provider_key) WHERE provider_key IS NOT NULL")

    def _pending(self, provider, debtors):
        """What ``provider`` told of ``debtors`` since their last report."""
        return self.search([
            ("provider_id", "=", provider.id), ("debtor_id", "in", debtors.ids), ("report_id", "=", False)])
