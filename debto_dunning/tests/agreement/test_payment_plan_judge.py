"""Payment plans against the money that came: in the order of the instalments, each euro once."""

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import days_later
from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
class TestPaymentPlanJudge(PlanCommon):
    # -- What came ---------------------------------------------------------------------------------------------------

    def test_payments_count_in_order_whatever_invoice_they_are_matched_with(self):
        older, newer = self.make_invoice(100, overdue=30), self.make_invoice(200, overdue=10)
        plan = self.active_plan(older | newer)

        self.pay(newer, 120)
        self.judge(days_later(1))

        self.assertReceived(plan, 100, 20, 0)
        self.assertRecordValues(plan, [{
            "state": "active", "amount_received": 120, "amount_left": 180, "date_next": days_later(20)}])
        self.assertEqual(set(plan._holds().mapped("date_shown")), {days_later(34)})

    def test_money_not_matched_yet_counts(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        self.make_bank_line(130, f"payment of {invoice.name}", when=-1)
        self.judge(days_later(2))

        self.assertReceived(plan, 100, 30, 0)

    def test_money_matched_later_counts_once(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)
        payment = self.make_payment(100, when=-1)
        self.judge(days_later(2))
        self.assertReceived(plan, 100, 0, 0)

        (payment.move_id.line_ids | invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()
        self.judge(days_later(3))

        self.assertReceived(plan, 100, 0, 0)

    def test_money_from_before_the_plan_pays_no_instalment(self):
        invoice = self.make_invoice(300)
        payment = self.make_payment(60)
        plan = self.active_plan(invoice, [(10, 120), (20, 120)])

        (payment.move_id.line_ids | invoice.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable").reconcile()
        self.judge(days_later(2))

        self.assertEqual(plan.amount, 240)
        self.assertReceived(plan, 0, 0)

    def test_money_of_exactly_an_instalment_is_meant_for_the_plan(self):
        other, invoice = self.make_invoice(100, overdue=30), self.make_invoice(150, overdue=10)
        plan = self.active_plan(invoice, [(10, 90), (20, 60)])

        self.make_bank_line(89, "transfer", when=-1, partner=self.customer)
        self.make_bank_line(60, "transfer", when=-1, partner=self.customer)
        self.judge(days_later(2))

        self.assertReceived(plan, 60, 0)
        row = self.decide(days_later(2))
        self.assertEqual([row[self.items_of(move).id].covered for move in (other, invoice)], [89, 60])

    def test_each_euro_keeps_one_agreement(self):
        promised, planned = self.make_invoice(100, overdue=30), self.make_invoice(100, overdue=10)
        promise = self.promise(promised)
        plan = self.active_plan(planned, [(3, 100)])

        self.make_bank_line(150, f"{promised.name} {planned.name}", when=-1)
        self.judge(days_later(6))

        self.assertEqual(promise.amount_received + plan.amount_received, 150)

    def test_write_off_pays_no_instalment(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        self.write_off(invoice, 300)
        self.judge(days_later(1))

        self.assertReceived(plan, 0, 0, 0)
        self.assertEqual(plan.state, "active")

    def test_what_a_credit_note_takes_off_need_not_be_paid(self):
        invoice, gone = self.make_invoice(300), self.make_invoice(100)
        plan, empty = self.active_plan(invoice), self.active_plan(gone, [(10, 100)])
        for move, amount in ((invoice, 150), (gone, 100)):
            note = self.make_credit_note(amount, move)
            (note | move).line_ids.filtered(lambda line: line.account_type == "asset_receivable").reconcile()

        self.pay(invoice, 100)
        self.judge(days_later(1))

        lines = plan.line_ids.sorted("date")
        self.assertEqual(lines.mapped("amount_credited"), [0, 50, 100])
        self.assertEqual(lines.mapped("amount_left"), [0, 50, 0])
        self.assertEqual((plan.state, empty.state), ("active", "withdrawn"))
        self.pay(invoice, 50)
        self.judge(days_later(2))
        self.assertRecordValues(plan, [{"state": "done", "amount_received": 150, "amount_left": 0}])

    def test_two_currencies(self):
        foreign, own = self.make_foreign_invoice(), self.make_invoice(80)
        plan, other = self.active_plan(foreign, [(10, 60), (20, 40)]), self.active_plan(own, [(10, 80)])

        self.make_bank_line(100, f"payment of {foreign.name}", when=-1)  # EUR 100 are GBP 50
        self.pay(own, 30)
        self.judge(days_later(2))

        self.assertReceived(plan, 50, 0)
        self.assertReceived(other, 30)

    # -- Done --------------------------------------------------------------------------------------------------------

    def test_plan_that_is_paid(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        self.pay(invoice)
        self.judge(days_later(1))

        self.assertRecordValues(plan, [{"state": "done", "ended_on": days_later(1), "amount_left": 0}])
        self.assertFalse(plan._holds())
        self.assertIn("300.00", plan.message_ids[:1].body)

    def test_payment_taken_back_after_the_plan_was_paid(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)
        payment = self.pay(invoice)
        self.judge(days_later(1))
        self.assertEqual(plan.state, "done")

        payment.action_draft()
        payment.action_cancel()
        self.judge(days_later(3))

        self.assertRecordValues(plan, [{"state": "active", "is_taken_back": True, "ended_on": False}])
        self.assertLeft(invoice, "plan", days_later(3))
        self.assertIn("taken back", plan.message_ids[:1].body)
        self.judge(days_later(25))
        self.assertEqual(plan.state, "broken")

    # -- Broken ------------------------------------------------------------------------------------------------------

    def test_broken_after_the_days_of_the_setting(self):
        self.company.dunning_plan_break_days = 7
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        self.judge(days_later(17))
        self.assertEqual(plan.state, "active")
        self.assertLeft(invoice, "plan", days_later(17))
        self.judge(days_later(18))

        self.assertRecordValues(plan, [{"state": "broken", "ended_on": days_later(18)}])
        self.assertFalse(plan._holds())

    def test_never_broken_within_the_days_of_grace(self):
        self.company.write({"dunning_plan_break_days": 0, "dunning_promise_grace_days": 4})
        plan = self.active_plan(self.make_invoice(300))

        self.judge(days_later(14))
        self.assertEqual(plan.state, "active")
        self.judge(days_later(15))

        self.assertEqual(plan.state, "broken")

    def test_waits_for_the_bank_but_not_for_ever(self):
        self.company.write({"dunning_bank_max_age": 2, "dunning_plan_break_days": 7})
        plan = self.active_plan(self.make_invoice(300))
        bank = self.bank_of(self.company)

        self.env["dunning.bank.reach"]._log(bank, days_later(17), "word")
        self.judge(days_later(25))
        self.assertEqual(plan.state, "active", "booked up to the last day, not beyond it")
        self.env["dunning.bank.reach"]._log(bank, days_later(18), "word")
        self.judge(days_later(26))
        self.assertEqual(plan.state, "broken")

        other = self.active_plan(self.make_invoice(300))
        self.env["dunning.bank.reach"].sudo().search([]).date = days_later(0)
        self.judge(days_later(31))
        self.assertEqual(other.state, "active")
        self.judge(days_later(32))
        self.assertEqual(other.state, "broken")

    def test_broken_plan_goes_on_at_the_next_step_and_is_named(self):
        invoice = self.make_invoice(300, overdue=30)
        self.say(invoice, self.first, when=20)
        plan = self.active_plan(invoice)
        self.pay(invoice, 100)

        communication = self.remind(days_later(35)).filtered(lambda one: one.kind == "reminder")

        self.assertEqual((communication.level_id, plan.told_by_id), (self.second, communication))
        self.assertEqual((plan.state, communication.amount_total), ("broken", 200))
        self.assertIn("payment plan of 03/11/2026 has ended", communication.body)
        self.assertIn("03/31/2026", communication.body)
        last = self.remind(days_later(60))
        self.assertEqual(last.level_id, self.last)
        self.assertNotIn("payment plan", last.body)

    # -- Queries -----------------------------------------------------------------------------------------------------

    def test_judging_takes_five_queries_whatever_their_number(self):
        plans, night = self.env["dunning.payment.plan"], days_later(25)
        counted = []
        charge_vals = {"currency_id": self.company.currency_id.id, "cost_amount": 5}
        for count in (2, 2, 8):
            for number in range(count):
                invoice = self.make_invoice(300, partner=self.make_customer(f"Customer {number}"))
                self.env["dunning.charge"].sudo().create({
                    "debtor_id": self.debtor_of(invoice.partner_id).id, "move_id": invoice.id,
                    "move_line_id": self.items_of(invoice).id, **charge_vals})
                self.active_plan(invoice, [(10, 100), (20, 205)])
                if number % 2:
                    self.make_payment(100 + 205 * (number % 3), partner=invoice.partner_id)
            with freeze_time(f"{night} 01:00:00"):
                self.env.flush_all()
                self.company._dunning_bank_date(night)
                self.run_model._get_money_of_items(self.company, night, [0], [])  # reads company and rates
                with self.assertQueryCount(5):
                    plans._judge(self.company, night)
                counted.append(self.count_queries(plans._tell_judgements, self.company))

        self.assertEqual(set(plans.search([]).mapped("state")), {"active", "done", "broken"})
        self.assertEqual(counted[1], counted[2])
