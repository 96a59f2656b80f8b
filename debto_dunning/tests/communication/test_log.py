"""The communication log: typed in by hand, answers, approval, and what a person does with the steps."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import NIGHT, days_later
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestLog(ContactCommon):
    def test_any_employee_logs_a_contact(self):
        sales = self.make_user("sales", "base.group_user")
        contact = self.communications.with_user(sales).with_context(default_customer_id=self.customer.id).create({
            "channel": "call", "subject": "Asked about the delivery"})

        self.assertRecordValues(contact, [
            {"state": "sent", "direction": "out", "user_id": sales.id, "customer_id": self.customer.id}])
        self.assertIn(contact, self.customer.with_user(sales).communication_ids)

        came_in = self.communications.with_user(sales).with_context(default_customer_id=self.customer.id).create({
            "channel": "meeting", "direction": "in", "subject": "Visit"})
        self.assertEqual(came_in.state, "received")

    def test_reminders_cannot_be_typed_in(self):
        sales = self.make_user("sales", "base.group_user")
        debtor = self.debtor_of(self.customer)

        with self.assertRaises(AccessError):
            self.communications.with_user(sales).create({
                "debtor_id": debtor.id, "channel": "email", "subject": "x", "state": "queued"})

    def test_reminders_stay_in_the_log(self):
        self.make_invoice()

        communication = self.remind()

        with self.assertRaisesRegex(UserError, "stays in the log"):
            communication.unlink()
        with self.assertRaisesRegex(UserError, "Archive"):
            communication.debtor_id.unlink()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.first.unlink()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.policy.unlink()

    def test_answer_lands_in_the_log_and_pauses(self):
        invoice = self.make_invoice()

        reminder = self.remind()
        self.accept_mails(reminder)
        self.env["mail.thread"].message_process("mail.thread", (
            f"From: Peeters <peeters@example.com>\nTo: books@company.example.com\nSubject: Re: Pay\n"
            f"Message-ID: <answer-1@example.com>\nIn-Reply-To: {reminder.mail_id.message_id}\n\n"
            "We pay on Friday. <script>alert(1)</script>"))
        answer = self.debtor_of(self.customer).communication_ids.filtered(lambda c: c.state == "received")

        self.assertRecordValues(answer, [{"direction": "in", "channel": "email", "needs_attention": True}])
        self.assertIn("We pay on Friday", answer.body)
        self.assertNotIn("<script>", answer.body)
        self.assertFalse(self.remind(days_later(20)))

        invoice.invalidate_recordset()
        self.assertIn("answered", invoice.dunning_hold_reason)

        answer.action_seen()
        self.assertEqual(self.remind(days_later(21)).line_ids.level_number, 2)

    def test_answers_pause_nothing_where_the_company_says_so(self):
        self.company.dunning_reply_pauses = False
        self.make_invoice()

        reminder = self.remind()
        self.accept_mails(reminder)
        reminder.message_update({"subject": "Re", "body": "ok", "email_from": "peeters@example.com"})

        self.assertTrue(self.remind(days_later(20)))

    def test_draft_waits_joins_and_is_brought_up_to_date(self):
        self.first.needs_approval = True
        paid, kept = self.make_invoice(amount=10), self.make_invoice(amount=20)

        draft = self.remind()

        self.assertEqual(draft.state, "draft")

        joining = self.make_invoice(amount=40)
        self.assertFalse(self.remind(days_later(1)) - draft)
        self.assertEqual(draft.line_ids.move_id, paid | kept | joining)
        self.assertEqual(draft.amount_total, 70)

        self.pay(paid)

        draft.action_approve()
        self.assertEqual((draft.state, draft.amount_total), ("queued", 60))

        self.deliver()
        self.assertEqual(kept.dunning_level, 1)
        self.assertFalse(paid.dunning_level_id)

    def test_approved_while_the_bank_is_behind_waits(self):
        self.first.needs_approval = True
        self.make_invoice()
        draft = self.remind()
        draft.action_approve()
        self.company.dunning_bank_max_age = 1

        self.deliver()

        self.assertEqual(draft.state, "queued")

        self.company.dunning_bank_max_age = 0

        self.deliver()
        self.assertEqual(draft.state, "sent")

    def test_queued_waits_while_switched_off(self):
        self.make_invoice()
        queued = self.run_night().communication_ids
        self.company.dunning_active = False

        self.deliver()

        self.assertEqual(queued.state, "queued")

    def test_refused_draft_holds_for_a_week(self):
        self.first.needs_approval = True
        invoice = self.make_invoice()

        draft = self.remind()
        draft.action_refuse()

        self.assertEqual(draft.state, "cancelled")
        self.assertIn("hold", invoice.dunning_hold_reason)
        self.assertFalse(self.remind(days_later(7)))
        self.assertEqual(self.remind(days_later(8)).line_ids.move_id, invoice)


@tagged("post_install", "-at_install")
class TestByHand(ContactCommon):
    def open_send(self, moves):
        action = moves.action_dunning_send()
        return self.env["dunning.send"].browse(action["res_id"])

    def test_send_now_leaves_out_what_was_not_chosen(self):
        chosen, left = self.make_invoice(overdue=2, amount=10), self.make_invoice(overdue=10, amount=20)
        wizard = self.open_send(chosen | left)
        wizard.line_ids.filtered(lambda line: line.move_id == left).is_chosen = False
        wizard.opening = "As discussed <today>"

        wizard.action_send()
        sent = chosen.dunning_communication_ids

        self.assertRecordValues(sent, [{"state": "sent", "is_manual": True, "user_id": self.env.uid}])
        self.assertIn("As discussed &lt;today&gt;", sent.body)
        self.assertEqual((chosen.dunning_level, left.dunning_level), (1, 0))
        self.assertEqual(self.remind().line_ids.filtered("level_id").move_id, left)

    def test_send_now_by_letter(self):
        invoice = self.make_invoice()
        wizard = self.open_send(invoice)
        wizard.channel = "letter"

        wizard.action_send()

        self.assertEqual(invoice.dunning_communication_ids.channel, "letter")

    def test_send_now_respects_holds_and_truth(self):
        invoice = self.make_invoice()
        self.debtor_of(self.customer).write({"hold_until": days_later(5), "hold_reason": "talking"})
        wizard = self.open_send(invoice)

        self.assertRecordValues(wizard.line_ids, [{
            "can_send": True, "is_chosen": False, "reason": "the customer is on hold"}])
        with self.assertRaisesRegex(UserError, "Choose at least one"):
            wizard.action_send()

        wizard.line_ids.is_chosen = True
        invoice.action_toggle_block_payment()
        with self.assertRaisesRegex(UserError, "nothing was sent"):
            wizard.action_send()

        paid = self.make_invoice()
        self.pay(paid)

        with self.assertRaisesRegex(UserError, "nothing to remind"):
            paid.action_dunning_send()

    def test_skip_stands_and_is_no_notice(self):
        invoice = self.make_invoice(overdue=40)

        self.change(invoice, "skip")
        line = invoice.dunning_communication_ids.line_ids

        self.assertRecordValues(line, [{"level_number": 1, "notice_date": False, "void": False}])
        self.assertEqual(invoice.dunning_level, 1)
        self.assertEqual(self.remind(days_later(7)).line_ids.level_number, 2)

    def test_set_back_repeats_the_step(self):
        invoice = self.make_invoice()

        self.accept_mails(self.remind())
        self.change(invoice, "back")

        self.assertFalse(invoice.dunning_level_id)
        self.assertEqual(self.remind(days_later(1)).line_ids.level_number, 1)

    def test_letter_not_posted_is_withdrawn_before_it_is_set_back(self):
        self.customer.email = False
        invoice = self.make_invoice()

        letter = self.remind()

        with self.assertRaisesRegex(UserError, "withdraw the letter"):
            self.change(invoice, "back")

        letter.action_withdraw()
        self.assertEqual((letter.state, letter.letter_batch_id.letter_count), ("cancelled", 0))
        self.assertFalse(invoice.dunning_level_id)
        self.assertIn("line-through", invoice.dunning_timeline)
        with self.assertRaisesRegex(UserError, "left already"):
            letter.action_withdraw()

    def test_timeline_names_the_invoice_s_own_step(self):
        old = self.make_invoice(overdue=10, amount=50)
        self.accept_mails(self.remind())
        new = self.make_invoice(overdue=1, amount=30)

        self.remind(days_later(8))

        self.assertIn("Step 1", new.dunning_timeline)
        self.assertIn("30.00", new.dunning_timeline)
        self.assertNotIn("Step 2", new.dunning_timeline.split("text-muted")[0])
        self.assertIn("Step 2", old.dunning_timeline)

    def test_covered_invoice_promises_no_date(self):
        invoice = self.make_invoice()
        self.make_invoice(amount=200, move_type="out_refund")

        self.assertFalse(invoice.dunning_next_date)
        self.assertIn("covered", invoice.dunning_hold_reason)

    def test_hold_and_lift(self):
        invoice = self.make_invoice()

        self.change(invoice, "hold", date_until=days_later(3))
        self.assertFalse(self.remind())
        self.assertIn("hold", invoice.dunning_hold_reason)

        self.env["dunning.hold"].search([("move_id", "=", invoice.id)]).action_lift()
        self.assertTrue(self.remind())

    def change(self, invoice, change, **vals):
        self.env["dunning.step.change"].create({
            "move_ids": invoice.ids, "change": change, "note": "because", **vals}).action_apply()
        self.assertIn("because", "".join(invoice.message_ids.mapped("body")))

    def test_unknown_placeholder_is_named(self):
        with self.assertRaisesRegex(ValidationError, "{amount}"):
            self.first.body = "Pay {amount}"

    def test_a_step_gives_its_number_free(self):
        self.policy.level_ids = [
            Command.update(self.first.id, {"active": False}),
            Command.create({"number": 1, "name": "New first", "subject": "x", "body": "y"})]

        self.assertEqual(self.policy.level_ids.filtered("active").sorted("number")[0].name, "New first")

    def test_archived_policy_is_passed_over(self):
        own = self.policy.copy({"active": False})
        debtor = self.debtor_of(self.customer)
        debtor.policy_id = own

        self.assertEqual(debtor.effective_policy_id, self.policy)

    def test_copied_policy_brings_its_levels(self):
        self.second.active = False

        copied = self.policy.copy()

        self.assertEqual(
            copied.with_context(active_test=False).level_ids.mapped("number"), [1, 2, 8])
        self.assertNotEqual(copied.name, self.policy.name)


@tagged("post_install", "-at_install")
class TestLifeOfAnInvoice(ContactCommon):
    def test_back_to_draft_and_posted_again_goes_on(self):
        invoice = self.make_invoice(overdue=10)
        self.accept_mails(self.remind())
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 80

        invoice.action_post()

        self.assertEqual(invoice.dunning_level, 1)

        line = invoice.dunning_communication_ids.line_ids
        self.assertRecordValues(line, [
            {"move_line_id": self.items_of(invoice).id, "amount_asked": 100.0, "void": False}])
        self.assertEqual(self.remind(days_later(10)).line_ids.level_number, 2)

    def test_posted_again_with_a_later_due_date_starts_anew(self):
        invoice = self.make_invoice()
        self.accept_mails(self.remind())
        invoice.button_draft()
        invoice.invoice_date_due = days_later(20)

        invoice.action_post()

        self.assertFalse(invoice.dunning_level_id)
        self.assertTrue(invoice.dunning_communication_ids.line_ids.void)
        self.assertEqual(self.remind(days_later(30)).line_ids.level_number, 1)

    def test_in_draft_it_is_not_reminded(self):
        invoice = self.make_invoice()

        communication = self.run_night().communication_ids
        invoice.button_draft()
        self.deliver()

        self.assertEqual(communication.state, "cancelled")

    def test_merge_keeps_both_logs(self):
        other = self.make_customer("Peeters Bakkerij")
        mine, theirs = self.make_invoice(), self.make_invoice(partner=other)
        sent = self.remind()
        self.accept_mails(sent)
        self.debtor_of(other).write({"hold_until": days_later(3), "hold_reason": "x"})
        merge = self.env["base.partner.merge.automatic.wizard"].create({})

        merge._merge((self.customer | other).ids, self.customer)

        self.assertFalse(other.exists())

        debtor = self.debtor_of(self.customer)
        self.assertEqual(debtor.communication_ids, sent)
        self.assertEqual(sent.customer_id, self.customer)
        self.assertEqual((mine | theirs).mapped("dunning_level"), [1, 1])
        self.assertTrue(debtor.hold_until)
        self.assertEqual(self.remind(days_later(20)).line_ids.mapped("level_number"), [2, 2])


    def test_unsent_invoices_are_sent_in_each_customer_s_way(self):
        self.company.dunning_send_unsent = True
        by_mail = self.make_invoice(overdue=-20, sent=False)
        by_mail.is_manually_modified = False
        silent = self.make_customer("Zonder Mail", email=False)
        by_hand = self.make_customer("Zelf Posten", invoice_sending_method="manual")
        left = (
            self.make_invoice(partner=silent, overdue=-20, sent=False)
            | self.make_invoice(partner=by_hand, overdue=-20, sent=False))

        self.remind()

        self.assertTrue(by_mail.sending_data)
        self.assertFalse(by_mail.is_manually_modified)
        self.assertFalse(any(left.mapped("sending_data")))

        # what Odoo's own scheduled action does next
        self.env["account.move.send"]._generate_and_send_invoices(by_mail, from_cron=True)
        self.assertTrue(by_mail.is_move_sent)

        self.remind(days_later(1))
        self.assertFalse(by_mail.sending_data)

    def test_overdue_and_never_sent_is_told(self):
        invoice = self.make_invoice(sent=False)

        run = self.run_night()
        self.assertFalse(run.communication_ids)
        self.assertIn("never sent", run.activity_ids.summary)
        self.assertIn("never sent", invoice.dunning_hold_reason)

        self.company.dunning_sent_only = False
        self.assertTrue(self.remind(days_later(1)))


@tagged("post_install", "-at_install")
class TestRights(ContactCommon):
    def test_user_without_accounting_edits_a_customer(self):
        clerk = self.make_user("clerk", "base.group_user,base.group_partner_manager")
        self.make_invoice()
        self.remind()
        partner = self.customer.with_user(clerk)
        partner.read(["name", "risk_segment_id", "risk_score", "dunning_communication_count"])
        partner.name = "Bakkerij Peeters BV"
        partner.is_company = False

        self.assertEqual(self.debtor_of(self.customer).kind, "consumer")

    def test_biller_approves_and_sends(self):
        biller = self.make_user("biller", "account.group_account_invoice")
        invoice = self.make_invoice()

        wizard = self.env["dunning.send"].browse(
            invoice.with_user(biller).action_dunning_send()["res_id"]).with_user(biller)
        wizard.action_send()

        self.assertEqual(invoice.dunning_communication_ids.user_id, biller)

    def test_biller_changes_no_policy(self):
        biller = self.make_user("biller", "account.group_account_invoice")

        with self.assertRaises(AccessError):
            self.policy.with_user(biller).name = "x"

    def test_other_company_sees_nothing(self):
        self.make_invoice()
        communication = self.remind()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user("stranger", "account.group_account_manager")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})

        for record in (communication, communication.debtor_id, communication.line_ids, communication.run_id):
            with self.assertRaises(AccessError):
                record.with_user(stranger).with_company(other).read(["id"])

    def test_switching_on_says_who(self):
        self.company.dunning_active = False
        self.company.dunning_active = True

        self.assertEqual(self.company.dunning_activated_by, self.env.user)
        self.assertTrue(self.company.dunning_activated_on)

    def test_dunning_manager_switches_on_without_odoo_settings(self):
        self.company.dunning_active = False
        manager = self.make_user("manager", "debto_dunning.group_dunning_manager,account.group_account_invoice")
        wizard = self.env["dunning.activate"].with_user(manager).create({
            "company_id": self.company.id, "old_invoices": "share", "backlog_per_day": 3,
            "from_date": NIGHT, "bank_max_age": 0})

        wizard.action_activate()

        self.assertTrue(self.company.dunning_active)
        self.assertEqual(self.company.dunning_activated_by, manager)
        self.assertEqual(self.company.dunning_backlog_per_day, 3)

    def test_preview_of_the_answers_keeps_nothing(self):
        self.make_invoice(overdue=40)
        before = self.company.read(["dunning_from_date", "dunning_backlog_per_day", "dunning_bank_max_age"])
        self.company.dunning_active = False
        wizard = self.env["dunning.activate"].create({
            "company_id": self.company.id, "old_invoices": "leave", "from_date": NIGHT, "bank_max_age": 0})

        preview = self.env["dunning.preview"].browse(wizard.action_preview()["res_id"])

        self.assertFalse(preview.line_ids)
        self.assertIn("before the day", preview.left_ids.reason)
        self.assertEqual(
            self.company.read(["dunning_from_date", "dunning_backlog_per_day", "dunning_bank_max_age"]), before)
        self.assertFalse(self.company.dunning_active)

        preview.action_activate()
        self.assertTrue(self.company.dunning_active)
        self.assertEqual(self.company.dunning_from_date, NIGHT)

        self.env["dunning.activate"].create({"company_id": self.company.id}).action_deactivate()
        self.assertFalse(self.company.dunning_active)

    def test_preview_is_of_the_next_night(self):
        self.assertEqual(self.env["dunning.preview"].create({}).date, NIGHT)

        self.remind()
        self.assertEqual(self.env["dunning.preview"].create({}).date, days_later(1))

    def test_switching_on_refuses_a_company_without_chart(self):
        bare = self.env["res.company"].create({"name": "Bare"})

        with self.assertRaisesRegex(UserError, "Bare has no chart of accounts"):
            bare.dunning_active = True

    def test_switched_off_sends_nothing(self):
        self.company.dunning_active = False
        invoice = self.make_invoice()

        self.assertFalse(self.remind())
        self.assertIn("switched off", invoice.dunning_hold_reason)
