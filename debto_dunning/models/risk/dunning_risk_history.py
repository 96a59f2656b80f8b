from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...tools.mail_address import format_address


class DunningRiskHistory(models.Model):
    """The risk of a debtor over time: one row a month, and one for each change of segment."""

    _name = "dunning.risk.history"
    _description = "Risk History"
    _order = "date DESC, id DESC"
    _rec_name = "date"
    _log_access = False

    debtor_id = fields.Many2one("dunning.debtor", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    risk_score = fields.Integer(readonly=True, aggregator="avg")
    average_days_late = fields.Float(
        "Average Days beyond Terms", readonly=True, digits=(16, 1), aggregator="avg")
    open_amount = fields.Monetary("Open", readonly=True)
    overdue_amount = fields.Monetary("Overdue", readonly=True)
    segment_id = fields.Many2one("dunning.segment", readonly=True, ondelete="restrict")
    previous_segment_id = fields.Many2one(
        "dunning.segment", "Segment before", readonly=True, ondelete="restrict", index="btree_not_null")
    is_chosen = fields.Boolean("Chosen by Hand", readonly=True)

    _debtor_date_uniq = models.Constraint("UNIQUE (debtor_id, date)", "A debtor has one row of history a day.")

    @api.model
    def _cron_digest(self):
        """Mail to each person in charge, once a week, the debtors whose risk rose in the last seven days."""
        companies = self.env["res.company"].search([("parent_id", "=", False)])
        for company in companies:
            company._dunning_localized(self)._create_digest_mails(company, company._dunning_today())
            self.env["ir.cron"]._commit_progress(1)

    def _create_digest_mails(self, company, date):
        """Create the digest mails of a company for the seven days up to ``date``, for users with something to report.

        :return: ``mail.mail`` recordset, in the queue
        """
        since = date - timedelta(days=7)
        by_user = defaultdict(lambda: defaultdict(list))
        for row in self._get_changes_to_higher_risk(company, since, date):
            by_user[row.debtor_id._responsible(date)][row.debtor_id].append(self.env._(
                "Segment %(old)s → %(new)s", old=row.previous_segment_id.name, new=row.segment_id.name))
        slower = self.env["dunning.debtor"].search([
            ("company_id", "=", company.id), ("trend_warned_on", ">", since), ("trend_warned_on", "<=", date)])
        for debtor in slower:
            by_user[debtor._responsible(date)][debtor].append(self.env._(
                "Pays %s days later than in the year before", round(debtor.trend_days)))
        values = [
            self._prepare_digest_vals(company, user, rows, since, date)
            for user, rows in by_user.items() if user.email_normalized
        ]
        return self.env["mail.mail"].create(values)

    def _get_changes_to_higher_risk(self, company, since, date):
        """The rows after ``since`` and up to ``date`` in which a debtor moved to a segment of higher severity."""
        rows = self.search([
            ("company_id", "=", company.id), ("date", ">", since), ("date", "<=", date),
            ("previous_segment_id", "!=", False)])
        return rows.filtered(
            lambda row: row.debtor_id.active and row.segment_id.severity > row.previous_segment_id.severity)

    def _prepare_digest_vals(self, company, user, rows, since, date):
        localized = self.with_context(lang=user.lang)
        debtors = sorted(rows, key=lambda debtor: -debtor.open_amount)
        return {
            "subject": localized.env._("%(company)s: customers to watch, %(count)s this week", company=company.name,
                                       count=len(debtors)),
            "body_html": localized.env["ir.qweb"]._render("debto_dunning.risk_digest", {
                "company": company, "user": user, "debtors": debtors, "notes": rows, "since": since, "date": date}),
            "email_from": company.email_formatted or user.email_formatted,
            "email_to": format_address(user.name, user.email_normalized),
            "auto_delete": True,
        }
