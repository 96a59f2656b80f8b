"""The page of a reminder: its rows and codes, and whom it lets in."""

import io
import re
from html import unescape

import zxingcpp
from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.mail.tools.discuss import Store

from .contact_common import ContactCommon
from .test_message_limits import ManyInvoices


class PageCommon(ManyInvoices, ContactCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.write({"attach_invoices": False, "days": 1})
        cls.policy.level_ids.filtered(lambda level: level.number > 1).active = False

    def get(self, communication, path="", token=True):
        """The answer to a GET of the page, or of what lies below it."""
        token = communication.access_token if token is True else token
        query = f"?access_token={token}" if token else ""
        return self.url_open(f"/my/reminders/{communication.id}{path}{query}", allow_redirects=False)

    def assertOpens(self, response):
        self.assertEqual(response.status_code, 200)
        self.assertIn("o_dunning_portal", response.text)

    def assertStaysOut(self, response):
        self.assertIn(response.status_code, (302, 303))
        self.assertTrue(response.headers["Location"].endswith("/my"), response.headers["Location"])

    def links(self, response):
        """Addresses of invoices on the page, and of the forms that lead to them."""
        return [unescape(link) for link in re.findall(
            r'(?:href|action)="((?:/my/invoices/|/my/reminders/\d+/invoice/)[^"]*)"', response.text)]


@tagged("post_install", "-at_install")
class TestReminderPage(PageCommon):
    def test_pages_of_fifty_with_the_total_of_all(self):
        invoices = self.make_invoices(60)
        communication = self.remind()

        first, second = self.get(communication), self.get(communication, "/page/2")

        for response, shown in ((first, invoices[:50]), (second, invoices[50:])):
            self.assertOpens(response)
            names = re.findall(r">\s*(INV/[\d/]+)\s*<", response.text)
            self.assertEqual(names, shown.mapped("name"))
            self.assertIn(communication._money(sum(invoices.mapped("amount_total"))), response.text)
        self.assertIn(f"/my/reminders/{communication.id}/page/2?access_token={communication.access_token}",
                      unescape(first.text))

    def test_code_is_drawn_when_it_is_asked_for(self):
        invoices = self.make_invoices(7)
        communication = self.remind()
        self.pay(invoices[0], 4)

        page = self.get(communication)
        pictures = [unescape(source) for source in re.findall(r'<img\s[^>]*?src="([^"]+/code[^"]*)"', page.text)]
        self.assertNotIn("data:image", page.text)
        self.assertEqual(len(pictures), 8)
        codes = [self.url_open(picture) for picture in pictures]

        self.assertEqual({code.headers["Content-Type"] for code in codes}, {"image/png"})
        texts = [zxingcpp.read_barcode(Image.open(io.BytesIO(code.content))).text.splitlines() for code in codes]
        self.assertEqual([text[7] for text in texts], [
            "EUR6.00", *(f"EUR{amount}.00" for amount in range(11, 17)), f"EUR{6 + sum(range(11, 17))}.00"])

    def test_codes_of_few_are_open_and_of_many_closed(self):
        self.make_invoices(2)
        other = self.make_customer("Slager Janssens")
        self.make_invoices(7, other)
        communications = self.remind()

        few, many = (self.get(one).text for one in communications.sorted(lambda one: len(one.line_ids)))

        self.assertEqual([len(re.findall(r"<details\b[^>]*\bopen=", page)) for page in (few, many)], [2, 0])
        self.assertEqual(many.count("<details"), 7)

    def test_what_is_paid_has_no_code(self):
        invoices = self.make_invoices(2)
        communication = self.remind()
        self.pay(invoices[0])

        page = self.get(communication)

        self.assertIn("Paid", page.text)
        paid, still_open = communication.line_ids.sorted("due_date")
        self.assertEqual(self.get(communication, f"/code/{paid.id}").status_code, 404)
        self.assertEqual(self.get(communication, f"/code/{still_open.id}").status_code, 200)

    def test_a_get_changes_nothing_and_the_form_leads_to_the_invoice(self):
        invoice = self.make_invoices(1)
        communication = self.remind()
        invoice.access_token = False
        self.env.flush_all()
        before = communication.write_date, invoice.write_date

        page = self.get(communication)
        self.get(communication, "/code")

        self.env.invalidate_all()
        self.assertFalse(invoice.access_token)
        self.assertEqual((communication.write_date, invoice.write_date), before)
        form = f"/my/reminders/{communication.id}/invoice/{communication.line_ids.id}"
        self.assertEqual(self.links(page), [form])
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        response = self.url_open(form, data={
            "csrf_token": csrf, "access_token": communication.access_token}, allow_redirects=False)
        self.assertTrue(invoice.access_token)
        self.assertTrue(response.headers["Location"].endswith(invoice.get_portal_url()))
        self.assertEqual(self.links(self.get(communication)), [invoice.get_portal_url()])


@tagged("post_install", "-at_install")
class TestReminderPageAccess(PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoices(1)
        cls.other = cls.make_customer("Slager Janssens")
        cls.make_invoices(1, cls.other)
        made = cls.remind()
        cls.communication = made.filtered(lambda one: one.customer_id == cls.customer)
        cls.others = made - cls.communication

    def test_the_key_of_the_message_opens_it_for_anybody(self):
        self.assertOpens(self.get(self.communication))
        self.make_portal_user("stranger", self.other)
        self.authenticate("stranger", "stranger")
        page = self.get(self.communication)
        self.assertOpens(page)
        self.assertTrue(self.links(page))

    def test_without_its_key_nobody_outside_gets_in(self):
        for token in (None, "", "x", self.others.access_token, "%00"):
            self.assertStaysOut(self.get(self.communication, token=token))
            self.assertEqual(self.get(self.communication, "/code", token).status_code, 404)
        self.assertStaysOut(self.url_open("/my/reminders/999999999?access_token=x", allow_redirects=False))

    def test_portal_login_of_the_customer_does_not_replace_the_key(self):
        self.make_portal_user("customer", self.customer)
        self.authenticate("customer", "customer")
        self.assertStaysOut(self.get(self.communication, token=None))
        self.assertOpens(self.get(self.communication))

    def test_what_has_not_left_or_was_taken_back_opens_for_nobody(self):
        for state in ("draft", "failed", "cancelled", "received"):
            self.communication.state = state
            self.assertStaysOut(self.get(self.communication))
            self.assertEqual(self.get(self.communication, "/code").status_code, 404)

    def test_contact_that_was_typed_in_has_no_page(self):
        contact = self.communications.create({
            "debtor_id": self.debtor_of(self.customer).id, "channel": "call", "subject": "Call", "state": "sent"})
        self.assertStaysOut(self.get(contact))

    def test_line_of_another_message_has_no_code_and_no_way(self):
        line = self.others.line_ids
        self.assertEqual(self.get(self.communication, f"/code/{line.id}").status_code, 404)

    def test_archived_debtor_and_step_set_back(self):
        self.debtor_of(self.customer).active = False
        self.assertOpens(self.get(self.communication))
        self.communication.line_ids.void = True
        page = self.get(self.communication)
        self.assertOpens(page)
        self.assertNotIn(self.invoice.name, page.text)

    def test_colleague_without_invoicing_sees_the_message_without_ways_to_invoices(self):
        self.make_user("seller", "base.group_user")
        self.authenticate("seller", "seller")
        for token in (None, "x"):
            page = self.get(self.communication, token=token)
            self.assertOpens(page)
            self.assertIn(self.invoice.name, page.text)
            self.assertEqual(self.links(page), [])
        form = f"/my/reminders/{self.communication.id}/invoice/{self.communication.line_ids.id}"
        csrf = re.search(r'csrf_token: "([^"]+)"', page.text)
        response = self.url_open(form, data={"csrf_token": csrf.group(1)}, allow_redirects=False)
        self.assertStaysOut(response)

    def test_accountant_gets_links_by_own_rights(self):
        self.make_user("accountant", "account.group_account_invoice")
        self.authenticate("accountant", "accountant")
        page = self.get(self.communication, token=None)
        self.assertEqual(self.links(page), [f"/my/invoices/{self.invoice.id}"])

    def test_user_of_another_company_stays_out(self):
        company = self.env["res.company"].create({"name": "Another"})
        user = self.make_user("elsewhere", "account.group_account_invoice")
        user.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.authenticate("elsewhere", "elsewhere")
        self.assertStaysOut(self.get(self.communication, token=None))

    def make_portal_user(self, login, partner):
        return self.env["res.users"].with_context(no_reset_password=True).create({
            "name": login, "login": login, "password": login, "partner_id": partner.id,
            "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)]})


@tagged("post_install", "-at_install")
class TestWhoReadsTheLog(ManyInvoices, ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.write({"attach_invoices": True, "attach_letter": True, "days": 1})
        cls.invoice = cls.make_invoices(1)
        cls.communication = cls.remind()
        cls.seller = cls.make_user("seller", "base.group_user")
        cls.accountant = cls.make_user("accountant", "account.group_account_invoice")
        cls.env.invalidate_all()
        cls.letter, cls.pdf = cls.communication._attachments_in_order()

    def test_letter_is_read_by_colleagues_and_invoices_by_accounting(self):
        for user in (self.seller, self.accountant):
            self.assertTrue(self.letter.with_user(user).raw)
        self.assertTrue(self.pdf.with_user(self.accountant).raw)
        with self.assertRaises(AccessError):
            self.pdf.with_user(self.seller).read(["raw"])

    def test_history_hands_out_what_its_reader_may_read(self):
        message = self.communication.mail_id.mail_message_id

        def handed_out(user):
            store = Store().add(message.with_user(user)).get_result()
            return {attachment["id"] for attachment in store.get("ir.attachment", ())}

        self.assertEqual(handed_out(self.seller), {self.letter.id})
        self.assertEqual(handed_out(self.accountant), {self.letter.id, self.pdf.id})

    def test_log_does_not_show_the_customers_key(self):
        token = self.communication.access_token
        self.assertNotIn(token, self.communication.mail_id.body_html)
        self.assertIn(f"/my/reminders/{self.communication.id}", self.communication.body)
        self.assertNotIn(token, self.communication.body)
        with self.assertRaises(AccessError):
            self.communication.with_user(self.seller).read(["access_token"])
        self.assertEqual(self.communication.with_user(self.accountant).access_token, token)

    def test_preview_does_not_show_the_customers_key(self):
        self.make_invoices(1, self.make_customer("Slager Janssens"))
        planned = self.run_night().communication_ids - self.communication
        self.assertIn(f"/my/reminders/{planned.id}", planned.body_planned)
        self.assertNotIn(planned.access_token, planned.body_planned)
