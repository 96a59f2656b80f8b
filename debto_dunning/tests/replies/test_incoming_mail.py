"""Mails that are no answer to a reminder: whose they are, and what waits for a person."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import NIGHT, days_later
from ..communication.contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestIncomingMail(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "company.example.com"})
        cls.company.alias_domain_id = cls.domain
        cls.company.dunning_alias_name = "reminders"
        cls.mails = cls.env["dunning.incoming.mail"]

    def receive(self, body, sender="peeters@example.com", subject="Invoice", to="reminders@company.example.com",
                headers=""):
        """The records that a mail makes."""
        before = self.mails.search([])
        count = self.env["mail.message"].search_count([])
        self.env["mail.thread"].message_process(False, (
            f"From: {sender}\nTo: {to}\nSubject: {subject}\n{headers}Message-ID: <mail-{count}@example.com>\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{body}").encode())
        return self.mails.search([]) - before

    def test_known_sender_lands_in_the_log_and_pauses(self):
        self.make_invoice()
        self.accept_mails(self.remind())

        mail = self.receive("We pay on Friday")

        self.assertRecordValues(mail, [{"state": "assigned", "debtor_id": self.debtor_of(self.customer).id}])
        self.assertRecordValues(mail.communication_id, [{
            "direction": "in", "state": "received", "reply_label": "promise", "needs_attention": True,
            "partner_id": self.customer.id}])
        self.assertFalse(self.remind(days_later(20)))

    def test_contact_of_a_customer_is_known(self):
        self.debtor_of(self.customer)
        contact = self.env["res.partner"].create({
            "name": "An", "parent_id": self.customer.id, "email": "an@elsewhere.example; an2@elsewhere.example"})

        mail = self.receive("ok", "An <an2@elsewhere.example>")

        self.assertEqual(mail.communication_id.partner_id, contact)

    def test_number_of_another_customer_s_invoice_is_for_a_person(self):
        other = self.make_customer("Ander")
        self.debtor_of(self.customer)
        invoice = self.make_invoice(partner=other)
        self.debtor_of(other)

        mail = self.receive(f"{invoice.name} is betaald")

        self.assertRecordValues(mail, [{"state": "waiting", "debtor_id": False, "communication_id": False}])
        self.assertEqual(mail.candidate_ids, self.debtor_of(self.customer) | self.debtor_of(other))
        self.assertTrue(mail.activity_ids)

    def test_number_alone_is_for_a_person(self):
        invoice = self.make_invoice()
        self.debtor_of(self.customer)

        mail = self.receive(f"{invoice.name} is betaald", "someone@gmail.com")

        self.assertRecordValues(mail, [{"state": "waiting", "debtor_id": False}])
        self.assertEqual(mail.candidate_ids, self.debtor_of(self.customer))

    def test_number_and_domain_of_the_customer(self):
        self.customer.email = "info@peeters.example"
        invoice = self.make_invoice()
        self.debtor_of(self.customer)

        by_name = self.receive(f"{invoice.name} is betaald", "new@peeters.example")
        by_reference = self.receive("zie onder", "new@peeters.example", subject=invoice.payment_reference)

        self.assertEqual((by_name | by_reference).mapped("state"), ["assigned", "assigned"])

    def test_sender_of_two_customers_is_told_by_the_invoice(self):
        twin = self.make_customer("Twin", email="peeters@example.com")
        invoice = self.make_invoice(partner=twin)
        self.debtor_of(self.customer)
        self.debtor_of(twin)

        self.assertEqual(self.receive("ok").state, "waiting")
        self.assertEqual(self.receive(f"{invoice.name} is betaald").debtor_id.partner_id, twin)

    def test_unknown_sender_waits(self):
        mail = self.receive("Hello", "nobody@nowhere.example")

        self.assertRecordValues(mail, [{"state": "waiting", "debtor_id": False}])
        self.assertFalse(mail.candidate_ids)

    def test_answer_to_a_reminder_at_the_address_of_answers(self):
        self.make_invoice()
        reminder = self.remind()
        self.accept_mails(reminder)

        mail = self.receive("We pay on Friday", "colleague@elsewhere.example",
                            headers=f"In-Reply-To: {reminder.mail_id.message_id}\n")

        self.assertEqual(mail.communication_id.debtor_id, reminder.debtor_id)

    def test_link_of_a_reminder_that_is_quoted(self):
        self.make_invoice()
        reminder = self.remind()
        link = f"https://x.example/my/reminders/{reminder.id}?access_token="

        right = self.receive(f"ok\n> {link}{reminder.access_token}", "colleague@elsewhere.example")
        wrong = self.receive(f"ok\n> {link}{reminder.access_token[:-4]}0000", "colleague@elsewhere.example")

        self.assertEqual(right.communication_id.debtor_id, reminder.debtor_id)
        self.assertNotIn(reminder.access_token, right.body)
        self.assertNotIn(reminder.access_token, right.communication_id.body)
        self.assertEqual(wrong.state, "waiting")

    def test_debtor_of_another_company_is_not_found(self):
        other = self.setup_other_company(name="Other")["company"]
        self.debtor_of(self.customer, other)

        mail = self.receive("ok")

        self.assertRecordValues(mail, [{"state": "waiting", "company_id": self.company.id}])
        self.assertFalse(mail.candidate_ids)

    def test_catchall_takes_in_customers_alone(self):
        self.debtor_of(self.customer)

        taken = self.receive("We pay", to=self.domain.catchall_email)
        self.assertEqual(taken.state, "assigned")

        self.assertFalse(self.receive("Hello", "nobody@nowhere.example", to=self.domain.catchall_email))

    def test_catchall_is_odoo_s_own_while_reminders_are_off(self):
        self.debtor_of(self.customer)
        self.company.dunning_active = False

        self.assertFalse(self.receive("We pay", to=self.domain.catchall_email))

    def test_person_says_whose_it_is(self):
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        mail = self.receive("We pay on Friday", "nobody@nowhere.example").with_user(collector)
        with self.assertRaisesRegex(UserError, "Choose the customer"):
            mail.action_assign()
        mail.debtor_id = self.debtor_of(self.customer)

        mail.action_assign()

        self.assertRecordValues(mail.communication_id, [{
            "reply_label": "promise", "needs_attention": True, "debtor_id": self.debtor_of(self.customer).id}])
        self.assertFalse(mail.activity_ids)
        with self.assertRaisesRegex(UserError, "handled already"):
            mail.action_assign()
        with self.assertRaises(AccessError):
            mail.debtor_id = False

    def test_person_names_no_customer_of_another_company(self):
        other = self.setup_other_company(name="Other")["company"]
        foreign = self.debtor_of(self.customer, other)
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        mail = self.receive("Hello", "nobody@nowhere.example").with_user(collector)

        with self.assertRaises(AccessError):
            mail.debtor_id = foreign
        with self.assertRaises(AccessError):
            mail.body = "x"
        with self.assertRaises(AccessError):
            self.mails.with_user(collector).create({"company_id": self.company.id, "subject": "x"})

    def test_put_aside(self):
        mail = self.receive("Buy our pens", "nobody@nowhere.example")

        mail.action_dismiss()

        self.assertRecordValues(mail, [{"state": "dismissed", "communication_id": False}])
        self.assertFalse(mail.activity_ids)

    def test_automatic_reply_does_not_pause(self):
        self.make_invoice()
        self.accept_mails(self.remind())

        mail = self.receive("Back on Monday", headers="Auto-Submitted: auto-replied\n")

        self.assertRecordValues(mail.communication_id, [{"reply_label": "automatic", "needs_attention": False}])
        self.assertTrue(self.remind(days_later(20)))

    def test_erased_with_the_log(self):
        self.debtor_of(self.customer)
        mail = self.receive("We pay on Friday")

        mail.communication_id.sudo()._erase(NIGHT)

        self.assertFalse(mail.exists())

    def test_merge_moves_what_waits(self):
        other = self.make_customer("Peeters Bakkerij", email="other@peeters.example")
        self.debtor_of(self.customer)
        self.debtor_of(other)
        mail = self.receive("ok", "other@peeters.example")

        self.env["base.partner.merge.automatic.wizard"].create({})._merge((self.customer | other).ids, self.customer)

        self.assertEqual(mail.debtor_id, self.debtor_of(self.customer))
        self.assertEqual(mail.communication_id.debtor_id, self.debtor_of(self.customer))

    def test_address_of_answers_is_renamed_and_taken_away(self):
        alias = self.company.dunning_alias_id

        self.company.dunning_alias_name = "answers"

        self.assertEqual((self.company.dunning_alias_id, alias.alias_name), (alias, "answers"))
        self.assertTrue(self.receive("Hello", "nobody@nowhere.example", to="answers@company.example.com"))
