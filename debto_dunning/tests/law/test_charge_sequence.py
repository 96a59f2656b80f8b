"""The sequence of the law for every sender and every policy: free notice, waiting time, then costs and interest."""

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .charge_common import ChargeCommon, day


@tagged("-at_install", "post_install", "debto_dunning")
class TestChargeSequence(ChargeCommon):
    # -- Belgian consumers -------------------------------------------------------------------------------------------

    def test_notice_then_wait_then_costs_and_interest(self):
        """Due 2 March 2026; notice by e-mail on Monday the 9th: 14 days from the 10th to the 23rd."""
        customer = self.make_consumer("Peeters", "be")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        notice = self.night("2026-03-09")
        self.assertAsked(notice, 0, 0)
        self.assertRecordValues(notice.line_ids, [
            {"is_notice": True, "charge_from": day("2026-03-24"), "level_number": 1}])
        self.assertEqual(notice.notice_law_id, self.env.ref("debto_dunning.law_be_consumer"))
        self.assertFalse(self.charges_of(invoice))
        # the second step is due on the 16th: within the waiting time it asks nothing, and says why
        second = self.night("2026-03-16")
        self.assertEqual(second.level_number, 2)
        self.assertAsked(second, 0, 0)
        self.assertIn("03/23/2026", second.line_ids.charge_note)
        self.assertEqual(second.amount_total, 1000)
        # 90; a large creditor's interest runs from the 24th: 1,000 × 10.5 × 9 / 36,500
        last = self.night("2026-04-01")
        self.assertAsked(last, 90, 2.59)
        self.assertEqual((last.amount_charges, last.amount_total), (92.59, 1092.59))
        self.assertRecordValues(self.charges_of(invoice), [
            {"cost_amount": 90, "interest_amount": 2.59, "amount_due": 92.59, "state": "running"}])

    def test_interest_of_a_small_creditor_from_the_start_of_the_waiting_time(self):
        self.company.dunning_is_sme = True
        self.invoice_due("2026-03-02", 1000, self.make_consumer("Peeters", "be"))
        self.night("2026-03-09")
        self.assertAsked(self.night("2026-03-16"), 0, 0)
        # from the 10th: 1,000 × 10.5 × 23 / 36,500
        self.assertAsked(self.night("2026-04-01"), 90, 6.62)

    def test_posted_on_monday_18_september_2023(self):
        customer = self.make_consumer("Peeters", "be", email=False)
        self.second.days, self.last.days = 6, 25
        invoice = self.invoice_due("2023-09-10", 100, customer)
        letter = self.night("2023-09-18")
        self.assertEqual(letter.channel, "letter")
        # nothing counts before the posting is confirmed, and no further step goes out
        self.assertLeft(invoice, "unconfirmed", day("2023-09-26"))
        with freeze_time("2023-09-26 10:00:00"):
            self.env["dunning.confirm.posting"].create({
                "communication_ids": [Command.set(letter.ids)], "posted_on": "2023-09-18"}).action_confirm()
        self.assertEqual(letter.line_ids.charge_from, day("2023-10-05"))
        for night, cost in (("2023-10-04", 0), ("2023-10-05", 20)):
            with self.subTest(night), self.cr.savepoint() as savepoint:
                self.assertAsked(self.night(night), cost, 0.0 if not cost else 0.03)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_mailed_on_18_september_2023(self):
        self.second.days = 6
        self.invoice_due("2023-09-10", 100, self.make_consumer("Peeters", "be"))
        self.night("2023-09-18")
        for night, cost in (("2023-10-02", 0), ("2023-10-03", 20)):
            with self.subTest(night), self.cr.savepoint() as savepoint:
                self.assertAsked(self.night(night), cost, 0.0 if not cost else 0.03)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_letter_posted_before_a_holiday(self):
        """Thursday 30 April 2026: 1 May, Saturday and Sunday are not counted, so the third day is Wednesday 6 May."""
        customer = self.make_consumer("Peeters", "be", email=False)
        self.invoice_due("2026-04-20", 100, customer)
        letter = self.night("2026-04-30")
        letter._mark_notified(day("2026-04-30"))
        self.assertEqual(letter.line_ids.charge_from, day("2026-05-20"))

    def test_step_with_costs_put_first_is_the_notice_and_charges_nothing(self):
        """By the night, by the button, and by every channel."""
        policy = self.make_policy(
            "Greedy", (1, 1, 0, {"costs": "collection", "asks_interest": True}),
            (2, 2, 0, {"costs": "collection", "asks_interest": True}))
        customer = self.make_consumer("Peeters", "be")
        self.debtor_of(customer, policy_id=policy.id)
        invoice = self.invoice_due("2026-01-02", 1000, customer)
        for name, send in (
            ("night", lambda: self.night("2026-03-11")),
            ("button", lambda: self.send_now(invoice)),
            ("letter", lambda: self.send_now(invoice, "letter")),
            ("call", lambda: self.send_now(invoice, "call")),
        ):
            with self.subTest(name), self.cr.savepoint() as savepoint:
                communication = send()
                self.assertEqual(len(communication), 1)
                self.assertAsked(communication, 0, 0)
                self.assertEqual(communication.amount_total, 1000)
                self.assertEqual(communication.line_ids.is_notice, name != "call")
                self.assertFalse(self.charges_of(invoice))
                savepoint.rollback()
                self.env.invalidate_all()

    def send_now(self, invoice, channel=False):
        action = self.env["dunning.send"]._action_open(moves=invoice)
        wizard = self.env["dunning.send"].browse(action["res_id"])
        wizard.channel = channel
        wizard.line_ids.is_chosen = True
        return self.communications.browse(wizard.action_send()["res_id"])

    def test_person_who_sends_on_and_on_stays_within_the_law(self):
        invoice = self.invoice_due("2026-01-02", 1000, self.make_consumer("Peeters", "be"))
        for _step in range(3):
            sent = self.send_now(invoice)
            self.accept(sent, "2026-03-11")
            self.assertAsked(sent, 0, 0)
        self.assertIn("03/25/2026", sent.line_ids.charge_note)

    def test_person_may_write_within_the_waiting_time_and_asks_nothing_besides(self):
        self.second.waits_for_law = True
        invoice = self.invoice_due("2026-03-02", 1000, self.make_consumer("Peeters", "be"))
        self.night("2026-03-09")
        self.assertLeft(invoice, "law_wait", day("2026-03-16"))
        with freeze_time("2026-03-16 10:00:00"):
            second = self.send_now(invoice)
        self.assertEqual(second.level_number, 2)
        self.assertAsked(second, 0, 0)

    def test_skipped_notice_satisfies_no_law(self):
        customer = self.make_consumer("Peeters", "be")
        invoice = self.invoice_due("2026-02-02", 1000, customer)
        self.env["dunning.step.change"].create({
            "change": "skip", "move_ids": [Command.set(invoice.ids)], "note": "He knows"}).action_apply()
        # so the second step is the notice
        second = self.night("2026-03-20")
        self.assertEqual(second.level_number, 2)
        self.assertTrue(second.line_ids.is_notice)
        self.assertAsked(second, 0, 0)
        last = self.night("2026-03-30")
        self.assertEqual(last.level_number, 8)
        self.assertAsked(last, 0, 0)

    def test_notice_that_bounced_counts_for_nothing(self):
        customer = self.make_consumer("Peeters", "be")
        customer.write({"street": False, "zip": False, "city": False})
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        notice = self.night("2026-03-09")
        self.night("2026-03-16")
        self.assertAsked(self.night("2026-04-01"), 90, 2.59)
        # the first mail comes back late; only the telephone is left, which is no notice
        with freeze_time("2026-04-02 09:00:00"):
            notice._message_receive_bounce(customer.email, customer)
        call = self.communications.search([("previous_id", "=", notice.id)])
        self.assertEqual((call.channel, call.line_ids.mapped("level_number")), ("call", [1]))
        self.assertRecordValues(self.charges_of(invoice), [{"cost_amount": 0, "interest_amount": 0, "amount_due": 0}])

    def test_lost_notice_is_the_next_step_whatever_stands_above_it(self):
        customer = self.make_consumer("Peeters", "be")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        notice = self.night("2026-03-09")
        self.night("2026-03-16")
        notice.line_ids._make_void()
        self.assertStep(invoice, self.first, day("2026-03-17"))
        again = self.night("2026-03-17")
        self.assertEqual((again.level_number, again.line_ids.is_notice), (1, True))
        self.assertAsked(again, 0, 0)
        self.assertEqual(invoice.dunning_level, 2)
        # its waiting time counts anew: 18 to 31 March
        self.assertEqual(again.line_ids.charge_from, day("2026-04-01"))
        self.assertLeft(invoice, "too_early", day("2026-03-18"))
        self.assertAsked(self.night("2026-04-02"), 90, 0.58)

    def test_step_that_waits_goes_out_when_the_waiting_time_is_over(self):
        self.second.waits_for_law = True
        invoice = self.invoice_due("2026-03-02", 1000, self.make_consumer("Peeters", "be"))
        notice = self.night("2026-03-09", accept=False)
        # nobody knows yet whether the mail has left
        self.assertLeft(invoice, "notice_pending", day("2026-03-16"))
        self.accept(notice, "2026-03-10")
        self.assertLeft(invoice, "law_wait", day("2026-03-16"))
        self.assertEqual(self.look(invoice, day("2026-03-16")).date, day("2026-03-25"))
        self.assertStep(invoice, self.second, day("2026-03-25"))
        self.assertAsked(self.night("2026-03-25"), 90, 0.29)

    def test_without_a_clause_nothing_is_announced_and_nothing_asked(self):
        self.company.dunning_clause = False
        customer = self.make_consumer("Peeters", "be")
        self.invoice_due("2026-03-02", 1000, customer)
        first = self.night("2026-03-09")
        self.assertFalse(first.line_ids.is_notice)
        self.assertFalse(first.notice_law_id)
        last = self.night("2026-04-10")
        self.assertAsked(last, 0, 0)
        self.assertIn("clause", last.line_ids.charge_note)

    def test_notice_that_cannot_state_what_the_law_demands_is_none(self):
        self.company.write({"company_registry": False, "vat": False})
        invoice = self.invoice_due("2026-03-02", 1000, self.make_consumer("Peeters", "be"))
        self.assertFalse(self.night("2026-03-09").line_ids.is_notice)
        second = self.night("2026-03-20")
        self.assertAsked(second, 0, 0)
        self.assertIn("enterprise number", second.line_ids.charge_note)
        # once it is entered, the next step is the notice
        self.company.company_registry = "0477.472.701"
        self.assertTrue(self.night("2026-04-01").line_ids.is_notice)
        self.assertIn("costs and interest may be asked from 04/16/2026", invoice.dunning_charge_note)

    def test_notice_stands_alone(self):
        """Another invoice at a later step goes in a message of its own."""
        customer = self.make_consumer("Peeters", "be")
        self.invoice_due("2026-02-10", 50, customer)
        self.night("2026-02-16")
        new = self.invoice_due("2026-03-09", 70, customer)
        newest = self.invoice_due("2026-03-08", 30, customer)
        made = self.night("2026-03-16")
        self.assertEqual(len(made), 2)
        notice = made.filtered("notice_law_id")
        # one for all invoices of that step
        self.assertEqual(notice.line_ids.filtered("level_id").move_id, new | newest)
        self.assertEqual((made - notice).line_ids.filtered("level_id").mapped("level_number"), [2])
        self.assertEqual((made - notice).amount_charges, 20.2)

    def test_notice_says_what_the_law_demands(self):
        customer = self.make_consumer("Peeters", "be", lang="en_US")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        body = self.night("2026-03-09").body
        for words in ("free of charge", "0477.472.701", "Rue Haute 1, 1000 Brussels", "1,000.00", "90.00", "10.5",
                      "14 calendar days", invoice.name):
            with self.subTest(words):
                self.assertIn(words, body)

    def test_fourth_due_date_of_a_year_may_cost(self):
        self.company.dunning_regular_deliveries = True
        policy = self.make_policy("Regular", (1, 5, 0, {"gives_notice": True, "costs": "reminder"}), (2, 40, 7))
        customer = self.make_consumer("Peeters", "be", lang="en_US")
        self.debtor_of(customer, policy_id=policy.id)
        for number, month in enumerate((1, 2, 3, 4), 1):
            invoice = self.invoice_due(f"2026-0{month}-05", 100, customer)
            sent = self.night(f"2026-0{month}-12").filtered("notice_law_id")
            with self.subTest(number):
                self.assertAsked(sent, 7.5 if number == 4 else 0, 0, invoice)
                self.assertIn("7.50" if number == 4 else "free of charge", sent.body)

    def test_reminder_after_the_notice_costs_once_for_all_its_invoices(self):
        self.company.dunning_postage = 1.5
        self.second.write({"costs": "reminder", "asks_interest": False, "channel": "letter", "days": 25})
        customer = self.make_consumer("Peeters", "be")
        first, second = (self.invoice_due("2026-03-02", amount, customer) for amount in (100, 200))
        self.night("2026-03-09")
        reminder = self.night("2026-03-30")
        self.assertAsked(reminder, 9, 0)
        self.assertAsked(reminder, 3, 0, first)
        self.assertAsked(reminder, 6, 0, second)
        reminder._mark_notified(day("2026-03-30"))
        # what reminders cost is part of the flat compensation, never on top of it
        self.assertAsked(self.night("2026-04-10"), 55, 1.56)

    # -- Dutch consumers ---------------------------------------------------------------------------------------------

    def test_dutch_letter_announces_what_follows_on_what_is_left(self):
        customer = self.make_consumer("De Vries", "nl", lang="en_US")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        notice = self.night("2026-03-09")
        # 15 % of 1,000
        self.assertIn("150.00", notice.body)
        self.assertIn("fifteen days", notice.body)
        # three weeks after the sending, as nothing proves that it arrived: to the 30th
        self.assertEqual(notice.line_ids.charge_from, day("2026-03-31"))
        self.pay_on(invoice, "2026-03-20", 900)
        self.assertAsked(self.night("2026-03-25"), 0, 0)
        # on the 100 that are left: at least 40; 4 × (1,000 × 18 + 100 × 21) / 36,500
        self.assertAsked(self.night("2026-04-10"), 40, 2.2)

    def test_dutch_claims_of_one_notice_are_added_up(self):
        customer = self.make_consumer("De Vries", "nl")
        first, second = (self.invoice_due("2026-03-02", amount, customer) for amount in (100, 150))
        self.night("2026-03-09")
        sent = self.night("2026-04-01")
        # 30 days at 4 %
        self.assertAsked(sent, 40, 0.82)
        self.assertAsked(sent, 16, 0.33, first)
        self.assertAsked(sent, 24, 0.49, second)

    def test_dutch_costs_of_a_later_claim_count_what_was_asked_before(self):
        """200 together cost 40, whatever the messages and their order."""
        self.last.days = 90
        customer = self.make_consumer("De Vries", "nl", lang="en_US")
        self.invoice_due("2026-02-02", 100, customer)
        self.night("2026-02-09")
        # 29 days at 4 %
        self.assertAsked(self.night("2026-03-03"), 40, 0.32)
        new = self.invoice_due("2026-03-02", 100, customer)
        notice = self.night("2026-03-09")
        self.assertEqual(float(notice.line_ids.filtered("is_notice").calculation["announced"]), 0)
        self.assertAsked(self.night("2026-03-31"), 0, 0.32, new)

    def test_dutch_claims_in_messages_of_one_night_are_added_up(self):
        customer = self.make_consumer("De Vries", "nl")
        self.last.costs = "none"
        old, new = self.invoice_due("2026-02-02", 3000, customer), self.invoice_due("2026-03-02", 3000, customer)
        self.say(old, self.second, when=20)
        for invoice in (old, new):
            self.say(invoice, self.first, when=25, line_vals={
                "is_notice": True, "law_id": self.env.ref("debto_dunning.law_nl_consumer").id,
                "charge_from": "2026-03-05"})
        self.last.write({"costs": "collection", "days": 20, "needs_approval": True})
        made = self.night("2026-03-17")
        self.assertEqual(len(made), 2)
        with freeze_time("2026-03-17 10:00:00"):
            made.action_approve()
        # 15 % of 2,500 and 10 % of 2,500, 5 % of 1,000
        self.assertEqual(sum(made.line_ids.mapped("amount_cost")), 675)

    def test_dutch_consumer_without_an_agreed_due_date_is_put_in_default_first(self):
        self.company.dunning_term_agreed = False
        self.second.waits_for_law = self.last.waits_for_law = True
        customer = self.make_consumer("De Vries", "nl", lang="en_US")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        default = self.night("2026-03-09")
        self.assertIn("notice of default", default.body)
        self.assertNotIn("150.00", default.body)
        self.assertLeft(invoice, "law_wait", day("2026-03-30"))
        letter = self.night("2026-03-31")
        self.assertEqual(letter.level_number, 2)
        self.assertTrue(letter.line_ids.is_notice)
        self.assertAsked(letter, 0, 0)
        self.assertIn("150.00", letter.body)
        # three weeks after Tuesday 31 March
        self.assertEqual(letter.line_ids.charge_from, day("2026-04-22"))
        # interest from the end of the first notice: 1,000 × 4 × 23 / 36,500
        self.assertAsked(self.night("2026-04-22"), 150, 2.52)

    def test_letter_within_the_notice_of_default_is_none(self):
        self.company.dunning_term_agreed = False
        self.invoice_due("2026-03-02", 1000, self.make_consumer("De Vries", "nl"))
        self.night("2026-03-09")
        second = self.night("2026-03-16")
        self.assertFalse(second.line_ids.is_notice)
        self.assertAsked(second, 0, 0)
        self.assertTrue(self.night("2026-04-01").line_ids.is_notice)

    # -- Paid in time, and what is not known yet ---------------------------------------------------------------------

    def test_costs_wait_until_the_bank_is_booked_beyond_the_waiting_time(self):
        self.company.dunning_bank_max_age = 5
        self.second.waits_for_law = True
        invoice = self.invoice_due("2026-03-02", 1000, self.make_consumer("Peeters", "be"))
        self.make_statement(2)
        self.night("2026-03-09")
        self.make_statement(-12)
        # the last day of the term is the 23rd, and that day's payments are not known
        self.assertLeft(invoice, "law_wait", day("2026-03-24"))
        self.assertEqual(self.look(invoice, day("2026-03-24")).date, day("2026-03-25"))
        self.make_statement(-13)
        self.assertStep(invoice, self.second, day("2026-03-25"))
        self.assertAsked(self.night("2026-03-25"), 90, 0.58)

    def test_step_that_does_not_wait_says_that_the_bank_is_not_booked(self):
        self.company.dunning_bank_max_age = 5
        self.second.days = 22
        self.invoice_due("2026-03-02", 1000, self.make_consumer("Peeters", "be"))
        self.make_statement(2)
        self.night("2026-03-09")
        self.make_statement(-12)
        second = self.night("2026-03-24")
        self.assertAsked(second, 0, 0)
        self.assertIn("not booked beyond", second.line_ids.charge_note)

    def test_payment_within_the_term_that_is_booked_late_owes_no_costs(self):
        customer = self.make_consumer("Peeters", "be")
        whole, part = (self.invoice_due("2026-03-02", 1000, customer) for _number in range(2))
        self.night("2026-03-09")
        self.night("2026-03-16")
        self.assertAsked(self.night("2026-04-01"), 180, 5.18)
        self.pay_on(whole, "2026-03-23")
        self.pay_on(part, "2026-03-23", 900)
        self.assertFalse(self.night("2026-04-02"))
        self.assertRecordValues(self.charges_of(whole), [{"state": "waived", "amount_due": 0}])
        self.assertIn("before costs or interest were owed", self.charges_of(whole).waive_reason)
        self.pay_on(part, "2026-04-10")
        self.run_night(day("2026-04-11"))
        # 20 on the 100 that were left; 100 × 10.5 × 18 / 36,500
        self.assertRecordValues(self.charges_of(part), [{"cost_amount": 20, "interest_amount": 0.52}])

    def test_step_that_becomes_the_notice_leaves_its_own_words_out(self):
        self.second.write({"subject": "Second {total}", "body": "We reminded you", "closing": "Within seven days!"})
        customer = self.make_consumer("Peeters", "be", lang="en_US")
        invoice = self.invoice_due("2026-03-02", 1000, customer)
        self.env["dunning.step.change"].create({
            "change": "skip", "move_ids": [Command.set(invoice.ids)], "note": "He knows"}).action_apply()
        notice = self.night("2026-03-20")
        self.assertTrue(notice.line_ids.is_notice)
        for words in ("Second", "We reminded", "seven days"):
            self.assertNotIn(words, f"{notice.subject} {notice.body}")
        self.assertIn("14 calendar days", notice.body)
        self.assertEqual(notice.tone, "neutral")

    # -- Others ------------------------------------------------------------------------------------------------------

    def test_french_and_luxembourg_consumers_pay_no_costs(self):
        for code in ("fr", "lu"):
            with self.subTest(code):
                customer = self.make_consumer(f"Client {code}", code)
                self.invoice_due("2025-03-03", 1000, customer, delivery_date="2025-03-01")
                self.night("2025-03-10")
                last = self.night("2025-06-02").filtered(lambda c, customer=customer: c.customer_id == customer)
                line = last.line_ids.filtered("level_id")
                self.assertEqual(line.amount_cost, 0)
                self.assertIn("no costs", line.charge_note)
                if code == "fr":
                    # formal notice by e-mail on 10 March, arrives on the 11th: from the 12th at 3.71 %
                    # 1,000 × 3.71 × 83 / 36,500
                    self.assertEqual(line.amount_interest, 8.44)
                else:
                    self.assertEqual(line.amount_interest, 0)

    def test_luxembourg_consumer_after_three_months(self):
        """The rate of 2024 is 4.5 %; delivered on 10 January 2024: interest from 1 May."""
        self.company.dunning_invoice_warns = True
        customer = self.make_consumer("Client", "lu")
        self.invoice_due("2024-02-15", 1000, customer, delivery_date="2024-01-10", invoiced="2024-01-20")
        self.night("2024-02-20")
        self.assertAsked(self.night("2024-04-30"), 0, 0)
        # 1,000 × 4.5 × 31 / 36,500
        self.assertAsked(self.night("2024-05-31"), 0, 3.82)

    def test_german_invoice_whose_due_date_stands_on_it_only(self):
        self.company.write({"dunning_law_of": "debtor", "dunning_term_agreed": False})
        customer = self.make_business("Schmidt", "de")
        self.invoice_due("2026-03-02", 1000, customer)
        self.assertAsked(self.night("2026-03-09"), 0, 0)
        # the reminder arrives on the 10th: default from the 11th; 1,000 × 10.27 × 9 / 36,500
        self.assertAsked(self.night("2026-03-19"), 40, 2.53)

    def test_agreed_due_date_needs_no_german_reminder(self):
        self.company.dunning_law_of = "debtor"
        self.first.write({"costs": "collection", "asks_interest": True})
        self.invoice_due("2026-03-02", 1000, self.make_business("Schmidt", "de"))
        # from the 3rd: 1,000 × 10.27 × 7 / 36,500
        self.assertAsked(self.night("2026-03-09"), 40, 1.97)

    def test_business_owes_without_a_notice(self):
        self.first.write({"costs": "collection", "asks_interest": True})
        one, two = (self.invoice_due("2026-03-02", 1000) for _number in range(2))
        sent = self.night("2026-03-09")
        # 40 each; 1,000 × 10.5 × 7 / 36,500 each
        self.assertAsked(sent, 80, 4.02)
        self.assertFalse(sent.line_ids.filtered("is_notice"))
        self.assertEqual(len(sent), 1)
        self.assertEqual(len(self.charges_of(one) | self.charges_of(two)), 2)

    def test_business_without_an_agreed_due_date_owes_thirty_days_after_the_invoice_arrived(self):
        self.company.dunning_term_agreed = False
        self.first.write({"costs": "collection", "asks_interest": True})
        self.invoice_due("2026-02-16", 1000, invoiced="2026-02-02")
        # taken to have arrived on the 5th: from 8 March on
        self.assertAsked(self.night("2026-03-07"), 0, 0)
        self.assertAsked(self.night("2026-03-16"), 40, 2.59)

    def test_dutch_business_pays_the_scale_after_a_reminder(self):
        self.company.dunning_law_of = "debtor"
        self.first.costs = "collection"
        self.invoice_due("2026-03-02", 1000, self.make_business("Jansen", "nl"))
        self.assertAsked(self.night("2026-03-09"), 40, 0)
        # 1,000 × 10.15 × 16 / 36,500
        self.assertAsked(self.night("2026-03-18"), 150, 4.45)

    def test_consumers_elsewhere_are_charged_nothing(self):
        for code, words in (("us", "United States"), (None, "no country")):
            with self.subTest(code):
                customer = self.make_consumer("Smith", "us")
                customer.country_id = code and self.env.ref(f"base.{code}")
                self.invoice_due("2026-01-05", 1000, customer)
                self.night("2026-02-02")
                sent = self.night("2026-03-02").filtered(lambda c, customer=customer: c.customer_id == customer)
                self.assertAsked(sent, 0, 0)
                self.assertIn(words, sent.line_ids.filtered("level_id").charge_note)

    def test_part_payment_in_the_middle_and_money_not_matched_yet(self):
        self.first.asks_interest = True
        paid = self.invoice_due("2026-03-02", 1000)
        self.pay_on(paid, "2026-03-05", 400)
        sent = self.night("2026-03-09")
        # 10.5 × (1,000 × 3 + 600 × 4) / 36,500
        self.assertAsked(sent, 0, 1.55)
        other = self.make_business("Other", "be")
        self.invoice_due("2026-03-02", 1000, other)
        self.make_payment(250, partner=other)
        # 750 × 10.5 × 7 / 36,500
        self.assertAsked(self.night("2026-03-10").filtered(lambda c: c.customer_id == other), 0, 1.73)

    def test_foreign_currency_bears_costs_at_the_rate_of_the_night(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        usd.rate_ids = [Command.clear(), Command.create({"name": "2026-01-01", "rate": 2, "company_id": False})]
        self.company.currency_id.rate_ids = [Command.clear()]
        self.first.write({"costs": "collection", "asks_interest": True})
        self.invoice_due("2026-03-02", 1000, currency_id=usd.id)
        # EUR 40 are 80; 1,000 × 10.5 × 7 / 36,500
        self.assertAsked(self.night("2026-03-09"), 80, 2.01)

    def test_draft_is_reckoned_anew_when_it_is_approved(self):
        self.first.write({"costs": "collection", "asks_interest": True, "needs_approval": True})
        invoice = self.invoice_due("2026-03-02", 1000)
        draft = self.night("2026-03-09")
        self.assertAsked(draft, 40, 2.01)
        self.pay_on(invoice, "2026-03-10", 500)
        with freeze_time("2026-03-12 10:00:00"):
            draft.action_approve()
        # 10.5 × (1,000 × 8 + 500 × 2) / 36,500
        self.assertAsked(draft, 40, 2.59)
        self.assertEqual(draft.amount_total, 542.59)
