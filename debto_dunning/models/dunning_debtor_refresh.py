from odoo import api, models
from odoo.tools import SQL


class DunningDebtor(models.Model):
    """The nightly figures: each step is one statement over the whole ledger of a company."""

    _inherit = "dunning.debtor"

    @api.model
    def _refresh(self, company, date=None, partner_ids=None):
        """Bring the files of the debtors of ``company`` up to date with the ledger.

        :param company: root company (a branch stands for its root)
        :param date: the day of the figures; default: today where the company is
        :param partner_ids: only these commercial partners
        :return: number of debtors that changed
        """
        company = company.root_id
        date = date or company._dunning_today()
        self.env.flush_all()
        self._refresh_make_missing(company, partner_ids)
        changed = self._refresh_figures(company, date, partner_ids)
        self._refresh_collectors(company, partner_ids)
        self.env["dunning.debtor"].invalidate_model()
        return changed

    def _refresh_make_missing(self, company, partner_ids=None):
        """Make the files of customers with posted invoices, or reminded opening entries, that have none yet."""
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
        """Make the files of the commercial partners that the query ``customers`` gives, where there are none.

        Where another process makes the same file at this moment, PostgreSQL says so, and Odoo does the whole request
        again.
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

    def _refresh_narrow(self, partner_ids):
        return SQL("partner.commercial_partner_id = ANY(%s)", list(partner_ids)) if partner_ids is not None \
            else SQL("TRUE")

    def _refresh_figures(self, company, date, partner_ids=None):
        """Write what the ledger says on each debtor; only rows that changed are touched.

        Days beyond terms run from the due date of an instalment to the day on which it was wholly matched.
        """
        companies = company._dunning_companies().ids
        self.env.cr.execute(SQL("""
            WITH receivable AS (
                SELECT line.id, partner.commercial_partner_id AS partner_id, line.amount_residual AS residual,
                       line.reconciled, COALESCE(line.date_maturity, line.date) AS due, line.date, line.balance,
                       move.move_type, journal.type AS journal_type
                  FROM account_move_line line
                  JOIN account_account account
                    ON account.id = line.account_id AND account.account_type = 'asset_receivable'
                  JOIN res_partner partner ON partner.id = line.partner_id
                  JOIN account_move move ON move.id = line.move_id
                  JOIN account_journal journal ON journal.id = line.journal_id
                 WHERE line.parent_state = 'posted' AND line.company_id = ANY(%(companies)s) AND %(narrow)s
            ), settled AS (
                SELECT receivable.partner_id, receivable.due, max(partial.max_date) AS paid_on
                  FROM receivable
                  JOIN account_partial_reconcile partial ON partial.debit_move_id = receivable.id
                 WHERE receivable.reconciled AND receivable.balance > 0
                   AND receivable.move_type IN ('out_invoice', 'out_receipt')
                 GROUP BY receivable.id, receivable.partner_id, receivable.due
            ), behaviour AS (
                SELECT partner_id, count(*) AS settled_count, avg(paid_on - due) AS average_days_late,
                       100.0 * count(*) FILTER (WHERE paid_on > due) / count(*) AS share_late
                  FROM settled GROUP BY partner_id
            ), ledger AS (
                SELECT partner_id,
                       sum(residual) FILTER (WHERE residual > 0 AND NOT reconciled) AS open_amount,
                       sum(residual) FILTER (WHERE residual > 0 AND NOT reconciled AND due < %(date)s)
                           AS overdue_amount,
                       -sum(residual) FILTER (WHERE residual < 0 AND NOT reconciled) AS unapplied_amount,
                       count(*) FILTER (WHERE residual > 0 AND NOT reconciled) AS open_count,
                       count(*) FILTER (WHERE residual > 0 AND NOT reconciled AND due < %(date)s) AS overdue_count,
                       min(due) FILTER (WHERE residual > 0 AND NOT reconciled) AS oldest_due_date,
                       max(date) FILTER (WHERE balance < 0 AND journal_type IN ('bank', 'cash')) AS last_payment_date
                  FROM receivable GROUP BY partner_id
            ), figures AS (
                SELECT debtor.id,
                       COALESCE(ledger.open_amount, 0) AS open_amount,
                       COALESCE(ledger.overdue_amount, 0) AS overdue_amount,
                       COALESCE(ledger.unapplied_amount, 0) AS unapplied_amount,
                       COALESCE(ledger.open_count, 0) AS open_count,
                       COALESCE(ledger.overdue_count, 0) AS overdue_count,
                       ledger.oldest_due_date, ledger.last_payment_date,
                       COALESCE(behaviour.settled_count, 0) AS settled_count,
                       round(COALESCE(behaviour.average_days_late, 0)::numeric, 1) AS average_days_late,
                       round(COALESCE(behaviour.share_late, 0)::numeric, 1) AS share_late
                  FROM dunning_debtor debtor
                  JOIN res_partner partner ON partner.id = debtor.partner_id
                  LEFT JOIN ledger ON ledger.partner_id = debtor.partner_id
                  LEFT JOIN behaviour ON behaviour.partner_id = debtor.partner_id
                 WHERE debtor.company_id = %(company)s AND %(narrow)s
            )
            UPDATE dunning_debtor debtor
               SET open_amount = figures.open_amount, overdue_amount = figures.overdue_amount,
                   unapplied_amount = figures.unapplied_amount, open_count = figures.open_count,
                   overdue_count = figures.overdue_count, oldest_due_date = figures.oldest_due_date,
                   last_payment_date = figures.last_payment_date, settled_count = figures.settled_count,
                   average_days_late = figures.average_days_late, share_late = figures.share_late
              FROM figures
             WHERE figures.id = debtor.id
               AND (debtor.open_amount, debtor.overdue_amount, debtor.unapplied_amount, debtor.open_count,
                    debtor.overdue_count, debtor.oldest_due_date, debtor.last_payment_date, debtor.settled_count,
                    debtor.average_days_late, debtor.share_late)
                   IS DISTINCT FROM
                   (figures.open_amount, figures.overdue_amount, figures.unapplied_amount, figures.open_count,
                    figures.overdue_count, figures.oldest_due_date, figures.last_payment_date, figures.settled_count,
                    figures.average_days_late, figures.share_late)
        """, companies=companies, company=company.id, date=date, narrow=self._refresh_narrow(partner_ids)))
        return self.env.cr.rowcount

    def _refresh_collectors(self, company, partner_ids=None):
        """Give each debtor to the person of the first rule that fits, but for those chosen by hand."""
        self.env.cr.execute(SQL("""
            WITH fitting AS (
                SELECT debtor.id AS debtor_id, (
                       SELECT rule.user_id FROM dunning_collector_rule rule
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
