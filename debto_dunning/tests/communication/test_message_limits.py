"""One message with very many invoices: what it shows, what goes along, and what it costs."""

import io
import subprocess
from datetime import date

from openpyxl import load_workbook

from odoo import Command
from odoo.tests import tagged

from ..common import NIGHT, days_ago
from ..law.charge_common import ChargeCommon
from .contact_common import ContactCommon


class ManyInvoices:
    """Mixed in before a common base."""

    @classmethod
    def make_invoices(cls, count, partner=None, amount=10.0, overdue=10, **vals):
        """Posted invoices; the oldest comes first, and each asks one euro more than the one before."""
        due = [days_ago(overdue + count - number) for number in range(count)]
        invoices = cls.env["account.move"].create([{
            "move_type": "out_invoice", "partner_id": (partner or cls.customer).id,
            "currency_id": cls.company.currency_id.id,
            "invoice_date": days_ago(overdue + count + 30), "invoice_date_due": due[number],
            "invoice_payment_term_id": False,
            "invoice_line_ids": [Command.create({
                "name": "Bread", "price_unit": amount + number, "tax_ids": []})], **vals,
        } for number in range(count)])
        invoices.action_post()
        invoices.is_move_sent = True
        return invoices

    @classmethod
    def today_minus(cls, days):
        return date.fromordinal(NIGHT.toordinal() - days)

    @staticmethod
    def text_of(pdf):
        return subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()

    def attachment(self, communication, ending):
        return communication.sudo().attachment_ids.filtered(lambda attachment: attachment.name.endswith(ending))


