"""The messages of payment plans: one before each instalment, one after it, and the word at the end; each once."""

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import days_later
from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
class TestPaymentPlanMessages(PlanCommon):
    # -- Before an instalment ----------------------------------------------------------------------------------------

    def test_one_message_before_each_instalment(self):
        older, newer = self.make_invoice(120, overdue=30), self.make_invoice(180, overdue=10)
        plan = self.active_plan(older | newer)
        first, second, _last = plan.line_ids.sorted("date")

        self.remind(days_later(6))
        self.assertFalse(self.messages_of(plan, "plan_instalment"))
        for night in (7, 8, 9):
            self.remind(days_later(night))

        message = self.messages_of(plan, "plan_instalment")
        self.assertRecordValues(message, [{
            "plan_line_id": first.id, "state": "sent", "amount_total": 100, "is_reminder": True}])
        self.assertIn("100.00", message.subject)
        for words in ("03/21/2026", "1 of 3", "200.00"):
            self.assertIn(words, message.body)
        self.assertEqual(message.line_ids.mapped("document"), [older.name])
        self.pay(older, 100)
        self.remind(days_later(17))
        following = self.messages_of(plan, "plan_instalment") - message
        self.assertEqual(following.plan_line_id, second)
        self.assertEqual(
            [(line.document, line.amount_asked) for line in following.line_ids.sorted("due_date")],
            [(older.name, 20), (newer.name, 80)])

    def test_code_asks_for_the_instalment(self):
        self.make_company_account()
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        self.remind(days_later(7))

        message = self.messages_of(plan, "plan_instalment")
        payload = self.company._dunning_epc_total_payload(message.line_ids.move_line_id, message.amount_total)
        self.assertIn("EUR100.00", payload)
        self.assertTrue(message._render_values()["total_code"])
        self.assertEqual(message._render_values()["total"], message._money(100))

    def test_instalment_that_is_paid_is_not_announced(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)
        self.pay(invoice, 40)
        self.remind(days_later(7))
        self.assertEqual(self.messages_of(plan, "plan_instalment").amount_total, 60)

        self.pay(invoice, 160)
        self.remind(days_later(17))

        self.assertEqual(len(self.messages_of(plan, "plan_instalment")), 1)

    def test_paid_between_night_and_delivery(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)
        self.run_night(days_later(7))
        self.assertEqual(self.messages_of(plan, "plan_instalment").state, "queued")

        self.pay(invoice, 30)
        other = self.active_plan(self.make_invoice(300, partner=self.make_customer("Brume")))
        self.run_night(days_later(7))
        self.pay(other.item_ids.move_id, 100)
        self.deliver(days_later(7))

        self.assertRecordValues(self.messages_of(plan, "plan_instalment"), [{"state": "sent", "amount_total": 70}])
        self.assertEqual(self.messages_of(other, "plan_instalment").state, "cancelled")

    def test_plan_withdrawn_between_night_and_delivery(self):
        plan = self.active_plan(self.make_invoice(300))
        self.run_night(days_later(7))

        plan.action_withdraw()

        self.assertEqual(self.messages_of(plan, "plan_instalment").state, "cancelled")

    def test_nothing_is_said_to_a_customer_on_hold(self):
        plan = self.active_plan(self.make_invoice(300))
        hold = self.env["dunning.hold"].create({"debtor_id": plan.debtor_id.id, "note": "ill"})

        self.remind(days_later(7))
        self.assertFalse(self.messages_of(plan, "plan_instalment"))
        hold.action_lift()
        self.remind(days_later(8))

        self.assertEqual(self.messages_of(plan, "plan_instalment").state, "sent")

    def test_nothing_is_said_on_a_quiet_day(self):
        self.policy.quiet_wednesday = True  # seven days after the night is a Wednesday too
        plan = self.active_plan(self.make_invoice(300))

        self.remind(days_later(7))
        self.assertFalse(self.messages_of(plan, "plan_instalment"))
        self.remind(days_later(8))

        self.assertTrue(self.messages_of(plan, "plan_instalment"))

    # -- After an instalment -----------------------------------------------------------------------------------------

    def test_one_reminder_after_an_instalment(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)
        self.pay(invoice, 25)

        self.remind(days_later(12))
        self.assertFalse(self.messages_of(plan, "plan_reminder"), "within the days of grace")
        for night in (13, 14, 15):
            self.remind(days_later(night))

        message = self.messages_of(plan, "plan_reminder")
        self.assertRecordValues(message, [{
            "plan_line_id": plan.line_ids.sorted("date")[0].id, "state": "sent", "amount_total": 75,
            "tone": "neutral"}])
        for words in ("75.00", "03/21/2026", "04/04/2026"):
            self.assertIn(words, message.body)
        self.assertEqual(plan.state, "active")
        self.assertLeft(invoice, "plan", days_later(15))

    def test_reminder_waits_for_the_bank(self):
        self.company.dunning_bank_max_age = 2
        plan = self.active_plan(self.make_invoice(300))

        self.env["dunning.bank.reach"]._log(self.bank_of(self.company), days_later(12), "word")
        self.run_night(days_later(14))
        self.assertFalse(self.messages_of(plan, "plan_reminder"))
        self.env["dunning.bank.reach"]._log(self.bank_of(self.company), days_later(13), "word")
        self.run_night(days_later(15))

        self.assertTrue(self.messages_of(plan, "plan_reminder"))

    def test_broken_plan_gets_no_reminder_of_its_own(self):
        plan = self.active_plan(self.make_invoice(300))

        self.run_night(days_later(25))

        self.assertEqual(plan.state, "broken")
        self.assertEqual(self.messages_of(plan).mapped("kind"), ["plan_proposal"])

    # -- At the end --------------------------------------------------------------------------------------------------

    def test_word_at_the_end(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)
        self.pay(invoice)

        for night in (1, 2):
            self.remind(days_later(night))

        message = self.messages_of(plan, "plan_done")
        self.assertRecordValues(message, [{"state": "sent", "is_reminder": False, "amount_total": 0}])
        self.assertIn("300.00", message.body)
        self.assertIn("thank you", message.subject)
        self.assertEqual(len(message.attachment_ids), 1)

    # -- Once --------------------------------------------------------------------------------------------------------

    def test_index_keeps_once(self):
        plan = self.active_plan(self.make_invoice(300))
        self.run_night(days_later(7))
        wanted = (plan, plan.line_ids.sorted("date")[0], "plan_instalment")

        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.communications._make_communications(
                self.company, self.env["dunning.payment.plan"].sudo()._plan_messages(self.company, [wanted]), {})

    def test_night_that_was_killed_says_it_once(self):
        plan = self.active_plan(self.make_invoice(300))
        run = self.run_night(days_later(7))

        run.phase = "prepare"  # as if it was killed after it had written the messages
        self.run_night(days_later(7))

        self.assertEqual(len(self.messages_of(plan, "plan_instalment")), 1)

    def test_failed_message_goes_over_the_next_channel(self):
        self.customer.write({"street": "Kerkstraat 1", "city": "Gent"})
        plan = self.active_plan(self.make_invoice(300))
        self.run_night(days_later(7))
        self.env["mail.blacklist"]._add(self.customer.email)

        self.deliver(days_later(7))
        self.deliver(days_later(7))

        failed, letter = self.messages_of(plan, "plan_instalment")
        self.assertEqual((failed.state, letter.state, letter.channel), ("failed", "sent", "letter"))
        self.assertEqual(letter.plan_line_id, failed.plan_line_id)
        self.assertIn("100.00", letter.body)

    def test_number_of_queries_does_not_grow(self):
        counted = []
        for count in (2, 2, 6):
            for number in range(count):
                self.active_plan(self.make_invoice(300, partner=self.make_customer(f"Customer {number}")))
            run = self.run_model.sudo().create({"company_id": self.company.id, "date": days_later(7)})
            counted.append(self.count_queries(self.env["dunning.payment.plan"].sudo()._prepare_messages, run))
            run.unlink()

        self.assertEqual(self.communications.search_count([("kind", "=", "plan_instalment")]), 10)
        self.assertEqual(counted[1], counted[2])

    # -- Who may what ------------------------------------------------------------------------------------------------

    def test_nobody_writes_a_plan(self):
        plan = self.active_plan(self.make_invoice(300))
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        employee = self.make_user("employee", "base.group_user")

        for record, vals in ((plan, {"amount": 1}), (plan, {"state": "done"}), (plan.line_ids[0], {"amount": 1}),
                             (plan.item_ids[0], {"amount_open": 1})):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                record.with_user(collector).write(vals)
        with self.assertRaises(AccessError):
            plan.with_user(employee).action_withdraw()
        plan.with_user(collector).note = "called on Monday"
        self.assertEqual(plan.with_user(employee).amount, 300)
