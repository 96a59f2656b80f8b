from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class AccountMoveLine(models.Model):
    """The definition of an open item, used by decisions, figures, statements and forecasts."""

    _inherit = "account.move.line"

    @api.model
    def _dunning_open_items_sql(self, companies, as_of=None, rate_date=None, rates=None, narrow=None, columns=None):
        """Query for the receivable lines, debits and credits, that are not fully matched.

        It has one row a line: ``id``, ``move_id``, ``company_id``, ``account_id``, ``partner_id`` (the commercial
        partner; NULL where the entry names none), ``currency_id``, ``move_type``, ``is_invoice`` (a customer invoice
        or receipt), ``is_opening`` (a line with a due date in an entry of a general journal, as brought over from
        another program), ``is_item`` (something is left to pay of an invoice, or of an opening entry where these
        count; other debits are payouts, returned payments and the like), ``reversed_entry_id``, ``date`` (accounting
        date), ``issued`` (invoice date), ``due``, ``sign`` (1: the partner owes, -1: the partner is owed), ``open``
        (signed, in the currency of the line), ``residual`` (signed, in the currency of the company), ``rate`` (units
        of the company's currency for one of the line's), ``decimals`` (of the line's currency).

        :param companies: ``res.company`` of one tree
        :param as_of: date: as of the end of this day, by accounting dates, with the matchings that stand today. Where
            nothing was entered later, the sum of ``residual`` is the balance of the receivable accounts on that day.
            None: as the ledger is now
        :param rate_date: the day of the rates; default: ``as_of``, else today where the company is
        :param rates: :class:`SQL`, a relation ``rate`` like that of :meth:`_dunning_rates_sql`, where the statement
            has one
        :param narrow: :class:`SQL` condition on ``line``, ``move``, ``journal`` or ``partner``
        :param columns: :class:`SQL`, more columns of these tables, each with its name
        """
        company = companies[:1].root_id
        date = rate_date or as_of or company._dunning_today()
        if as_of:
            open_amount = SQL("line.amount_currency - COALESCE(matched.open, 0)")
            residual = SQL("line.balance - COALESCE(matched.residual, 0)")
            matched = SQL("LEFT JOIN (%s) matched ON matched.id = line.id", self._dunning_matched_sql(as_of))
            is_open = SQL(
                "line.date <= %s AND (line.amount_currency <> COALESCE(matched.open, 0)"
                " OR line.balance <> COALESCE(matched.residual, 0))", as_of)
        else:
            open_amount, residual = SQL("line.amount_residual_currency"), SQL("line.amount_residual")
            matched, is_open = SQL(), SQL("line.reconciled IS NOT TRUE")
        return SQL(
            """
            SELECT line.id, line.move_id, line.company_id, line.account_id,
                   partner.commercial_partner_id AS partner_id, line.currency_id, move.move_type,
                   move.move_type IN ('out_invoice', 'out_receipt') AS is_invoice,
                   move.move_type = 'entry' AND journal.type = 'general' AND line.date_maturity IS NOT NULL
                       AS is_opening,
                   %(residual)s > 0 AND (move.move_type IN ('out_invoice', 'out_receipt')
                       OR %(opening)s AND move.move_type = 'entry' AND journal.type = 'general'
                          AND line.date_maturity IS NOT NULL) AS is_item,
                   move.reversed_entry_id, line.date, COALESCE(move.invoice_date, line.date) AS issued, %(due)s AS due,
                   CASE WHEN line.balance < 0 OR line.balance = 0 AND line.amount_currency < 0 THEN -1 ELSE 1 END
                       AS sign,
                   %(open)s AS open, %(residual)s AS residual, rate.value AS rate, rate.decimals%(columns)s
              FROM account_move_line line
              JOIN account_account account
                ON account.id = line.account_id AND account.account_type = 'asset_receivable'
              JOIN account_move move ON move.id = line.move_id
              JOIN account_journal journal ON journal.id = line.journal_id
              JOIN %(rates)s ON rate.currency_id = line.currency_id
              LEFT JOIN res_partner partner ON partner.id = line.partner_id
              %(matched)s
             WHERE line.parent_state = 'posted' AND %(is_open)s AND line.company_id = ANY(%(companies)s) AND %(narrow)s
            """,
            due=self._dunning_due_sql(), open=open_amount, residual=residual,
            opening=bool(company.dunning_opening_entries), columns=SQL(", %s", columns) if columns else SQL(),
            rates=rates or self._dunning_rates_sql(company, date), matched=matched, is_open=is_open,
            companies=companies.ids, narrow=narrow or SQL("TRUE"))

    @api.model
    def _dunning_count_overdue(self, company):
        """The number of open items that are overdue today, and of the customers who owe them.

        :param company: root company; the callers check that the user works in it
        """
        self.env.flush_all()
        self.env.cr.execute(SQL(
            "SELECT count(*), count(DISTINCT partner_id) FROM (%s) open_item WHERE is_item AND due < %s",
            self._dunning_open_items_sql(company._dunning_companies()), company._dunning_today()))
        return self.env.cr.fetchone()

    @api.model
    def _dunning_netting_sql(self, open_items, is_last=None):
        """Query for the credits and the debits that are no items: ``id``, ``share`` (which part of the line is left).

        A debit that is no item (a payout to the customer, a returned payment) stands against the credits of the same
        partner first. What it takes of a credit covers no item, and only what the credits leave of it is owed.

        :param open_items: name of a relation with the rows of :meth:`_dunning_open_items_sql`
        :param is_last: :class:`SQL` condition on its rows: credits that are taken after all others, as they name an
            invoice. Those that reverse an invoice are the last but one.
        """
        return SQL("""
            SELECT id, 1 - GREATEST(0, LEAST(amount, LEAST(debits, credits) - before)) / amount AS share
              FROM (SELECT line.*,
                           COALESCE(sum(amount) FILTER (WHERE is_debit) OVER side, 0) AS debits,
                           COALESCE(sum(amount) FILTER (WHERE NOT is_debit) OVER side, 0) AS credits,
                           COALESCE(sum(amount) OVER (
                               PARTITION BY partner_id, is_debit ORDER BY rank, due, id
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
                      FROM (SELECT id, partner_id, due, residual > 0 AS is_debit, abs(residual) AS amount,
                                   CASE WHEN %(is_last)s THEN 2 WHEN reversed_entry_id IS NOT NULL THEN 1 ELSE 0 END
                                       AS rank
                              FROM %(open_items)s
                             WHERE partner_id IS NOT NULL AND residual <> 0 AND NOT is_item) line
                    WINDOW side AS (PARTITION BY partner_id)) line
            """, open_items=SQL.identifier(open_items), is_last=is_last or SQL("FALSE"))

    @api.model
    def _dunning_matched_sql(self, as_of):
        """Query for the amounts of each line matched by the end of a day: ``id``, ``open``, ``residual`` (signed)."""
        return SQL("""
            SELECT id, sum(open) AS open, sum(residual) AS residual
              FROM (SELECT debit_move_id AS id, debit_amount_currency AS open, amount AS residual
                      FROM account_partial_reconcile WHERE max_date <= %(as_of)s
                     UNION ALL
                    SELECT credit_move_id, -credit_amount_currency, -amount
                      FROM account_partial_reconcile WHERE max_date <= %(as_of)s) part
             GROUP BY id""", as_of=as_of)

    @api.model
    def _dunning_due_sql(self, line="line"):
        """SQL expression: the due date of ``line`` (or another alias) of ``move``, as :meth:`_dunning_due_date`."""
        return SQL(
            "COALESCE(%(line)s.date_maturity,"
            " CASE WHEN move.move_type <> 'entry' THEN move.invoice_date_due END, %(line)s.date)",
            line=SQL.identifier(line))

    @api.model
    def _dunning_rates_sql(self, company, date):
        """SQL of a table ``rate``: ``currency_id``, ``value`` (in the company's currency), ``decimals``."""
        # open invoices may have an archived currency
        currencies = self.env["res.currency"].with_context(active_test=False).search(Domain.TRUE)
        rates = currencies._get_rates(company, date)
        own = rates[company.currency_id.id]
        return SQL("(VALUES %s) AS rate (currency_id, value, decimals)", SQL(", ").join(
            SQL("(%s::int, %s::numeric, %s::int)", currency.id, own / (rates[currency.id] or 1.0),
                currency.decimal_places) for currency in currencies))

    # ------------------------------------------------------------------
    # The same for records
    # ------------------------------------------------------------------

    def _dunning_due_date(self):
        """The due date of this line. Odoo fills in the due date of an entry with the day on which it was made."""
        self.ensure_one()
        move = self.move_id
        return self.date_maturity or move.move_type != "entry" and move.invoice_date_due or self.date

    def _dunning_is_open(self):
        """Whether something is left to pay of this receivable line.

        The payment state is checked too, because a payment without entries does not change the residual.
        """
        self.ensure_one()
        return (
            self.account_type == "asset_receivable" and self.parent_state == "posted" and not self.reconciled
            and self.currency_id.compare_amounts(self.amount_residual_currency, 0) > 0
            and self.move_id.payment_state not in ("paid", "in_payment", "reversed"))
