"""Payment links of services: how an address is filled in and checked, and where a message shows it."""

import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import BaseCase, tagged

from ...tools import payment_link
from ..communication.contact_common import ContactCommon

TEMPLATE = "https://pay.example/p?a={amount}&c={currency}&r={reference}&i={invoice}&k={customer}&s={signature}"
SIGNED = "{customer}|{amount}|{reference}"
VALUES = {"amount": "121.00", "cents": "12100", "currency": "EUR", "reference": "+++1/2+++", "invoice": "INV/1",
          "customer": "C & Co"}


@tagged("post_install", "-at_install")
class TestAddress(BaseCase):
    def test_signature_of_a_published_case(self):
        """RFC 4231, test case 2."""
        self.assertEqual(
            payment_link.sign("what do ya want for nothing?", "Jefe"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")

    def test_values_are_encoded_and_signed_as_they_are(self):
        url = payment_link.fill(TEMPLATE, SIGNED, "key", VALUES)

        read = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.assertEqual({name: read[name] for name in "acrik"}, {
            "a": "121.00", "c": "EUR", "r": "+++1/2+++", "i": "INV/1", "k": "C & Co"})
        self.assertEqual(
            read["s"], hmac.new(b"key", b"C & Co|121.00|+++1/2+++", hashlib.sha256).hexdigest())

    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
    def test_no_value_breaks_out_of_its_parameter(self, text):
        url = payment_link.fill("https://pay.example/p?r={reference}&x=1", "", "", {**VALUES, "reference": text})

        parts = urlsplit(url)
        self.assertEqual((parts.hostname, parts.path, parts.fragment), ("pay.example", "/p", ""))
        self.assertEqual(parse_qs(parts.query, keep_blank_values=True), {"r": [text], "x": ["1"]})

    def test_what_is_not_taken(self):
        for kind, template, signed in (
            ("https", "http://pay.example/{amount}", ""),
            ("https", "javascript:alert({amount})", ""),
            ("form", "https://", ""),
            ("form", "https://{customer}.example/", ""),
            ("form", "https://bank.example@evil.example/{amount}", ""),
            ("form", "https://pay.example\\@evil.example/", ""),
            ("form", "https://pay.example/ {amount}", ""),
            ("form", "https://pay.example:port/{amount}", ""),
            ("form", "https://pay.examplé/{amount}", ""),
            ("unknown", "https://pay.example/{secret}", ""),
            ("unknown", "https://pay.example/{}", ""),
            ("unknown", "https://pay.example/{signature}", "{signature}"),
            ("braces", "https://pay.example/{amount", ""),
            ("braces", "https://pay.example/{{amount}}", ""),
            ("unsigned", "https://pay.example/{amount}/{signature}", ""),
            ("unused", "https://pay.example/{amount}", "{amount}"),
        ):
            with self.subTest(template=template), self.assertRaises(payment_link.PaymentLinkError) as caught:
                payment_link.check(template, signed)
            self.assertEqual(caught.exception.kind, kind, template)
        payment_link.check(TEMPLATE, SIGNED)


@tagged("post_install", "-at_install")
class TestPaymentLink(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = cls.env["dunning.payment.link"]
        cls.link = cls.links.create({
            "name": "Pay", "company_id": cls.company.id, "url_template": TEMPLATE, "signed_text": SIGNED,
            "secret": "key"})

    def parameters(self, url):
        return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}

    def test_mail_leads_to_the_service(self):
        self.customer.ref = "C1"
        invoice = self.make_invoice(100)

        message = self.remind()

        url = self.links._payment_link_url(message)
        signature = hmac.new(b"key", f"C1|100.00|{invoice.payment_reference}".encode(), hashlib.sha256).hexdigest()
        self.assertEqual(self.parameters(url), {
            "a": "100.00", "c": "EUR", "r": invoice.payment_reference, "i": invoice.name, "k": "C1", "s": signature})
        self.assertIn(url.replace("&", "&amp;"), message.mail_id.body_html)

    def test_user_of_reminders_sends_it_and_does_not_read_the_secret(self):
        self.make_invoice(100)
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")
        dialogue = self.env["dunning.send"].with_user(collector)._action_open(
            self.debtor_of(self.customer).with_user(collector))

        action = self.env["dunning.send"].with_user(collector).browse(dialogue["res_id"]).action_send()

        self.assertIn("pay.example", self.communications.browse(action["res_id"]).mail_id.body_html)
        manager = self.make_user("manager", "debto_dunning.group_dunning_manager")
        link = self.link.with_user(manager)
        self.assertIn("pay.example", link.example_url)
        self.assertNotIn(self.link.example_url, link.example_url, "signed with the secret")
        with self.assertRaises(AccessError):
            link.read(["secret"])
        with self.assertRaises(AccessError):
            link.url_template = "https://evil.example/"

    def test_several_invoices_and_what_is_due_now(self):
        names = [self.make_invoice(amount).name for amount in (100, 50)]
        message = self.remind()

        read = self.parameters(self.links._payment_link_url(message))
        later = self.parameters(self.links._payment_link_url(message, 50))

        self.assertEqual((read["a"], sorted(read["i"].split(", "))), ("150.00", sorted(names)))
        self.assertEqual(read["r"], read["i"])
        self.assertEqual(later["a"], "50.00")
        self.assertNotEqual(later["s"], read["s"])
        self.assertEqual(self.links._payment_link_url(message, 0), "")

    def test_nothing_in_print(self):
        self.customer.email = False
        self.make_invoice(100)

        message = self.remind()

        self.assertEqual(message.channel, "letter")
        self.assertNotIn("pay.example", message.body)

    def test_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.links.create({
            "name": "Betalen", "company_id": self.company.id, "lang": "nl_NL", "url_template": "https://betaal.example/"})
        dutch = self.make_customer("Slager Janssens", lang="nl_NL")
        self.make_invoice(100)
        self.make_invoice(100, partner=dutch)

        hosts = {one.customer_id: urlsplit(self.links._payment_link_url(one)).hostname for one in self.remind()}

        self.assertEqual(hosts, {self.customer: "pay.example", dutch: "betaal.example"})

    def test_without_a_link_of_the_company(self):
        self.link.active = False
        self.make_invoice(100)

        message = self.remind()

        self.assertEqual(self.links._payment_link_url(message), "")
        self.assertNotIn("o_dunning_payment_link", message.body)

    def test_what_cannot_work_is_refused(self):
        for vals in ({"url_template": "http://pay.example/"}, {"url_template": "https://pay.example/{iban}"},
                     {"secret": False}, {"signed_text": False}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.link.write(vals)
        self.link.url_template = "https://pay.example/{cents}?s={signature}"
        self.assertTrue(self.link.example_url.startswith("https://pay.example/123450?s="))
