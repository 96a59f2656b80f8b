"""The lateness model, on ledgers whose truth is known because the test makes them."""

import json
import math
import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests.common import BaseCase, tagged

from ...tools.lateness import Lateness
from ...tools.lateness_history import SHIPPED
from ...tools.lateness_invoices import Invoice, learn, summarise
from ...tools.score import SCORE_DAYS, Forecast, Inputs, explain, student_tail

FUZZ = settings(max_examples=200, deadline=None, database=None, derandomize=True)
FEW = settings(FUZZ, max_examples=60)
TODAY = date(2026, 7, 1)


def invoice(debtor, days, ago=100, term=30, **values):
    """Issued `ago` days before today, paid `days` after its due date (None: open)."""
    issued = TODAY - timedelta(ago)
    due = issued + timedelta(term)
    settled = None if days is None else due + timedelta(days)
    return Invoice(debtor, issued, due, settled, **{"amount": 100.0, "disputed": False, **values})


def ledger(seed, customers=60, each=12, period=365, electronic=-7.0, dispute=14.0, share=0.15):
    """(invoices, {customer: its level}): levels of N(0, 10), noise of N(0, 5), as many on paper as not."""
    chance = random.Random(seed)
    invoices, levels = [], {}
    for customer in range(customers):
        level = levels[customer] = chance.gauss(0, 10)
        for _number in range(each):
            electronic_one, disputed = chance.random() < 0.5, chance.random() < share
            days = level + electronic * electronic_one + dispute * disputed + chance.gauss(0, 5)
            issued = TODAY - timedelta(chance.randrange(1, period))
            due = issued + timedelta(30)
            settled = max(due + timedelta(round(days)), issued)
            invoices.append(Invoice(customer, issued, due, settled, 100.0, electronic_one, disputed, customer % 3))
    return invoices, levels


def forecasts():
    days, some, spread = st.floats(-60, 150), st.floats(-20, 20), st.floats(0.5, 40)
    inputs = st.builds(
        Inputs, level=days, history=some, report=some, promises=some, electronic=some, amount=some, term=some,
        drift=some, dispute=st.floats(-10, 40), disputed=st.floats(0, 1), spread=spread, disputed_spread=spread,
        outlier_chance=st.floats(0, 0.2), outlier_days=st.floats(10, 120),
        freedom=st.floats(3, 200))
    return st.builds(Forecast, inputs, st.none() | st.integers(-60, 200))


def histories():
    return st.lists(
        st.builds(
            invoice, st.integers(0, 5), st.none() | st.integers(-200, 400), ago=st.integers(0, 900),
            term=st.integers(-5, 120), amount=st.floats(-1e6, 1e7), electronic=st.booleans(),
            disputed=st.sampled_from([None, False, True]), segment=st.sampled_from([None, "a", "b"])),
        max_size=40)


