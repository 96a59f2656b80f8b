from odoo.tests import HttpCase, tagged

from .common import DunningSaleCommon


@tagged("post_install", "-at_install")
class TestConditions(DunningSaleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        segment = cls.make_segment(conditions="Paid within 8 days")
        segment.with_context(lang="nl_NL").conditions = "Betaald binnen 8 dagen"
        cls.debtor_of(cls.customer, segment_id=segment.id)
        cls.company.dunning_print_conditions = True
        cls.order = cls.make_order()

    def printed(self, order=None):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sale.report_saleorder", (order or self.order).ids)
        return html.decode()

    def shown(self):
        page = self.url_open(self.order.get_portal_url())
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.order.name, page.text)
        return page.text

    def test_printed_and_shown(self):
        for text in (self.printed(), self.shown()):
            self.assertIn("Payment conditions", text)
            self.assertIn("Paid within 8 days", text)

    def test_only_where_the_company_prints_them(self):
        self.company.dunning_print_conditions = False

        for text in (self.printed(), self.shown()):
            self.assertNotIn("Payment conditions", text)
            self.assertNotIn("Paid within 8 days", text)

    def test_customer_without_conditions(self):
        order = self.make_order(partner=self.make_customer("Beta"))

        self.assertNotIn("Payment conditions", self.printed(order))

    def test_in_the_language_of_the_customer(self):
        self.customer.lang = "nl_NL"
        text = self.printed()

        self.assertIn("Betaald binnen 8 dagen", text)
        self.assertIn("Betalingsvoorwaarden", text)
        self.assertNotIn("Paid within", text)

    def test_of_who_pays(self):
        payer = self.make_customer("Payer")
        self.order.partner_invoice_id = payer

        self.assertNotIn("Paid within 8 days", self.printed())

    def test_pdf(self):
        pdf, _kind = self.env["ir.actions.report"].with_context(
            force_report_rendering=True)._render_qweb_pdf("sale.report_saleorder", self.order.ids)

        self.assertTrue(pdf.startswith(b"%PDF"))
