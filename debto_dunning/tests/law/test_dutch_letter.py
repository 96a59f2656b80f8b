"""The letter to a Dutch consumer: when it counts as delivered, and what regular instalments may cost."""

from datetime import date, timedelta
from decimal import Decimal

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ...tools import waiting_time
from ...tools.collection_costs import capped
from .asked_common import AskedCommon
from .charge_common import day

D = Decimal


@tagged("-at_install", "post_install", "debto_dunning")
class TestDutchTerm(BaseCase):
    def test_proved_delivery(self):
        """(medium, delivered, first day, last day) of a letter or e-mail of Monday 9 March 2026."""
        rule = waiting_time.Rule(2, "dutch_post", 1, True, 15, True, True, 21)
        for medium, delivered, first, last in (
            # by post on Wednesday the 11th; fifteen days to Thursday the 26th
            ("post", None, "2026-03-12", "2026-03-26"),
            ("post", "2026-03-13", "2026-03-14", "2026-03-30"),  # the 28th is a Saturday
            ("post", "2026-03-10", "2026-03-11", "2026-03-25"),
            # three weeks from the 9th, a Monday
            ("email", None, "2026-03-11", "2026-03-30"),
            ("email", "2026-03-09", "2026-03-10", "2026-03-24"),
        ):
            with self.subTest(medium=medium, delivered=delivered):
                term = waiting_time.term(
                    day("2026-03-09"), medium, rule, "NL", delivered and date.fromisoformat(delivered))

                self.assertEqual((term.first, term.last), (day(first), day(last)))

    def test_law_that_counts_from_the_posting(self):
        """Belgium: from the third working day after posting, whenever the letter came."""
        rule = waiting_time.Rule(3, "working", 1, False, 14, False)

        term = waiting_time.term(day("2023-09-18"), "post", rule, "BE", day("2023-09-25"))

        self.assertEqual((term.first, term.over), (day("2023-09-21"), day("2023-10-05")))

    def test_costs_within_a_bound(self):
        """(costs, asked before, room, allowed)"""
        for costs, before, room, allowed in (
            (["40", "40"], ["0", "0"], "140", ["40", "40"]),
            (["40", "40", "40", "40"], ["0"] * 4, "140", ["35", "35", "35", "35"]),
            (["40"], ["0"], "0", ["0"]),
            (["40"], ["40"], "0", ["40"]),
            (["40", "40"], ["40", "0"], "60", ["40", "20"]),
            (["10", "10", "10"], ["0"] * 3, "10", ["3.33", "3.34", "3.33"]),
            ([], [], "140", []),
        ):
            with self.subTest(costs=costs, room=room):
                self.assertEqual(
                    capped([D(cost) for cost in costs], [D(asked) for asked in before], D(room)),
                    [D(cost) for cost in allowed])


