"""How customers pay, the score that follows, and what each open item is expected to do."""

import random
from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import new_test_user
from odoo.tools import SQL

from ...tools.lateness import fit
from ...tools.lateness_history import SHIPPED
from ...tools.lateness_invoices import Invoice, summarise
from ...tools.legal_form import legal_form
from ..common import NIGHT, DunningCommon, days_ago, days_later
from . import payment_behaviour
from .payment_behaviour import Settled


class RiskCommon(DunningCommon):
    def refresh(self, night=NIGHT, **narrow):
        return self.env["dunning.debtor"]._refresh(self.company, night, **narrow)

    def make_history(self, partner, lags, first=400, amount=100.0):
        """Invoices a month apart, each paid so many days after its due date; None: open."""
        for number, lag in enumerate(lags):
            invoice = self.make_invoice(amount, first - 30 * number, partner=partner)
            if lag is not None:
                self.pay(invoice, when=first - 30 * number - lag)

    def score_of(self, partner, **vals):
        return self.debtor_of(partner, **vals).risk_score


@tagged("-at_install", "post_install", "debto_dunning")
class TestBehaviour(RiskCommon):
    def test_figures_are_those_of_the_formulas(self):
        """The statement over the ledger and the plain functions say the same, on payments drawn at random."""
        draw = random.Random(5)
        by_partner = {}
        for name in ("A", "B", "C"):
            partner = self.make_customer(name)
            items = by_partner[partner] = []
            for _number in range(draw.randint(2, 9)):
                overdue, lag = draw.randint(1, 700), draw.randint(-20, 60)
                if overdue - lag < 0:
                    continue
                amount = draw.choice([10, 99.5, 1200])
                self.pay(self.make_invoice(amount, overdue, partner=partner), when=overdue - lag)
                items.append(Settled(days_ago(overdue), days_ago(overdue - lag), amount))

        self.refresh()

        for partner, items in by_partner.items():
            expected = payment_behaviour.behaviour(items, days_later(1))
            debtor = self.debtor_of(partner)
            for value, figure in (
                (expected.count, debtor.settled_count),
                (expected.average_days, debtor.average_days_late),
                (expected.weighted_days, debtor.weighted_days_late),
                (100 * expected.share_late, debtor.share_late),
                (expected.worst_days, debtor.worst_days_late),
                (expected.spread_days or 0, debtor.spread_days_late),
                (expected.recent_days or 0, debtor.recent_days_late),
                (expected.earlier_days or 0, debtor.earlier_days_late),
                (expected.trend_days or 0, debtor.trend_days),
            ):
                self.assertAlmostEqual(value, figure, delta=0.051, msg=partner.name)

    def test_trend_borders(self):
        """Six months back to the day counts as recent, eighteen as earlier, a day more as neither."""
        for lag, paid in ((10, days_later(1) - timedelta(days=181)), (0, days_ago(540))):
            invoice = self.make_invoice(100, (NIGHT - paid).days + lag)
            self.pay(invoice, when=(NIGHT - paid).days)

        self.refresh()
        debtor = self.debtor_of(self.customer)

        self.assertEqual((debtor.recent_days_late, debtor.earlier_days_late, debtor.trend_days), (10, 0, 10))

    def test_settled_by_a_credit_note_alone_was_never_paid(self):
        invoice = self.make_invoice(100, 60)
        credit_note = self.make_credit_note(100, invoice)
        (self.items_of(invoice) + self.items_of(credit_note)).reconcile()

        self.refresh()
        debtor = self.debtor_of(self.customer)

        self.assertEqual((debtor.settled_count, debtor.average_days_late, debtor.worst_days_late), (0, 0, 0))

    def test_rest_credited_later_counts_until_the_payment(self):
        invoice = self.make_invoice(100, 60)
        self.pay(invoice, 70, when=55)
        credit_note = self.make_credit_note(30, invoice)
        (self.items_of(invoice) + self.items_of(credit_note)).reconcile()

        self.refresh()
        debtor = self.debtor_of(self.customer)

        self.assertEqual((debtor.settled_count, debtor.average_days_late), (1, 5))

    def test_refunds_only(self):
        self.make_credit_note(50, partner=self.customer)

        self.refresh()
        debtor = self.debtor_of(self.customer)

        self.assertEqual((debtor.settled_count, debtor.open_amount, debtor.unapplied_amount), (0, 0, 50))
        self.assertTrue(debtor.risk_score)

    def test_disputed_days_do_not_count(self):
        """Of twenty days late, five under dispute before the due date and eight after it: twelve count."""
        disputed, other = self.make_invoice(100, 40), self.make_invoice(300, 40)
        self.pay(disputed, when=20)
        self.pay(other, when=20)
        item = self.items_of(disputed)
        rows = SQL("VALUES (%s, %s::date, %s::date)", item.id, days_ago(45), days_ago(32))

        with patch.object(self.registry["dunning.debtor"], "_refresh_disputes", lambda self, company: rows):
            self.refresh()
        debtor = self.debtor_of(self.customer)

        self.assertEqual(payment_behaviour.days_beyond_terms(
            Settled(days_ago(40), days_ago(20), 100, ((days_ago(45), days_ago(32)),))), 12)
        self.assertEqual((debtor.average_days_late, debtor.weighted_days_late, debtor.worst_days_late), (16, 18, 20))

    def test_foreign_currency_counts_in_the_company_s(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
        self.env["res.currency.rate"].create({
            "currency_id": dollar.id, "company_id": self.company.id, "name": "2020-01-01", "rate": 2.0})
        invoice = self.make_invoice(200, 30, currency_id=dollar.id)
        self.make_invoice(100, 30)
        self.pay(invoice, when=10)

        self.refresh()
        debtor = self.debtor_of(self.customer)

        self.assertEqual((debtor.average_days_late, debtor.open_amount, debtor.exposure_amount), (20, 100, 100))

    def test_payment_that_came_back(self):
        """Booked back whole it is a return; money paid back for a credit note is none."""
        self.debtor_of(self.customer)
        payment = self.make_payment(100, when=20)
        refund = self.env["account.payment"].create({
            "payment_type": "outbound", "partner_type": "customer", "partner_id": self.customer.id, "amount": 100,
            "date": days_ago(10), "journal_id": self.company_data["default_journal_bank"].id})
        refund.action_post()
        self.items_of(payment.move_id + refund.move_id).reconcile()
        other = self.make_customer("Other")
        credit_note = self.make_credit_note(80, partner=other)
        back = refund.copy({"partner_id": other.id, "amount": 80, "date": days_ago(10)})
        back.action_post()
        self.items_of(credit_note + back.move_id).reconcile()

        self.refresh()

        self.assertEqual(self.debtor_of(self.customer).returned_count, 1)
        self.assertEqual(self.debtor_of(other).returned_count, 0)

    def test_exposure_against_the_limit(self):
        self.make_invoice(100)
        self.make_invoice(60, -20)
        self.env["account.move"].create({
            "move_type": "out_invoice", "partner_id": self.customer.id, "invoice_date": NIGHT,
            "invoice_line_ids": [Command.create({"name": "x", "price_unit": 40, "tax_ids": []})]})

        for limit, use in ((0, 0), (400, 50), (100, 200)):
            self.customer.credit_limit = limit
            self.refresh()
            debtor = self.debtor_of(self.customer)
            self.assertEqual(
                (debtor.overdue_amount, debtor.exposure_amount, debtor.to_invoice_amount, debtor.limit_use),
                (100, 200, 40, use))

    def test_two_companies_two_behaviours(self):
        other = self.setup_other_company()["company"]
        other.dunning_policy_id = other.dunning_consumer_policy_id = self.policy
        late = self.make_invoice(100, 60)
        self.pay(late, when=10)
        self.make_invoice(70, 5, company=other)
        self.refresh()
        self.env["dunning.debtor"]._refresh(other, NIGHT)
        here, there = self.debtor_of(self.customer), self.debtor_of(self.customer, other)

        self.assertEqual((here.settled_count, here.average_days_late, here.open_amount), (1, 50, 0))
        self.assertEqual((there.settled_count, there.open_amount), (0, 70))
        self.assertEqual(self.customer.with_company(other).risk_score, there.risk_score)
        self.assertGreater(here.risk_score, there.risk_score)


@tagged("-at_install", "post_install", "debto_dunning")
class TestScore(RiskCommon):
    def test_sums_of_the_database_are_those_of_python(self):
        """On a history drawn at random: same cells, same bounds, same outliers, hence the same model."""
        draw = random.Random(3)
        self.env["dunning.debtor"]._refresh_collect(self.company, NIGHT)
        today = days_later(1)
        invoices = []
        for number in range(400):
            issued = today - timedelta(draw.randint(1, 900))
            due = issued + timedelta(draw.choice([0, 14, 30, 60]))
            paid = due + timedelta(draw.choice([-5, 0, 3, 10, 200])) if draw.random() < 0.8 else None
            paid = paid if paid and issued <= paid < today else None
            invoices.append(Invoice(
                draw.randint(1, 30), issued, due, paid, draw.choice([0.5, 80.0, 4000.0]), draw.random() < 0.5,
                draw.random() < 0.2 if paid else None, "all"))
            self.env.cr.execute(SQL(
                "INSERT INTO dunning_refresh_item (id, partner_id, due, issued, amount, paid_on, lag, days,"
                " is_disputed, is_electronic) VALUES (%s, %s, %s, %s, %s, %s, %s, 0, %s, %s)", -number,
                invoices[-1].debtor, due, issued, invoices[-1].amount, paid, (paid - due).days if paid else None,
                bool(invoices[-1].disputed), invoices[-1].electronic))

        mine = self.env["dunning.lateness"]._summarise(NIGHT, dict.fromkeys(range(1, 31), ("all", None)))
        theirs = summarise(invoices, today)

        self.assertEqual({key: set(own) for key, own in mine.cells.items()},
                         {key: set(own) for key, own in theirs.cells.items()})
        for debtor, own in theirs.cells.items():
            for key, sums in own.items():
                for name in sums.__slots__:
                    self.assertAlmostEqual(getattr(mine.cells[debtor][key], name), getattr(sums, name), 6)
        self.assertAlmostEqual(mine.deviation, theirs.deviation, 9)
        for name in ("invoices", "outliers", "outlier_days"):
            self.assertAlmostEqual(getattr(mine, name), getattr(theirs, name), 6)
        for ours, other in zip(
                sorted(mine.open, key=str), sorted(theirs.open, key=str), strict=True):
            for value, expected in zip(ours, other, strict=True):
                self.assertAlmostEqual(value or 0, expected or 0, 9)
                self.assertEqual(value is None, expected is None)

        ours, other = fit(mine), fit(theirs)
        self.assertAlmostEqual(ours.level, other.level, 6)
        self.assertEqual(ours.forecast(7, amount=80, term=30).p90, other.forecast(7, amount=80, term=30).p90)

    def test_who_pays_late_has_a_higher_score(self):
        names = ("Early", "Punctual", "Late", "Very late")
        customers = [self.make_customer(name) for name in names]
        for customer, lag in zip(customers, (-10, 0, 12, 45), strict=True):
            self.make_history(customer, [lag, lag + 1, lag, lag - 1, lag, lag])
        stranger = self.make_customer("Stranger")
        self.debtor_of(stranger)

        self.refresh()
        scores = [self.score_of(customer) for customer in customers]

        self.assertEqual(scores, sorted(scores))
        self.assertLess(scores[0], 15)
        self.assertGreater(scores[3], 80)
        self.assertTrue(scores[0] < self.score_of(stranger) < scores[3])

        late = self.debtor_of(customers[2])
        self.assertGreaterEqual(late.late_chance, late.late_chance_10)
        self.assertGreaterEqual(late.late_chance_10, late.late_chance_30)
        self.assertEqual(late.risk_score, round((late.late_chance + late.late_chance_10 + late.late_chance_30) / 3))

    def test_more_of_the_same_moves_the_score_further(self):
        for name in ("C", "D", "E", "F", "G"):
            self.make_history(self.make_customer(name), [0, 1, 0, -1])
        scores = []

        for lags in ([], [20], [20, 20, 20, 20, 20]):
            self.make_history(self.customer, lags)
            self.debtor_of(self.customer)
            self.refresh()
            scores.append(self.score_of(self.customer))

        self.assertEqual(scores, sorted(set(scores)))

    def test_an_open_invoice_long_overdue_counts(self):
        """Nothing settled: only what is open tells them apart."""
        slow, fresh = self.make_customer("Slow"), self.make_customer("Fresh")
        self.make_history(slow, [None, None, None], first=200)
        self.make_history(fresh, [None], first=-20)

        self.refresh()

        self.assertGreater(self.score_of(slow), self.score_of(fresh))

    def test_the_score_is_explained_in_words_and_points(self):
        self.make_history(self.customer, [40, 42, 38, 41])
        for name in ("C", "D", "E"):
            self.make_history(self.make_customer(name), [0, 1, 0, -1])
        self.refresh()
        debtor = self.debtor_of(self.customer)
        words, points = debtor._risk_points()[0]

        self.assertIn("4 invoices", words)
        self.assertIn("40.3 days", words)
        self.assertGreater(points, 20)
        self.assertIn(f"+{points}", debtor.risk_explanation)
        self.assertIn(str(debtor.risk_score), debtor.risk_gauge)

    def test_narrow_says_the_same_as_the_night(self):
        for name, lag in (("C", 0), ("D", 20), ("E", 5)):
            self.make_history(self.make_customer(name), [lag, lag + 2, None])
        self.refresh()
        debtors = self.env["dunning.debtor"].search([("company_id", "=", self.company.id)])
        before = {debtor: debtor.risk_score for debtor in debtors}
        debtors.sudo().lateness = False

        debtors.action_score()

        for debtor, score in before.items():
            # of open invoices the night learns in two rounds for all, and here once more for these
            self.assertAlmostEqual(debtor.risk_score, score, delta=2)
            self.assertTrue(debtor.lateness)

    def test_a_large_ledger_is_learnt_from_a_part_and_told_in_batches(self):
        for name, lag in (("C", 0), ("D", 20), ("E", 5), ("F", 7)):
            self.make_history(self.make_customer(name), [lag, lag + 2, lag, lag + 1])

        self.refresh()
        debtors = self.env["dunning.debtor"].search([("company_id", "=", self.company.id)])
        whole = {debtor: debtor.risk_score for debtor in debtors}
        module = "odoo.addons.debto_dunning.models.risk.dunning_debtor_risk."

        for batch, learnt, delta in ((1, 20_000, 0), (3, 20_000, 0), (1, 2, 35)):
            debtors.sudo().lateness = False
            with patch(module + "DEBTORS_PER_BATCH", batch), patch(module + "LEARNING_SAMPLE_SIZE", learnt):
                self.refresh()
            self.assertTrue(all(debtor.lateness for debtor in debtors))
            for debtor, score in whole.items():
                self.assertAlmostEqual(debtor.risk_score, score, delta=delta)

    def test_a_credit_report_speaks_for_whom_nothing_else_does(self):
        good, bad, none = (self.debtor_of(self.make_customer(name)) for name in ("Good", "Bad", "None"))
        self.env.cr.execute("UPDATE dunning_debtor SET credit_score = CASE id WHEN %s THEN 5 ELSE 95 END"
                            " WHERE id IN %s", [good.id, (good.id, bad.id)])

        self.refresh()

        self.assertLess(good.risk_score + 10, none.risk_score)
        self.assertLess(none.risk_score + 10, bad.risk_score)
        self.assertIn("credit report", bad._risk_points()[0][0])

    def test_night_learns_and_says_what(self):
        self.make_history(self.customer, [10, 12, None])

        self.refresh()
        learnt = self.env["dunning.lateness"].search([("company_id", "=", self.company.id)])

        self.assertEqual((learnt.date, learnt.settled_count, learnt.open_count, learnt.customer_count),
                         (NIGHT, 2, 1, 1))

        self.refresh(days_later(1))
        self.assertEqual(self.env["dunning.lateness"].search_count([("company_id", "=", self.company.id)]), 1)

    def test_nothing_learnt_yet_is_the_shipped_model(self):
        model = self.env["dunning.lateness"]._restore(self.company)

        self.assertEqual((model.level, model.report), (SHIPPED.level, SHIPPED.report))

    def test_queries_do_not_grow_with_customers(self):
        self.make_history(self.customer, [5, 6])
        self.refresh()
        self.env.flush_all()
        start = self.env.cr.sql_log_count
        self.refresh()
        few = self.env.cr.sql_log_count - start
        for number in range(8):
            self.make_history(self.make_customer(f"N{number}"), [number, None])
        self.refresh()
        self.env.flush_all()
        start = self.env.cr.sql_log_count

        self.refresh()

        self.assertLessEqual(self.env.cr.sql_log_count - start, few)

    def test_legal_form(self):
        cases = {
            "Bakkerij Peeters BV": "limited", "Dupont S.A.": "public", "Gemeente Aalst": "government",
            "NV Bekaert": "public", "Müller GmbH": "limited", "VZW De Brug": "association", "Jan Peeters": None,
            "Stad Gent": "government", "De Brug vzw": "association", "": None, "BV": None, None: None,
            "Sport Club e.V.": "association", "Janssens & Zn. V.O.F.": "partnership",
        }

        self.assertEqual({name: legal_form(name) for name in cases}, cases)


@tagged("-at_install", "post_install", "debto_dunning")
class TestExpectedPayment(RiskCommon):
    def test_date_follows_the_customer(self):
        quick, slow = self.make_customer("Quick"), self.make_customer("Slow")
        self.make_history(quick, [-8, -8, -7, -9, -8])
        self.make_history(slow, [25, 26, 24, 25, 25])
        self.refresh()
        first, second = self.make_invoice(100, -20, partner=quick), self.make_invoice(100, -20, partner=slow)
        due = days_later(20)

        self.assertLess(first.dunning_expected_date, due)
        self.assertAlmostEqual((second.dunning_expected_date - due).days, 25, delta=5)
        self.assertGreater(second.dunning_expected_latest, second.dunning_expected_date)
        self.assertGreater(second.dunning_late_chance, 90)
        self.assertLess(first.dunning_late_chance, 30)
        self.assertGreaterEqual(second.dunning_late_chance, second.dunning_late_chance_30)

    def test_overdue_is_never_expected_in_the_past(self):
        self.make_history(self.customer, [0, 0, 0, 0])
        self.refresh()
        invoice = self.make_invoice(100, 45)

        self.assertGreaterEqual(invoice.dunning_expected_date, NIGHT)
        self.assertEqual(invoice.dunning_late_chance, 100)

    def test_last_instalment_speaks_for_the_invoice(self):
        self.refresh()
        invoice = self.make_invoice(100, instalments=[(50, 10), (50, -60)])
        items = self.items_of(invoice)

        self.assertEqual(invoice.dunning_expected_date, max(items.mapped("dunning_expected_date")))
        self.assertLess(items[0].dunning_expected_date, items[1].dunning_expected_date)

    def test_paid_draft_and_credit_notes_are_not_expected(self):
        self.refresh()
        paid = self.make_invoice(100)
        self.pay(paid)
        draft = self.env["account.move"].create({"move_type": "out_invoice", "partner_id": self.customer.id})

        for move in (paid, draft, self.make_credit_note(10, partner=self.customer)):
            self.assertFalse(move.dunning_expected_date)

    def test_a_list_costs_no_query_an_invoice(self):
        customers = [self.make_customer(f"C{number}") for number in range(6)]
        invoices = self.env["account.move"].union(*(self.make_invoice(100, partner=one) for one in customers))
        self.refresh()

        def count(moves):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            moves.mapped("dunning_expected_date")
            return self.env.cr.sql_log_count - start

        count(invoices)

        self.assertEqual(count(invoices[:2]), count(invoices))

    def test_sales_person_sees_the_risk_of_a_customer(self):
        self.make_history(self.customer, [30, 31, 29])

        self.refresh()
        colleague = self.make_user("colleague", "base.group_user")
        partner = self.customer.with_user(colleague).with_company(self.company)

        self.assertGreater(partner.risk_score, 30)
        self.assertTrue(partner.risk_segment_id)
        self.assertIn("svg", partner.risk_gauge)
        self.assertIn("invoices", partner.risk_explanation)

        stranger = new_test_user(self.env, "portal", "base.group_portal", partner_id=self.customer.id)
        invoice = self.make_invoice()

        for record, name in ((self.customer, "risk_score"), (self.customer, "risk_gauge"),
                             (self.customer, "risk_segment_id"), (invoice, "dunning_late_chance")):
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(stranger).read([name])

        found = partner.search([("risk_score", ">", 30), ("id", "=", partner.id)])
        self.assertEqual(found, partner)
