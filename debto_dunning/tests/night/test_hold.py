"""Pauses: one table, whatever they stem from."""

from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import NIGHT, DunningCommon, days_ago


@tagged("post_install", "-at_install")
class TestHold(DunningCommon):
    def hold(self, **vals):
        return self.env["dunning.hold"].sudo().create(vals)

    # -- What is paused ----------------------------------------------------------------------------------------------

    def test_instalment_on_hold_leaves_the_others(self):
        invoice = self.make_invoice(100, instalments=[(50, 20), (50, 10)])
        held, other = self.items_of(invoice)

        self.hold(move_line_id=held.id)

        decided = self.decide()
        self.assertEqual((decided[held.id].reason, decided[other.id].reason), ("item_hold", None))

    def test_part_on_hold_is_not_asked(self):
        invoice = self.make_invoice(100)
        item = self.items_of(invoice)

        hold = self.hold(move_line_id=item.id, amount=30)

        row = self.assertStep(invoice, self.first)
        self.assertEqual((row.open, row.disputed, row.covered, row.asked), (100, 30, 0, 70))
        self.make_payment(50)
        row = self.assertStep(invoice, self.first)
        self.assertEqual((row.disputed, row.covered, row.asked), (30, 50, 20))
        hold.amount = 100
        self.assertLeft(invoice, "item_hold")

    def test_parts_of_several_holds_are_never_more_than_the_item(self):
        invoice = self.make_invoice(100)
        item = self.items_of(invoice)

        self.hold(move_line_id=item.id, amount=60)
        self.hold(move_line_id=item.id, amount=70)

        row = self.assertLeft(invoice, "item_hold")
        self.assertEqual((row.disputed, row.asked), (100, 0))

    def test_only_what_was_supplied_before_a_day(self):
        before, after = self.make_invoice(overdue=20), self.make_invoice(overdue=10)
        before.delivery_date, after.delivery_date = "2026-01-05", "2026-01-20"

        self.hold(debtor_id=self.debtor_of(self.customer).id, supplied_before="2026-01-20")

        self.assertLeft(before, "debtor_hold")
        self.assertStep(after, self.first)

    def test_exactly_one_of_customer_invoice_and_instalment(self):
        invoice, debtor = self.make_invoice(), self.debtor_of(self.customer)
        for vals in ({}, {"debtor_id": debtor.id, "move_id": invoice.id}, {"move_id": invoice.id, "amount": 5}):
            with self.subTest(vals=vals), self.assertRaises(CheckViolation), self.cr.savepoint(), mute_logger(
                    "odoo.sql_db"):
                self.hold(**vals)

    def test_hold_of_a_branch_belongs_to_its_root(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})

        hold = self.hold(debtor_id=self.debtor_of(self.customer, branch).id)

        self.assertEqual((hold.company_id, hold.partner_id), (self.company, self.customer))

    # -- How long ----------------------------------------------------------------------------------------------------

    def test_of_several_pauses_the_last_day_counts(self):
        invoice = self.make_invoice()
        self.hold(move_id=invoice.id, date_until=days_ago(-3))
        self.hold(move_id=invoice.id, date_until=days_ago(-9))
        self.assertEqual(self.assertLeft(invoice, "item_hold").date, days_ago(-10))

        self.hold(move_id=invoice.id)

        self.assertFalse(self.assertLeft(invoice, "item_hold").date)

    def test_day_told_of_a_pause_that_no_day_ends(self):
        invoice = self.make_invoice()

        self.hold(move_id=invoice.id, date_shown=days_ago(-4))

        self.assertEqual(self.assertLeft(invoice, "item_hold").date, days_ago(-5))
        self.assertLeft(invoice, "item_hold", days_ago(-30))

    def test_day_so_far_away_is_meant_as_no_end(self):
        with self.assertRaisesRegex(ValidationError, "leave the day empty"):
            self.hold(move_id=self.make_invoice().id, date_until=date(9999, 12, 31))

    # -- What the customer's form shows ------------------------------------------------------------------------------

    def test_form_shows_the_pause_of_today(self):
        debtor = self.debtor_of(self.customer)
        self.assertFalse(debtor.is_on_hold)

        debtor.write({"hold_until": days_ago(-5), "hold_reason": "talks"})

        self.assertRecordValues(debtor, [{
            "is_on_hold": True, "hold_until": days_ago(-5), "hold_reason": "talks"}])
        self.assertRecordValues(debtor.hold_ids, [{"kind": "person", "date_until": days_ago(-5), "note": "talks"}])
        debtors = self.env["dunning.debtor"]
        self.assertIn(debtor, debtors.search([("is_on_hold", "=", True)]))
        self.assertNotIn(debtor, debtors.search([("is_on_hold", "=", False)]))
        self.assertIn(debtor, debtors.search([("hold_until", ">", NIGHT)]))

    def test_new_hold_by_hand_replaces_the_one_before(self):
        debtor = self.debtor_of(self.customer, hold_until=days_ago(-5))
        wizard = self.env["dunning.step.change"].create({
            "change": "hold", "debtor_ids": debtor.ids, "note": "until they call"})

        wizard.action_apply()

        self.assertRecordValues(debtor, [{"is_on_hold": True, "hold_until": False, "hold_reason": "until they call"}])
        self.assertEqual(len(debtor.hold_ids.filtered("active")), 1)

    def test_ended_hold_says_when_and_is_noted(self):
        debtor = self.debtor_of(self.customer)
        hold = debtor._create_holds(days_ago(-5), "talks")

        debtor.action_release()

        self.assertRecordValues(hold, [{"active": False, "ended_on": NIGHT}])
        self.assertFalse(debtor.is_on_hold)
        notes = " ".join(debtor.message_ids.mapped("body"))
        self.assertIn("talks", notes)
        self.assertIn("lifted", notes)

    def test_moved_step_is_no_hold(self):
        debtor = self.debtor_of(self.customer, postponed_until=days_ago(-2))

        self.assertFalse(debtor.is_on_hold)
        self.assertEqual(debtor.postponed_until, days_ago(-2))
        self.assertIn(debtor, debtor.search([("postponed_until", ">", NIGHT)]))

    # -- What they stem from -----------------------------------------------------------------------------------------

    def test_unread_answer_is_a_pause_that_ends_by_reading(self):
        invoice, debtor = self.make_invoice(), self.debtor_of(self.customer)
        answer = self.env["dunning.communication"].sudo().create({
            "debtor_id": debtor.id, "channel": "email", "direction": "in", "state": "received", "subject": "Re:",
            "needs_attention": True})
        hold = debtor.hold_ids
        self.assertRecordValues(hold, [{"kind": "reply", "date_until": False, "note": "Re:"}])
        self.assertEqual(hold.origin, answer)
        self.assertLeft(invoice, "reply")
        with self.assertRaisesRegex(UserError, "read the answer"):
            hold.action_lift()

        answer.action_seen()

        self.assertFalse(hold.active)
        self.assertStep(invoice, self.first)

    def test_insolvency_is_a_pause(self):
        invoice, debtor = self.make_invoice(), self.debtor_of(self.customer)

        debtor.sudo().is_insolvent = True

        self.assertEqual(debtor.hold_ids.kind, "insolvent")
        self.assertLeft(invoice, "insolvent")
        debtor.hold_ids._end()
        self.assertFalse(debtor.is_insolvent)
        self.assertStep(invoice, self.first)

    def test_merged_customers_keep_their_pauses(self):
        other = self.make_customer("Other")
        invoice = self.make_invoice(partner=other)
        hold = self.debtor_of(other)._create_holds(False, "talks")
        invoice_hold = self.hold(move_id=invoice.id)
        debtor = self.debtor_of(self.customer)

        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, self.customer)

        self.assertEqual((hold.debtor_id, hold.partner_id, invoice_hold.partner_id),
                         (debtor, self.customer, self.customer))
        self.assertTrue(debtor.is_on_hold)

    def test_what_holds_a_customer_as_a_whole(self):
        debtor, other = self.debtor_of(self.customer), self.make_customer("Other")
        self.debtor_of(other)
        partners = self.customer | other

        def holds():
            return self.run_model._get_debtor_holds(self.company, NIGHT, partners.ids)

        self.assertEqual(holds(), {self.customer.id: [], other.id: []})
        debtor.postponed_until = days_ago(-9)
        self.assertEqual(holds(), {self.customer.id: ["too_early"], other.id: []})
        debtor._create_holds(False, "talks")
        debtor.sudo().is_insolvent = True
        self.assertEqual(holds()[self.customer.id], ["insolvent", "debtor_hold", "too_early"])
        self.customer.active = False
        self.assertEqual(holds()[self.customer.id], ["archived", "insolvent", "debtor_hold", "too_early"])

    def test_whose_money_waits_to_be_matched(self):
        other = self.make_customer("Other")
        partners = self.customer | other

        def with_money():
            return self.run_model._get_partners_with_money(self.company, NIGHT, partners.ids)

        self.assertEqual(with_money(), set())
        self.make_payment(10, partner=other)
        self.assertEqual(with_money(), {other.id})
        self.make_online(10, "pending")
        self.assertEqual(with_money(), {self.customer.id, other.id})
