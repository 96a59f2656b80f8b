"""Debits that are no invoice, write-offs, discounts for early payment, and what payments say themselves."""

from odoo import Command
from odoo.tests import tagged

from ..common import NIGHT, DunningCommon, days_ago


class LedgerTruthCommon(DunningCommon):
    @classmethod
    def make_entry(cls, debit, account=None, partner=None, when=30, journal=None, maturity=None):
        """An entry on the customer's receivable account; a negative debit is a credit."""
        receivable = (partner or cls.customer).property_account_receivable_id
        move = cls.env["account.move"].create({
            "journal_id": (journal or cls.company_data["default_journal_misc"]).id, "date": days_ago(when),
            "line_ids": [
                Command.create({
                    "account_id": receivable.id, "partner_id": (partner or cls.customer).id, "balance": debit,
                    "date_maturity": maturity}),
                Command.create({
                    "account_id": (account or cls.company_data["default_account_expense"]).id, "balance": -debit}),
            ]})
        move.action_post()
        return move.line_ids.filtered(lambda line: line.account_id == receivable)

    @classmethod
    def make_payout(cls, amount, when=5):
        """Money paid back to the customer, matched with nothing."""
        return cls.make_payment(
            amount, when, payment_type="outbound", partner_type="customer").move_id.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable")

    def refreshed(self, partner=None):
        debtor = self.debtor_of(partner or self.customer)
        self.env["dunning.debtor"]._refresh(self.company, NIGHT)
        return debtor

    def assertOwes(self, **figures):
        """The figures of the customer, refreshed for all and for this one alone."""
        debtor = self.refreshed()
        self.assertRecordValues(debtor, [figures])
        debtor.sudo().write(dict.fromkeys(figures, 0))
        debtor.flush_recordset()
        self.env["dunning.debtor"]._refresh(self.company, NIGHT, debtor.partner_id.ids)
        self.assertRecordValues(debtor, [figures])


@tagged("-at_install", "post_install", "debto_dunning")
class TestOtherDebits(LedgerTruthCommon):
    def test_payout_stands_against_the_credit_first(self):
        invoice = self.make_invoice(50, 20)
        self.make_credit_note(50)
        self.make_payout(50)

        self.assertCovered({invoice: 0})
        self.assertStep(invoice, self.first)
        self.assertOwes(open_amount=50, overdue_amount=50, unapplied_amount=0, overdue_count=1)

    def test_who_owes_nothing_is_not_overdue(self):
        self.make_credit_note(50)
        self.make_payout(50)

        self.assertOwes(open_amount=0, overdue_amount=0, unapplied_amount=0, open_count=0, overdue_count=0)

    def test_credit_beyond_the_payout_covers(self):
        invoice = self.make_invoice(100, 20)
        self.make_payment(80)
        self.make_payout(50)

        self.assertCovered({invoice: 30})
        self.assertOwes(open_amount=100, overdue_amount=100, unapplied_amount=30)

    def test_debit_beyond_the_credits_is_owed_and_takes_money_of_the_bank(self):
        invoice = self.make_invoice(100, 20)
        self.make_payment(30)
        self.make_entry(50)
        self.assertOwes(open_amount=120, overdue_amount=120, unapplied_amount=0, open_count=2)

        self.make_bank_line(60, partner=self.customer)

        self.assertCovered({invoice: 40})

    def test_money_that_names_an_invoice_covers_it_before_other_debits(self):
        invoice = self.make_invoice(100, 20)
        self.make_entry(100)

        self.make_bank_line(100, text=f"payment {invoice.name}", partner=self.customer)

        self.assertCovered({invoice: 100})

    def test_credit_note_that_names_none_goes_before_one_that_does(self):
        named, other = self.make_invoice(100, 20), self.make_invoice(100, 30)
        self.make_credit_note(100, invoice=named)
        self.make_credit_note(40)

        self.make_payout(40)

        self.assertCovered({named: 100, other: 0})

    def test_payout_of_the_credit_note_of_an_open_invoice(self):
        named = self.make_invoice(100, 20)
        self.make_credit_note(60, invoice=named)

        self.make_payout(60)

        self.assertCovered({named: 0})

    def test_opening_debit_counts_as_an_item_only_where_opening_entries_do(self):
        invoice = self.make_invoice(100, 20)
        self.make_entry(70, maturity=days_ago(40))
        self.make_payment(70)
        self.assertCovered({invoice: 0})

        self.company.dunning_opening_entries = True

        self.assertCovered({invoice: 0})
        self.assertOwes(open_amount=170, overdue_amount=170, unapplied_amount=70)

    def test_another_customers_payout_takes_nothing(self):
        invoice = self.make_invoice(100, 20)
        self.make_payment(100)

        self.make_entry(100, partner=self.make_customer("Stranger"))

        self.assertCovered({invoice: 100})

    def test_statement_gives_what_is_owed_in_all(self):
        self.make_invoice(100, 20)
        self.make_payment(30)
        self.make_entry(50)

        statement, = self.env["dunning.statement"]._for_debtors(self.debtor_of(self.customer), NIGHT)

        section, = statement["sections"]
        self.assertIn("120.00", section["total"])
        self.assertEqual(len(section["claims"]), 2)

    def test_statement_without_an_invoice(self):
        self.make_entry(50)
        self.make_payment(20)

        statement, = self.env["dunning.statement"]._for_debtors(self.debtor_of(self.customer), NIGHT)

        self.assertIn("30.00", statement["sections"][0]["total"])

    def test_free_money_covers_held_items_last(self):
        held, free = self.make_invoice(100, 30), self.make_invoice(100, 20)
        self.env["dunning.hold"].sudo().create({
            "move_id": held.id, "company_id": self.company.id, "kind": "person", "note": "talks"})

        self.make_payment(130)

        self.assertCovered({held: 30, free: 100})


