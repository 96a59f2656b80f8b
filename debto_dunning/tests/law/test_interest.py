"""Interest for late payment, worked by hand: base × percent × days / 36,500, each product written beside its case."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ...tools.interest import (
    Rate,
    anniversaries,
    capped,
    interest,
    joined,
    raised,
    rate_on,
    round_half_up,
    stretches,
)

FUZZ = settings(max_examples=200, deadline=None, database=None, derandomize=True)
D = Decimal


def day(text):
    return date.fromisoformat(text)


def rates(*steps):
    """Rates of (first day, percent), each until the next."""
    return tuple(Rate(day(start), None, D(percent)) for start, percent in steps)


TEN = rates(("2000-01-01", "10"))
#: Belgium, business: 2024 medenam.be and leuropeinfo.eu, 2025 H1 leuropeinfo.eu, 2025 H2 lawbase.be.
BE_BUSINESS = rates(("2024-01-01", "12.5"), ("2025-01-01", "11.5"), ("2025-07-01", "10.5"))
#: Netherlands, business: ECB + 8 (BW 6:119a, 6:120).
NL_BUSINESS = rates(("2024-07-01", "12.25"), ("2025-01-01", "11.15"), ("2025-07-01", "10.15"))
#: Netherlands, statutory (BW 6:119): debloggendeadvocaat.nl, vvoadvocatuur.nl.
NL_LEGAL = rates(("2023-01-01", "4"), ("2023-07-01", "6"), ("2024-01-01", "7"), ("2025-01-01", "6"))
#: France, business: ECB + 10 (Code de commerce L441-10).
FR_BUSINESS = rates(("2025-01-01", "13.15"), ("2025-07-01", "12.15"))


def days(low=date(2019, 1, 1), high=date(2027, 12, 31)):
    return st.dates(low, high)


def amounts(high="1000000"):
    return st.decimals("0.01", high, places=2)


@st.composite
def series(draw):
    """Up to six rates, some with an end, so that there are gaps."""
    found = []
    for start in sorted(draw(st.sets(days(), min_size=1, max_size=6))):
        end = draw(st.none() | st.integers(0, 500).map(lambda more, start=start: start + timedelta(days=more)))
        found.append(Rate(start, end, draw(st.decimals("-1", "15", places=2))))
    return tuple(found)


@tagged("-at_install", "post_install", "debto_dunning")
class TestInterest(BaseCase):
    def test_cases_by_hand(self):
        for label, principal, first, last, table, expected in (
            ("a year at ten percent", "10000", "2025-01-01", "2025-12-31", TEN, "1000.00"),
            # the divisor stays 365: 1,000 × 10 × 366
            ("a leap year", "1000", "2024-01-01", "2024-12-31", TEN, "100.27"),
            ("29 February is a day", "3650", "2024-02-28", "2024-03-01", TEN, "3.00"),
            ("one day", "3650", "2025-03-03", "2025-03-03", TEN, "1.00"),
            ("not begun", "3650", "2025-03-03", "2025-03-02", TEN, "0.00"),
            # due 15 December, paid 15 January: 5,000 × (16 × 12.5 + 15 × 11.5) = 1,862,500
            ("over 31 December", "5000", "2024-12-16", "2025-01-15", BE_BUSINESS, "51.03"),
            # due 19 June, paid 10 July: 2,000 × (11 × 11.15 + 10 × 10.15) = 448,300
            ("over 1 July", "2000", "2025-06-20", "2025-07-10", NL_BUSINESS, "12.28"),
            # 1,000 × 13.15 × 30 = 394,500
            ("France", "1000", "2025-02-01", "2025-03-02", FR_BUSINESS, "10.81"),
            # 1,234.56 × (15 × 13.15 + 31 × 12.15) = 708,514.08
            ("France over 1 July", "1234.56", "2025-06-16", "2025-07-31", FR_BUSINESS, "19.41"),
            # 36.50 × 5 × 1 / 36,500 = 0.005; 36.50 × 4.99: 0.00499
            ("half a cent goes up", "36.50", "2025-01-01", "2025-01-01", rates(("2025-01-01", "5")), "0.01"),
            ("less than half goes down", "36.50", "2025-01-01", "2025-01-01", rates(("2025-01-01", "4.99")), "0.00"),
            ("a negative rate is none", "1000", "2025-01-01", "2025-12-31", rates(("2025-01-01", "-0.5")), "0.00"),
            ("before the first known rate", "1000", "2023-12-01", "2023-12-31", BE_BUSINESS, "0.00"),
            # only January is known: 1,000 × 12.5 × 31 = 387,500
            ("from the first known rate", "1000", "2023-12-01", "2024-01-31", BE_BUSINESS, "10.62"),
        ):
            with self.subTest(label):
                self.assertEqual(interest(D(principal), day(first), day(last), table).amount, D(expected))

    def test_day_of_the_payment_still_bears_interest(self):
        # 400 of 1,000 paid on 10 January: 1,000 × 10 × 10 + 600 × 10 × 21 = 226,000
        found = interest(D(1000), day("2025-01-01"), day("2025-01-31"), TEN, [(day("2025-01-10"), D(400))])
        self.assertEqual(found.amount, D("6.19"))
        self.assertEqual([tuple(stretch) for stretch in found.stretches], [
            (day("2025-01-01"), day("2025-01-10"), D(10), D(1000), D("2.74")),
            (day("2025-01-11"), day("2025-01-31"), D(10), D(600), D("3.45")),
        ])
        self.assertEqual([stretch.days for stretch in found.stretches], [10, 21])

    def test_part_payments(self):
        first, last = day("2025-01-01"), day("2025-01-31")
        for label, reductions, expected in (
            ("before interest begins", [("2024-12-20", 400)], "5.10"),  # 600 × 10 × 31 = 186,000
            ("on the last day", [("2025-01-31", 400)], "8.49"),  # 1,000 × 10 × 31 = 310,000
            ("two on a day", [("2025-01-10", 300), ("2025-01-10", 100)], "6.19"),
            ("all of it", [("2025-01-10", 1000)], "2.74"),
            ("more than all", [("2025-01-10", 900), ("2025-01-12", 900)], "2.79"),  # and 100 × 10 × 2
            ("in any order", [("2025-01-20", 100), ("2025-01-10", 300)], "6.47"),  # 100,000 + 70,000 + 66,000
        ):
            with self.subTest(label):
                found = interest(
                    D(1000), first, last, TEN, [(day(paid_on), D(amount)) for paid_on, amount in reductions])
                self.assertEqual(found.amount, D(expected))

    def test_credit_note_takes_its_interest_off_from_the_start(self):
        first, last = day("2025-01-01"), day("2025-01-31")
        self.assertEqual(interest(D(1000), first, last, TEN, credited=D(400)).amount, D("5.10"))
        self.assertEqual(interest(D(1000), first, last, TEN, credited=D(1200)).amount, 0)
        # with a payment on top: 600 × 10 × 10 + 200 × 10 × 21 = 102,000
        found = interest(D(1000), first, last, TEN, [(day("2025-01-10"), D(400))], credited=D(400))
        self.assertEqual(found.amount, D("2.79"))

    def test_dutch_interest_compounds_after_each_full_year(self):
        four = rates(("2026-01-01", "4"))
        for label, principal, first, last, table, expected in (
            ("within the year it is simple", "1000", "2026-01-01", "2026-12-31", four, "40.00"),
            ("the day after", "1000", "2026-01-01", "2027-01-01", four, "40.11"),  # 40 + 1,040 × 4 / 36,500
            ("two years", "1000", "2026-01-01", "2027-12-31", four, "81.60"),  # 40 + 1,040 × 4 %
            # 1,081.60 × 4 × 366 / 36,500 = 43.3825
            ("three years, the third a leap year", "1000", "2026-01-01", "2028-12-31", four, "124.98"),
            # years of default run from 1 July: 1,000 × (6 × 184 + 7 × 182) / 36,500 = 65.1507, then
            # 1,065.1507 × (7 × 184 + 6 × 181) / 36,500 = 69.2786
            ("over changing rates", "1000", "2023-07-01", "2025-06-30", NL_LEGAL, "134.43"),
        ):
            with self.subTest(label):
                self.assertEqual(
                    interest(D(principal), day(first), day(last), table, compounds=True).amount, D(expected))

    def test_compounding_with_a_part_payment(self):
        # 1,000 for a year: 40; 500 paid on the last day of it: then (500 + 40) × 4 % = 21.60
        four = rates(("2026-01-01", "4"))
        found = interest(
            D(1000), day("2026-01-01"), day("2027-12-31"), four, [(day("2026-12-31"), D(500))], compounds=True)
        self.assertEqual(found.amount, D("61.60"))
        # all of it paid: no interest on the interest that is left
        found = interest(
            D(1000), day("2026-01-01"), day("2027-12-31"), four, [(day("2026-12-31"), D(1000))], compounds=True)
        self.assertEqual(found.amount, D("40.00"))

    def test_anniversaries(self):
        for first, last, expected in (
            ("2025-01-15", "2026-01-14", []),
            ("2025-01-15", "2026-01-15", ["2026-01-15"]),
            ("2024-02-29", "2028-12-31", ["2025-03-01", "2026-03-01", "2027-03-01", "2028-02-29"]),
        ):
            with self.subTest(first=first):
                self.assertEqual(anniversaries(day(first), day(last)), tuple(map(day, expected)))

    def test_rates_that_end_and_rates_that_begin(self):
        table = (Rate(day("2025-01-01"), day("2025-06-30"), D(4)), Rate(day("2026-01-01"), None, D(5)))
        for on, expected in (
            ("2024-12-31", None), ("2025-01-01", D(4)), ("2025-06-30", D(4)), ("2025-07-01", None),
            ("2025-12-31", None), ("2026-01-01", D(5)), ("2030-01-01", D(5)),
        ):
            with self.subTest(on):
                self.assertEqual(rate_on(day(on), table), expected)
        # a gap is shown, and bears nothing: 3,650 × (4 × 1 + 5 × 1) / 36,500
        found = interest(D(3650), day("2025-06-30"), day("2026-01-01"), table)
        self.assertEqual([(stretch.days, stretch.percent, stretch.amount) for stretch in found.stretches], [
            (1, D(4), D("0.40")), (184, None, D(0)), (1, D(5), D("0.50"))])

    def test_margin_and_cap(self):
        self.assertEqual(raised(rates(("2026-07-01", "2.40")), D(8)), rates(("2026-07-01", "10.40")))
        cap = (Rate(day("2025-01-01"), day("2025-06-30"), D("11.5")), Rate(day("2025-07-01"), None, D("10.5")))
        self.assertEqual(capped(rates(("2024-01-01", "11")), cap), (
            Rate(day("2025-01-01"), day("2025-06-30"), D(11)), Rate(day("2025-07-01"), None, D("10.5"))))
        ended = (Rate(day("2025-01-01"), day("2025-06-30"), D("11.5")),)
        self.assertEqual(capped(TEN, ended), (Rate(day("2025-01-01"), day("2025-06-30"), D(10)),))

    def test_currencies_of_other_parts(self):
        found = interest(D(100000), day("2025-01-01"), day("2025-01-31"), TEN, cent=D(1))
        self.assertEqual(found.amount, D(849))
        found = interest(D("100.000"), day("2025-01-01"), day("2025-01-31"), TEN, cent=D("0.001"))
        self.assertEqual(found.amount, D("0.849"))
        self.assertEqual(round_half_up(D("2.5"), D("0.05")), D("2.50"))

    # -- Whatever the numbers ----------------------------------------------------------------------------------------

    @FUZZ
    @given(amounts(), days(), days(), series(), st.lists(st.tuples(days(), amounts()), max_size=4), st.booleans())
    def test_never_negative_and_the_stretches_add_up(self, principal, first, last, table, reductions, compounds):
        found = interest(principal, first, last, table, reductions, compounds=compounds)
        self.assertGreaterEqual(found.amount, 0)
        self.assertEqual(sum(stretch.amount for stretch in found.stretches), found.amount)
        self.assertTrue(all(stretch.amount >= 0 for stretch in found.stretches))
        self.assertEqual(found.amount, found.exact.quantize(D("0.01"), "ROUND_HALF_UP"))

    @FUZZ
    @given(amounts(), st.lists(days(), min_size=3, max_size=3).map(sorted), series(),
           st.lists(st.tuples(days(), amounts()), max_size=4))
    def test_simple_interest_adds_up_over_adjoining_periods(self, principal, three_days, table, reductions):
        first, middle, last = three_days
        whole = interest(principal, first, last, table, reductions)
        before = interest(principal, first, middle, table, reductions)
        after = interest(principal, middle + timedelta(days=1), last, table, reductions)
        # 365 divides few numbers: what is left of the sixty digits
        self.assertLess(abs(before.exact + after.exact - whole.exact), D("1e-18"))
        self.assertLessEqual(abs(before.amount + after.amount - whole.amount), D("0.01"))

    @FUZZ
    @given(amounts(), amounts(), days(), days(), series(), st.lists(st.tuples(days(), amounts()), max_size=4),
           st.booleans())
    def test_more_principal_never_bears_less(self, principal, more, first, last, table, reductions, compounds):
        less = interest(principal, first, last, table, reductions, compounds=compounds)
        self.assertLessEqual(
            less.amount, interest(principal + more, first, last, table, reductions, compounds=compounds).amount)

    @FUZZ
    @given(amounts(), days(), days(), series(), series())
    def test_never_above_the_cap(self, principal, first, last, table, cap):
        positive = tuple(rate._replace(percent=max(rate.percent, D(0))) for rate in cap)
        found = interest(principal, first, last, capped(table, positive))
        self.assertLessEqual(found.amount, interest(principal, first, last, positive).amount)
        self.assertLessEqual(found.amount, interest(principal, first, last, table).amount)

    @FUZZ
    @given(amounts(), days(), days(), series())
    def test_compound_is_never_less_than_simple(self, principal, first, last, table):
        simple = interest(principal, first, last, table)
        self.assertGreaterEqual(interest(principal, first, last, table, compounds=True).amount, simple.amount)

    def test_what_a_new_half_year_did_not_change_is_one_stretch(self):
        known = rates(("2025-01-01", "4"), ("2025-07-01", "4"), ("2026-01-01", "6"))
        found = interest(D(1000), day("2025-06-01"), day("2026-01-31"), known, [(day("2025-08-01"), D(400))])
        self.assertEqual(
            [(str(part.start), str(part.end), part.base) for part in joined(found.stretches)],
            [("2025-06-01", "2025-08-01", 1000), ("2025-08-02", "2025-12-31", 600),
             ("2026-01-01", "2026-01-31", 600)])
        self.assertEqual(sum(part.amount for part in joined(found.stretches)), found.amount)

    @FUZZ
    @given(days(), days(), series(), st.lists(days(), max_size=5))
    def test_stretches_cover_every_day_once(self, first, last, table, cuts):
        found = [
            (start + timedelta(days=n), percent)
            for start, end, percent in stretches(first, last, table, cuts)
            for n in range((end - start).days + 1)
        ]
        count = max((last - first).days + 1, 0)
        self.assertEqual([on for on, _percent in found], [first + timedelta(days=n) for n in range(count)])
        self.assertTrue(all(percent == rate_on(on, table) for on, percent in found))
