"""Payment plans: how they are made, proposed and accepted, and what they pause."""

from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...tools import instalments
from ..common import NIGHT, days_later
from .plan_common import PlanCommon


@tagged("post_install", "-at_install")
class TestPaymentPlan(PlanCommon):
    # -- Instalments -------------------------------------------------------------------------------------------------

    def test_days_by_rhythm(self):
        for first, rhythm, expected in (
                (date(2026, 3, 11), "weekly", [date(2026, 3, 11), date(2026, 3, 18), date(2026, 3, 25)]),
                (date(2026, 3, 11), "fortnightly", [date(2026, 3, 11), date(2026, 3, 25), date(2026, 4, 8)]),
                (date(2026, 1, 31), "monthly", [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)])):
            with self.subTest(rhythm=rhythm):
                self.assertEqual(instalments.days(first, 3, rhythm), expected)

    def test_parts_add_up(self):
        for total, count, expected in ((100, 3, [33.33, 33.33, 33.34]), (0.05, 2, [0.02, 0.03]), (7, 1, [7])):
            with self.subTest(total=total):
                self.assertEqual([round(part, 2) for part in instalments.parts(total, count, 0.01)], expected)

    def test_slices_of_rooms(self):
        self.assertEqual(instalments.slices([100, 50], 80, 40), ([20, 20], 0))
        self.assertEqual(instalments.slices([100], 90, 30), ([10], 20))
        self.assertEqual(instalments.slices([100], 110, 30), ([0], 30))

    # -- What can be planned -----------------------------------------------------------------------------------------

    def test_draft_pauses_nothing(self):
        invoice = self.make_invoice(300)

        plan = self.plan(invoice)

        self.assertRecordValues(plan, [{
            "state": "draft", "amount": 300, "amount_principal": 300, "amount_charges": 0, "amount_left": 300,
            "date_first": days_later(10), "date_next": days_later(10), "date_last": days_later(30)}])
        self.assertStep(invoice, self.first)

    def test_what_makes_no_plan(self):
        invoice, foreign = self.make_invoice(300), self.make_foreign_invoice(100)
        other = self.make_invoice(partner=self.make_customer("Brume"))
        paid, disputed = self.make_invoice(50), self.make_invoice(60)
        self.pay(paid)
        self.env["dunning.dispute"]._make(
            self.debtor_of(self.customer), {self.items_of(disputed): 10},
            self.env["dunning.dispute.category"].create({"name": "Short"}), "call")
        for invoices, schedule, words in (
                (invoice | foreign, [(10, 400)], "one currency"),
                (invoice | other, [(10, 400)], "not all of Azur"),
                (paid, [(10, 50)], "Nothing is open"),
                (disputed, [(10, 60)], "in dispute"),
                (invoice, [(10, 100), (20, 199.99)], "come to .*299.99.* but .*300.00"),
                (invoice, [(20, 100), (10, 200)], "follow each other"),
                (invoice, [(10, 100), (10, 200)], "follow each other"),
                (invoice, [(10, 301), (20, -1)], "above zero"),
                (invoice, [(-1, 300)], "is over"),
                (invoice, [(366 * 6, 300)], "too far ahead"),
                (invoice, [(day + 1, 5) for day in range(60)] + [(61, 0.01)], "at most 60")):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.plan(invoices, schedule, partner=self.customer)

    def test_invoice_of_another_company_is_refused(self):
        other = self.setup_other_company(name="Other")["company"]
        foreign = self.make_invoice(company=other)
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        debtor = self.debtor_of(self.customer)

        with self.assertRaisesRegex(UserError, "not all of"):
            self.env["dunning.payment.plan"]._make(debtor, self.items_of(foreign), [(days_later(3), 100)])
        with self.assertRaises(AccessError):
            self.env["dunning.payment.plan.make"].with_user(collector).create({
                "debtor_id": debtor.id, "date_first": days_later(3),
                "item_ids": [Command.create({"item_id": self.items_of(foreign).id, "is_chosen": True})]})

    def test_invoice_is_in_one_plan(self):
        one, other = self.make_invoice(300), self.make_invoice(100)
        self.active_plan(one)

        with self.assertRaisesRegex(UserError, "another payment plan"):
            self.plan(one | other, [(10, 400)])

    def test_second_proposal_of_an_invoice_cannot_be_accepted(self):
        invoice = self.make_invoice(300)
        first, second = self.plan(invoice), self.plan(invoice)
        first._propose()
        second._propose()

        first._accept("Ann")

        with self.assertRaisesRegex(UserError, "another payment plan"):
            second._accept("Ann")

    def test_natural_person_pays_no_interest(self):
        consumer = self.make_customer("Peeters", is_company=False)
        trader = self.make_customer("Roose", vat="BE0477472701")
        self.debtor_of(trader).is_sole_trader = True
        for partner in (consumer, trader):
            invoice = self.make_invoice(300, partner=partner)

            with self.subTest(partner=partner.name), self.assertRaisesRegex(UserError, "no interest and no fee"):
                self.plan(invoice, bears_interest=True)

    # -- Proposed ----------------------------------------------------------------------------------------------------

    def test_proposal_is_sent_with_its_conditions(self):
        invoice = self.make_invoice(300)
        plan = self.plan(invoice)

        plan._propose()
        self.deliver()

        self.assertRecordValues(plan, [{"state": "proposed", "date_answer": days_later(10)}])
        message = self.messages_of(plan)
        self.assertRecordValues(message, [{
            "kind": "plan_proposal", "state": "sent", "channel": "email", "is_reminder": False,
            "partner_id": self.customer.id}])
        for words in (invoice.name, "300.00", "100.00", "03/21/2026", "within 14 days", "costs nothing"):
            self.assertIn(words, message.body)
        self.assertEqual(message.attachment_ids.mapped("mimetype"), ["application/pdf"])
        self.assertStep(invoice, self.first)

    def test_proposal_pauses_where_the_clerk_says_so(self):
        invoice = self.make_invoice(300)
        plan = self.plan(invoice, pauses_proposal=True, date_answer=days_later(5))

        plan._propose()

        self.assertLeft(invoice, "plan")
        self.assertLeft(invoice, "plan", days_later(5))
        self.assertStep(invoice, self.first, days_later(6))
        self.assertIn("03/16/2026", invoice.dunning_hold_reason)

    def test_nobody_answered(self):
        invoice = self.make_invoice(300)
        plan = self.plan(invoice, pauses_proposal=True, date_answer=days_later(5))
        plan._propose()

        self.judge(days_later(5))
        self.assertEqual(plan.state, "proposed")
        self.judge(days_later(6))

        self.assertRecordValues(plan, [{"state": "withdrawn", "ended_on": days_later(6)}])
        self.assertFalse(plan._holds())
        self.assertEqual(self.messages_of(plan).state, "cancelled")

    def test_answer_cannot_be_later_than_an_instalment(self):
        plan = self.plan(self.make_invoice(300), date_answer=days_later(11))

        with self.assertRaisesRegex(UserError, "cannot answer by"):
            plan._propose()

    def test_accepted_too_late(self):
        plan = self.plan(self.make_invoice(300))
        plan._propose()

        with freeze_time(f"{days_later(11)} 10:00:00"), self.assertRaisesRegex(UserError, "could be accepted until"):
            plan._accept("Ann")

    def test_declined(self):
        invoice = self.make_invoice(300)
        plan = self.plan(invoice, pauses_proposal=True)
        plan._propose()

        plan._decline("too much a month")

        self.assertRecordValues(plan, [{"state": "withdrawn", "note": "too much a month"}])
        self.assertStep(invoice, self.first)
        with self.assertRaisesRegex(UserError, "not proposed any more"):
            plan._decline()
        with self.assertRaisesRegex(UserError, "cannot be accepted"):
            plan._accept("Ann")

    # -- Accepted ----------------------------------------------------------------------------------------------------

    def test_accepted_with_name_time_and_text(self):
        contact = self.make_customer("Ann", parent_id=self.customer.id, is_company=False)
        plan = self.plan(self.make_invoice(300))
        plan._propose()

        plan._accept("Ann Azur", contact, "192.0.2.1")

        self.assertRecordValues(plan, [{
            "state": "active", "accepted_name": "Ann Azur", "accepted_address": "192.0.2.1",
            "accepted_date": NIGHT, "contact_id": contact.id}])
        self.assertTrue(plan.accepted_on)
        self.assertIn("300.00", plan.agreed_text)
        self.assertIn("do not acknowledge the debt", plan.agreed_text)

    def test_active_plan_pauses_what_it_names(self):
        named, later = self.make_invoice(300), self.make_invoice(overdue=6)

        plan = self.active_plan(named)

        row = self.assertLeft(named, "plan")
        self.assertEqual(row.date, days_later(25))  # the day of the instalment, 14 days, the next one
        self.assertStep(later, self.first)
        self.assertRecordValues(plan._holds(), [{"kind": "plan", "date_until": False, "date_shown": days_later(24)}])
        for words in (named.dunning_hold_reason, named.dunning_timeline, self.debtor_of(self.customer).timeline):
            self.assertIn("instalments", words)
        self.assertIn("03/21/2026", named.dunning_hold_reason)
        with self.assertRaisesRegex(UserError, "payment plan"):
            plan._holds().action_lift()

    def test_accepted_while_the_night_runs(self):
        invoice = self.make_invoice(300)
        plan = self.plan(invoice)
        plan._propose()
        run = self.run_night()

        plan._accept("Ann")
        self.deliver()

        self.assertEqual(run.communication_ids.state, "cancelled")
        self.assertIn("instalments", run.communication_ids.outcome)

    def test_first_instalment_at_once(self):
        plan = self.plan(
            self.make_invoice(300), [(0, 100), (20, 200)], is_first_at_once=True, date_answer=days_later(9))
        plan._propose()

        with freeze_time(f"{days_later(4)} 10:00:00"):
            plan._accept("Ann")

        self.assertEqual(plan.line_ids.sorted("date").mapped("date"), [days_later(4), days_later(20)])

    def test_plan_replaces_promises_and_takes_none(self):
        invoice = self.make_invoice(300)
        promise = self.promise(invoice)

        plan = self.active_plan(invoice)

        self.assertEqual(promise.state, "replaced")
        self.assertEqual(plan._holds().move_line_id, self.items_of(invoice))
        with self.assertRaisesRegex(UserError, "in a payment plan"):
            self.promise(invoice)

    def test_dispute_beats_a_plan(self):
        invoice = self.make_invoice(300)
        self.active_plan(invoice)

        dispute = self.env["dunning.dispute"]._make(
            self.debtor_of(self.customer), {self.items_of(invoice): 300},
            self.env["dunning.dispute.category"].create({"name": "Short"}), "call")

        self.assertLeft(invoice, "dispute")
        dispute.action_withdraw()
        self.assertLeft(invoice, "plan")

    def test_withdrawn_plan_pauses_nothing(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        plan.action_withdraw()

        self.assertEqual(plan.state, "withdrawn")
        self.assertStep(invoice, self.first)
        with self.assertRaisesRegex(UserError, "has ended"):
            plan.action_withdraw()

    # -- Dialogue ----------------------------------------------------------------------------------------------------

    def open_plan_dialogue(self, user=None, **vals):
        debtor = self.debtor_of(self.customer).with_user(user or self.env.user)
        dialogue = debtor.env["dunning.payment.plan.make"].browse(debtor.action_payment_plan()["res_id"])
        dialogue.write(vals)
        return dialogue

    def test_dialogue_makes_and_proposes(self):
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        self.make_invoice(300)
        dialogue = self.open_plan_dialogue(
            collector, rhythm="weekly", instalment_count=2, date_first=days_later(10), note="no more at once")
        self.assertEqual([(line.date, line.amount) for line in dialogue.line_ids],
                         [(days_later(10), 150), (days_later(17), 150)])

        dialogue.action_propose()

        plan = self.env["dunning.payment.plan"].search([])
        self.assertRecordValues(plan, [{
            "state": "proposed", "rhythm": "weekly", "amount": 300, "note": "no more at once",
            "user_id": collector.id, "source": "call"}])
        plan.with_user(collector).action_accept()
        self.assertRecordValues(plan, [{"state": "active", "accepted_name": "Azur"}])

    def test_dialogue_with_the_first_at_once(self):
        self.make_invoice(300)

        dialogue = self.open_plan_dialogue(
            rhythm="monthly", instalment_count=3, date_first=days_later(20), is_first_at_once=True)

        self.assertEqual(dialogue.line_ids.mapped("date"), [NIGHT, days_later(20), date(2026, 4, 30)])

    def test_dialogue_by_hand_in_the_form(self):
        self.make_invoice(300)
        with Form(self.open_plan_dialogue()) as form:
            form.rhythm = "hand"
            with form.line_ids.edit(0) as line:
                line.amount = 150
            form.line_ids.remove(2)
            self.assertIn("250.00", form.warning)
            with form.line_ids.edit(1) as line:
                line.amount = 150
            self.assertFalse(form.warning)
            dialogue = form.save()

        plan = self.env["dunning.payment.plan"].browse(dialogue.action_make()["res_id"])

        self.assertEqual(plan.line_ids.mapped("amount"), [150, 150])

    def test_dialogue_ticks_what_is_overdue_and_free(self):
        foreign, overdue, later = (
            self.make_foreign_invoice(overdue=5), self.make_invoice(overdue=10), self.make_invoice(overdue=-5))
        planned = self.make_invoice(overdue=11)
        self.active_plan(planned, [(10, 100)])

        items = self.open_plan_dialogue().item_ids

        self.assertEqual(items.move_id, planned | overdue | foreign | later)
        self.assertEqual(items.filtered("is_chosen").move_id, overdue)

    def test_plan_from_an_answer(self):
        named = self.make_invoice(300)
        self.make_invoice(100)
        answer = self.communications.create({
            "debtor_id": self.debtor_of(self.customer).id, "partner_id": self.customer.id, "channel": "email",
            "direction": "in", "subject": "Re:", "needs_attention": True, "reply_label": "plan",
            "reply_move_ids": named.ids})

        action = answer.action_do_as_proposed()
        dialogue = self.env["dunning.payment.plan.make"].browse(action["res_id"])
        self.assertEqual((dialogue.item_ids.filtered("is_chosen").move_id, dialogue.source), (named, "mail"))
        dialogue.action_make()

        plan = self.env["dunning.payment.plan"].search([])
        self.assertRecordValues(plan, [{
            "communication_id": answer.id, "contact_name": "Azur", "source": "mail", "amount": 300}])
        self.assertFalse(answer.needs_attention)

    # -- Invoices and customers change -------------------------------------------------------------------------------

    def test_posted_again_goes_on(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        invoice.button_draft()
        self.judge(days_later(60))
        self.assertEqual(plan.state, "active", "an invoice that is being corrected waits")
        invoice.invoice_line_ids.price_unit = 280
        invoice.action_post()

        self.assertLeft(invoice, "plan")
        self.assertEqual(plan.item_ids.move_line_id, self.items_of(invoice))

    def test_invoice_that_moved_to_another_customer(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        invoice.button_draft()
        invoice.partner_id = self.make_customer("Brume")
        invoice.action_post()

        self.assertStep(invoice, self.first)
        self.assertEqual((plan.partner_id, plan.state), (self.customer, "withdrawn"))

    def test_merged_customers_keep_their_plans(self):
        other = self.make_customer("Brume")
        invoice = self.make_invoice(300, partner=other)
        plan = self.active_plan(invoice)
        debtor = self.debtor_of(self.customer)

        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | other).ids, self.customer)

        self.assertEqual((plan.debtor_id, plan.partner_id), (debtor, self.customer))
        self.assertLeft(invoice, "plan")

    def test_archived_customer_keeps_the_plan(self):
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)

        self.customer.active = False
        self.judge(days_later(1))

        self.assertLeft(invoice, "archived")
        self.assertEqual(plan.state, "active")

    def test_debtor_with_plans_is_not_deleted(self):
        plan = self.plan(self.make_invoice(300))

        with self.assertRaisesRegex(UserError, "Archive"):
            plan.debtor_id.unlink()
        self.assertIn("Instalment of a Payment Plan", plan.debtor_id._personal_data())

    def test_words_are_erased_after_the_retention_time(self):
        consumer = self.make_customer("Peeters", is_company=False)
        self.company.dunning_retention_months = 12
        plan = self.active_plan(self.make_invoice(300, partner=consumer), note="ill since May")
        plan.action_withdraw()

        self.env["dunning.payment.plan"]._erase_expired(self.company, days_later(300))
        self.assertEqual(plan.note, "ill since May")
        self.env["dunning.payment.plan"]._erase_expired(self.company, days_later(400))

        self.assertRecordValues(plan, [{
            "note": False, "accepted_name": False, "accepted_address": False, "agreed_text": False, "amount": 300}])

    # -- On paper ----------------------------------------------------------------------------------------------------

    def test_document_says_what_is_paid_and_left(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.customer.lang = "nl_BE"
        invoice = self.make_invoice(300)
        plan = self.active_plan(invoice)
        self.pay(invoice, 120)
        self.judge(days_later(1))

        values = plan._document_values()

        self.assertEqual(values["lang"], "nl_BE")
        self.assertEqual([row["left"] for row in values["rows"]][0], "")
        self.assertIn("80", values["rows"][1]["left"])
        self.assertIn("120", values["received"])
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "debto_dunning.report_payment_plan", plan.ids)
        self.assertIn(b"180", content)
