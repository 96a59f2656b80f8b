"""Terms after a notice, counted by hand on the calendar."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ...tools import waiting_time
from ...tools.waiting_time import Rule, term

FUZZ = settings(max_examples=300, deadline=None, database=None, derandomize=True)
DAY = timedelta(days=1)

#: Code of Economic Law art. XIX.2: 14 days from the third working day after posting, or the day after an e-mail.
BELGIUM = Rule(3, "working", 1, begins_after=False, days=14, moves=False)
#: BW 6:96(6): within fifteen days after delivery, which is taken as the second day on which the post is brought.
NETHERLANDS = Rule(2, "dutch_post", 1, begins_after=True, days=15, moves=True)
#: BGB § 286, Code civil 1231-6: from the day after the notice arrives.
AT_ONCE = Rule(3, "working", 1, begins_after=True, days=0, moves=False)
RULES = {"BE": BELGIUM, "NL": NETHERLANDS, "DE": AT_ONCE, "FR": AT_ONCE}


def day(text):
    return date.fromisoformat(text)


days = st.dates(date(2016, 1, 1), date(2032, 12, 31))


@tagged("-at_install", "post_install", "debto_dunning")
class TestWaitingTime(BaseCase):
    def assertTerms(self, country, cases):
        for label, medium, sent, arrived, first, last, over in cases:
            with self.subTest(label):
                found = term(day(sent), medium, RULES[country], country)
                self.assertEqual((*map(str, found), str(found.over)), (arrived, first, last, over))

    def test_belgium(self):
        self.assertTerms("BE", (
            # forumforthefuture.be: posted Monday 18 September 2023, counted from the 21st, chargeable from 5 October
            ("posted on a Monday", "post", "2023-09-18", "2023-09-21", "2023-09-21", "2023-10-04", "2023-10-05"),
            ("mailed on a Monday", "email", "2023-09-18", "2023-09-19", "2023-09-19", "2023-10-02", "2023-10-03"),
            # Friday 21 July is a holiday: 24, 25, 26 July
            ("before a holiday", "post", "2023-07-20", "2023-07-26", "2023-07-26", "2023-08-08", "2023-08-09"),
            # Ascension on Thursday 18 May: 19, 22, 23 May
            ("the day before Ascension", "post", "2023-05-17", "2023-05-23", "2023-05-23", "2023-06-05", "2023-06-06"),
            # Good Friday is worked, Easter Monday is not: 7, 11, 12 April
            ("before Easter", "post", "2023-04-06", "2023-04-12", "2023-04-12", "2023-04-25", "2023-04-26"),
            # 26, 27, 28 December
            ("before Christmas", "post", "2023-12-22", "2023-12-28", "2023-12-28", "2024-01-10", "2024-01-11"),
            # Monday is the first: Saturday is not counted
            ("posted on a Friday", "post", "2023-09-15", "2023-09-20", "2023-09-20", "2023-10-03", "2023-10-04"),
            ("posted on a Saturday", "post", "2023-09-16", "2023-09-20", "2023-09-20", "2023-10-03", "2023-10-04"),
            # an e-mail counts on a Sunday as on any day, and an end on a Saturday stays
            ("mailed on a Saturday", "email", "2023-09-02", "2023-09-03", "2023-09-03", "2023-09-16", "2023-09-17"),
            ("over a leap day", "email", "2024-02-20", "2024-02-21", "2024-02-21", "2024-03-05", "2024-03-06"),
        ))

    def test_netherlands(self):
        self.assertTerms("NL", (
            ("posted on a Monday", "post", "2023-09-18", "2023-09-20", "2023-09-21", "2023-10-05", "2023-10-06"),
            # Saturday 16 and Tuesday 19 September: no post on Sunday and Monday
            ("posted on a Friday", "post", "2023-09-15", "2023-09-19", "2023-09-20", "2023-10-04", "2023-10-05"),
            ("mailed on a Monday", "email", "2023-09-18", "2023-09-19", "2023-09-20", "2023-10-04", "2023-10-05"),
            # the fifteenth day is Saturday 7 October: the next Monday
            ("ends on a Saturday", "post", "2023-09-20", "2023-09-22", "2023-09-23", "2023-10-09", "2023-10-10"),
            # the fifteenth day is Good Friday 3 April 2026, then Easter: Tuesday
            ("ends on Good Friday", "email", "2026-03-18", "2026-03-19", "2026-03-20", "2026-04-07", "2026-04-08"),
            ("ends the day before it", "email", "2026-03-17", "2026-03-18", "2026-03-19", "2026-04-02", "2026-04-03"),
            # Tuesday 5 May 2026
            ("ends on 5 May", "email", "2026-04-19", "2026-04-20", "2026-04-21", "2026-05-06", "2026-05-07"),
            # Thursday 24 and Tuesday 29 December 2026
            ("before Christmas", "post", "2026-12-23", "2026-12-29", "2026-12-30", "2027-01-13", "2027-01-14"),
        ))

    def test_notices_without_a_term(self):
        self.assertTerms("DE", (
            ("posted on a Monday", "post", "2023-09-18", "2023-09-21", "2023-09-22", "2023-09-21", "2023-09-22"),
            ("mailed on a Monday", "email", "2023-09-18", "2023-09-19", "2023-09-20", "2023-09-19", "2023-09-20"),
            # Tuesday 3 October is a holiday
            ("over a holiday", "post", "2023-09-29", "2023-10-05", "2023-10-06", "2023-10-05", "2023-10-06"),
        ))
        # 14 July is a Friday
        self.assertTerms("FR", (
            ("over a holiday", "post", "2023-07-12", "2023-07-18", "2023-07-19", "2023-07-18", "2023-07-19"),
        ))

    def test_without_a_term_no_end_moves(self):
        # sent on Thursday, arrived on Friday: the day after is a Saturday, and counts
        found = term(day("2023-09-14"), "email", AT_ONCE._replace(moves=True), "NL")
        self.assertEqual(str(found.over), "2023-09-16")
        found = term(day("2023-09-15"), "email", AT_ONCE._replace(moves=True), "NL")
        self.assertEqual(str(found.over), "2023-09-17")

    def test_only_post_and_email_are_notices(self):
        for medium in ("call", "sms", "", None):
            with self.subTest(medium=medium), self.assertRaises(ValueError):
                term(day("2023-09-18"), medium, BELGIUM, "BE")

    def test_holidays(self):
        for country, on, expected in (
            ("BE", "2026-07-21", True), ("BE", "2026-04-03", False), ("BE", "2026-04-06", True),
            ("NL", "2026-04-03", True), ("NL", "2026-05-05", True), ("NL", "2025-05-05", True),
            ("NL", "2026-04-27", True), ("DE", "2026-10-03", True), ("FR", "2026-07-14", True),
            ("LU", "2026-06-23", True), ("LU", "2026-07-21", False), ("XX", "2026-12-25", False),
            (None, "2026-12-25", False),
        ):
            with self.subTest(country=country, on=on):
                self.assertEqual(day(on) in waiting_time.holidays_of(country, day(on).year), expected)

    def test_whole_months_after_a_delivery(self):
        # Luxembourg: the third month that follows has passed
        for delivered, months, expected in (
            ("2026-01-10", 3, "2026-05-01"), ("2026-01-31", 3, "2026-05-01"), ("2026-09-01", 3, "2027-01-01"),
            ("2026-11-30", 3, "2027-03-01"), ("2026-12-31", 0, "2027-01-01"),
        ):
            with self.subTest(delivered=delivered):
                self.assertEqual(str(waiting_time.after_months(day(delivered), months)), expected)

    # -- Whatever the day --------------------------------------------------------------------------------------------

    @FUZZ
    @given(days, st.sampled_from(sorted(RULES)), st.sampled_from(("post", "email")))
    def test_a_term_is_never_shorter_than_the_law_says(self, sent, country, medium):
        rule = RULES[country]
        found = term(sent, medium, rule, country)
        self.assertGreater(found.arrived, sent)
        self.assertGreaterEqual((found.over - found.first).days, rule.days)
        if medium == "post":
            self.assertTrue(waiting_time.is_counted(found.arrived, country, rule.post_calendar))
        if rule.moves:
            self.assertTrue(waiting_time.is_counted(found.last, country))

    @FUZZ
    @given(days, st.sampled_from(sorted(RULES)), st.sampled_from(("post", "email")))
    def test_sent_later_is_never_over_earlier(self, sent, country, medium):
        rule = RULES[country]
        self.assertLessEqual(
            term(sent, medium, rule, country).over, term(sent + DAY, medium, rule, country).over)
        self.assertLessEqual(
            term(sent, "email", rule, country).over, term(sent, "post", rule, country).over)
