"""Disputes: what is not asked, who answers, and what follows from the outcome."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import NIGHT, days_ago, days_later
from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
class TestDispute(AgreementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category = cls.env["dunning.dispute.category"].create({"name": "Short", "answer_days": 4})
        cls.cause = cls.env["dunning.dispute.cause"].create({"name": "Packed in a hurry"})

    def dispute(self, invoice, amount=None, category=None, **vals):
        """A dispute about an invoice (default: all of it)."""
        amounts = {}
        left = sum(self.items_of(invoice).mapped("amount_residual_currency")) if amount is None else amount
        for item in self.items_of(invoice).sorted("date_maturity", reverse=True):
            amounts[item] = min(left, item.amount_residual_currency)
            left -= amounts[item]
        return self.env["dunning.dispute"]._make(
            self.debtor_of(invoice.partner_id, invoice.company_id), amounts, category or self.category, "call", **vals)

    def decide_dispute(self, dispute, outcome="upheld", amount=None, answer=None, user=None, **vals):
        dispute = dispute.with_user(user or self.env.user)
        action = dispute.action_uphold() if outcome == "upheld" else dispute.action_reject()
        dialogue = dispute.env["dunning.dispute.decide"].browse(action["res_id"])
        dialogue.write({"answer": answer, **({"amount_upheld": amount} if amount is not None else {}), **vals})
        dialogue.action_decide()

    # -- What it pauses ----------------------------------------------------------------------------------------------

    def test_whole_item_is_not_asked(self):
        invoice, other = self.make_invoice(), self.make_invoice()

        dispute = self.dispute(invoice)

        self.assertLeft(invoice, "dispute")
        self.assertStep(other, self.first)
        self.assertRecordValues(dispute._holds(), [
            {"kind": "dispute", "amount": 0, "date_shown": days_later(4), "date_until": False}])
        self.assertIn("Short", invoice.dunning_hold_reason)
        self.assertIn("03/15/2026", invoice.dunning_hold_reason)
        self.assertIn("in dispute", invoice.dunning_timeline)

    def test_rest_of_a_part_is_asked_in_message_code_and_page_alike(self):
        self.make_company_account()
        invoice = self.make_invoice(100)

        self.dispute(invoice, 30)

        row = self.assertStep(invoice, self.first)
        self.assertEqual((row.open, row.disputed, row.asked), (100, 30, 70))
        message = self.remind()
        self.assertEqual((message.amount_total, message.line_ids.amount_disputed), (70, 30))
        self.assertIn("30.00", message.body)
        self.assertIn("in dispute", message.body)
        [due] = message._portal_due(message.line_ids).values()
        self.assertEqual(due.total, 70)
        self.assertEqual(self.items_of(invoice).dunning_disputed, 30)

    def test_transfer_for_another_invoice_covers_that_one(self):
        doubted, other = self.make_invoice(100, overdue=30), self.make_invoice(100, overdue=10)
        self.dispute(doubted, 30)

        self.make_bank_line(100, f"invoice {other.name}")

        self.assertEqual(self.assertStep(doubted, self.first).asked, 70)
        self.assertLeft(other, "covered")

    def test_money_that_names_nothing_covers_the_part_in_dispute_last(self):
        doubted, other = self.make_invoice(100, overdue=30), self.make_invoice(100, overdue=10)
        self.dispute(doubted, 30)

        self.make_payment(90)

        self.assertLeft(doubted, "covered")
        self.assertEqual(self.assertStep(other, self.first).asked, 80)

    def test_dispute_opened_while_the_night_runs(self):
        invoice = self.make_invoice(100)
        run = self.run_night()

        self.dispute(invoice, 30)
        self.deliver()

        self.assertRecordValues(run.communication_ids, [{"state": "sent", "amount_total": 70}])
        whole = self.make_invoice(100)
        run = self.run_night(days_later(1))
        self.dispute(whole)
        self.deliver(days_later(1))
        self.assertEqual(run.communication_ids.state, "cancelled")

    def test_two_disputes_about_one_item(self):
        invoice = self.make_invoice(100)

        first, _second = self.dispute(invoice, 30), self.dispute(invoice, 20)

        self.assertEqual(self.look(invoice).asked, 50)
        first.action_withdraw()
        self.assertEqual(self.look(invoice).asked, 80)

    def test_dispute_beats_a_promise(self):
        invoice = self.make_invoice()
        self.promise(invoice)

        dispute = self.dispute(invoice)
        self.assertLeft(invoice, "dispute")
        dispute.action_withdraw()

        self.assertLeft(invoice, "promise")

    def test_before_it_is_due(self):
        invoice = self.make_invoice(overdue=-20)

        dispute = self.dispute(invoice)

        self.assertLeft(invoice, "dispute")
        dispute.action_withdraw()
        self.assertLeft(invoice, "too_early")

    # -- Who may open it ---------------------------------------------------------------------------------------------

    def test_more_than_is_open_cannot_be_in_doubt(self):
        invoice = self.make_invoice(100)
        for amount in (100.01, -1):
            with self.subTest(amount=amount), self.assertRaisesRegex(UserError, "100.00"):
                self.env["dunning.dispute"]._make(
                    self.debtor_of(self.customer), {self.items_of(invoice): amount}, self.category, "call")

    def test_invoice_of_another_company_is_refused(self):
        other = self.setup_other_company(name="Other")["company"]
        foreign = self.make_invoice(company=other)
        debtor = self.debtor_of(self.customer)

        with self.assertRaises(UserError):
            self.env["dunning.dispute"]._make(debtor, {self.items_of(foreign): 10}, self.category, "call")
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        dialogue = self.env["dunning.dispute.make"].with_user(collector).create({"debtor_id": debtor.id})
        with self.assertRaises(AccessError):
            dialogue.write({"line_ids": [Command.create({"item_id": self.items_of(foreign).id, "amount": 10})]})

    def test_dialogue_from_a_call(self):
        invoice, other = self.make_invoice(), self.make_invoice()
        call = self.env["dunning.communication"].create({
            "debtor_id": self.debtor_of(self.customer).id, "partner_id": self.customer.id, "channel": "call",
            "direction": "in", "subject": "Boxes are missing"})
        dialogue = self.env["dunning.dispute.make"].browse(call.action_dispute()["res_id"])
        with self.assertRaisesRegex(UserError, "kind"):
            dialogue.action_make()

        dialogue.write({"category_id": self.category.id, "note": "two boxes", "received_on": days_ago(20)})
        dialogue.line_ids.filtered(lambda line: line.item_id.move_id == invoice).amount = 25
        dialogue.action_make()

        dispute = self.env["dunning.dispute"].search([("move_id", "=", invoice.id)])
        self.assertRecordValues(dispute, [{
            "amount": 25, "source": "call", "communication_id": call.id, "note": "two boxes",
            "contact_name": "Azur", "user_id": self.env.uid}])
        self.assertStep(other, self.first)

    def test_colleague_opens_it_from_an_invoice_that_he_reads(self):
        salesperson = self.make_user("sales", "base.group_user,account.group_account_readonly")
        stranger = self.make_user("stranger", "base.group_user")
        invoice = self.make_invoice(overdue=-20)
        with self.assertRaises(AccessError):
            invoice.with_user(stranger).action_dunning_dispute()

        action = invoice.with_user(salesperson).action_dunning_dispute()
        dialogue = self.env["dunning.dispute.make"].with_user(salesperson).browse(action["res_id"])
        dialogue.category_id = self.category
        dialogue.action_make()

        self.assertLeft(invoice, "dispute")

    # -- Who answers -------------------------------------------------------------------------------------------------

    def test_kind_of_dispute_names_who_answers(self):
        salesperson = self.make_user("sales", "base.group_user")
        packer = self.make_user("packer", "base.group_user")
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        self.debtor_of(self.customer, user_id=collector.id)
        for answered_by, user in (("salesperson", salesperson), ("user", packer), ("collector", collector)):
            with self.subTest(answered_by=answered_by):
                self.category.write({"answered_by": answered_by, "user_id": packer.id})

                dispute = self.dispute(self.make_invoice(invoice_user_id=salesperson.id))

                self.assertEqual((dispute.responsible_id, dispute.date_answer), (user, days_later(4)))
                self.assertEqual(dispute.activity_ids.user_id, user)

    def test_who_answers_sees_his_disputes_and_no_others(self):
        packer = self.make_user("packer", "base.group_user")
        own, other = (
            self.dispute(self.make_invoice(), responsible_id=user.id) for user in (packer, self.env.user))

        disputes = self.env["dunning.dispute"].with_user(packer)
        self.assertEqual(disputes.search([]), own)
        with self.assertRaises(AccessError):
            other.with_user(packer).read(["amount"])
        with self.assertRaises(AccessError):
            other.with_user(packer).action_withdraw()
        with self.assertRaises(AccessError):
            own.with_user(packer).write({"amount": 1})
        with self.assertRaises(AccessError):
            own.with_user(packer).write({"responsible_id": self.env.uid})
        own.with_user(packer).write({"cause_id": self.cause.id, "answer": "All boxes were signed for."})
        form = disputes.get_view(self.env.ref("debto_dunning.dunning_dispute_view_form").id)["arch"]
        self.assertNotIn("debtor_id", form)
        self.assertNotIn("move_id", form)

    def test_another_colleague_answers(self):
        packer = self.make_user("packer", "base.group_user")
        dispute = self.dispute(self.make_invoice())

        dispute.responsible_id = packer

        self.assertEqual(dispute.activity_ids.user_id, packer)

    def test_overdue_one_goes_to_the_manager_once(self):
        manager = self.make_user("manager", "debto_dunning.group_dunning_manager")
        self.category.manager_id = manager
        dispute = self.dispute(self.make_invoice())

        self.judge(days_later(4))
        self.assertFalse(dispute.is_escalated)
        self.judge(days_later(5))
        self.judge(days_later(6))

        self.assertTrue(dispute.is_escalated)
        self.assertEqual(len(dispute.activity_ids.filtered(lambda activity: activity.user_id == manager)), 1)

    # -- Outcome -----------------------------------------------------------------------------------------------------

    def test_rejected_with_words_to_the_customer(self):
        invoice = self.make_invoice(overdue=30)
        self.say(invoice, self.first)
        dispute = self.dispute(invoice, 30, contact_id=self.customer.id)
        with self.assertRaisesRegex(UserError, "why the invoice is right"):
            self.decide_dispute(dispute, "rejected")

        self.decide_dispute(dispute, "rejected", answer="All boxes were signed for.", cause_id=self.cause.id)

        self.assertRecordValues(dispute, [{
            "state": "rejected", "answer": "All boxes were signed for.", "cause_id": self.cause.id,
            "days_to_solve": 0, "ended_on": NIGHT}])
        self.assertFalse(dispute._holds())
        self.assertFalse(dispute.activity_ids)
        self.assertEqual(self.assertStep(invoice, self.second).asked, 100)
        self.assertIn("signed for", dispute.message_ids[:1].body)
        self.assertEqual(dispute.message_ids[:1].partner_ids, self.customer)
        logged = self.debtor_of(self.customer).communication_ids.filtered(lambda one: one.kind == "contact")
        self.assertRecordValues(logged, [{"direction": "out", "channel": "email", "state": "sent"}])

    def test_upheld_starts_a_credit_note(self):
        invoice = self.make_invoice(100)
        dispute = self.dispute(invoice)

        self.decide_dispute(dispute, cause_id=self.cause.id)

        note = dispute.credit_note_ids
        self.assertRecordValues(note, [{
            "move_type": "out_refund", "state": "draft", "amount_total": 100, "reversed_entry_id": invoice.id}])
        self.assertIn("Packed in a hurry", note.ref)
        self.assertEqual((dispute.state, dispute.amount_upheld), ("upheld", 100))
        self.assertLeft(invoice, "dispute")  # until the credit note is posted
        note.action_post()
        self.assertFalse(dispute._holds())
        self.assertFalse(dispute.waits_for_credit)

    def test_upheld_in_part(self):
        invoice = self.make_invoice(100)
        dispute = self.dispute(invoice, 50)

        self.decide_dispute(dispute, amount=20)

        self.assertRecordValues(dispute, [{"state": "part", "amount_upheld": 20, "waits_for_credit": True}])
        self.assertEqual(self.assertStep(invoice, self.first).asked, 80)
        self.assertEqual(dispute.credit_note_ids.amount_total, 20)
        dispute.credit_note_ids.action_post()
        self.assertEqual(self.assertStep(invoice, self.first).asked, 80)
        for amount in (0, 50.01):
            with self.subTest(amount=amount), self.assertRaises(UserError):
                self.decide_dispute(self.dispute(self.make_invoice(100), 50), amount=amount)

    def test_no_credit_note_needed(self):
        invoice = self.make_invoice(100)
        dispute = self.dispute(invoice)
        self.decide_dispute(dispute)

        dispute.action_credited()

        self.assertStep(invoice, self.first)

    def test_colleague_without_accounting_decides(self):
        packer = self.make_user("packer", "base.group_user")
        dispute = self.dispute(self.make_invoice(100), responsible_id=packer.id)

        self.decide_dispute(dispute, user=packer, answer="We are sorry.")

        self.assertEqual((dispute.state, dispute.credit_note_ids.state), ("upheld", "draft"))
        with self.assertRaisesRegex(UserError, "outcome already"):
            dispute.with_user(packer).action_uphold()

    def test_notice_that_named_what_is_conceded_is_void(self):
        invoice = self.make_invoice(100, overdue=30)
        notice = self.say(invoice, self.first, line_vals={"is_notice": True, "amount_asked": 100})
        self.say(invoice, self.second, when=10)
        dispute = self.dispute(invoice, 40)

        self.decide_dispute(dispute, amount=40)

        self.assertTrue(notice.line_ids.void)
        row = self.look(invoice)
        self.assertEqual(row.level, self.first.id)

    def test_notice_given_while_in_dispute_stands(self):
        invoice = self.make_invoice(100, overdue=30)
        dispute = self.dispute(invoice, 40)
        notice = self.say(invoice, self.first, when=0, line_vals={
            "is_notice": True, "amount_asked": 60, "amount_disputed": 40})

        self.decide_dispute(dispute, amount=40)

        self.assertFalse(notice.line_ids.void)

    # -- Score and figures -------------------------------------------------------------------------------------------

    def test_time_in_dispute_does_not_count_against_the_customer(self):
        other = self.make_customer("Brume")
        for partner in (self.customer, other):
            invoice = self.make_invoice(overdue=20, partner=partner)
            if partner == self.customer:
                dispute = self.dispute(invoice, answer="x")
                dispute.date_opened = days_ago(19)
                dispute._close("rejected")
                dispute.ended_on = days_ago(5)
            self.pay(invoice)

        self.judge(days_later(1))

        self.assertEqual([self.debtor_of(partner).average_days_late for partner in (self.customer, other)], [5, 20])

    def test_days_to_solve(self):
        dispute = self.dispute(self.make_invoice())
        dispute.date_opened = NIGHT - timedelta(days=6)

        self.decide_dispute(dispute, "rejected", answer="x")

        self.assertEqual(dispute.days_to_solve, 6)
        [(category, count, amount, days)] = self.env["dunning.dispute"]._read_group(
            [("id", "in", dispute.ids)], ["category_id"], ["__count", "amount:sum", "days_to_solve:avg"])
        self.assertEqual((category, count, amount, days), (self.category, 1, 100, 6))

    def test_late_protest_of_a_belgian_business_is_marked(self):
        consumer = self.make_customer("Person", is_company=False)
        dutch = self.make_customer("Polder", country_id=self.env.ref("base.nl").id)
        for partner, received, expected in (
                (self.customer, 8, False), (self.customer, 9, True), (consumer, 9, False), (dutch, 9, False)):
            with self.subTest(partner=partner.name, received=received):
                invoice = self.make_invoice(partner=partner)

                dispute = self.dispute(invoice, received_on=days_ago(received))

                self.assertEqual((dispute.is_protest_late, dispute.protested_on), (expected, NIGHT))
                self.assertLeft(invoice, "dispute")  # a person decides

    # -- Invoices change ---------------------------------------------------------------------------------------------

    def test_posted_again_goes_on(self):
        invoice = self.make_invoice(100)
        dispute = self.dispute(invoice, 30)

        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 80
        invoice.action_post()

        self.assertEqual(self.assertStep(invoice, self.first).asked, 50)
        self.assertEqual(dispute.state, "open")

    def test_invoice_that_moved_to_another_customer(self):
        invoice = self.make_invoice()
        dispute = self.dispute(invoice)

        invoice.button_draft()
        invoice.partner_id = self.make_customer("Brume")
        invoice.action_post()

        self.assertStep(invoice, self.first)
        self.assertEqual((dispute.partner_id, dispute.state), (self.customer, "withdrawn"))

    def test_merged_customers_keep_their_disputes(self):
        other = self.make_customer("Brume")
        invoice = self.make_invoice(partner=other)
        dispute = self.dispute(invoice)
        debtor = self.debtor_of(self.customer)

        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | other).ids, self.customer)

        self.assertEqual((dispute.debtor_id, dispute.partner_id), (debtor, self.customer))
        self.assertLeft(invoice, "dispute")

    def test_instalments(self):
        invoice = self.make_invoice(100, instalments=[(50, 20), (50, 10)])

        self.dispute(invoice, 60)

        oldest, newest = (self.decide()[item.id] for item in self.items_of(invoice))
        self.assertEqual((oldest.asked, newest.reason), (40, "dispute"))

    def test_words_of_natural_persons_are_erased(self):
        person = self.make_customer("Person", is_company=False)
        self.company.dunning_retention_months = 12
        disputes = [self.dispute(self.make_invoice(partner=partner), note="ill", contact_id=partner.id)
                    for partner in (person, self.customer)]
        for dispute in disputes:
            dispute.action_withdraw()

        self.judge(days_later(365))
        self.assertFalse(disputes[0].erased_on)
        self.judge(days_later(367))

        self.assertRecordValues(disputes[0], [
            {"note": False, "contact_name": False, "contact_address": False, "amount": 100, "state": "withdrawn"}])
        self.assertFalse(disputes[0].message_ids)
        self.assertEqual(disputes[1].note, "ill")

    # -- Answers -----------------------------------------------------------------------------------------------------

    def test_answer_of_the_customer_lands_in_the_log(self):
        invoice = self.make_invoice()
        dispute = self.dispute(invoice)
        self.decide_dispute(dispute, "rejected", answer="All boxes were signed for.")

        dispute.message_update({"author_id": self.customer.id, "subject": "Re:", "body": "No.", "email_from": "a@b.c"})

        answer = self.debtor_of(self.customer).communication_ids.filtered(lambda one: one.direction == "in")
        self.assertTrue(answer.needs_attention)
        self.assertLeft(invoice, "reply")