@tagged("-at_install", "post_install", "debto_dunning")
class TestWriteOffs(LedgerTruthCommon):
    def write_off(self, invoice, amount, when=0):
        credit = self.make_entry(-amount, when=when)
        (credit + self.items_of(invoice)).reconcile()

    def test_write_off_is_no_late_payment(self):
        invoice = self.make_invoice(100, 55)

        self.write_off(invoice, 100)

        self.assertOwes(settled_count=0, average_days_late=0, last_payment_date=False)
        self.assertFalse(invoice._dunning_last_payment()[0])
        self.assertFalse(self.env["dunning.charge"]._items_paid_late(self.company, "2000-01-01"))

    def test_small_difference_written_off_later_does_not_make_it_late(self):
        invoice = self.make_invoice(100, 55)
        self.pay(invoice, 99, when=56)

        self.write_off(invoice, 1)

        self.assertOwes(settled_count=1, average_days_late=-1)
        self.assertFalse(self.env["dunning.charge"]._items_paid_late(self.company, "2000-01-01"))

    def test_netting_with_what_the_company_owes_is_no_payment(self):
        invoice = self.make_invoice(100, 55)
        bill = self.env["account.move"].create({
            "move_type": "in_invoice", "partner_id": self.customer.id, "invoice_date": days_ago(20),
            "invoice_line_ids": [Command.create({"name": "x", "price_unit": 100, "tax_ids": []})]})
        bill.action_post()
        payable = bill.line_ids.filtered(lambda line: line.account_type == "liability_payable")

        credit = self.make_entry(-100, account=payable.account_id, when=0)
        (credit + self.items_of(invoice)).reconcile()

        self.assertOwes(settled_count=0, last_payment_date=False)

    def test_statement_calls_a_write_off_by_its_name(self):
        invoice = self.make_invoice(100, 20)
        self.write_off(invoice, 40)
        self.pay(invoice, 10)

        statement, = self.env["dunning.statement"]._for_debtors(self.debtor_of(self.customer), NIGHT)

        texts = [row["text"] for row in statement["sections"][0]["claims"][0]["rows"]]
        payment, = [text for text in texts if text.startswith("Payment")]
        self.assertIn("10.00", payment)
        written_off, = [text for text in texts if text.startswith("Written off")]
        self.assertIn("40.00", written_off)

    def test_entry_in_the_bank_journal_is_a_payment(self):
        invoice = self.make_invoice(100, 20)

        bank = self.company_data["default_journal_bank"]
        credit = self.make_entry(-100, when=5, journal=bank, account=bank.default_account_id)
        (credit + self.items_of(invoice)).reconcile()

        self.assertOwes(settled_count=1, average_days_late=15, last_payment_date=days_ago(5))

    def test_entry_by_way_of_the_transfer_account_is_a_payment(self):
        invoice = self.make_invoice(100, 20)

        credit = self.make_entry(-100, when=5, journal=self.company_data["default_journal_bank"],
                                 account=self.company.transfer_account_id)
        (credit + self.items_of(invoice)).reconcile()

        self.assertOwes(settled_count=1, average_days_late=15, last_payment_date=days_ago(5))

    def test_expense_in_the_bank_journal_is_no_payment(self):
        invoice = self.make_invoice(100, 20)

        credit = self.make_entry(-100, when=5, journal=self.company_data["default_journal_bank"])
        (credit + self.items_of(invoice)).reconcile()

        self.assertOwes(settled_count=0, average_days_late=0, last_payment_date=False)


