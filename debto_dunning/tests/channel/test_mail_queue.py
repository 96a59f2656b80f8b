"""Mails that a person or a fault takes out of Odoo's queue before they have left."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestMailQueue(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoice()
        cls.reminder = cls.run_night()

    def assertNotDelivered(self, *words):
        self.assertRecordValues(self.reminder, [{"state": "failed", "needs_attention": True, "notice_date": False}])
        self.assertTrue(self.reminder.line_ids.void)
        self.assertFalse(self.invoice.dunning_level_id)
        for word in words:
            self.assertIn(word, self.reminder.failure_reason)
        # a person did it: nothing is said over another channel by itself
        self.assertFalse(self.Communication.search([("previous_id", "=", self.reminder.id)]))

    def assertStillSent(self, **values):
        self.assertRecordValues(self.reminder, [{"state": "sent", "needs_attention": False, **values}])
        self.assertFalse(self.reminder.line_ids.void)
        self.assertEqual(self.invoice.dunning_level, 1)

    def test_cancelled_mail_is_a_failure_at_once(self):
        user = self.make_user("zz.admin", "base.group_system")

        self.reminder.mail_id.with_user(user).cancel()

        self.assertNotDelivered("cancelled", user.name)

    def test_deleted_mail_is_a_failure_at_once(self):
        self.reminder.mail_id.unlink()

        self.assertNotDelivered("deleted", self.env.user.name)

    def test_failed_mail_that_is_deleted_is_a_failure(self):
        self.reminder.mail_id.state = "exception"

        self.reminder.mail_id.unlink()

        self.assertNotDelivered("deleted")

    def test_deleted_past_the_orm_is_found_by_the_sweep(self):
        self.env.cr.execute("DELETE FROM mail_message WHERE id = %s", [self.reminder.mail_id.mail_message_id.id])
        self.env.invalidate_all()
        self.assertStillSent()

        self.Communication._check_pending_mails()

        self.assertNotDelivered("deleted")

    def test_cancelled_past_the_orm_is_found_by_the_sweep(self):
        self.env.cr.execute("UPDATE mail_mail SET state = 'cancel' WHERE id = %s", [self.reminder.mail_id.id])
        self.env.invalidate_all()

        self.Communication._check_pending_mails()

        self.assertNotDelivered("cancelled")

    def test_accepted_mail_may_be_deleted(self):
        self.accept_mails(self.reminder)

        self.reminder.mail_id.unlink()
        self.Communication._check_pending_mails()

        self.assertStillSent(notice_date=self.today)

    def test_accepted_mail_of_which_nobody_took_note_may_be_deleted(self):
        self.env.cr.execute("UPDATE mail_mail SET state = 'sent' WHERE id = %s", [self.reminder.mail_id.id])
        self.env.invalidate_all()

        self.reminder.mail_id.unlink()

        self.assertStillSent(notice_date=self.today)

    def test_our_own_cancelling_is_no_failure(self):
        self.reminder.mail_id.scheduled_date = fields.Datetime.now() + timedelta(hours=3)
        self.pay(self.invoice)

        self.Communication._check_pending_mails()

        self.assertRecordValues(self.reminder, [{"state": "cancelled", "failure_reason": False}])
        self.assertEqual(self.reminder.mail_id.state, "cancel")

    def test_next_channel_keeps_its_own_reason(self):
        self.reminder.mail_id.write({
            "state": "exception", "failure_type": "mail_email_invalid", "failure_reason": "bad"})

        self.Communication._check_pending_mails()

        self.assertEqual(self.reminder.mail_id.state, "cancel")
        self.assertIn("was refused: bad", self.reminder.failure_reason)
        letter = self.Communication.search([("previous_id", "=", self.reminder.id)])
        self.assertRecordValues(letter, [{"channel": "letter", "state": "queued"}])

    def test_many_mails_are_taken_over_together(self):
        for number in range(12):
            self.make_invoice(self.make_customer(f"Klant {number}"))
        reminders = self.run_night(days=1)
        self.assertEqual(len(reminders), 12)

        (reminders.mail_id | self.reminder.mail_id).cancel()

        self.assertEqual(set((reminders | self.reminder).mapped("state")), {"failed"})

    def test_error_of_ours_does_not_block_the_user(self):
        def fail(reminders, *args):
            raise ValueError("broken log")

        self.patch(type(self.reminder), "_on_mail_dropped", fail)

        with self.assertLogs("odoo.addons.debto_dunning", "WARNING"):
            self.reminder.mail_id.cancel()

        self.assertEqual(self.reminder.mail_id.state, "cancel")
        self.assertStillSent()

    def test_mail_that_was_given_up_is_not_sent_again(self):
        self.reminder.mail_id.cancel()

        with self.assertRaisesRegex(UserError, "cannot be sent again"):
            self.reminder.mail_id.mark_outgoing()

    def test_exception_set_by_hand_is_tried_again(self):
        self.reminder.mail_id.write({"state": "exception"})

        self.Communication._check_pending_mails()

        self.assertStillSent(retry_count=1)
        self.assertEqual(self.reminder.mail_id.state, "outgoing")

    def test_contacts_that_were_typed_in_have_no_mail(self):
        typed_in = self.Communication.create({
            "debtor_id": self.debtor().id, "subject": "Wrote to them", "channel": "email"})

        self.Communication._check_pending_mails()

        self.assertEqual(typed_in.state, "sent")

    def test_queue_that_stands_still_is_told(self):
        self.Communication._check_pending_mails()
        self.assertFalse(self.reminder.run_id.activity_ids)

        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.Communication._check_pending_mails()
            self.Communication._check_pending_mails()

        self.assertEqual(self.reminder.run_id.activity_ids.mapped("summary"), ["The mail queue stands still"])
        self.assertStillSent()

    def test_attachment_whose_file_is_gone_keeps_the_mail_back(self):
        build = self.env["ir.mail_server"]._build_email__
        arguments = {"headers": {"X-Debto-Dunning": "1"}, "subtype": "html"}

        with self.assertRaisesRegex(UserError, "INV1.pdf"):
            build("a@company.example.com", ["b@example.com"], "x", "y",
                  attachments=[("INV1.pdf", b"", "application/pdf")], **arguments)

        self.assertTrue(build("a@company.example.com", ["b@example.com"], "x", "y",
                              attachments=[("INV1.pdf", b"%PDF", "application/pdf")], **arguments))
