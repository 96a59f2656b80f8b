"""Promises to pay: what they pause, and how the night judges them."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.lateness import promise_days
from ..common import NIGHT, days_ago, days_later
from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
class TestPromise(AgreementCommon):
    # -- What it pauses ----------------------------------------------------------------------------------------------

    def test_promise_pauses_what_it_names(self):
        named, later = self.make_invoice(), self.make_invoice(overdue=6)

        promise = self.promise(named, date=days_later(3))

        row = self.assertLeft(named, "promise")
        self.assertEqual(row.date, days_later(6))  # the day, two days of grace
        self.assertStep(later, self.first)
        self.assertRecordValues(promise, [{"state": "open", "amount": 100, "company_id": self.company.id}])
        self.assertRecordValues(promise._holds(), [{"kind": "promise", "date_shown": days_later(5)}])

    def test_why_names_the_day_and_the_amount(self):
        invoice = self.make_invoice()

        self.promise(invoice, date=days_later(3))

        for words in (invoice.dunning_hold_reason, self.debtor_of(self.customer).next_reason):
            self.assertIn("03/14/2026", words)
            self.assertIn("100.00", words)
        self.assertIn("Promise to pay", invoice.dunning_timeline)
        self.assertIn("Promise to pay", self.debtor_of(self.customer).timeline)

    def test_withdrawn_promise_pauses_nothing(self):
        invoice = self.make_invoice()
        promise = self.promise(invoice)

        promise.action_withdraw()

        self.assertEqual(promise.state, "withdrawn")
        self.assertStep(invoice, self.first)
        with self.assertRaisesRegex(UserError, "still open"):
            promise.action_withdraw()

    def test_second_promise_replaces_the_first(self):
        one, other = self.make_invoice(), self.make_invoice()
        first = self.promise(one | other)
        dialogue = self.open_dialogue(one, date=days_later(5))
        self.assertIn(one.name, dialogue.earlier)

        dialogue.action_make()

        second = first.replaced_by_id
        self.assertEqual((first.state, second.state, second.amount), ("replaced", "open", 100))
        self.assertLeft(one, "promise")
        self.assertStep(other, self.first)

    def test_pause_of_a_promise_is_not_lifted_by_hand(self):
        promise = self.promise(self.make_invoice())

        with self.assertRaisesRegex(UserError, "withdraw the promise"):
            promise._holds().action_lift()

    def test_promise_made_while_the_night_runs(self):
        invoice = self.make_invoice()
        run = self.run_night()
        self.assertEqual(run.communication_ids.state, "queued")

        self.promise(invoice)
        self.deliver()

        self.assertEqual(run.communication_ids.state, "cancelled")
        self.assertIn("promised to pay", run.communication_ids.outcome)

    # -- Who may promise what ----------------------------------------------------------------------------------------

    def test_promise_is_in_one_currency(self):
        foreign = self.make_foreign_invoice()

        with self.assertRaisesRegex(UserError, "one currency"):
            self.promise(self.make_invoice() | foreign)

    def test_more_than_is_open_cannot_be_promised(self):
        invoice = self.make_invoice(100)
        self.make_payment(30)

        for amount in (0, 70.01):
            with self.subTest(amount=amount), self.assertRaisesRegex(UserError, "70.00"):
                self.promise(invoice, amount)

    def test_day_that_is_over_cannot_be_promised(self):
        with self.assertRaisesRegex(UserError, "is over"):
            self.promise(self.make_invoice(), date=days_ago(1))

    def test_invoice_of_another_customer_cannot_be_promised(self):
        other = self.make_invoice(partner=self.make_customer("Brume"))

        with self.assertRaisesRegex(UserError, "not all of Azur"):
            self.env["dunning.promise"]._make(
                self.debtor_of(self.customer), self.items_of(other), 100, days_later(3), "hand")

    def test_invoice_of_another_company_is_refused(self):
        other = self.setup_other_company(name="Other")["company"]
        foreign = self.items_of(self.make_invoice(company=other))
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        debtor = self.debtor_of(self.customer)

        with self.assertRaises(UserError):
            self.env["dunning.promise"]._make(debtor, foreign, 100, days_later(3), "hand")
        with self.assertRaises(AccessError):
            self.env["dunning.promise.make"].with_user(collector).create({
                "debtor_id": debtor.id, "date": days_later(3),
                "line_ids": [Command.create({"item_id": foreign.id, "is_chosen": True})]})

    def test_late_day_and_third_promise_need_a_manager(self):
        invoice = self.make_invoice()
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        with self.assertRaisesRegex(UserError, "later than"):
            self.open_dialogue(invoice, date=days_later(31), user=collector).action_make()

        for _time in range(2):
            self.open_dialogue(invoice, date=days_later(3), user=collector).action_make()

        dialogue = self.open_dialogue(invoice, date=days_later(3), user=collector)
        self.assertIn("2 times", dialogue.warning)
        with self.assertRaisesRegex(UserError, "2 times"):
            dialogue.action_make()
        self.open_dialogue(invoice, date=days_later(31)).action_make()
        self.assertEqual(self.promises_of(invoice).mapped("state"), ["open", "replaced", "replaced"])

    # -- Made in one step --------------------------------------------------------------------------------------------

    def test_promise_from_an_answer_reads_it(self):
        invoice, debtor = self.make_invoice(), self.debtor_of(self.customer)
        answer = self.communications.create({
            "debtor_id": debtor.id, "partner_id": self.customer.id, "channel": "email", "direction": "in",
            "subject": "Re:", "needs_attention": True})
        action = answer.action_promise()
        dialogue = self.env["dunning.promise.make"].browse(action["res_id"])
        self.assertEqual((dialogue.source, dialogue.amount), ("mail", 100))

        dialogue.write({"date": days_later(3), "note": "on Friday"})
        dialogue.action_make()

        promise = self.promises_of(invoice)
        self.assertRecordValues(promise, [{
            "source": "mail", "communication_id": answer.id, "contact_name": "Azur",
            "contact_address": "azur@example.com", "note": "on Friday", "user_id": self.env.uid}])
        self.assertFalse(answer.needs_attention)
        self.assertLeft(invoice, "promise")

    def test_promise_by_telephone_is_logged(self):
        invoice = self.make_invoice()

        self.open_dialogue(invoice, date=days_later(3)).action_make()

        self.assertRecordValues(self.promises_of(invoice).communication_id, [{
            "channel": "call", "direction": "in", "kind": "contact", "user_id": self.env.uid}])

    def test_dialogue_ticks_what_is_overdue_in_one_currency(self):
        foreign = self.make_foreign_invoice(overdue=5)
        overdue, later = self.make_invoice(overdue=10), self.make_invoice(overdue=-5)

        action = self.debtor_of(self.customer).action_promise()

        lines = self.env["dunning.promise.make"].browse(action["res_id"]).line_ids
        self.assertEqual(lines.move_id, foreign | overdue | later)
        self.assertEqual(lines.filtered("is_chosen").move_id, overdue)

    # -- Judged ------------------------------------------------------------------------------------------------------

    def test_matched_payment_keeps_it(self):
        invoice = self.make_invoice()
        promise = self.promise(invoice)

        self.pay(invoice)
        self.judge(days_later(1))

        self.assertRecordValues(promise, [{"state": "kept", "amount_received": 100, "judged_on": days_later(1)}])
        self.assertFalse(promise._holds())

    def test_money_not_matched_yet_keeps_it(self):
        invoice = self.make_invoice()
        promise = self.promise(invoice)

        self.make_bank_line(100, f"payment of {invoice.name}", when=-1)
        self.judge(days_later(6))

        self.assertRecordValues(promise, [{"state": "kept", "amount_received": 100}])

    def test_money_of_exactly_its_amount_is_meant_for_it(self):
        """Money that names nothing covers what is not paused first, but for the very amount that was promised."""
        other, invoice = self.make_invoice(100, overdue=30), self.make_invoice(100, overdue=10)
        promise = self.promise(invoice, 60)

        self.make_bank_line(59, "transfer", when=-1, partner=self.customer)
        row = self.decide(days_later(1))
        self.assertEqual([row[self.items_of(move).id].covered for move in (other, invoice)], [59, 0])
        self.make_bank_line(60, "transfer", when=-1, partner=self.customer)
        row = self.decide(days_later(1))
        self.assertEqual([row[self.items_of(move).id].covered for move in (other, invoice)], [59, 60])
        self.judge(days_later(6))

        self.assertRecordValues(promise, [{"state": "kept", "amount_received": 60}])

    def test_each_euro_counts_once(self):
        """A payment booked before the promise keeps nothing, whether it was matched then or is matched later."""
        invoice = self.make_invoice(100)
        payment = self.make_payment(40)
        promise = self.promise(invoice, 60)

        (payment.move_id.line_ids | invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()
        self.pay(invoice, 20)
        self.judge(days_later(6))

        self.assertRecordValues(promise, [{"state": "part", "amount_received": 20}])

    def test_part_of_it(self):
        invoice = self.make_invoice(100)
        promise = self.promise(invoice, 80)

        self.pay(invoice, 30)
        self.judge(days_later(6))

        self.assertRecordValues(promise, [{"state": "part", "amount_received": 30}])
        self.assertStep(invoice, self.first, days_later(6))

    def test_write_off_does_not_keep_it(self):
        invoice = self.make_invoice(100)
        promise = self.promise(invoice)

        self.write_off(invoice, 100)
        self.judge(days_later(6))

        self.assertTrue(self.items_of(invoice).reconciled)
        self.assertRecordValues(promise, [{"state": "broken", "amount_received": 0}])

    def test_what_a_credit_note_takes_off_need_not_be_paid(self):
        invoice, other = self.make_invoice(100), self.make_invoice(100)
        promise, gone = self.promise(invoice), self.promise(other)

        for move, amount in ((invoice, 40), (other, 100)):
            note = self.make_credit_note(amount, move)
            (note | move).line_ids.filtered(lambda line: line.account_type == "asset_receivable").reconcile()
        self.pay(invoice, 60)
        self.judge(days_later(6))

        self.assertRecordValues(promise | gone, [
            {"state": "kept", "amount_received": 60}, {"state": "withdrawn", "amount_received": 0}])

    def test_judged_after_the_days_of_grace(self):
        invoice = self.make_invoice()
        promise = self.promise(invoice, date=days_later(3))

        self.judge(days_later(5))
        self.assertEqual(promise.state, "open")
        self.assertLeft(invoice, "promise", days_later(5))
        self.judge(days_later(6))

        self.assertEqual(promise.state, "broken")

    def test_waits_for_the_bank_but_not_for_ever(self):
        self.company.dunning_bank_max_age = 2
        invoice = self.make_invoice()
        promise = self.promise(invoice, date=days_later(1))
        bank = self.bank_of(self.company)

        self.env["dunning.bank.reach"]._log(bank, days_later(3), "word")
        self.judge(days_later(8))
        self.assertEqual(promise.state, "open", "booked up to the last day, not beyond it")
        self.judge(days_later(17))
        self.assertEqual(promise.state, "open")
        self.judge(days_later(18))
        self.assertEqual(promise.state, "broken")

    def test_bank_booked_beyond_the_last_day(self):
        self.company.dunning_bank_max_age = 2
        promise = self.promise(self.make_invoice(), date=days_later(1))

        self.env["dunning.bank.reach"]._log(self.bank_of(self.company), days_later(4), "word")
        self.judge(days_later(5))

        self.assertEqual(promise.state, "broken")

    def test_two_currencies(self):
        foreign = self.make_foreign_invoice()
        own = self.make_invoice(80)
        promise, other = self.promise(foreign), self.promise(own)

        self.make_bank_line(100, f"payment of {foreign.name}", when=-1)  # EUR 100 are GBP 50
        self.pay(own)
        self.judge(days_later(6))

        self.assertRecordValues(promise | other, [
            {"state": "part", "amount_received": 50}, {"state": "kept", "amount_received": 80}])

    # -- Taken back --------------------------------------------------------------------------------------------------

    def test_payment_taken_back_after_it_was_kept(self):
        invoice = self.make_invoice()
        promise = self.promise(invoice)
        payment = self.pay(invoice)
        self.judge(days_later(6))
        self.assertEqual(promise.state, "kept")

        payment.action_draft()
        payment.action_cancel()
        self.judge(days_later(9))

        self.assertRecordValues(promise, [{"state": "broken", "amount_received": 0, "is_taken_back": True}])
        self.assertIn("taken back", promise.message_ids[:1].body)
        self.assertTrue(promise.call_activity_id)
        self.assertStep(invoice, self.first, days_later(9))

    def test_money_matched_after_it_was_kept_is_not_taken_back(self):
        invoice = self.make_invoice()
        promise = self.promise(invoice)
        payment = self.make_payment(100, when=-1)
        self.judge(days_later(6))
        self.assertEqual(promise.state, "kept")

        (payment.move_id.line_ids | invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()
        self.judge(days_later(7))

        self.assertRecordValues(promise, [{"state": "kept", "is_taken_back": False}])

    # -- Not kept ----------------------------------------------------------------------------------------------------

    def test_broken_promise_goes_on_at_the_next_step_and_is_named(self):
        invoice = self.make_invoice(overdue=30)
        self.say(invoice, self.first, when=20)
        promise = self.promise(invoice, date=days_later(3))

        communication = self.remind(days_later(6))

        self.assertEqual((communication.level_id, promise.told_by_id), (self.second, communication))
        self.assertIn("You promised to pay", communication.body)
        self.assertIn("03/14/2026", communication.body)
        last = self.remind(days_later(40))
        self.assertEqual(last.level_id, self.last)
        self.assertNotIn("You promised", last.body)

    def test_broken_promise_puts_a_call_on_the_list(self):
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        debtor = self.debtor_of(self.customer, user_id=collector.id)
        invoice = self.make_invoice()
        promise = self.promise(invoice)

        self.judge(days_later(6))

        call = debtor.activity_ids
        self.assertEqual((call.user_id, call), (collector, promise.call_activity_id))
        self.assertIn("100.00", call.summary)
        self.assertIn("Promised", call.note)
        self.pay(invoice)
        self.judge(days_later(7))
        self.env["dunning.communication"].sudo()._update_calls(self.company)
        self.assertFalse(call.exists())

    def test_broken_promise_joins_the_call_that_waits(self):
        invoice = self.make_invoice()
        self.first.channel = "call"
        reminder = self.remind()
        self.promise(invoice)

        self.judge(days_later(6))

        call = self.debtor_of(self.customer).activity_ids
        self.assertEqual(reminder.call_activity_id, call)
        self.assertIn("100.00", call.summary)  # named by the step and by the promise, and counted once
        self.assertIn("Promised", call.note)
        self.assertIn(invoice.name, call.note)

    def test_promises_count_in_the_score(self):
        other = self.make_customer("Brume")
        partners = self.customer | other
        self.run_model._run(self.company, NIGHT)
        before = {partner: self.debtor_of(partner) .late_chance_10 for partner in partners}
        for number in range(3):
            self.promise(self.make_invoice(overdue=5), date=NIGHT + timedelta(days=number))
            kept = self.make_invoice(overdue=5, partner=other)
            self.promise(kept, date=NIGHT + timedelta(days=number))
            self.pay(kept)

        self.judge(days_later(6))

        debtors = {partner: self.debtor_of(partner) for partner in partners}
        self.assertRecordValues(self.debtor_of(self.customer), [{"promises_kept": 0, "promises_judged": 3}])
        self.assertIn("promises to pay: 0 of 3 kept", debtors[self.customer].risk_explanation)
        self.assertIn("promises to pay: 3 of 3 kept", debtors[other].risk_explanation)
        self.assertGreater(debtors[self.customer].late_chance_10, before[self.customer])

    def test_days_that_promises_add(self):
        self.assertEqual(promise_days(0, 0), 0)
        self.assertAlmostEqual(promise_days(7, 3), 0)  # as many as customers usually keep
        for (kept, broken), days in (((0, 1), 1.68), ((0, 4), 4.2), ((4, 0), -1.8)):
            self.assertAlmostEqual(promise_days(kept, broken), days)

    def count_queries(self, call, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        call(*args)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def make_promises(self, count):
        """As many promises of customers of their own, one in three of which is kept."""
        for number in range(count):
            invoice = self.make_invoice(partner=self.make_customer(f"Customer {number}"))
            self.promise(invoice)
            if number % 3 == 0:
                self.make_payment(100, partner=invoice.partner_id)

    def test_number_of_queries_does_not_grow(self):
        promises, night = self.env["dunning.promise"], days_later(6)
        counted = []
        for count in (3, 3, 9):
            self.make_promises(count)
            counted.append((
                self.count_queries(promises._judge, self.company, night),
                self.count_queries(promises._tell_judgements, self.company)))

        self.assertEqual(promises.search_count([("state", "=", "broken"), ("call_activity_id", "!=", False)]), 10)
        self.assertEqual(counted[1], counted[2])
        self.assertLessEqual(counted[2][0], 10)

    # -- Invoices change ---------------------------------------------------------------------------------------------

    def test_posted_again_goes_on(self):
        invoice = self.make_invoice(100)
        promise = self.promise(invoice)

        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 80
        invoice.action_post()

        self.assertLeft(invoice, "promise")
        self.assertEqual(promise.line_ids.move_line_id, self.items_of(invoice))

    def test_invoice_in_draft_waits(self):
        invoice = self.make_invoice(100)
        promise = self.promise(invoice)

        invoice.button_draft()
        self.judge(days_later(6))
        self.assertEqual(promise.state, "open")
        invoice.button_cancel()
        self.judge(days_later(7))

        self.assertEqual(promise.state, "withdrawn")

    def test_instalments_that_are_gone(self):
        invoice = self.make_invoice(100, instalments=[(50, 20), (50, 10)])
        promise = self.promise(invoice)

        invoice.button_draft()
        invoice.invoice_payment_term_id = False
        invoice.invoice_date_due = days_ago(20)
        invoice.action_post()

        self.assertEqual(promise.line_ids.move_line_id, self.items_of(invoice))
        self.assertEqual(promise._holds().move_line_id, self.items_of(invoice))

    def test_invoice_that_moved_to_another_customer(self):
        invoice = self.make_invoice()
        promise = self.promise(invoice)

        invoice.button_draft()
        invoice.partner_id = self.make_customer("Brume")
        invoice.action_post()

        self.assertStep(invoice, self.first)
        self.assertEqual((promise.partner_id, promise.state), (self.customer, "withdrawn"))

    def test_merged_customers_keep_their_promises(self):
        other = self.make_customer("Brume")
        invoice = self.make_invoice(partner=other)
        promise = self.promise(invoice)
        debtor = self.debtor_of(self.customer)

        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | other).ids, self.customer)

        self.assertEqual((promise.debtor_id, promise.partner_id), (debtor, self.customer))
        self.assertLeft(invoice, "promise")

    def test_debtor_with_promises_is_not_deleted(self):
        promise = self.promise(self.make_invoice())

        with self.assertRaisesRegex(UserError, "Archive"):
            promise.debtor_id.unlink()
