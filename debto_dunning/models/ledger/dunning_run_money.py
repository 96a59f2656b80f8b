from dataclasses import dataclass, field
from datetime import date as Date

from odoo import api, models
from odoo.tools import SQL

#: Most days between a registered payment and its bank line, and most days that a pending online payment counts.
PAYMENT_DAYS = 7
#: Amounts of a discount in other currencies differ by less than this after conversion.
CENT = 0.01


@dataclass
class Credit:
    """Money that is not matched yet: what is left of it to give, in the company's currency."""

    date: Date
    amount: float
    moves: frozenset  #: ids of the invoices that it names


@dataclass
class CustomerMoney:
    """The money of one customer that is not matched yet; amounts in the company's currency."""

    credits: list = field(default_factory=list)  #: of :class:`Credit`, the oldest first
    to_debits: float = 0.0  #: what stands against debits that are no items
    spare: float = 0.0  #: what covers no item

    def take(self, amount, move_id=None):
        """The days on which ``amount`` came: list of (day, amount), money that names the invoice first, then the
        oldest that names none. What no money is left for, as an early payment discount, is not in it.
        """
        taken = []
        for credit in sorted(self.credits, key=lambda credit: move_id not in credit.moves):
            part = min(credit.amount, amount)
            if part > CENT / 2:
                credit.amount -= part
                amount -= part
                taken.append((credit.date, part))
        return taken