@tagged("-at_install", "post_install", "debto_dunning")
class TestForecast(BaseCase):

    def test_student_tail_as_in_the_tables(self):
        # Any table of Student's distribution: deviate, degrees of freedom, upper tail.
        for t, freedom, tail in (
            (0.0, 7, 0.5), (2.571, 5, 0.025), (1.812, 10, 0.05), (2.228, 10, 0.025), (2.764, 10, 0.01),
            (-1.812, 10, 0.95), (2.042, 30, 0.025), (2.457, 30, 0.01), (1.960, 10_000, 0.025),
        ):
            self.assertAlmostEqual(student_tail(t, freedom), tail, delta=0.001)

    def test_score_is_the_mean_chance_of_three_days(self):
        for days, score in ((-40, 0), (5, 100 / 3), (20, 200 / 3), (80, 100)):
            punctual = Inputs(level=days, spread=0.5, freedom=100)
            self.assertAlmostEqual(Forecast(punctual).score, score, delta=0.1)
        self.assertEqual(len(SCORE_DAYS), 3)

    def test_a_day_counts_from_its_middle(self):
        # Centred on day 0: as likely to be later than day 0 (0.5 on) as to be earlier (before -0.5).
        forecast = Forecast(Inputs(level=0, spread=4, freedom=50))

        self.assertAlmostEqual(forecast.chance_later(0), 1 - forecast.chance_later(-1))

    def test_open_and_late_is_paid_later(self):
        inputs = Inputs(level=0, spread=5, freedom=20)

        self.assertEqual(Forecast(inputs).p50, 0)
        for at_least in (-20, 0, 10, 60):
            forecast = Forecast(inputs, at_least)
            self.assertEqual(forecast.chance_later(at_least - 1), 1)
            self.assertGreaterEqual(forecast.p50, at_least)
            self.assertGreaterEqual(forecast.p90, Forecast(inputs).p90)

    @FUZZ
    @given(forecasts(), st.lists(st.integers(-200, 400), min_size=2, max_size=8))
    def test_chances_fall_with_days(self, forecast, days):
        chances = [forecast.chance_later(day) for day in sorted(days)]

        self.assertTrue(all(0 <= chance <= 1 for chance in chances))
        self.assertEqual(chances, sorted(chances, reverse=True))
        self.assertTrue(-1e-9 <= forecast.score <= 100 + 1e-9)

    @FUZZ
    @given(forecasts(), st.floats(0.02, 0.98))
    def test_quantile_is_the_first_day_that_reaches_the_chance(self, forecast, share):
        day = forecast.quantile(share)

        self.assertGreaterEqual(1 - forecast.chance_later(day), share)
        if forecast.at_least is None or day > forecast.at_least:
            self.assertLess(1 - forecast.chance_later(day - 1), share)
        self.assertLessEqual(forecast.p50, forecast.p90)

    @FUZZ
    @given(forecasts(), forecasts())
    def test_explanation_adds_up(self, forecast, usual):
        points = explain(forecast.inputs, usual.inputs)
        expected = Forecast(forecast.inputs).score - Forecast(usual.inputs).score

        self.assertAlmostEqual(sum(value for _name, value in points), expected, places=6)
        self.assertEqual([abs(v) for _n, v in points], sorted((abs(v) for _n, v in points), reverse=True))


