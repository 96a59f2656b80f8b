"""From the queue to mail, letter and call."""

import io
import re

from pypdf import PdfReader

from odoo import Command
from odoo.tests import tagged

from ..common import NIGHT, days_later
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestDelivery(ContactCommon):
    def test_one_mail_for_all_that_is_due(self):
        self.make_invoice(overdue=10, amount=100)
        self.make_invoice(overdue=20, amount=50)

        communication = self.remind()

        self.assertEqual(len(communication), 1)
        self.assertRecordValues(communication, [
            {"state": "sent", "channel": "email", "amount_total": 150.0, "email": "peeters@example.com"}])

        mail = communication.mail_id
        self.assertEqual(len(self.env["mail.mail"].search([("model", "=", communication._name),
                                                           ("res_id", "=", communication.id)])), 1)
        self.assertIn(f"debto-dunning-{communication.id}-", mail.message_id)
        self.assertIn("150", mail.subject)

    def test_each_item_stands_under_its_own_step(self):
        old = self.make_invoice(overdue=10, amount=50)
        self.accept_mails(self.remind())
        new = self.make_invoice(overdue=1, amount=30)

        communication = self.remind(days_later(8))
        by_invoice = {line.move_id: line.level_number for line in communication.line_ids}

        self.assertEqual(by_invoice, {old: 2, new: 1})
        self.assertEqual(communication.level_id, self.second)

        body = communication.body
        self.assertLess(body.index("Step 2"), body.index(old.name))
        self.assertLess(body.index(old.name), body.index("Step 1"))
        self.assertLess(body.index("Step 1"), body.rindex(new.name))

    def test_overdue_without_a_step_is_listed_for_information(self):
        due = self.make_invoice(overdue=10)
        young = self.make_invoice(overdue=2, amount=33)

        communication = self.remind()
        informed = communication.line_ids.filtered(lambda line: not line.level_id)

        self.assertEqual(informed.move_id, young)
        self.assertEqual(communication.amount_total, due.amount_residual)
        self.assertFalse(young.dunning_level_id)

    def test_level_and_chatter_on_the_invoice(self):
        invoice = self.make_invoice()
        invoice.is_manually_modified = False

        self.remind()

        self.assertRecordValues(invoice, [
            {"dunning_level": 1, "dunning_level_id": self.first.id, "dunning_level_date": NIGHT,
             "is_manually_modified": False}])
        self.assertRecordValues(self.items_of(invoice), [{"dunning_level": 1, "dunning_level_id": self.first.id}])
        self.assertIn("Step 1", invoice.message_ids[0].body)

    def test_each_instalment_has_its_sentence_in_the_chatter(self):
        term = self.env["account.payment.term"].create({"name": "40/60", "line_ids": [
            Command.create({"value": "percent", "value_amount": 40, "nb_days": 0}),
            Command.create({"value": "percent", "value_amount": 60, "nb_days": 10})]})
        invoice = self.make_invoice(overdue=5, invoice_payment_term_id=term.id)

        communication = self.remind()

        self.assertEqual(communication.line_ids.mapped("amount_asked"), [40.0, 60.0])

        body = invoice.message_ids[0].body
        self.assertIn("40.00", body)
        self.assertIn("60.00", body)

    def test_paid_between_preparation_and_delivery_is_dropped(self):
        paid, open_one = self.make_invoice(amount=70), self.make_invoice(amount=30)
        communication = self.run_night().communication_ids
        self.pay(paid)

        self.deliver()

        self.assertEqual(communication.state, "sent")
        self.assertEqual(communication.amount_total, 30)
        self.assertIn(paid.name, communication.outcome)
        self.assertNotIn(paid.name, communication.body)
        self.assertFalse(paid.dunning_level_id)
        self.assertEqual(open_one.dunning_level, 1)

    def test_all_paid_meanwhile_cancels(self):
        invoice = self.make_invoice()
        communication = self.run_night().communication_ids
        payment = self.pay(invoice)

        self.deliver()

        self.assertEqual(communication.state, "cancelled")
        self.assertFalse(communication.mail_id)

        # a payment that is taken back: the step was never said, so it is the next one
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(self.remind(days_later(1)).line_ids.level_number, 1)

    def test_paid_in_part_asks_what_is_left(self):
        invoice = self.make_invoice(amount=100)
        communication = self.run_night().communication_ids
        self.pay(invoice, 60)

        self.deliver()

        self.assertEqual(communication.amount_total, 40)
        self.assertIn("40", communication.mail_id.subject)

    def test_payment_taken_back_goes_on_where_it_stood(self):
        invoice = self.make_invoice()
        self.accept_mails(self.remind())
        payment = self.pay(invoice)

        payment.action_draft()
        payment.action_cancel()

        self.assertEqual(self.remind(days_later(20)).line_ids.level_number, 2)

    def test_no_email_goes_by_letter(self):
        self.customer.email = False
        self.make_invoice()

        communication = self.remind()

        self.assertRecordValues(communication, [{"channel": "letter", "state": "sent", "notice_date": False}])
        self.assertEqual(communication.letter_batch_id.letter_count, 1)

        text = PdfReader(io.BytesIO(communication.letter_attachment_id.raw)).pages[0].extract_text()
        self.assertIn("Bakkerij Peeters", text)

    def test_no_email_and_no_address_is_called(self):
        self.customer.write({"email": False, "street": False, "zip": False, "city": False, "phone": "+32 9 111 22 33"})
        self.make_invoice()

        communication = self.remind()

        self.assertRecordValues(communication, [{"channel": "call", "state": "sent"}])

        activity = communication.debtor_id.activity_ids
        self.assertIn("+32 9 111 22 33", activity.note)

    def test_malformed_email_fails_and_the_letter_goes(self):
        invoice = self.make_invoice()
        failed = self.run_night().communication_ids
        self.customer.email = "peeters@"

        self.deliver()

        self.assertEqual(failed.state, "failed")
        self.assertTrue(failed.needs_attention)
        self.assertIn("peeters@", failed.failure_reason)

        letter = self.communications.search([("previous_id", "=", failed.id)])
        self.assertRecordValues(letter, [{"channel": "letter", "state": "sent", "level_number": 1}])
        self.assertTrue(failed.line_ids.void)
        self.assertEqual(invoice.dunning_level, 1)

    def test_blacklisted_email_gets_no_mail(self):
        self.make_invoice()
        failed = self.run_night().communication_ids
        self.env["mail.blacklist"]._add("peeters@example.com")

        self.deliver()

        self.assertEqual(failed.state, "failed")
        self.assertFalse(failed.mail_id)

    def test_bounce_falls_back_and_tries_the_next_channel(self):
        invoice = self.make_invoice()

        communication = self.remind()
        self.accept_mails(communication)

        self.assertEqual(communication.notice_date, NIGHT)

        communication._message_receive_bounce("peeters@example.com", self.customer)
        self.assertEqual(communication.state, "failed")
        self.assertFalse(invoice.dunning_level_id)

        self.deliver()
        self.assertEqual(invoice.dunning_level, 1)
        self.assertEqual(invoice.dunning_communication_ids.mapped("channel"), ["letter", "email"])

    def test_letters_hold_their_own_pages_only(self):
        customers = [self.make_customer(f"Firma Nummer{number}", email=False) for number in range(3)]
        for number, customer in enumerate(customers):
            for _invoice in range(1 + 24 * number):
                self.make_invoice(partner=customer, amount=10 + number)

        letters = self.remind()

        self.assertEqual(len(letters), 3)

        pages = {}
        for letter in letters:
            reader = PdfReader(io.BytesIO(letter.letter_attachment_id.raw))
            pages[letter.customer_id] = len(reader.pages)
            text = " ".join(page.extract_text() for page in reader.pages)
            for line in letter.line_ids:
                self.assertIn(line.document, text)
            for other in letters - letter:
                for line in other.line_ids:
                    self.assertNotRegex(text, re.escape(line.document) + r"\b")
        self.assertEqual(pages[customers[0]], 1)
        self.assertGreater(pages[customers[2]], 1)

    def test_posting_is_confirmed(self):
        self.customer.email = False
        invoice = self.make_invoice()

        letter = self.remind()
        batch = letter.letter_batch_id

        self.assertTrue(batch.activity_ids)

        batch.action_print()
        # a letter that nobody posted holds the next step
        self.assertFalse(self.remind(days_later(30)))

        wizard = self.env["dunning.confirm.posting"].create({
            "communication_ids": letter.ids, "posted_on": NIGHT})

        wizard.action_confirm()
        self.assertEqual(letter.line_ids.notice_date, NIGHT)
        self.assertEqual(batch.posted_on, NIGHT)
        self.assertFalse(batch.activity_ids)
        self.assertEqual(self.remind(days_later(31)).line_ids.level_number, 2)
        self.assertEqual(invoice.dunning_level, 2)

    def test_last_step_attaches_letter_and_plans_a_call(self):
        self.policy.level_ids.filtered(lambda level: level.number < 8).active = False
        invoice = self.make_invoice(overdue=40)
        self.last.attach_invoices = True

        communication = self.remind()
        attachments = communication.mail_id.attachment_ids

        self.assertEqual(len(attachments), 2)

        texts = [PdfReader(io.BytesIO(attachment.raw)).pages[0].extract_text() for attachment in attachments]
        self.assertTrue(all(invoice.name in text for text in texts))

        activity = communication.debtor_id.activity_ids
        self.assertIn("Ask Bakkerij Peeters.", activity.note)

    def test_credit_note_stands_under_its_own_sign(self):
        self.make_invoice(amount=100)
        refund = self.make_invoice(amount=30, move_type="out_refund")

        communication = self.remind()

        self.assertEqual(communication.amount_total, 70)
        self.assertIn(refund.name, communication.body)
        self.assertIn("-30", re.sub(r"[^-\d]", "", communication.body))

    def test_text_of_customers_is_never_markup(self):
        self.customer.write({"name": "<script>alert(1)</script> {total}"})
        self.make_invoice(payment_reference="<b>x</b>")
        self.last.body = self.first.body = "For {customer}."

        communication = self.remind()

        body = communication.mail_id.body_html

        self.assertNotIn("<script>", body)
        self.assertIn("For &lt;script&gt;alert(1)&lt;/script&gt; {total}.", body)
        self.assertNotIn("<b>x</b>", body)
        self.assertIn("&lt;b&gt;x&lt;/b&gt;", body)

    def test_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.first.with_context(lang="nl_BE").subject = "Gelieve {total} te betalen"
        self.customer.lang = "nl_BE"
        self.make_invoice()

        self.assertTrue(self.remind().subject.startswith("Gelieve"))

    def test_failing_text_fails_alone(self):
        other = self.make_customer("Slager Janssens")
        self.make_invoice()
        self.make_invoice(partner=other)
        communications = self.run_night().communication_ids
        broken = communications.filtered(lambda c: c.customer_id == self.customer)
        original = type(broken)._render_mail

        def render(communication):
            if communication == broken:
                raise ValueError("broken words")
            return original(communication)

        self.patch(type(broken), "_render_mail", render)

        with self.assertLogs("odoo.addons.debto_dunning", "ERROR"):
            self.deliver()
        self.assertEqual(broken.state, "failed")
        self.assertIn("broken words", broken.failure_reason)
        self.assertEqual((communications - broken).state, "sent")
        # held until somebody looked
        self.assertFalse(self.remind(days_later(1)).filtered(lambda c: c.customer_id == self.customer))

        broken.action_seen()
        self.patch(type(broken), "_render_mail", original)
        self.assertTrue(self.remind(days_later(2)).filtered(lambda c: c.customer_id == self.customer))

    def test_queries_do_not_grow_with_messages(self):
        def nights(count):
            for number in range(count):
                self.make_invoice(partner=self.make_customer(f"Klant {count}x{number}"))
            self.run_night()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.deliver()
            return self.env.cr.sql_log_count - start

        nights(2)
        few, many = nights(5), nights(25)

        self.assertLess((many - few) / 20, 8, "queries a mail")
