from datetime import timedelta

from odoo import models
from odoo.fields import Domain

#: A late payment that is older than this is not mentioned any more.
REMEMBERED_DAYS = 92


class AccountMove(models.Model):
    """A friendly line on an invoice about earlier invoices that were paid late without any reminder."""

    _inherit = "account.move"

    def _dunning_paid_late_line(self):
        """The sentence of this invoice about earlier ones that were paid late; empty where there is none.

        A late payment is mentioned on the first invoice from the day of the payment on. So the sentence is the same at
        each print.
        """
        self.ensure_one()
        # a portal user may not read the ledger and the log; names and days of the customer's own invoices come back
        invoice = self.sudo()
        if (invoice.move_type != "out_invoice" or invoice.state != "posted" or invoice.dunning_charge_id
                or invoice.company_id.root_id.dunning_paid_late != "line"):
            return ""
        late = invoice._dunning_paid_late_before()
        if not late:
            return ""
        localized = self.with_context(lang=self.partner_id.lang or self.env.lang)
        names, days = ", ".join(move.name for move in late), max(late.values())
        if len(late) > 1:
            return localized.env._(
                "Thank you for paying invoices %(invoices)s, which reached us up to %(days)s days after their due "
                "dates. Please mind the date on this one.", invoices=names, days=days)
        if days == 1:
            return localized.env._(
                "Thank you for paying invoice %(invoice)s, which reached us one day after its due date. Please mind "
                "the date on this one.", invoice=names)
        return localized.env._(
            "Thank you for paying invoice %(invoice)s, which reached us %(days)s days after its due date. Please mind "
            "the date on this one.", invoice=names, days=days)

    def _dunning_paid_late_before(self):
        """The invoices of this customer that were paid late, and never reminded, since the invoice before this one:
        {invoice: days late}. Payments of the last REMEMBERED_DAYS days count.
        """
        ours = Domain([
            ("commercial_partner_id", "=", self.commercial_partner_id.id), ("state", "=", "posted"),
            ("company_id", "child_of", self.company_id.root_id.id), ("dunning_charge_id", "=", False)])
        before = self.search(ours & Domain("move_type", "=", "out_invoice") & (
            Domain("invoice_date", "<", self.invoice_date)
            | Domain("invoice_date", "=", self.invoice_date) & Domain("id", "<", self.id)),
            order="invoice_date DESC, id DESC", limit=1)
        if not before:
            return {}
        paid = self.search(ours & Domain([
            ("move_type", "in", ("out_invoice", "out_receipt")), ("payment_state", "in", ("paid", "in_payment")),
            "|", ("line_ids.matched_credit_ids.credit_move_id.date", ">", before.invoice_date),
            ("matched_payment_ids.date", ">", before.invoice_date)]), order="invoice_date_due, id")
        reminded = self.env["dunning.communication.line"].search([
            ("move_id", "in", paid.ids), ("level_number", ">", 0), ("void", "=", False),
            ("communication_id.customer_id", "in", (self.commercial_partner_id | paid.partner_id).ids)]).move_id
        found, recent = {}, self.invoice_date - timedelta(REMEMBERED_DAYS)
        for move in paid - reminded:
            last, days = move._dunning_last_payment()
            if days > 0 and max(before.invoice_date, recent) < last <= self.invoice_date:
                found[move] = days
        return found

    def _dunning_last_payment(self):
        """(day of the last payment of this invoice, days that its latest instalment was late); (None, 0) where nothing
        was paid. Credit notes are not payments.
        """
        # payments without entries settle the invoice and leave no mark on its items
        plain = self.matched_payment_ids.filtered(
            lambda payment: not payment.move_id and payment.state in ("in_process", "paid")).mapped("date")
        last, most = max(plain, default=None), 0
        for item in self._dunning_instalments():
            credits = item.matched_credit_ids.credit_move_id
            days = plain + credits.filtered(lambda line: line._dunning_is_payment()).mapped("date")
            if days:
                last = max(days + [last or days[0]])
                most = max(most, (max(days) - item._dunning_due_date()).days)
        return last, most
