from odoo import api, models
from odoo.tools import SQL

#: The trend compares the mean days late of the last months with that of the months before them.
RECENT_MONTHS, EARLIER_MONTHS = 6, 12

#: A payment that goes back to the customer within this number of days counts as returned, later ones as paid back.
RETURN_DAYS = 90


class DunningDebtor(models.Model):
    """The nightly figures. Each step is one statement over the whole ledger of a company."""

    _inherit = "dunning.debtor"

    @api.model
    def _refresh(self, company, date=None, partner_ids=None):
        """Update the debtors of ``company``: agreements, figures, score, segment, person in charge.

        :param company: root company (a branch stands for its root)
        :param date: the day of the figures; default: today where the company is
        :param partner_ids: only these commercial partners
        :return: number of debtors whose figures changed
        """
        company = company.root_id
        date = date or company._dunning_today()
        self.env.flush_all()
        with self.env["dunning.run"]._planner_settings(partner_ids is None):
            self._refresh_make_missing(company, partner_ids)
            self._refresh_agreements(company, date, partner_ids)
            self._refresh_collect(company, date, partner_ids)
            changed = self._refresh_figures(company, date, partner_ids)
            self._refresh_scores(company, date, partner_ids)
            self.env["dunning.debtor"].invalidate_model()
            self._refresh_segments(company, date, partner_ids)
            self._refresh_collectors(company, partner_ids)
        self.env["dunning.debtor"].invalidate_model()
        return changed

    def _refresh_make_missing(self, company, partner_ids=None):
        """Create the missing debtors of customers with posted invoices, or with opening entries where these count."""
        params = {"companies": company._dunning_companies().ids, "narrow": self._refresh_narrow(partner_ids)}
        customers = SQL("""
            SELECT partner.commercial_partner_id AS id
              FROM account_move move JOIN res_partner partner ON partner.id = move.partner_id
             WHERE move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
               AND move.company_id = ANY(%(companies)s) AND %(narrow)s""", **params)
        if company.dunning_opening_entries:
            customers = SQL("""%(invoiced)s
             UNION
            SELECT partner.commercial_partner_id
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id AND move.move_type = 'entry'
              JOIN account_account account
                ON account.id = line.account_id AND account.account_type = 'asset_receivable'
              JOIN res_partner partner ON partner.id = line.partner_id
             WHERE line.parent_state = 'posted' AND line.reconciled IS NOT TRUE AND line.balance > 0
               AND line.date_maturity IS NOT NULL AND line.company_id = ANY(%(companies)s) AND %(narrow)s""",
                invoiced=customers, **params)
        self._insert_missing(company, customers)

    def _insert_missing(self, company, customers):
        """Create the missing debtors of the commercial partners that the query ``customers`` returns.

        Where another process creates the same debtor at this moment, PostgreSQL raises a serialization error, and
        Odoo repeats the whole request.
        """
        self.env.cr.execute(SQL("""
            INSERT INTO dunning_debtor (
                partner_id, company_id, active, payment_means, create_uid, write_uid, create_date, write_date)
            SELECT DISTINCT customer.id, %(company)s, TRUE, 'transfer', %(user)s, %(user)s,
                   now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
              FROM (%(customers)s) customer (id)
             WHERE customer.id IS NOT NULL
             ORDER BY customer.id
            ON CONFLICT (partner_id, company_id) DO NOTHING
        """, company=company.id, user=self.env.uid, customers=customers))

    def _refresh_agreements(self, company, date, partner_ids=None):
        """Judge what customers promised, before the figures are refreshed. Other rooms and addons extend it."""

    def _refresh_narrow(self, partner_ids):
        """SQL condition: ``partner`` belongs to one of these commercial partners; None: to any."""
        return SQL("partner.commercial_partner_id = ANY(%s)", list(partner_ids)) if partner_ids is not None \
            else SQL("TRUE")

    # ------------------------------------------------------------------
    # The ledger, read once
    # ------------------------------------------------------------------

    def _refresh_collect(self, company, date, partner_ids=None):
        """Create the temporary tables that the following statements read.

        ``dunning_refresh_line`` has the receivable lines. ``dunning_refresh_item`` has those that are instalments of
        invoices: the open ones, and the paid ones with the day on which the last payment was matched. Instalments
        settled without a payment are left out, because they show nothing of how the customer pays.
        """
        lines = self.env["account.move.line"]
        is_payment, written_off = lines._dunning_is_payment_sql(), SQL()
        if partner_ids is None:  # the same in one pass over the ledger, which would be too much for a few customers
            is_payment = SQL("%s AND written_off.id IS NULL", lines._dunning_is_bank_entry_sql("move"))
            written_off = SQL("LEFT JOIN (%s) written_off ON written_off.id = move.id",
                              lines._dunning_mostly_written_off_sql())
        self.env.cr.execute(SQL("""
            DROP TABLE IF EXISTS dunning_refresh_line, dunning_refresh_item;

            CREATE TEMPORARY TABLE dunning_refresh_line ON COMMIT DROP AS
            SELECT line.id, partner.commercial_partner_id AS partner_id, line.reconciled IS TRUE AS reconciled,
                   %(due)s AS due, line.date,
                   line.balance, %(is_payment)s AS is_payment,
                   journal.type IN ('bank', 'cash') AS is_bank,
                   COALESCE(move.invoice_date, line.date) AS issued,
                   move.move_type IN ('out_invoice', 'out_receipt') AND line.balance > 0
                       AND move.dunning_charge_id IS NULL AS is_invoiced
              FROM account_move_line line
              JOIN account_account account
                ON account.id = line.account_id AND account.account_type = 'asset_receivable'
              JOIN res_partner partner ON partner.id = line.partner_id
              JOIN account_move move ON move.id = line.move_id
              JOIN account_journal journal ON journal.id = line.journal_id
              %(written_off)s
             WHERE line.parent_state = 'posted' AND line.company_id = ANY(%(companies)s) AND %(narrow)s;

            CREATE TEMPORARY TABLE dunning_refresh_item ON COMMIT DROP AS
            WITH paid AS (
                SELECT line.id, max(partial.max_date) AS paid_on
                  FROM dunning_refresh_line line
                  JOIN account_partial_reconcile partial ON partial.debit_move_id = line.id
                  JOIN dunning_refresh_line credit ON credit.id = partial.credit_move_id
                 WHERE line.is_invoiced AND line.reconciled AND credit.is_payment
                 GROUP BY line.id
            ), dispute (item_id, first_day, last_day) AS (%(disputes)s)
            SELECT line.id, line.partner_id, line.due, line.issued, line.balance::double precision AS amount,
                   paid.paid_on, paid.paid_on - line.due AS lag,
                   CASE WHEN paid.paid_on <= line.due OR NOT disputed.is_known THEN paid.paid_on - line.due
                        ELSE GREATEST(paid.paid_on - line.due - (
                            SELECT count(DISTINCT day)::int FROM dispute, generate_series(
                                   GREATEST(dispute.first_day, line.due + 1),
                                   LEAST(COALESCE(dispute.last_day, paid.paid_on), paid.paid_on), interval '1 day') day
                             WHERE dispute.item_id = line.id), 0) END AS days,
                   disputed.is_known AS is_disputed, %(electronic)s AS is_electronic
              FROM dunning_refresh_line line
              JOIN res_partner customer ON customer.id = line.partner_id
              LEFT JOIN paid ON paid.id = line.id
              CROSS JOIN LATERAL (
                   SELECT line.id IN (SELECT item_id FROM dispute) AS is_known) disputed
             WHERE line.is_invoiced AND (NOT line.reconciled OR paid.paid_on IS NOT NULL);

            ANALYZE dunning_refresh_line, dunning_refresh_item""",
            companies=company._dunning_companies().ids, narrow=self._refresh_narrow(partner_ids),
            due=lines._dunning_due_sql(), is_payment=is_payment, written_off=written_off,
            disputes=self._refresh_disputes(company), electronic=self._refresh_electronic(company)))

    def _refresh_disputes(self, company):
        """Query for the disputes: rows (id of the item, first day, last day); last day NULL: not ended."""
        return SQL("SELECT NULL::int, NULL::date, NULL::date WHERE FALSE")

    def _refresh_electronic(self, company):
        """SQL condition: invoices go to ``customer`` (alias of the commercial partner) by mail or network."""
        return SQL("COALESCE(customer.invoice_sending_method ->> %s, CASE WHEN customer.email IS NULL THEN 'manual'"
                   " ELSE 'email' END) NOT IN ('manual', 'snailmail')", str(company.id))

    def _refresh_to_invoice(self, company, partner_ids=None):
        """Query for rows (commercial partner, amount in the company's currency) of what is not invoiced yet."""
        return SQL("""
            SELECT partner.commercial_partner_id, move.amount_total_signed
              FROM account_move move JOIN res_partner partner ON partner.id = move.partner_id
             WHERE move.state = 'draft' AND move.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
               AND move.company_id = ANY(%s) AND %s""",
            company._dunning_companies().ids, self._refresh_narrow(partner_ids))

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _refresh_columns(self):
        """{field of the debtor: SQL expression over the parts of :meth:`_refresh_figures`}."""
        return {
            "open_amount": "COALESCE(open.amount, 0)",
            "overdue_amount": "COALESCE(open.overdue_amount, 0)",
            "unapplied_amount": "COALESCE(open.unapplied_amount, 0)",
            "open_count": "COALESCE(open.number, 0)",
            "overdue_count": "COALESCE(open.overdue_number, 0)",
            "oldest_due_date": "open.oldest_due_date",
            "last_payment_date": "ledger.last_payment_date",
            "customer_since": "ledger.customer_since",
            "returned_count": "COALESCE(returned.number, 0)",
            "settled_count": "COALESCE(behaviour.settled_count, 0)",
            "average_days_late": "round(COALESCE(behaviour.average_days, 0)::numeric, 1)",
            "weighted_days_late": "round(COALESCE(behaviour.weighted_days, 0)::numeric, 1)",
            "share_late": "round(COALESCE(behaviour.share_late, 0)::numeric, 1)",
            "worst_days_late": "behaviour.worst_days",
            "spread_days_late": "round(behaviour.spread_days::numeric, 1)",
            "recent_days_late": "round(behaviour.recent_days::numeric, 1)",
            "earlier_days_late": "round(behaviour.earlier_days::numeric, 1)",
            "trend_days": "round((behaviour.recent_days - behaviour.earlier_days)::numeric, 1)",
            "to_invoice_amount": "COALESCE(to_invoice.amount, 0)",
            "limit_use": "round(100 * GREATEST(COALESCE(open.amount, 0) + COALESCE(to_invoice.amount, 0), 0)"
                         " / NULLIF(GREATEST(credit.amount, 0), 0), 1)",
        }

    def _refresh_figures(self, company, date, partner_ids=None):
        """Write the figures of the ledger on each debtor, in the company's currency; only changed rows are written.

        ``tests/risk/payment_behaviour.py`` has each figure's formula. A figure that cannot be computed is empty.

        :return: number of debtors written
        """
        columns = self._refresh_columns()
        listed = {
            "set_values": SQL(", ").join(SQL("%s = figures.%s", SQL.identifier(name), SQL.identifier(name))
                                         for name in columns),
            "before": SQL(", ").join(SQL.identifier("debtor", name) for name in columns),
            "after": SQL(", ").join(SQL.identifier("figures", name) for name in columns),
            "expressions": SQL(", ").join(SQL("%s AS %s", SQL(text), SQL.identifier(name))
                                          for name, text in columns.items()),
        }
        self.env.cr.execute(SQL("""
            WITH behaviour AS (
                SELECT partner_id, count(*) AS settled_count, avg(days) AS average_days,
                       sum(days * amount) / NULLIF(sum(amount), 0) AS weighted_days,
                       100.0 * count(*) FILTER (WHERE days > 0) / count(*) AS share_late,
                       max(days) AS worst_days, stddev_samp(days) AS spread_days,
                       avg(days) FILTER (WHERE paid_on >= %(recent)s) AS recent_days,
                       avg(days) FILTER (WHERE paid_on >= %(earlier)s AND paid_on < %(recent)s) AS earlier_days
                  FROM dunning_refresh_item WHERE paid_on IS NOT NULL GROUP BY partner_id
            ), open_item AS MATERIALIZED (%(open_items)s
            ), netted AS MATERIALIZED (%(netting)s
            ), open AS (
                SELECT partner_id,
                       sum(left_amount) FILTER (WHERE left_amount > 0) AS amount,
                       sum(left_amount) FILTER (WHERE left_amount > 0 AND due < %(date)s) AS overdue_amount,
                       -sum(left_amount) FILTER (WHERE left_amount < 0) AS unapplied_amount,
                       count(*) FILTER (WHERE left_amount > 0) AS number,
                       count(*) FILTER (WHERE left_amount > 0 AND due < %(date)s) AS overdue_number,
                       min(due) FILTER (WHERE left_amount > 0) AS oldest_due_date
                  FROM (SELECT open_item.partner_id, open_item.due,
                               open_item.residual * COALESCE(netted.share, 1) AS left_amount
                          FROM open_item LEFT JOIN netted ON netted.id = open_item.id) left_item
                 GROUP BY partner_id
            ), ledger AS (
                SELECT partner_id,
                       max(date) FILTER (WHERE balance < 0 AND is_payment) AS last_payment_date,
                       min(issued) FILTER (WHERE is_invoiced) AS customer_since
                  FROM dunning_refresh_line GROUP BY partner_id
            ), returned AS (%(returned)s
            ), to_invoice AS (
                SELECT row.partner_id, sum(row.amount) AS amount
                  FROM (%(to_invoice)s) row (partner_id, amount) GROUP BY row.partner_id
            ), figures AS (
                SELECT debtor.id, %(expressions)s
                  FROM dunning_debtor debtor
                  JOIN res_partner partner ON partner.id = debtor.partner_id
                  CROSS JOIN LATERAL (
                       SELECT COALESCE((partner.credit_limit ->> %(key)s)::numeric, %(usual_limit)s) AS amount) credit
                  LEFT JOIN open ON open.partner_id = debtor.partner_id
                  LEFT JOIN ledger ON ledger.partner_id = debtor.partner_id
                  LEFT JOIN returned ON returned.partner_id = debtor.partner_id
                  LEFT JOIN to_invoice ON to_invoice.partner_id = debtor.partner_id
                  LEFT JOIN behaviour ON behaviour.partner_id = debtor.partner_id
                 WHERE debtor.company_id = %(company)s AND %(narrow)s
            )
            UPDATE dunning_debtor debtor SET %(set_values)s
              FROM figures
             WHERE figures.id = debtor.id AND (%(before)s) IS DISTINCT FROM (%(after)s)
        """, company=company.id, date=date, narrow=self._refresh_narrow(partner_ids), **listed,
            recent=SQL("(%s::date + 1 - make_interval(months => %s))::date", date, RECENT_MONTHS),
            earlier=SQL("(%s::date + 1 - make_interval(months => %s))::date", date, RECENT_MONTHS + EARLIER_MONTHS),
            returned=self._refresh_returned(company, partner_ids),
            to_invoice=self._refresh_to_invoice(company, partner_ids), key=str(company.id),
            open_items=self.env["account.move.line"]._dunning_open_items_sql(
                company._dunning_companies(), rate_date=date, narrow=self._refresh_narrow(partner_ids)),
            netting=self.env["account.move.line"]._dunning_netting_sql("open_item"),
            usual_limit=self.env["res.partner"]._fields["credit_limit"].get_company_dependent_fallback(
                self.env["res.partner"].with_company(company)) or 0))
        return self.env.cr.rowcount

    def _refresh_returned(self, company, partner_ids):
        """Query for the number of returned payments: rows (commercial partner, number).

        A payment is returned when the bank refused it, or when a debit in the bank journal is matched with it and has
        the same amount. Money paid back for a credit note or an overpayment is no return.
        """
        return SQL("""
            SELECT partner_id, sum(number)::int AS number FROM (
                SELECT debit.partner_id, count(DISTINCT debit.id) AS number
                  FROM dunning_refresh_line debit
                  JOIN account_partial_reconcile partial ON partial.debit_move_id = debit.id
                  JOIN dunning_refresh_line credit ON credit.id = partial.credit_move_id AND credit.is_payment
                 WHERE debit.is_bank AND debit.balance > 0 AND partial.amount = debit.balance
                   AND credit.balance = -debit.balance AND debit.date - credit.date BETWEEN 0 AND %(days)s
                 GROUP BY debit.partner_id
                 UNION ALL
                SELECT partner.commercial_partner_id, count(*)
                  FROM account_payment payment JOIN res_partner partner ON partner.id = payment.partner_id
                 WHERE payment.state = 'rejected' AND payment.payment_type = 'inbound'
                   AND payment.company_id = ANY(%(companies)s) AND %(narrow)s
                 GROUP BY partner.commercial_partner_id
            ) refused GROUP BY partner_id""", days=RETURN_DAYS, companies=company._dunning_companies().ids,
            narrow=self._refresh_narrow(partner_ids))

    def _refresh_collectors(self, company, partner_ids=None):
        """Assign each debtor to the user of the first rule that fits, except where a person chose the user.

        Rules whose user is archived do not count.
        """
        self.env.cr.execute(SQL("""
            WITH fitting AS (
                SELECT debtor.id AS debtor_id, (
                       SELECT rule.user_id FROM dunning_collector_rule rule
                         JOIN res_users ON res_users.id = rule.user_id AND res_users.active
                        WHERE rule.active AND rule.company_id = debtor.company_id
                          AND debtor.overdue_amount >= COALESCE(rule.minimum_overdue, 0)
                          AND (partner.country_id IN (
                                 SELECT res_country_id FROM dunning_collector_rule_res_country_rel
                                  WHERE dunning_collector_rule_id = rule.id)
                               OR NOT EXISTS (SELECT FROM dunning_collector_rule_res_country_rel
                                               WHERE dunning_collector_rule_id = rule.id))
                          AND (debtor.segment_id IN (
                                 SELECT dunning_segment_id FROM dunning_collector_rule_dunning_segment_rel
                                  WHERE dunning_collector_rule_id = rule.id)
                               OR NOT EXISTS (SELECT FROM dunning_collector_rule_dunning_segment_rel
                                               WHERE dunning_collector_rule_id = rule.id))
                          AND (partner.user_id IN (
                                 SELECT res_users_id FROM dunning_collector_rule_salesperson_rel
                                  WHERE dunning_collector_rule_id = rule.id)
                               OR NOT EXISTS (SELECT FROM dunning_collector_rule_salesperson_rel
                                               WHERE dunning_collector_rule_id = rule.id))
                        ORDER BY rule.sequence, rule.id LIMIT 1) AS user_id
                  FROM dunning_debtor debtor
                  JOIN res_partner partner ON partner.id = debtor.partner_id
                 WHERE debtor.company_id = %(company)s AND debtor.user_is_chosen IS NOT TRUE AND %(narrow)s
                   AND EXISTS (SELECT FROM dunning_collector_rule WHERE active AND company_id = %(company)s)
            )
            UPDATE dunning_debtor debtor SET user_id = fitting.user_id
              FROM fitting
             WHERE fitting.debtor_id = debtor.id AND debtor.user_id IS DISTINCT FROM fitting.user_id
        """, company=company.id, narrow=self._refresh_narrow(partner_ids)))
