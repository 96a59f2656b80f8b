"""Faults while messages are made: of the system, or of one message."""

import errno
import io
import subprocess
from datetime import timedelta

from freezegun import freeze_time
from PIL import UnidentifiedImageError
from pypdf import PdfReader, PdfWriter

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.models import ir_actions_report

from ...models.channel.dunning_communication_fault import PrinterFault, is_system_fault
from ..communication.contact_common import ContactCommon

DISK_FULL = OSError(errno.ENOSPC, "No space left on device")


class FaultCommon(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_customer("Slager Janssens")
        cls.policy.level_ids.channel = "letter"

    def queue(self, *customers):
        """Queue a reminder to each customer; returns them in this order."""
        for customer in customers:
            self.make_invoice(partner=customer)
        queued = self.run_night().communication_ids
        return [queued.filtered(lambda one, customer=customer: one.customer_id == customer) for customer in customers]

    def deliver(self, hours=0):
        with freeze_time(fields.Datetime.now() + timedelta(hours=hours)):
            return self.communications._deliver()

    def break_printing(self, error, documents=()):
        """Let the printing of these messages raise; of all of them where none is given."""
        original = type(self.communications)._print_letters

        def print_letters(communications):
            if not documents or any(communication in documents for communication in communications):
                raise error
            return original(communications)

        self.patch(type(self.communications), "_print_letters", print_letters)

    def mend_printing(self):
        self.patch(type(self.communications), "_print_letters", lambda letters: dict.fromkeys(letters.ids, b"%PDF"))

    def warnings(self, communication):
        return communication.run_id.activity_ids.mapped("summary")


@tagged("post_install", "-at_install")
class TestFaults(FaultCommon):
    def test_system_faults(self):
        for error, expected in (
            (DISK_FULL, True), (FileNotFoundError(errno.ENOENT, "wkhtmltopdf"), True), (MemoryError(), True),
            (PermissionError(errno.EACCES, "x"), True), (TimeoutError("timed out"), True),
            (ConnectionResetError(), True), (subprocess.TimeoutExpired("wkhtmltopdf", 60), True),
            (UnidentifiedImageError("cannot identify"), False),
            (OSError("image file is truncated"), False), (ValueError(), False), (UserError("x"), False),
        ):
            with self.subTest(error=error):
                self.assertEqual(is_system_fault(error), expected)

    def test_full_disk_keeps_the_letters_queued_and_is_told_once(self):
        letter, other = self.queue(self.customer, self.other)
        self.break_printing(DISK_FULL)

        for hours in (0, 0, 1, 3):
            self.deliver(hours)

        self.assertRecordValues(letter | other, [{"state": "queued", "retry_count": 3, "needs_attention": False}] * 2)
        self.assertIn("No space left", letter.failure_reason)
        self.assertEqual(self.warnings(letter), ["Reminders that cannot be made"])
        self.assertFalse(letter.line_ids.void)

    def test_what_waits_goes_out_when_the_fault_is_over(self):
        letter, = self.queue(self.customer)
        self.break_printing(DISK_FULL)
        self.deliver()
        self.mend_printing()

        self.deliver()
        self.assertEqual(letter.state, "queued")
        self.deliver(0.3)

        self.assertRecordValues(letter, [{
            "state": "sent", "failure_reason": False, "retry_count": 0, "retry_at": False, "failing_since": False}])

    def test_pauses_grow(self):
        letter, = self.queue(self.customer)
        self.break_printing(DISK_FULL)
        waits = []
        for hours in (0, 1, 3, 7, 20):
            self.deliver(hours)
            waits.append((letter.retry_at - fields.Datetime.now()).total_seconds() / 3600 - hours)

        self.assertEqual([round(wait, 2) for wait in waits], [0.25, 1, 3, 6, 12])

    def test_others_in_the_queue_are_not_blocked(self):
        letter, other = self.queue(self.customer, self.other)
        self.break_printing(DISK_FULL, letter)

        taken = self.communications._deliver(limit=1) + self.communications._deliver(limit=1)

        self.assertEqual((taken, letter.state, other.state), (2, "queued", "sent"))

    def test_it_fails_after_days_of_faults(self):
        letter, = self.queue(self.customer)
        self.break_printing(DISK_FULL)
        self.deliver()
        self.deliver(24 * 4)
        self.assertEqual(letter.state, "queued")

        with self.assertLogs("odoo.addons.debto_dunning", "ERROR"):
            self.deliver(24 * 6)

        self.assertRecordValues(letter, [{"state": "failed", "needs_attention": True}])
        self.assertIn("No space left", letter.failure_reason)
        self.assertTrue(letter.line_ids.void)

    def test_error_that_hits_every_message_waits(self):
        letter, other = self.queue(self.customer, self.other)
        self.break_printing(ValueError("broken template"))

        self.deliver()

        self.assertRecordValues(letter | other, [{"state": "queued"}] * 2)
        self.assertEqual(self.warnings(letter), ["Reminders that cannot be made"])

    def test_error_of_one_message_fails_it_alone(self):
        letter, other = self.queue(self.customer, self.other)
        self.break_printing(ValueError("broken words"), letter)

        with self.assertLogs("odoo.addons.debto_dunning", "ERROR"):
            self.deliver()

        self.assertEqual((letter.state, other.state), ("failed", "sent"))
        self.assertIn(letter.line_ids.document, letter.failure_reason)
        self.assertIn("broken words", letter.failure_reason)
        self.assertFalse(self.warnings(letter))

    def test_only_message_of_a_batch_is_tried_some_times(self):
        letter, = self.queue(self.customer)
        self.break_printing(ValueError("broken words"))
        for hours in (0, 1, 3):
            self.deliver(hours)
        self.assertEqual(letter.state, "queued")

        with self.assertLogs("odoo.addons.debto_dunning", "ERROR"):
            self.deliver(7)

        self.assertEqual(letter.state, "failed")

    def test_sent_by_a_person_waits_too(self):
        invoice = self.make_invoice()
        self.break_printing(DISK_FULL)
        wizard = self.env["dunning.send"].browse(invoice.action_dunning_send()["res_id"])

        letter = self.communications.browse(wizard.action_send()["res_id"])

        self.assertEqual(letter.state, "queued")
        self.assertIn("No space left", letter.failure_reason)
        self.assertEqual(letter.debtor_id.activity_ids.mapped("summary"), ["Reminders that cannot be made"])

    def test_channel_that_no_addon_brings_any_more(self):
        letter, = self.queue(self.customer)
        self.env.cr.execute("UPDATE dunning_communication SET channel = 'pigeon' WHERE id = %s", [letter.id])
        letter.invalidate_recordset(["channel"])

        self.deliver()

        self.assertEqual(letter.state, "failed")
        following = self.communications.search([("previous_id", "=", letter.id)])
        self.assertRecordValues(following, [{"channel": "email", "state": "sent"}])


@tagged("post_install", "-at_install")
class TestPrinter(FaultCommon):
    def break_program(self, returncode=-11, only_with=None, content=None):
        """Let wkhtmltopdf end with ``returncode``, for documents with a text only where one is given."""
        original = ir_actions_report._run_wkhtmltopdf

        def run(args):
            def has_text(path):
                with open(path, encoding="utf-8") as file:
                    return only_with in file.read()

            if only_with and not any(has_text(path) for path in args if path.endswith(".html")):
                return original(args)
            return subprocess.CompletedProcess(args, returncode, "", "crashed")

        self.patch(ir_actions_report, "_run_wkhtmltopdf", run)

    def test_crash_of_the_program_waits(self):
        self.break_program()
        letter, = self.queue(self.customer)

        for hours in (0, 1, 3, 7, 20):
            self.deliver(hours)

        self.assertRecordValues(letter, [{"state": "queued", "retry_count": 5}])
        self.assertIn("crashed", letter.failure_reason)

    def test_empty_file_is_a_fault(self):
        self.break_program(returncode=0)

        with self.assertRaises(PrinterFault):
            self.env["ir.actions.report"]._run_wkhtmltopdf(["<html><body>x</body></html>"])

    def test_missing_program_waits(self):
        self.addCleanup(ir_actions_report._wkhtml.cache_clear)
        self.patch(ir_actions_report, "find_in_path", self.missing)
        ir_actions_report._wkhtml.cache_clear()
        letter, = self.queue(self.customer)

        for hours in (0, 1, 3, 7, 20):
            self.deliver(hours)

        self.assertRecordValues(letter, [{"state": "queued", "retry_count": 5}])

    @staticmethod
    def missing(name):
        raise OSError(errno.ENOENT, "not found", name)

    def test_document_that_crashes_the_program_fails_by_name(self):
        self.break_program(only_with="Janssens")
        letter, other = self.queue(self.customer, self.other)
        self.deliver()
        self.assertEqual((letter.state, other.state), ("sent", "queued"))

        for hours in (1, 3):
            self.deliver(hours)
        with self.assertLogs("odoo.addons.debto_dunning", "ERROR"):
            self.deliver(7)

        self.assertEqual(other.state, "failed")
        self.assertIn(other.line_ids.document, other.failure_reason)

    def test_mail_with_a_letter_waits(self):
        self.policy.level_ids.write({"channel": "email", "attach_letter": True})
        self.break_program()
        mail, = self.queue(self.customer)

        self.deliver()

        self.assertRecordValues(mail, [{"state": "queued", "channel": "email", "mail_id": False}])


@tagged("post_install", "-at_install")
class TestBatchPrint(FaultCommon):
    def attach(self, letter, content, name="INV1.pdf"):
        attachment = self.env["ir.attachment"].create(letter._attachment_vals(name, content, "application/pdf"))
        letter.sudo().attachment_ids += attachment  # files of a message are the system's

    def printed_text(self, batch):
        attachment = self.env["ir.attachment"].search([
            ("res_model", "=", batch._name), ("res_id", "=", batch.id), ("mimetype", "=", "application/pdf")])
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(attachment.raw)).pages)

    def test_invoice_that_cannot_be_read_is_named_and_left_out(self):
        letter, other = self.queue(self.customer, self.other)
        self.deliver()
        encrypted = PdfWriter()
        encrypted.add_blank_page(100, 100)
        encrypted.encrypt("secret")
        stream = io.BytesIO()
        encrypted.write(stream)
        self.attach(letter, b"no PDF at all", "INV1.pdf")
        self.attach(other, stream.getvalue(), "INV2.pdf")

        action = letter.letter_batch_id.action_print()

        self.assertEqual(action["params"]["next"]["type"], "ir.actions.act_url")
        for name in ("INV1.pdf", "INV2.pdf"):
            self.assertIn(name, action["params"]["message"])
            self.assertIn(name, letter.letter_batch_id.message_ids[0].body)
        text = self.printed_text(letter.letter_batch_id)
        self.assertIn(letter.line_ids.document, text)
        self.assertIn(other.line_ids.document, text)
        self.assertEqual(letter.letter_batch_id.printed_by, self.env.user)

    def test_letter_whose_file_is_gone_fails_and_the_others_are_printed(self):
        letter, other = self.queue(self.customer, self.other)
        self.deliver()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = 'no/where', db_datas = NULL WHERE id = %s",
            [letter.letter_attachment_id.id])
        letter.letter_attachment_id.invalidate_recordset()

        action = letter.letter_batch_id.action_print()

        self.assertRecordValues(letter, [{"state": "failed", "needs_attention": True}])
        self.assertIn("Peeters", action["params"]["message"])
        text = self.printed_text(other.letter_batch_id)
        self.assertIn(other.line_ids.document, text)
        self.assertNotIn(letter.line_ids.document, text)
        self.assertEqual(other.letter_batch_id.letter_count, 1)

    def test_nothing_left_to_print_is_told_and_kept(self):
        letter, = self.queue(self.customer)
        self.deliver()
        letter.letter_attachment_id.unlink()

        action = letter.letter_batch_id.action_print()

        self.assertEqual(letter.state, "failed")
        self.assertIn("Peeters", action["params"]["message"])
        self.assertFalse(letter.letter_batch_id.printed_at)
