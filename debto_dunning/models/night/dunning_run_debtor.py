from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class DebtorStanding(NamedTuple):
    """What holds a customer as a whole on a day."""

    reason: str | None  #: code of the first reason that holds everything of the customer
    has_unapplied_money: bool  #: money came that is matched with nothing, or with nothing yet


class DunningRun(models.Model):
    """What the deciding statement knows of a customer as a whole, for messages that ask for no open item."""

    _inherit = "dunning.run"

    @api.model
    def _debtor_standings(self, company, date, partner_ids):
        """The :class:`DebtorStanding` of commercial partners; built from the parts of the deciding statement.

        :param company: root company
        :return: {partner id: DebtorStanding}
        """
        if not partner_ids:
            return {}
        self.env.flush_all()
        params = self._decide_params(company, date, partner_ids)
        with self._planned_for_sets(False):
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
            partner_id: DebtorStanding(self._first_dropping(codes if is_active else ["archived", *codes]), has_money)
            for partner_id, is_active, codes, has_money in rows}

    def _first_dropping(self, codes):
        """Of the codes of reasons the first that takes an item out of what is queued; None where none does."""
        reasons = self._reasons()
        return min((code for code in codes if reasons[code].drops), key=lambda code: reasons[code].rank, default=None)
