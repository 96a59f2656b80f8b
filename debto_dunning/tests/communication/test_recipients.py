"""To whom a message goes: contacts that left, that have no address, and fields with several addresses."""

from odoo.tests import tagged

from ..common import days_ago
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestRecipients(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_firm = cls.make_customer("Other Firm")
        cls.reminded = cls.make_contact("Reminded")
        cls.addressed = cls.make_contact("Addressed", type="other")
        cls.billed = cls.make_contact("Billed", type="invoice")
        cls.debtor = cls.debtor_of(cls.customer, reminder_contact_id=cls.reminded.id)

    @classmethod
    def make_contact(cls, name, **vals):
        return cls.env["res.partner"].create({
            "name": name, "parent_id": cls.customer.id, "email": f"{name.lower()}@example.com", **vals})

    def successors(self, communication):
        return self.communications.search([("previous_id", "=", communication.id)])

    def test_next_recipient_when_a_message_is_made(self):
        self.make_invoice(partner=self.addressed)

        def archive(contact):
            contact.active = False

        def leave(contact):
            contact.parent_id = self.other_firm

        def lose_email(contact):
            contact.email = "nobody@"

        for name, change, left, expected in (
            ("all there", lose_email, [], self.reminded),
            ("archived", archive, [self.reminded], self.addressed),
            ("now at another firm", leave, [self.reminded], self.addressed),
            ("without e-mail", lose_email, [self.reminded], self.addressed),
            ("the next one too", lose_email, [self.reminded, self.addressed], self.billed),
            ("archived invoice contact", archive, [self.reminded, self.addressed, self.billed], self.customer),
        ):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                for contact in left:
                    change(contact)

                sent = self.remind()

                self.assertRecordValues(sent, [{"partner_id": expected.id, "channel": "email", "state": "sent"}])
                self.assertEqual(sent.email, expected.email)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_letter_only_when_no_recipient_has_an_email(self):
        (self.reminded | self.addressed | self.billed | self.customer).email = False
        self.make_invoice(partner=self.addressed)

        sent = self.remind()

        self.assertRecordValues(sent, [{"partner_id": self.reminded.id, "channel": "letter"}])

    def test_customer_without_email_is_reached_by_its_contacts(self):
        self.debtor.reminder_contact_id = False
        self.customer.email = False
        self.make_invoice(partner=self.addressed)

        sent = self.remind()

        self.assertRecordValues(sent, [{"partner_id": self.addressed.id, "channel": "email"}])

    def test_customer_comes_first_where_there_is_no_contact_for_reminders(self):
        self.debtor.reminder_contact_id = False
        self.make_invoice(partner=self.addressed)

        self.assertEqual(self.remind().partner_id, self.customer)

    def test_recipient_that_leaves_before_delivery(self):
        for name, vals in (
            ("archived", {"active": False}),
            ("moved", {"parent_id": self.other_firm.id}),
            ("without e-mail", {"email": False}),
        ):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self.make_invoice(partner=self.addressed)
                queued = self.run_night().communication_ids
                self.assertEqual(queued.partner_id, self.reminded)
                self.reminded.write(vals)

                self.deliver()

                self.assertRecordValues(queued, [
                    {"partner_id": self.addressed.id, "state": "sent", "email": "addressed@example.com"}])
                savepoint.rollback()
                self.env.invalidate_all()

    def test_recipient_of_a_draft_is_looked_up_when_it_is_approved(self):
        self.policy.level_ids.needs_approval = True
        self.make_invoice(partner=self.addressed)
        draft = self.run_night().communication_ids
        self.reminded.active = False

        draft.action_approve()

        self.assertRecordValues(draft, [{"partner_id": self.addressed.id, "state": "queued"}])

    def test_mail_that_comes_back_goes_to_every_other_email_before_paper(self):
        self.billed.email = self.addressed.email  # the same mailbox is not tried twice
        self.make_invoice(partner=self.addressed)
        first = self.remind()

        first._message_receive_bounce(first.email, first.partner_id)
        self.deliver()
        second = self.successors(first)
        self.assertRecordValues(second, [{"partner_id": self.addressed.id, "channel": "email", "state": "sent"}])

        second._message_receive_bounce(second.email, second.partner_id)
        self.deliver()
        third = self.successors(second)
        self.assertRecordValues(third, [{"partner_id": self.customer.id, "channel": "email", "state": "sent"}])

        third._message_receive_bounce(third.email, third.partner_id)
        self.deliver()
        self.assertRecordValues(
            self.successors(third), [{"partner_id": self.reminded.id, "channel": "letter", "state": "sent"}])

    def test_dialogue_sends_to_the_next_recipient(self):
        self.reminded.active = False
        invoice = self.make_invoice(partner=self.addressed)
        wizard = self.env["dunning.send"].browse(invoice.action_dunning_send()["res_id"])
        wizard.channel = "email"

        wizard.action_send()

        sent = self.communications.search([("debtor_id", "=", self.debtor.id)])
        self.assertRecordValues(sent, [{"partner_id": self.addressed.id, "channel": "email", "state": "sent"}])

    def test_queries_do_not_grow_with_lost_contacts(self):
        def queries(count, night):
            for number in range(count):
                customer = self.make_customer(f"Klant {night} {number}")
                contact = self.make_contact(f"gone{night}{number}", parent_id=customer.id, active=False)
                self.debtor_of(customer, reminder_contact_id=contact.id)
                self.make_invoice(partner=customer)
            rows = [row for row in self.decide().values() if row.reason is None]
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            messages = self.communications._sort_into_messages(rows, {}, {row.partner: row.debtor for row in rows})
            self.assertEqual({key.recipient for key in messages}, {row.partner for row in rows})
            return self.env.cr.sql_log_count - start

        queries(1, "a")  # fills the caches of access rules

        few, many = queries(2, "b"), queries(30, "c")

        self.assertEqual(few, many)


@tagged("post_install", "-at_install")
class TestSeveralAddresses(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "one@example.com; Two@example.com"
        cls.invoice = cls.make_invoice()

    def recipients_of(self, mail):
        return mail._prepare_outgoing_list()[0]["email_to_normalized"]

    def test_each_address_gets_the_mail(self):
        sent = self.remind()

        self.assertRecordValues(sent, [
            {"channel": "email", "state": "sent", "email": "one@example.com, two@example.com"}])
        self.assertEqual(self.recipients_of(sent.mail_id), ["one@example.com", "two@example.com"])

    def test_blacklisted_address_alone_is_left_out(self):
        self.env["mail.blacklist"]._add("two@example.com")

        sent = self.remind()

        self.assertRecordValues(sent, [{"channel": "email", "state": "sent", "email": "one@example.com"}])
        self.assertEqual(self.recipients_of(sent.mail_id), ["one@example.com"])
        self.assertIn("two@example.com is on the blacklist", sent.outcome)

    def test_all_blacklisted(self):
        self.env["mail.blacklist"]._add("one@example.com")
        self.env["mail.blacklist"]._add("two@example.com")

        self.assertEqual(self.remind().channel, "letter")

    def test_one_that_comes_back_leaves_the_other(self):
        sent = self.remind()
        self.accept_mails(sent)

        sent._message_receive_bounce("two@example.com", self.customer)

        self.assertRecordValues(sent, [
            {"state": "sent", "email": "one@example.com", "notice_date": days_ago(0)}])
        self.assertIn("two@example.com", sent.message_ids[0].body)

        sent._message_receive_bounce("one@example.com", self.customer)

        self.assertEqual(sent.state, "failed")
        letter = self.communications.search([("previous_id", "=", sent.id)])
        self.assertEqual(letter.channel, "letter")

    def test_report_that_names_no_address_is_taken_for_all(self):
        sent = self.remind()

        sent._message_receive_bounce(False, self.customer)

        self.assertEqual(sent.state, "failed")

    def test_quotes_in_the_name_add_no_recipient(self):
        self.customer.name = 'Evil" <x@evil.example>, "'

        sent = self.remind()

        self.assertEqual(self.recipients_of(sent.mail_id), ["one@example.com", "two@example.com"])
