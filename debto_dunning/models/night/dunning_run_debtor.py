from odoo import api, models
from odoo.tools import SQL


class DunningRun(models.Model):
    """What the deciding statement knows of a whole debtor, for messages that ask for no open item."""

    _inherit = "dunning.run"

    @api.model
    def _get_debtor_holds(self, company, date, partner_ids):
        """The reasons that hold commercial partners as a whole on ``date``: {partner id: list of codes by rank}.

        A hold of what was supplied before a day does not hold the debtor as a whole.

        :param company: root company
        """
        if not partner_ids:
            return {}
        self.env.flush_all()
        self.env.cr.execute(SQL(
            "WITH hold AS (%s) SELECT partner.id, partner.active,"
            " ARRAY(SELECT DISTINCT reason FROM hold WHERE hold.partner_id = partner.id"
            "          AND hold.supplied_before IS NULL)"
            " FROM res_partner partner WHERE partner.id = ANY(%s)",
            self.env["dunning.hold"]._current_sql(company, date), list(partner_ids)))
        reasons = self._reasons()
        return {
            partner_id: sorted(codes if is_active else ["archived", *codes], key=lambda code: reasons[code].rank)
            for partner_id, is_active, codes in self.env.cr.fetchall()}

    @api.model
    def _get_partners_with_money(self, company, date, partner_ids):
        """Those of the commercial partners whose money is not matched with invoices, as a set of ids.

        :param company: root company
        """
        if not partner_ids:
            return set()
        self.env.flush_all()
        params = self._decide_params(company, date, partner_ids)
        with self._planner_settings(False):
            self.env.cr.execute(SQL(
                "WITH RECURSIVE %s, %s"
                " SELECT DISTINCT partner_id FROM credit WHERE amount > 0 AND partner_id = ANY(%s)",
                self._decide_ledger_sql(company, date, params), self._decide_money_sql(params), list(partner_ids)))
            return {partner_id for (partner_id,) in self.env.cr.fetchall()}
