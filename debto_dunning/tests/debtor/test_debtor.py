"""A debtor: its nightly figures, its kind, and who is in charge."""

from datetime import date

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from ..common import NIGHT, DunningCommon, days_ago, days_later


@tagged("-at_install", "post_install", "debto_dunning")
class TestFigures(DunningCommon):
    def refresh(self, night=NIGHT):
        self.env["dunning.debtor"]._refresh(self.company, night)

    def assertFigures(self, partner, **expected):
        debtor = self.debtor_of(partner)
        self.assertEqual({name: debtor[name] for name in expected}, expected)

    def test_payment_behaviour(self):
        """Each case: invoices of a customer as (overdue, payments as (amount of 100, days before the night))."""
        cases = [
            # settled, average days late, share late, last payment
            ("nothing", [], (0, 0, 0, False)),
            ("open", [(10, [])], (0, 0, 0, False)),
            ("on the day", [(10, [(100, 10)])], (1, 0, 0, days_ago(10))),
            ("early", [(10, [(100, 15)])], (1, -5, 0, days_ago(15))),
            ("late", [(10, [(100, 3)])], (1, 7, 100, days_ago(3))),
            ("in parts: the last counts", [(30, [(40, 35), (60, 10)])], (1, 20, 100, days_ago(10))),
            ("in part only", [(30, [(40, 5)])], (0, 0, 0, days_ago(5))),
            ("early and late", [(30, [(100, 40)]), (30, [(100, 10)])], (2, 5, 50, days_ago(10))),
            ("three", [(30, [(100, 20)]), (30, [(100, 30)]), (30, [(100, 30)])], (3, 3.3, 33.3, days_ago(20))),
            ("open ones beside", [(30, [(100, 20)]), (90, [])], (1, 10, 100, days_ago(20))),
        ]
        customers = {}
        for name, invoices, _expected in cases:
            customers[name] = self.make_customer(name)
            for overdue, payments in invoices:
                invoice = self.make_invoice(100, overdue, partner=customers[name])
                for amount, when in payments:
                    self.pay(invoice, amount, when)
        for customer in customers.values():
            self.debtor_of(customer)

        self.refresh()

        for name, _invoices, (settled, average, share, last) in cases:
            with self.subTest(name):
                self.assertFigures(customers[name], settled_count=settled, average_days_late=average,
                                   share_late=share, last_payment_date=last)

    def test_each_instalment_has_its_own_days(self):
        invoice = self.make_invoice(100, instalments=[(50, 30), (50, 10)])
        self.pay(invoice, 50, when=30)

        self.refresh()

        self.assertFigures(self.customer, settled_count=1, average_days_late=0, share_late=0, open_count=1,
                           oldest_due_date=days_ago(10))

        self.pay(invoice, 50, when=0)

        self.refresh()
        self.assertFigures(self.customer, settled_count=2, average_days_late=5, share_late=50, open_count=0,
                           oldest_due_date=False)

    def test_open_and_overdue(self):
        self.make_invoice(100, 1)
        self.make_invoice(50, 0)
        self.make_invoice(25, -10)
        self.pay(self.make_invoice(80, 40), 30, when=3)

        self.make_invoice(1000, 10).button_draft()
        self.refresh()

        self.assertFigures(
            self.customer, open_amount=225, overdue_amount=150, open_count=4, overdue_count=2, unapplied_amount=0,
            oldest_due_date=days_ago(40))

        self.refresh(days_later(1))
        self.assertFigures(self.customer, overdue_amount=200, overdue_count=3)

    def test_unapplied(self):
        self.make_invoice(100)
        self.make_credit_note(30)
        self.make_payment(20)

        self.refresh()

        self.assertFigures(self.customer, open_amount=100, overdue_amount=100, unapplied_amount=50, open_count=1)

    def test_refunds_only(self):
        self.make_credit_note(30)

        self.refresh()

        self.assertFigures(
            self.customer, open_amount=0, overdue_amount=0, open_count=0, unapplied_amount=30, settled_count=0,
            oldest_due_date=False, last_payment_date=False, average_days_late=0, share_late=0)

    def test_amounts_in_the_company_s_currency(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        usd.rate_ids.unlink()
        self.env["res.currency.rate"].create({
            "currency_id": usd.id, "name": date(2020, 1, 1), "rate": 4, "company_id": self.company.id})
        self.make_invoice(100, currency_id=usd.id)

        self.refresh()

        self.assertFigures(self.customer, open_amount=25, overdue_amount=25)

    def test_contacts_count_with_their_customer(self):
        contact = self.make_customer("Contact", parent_id=self.customer.id, is_company=False)
        self.make_invoice(100)
        self.make_invoice(50, partner=contact)

        self.refresh()

        self.assertFigures(self.customer, open_amount=150, open_count=2)
        self.assertFalse(self.env["dunning.debtor"].search([("partner_id", "=", contact.id)]))

    def test_figures_fall_back_when_paid(self):
        invoice = self.make_invoice(100)

        self.refresh()
        self.assertFigures(self.customer, open_amount=100, overdue_count=1, oldest_due_date=days_ago(10))

        self.pay(invoice)

        self.refresh()
        self.assertFigures(self.customer, open_amount=0, overdue_count=0, oldest_due_date=False)

    def test_unchanged_files_are_not_written(self):
        self.make_invoice(100)
        self.make_invoice(100, partner=self.make_customer("Other"))

        self.refresh()

        self.assertEqual(self.env["dunning.debtor"]._refresh(self.company, NIGHT), 0)

        self.make_invoice(100)
        self.assertEqual(self.env["dunning.debtor"]._refresh(self.company, NIGHT), 1)

    def test_missing_files_are_made(self):
        self.make_invoice()

        self.env["dunning.debtor"].search([("company_id", "=", self.company.id)]).unlink()
        self.refresh()

        self.assertEqual(self.env["dunning.debtor"].search([("company_id", "=", self.company.id)]).partner_id,
                         self.customer)

    def test_first_invoice_makes_the_file(self):
        contact = self.make_customer("Contact", parent_id=self.customer.id, is_company=False)
        domain = [("partner_id", "=", self.customer.id)]

        self.assertFalse(self.env["dunning.debtor"].search(domain))

        self.make_invoice(partner=contact)
        self.assertEqual(self.env["dunning.debtor"].search(domain).company_id, self.company)

    @mute_logger("odoo.sql_db")
    def test_one_file_a_customer_and_company(self):
        self.debtor_of(self.customer)

        with self.assertRaises(UniqueViolation):
            self.env["dunning.debtor"].create({"partner_id": self.customer.id, "company_id": self.company.id})

    def test_file_with_contacts_is_not_deleted(self):
        self.say(self.make_invoice(), self.first)

        with self.assertRaisesRegex(UserError, "Archive"):
            self.debtor_of(self.customer).unlink()


@tagged("-at_install", "post_install", "debto_dunning")
class TestKind(DunningCommon):
    def test_business_or_consumer(self):
        """The debtor, its search and the statement agree."""
        consumer_policy = self.make_policy("Consumers", (1, 1, 0))
        self.company.dunning_consumer_policy_id = consumer_policy

        for is_company, vat, override, kind in (
            (True, False, False, "business"),
            (False, False, False, "consumer"),
            (False, "BE0477472701", False, "business"),
            (False, "/", False, "consumer"),
            (True, False, "consumer", "consumer"),
            (False, False, "business", "business"),
            (False, "BE0477472701", "consumer", "consumer"),
        ):
            with self.subTest(is_company=is_company, vat=vat, override=override):
                customer = self.make_customer("Kind", is_company=is_company, vat=vat)
                debtor = self.debtor_of(customer, kind_override=override)
                row = self.look(self.make_invoice(partner=customer))
                self.assertEqual(debtor.kind, kind)
                self.assertEqual(row.policy == consumer_policy.id, kind == "consumer")
                for value in ("business", "consumer"):
                    found = debtor.search([("kind", "=", value), ("id", "=", debtor.id)])
                    self.assertEqual(bool(found), value == kind)


@tagged("-at_install", "post_install", "debto_dunning")
class TestPersonInCharge(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.ben, cls.cas = (
            new_test_user(cls.env, login=f"collector_{name}", groups="account.group_account_invoice")
            for name in ("ann", "ben", "cas"))

    def rule(self, user, sequence, **vals):
        return self.env["dunning.collector.rule"].create({
            "user_id": user.id, "sequence": sequence, "company_id": self.company.id, **vals})

    def collector(self, partner):
        self.env["dunning.debtor"]._refresh(self.company, NIGHT)
        return self.debtor_of(partner).user_id

    def test_first_rule_that_fits(self):
        segment = self.env["dunning.segment"].create({"name": "Watch"})
        france, belgium = self.env.ref("base.fr"), self.env.ref("base.be")
        self.rule(self.cas, 50)
        self.rule(self.ben, 20, segment_ids=[Command.set(segment.ids)])
        self.rule(self.ann, 10, country_ids=[Command.set(france.ids)], minimum_overdue=500)
        self.rule(self.ben, 30, salesperson_ids=[Command.set(self.cas.ids)])
        self.rule(self.ann, 1, active=False)

        for partner_vals, in_segment, amount, expected in (
            ({"country_id": belgium.id}, False, 900, self.cas),
            ({"country_id": france.id}, False, 499, self.cas),
            ({"country_id": france.id}, False, 500, self.ann),
            ({"country_id": france.id}, True, 500, self.ann),
            ({"country_id": belgium.id}, True, 900, self.ben),
            ({"country_id": belgium.id, "user_id": self.cas.id}, False, 1, self.ben),
            ({"country_id": belgium.id, "user_id": self.ann.id}, False, 1, self.cas),
            ({"country_id": False}, False, 900, self.cas),
        ):
            with self.subTest(partner=partner_vals, segment=in_segment, amount=amount):
                customer = self.make_customer("Case", **partner_vals)
                self.make_invoice(amount, partner=customer)
                self.debtor_of(customer, segment_id=in_segment and segment.id)
                self.assertEqual(self.collector(customer), expected)

    def test_chosen_by_hand_stays(self):
        self.rule(self.ann, 1)
        self.make_invoice()
        debtor = self.debtor_of(self.customer)
        debtor.user_id = self.ben

        self.assertEqual(self.collector(self.customer), self.ben)

        debtor.user_id = False
        self.assertEqual(self.collector(self.customer), self.ann)

    def test_rules_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.rule(self.ann, 1, company_id=other.id)
        self.make_invoice()

        self.assertFalse(self.collector(self.customer))

    def test_substitute_while_away(self):
        debtor = self.debtor_of(self.customer, user_id=self.ann.id)

        def away(user, substitute, first, last):
            return self.env["dunning.absence"].create({
                "user_id": user.id, "substitute_id": substitute.id, "date_from": days_ago(first),
                "date_to": days_ago(last)})

        self.assertEqual(debtor._responsible(), self.ann)

        away(self.ann, self.ben, 5, 0)
        self.assertEqual([debtor._responsible(days_ago(day)) for day in (6, 5, 0, -1)],
                         [self.ann, self.ben, self.ben, self.ann])

        away(self.ben, self.cas, 0, 0)
        self.assertEqual(debtor._responsible(), self.cas)

        away(self.cas, self.ann, 0, 0)
        self.assertEqual(debtor._responsible(), self.cas, "a circle ends with the last who was not asked before")

    def test_nobody_chosen_is_the_company_s(self):
        self.company.dunning_user_id = self.cas

        self.assertEqual(self.debtor_of(self.customer)._responsible(), self.cas)

    def test_night_of_a_customer_known_by_an_opening_entry_only(self):
        self.company.dunning_opening_entries = True
        account = self.company_data["default_account_receivable"]
        entry = self.env["account.move"].create({
            "move_type": "entry", "date": days_ago(200),
            "line_ids": [
                Command.create({"account_id": account.id, "partner_id": self.customer.id, "balance": 70,
                                "date_maturity": days_ago(10)}),
                Command.create({"account_id": self.company_data["default_account_revenue"].id, "balance": -70})],
        })

        entry.action_post()
        run = self.run_night()

        self.assertEqual(run.communication_ids.line_ids.move_id, entry)
