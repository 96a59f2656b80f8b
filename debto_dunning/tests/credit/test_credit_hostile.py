"""Answers of a service that are no honest answers: bounded, told, paid for once, and no reason to leave the others."""

import gzip
import json
import logging
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from freezegun import api as freezegun_api
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.credit import dunning_credit_http
from ...models.credit.dunning_credit_errors import CreditAnswerUnusable, CreditServiceStopped
from ...models.credit.dunning_credit_report import MOST_EVENTS, MOST_TEXT
from ...tools.bounded_json import MOST_DEPTH, UnusableJson, read_json
from ..common import NIGHT
from .credit_common import KEY, NUMBER, CreditCommon

LOG = "odoo.addons.debto_dunning.models.credit.dunning_credit_provider"


@tagged("post_install", "-at_install")
class TestCreditHostile(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.providers = cls.env["dunning.credit.provider"]
        cls.watched = cls.env["dunning.segment"].create({"name": "Watched", "monitoring_days": 30})
        cls.other = cls.make_customer("Beta", company_registry="1000000002")
        cls.other_debtor = cls.debtor_of(cls.other)
        (cls.debtor | cls.other_debtor).write({"segment_id": cls.watched.id})
        # the hostile one is asked for first
        cls.make_invoice(500, 10)
        cls.env["dunning.debtor"]._refresh(cls.company, NIGHT)

    def setUp(self):
        super().setUp()
        self.server.add_company("BE-2", "Beta NV", registration="1000000002")

    def cron(self, days=0):
        with freeze_time(f"{NIGHT + timedelta(days=days)} 01:00:00"):
            self.providers.sudo()._cron_credit()
        self.env.invalidate_all()

    def paid_for(self, key=KEY):
        """How many reports of a company were asked for."""
        return self.server.count(f"v1/companies/{key}")

    def report_of(self, **rating):
        report = json.loads(json.dumps(self.server.reports[KEY]))
        report["creditScore"]["currentCreditRating"].update(rating)
        return {"report": report}

    def answer(self, content):
        """Let the next report of the hostile customer be these bytes, as often as it is asked for."""
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.server.raw_reports = {KEY: data}

    # -- The watch goes on -------------------------------------------------------------------------------------------

    def test_unusable_answer_is_told_and_the_next_customer_follows(self):
        for name, content in (
            ("brackets", b"[" * 200_000), ("brackets that parse", b"[" * 900 + b"]" * 900),
            ("digits", b"9" * 5000), ("no text", b"\xff\xfe\x00\xd8"),
            ("too many values", b"[" + b"1," * 400_000 + b"1]"),
            ("no report", b'{"report": []}'), ("nothing", b""),
        ):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self.server.calls.clear()
                self.answer(content)
                self.cron()
                self.assertTrue(self.debtor.credit_failure)
                self.assertFalse(self.debtor.credit_report_id)
                self.assertEqual(self.other_debtor.credit_score, 30)
                for night in (1, 2, 29):
                    self.cron(night)
                self.assertEqual(self.paid_for(), 1, "paid for once until the interval is over")
                savepoint.close(rollback=True)

    def test_strange_values_in_a_report_are_left_out(self):
        for rating in (
            {"commonDescription": "Low\u0000 Risk\ud800\u202e"}, {"creditLimit": {"value": int("9" * 400)}},
            {"creditLimit": {"value": "9" * 400}}, {"commonValue": {"a": ["b"]}}, {"commonValue": 10 ** 17},
            {"providerValue": {"value": "x" * 100_000}}, {"creditLimit": {"value": 12, "currency": ["EUR"] * 99}},
        ):
            with self.subTest(rating=str(rating)[:60]), self.env.cr.savepoint() as savepoint:
                self.answer(self.report_of(**rating))
                self.cron()
                report = self.debtor.credit_report_id
                self.assertTrue(report)
                self.assertFalse(self.debtor.credit_failure)
                self.assertLessEqual(len(report.provider_score or ""), MOST_TEXT)
                self.assertLess(report.credit_limit, 10 ** 15)
                savepoint.close(rollback=True)

    def test_numbers_that_are_none(self):
        self.answer(b'{"report": {"companySummary": {"latestShareholdersEquityFigure": {"value": Infinity}}, '
                    b'"creditScore": {"currentCreditRating": {"commonValue": "B", "creditLimit": {"value": 1e999}}}, '
                    b'"financialStatements": [{"ratios": {"currentRatio": NaN}}]}}')
        self.cron()
        self.assertRecordValues(self.debtor.credit_report_id, [{
            "score": 30, "equity": 0, "liquidity": 0, "has_credit_limit": False}])

    def test_dates_out_of_range(self):
        for day in ("9999-12-31", "0001-01-01", "2026-03-13T00:00:00Z", "99999-01-01"):
            with self.subTest(day=day), self.env.cr.savepoint() as savepoint:
                self.answer({**self.report_of(), "dateOfOrder": day})
                self.cron()
                self.assertEqual(self.debtor.credit_report_id.date, NIGHT)
                savepoint.close(rollback=True)

    def test_events_without_end(self):
        answer = self.report_of()
        answer["report"]["negativeInformation"] = [
            {"date": "2025-01-01", "court": "Gent" * 1000, "n": number} for number in range(1000)]
        self.answer(answer)
        self.cron()
        events = self.debtor.credit_report_id.event_ids
        self.assertEqual(len(events), MOST_EVENTS)
        self.assertEqual({len(text) for text in events.mapped("text")}, {MOST_TEXT})

    def test_number_of_a_company_that_leads_elsewhere(self):
        for key, path in (("..", None), (".", None), ("../../v1/access", "/v1/companies/..%2F..%2Fv1%2Faccess"),
                          ("a?b#c", "/v1/companies/a%3Fb%23c"), ("x" * 300, None)):
            with self.subTest(key=key[:20]), self.env.cr.savepoint() as savepoint:
                self.server.companies[KEY]["id"] = key
                self.server.calls.clear()
                with self.assertRaises(UserError):
                    self.ask()
                self.assertEqual(self.server.calls[-1][1] if path else None, path)
                savepoint.close(rollback=True)

    def test_identity_that_would_lead_elsewhere(self):
        self.customer.name = ".."
        provider = self.make_provider("json", base_url=f"{self.server.url}/any/none", request_path="by/{name}")
        with self.assertRaisesRegex(UserError, "cannot stand in the address"):
            self.ask(provider=provider)
        self.assertFalse(self.server.calls)

    def test_token_that_cannot_stand_in_a_header(self):
        for token in ("a b", "a\r\nX-Evil: 1", "\u20ac", "x" * 20_000, ["x"]):
            with self.subTest(token=str(token)[:10]):
                self.server.faults = [("status", 200, {"token": token})]
                with self.assertRaisesRegex(UserError, "gave no token"):
                    self.provider._request("GET", "v1/access")

    def test_life_of_a_token_and_of_a_pause_is_bounded(self):
        provider = self.make_provider("dnb", base_url=self.server.url)
        for seconds in (10 ** 18, -5, "1e999", "Infinity"):
            self.server.faults = [("status", 200, {"access_token": "abc", "expires_in": seconds})]
            provider._authorization()
            _token, expires, _pause = self.env["dunning.credit.session"].sudo()._current_state(provider)
            self.assertLess((expires - provider.create_date).days, 2)
            provider.env["dunning.credit.session"].search([]).unlink()
        for header in ("9999999", "Fri, 31 Dec 9999 23:59:59 -2359", "Fri, 31 Dec 99999 23:59:59 GMT"):
            self.assertLessEqual(provider._retry_after_seconds(header), 86400)

    # -- On the wire -------------------------------------------------------------------------------------------------

    def test_packed_answer_that_unpacks_without_end(self):
        bomb = gzip.compress(b" " * 30 * 1024 * 1024)
        for coding, content, words in (
            ("gzip", bomb, "longer than 10 MB"), ("gzip, gzip", gzip.compress(bomb), "was not asked for"),
            ("br", b"x", "was not asked for"), ("gzip", b"no gzip", "cut off"), ("gzip", bomb[:1000], "cut off"),
        ):
            with self.subTest(coding=coding, size=len(content)), self.assertRaisesRegex(UserError, words):
                self.server.faults = [("status", 200, content, ("Content-Encoding", coding))]
                self.provider._request("GET", "v1/access", is_open=True)

    def test_packed_answer(self):
        self.server.faults = [
            ("status", 200, gzip.compress(b'{"a": 1}'), ("Content-Encoding", "gzip"))]
        self.assertEqual(self.provider._request("GET", "v1/access", is_open=True), (200, {"a": 1}))

    def test_head_that_trickles_in_is_given_up(self):
        self.server.faults = ["slow head"]
        with patch.object(dunning_credit_http.time, "monotonic", freezegun_api.real_monotonic):
            start = freezegun_api.real_monotonic()
            with self.assertRaisesRegex(UserError, "within 1 seconds"):
                self.provider._request("GET", "v1/access", is_open=True)
        self.assertLess(freezegun_api.real_monotonic() - start, 4)
        self.assertEqual(len(self.server.calls), 1, "not tried again")

    def test_words_of_a_refusal_are_bounded_and_clean(self):
        for content in (b"<" * 100_000, b"[" * 100_000, b'{"message": "\\u0000a\\u202eb\\ud800"}',
                        json.dumps({"errors": [{"message": "m" * 99_999}] * 99}).encode()):
            self.server.faults = [("status", 400, content)]
            with self.assertRaises(UserError) as caught:
                self.provider._request("GET", "v1/access", is_open=True)
            self.assertLess(len(str(caught.exception)), 400)
            self.assertNotRegex(str(caught.exception), "[\x00\u202e\ud800]")

    # -- Paid once ---------------------------------------------------------------------------------------------------

    def test_defect_while_storing_is_no_reason_to_pay_again(self):
        reports = type(self.env["dunning.credit.report"])
        for error in (psycopg2.errors.NumericValueOutOfRange(), KeyError("x"), RecursionError(), OverflowError()):
            with self.subTest(error=error), self.env.cr.savepoint() as savepoint:
                self.server.calls.clear()
                with patch.object(reports, "_link_previous", side_effect=error), self.assertLogs(LOG, logging.WARNING):
                    self.cron()
                self.assertIn(type(error).__name__, self.debtor.credit_failure)
                self.cron(1)
                self.assertEqual(self.paid_for(), 1)
                self.cron(30)
                self.assertEqual((self.paid_for(), self.debtor.credit_score), (2, 30))
                savepoint.close(rollback=True)

    def test_answer_is_used_again_until_a_report_was_made_of_it(self):
        first = self.provider._fetch_answer(self.debtor)  # and the process ends here
        self.env.invalidate_all()
        second = self.provider._fetch_answer(self.debtor)
        self.assertEqual((self.paid_for(), self.provider.paid_today), (1, 1))
        self.assertEqual(first, second)
        self.provider._create_report(self.debtor, second)
        self.ask()
        self.assertEqual(self.paid_for(), 2)

    def test_answer_is_used_again_for_the_same_question_only(self):
        self.provider._fetch_answer(self.debtor)
        self.server.add_company("BE-9", "Azur Antwerpen", vat="BE0404621642")
        self.customer.vat = "BE0404621642"
        self.provider._fetch_answer(self.debtor)
        self.assertEqual((self.paid_for(), self.paid_for("BE-9")), (1, 1))

    def test_old_answer_is_not_used_again(self):
        self.provider._fetch_answer(self.debtor)
        with freeze_time(f"{NIGHT + timedelta(days=4)} 01:00:00"):
            self.provider._fetch_answer(self.debtor)
        self.assertEqual(self.paid_for(), 2)
        with freeze_time(f"{NIGHT + timedelta(days=40)} 01:00:00"):
            self.env["dunning.credit.answer"].sudo()._gc_old()
        self.assertFalse(self.env["dunning.credit.answer"].sudo().search([]))

    def test_paid_search_is_used_again(self):
        provider = self.make_provider("dnb", base_url=self.server.url)
        self.server.add_organization("371234567", "Azur NV", NUMBER)

        provider._match_dnb(self.debtor)  # and the report was not reached
        provider._fetch_answer(self.debtor)

        self.assertEqual((self.server.count("cleanseMatch"), self.server.count("v1/data")), (1, 1))
        self.assertEqual(provider.paid_today, 2)

    def test_person_who_asks_again_gets_another_answer(self):
        self.answer(b'{"report": []}')
        for _time in range(2):
            try:
                self.ask()
            except CreditAnswerUnusable:  # Odoo's assertRaises would take back what was stored
                continue
            self.fail("the answer was used")
        self.assertEqual(self.paid_for(), 2)

    # -- Events ------------------------------------------------------------------------------------------------------

    def test_event_asks_once_for_an_answer_that_cannot_be_used(self):
        self.watched.monitoring_days = 0
        self.provider.watches = True
        self.ask()
        self.cron()
        paid = self.paid_for()
        self.server.events[1].append({
            "notificationEventId": 1, "company": {"id": KEY}, "eventDate": f"{NIGHT + timedelta(days=1)}T03:00:00",
            "ruleName": "Rating"})
        self.answer(b"[" * 200_000)
        for night in range(1, 5):
            self.cron(night)
        self.assertEqual(self.paid_for(), paid + 1)
        self.server.raw_reports = {}
        report = self.ask()
        self.assertEqual(report.event_ids.mapped("text"), ["Rating"], "told with the next report")

    def test_event_asks_again_after_a_fault_of_the_service(self):
        self.provider.watches = True
        self.ask()
        self.cron()
        self.env["dunning.credit.event"].sudo().create({
            "debtor_id": self.debtor.id, "provider_id": self.provider.id, "text": "Rating", "date": NIGHT})
        self.provider.tries = 1
        self.server.fault_reports = {KEY}
        self.cron(1)
        self.assertIn("500", self.debtor.credit_failure)
        self.server.fault_reports = set()
        self.cron(2)
        self.assertFalse(self.debtor.credit_failure)

    def test_hostile_events(self):
        self.provider.watches = True
        self.ask()
        self.cron()
        self.server.events[1] += [
            {"notificationEventId": "k" * 9000, "company": {"id": KEY}, "eventDate": "2026-03-12",
             "ruleName": "a\u0000"},
            {"notificationEventId": {"a": 1}, "company": {"id": [KEY]}, "eventDate": "2026-03-12"},
            {"company": {"id": KEY}, "eventDate": "2026-03-12", "ruleName": {"x": "y"}},
            {"company": "x", "eventDate": "2026-03-12"},
            {"notificationEventId": 7, "company": {"id": KEY}, "eventDate": "2026-03-12", "ruleName": "t" * 9000},
        ]
        self.cron(1)
        self.assertFalse(self.provider.last_failure)
        texts = self.debtor.credit_report_id.event_ids.mapped("text")
        self.assertEqual(sorted(len(text) for text in texts), [1, 10, MOST_TEXT])

    # -- Told --------------------------------------------------------------------------------------------------------

    def test_administrator_is_told_once(self):
        self.server.reports["BE-2"] = "<b>no</b>"
        self.answer(b"<script>alert(1)</script>")
        self.cron()
        activity = self.provider.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertTrue(activity.user_id.has_group("base.group_system"))
        self.assertIn("&lt;script&gt;", activity.note)
        self.cron(30)
        self.assertEqual(self.provider.activity_ids, activity)

    def test_service_that_stops_is_told_on_the_service_alone(self):
        self.provider.daily_budget = 0
        self.cron()
        self.assertFalse(self.debtor.credit_failure or self.provider.activity_ids)
        with self.assertRaises(CreditServiceStopped):
            self.ask()

    # -- HTML --------------------------------------------------------------------------------------------------------

    def test_words_of_a_service_are_no_markup(self):
        summary = self.server.reports[KEY]["companySummary"]
        summary["companyStatus"] = {
            "status": "x", "description": "Bankrupt <a href='https://evil.example'>pay here</a>"}
        self.provider.name = "<i>Service</i>"
        self.ask()
        note = self.debtor.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref("debto_dunning.activity_insolvent")).note
        self.assertNotIn("<a", note)
        self.assertNotIn("<i>", note)
        self.assertIn("&lt;a href", note)
        summary["companyStatus"] = {"status": "Active", "description": "<b>Active</b>"}
        self.ask()
        self.assertIn("&lt;b&gt;Active", "".join(self.debtor.message_ids.mapped("body")))

    def test_bounds_of_json(self):
        deep = b"[" * MOST_DEPTH + b"]" * MOST_DEPTH
        self.assertTrue(read_json(deep))
        with self.assertRaises(UnusableJson):
            read_json(b"[" + deep + b"]")
        self.assertEqual(read_json(b'{"a\\u0000": ["b\\u0007c\\n"]}'), {"a": ["bc\n"]})
