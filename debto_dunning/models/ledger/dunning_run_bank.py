from odoo import models
from odoo.tools import SQL

from .dunning_run_money import PAYMENT_DAYS

#: Unmatched bank lines count for this number of days.
BANK_LINE_DAYS = 30


class DunningRun(models.Model):
    """Bank lines that are not matched yet: who paid them, and which of them no registered payment stands for."""

    _inherit = "dunning.run"

    def _decide_bank_sql(self, params):
        """CTEs of the bank lines not matched yet: ``bank``, and ``bank_payer``: who paid (the line's partner, else
        the holders of its account).

        Amounts that were paid out are negative.
        """
        return SQL("""
            bank AS MATERIALIZED (
                SELECT line.id, move.date, payer.commercial_partner_id AS payer_id,
                       upper(line.payment_ref COLLATE "C") AS text,
                       regexp_replace(upper(line.account_number COLLATE "C"), '[^A-Z0-9]', '', 'g') AS account_number,
                       COALESCE(line.foreign_currency_id, line.currency_id) AS currency_id,
                       (sign(line.amount) * abs(line.amount_residual))::numeric AS amount
                  FROM account_bank_statement_line line
                  JOIN account_move move ON move.id = line.move_id
                  LEFT JOIN res_partner payer ON payer.id = line.partner_id
                 WHERE line.is_reconciled IS NOT TRUE AND line.amount <> 0 AND move.state = 'posted'
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
            )""", bank_days=BANK_LINE_DAYS, **params)

    def _decide_bank_beyond_sql(self, params):
        """CTE ``bank_beyond``: bank lines with their debtors, without those that belong to registered payments.

        In Odoo community a user registers a payment and imports its bank line too. A line and a posted payment of the
        same debtor and amount within PAYMENT_DAYS are therefore paired, one to one. Of several equal lines, those that
        name an open invoice are left over, because a registered payment has closed the invoice that its own line
        names. What was paid out counts against the money received where it names an open invoice too, or where the
        debtor has the same amount to the good: a direct debit that came back, a credit note that was refunded. Other
        amounts that we paid have nothing to do with what the debtor owes. ``bank_pair`` walks along the sorted days of
        lines and payments, like the merge of two sorted lists.
        """
        return SQL("""
            bank_claim AS MATERIALIZED (
                SELECT bank.id, bank.date, bank.currency_id, bank.amount, claim.partner_id,
                       claim.names_open, claim.pays OR NOT EXISTS (SELECT FROM bank_payer WHERE id = bank.id) AS spills
                  FROM (SELECT id, partner_id, bool_or(names_open) AS names_open, bool_or(NOT names_open) AS pays
                          FROM (SELECT id, partner_id, FALSE AS names_open FROM bank_payer
                                UNION ALL
                                SELECT id, partner_id, TRUE FROM worded WHERE source = 'bank') found
                         GROUP BY id, partner_id) claim
                  JOIN bank ON bank.id = claim.id
                  JOIN res_partner partner ON partner.id = claim.partner_id
                 WHERE %(partner_is_selected)s
                   AND (bank.amount > 0 OR claim.names_open OR EXISTS (
                        SELECT FROM bank_payer other
                          JOIN bank received ON received.id = other.id AND received.amount = -bank.amount
                         WHERE other.partner_id = claim.partner_id) OR EXISTS (
                        SELECT FROM open_item
                         WHERE open_item.partner_id = claim.partner_id AND open_item.open = bank.amount
                           AND open_item.currency_id = bank.currency_id))
            ), bank_pair AS (
                SELECT line.partner_id, line.currency_id, line.amount, line.days AS line_days,
                       payment.days AS payment_days, 1 AS line, 1 AS payment, 0 AS paired
                  FROM (SELECT partner_id, currency_id, amount, array_agg(date ORDER BY date) AS days
                          FROM bank_claim GROUP BY partner_id, currency_id, amount) line
                  JOIN (SELECT partner.commercial_partner_id AS partner_id, payment.currency_id, signed.amount,
                               array_agg(payment.date ORDER BY payment.date) AS days
                          FROM res_partner partner
                          JOIN account_payment payment ON payment.partner_id = partner.id
                          CROSS JOIN LATERAL (SELECT CASE payment.payment_type WHEN 'inbound' THEN payment.amount
                                                     ELSE -payment.amount END AS amount) signed
                          LEFT JOIN account_account outstanding ON outstanding.id = payment.outstanding_account_id
                         WHERE partner.commercial_partner_id IN (SELECT partner_id FROM bank_claim)
                           AND payment.state IN ('in_process', 'paid')
                           AND payment.company_id = ANY(%(companies)s)
                           AND payment.date BETWEEN %(date)s - %(bank_days)s - %(payment_days)s
                                                AND %(date)s + %(payment_days)s
                           AND NOT (payment.is_matched AND COALESCE(outstanding.reconcile, FALSE))
                         GROUP BY partner.commercial_partner_id, payment.currency_id, signed.amount) payment
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
                SELECT ranked.id, ranked.date, ranked.partner_id, ranked.currency_id, ranked.amount, ranked.spills
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