class DunningRun(models.Model):
    """Money that is received and not matched yet: a part of the deciding statement.

    Each method returns one or more common table expressions of the statement in :meth:`dunning.run._decide_query`. All
    amounts are in the company's currency at the night's rate.

    The result for a debtor depends only on its own items and money. It is therefore the same whether the statement
    covers all debtors or only this one.
    """

    _inherit = "dunning.run"

    def _decide_money_sql(self, params):
        """CTEs ``credit``: amounts of money with debtor and day; ``named``: the invoices that each of them names.

        ``credit.spills``: the amount beyond the named invoices covers other invoices. Of booked credits,
        ``credit.amount`` is what is left beside the debits that are no items.
        """
        return SQL(", ").join([
            self._decide_bank_sql(params),
            self._decide_plain_payment_sql(params),
            self._decide_reference_sql(),
            self._decide_bank_beyond_sql(params),
            SQL("netted AS MATERIALIZED (%s)", self.env["account.move.line"]._dunning_netting_sql(
                "open_item", SQL("EXISTS (SELECT FROM worded WHERE source = 'entry' AND worded.id = open_item.id)"))),
            SQL("""
            credit (source, id, partner_id, date, amount, spills) AS MATERIALIZED (
                SELECT 'entry', open_item.id, partner_id, date, -open * rate * netted.share, TRUE
                  FROM open_item JOIN netted ON netted.id = open_item.id
                 WHERE open < 0 AND residual < 0 AND netted.share > 0
                UNION ALL
                SELECT 'payment', payment.id, payment.partner_id, payment.date, payment.amount * rate.value,
                       payment.state = 'in_process'
                  FROM plain_payment payment
                  JOIN rate ON rate.currency_id = payment.currency_id
                UNION ALL
                SELECT 'online', online.id, partner.id,
                       COALESCE(online.last_state_change, online.create_date)::date,
                       -- of a payment on the customer's page, what is for costs and interest covers no invoice
                       (online.amount - COALESCE((
                           SELECT sum(part.amount) FROM dunning_payment_allotment part
                            WHERE part.transaction_id = online.id AND part.charge_id IS NOT NULL), 0)) * rate.value,
                       claim.spills
                  FROM payment_transaction online
                  CROSS JOIN LATERAL (
                       SELECT move.commercial_partner_id AS partner_id, count(*) OVER () = 1 AS spills
                         FROM account_invoice_transaction_rel link
                         JOIN account_move move ON move.id = link.invoice_id
                        WHERE link.transaction_id = online.id
                        GROUP BY move.commercial_partner_id
                       UNION ALL
                       SELECT commercial_partner_id, TRUE
                         FROM res_partner
                        WHERE id = online.partner_id AND NOT EXISTS (
                              SELECT FROM account_invoice_transaction_rel WHERE transaction_id = online.id)) claim
                  JOIN res_partner partner ON partner.id = claim.partner_id
                  JOIN rate ON rate.currency_id = online.currency_id
                 WHERE (online.state IN ('pending', 'authorized')
                        OR online.state = 'done' AND online.payment_id IS NULL)
                   AND COALESCE(online.operation, '') NOT IN ('refund', 'validation')
                   AND COALESCE(online.last_state_change, online.create_date)::date
                       BETWEEN %(date)s - %(payment_days)s AND %(date)s + 1
                   AND online.company_id = ANY(%(companies)s) AND %(partner_is_selected)s
                UNION ALL
                SELECT 'bank', bank_beyond.id, bank_beyond.partner_id, bank_beyond.date,
                       bank_beyond.amount * rate.value, bank_beyond.spills
                  FROM bank_beyond JOIN rate ON rate.currency_id = bank_beyond.currency_id
            ), named (source, id, move_id) AS MATERIALIZED (
                SELECT 'entry', id, reversed_entry_id
                  FROM open_item WHERE residual < 0 AND reversed_entry_id IS NOT NULL
                UNION
                SELECT 'payment', credit.id, link.invoice_id
                  FROM credit
                  JOIN account_move__account_payment link ON link.payment_id = credit.id
                  JOIN account_move move ON move.id = link.invoice_id
                 WHERE credit.source = 'payment'
                   AND (credit.spills OR move.payment_state IN ('paid', 'in_payment'))
                UNION
                SELECT 'online', credit.id, link.invoice_id
                  FROM credit JOIN account_invoice_transaction_rel link ON link.transaction_id = credit.id
                 WHERE credit.source = 'online'
                UNION
                SELECT source, id, move_id FROM worded
            )""", payment_days=PAYMENT_DAYS, **params),
            self._decide_discount_sql(),
            self._decide_cover_sql(),
        ])

    def _decide_plain_payment_sql(self, params):
        """CTE ``plain_payment``: received payments without entries that the ledger does not show."""
        return SQL("""
            plain_payment AS MATERIALIZED (
                SELECT payment.id, partner.commercial_partner_id AS partner_id, payment.date, payment.amount,
                       payment.currency_id, payment.state, payment.memo
                  FROM account_payment payment
                  JOIN res_partner partner ON partner.id = payment.partner_id
                 WHERE payment.move_id IS NULL AND payment.payment_type = 'inbound'
                   AND payment.partner_type = 'customer'
                   AND payment.company_id = ANY(%(companies)s) AND %(partner_is_selected)s
                   AND (payment.state = 'in_process' OR payment.state = 'paid' AND EXISTS (
                        SELECT FROM account_move__account_payment WHERE payment_id = payment.id))
            )""", **params)

    def _decide_discount_sql(self):
        """CTEs ``naming``: money with the open items' invoices that it names; ``discount``: the early payment discount
        of items that were paid in time, which is then no longer asked.

        An item was paid in time when the payments matched with it and the money that names it reach the discounted
        amount, none of them later than the last day of the discount. Money that names nothing counts where it is
        exactly what the discounted amount leaves. Odoo gives the discount in invoices of one instalment only.
        """
        return SQL("""
            discountable AS MATERIALIZED (
                SELECT item.id, item.partner_id, item.move_id, item.discount_date,
                       (item.amount_currency - item.discount_amount_currency) * item.rate AS amount,
                       (item.open - item.amount_currency + item.discount_amount_currency) * item.rate AS needed
                  FROM item
                 WHERE item.discount_date IS NOT NULL AND item.is_invoice
                   AND item.discount_amount_currency BETWEEN 0 AND item.amount_currency
                   AND NOT EXISTS (
                       SELECT FROM account_partial_reconcile partial
                         JOIN account_move_line credit ON credit.id = partial.credit_move_id
                         JOIN account_move move ON move.id = credit.move_id
                        WHERE partial.debit_move_id = item.id AND credit.date > item.discount_date
                          AND %(is_payment)s)
            ), naming AS MATERIALIZED (
                SELECT credit.source, credit.id, credit.partner_id, credit.date, credit.amount, credit.spills,
                       array_agg(DISTINCT item.move_id ORDER BY item.move_id) AS moves
                  FROM credit
                  JOIN (SELECT source, id, move_id FROM named
                        UNION ALL
                        SELECT credit.source, credit.id, discountable.move_id
                          FROM credit
                          JOIN discountable ON discountable.partner_id = credit.partner_id
                           AND credit.date <= discountable.discount_date
                           AND abs(credit.amount - discountable.needed) < %(cent)s
                         WHERE credit.spills AND NOT EXISTS (
                               SELECT FROM named WHERE named.source = credit.source AND named.id = credit.id)
                        %(meant)s
                       ) named ON named.source = credit.source AND named.id = credit.id
                  JOIN item ON item.move_id = named.move_id AND item.partner_id = credit.partner_id
                 GROUP BY credit.source, credit.id, credit.partner_id, credit.date, credit.amount, credit.spills
            ), discount AS MATERIALIZED (
                SELECT discountable.partner_id, discountable.move_id, discountable.amount
                  FROM discountable
                 WHERE discountable.needed < %(cent)s
                 UNION
                SELECT discountable.partner_id, discountable.move_id, discountable.amount
                  FROM (SELECT partner_id, moves, sum(amount) AS amount, max(date) AS date
                          FROM naming GROUP BY partner_id, moves) pot
                  JOIN discountable ON discountable.move_id = ANY(pot.moves)
                 WHERE pot.amount + %(cent)s > (
                       SELECT CASE WHEN bool_and(pot.date <= COALESCE(taken.discount_date, '-infinity'))
                                   THEN sum(COALESCE(taken.needed, item.value)) END
                         FROM item LEFT JOIN discountable taken ON taken.id = item.id
                        WHERE item.move_id = ANY(pot.moves) AND item.partner_id = pot.partner_id)
            )""", cent=CENT, is_payment=self.env["account.move.line"]._dunning_is_payment_sql(),
            meant=self._decide_meant_sql())

    def _decide_meant_sql(self):
        """More rows (``source``, ``id``, ``move_id``) of money that names no invoice in words and is meant for one all
        the same: nothing, or :class:`SQL` that begins with UNION ALL. Other rooms and addons extend it.

        It reads the CTEs ``credit`` and ``named``.
        """
        return SQL()

    def _decide_cover_sql(self):
        """``cover``: how much of each item is covered: named money first, the rest the oldest due item first.

        Money that names the same invoices is one pot. Pots of one invoice go before those that name several. Money
        that names nothing stands against debits that are no items first, then covers the items that nothing holds,
        then those on hold. Items that get no step take what names them, and nothing of the rest.
        """
        return SQL("""
            pot AS (
                SELECT partner_id, moves, sum(amount) AS amount,
                       COALESCE(sum(amount) FILTER (WHERE NOT spills), 0) AS kept
                  FROM (SELECT partner_id, moves, amount, spills FROM naming
                         UNION ALL
                        SELECT partner_id, ARRAY[move_id], amount, FALSE FROM discount) each
                 GROUP BY partner_id, moves
            ), single_cover AS (
                SELECT item.id, GREATEST(0, LEAST(item.value, pot.amount - COALESCE(sum(item.value) OVER (
                           PARTITION BY item.partner_id, item.move_id
                           ORDER BY item.id IN (SELECT item_id FROM worded WHERE item_id IS NOT NULL) DESC,
                                    item.due, item.id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS amount
                  FROM pot JOIN item ON item.partner_id = pot.partner_id AND item.move_id = pot.moves[1]
                 WHERE cardinality(pot.moves) = 1
            ), several_share AS (
                SELECT item.id, item.value - COALESCE(single_cover.amount, 0) AS open,
                       GREATEST(0, LEAST(item.value - COALESCE(single_cover.amount, 0), pot.amount - COALESCE(
                           sum(item.value - COALESCE(single_cover.amount, 0)) OVER (
                               PARTITION BY pot.partner_id, pot.moves ORDER BY item.due, item.id
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS amount
                  FROM pot
                  JOIN item ON item.partner_id = pot.partner_id AND item.move_id = ANY(pot.moves)
                  LEFT JOIN single_cover ON single_cover.id = item.id
                 WHERE cardinality(pot.moves) > 1
            ), named_cover AS MATERIALIZED (
                SELECT item.id, item.partner_id, sum(part.amount) AS amount
                  FROM (SELECT id, amount FROM single_cover
                        UNION ALL
                        SELECT id, LEAST(open, sum(amount)) FROM several_share GROUP BY id, open) part
                  JOIN item ON item.id = part.id
                 GROUP BY item.id, item.partner_id
            ), pool AS (
                SELECT partner_id, free - debits AS amount, LEAST(debits, GREATEST(free, 0)) AS to_debits
                  FROM (SELECT spilling.partner_id, COALESCE(debit.amount, 0) AS debits,
                               spilling.amount - GREATEST(0, COALESCE(used.amount, 0) - COALESCE(kept.amount, 0))
                                   AS free
                          FROM (SELECT partner_id, sum(amount) AS amount
                                  FROM credit WHERE spills GROUP BY partner_id) spilling
                          LEFT JOIN (SELECT partner_id, sum(amount) AS amount
                                       FROM named_cover GROUP BY partner_id) used
                            ON used.partner_id = spilling.partner_id
                          LEFT JOIN (SELECT partner_id, sum(kept) AS amount FROM pot GROUP BY partner_id) kept
                            ON kept.partner_id = spilling.partner_id
                          LEFT JOIN (SELECT partner_id, sum(open * rate * netted.share) AS amount
                                       FROM open_item JOIN netted ON netted.id = open_item.id
                                      WHERE residual > 0 GROUP BY partner_id) debit
                            ON debit.partner_id = spilling.partner_id) beside
            ), pool_cover AS (
                SELECT item.id, GREATEST(0, LEAST(
                           item.value - COALESCE(named_cover.amount, 0),
                           pool.amount - COALESCE(sum(item.value - COALESCE(named_cover.amount, 0)) OVER (
                               PARTITION BY item.partner_id
                               ORDER BY held.reasons IS NOT NULL, item.due, item.id
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS amount
                  FROM item
                  JOIN pool ON pool.partner_id = item.partner_id
                  LEFT JOIN held ON held.id = item.id
                  LEFT JOIN named_cover ON named_cover.id = item.id
                 WHERE item.excluded IS NULL
            ), cover AS (
                SELECT id, sum(amount) AS amount
                  FROM (SELECT id, amount FROM named_cover UNION ALL SELECT id, amount FROM pool_cover) part
                 GROUP BY id
            )""")

    # ------------------------------------------------------------------
    # The money of a customer, one by one
    # ------------------------------------------------------------------

    @api.model
    def _get_customer_money(self, company, date, partner_ids):
        """The money of customers that is not matched yet, by the same reckoning as the decision's.

        :param company: root company
        :param partner_ids: ids of commercial partners
        :return: {partner id: :class:`CustomerMoney`}, for those that have some
        """
        self.env.flush_all()
        params = self._decide_params(company, date, partner_ids)
        self.env.cr.execute(SQL(
            "WITH RECURSIVE %(ledger)s, %(money)s"
            " SELECT credit.partner_id, credit.date, credit.amount::float8, naming.moves, NULL, NULL"
            "   FROM credit LEFT JOIN naming ON naming.source = credit.source AND naming.id = credit.id"
            "    AND naming.partner_id = credit.partner_id"
            " UNION ALL"
            " SELECT pool.partner_id, NULL, NULL, NULL, pool.to_debits::float8, GREATEST(0, pool.amount - COALESCE(("
            "        SELECT sum(pool_cover.amount) FROM pool_cover JOIN item ON item.id = pool_cover.id"
            "         WHERE item.partner_id = pool.partner_id), 0))::float8"
            "   FROM pool",
            ledger=self._decide_ledger_sql(company, date, params), money=self._decide_money_sql(params)))
        money = {}
        for partner_id, day, amount, moves, to_debits, spare in self.env.cr.fetchall():
            own = money.setdefault(partner_id, CustomerMoney())
            if day:
                own.credits.append(Credit(day, amount, frozenset(moves or ())))
            else:
                own.to_debits, own.spare = to_debits, spare
        for own in money.values():
            own.credits.sort(key=lambda credit: credit.date)
        return money
