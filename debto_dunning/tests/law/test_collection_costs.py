"""Collection costs against the figures of the law, worked by hand."""

from decimal import ROUND_CEILING, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ...tools.collection_costs import Scale, Tier, costs, costs_of_claims, exceeds, share_out

FUZZ = settings(max_examples=200, deadline=None, database=None, derandomize=True)
D = Decimal


def scale(*tiers, minimum=None, maximum=None):
    return Scale(
        tuple(Tier(*map(D, tier)) for tier in tiers), minimum and D(minimum), maximum and D(maximum))


#: Belgium, consumers: Code of Economic Law art. XIX.4 (daldewolf.com, vbb.com).
BELGIUM = scale(("0", "20", "0"), ("150", "30", "10"), ("500", "65", "5"), maximum="2000")
#: Netherlands: Besluit vergoeding voor buitengerechtelijke incassokosten art. 2 (Stb. 2012, 141).
NETHERLANDS = scale(
    ("0", "0", "15"), ("2500", "375", "10"), ("5000", "625", "5"), ("10000", "875", "1"), ("200000", "2775", "0.5"),
    minimum="40", maximum="6775")
#: Directive 2011/7/EU art. 6.
FORTY = scale(("0", "40", "0"))


def amounts(low="0.01", high="2000000"):
    return st.decimals(low, high, places=2)


@st.composite
def scales(draw):
    """Scales that never fall, as those of a law."""
    tiers, flat, above, percent = [], draw(amounts("0", "100")), D(0), D(0)
    for step in draw(st.lists(amounts("1", "5000"), max_size=4)):
        percent = draw(st.decimals("0", "20", places=2))
        tiers.append(Tier(above, flat, percent))
        # rounded up, so that the next tier begins no lower than this one ends
        flat = (flat + step * percent / 100).quantize(D("0.01"), ROUND_CEILING)
        above += step
    tiers.append(Tier(above, flat, draw(st.decimals("0", "20", places=2))))
    minimum, maximum = sorted((draw(amounts("0", "100")), draw(amounts("0", "5000"))))
    return Scale(tuple(tiers), draw(st.sampled_from((None, minimum))), draw(st.sampled_from((None, maximum))))


