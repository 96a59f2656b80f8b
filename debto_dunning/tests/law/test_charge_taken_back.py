"""Costs and interest that do not hold any more are taken back everywhere."""

from odoo.tests import tagged

from .asked_common import AskedCommon
from .charge_common import day


@tagged("-at_install", "post_install", "debto_dunning")
class TestChargeTakenBack(AskedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask_at_once()
        cls.first.gives_notice = True
        cls.customer = cls.make_business("Peeters", "be")

    def charged_as_business(self, amount=300):
        """An invoice of which 40 and interest of 7 days were asked on 9 March."""
        invoice = self.invoice_due("2026-03-02", amount, self.customer)
        asked = self.night("2026-03-09")
        self.assertEqual(self.charges_of(invoice).cost_amount, 40)
        return invoice, asked

    def become_consumer(self):
        self.debtor_of(self.customer).kind_override = "consumer"

    def test_free_notice_leads_to_the_invoice_alone(self):
        invoice, _asked = self.charged_as_business()
        self.become_consumer()

        notice = self.night("2026-03-16")

        self.assertTrue(notice.line_ids.is_notice)
        self.assertEqual(notice.amount_total, 300)
        self.assertAskedEverywhere("2026-03-16", invoice, 300, notice)

    def test_free_notice_sent_by_hand(self):
        """Between the change and the message there is no night."""
        invoice, _asked = self.charged_as_business()
        self.become_consumer()

        notice = self.send_by_hand(invoice, "2026-03-16")

        self.assertTrue(notice.line_ids.is_notice)
        self.assertAskedEverywhere("2026-03-16", invoice, 300, notice)

    def test_page_and_statement_at_once(self):
        """On the day of the change, before anything else was sent."""
        invoice, asked = self.charged_as_business()
        self.become_consumer()

        found = self.asked_on("2026-03-10", invoice, asked)

        self.assertEqual((found["page"], found["code"], found["statement"]), (300, 300, 300))

    def test_the_night_takes_back_without_a_message(self):
        invoice, _asked = self.charged_as_business()
        self.become_consumer()

        self.assertFalse(self.night("2026-03-11"))

        self.assertAskedEverywhere("2026-03-11", invoice, 300)
        self.assertIn("does not hold for this customer", str(invoice.message_ids.mapped("body")))

    def test_what_was_booked_is_credited_once(self):
        self.book("level", dunning_charge_level=1)
        invoice, asked = self.charged_as_business()
        self.env["dunning.charge"].sudo()._book_from_step()
        document = self.charges_of(invoice).charge_move_ids
        self.become_consumer()

        self.night("2026-03-10")
        self.night("2026-03-11")

        self.assertEqual((document.amount_residual, len(document.reversal_move_ids)), (0, 1))
        self.assertAskedEverywhere("2026-03-11", invoice, 300, asked)

    def test_charges_left_open_of_a_paid_invoice_are_waived(self):
        invoice, _asked = self.charged_as_business()
        self.pay_on(invoice, "2026-03-10")
        self.run_night(day("2026-03-11"))
        charge = self.charges_of(invoice)
        self.assertEqual(charge.state, "open")
        self.become_consumer()

        self.deliver(day("2026-03-12"))
        self.night("2026-03-13")

        self.assertRecordValues(charge, [{"state": "waived", "amount_due": 0}])
        self.assertFalse(self.communications.search([("line_ids.charge_id", "=", charge.id), ("state", "=", "sent")]))

    def test_consumer_who_is_a_business_after_all_is_asked_again(self):
        invoice, _asked = self.charged_as_business()
        self.become_consumer()
        self.night("2026-03-11")
        self.debtor_of(self.customer).kind_override = "business"

        second = self.night("2026-03-16")

        # 300 × 10.5 × 14 / 36,500
        self.assertAsked(second, 40, 1.21)
        self.assertAskedEverywhere("2026-03-16", invoice, 341.21, second)

    def test_customer_who_moves_to_another_country(self):
        self.company.dunning_law_of = "debtor"
        invoice, asked = self.charged_as_business()
        self.customer.country_id = self.env.ref("base.ch")

        second = self.night("2026-03-16")

        self.assertAsked(second, 0, 0)
        for message in (asked, second):
            self.assertAskedEverywhere("2026-03-16", invoice, 300, message)

    def test_clause_that_is_withdrawn(self):
        self.become_consumer()
        invoice = self.invoice_due("2026-03-02", 300, self.customer)
        self.night("2026-03-09")
        asked = self.night("2026-04-01")
        self.assertEqual(asked.line_ids.amount_cost, 45)
        self.company.dunning_clause_mutual = False

        found = self.asked_on("2026-04-01", invoice, asked)
        self.assertEqual((found["page"], found["code"], found["statement"]), (300, 300, 300))
        self.night("2026-04-02")

        self.assertAskedEverywhere("2026-04-02", invoice, 300, asked)

    def test_credit_note_lowers_costs_and_interest_at_once(self):
        self.become_consumer()
        invoice = self.invoice_due("2026-03-02", 1000, self.customer)
        self.night("2026-03-09")
        asked = self.night("2026-04-01")
        self.assertAsked(asked, 90, 2.59)
        credit = self.make_credit_note(600, invoice)
        (self.items_of(credit) + self.items_of(invoice)).reconcile()

        # on 400: 30 + 25, and 400 × 10.5 × 9 / 36,500
        found = self.asked_on("2026-04-01", invoice, asked)
        self.assertEqual((found["page"], found["code"], found["statement"]), (456.04, 456.04, 456.04))
        self.run_night(day("2026-04-02"))

        self.assertEqual(self.charges_of(invoice).amount_due, 56.04)

    def test_taking_back_does_not_ask_the_database_for_each(self):
        for number in range(3):
            self.invoice_due("2026-03-02", 100 + number, self.customer)
        self.night("2026-03-09")
        charges, counts = self.env["dunning.charge"].sudo(), []
        self.assertEqual(charges.search_count([("cost_amount", ">", 0)]), 3)

        for _round in range(2):
            charges._settle(self.company, day("2026-03-10"))
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            charges._settle(self.company, day("2026-03-10"))
            counts.append(self.cr.sql_log_count - before)
            for number in range(5):
                self.invoice_due("2026-03-03", 200 + number, self.customer)
            self.night("2026-03-10")

        self.assertGreaterEqual(*counts)
