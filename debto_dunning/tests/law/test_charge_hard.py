"""Costs and interest after unusual events: late bookings, bounces, drafts, archived records, changed customers."""

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .charge_common import ChargeCommon, day


@tagged("-at_install", "post_install", "debto_dunning")
class TestChargeHard(ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask_at_once()
        cls.charges = cls.env["dunning.charge"]

    def bounce(self, communication):
        communication._message_receive_bounce(communication.email, communication.partner_id)

    def test_paid_document_is_not_asked_again(self):
        self.book("level", dunning_charge_level=1)
        _invoice, charge = self.charged()
        self.charges.sudo()._book_from_step()
        self.pay_on(charge.charge_move_ids, "2026-03-10")
        self.assertEqual(charge.amount_due, 0)
        second = self.night("2026-03-16")
        # 42.01 were paid: 40 + 4.03 - 42.01 = 2.02
        self.assertEqual(round(second.amount_total, 2), 1002.02)

    def test_received_is_not_asked_again(self):
        _invoice, charge = self.charged()
        charge.action_received()
        second = self.night("2026-03-16")
        self.assertEqual(round(second.amount_total, 2), 1002.02)

    def test_payment_of_all_with_writeoff(self):
        invoice, _charge = self.charged()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({
                "payment_date": "2026-03-09", "amount": 1042.01, "payment_difference_handling": "reconcile",
                "writeoff_account_id": self.interest_account.id, "installments_mode": "full",
            })._create_payments()
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertFalse(self.night("2026-03-10").mapped("amount_total"))

    def test_booked_more_than_interest_that_ran(self):
        self.book("level", dunning_charge_level=2)
        invoice, charge = self.charged()
        self.night("2026-03-16")
        self.charges.sudo()._book_from_step()
        self.pay_on(invoice, "2026-03-10")  # bank imported late
        self.night("2026-03-17")

        # 40 and 1,000 × 10.5 × 8 / 36,500; of the 44.03 that were booked the rest is credited
        self.assertRecordValues(charge, [{"amount": 42.3, "amount_booked": 42.3, "amount_due": 42.3}])

    def test_notice_bounces_after_booking(self):
        self.book("level", dunning_charge_level=2)
        customer = self.make_consumer("Peeters", "be")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        notice = self.night("2026-03-09")
        self.assertTrue(notice.line_ids.is_notice)
        self.assertAsked(self.night("2026-04-01"), 90, 2.59)
        self.charges.sudo()._book_from_step()
        charge = self.charges_of(invoice)
        self.assertTrue(charge.charge_move_ids)
        self.bounce(notice)
        self.pay_on(invoice, "2026-04-02")
        self.night("2026-04-03")
        self.assertEqual(charge.amount_due, 0)

    def test_bounce_after_payment(self):
        customer = self.make_consumer("Peeters", "be")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        notice = self.night("2026-03-09")
        self.night("2026-04-01")
        self.pay_on(invoice, "2026-04-02")
        with freeze_time("2026-04-02 20:00:00"):
            self.run_model._run(self.company, day("2026-04-03"))
            charge = self.charges_of(invoice)
            self.assertEqual(charge.state, "open")
            message = self.communications.search([("line_ids.charge_id", "=", charge.id)])
            self.assertEqual(message.state, "queued")
            self.bounce(notice)
        self.assertTrue(notice.line_ids.void)
        self.deliver(day("2026-04-03"))

        self.assertEqual(charge.amount_due, 0)
        self.assertEqual(message.state, "cancelled")

    def test_document_in_draft_is_booked_again(self):
        self.book("level", dunning_charge_level=1)
        _invoice, charge = self.charged()
        self.charges.sudo()._book_from_step()
        document = charge.charge_move_ids
        document.button_draft()
        self.charges.sudo()._book_from_step()
        document.action_post()
        self.assertEqual(sum(charge.charge_move_ids.mapped("amount_total")), 42.01)

    def test_credited_invoice_whose_document_is_paid_in_part(self):
        self.book("level", dunning_charge_level=1)
        invoice, charge = self.charged()
        self.charges.sudo()._book_from_step()
        self.pay_on(charge.charge_move_ids, "2026-03-10", 10)
        invoice._reverse_moves([{"date": "2026-03-10"}], cancel=True)
        self.run_night(day("2026-03-11"))
        self.assertRecordValues(charge, [{"state": "waived", "amount_due": 0}])
        self.assertEqual(charge.charge_move_ids.amount_residual, 0)

    def assertNightGoesOn(self, night):
        """What cannot be booked is told, and the rest of the night is done."""
        other = self.invoice_due("2026-03-04", 300, self.make_business("Other", "be"))
        with self.assertLogs("odoo.addons.debto_dunning.models.law.dunning_charge_settle", "WARNING"):
            run = self.run_night(day(night))
        self.assertIn(other, run.communication_ids.line_ids.move_id)
        self.assertIn("could not be settled", "".join(
            self.env["mail.activity"].search([("res_model", "=", "dunning.run")]).mapped("summary")))

    def test_archived_account_does_not_stop_the_night(self):
        account = self.cost_account.copy({"code": "749999"})
        self.book("paid", dunning_cost_account_id=account.id)
        invoice, _charge = self.charged()
        self.pay_on(invoice, "2026-03-10", 1042.30)
        account.active = False
        self.assertNightGoesOn("2026-03-10")

    def test_archived_currency_does_not_stop_the_night(self):
        self.book("paid")
        usd = self.env.ref("base.USD")
        usd.active = True
        invoice = self.invoice_due("2026-03-02", 1000, currency_id=usd.id)
        self.night("2026-03-09")
        self.pay_on(invoice, "2026-03-10", 1100)
        usd.active = False
        self.assertNightGoesOn("2026-03-10")

    def test_german_reminder_bounces_after_the_second(self):
        self.first.write({"costs": "none", "asks_interest": False})
        self.company.write({"dunning_law_of": "debtor", "dunning_term_agreed": False})
        customer = self.make_business("Schmidt", "de")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        first = self.night("2026-03-09")
        second = self.night("2026-03-19")
        self.assertAsked(second, 40, 2.53)
        self.bounce(first)
        self.night("2026-03-20")

        self.assertRecordValues(self.charges_of(invoice), [{"amount": 0}])

    def test_business_becomes_consumer(self):
        self.first.write({"costs": "none", "asks_interest": False})
        self.company.dunning_law_of = "debtor"
        customer = self.make_business("Janssens", "nl")
        self.invoice_due("2026-03-02", 1000, customer)
        self.night("2026-03-09")
        customer.write({"is_company": False, "country_id": self.env.ref("base.be").id})
        self.debtor_of(customer).invalidate_recordset()

        self.assertAsked(self.night("2026-03-17"), 0, 0)

    def test_preview_equals_night(self):
        invoice, _charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        other = self.make_business("Other", "be")
        paid2 = self.invoice_due("2026-03-03", 1000, other)
        self.night("2026-03-10")
        self.pay_on(paid2, "2026-03-10")
        self.invoice_due("2026-03-04", 700, other)
        # the preview settles as the night will, and keeps nothing of it
        with freeze_time("2026-03-11 01:00:00"):
            preview = self.env["dunning.preview"].create({"date": "2026-03-11"})
            preview._fill()
            shown = sorted((line.customer_id.name, round(line.amount + line.charges, 2)) for line in preview.line_ids)
        made = self.night("2026-03-11")

        # 700 with 40 and 700 × 10.5 × 7 / 36,500; of the paid one 40 and 1,000 × 10.5 × 7 / 36,500
        self.assertEqual(shown, [("Other", 783.42)])
        self.assertEqual(shown, sorted((c.customer_id.name, round(c.amount_total, 2)) for c in made))

    def test_cost_base_is_that_of_the_costs(self):
        self.company.dunning_law_of = "debtor"
        self.first.write({"costs": "none", "asks_interest": True})
        self.second.write({"costs": "none", "asks_interest": True})
        customer = self.make_business("Jansen", "nl")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        self.night("2026-03-09")
        self.pay_on(invoice, "2026-03-20", 900)
        self.night("2026-03-21")
        last = self.night("2026-04-02")
        self.assertEqual(last.line_ids.amount_cost, 40)

    def test_credited_claim_costs_less(self):
        customer = self.make_consumer("De Vries", "nl")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        self.night("2026-03-09")
        second = self.night("2026-04-01")
        self.assertEqual(second.line_ids.amount_cost, 150)
        credit = self.make_credit_note(900, invoice)
        (credit.line_ids + invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()
        last = self.night("2026-04-10")
        self.assertEqual(last.line_ids.amount_cost, 40)

    def test_instalment_that_is_gone(self):
        invoice = self.make_invoice(1000, instalments=[(50, 9), (50, 8)])
        self.night("2026-03-12")
        charges = self.charges_of(invoice)
        self.assertEqual(len(charges), 2)
        invoice.button_draft()
        invoice.write({"invoice_payment_term_id": False, "invoice_date_due": "2026-03-02"})
        invoice.action_post()
        self.pay_on(invoice, "2026-03-13")
        self.night("2026-03-13")

        gone = charges.filtered(lambda charge: not charge.move_line_id)
        self.assertRecordValues(gone, [{"amount": 0, "amount_due": 0}])

    def test_cancelled_invoice_is_not_booked(self):
        self.book("level", dunning_charge_level=1)
        invoice, charge = self.charged()
        invoice.button_draft()
        invoice.button_cancel()
        self.charges.sudo()._book_from_step()
        self.night("2026-03-10")
        self.assertFalse(charge.charge_move_ids)
        self.assertEqual(charge.amount_due, 0)

    def test_waived_needs_no_notice_of_its_own(self):
        customer = self.make_consumer("Peeters", "be")
        one, _two = self.invoice_due("2026-03-02", 100, customer), self.invoice_due("2026-03-02", 200, customer)
        self.env["dunning.waive"].create({
            "reason": "x", "move_ids": [Command.set(one.ids)]}).action_waive()
        self.night("2026-03-09")
        made = self.night("2026-04-01")
        self.assertEqual(len(made), 1)

    def test_item_on_hold_is_not_pursued(self):
        invoice, _charge = self.charged()
        self.env["dunning.hold"].create({"move_id": invoice.id, "note": "dispute"})
        self.pay_on(invoice, "2026-03-10")
        made = self.night("2026-03-11")
        self.assertFalse(made.mapped("amount_total"))

    def test_no_followup_is_not_pursued(self):
        invoice, _charge = self.charged()
        self.items_of(invoice).no_followup = True
        self.pay_on(invoice, "2026-03-10")
        made = self.night("2026-03-11")
        self.assertFalse(made.mapped("amount_total"))

    def make_draft_with_left(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        self.first.needs_approval = True
        new = self.invoice_due("2026-03-03", 500)
        draft = self.night("2026-03-11", accept=False)
        self.assertEqual((draft.state, draft.line_ids.charge_id), ("draft", charge))
        return invoice, charge, new, draft

    def test_draft_of_customer_on_hold(self):
        _i, _charge, _new, draft = self.make_draft_with_left()
        self.debtor_of(self.customer, hold_until="2026-12-31")
        with freeze_time("2026-03-12 10:00:00"):
            draft.action_approve()
            self.deliver(day("2026-03-12"))
        self.assertEqual(draft.state, "cancelled")

    def test_draft_where_the_money_came(self):
        _i, _charge, _new, draft = self.make_draft_with_left()
        self.make_bank_line(542, partner=self.customer)
        self.make_payment(542, partner=self.customer)
        with freeze_time("2026-03-12 10:00:00"):
            draft.action_approve()
            self.deliver(day("2026-03-12"))
        self.assertEqual(draft.state, "cancelled")

    def test_dunning_user_approves(self):
        _i, _charge, _new, draft = self.make_draft_with_left()
        clerk = new_test_user(self.env, "zz.clerk", groups="debto_dunning.group_dunning_user")
        with freeze_time("2026-03-12 10:00:00"):
            draft.with_user(clerk).action_approve()
        self.assertEqual(draft.state, "queued")

    def test_dunning_user_previews(self):
        self.make_draft_with_left()
        self.invoice_due("2026-03-03", 500, self.make_consumer("Peeters", "be"))
        clerk = new_test_user(self.env, "zz.clerk", groups="debto_dunning.group_dunning_user")
        preview = self.env["dunning.preview"].with_user(clerk).create({"date": "2026-03-20"})
        preview._fill()
        self.assertTrue(preview.line_ids)

    def test_receipt_without_customer_paid_late(self):
        self.company.dunning_paid_late = "note"
        self.run_night(day("2026-03-01"))
        receipt = self.env["account.move"].create({
            "move_type": "out_receipt", "invoice_date": "2026-03-01", "invoice_date_due": "2026-03-02",
            "invoice_line_ids": [Command.create({"name": "x", "price_unit": 100000, "tax_ids": []})]})
        receipt.action_post()
        self.pay_on(receipt, "2026-03-06")
        self.run_night(day("2026-03-09"))
        self.assertFalse(self.charges.search([("move_id", "=", receipt.id)]))

    def test_retried_mail_of_charges_only(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        made = self.night("2026-03-11", accept=False)
        self.assertEqual(made.line_ids.charge_id, charge)
        made.mail_id.write({"state": "exception", "failure_reason": "Connection refused"})
        made._on_mail_result()
        self.env["dunning.communication"]._check_pending_mails()
        self.assertEqual(made.state, "sent")

    def test_employee_books_and_receives(self):
        self.book("stated")
        _invoice, charge = self.charged()
        colleague = new_test_user(self.env, "zz.colleague", groups="base.group_user")
        for action in ("action_book", "action_received"):
            with self.assertRaises(AccessError):
                getattr(charge.with_user(colleague), action)()
        self.assertFalse(charge.amount_received)
        self.assertFalse(charge.charge_move_ids)

    # -- Beyond what the log says ------------------------------------------------------------------------------------

    def test_document_credited_by_a_person_is_given_up(self):
        self.book("level", dunning_charge_level=1)
        _invoice, charge = self.charged()
        self.charges.sudo()._book_from_step()
        charge.charge_move_ids._reverse_moves([{"date": "2026-03-10"}], cancel=True)
        self.assertEqual(charge.amount_due, 0)
        second = self.night("2026-03-16")
        # only the interest that ran since: 44.03 - 42.01
        self.assertEqual(round(second.amount_total, 2), 1002.02)

    def test_booked_beyond_what_is_owed_is_credited(self):
        self.book("level", dunning_charge_level=2)
        customer = self.make_consumer("Peeters", "be")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        notice = self.night("2026-03-09")
        self.night("2026-04-01")
        self.charges.sudo()._book_from_step()
        document = self.charges_of(invoice).charge_move_ids
        self.assertEqual(document.amount_total, 92.59)
        self.bounce(notice)
        self.run_night(day("2026-04-02"))
        self.assertEqual(document.amount_residual, 0)
        self.assertEqual(document.reversal_move_ids.amount_total, 92.59)

    def test_fixed_costs_are_owed_once_an_invoice(self):
        invoice = self.make_invoice(1000, instalments=[(50, 9), (50, 8)])
        self.assertEqual(sum(self.night("2026-03-12").line_ids.mapped("amount_cost")), 40)
        self.assertEqual(sum(self.night("2026-03-20").line_ids.mapped("amount_cost")), 40)
        self.assertEqual(sum(self.charges_of(invoice).mapped("cost_amount")), 40)

    def test_business_that_paid_in_time_and_was_booked_late_owes_nothing(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-01")
        self.assertFalse(self.night("2026-03-12"))
        self.assertRecordValues(charge, [{"state": "waived", "amount_due": 0}])

    def test_business_that_turns_out_to_be_a_consumer_is_not_pursued(self):
        customer = self.make_business("Peeters", "be")
        invoice, charge = self.charged(partner=customer)
        self.debtor_of(customer, kind_override="consumer")
        self.pay_on(invoice, "2026-03-12")
        self.assertFalse(self.night("2026-03-13"))
        self.assertRecordValues(charge, [{"state": "waived", "amount_due": 0}])

    def test_draft_notice_of_who_is_a_business_now_is_none(self):
        self.first.write({"needs_approval": True, "gives_notice": True})
        customer = self.make_consumer("Peeters", "be")
        self.invoice_due("2026-03-02", 1000, customer)
        draft = self.night("2026-03-09")
        self.assertTrue(draft.notice_law_id)
        self.debtor_of(customer, kind_override="business")
        with freeze_time("2026-03-10 10:00:00"):
            draft.action_approve()
        self.assertFalse(draft.notice_law_id)
        self.assertFalse(draft.line_ids.is_notice)

    def test_written_off_invoice_is_left_to_a_person(self):
        invoice, charge = self.charged()
        entry = self.env["account.move"].create({"move_type": "entry", "date": "2026-03-10", "line_ids": [
            Command.create({"account_id": self.items_of(invoice).account_id.id, "partner_id": self.customer.id,
                            "credit": 1000}),
            Command.create({"account_id": self.company_data["default_account_expense"].id, "debit": 1000})]})
        entry.action_post()
        (entry.line_ids + invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()
        self.assertFalse(self.night("2026-03-11"))
        self.assertEqual(charge.state, "open")

    def test_waiver_outlives_an_invoice_posted_anew(self):
        invoice, charge = self.charged()
        charge._waive("Agreed")
        invoice.button_draft()
        invoice.write({"invoice_date_due": "2026-03-01"})
        invoice.action_post()
        self.assertAsked(self.night("2026-03-20"), 0, 0)

    def test_instalments_that_change_their_rank_can_be_posted(self):
        invoice = self.make_invoice(1000, instalments=[(50, 9), (50, 8)])
        self.night("2026-03-12")
        second_due = self.items_of(invoice)[1].date_maturity
        invoice.button_draft()
        invoice.write({"invoice_payment_term_id": False, "invoice_date_due": second_due})
        invoice.action_post()
        self.env.flush_all()
        self.assertEqual(len(self.charges_of(invoice).filtered("move_line_id")), 1)

    def test_withdrawn_letter_about_what_is_left_is_due_again(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        self.customer.write({"email": False, "street": "Kerkstraat 1", "city": "Gent"})
        letter = self.night("2026-03-11")
        self.assertEqual(charge.pursued_on, day("2026-03-11"))
        letter.action_withdraw()
        self.assertEqual(self.night("2026-03-12").line_ids.charge_id, charge)

    def test_portal_page_of_what_is_gone(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        message = self.night("2026-03-11")
        self.env.cr.execute("UPDATE dunning_charge SET move_line_id = NULL WHERE id = %s", [charge.id])
        self.env.invalidate_all()
        self.assertIn("42.30", message._portal_values()["total"])

    def test_one_that_cannot_be_booked_keeps_nothing_from_the_others(self):
        self.book("level", dunning_charge_level=1)
        usd = self.env.ref("base.USD")
        usd.active = True
        broken = self.invoice_due("2026-03-02", 1000, currency_id=usd.id)
        fine = self.invoice_due("2026-03-02", 1000)
        self.night("2026-03-09")
        usd.active = False
        with self.assertLogs("odoo.addons.debto_dunning.models.law.dunning_charge_settle", "WARNING"):
            self.charges.sudo()._book_from_step()
        self.assertFalse(self.charges_of(broken).charge_move_ids)
        self.assertTrue(self.charges_of(fine).charge_move_ids)

    def test_fixed_costs_stay_when_a_part_is_credited(self):
        self.second.write({"costs": "none"})
        invoice, _charge = self.charged()
        credit = self.make_credit_note(400, invoice)
        (credit.line_ids + invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()
        # 600 × 10.5 × 14 / 36,500
        self.assertAsked(self.night("2026-03-16"), 40, 2.42)
