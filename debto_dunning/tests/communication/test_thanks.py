"""Thanks after a payment: who gets them, who does not, and never twice."""

from odoo import Command
from odoo.tests import tagged

from ..common import NIGHT, days_ago, days_later
from .contact_common import ContactCommon

YESTERDAY = days_ago(1)


@tagged("post_install", "-at_install")
class TestThanks(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dunning_thanks = "reminded"
        cls.reminded = cls.make_invoice(100, overdue=10)
        cls.say(cls.reminded, cls.first, when=3)
        cls.run_night(YESTERDAY)

    def settle(self, invoice, amount=None):
        """A payment that is booked and matched yesterday, after the night of that day."""
        payment = self.pay(invoice, amount, when=0)
        self.match_on(invoice)
        return payment

    def match_on(self, invoice, on=YESTERDAY):
        """As if everything matched with this invoice was matched at noon of that day."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_partial_reconcile SET create_date = %s WHERE debit_move_id = ANY(%s)",
            [f"{on} 12:00:00", self.items_of(invoice).ids])

    def thanks(self, night=NIGHT):
        return self.run_night(night).communication_ids.filtered(lambda one: one.kind == "thanks")

    def test_payment_after_a_reminder(self):
        self.settle(self.reminded)

        preview_before = self.env["dunning.preview"].create({"company_id": self.company.id, "date": NIGHT})
        thanks = self.thanks()
        self.deliver()

        self.assertRecordValues(thanks, [{
            "state": "sent", "channel": "email", "partner_id": self.customer.id, "amount_total": 0,
            "is_reminder": False, "subject": "Thank you for your payment"}])
        self.assertIn(self.reminded.name, thanks.mail_id.body_html)
        self.assertIn("Dear", thanks.mail_id.body_html)
        self.assertNotIn("Please pay", thanks.mail_id.body_html)
        self.assertEqual(self.reminded.dunning_level, 1)
        preview_before._fill()
        self.assertNotIn("thanks", preview_before.line_ids.mapped("kind"), "thanked by now")

    def test_preview_shows_it(self):
        self.settle(self.reminded)
        preview = self.env["dunning.preview"].create({"company_id": self.company.id, "date": NIGHT})

        preview._fill()

        self.assertRecordValues(preview.line_ids, [
            {"kind": "thanks", "customer_id": self.customer.id, "count": 1, "amount": 0}])

    def test_off(self):
        self.company.dunning_thanks = "none"
        self.settle(self.reminded)

        self.assertFalse(self.thanks())

    def test_nobody_was_reminded(self):
        other = self.make_customer("Slager Janssens")
        self.settle(self.make_invoice(partner=other, overdue=-5))

        self.assertFalse(self.thanks())

    def test_first_payment_alone(self):
        self.company.dunning_thanks = "first"
        new = self.make_customer("Slager Janssens")
        known = self.make_customer("Garage Dubois")
        earlier = self.make_invoice(partner=known, overdue=-5)
        self.pay(earlier)
        self.match_on(earlier, days_ago(60))
        for partner in (new, known):
            self.settle(self.make_invoice(partner=partner, overdue=-5))

        self.assertEqual(self.thanks().customer_id, new)

    def test_what_is_no_payment(self):
        """Write-offs, credit notes and netting take off what is owed and bring no money."""
        for how in ("credit note", "entry", "write-off"):
            with self.subTest(how=how):
                partner = self.make_customer(how)
                invoice = self.make_invoice(100, partner=partner, overdue=10)
                self.say(invoice, self.first, when=3)
                item = self.items_of(invoice)
                if how == "credit note":
                    credit = self.make_credit_note(100, partner=partner)
                    (item | self.items_of(credit)).reconcile()
                elif how == "entry":
                    accounts = item.account_id, self.company_data["default_account_payable"]
                    entry = self.env["account.move"].create({
                        "move_type": "entry", "journal_id": self.company_data["default_journal_misc"].id,
                        "line_ids": [Command.create({
                            "account_id": account.id, "partner_id": partner.id, side: 100})
                            for account, side in zip(accounts, ("credit", "debit"), strict=True)]})
                    entry.action_post()
                    (item | entry.line_ids.filtered("credit")).reconcile()
                else:
                    self.env["account.payment.register"].with_context(
                        active_model="account.move", active_ids=invoice.ids).create({
                            "amount": 1, "payment_date": NIGHT, "installments_mode": "full",
                            "payment_difference_handling": "reconcile",
                            "writeoff_account_id": self.company_data["default_account_expense"].id,
                        })._create_payments()
                self.match_on(invoice)
                self.assertTrue(item.reconciled)

        self.assertFalse(self.thanks())

    def test_one_message_a_customer_and_day(self):
        second = self.make_invoice(50, overdue=10)
        self.say(second, self.first, when=3)
        self.settle(self.reminded, 60)
        self.settle(self.reminded)
        self.settle(second)

        thanks = self.thanks()
        self.deliver()

        self.assertEqual(len(thanks), 1)
        self.assertIn(f"{self.reminded.name}, {second.name}.", thanks.body)
        self.assertEqual(len(thanks.line_ids.payment_move_id), 3)

    def test_never_twice_for_the_same_payment(self):
        payment = self.settle(self.reminded)
        self.assertTrue(self.thanks())
        item = self.items_of(self.reminded)
        other = self.make_invoice(100, overdue=-5)

        again = self.thanks()
        self.assertEqual(len(again), 1, "the same night, run once more")
        item.remove_move_reconcile()
        self.write_off_by_credit(item)
        (self.items_of(other) | payment.move_id.line_ids.filtered("credit")).reconcile()
        self.say(other, self.first, when=3)
        self.match_on(other, NIGHT)

        self.assertFalse(self.thanks(days_later(1)))

    def write_off_by_credit(self, item):
        credit = self.make_credit_note(100)
        (item | self.items_of(credit)).reconcile()

    def test_something_else_is_overdue(self):
        self.make_invoice(30, overdue=2)
        self.settle(self.reminded)

        self.assertFalse(self.thanks())

    def test_overdue_or_taken_back_before_it_leaves(self):
        late, back = self.make_customer("Slager Janssens"), self.make_customer("Garage Dubois")
        payments = {}
        for partner in (late, back):
            invoice = self.make_invoice(partner=partner, overdue=10)
            self.say(invoice, self.first, when=3)
            payments[partner] = self.settle(invoice), invoice
        self.settle(self.reminded)
        thanks = self.thanks()
        self.assertEqual(thanks.customer_id, late | back | self.customer)

        self.make_invoice(partner=late, overdue=2)
        payments[back][1].line_ids.remove_move_reconcile()
        self.make_credit_note(100, partner=back)
        self.deliver()

        states = {one.customer_id: one.state for one in thanks}
        self.assertEqual(states, {late: "cancelled", back: "cancelled", self.customer: "sent"})

    def test_who_wants_letters_gets_none(self):
        self.debtor_of(self.customer).preferred_channel = "letter"
        self.settle(self.reminded)

        self.assertFalse(self.thanks())

    def test_address_that_does_not_work(self):
        self.settle(self.reminded)
        thanks = self.thanks()
        self.customer.email = "peeters@"

        self.deliver()

        self.assertEqual(thanks.state, "failed")
        self.assertFalse(self.communications.search([("previous_id", "=", thanks.id)]), "no letter")

    def test_costs_left_open_are_not_waived_by_thanks(self):
        self.env["dunning.charge"].sudo().create({
            "debtor_id": self.debtor_of(self.customer).id, "move_id": self.reminded.id,
            "move_line_id": self.items_of(self.reminded).id, "currency_id": self.company.currency_id.id,
            "cost_amount": 40, "rank": 1, "is_settled": True,
            "settled_date": YESTERDAY})
        self.settle(self.reminded)

        self.assertFalse(self.thanks())

    def test_number_of_queries_does_not_grow(self):
        counts = []
        for number in (2, 2, 8):
            for one in range(number):
                invoice = self.make_invoice(partner=self.make_customer(f"C{number}-{len(counts)}-{one}"), overdue=10)
                self.say(invoice, self.first, when=3)
                self.settle(invoice)
            run = self.run_model.sudo().create({"company_id": self.company.id, "date": days_later(len(counts))})
            run.started_at = f"{YESTERDAY} 02:00:00"
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            made = self.communications._thank(run)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(made), number)
        self.assertLessEqual(counts[2], counts[1] + 1, counts)
