import base64

from odoo import api, fields, models

from ...tools import credit
from .dunning_credit_provider import STATUSES
from .optional_integer import OptionalInteger

#: The longest text that is stored of a service's own words, the longest number by which it knows something, and the
#: most events of one report.
MOST_TEXT, MOST_KEY, MOST_EVENTS = 500, 100, 200


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
    answer_id = fields.Integer(
        "Newest Answer", readonly=True, aggregator=None,
        help="The newest stored answer that the report was made of: that one and older ones are used.")

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
    def _create_from_answer(self, provider, debtor, answer):
        """Store what ``provider`` said of ``debtor``; score, segment and warnings are brought up to date.

        :param answer: dict as the ``_fetch_<client>`` methods return it: ``date``, ``score`` (0–100 or None),
            ``band``, ``limit``, ``currency`` (code), ``status``, ``events`` (pairs of date and text), ``raw`` …
        :return: the report
        """
        debtor.ensure_one()
        reports = self.sudo()  # reports are written by what the services say, by nobody's hand
        report = reports.create(reports._prepare_vals(provider, debtor, answer))
        reports.env["dunning.credit.event"]._pending_events(provider, debtor).report_id = report
        report._link_previous()
        debtor.sudo()._credit_arrived(report)  # so are the debtor's own columns
        return report.sudo(self.env.su)

    def _prepare_vals(self, provider, debtor, answer):
        score = answer.get("score")
        limit, currency = answer.get("limit"), self._currency_of(answer.get("currency"), debtor.company_id)
        events = list(answer.get("events") or [])[:MOST_EVENTS]
        today = debtor.company_id._dunning_today()
        # a report of a later day would be the newest one until then
        day = answer.get("date")
        day = day if day and day <= fields.Date.add(today, days=1) else today
        if limit is not None and not currency:
            events.append((today, self.env._("Limit: %(limit)s %(currency)s", limit=limit,
                                             currency=answer["currency"])))
            limit = None
        raw = answer.get("raw")
        return {
            "debtor_id": debtor.id,
            "provider_id": provider.id,
            "answer_id": answer.get("answer_id") or 0,
            "provider_key": self._shorten_text(answer.get("key"), MOST_KEY),
            "company_name": self._shorten_text(answer.get("company_name")),
            "date": day,
            "score": score,
            "provider_score": self._shorten_text(answer.get("provider_score")),
            "band": self._shorten_text(answer.get("band") or credit.band_of(score)),
            "has_credit_limit": limit is not None,
            "credit_limit": limit or 0,
            "currency_id": (currency or debtor.company_id.currency_id).id,
            "status": answer.get("status") or "unknown",
            "status_text": self._shorten_text(answer.get("status_text")),
            "equity": answer.get("equity") or 0,
            "liquidity": answer.get("liquidity") or 0,
            "event_ids": [fields.Command.create({
                "debtor_id": debtor.id, "provider_id": provider.id, "date": day, "text": self._shorten_text(text),
            }) for day, text in events if self._shorten_text(text)],
            "raw": raw and base64.b64encode(provider._format_raw(raw)),
        }

    @api.model
    def _shorten_text(self, value, longest=MOST_TEXT):
        """``value`` as a text that can be stored, False where there is none."""
        if value is None or value is False:
            return False
        return credit.clean_text(str(value)[:longest]).strip() or False

    def _currency_of(self, code, company):
        """The currency of a code, the company's where there is none; empty for one that Odoo does not know."""
        if not code:
            return company.currency_id
        return self.env["res.currency"].with_context(active_test=False).search(
            [("name", "=", str(code)[:10].strip().upper())], limit=1)

    def _link_previous(self):
        """Link each report of the same customer and provider to the one before, also when an older one comes in."""
        before = self.browse()
        for report in self.search([("debtor_id", "=", self.debtor_id.id), ("provider_id", "=", self.provider_id.id)],
                                  order="date, id"):
            if report.previous_id != before:
                report.previous_id = before
            before = report


class DunningCreditEvent(models.Model):
    """Something dated that a service reported of a customer.

    One without report makes the watch ask for the next report, once.
    """

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
    asked_on = fields.Date(help="A report was asked for because of this event, and none could be made.")

    _provider_key_uniq = models.UniqueIndex("(provider_id, debtor_id, provider_key) WHERE provider_key IS NOT NULL")

    def _pending_events(self, provider, debtors):
        """The events that ``provider`` reported of ``debtors`` since their last report."""
        return self.search([
            ("provider_id", "=", provider.id), ("debtor_id", "in", debtors.ids), ("report_id", "=", False)])
