from odoo import api, fields, models
from odoo.fields import Command


class DunningPaymentAllotment(models.Model):
    """What of a payment on the customer's page is for which item, and what for costs and interest.

    Odoo matches a payment with invoices by their due dates and knows nothing of charges that are not booked. The
    allotment keeps what the customer chose, from the page until the payment is matched by it.
    """

    _name = "dunning.payment.allotment"
    _description = "Part of a Payment on the Customer's Page"
    _inherit = ["dunning.program.record"]
    _order = "transaction_id, id"
    _rec_name = "move_line_id"

    transaction_id = fields.Many2one(
        "payment.transaction", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="transaction_id.company_id", store=True, precompute=True)
    link_id = fields.Many2one(
        "dunning.link", readonly=True, ondelete="set null", index="btree_not_null",
        help="With which the customer came to the page.")
    move_line_id = fields.Many2one(
        "account.move.line", "Open Item", readonly=True, ondelete="set null", index="btree_not_null")
    charge_id = fields.Many2one(
        "dunning.charge", "Costs and Interest", readonly=True, ondelete="set null", index="btree_not_null",
        help="Set where this part is for costs and interest.")
    currency_id = fields.Many2one(related="transaction_id.currency_id")
    amount = fields.Monetary(readonly=True, required=True, help="What of the payment is for it.")
    discount = fields.Monetary("Early Discount", readonly=True, help="What need not be paid, as it is paid in time.")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A part of a payment is above zero.")

    # ------------------------------------------------------------------
    # When the payment is done
    # ------------------------------------------------------------------

    @api.model
    def _pending_by_charge(self, charges):
        """What of costs and interest is being paid, or is paid and not in the books yet: {charge: amount}."""
        # sudo: customers have no rights on payments; only sums of their own charges are read
        return dict(self.sudo()._read_group([
            ("charge_id", "in", charges.ids), "|", ("transaction_id.state", "in", ("pending", "authorized")),
            "&", ("transaction_id.state", "=", "done"), ("transaction_id.payment_id", "=", False),
        ], ["charge_id"], ["amount:sum"]))

    def _parts_of(self, amount):
        """What of ``amount`` is for each of these: {allotment: amount}. Less than all was captured: items go first."""
        found = {}
        for allotment in self.sorted(lambda one: (bool(one.charge_id), one.id)):
            found[allotment] = min(allotment.amount, amount)
            amount -= found[allotment]
        return {allotment: part for allotment, part in found.items()
                if allotment.currency_id.compare_amounts(part, 0) > 0}

    @api.model
    def _book_charges(self, parts):
        """Book the costs and the interest that were paid, as far as they are not booked yet.

        :param parts: see :meth:`_parts_of`
        :return: the documents (``account.move``) of these charges that are open
        """
        documents = self.env["account.move"]
        for allotment, amount in parts.items():
            charge = allotment.charge_id
            if not charge:
                continue
            missing = amount - sum(charge._open_documents().mapped("amount_residual"))
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
        return self.filtered(
            lambda allotment: allotment.discount and allotment.move_line_id.parent_state == "posted"
            and allotment.currency_id.compare_amounts(
                allotment.move_line_id.amount_residual_currency, allotment.amount + allotment.discount) == 0)

    @api.model
    def _match(self, payment, paid, discounted):
        """Match the money of a payment with what it was paid for, each part with no more than its amount.

        What an item does not take any more, as it was paid otherwise in the meantime, stays an open credit.

        :param paid: see :meth:`_parts_of`
        :param discounted: those whose early discount the payment writes off
        """
        money = payment.move_id.line_ids.filtered(lambda line: line.account_id == payment.destination_account_id)
        parts = []
        for allotment, amount in paid.items():
            if allotment.charge_id:
                items = allotment.charge_id._open_documents().line_ids.filtered(
                    lambda line: line.account_type == "asset_receivable")
            else:
                items = allotment.move_line_id
            left = amount + (allotment.discount if allotment in discounted else 0)
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
        if currency.is_zero(amount):
            return
        if currency.compare_amounts(amount, item.amount_residual_currency) == 0 or (
                currency != item.company_currency_id):  # Odoo books the difference of the rates
            (item + money).reconcile()
            return
        self.env["account.partial.reconcile"].create({
            "debit_move_id": item.id,
            "credit_move_id": money.id,
            "amount": amount,
            "debit_amount_currency": amount,
            "credit_amount_currency": amount,
        })


class PaymentTransaction(models.Model):
    _name = "payment.transaction"
    _inherit = ["payment.transaction", "dunning.system.fields"]

    dunning_allotment_ids = fields.One2many(
        "dunning.payment.allotment", "transaction_id", "What It Is For", readonly=True,
        groups="debto_dunning.group_dunning_user")

    def _post_process(self):
        # EXTENDS payment: an invoice that a colleague took back to draft is not posted because its customer paid
        # sudo: a colleague who works with transactions may lack access to reminders
        for transaction in self.sudo().filtered(lambda one: one._dunning_allotments()):
            drafts = transaction.invoice_ids.filtered(lambda move: move.state == "draft")
            if drafts:
                transaction.invoice_ids -= drafts
                for move in drafts:
                    move._message_log(body=self.env._(
                        "Paid on the customer's page with %s while it was a draft: the money is an open credit.",
                        transaction.reference))
        res = super()._post_process()
        for transaction in self.sudo().filtered(lambda one: one.state == "done"):  # as above
            for link in transaction._dunning_allotments().link_id:
                link._log_payment(transaction)
        return res

    def _create_payment(self, **extra_create_values):
        # EXTENDS account_payment: what was paid on our page is matched as the customer chose
        allotments = self._dunning_allotments()
        if not allotments:
            return super()._create_payment(**extra_create_values)
        paid = allotments._parts_of(self.amount)
        documents = allotments._book_charges(paid)
        items = allotments.move_line_id.filtered(lambda line: line.parent_state == "posted")
        discounted = allotments.filtered(
            lambda one: paid.get(one) == one.amount)._still_discounted()
        # without invoices Odoo matches nothing by itself, nor with those of the payment of which this is a part
        named = {transaction: transaction.invoice_ids for transaction in self | self.source_transaction_id}
        invoices = self.env["account.move"].union(*named.values()) | documents
        for transaction in named:
            transaction.invoice_ids = False
        payment = super()._create_payment(**{
            "invoice_ids": [Command.set(invoices.ids)],
            "write_off_line_vals": discounted._discount_vals(),
            **({"destination_account_id": items.account_id[:1].id} if items else {}),
            **extra_create_values,
        })
        for transaction, moves in named.items():
            transaction.invoice_ids = moves | documents
        allotments._match(payment, paid, discounted)
        return payment

    def _dunning_allotments(self):
        """What it is for; of a part that was captured, what the whole was for."""
        self.ensure_one()
        transaction = self.sudo()  # as in _post_process
        return transaction.dunning_allotment_ids or transaction.source_transaction_id.dunning_allotment_ids


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
