"""A customer with a message that carries a link, and the page that it opens."""

import re
from html import unescape

from odoo.tests import HttpCase

from ..communication.contact_common import ContactCommon
from ..communication.test_message_limits import ManyInvoices


class PageCommon(ManyInvoices, ContactCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first.write({"attach_invoices": False, "days": 1})
        cls.policy.level_ids.filtered(lambda level: level.number > 1).active = False

    @classmethod
    def link_of(cls, communication):
        """The link that a message carries."""
        return communication.link_ids.filtered(lambda link: link.origin == "message")

    @classmethod
    def token_of(cls, communication):
        return cls.link_of(communication)._token()

    def get(self, token, path="", **kwargs):
        """The answer to a GET of the page of a token, or of what lies below it."""
        return self.url_open(f"/pay/{token}{path}", allow_redirects=False, **kwargs)

    def post(self, token, path, files=None, page="", **data):
        """The answer to a form of the page, with the token against forged requests that the page gave.

        :param page: the page that has the form, below that of the token; default: the same address
        """
        form = self.get(token, page or path).text
        found = re.search(r'name="csrf_token" value="([^"]+)"', form) or re.search(
            r'name="csrf_token" value="([^"]+)"', self.url_open("/pay").text)
        self.env.flush_all()
        response = self.url_open(
            f"/pay/{token}{path}", data={"csrf_token": found.group(1), **data}, files=files, allow_redirects=False)
        self.env.invalidate_all()
        return response

    def text(self, response):
        """What stands on a page, without markup."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())

    def money(self, amount):
        """An amount as :meth:`text` shows it."""
        return " ".join(self.company.currency_id.format(amount).split())

    def assertNoPage(self, response):
        self.assertEqual(response.status_code, 404)
        self.assertIn("Send a new link", response.text)

    def database(self):
        """A hash of the tables that the page could change."""
        self.env.flush_all()
        self.env.cr.execute(" UNION ALL ".join(
            f"SELECT '{table}', count(*), sum(hashtext(row::text)) FROM {table} row" for table in (
                "dunning_link", "dunning_communication", "dunning_promise", "dunning_dispute", "dunning_hold",
                "dunning_debtor", "dunning_charge", "account_move", "account_move_line", "mail_mail", "mail_message",
                "ir_attachment", "res_partner", "dunning_page_attempt")))
        return self.env.cr.fetchall()
