"""What part payments pay, worked by hand."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ...tools.imputation import Parts, impute, statement
from ...tools.interest import Rate, interest

FUZZ = settings(max_examples=200, deadline=None, database=None, derandomize=True)
D = Decimal
FIRST = date(2025, 1, 1)
TEN = (Rate(date(2000, 1, 1), None, D(10)),)
FOUR = (Rate(date(2000, 1, 1), None, D(4)),)


def parts(costs, interest, principal, rest=0):
    return Parts(D(costs), D(interest), D(principal), D(rest))


def amounts(low="0.01", high="100000"):
    return st.decimals(low, high, places=2)


def days(high=date(2028, 12, 31)):
    return st.dates(date(2024, 6, 1), high)


PAYMENTS = st.lists(st.tuples(days(), amounts("0.01", "3000")), max_size=5)


@tagged("-at_install", "post_install", "debto_dunning")
class TestImputation(BaseCase):
    def test_costs_then_interest_then_principal(self):
        # BW 6:44, BGB § 367, Code civil 1343-1
        due = parts(40, "12.30", 1000)
        for payment, expected in (
            ("0", parts(0, 0, 0)),
            ("39.99", parts("39.99", 0, 0)),
            ("40", parts(40, 0, 0)),
            ("50", parts(40, 10, 0)),
            ("52.30", parts(40, "12.30", 0)),
            ("500", parts(40, "12.30", "447.70")),
            ("1052.30", parts(40, "12.30", 1000)),
            ("1100", parts(40, "12.30", 1000, "47.70")),
        ):
            with self.subTest(payment=payment):
                self.assertEqual(impute(D(payment), due), expected)
        self.assertEqual(due.due, D("1052.30"))
        with self.assertRaises(ValueError):
            impute(D(-1), due)

    def test_statement_after_a_part_payment(self):
        # 31 days: 1,000 × 10 × 31 / 36,500 = 8.4932; of 400 then 40 for costs, 8.49 interest, 351.51 principal.
        # 28 days more: 648.49 × 10 × 28 / 36,500 = 4.9747, in all 13.4679: 13.47 less the 8.49 paid.
        found = statement(
            D(1000), FIRST, date(2025, 2, 28), TEN, [(date(2025, 1, 31), D(400))], [(FIRST, D(40))])
        (entry,) = found.entries
        self.assertEqual(entry.paid, parts(40, "8.49", "351.51"))
        self.assertEqual(entry.left, parts(0, 0, "648.49"))
        self.assertEqual(found.left, parts(0, "4.98", "648.49"))

    def test_costs_are_paid_from_the_day_on_which_they_are_owed(self):
        early = [(date(2024, 12, 20), D(400))]
        found = statement(D(1000), FIRST, date(2025, 1, 31), TEN, early, [(FIRST, D(40))])
        self.assertEqual(found.entries[0].paid, parts(0, 0, 400))
        self.assertEqual(found.left, parts(40, "5.10", 600))  # 600 × 10 × 31 / 36,500
        same_day = statement(D(1000), FIRST, FIRST, TEN, [(FIRST, D(40))], [(FIRST, D(40))])
        self.assertEqual(same_day.left, parts(0, "0.27", 1000))

    def test_what_comes_after_the_day_does_not_count(self):
        found = statement(
            D(1000), FIRST, date(2025, 1, 31), TEN, [(date(2025, 2, 1), D(400))], [(date(2025, 2, 1), D(40))])
        self.assertEqual(found, ((parts(0, "8.49", 1000)), ()))

    def test_paid_interest_does_not_compound(self):
        start, end = date(2026, 1, 1), date(2027, 12, 31)
        for label, payments, expected in (
            ("nothing paid", [], parts(0, "81.60", 1000)),
            ("the year's interest paid", [(date(2026, 12, 31), D(40))], parts(0, 40, 1000)),
            # the second year's base is 1,020: 20 + 40.80
            ("half of it paid", [(date(2026, 12, 31), D(20))], parts(0, "60.80", 1000)),
            # 40, then 1,040 × 4 × 181 / 36,500 = 20.6290, then 1,000 × 4 × 184 / 36,500 = 20.1644, less the 40 paid
            ("paid in the second year", [(date(2027, 6, 30), D(40))], parts(0, "40.79", 1000)),
        ):
            with self.subTest(label):
                self.assertEqual(statement(D(1000), start, end, FOUR, payments, compounds=True).left, expected)

    def test_paid_wholly(self):
        found = statement(D(1000), FIRST, date(2026, 1, 31), TEN, [(date(2025, 1, 31), D("1010"))])
        self.assertEqual(found.entries[0].paid, parts(0, "8.49", 1000, "1.51"))
        self.assertEqual(found.left, parts(0, 0, 0))

    # -- Whatever the numbers ----------------------------------------------------------------------------------------

    @FUZZ
    @given(amounts("0"), amounts("0"), amounts("0"), amounts("0"))
    def test_a_payment_is_shared_out_wholly(self, payment, costs, owed_interest, principal):
        due = Parts(costs, owed_interest, principal)
        paid = impute(payment, due)
        self.assertEqual(sum(paid), payment)
        self.assertTrue(all(0 <= part <= owed for part, owed in zip(paid[:3], due[:3], strict=True)))
        self.assertTrue(not paid.rest or paid.due == due.due)

    @FUZZ
    @given(amounts(), days(), PAYMENTS, st.lists(st.tuples(days(), amounts("1", "50")), max_size=3), st.booleans())
    def test_nothing_is_lost_and_nothing_negative(self, principal, last, payments, costs, compounds):
        found = statement(principal, FIRST, last, TEN, payments, costs, compounds)
        self.assertTrue(all(part >= 0 for part in found.left))
        self.assertEqual(principal - found.left.principal, sum(entry.paid.principal for entry in found.entries))
        owed = sum(amount for day, amount in costs if day <= last)
        self.assertEqual(owed - found.left.costs, sum(entry.paid.costs for entry in found.entries))
        self.assertEqual(
            sum(entry.amount for entry in found.entries), sum(amount for day, amount in payments if day <= last))

    @FUZZ
    @given(amounts(), days(), st.booleans())
    def test_without_payments_interest_is_that_of_the_law(self, principal, last, compounds):
        left = statement(principal, FIRST, last, TEN, [], compounds=compounds).left
        self.assertEqual(left.interest, interest(principal, FIRST, last, TEN, compounds=compounds).amount)

    @FUZZ
    @given(amounts(), days(), PAYMENTS, days(), amounts("0.01", "3000"))
    def test_a_further_payment_never_leaves_more_due(self, principal, last, payments, paid_on, amount):
        less = statement(principal, FIRST, last, TEN, [*payments, (paid_on, amount)]).left
        self.assertLessEqual(less.due, statement(principal, FIRST, last, TEN, payments).left.due + D("0.01"))

    @FUZZ
    @given(amounts(), days(), PAYMENTS)
    def test_a_day_without_a_payment_never_leaves_less_due(self, principal, last, payments):
        so_far = [(paid_on, amount) for paid_on, amount in payments if paid_on <= last]
        now = statement(principal, FIRST, last, TEN, so_far).left
        next_day = statement(principal, FIRST, last + timedelta(days=1), TEN, so_far).left
        self.assertGreaterEqual(next_day.due, now.due)
