"""The calls of one debtor are one activity: added to, and taken out of, as reasons come and go."""

from odoo.tests import tagged

from ..common import days_ago, days_later
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestCalls(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.first | cls.second).channel = "call"
        cls.customer.phone = "+32 9 111 22 33"
        cls.debtor = cls.debtor_of(cls.customer)

    def open_calls(self):
        kind = self.env.ref("mail.mail_activity_data_call")
        return self.debtor.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

    def send_now(self, invoice, channel=False):
        wizard = self.env["dunning.send"].browse(invoice.action_dunning_send()["res_id"])
        wizard.channel = channel
        wizard.line_ids.is_chosen = True
        wizard.action_send()
        return self.communications.search([("line_ids.move_id", "=", invoice.id)], order="id DESC", limit=1)

    def assertCall(self, *invoices):
        """There is one open call; it names these invoices alone, and their sum."""
        call = self.open_calls()
        self.assertEqual(len(call), 1)
        total = self.company.currency_id.format(sum(invoice.amount_residual for invoice in invoices))
        self.assertIn(total, call.summary)
        for invoice in self.env["account.move"].search([("partner_id", "=", self.customer.id)]):
            check = self.assertIn if invoice in invoices else self.assertNotIn
            check(invoice.name, call.note)
        return call

    def test_new_reason_is_added_and_the_oldest_day_stays(self):
        one = self.make_invoice(100)
        self.remind()
        call = self.assertCall(one)
        two = self.make_invoice(50)

        self.remind(days_later(3))

        self.assertEqual(self.assertCall(one, two), call)
        self.assertEqual(call.date_deadline, days_ago(0))

    def test_send_now_adds_to_the_open_call(self):
        one, two = self.make_invoice(100), self.make_invoice(50, overdue=-1)
        self.remind()
        two.button_draft()
        two.invoice_date_due = days_ago(10)
        two.action_post()
        two.is_move_sent = True

        self.send_now(two)

        self.assertCall(one, two)

    def test_withdrawn_letter_leaves_the_call_of_the_others(self):
        one = self.make_invoice(100)
        self.remind()
        two = self.make_invoice(50, overdue=40)
        self.say(two, self.second)
        letter = self.send_now(two, "letter")  # its step wants a call too
        self.assertCall(one, two)

        letter.action_withdraw()

        self.assertCall(one)

    def test_withdrawing_the_only_reason_drops_the_call(self):
        invoice = self.make_invoice(50, overdue=40)
        self.say(invoice, self.second)
        letter = self.send_now(invoice, "letter")
        self.assertCall(invoice)

        letter.action_withdraw()

        self.assertFalse(self.open_calls())

    def test_step_that_is_set_back_leaves_the_call(self):
        one, two = self.make_invoice(100), self.make_invoice(50)
        self.remind()

        self.env["dunning.step.change"].create({
            "change": "back", "move_ids": two.ids, "note": "agreed"}).action_apply()

        self.assertCall(one)

    def test_what_is_paid_leaves_the_call(self):
        one, two = self.make_invoice(100), self.make_invoice(50)
        self.remind()
        self.pay(one, 30)
        self.pay(two)

        self.run_night(days_later(1))

        call = self.assertCall(one)
        self.assertIn("70.00", call.note)

        self.pay(one)
        self.communications._cron_deliver()

        self.assertFalse(self.open_calls())

    def test_item_of_two_calls_counts_once(self):
        one, two = self.make_invoice(100), self.make_invoice(50)
        self.remind()
        self.pay(two)

        self.remind(days_later(15))

        self.assertCall(one)

    def test_what_the_colleague_wrote_stays_while_nothing_changes(self):
        invoice = self.make_invoice()
        self.remind()
        call = self.assertCall(invoice)
        call.note += "<p>No answer</p>"

        self.run_night(days_later(1))

        self.assertIn("No answer", call.note)

    def test_call_that_was_made_is_done(self):
        one = self.make_invoice(100)
        self.remind()
        self.open_calls().action_feedback(feedback="called")
        two = self.make_invoice(50)

        self.remind(days_later(1))

        self.assertCall(two)
        self.assertEqual(one.dunning_level, 1)
