"""A payment on the customer's page: what can be paid, and what the money is matched with when it is done."""

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import days_later
from ..law.charge_common import ChargeCommon


@tagged("post_install", "-at_install")
class TestPaymentAllotment(ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.env["payment.provider"].create({
            "name": "Online", "company_id": cls.company.id, "code": "none", "state": "test"})
        cls.env["account.payment.method.line"].create({
            "name": "Online", "payment_method_id": cls.env.ref("account.account_payment_method_manual_in").id,
            "journal_id": cls.company_data["default_journal_bank"].id, "payment_provider_id": cls.provider.id,
            "payment_account_id": cls.inbound_payment_method_line.payment_account_id.id})
        cls.method = cls.env["payment.method"].with_context(active_test=False).search([], limit=1)

    @classmethod
    def pay_online(cls, message, lines=None, with_charges=True, state="done"):
        """A transaction over lines of a message (default: all), which the provider has confirmed."""
        rows = message._choose_payable(lines.ids if lines else [])
        transaction = cls.env["payment.transaction"].sudo().create({
            "provider_id": cls.provider.id, "payment_method_id": cls.method.id, "operation": "online_direct",
            "reference": f"page-{cls.env['payment.transaction'].search_count([])}",
            **message._payment_vals(rows, with_charges)})
        if state == "done":
            transaction._set_done()
            transaction._post_process()
        else:
            transaction._set_pending()
        return transaction

    def remind(self, *invoices):
        """A reminder of these invoices, sent on the night of the 9th."""
        made = self.night("2026-03-09")
        return made.filtered(lambda message: message.line_ids.move_id & self.env["account.move"].union(*invoices))

    def line_of(self, message, invoice):
        return message.line_ids.filtered(lambda line: line.move_id == invoice)

    # -- What can be paid --------------------------------------------------------------------------------------------

    def test_all_that_the_message_asks_can_be_paid(self):
        one, two = self.invoice_due("2026-03-01", 100), self.invoice_due("2026-03-02", 250)

        rows = self.remind(one, two)._payable_rows()

        self.assertEqual({row.item.move_id: row.amount(True) for row in rows}, {one: 100.0, two: 250.0})

    def test_what_is_paid_or_being_paid_cannot_be_paid_again(self):
        one, two = self.invoice_due("2026-03-01", 100), self.invoice_due("2026-03-02", 250)
        message = self.remind(one, two)
        self.pay_online(message, self.line_of(message, one), state="pending")

        with self.assertRaisesRegex(UserError, "load the page anew"):
            message._choose_payable(self.line_of(message, one).ids)

        self.assertEqual([row.item.move_id for row in message._payable_rows()], [two])

    def test_line_of_another_message_cannot_be_paid(self):
        message = self.remind(self.invoice_due("2026-03-01", 100))
        stranger = self.make_customer("Stranger")
        other = self.say(self.invoice_due("2026-03-01", 70, stranger), self.first)

        with self.assertRaises(UserError):
            message._choose_payable(other.line_ids.ids)

    def test_nothing_left_says_so(self):
        invoice = self.invoice_due("2026-03-01", 100)
        message = self.remind(invoice)
        self.pay_on(invoice, "2026-03-10")

        with self.assertRaisesRegex(UserError, "Nothing is left"):
            message._payment_vals(message._payable_rows(), True)

    def test_charges_are_asked_only_where_they_can_be_booked(self):
        self.ask_at_once()
        _invoice, charge = self.charged()
        message = self.communications.search([("debtor_id", "=", charge.debtor_id.id)])
        without = [row.charges for row in message._payable_rows()]

        self.book("stated")

        self.assertEqual(without, [0.0])
        self.assertGreater(message._payable_rows()[0].charges, 40)

    # -- What becomes of the money -----------------------------------------------------------------------------------

    def test_chosen_invoice_is_paid_and_not_the_oldest(self):
        old, new = self.invoice_due("2026-02-20", 100), self.invoice_due("2026-03-02", 250)
        message = self.remind(old, new)

        transaction = self.pay_online(message, self.line_of(message, new))

        self.assertEqual((old.amount_residual, new.amount_residual), (100.0, 0.0))
        self.assertEqual(transaction.payment_id.amount, 250.0)
        self.assertEqual(transaction.invoice_ids, new)

    def test_charges_are_booked_and_paid_with_the_invoice(self):
        self.ask_at_once()
        invoice, charge = self.charged()
        self.book("stated")
        message = self.communications.search([("debtor_id", "=", charge.debtor_id.id)])

        transaction = self.pay_online(message)

        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(sum(charge.charge_move_ids.mapped("amount_residual")), 0)
        self.assertEqual(
            transaction.amount, 1000 + sum(charge.charge_move_ids.mapped("amount_total")))
        self.assertTrue(transaction.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable").reconciled)

    def test_charges_paid_are_not_asked_again(self):
        self.ask_at_once()
        _invoice, charge = self.charged()
        self.book("stated")
        self.pay_online(self.communications.search([("debtor_id", "=", charge.debtor_id.id)]))

        made = self.night("2026-03-20") + self.night("2026-04-10")

        self.assertFalse(made)
        self.assertEqual(charge.amount_due, 0)

    def test_charges_can_be_left_out(self):
        self.ask_at_once()
        invoice, charge = self.charged()
        self.book("stated")

        transaction = self.pay_online(
            self.communications.search([("debtor_id", "=", charge.debtor_id.id)]), with_charges=False)

        self.assertEqual((transaction.amount, invoice.amount_residual), (1000.0, 0.0))
        self.assertFalse(charge.charge_move_ids)
        self.assertGreater(charge.amount_due, 40)

    def test_part_in_dispute_is_not_paid(self):
        one, two = self.invoice_due("2026-03-01", 100), self.invoice_due("2026-03-02", 250)
        message = self.remind(one, two)
        for invoice, part in ((one, 30), (two, 50)):
            self.env["dunning.hold"].create({
                "move_line_id": self.items_of(invoice).id, "kind": "person", "amount": part})

        transaction = self.pay_online(message)

        self.assertEqual(transaction.amount, 270.0)
        self.assertEqual((one.amount_residual, two.amount_residual), (30.0, 50.0))

    def test_early_discount_is_taken(self):
        term = self.env["account.payment.term"].create({
            "name": "2 % in 60 days", "early_discount": True, "discount_days": 60, "discount_percentage": 2,
            "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 0})]})
        invoice = self.invoice_due("2026-03-01", 100, invoiced="2026-02-20", invoice_payment_term_id=term.id)
        other = self.invoice_due("2026-03-02", 250)

        transaction = self.pay_online(self.remind(invoice, other))

        self.assertEqual(transaction.amount, 348.0)
        self.assertEqual((invoice.amount_residual, other.amount_residual), (0.0, 0.0))

    def test_invoice_taken_back_to_draft_is_not_posted_by_the_payment(self):
        one, two = self.invoice_due("2026-03-01", 100), self.invoice_due("2026-03-02", 250)
        message = self.remind(one, two)
        transaction = self.pay_online(message, state="pending")
        one.button_draft()

        transaction._set_done()
        transaction._post_process()

        self.assertEqual((one.state, two.amount_residual), ("draft", 0.0))
        credit = transaction.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable")
        self.assertEqual(credit.amount_residual, -100.0)

    def test_paid_twice_in_two_tabs_leaves_an_open_credit(self):
        invoice = self.invoice_due("2026-03-01", 100)
        message = self.remind(invoice)
        vals = message._payment_vals(message._payable_rows(), True)
        transactions = self.env["payment.transaction"].sudo().create([{
            "provider_id": self.provider.id, "payment_method_id": self.method.id, "operation": "online_direct",
            "reference": f"tab-{number}", **vals} for number in (1, 2)])

        for transaction in transactions:
            transaction._set_done()
            transaction._post_process()

        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(sum(transactions.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable").mapped("amount_residual")), -100.0)

    def test_payment_taken_back_opens_the_invoice_again(self):
        invoice = self.invoice_due("2026-03-01", 100)
        message = self.remind(invoice)
        transaction = self.pay_online(message)

        transaction.payment_id.action_draft()
        transaction.payment_id.action_cancel()

        self.assertEqual(invoice.amount_residual, 100.0)
        self.assertEqual(message._payable_rows()[0].principal, 100.0)

    def test_person_writes_no_parts(self):
        message = self.remind(self.invoice_due("2026-03-01", 100))
        part = self.pay_online(message).dunning_allotment_ids
        manager = self.make_user("manager", "debto_dunning.group_dunning_manager,account.group_account_manager")

        with self.assertRaises(AccessError):
            part.with_user(manager).write({"amount": 1})

    def test_message_paid_online_is_not_reminded(self):
        message = self.remind(self.invoice_due("2026-03-01", 100))
        with freeze_time("2026-03-09 12:00:00"):
            self.pay_online(message, state="pending")

        made = self.night(f"{days_later(3)}")

        self.assertFalse(made)
