"""The friendly line about an invoice that was paid late without any reminder."""

from odoo.tests import tagged

from ..common import DunningCommon, days_ago


@tagged("-at_install", "post_install", "debto_dunning")
class TestPaidLateLine(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dunning_paid_late = "line"
        # due 20 days before the night, invoiced 30 days earlier
        cls.late = cls.make_invoice(100, overdue=20)

    @classmethod
    def invoice_of(cls, when, **vals):
        """An invoice of so many days before the night, due a month later."""
        return cls.make_invoice(50, overdue=when - 30, invoice_date=days_ago(when), **vals)

    def printed(self, invoice, kind="pdf"):
        return self.env["ir.actions.report"]._render_qweb_html(
            "account.account_invoices", invoice.ids, data={"report_type": kind})[0].decode()

    def test_next_invoice_says_so(self):
        self.pay(self.late, when=14)
        following = self.invoice_of(10)
        self.assertEqual(
            following._dunning_paid_late_line(),
            f"Thank you for paying invoice {self.late.name}, which reached us 6 days after its due date. Please mind "
            "the date on this one.")
        self.assertFalse(self.invoice_of(5)._dunning_paid_late_line(), "said once")
        self.assertTrue(following._dunning_paid_late_line(), "the same at each print")
        self.assertFalse(self.late._dunning_paid_late_line())

    def test_payment_on_the_day_of_an_invoice(self):
        before = self.invoice_of(14)
        self.pay(self.late, when=14)
        self.assertTrue(before._dunning_paid_late_line())
        self.assertFalse(self.invoice_of(14)._dunning_paid_late_line(), "the second of the day")
        self.assertFalse(self.invoice_of(10)._dunning_paid_late_line())

    def test_only_where_the_company_chose_it(self):
        self.pay(self.late, when=14)
        following = self.invoice_of(10)
        for choice in ("nothing", "note"):
            self.company.dunning_paid_late = choice
            self.assertFalse(following._dunning_paid_late_line())

    def test_reminded_invoice_is_passed_over(self):
        said = self.say(self.late, self.first, when=15)
        self.pay(self.late, when=14)
        following = self.invoice_of(10)
        self.assertFalse(following._dunning_paid_late_line())
        said.line_ids._make_void()
        self.assertTrue(following._dunning_paid_late_line(), "a reminder that counts for nothing was no word")

    def test_a_note_before_the_due_date_is_no_reminder(self):
        note = self.make_policy("Note", (0, -5, 0)).level_ids
        self.say(self.late, note, when=25)
        self.pay(self.late, when=14)
        self.assertTrue(self.invoice_of(10)._dunning_paid_late_line())

    def test_in_time_in_part_or_by_credit_note(self):
        punctual, partly, credited = (self.make_invoice(100, overdue=20) for _number in range(3))
        self.pay(punctual, when=20)
        self.pay(partly, 60, when=14)
        credit = self.make_credit_note(100, credited)
        (self.items_of(credited) + self.items_of(credit)).reconcile()
        self.assertFalse(self.invoice_of(10)._dunning_paid_late_line())

    def test_several_and_one_day(self):
        second = self.make_invoice(100, overdue=15)
        self.pay(second, when=14)
        self.assertIn("one day after its due date", self.invoice_of(12)._dunning_paid_late_line())
        third = self.make_invoice(100, overdue=18)
        self.pay(third, when=9)
        self.pay(self.late, when=9)
        self.assertEqual(
            self.invoice_of(8)._dunning_paid_late_line(),
            f"Thank you for paying invoices {self.late.name}, {third.name}, which reached us up to 11 days after "
            "their due dates. Please mind the date on this one.")

    def test_part_payments_count_by_the_last_one(self):
        self.pay(self.late, 50, when=25)
        self.pay(self.late, when=14)
        self.assertIn("6 days", self.invoice_of(10)._dunning_paid_late_line())

    def test_instalment_that_was_late(self):
        invoice = self.make_invoice(100, instalments=[(50, 30), (50, 10)])
        first, second = self.items_of(invoice)
        for item, when in ((first, 26), (second, 12)):
            payment = self.make_payment(50, when=when)
            (item + payment.move_id.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable")).reconcile()
        self.assertIn("4 days", self.invoice_of(8)._dunning_paid_late_line())

    def test_other_customers_and_other_documents(self):
        self.pay(self.late, when=14)
        self.assertFalse(self.invoice_of(10, partner=self.make_customer("Bleu"))._dunning_paid_late_line())
        self.assertFalse(self.make_credit_note(10, partner=self.customer)._dunning_paid_late_line())
        self.assertFalse(self.env["account.move"].create({
            "move_type": "out_invoice", "partner_id": self.customer.id,
            "invoice_date": days_ago(10)})._dunning_paid_late_line())

    def test_contact_of_the_same_customer(self):
        self.pay(self.late, when=14)
        contact = self.make_customer("Branch office", is_company=False, parent_id=self.customer.id)
        self.assertTrue(self.invoice_of(10, partner=contact)._dunning_paid_late_line())

    def test_branch_follows_the_root(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self.env["account.chart.template"].try_loading(self.company.chart_template, branch, install_demo=False)
        self.pay(self.late, when=14)
        following = self.invoice_of(10, company=branch)
        self.assertIn(self.late.name, following._dunning_paid_late_line())
        branch.dunning_paid_late = "nothing"
        self.assertTrue(following._dunning_paid_late_line())

    def test_printed_and_not_in_the_portal(self):
        self.pay(self.late, when=14)
        following = self.invoice_of(10)
        self.assertIn(f"Thank you for paying invoice {self.late.name}", self.printed(following))
        self.assertNotIn("Thank you for paying invoice", self.printed(following, "html"))
        self.assertNotIn("Thank you for paying invoice", self.printed(self.invoice_of(5)))
