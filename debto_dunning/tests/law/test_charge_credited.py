"""Costs and interest that are not owed, as the invoice was credited or another law holds: seen at once, and what was
booked of them is credited whole.
"""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .asked_common import AskedCommon


@tagged("-at_install", "post_install", "debto_dunning")
class TestChargeCredited(AskedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask_at_once()
        cls.customer = cls.make_business("Peeters", "be")

    def credit(self, invoice, amount):
        note = self.make_credit_note(amount, invoice)
        (self.items_of(note) + self.items_of(invoice)).reconcile()
        return note

    def booked(self, amount=300):
        """An invoice of which costs of 40 and interest of 0.60 were asked on 9 March, and the document over both."""
        self.first.gives_notice = True
        self.book("level", dunning_charge_level=1)
        invoice = self.invoice_due("2026-03-02", amount, self.customer)
        self.night("2026-03-09")
        self.env["dunning.charge"].sudo()._book_from_step()
        document = self.charges_of(invoice).charge_move_ids
        self.assertEqual(document.amount_total, 40.6)
        return invoice, document

    def become_consumer(self):
        self.debtor_of(self.customer).kind_override = "consumer"

    def open_balance(self):
        return round(sum(self.env["account.move.line"].search([
            ("partner_id", "=", self.customer.id), ("account_type", "=", "asset_receivable"),
            ("parent_state", "=", "posted"), ("reconciled", "=", False)]).mapped("amount_residual")), 2)

    def due_on(self, on):
        """What the customer's statement asks on a day; 0 where nothing is due."""
        self.env.invalidate_all()
        with freeze_time(f"{on} 10:00:00"):
            try:
                (statement,) = self.env["dunning.statement"]._for_debtors(self.debtor_of(self.customer))
            except UserError:
                return 0
        (section,) = statement["sections"]
        return self.number(section["total"])

    # -- The whole invoice is credited -------------------------------------------------------------------------------

    def test_full_credit_at_once(self):
        for kind in ("business", "consumer"):
            with self.subTest(kind=kind):
                self.customer = getattr(self, f"make_{kind}")(f"Credited {kind}", "be")
                invoice = self.invoice_due("2026-03-02", 1000, self.customer)
                messages = self.night("2026-03-09") | self.night("2026-03-25")
                asked = messages.filtered(lambda c: c.line_ids.filtered("amount_cost"))[-1:]
                self.assertTrue(asked)

                self.credit(invoice, 1000)

                # before any night
                with freeze_time("2026-03-25 10:00:00"):
                    self.assertEqual(self.number(asked._portal_values()["total"]), 0)
                    self.assertIsNone(asked._portal_code(asked._portal_lines()))
                self.assertEqual(self.due_on("2026-03-25"), 0)

    def test_paid_before_costs_were_owed(self):
        self.customer = self.make_consumer("In time", "be")
        invoice = self.invoice_due("2026-03-02", 1000, self.customer)
        self.night("2026-03-09")
        asked = self.night("2026-04-01")
        self.assertGreater(asked.line_ids.amount_cost, 0)

        # booked after the costs were asked
        self.pay_on(invoice, "2026-03-12")

        with freeze_time("2026-04-01 10:00:00"):
            self.assertEqual(self.number(asked._portal_values()["total"]), 0)
        self.assertEqual(self.due_on("2026-04-01"), 0)

    def test_paid_late_still_asked(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.customer)
        asked = self.night("2026-03-09")

        self.pay_on(invoice, "2026-03-09")

        with freeze_time("2026-03-09 10:00:00"):
            self.assertEqual(self.number(asked._portal_values()["total"]), 42.01)
        self.assertEqual(self.due_on("2026-03-09"), 42.01)

    def test_full_credit_of_booked_costs(self):
        invoice, document = self.booked()
        asked = self.communications.search([("line_ids.move_id", "=", invoice.id)])
        self.credit(invoice, 300)

        with freeze_time("2026-03-10 10:00:00"):
            self.assertEqual(self.number(asked._portal_values()["total"]), 0)
        self.night("2026-03-10")

        self.assertEqual((document.amount_residual, self.open_balance()), (0, 0))

    # -- What was booked is credited ---------------------------------------------------------------------------------

    def test_document_paid_in_part(self):
        invoice, document = self.booked()
        payment = self.pay_on(document, "2026-03-10", 15)
        self.become_consumer()

        notice = self.night("2026-03-16")

        self.assertTrue(notice.line_ids.is_notice)
        self.assertEqual(document.reversal_move_ids.amount_total, 40.6)
        self.assertEqual((document.amount_residual, document.reversal_move_ids.amount_residual), (0, 0))
        self.assertEqual(self.items_of(payment.move_id).matched_debit_ids.debit_move_id, self.items_of(invoice))
        self.assertEqual((self.open_balance(), notice.amount_total), (285, 285))
        self.assertAskedEverywhere("2026-03-16", invoice, 285, notice)
        self.night("2026-03-17")
        self.assertEqual(len(document.reversal_move_ids), 1)

    def test_paid_document(self):
        invoice, document = self.booked()
        self.pay_on(document, "2026-03-10")
        self.become_consumer()

        self.night("2026-03-16")
        self.night("2026-03-17")

        self.assertEqual(document.reversal_move_ids.mapped("amount_total"), [40.6])
        self.assertEqual((self.charges_of(invoice).amount_due, self.open_balance()), (0, 259.4))
        self.assertAskedEverywhere("2026-03-17", invoice, 259.4)

    def test_invoice_credited_after_the_costs_were_paid(self):
        invoice, document = self.booked()
        self.pay_on(document, "2026-03-10")
        self.credit(invoice, 300)

        self.night("2026-03-11")

        self.assertEqual((self.charges_of(invoice).state, self.open_balance()), ("waived", -40.6))

    def test_waived_by_a_person_keeps_what_was_paid(self):
        invoice, document = self.booked()
        self.pay_on(document, "2026-03-10", 15)

        self.charges_of(invoice)._waive("Good customer")

        self.assertEqual(document.reversal_move_ids.amount_total, 25.6)
        self.assertEqual((document.amount_residual, self.open_balance()), (0, 300))

    def test_written_off_document_gives_no_credit(self):
        _invoice, document = self.booked()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=document.ids).create({
                "payment_date": "2026-03-10", "amount": 0.6, "payment_difference_handling": "reconcile",
                "writeoff_account_id": self.company_data["default_account_expense"].id,
                "installments_mode": "full"})._create_payments()
        self.become_consumer()

        self.night("2026-03-16")

        self.assertFalse(document.reversal_move_ids)
        self.assertEqual(self.open_balance(), 300)
