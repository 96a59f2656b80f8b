from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.credit.dunning_credit_errors import CreditNotFound
from .credit_common import KEY, NUMBER, VAT, CreditCommon


@tagged("post_install", "-at_install")
class TestCreditsafe(CreditCommon):
    def test_report(self):
        report = self.ask()
        self.assertRecordValues(report, [{
            "debtor_id": self.debtor.id, "partner_id": self.customer.id, "company_id": self.company.id,
            "provider_id": self.provider.id, "provider_key": KEY, "company_name": "Azur NV",
            "date": date(2026, 3, 10), "score": 30, "provider_score": "B · Low Risk · 64", "band": "B",
            "has_credit_limit": True, "credit_limit": 12000, "status": "active", "status_text": "Active",
            "equity": 55000, "has_changed": False}])
        self.assertEqual(report.currency_id.name, "EUR")
        self.assertRecordValues(self.debtor, [{
            "credit_report_id": report.id, "credit_score": 30, "credit_status": "active", "is_insolvent": False,
            "delivery_hold": False, "credit_failure": False}])
        self.assertEqual(self.provider.paid_today, 1)

    def test_second_report_needs_no_search(self):
        self.ask()
        self.ask()
        self.assertEqual(self.server.count("v1/companies"), 3)
        self.assertEqual(self.server.count("authenticate"), 1)

    def test_ways_of_searching(self):
        for vat, registration in ((VAT, None), (NUMBER, None), (None, NUMBER)):
            with self.subTest(vat=vat, registration=registration):
                self.server.companies[KEY].update(vatNo=vat, regNo=registration)
                self.assertEqual(self.provider._search_creditsafe(self.debtor), KEY)

    def test_dutch_customer_by_register_number(self):
        customer = self.make_customer(
            "Kaas", country_id=self.env.ref("base.nl").id, company_registry="12.34.56.78")
        self.server.add_company("NL-0-1", "Kaas BV", registration="12345678")
        self.assertEqual(self.ask(self.debtor_of(customer)).provider_key, "NL-0-1")

    def test_unknown_customer(self):
        self.server.companies.clear()
        with self.assertRaisesRegex(CreditNotFound, f"Creditsafe does not know Azur under {VAT}"):
            self.ask()
        self.assertEqual(self.provider.paid_today, 0)

    def test_customer_without_numbers(self):
        customer = self.make_customer("Nameless")
        with self.assertRaisesRegex(CreditNotFound, "Nameless has neither a VAT number nor a registration number"):
            self.ask(self.debtor_of(customer))
        self.assertFalse(self.server.calls)

    def test_several_companies_under_one_number(self):
        self.server.add_company("BE-0-2", "Azur Holding", vat=VAT, registration=NUMBER)
        with self.assertRaisesRegex(UserError, r"several companies.*Azur NV \(BE-0-0477472701\), Azur Holding"):
            self.ask()
        self.customer.name = "azur holding"
        self.assertEqual(self.ask().provider_key, "BE-0-2")
        self.debtor.credit_report_ids.unlink()
        self.server.companies["BE-0-2"]["status"] = "NonActive"
        self.assertEqual(self.ask().provider_key, KEY)

    def test_words_of_the_status(self):
        for status, description, ours in (
            ("Active", None, "active"), ("NonActive", None, "inactive"), ("Pending", "Something new", "unknown"),
            ("NonActive", "Opening faillissement", "insolvent"), ("NonActive", "Bankrupt", "insolvent"),
            ("Active", "No bankruptcy known", "active"), ("NonActive", "Company is dissolved", "struck_off"),
            ("NonActive", "Struck off the register", "struck_off"), ("Other", None, "unknown"),
        ):
            with self.subTest(status=status, description=description):
                self.assertEqual(self.provider._status_of(description, status), ours)

    def test_report_with_nothing_in_it(self):
        """What is not rated stays unknown: no score is not the safest score."""
        self.server.reports[KEY] = {
            "companySummary": {}, "creditScore": {"currentCreditRating": {
                "commonValue": None, "providerValue": {"value": "not rated"}, "creditLimit": {"value": "n/a"}}}}
        report = self.ask()
        self.env.invalidate_all()
        self.assertEqual(
            (report.score, report.has_credit_limit, report.status, report.provider_score),
            (False, False, "unknown", "not rated"))
        self.env.cr.execute("SELECT score FROM dunning_credit_report WHERE id = %s", [report.id])
        self.assertEqual(self.env.cr.fetchone(), (None,))
        self.env.cr.execute("SELECT credit_score FROM dunning_debtor WHERE id = %s", [self.debtor.id])
        self.assertEqual(self.env.cr.fetchone(), (None,))

    def test_answers_of_another_form(self):
        for report in (None, [], "x", 7):
            with self.subTest(report=report):
                self.server.reports[KEY] = report or "-"
                with self.assertRaisesRegex(UserError, "holds no report"):
                    self.ask()
        self.server.reports[KEY] = {"companySummary": "x", "creditScore": [1], "financialStatements": {"a": 1},
                                    "negativeInformation": [{"date": 5, "x": None}]}
        self.assertEqual(self.ask().status, "unknown")
        self.assertFalse(self.debtor.credit_score)

    def test_limit_in_a_currency_that_nobody_knows(self):
        limit = self.server.reports[KEY]["creditScore"]["currentCreditRating"]["creditLimit"]
        limit["currency"] = "ZZZ"
        report = self.ask()
        self.assertFalse(report.has_credit_limit)
        self.assertIn("12000.0 ZZZ", report.event_ids.text)

    def test_events(self):
        self.server.reports[KEY]["negativeInformation"] = {
            "judgments": [{"date": "2025-11-03", "court": "Gent", "amount": 1200}, {"court": "no day"}]}
        event = self.ask().event_ids
        self.assertEqual((event.date, event.text), (date(2025, 11, 3), "judgments: Gent, 1200"))

    def test_connection(self):
        action = self.provider.action_test()
        self.assertIn("BE: 12 of 100 reports used", action["params"]["message"])
        self.assertEqual(self.provider.paid_today, 0)

    def test_graydon_is_the_same_client(self):
        provider = self.make_provider("graydon", base_url=self.server.url)
        self.assertEqual(self.ask(provider=provider).score, 30)
