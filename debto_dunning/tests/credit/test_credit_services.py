import json
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...models.credit.dunning_credit_errors import CreditNotFound, CreditServiceStopped
from .credit_common import NUMBER, VAT, CreditCommon
from .credit_server import KEY as API_KEY


@tagged("post_install", "-at_install")
class TestCreditDnb(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.make_provider("dnb")

    def setUp(self):
        super().setUp()
        self.server.add_organization("371234567", "Azur NV", NUMBER)

    def test_report(self):
        for version in ("v3", "v2"):
            with self.subTest(version=version):
                self.provider.dnb_token_version = version
                self.env["dunning.credit.session"].search([]).unlink()
                self.assertRecordValues(self.ask(), [{
                    "provider_key": "371234567", "company_name": "Azur NV", "date": date(2026, 2, 1), "score": 30,
                    "provider_score": "failure 2 · rating 2A2", "band": "B", "credit_limit": 8000,
                    "has_credit_limit": True, "status": "active"}])
        self.assertEqual([path for _way, path, _query, _body in self.server.calls if "token" in path],
                         ["/v3/token", "/v2/token"])

    def test_searches_count_in_the_budget(self):
        self.ask()
        self.assertEqual(self.provider.paid_today, 2)
        self.ask()
        self.provider.invalidate_recordset()
        self.assertEqual(self.provider.paid_today, 3)

    def test_no_match_and_weak_match(self):
        self.server.organizations["371234567"]["confidence"] = 5
        with self.assertRaisesRegex(CreditNotFound, f"Dnb does not know Azur under {NUMBER} / {VAT}"):
            self.ask()
        self.server.organizations.clear()
        with self.assertRaisesRegex(CreditNotFound, "does not know"):
            self.ask()

    def test_best_of_several(self):
        self.server.add_organization("999999999", "Azur Other", NUMBER, confidence=8)
        self.assertEqual(self.ask().provider_key, "371234567")

    def test_classes(self):
        scores = {}
        for number in range(1, 6):
            self.server.add_organization("371234567", "Azur NV", NUMBER, failure=number)
            scores[number] = self.ask().score
        self.assertEqual(scores, {1: 10, 2: 30, 3: 50, 4: 70, 5: 90})

    def test_delinquency_where_there_is_no_failure_score(self):
        assessment = self.server.organizations["371234567"]["organization"]["dnbAssessment"]
        assessment.update(failureScore={}, delinquencyScore={"classScore": 4})
        self.assertEqual(self.ask().score, 70)
        assessment.update(delinquencyScore={}, creditLimitRecommendation={}, standardRating={})
        report = self.ask()
        self.assertEqual((report.score, report.has_credit_limit, report.provider_score), (False, False, False))

    def test_open_bankruptcy(self):
        self.server.add_organization("371234567", "Azur NV", NUMBER, legalEvents={"hasOpenBankruptcy": True})
        self.assertEqual(self.ask().status, "insolvent")
        self.assertTrue(self.debtor.is_insolvent)

    def test_germany_wants_a_reason(self):
        customer = self.make_customer(
            "Bier", country_id=self.env.ref("base.de").id, company_registry="HRB 123")
        self.server.add_organization("311111111", "Bier GmbH", "HRB123")
        self.ask(self.debtor_of(customer))
        queries = [query for _way, path, query, _body in self.server.calls if "data" in path]
        self.assertEqual(queries[0]["orderReason"], "6332")

    def test_words_of_a_refusal(self):
        self.provider.password = "wrong"
        with self.assertRaisesRegex(CreditServiceStopped, "401.*Invalid credentials; 00041"):
            self.ask()

    def test_altares_is_the_same_client(self):
        provider = self.make_provider("altares", base_url=self.server.url)
        provider.action_test()
        self.assertEqual(self.ask(provider=provider).score, 30)


@tagged("post_install", "-at_install")
class TestCreditJson(CreditCommon):
    def make_json(self, **vals):
        return self.make_provider("json", **{
            "name": "Other", "base_url": f"{self.server.url}/any/{vals.get('auth_method', 'none')}",
            "request_path": "co/{country}/{registration}", "path_score": "result.scores.0.value",
            "path_limit": "result.limit.amount", "path_currency": "result.limit.currency",
            "path_status": "result.state", "path_name": "result.name", "path_date": "result.on",
            "path_equity": "result.equity", "path_liquidity": "result.liquidity", **vals})

    def answer(self, way, score=75, state="active", **more):
        self.server.answers[f"/any/{way}/co/BE/{NUMBER}"] = {"result": {
            "scores": [{"value": score}], "limit": {"amount": "2500.50", "currency": "EUR"}, "state": state,
            "name": "Azur", "on": "2026-03-01", "equity": -1000, "liquidity": 1.25, **more}}

    def test_each_way_to_log_in(self):
        for way, vals in (("none", {}), ("basic", {}), ("header", {"api_key": API_KEY, "key_header": "X-Own-Key"}),
                          ("oauth2", {"token_path": "oauth/token"})):
            with self.subTest(way=way):
                provider = self.make_json(auth_method=way, **vals)
                self.answer(way)
                self.assertRecordValues(self.ask(provider=provider), [{
                    "score": 25, "credit_limit": 2500.5, "status": "active", "company_name": "Azur",
                    "date": date(2026, 3, 1), "equity": -1000, "liquidity": 1.25, "band": "B"}])

    def test_wrong_key_is_told_without_the_key(self):
        provider = self.make_json(auth_method="header", api_key="n0t-the-key", key_header="X-Own-Key")
        with self.assertRaisesRegex(UserError, r"Other \(403\): “Forbidden; wrong key”") as caught:
            self.ask(provider=provider)
        self.assertNotIn("n0t-the-key", str(caught.exception))

    def test_scales(self):
        for vals, theirs, ours in (
            ({}, 100, 0), ({}, 0, 100), ({}, 120, 0), ({}, "40", 60), ({}, "n/a", False),
            ({"scale_safe": 1, "scale_worst": 6}, 6, 100), ({"scale_safe": 100, "scale_worst": 600}, 350, 50),
            ({"score_scale": "table", "score_table": "AAA = 0\nBB=45; D = 100"}, "bb", 45),
            ({"score_scale": "table", "score_table": "AAA = 0, D = 100"}, "NR", False),
            ({"score_scale": "table", "score_table": "1 = 10, 2 = 90"}, 2.0, 90),
        ):
            with self.subTest(vals=vals, theirs=theirs):
                provider = self.make_json(**vals)
                self.answer("none", score=theirs)
                self.assertEqual(self.ask(provider=provider).score, ours)

    def test_body_of_a_question(self):
        self.customer.name = 'Azur "the blue" \\ {vat}'
        provider = self.make_json(
            request_method="POST", request_path="search",
            request_body='{"who": {"name": "{name}", "ids": ["{vat}", "{vat_number}"]}, "max": 1}')
        sent = []
        self.server.answers["/any/none/search"] = lambda body: sent.append(body) or {"result": {"state": "active"}}
        self.ask(provider=provider)
        self.assertEqual(
            json.loads(sent[0]),
            {"who": {"name": 'Azur "the blue" \\ {vat}', "ids": [VAT, NUMBER]}, "max": 1})

    def test_values_cannot_leave_their_place_in_the_address(self):
        self.customer.name = "../admin?x=1"
        provider = self.make_json(request_path="by/{name}")
        with self.assertRaises(CreditNotFound):
            self.ask(provider=provider)
        self.assertTrue(self.server.calls[-1][1].endswith("/any/none/by/..%2Fadmin%3Fx%3D1"))

    def test_settings_that_cannot_work(self):
        for vals, words in (
            ({"request_path": "co/{vatt}"}, "nothing fills in {vatt}"), ({"request_body": "{"}, "no JSON"),
            ({"request_body": '{"a": "{nobody}"}'}, "nothing fills in {nobody}"),
            ({"score_scale": "table", "score_table": "A = best"}, "A = best"), ({"score_table": "A = 101"}, "A = 101"),
            ({"scale_safe": 5, "scale_worst": 5}, "are the same"),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(ValidationError, words.replace("{", r"\{")):
                self.make_json(**vals)

    def test_answer_elsewhere_than_the_settings_say(self):
        provider = self.make_json(path_score="other", path_status="nowhere")
        self.answer("none")
        with self.assertRaisesRegex(UserError, "neither score nor band nor status"):
            self.ask(provider=provider)

    def test_connection(self):
        provider = self.make_json(auth_method="basic")
        with self.assertRaisesRegex(UserError, "address that costs nothing"):
            provider.action_test()
        provider.test_path = "ping"
        with self.assertRaisesRegex(UserError, "404") as caught:
            provider.action_test()
        # the web client shows the words of a UserError, of its children only that something crashed
        self.assertIs(type(caught.exception), UserError)
        self.server.answers["/any/basic/ping"] = {}
        provider.action_test()
        self.assertEqual(provider.paid_today, 0)
