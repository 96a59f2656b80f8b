"""Invoices of one message that are paid to different accounts, as those sold to a factor."""

import re

from odoo.tests import HttpCase, tagged

from ..communication.contact_common import ContactCommon

OWN, FACTOR = "BE68539007547034", "BE71096123456769"


@tagged("post_install", "-at_install")
class TestSeveralAccounts(ContactCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.company.partner_id.bank_ids.filtered(lambda bank: bank.sanitized_acc_number == OWN)
        cls.factor = cls.env["res.partner.bank"].create({
            "acc_number": FACTOR, "partner_id": cls.company.partner_id.id, "acc_holder_name": "Factor",
            "allow_out_payment": True})

    def make(self, amount, bank):
        return self.make_invoice(amount, partner_bank_id=bank.id)

    def assertAccounts(self, html, *expected):
        """Each account stands in the text with its amount and its invoices, as (account, amount, invoices)."""
        rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html.split("o_dunning_accounts")[1].split("</table>")[0], re.DOTALL)
        texts = ["".join(re.sub(r"<[^>]+>", "", row).split()) for row in rows]
        self.assertEqual(len(texts), len(expected))
        for text, (account, amount, invoices) in zip(texts, expected, strict=True):
            for part in (account, f"{amount:.2f}", *(invoice.name for invoice in invoices)):
                self.assertIn(part, text)

    def test_mail_names_each_with_its_amount(self):
        one, two, three = self.make(100, self.bank), self.make(30, self.factor), self.make(5, self.factor)

        sent = self.remind()

        self.assertAccounts(sent.body, (OWN, 100, [one]), (FACTOR, 35, [two, three]))
        self.assertNotIn("Everything at once", sent.body)

    def test_one_account_is_named_as_before(self):
        self.make(100, self.bank)
        self.make(30, self.bank)

        sent = self.remind()

        self.assertNotIn("o_dunning_accounts", sent.body)
        self.assertIn(OWN, sent.body.replace(" ", ""))
        self.assertIn("Everything at once", sent.body)

    def test_invoice_without_an_account_goes_to_the_company_s(self):
        one, two = self.make(100, self.factor), self.make(30, self.factor)
        two.partner_bank_id = False

        sent = self.remind()

        self.assertAccounts(sent.body, (FACTOR, 100, [one]), (OWN, 30, [two]))

    def test_no_joint_code(self):
        one, two, three = self.make(100, self.bank), self.make(30, self.factor), self.make(5, self.factor)

        self.assertFalse(self.company._dunning_epc_total_payload(self.items_of(one) | self.items_of(two), 130))
        self.assertIn(FACTOR, self.company._dunning_epc_total_payload(self.items_of(two) | self.items_of(three), 35))

    def test_page(self):
        one, two = self.make(100, self.bank), self.make(30, self.factor)
        sent = self.remind()

        def get(path=""):
            return self.url_open(f"/my/reminders/{sent.id}{path}?access_token={sent.access_token}")

        self.assertAccounts(get().text, (OWN, 100, [one]), (FACTOR, 30, [two]))
        self.assertEqual(get("/code").status_code, 404)
        self.assertEqual(get(f"/code/{sent.line_ids[0].id}").status_code, 200)

        self.pay(one)

        self.assertNotIn("o_dunning_accounts", get().text)
        self.assertIn(FACTOR, get().text.replace(" ", ""))
        self.assertEqual(get("/code").status_code, 200)

    def test_statement(self):
        one, two = self.make(100, self.bank), self.make(30, self.factor)

        section = self.env["dunning.statement"]._for_moves(one | two)[0]["sections"][0]
        html = str(self.env["ir.qweb"]._render("debto_dunning.statement_overview", {"section": section}))

        self.assertAccounts(html, (OWN, 100, [one]), (FACTOR, 30, [two]))
        self.assertFalse(section["code"])

    def test_letter(self):
        self.customer.email = False
        one, two = self.make(100, self.bank), self.make(30, self.factor)

        letter = self.remind()
        html = self.env["ir.actions.report"]._render_qweb_html("debto_dunning.report_letter", letter.ids)[0].decode()

        self.assertEqual(letter.channel, "letter")
        self.assertAccounts(html, (OWN, 100, [one]), (FACTOR, 30, [two]))
