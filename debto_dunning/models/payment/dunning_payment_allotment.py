from odoo import fields, models
from odoo.fields import Command
from odoo.tools import float_is_zero


class DunningPaymentAllotment(models.Model):
    """What of a payment on the customer's page is for which item, and what for costs and interest.

    Odoo matches a payment with invoices by their due dates and knows nothing of charges that are not booked. The
    allotment keeps what the customer chose, from the page until the payment is matched by it.
    """

    _name = "dunning.payment.allotment"
    _description = "Part of a Payment on the Customer's Page"
    _inherit = ["dunning.caller.check"]
    _order = "transaction_id, id"
    _rec_name = "move_line_id"

    transaction_id = fields.Many2one(
        "payment.transaction", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="transaction_id.company_id", store=True, precompute=True)
    communication_id = fields.Many2one(
        "dunning.communication", "Asked In", readonly=True, ondelete="set null", index="btree_not_null",
        help="The message from whose page the customer paid.")
    move_line_id = fields.Many2one(
        "account.move.line", "Open Item", readonly=True, ondelete="set null", index="btree_not_null")
    charge_id = fields.Many2one(
        "dunning.charge", "Costs and Interest", readonly=True, ondelete="set null", index="btree_not_null",
        help="Set where this part is for costs and interest.")
    currency_id = fields.Many2one(related="transaction_id.currency_id")
    amount = fields.Monetary(readonly=True, required=True, help="What of the payment is for it.")
    discount = fields.Monetary("Early Discount", readonly=True, help="What need not be paid, as it is paid in time.")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A part of a payment is above zero.")

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check: written by the customer's page alone
        return set()

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check
        return set()

    # ------------------------------------------------------------------
    # When the payment is done
    # ------------------------------------------------------------------

    def _book_charges(self):
        """Book the costs and the interest that were paid, as far as they are not booked yet.

        :return: the documents (``account.move``) of these charges that are open
        """
        documents = self.env["account.move"]
        for allotment in self.filtered("charge_id"):
            charge = allotment.charge_id
            missing = allotment.amount - sum(charge._open_documents().mapped("amount_residual"))
            if charge.currency_id.compare_amounts(missing, 0) > 0 and not charge.is_waived:
                charge._book(most=missing)
            documents |= charge._open_documents()
        return documents

    def _discount_vals(self):
        """Values of the entry lines that write the early discounts off, for Odoo's payment."""
        values = []
        for allotment in self:
            item = allotment.move_line_id
            share = allotment.discount / item.amount_residual_currency
            lines = item.move_id._get_invoice_counterpart_amls_for_early_payment_discount([{
                "aml": item, "amount_currency": -item.amount_residual_currency, "balance": -item.balance,
            }], item.company_currency_id.round(item.balance * share))
            for group in lines.values():
                values += [{**vals, "partner_id": item.partner_id.id} for vals in group] if group else []
        return values

    def _still_discounted(self):
        """Those whose early discount still holds: nothing was matched with their item since."""
        return self.filtered(lambda allotment: allotment.discount and allotment.currency_id.compare_amounts(
            allotment.move_line_id.amount_residual_currency, allotment.amount + allotment.discount) == 0)

    def _match(self, payment, discounted):
        """Match the money of a payment with what it was paid for, each part with no more than its amount.

        What an item does not take any more, as it was paid otherwise in the meantime, stays an open credit.

        :param discounted: those whose early discount the payment writes off
        """
        money = payment.move_id.line_ids.filtered(lambda line: line.account_id == payment.destination_account_id)
        parts = []
        for allotment in self:
            if allotment.charge_id:
                items = allotment.charge_id._open_documents().line_ids.filtered(
                    lambda line: line.account_type == "asset_receivable")
            else:
                items = allotment.move_line_id
            left = allotment.amount + (allotment.discount if allotment in discounted else 0)
            for item in items.filtered(lambda line: line.parent_state == "posted" and not line.reconciled):
                part = min(left, item.amount_residual_currency)
                left -= part
                parts.append((item, part))
        # those that are paid in full first: Odoo matches as much as it can
        for item, amount in sorted(parts, key=lambda pair: pair[0].amount_residual_currency > pair[1]):
            if item.account_id == money.account_id and item.currency_id == money.currency_id and amount > 0:
                self._match_part(item, money, amount)

    def _match_part(self, item, money, amount):
        """Match ``amount``, in the currency of both, of an item with the line of a payment."""
        currency = item.currency_id
        amount = min(amount, item.amount_residual_currency, -money.amount_residual_currency)
        if float_is_zero(amount, precision_rounding=currency.rounding):
            return
        if currency.compare_amounts(amount, item.amount_residual_currency) == 0:
            (item + money).reconcile()
            return
        rate = item.amount_residual / item.amount_residual_currency
        self.env["account.partial.reconcile"].create({
            "debit_move_id": item.id,
            "credit_move_id": money.id,
            "amount": item.company_currency_id.round(amount * rate),
            "debit_amount_currency": amount,
            "credit_amount_currency": amount,
        })


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    dunning_allotment_ids = fields.One2many(
        "dunning.payment.allotment", "transaction_id", "What It Is For", readonly=True)

    def _post_process(self):
        # EXTENDS payment: an invoice that a colleague took back to draft is not posted because its customer paid
        for transaction in self.filtered("dunning_allotment_ids"):
            drafts = transaction.invoice_ids.filtered(lambda move: move.state == "draft")
            if drafts:
                transaction.invoice_ids -= drafts
                for move in drafts:
                    move._message_log(body=self.env._(
                        "Paid on the customer's page with %s while it was a draft: the money is an open credit.",
                        transaction.reference))
        return super()._post_process()

    def _create_payment(self, **extra_create_values):
        # EXTENDS account_payment: what was paid on our page is matched as the customer chose
        allotments = self.dunning_allotment_ids
        if not allotments:
            return super()._create_payment(**extra_create_values)
        invoices = self.invoice_ids | allotments._book_charges()
        items = allotments.move_line_id.filtered(lambda line: line.parent_state == "posted")
        discounted = allotments._still_discounted()
        # without invoices Odoo matches nothing by itself
        self.invoice_ids = False
        payment = super()._create_payment(**{
            "invoice_ids": [Command.set(invoices.ids)],
            "write_off_line_vals": discounted._discount_vals(),
            **({"destination_account_id": items.account_id[:1].id} if items else {}),
            **extra_create_values,
        })
        self.invoice_ids = invoices
        allotments._match(payment, discounted)
        return payment


class DunningCharge(models.Model):
    _inherit = "dunning.charge"

    def _waive_by_policy(self, company, date):
        # EXTENDS debto_dunning: the page asked what was owed when it was opened; the interest of the days up to the
        # booking of the payment is not asked of a customer who paid all of that
        if self.state == "open" and self.env["dunning.payment.allotment"].search_count([
                ("charge_id", "=", self.id), ("transaction_id.state", "=", "done")], limit=1):
            self._waive(self.env._("the customer paid what the page asked"))
            return
        super()._waive_by_policy(company, date)