@tagged("-at_install", "post_install", "debto_dunning")
class TestCollectionCosts(BaseCase):
    def assertCosts(self, table, cases):
        for amount, expected in cases:
            with self.subTest(amount=amount):
                self.assertEqual(costs(D(amount), table), D(expected))

    def test_belgian_consumer(self):
        self.assertCosts(BELGIUM, (
            ("0.01", "20"),
            ("149.99", "20"),
            ("150", "20"),
            ("150.01", "30.00"),  # 30 + 10 % of 0.01 = 30.001
            ("150.05", "30.01"),  # 30.005, half up
            ("151", "30.10"),
            ("500", "65"),
            ("500.01", "65.00"),
            ("500.10", "65.01"),  # 65.005, half up
            ("1000", "90"),  # trends.knack.be
            ("38000", "1940"),
            ("39199.99", "2000.00"),  # 1,999.9995
            ("39200", "2000"),
            ("39200.20", "2000"),
            ("50000", "2000"),
        ))

    def test_dutch_scale(self):
        self.assertCosts(NETHERLANDS, (
            ("0.01", "40"),
            ("100", "40"),
            ("125", "40"),  # intrum.nl
            ("266.66", "40.00"),  # 39.999
            ("266.67", "40.00"),  # 40.0005
            ("267", "40.05"),
            ("2500", "375"),
            ("2500.01", "375.00"),
            ("3000", "425"),
            ("5000", "625"),
            ("10000", "875"),
            ("12000", "895"),
            ("23000", "1005"),  # intrum.nl: 375 + 250 + 250 + 130
            ("200000", "2775"),
            ("250000", "3025"),
            ("999999.99", "6775.00"),
            ("1000000", "6775"),
            ("1400000", "6775"),
        ))

    def test_nothing_costs_nothing(self):
        for table in (BELGIUM, NETHERLANDS, FORTY, scale()):
            self.assertCosts(table, (("0", "0"), ("-5", "0")))
        self.assertCosts(scale(), (("1000", "0"),))
        self.assertCosts(scale(("100", "10", "0")), (("100", "0"), ("100.01", "10")))

    def test_two_invoices_in_one_letter(self):
        for claims, table, on_sum, expected in (
            # BW 6:96(7): 15 % of 400, not twice the minimum
            (("200", "200"), NETHERLANDS, True, ("30", "30")),
            (("200", "200"), NETHERLANDS, False, ("40", "40")),
            (("50", "100"), NETHERLANDS, True, ("13.33", "26.67")),
            (("2000", "1000"), NETHERLANDS, True, ("283.33", "141.67")),  # 425
            # CJEU C-585/20: 40 each
            (("200", "10", "0"), FORTY, False, ("40", "40", "0")),
            (("100", "-30"), NETHERLANDS, True, ("40", "0")),
            ((), NETHERLANDS, True, ()),
        ):
            with self.subTest(claims=claims, on_sum=on_sum):
                self.assertEqual(
                    costs_of_claims([D(claim) for claim in claims], table, on_sum), [D(cost) for cost in expected])

    def test_clauses_against_the_belgian_caps(self):
        for label, clause, expected in (
            ("the law's own amounts", BELGIUM, None),
            ("nothing", scale(), None),
            ("less", scale(("0", "15", "0")), None),
            ("10 %, at most 2,000: more above 500 + 300", scale(("0", "0", "10"), maximum="2000"), True),
            ("5 %, at most 2,000", scale(("0", "0", "5"), maximum="2000"), None),
            ("5 % without an end", scale(("0", "0", "5")), True),
            ("4 % with at least 40", scale(("0", "0", "4"), minimum="40", maximum="2000"), True),
            ("a flat 20", scale(("0", "20", "0")), None),
            ("a flat 20.01", scale(("0", "20.01", "0")), True),
            ("30 from 150 on", scale(("0", "20", "0"), ("149.99", "30", "0")), True),
            ("12 % up to 500, less above", scale(("0", "0", "12"), maximum="60"), None),
            ("20 % of a small claim", scale(("0", "0", "20"), maximum="30"), True),
        ):
            with self.subTest(label):
                found = exceeds(clause, BELGIUM)
                self.assertEqual(found is not None, bool(expected))
                if expected:
                    self.assertGreater(costs(found, clause), costs(found, BELGIUM))

    # -- Whatever the numbers ----------------------------------------------------------------------------------------

    @FUZZ
    @given(scales(), amounts("-10"))
    def test_never_negative_never_above_the_maximum(self, table, amount):
        found = costs(amount, table)
        self.assertGreaterEqual(found, 0)
        if table.maximum is not None:
            self.assertLessEqual(found, table.maximum)
        if table.minimum is not None and amount > 0:
            self.assertGreaterEqual(found, table.minimum)

    @FUZZ
    @given(st.one_of(scales(), st.sampled_from((BELGIUM, NETHERLANDS, FORTY))), amounts(), amounts())
    def test_more_principal_never_costs_less(self, table, amount, more):
        self.assertLessEqual(costs(amount, table), costs(amount + more, table))

    @FUZZ
    @given(st.one_of(scales(), st.sampled_from((BELGIUM, NETHERLANDS))), st.lists(amounts("0"), max_size=8))
    def test_costs_of_one_notice_are_those_of_its_sum(self, table, claims):
        found = costs_of_claims(claims, table, True)
        self.assertEqual(sum(found), costs(sum(claims, D(0)), table))
        self.assertTrue(all(cost >= 0 for cost in found))
        self.assertTrue(all(cost == 0 for cost, claim in zip(found, claims, strict=True) if not claim))

    @FUZZ
    @given(amounts("0"), st.lists(amounts("0"), min_size=1, max_size=8))
    def test_shares_lie_within_a_cent(self, total, weights):
        if not sum(weights):
            self.assertEqual(set(share_out(total, weights)), {0})
            return
        found = share_out(total, weights)
        self.assertEqual(sum(found), total)
        for share, weight in zip(found, weights, strict=True):
            self.assertLessEqual(abs(share - total * weight / sum(weights)), D("0.01"))

    @FUZZ
    @given(scales(), scales(), st.lists(amounts("0.01", "100000"), min_size=20, max_size=20))
    def test_what_exceeds_nowhere_exceeds_for_no_claim(self, clause, cap, claims):
        if exceeds(clause, cap) is None:
            for claim in claims:
                # roundings of two lines can part by a cent
                self.assertLessEqual(costs(claim, clause), costs(claim, cap) + D("0.01"))
