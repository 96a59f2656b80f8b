"""Payment plans and the law: charges that were owed before, no interest while a plan holds, or interest of its own."""

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ...tools.decimals import decimal as D
from ...tools.interest import Rate, rate_on, suspended
from ..law.charge_common import ChargeCommon, day


@tagged("post_install", "-at_install")
class TestSuspended(BaseCase):
    def test_rates_within_and_beside_a_period(self):
        rates = (Rate(day("2026-01-01"), None, D(10)), Rate(day("2026-07-01"), None, D(12)))
        for periods, expected in (
                ([], {"2026-03-01": 10, "2026-08-01": 12}),
                ([("2026-03-01", "2026-03-31")], {
                    "2026-02-28": 10, "2026-03-01": 0, "2026-03-31": 0, "2026-04-01": 10, "2026-07-01": 12}),
                ([("2026-06-01", "2026-08-01")], {"2026-05-31": 10, "2026-07-15": 0, "2026-08-02": 12}),
                ([("2026-06-01", "2026-06-30")], {"2026-06-30": 0, "2026-07-01": 12}),
                ([("2026-03-01", None)], {"2026-02-28": 10, "2027-01-01": 0}),
                ([("2026-03-01", "2026-03-10"), ("2026-03-05", "2026-03-20")], {"2026-03-15": 0, "2026-03-21": 10}),
                ([("2025-12-01", "2025-12-31")], {"2025-12-15": 0, "2026-01-01": 10})):
            found = suspended(rates, [(day(first), last and day(last)) for first, last in periods])
            for on, percent in expected.items():
                with self.subTest(periods=periods, on=on):
                    self.assertEqual(rate_on(day(on), found), percent)


