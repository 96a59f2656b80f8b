"""What is left of costs and interest, how a calculation is kept, and which laws are for the same debtors."""

from decimal import Decimal

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tests.common import BaseCase
from odoo.tools import SQL

from ...tools.calculation import costs_entry, interest_rows
from ...tools.charges import charges_left
from ...tools.interest import Stretch
from .charge_common import ChargeCommon, day

D = Decimal


@tagged("-at_install", "post_install", "debto_dunning")
class TestCalculationFormat(BaseCase):
    def test_what_is_left_is_never_negative(self):
        for cost, interest, settled, expected in (
            ("40", "2.01", "0", "42.01"), ("40", "2.01", "10", "32.01"), ("40", "2.01", "42.01", "0"),
            ("40", "2.01", "50", "0"), ("0", "0", "0", "0"),
        ):
            with self.subTest(cost=cost, interest=interest, settled=settled):
                self.assertEqual(charges_left(D(cost), D(interest), D(settled)), D(expected))

    def test_rows_of_interest_join_what_one_rate_holds_for(self):
        rows = interest_rows([
            Stretch(day("2026-06-01"), day("2026-06-30"), D(4), D(1000), D("3.29")),
            Stretch(day("2026-07-01"), day("2026-07-31"), D(4), D(1000), D("3.39")),
            Stretch(day("2026-08-01"), day("2026-08-02"), None, D(1000), D(0)),
        ])

        self.assertEqual(rows, [
            {"from": "2026-06-01", "to": "2026-07-31", "days": 61, "percent": "4", "base": "1000", "amount": "6.68"},
            {"from": "2026-08-01", "to": "2026-08-02", "days": 2, "percent": None, "base": "1000", "amount": "0"},
        ])

    def test_entry_of_costs_holds_the_sum_where_claims_were_added_up(self):
        alone = costs_entry("fixed", D("1000"), D("40"))
        together = costs_entry("collection", D("100"), D("16"), (D("250"), D("40")))

        self.assertEqual(alone, {"kind": "fixed", "base": "1000", "amount": "40", "together": None})
        self.assertEqual(together["together"], ["250", "40"])


@tagged("-at_install", "post_install", "debto_dunning")
class TestCalculationPlaces(ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask_at_once()

    def test_every_place_gives_the_same_rest_after_a_part_was_received(self):
        _invoice, charge = self.charged()
        charge.sudo().amount_received = 10

        with freeze_time("2026-03-16 01:00:00"):
            preview = self.env["dunning.preview"].create({"date": "2026-03-16"})
            preview._fill()
        message = self.night("2026-03-16")

        # 40 and 1,000 × 10.5 × 14 / 36,500, less 10
        for place, amount in (
            ("preview", preview.line_ids.charges), ("line", message.line_ids._amount_charges()),
            ("message", message.amount_charges), ("charge", charge.amount_due),
        ):
            with self.subTest(place):
                self.assertEqual(round(amount, 2), 34.03)

    def test_laws_for_the_same_debtors_in_python_and_in_sql(self):
        belgian, group = (self.env.ref(f"debto_dunning.law_{name}") for name in ("be_consumer", "eu_business"))
        newer = belgian.copy({"name": "New", "date_from": "2027-01-01"})
        newer_group = group.copy({"name": "New", "date_from": "2027-01-01"})
        laws = self.env["dunning.law"].search([])
        self.env.flush_all()

        self.env.cr.execute(SQL(
            "SELECT one.id, other.id FROM dunning_law one, dunning_law other WHERE %s",
            laws._same_debtors_sql("one", "other")))
        in_sql = {pair for pair in self.env.cr.fetchall() if set(pair) <= set(laws.ids)}
        in_python = {(one.id, other.id) for one in laws for other in laws if one._has_same_debtors_as(other.id)}

        self.assertEqual(in_sql, in_python)
        self.assertEqual(
            {pair for pair in in_python if pair[0] < pair[1]},
            {(belgian.id, newer.id), (group.id, newer_group.id)})
        self.assertFalse(self.env["dunning.law"]._has_same_debtors_as(belgian.id))