@tagged("-at_install", "post_install", "debto_dunning")
class TestLateness(BaseCase):

    # -- little is known

    def test_nothing_known_gives_what_is_shipped(self):
        for history in ([], [invoice("c", 40, amount=-100.0)], [invoice("c", 5, ago=0)]):
            model = learn(history, TODAY)
            inputs = model.inputs("c", amount=100.0)
            self.assertEqual((inputs.level, inputs.history), (SHIPPED.level, 0))
            self.assertAlmostEqual(inputs.disputed, SHIPPED.disputed)
            self.assertLess(model.forecast("c").p50, model.forecast("c").p90)

    def test_a_new_customer_is_taken_for_its_segment(self):
        history = [invoice((s, c), days + c % 3, ago=90 + c, segment=s)
                   for s, days in (("slow", 25), ("fast", -10)) for c in range(40)]
        model = learn(history, TODAY)
        slow, fast, unknown = (model.forecast("new", segment=s) for s in ("slow", "fast", "other"))

        self.assertGreater(slow.p50, 15)
        self.assertLess(fast.p50, 0)
        self.assertTrue(fast.score < unknown.score < slow.score)

    def test_own_history_counts_more_the_more_there_is(self):
        others, _levels = ledger(1)

        levels = [
            learn(others + [invoice("c", 40, ago=90 + n) for n in range(number)], TODAY).customers["c"].level
            for number in (1, 2, 4, 8, 16)
        ]

        self.assertEqual(levels, sorted(levels))
        self.assertLess(levels[0], 38)
        self.assertGreater(levels[0], 15)  # customers differ more than one customer's invoices do
        self.assertAlmostEqual(levels[-1], 40, delta=1.5)

    def test_spread_goes_from_the_ledgers_to_its_own(self):
        others, _levels = ledger(2)
        wild = [invoice("c", days, ago=90 + n) for n, days in enumerate([-25, 25] * 15)]

        model = learn(others + wild, TODAY)
        few = learn(others + wild[:2], TODAY)

        self.assertLess(few.customers["c"].spread, model.customers["c"].spread)
        self.assertAlmostEqual(model.customers["c"].spread, 25, delta=7)
        self.assertAlmostEqual(few.noise, 5, delta=1)

    def test_a_forgotten_invoice_is_no_habit(self):
        others, _levels = ledger(15, share=0.0)
        own = [invoice("c", 0, ago=100 + 20 * n) for n in range(12)]

        usual = learn(others + own, TODAY).forecast("c", amount=100.0)

        for days in (250, None):
            model = learn(others + own + [invoice("c", days, ago=330)], TODAY)
            self.assertAlmostEqual(model.forecast("c", amount=100.0).p50, usual.p50, delta=2)
            self.assertLess(model.forecast("c", amount=100.0).chance_later(10), usual.chance_later(10) + 0.06)

        habit = learn(others + own + [invoice("c", None, ago=200 + n) for n in range(12)], TODAY)
        self.assertGreater(habit.forecast("c", amount=100.0).chance_later(10), 0.4)

    def test_share_of_forgotten_invoices_is_learnt(self):
        chance, history = random.Random(16), []
        for n in range(2000):
            history.append(invoice(
                n % 150, round(chance.gauss(0, 4)) + (80 if chance.random() < 0.04 else 0), ago=250 + n % 300))

        later = learn(history, TODAY).forecast(1, amount=100.0)

        self.assertAlmostEqual(later.chance_later(30), 0.04, delta=0.015)
        self.assertAlmostEqual(learn(history, TODAY).forecast(1, at_least=30).p50, 80, delta=15)

    def test_customers_that_differ_in_spread_make_it_less_certain(self):
        def model_of(wild):
            chance = random.Random(12)
            history = [invoice(c, round(chance.gauss(0, 15 if c % 5 < wild else 3)), ago=100 + n)
                       for c in range(100) for n in range(12)]
            return learn(history, TODAY)

        self.assertLess(model_of(wild=1).freedom, 8)
        self.assertGreater(model_of(wild=0).freedom, 20)

    # -- what moves an invoice

    def test_effects_are_found_again(self):
        model = learn(ledger(3, customers=150)[0], TODAY)

        self.assertAlmostEqual(model.effects.electronic, -7, delta=1)
        self.assertAlmostEqual(model.effects.dispute, 14, delta=1.5)
        self.assertAlmostEqual(model.noise, 5, delta=0.5)
        self.assertAlmostEqual(model.between, 10, delta=2)
        self.assertAlmostEqual(model.disputed, 0.15, delta=0.03)

    def test_a_customer_that_moves_to_electronic_billing_is_expected_earlier_at_once(self):
        others, _levels = ledger(4)
        model = learn(others + [invoice("c", 10, ago=60 + 9 * n) for n in range(12)], TODAY)
        paper, electronic = (model.forecast("c", amount=100.0, electronic=e) for e in (False, True))

        self.assertAlmostEqual(paper.p50 - electronic.p50, 7, delta=2)

    def test_amount_and_term_count_where_they_do(self):
        history, chance = [], random.Random(5)
        for customer in range(80):
            for number in range(10):
                amount, term = chance.choice([50.0, 5000.0]), chance.choice([14, 60])
                days = 4 * (amount > 100) - 6 * (term > 30) + chance.gauss(0, 3)
                history.append(invoice(customer, round(days), ago=95 + 20 * number, term=term, amount=amount))
        model = learn(history, TODAY)
        small, large = (model.forecast(1, amount=a, term=14).p50 for a in (50.0, 5000.0))

        self.assertAlmostEqual(large - small, 4, delta=1.1)
        self.assertAlmostEqual(small - model.forecast(1, amount=50.0, term=60).p50, 6, delta=1.1)

    def test_past_disputes_make_the_tail_not_the_level(self):
        others, _levels = ledger(6)
        often = [invoice("often", 14 if n % 2 else 0, ago=60 + 9 * n, disputed=bool(n % 2)) for n in range(20)]
        never = [invoice("never", 0, ago=60 + 9 * n) for n in range(20)]

        model = learn(others + often + never, TODAY)

        self.assertAlmostEqual(model.customers["often"].level, model.customers["never"].level, delta=1.5)
        self.assertGreater(
            model.forecast("often").chance_later(10), 2 * model.forecast("never").chance_later(10))
        self.assertGreater(model.forecast("often", disputed=True).chance_later(10), 0.6)
        self.assertLess(model.forecast("often", disputed=False).chance_later(10), 0.1)

        points = {name: dict(model.explain(name, amount=100.0))["disputes"] for name in ("often", "never")}
        self.assertGreater(points["often"], 3)
        self.assertLess(points["never"], 0)

    def test_disputed_invoices_spread_more(self):
        history, chance = [], random.Random(13)
        for n in range(1500):
            disputed = n % 3 == 0
            days = 14 + chance.gauss(0, 8) if disputed else chance.gauss(0, 4)
            history.append(invoice(n % 70, round(days), ago=100 + n % 200, disputed=disputed))

        inputs = learn(history, TODAY).inputs(1, amount=100.0)

        self.assertAlmostEqual(inputs.spread, 4, delta=1)
        self.assertAlmostEqual(inputs.disputed_spread, 8, delta=1.5)

    def test_drift_of_the_last_months_is_followed(self):
        history = [
            invoice(c, (6 if ago <= 90 else 0) + n % 3, ago=ago)
            for c in range(60) for n, ago in enumerate((45, 60, 80, 120, 160, 200, 260))
        ]

        self.assertAlmostEqual(learn(history, TODAY).forecast(1, amount=100.0).p50, 7, delta=1)

    def test_newer_invoices_weigh_more(self):
        old, new = ([invoice("c", days, ago=ago + n) for n in range(6)] for days, ago in ((0, 1500), (20, 150)))
        self.assertGreater(learn(old + new, TODAY).forecast("c").p50, 10)

        swapped = [i._replace(settled=i.due + timedelta(20 - (i.settled - i.due).days)) for i in old + new]
        self.assertLess(learn(swapped, TODAY).forecast("c").p50, 10)

    # -- what is known when

    def test_what_comes_after_the_day_is_not_seen(self):
        history, _levels = ledger(7)
        seen = learn(history, date(2026, 3, 1))
        changed = [
            i._replace(settled=i.settled + timedelta(50), disputed=not i.disputed)
            if i.settled >= date(2026, 3, 1) else i
            for i in history
        ]
        changed += [invoice(1, 90, ago=n, disputed=True) for n in range(1, 50)]

        self.assertEqual(learn(changed, date(2026, 3, 1)).customers, seen.customers)

    def test_paid_on_the_day_is_still_open(self):
        summary = summarise([invoice("c", 10, ago=40)], TODAY)
        self.assertEqual((summary.cells, len(summary.open)), ({}, 1))

        summary = summarise([invoice("c", 9, ago=40)], TODAY)
        self.assertEqual((len(summary.cells), summary.open), (1, []))

    def test_open_and_overdue_counts_against_a_customer(self):
        others, _levels = ledger(8)
        own = [invoice("c", 0, ago=60 + 20 * n) for n in range(8)]

        levels = [
            learn(others + own + [invoice("c", None, ago=30 + late) for late in lates], TODAY).forecast("c").p50
            for lates in ([], [10], [30], [30, 40])
        ]

        self.assertEqual(levels, sorted(levels))
        self.assertGreater(levels[3], levels[0] + 3)

    def test_open_longer_than_ever_is_perhaps_a_dispute(self):
        others, _levels = ledger(14)
        own = [invoice("c", 0, ago=60 + 20 * n) for n in range(8)]

        chances = [
            learn(others + own + [invoice("c", None, ago=42, disputed=seen)], TODAY).customers["c"].disputed
            for seen in (False, None, True)
        ]
        without = learn(others + own, TODAY).customers["c"].disputed

        self.assertTrue(chances[0] < without < chances[1] < chances[2], (without, chances))

    def test_open_and_not_due_says_nothing(self):
        others, _levels = ledger(9)
        own = [invoice("c", 0, ago=60 + 20 * n) for n in range(8)]

        before = learn(others + own, TODAY).forecast("c", amount=100.0)
        after = learn(others + own + [invoice("c", None, ago=1, disputed=None)] * 5, TODAY).forecast("c", amount=100.0)

        self.assertAlmostEqual(before.score, after.score, delta=0.2)

    def test_last_weeks_are_not_taken_for_early_payers(self):
        # Of the last weeks only the early ones are settled: the level must not follow them.
        errors = []

        for seed in range(6):
            history, levels = ledger(100 + seed, each=6, period=100, share=0.0)
            model = learn(history, TODAY)
            errors += [model.customers[c].level + model.effects.drift - level for c, level in levels.items()
                       if c in model.customers]

        self.assertAlmostEqual(sum(errors) / len(errors), 0, delta=0.5)

    # -- the whole

    def test_chances_hold_on_invoices_not_seen(self):
        predicted = [[], [], []]
        happened = [[], [], []]
        since = TODAY - timedelta(180)

        for seed in range(3):
            history, _levels = ledger(200 + seed, customers=100, each=20, period=540)
            models = {}
            for one in history:
                if one.issued < since:
                    continue
                model = models.get(one.issued.isocalendar()[:2])
                if not model:
                    model = models[one.issued.isocalendar()[:2]] = learn(
                        history, one.issued - timedelta(one.issued.weekday()))
                forecast = model.forecast(one.debtor, segment=one.segment, amount=100.0, electronic=one.electronic)
                for n, days in enumerate((0, 10, 20)):
                    predicted[n].append(forecast.chance_later(days))
                    happened[n].append((one.settled - one.due).days > days)

        for chances, truth in zip(predicted, happened, strict=True):
            order = sorted(range(len(chances)), key=chances.__getitem__)
            gaps = []
            for k in range(10):
                group = order[len(order) * k // 10:len(order) * (k + 1) // 10]
                gaps.append(abs(sum(chances[i] - truth[i] for i in group)) / len(group))
            self.assertLess(sum(gaps) / 10, 0.03)

    def test_one_customer_between_two_nights(self):
        history, _levels = ledger(10)

        model = learn(history, TODAY)
        kept = Lateness.restore(json.loads(json.dumps(model.state())))

        self.assertEqual(kept.customers, {})

        own = [i for i in history if i.debtor == 5]

        kept.update(summarise(own, TODAY, deviation=kept.deviation))
        for value, expected in zip(kept.customers[5], model.customers[5], strict=True):
            self.assertAlmostEqual(value, expected, delta=0.05)

        kept.update(summarise([*own, invoice(5, None, ago=80)], TODAY, deviation=kept.deviation))
        self.assertGreater(kept.forecast(5, amount=100.0).score, model.forecast(5, amount=100.0).score)

        again = Lateness.restore(model.state(), [(5, list(model.customers[5]))])
        self.assertEqual(again.inputs(5, amount=70.0), model.inputs(5, amount=70.0))

    def test_explanation_starts_from_the_ledgers_usual_invoice(self):
        history, levels = ledger(11)
        model = learn(history, TODAY)
        slowest, fastest = max(levels, key=levels.get), min(levels, key=levels.get)

        for customer, sign in ((slowest, 1), (fastest, -1)):
            points = dict(model.explain(customer, amount=100.0))
            self.assertGreater(points["history"] * sign, 5)
        self.assertGreater(dict(model.explain(slowest, amount=100.0))["electronic"], 0)  # paper: later than usual
        self.assertLess(dict(model.explain(slowest, amount=100.0, electronic=True))["electronic"], 0)

    @FEW
    @given(histories(), st.integers(0, 7), st.booleans(), st.floats(0, 1e6))
    def test_any_history_gives_chances(self, history, debtor, electronic, amount):
        model = learn(history, TODAY)
        forecast = model.forecast(debtor, segment="a", amount=amount, term=14, electronic=electronic)
        chances = [forecast.chance_later(days) for days in (-30, 0, 10, 30, 90)]

        self.assertTrue(all(math.isfinite(c) and 0 <= c <= 1 for c in chances))
        self.assertEqual(chances, sorted(chances, reverse=True))
        self.assertLessEqual(forecast.p50, forecast.p90)
        self.assertLess(abs(forecast.p50), 400)
        self.assertTrue(all(0 <= customer.disputed <= 1 for customer in model.customers.values()))

    @FEW
    @given(histories(), st.randoms(use_true_random=False))
    def test_the_same_for_the_same(self, history, chance):
        model, again = learn(history, TODAY), learn(list(history), TODAY)
        self.assertEqual((model.customers, model.state()), (again.customers, again.state()))

        shuffled = sorted(history, key=lambda i: chance.random())
        segments = {i.debtor: i.segment for i in history}

        one, other = (
            learn([i._replace(segment=segments[i.debtor]) for i in order], TODAY) for order in (history, shuffled))
        for debtor in one.customers:
            self.assertAlmostEqual(one.forecast(debtor).score, other.forecast(debtor).score, places=5)
