from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...tools.decision import Reason
from ..ledger.dunning_run_money import CENT
from .dunning_agreement import KEPT


class ItemMoney(NamedTuple):
    """What money there is for an open item, in the item's currency."""

    paid: float  #: payments that are matched with it
    credited: float  #: credit notes that are matched with it
    covered: float  #: money that is not matched yet and covers it


class DunningRun(models.Model):
    """Agreements in the deciding statement: their reasons, and the money by which they are judged."""

    _inherit = "dunning.run"

    def _reasons(self):
        # EXTENDS dunning.run
        return {
            **super()._reasons(),
            "dispute": Reason(
                self.env._("the invoice is in dispute"), 82, drops=True, is_open_ended=True, sendable="warned"),
            "promise": Reason(
                self.env._("the customer promised to pay"), 84, drops=True, sendable="warned"),
            "plan": Reason(
                self.env._("the customer pays in instalments"), 86, drops=True, sendable="warned"),
        }

    @api.model
    def _get_reason_words(self, item_reasons):
        # EXTENDS dunning.run: names the day and the amount
        words = super()._get_reason_words(item_reasons)
        agreed = [item for item, code in item_reasons.items() if code in self._agreement_reasons()]
        if not agreed:
            return words
        # sudo: whoever sees the invoice is told what pauses it
        holds = self.env["dunning.hold"].sudo().search([
            ("move_line_id", "in", agreed), ("kind", "in", self._agreement_reasons())])
        for hold in holds:
            if hold.origin and item_reasons[hold.move_line_id.id] == hold.kind:
                words[hold.move_line_id.id] = hold.origin._reason_words()
        return words

    def _follow_up_agreements(self):
        # EXTENDS debto_dunning
        res = super()._follow_up_agreements()
        self.env["dunning.promise"]._tell_judgements(self.company_id)
        self.env["dunning.dispute"]._escalate(self.company_id, self.date)
        self.env["dunning.agreement.term"]._announce_ends(self.company_id, self.date)
        self.env["dunning.payment.plan"]._withdraw_unanswered(self.company_id, self.date)
        self.env["dunning.payment.plan"]._tell_judgements(self.company_id)
        for model in KEPT:
            self.env[model]._erase_expired(self.company_id, self.date)
        return res

    def _prepare_other_messages(self):
        # EXTENDS debto_dunning
        res = super()._prepare_other_messages()
        self.env["dunning.payment.plan"]._prepare_messages(self)
        return res

    @api.model
    def _agreement_reasons(self):
        """The codes of the reasons that agreements give; the kinds of their pauses have the same names."""
        return ("promise", "dispute", "plan")

    def _decide_meant_sql(self):
        # EXTENDS debto_dunning: money that names nothing is meant for a promise or an instalment of exactly its amount
        return SQL("""%s
                        UNION ALL
                        SELECT credit.source, credit.id, line.move_id
                          FROM credit
                          JOIN dunning_promise promise
                            ON promise.partner_id = credit.partner_id AND promise.state = 'open'
                           AND promise.made_on::date <= credit.date
                          JOIN rate ON rate.currency_id = promise.currency_id
                           AND abs(credit.amount - promise.amount * rate.value) < %s
                          JOIN dunning_promise_line line ON line.promise_id = promise.id
                         WHERE credit.spills AND line.move_id IS NOT NULL AND NOT EXISTS (
                               SELECT FROM named WHERE named.source = credit.source AND named.id = credit.id)
                        UNION ALL
                        SELECT credit.source, credit.id, row.move_id
                          FROM credit
                          JOIN dunning_payment_plan plan
                            ON plan.partner_id = credit.partner_id AND plan.state = 'active'
                           AND plan.made_on::date <= credit.date
                          JOIN rate ON rate.currency_id = plan.currency_id
                          JOIN dunning_payment_plan_item row ON row.plan_id = plan.id
                         WHERE credit.spills AND row.move_id IS NOT NULL AND EXISTS (
                               SELECT FROM dunning_payment_plan_line line
                                WHERE line.plan_id = plan.id
                                  AND abs(credit.amount - line.amount * rate.value) < %s)
                           AND NOT EXISTS (
                               SELECT FROM named WHERE named.source = credit.source AND named.id = credit.id)
            """, super()._decide_meant_sql(), CENT, CENT)

    # ------------------------------------------------------------------
    # Money of items
    # ------------------------------------------------------------------

    @api.model
    def _get_money_of_items(self, company, date, item_ids, partner_ids):
        """The money that there is for some items tonight, each euro once, whatever it is matched with.

        :param company: root company
        :param partner_ids: ids of the commercial partners of these items
        :return: {item id: :class:`ItemMoney`}
        """
        return self._get_money_of_items_and_partners(company, date, item_ids, partner_ids)[0]

    @api.model
    def _get_money_of_items_and_partners(
            self, company, date, item_ids, partner_ids, with_beyond=False, company_ids=None):
        """As :meth:`_get_money_of_items`, and the money that covers no item of these partners: a pair of {item id:
        :class:`ItemMoney`} and {partner id: amount in the company's currency}. One statement.

        :param with_beyond: whether the second is wanted
        :param company_ids: as in :meth:`_decide_params`
        """
        if not item_ids:
            return {}, {}
        self.env.flush_all()
        params = self._decide_params(company, date, partner_ids, company_ids=company_ids)
        beyond = SQL(
            " UNION ALL SELECT -pool.partner_id, GREATEST(0, pool.amount - COALESCE(taken.amount, 0))::float8, 0, 0"
            "   FROM pool LEFT JOIN (SELECT item.partner_id, sum(pool_cover.amount) AS amount"
            "                          FROM pool_cover JOIN item ON item.id = pool_cover.id"
            "                         GROUP BY item.partner_id) taken ON taken.partner_id = pool.partner_id")
        self.env.cr.execute(SQL(
            "WITH RECURSIVE %(ledger)s, %(money)s"
            " SELECT named.id, COALESCE(matched.paid, 0)::float8, COALESCE(matched.credited, 0)::float8,"
            " LEAST(COALESCE(item.open - item.disputed, 0),"
            " round(COALESCE(cover.amount / item.rate, 0), item.decimals))::float8"
            " FROM unnest(%(items)s::int[]) AS named (id)"
            " LEFT JOIN (%(matched)s) matched ON matched.id = named.id"
            " LEFT JOIN item ON item.id = named.id"
            " LEFT JOIN cover ON cover.id = named.id%(beyond)s",
            beyond=beyond if with_beyond else SQL(),
            ledger=self._decide_ledger_sql(company, date, params), money=self._decide_money_sql(params),
            items=list(item_ids),
            matched=self._get_matched_sql(SQL("partial.debit_move_id = ANY(%s)", list(item_ids)))))
        rows = self.env.cr.fetchall()
        return ({row_id: ItemMoney(*amounts) for row_id, *amounts in rows if row_id > 0},
                {-row_id: amount for row_id, amount, *_others in rows if row_id < 0})

    @api.model
    def _get_matched_sql(self, condition):
        """Query for what payments and credit notes matched of items: ``id``, ``paid``, ``credited``.

        Write-offs, exchange differences and netting are in neither.

        :param condition: :class:`SQL` condition on ``partial``
        """
        return SQL("""
            SELECT partial.debit_move_id AS id,
                   sum(partial.debit_amount_currency) FILTER (WHERE %(is_payment)s) AS paid,
                   sum(partial.debit_amount_currency) FILTER (WHERE move.move_type = 'out_refund') AS credited
              FROM account_partial_reconcile partial
              JOIN account_move_line credit ON credit.id = partial.credit_move_id
              JOIN account_move move ON move.id = credit.move_id
             WHERE %(condition)s
             GROUP BY partial.debit_move_id
        """, condition=condition, is_payment=self.env["account.move.line"]._dunning_is_payment_sql())
