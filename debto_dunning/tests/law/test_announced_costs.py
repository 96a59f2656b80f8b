"""Costs asked of a customer are never more than what the notice of the law announced for them."""

from odoo import Command
from odoo.tests import tagged

from .asked_common import AskedCommon
from .charge_common import day


@tagged("-at_install", "post_install", "debto_dunning")
class TestAnnouncedCosts(AskedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second.waits_for_law = True
        cls.last.active = False
        cls.dutch = cls.make_consumer("De Vries", "nl")
        cls.belgian = cls.make_consumer("Peeters", "be")

    @staticmethod
    def announced(notice):
        """{document: costs that the notice announces}, of several instalments in all."""
        found = {}
        for line in notice.line_ids.filtered("is_notice"):
            found[line.document] = found.get(line.document, 0) + float(line.calculation["announced"])
        return found

    @staticmethod
    def asked(communications):
        """{document: costs that the messages ask}, of several instalments in all."""
        found = {}
        for line in communications.line_ids.filtered("level_id"):
            found[line.document] = round(found.get(line.document, 0) + line.amount_cost, 2)
        return found

    def take_back(self, payment):
        payment.move_id.line_ids.remove_move_reconcile()
        payment.action_draft()
        payment.action_cancel()

    # -- The claim grows after the notice ----------------------------------------------------------------------------

    def test_payment_returned_after_the_notice(self):
        for customer, named in ((self.dutch, 40), (self.belgian, 20)):
            with self.subTest(country=customer.country_id.code):
                invoice = self.invoice_due("2026-03-02", 1000, customer)
                payment = self.pay_on(invoice, "2026-03-05", 900)
                notice = self.night("2026-03-09").filtered(lambda c, who=customer: c.customer_id == who)
                self.assertEqual(self.announced(notice), {invoice.name: named})
                self.take_back(payment)

                reminder = self.night("2026-04-08").filtered(lambda c, who=customer: c.customer_id == who)

                self.assertEqual(self.asked(reminder), {invoice.name: named})
                self.assertEqual(reminder.line_ids.amount_asked, 1000)
                self.assertEqual(reminder.line_ids.calculation["costs"]["kind"], "announced")
                self.assertIn("lowered to what the notice announced", str(reminder._render_mail()["body"]))

    def test_costs_asked_before_the_payment_returned(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.dutch)
        payment = self.pay_on(invoice, "2026-03-05", 900)
        self.night("2026-03-09")
        first = self.night("2026-03-31")
        self.last.active = True
        self.take_back(payment)

        second = self.night("2026-05-08")

        self.assertEqual((self.asked(first), self.asked(second)), ({invoice.name: 40}, {invoice.name: 40}))

    def test_bank_line_of_another_customer(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.dutch)
        bank_line = self.make_bank_line(900, partner=self.dutch, when=3)
        notice = self.night("2026-03-09")
        self.assertEqual(self.announced(notice), {invoice.name: 40})
        bank_line.partner_id = False

        reminder = self.night("2026-04-05")

        self.assertEqual(self.asked(reminder), {invoice.name: 40})

    def test_invoice_raised(self):
        invoice = self.invoice_due("2026-03-02", 100, self.belgian)
        self.night("2026-03-09")
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 1000
        invoice.action_post()

        reminder = self.night("2026-04-02")

        self.assertEqual(self.asked(reminder), {invoice.name: 20})
        self.assertGreater(reminder.line_ids.amount_interest, 0)

    def test_instalments_become_one(self):
        invoice = self.make_invoice(2000, partner=self.dutch, instalments=[(50, 12), (50, -40)])
        notice = self.night("2026-03-11")
        self.assertEqual(self.announced(notice), {invoice.name: 150})
        invoice.button_draft()
        invoice.write({"invoice_payment_term_id": False, "invoice_date_due": "2026-02-27"})
        invoice.action_post()

        reminder = self.night("2026-04-03")

        self.assertEqual(self.asked(reminder), {invoice.name: 150})

    def test_other_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        for on, rate in (("2026-01-01", 1.10), ("2026-03-20", 1.40)):
            self.env["res.currency.rate"].create({
                "currency_id": dollar.id, "name": on, "rate": rate, "company_id": self.company.id})
        invoice = self.invoice_due("2026-03-02", 100, self.belgian, currency_id=dollar.id)
        notice = self.night("2026-03-09")
        self.assertEqual(self.announced(notice), {invoice.name: 22})

        reminder = self.night("2026-03-24")

        self.assertEqual(self.asked(reminder), {invoice.name: 22})

    # -- Several claims ----------------------------------------------------------------------------------------------

    def test_claim_of_an_earlier_letter_paid(self):
        first = self.invoice_due("2026-03-02", 100, self.dutch)
        self.night("2026-03-09")
        self.night("2026-03-31")
        second = self.invoice_due("2026-03-25", 3000, self.dutch)
        letter = self.night("2026-04-01")
        # 435 on 3,100, less the 40 asked of the first
        self.assertEqual(self.announced(letter), {second.name: 395})
        self.pay_on(first, "2026-04-10", 100)
        self.night("2026-04-11")

        reminder = self.night("2026-04-27")

        self.assertEqual(self.asked(reminder), {second.name: 395})

    def test_claim_of_an_earlier_letter_paid_with_more(self):
        first = self.invoice_due("2026-03-02", 2500, self.dutch)
        self.night("2026-03-09")
        self.night("2026-03-31")
        second = self.invoice_due("2026-03-25", 2500, self.dutch)
        letter = self.night("2026-04-01")
        self.assertEqual(self.announced(letter), {second.name: 250})
        self.pay_on(first, "2026-04-10", 2500 + 383)
        self.night("2026-04-11")

        reminder = self.night("2026-04-27")

        self.assertEqual(self.asked(reminder), {second.name: 250})

    def test_one_of_two_paid_in_time(self):
        """One letter names one sum; where one claim is paid in time, the costs of the other stay within that sum."""
        paid, late = (self.invoice_due("2026-03-02", 100, self.dutch) for _number in range(2))
        letter = self.night("2026-03-09")
        self.assertEqual(sum(self.announced(letter).values()), 40)
        self.pay_on(paid, "2026-03-12", 100)

        reminder = self.night("2026-03-31")

        self.assertEqual(self.asked(reminder), {late.name: 40})

    def test_one_of_two_paid_with_its_costs(self):
        paid, late = self.invoice_due("2026-03-02", 100, self.dutch), self.invoice_due("2026-03-02", 3000, self.dutch)
        self.night("2026-03-09")
        first = self.night("2026-03-31")
        self.assertEqual(self.asked(first), {paid.name: 14.03, late.name: 420.97})
        self.pay_on(paid, "2026-04-02", 100)
        self.last.active = True

        second = self.night("2026-05-08")

        self.assertEqual(second.line_ids.filtered("level_id").amount_cost, 420.97)

    def test_both_grow(self):
        invoices = [self.invoice_due("2026-03-02", 1000, self.dutch) for _number in range(2)]
        payments = [self.pay_on(invoice, "2026-03-05", 900) for invoice in invoices]
        letter = self.night("2026-03-09")
        self.assertEqual(sum(self.announced(letter).values()), 40)
        for payment in payments:
            self.take_back(payment)

        reminder = self.night("2026-03-31")

        self.assertEqual(sum(self.asked(reminder).values()), 40)

    def test_higher_notice_given_anew(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.belgian)
        payment = self.pay_on(invoice, "2026-03-05", 900)
        notice = self.night("2026-03-09")
        self.take_back(payment)
        notice.line_ids._make_void()

        again = self.night("2026-03-20")
        reminder = self.night("2026-04-10")

        self.assertEqual((self.announced(again), self.asked(reminder)), ({invoice.name: 90}, {invoice.name: 90}))

    # -- Instalments of one invoice (Belgium: the scale is for an invoice) --------------------------------------------

    def test_instalments_of_one_notice(self):
        invoice = self.make_invoice(800, partner=self.belgian, instalments=[(50, 12), (50, 11)])

        notice = self.night("2026-03-11")
        reminder = self.night("2026-03-28")

        # 65 and 5 % of the 300 above 500
        self.assertEqual((self.announced(notice), self.asked(reminder)), ({invoice.name: 80}, {invoice.name: 80}))
        self.assertEqual(reminder.line_ids.mapped("amount_cost"), [40, 40])

    def test_instalments_of_two_notices(self):
        invoice = self.make_invoice(800, partner=self.belgian, instalments=[(50, 12), (50, 2)])
        first = self.night("2026-03-11")

        second = self.night("2026-03-18")
        reminders = self.night("2026-03-28") | self.night("2026-04-06")

        self.assertEqual((self.announced(first), self.announced(second)), ({invoice.name: 55}, {invoice.name: 25}))
        self.assertEqual(self.asked(reminders), {invoice.name: 80})

    def test_second_instalment_after_the_costs_of_the_first(self):
        invoice = self.make_invoice(800, partner=self.belgian, instalments=[(50, 12), (50, -20)])
        self.night("2026-03-11")
        first = self.night("2026-03-28")
        self.assertEqual(self.asked(first), {invoice.name: 55})

        notice = self.night("2026-04-08")
        second = self.night("2026-04-25")

        self.assertEqual((self.announced(notice), self.asked(second)), ({invoice.name: 25}, {invoice.name: 25}))

    def test_credited_instalment(self):
        """On the 600 that are left the scale gives 70; the share of the credited instalment falls with it."""
        invoice = self.make_invoice(800, partner=self.belgian, instalments=[(50, 12), (50, 11)])
        self.night("2026-03-11")
        self.night("2026-03-28")
        note = self.make_credit_note(200, invoice)
        (self.items_of(note) + self.items_of(invoice)[0]).reconcile()

        self.run_night(day("2026-03-29"))

        self.assertEqual(sorted(self.charges_of(invoice).mapped("cost_amount")), [20, 40])

    def test_invoices_have_costs_of_their_own(self):
        invoices = [self.invoice_due("2026-03-02", 400, self.belgian) for _number in range(2)]

        self.night("2026-03-09")
        reminder = self.night("2026-03-24")

        self.assertEqual(self.asked(reminder), {invoice.name: 55 for invoice in invoices})

    def test_items_of_an_entry_are_claims_of_their_own(self):
        self.company.dunning_opening_entries = True
        receivable = self.belgian.property_account_receivable_id
        entry = self.env["account.move"].create({
            "move_type": "entry", "date": "2026-02-01",
            "journal_id": self.company_data["default_journal_misc"].id,
            "line_ids": [
                *(Command.create({
                    "account_id": receivable.id, "partner_id": self.belgian.id, "debit": 100, "name": name,
                    "date_maturity": "2026-03-02", "dunning_delivered": "Wood"}) for name in ("Old 1", "Old 2")),
                Command.create({"account_id": self.company_data["default_account_revenue"].id, "credit": 200})]})
        entry.action_post()
        entry.line_ids.no_followup = False

        notice = self.night("2026-03-09")

        self.assertEqual(notice.line_ids.filtered("is_notice").mapped(
            lambda line: float(line.calculation["announced"])), [20, 20])