@tagged("post_install", "-at_install")
class TestMessageLimits(ManyInvoices, ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.write({"body": "Please pay.", "days": 1, "attach_letter": False, "attach_invoices": False})
        cls.policy.level_ids.filtered(lambda level: level.number > 1).active = False

    # -- Rows --------------------------------------------------------------------------------------------------------

    def test_mail_of_many_shows_the_first_and_the_sum_of_the_others(self):
        invoices = self.make_invoices(120)

        communication = self.remind()

        body = communication.mail_id.body_html
        shown = [invoice for invoice in invoices if f"{invoice.name}<" in body.replace("\n", "").replace(" ", "")]
        self.assertEqual(shown, list(invoices[:50]))
        self.assertIn("and 70 more, together", body)
        self.assertIn(communication._money(sum(invoices[50:].mapped("amount_total"))), body)
        self.assertIn(communication._money(sum(invoices.mapped("amount_total"))), body)
        self.assertIn("each of the 120 invoices", body)
        self.assertLess(len(body), 150 * 1024)

    def test_up_to_the_limit_nothing_is_added(self):
        self.company.dunning_row_limit = 3
        self.make_invoices(3)

        communication = self.remind()

        self.assertNotIn("more, together", communication.body)
        self.assertNotIn("The list that comes", communication.body)
        self.assertFalse(communication.mail_id.attachment_ids)

    def test_list_holds_every_invoice_and_the_total(self):
        self.company.dunning_row_limit = 5
        invoices = self.make_invoices(120)

        communication = self.remind()

        total = sum(invoices.mapped("amount_total"))
        self.assertEqual(communication.amount_total, total)
        text = self.text_of(self.attachment(communication, ".pdf").raw)
        for invoice in invoices:
            self.assertIn(invoice.name, text)
        self.assertIn(f"{total:,.2f}", text)
        sheets = load_workbook(io.BytesIO(self.attachment(communication, ".xlsx").raw)).worksheets
        rows = list(sheets[0].iter_rows(values_only=True))
        self.assertEqual([row[0] for row in rows[1:-1]], invoices.mapped("name"))
        self.assertEqual([row[5] for row in rows[1:-1]], invoices.mapped("amount_total"))
        self.assertEqual([row[3].date() for row in rows[1:-1]], invoices.mapped("invoice_date_due"))
        self.assertEqual(rows[-1][5], total)
        self.assertEqual(list(sheets[1].iter_rows(values_only=True))[-1][2], total)

    def test_list_adds_up_with_credit_notes(self):
        self.company.dunning_row_limit = 2
        self.make_invoices(4, amount=100)
        refunds = [self.make_invoice(amount=amount, move_type="out_refund") for amount in (3, 4, 5)]

        communication = self.remind()

        sheet = load_workbook(io.BytesIO(self.attachment(communication, ".xlsx").raw)).worksheets[1]
        rows = {row[0]: row[2] for row in list(sheet.iter_rows(values_only=True))[1:]}
        self.assertEqual({refund.name: -refund.amount_total for refund in refunds},
                         {name: amount for name, amount in rows.items() if name in {r.name for r in refunds}})
        self.assertEqual(rows["Please pay"], communication.amount_total)
        self.assertEqual(sum(rows.values()), 2 * rows["Please pay"])
        # the mail shows one credit note and the sum of the others
        self.assertIn("and 2 more, together", communication.body)

    def test_texts_of_customers_are_no_formulas(self):
        self.company.dunning_row_limit = 1
        self.make_invoices(2, payment_reference="=1+1")

        communication = self.remind()

        sheet = load_workbook(io.BytesIO(self.attachment(communication, ".xlsx").raw)).worksheets[0]
        cell = sheet.cell(2, 2)
        self.assertEqual((cell.value, cell.data_type), ("=1+1", "s"))

    def test_what_is_listed_for_information_has_a_sum_too(self):
        self.company.dunning_row_limit = 2
        self.make_invoices(2)
        young = self.make_invoices(3, overdue=-2, amount=500)
        young.filtered(lambda invoice: invoice.invoice_date_due >= NIGHT).button_draft()
        self.first.days = 10

        communication = self.remind()

        informed = communication.line_ids.filtered(lambda line: not line.level_id)
        self.assertTrue(informed)
        self.assertNotIn(informed[0].document, communication.body)
        self.assertIn(communication._money(sum(informed.mapped("amount_open"))), communication.mail_id.body_html)
        text = self.text_of(self.attachment(communication, ".pdf").raw)
        self.assertTrue(all(line.document in text for line in informed))

    def test_subject_names_the_first_invoices_only(self):
        self.first.subject = "Invoices {invoices}"
        invoices = self.make_invoices(12)

        communication = self.remind()

        self.assertEqual(communication.subject, f"Invoices {', '.join(invoices[:3].mapped('name'))} and 9 more")

    # -- Letter ------------------------------------------------------------------------------------------------------

    def test_letter_comes_with_the_printed_list(self):
        self.company.dunning_row_limit = 5
        self.first.write({"channel": "letter", "attach_invoices": True})
        invoices = self.make_invoices(7)
        self.company.dunning_attach_limit = 1

        letter = self.remind()

        self.env.invalidate_all()
        pdf, listed, invoice = letter._attachments_in_order()
        self.assertEqual(pdf, letter.letter_attachment_id)
        text = self.text_of(pdf.raw)
        self.assertIn("and 2 more, together", text)
        self.assertNotIn(invoices[6].name, text)
        self.assertIn(invoices[6].name, self.text_of(listed.raw))
        self.assertEqual((invoice.res_model, invoice.res_id), ("account.move", invoices[0].id))
        self.assertIn("1 of the 7 invoices are enclosed", text)
        letter.letter_batch_id.action_print()
        merged = self.env["ir.attachment"].search([
            ("res_model", "=", "dunning.letter.batch"), ("res_id", "=", letter.letter_batch_id.id)])
        text = self.text_of(merged.raw)
        self.assertLess(text.index("and 2 more"), text.index("This list is part of the message"))

    # -- Invoices that go along --------------------------------------------------------------------------------------

    def test_so_many_invoices_go_along_and_the_mail_says_where_the_others_are(self):
        self.first.attach_invoices = True
        self.company.dunning_attach_limit = 2
        invoices = self.make_invoices(4)

        communication = self.remind()

        self.assertEqual(communication.mail_id.attachment_ids.sorted("id").mapped("res_id"), invoices[:2].ids)
        self.assertIn("2 of the 4 invoices are attached", communication.mail_id.body_html)

    def test_heavy_invoices_do_not_go_along(self):
        self.first.attach_invoices = True
        self.company.dunning_attach_megabytes = 0
        self.make_invoices(2)

        communication = self.remind()

        self.assertFalse(communication.mail_id.attachment_ids)
        self.assertIn("You find the invoices themselves online", communication.mail_id.body_html)

    def test_where_all_go_along_nothing_is_said(self):
        self.first.attach_invoices = True
        self.make_invoices(2)

        communication = self.remind()

        self.assertEqual(len(communication.mail_id.attachment_ids), 2)
        self.assertNotIn("online, on the page", communication.mail_id.body_html)

    def test_letter_stands_before_older_files_in_the_mail(self):
        self.first.write({"attach_invoices": True, "attach_letter": True})
        invoice = self.make_invoices(1)
        sent = self.env["ir.attachment"].create({
            "name": "INV.pdf", "raw": b"%PDF-1.4 sent", "mimetype": "application/pdf", "res_model": "account.move",
            "res_id": invoice.id, "res_field": "invoice_pdf_report_file"})
        invoice.invalidate_recordset()

        communication = self.remind()

        files = communication.mail_id._prepare_outgoing_list()[0]["attachments"]
        self.assertEqual([name for name, _content, _type in files], [f"{communication._letter_name()}.pdf", "INV.pdf"])
        self.assertIn(sent, communication.mail_id.attachment_ids)

    # -- Cost --------------------------------------------------------------------------------------------------------

    def test_queries_do_not_grow_with_invoices(self):
        other = self.make_customer("Slager Janssens")
        self.make_invoices(3)
        self.make_invoices(60, other)
        communications = self.run_night().communication_ids
        few = communications.filtered(lambda one: one.customer_id == self.customer)
        many = communications - few
        self.company.dunning_qr_limit = 0
        few._render_mail()  # templates are compiled once a process

        counts = {}
        for communication in (few, many):
            for method in ("_render_mail", "_portal_values", "_list_files"):
                self.env.invalidate_all()
                begun = self.env.cr.sql_log_count
                getattr(communication, method)()
                counts[method, communication] = self.env.cr.sql_log_count - begun

        for method in ("_render_mail", "_portal_values", "_list_files"):
            # more than the limit have a list to speak of, which takes no query of its own
            self.assertLessEqual(counts[method, many], counts[method, few] + 1, method)


@tagged("post_install", "-at_install")
class TestNoticeLimits(ChargeCommon):
    def test_notice_of_many_says_the_words_of_the_law_and_names_each_claim(self):
        self.company.dunning_row_limit = 2
        consumer = self.make_consumer("Jan", "be")
        invoices = [self.invoice_due("2026-03-02", 100 + number, consumer) for number in range(4)]

        communication = self.night("2026-03-09")

        self.assertEqual(communication.notice_law_id, self.env.ref("debto_dunning.law_be_consumer"))
        self.assertIn("calendar days", communication.body)
        total = communication._money(sum(invoice.amount_total for invoice in invoices))
        self.assertIn(total, communication.mail_id.body_html)
        self.assertIn("It is part of this message", communication.body)
        listed = communication.sudo().attachment_ids.filtered(lambda file: file.mimetype == "application/pdf")
        text = ManyInvoices.text_of(listed.raw)
        for invoice in invoices:
            self.assertIn(invoice.name, text)
        self.assertEqual(text.count("Delivered"), 1)
