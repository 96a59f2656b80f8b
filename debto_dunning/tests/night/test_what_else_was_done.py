"""Decisions and preparation beside what was done before, elsewhere or meanwhile."""

from odoo.tests import tagged

from ..common import NIGHT, DunningCommon, days_ago, days_later


@tagged("post_install", "-at_install")
class TestWhatElseWasDone(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"street": "Kerkstraat 1", "zip": "9000", "city": "Gent"})

    def followers(self, message):
        return self.communications.search([("previous_id", "=", message.id)])

    def test_next_step_follows_when_another_channel_took_over(self):
        invoice = self.make_invoice(overdue=30)
        mail = self.remind()
        mail._message_receive_bounce(self.customer.email, self.customer)
        self.deliver()
        letter = self.followers(mail)
        self.assertRecordValues(mail | letter, [
            {"state": "failed", "needs_attention": True}, {"state": "sent", "needs_attention": False}])
        letter._mark_notified(NIGHT)

        # nobody has looked at the mail that came back
        self.assertStep(invoice, self.second, days_later(7))

    def test_failure_that_nothing_took_over_holds_the_step(self):
        invoice = self.make_invoice(overdue=30)
        mail = self.remind()
        mail._fail("gone")

        self.assertLeft(invoice, "failed", days_later(7))

    def test_channel_that_failed_before_is_not_tried_again(self):
        self.make_invoice(overdue=30)
        mail = self.remind()
        letter = mail._try_next_channel("the mailbox is full")
        self.assertEqual(letter.channel, "letter")

        call = letter._try_next_channel("moved away")

        # the address is well-formed still, but the first message failed over it
        self.assertEqual(call.channel, "call")
        self.assertFalse(call._try_next_channel("nobody answers"))

    def test_step_below_one_that_a_person_took_meanwhile_is_not_prepared(self):
        invoice = self.make_invoice(overdue=30)
        decided = list(self.run_model._decide_each(self.company, NIGHT))
        self.assertEqual([row.number for row in decided], [1])
        run = self.run_model.sudo().create({"company_id": self.company.id, "date": NIGHT})
        self.debtor_of(self.customer)
        self.say(invoice, self.second, when=0)

        made = self.communications._prepare_batch(run, [(self.customer.id, (decided, []))])

        self.assertFalse(made)

    def test_step_is_prepared_where_nobody_took_one(self):
        self.make_invoice(overdue=30)
        decided = list(self.run_model._decide_each(self.company, NIGHT))
        run = self.run_model.sudo().create({"company_id": self.company.id, "date": NIGHT})
        self.debtor_of(self.customer)

        made = self.communications._prepare_batch(run, [(self.customer.id, (decided, []))])

        self.assertEqual(made.line_ids.level_id, self.first)

    def test_backlog_goes_by_what_is_overdue_and_not_by_what_is_open(self):
        self.company.write({"dunning_from_date": days_ago(50), "dunning_backlog_per_day": 1})
        large, small = self.make_customer("Large order"), self.make_customer("Old debt")
        little_overdue = self.make_invoice(50, 60, partner=large)
        self.make_invoice(5000, -20, partner=large)
        much_overdue = self.make_invoice(100, 60, partner=small)

        self.assertStep(much_overdue, self.first)
        self.assertLeft(little_overdue, "backlog")

    def test_money_kept_for_one_invoice_takes_nothing_from_free_money(self):
        other = self.make_customer("Other")
        old, named = self.make_invoice(100, 30), self.make_invoice(100, 20)
        # one payment online for invoices of two customers: of each only the named one is covered
        self.make_online(200, "pending", named | self.make_invoice(100, 20, partner=other))
        self.make_payment(100)

        self.assertCovered({old: 100, named: 100})
