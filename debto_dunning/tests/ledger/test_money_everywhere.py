"""Money that is not matched yet counts the same in decision, page, payment code and statement."""

import io

import zxingcpp
from PIL import Image

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import NIGHT, days_ago
from .test_ledger_truth import LedgerTruthCommon


@tagged("post_install", "-at_install")
class TestMoneyEverywhere(LedgerTruthCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company_account()
        cls.company.write({"dunning_term_agreed": True, "country_id": cls.env.ref("base.be").id})

    # -- Short ways --------------------------------------------------------------------------------------------------

    @staticmethod
    def number(text):
        return float("".join(sign for sign in text if sign.isdigit() or sign in ".-"))

    def asked_by_page(self, communication):
        """What the page asks, which its payment code asks too; 0 where there is no code."""
        self.env.invalidate_all()
        values = communication._portal_values()
        picture = communication._portal_code(communication._portal_lines())
        if picture:
            payload = zxingcpp.read_barcode(Image.open(io.BytesIO(picture))).text.splitlines()
            self.assertEqual(float(payload[7].removeprefix("EUR")), self.number(values["total"]))
        return self.number(values["total"])

    def asked_by_statement(self):
        """The totals of the statement by currency; empty where nothing is due."""
        try:
            (statement,) = self.env["dunning.statement"]._for_debtors(self.debtor_of(self.customer), NIGHT)
        except UserError:
            return {}
        return {section["currency"]: self.number(section["total"]) for section in statement["sections"]}

    def interest_by_statement(self):
        debtor = self.debtor_of(self.customer)
        owed, _to_come = self.env["dunning.statement"]._owed(self.company, NIGHT, debtor, None)
        return round(float(sum(one.account.left.interest for one in owed[debtor])), 2)

    # -- The page ----------------------------------------------------------------------------------------------------

    def test_credit_note_that_is_not_matched(self):
        self.make_invoice(1000, 20)
        self.make_credit_note(900)

        reminder = self.remind()

        self.assertEqual((reminder.amount_total, self.asked_by_page(reminder)), (100, 100))
        self.assertEqual(self.asked_by_statement(), {"EUR": 100})

    def test_bank_line_after_the_message(self):
        self.make_invoice(1000, 20)
        reminder = self.remind()
        self.assertEqual(self.asked_by_page(reminder), 1000)

        self.make_bank_line(1000, partner=self.customer)

        self.assertEqual(self.asked_by_page(reminder), 0)
        self.assertEqual(self.asked_by_statement(), {})

    def test_money_beyond_the_invoice_pays_its_charges(self):
        self.second.write({"costs": "collection", "asks_interest": True})
        invoice = self.make_invoice(1000, 40)
        reminder = self.say(invoice, self.second, 20, line_vals={
            "law_id": self.env.ref("debto_dunning.law_be_business").id, "amount_asked": 1000, "amount_cost": 40})
        self.env["dunning.charge"]._update_from_log(self.items_of(invoice))
        self.assertEqual(self.asked_by_page(reminder), 1040)

        line = self.make_bank_line(1030, partner=self.customer)
        self.assertEqual(self.asked_by_page(reminder), 10)

        line.amount = 1040
        self.assertEqual(self.asked_by_page(reminder), 0)

    def test_part_on_hold_is_not_asked(self):
        invoice = self.make_invoice(100, 20)
        reminder = self.remind()

        self.env["dunning.hold"].sudo().create({
            "move_line_id": self.items_of(invoice).id, "kind": "person", "amount": 40, "note": "talks"})

        self.assertEqual(self.asked_by_page(reminder), 60)

    def test_all_in_all(self):
        self.make_invoice(70, 20)
        self.make_invoice(100, 2)

        reminder = self.remind()

        self.assertEqual(reminder.amount_total, 70)
        self.assertRegex(reminder._render_mail()["body"], r"All in all, <strong>\D*170\.00")

    # -- The statement -----------------------------------------------------------------------------------------------

    def test_interest_stops_for_what_was_received(self):
        self.second.write({"costs": "none", "asks_interest": True})
        self.make_invoice(10000, 60)
        without = self.interest_by_statement()
        self.assertGreater(without, 100)

        self.make_payment(9000, when=60)

        self.assertAlmostEqual(self.interest_by_statement(), without / 10, delta=0.02)

    def test_two_currencies_count_money_once(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({
            "currency_id": dollar.id, "company_id": self.company.id, "name": days_ago(100), "rate": 1.25})
        self.make_invoice(1250, 40, currency_id=dollar.id)
        self.make_invoice(1000, 20)

        self.make_payment(1000, when=40)

        self.assertEqual(self.asked_by_statement(), {"EUR": 1000})

    def test_bank_money_goes_to_a_debit(self):
        self.make_entry(50)
        self.assertEqual(self.asked_by_statement(), {"EUR": 50})

        self.make_bank_line(50, partner=self.customer)

        self.assertEqual(self.asked_by_statement(), {})

    def test_bank_money_for_a_debit_and_an_invoice(self):
        self.make_invoice(200, 20)
        self.make_entry(50)
        self.make_payment(30)
        self.make_bank_line(40, partner=self.customer)

        self.assertEqual(self.asked_by_statement(), {"EUR": 180})

    # -- The cover ---------------------------------------------------------------------------------------------------

    def opening(self, *numbers):
        """One opening entry that takes over invoices of 100 with these numbers in their labels."""
        receivable = self.customer.property_account_receivable_id
        move = self.env["account.move"].create({
            "journal_id": self.company_data["default_journal_misc"].id, "date": days_ago(60),
            "line_ids": [
                *(Command.create({
                    "account_id": receivable.id, "partner_id": self.customer.id, "balance": 100, "name": number,
                    "date_maturity": days_ago(30)}) for number in numbers),
                Command.create({
                    "account_id": self.company_data["default_account_expense"].id, "balance": -100 * len(numbers)})]})
        move.action_post()
        return move.line_ids.filtered("date_maturity").sorted("id")

    def test_money_names_an_opening_item(self):
        self.company.dunning_opening_entries = True
        first, second = self.opening("OLD/1001", "OLD/1002")

        self.make_bank_line(100, "betaling OLD/1002", partner=self.customer)

        covered = [self.decide()[item.id].covered for item in (first, second)]
        self.assertEqual(tuple(covered), (0, 100))

    def test_opening_items_count_when_reminders_are_switched_on(self):
        self.company.dunning_opening_entries = True
        self.opening("OLD/1001", "OLD/1002")
        self.make_invoice(100, -5)

        wizard = self.env["dunning.activate"].create({"company_id": self.company.id})

        self.assertEqual((wizard.overdue_count, wizard.overdue_customer_count), (2, 1))
        self.assertEqual(len(self.company._dunning_open_countries()), 1)

    def test_label_without_a_number_names_nothing(self):
        self.company.dunning_opening_entries = True
        first, second = self.opening("invoice", "opening 2025")

        self.make_bank_line(100, "invoice of last month", partner=self.customer)

        covered = [self.decide()[item.id].covered for item in (first, second)]
        self.assertEqual(tuple(covered), (100, 0))

    def test_direct_debit_that_came_back_covers_nothing(self):
        invoice = self.make_invoice(100, 20)
        self.make_bank_line(100, f"collected {invoice.name}", when=8, partner=self.customer)
        self.assertCovered({invoice: 100})

        self.make_bank_line(-100, f"returned {invoice.name}", when=3, partner=self.customer)

        self.assertCovered({invoice: 0})

    def test_returned_line_of_the_same_amount(self):
        invoice = self.make_invoice(100, 20)
        self.make_bank_line(70, when=8, partner=self.customer)

        self.make_bank_line(-70, when=3, partner=self.customer)

        self.assertCovered({invoice: 0})

    def test_credit_note_refunded_by_the_bank(self):
        invoice = self.make_invoice(100, 20)
        self.make_credit_note(60)
        self.assertCovered({invoice: 60})

        self.make_bank_line(-60, when=3, partner=self.customer)

        self.assertCovered({invoice: 0})

    def test_refund_registered_and_on_the_bank_counts_once(self):
        invoice = self.make_invoice(100, 20)
        self.make_credit_note(60)
        self.make_credit_note(60)
        self.make_payout(60, when=4)

        self.make_bank_line(-60, when=3, partner=self.customer)

        self.assertCovered({invoice: 60})

    def test_what_we_pay_a_customer_as_supplier_takes_nothing(self):
        invoice = self.make_invoice(100, 20)
        self.make_bank_line(100, when=8, partner=self.customer)

        self.make_bank_line(-55, when=3, partner=self.customer)

        self.assertCovered({invoice: 100})
