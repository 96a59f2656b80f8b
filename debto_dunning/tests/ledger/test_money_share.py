"""How much of what settles an invoice is money: a write-off inside the entry of a payment or bank line is none."""

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..law.charge_common import ChargeCommon, day


@tagged("-at_install", "post_install", "debto_dunning")
class TestMoneyShare(ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_business("Peeters", "be")
        cls.expense = cls.company_data["default_account_expense"]

    @classmethod
    def pay_and_write_off(cls, invoice, amount, on="2026-03-08"):
        """Register a payment of an amount in the dialogue, with the rest written off."""
        return cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({
                "payment_date": on, "amount": amount, "payment_difference_handling": "reconcile",
                "writeoff_account_id": cls.expense.id, "installments_mode": "full"})._create_payments()

    def bank_line_with_write_off(self, invoice, amount, written_off):
        """A bank line whose entry is matched with the invoice and writes off a part of it."""
        move = self.make_bank_line(amount, partner=self.customer, when=5).move_id
        open_line = move.statement_line_id._seek_for_lines()[1]
        item = self.items_of(invoice)
        move.with_context(force_delete=True, skip_readonly_check=True).write({"line_ids": [
            Command.update(open_line.id, {
                "account_id": item.account_id.id, "partner_id": self.customer.id, "debit": 0,
                "credit": amount + written_off}),
            Command.create({"account_id": self.expense.id, "debit": written_off, "name": "loss"})]})
        (self.items_of(move) + item).reconcile()
        return move

    def shares(self, *moves):
        """The share of the receivable credit of each entry, as the ORM and as SQL find it."""
        lines = self.env["account.move.line"].union(*map(self.items_of, moves))
        self.env.flush_all()
        found = []
        for line in lines:
            self.env.cr.execute(SQL(
                "SELECT %s FROM account_move move WHERE id = %s", line._dunning_money_share_sql(), line.move_id.id))
            (by_sql,) = self.env.cr.fetchone()
            share = line._dunning_money_share()
            self.assertAlmostEqual(float(by_sql), share)
            found.append(round(share, 4))
        return found

    # -- The share ---------------------------------------------------------------------------------------------------

    def test_payment_and_bank_line(self):
        payment, bank_line = self.make_payment(100), self.make_bank_line(100, partner=self.customer)
        invoice = self.make_invoice(100, 20)
        matched = self.bank_line_with_write_off(invoice, 100, 0)

        self.assertEqual(self.shares(payment.move_id, matched), [1, 1])
        self.assertFalse(self.items_of(bank_line.move_id))

    def test_write_off_inside(self):
        invoices = [self.make_invoice(1000, 20) for _number in range(3)]
        mostly, little = self.pay_and_write_off(invoices[0], 50), self.pay_and_write_off(invoices[1], 995)
        bank_line = self.bank_line_with_write_off(invoices[2], 50, 950)

        self.assertEqual(self.shares(mostly.move_id, little.move_id, bank_line), [0.05, 0.995, 0.05])
        self.assertEqual(
            [self.items_of(move)._dunning_is_payment() for move in (mostly.move_id, little.move_id, bank_line)],
            [False, True, False])

    def test_early_payment_discount_is_money(self):
        tax = self.env["account.tax"].create({"name": "21", "amount": 21})
        for computation in ("included", "mixed", "excluded"):
            with self.subTest(computation=computation):
                term = self.env["account.payment.term"].create({
                    "name": computation, "early_discount": True, "discount_percentage": 2, "discount_days": 10,
                    "early_pay_discount_computation": computation,
                    "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 20})]})
                invoice = self.make_invoice(1000, posted=False)
                invoice.write({"invoice_date": "2026-01-30", "invoice_payment_term_id": term.id})
                invoice.invoice_line_ids.tax_ids = tax
                invoice.action_post()

                payment = self.pay_on(invoice, "2026-02-04")

                self.assertLess(payment.amount, invoice.amount_total)
                self.assertTrue(invoice.payment_state in ("paid", "in_payment"))
                self.assertEqual(self.shares(payment.move_id), [1])

    def test_no_payment(self):
        credit_note = self.make_credit_note(100, partner=self.customer)
        write_off = self.make_entry(-100)
        typed_write_off = self.make_entry(-100, journal=self.company_data["default_journal_bank"])
        typed_money = self.make_entry(
            -100, journal=self.company_data["default_journal_bank"],
            account=self.company_data["default_journal_bank"].default_account_id)

        self.assertEqual(self.shares(credit_note, *(line.move_id for line in (
            write_off, typed_write_off, typed_money))), [0, 0, 0, 1])

    def make_entry(self, debit, account=None, journal=None):
        receivable = self.customer.property_account_receivable_id
        move = self.env["account.move"].create({
            "journal_id": (journal or self.company_data["default_journal_misc"]).id, "date": "2026-03-01",
            "line_ids": [
                Command.create({"account_id": receivable.id, "partner_id": self.customer.id, "balance": debit}),
                Command.create({"account_id": (account or self.expense).id, "balance": -debit})]})
        move.action_post()
        return move.line_ids.filtered(lambda line: line.account_id == receivable)

    # -- Who reads it ------------------------------------------------------------------------------------------------

    def reminded(self):
        """An invoice of 1,000 due on 2 February of which costs and interest were asked on the 20th."""
        invoice = self.invoice_due("2026-02-02", 1000, self.customer)
        self.night("2026-02-09")
        self.night("2026-02-20")
        self.assertGreater(self.charges_of(invoice).amount_due, 40)
        return invoice

    def test_mostly_written_off_is_not_thanked_for(self):
        """A person decides about the costs, as after any write-off."""
        for way in (self.pay_and_write_off, lambda invoice, _amount: self.bank_line_with_write_off(invoice, 50, 950)):
            invoice = self.reminded()
            way(invoice, 50)

            messages = self.night("2026-03-11")

            self.assertFalse(messages)
            self.assertEqual(self.charges_of(invoice).state, "open")

    def test_statement_tells_the_money(self):
        invoice = self.reminded()
        self.pay_and_write_off(invoice, 50)

        with freeze_time("2026-03-11 10:00:00"):
            (statement,) = self.env["dunning.statement"]._for_debtors(self.debtor_of(self.customer))
        (claim,) = statement["sections"][0]["claims"]

        texts = [row["text"].replace("\N{NO-BREAK SPACE}", " ") for row in claim["rows"]]
        self.assertIn("Payment of 50.00 €", texts)
        self.assertIn("Written off or set off: 950.00 €", texts)

    def test_claim_tells_money_and_write_off_apart(self):
        invoice = self.reminded()
        self.pay_and_write_off(invoice, 50)

        claim = self.env["dunning.claim"]._claims(
            self.company, day("2026-03-11"), self.items_of(invoice).ids)[self.items_of(invoice).id]

        self.assertEqual([(str(on), float(amount)) for on, amount in claim.payments], [("2026-03-08", 50)])
        self.assertEqual([float(amount) for _on, amount in claim.written_off], [950])

    def test_paid_late_bears_interest_on_the_money(self):
        self.company.dunning_paid_late = "note"
        self.run_night(day("2026-01-01"))
        mostly, little = (self.invoice_due("2026-02-02", 1000, self.customer) for _number in range(2))
        self.pay_and_write_off(mostly, 50)
        self.pay_and_write_off(little, 900)

        self.night("2026-03-09")

        self.assertFalse(self.charges_of(mostly))
        # 900 × 10.5 × 34 / 36,500, from 3 February to 8 March
        self.assertEqual(self.charges_of(little).interest_amount, 8.80)

    def test_score_leaves_out_what_was_written_off(self):
        self.pay_and_write_off(self.invoice_due("2026-02-02", 1000, self.customer), 50)
        self.pay_and_write_off(self.invoice_due("2026-02-02", 1000, self.customer), 900, "2026-02-10")

        self.run_night(day("2026-03-11"))

        debtor = self.debtor_of(self.customer)
        self.assertEqual((debtor.settled_count, str(debtor.last_payment_date)), (1, "2026-02-10"))
