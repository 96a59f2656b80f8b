from odoo import api, models
from odoo.tools import SQL

#: An entry is a payment where at least this share of what it takes off is money.
LEAST_SHARE = 0.5
#: Accounts of these types hold money.
LIQUIDITY_TYPES = ("asset_cash", "liability_credit_card")


class AccountMoveLine(models.Model):
    """What a payment is: of the credits that settle an item, those that brought money, and how much of them it is."""

    _inherit = "account.move.line"

    def _dunning_is_payment(self):
        """Whether this credit line brought money: its entry is that of a payment or a bank line, and at least half of
        what it takes off is money.

        An entry typed in a bank or cash journal counts as a bank line. Credit notes, write-offs, exchange differences
        and netting with what the company owes take off what is owed and bring none.
        """
        return self._dunning_money_share() >= LEAST_SHARE

    def _dunning_money_share(self):
        """How much of this credit line is money, from 0 to 1; 0 where its entry is not that of a payment or bank line.

        The entry of a payment may write off a part of the item. Money is what it brings to accounts of banks and cash,
        to accounts of payments under way, of transfers, and of bank lines that are not matched yet. Discounts for
        early payment and taxes count as money, as the customer need not pay them.
        """
        self.ensure_one()
        move = self.move_id
        if move.move_type != "entry" or not (
                move.origin_payment_id or move.statement_line_id or move.journal_id.type in ("bank", "cash")):
            return 0.0
        journal, company = move.journal_id, move.company_id
        methods = journal.inbound_payment_method_line_ids | journal.outbound_payment_method_line_ids
        accounts = (
            journal.default_account_id | journal.suspense_account_id | methods.payment_account_id
            | move.origin_payment_id.outstanding_account_id | company.transfer_account_id
            | company.account_journal_early_pay_discount_loss_account_id
            | company.account_journal_early_pay_discount_gain_account_id)
        money = sum(line.balance for line in move.line_ids if (
            line.account_id in accounts or line.account_id.account_type in LIQUIDITY_TYPES
            or line.tax_repartition_line_id))
        taken_off = -sum(
            line.balance for line in move.line_ids
            if line.balance < 0 and line.account_id.account_type == "asset_receivable")
        return min(max(money / taken_off, 0.0), 1.0) if taken_off else 0.0

    @api.model
    def _dunning_is_payment_sql(self, entry="move"):
        """As :meth:`_dunning_is_payment`, as an SQL condition.

        :param entry: alias of ``account_move``
        """
        return SQL("(%s >= %s)", self._dunning_money_share_sql(entry), LEAST_SHARE)

    @api.model
    def _dunning_mostly_written_off_sql(self):
        """Query for the ids of the entries of payments and bank lines that are no payment, as
        :meth:`_dunning_is_payment` says. One pass over the ledger, where :meth:`_dunning_is_payment_sql` looks at each
        entry by itself.
        """
        return SQL("""
            -- an entry of nothing but money and credits of customers is money
            WITH mixed AS MATERIALIZED (
                SELECT DISTINCT other.move_id FROM account_move_line other
                 WHERE other.journal_id IN (SELECT id FROM account_journal WHERE type NOT IN ('sale', 'purchase'))
                   AND other.account_id NOT IN (SELECT id FROM (%(accounts)s) money WHERE id IS NOT NULL)
                   AND (other.balance > 0 OR other.account_id NOT IN (
                        SELECT id FROM account_account WHERE account_type = 'asset_receivable'))
            )
            SELECT move.id FROM mixed JOIN account_move move ON move.id = mixed.move_id
             WHERE %(is_bank_entry)s AND NOT %(is_payment)s
        """, accounts=self._dunning_money_accounts_sql(), is_bank_entry=self._dunning_is_bank_entry_sql("move"),
            is_payment=self._dunning_is_payment_sql("move"))

    @api.model
    def _dunning_is_bank_entry_sql(self, entry):
        """Whether an entry is that of a payment or bank line, or typed in a bank or cash journal, as an SQL condition.

        :param entry: alias of ``account_move``
        """
        return SQL("""
            (%(entry)s.move_type = 'entry' AND (
             %(entry)s.origin_payment_id IS NOT NULL OR %(entry)s.statement_line_id IS NOT NULL
             OR %(entry)s.journal_id IN (SELECT id FROM account_journal WHERE type IN ('bank', 'cash'))))
        """, entry=SQL.identifier(entry))

    @api.model
    def _dunning_money_share_sql(self, entry="move"):
        """As :meth:`_dunning_money_share`, as an SQL expression.

        :param entry: alias of ``account_move``
        """
        return SQL("""
            CASE WHEN %(is_bank_entry)s THEN (
                SELECT COALESCE(LEAST(GREATEST(
                           sum(part.balance) FILTER (
                               WHERE part.tax_repartition_line_id IS NOT NULL
                                  OR part.account_id IN (%(accounts)s)
                                  OR part.account_id = (SELECT outstanding_account_id FROM account_payment
                                                         WHERE id = %(entry)s.origin_payment_id))
                           / NULLIF(-sum(part.balance) FILTER (
                               WHERE part.balance < 0 AND part.account_id IN (
                                     SELECT id FROM account_account WHERE account_type = 'asset_receivable')), 0),
                           0), 1), 0)
                  FROM account_move_line part WHERE part.move_id = %(entry)s.id)
            ELSE 0 END""", entry=SQL.identifier(entry), is_bank_entry=self._dunning_is_bank_entry_sql(entry),
            accounts=self._dunning_money_accounts_sql())

    @api.model
    def _dunning_money_accounts_sql(self):
        """Query for the ids of the accounts on which an entry brings money."""
        return SQL("""
            SELECT id FROM account_account WHERE account_type IN %s
            UNION SELECT default_account_id FROM account_journal WHERE type IN ('bank', 'cash')
            UNION SELECT suspense_account_id FROM account_journal WHERE type IN ('bank', 'cash')
            UNION SELECT payment_account_id FROM account_payment_method_line
            UNION SELECT transfer_account_id FROM res_company
            UNION SELECT account_journal_early_pay_discount_loss_account_id FROM res_company
            UNION SELECT account_journal_early_pay_discount_gain_account_id FROM res_company""", LIQUIDITY_TYPES)
