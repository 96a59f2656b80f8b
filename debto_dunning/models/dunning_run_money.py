from odoo import models
from odoo.tools import SQL

#: Days back in which unmatched bank lines count.
BANK_LINE_DAYS = 30
#: Days between a registered payment and its bank line; days that an online payment may stay pending.
PAYMENT_DAYS = 7
#: A reference in a bank text is looked for in up to so many consecutive words (an RF reference in groups of four).
REFERENCE_WORDS = 8
#: Shorter references would be found in texts by chance.
REFERENCE_LENGTH = 5


class DunningRun(models.Model):
    """What is paid already and not matched yet: the statement's part about money.

    Each method gives one or more common table expressions of the statement in
    :meth:`dunning.run._decide_query`; all amounts are in the company's currency at the night's rate.
    """

    _inherit = "dunning.run"

    def _decide_money_sql(self, params):
        """``credit``: sums of money with the partner they come from; ``named``: the invoices they name.

        ``credit.spills`` tells whether what goes beyond the named invoices covers others.
        """
        return SQL(", ").join([
            self._decide_bank_sql(params),
            SQL("""
            credit (source, id, partner_id, amount, spills) AS (
                SELECT 'entry', line.id, partner.commercial_partner_id,
                       -line.amount_residual_currency * rate.value, TRUE
                  FROM account_move_line line
                  JOIN account_account account
                    ON account.id = line.account_id AND account.account_type = 'asset_receivable'
                  JOIN res_partner partner ON partner.id = line.partner_id
                  JOIN rate ON rate.currency_id = line.currency_id
                 WHERE line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
                   AND line.amount_residual < 0 AND line.amount_residual_currency < 0
                   AND line.company_id = ANY(%(companies)s) AND %(partner_is_looked_at)s
                UNION ALL
                SELECT 'payment', payment.id, partner.commercial_partner_id, payment.amount * rate.value,
                       NOT EXISTS (SELECT FROM account_move__account_payment WHERE payment_id = payment.id)
                  FROM account_payment payment
                  JOIN res_partner partner ON partner.id = payment.partner_id
                  JOIN rate ON rate.currency_id = payment.currency_id
                 WHERE payment.move_id IS NULL AND payment.payment_type = 'inbound'
                   AND payment.company_id = ANY(%(companies)s) AND %(partner_is_looked_at)s
                   AND (payment.state = 'in_process' OR payment.state = 'paid' AND EXISTS (
                        SELECT FROM account_move__account_payment WHERE payment_id = payment.id))
                UNION ALL
                SELECT 'online', online.id, partner.commercial_partner_id, online.amount * rate.value, TRUE
                  FROM payment_transaction online
                  JOIN res_partner partner ON partner.id = online.partner_id
                  JOIN rate ON rate.currency_id = online.currency_id
                 WHERE (online.state IN ('pending', 'authorized')
                        OR online.state = 'done' AND online.payment_id IS NULL)
                   AND COALESCE(online.operation, '') NOT IN ('refund', 'validation')
                   AND COALESCE(online.last_state_change, online.create_date)::date
                       BETWEEN %(date)s - %(payment_days)s AND %(date)s + 1
                   AND online.company_id = ANY(%(companies)s) AND %(partner_is_looked_at)s
                UNION ALL
                SELECT 'bank', bank_beyond.id, bank_beyond.partner_id, bank_beyond.amount * rate.value, TRUE
                  FROM bank_beyond JOIN rate ON rate.currency_id = bank_beyond.currency_id
            ), named (source, id, move_id) AS (
                SELECT 'entry', credit.id, move.reversed_entry_id
                  FROM credit
                  JOIN account_move_line line ON line.id = credit.id
                  JOIN account_move move ON move.id = line.move_id
                 WHERE credit.source = 'entry' AND move.reversed_entry_id IS NOT NULL
                UNION ALL
                SELECT 'payment', credit.id, link.invoice_id
                  FROM credit JOIN account_move__account_payment link ON link.payment_id = credit.id
                 WHERE credit.source = 'payment'
                UNION ALL
                SELECT 'online', credit.id, link.invoice_id
                  FROM credit JOIN account_invoice_transaction_rel link ON link.transaction_id = credit.id
                 WHERE credit.source = 'online'
                UNION ALL
                SELECT 'bank', bank_named.id, bank_named.move_id FROM bank_named
            )""", payment_days=PAYMENT_DAYS, **params),
            self._decide_cover_sql(),
        ])

    def _decide_bank_sql(self, params):
        """Bank lines not matched yet, so far as they go beyond registered payments.

        ``bank_beyond``: such lines with their partner (the line's own, its account's, that of the invoice it names).
        Lines and posted payments of one partner and amount that follow each other within seven days stand against
        each other: in Odoo community one registers the payment and imports its bank line too.
        """
        return SQL("""
            bank AS MATERIALIZED (
                SELECT line.id, move.date, line.partner_id, line.account_number, line.payment_ref,
                       COALESCE(line.foreign_currency_id, line.currency_id) AS currency_id,
                       abs(line.amount_residual)::numeric AS amount
                  FROM account_bank_statement_line line
                  JOIN account_move move ON move.id = line.move_id
                 WHERE line.is_reconciled IS NOT TRUE AND line.amount > 0 AND move.state = 'posted'
                   AND line.company_id = ANY(%(companies)s)
                   AND move.date BETWEEN %(date)s - %(bank_days)s AND %(date)s
            ), bank_word AS (
                SELECT bank.id, word.text, word.position
                  FROM bank
                  CROSS JOIN LATERAL regexp_split_to_table(upper(bank.payment_ref), '[^A-Z0-9]+')
                       WITH ORDINALITY AS word (text, position)
            ), bank_phrase AS (
                SELECT first.id, string_agg(word.text, '') OVER (
                           PARTITION BY first.id, first.position ORDER BY word.position) AS text
                  FROM bank_word first
                  JOIN bank_word word
                    ON word.id = first.id
                   AND word.position BETWEEN first.position AND first.position + %(words)s - 1
            ), reference AS (
                SELECT DISTINCT item.move_id, item.partner_id, found.text
                  FROM item
                  CROSS JOIN LATERAL (VALUES
                       (regexp_replace(upper(item.name), '[^A-Z0-9]', '', 'g')),
                       (regexp_replace(upper(item.payment_reference), '[^A-Z0-9]', '', 'g'))) AS found (text)
                 WHERE EXISTS (SELECT FROM bank) AND length(found.text) >= %(length)s
            ), bank_named AS MATERIALIZED (
                SELECT DISTINCT bank_phrase.id, reference.move_id, reference.partner_id
                  FROM bank_phrase JOIN reference ON reference.text = bank_phrase.text
            ), bank_known AS MATERIALIZED (
                SELECT bank.id, bank.date, bank.currency_id, bank.amount, COALESCE(
                       (SELECT commercial_partner_id FROM res_partner WHERE id = bank.partner_id),
                       (SELECT min(holder.commercial_partner_id)
                          FROM res_partner_bank account JOIN res_partner holder ON holder.id = account.partner_id
                         WHERE account.sanitized_acc_number = regexp_replace(
                               upper(bank.account_number), '[^A-Z0-9]', '', 'g')
                        HAVING count(DISTINCT holder.commercial_partner_id) = 1),
                       (SELECT min(bank_named.partner_id) FROM bank_named WHERE bank_named.id = bank.id
                        HAVING count(DISTINCT bank_named.partner_id) = 1)) AS partner_id
                  FROM bank
            ), bank_event AS (
                SELECT id, partner_id, currency_id, amount, date FROM bank_known WHERE partner_id IS NOT NULL
                UNION ALL
                SELECT NULL, partner.commercial_partner_id, payment.currency_id, payment.amount, payment.date
                  FROM account_payment payment
                  JOIN res_partner partner ON partner.id = payment.partner_id
                  LEFT JOIN account_account outstanding ON outstanding.id = payment.outstanding_account_id
                 WHERE payment.state IN ('in_process', 'paid') AND payment.payment_type = 'inbound'
                   AND payment.company_id = ANY(%(companies)s)
                   AND payment.date BETWEEN %(date)s - %(bank_days)s - %(payment_days)s AND %(date)s + %(payment_days)s
                   AND NOT (payment.is_matched AND COALESCE(outstanding.reconcile, FALSE))
                   AND partner.commercial_partner_id IN (SELECT partner_id FROM bank_known)
            ), bank_island AS (
                SELECT *, sum(starts) OVER (
                       PARTITION BY partner_id, currency_id, amount ORDER BY date, id NULLS FIRST) AS island
                  FROM (SELECT *, CASE WHEN date - lag(date) OVER (
                                    PARTITION BY partner_id, currency_id, amount ORDER BY date, id NULLS FIRST)
                                    <= %(payment_days)s THEN 0 ELSE 1 END AS starts
                          FROM bank_event) AS gap
            ), bank_beyond AS MATERIALIZED (
                SELECT id, partner_id, currency_id, amount
                  FROM (SELECT *, row_number() OVER newest AS rank,
                               count(id) OVER whole - count(*) FILTER (WHERE id IS NULL) OVER whole AS beyond
                          FROM bank_island
                        WINDOW whole AS (PARTITION BY partner_id, currency_id, amount, island),
                               newest AS (PARTITION BY partner_id, currency_id, amount, island, id IS NULL
                                          ORDER BY date DESC, id DESC)) AS counted
                 WHERE id IS NOT NULL AND rank <= beyond
            )""", bank_days=BANK_LINE_DAYS, payment_days=PAYMENT_DAYS, words=REFERENCE_WORDS,
            length=REFERENCE_LENGTH, **params)

    def _decide_cover_sql(self):
        """``cover``: how much of each item is covered: named money first, the rest the oldest due item first."""
        return SQL("""
            named_share AS (
                SELECT credit.source, credit.id, credit.spills, item.id AS item_id, item.partner_id,
                       GREATEST(0, LEAST(item.value, credit.amount - COALESCE(sum(item.value) OVER (
                           PARTITION BY credit.source, credit.id ORDER BY item.due, item.id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS amount
                  FROM named
                  JOIN credit ON credit.source = named.source AND credit.id = named.id
                  JOIN item ON item.move_id = named.move_id AND item.partner_id = credit.partner_id
                 WHERE item.excluded IS NULL
            ), named_cover AS (
                SELECT item.id, item.partner_id, LEAST(item.value, sum(named_share.amount)) AS amount
                  FROM named_share JOIN item ON item.id = named_share.item_id
                 GROUP BY item.id, item.partner_id, item.value
            ), pool AS (
                SELECT credit.partner_id,
                       GREATEST(0, sum(CASE WHEN credit.spills THEN credit.amount ELSE COALESCE(share.amount, 0) END)
                                   - COALESCE(max(used.amount), 0)) AS amount
                  FROM credit
                  LEFT JOIN (SELECT source, id, sum(amount) AS amount FROM named_share GROUP BY source, id) share
                    ON share.source = credit.source AND share.id = credit.id
                  LEFT JOIN (SELECT partner_id, sum(amount) AS amount FROM named_cover GROUP BY partner_id) used
                    ON used.partner_id = credit.partner_id
                 GROUP BY credit.partner_id
            ), cover AS (
                SELECT item.id, COALESCE(named_cover.amount, 0) + GREATEST(0, LEAST(
                           item.value - COALESCE(named_cover.amount, 0),
                           pool.amount - COALESCE(sum(item.value - COALESCE(named_cover.amount, 0)) OVER (
                               PARTITION BY item.partner_id ORDER BY item.due, item.id
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS amount
                  FROM item
                  JOIN pool ON pool.partner_id = item.partner_id
                  LEFT JOIN named_cover ON named_cover.id = item.id
                 WHERE item.excluded IS NULL
            )""")
