from odoo import api, models
from odoo.tools import SQL

from ...tools.calculation import interest_rows
from ...tools.decimals import decimal


class DunningCharge(models.Model):
    """Charges for the interest of items that were paid late before any reminder."""

    _inherit = "dunning.charge"

    @api.model
    def _note_paid_late(self, company, date, since):
        """Make the charges of items that were paid late before any reminder.

        A charge is made where the law gives interest without a notice, the company has chosen so, and the interest is
        not less than what the policy waives.

        :param company: root company
        :param since: payments matched after this moment (UTC) are looked at; none where it is empty
        :return: the charges made
        """
        if company.dunning_paid_late != "note" or not since:
            return self.browse()
        items = self._items_paid_late(company, since)
        claims = self.env["dunning.claim"]._claims(company, date, items.ids)
        debtors = {debtor.partner_id: debtor for debtor in self.env["dunning.debtor"]._for_partners(
            items.partner_id, company)}
        vals_list = []
        for item in items:
            claim = claims.get(item.id)
            if not claim or not claim.law or not claim.payments or claim.agreement:
                continue
            debtor = debtors[item.partner_id.commercial_partner_id]
            last = max(day for day, _amount in claim.payments)
            if claim.must_wait_on(last):
                continue
            currency = item.currency_id
            interest = claim.without_written_off().interest_at_payment(last, decimal(currency.rounding))
            least = company.currency_id._convert(debtor.effective_policy_id.waive_below, currency, company, date)
            if interest.amount and currency.compare_amounts(float(interest.amount), least) >= 0:
                vals_list.append({
                    "move_line_id": item.id, "move_id": item.move_id.id, "rank": item._dunning_rank(),
                    "currency_id": currency.id, "debtor_id": debtor.id, "law_id": claim.law.id, "date": last,
                    "interest_amount": float(interest.amount), "is_settled": True, "settled_date": last,
                    "calculation": {"interest": interest_rows(interest.stretches)},
                })
        return self.create(vals_list)

    @api.model
    def _items_paid_late(self, company, since):
        """The ``account.move.line`` that were paid late, and never reminded, charged or paused.

        :param since: the last payment was matched after this moment (UTC)
        """
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT item.id
              FROM account_partial_reconcile partial
              JOIN account_move_line item ON item.id = partial.debit_move_id
              JOIN account_account account
                ON account.id = item.account_id AND account.account_type = 'asset_receivable'
              JOIN account_move move ON move.id = item.move_id AND move.move_type IN ('out_invoice', 'out_receipt')
              JOIN account_move_line credit ON credit.id = partial.credit_move_id
              JOIN account_move payment ON payment.id = credit.move_id AND %(is_payment)s
             WHERE partial.create_date > %(since)s AND item.reconciled AND item.company_id = ANY(%(companies)s)
               AND move.dunning_charge_id IS NULL AND item.no_followup IS NOT TRUE
               AND NOT EXISTS (
                   SELECT FROM dunning_debtor debtor JOIN res_partner payer ON payer.id = item.partner_id
                    WHERE debtor.partner_id = payer.commercial_partner_id AND debtor.company_id = %(company)s
                      -- a direct debit is late because the company collected it late
                      AND debtor.payment_means = 'direct_debit')
               AND (NOT %(sent_only)s OR move.is_move_sent)
               AND NOT EXISTS (SELECT FROM dunning_hold WHERE move_id = move.id)
               AND %(due)s >= COALESCE(%(from_date)s::date, '-infinity')
               AND NOT EXISTS (SELECT FROM dunning_charge WHERE move_line_id = item.id)
               AND NOT EXISTS (
                   SELECT FROM dunning_communication_line line
                     JOIN dunning_communication communication ON communication.id = line.communication_id
                    WHERE line.move_id = item.move_id
                      -- what was said to another customer before the invoice moved does not count
                      AND communication.customer_id IN (move.partner_id, move.commercial_partner_id))
             GROUP BY item.id, move.id HAVING max(credit.date) > %(due)s
        """, since=since, company=company.id, companies=company._dunning_companies().ids,
            sent_only=bool(company.dunning_sent_only), from_date=company.dunning_from_date or None,
            due=self.env["account.move.line"]._dunning_due_sql("item"),
            is_payment=self.env["account.move.line"]._dunning_is_payment_sql("payment")))
        return self.env["account.move.line"].browse([row[0] for row in self.env.cr.fetchall()])
