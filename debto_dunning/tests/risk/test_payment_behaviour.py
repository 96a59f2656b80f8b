"""Figures of payment behaviour, worked by hand."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from . import payment_behaviour as pb

DUE = date(2026, 3, 1)
FUZZ = settings(max_examples=200, deadline=None, database=None, derandomize=True)


def paid(days, amount=100.0, due=DUE, disputed=()):
    return pb.Settled(due, due + timedelta(days), amount, tuple(disputed))


def items():
    return st.lists(
        st.builds(paid, st.integers(-60, 200), st.floats(0.01, 1e6), st.dates(date(2020, 1, 1), date(2026, 1, 1))),
        max_size=20)


@tagged("-at_install", "post_install", "debto_dunning")
class TestPaymentBehaviour(BaseCase):

    def test_figures_by_hand(self):
        # Days -10, 0, 20 of 100, 100 and 800: mean 10/3, by amount (-1000 + 16000) / 1000, deviation by hand.
        table = [paid(-10), paid(0), paid(20, 800.0)]

        self.assertAlmostEqual(pb.average_days(table), 10 / 3)
        self.assertAlmostEqual(pb.weighted_days(table), 15.0)
        self.assertAlmostEqual(pb.share_late(table), 1 / 3)
        self.assertAlmostEqual(pb.amount_share_late(table), 0.8)
        self.assertEqual(pb.share_late(table, more_than=20), 0.0)
        self.assertEqual(pb.worst_days(table), 20)
        self.assertAlmostEqual(pb.spread_days(table), (((40 / 3) ** 2 + (10 / 3) ** 2 + (50 / 3) ** 2) / 2) ** 0.5)

    def test_nothing_to_tell_is_none(self):
        for nothing in ([], [paid(5, 0.0)], [paid(5, -100.0), paid(-5, -1.0)]):
            result = pb.behaviour(nothing, date(2027, 1, 1))
            self.assertEqual(result, pb.Behaviour(0, *[None] * 9))

    def test_one_invoice_has_no_spread(self):
        result = pb.behaviour([paid(7)], date(2026, 4, 1))

        self.assertEqual(result, pb.Behaviour(1, 7, 7, 1, 1, 7, None, 7, None, None))

    def test_all_early_is_negative(self):
        result = pb.behaviour([paid(-3), paid(-9)], date(2026, 4, 1))

        self.assertEqual((result.average_days, result.worst_days, result.share_late), (-6, -3, 0))

    def test_refunds_do_not_count(self):
        self.assertEqual(pb.behaviour([paid(7), paid(90, -50.0)], date(2027, 1, 1)).worst_days, 7)

    def test_disputed_time_does_not_count(self):
        day = lambda n: DUE + timedelta(n)  # noqa: E731

        for days, disputes, expected in (
            (20, [], 20),
            (20, [(day(1), day(5))], 15),  # both days included
            (20, [(day(-30), day(5))], 15),  # what lies before the due date takes nothing off
            (20, [(day(1), day(5)), (day(4), day(10))], 10),  # days in two disputes once
            (20, [(day(4), day(10)), (day(1), day(30))], 0),  # longer than the payment took
            (20, [(day(11), None)], 10),  # never ended
            (20, [(day(25), None)], 20),  # opened when it was paid already
            (20, [(day(-9), day(-2))], 20),
            (1, [(day(1), day(1))], 0),
            (0, [(day(-3), None)], 0),
            (-5, [(day(-9), None)], -5),  # early stays early
        ):
            self.assertEqual(pb.days_beyond_terms(paid(days, disputed=disputes)), expected, (days, disputes))

    def test_trend_holds_six_months_against_twelve_before(self):
        as_of = date(2026, 8, 31)
        table = [
            pb.Settled(paid_on - timedelta(days), paid_on, 100.0)
            for paid_on, days in (
                (date(2026, 8, 31), 99),  # on the day itself: not seen
                (date(2026, 8, 30), 10),
                (date(2026, 2, 28), 20),
                (date(2026, 2, 27), 3),
                (date(2025, 2, 28), 5),
                (date(2025, 2, 27), 77),  # too old
            )
        ]

        self.assertEqual(pb.trend(table, as_of), (15, 4, 11))
        self.assertEqual(pb.trend(table[:3], as_of), (15, None, None))
        self.assertEqual(pb.trend(table[3:], as_of), (None, 4, None))

    def test_months_before_ends_with_the_month(self):
        for day, months, expected in (
            (date(2026, 8, 31), 6, date(2026, 2, 28)),
            (date(2024, 8, 31), 6, date(2024, 2, 29)),
            (date(2026, 1, 15), 1, date(2025, 12, 15)),
            (date(2026, 6, 30), 18, date(2024, 12, 30)),
        ):
            self.assertEqual(pb.months_before(day, months), expected)

    def test_other_figures(self):
        for result, expected in (
            (pb.relation_days(date(2026, 1, 1), date(2026, 1, 31)), 30),
            (pb.relation_days(None, date(2026, 1, 31)), None),
            (pb.relation_days(date(2026, 2, 9), date(2026, 1, 31)), 0),
            (pb.share_of(3, 1), 0.75),
            (pb.share_of(0, 0), None),
            (pb.limit_use(1500, 1000), 1.5),
            (pb.limit_use(-20, 1000), 0),
            (pb.limit_use(1500, 0), None),
            # 90 days, sales 900, open 400 of which 300 not due: 40 days in all, 30 at best, 10 delinquent.
            (pb.best_possible_dso(300, 900, 90), 30),
            (pb.average_days_delinquent(400, 300, 900, 90), 10),
            (pb.average_days_delinquent(400, 300, 0, 90), None),
        ):
            self.assertEqual(result if result is None else round(result, 9), expected)

    @FUZZ
    @given(items())
    def test_figures_agree_with_each_other(self, table):
        result = pb.behaviour(table, date(2030, 1, 1))
        self.assertEqual(result, pb.behaviour(table[::-1], date(2030, 1, 1)))

        if not table:
            return
        best = min(map(pb.days_beyond_terms, table))

        for mean in (result.average_days, result.weighted_days):
            self.assertLessEqual(best - 1e-6, mean)
            self.assertLessEqual(mean, result.worst_days + 1e-6)
        self.assertEqual(result.share_late > 0, result.worst_days > 0)

        doubled = [item._replace(amount=item.amount * 2) for item in table]
        self.assertAlmostEqual(pb.weighted_days(doubled), result.weighted_days)

    @FUZZ
    @given(st.integers(-30, 90), st.lists(st.tuples(st.integers(-60, 120), st.integers(0, 60)), max_size=5))
    def test_a_dispute_never_makes_a_customer_worse_or_early(self, days, spans):
        disputes = [(DUE + timedelta(start), DUE + timedelta(start + length)) for start, length in spans]
        result = pb.days_beyond_terms(paid(days, disputed=disputes))

        self.assertLessEqual(result, days)
        self.assertGreaterEqual(result, min(days, 0))

        open_days = {start + n for start, length in spans for n in range(length + 1)} & set(range(1, days + 1))
        self.assertEqual(result, days - len(open_days) if days > 0 else days)
