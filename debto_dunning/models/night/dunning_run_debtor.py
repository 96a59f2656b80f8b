from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class DebtorStatus(NamedTuple):
    """What holds all reminders of a debtor on a day."""

    reason: str | None  #: code of the first reason that holds the whole debtor; None: none does
    has_unapplied_money: bool  #: the debtor has money that is not matched with invoices


class DunningRun(models.Model):
    """The status of a whole debtor by the deciding statement, for messages that ask for no open item."""

    _inherit = "dunning.run"

    @api.model
    def _get_debtor_status(self, company, date, partner_ids):
        """The :class:`DebtorStatus` of commercial partners, from the parts of the deciding statement.

        :param company: root company
        :return: {partner id: :class:`DebtorStatus`}
        """
        if not partner_ids:
            return {}
        self.env.flush_all()
        params = self._decide_params(company, date, partner_ids)
        with self._planner_settings(False):
            self.env.cr.execute(SQL(
                "WITH RECURSIVE %(ledger)s, %(money)s SELECT partner.id, partner.active,"
                " ARRAY(SELECT DISTINCT reason FROM hold WHERE hold.partner_id = partner.id"
                "          AND hold.supplied_before IS NULL),"
                " EXISTS (SELECT FROM credit WHERE credit.partner_id = partner.id AND credit.amount > 0)"
                " FROM res_partner partner WHERE partner.id = ANY(%(partners)s)",
                ledger=self._decide_ledger_sql(company, date, params), money=self._decide_money_sql(params),
                partners=list(partner_ids)))
            rows = self.env.cr.fetchall()
        return {
            partner_id: DebtorStatus(
                self._get_first_dropping_reason(codes if is_active else ["archived", *codes]), has_money)
            for partner_id, is_active, codes, has_money in rows}

    def _get_first_dropping_reason(self, codes):
        """The first of these reason codes that takes an item out of a queued reminder; None where none does."""
        reasons = self._reasons()
        return min((code for code in codes if reasons[code].drops), key=lambda code: reasons[code].rank, default=None)
