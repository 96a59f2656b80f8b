"""Invoices that are reset to draft, changed and posted again: what was said stays where it belongs."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from ..common import NIGHT, DunningCommon, days_ago, days_later
from ..law.charge_common import ChargeCommon


class PostedAgainCommon(DunningCommon):
    @classmethod
    def age_items(cls, invoice):
        """As if the items were made before any reminder of these tests."""
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE account_move_line SET create_date = %s WHERE move_id = %s", [
            days_ago(60), invoice.id])
        cls.env.invalidate_all()

    @classmethod
    def post_again(cls, invoice, **vals):
        """Reset an invoice to draft, change it and post it again; it counts as sent."""
        invoice.button_draft()
        invoice.write(vals)
        invoice.action_post()
        invoice.is_move_sent = True


@tagged("post_install", "-at_install")
class TestInvoiceOfAnotherCustomer(PostedAgainCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_customer("Other")
        cls.invoice = cls.make_invoice(overdue=40)
        cls.age_items(cls.invoice)

    def test_starts_with_the_first_step_there(self):
        sent = self.remind()
        self.accept_mails(sent)

        self.post_again(self.invoice, partner_id=self.other.id)

        self.assertFalse(self.invoice.dunning_level_id)
        self.assertFalse(self.items_of(self.invoice).dunning_level_id)
        again = self.remind(days_later(1))
        self.assertRecordValues(again, [{"customer_id": self.other.id, "level_number": 1, "state": "sent"}])

    def test_what_was_said_stays_with_the_first(self):
        sent = self.remind()
        self.accept_mails(sent)

        self.post_again(self.invoice, partner_id=self.other.id)

        self.assertRecordValues(sent, [{"customer_id": self.customer.id, "state": "sent", "notice_date": NIGHT}])
        self.assertRecordValues(sent.line_ids, [{
            "move_id": self.invoice.id, "document": self.invoice.name, "level_number": 1, "amount_asked": 100.0,
            "void": False, "notice_date": NIGHT}])

    def test_failed_message_to_the_first_holds_nothing(self):
        self.say(self.invoice, self.first, state="failed", needs_attention=True, line_vals={"void": True})
        self.assertLeft(self.invoice, "failed")

        self.post_again(self.invoice, partner_id=self.other.id)

        self.assertStep(self.invoice, self.first)

    def test_queued_message_to_the_first_does_not_leave(self):
        queued = self.run_night().communication_ids

        self.post_again(self.invoice, partner_id=self.other.id)
        self.deliver()

        self.assertEqual(queued.state, "cancelled")
        self.assertStep(self.invoice, self.first)

    def test_first_customer_again_goes_on_where_it_stood(self):
        self.accept_mails(self.remind())

        self.post_again(self.invoice, partner_id=self.other.id)
        self.accept_mails(self.remind(days_later(1)), days_later(1))
        self.post_again(self.invoice, partner_id=self.customer.id)

        self.assertEqual(self.invoice.dunning_level, 1)
        again = self.remind(days_later(10))
        self.assertRecordValues(again, [{"customer_id": self.customer.id, "level_number": 2}])

    def test_contact_of_the_same_customer_is_no_other(self):
        contact = self.make_customer("Books", parent_id=self.customer.id, is_company=False)
        self.accept_mails(self.remind())

        self.post_again(self.invoice, partner_id=contact.id)

        self.assertEqual(self.invoice.dunning_level, 1)


@tagged("post_install", "-at_install")
class TestChargesOfAnotherCustomer(PostedAgainCommon, ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask_at_once()
        cls.other = cls.make_customer("Other")

    def test_charges_stay_with_the_first(self):
        invoice, charge = self.charged()
        first = charge.debtor_id

        self.post_again(invoice, partner_id=self.other.id)

        self.assertRecordValues(charge, [
            {"debtor_id": first.id, "move_id": invoice.id, "move_line_id": False, "amount": 42.01}])
        self.assertEqual(invoice.dunning_charge_due, 0)
        self.assertFalse(invoice.dunning_charge_note)

    def test_the_other_owes_its_own_from_its_own_reminder(self):
        invoice, charge = self.charged()
        self.post_again(invoice, partner_id=self.other.id)

        asked = self.night("2026-03-20").filtered(lambda message: message.customer_id == self.other)

        self.assertEqual(asked.line_ids.mapped("amount_cost"), [40])
        own = self.charges_of(invoice) - charge
        self.assertRecordValues(own, [{"customer_id": self.other.id, "cost_amount": 40}])

    def test_waiver_for_the_first_is_none_for_the_other(self):
        invoice, charge = self.charged()
        charge._waive("Agreed")
        self.post_again(invoice, partner_id=self.other.id)

        asked = self.night("2026-03-20").filtered(lambda message: message.customer_id == self.other)

        self.assertEqual(asked.line_ids.mapped("amount_cost"), [40])

    def test_payment_by_the_other_asks_nothing_of_the_first(self):
        invoice, charge = self.charged()
        self.policy.left_charges = "pursue"
        self.post_again(invoice, partner_id=self.other.id)
        self.pay_on(invoice, "2026-03-12")

        self.assertFalse(self.night("2026-03-13").filtered(lambda message: message.customer_id == self.customer))
        self.assertEqual(charge.state, "running")

    def test_booking_goes_to_the_customer_of_the_charge(self):
        self.book("level", dunning_charge_level=2)
        invoice, charge = self.charged()
        self.post_again(invoice, partner_id=self.other.id)

        self.assertEqual(charge._document_vals(1)["partner_id"], self.customer.id)


@tagged("post_install", "-at_install")
class TestPageOfAnotherCustomer(PostedAgainCommon, HttpCase):
    def test_page_of_the_first_shows_nothing_of_the_other(self):
        invoice = self.make_invoice(overdue=40)
        sent = self.remind()
        self.post_again(invoice, partner_id=self.make_customer("Other").id)

        page = self.url_open(f"/my/reminders/{sent.id}?access_token={sent.access_token}")

        self.assertEqual(page.status_code, 200)
        self.assertNotIn("/my/invoices/", page.text)
        self.assertNotIn(f"/my/reminders/{sent.id}/invoice/", page.text)
        self.assertEqual(sent._portal_due(sent._portal_lines())[sent.line_ids].total, 0)


@tagged("post_install", "-at_install")
class TestInstalmentsPostedAgain(PostedAgainCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoice(instalments=[(40, 30), (60, 10)])
        cls.one, cls.two = cls.items_of(cls.invoice)
        cls.age_items(cls.invoice)

    def take(self, item, level):
        """A reminder for one instalment."""
        sent = self.say(self.invoice, level)
        sent.line_ids.filtered(lambda line: line.move_line_id != item).unlink()
        sent.line_ids._write_levels()
        return sent.line_ids

    def test_instalments_that_swap_keep_what_each_had(self):
        line = self.take(self.one, self.first)
        self.invoice.button_draft()
        self.one.date_maturity, self.two.date_maturity = days_ago(10), days_ago(30)

        self.invoice.action_post()

        self.assertEqual(self.items_of(self.invoice), self.two + self.one)
        self.assertRecordValues(line, [{"move_line_id": self.one.id, "void": False, "rank": 2}])
        self.assertEqual((self.one | self.two).mapped("dunning_level"), [1, 0])

    def test_swapped_charges_keep_their_items(self):
        charge = self.env["dunning.charge"].sudo().create({
            "move_id": self.invoice.id, "move_line_id": self.one.id, "rank": 1,
            "debtor_id": self.debtor_of(self.customer).id, "currency_id": self.invoice.currency_id.id})
        self.invoice.button_draft()
        self.one.date_maturity, self.two.date_maturity = days_ago(10), days_ago(30)

        self.invoice.action_post()

        self.assertRecordValues(charge, [{"move_line_id": self.one.id, "rank": 2}])

    def test_instalment_that_is_new_takes_the_place_of_one_that_is_gone(self):
        line = self.take(self.one, self.first)
        self.invoice.button_draft()
        self.replace(self.one, days_ago(25))

        self.invoice.action_post()

        self.assertTrue(line.move_line_id)
        self.assertEqual(line.move_line_id, self.items_of(self.invoice)[0])
        self.assertFalse(line.void)

    def test_instalment_that_existed_takes_over_nothing(self):
        line = self.take(self.one, self.first)
        self.invoice.button_draft()
        self.replace(self.one, days_ago(5))  # the other one is the first now

        self.invoice.action_post()

        self.assertEqual(self.items_of(self.invoice)[0], self.two)
        self.assertRecordValues(line, [{"move_line_id": False, "void": True}])
        self.assertFalse(self.two.dunning_level_id)

    def replace(self, item, due):
        """Delete an instalment of a draft and make another one of the same amount."""
        vals = {"account_id": item.account_id.id, "balance": item.balance, "amount_currency": item.amount_currency,
                "date_maturity": due, "display_type": "payment_term", "partner_id": item.partner_id.id}
        self.invoice.with_context(skip_invoice_sync=True, dynamic_unlink=True).write({
            "line_ids": [Command.delete(item.id), Command.create(vals)]})
