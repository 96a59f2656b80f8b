"""Online payment over the web: the choice, Odoo's form, and the transaction that it begins."""

from odoo.tests import tagged

from .page_common import PageCommon


@tagged("post_install", "-at_install")
class TestPagePaymentHttp(PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].create({
            "name": "Online", "company_id": cls.company.id, "code": "none", "state": "test", "is_published": True,
            "payment_method_ids": [(4, cls.method.id)]})
        cls.method.active = True
        cls.one, cls.two = cls.make_invoice(100.0), cls.make_invoice(250.0)
        cls.message = cls.run_night().communication_ids
        cls.deliver()
        cls.token = cls.token_of(cls.message)

    def key(self, invoice):
        return str(self.items_of(invoice).id)

    def begin(self, path, amount, token=None, **kwargs):
        """The answer of the transaction route: dict with ``result`` or ``error``."""
        self.env.flush_all()
        answer = self.url_open(f"/pay/{token or self.token}/online/{path}/transaction", json={"params": {
            "provider_id": self.provider.id, "payment_method_id": self.method.id, "token_id": None, "amount": amount,
            "flow": "direct", "tokenization_requested": False, "landing_route": "https://elsewhere.example.com",
            # what Odoo's form sends besides
            "is_validation": False, "access_token": "",
            **kwargs}}).json()
        self.env.invalidate_all()
        return answer

    def transactions(self):
        return self.env["payment.transaction"].search([("provider_id", "=", self.provider.id)])

    def test_page_offers_to_pay_online(self):
        page = self.get(self.token)

        self.assertIn(f"/pay/{self.token}/online?currency=EUR", page.text)

    def test_page_without_provider_offers_none(self):
        self.provider.state = "disabled"

        page = self.get(self.token)

        self.assertNotIn("/online", page.text)

    def test_choice_leads_to_the_amount_that_was_chosen(self):
        choice = self.get(self.token, "/online?currency=EUR")
        chosen = self.get(self.token, f"/online?currency=EUR&chosen=1&items={self.key(self.two)}")
        payment = self.url_open(chosen.headers["Location"])

        self.assertIn(self.money(100), self.text(choice))
        self.assertEqual(chosen.status_code, 303)
        self.assertIn(f"/online/EUR/without/{self.key(self.two)}", chosen.headers["Location"])
        self.assertIn(self.money(250), self.text(payment))
        self.assertIn("o_payment_form", payment.text)

    def test_looking_changes_nothing(self):
        before = self.database()

        for path in ("/online", "/online?currency=EUR", "/online/EUR/with/all", "/online/thanks"):
            self.get(self.token, path)

        self.assertEqual(self.database(), before)
        self.assertFalse(self.transactions())

    def test_transaction_is_of_what_was_chosen(self):
        answer = self.begin(f"EUR/with/{self.key(self.two)}", 250.0)

        transaction = self.transactions()
        self.assertEqual(answer["result"]["reference"], transaction.reference)
        self.assertEqual((transaction.amount, transaction.invoice_ids), (250.0, self.two))
        self.assertEqual(transaction.partner_id, self.customer)
        self.assertNotIn(self.token, transaction.landing_route)
        back = self.url_open(transaction.landing_route, allow_redirects=False)
        self.assertTrue(back.headers["Location"].endswith(f"/pay/{self.token}/online/thanks"))
        self.assertEqual(transaction.dunning_allotment_ids.link_id, self.link_of(self.message))

    def test_amount_of_the_browser_is_not_believed(self):
        answer = self.begin("EUR/with/all", 1.0)

        self.assertIn("error", answer)
        self.assertFalse(self.transactions())

    def test_only_ways_to_pay_that_the_page_offers(self):
        other = self.provider.copy({"name": "Switched off", "state": "disabled"})
        small = self.provider.copy({"name": "Small", "state": "test", "maximum_amount": 5, "is_published": True})

        for vals in ({"provider_id": other.id}, {"provider_id": small.id}, {"provider_id": "x"},
                     {"provider_id": 10 ** 30}, {"payment_method_id": 0}, {"flow": "x"}):
            with self.subTest(vals=vals):
                self.assertIn("error", self.begin("EUR/with/all", 350.0, **vals))

        self.assertFalse(self.env["payment.transaction"].search([("partner_id", "=", self.customer.id)]))

    def test_odd_addresses_are_no_errors(self):
        for path in ("/online?currency=%00", "/online/%00/with/all", "/online/%F0%9F%98%80/with/1.x.c"):
            self.assertLess(self.get(self.token, path).status_code, 500, path)
        self.assertLess(self.post("new-link", "", page="", reference="INV\0").status_code, 500)

    def test_page_stands_when_an_invoice_went_to_another_customer(self):
        self.one.button_draft()
        self.one.partner_id = self.make_customer("Other")
        self.one.action_post()

        page = self.get(self.token)

        self.assertEqual(page.status_code, 200)
        self.assertIn(self.money(250), self.text(page))

    def test_invoice_of_another_customer_is_refused(self):
        other = self.make_invoice(70.0, partner=self.make_customer("Stranger"))

        answer = self.begin(f"EUR/with/{self.key(other)}", 70.0)

        self.assertIn("error", answer)
        self.assertFalse(self.transactions())

    def test_revoked_link_begins_nothing(self):
        self.link_of(self.message)._revoke()

        answer = self.begin("EUR/with/all", 350.0)

        self.assertIn("error", answer)
        self.assertFalse(self.transactions())

    def test_no_card_is_stored_or_used(self):
        stored = self.begin("EUR/with/all", 350.0, tokenization_requested=True)
        used = self.begin("EUR/with/all", 350.0, token_id=1, flow="token")

        self.assertIn("error", stored)
        self.assertIn("error", used)
        self.assertFalse(self.transactions())

    def test_thanks_after_the_payment(self):
        self.begin("EUR/with/all", 350.0)
        self.transactions()._set_pending()

        waiting = self.get(self.token, "/online/thanks")
        self.transactions()._set_done()
        received = self.get(self.token, "/online/thanks")

        self.assertIn("on its way", self.text(waiting))
        self.assertIn(f"Your payment of {self.money(350)} has been received", self.text(received))

    def test_natural_person_is_checked_first(self):
        person = self.make_customer("Jan", is_company=False, zip="9000")
        self.make_invoice(80.0, partner=person)
        message = self.run_night().communication_ids.filtered(lambda one: one.customer_id == person)
        self.deliver()

        page = self.get(self.token_of(message), "/online")

        self.assertNoPage(page)

    def test_payments_of_a_day_are_limited(self):
        for _number in range(20):
            self.begin("EUR/with/all", 350.0)

        answer = self.begin("EUR/with/all", 350.0)

        self.assertIn("error", answer)
        self.assertEqual(len(self.transactions()), 20)