@tagged("-at_install", "post_install", "debto_dunning")
class TestEarlyPayment(LedgerTruthCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term = cls.env["account.payment.term"].create({
            "name": "2% in 10 days", "early_discount": True, "discount_percentage": 2, "discount_days": 10,
            "early_pay_discount_computation": "included",
            "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 20})]})

    def make_discounted(self, when=40, amount=100):
        """An invoice of so many days ago, due 20 days later, with a discount in the first 10."""
        invoice = self.make_invoice(amount, posted=False)
        invoice.write({"invoice_date": days_ago(when), "invoice_payment_term_id": self.term.id})
        invoice.action_post()
        invoice.is_move_sent = True
        return invoice

    def test_payment_in_time_pays_in_full(self):
        invoice = self.make_discounted()
        payment = self.make_payment(98, when=31)
        (payment.move_id.line_ids + invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()

        row = self.assertLeft(invoice, "covered")

        self.assertEqual((row.open, row.covered, row.asked), (2, 2, 0))

    def test_payment_too_late_leaves_the_discount_asked(self):
        invoice = self.make_discounted()
        payment = self.make_payment(98, when=29)
        (payment.move_id.line_ids + invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()

        self.assertEqual(self.look(invoice).asked, 2)

    def test_bank_line_in_time(self):
        for text in ("thanks", "{name}"):
            invoice = self.make_discounted(35)
            self.make_bank_line(98, text=text.format(name=invoice.name), when=25, partner=self.customer)

            self.assertLeft(invoice, "covered")
            self.env["account.bank.statement.line"].search([]).unlink()
            invoice.button_draft()

    def test_bank_line_too_late(self):
        invoice = self.make_discounted(35)

        self.make_bank_line(98, text=invoice.name, when=24, partner=self.customer)

        self.assertEqual(self.look(invoice).asked, 2)

    def test_less_than_the_discounted_amount(self):
        invoice = self.make_discounted(35)

        self.make_bank_line(97, text=invoice.name, when=25, partner=self.customer)

        self.assertEqual(self.look(invoice).asked, 3)

    def test_several_invoices_in_one_payment(self):
        first, second = self.make_discounted(35), self.make_discounted(34, 50)

        self.make_bank_line(147, text=f"{first.name} {second.name}", when=25, partner=self.customer)

        self.assertCovered({first: 100, second: 50})

    def test_free_money_of_another_amount_gives_no_discount(self):
        invoice = self.make_discounted(35)

        self.make_bank_line(50, when=25, partner=self.customer)

        self.assertCovered({invoice: 50})

    def test_missed_discount_asks_the_full_amount(self):
        invoice = self.make_discounted()

        self.assertEqual(self.assertStep(invoice, self.first).asked, 100)


@tagged("-at_install", "post_install", "debto_dunning")
class TestMemo(LedgerTruthCommon):
    def test_memo_of_a_payment_names_its_invoice(self):
        old, named = self.make_invoice(100, 30), self.make_invoice(100, 20)

        self.make_payment(100, memo=f"Inv. {named.name.replace('/', ' / ')}")

        self.assertCovered({old: 0, named: 100})

    def test_memo_of_a_payment_without_entries(self):
        old, named = self.make_invoice(100, 30), self.make_invoice(100, 20)

        self.make_payment_without_entries(130, memo=named.name)

        self.assertCovered({old: 30, named: 100})

    def test_memo_of_a_strangers_payment_names_nothing_of_ours(self):
        invoice = self.make_invoice(100, 30)

        self.make_payment(100, partner=self.make_customer("Stranger"), memo=invoice.name)

        self.assertCovered({invoice: 0})
