"""Costs and interest after they were asked: paid, left open, asked for again, booked, waived."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .charge_common import ChargeCommon, day


@tagged("-at_install", "post_install", "debto_dunning")
class TestCharge(ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask_at_once()

    # -- The invoice is paid -----------------------------------------------------------------------------------------

    def test_interest_ends_on_the_day_of_the_payment(self):
        invoice, charge = self.charged()
        self.assertRecordValues(charge, [{"amount": 42.01, "state": "running"}])
        self.pay_on(invoice, "2026-03-12")
        self.assertEqual(charge.state, "open", "before the night reckons interest to its end")
        self.run_night(day("2026-03-20"))
        # 1,000 × 10.5 × 10 / 36,500
        self.assertRecordValues(charge, [{
            "cost_amount": 40, "interest_amount": 2.88, "amount_due": 42.88, "state": "open",
            "settled_date": day("2026-03-12"), "days_late": 10}])

    def test_who_pays_the_invoice_only_is_asked_for_the_rest_once(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-12")
        message = self.night("2026-03-13")
        self.assertRecordValues(message, [{
            "state": "sent", "level_id": False, "amount_total": 42.88, "amount_charges": 42.88}])
        self.assertEqual(charge.pursued_on, day("2026-03-13"))
        self.assertIn(invoice.name, message.body)
        self.assertIn("42.88", message.body)
        # not as a step of the invoice, and not again by itself
        self.assertEqual(invoice.dunning_level, 1)
        self.assertFalse(self.night("2026-03-20"))
        # but the next reminder of the customer names it
        self.invoice_due("2026-03-16", 500)
        reminder = self.night("2026-03-23")
        self.assertEqual(reminder.line_ids.charge_id, charge)
        # 40 + 500 × 10.5 × 7 / 36,500 = 1.01 of the new one
        self.assertEqual(reminder.amount_total, 500 + 41.01 + 42.88)

    def test_customer_on_hold_or_with_money_there_is_not_asked_for_the_rest(self):
        for name, hold in (
            ("hold", lambda partner: self.debtor_of(partner, hold_until="2026-12-31")),
            ("by hand", lambda partner: self.debtor_of(partner, by_hand_only=True)),
            ("money", lambda partner: self.make_payment(50, partner=partner)),
            ("bank line", lambda partner: self.make_bank_line(50, partner=partner)),
        ):
            with self.subTest(name):
                customer = self.make_business(name, "be")
                invoice, charge = self.charged(partner=customer)
                self.pay_on(invoice, "2026-03-10")
                hold(customer)
                self.assertFalse(self.night("2026-03-11"))
                self.assertEqual(charge.state, "open")

    def test_policy_waives_what_is_little_or_all(self):
        for name, vals, state in (
            ("little", {"waive_below": 43}, "waived"), ("enough", {"waive_below": 42}, "open"),
            ("all", {"left_charges": "waive"}, "waived"),
        ):
            with self.subTest(name):
                self.policy.write({"waive_below": 0, "left_charges": "pursue"})
                customer = self.make_business(name, "be")
                invoice, charge = self.charged(partner=customer)
                self.policy.write(vals)
                self.pay_on(invoice, "2026-03-12")
                self.night("2026-03-12")
                self.assertEqual(charge.state, state)
                if state == "waived":
                    self.assertEqual(charge.amount_due, 0)
                    self.assertIn("waived", "".join(invoice.message_ids.mapped("body")))

    def test_payment_taken_back_lets_the_interest_run_on(self):
        invoice, charge = self.charged()
        payment = self.pay_on(invoice, "2026-03-12")
        self.run_night(day("2026-03-12"))
        payment.action_draft()
        payment.action_cancel()
        self.run_night(day("2026-03-13"))
        self.assertRecordValues(charge, [{"state": "running", "settled_date": False, "pursued_on": False}])

    def test_credited_invoice_owes_nothing(self):
        invoice, charge = self.charged()
        reversal = invoice._reverse_moves([{"date": "2026-03-10"}], cancel=True)
        self.assertEqual(reversal.payment_state, "paid")
        self.run_night(day("2026-03-10"))
        self.assertRecordValues(charge, [{"state": "waived", "amount_due": 0}])

    # -- Booked ------------------------------------------------------------------------------------------------------

    def test_only_stated_books_nothing(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-10", 1042.24)
        self.night("2026-03-10")
        self.assertFalse(charge.charge_move_ids)
        # the money is there, so that nobody asks for it again
        self.assertFalse(self.night("2026-03-11"))

    def test_booked_and_matched_when_the_customer_pays_them(self):
        self.book("paid")
        invoice, charge = self.charged()
        # 40 and 1,000 × 10.5 × 8 / 36,500
        self.pay_on(invoice, "2026-03-10", 1042.30)
        self.run_night(day("2026-03-10"))
        document = charge.charge_move_ids
        self.assertRecordValues(document, [{
            "state": "posted", "move_type": "out_invoice", "amount_total": 42.30, "amount_tax": 0}])
        self.assertEqual(document.invoice_line_ids.mapped("price_unit"), [40, 2.3])
        self.assertEqual(document.invoice_line_ids.account_id, self.cost_account | self.interest_account)
        self.assertFalse(document.invoice_line_ids.tax_ids)
        self.assertEqual(document.amount_residual, 0)
        self.assertRecordValues(charge, [{"state": "paid", "amount_due": 0, "amount_booked": 42.3}])
        self.assertFalse(self.night("2026-03-11"))

    def test_part_of_the_charges_is_booked_so_far_as_it_is_paid(self):
        self.book("paid")
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-10", 1010)
        self.run_night(day("2026-03-10"))
        self.assertRecordValues(charge, [{"state": "open", "amount_due": 32.3, "amount_booked": 10}])

    def test_booked_from_a_step_on(self):
        self.book("level", dunning_charge_level=2)
        _invoice, charge = self.charged()
        self.env["dunning.charge"].sudo()._book_from_step()
        self.assertFalse(charge.charge_move_ids)
        self.night("2026-03-16")
        self.env["dunning.charge"].sudo()._book_from_step()
        # 40 + 1,000 × 10.5 × 14 / 36,500
        self.assertEqual(charge.charge_move_ids.amount_total, 44.03)
        self.env["dunning.charge"].sudo()._book_from_step()
        self.assertEqual(len(charge.charge_move_ids), 1)
        # asked once, though it stands in the ledger twice now: invoice and document
        last = self.night("2026-04-01")
        # 1,000 × 10.5 × 30 / 36,500
        self.assertEqual(last.amount_total, 1000 + 40 + 8.63)
        self.assertFalse(last.line_ids.filtered(lambda line: line.move_id == charge.charge_move_ids))
        self.env["dunning.charge"].sudo()._book_from_step()
        self.assertEqual(sum(charge.charge_move_ids.mapped("amount_total")), 48.63)

    def test_document_has_no_steps_and_bears_nothing(self):
        self.book("level", dunning_charge_level=1)
        _invoice, charge = self.charged()
        self.env["dunning.charge"].sudo()._book_from_step()
        document = charge.charge_move_ids
        document.is_move_sent = True
        self.assertLeft(document, "charge", day("2026-06-01"))
        with self.assertRaisesRegex(UserError, "no steps of their own"):
            action = self.env["dunning.send"]._action_open(moves=document)
            self.env["dunning.send"].browse(action["res_id"]).action_send()

    def test_document_paid_like_any_invoice_closes_the_charge(self):
        self.book("level", dunning_charge_level=1)
        invoice, charge = self.charged()
        self.env["dunning.charge"].sudo()._book_from_step()
        self.pay_on(invoice, "2026-03-09")
        self.pay_on(charge.charge_move_ids, "2026-03-09")
        self.assertFalse(self.night("2026-03-10"))
        self.assertRecordValues(charge, [{"state": "paid", "amount_due": 0}])

    def test_person_books_and_the_money_is_matched(self):
        self.book("stated")
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-09", 1042.01)
        self.run_night(day("2026-03-09"))
        self.assertEqual(charge.state, "open")
        charge.action_book()
        self.assertRecordValues(charge, [{"state": "paid", "amount_due": 0}])
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            charge.action_book()

    def test_booking_without_accounts_says_what_to_choose(self):
        _invoice, charge = self.charged()
        with self.assertRaisesRegex(UserError, "Account for Costs"):
            charge.action_book()
        self.company.dunning_charge_posting = "level"
        self.assertTrue(any("Account for Costs" in text for text in self.company._dunning_law_warnings()))
        self.env["dunning.charge"].sudo()._book_from_step()
        self.assertFalse(charge.charge_move_ids)

    def test_received_elsewhere(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        self.run_night(day("2026-03-10"))
        # a collector who sees no invoices
        clerk = new_test_user(self.env, "charge.collector", groups="debto_dunning.group_dunning_user")
        charge.with_user(clerk).action_received()
        self.assertRecordValues(charge, [{"state": "paid", "amount_due": 0}])
        charge.with_user(clerk).action_not_received()
        self.assertRecordValues(charge, [{"state": "open", "amount_received": 0}])

    # -- Waived ------------------------------------------------------------------------------------------------------

    def waive(self, **vals):
        self.env["dunning.waive"].create({"reason": "Good customer", **vals}).action_waive()

    def test_waived_charges_are_asked_no_more(self):
        invoice, charge = self.charged()
        self.waive(charge_ids=[Command.set(charge.ids)])
        self.assertRecordValues(charge, [{"state": "waived", "amount_due": 0, "waive_reason": "Good customer"}])
        second = self.night("2026-03-20")
        self.assertAsked(second, 0, 0)
        self.assertIn("Good customer", second.line_ids.charge_note)
        self.assertIn("Good customer", invoice.dunning_charge_note)

    def test_waived_before_anything_was_asked(self):
        invoice = self.invoice_due("2026-03-02", 1000)
        self.waive(move_ids=[Command.set(invoice.ids)])
        self.assertAsked(self.night("2026-03-09"), 0, 0)

    def test_waiving_credits_what_is_booked(self):
        self.book("level", dunning_charge_level=1)
        _invoice, charge = self.charged()
        self.env["dunning.charge"].sudo()._book_from_step()
        self.waive(charge_ids=[Command.set(charge.ids)])
        self.assertEqual(charge.charge_move_ids.payment_state, "reversed")
        self.assertEqual(charge.charge_move_ids.amount_residual, 0)

    # -- Log and ledger ----------------------------------------------------------------------------------------------

    def test_withdrawn_message_takes_its_charges_back(self):
        self.customer.email = False
        self.customer.write({"street": "Kerkstraat 1", "city": "Gent"})
        invoice = self.invoice_due("2026-03-02", 1000)
        letter = self.night("2026-03-09")
        self.assertEqual(self.charges_of(invoice).amount, 42.01)
        letter.action_withdraw()
        self.assertEqual(self.charges_of(invoice).amount, 0)

    def test_invoice_posted_anew_keeps_its_charges(self):
        invoice, charge = self.charged()
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(charge.move_line_id, self.items_of(invoice))
        self.assertEqual(charge.amount, 42.01)

    def test_calculation_is_kept_as_it_was_said(self):
        invoice, charge = self.charged()
        self.env.ref("debto_dunning.law_be_business").cost_at_once = 50
        self.assertEqual(charge.calculation["interest"], [{
            "from": "2026-03-03", "to": "2026-03-09", "days": 7, "percent": "10.5", "base": "1000.0",
            "amount": "2.01"}])
        self.assertIn("40.00", charge.explanation)
        self.assertIn("03/09/2026", charge.explanation)
        message = invoice.dunning_communication_ids
        for words in ("40.00", "2.01", "10.5 %", "7 days", "1,042.01"):
            self.assertIn(words, message.body)

    def test_law_that_was_applied_stays(self):
        self.charged()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.env.ref("debto_dunning.law_be_business").unlink()
        self.env.ref("debto_dunning.law_lu_business").unlink()

    def test_charge_stays_and_others_only_read(self):
        _invoice, charge = self.charged()
        with self.assertRaisesRegex(UserError, "stays in the log"):
            charge.unlink()
        colleague = new_test_user(self.env, "charge.colleague", groups="base.group_user")
        clerk = new_test_user(self.env, "charge.clerk", groups="debto_dunning.group_dunning_user")
        self.assertEqual(charge.with_user(colleague).amount, 42.01)
        for user in (colleague, clerk):
            with self.assertRaises(AccessError):
                charge.with_user(user).write({"interest_amount": 0})
        with self.assertRaises(AccessError):
            self.env["dunning.waive"].with_user(colleague).create({"reason": "x"})
        self.env["dunning.waive"].with_user(clerk).create({
            "reason": "Agreed", "charge_ids": [Command.set(charge.ids)]}).action_waive()
        self.assertEqual(charge.state, "waived")

    # -- Paid late without a word ------------------------------------------------------------------------------------

    def test_interest_of_what_was_paid_late_without_a_word(self):
        self.company.dunning_paid_late = "note"
        self.run_night(day("2026-03-01"))
        with self.subTest("in time"):
            early = self.invoice_due("2026-03-02", 1000)
            self.pay_on(early, "2026-03-02")
        late = self.invoice_due("2026-03-02", 1000)
        self.pay_on(late, "2026-03-06")
        small = self.invoice_due("2026-03-02", 100)
        self.pay_on(small, "2026-03-06")
        consumer = self.invoice_due("2026-03-02", 1000, self.make_consumer("Peeters", "be"))
        self.pay_on(consumer, "2026-03-06")
        self.policy.waive_below = 1
        message = self.night("2026-03-09")
        # 1,000 × 10.5 × 4 / 36,500
        self.assertEqual(message.amount_total, 1.15)
        self.assertEqual(message.line_ids.move_id, late)
        self.assertFalse(self.charges_of(early) | self.charges_of(small) | self.charges_of(consumer))
        self.assertFalse(self.night("2026-03-10"))

    def test_paid_late_is_passed_over_where_the_company_says_so(self):
        self.run_night(day("2026-03-01"))
        late = self.invoice_due("2026-03-02", 10000)
        self.pay_on(late, "2026-03-06")
        for choice in ("nothing", "line"):
            self.company.dunning_paid_late = choice
            self.assertFalse(self.night("2026-03-09"))
            self.assertFalse(self.charges_of(late))
