from odoo import models
from odoo.tools import SQL

#: Unmatched bank lines count for this number of days.
BANK_LINE_DAYS = 30
#: Most days between a registered payment and its bank line, and most days that a pending online payment counts.
PAYMENT_DAYS = 7
#: Least length of a reference; shorter ones would be found in texts by chance.
REFERENCE_LENGTH = 5


class DunningRun(models.Model):
    """Money that is received and not matched yet: a part of the deciding statement.

    Each method returns one or more common table expressions of the statement in :meth:`dunning.run._decide_query`. All
    amounts are in the company's currency at the night's rate.

    The result for a debtor depends only on its own items and money. It is therefore the same whether the statement
    covers all debtors or only this one.
    """

    _inherit = "dunning.run"

    def _decide_money_sql(self, params):
        """CTEs ``credit``: amounts of money with their debtor; ``named``: the invoices that each of them names.

        ``credit.spills``: the amount beyond the named invoices covers other invoices.
        """
        return SQL(", ").join([
            self._decide_bank_sql(params),
            self._decide_bank_beyond_sql(params),
            SQL("""
            credit (source, id, partner_id, amount, spills) AS (
                SELECT 'entry', id, partner_id, -open * rate, TRUE
                  FROM open_item
                 WHERE partner_id IS NOT NULL AND open < 0 AND residual < 0
                UNION ALL
                SELECT 'payment', payment.id, partner.commercial_partner_id, payment.amount * rate.value,
                       payment.state = 'in_process'
                  FROM account_payment payment
                  JOIN res_partner partner ON partner.id = payment.partner_id
                  JOIN rate ON rate.currency_id = payment.currency_id
                 WHERE payment.move_id IS NULL AND payment.payment_type = 'inbound'
                   AND payment.partner_type = 'customer'
                   AND payment.company_id = ANY(%(companies)s) AND %(partner_is_selected)s
                   AND (payment.state = 'in_process' OR payment.state = 'paid' AND EXISTS (
                        SELECT FROM account_move__account_payment WHERE payment_id = payment.id))
                UNION ALL
                SELECT 'online', online.id, partner.id, online.amount * rate.value, claim.spills
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
                SELECT 'bank', bank_beyond.id, bank_beyond.partner_id, bank_beyond.amount * rate.value,
                       bank_beyond.spills
                  FROM bank_beyond JOIN rate ON rate.currency_id = bank_beyond.currency_id
            ), named (source, id, move_id) AS MATERIALIZED (
                SELECT 'entry', credit.id, open_item.reversed_entry_id
                  FROM credit
                  JOIN open_item ON open_item.id = credit.id
                 WHERE credit.source = 'entry' AND open_item.reversed_entry_id IS NOT NULL
                UNION ALL
                SELECT 'payment', credit.id, link.invoice_id
                  FROM credit
                  JOIN account_move__account_payment link ON link.payment_id = credit.id
                  JOIN account_move move ON move.id = link.invoice_id
                 WHERE credit.source = 'payment'
                   AND (credit.spills OR move.payment_state IN ('paid', 'in_payment'))
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
        """CTEs of the bank lines not matched yet, with their payers and the invoices they name.

        ``bank_payer``: who paid (the line's partner, else the holders of its account). ``bank_named``: the open
        invoices whose number or reference is in the text; other characters between its letters and digits are ignored.
        Words of the text and references are joined by their last REFERENCE_LENGTH characters, which no reference is
        shorter than.
        """
        return SQL("""
            bank AS MATERIALIZED (
                SELECT line.id, move.date, payer.commercial_partner_id AS payer_id,
                       upper(line.payment_ref COLLATE "C") AS text,
                       regexp_replace(upper(line.account_number COLLATE "C"), '[^A-Z0-9]', '', 'g') AS account_number,
                       COALESCE(line.foreign_currency_id, line.currency_id) AS currency_id,
                       abs(line.amount_residual)::numeric AS amount
                  FROM account_bank_statement_line line
                  JOIN account_move move ON move.id = line.move_id
                  LEFT JOIN res_partner payer ON payer.id = line.partner_id
                 WHERE line.is_reconciled IS NOT TRUE AND line.amount > 0 AND move.state = 'posted'
                   AND line.company_id = ANY(%(companies)s)
                   AND line.journal_id IN (SELECT id FROM account_journal WHERE company_id = ANY(%(companies)s))
                   AND line.internal_index >= to_char(%(date)s::date - %(bank_days)s, 'YYYYMMDD')
                   AND move.date BETWEEN %(date)s - %(bank_days)s AND %(date)s
            ), bank_payer AS MATERIALIZED (
                SELECT id, payer_id AS partner_id FROM bank WHERE payer_id IS NOT NULL
                UNION
                SELECT bank.id, holder.commercial_partner_id
                  FROM bank
                  JOIN res_partner_bank account ON account.sanitized_acc_number = bank.account_number
                  JOIN res_partner holder ON holder.id = account.partner_id
                 WHERE bank.payer_id IS NULL
            ), reference AS MATERIALIZED (
                SELECT DISTINCT move_id, partner_id, convert_to(text, 'SQL_ASCII') AS text, length(text) AS length,
                       convert_to(right(text, %(length)s), 'SQL_ASCII') AS tail
                  FROM (SELECT item.move_id, item.partner_id,
                               regexp_replace(upper(found.text COLLATE "C"), '[^A-Z0-9]+', '', 'g') AS text
                          FROM item
                          CROSS JOIN LATERAL (VALUES (item.name), (NULLIF(item.payment_reference, item.name)))
                               AS found (text)
                         WHERE found.text IS NOT NULL AND EXISTS (SELECT FROM bank)) plain
                 WHERE length(text) >= %(length)s
            ), bank_word AS MATERIALIZED (
                SELECT line.id, convert_to(replace(line.words, ' ', ''), 'SQL_ASCII') AS text, word.start, word.stop
                  FROM (SELECT id, regexp_replace(text, '[^A-Z0-9]+', ' ', 'g') AS words
                          FROM bank WHERE EXISTS (SELECT FROM reference) OFFSET 0) line
                  CROSS JOIN LATERAL (
                       SELECT sum(length(text)) OVER (ORDER BY position)::int AS stop,
                              sum(length(text)) OVER (ORDER BY position)::int - length(text) AS start
                         FROM string_to_table(line.words, ' ') WITH ORDINALITY AS part (text, position)) word
            ), bank_named AS MATERIALIZED (
                SELECT DISTINCT bank_word.id, reference.move_id, reference.partner_id
                  FROM bank_word
                  JOIN reference
                    ON reference.tail = substr(
                       bank_word.text, GREATEST(1, bank_word.stop - %(length)s + 1), %(length)s)
                  JOIN bank_word first
                    ON first.id = bank_word.id AND first.start = bank_word.stop - reference.length
                   AND substr(bank_word.text, first.start + 1, reference.length) = reference.text
            )""", bank_days=BANK_LINE_DAYS, length=REFERENCE_LENGTH, **params)

    def _decide_bank_beyond_sql(self, params):
        """CTE ``bank_beyond``: bank lines with their debtors, without those that belong to registered payments.

        In Odoo community a user registers a payment and imports its bank line too. A line and a posted payment of the
        same debtor and amount within PAYMENT_DAYS are therefore paired, one to one. Of several equal lines, those that
        name an open invoice are left over, because a registered payment has closed the invoice that its own line
        names. ``bank_pair`` walks along the sorted days of lines and payments, like the merge of two sorted lists.
        """
        return SQL("""
            bank_claim AS MATERIALIZED (
                SELECT bank.id, bank.date, bank.currency_id, bank.amount, claim.partner_id,
                       claim.names_open, claim.pays OR NOT EXISTS (SELECT FROM bank_payer WHERE id = bank.id) AS spills
                  FROM (SELECT id, partner_id, bool_or(names_open) AS names_open, bool_or(NOT names_open) AS pays
                          FROM (SELECT id, partner_id, FALSE AS names_open FROM bank_payer
                                UNION ALL
                                SELECT id, partner_id, TRUE FROM bank_named) found
                         GROUP BY id, partner_id) claim
                  JOIN bank ON bank.id = claim.id
                  JOIN res_partner partner ON partner.id = claim.partner_id
                 WHERE %(partner_is_selected)s
            ), bank_pair AS (
                SELECT line.partner_id, line.currency_id, line.amount, line.days AS line_days,
                       payment.days AS payment_days, 1 AS line, 1 AS payment, 0 AS paired
                  FROM (SELECT partner_id, currency_id, amount, array_agg(date ORDER BY date) AS days
                          FROM bank_claim GROUP BY partner_id, currency_id, amount) line
                  JOIN (SELECT partner.commercial_partner_id AS partner_id, payment.currency_id, payment.amount,
                               array_agg(payment.date ORDER BY payment.date) AS days
                          FROM res_partner partner
                          JOIN account_payment payment ON payment.partner_id = partner.id
                          LEFT JOIN account_account outstanding ON outstanding.id = payment.outstanding_account_id
                         WHERE partner.commercial_partner_id IN (SELECT partner_id FROM bank_claim)
                           AND payment.state IN ('in_process', 'paid') AND payment.payment_type = 'inbound'
                           AND payment.company_id = ANY(%(companies)s)
                           AND payment.date BETWEEN %(date)s - %(bank_days)s - %(payment_days)s
                                                AND %(date)s + %(payment_days)s
                           AND NOT (payment.is_matched AND COALESCE(outstanding.reconcile, FALSE))
                         GROUP BY partner.commercial_partner_id, payment.currency_id, payment.amount) payment
                    ON payment.partner_id = line.partner_id AND payment.currency_id = line.currency_id
                   AND payment.amount = line.amount
                UNION ALL
                SELECT partner_id, currency_id, amount, line_days, payment_days,
                       line + (line_days[line] <= payment_days[payment] + %(payment_days)s)::int,
                       payment + (payment_days[payment] <= line_days[line] + %(payment_days)s)::int,
                       paired + (abs(line_days[line] - payment_days[payment]) <= %(payment_days)s)::int
                  FROM bank_pair
                 WHERE line <= cardinality(line_days) AND payment <= cardinality(payment_days)
            ), bank_beyond AS MATERIALIZED (
                SELECT ranked.id, ranked.partner_id, ranked.currency_id, ranked.amount, ranked.spills
                  FROM (SELECT bank_claim.*,
                               row_number() OVER (PARTITION BY partner_id, currency_id, amount
                                                  ORDER BY names_open DESC, date DESC, id DESC) AS rank,
                               count(*) OVER (PARTITION BY partner_id, currency_id, amount) AS total
                          FROM bank_claim) ranked
                  LEFT JOIN (SELECT partner_id, currency_id, amount, max(paired) AS paired
                               FROM bank_pair GROUP BY partner_id, currency_id, amount) pair
                    ON pair.partner_id = ranked.partner_id AND pair.currency_id = ranked.currency_id
                   AND pair.amount = ranked.amount
                 WHERE ranked.rank <= ranked.total - COALESCE(pair.paired, 0)
            )""", bank_days=BANK_LINE_DAYS, payment_days=PAYMENT_DAYS, **params)

    def _decide_cover_sql(self):
        """``cover``: how much of each item is covered: named money first, the rest the oldest due item first.

        Money that names the same invoices is one pot. Pots of one invoice go before those that name several. Items
        that get no step take what names them, and nothing of the rest.
        """
        return SQL("""
            pot AS (
                SELECT partner_id, moves, sum(amount) AS amount,
                       COALESCE(sum(amount) FILTER (WHERE NOT spills), 0) AS kept
                  FROM (SELECT credit.source, credit.id, credit.partner_id, credit.amount, credit.spills,
                               array_agg(DISTINCT item.move_id ORDER BY item.move_id) AS moves
                          FROM credit
                          JOIN named ON named.source = credit.source AND named.id = credit.id
                          JOIN item ON item.move_id = named.move_id AND item.partner_id = credit.partner_id
                         GROUP BY credit.source, credit.id, credit.partner_id, credit.amount, credit.spills) each
                 GROUP BY partner_id, moves
            ), single_cover AS (
                SELECT item.id, GREATEST(0, LEAST(item.value, pot.amount - COALESCE(sum(item.value) OVER (
                           PARTITION BY item.partner_id, item.move_id ORDER BY item.due, item.id
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
                SELECT spilling.partner_id,
                       spilling.amount - GREATEST(0, COALESCE(used.amount, 0) - COALESCE(kept.amount, 0)) AS amount
                  FROM (SELECT partner_id, sum(amount) AS amount FROM credit WHERE spills GROUP BY partner_id) spilling
                  LEFT JOIN (SELECT partner_id, sum(amount) AS amount FROM named_cover GROUP BY partner_id) used
                    ON used.partner_id = spilling.partner_id
                  LEFT JOIN (SELECT partner_id, sum(kept) AS amount FROM pot GROUP BY partner_id) kept
                    ON kept.partner_id = spilling.partner_id
            ), pool_cover AS (
                SELECT item.id, GREATEST(0, LEAST(
                           item.value - COALESCE(named_cover.amount, 0),
                           pool.amount - COALESCE(sum(item.value - COALESCE(named_cover.amount, 0)) OVER (
                               PARTITION BY item.partner_id ORDER BY item.due, item.id
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS amount
                  FROM item
                  JOIN pool ON pool.partner_id = item.partner_id
                  LEFT JOIN named_cover ON named_cover.id = item.id
                 WHERE item.excluded IS NULL
            ), cover AS (
                SELECT id, sum(amount) AS amount
                  FROM (SELECT id, amount FROM named_cover UNION ALL SELECT id, amount FROM pool_cover) part
                 GROUP BY id
            )""")