@tagged("post_install", "-at_install")
class TestPaymentPlanLaw(ChargeCommon):
    """A Belgian business owes costs of 40 and 10.5 % (law of 2 August 2002); a consumer after a free reminder."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.business = cls.make_business("Maes", "be")
        cls.consumer = cls.make_consumer("Peeters", "be")

    def plan(self, invoice, on, days, accept=True, **vals):
        """A plan in equal parts on these days."""
        with freeze_time(f"{on} 10:00:00"):
            plans, debtor = self.env["dunning.payment.plan"], self.debtor_of(invoice.partner_id)
            options = {name: vals.pop(name) for name in ("with_charges", "bears_interest") if name in vals}
            days = [day(one) for one in days]
            total = plans._amounts_today(
                debtor, self.items_of(invoice), [(one, 1) for one in days], **options).total
            each = round(total / len(days), 2)
            plan = plans._make(
                debtor, self.items_of(invoice),
                [*((one, each) for one in days[:-1]), (days[-1], round(total - each * (len(days) - 1), 2))],
                rhythm="hand", **options, **vals)
            if accept:
                plan._propose()
                plan._accept("Ann")
            return plan

    def judge(self, on):
        with freeze_time(f"{on} 01:00:00"):
            run = self.run_model.sudo().create({"company_id": self.company.id, "date": on})
            run._phase_refresh()
            run.unlink()

    # -- Charges in it -----------------------------------------------------------------------------------------------

    def test_charges_as_of_today_are_in_it(self):
        self.ask_at_once()
        invoice, charge = self.charged(self.business)
        self.assertEqual((charge.cost_amount, charge.interest_amount), (40, 2.01))

        plan = self.plan(invoice, "2026-03-12", ["2026-04-01", "2026-05-01"])

        # ten days at 10.5 %: 2.88
        self.assertRecordValues(plan, [{
            "amount_principal": 1000, "amount_charges": 42.88, "amount_interest": 0, "amount": 1042.88}])
        self.assertIn("42.88", plan.agreed_text)
        apart = self.plan(
            self.invoice_due("2026-03-02", 500, self.business), "2026-03-12", ["2026-04-01"], with_charges=False)
        self.assertEqual(apart.amount, 500)

    def test_waived_charges_are_not_in_it(self):
        self.ask_at_once()
        invoice, charge = self.charged(self.business)
        charge._waive("a good customer")

        plan = self.plan(invoice, "2026-03-12", ["2026-04-01"])

        self.assertEqual(plan.amount, 1000)

    def test_money_beyond_the_invoices_pays_the_charges(self):
        self.ask_at_once()
        invoice, charge = self.charged(self.business)
        plan = self.plan(invoice, "2026-03-12", ["2026-04-01", "2026-05-01"])

        self.pay_on(invoice, "2026-04-01", 1000)
        self.judge("2026-04-03")
        self.assertEqual((plan.state, round(plan.amount_left, 2)), ("active", 42.88))
        self.make_payment(42.88, partner=self.business, when=-21)
        self.judge("2026-04-04")

        self.assertRecordValues(plan, [{"state": "done", "amount_left": 0}])
        self.assertEqual(charge.amount_due, 0)

    def test_charges_left_alone_break_no_plan(self):
        self.ask_at_once()
        invoice, charge = self.charged(self.business)
        plan = self.plan(invoice, "2026-03-12", ["2026-04-01", "2026-05-01"])

        self.pay_on(invoice, "2026-04-01", 1000)
        self.judge("2026-06-01")

        self.assertEqual(plan.state, "done")
        self.assertGreater(charge.amount_due, 0)

    def test_charges_of_a_plan_are_not_pursued_while_it_holds(self):
        self.ask_at_once()
        invoice, _charge = self.charged(self.business)
        self.policy.left_charges = "pursue"
        plan = self.plan(invoice, "2026-03-12", ["2026-04-01", "2026-05-01"])
        self.pay_on(invoice, "2026-04-01", 1000)

        made = self.night("2026-04-06")

        self.assertEqual(plan.state, "active")
        self.assertNotIn("charges", made.mapped("kind"))

    # -- Interest while it holds -------------------------------------------------------------------------------------

    def test_no_interest_runs_while_it_holds(self):
        self.ask_at_once()
        planned, plain = self.invoice_due("2026-03-02", 1000, self.business), self.invoice_due(
            "2026-03-02", 1000, self.make_business("Nys", "be"))
        self.night("2026-03-09")
        plan = self.plan(planned, "2026-03-12", ["2026-04-01"])

        self.judge("2026-05-01")
        self.assertEqual(plan.state, "broken")
        self.assertEqual(plan.ended_on, day("2026-05-01"))
        claims = self.env["dunning.claim"]._claims(
            self.company, day("2026-05-11"), (self.items_of(planned) | self.items_of(plain)).ids)

        interest = {item: claim.interest_until(
            day("2026-05-11"), claim.first_interest_day(day("2026-05-11"))) for item, claim in claims.items()}
        # ten days before the plan and ten after it, against 70
        self.assertAlmostEqual(float(interest[self.items_of(planned).id].amount), 1000 * 10.5 * 20 / 36500, 2)
        self.assertAlmostEqual(float(interest[self.items_of(plain).id].amount), 1000 * 10.5 * 70 / 36500, 2)

    def test_plan_of_a_consumer_costs_nothing(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.consumer)
        self.night("2026-03-09")
        self.night("2026-04-01")
        charge = self.charges_of(invoice)
        owed = charge.amount_due
        self.assertGreater(owed, 90)

        plan = self.plan(invoice, "2026-04-01", ["2026-05-01", "2026-06-01"])
        self.assertEqual(plan.amount, 1000 + owed)
        self.pay_on(invoice, "2026-05-01", 500)
        self.pay_on(invoice, "2026-06-01", 500)
        self.judge("2026-06-04")

        self.assertAlmostEqual(charge.amount, owed, 2)
        self.assertTrue(charge.is_settled)

    def test_statement_knows_it(self):
        self.ask_at_once()
        invoice = self.invoice_due("2026-03-02", 1000, self.business)
        self.night("2026-03-09")
        self.plan(invoice, "2026-03-12", ["2026-06-01"])

        with freeze_time("2026-05-01 10:00:00"):
            [values] = self.env["dunning.statement"]._for_debtors(self.debtor_of(self.business))

        self.assertEqual(values["sections"][0]["interest"], "2.88")

    # -- Interest of the plan ----------------------------------------------------------------------------------------

    def test_plan_of_a_business_that_bears_interest(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.business)

        plan = self.plan(
            invoice, "2026-03-12", ["2026-03-22", "2026-04-01"], with_charges=False, bears_interest=True)

        # ten days on 1,000 and ten on 500, at 10.5 %: 7.19 in all, of which 2.88 was owed before
        self.assertRecordValues(plan, [{"amount_interest": 4.31, "amount": 1004.31, "amount_charges": 0}])
        self.assertIn("4.31", plan.agreed_text)
        self.assertNotIn("costs nothing", plan.agreed_text)
        claims = self.env["dunning.claim"]._claims(
            self.company, day("2026-04-01"), self.items_of(invoice).ids)
        self.assertFalse(claims[self.items_of(invoice).id].interest_free)
