"""The shipped laws and rates, which law holds for whom, and what it lets a company charge."""

import base64
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...tools.interest import rate_on

D = Decimal
DUE = date(2026, 3, 2)


def day(text):
    return date.fromisoformat(text)


class LawCommon(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.laws = cls.env["dunning.law"]
        cls.countries = {
            code: cls.env.ref(f"base.{code}") for code in ("be", "nl", "de", "fr", "lu", "es", "se", "us")}
        cls.company = cls.env["res.company"].create({
            "name": "Creditor", "country_id": cls.countries["be"].id, "currency_id": cls.env.ref("base.EUR").id})

    def law(self, kind, code, on=DUE):
        return self.laws._in_force(kind, self.countries.get(code, self.env["res.country"]), on, self.company)

    @classmethod
    def shipped(cls, name):
        return cls.env.ref(f"debto_dunning.{name}")

    @classmethod
    def clause(cls, since="2023-10-01", **vals):
        cls.company.write({
            "dunning_clause": True, "dunning_clause_mutual": True, "dunning_clause_date": since, **vals})


@tagged("-at_install", "post_install", "debto_dunning")
class TestLaw(LawCommon):

    # -- What is shipped ---------------------------------------------------------------------------------------------

    def test_every_shipped_record_is_dated_and_has_a_source(self):
        data = self.env["ir.model.data"].search([
            ("module", "=", "debto_dunning"),
            ("model", "in", ("dunning.law", "dunning.interest.rate", "dunning.interest.kind", "dunning.law.tier"))])
        self.assertTrue(all(data.mapped("noupdate")))
        laws = self.laws.browse(data.filtered(lambda row: row.model == "dunning.law").mapped("res_id"))
        rates = self.env["dunning.interest.rate"].browse(
            data.filtered(lambda row: row.model == "dunning.interest.rate").mapped("res_id"))
        self.assertEqual(len(laws), 11)
        self.assertGreater(len(rates), len(laws))
        for records, start in ((laws, "date_from"), (rates, "date")):
            for record in records:
                with self.subTest(record=record.display_name):
                    self.assertTrue(record.source.strip())
                    self.assertTrue(record.standing)
                    self.assertTrue(record[start])
        self.assertEqual(
            {(law.kind, law.country_id.code) for law in laws},
            {(kind, code) for kind in ("business", "consumer") for code in ("BE", "NL", "DE", "FR", "LU")}
            | {("business", False)})

    def test_what_was_not_verified_says_so(self):
        for name, standing in (
            ("interest_rate_be_business_2026_2", "derived"), ("interest_rate_nl_legal_2026_1", "memory"),
            ("interest_rate_nl_legal_2026_2", "memory"), ("interest_rate_de_base_2026_2", "memory"),
            ("interest_rate_ecb_2026_2", "memory"), ("law_lu_business", "memory"),
            ("interest_rate_be_business_2026_1", "verified"), ("law_be_consumer", "verified"),
        ):
            with self.subTest(name):
                self.assertEqual(self.shipped(name).standing, standing)

    def test_shipped_rates_follow_one_another_without_a_gap(self):
        kinds = self.env["dunning.interest.kind"].search([])
        self.assertTrue(kinds)
        for kind in kinds:
            with self.subTest(kind.name):
                rates = kind._rates()
                self.assertTrue(rates)
                for before, after in zip(rates, rates[1:], strict=False):
                    self.assertEqual(before.end + timedelta(days=1), after.start)

    def test_rates_of_the_laws(self):
        for name, on, expected in (
            ("law_be_business", "2016-06-30", "8.5"), ("law_be_business", "2020-02-29", "8"),
            ("law_be_business", "2023-06-30", "10.5"), ("law_be_business", "2023-07-01", "12"),
            ("law_be_business", "2024-12-31", "12.5"), ("law_be_business", "2025-01-01", "11.5"),
            ("law_be_business", "2026-07-01", "10.5"),
            ("law_nl_business", "2016-01-01", "8.05"), ("law_nl_business", "2022-12-31", "8"),
            ("law_nl_business", "2023-01-01", "10.5"), ("law_nl_business", "2024-07-01", "12.25"),
            ("law_nl_business", "2025-01-01", "11.15"), ("law_nl_business", "2026-07-01", "10.40"),
            ("law_nl_consumer", "2022-12-31", "2"), ("law_nl_consumer", "2023-01-01", "4"),
            ("law_nl_consumer", "2023-07-01", "6"), ("law_nl_consumer", "2024-12-31", "7"),
            ("law_nl_consumer", "2025-12-31", "6"), ("law_nl_consumer", "2026-12-31", "4"),
            ("law_de_business", "2022-12-31", "8.12"), ("law_de_business", "2026-12-31", "10.52"),
            ("law_de_consumer", "2016-03-01", "4.17"), ("law_de_consumer", "2023-07-01", "8.12"),
            ("law_fr_business", "2025-03-01", "13.15"), ("law_fr_business", "2026-07-01", "12.40"),
            ("law_fr_consumer", "2024-07-01", "4.92"), ("law_fr_consumer", "2026-07-01", None),
            ("law_lu_business", "2024-07-01", "12.25"),  # mj.gouvernement.lu
            ("law_lu_consumer", "2024-12-31", "4.5"), ("law_lu_consumer", "2025-01-01", None),
            ("law_eu_business", "2026-06-30", "10.15"), ("law_eu_business", "2027-01-01", None),
        ):
            with self.subTest(law=name, on=on):
                self.assertEqual(rate_on(day(on), self.shipped(name)._rates(self.company)), expected and D(expected))

    def test_belgian_rate_is_the_banks_plus_eight_rounded_up_to_the_half_point(self):
        central_bank = self.shipped("interest_kind_ecb")._rates()
        belgian = self.shipped("interest_kind_be_business")._rates()
        self.assertTrue(belgian)
        self.assertEqual(len(belgian), len(central_bank))
        for rate in belgian:
            with self.subTest(rate.start):
                halves = ((rate_on(rate.start, central_bank) + 8) * 2).to_integral_value(ROUND_CEILING)
                self.assertEqual(rate.percent, halves / 2)

    # -- Which law holds ---------------------------------------------------------------------------------------------

    def test_law_of_a_consumer_is_that_of_the_residence(self):
        for code, expected in (
            ("be", "law_be_consumer"), ("nl", "law_nl_consumer"), ("de", "law_de_consumer"), ("fr", "law_fr_consumer"),
            ("lu", "law_lu_consumer"),
        ):
            with self.subTest(code):
                self.assertEqual(self.law("consumer", code), self.shipped(expected))
        for code in ("es", "se", "us", None):
            with self.subTest(code):
                self.assertFalse(self.law("consumer", code))

    def test_law_of_a_business_is_the_creditors_or_the_debtors(self):
        self.assertEqual(self.law("business", "de"), self.shipped("law_be_business"))
        self.assertEqual(self.law("business", None), self.shipped("law_be_business"))
        self.company.dunning_law_of = "debtor"
        self.assertEqual(self.law("business", "de"), self.shipped("law_de_business"))
        self.assertEqual(self.law("business", "es"), self.shipped("law_eu_business"))
        for code in ("se", "us", None):
            with self.subTest(code):
                self.assertFalse(self.law("business", code))
        # consumers are not concerned
        self.assertEqual(self.law("consumer", "de"), self.shipped("law_de_consumer"))

    def test_creditor_in_another_country_of_the_euro(self):
        self.company.country_id = self.countries["es"]
        self.assertEqual(self.law("business", "us"), self.shipped("law_eu_business"))
        self.company.country_id = self.countries["us"]
        self.assertFalse(self.law("business", "be"))

    def test_branch_follows_its_root(self):
        branch = self.env["res.company"].create({
            "name": "Branch", "parent_id": self.company.id, "country_id": self.countries["nl"].id})
        self.assertEqual(
            self.laws._in_force("business", self.countries["de"], DUE, branch), self.shipped("law_be_business"))

    def test_law_holds_from_its_date_until_the_next(self):
        old = self.shipped("law_be_consumer")
        self.assertFalse(self.law("consumer", "be", day("2023-08-31")))
        self.assertEqual(self.law("consumer", "be", day("2023-09-01")), old)
        new = old.copy({"date_from": "2026-03-01", "name": "Belgium: consumers, new"})
        self.assertEqual(len(new.tier_ids), 3)
        self.assertEqual(self.law("consumer", "be", day("2026-02-28")), old)
        self.assertEqual(self.law("consumer", "be", day("2026-03-01")), new)
        new.active = False
        self.assertEqual(self.law("consumer", "be", day("2026-03-01")), old)
        old.date_from = "2026-02-01"
        self.assertFalse(self.law("consumer", "be", day("2026-01-31")))

    def test_own_law_of_a_country_goes_before_that_of_its_group(self):
        spain = self.shipped("law_eu_business").copy({
            "name": "Spain", "country_group_id": False, "country_id": self.countries["es"].id})
        self.company.dunning_law_of = "debtor"
        self.assertEqual(self.law("business", "es"), spain)
        spain.unlink()
        self.assertEqual(self.law("business", "es"), self.shipped("law_eu_business"))
        group = self.shipped("country_group_euro")
        group.country_ids -= self.countries["es"]
        self.assertFalse(self.law("business", "es"))

    def test_law_is_for_one_country_or_a_group_and_once_a_day(self):
        law = self.shipped("law_be_consumer")
        for label, vals in (
            ("no country", {"country_id": False}),
            ("both", {"country_group_id": self.shipped("country_group_euro").id}),
            ("twice", {}),
            ("negative", {"date_from": "2027-01-01", "reminder_cost": -1}),
        ):
            with self.subTest(label), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                with self.cr.savepoint():
                    law.copy({"date_from": law.date_from, **vals}).flush_recordset()

    def test_contradictions_in_a_law_are_refused(self):
        law = self.shipped("law_be_consumer")
        for vals, words in (
            ({"free_reminders": 0}, "waiting time"),
            ({"interest_start": "months"}, "months"),
            ({"notice_text": "Pay {amuont}"}, r"\{amuont\}"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
                law.write(vals)

    # -- From when ---------------------------------------------------------------------------------------------------

    def test_belgian_reminder_of_18_september_2023(self):
        law = self.shipped("law_be_consumer")
        due = day("2023-09-10")
        posted, mailed = law._term(day("2023-09-18"), "letter"), law._term(day("2023-09-18"), "email")
        self.assertEqual(law._first_charge_date(due, [posted]), day("2023-10-05"))
        self.assertEqual(law._first_charge_date(due, [mailed]), day("2023-10-03"))
        # of two notices the first counts
        self.assertEqual(law._first_charge_date(due, [posted, mailed]), day("2023-10-03"))

    def test_what_is_no_notice_starts_nothing(self):
        law = self.shipped("law_be_consumer")
        self.assertIsNone(law._term(day("2023-09-18"), "call"))
        # not confirmed, bounced: no day of notice
        self.assertIsNone(law._term(False, "letter"))
        for terms in ([], [None]):
            self.assertIsNone(law._first_charge_date(DUE, terms))

    def test_two_free_reminders(self):
        law = self.shipped("law_be_consumer").copy({"date_from": "2027-01-01", "free_reminders": 2})
        first, second = (law._term(day(sent), "email") for sent in ("2027-02-01", "2027-03-01"))
        self.assertIsNone(law._first_charge_date(DUE, [first]))
        self.assertEqual(law._first_charge_date(DUE, [second, first]), second.over)

    def test_nothing_is_charged_before_the_due_date(self):
        law = self.shipped("law_be_consumer")
        early = law._term(DUE - timedelta(days=60), "email")
        self.assertEqual(law._first_charge_date(DUE, [early]), DUE + timedelta(days=1))
        self.clause()
        self.assertEqual(law._first_interest_day(self.company, DUE, DUE, DUE, term=early), DUE + timedelta(days=1))

    def test_start_of_interest(self):
        """Due on 2 March 2026; notice by e-mail on Monday 16 March: arrives on the 17th."""
        sent = day("2026-03-16")
        for name, settings, notified, expected in (
            *((f"law_{code}_business", {"dunning_term_agreed": True}, False, "2026-03-03")
              for code in ("be", "fr", "lu", "nl", "eu")),
            # not agreed: invoiced on the 2nd, arrived on the 5th (in the Netherlands on the 4th), 30 days
            *((f"law_{code}_business", {}, False, "2026-04-05") for code in ("be", "fr", "lu", "eu")),
            ("law_nl_business", {}, False, "2026-04-04"),
            # 14 days from the 17th
            ("law_be_consumer", {}, False, None),
            ("law_be_consumer", {}, True, "2026-03-31"),
            ("law_be_consumer", {"dunning_is_sme": True}, True, "2026-03-17"),
            ("law_be_consumer", {"dunning_is_sme": True}, False, None),
            # three weeks after the 16th end on Easter Monday: nothing proves that the e-mail arrived
            ("law_nl_consumer", {}, False, None),
            ("law_nl_consumer", {}, True, "2026-04-08"),
            ("law_nl_consumer", {"dunning_term_agreed": True}, False, "2026-03-03"),
            # a due date that stands only on the invoice: the reminder, else 30 days
            ("law_de_business", {}, True, "2026-03-18"),
            ("law_de_business", {}, False, "2026-04-05"),
            ("law_de_business", {"dunning_term_agreed": True}, False, "2026-03-03"),
            ("law_de_consumer", {}, True, "2026-03-18"),
            ("law_de_consumer", {}, False, None),
            ("law_de_consumer", {"dunning_invoice_warns": True}, False, "2026-04-05"),
            ("law_de_consumer", {"dunning_term_agreed": True}, False, "2026-03-03"),
            # formal notice
            ("law_fr_consumer", {}, False, None),
            ("law_fr_consumer", {}, True, "2026-03-18"),
            ("law_fr_consumer", {"dunning_term_agreed": True, "dunning_is_sme": True}, False, None),
        ):
            with self.subTest(law=name, settings=settings, notified=notified):
                self.company.write({
                    "dunning_is_sme": False, "dunning_term_agreed": False, "dunning_invoice_warns": False, **settings})
                law = self.shipped(name)
                found = law._first_interest_day(
                    self.company, day("2026-03-31"), DUE, invoice_date=DUE,
                    term=law._term(sent, "email") if notified else None)
                self.assertEqual(found, expected and day(expected))

    def test_who_pays_within_the_waiting_time_owes_a_small_creditor_no_interest(self):
        self.company.dunning_is_sme = True
        law = self.shipped("law_be_consumer")
        term = law._term(day("2026-03-16"), "email")
        for on, expected in (("2026-03-30", None), ("2026-03-31", day("2026-03-17"))):
            with self.subTest(on):
                self.assertEqual(law._first_interest_day(self.company, day(on), DUE, term=term), expected)

    def test_luxembourg_consumer_after_the_third_month(self):
        law = self.shipped("law_lu_consumer")
        due, invoiced, delivered = day("2026-02-15"), day("2026-01-20"), day("2026-01-10")

        def start(**days):
            return law._first_interest_day(
                self.company, day("2026-06-01"), due,
                **{"invoice_date": invoiced, "delivery_date": delivered, **days})

        self.assertIsNone(start(), "the invoice does not say so")
        self.company.dunning_invoice_warns = True
        self.assertEqual(start(), day("2026-05-01"))
        self.assertEqual(start(invoice_date=day("2026-02-10")), day("2026-05-01"))
        self.assertIsNone(start(invoice_date=day("2026-02-11")), "invoiced after more than a month")
        self.assertIsNone(start(delivery_date=None))
        # not before it is due
        self.assertEqual(
            law._first_interest_day(self.company, DUE, day("2026-07-31"), invoiced, delivered), day("2026-08-01"))

    def test_german_reminder_after_the_thirty_days_changes_nothing(self):
        law = self.shipped("law_de_business")
        late = law._term(day("2026-06-01"), "email")
        self.assertEqual(law._first_interest_day(self.company, day("2026-06-10"), DUE, term=late), day("2026-04-02"))

    # -- How much ----------------------------------------------------------------------------------------------------

    def costs(self, name, *claims, scale=True, invoiced=DUE):
        return self.shipped(name)._costs(self.company, [(D(claim), invoiced) for claim in claims], scale)

    def test_costs_of_businesses(self):
        for name in ("law_be_business", "law_de_business", "law_fr_business", "law_lu_business", "law_eu_business"):
            for scale in (False, True):
                with self.subTest(law=name, scale=scale):
                    self.assertEqual(self.costs(name, "1000", "10", "0", scale=scale), [40, 40, 0])
        # at once 40 each; after a reminder the scale on the sum, when it is more
        self.assertEqual(self.costs("law_nl_business", "2000", "1000", scale=False), [40, 40])
        self.assertEqual(self.costs("law_nl_business", "2000", "1000"), [D("283.33"), D("141.67")])
        self.assertEqual(self.costs("law_nl_business", "200", "200"), [40, 40])

    def test_costs_of_consumers(self):
        for name in ("law_de_consumer", "law_fr_consumer", "law_lu_consumer"):
            with self.subTest(name):
                self.assertEqual(self.costs(name, "1000"), [0])
        self.assertEqual(self.costs("law_nl_consumer", "23000"), [1005])
        self.assertEqual(self.costs("law_nl_consumer", "200", "200"), [30, 30])
        self.assertEqual(self.costs("law_nl_consumer", "23000", scale=False), [0])
        self.clause()
        self.assertEqual(self.costs("law_be_consumer", "1000", "150", "50000"), [90, 20, 2000])
        self.assertEqual(self.costs("law_be_consumer", "1000", scale=False), [0])

    def test_cost_scales_follow_what_an_administrator_changes(self):
        self.clause()
        law = self.shipped("law_be_consumer")
        self.assertEqual(self.costs("law_be_consumer", "100"), [20])
        law.tier_ids[0].flat = 25
        self.assertEqual(self.costs("law_be_consumer", "100"), [25])
        law.tier_ids = [Command.clear()]
        self.assertEqual(self.costs("law_be_consumer", "100"), [0])

    def test_interest_of_the_laws(self):
        for name, start, until, expected in (
            # 5,000 × (16 × 12.5 + 15 × 11.5) / 36,500
            ("law_be_business", "2024-12-16", "2025-01-15", "51.03"),
            # 5,000 × (11 × 11.15 + 10 × 10.15) / 36,500
            ("law_nl_business", "2025-06-20", "2025-07-10", "30.71"),
            # 6 % of 5,000 for 2025; then 5,300 × 4 × 31 / 36,500
            ("law_nl_consumer", "2025-01-01", "2026-01-31", "318.01"),
            # (2.27 + 9) % and (2.27 + 5) % of 5,000 for 31 days
            ("law_de_business", "2025-01-01", "2025-01-31", "47.86"),
            ("law_de_consumer", "2025-01-01", "2025-01-31", "30.87"),
            # 5,000 × 2.62 × 30 / 36,500: from 1 July on no rate is known
            ("law_fr_consumer", "2026-06-01", "2026-07-31", "10.77"),
        ):
            with self.subTest(law=name):
                found = self.shipped(name)._interest(self.company, D(5000), day(start), day(until), day(start))
                self.assertEqual(found.amount, D(expected))
                self.assertEqual(sum(stretch.amount for stretch in found.stretches), found.amount)

    def test_interest_of_what_has_not_begun_is_nothing(self):
        found = self.shipped("law_fr_consumer")._interest(self.company, D(5000), None, DUE, DUE)
        self.assertEqual((found.amount, found.stretches), (0, ()))

    def test_interest_with_a_payment_and_a_credit_note(self):
        found = self.shipped("law_be_business")._interest(
            self.company, D(1000), day("2025-01-01"), day("2025-01-31"), DUE,
            reductions=[(day("2025-01-10"), D(400))], credited=D(400))
        # 11.5 × (600 × 10 + 200 × 21) / 36,500
        self.assertEqual(found.amount, D("3.21"))

    def test_reminders_cost_what_the_law_lets_them(self):
        law = self.shipped("law_be_consumer")

        def cost(number, channel="email", rank=1):
            return law._reminder_cost(self.company, number, DUE, channel, rank)

        self.assertEqual(cost(2), 0, "without a clause")
        self.clause(dunning_postage=1.5)
        self.assertEqual([cost(1), cost(2), cost(3)], [0, D("7.5"), D("7.5")])
        self.assertEqual([cost(1, "letter"), cost(2, "letter")], [0, D("9")])
        # the fourth due date of a year, with regular deliveries only
        self.assertEqual(cost(1, rank=4), 0)
        self.company.dunning_regular_deliveries = True
        self.assertEqual([cost(1, rank=rank) for rank in (1, 3, 4)], [0, 0, D("7.5")])
        for name in ("law_de_consumer", "law_fr_consumer", "law_lu_consumer", "law_nl_consumer", "law_be_business"):
            with self.subTest(name):
                self.assertEqual(self.shipped(name)._reminder_cost(self.company, 3, DUE, "letter"), 0)

    # -- The clause of the sales conditions --------------------------------------------------------------------------

    def charged(self, invoiced=DUE):
        law = self.shipped("law_be_consumer")
        interest = law._interest(self.company, D(1000), day("2026-01-01"), day("2026-01-31"), invoiced).amount
        return (*self.costs("law_be_consumer", "1000", invoiced=invoiced), interest)

    def test_belgian_consumer_owes_nothing_without_a_clause(self):
        law = self.shipped("law_be_consumer")
        self.assertEqual(self.charged(), (0, 0))
        self.assertIn("none", law._clause_refusal(self.company, DUE))
        self.clause(dunning_clause_mutual=False)
        self.assertEqual(self.charged(), (0, 0))
        self.assertIn("promise", law._clause_refusal(self.company, DUE))
        self.clause()
        # 1,000 × 10.5 × 31 / 36,500
        self.assertEqual(self.charged(), (90, D("8.92")))
        self.assertFalse(law._clause_refusal(self.company, DUE))
        self.assertEqual(self.charged(invoiced=day("2023-09-30")), (0, 0))
        self.assertIn("older", law._clause_refusal(self.company, day("2023-09-30")))
        # other laws ask for none
        self.company.dunning_clause = False
        self.assertFalse(self.shipped("law_nl_consumer")._clause_refusal(self.company, DUE))

    def own(self, since="2023-10-01", **vals):
        self.clause(since, dunning_clause_amounts="own", **{
            f"dunning_clause_{name}": value for name, value in vals.items()})

    def test_clause_that_asks_less_is_what_counts(self):
        self.own(percent=4, maximum=500, rate=6, reminder=5)
        # 4 % of 1,000; 1,000 × 6 × 31 / 36,500
        self.assertEqual(self.charged(), (40, D("5.10")))
        self.assertEqual(self.shipped("law_be_consumer")._reminder_cost(self.company, 2, DUE, "email"), 5)

    def test_clause_holds_for_the_invoices_after_it(self):
        self.clause()
        claims = [(D(1000), day("2023-09-30")), (D(1000), day("2023-10-01"))]
        self.assertEqual(self.shipped("law_be_consumer")._costs(self.company, claims, True), [0, 90])

    def test_clause_that_asks_more_is_void(self):
        for label, vals in (
            ("costs", {"percent": 10, "minimum": 40}),
            ("interest", {"rate": 12.5}),
            ("reminders", {"reminder": 7.51}),
        ):
            with self.subTest(label):
                self.own(**{"percent": 0, "minimum": 0, "rate": 0, "reminder": 0, **vals})
                self.assertEqual(self.charged(), (0, 0))
                self.assertIn("void", self.shipped("law_be_consumer")._clause_refusal(self.company, DUE))
        # 12 % was allowed on 1 October 2023, and is held below the later rates
        self.own(percent=0, minimum=0, rate=12, reminder=0)
        self.assertEqual(self.charged(), (0, D("8.92")))

    def test_clause_from_before_the_law_is_reduced(self):
        self.own("2020-01-01", percent=15, minimum=75, rate=15, reminder=20)
        self.assertEqual(self.charged(), (90, D("8.92")))
        self.assertEqual(self.shipped("law_be_consumer")._reminder_cost(self.company, 2, DUE, "email"), D("7.5"))

    def test_clause_has_a_date(self):
        with self.assertRaisesRegex(ValidationError, "since when"):
            self.company.dunning_clause = True

    # -- Rates -------------------------------------------------------------------------------------------------------

    def test_laws_follow_a_new_rate_of_the_central_bank(self):
        start = day("2027-01-01")
        names = ("law_nl_business", "law_lu_business", "law_eu_business", "law_fr_business")
        self.assertEqual([rate_on(start, self.shipped(name)._rates(self.company)) for name in names], [None] * 4)
        rate = self.env["dunning.interest.rate"].create({
            "kind_id": self.shipped("interest_kind_ecb").id, "date": start, "percent": 2.65, "source": "ECB"})
        self.assertEqual(rate.date_to, day("2027-06-30"))
        self.assertEqual(
            [rate_on(start, self.shipped(name)._rates(self.company)) for name in names],
            [D("10.65"), D("10.65"), D("10.65"), D("12.65")])
        rate.percent = 2.9
        self.assertEqual(rate_on(start, self.shipped(names[0])._rates(self.company)), D("10.9"))
        rate.unlink()
        self.assertIsNone(rate_on(start, self.shipped(names[0])._rates(self.company)))

    def test_rate_out_of_date_is_shown(self):
        kind, law = self.shipped("interest_kind_ecb"), self.shipped("law_nl_business")
        for today, expected in (("2026-12-31", False), ("2027-01-01", True)):
            with self.subTest(today), freeze_time(today):
                self.env.invalidate_all()
                self.assertEqual(kind.is_outdated, expected)
                self.assertEqual("12/31/2026" in (kind.warning or ""), expected)
                self.assertEqual(law.warning, kind.warning)
                found = kind.search([("is_outdated", "=", True)])
                self.assertEqual(kind in found, expected)
                self.assertEqual(kind in kind.search([("is_outdated", "=", False)]), not expected)
                self.assertEqual(
                    law in self.laws.search([("interest_kind_id.is_outdated", "=", True)]), expected)
        with freeze_time("2026-11-23"):
            self.env.invalidate_all()
            # what was not found is asked for from the first day
            self.assertEqual(
                kind.search([("is_outdated", "=", True)]),
                self.shipped("interest_kind_fr_legal") + self.shipped("interest_kind_lu_legal"))
        empty = kind.create({"name": "New"})
        self.assertIn("no rate", empty.warning)

    def test_rates_hold_for_their_period(self):
        rates = self.env["dunning.interest.rate"]
        for name, start, expected in (
            ("interest_kind_ecb", "2027-07-01", "2027-12-31"), ("interest_kind_be_legal", "2027-01-01", "2027-12-31"),
        ):
            rate = rates.create({
                "kind_id": self.shipped(name).id, "date": start, "percent": 1, "source": "x"})
            self.assertEqual(rate.date_to, day(expected))
        for name, start in (("interest_kind_ecb", "2028-06-17"), ("interest_kind_be_legal", "2028-07-01")):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "in force"):
                rates.create({"kind_id": self.shipped(name).id, "date": start, "percent": 1, "source": "x"})
        fixed = self.env["dunning.interest.kind"].create({
            "name": "Fixed", "period": "changes",
            "rate_ids": [Command.create({"date": "2020-03-17", "percent": 5, "source": "x"})]})
        self.assertFalse(fixed.rate_ids.date_to)
        self.assertFalse(fixed.is_outdated)
        with self.assertRaises(ValidationError):
            fixed.period = "year"

    def test_one_rate_a_day(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.shipped("interest_rate_ecb_2026_1").copy().flush_recordset()

    # -- Import ------------------------------------------------------------------------------------------------------

    def load(self, text, kind="interest_kind_ecb", encoding="utf-8"):
        return self.env["dunning.interest.import"].create({
            "kind_id": self.shipped(kind).id, "data": base64.b64encode(text.encode(encoding)), "filename": "rates.csv",
            "source": "The bank"}).action_import()

    def test_import(self):
        kind = self.shipped("interest_kind_ecb")
        before = len(kind.rate_ids)
        for label, text in (
            ("comma", "date,percent,source\n2027-01-01,2.65,Notice 1\n2026-07-01,2.40,\n"),
            ("semicolon, decimal comma, day first",
             "Date;Rate;Source\r\n01/01/2027;2,65 %;Notice 1\r\n1.7.2026;2,40\r\n"),
            ("tabs and a byte order mark",
             "\ufeffdate\tpercent\tsource\n2027-01-01\t2.65\tNotice 1\n\n2026-07-01\t2.4\n"),
        ):
            with self.subTest(label):
                kind.rate_ids.filtered(lambda rate: rate.date == day("2027-01-01")).unlink()
                self.shipped("interest_rate_ecb_2026_2").write({"percent": 2.3, "standing": "memory"})
                self.load(text)
                self.assertEqual(len(kind.rate_ids), before + 1)
                self.assertRecordValues(kind.rate_ids.sorted("date")[-2:], [
                    {"date": day("2026-07-01"), "percent": 2.4, "source": "The bank", "standing": "verified"},
                    {"date": day("2027-01-01"), "percent": 2.65, "source": "Notice 1", "standing": "verified"}])
        self.assertEqual(
            rate_on(day("2027-01-01"), self.shipped("law_nl_business")._rates(self.company)), D("10.65"))

    def test_import_tells_every_wrong_line_and_keeps_nothing(self):
        kind = self.shipped("interest_kind_ecb")
        before = kind.rate_ids
        with self.assertRaises(UserError) as caught:
            self.load("date,percent\n2027-01-01,2.65\n2027-02-01,2.65\nsoon,2\n2027-07-01,much\n2027-07-01,nan\n")
        for line in ("Line 3", "Line 4", "Line 5", "Line 6"):
            self.assertIn(line, str(caught.exception))
        self.assertNotIn("Line 2", str(caught.exception))
        self.assertEqual(kind.rate_ids, before)
        for text, encoding in (
            ("", "utf-8"), ("day,amount\n2027-01-01,2\n", "utf-8"), ("date,percent\n", "utf-8"),
            ("date,percent,source\n2027-01-01,2,é", "latin-1"),
        ):
            with self.subTest(text), self.assertRaises(UserError):
                self.load(text or " ", encoding=encoding)

    # -- Who may -----------------------------------------------------------------------------------------------------

    def test_managers_change_the_law_and_others_read_it(self):
        user = new_test_user(self.env, "law_user", groups="debto_dunning.group_dunning_user")
        manager = new_test_user(self.env, "law_manager", groups="debto_dunning.group_dunning_manager")
        for record, field in (
            (self.shipped("law_be_consumer"), "wait_days"), (self.shipped("law_be_consumer").tier_ids[0], "flat"),
            (self.shipped("interest_kind_ecb"), "sequence"), (self.shipped("interest_rate_ecb_2026_1"), "percent"),
        ):
            with self.subTest(record._name):
                self.assertTrue(record.with_user(user).display_name)
                with self.assertRaises(AccessError):
                    record.with_user(user).write({field: 3})
                record.with_user(manager).write({field: 3})
        with self.assertRaises(AccessError):
            self.env["dunning.interest.import"].with_user(user).create({
                "kind_id": self.shipped("interest_kind_ecb").id, "data": "eA==", "source": "x"})

    def test_law_is_entered_on_its_form(self):
        manager = new_test_user(self.env, "law_manager", groups="debto_dunning.group_dunning_manager")
        with Form(self.laws.with_user(manager)) as form:
            form.name = "Spain: businesses"
            form.kind = "business"
            form.country_id = self.countries["es"]
            form.date_from = "2026-01-01"
            form.source = "Ley 3/2004"
            form.interest_kind_id = self.shipped("interest_kind_ecb")
            form.interest_margin = 8
            form.cost_at_once = 40
            with form.tier_ids.new() as tier:
                tier.above = 100
                tier.flat = 50
        self.company.dunning_law_of = "debtor"
        law = self.law("business", "es")
        self.assertEqual(law.name, "Spain: businesses")
        self.assertEqual(law._costs(self.company, [(D(200), DUE)], True), [50])
