"""What the page shows: amounts, invoices, codes, to whom; and what it does not say."""

import io
import re

import zxingcpp
from PIL import Image

from odoo import Command
from odoo.tests import tagged

from ...models.page.page_visit import PageVisit
from .page_common import PageCommon


@tagged("post_install", "-at_install")
class TestPage(PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = cls.make_invoices(3, amount=100)
        cls.communication = cls.remind()
        cls.token = cls.token_of(cls.communication)

    def read_code(self, response):
        self.assertEqual(response.headers["Content-Type"], "image/png")
        return zxingcpp.read_barcode(Image.open(io.BytesIO(response.content))).text.splitlines()

    def test_what_is_asked_stands_as_it_is_now(self):
        self.pay(self.invoices[0])
        self.pay(self.invoices[1], 1)

        page = self.get(self.token)

        text = self.text(page)
        self.assertIn(f"To pay {self.money(202)}", text)
        self.assertIn("BE68 5390 0754 7034", text)
        self.assertEqual(page.text.count('class="badge"'), 1)
        self.assertEqual(self.read_code(self.get(self.token, "/code"))[7], "EUR202.00")
        item = self.items_of(self.invoices[1])
        self.assertEqual(self.read_code(self.get(self.token, f"/code/{item.id}"))[7], "EUR100.00")

    def test_nothing_of_what_we_think(self):
        segment = self.env["dunning.segment"].create({"name": "Rotten payer", "company_id": self.company.id})
        self.communication.debtor_id.sudo().write({"segment_id": segment.id, "risk_score": 87})
        self.env["dunning.hold"].create({"debtor_id": self.communication.debtor_id.id, "note": "Liar"})
        self.first.name = "Threat number one"

        text = self.text(self.get(self.token)) + self.text(self.get(self.token, "/promise"))

        for word in ("Rotten", "87", "Liar", "Threat"):
            self.assertNotIn(word, text)

    def test_language_of_the_recipient(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.customer.lang = "nl_BE"

        page = self.get(self.token, headers={"Accept-Language": "en"})

        self.assertIn('lang="nl-BE"', page.text)

    def test_invoice_is_downloaded(self):
        [move] = self.invoices[0]
        self.assertNoPage(self.get(self.token, f"/invoice/{move.id}"))  # not printed by a GET

        printed = self.post(self.token, f"/invoice/{move.id}", page="/question")
        other = self.make_invoices(1, self.make_customer("Slager Janssens"))

        self.assertEqual(printed.headers["Content-Type"], "application/pdf")
        self.assertIn("attachment", printed.headers["Content-Disposition"])
        self.assertIn(move.name, self.text_of(printed.content))
        self.assertNoPage(self.post(self.token, f"/invoice/{other.id}", page="/question"))

    def test_statement(self):
        pdf = self.post(self.token, "/statement", page="/question")

        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        self.assertIn(self.invoices[2].name, pdf.text)  # tests print no PDF of a report

    def test_big_lists_are_paged(self):
        other = self.make_customer("Slager Janssens")
        invoices = self.make_invoices(55, other)
        token = self.token_of(self.remind() - self.communication)

        first, second = self.get(token), self.get(token, "?page=2")

        self.assertIn("Page 1 of 2", self.text(first))
        self.assertIn(invoices[0].name, first.text)
        self.assertNotIn(invoices[54].name, first.text)
        self.assertIn(invoices[54].name, second.text)
        self.assertIn(self.money(sum(invoices.mapped("amount_total"))), self.text(second))
        self.assertIn("All 55 invoices", self.text(self.get(token, "/promise")))

    def test_queries_do_not_grow_with_items(self):
        other = self.make_customer("Slager Janssens")
        self.make_invoices(50, other)
        many = self.link_of(self.remind() - self.communication)
        few = self.link_of(self.communication)
        counts = []
        for link in (few, few, many):
            for sees_all in (False, True):
                visit = PageVisit(link.sudo(), "/pay/x", True, sees_all)
                self.env.invalidate_all()
                begun = self.env.cr.sql_log_count
                visit.link._page_values(visit)
                counts.append(self.env.cr.sql_log_count - begun)

        self.assertLessEqual(counts[4], counts[2])
        self.assertLessEqual(counts[5], counts[3])
        self.assertLess(counts[5], 60)

    def test_page_of_fifty_opens_with_few_queries(self):
        other = self.make_customer("Slager Janssens")
        self.make_invoices(50, other)
        tokens = [self.token_of(self.remind() - self.communication), self.token]
        counts = []
        for token in (*tokens, *tokens):
            self.env.invalidate_all()
            begun = self.env.cr.sql_log_count
            self.get(token)
            counts.append(self.env.cr.sql_log_count - begun)

        self.assertLessEqual(counts[2], counts[3] + 5)


@tagged("post_install", "-at_install")
class TestNaturalPerson(PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.make_customer("Jan Smit", is_company=False, zip="1012 AB")
        cls.invoice = cls.make_invoices(1, cls.person, amount=77)
        cls.communication = cls.remind()
        cls.token = cls.token_of(cls.communication)

    def test_details_after_the_postcode(self):
        self.first.subject = "Reminder for {customer}"
        before = self.text(self.get(self.token))
        form = self.get(self.token, "/promise")
        wrong = self.post(self.token, "/check", page="", postcode="9999 ZZ")
        still = self.text(self.get(self.token))
        right = self.post(self.token, "/check", page="", postcode="1012ab")

        self.assertIn(self.money(77), before)
        self.assertNotIn("Jan Smit", before)
        self.assertNotIn("Something is wrong", before)
        self.assertEqual(form.status_code, 303 if form.status_code == 303 else 302)
        self.assertIn("not right", self.text(wrong))
        self.assertNotIn("Jan Smit", still)
        self.assertEqual(right.status_code, 303)
        self.assertIn("Jan Smit", self.text(self.get(self.token)))
        self.assertEqual(self.get(self.token, "/promise").status_code, 200)

    def test_without_the_check_nothing_is_handed_out_or_done(self):
        item = self.items_of(self.invoice)
        before = self.database()

        for path in (f"/code/{item.id}", f"/invoice/{self.invoice.id}"):
            self.assertNoPage(self.get(self.token, path))
        self.assertNoPage(self.post(self.token, "/question", page="", note="x"))
        self.assertNoPage(self.post(self.token, f"/invoice/{self.invoice.id}", page=""))

        self.assertEqual(self.database(), before)

    def test_so_many_tries(self):
        for _number in range(5):
            self.post(self.token, "/check", page="", postcode="9999 ZZ")

        refused = self.post(self.token, "/check", page="", postcode="1012 AB")

        self.assertEqual(refused.status_code, 200)
        self.assertIn("too often", self.text(refused))

    def code(self):
        mail = self.env["mail.mail"].search([("subject", "like", "Your code")], order="id DESC", limit=1)
        return re.search(r"\d{4} \d{4}", mail.subject).group(0)

    def test_code_by_mail_instead(self):
        self.post(self.token, "/send-code", page="")
        code = self.code()
        wrong = self.post(self.token, "/code-check", page="", code="0000 0000")
        right = self.post(self.token, "/code-check", page="", code=code)

        self.assertIn("not right", self.text(wrong))
        self.assertEqual(right.status_code, 303)
        self.make_invoices(1, self.person, amount=900, overdue=-10)
        text = self.text(self.get(self.token))
        self.assertIn("Jan Smit", text)
        self.assertNotIn("900", text)
        again = self.post(self.token, "/code-check", page="", code=code)
        self.assertIn("not right", self.text(again))

    def test_business_sees_all_after_a_code(self):
        self.make_invoices(1)
        message = self.remind() - self.communication
        self.make_invoices(1, amount=900, overdue=-10)
        token = self.token_of(message)
        self.assertNotIn("900", self.text(self.get(token)))

        self.post(token, "/send-code", page="")
        self.post(token, "/code-check", page="", code=self.code())

        self.assertIn(self.money(900), self.text(self.get(token)))

    def test_sole_trader_is_checked_too(self):
        self.make_invoices(1)
        message = self.remind() - self.communication
        message.debtor_id.is_sole_trader = True

        self.assertIn("Is it you?", self.text(self.get(self.token_of(message))))


@tagged("post_install", "-at_install")
class TestMyAccount(PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoices(1, amount=300)
        cls.communication = cls.remind()
        cls.debtor = cls.communication.debtor_id
        cls.other = cls.make_customer("Slager Janssens")
        cls.others = cls.make_invoices(1, cls.other)
        cls.remind()
        for login, partner in (("own", cls.customer), ("stranger", cls.other)):
            cls.env["res.users"].with_context(no_reset_password=True).create({
                "name": login, "login": login, "password": login, "partner_id": partner.id,
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)]})

    def test_all_that_is_open_and_what_was_paid(self):
        paid = self.make_invoices(1, amount=41)
        self.pay(paid)
        later = self.make_invoices(1, amount=900, overdue=-10)
        self.authenticate("own", "own")
        before = self.database()

        home, page = self.url_open("/my"), self.url_open("/my/dues")

        self.assertIn("/my/dues", home.text)
        text = self.text(page)
        for name in (self.invoice.name, later.name, paid.name, self.money(1200)):
            self.assertIn(name, text)
        self.assertNotIn(self.others.name, text)
        self.assertEqual(self.database(), before)

    def test_an_act(self):
        self.authenticate("own", "own")
        path = f"/my/dues/{self.debtor.id}/question"
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(path).text).group(1)

        for note in ("Where?", "When?"):
            done = self.url_open(path, data={"csrf_token": csrf, "note": note})
            self.assertIn("received it", self.text(done))

        self.env.invalidate_all()
        links = self.env["dunning.link"].search([("origin", "=", "login")])
        self.assertRecordValues(links, [{"use_count": 2, "debtor_id": self.debtor.id}])
        self.assertEqual(len(self.env["dunning.communication"].search([("link_id", "=", links.id)])), 2)

    def test_of_another_customer_or_without_login(self):
        for login in ("stranger", None):
            if login:
                self.authenticate(login, login)
            else:
                self.logout()
            for path in ("", "/question", "/code", f"/invoice/{self.invoice.id}"):
                self.assertNoPage(self.url_open(f"/my/dues/{self.debtor.id}{path}"))
        self.assertIn("/web/login", self.url_open("/my/dues", allow_redirects=False).headers["Location"])


@tagged("post_install", "-at_install")
class TestDaysOfPage(PageCommon):
    def test_due_to_come_and_overdue(self):
        late, early = self.make_invoices(1), self.make_invoices(1, amount=50, overdue=-5)
        message = self.remind()
        link = self.link_of(message)
        link.sudo().communication_id = False

        text = self.text(self.get(link._token()))

        self.assertIn(f"of which overdue: {self.money(late.amount_total)}", text)
        self.assertIn(early.name, text)
