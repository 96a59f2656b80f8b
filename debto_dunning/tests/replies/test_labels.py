"""Answers to reminders: what they say, what they pause, what a person makes of them."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import NIGHT, days_later
from ..communication.contact_common import ContactCommon


class AnswerCommon(ContactCommon):
    def answer(self, body, reminder=None, subject="Re: Pay", headers="", sender="peeters@example.com"):
        """An answer that comes in by the mail gateway."""
        if reminder is None:
            reminder = self.remind()
            self.accept_mails(reminder)
        before = self.communications.search([])
        count = self.env["mail.message"].search_count([])
        self.env["mail.thread"].message_process("mail.thread", (
            f"From: {sender}\nTo: books@company.example.com\nSubject: {subject}\n{headers}"
            f"Message-ID: <answer-{count}@example.com>\nIn-Reply-To: {reminder.mail_id.message_id}\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{body}").encode())
        return self.communications.search([]) - before


@tagged("post_install", "-at_install")
class TestLabels(AnswerCommon):
    def test_promise_is_proposed_and_not_made(self):
        invoice = self.make_invoice()

        answer = self.answer(f"We will pay 1.061,73 EUR for {invoice.name} on Friday.")

        self.assertRecordValues(answer, [{
            "reply_label": "promise", "reply_label_read": "promise", "reply_date": date(2026, 3, 13),
            "reply_amount": 1061.73, "reply_invoices": invoice.name, "reply_is_corrected": False,
            "needs_attention": True}])
        self.assertEqual(answer.reply_move_ids, invoice)
        self.assertIn("Friday", answer.reply_proposal)
        self.assertIn("1,061.73", answer.reply_proposal)
        self.assertIn("pay", answer.reply_explanation)
        self.assertIn("Promise (English)", answer.reply_explanation)
        self.assertFalse(self.env["dunning.hold"].search([
            ("debtor_id", "=", answer.debtor_id.id), ("kind", "!=", "reply")]))

    def test_language_of_the_customer_counts_where_the_words_do_not_tell(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.make_invoice()

        self.assertEqual(self.answer("Payé hier").reply_paid_on, date(2026, 3, 10))

    def test_quoted_reminder_says_nothing(self):
        self.make_invoice()

        answer = self.answer(
            "Wij betwisten deze factuur.\n\nOp di 10 mrt 2026 schreef Acme <a@b.example>:\n> Al betaald?")

        self.assertRecordValues(answer, [
            {"reply_label": "dispute", "reply_category": "other", "reply_paid_on": False}])

    def test_invoices_of_others_are_not_found(self):
        mine, other = self.make_invoice(), self.make_invoice(partner=self.make_customer("Ander"))
        answer = self.answer(f"{other.name} is betaald.", self.remind().filtered(
            lambda reminder: reminder.customer_id == self.customer))

        self.assertEqual(answer.reply_invoices, other.name)
        self.assertFalse(answer.reply_move_ids & (mine | other))

    def test_what_cannot_be_read_is_taken_in_all_the_same(self):
        self.make_invoice()
        self.patch(type(self.env["dunning.reply.rule"]), "_rules", lambda rules: 1 / 0)

        with self.assertLogs("odoo.addons.debto_dunning.models.replies", "ERROR"):
            answer = self.answer("We pay")

        self.assertRecordValues(answer, [{"reply_label": "question", "needs_attention": True}])

    def test_mail_of_before_counts_from_its_own_day(self):
        self.make_invoice()

        answer = self.answer("We pay tomorrow", headers="Date: Mon, 09 Mar 2026 10:00:00 +0100\n")
        self.assertEqual(answer.reply_date, date(2026, 3, 10))

        old = self.answer("We pay tomorrow", answer.debtor_id.communication_ids.filtered("is_reminder"),
                          headers="Date: Mon, 09 Mar 2020 10:00:00 +0100\n")
        self.assertEqual(old.reply_date, days_later(1))


@tagged("post_install", "-at_install")
class TestPauses(AnswerCommon):
    def test_automatic_replies_do_not_pause(self):
        self.make_invoice()
        reminder = self.remind()
        self.accept_mails(reminder)

        by_header = self.answer("Back soon", reminder, headers="Auto-Submitted: auto-replied\n")
        by_subject = self.answer("Ik ben er niet", reminder, "Automatisch antwoord: Pay")
        returned = self.answer("It could not be delivered to you", reminder, "Undeliverable: Pay")

        self.assertRecordValues(by_header | by_subject | returned, [
            {"reply_label": label, "needs_attention": False} for label in ("automatic", "automatic", "bounce")])
        self.assertFalse(self.debtor_of(self.customer).hold_ids)
        self.assertTrue(self.remind(days_later(20)))

    def test_absence_in_words_alone_may_be_a_person_s(self):
        self.make_invoice()

        answer = self.answer("Ik ben afwezig tot 20 maart en lees mijn mails niet.")

        self.assertTrue(answer.needs_attention)
        self.assertNotEqual(answer.reply_label, "automatic")

    def test_automatic_reply_that_wants_no_more_waits_for_a_person(self):
        self.make_invoice()

        answer = self.answer("Gelieve mij niet meer te contacteren.", headers="Auto-Submitted: auto-replied\n")

        self.assertRecordValues(answer, [{"reply_wants_stop": True, "needs_attention": True}])

    def test_natural_person_always_pauses(self):
        self.company.dunning_reply_pauses = False
        self.customer.is_company = False
        self.make_invoice()

        answer = self.answer("ok")

        self.assertTrue(answer.needs_attention)
        self.assertFalse(self.remind(days_later(20)))

    def test_stop_pauses_whatever_the_setting_says(self):
        self.company.dunning_reply_pauses = False
        self.make_invoice()

        answer = self.answer("Stop met mailen!")

        self.assertRecordValues(answer, [{"reply_wants_stop": True, "needs_attention": True}])
        self.assertFalse(self.remind(days_later(20)))

    def test_setting_that_is_switched_off_ends_what_it_made_alone(self):
        person = self.make_customer("Piet", is_company=False)
        self.make_invoice()
        self.make_invoice(partner=person)
        reminders = self.remind()
        self.accept_mails(reminders)
        for reminder in reminders:
            self.answer("ok", reminder)

        self.company.dunning_reply_pauses = False

        self.assertFalse(self.debtor_of(self.customer).hold_ids)
        self.assertTrue(self.debtor_of(person).hold_ids)


@tagged("post_install", "-at_install")
class TestCorrection(AnswerCommon):
    def test_corrected_label_is_kept_beside_what_was_read(self):
        self.make_invoice()
        answer = self.answer("We pay on Friday")
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")

        answer.with_user(collector).write({"reply_label": "dispute", "reply_category": "price"})
        self.assertRecordValues(answer, [{
            "reply_label": "dispute", "reply_category": "price", "reply_label_read": "promise",
            "reply_is_corrected": True, "reply_corrected_by_id": collector.id}])

        answer.with_user(collector).write({"reply_label": "promise"})
        self.assertRecordValues(answer, [{
            "reply_category": False, "reply_is_corrected": False, "reply_corrected_by_id": False}])

    def test_corrections_are_counted(self):
        self.make_invoice()
        reminder = self.remind()
        self.accept_mails(reminder)
        wrong = self.answer("We pay on Friday", reminder)
        self.answer("We pay on Monday", reminder)
        wrong.sudo(False).write({"reply_label": "question"})

        counted = self.communications._read_group(
            [("reply_label_read", "!=", False)], ["reply_label_read", "reply_is_corrected"], ["__count"])

        self.assertEqual(counted, [("promise", False, 1), ("promise", True, 1)])

    def test_what_was_read_and_by_whom_is_not_for_people(self):
        self.make_invoice()
        answer = self.answer("We pay on Friday")
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        sales = self.make_user("sales", "base.group_user")

        for vals in ({"reply_label_read": "paid"}, {"reply_is_corrected": True}, {"reply_evidence": []},
                     {"reply_wants_stop": True}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                answer.with_user(collector).write(vals)
        with self.assertRaises(AccessError):
            answer.with_user(sales).write({"reply_label": "paid"})
        reminder = answer.debtor_id.communication_ids.filtered("is_reminder")
        with self.assertRaises(AccessError):
            reminder.with_user(collector).write({"reply_label": "paid"})


@tagged("post_install", "-at_install")
class TestProposals(AnswerCommon):
    def test_promise_proposes_the_dialogue_with_its_day(self):
        invoice = self.make_invoice()
        answer = self.answer("We pay on Friday").sudo(False)

        action = answer.action_do_as_proposed()
        dialogue = self.env[action["res_model"]].browse(action["res_id"])
        dialogue.action_make()

        promise = self.env["dunning.promise"].search([("line_ids.move_id", "=", invoice.id)])
        self.assertEqual((promise.date, promise.communication_id), (date(2026, 3, 13), answer))
        self.assertFalse(answer.needs_attention)

    def test_question_proposes_nothing(self):
        self.make_invoice()
        answer = self.answer("Which invoice is this?").sudo(False)

        self.assertFalse(answer.reply_has_action)
        with self.assertRaisesRegex(UserError, "proposes nothing"):
            answer.action_do_as_proposed()

    def test_copy_opens_the_invoices_to_send(self):
        named, _other = self.make_invoice(), self.make_invoice()
        answer = self.answer(f"Could you send a copy of invoice {named.name}?").sudo(False)

        self.assertEqual(answer.reply_label, "copy")
        self.assertEqual(answer.action_do_as_proposed()["context"]["active_ids"], named.ids)

    def test_every_action_is_a_method(self):
        for label, action in self.communications._reply_actions().items():
            with self.subTest(label=label):
                self.assertTrue(callable(getattr(self.communications, action.method)))

    def test_paid_shows_bank_lines_that_fit(self):
        invoice = self.make_invoice(amount=123.45)
        reminder = self.remind()
        self.accept_mails(reminder)
        other = self.make_customer("Ander")
        naming = self.make_bank_line(50, f"payment {invoice.name}")
        from_customer = self.make_bank_line(70, "something", partner=self.customer)
        of_the_amount = self.make_bank_line(123.45, "no name")
        for vals in ({"amount": 123.45, "partner": other}, {"amount": 99}, {"amount": 123.45, "when": 120}):
            self.make_bank_line(**{"text": "another", **vals})
        answer = self.answer("We paid this yesterday", reminder)

        self.assertEqual(answer.reply_label, "paid")
        self.assertEqual([line for line, _reason in answer._fitting_bank_lines()],
                         [naming, from_customer, of_the_amount])
        self.assertIn("names an invoice", answer.reply_bank_lines)


@tagged("post_install", "-at_install")
class TestRules(AnswerCommon):
    def test_words_of_a_manager_count_at_once(self):
        manager = self.make_user("manager", "debto_dunning.group_dunning_manager")
        rule = self.env["dunning.reply.rule"].with_user(manager).create({
            "name": "Ours", "label": "dispute", "category": "quality", "patterns": "flurbel*\nwobbel*"})
        self.make_invoice()
        reminder = self.remind()
        self.accept_mails(reminder)

        self.assertEqual(self.answer("De flurbels zijn scheel", reminder).reply_category, "quality")

        rule.active = False
        self.assertEqual(self.answer("De flurbels zijn scheel", reminder).reply_label, "question")

    def test_words_that_cannot_be_read_are_named(self):
        rules = self.env["dunning.reply.rule"]

        with self.assertRaisesRegex(ValidationError, "broken"):
            rules.create({"name": "x", "label": "paid", "patterns": "fine\n(broken"})
        with self.assertRaisesRegex(ValidationError, "no words"):
            rules.create({"name": "x", "label": "paid", "patterns": " \n "})
        with self.assertRaisesRegex(ValidationError, "what is in dispute"):
            rules.create({"name": "x", "label": "dispute", "patterns": "a"})

    def test_shipped_words_are_those_of_the_file(self):
        from ...tools.replies.rule_file import read_rules  # noqa: PLC0415

        shipped = {rule.name: rule for rule in read_rules()}

        self.assertGreater(len(shipped), 100)
        found = {rule.name: rule for rule in self.env["dunning.reply.rule"]._rules()}
        self.assertEqual({name: found.get(name) for name in shipped}, shipped)

    def test_erased_answer_keeps_its_label_alone(self):
        self.make_invoice()
        answer = self.answer("We pay on Friday")

        answer._erase(NIGHT)

        self.assertRecordValues(answer, [{
            "reply_label": "promise", "reply_evidence": False, "reply_invoices": False, "body": False}])
