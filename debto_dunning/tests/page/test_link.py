"""The link: its token, who it lets in, how it is revoked and renewed, and which messages carry it."""

import re

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged

from ...tools.page_address import is_public_https
from ..common import days_later
from .page_common import PageCommon


class TestPageAddress(BaseCase):
    def test_only_what_customers_reach_encrypted(self):
        for url in ("https://books.company.be", "https://books.company.be:8443/", "https://193.191.172.1"):
            self.assertTrue(is_public_https(url), url)
        for url in ("", "http://books.company.be", "https://localhost:8069", "https://127.0.0.1", "https://10.0.0.4",
                    "https://odoo", "https://odoo.local", "https://books.example", "https://[::1]", "https://a b.com",
                    "https://user@company.be", "https://[x"):
            self.assertFalse(is_public_https(url), url)


@tagged("post_install", "-at_install")
class TestLink(PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoices(1)
        cls.communication = cls.remind()
        cls.link = cls.link_of(cls.communication)

    def test_message_carries_it_and_nothing_stores_its_token(self):
        token = self.link._token()

        self.assertRegex(token, "^[a-z2-7]{26}$")
        self.assertRecordValues(self.link, [{
            "debtor_id": self.communication.debtor_id.id, "recipient_id": self.customer.id,
            "date_expiry": days_later(90), "state": "valid"}])
        self.assertIn(f"/pay/{token}", self.communication.mail_id.body_html)
        self.assertNotIn(token, self.communication.body)
        self.assertIn(f"/my/reminders/{self.communication.id}", self.communication.body)
        self.env.cr.execute("SELECT row::text FROM dunning_link row WHERE id = %s", [self.link.id])
        self.assertNotIn(token, self.env.cr.fetchone()[0])

    def test_it_shows_what_the_message_asked(self):
        self.make_invoices(1, amount=55, overdue=-20)

        page = self.get(self.link._token())

        self.assertEqual(page.status_code, 200)
        self.assertTrue(page.text.startswith("<!DOCTYPE html>"), page.text[:40])
        text = self.text(page)
        self.assertIn(self.invoice.name, text)
        self.assertIn(self.money(10), text)
        self.assertNotIn("55", text)
        self.assertIn("no-store", page.headers["Cache-Control"])
        self.assertEqual(page.headers["Referrer-Policy"], "same-origin")

    def test_typed_in_from_paper(self):
        token = self.link._token().upper()

        self.assertEqual(self.get(f"{token[:13]}-{token[13:]}").status_code, 200)

    def test_unknown_expired_and_revoked_look_the_same(self):
        token = self.link._token()
        answers = []
        for change in ({}, {"date_expiry": days_later(-1)}, {"revoked_on": "2026-03-10 00:00:00"}):
            self.link.sudo().write({"date_expiry": days_later(90), "revoked_on": False, **change})
            answers.append(self.get(token if change else "a" * 26))
        self.link.sudo().write({"date_expiry": days_later(90), "revoked_on": False})
        self.communication.state = "cancelled"
        answers += [self.get(token), self.get(token[:-1]), self.get("%00"), self.get("é")]

        for answer in answers:
            self.assertNoPage(answer)
        pages = {re.sub(r'value="[0-9a-f]+o\d+"', "", answer.text) for answer in answers}
        self.assertEqual(len(pages), 1)
        self.assertEqual(len({tuple(sorted(set(answer.headers) - {"Set-Cookie"})) for answer in answers}), 1)

    def test_a_get_changes_nothing(self):
        before = self.database()

        for path in ("", "/code", f"/code/{self.items_of(self.invoice).id}", "?page=2"):
            self.assertEqual(self.get(self.link._token(), path).status_code, 200, path)
        self.get("a" * 26)

        self.assertEqual(self.database(), before)

    def test_a_changed_secret_gives_no_wrong_link(self):
        token = self.link._token()
        self.env["ir.config_parameter"].set_param("database.secret", "another")

        self.assertEqual(self.link._token(), "")
        self.assertEqual(self.link._url(), "")
        self.assertEqual(self.get(token).status_code, 200)

    def test_revoked_one_by_one_and_all_of_a_customer(self):
        other = self.make_customer("Slager Janssens")
        self.make_invoices(2, other)
        others = self.link_of(self.remind() - self.communication)
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        seller = self.make_user("seller", "base.group_user")
        old_key = self.communication.access_token

        with self.assertRaises(AccessError):
            self.link.with_user(seller).action_revoke()
        self.communication.debtor_id.with_user(collector).action_revoke_links()

        self.assertRecordValues(self.link, [{"state": "revoked", "revoked_by_id": collector.id}])
        self.assertNotEqual(self.communication.access_token, old_key)
        self.assertEqual(set(others.mapped("state")), {"valid"})
        others.with_user(collector).action_revoke()
        self.assertEqual(set(others.mapped("state")), {"revoked"})

    def test_without_public_address_no_links_and_the_check_up_says_so(self):
        self.env["ir.config_parameter"].set_param("debto_dunning.page_links_anywhere", False)
        self.env["ir.config_parameter"].set_param("web.base.url", "http://odoo.local")
        self.make_invoices(1, self.make_customer("Slager Janssens"))

        mail = (self.remind() - self.communication).mail_id
        findings = self.env["dunning.checkup.rules"]._company_findings(self.company)

        self.assertNotIn("/pay/", mail.body_html)
        self.assertNotIn("/my/reminders", mail.body_html)
        self.assertIn("http://odoo.local", findings[0].message)

    def test_letter_carries_it_for_longer(self):
        self.first.channel = "letter"
        self.make_invoices(1, self.make_customer("Slager Janssens"))

        letter = self.remind() - self.communication

        link = self.link_of(letter)
        self.assertEqual(link.date_expiry, days_later(365))
        self.env.invalidate_all()
        self.assertIn(link._token(), self.text_of(letter.letter_attachment_id.raw).replace("\n", ""))


@tagged("post_install", "-at_install")
class TestNewLink(PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoices(1)
        cls.communication = cls.remind()

    def ask(self, reference):
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/pay").text).group(1)
        response = self.url_open("/pay/new-link", data={"csrf_token": csrf, "reference": reference})
        self.env.invalidate_all()
        return response

    def asked(self):
        return self.env["dunning.link"].search([("origin", "=", "asked")])

    def test_goes_to_the_address_on_file(self):
        for reference in (self.invoice.name, "peeters@example.com"):
            before = self.asked()
            self.ask(reference)

            link = self.asked() - before
            self.assertRecordValues(link, [{
                "communication_id": self.communication.id, "recipient_id": self.customer.id}])
            mail = self.env["mail.mail"].search([("body_html", "ilike", link._token())])
            self.assertIn("peeters@example.com", mail.email_to)
            self.assertTrue(mail.auto_delete)

    def test_answer_tells_nothing(self):
        answers = [self.ask(text) for text in (self.invoice.name, "INV/0000", "nobody@example.com", "", "x" * 5000)]

        self.assertEqual(len({answer.text for answer in answers}), 1)
        self.assertEqual({answer.status_code for answer in answers}, {200})

    def test_so_many_for_a_customer_and_a_visitor(self):
        for _number in range(8):
            self.ask(self.invoice.name)

        self.assertEqual(len(self.asked()), 3)
        self.assertEqual(self.env["dunning.page.attempt"].search_count([]), 5)


@tagged("post_install", "-at_install")
class TestQuotedLink(PageCommon):
    def test_answer_that_quotes_the_link_is_of_that_message(self):
        self.make_invoices(1)
        communication = self.remind()
        token = self.token_of(communication)

        self.env["mail.thread"].message_process("dunning.incoming.mail", (
            "From: Colleague <colleague@elsewhere.example>\nTo: books@company.example.com\nSubject: Bill\n"
            f"Message-ID: <quoting-1@elsewhere.example>\n\nWe pay on Friday.\n> https://x.example/pay/{token}"))

        answer = communication.debtor_id.communication_ids.filtered(lambda one: one.state == "received")
        self.assertEqual(len(answer), 1)
        self.assertNotIn(token, answer.body)