@tagged("-at_install", "post_install", "debto_dunning")
class TestDutchLetter(AskedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_consumer("De Vries", "nl")
        cls.law = cls.env.ref("debto_dunning.law_nl_consumer")
        cls.second.write({"days": 10, "waits_for_law": True})
        cls.last.active = False

    def posted(self, on="2026-03-09"):
        """An invoice of 1,000 due on 2 March, and the letter about it, posted on a day."""
        self.customer.email = False
        invoice = self.invoice_due("2026-03-02", 1000, self.customer)
        letter = self.night(on)
        self.assertEqual(letter.channel, "letter")
        letter._mark_notified(day(on))
        return invoice, letter

    # -- The day of delivery -----------------------------------------------------------------------------------------

    def test_term_counts_from_the_proved_delivery(self):
        invoice, letter = self.posted()
        self.assertEqual(letter.line_ids.charge_from, day("2026-03-27"))

        with freeze_time("2026-03-14 09:00:00"):
            letter.delivered_on = "2026-03-13"

        self.assertEqual(letter.line_ids.charge_from, day("2026-03-31"))
        self.assertLeft(invoice, "law_wait", day("2026-03-28"))
        self.assertAsked(self.night("2026-03-31"), 150, 3.18)
        self.assertIn("03/13/2026", str(letter.message_ids.mapped("body")))

    def test_later_delivery_takes_back_what_was_asked_too_early(self):
        invoice, letter = self.posted()
        asked = self.night("2026-03-27")
        self.assertAsked(asked, 150, 2.74)

        with freeze_time("2026-03-28 09:00:00"):
            letter.delivered_on = "2026-03-13"

        self.assertAskedEverywhere("2026-03-28", invoice, 1000, asked)

    def test_clerk_enters_the_day_and_nobody_a_day_that_cannot_be(self):
        _invoice, letter = self.posted()
        clerk = self.make_user("clerk", "debto_dunning.group_dunning_user")
        employee = self.make_user("employee", "base.group_user")

        with freeze_time("2026-03-14 09:00:00"):
            letter.with_user(clerk).write({"delivered_on": "2026-03-13"})
            for impossible in ("2026-03-08", "2026-03-15"):
                with self.assertRaises(ValidationError):
                    letter.with_user(clerk).write({"delivered_on": impossible})
            with self.assertRaises(AccessError):
                letter.with_user(employee).write({"delivered_on": "2026-03-13"})

        self.assertEqual(letter.line_ids.charge_from, day("2026-03-31"))

    def test_what_has_not_left_was_not_delivered(self):
        self.customer.email = False
        self.invoice_due("2026-03-02", 1000, self.customer)
        letter = self.night("2026-03-09")
        clerk = self.make_user("clerk", "debto_dunning.group_dunning_user")

        with self.assertRaises(AccessError):
            letter.with_user(clerk).write({"delivered_on": "2026-03-09"})

    # -- By e-mail ---------------------------------------------------------------------------------------------------

    def test_email_without_proof_counts_from_three_weeks(self):
        self.invoice_due("2026-03-02", 1000, self.customer)

        notice = self.night("2026-03-09")

        self.assertEqual((notice.channel, notice.line_ids.charge_from), ("email", day("2026-03-31")))
        self.assertAsked(self.night("2026-03-31"), 150, 3.18)

    def test_email_that_the_customer_has_answered(self):
        self.invoice_due("2026-03-02", 1000, self.customer)
        notice = self.night("2026-03-09")

        with freeze_time("2026-03-11 09:00:00"):
            notice.delivered_on = "2026-03-10"

        self.assertEqual(notice.line_ids.charge_from, day("2026-03-26"))

    def test_notice_by_letter_where_the_company_chose_it(self):
        self.company.dunning_email_notice = "letter"
        invoice = self.invoice_due("2026-03-02", 1000, self.customer)
        belgian = self.make_consumer("Peeters", "be")
        self.invoice_due("2026-03-02", 1000, belgian)

        made = self.night("2026-03-09")

        self.assertEqual(
            {one.customer_id.name: (one.channel, one.line_ids.is_notice) for one in made},
            {"De Vries": ("letter", True), "Peeters": ("email", True)})
        made.filtered(lambda one: one.channel == "letter")._mark_notified(day("2026-03-09"))
        self.assertEqual(self.night("2026-03-27").filtered(
            lambda one: invoice in one.line_ids.move_id).channel, "email")

    def test_customer_without_address_gets_the_notice_by_email_all_the_same(self):
        self.company.dunning_email_notice = "letter"
        self.customer.write({"street": False, "zip": False, "city": False})
        self.invoice_due("2026-03-02", 1000, self.customer)

        notice = self.night("2026-03-09")

        self.assertEqual((notice.channel, notice.line_ids.charge_from), ("email", day("2026-03-31")))

    def test_check_up_names_the_risk(self):
        for choice, is_named in (("weeks", True), ("letter", False)):
            self.company.dunning_email_notice = choice

            found = self.env["dunning.checkup.rules"]._check(self.company, self.policy, self.law)

            self.assertEqual(
                any("accepted an e-mail does not prove it" in message for _severity, message in found), is_named)

    # -- Regular instalments -----------------------------------------------------------------------------------------

    def instalments(self, *dues, amount=100.0, regular=True):
        self.company.dunning_regular_deliveries = regular
        return [self.invoice_due(due, amount, self.customer) for due in dues]

    def asked_in_all(self):
        return round(sum(self.env["dunning.charge"].search([
            ("customer_id", "=", self.customer.id)]).mapped("cost_amount")), 2)

    def announced(self, communication):
        return round(sum(float(line.calculation["announced"]) for line in communication.line_ids if line.is_notice), 2)

    def run_instalments(self, dues, **vals):
        """One notice and one claim for each instalment; returns what the notices announced, in their order."""
        announced = []
        for due in dues:
            self.instalments(due, **vals)
            for later in (7, 45):
                made = self.night(str(day(due) + timedelta(days=later)))
                announced += [self.announced(one) for one in made if any(one.line_ids.mapped("is_notice"))]
        return announced

    def test_costs_of_many_instalments_in_one_notice(self):
        # 12 × 100: 15 % of 1,200 would be 180
        self.instalments(*(["2026-03-02"] * 12))

        notice = self.night("2026-03-09")
        asked = self.night("2026-03-31")

        self.assertEqual(self.announced(notice), 140)
        self.assertEqual(round(sum(asked.line_ids.mapped("amount_cost")), 2), 140)
        self.assertIn("regular instalments", str(asked._render_mail()["body"]))

    def test_without_regular_deliveries_there_is_no_bound(self):
        self.instalments(*(["2026-03-02"] * 12), regular=False)

        self.assertEqual(self.announced(self.night("2026-03-09")), 180)

    def test_instalments_that_are_not_small(self):
        self.instalments(*(["2026-03-02"] * 5), amount=266.67)

        self.assertEqual(self.announced(self.night("2026-03-09")), 200)

    def test_small_ones_just_below(self):
        self.instalments(*(["2026-03-02"] * 5), amount=266.66)

        self.assertEqual(self.announced(self.night("2026-03-09")), 140)

    def test_before_october_2024(self):
        self.instalments(*(["2024-08-01"] * 12))

        self.assertEqual(self.announced(self.night("2024-08-08")), 180)

    def test_bound_holds_from_one_notice_to_the_next(self):
        self.instalments(*(["2026-01-05"] * 8))
        self.assertEqual(self.announced(self.night("2026-01-12")), 120)
        asked = self.night("2026-02-05")
        self.assertEqual(round(sum(asked.line_ids.mapped("amount_cost")), 2), 120)

        self.instalments("2026-03-02")
        second = self.night("2026-03-09")
        self.assertEqual(self.announced(second), 15)  # 900 together: 135
        self.instalments("2026-04-01")
        third = self.night("2026-04-08")
        self.assertEqual(self.announced(third), 5)
        for on in ("2026-04-01", "2026-05-04"):
            self.night(on)

        self.assertEqual(self.asked_in_all(), 140)

    def test_what_was_paid_after_it_was_asked_counts(self):
        invoices = self.instalments(*(["2026-01-05"] * 8))
        self.night("2026-01-12")
        self.night("2026-02-05")
        for invoice in invoices:
            self.pay_on(invoice, "2026-02-06")

        self.instalments("2026-03-02")

        self.assertEqual(self.announced(self.night("2026-03-09")), 20)

    def test_what_was_paid_in_time_does_not_count(self):
        invoices = self.instalments(*(["2026-01-05"] * 8))
        self.night("2026-01-12")
        for invoice in invoices:
            self.pay_on(invoice, "2026-01-13")

        self.instalments("2026-03-02")

        self.assertEqual(self.announced(self.night("2026-03-09")), 40)

    def test_half_a_year_later_there_is_room_again(self):
        self.instalments(*(["2026-01-05"] * 12))
        self.night("2026-01-12")
        asked = self.night("2026-02-05")
        self.assertEqual(round(sum(asked.line_ids.mapped("amount_cost")), 2), 140)
        for invoice in asked.line_ids.move_id:
            self.pay_on(invoice, "2026-02-06")
        self.run_night(day("2026-02-07"))

        self.instalments("2026-07-30")
        self.assertEqual(self.announced(self.night("2026-08-06")), 40)

    def test_what_is_announced_is_what_is_asked(self):
        announced = self.run_instalments(("2026-01-05", "2026-02-02", "2026-03-02", "2026-04-01", "2026-05-04"))

        # each alone: 40; the others still open add up, as one notice for all would cost
        self.assertLessEqual(sum(announced), 140)
        self.assertLessEqual(self.asked_in_all(), sum(announced))

    def test_no_query_for_each_instalment(self):
        counts = []
        for number in (3, 9):
            customer = self.make_consumer(f"Buyer {number}", "nl")
            self.company.dunning_regular_deliveries = True
            for _one in range(number):
                self.invoice_due("2026-03-02", 100, customer)
            items = self.env["account.move.line"].search([
                ("partner_id", "=", customer.id), ("account_type", "=", "asset_receivable")])
            claims = self.env["dunning.claim"]._claims(self.company, day("2026-03-09"), items.ids)
            calculator = self.env["dunning.charge.calculator"]
            calculator._costs_by_debtor([self.debtor_of(customer).id], claims)
            self.env.flush_all()
            before = self.cr.sql_log_count
            calculator._costs_by_debtor([self.debtor_of(customer).id], claims)
            counts.append(self.cr.sql_log_count - before)

        self.assertEqual(*counts)
