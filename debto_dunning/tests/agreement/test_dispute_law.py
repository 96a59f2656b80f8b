"""Disputes and the law: costs only on what a notice named, interest on the rest meanwhile."""

from freezegun import freeze_time

from odoo.tests import tagged

from ..law.charge_common import ChargeCommon


@tagged("post_install", "-at_install")
class TestDisputeLaw(ChargeCommon):
    """Belgium, consumers, art. XIX.4 WER: 30 + 10 % beyond 150, 65 + 5 % beyond 500. 65 of 500, 90 of 1,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consumer = cls.make_consumer("Peeters", "be")
        cls.category = cls.env["dunning.dispute.category"].create({"name": "Short"})

    def dispute(self, invoice, amount, on):
        with freeze_time(f"{on} 10:00:00"):
            return self.env["dunning.dispute"]._make(
                self.debtor_of(invoice.partner_id), {self.items_of(invoice): amount}, self.category, "call")

    def end(self, dispute, on, state="rejected", amount=0.0):
        with freeze_time(f"{on} 10:00:00"):
            dispute._close(state, amount)
            dispute.credit_note_ids.action_post()

    def test_part_in_dispute_at_the_notice_bears_no_costs_later(self):
        plain, doubted = (self.invoice_due("2026-03-02", 1000, partner) for partner in (
            self.make_consumer("Maes", "be"), self.consumer))
        dispute = self.dispute(doubted, 500, "2026-03-05")
        notices = self.night("2026-03-09")
        self.assertEqual(sorted(notices.mapped("amount_total")), [500, 1000])

        self.end(dispute, "2026-03-20")
        reminders = self.night("2026-04-01")

        lines = {line.move_id: line for line in reminders.line_ids}
        self.assertEqual((lines[doubted].amount_asked, lines[plain].amount_asked), (1000, 1000))
        self.assertEqual((lines[doubted].amount_cost, lines[plain].amount_cost), (65, 90))
        self.assertEqual(lines[doubted].amount_interest, lines[plain].amount_interest)

    def test_undisputed_part_paid_in_time_leaves_no_costs(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.consumer)
        dispute = self.dispute(invoice, 500, "2026-03-05")
        self.night("2026-03-09")

        self.pay_on(invoice, "2026-03-15", 500)
        self.end(dispute, "2026-03-20")
        reminder = self.night("2026-04-01")

        self.assertEqual((reminder.line_ids.amount_asked, reminder.line_ids.amount_cost), (500, 0))

    def test_part_in_dispute_bears_no_interest_meanwhile(self):
        half, doubted = self.invoice_due("2026-03-02", 500, self.make_consumer("Maes", "be")), self.invoice_due(
            "2026-03-02", 1000, self.consumer)
        self.dispute(doubted, 500, "2026-03-05")
        self.night("2026-03-09")

        reminders = self.night("2026-04-01")

        lines = {line.move_id: line for line in reminders.line_ids}
        self.assertGreater(lines[half].amount_interest, 0)
        self.assertEqual(
            (lines[doubted].amount_asked, lines[doubted].amount_cost, lines[doubted].amount_interest),
            (500, 65, lines[half].amount_interest))

    def test_new_free_notice_comes_first_after_the_old_one_named_too_much(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.consumer)
        notice = self.night("2026-03-09")
        self.assertTrue(notice.line_ids.is_notice)
        dispute = self.dispute(invoice, 500, "2026-03-12")

        self.end(dispute, "2026-03-20", "upheld", 500)
        again = self.night("2026-04-01")

        self.assertTrue(notice.line_ids.void)
        self.assertRecordValues(again.line_ids, [{
            "level_id": self.first.id, "is_notice": True, "amount_cost": 0, "amount_interest": 0}])
        self.assertEqual(again.amount_total, 500)
