import contextlib
import time
from datetime import timedelta
from unittest.mock import patch

from freezegun import api as freezegun_api

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...models.credit import dunning_credit_http
from ...models.credit.dunning_credit_errors import CreditNotFound, CreditServiceStopped
from .credit_common import CreditCommon
from .credit_server import PASSWORD, USER


@tagged("post_install", "-at_install")
class TestCreditHttp(CreditCommon):
    """What can go wrong between us and a service: each fault once, on a real server."""

    def call(self, **more):
        return self.provider._request("GET", "v1/access", **more)

    def assertRefused(self, *words, kind=UserError):
        try:
            self.call()
        except kind as error:  # Odoo's assertRaises would take back what the pause has written
            said = str(error)
        else:
            self.fail("nothing was refused")
        for word in (self.provider.name, *words):
            self.assertIn(word, said)
        self.assertNotIn(PASSWORD, said)
        return said

    # -- Token -------------------------------------------------------------------------------------------------------

    def test_one_log_in_for_many_calls(self):
        for _call in range(3):
            self.call()
        self.assertEqual(self.server.count("authenticate"), 1)

    def test_token_is_renewed_before_its_end(self):
        self.call()
        with patch.object(fields.Datetime, "now", lambda: self.now + timedelta(minutes=59, seconds=30)):
            self.call()
        self.assertEqual(self.server.count("authenticate"), 2)

    def test_token_that_the_service_forgot_is_renewed_once(self):
        self.call()
        self.server.tokens.clear()
        self.assertEqual(self.call()[0], 200)
        self.assertEqual(self.server.count("authenticate"), 2)

    def test_service_that_refuses_every_token(self):
        self.call()
        self.server.faults = [("status", 401, {"error": "Invalid token."})]
        self.server.token_life = -10
        self.assertRefused("401", "Invalid token.", kind=CreditServiceStopped)
        self.assertEqual(self.server.count("access"), 3)

    def test_wrong_password_is_told_without_the_password(self):
        self.provider.password = "wr0ng-pass"
        self.env.flush_all()
        with self.assertLogs("odoo", "DEBUG") as logs, self.assertLogs("urllib3", "DEBUG") as more:
            said = self.assertRefused("401", "Access denied", kind=CreditServiceStopped)
        self.assertNotIn("wr0ng-pass", said + "".join(logs.output + more.output))
        self.assertEqual(self.server.count("authenticate"), 1)

    def test_other_credentials_end_the_session(self):
        self.call()
        self.provider.password = "wrong"
        self.assertRefused("401", kind=CreditServiceStopped)

    def test_log_in_without_token(self):
        self.server.faults = [("status", 200, {"hello": "there"})]
        self.assertRefused("gave no token")

    # -- Faults ------------------------------------------------------------------------------------------------------

    def test_server_fault_then_well(self):
        self.call()
        self.server.faults = [("status", 500, {"message": "oops"}), ("status", 503, b"")]
        with patch.object(dunning_credit_http.time, "sleep", wraps=time.sleep) as sleep:
            self.assertEqual(self.call()[0], 200)
        pauses = [call.args[0] for call in sleep.call_args_list if call.args[0]]
        self.assertEqual(pauses, [0.01, 0.02])

    def test_server_fault_for_good(self):
        self.call()
        self.server.faults = [("status", 500, {"message": "Out of order"})] * 3
        self.assertRefused("500", "Out of order")
        self.assertEqual(self.server.count("access"), 4)

    def test_refusals_are_not_tried_again(self):
        self.call()
        for status, kind in ((400, UserError), (403, UserError), (404, CreditNotFound), (409, UserError)):
            with self.subTest(status=status):
                before = self.server.count("access")
                words = {"message": "Access forbidden", "details": "Not in contract"}
                self.server.faults = [("status", status, words)]
                self.assertRefused(str(status), "Access forbidden; Not in contract", kind=kind)
                self.assertEqual(self.server.count("access"), before + 1)

    def test_answers_that_are_none(self):
        for fault, words in (("slow", "within 1 seconds"), ("cut", "cut off"), ("drop", "cut off"),
                             ("garbage", "not readable"), ("huge", "longer than 10 MB")):
            with self.subTest(fault=fault):
                self.call()
                before = self.server.count("access")
                self.server.faults = [fault]
                self.assertRefused(words)
                self.assertEqual(self.server.count("access"), before + 1, "may have been charged: not tried again")

    def test_answer_that_trickles_in_is_given_up(self):
        self.call()
        self.server.faults = ["trickle"]
        with patch.object(dunning_credit_http.time, "monotonic", freezegun_api.real_monotonic):
            start = freezegun_api.real_monotonic()
            self.assertRefused("within 1 seconds")
            self.assertLess(freezegun_api.real_monotonic() - start, 3)

    def test_nobody_there(self):
        self.server.__exit__()
        with patch.object(dunning_credit_http.time, "sleep") as sleep:
            self.assertRefused("cannot be reached", kind=CreditServiceStopped)
        self.assertEqual(sleep.call_count, self.provider.tries - 1)

    def test_redirection_is_not_followed(self):
        self.call()
        self.server.faults = [("status", 302, {}, ("Location", f"{self.server.url}/v1/elsewhere"))]
        self.assertRefused("302", "another address")
        self.assertFalse(self.server.count("elsewhere"))

    # -- Too many calls ----------------------------------------------------------------------------------------------

    def test_short_pause_is_kept_at_once(self):
        self.call()
        self.server.faults = [("status", 429, {}, ("Retry-After", "1"))]
        with patch.object(dunning_credit_http.time, "sleep") as sleep:
            self.call()
        sleep.assert_any_call(1)
        self.assertFalse(self.provider.paused_until)

    def test_long_pause_keeps_everybody_away_until_it_ends(self):
        self.call()
        self.server.faults = [("status", 429, {"message": "quota"}, ("Retry-After", "600"))]
        self.assertRefused("429", "left alone until", kind=CreditServiceStopped)
        calls = len(self.server.calls)
        self.assertRefused("left alone until", kind=CreditServiceStopped)
        self.assertEqual(len(self.server.calls), calls)
        self.provider.invalidate_recordset()
        self.assertEqual(self.provider.paused_until, self.now + timedelta(seconds=600))
        with patch.object(fields.Datetime, "now", lambda: self.now + timedelta(seconds=601)):
            self.assertEqual(self.call()[0], 200)

    def test_pause_of_a_date_and_of_no_length(self):
        for header, seconds in ((("Retry-After", "Wed, 11 Mar 2026 02:00:00 GMT"), 3600), (("X-Other", "1"), 60)):
            with self.subTest(header=header):
                provider = self.provider.copy({
                    "base_url": self.server.url, "username": USER, "password": PASSWORD})
                provider._request("GET", "v1/access")
                self.server.faults = [("status", 429, {}, header)]
                with contextlib.suppress(CreditServiceStopped):
                    provider._request("GET", "v1/access")
                provider.invalidate_recordset()
                self.assertEqual(provider.paused_until, self.now + timedelta(seconds=seconds))

    def test_short_pauses_without_end_become_a_long_one(self):
        self.call()
        self.server.faults = [("status", 429, {}, ("Retry-After", "0"))] * 5
        self.assertRefused("429", kind=CreditServiceStopped)

    # -- Budget ------------------------------------------------------------------------------------------------------

    def test_budget_of_the_day(self):
        self.provider.daily_budget = 2
        for _call in range(2):
            self.call(is_paid=True)
        calls = len(self.server.calls)
        with self.assertRaisesRegex(CreditServiceStopped, "2 paid calls of today are used up"):
            self.call(is_paid=True)
        self.assertEqual(len(self.server.calls), calls)
        self.call()  # what is free goes on
        with patch.object(type(self.company), "_dunning_today", lambda company: fields.Date.to_date("2026-03-12")):
            self.call(is_paid=True)
        self.assertEqual(self.provider.usage_ids.mapped("calls"), [1, 2])

    def test_budget_of_nothing(self):
        self.provider.daily_budget = 0
        with self.assertRaises(CreditServiceStopped):
            self.call(is_paid=True)
        self.assertFalse(self.server.count("access"))

    def test_log_in_that_fails_costs_nothing(self):
        self.provider.password = "wrong"
        with self.assertRaises(CreditServiceStopped):
            self.call(is_paid=True)
        self.assertEqual(self.provider.paid_today, 0)

    def test_tries_count_once(self):
        self.call()
        self.server.faults = [("status", 500, {})]
        self.call(is_paid=True)
        self.assertEqual(self.provider.paid_today, 1)

    # -- Settings ----------------------------------------------------------------------------------------------------

    def test_address_is_a_secret_one(self):
        for url, is_good in (("https://service.example.com/api", True), ("http://service.example.com", False),
                             ("http://127.0.0.1:80", True), ("http://127.0.0.1.example.com", False),
                             ("ftp://x", False)):
            with self.subTest(url=url):
                if is_good:
                    self.provider.base_url = url
                else:
                    with self.assertRaises(ValidationError):
                        self.provider.base_url = url

    def test_what_is_missing_is_said(self):
        self.provider.password = False
        with self.assertRaisesRegex(UserError, "no credentials yet"):
            self.ask()
        self.provider.base_url = False
        with self.assertRaisesRegex(UserError, "no base address yet"):
            self.ask()

    @property
    def now(self):
        return fields.Datetime.to_datetime("2026-03-11 01:00:00")
