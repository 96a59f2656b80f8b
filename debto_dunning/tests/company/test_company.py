"""Companies and branches: whose ledger a run reads."""

from odoo import Command
from odoo.tests import tagged

from ..common import NIGHT, DunningCommon, days_later


@tagged("-at_install", "post_install", "debto_dunning")
class TestCompany(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = cls.setup_other_company(name="Other Company", currency_id=cls.env.ref("base.EUR").id)
        cls.other = cls.data["company"]
        cls.other.write({
            "email": "books@other.example.com", "dunning_policy_id": cls.policy.id,
            "dunning_consumer_policy_id": cls.policy.id, "dunning_active": True})
        cls.branch = cls.env["res.company"].create({"name": "Branch", "parent_id": cls.company.id})
        cls.env.cr.precommit.run()  # the branch takes the chart of its root
        cls.env.user.write({"company_ids": [Command.link(cls.other.id), Command.link(cls.branch.id)]})
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": [
            cls.company.id, cls.other.id, cls.branch.id]})

    def invoice_of_other(self, amount=100, overdue=10, **vals):
        return self.make_invoice(amount, overdue, company=self.other, **vals)

    def test_run_of_one_company_reads_no_other_s_ledger(self):
        own, other = self.make_invoice(), self.invoice_of_other()
        self.assertEqual(set(self.decide()), {self.items_of(own).id})
        self.assertEqual(set(self.decide(company=self.other)), {self.items_of(other).id})

        run = self.run_night()
        self.assertEqual(run.communication_ids.line_ids.move_id, own)
        self.assertEqual(self.look(other).reason, None)
        self.assertFalse(self.env["dunning.communication"].search([("company_id", "=", self.other.id)]))

    def test_money_of_one_company_covers_nothing_at_another(self):
        own = self.make_invoice(100)
        bank = self.data["default_journal_bank"]
        self.make_payment(100, journal_id=bank.id, company_id=self.other.id)
        self.make_credit_note(100, partner=self.customer, company=self.other)
        self.make_bank_line(50, own.name, partner=self.customer, journal_id=bank.id, company_id=self.other.id)

        self.assertCovered({own: 0})

        other = self.invoice_of_other(250)
        self.assertEqual(self.look(other).covered, 250)

    def test_files_are_of_each_company(self):
        self.debtor_of(self.customer, hold_until=NIGHT)
        strict = self.make_policy("Strict", (1, 1, 0))
        self.debtor_of(self.customer, company=self.other, policy_id=strict.id)

        self.assertLeft(self.make_invoice(), "debtor_hold")
        self.assertStep(self.invoice_of_other(overdue=2), strict.level_ids)

    def test_minimum_is_of_each_company(self):
        self.first.minimum_amount = 150
        own, _other = self.make_invoice(100), self.invoice_of_other(100)

        self.assertLeft(own, "minimum")

    def test_settings_are_of_each_company(self):
        self.company.dunning_from_date = NIGHT
        self.company.dunning_bank_max_age = 1
        own, other = self.make_invoice(), self.invoice_of_other(sent=False)
        self.other.dunning_sent_only = False

        self.assertLeft(own, "before_start")
        self.assertStep(other, self.first)

    def test_answer_at_one_company_pauses_no_other(self):
        own, other = self.make_invoice(), self.invoice_of_other()
        self.env["dunning.communication"].sudo().create({
            "debtor_id": self.debtor_of(self.customer).id, "channel": "email", "direction": "in", "state": "received",
            "subject": "Re:", "needs_attention": True})

        self.assertLeft(own, "reply")
        self.assertStep(other, self.first)

    # -- Branches ----------------------------------------------------------------------------------------------------

    def test_root_reads_its_branches(self):
        own, branch = self.make_invoice(100, 20), self.make_invoice(100, 10, company=self.branch)
        self.assertEqual(branch.company_id, self.branch)
        self.assertCovered({own: 0, branch: 0})
        self.assertEqual(set(self.decide(company=self.branch)), set(self.decide()))

        debtors = self.env["dunning.debtor"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(debtors.company_id, self.company)
        self.assertEqual({row.debtor for row in self.decide().values()}, set(debtors.ids))

    def test_money_of_a_branch_covers_the_root(self):
        own = self.make_invoice(100, 20)
        self.make_credit_note(60, partner=self.customer, company=self.branch)

        self.assertCovered({own: 60})

    def test_run_of_a_branch_is_the_root_s(self):
        branch = self.make_invoice(company=self.branch)

        run = self.run_night(company=self.branch)

        self.assertEqual((run.company_id, run.communication_ids.line_ids.move_id), (self.company, branch))
        self.assertEqual(run.communication_ids.company_id, self.company)

    def test_figures_of_the_root_hold_its_branches(self):
        self.make_invoice(100)
        self.make_invoice(50, company=self.branch)
        self.invoice_of_other(25)

        self.env["dunning.debtor"]._refresh(self.company, NIGHT)

        self.assertEqual(self.debtor_of(self.customer).overdue_amount, 150)

    def test_hold_of_an_invoice_of_a_branch(self):
        branch = self.make_invoice(company=self.branch)
        self.env["dunning.hold"].create({"move_id": branch.id})

        self.assertLeft(branch, "item_hold")

    # -- The bank ----------------------------------------------------------------------------------------------------

    def test_bank_not_booked_up_to_date(self):
        invoice, early = self.make_invoice(), self.make_invoice(overdue=0)
        self.assertStep(invoice, self.first)

        self.company.dunning_bank_max_age = 5
        self.assertLeft(invoice, "bank_behind")
        self.assertLeft(early, "too_early")

        self.make_statement(6)
        self.assertLeft(invoice, "bank_behind")

        self.make_statement(1, journal=self.data["default_journal_bank"])

        self.assertLeft(invoice, "bank_behind")

        self.make_statement(5)
        self.assertStep(invoice, self.first)
        self.assertLeft(invoice, "bank_behind", days_later(1))

    def test_night_with_the_bank_behind_sends_nothing_and_tells(self):
        self.company.dunning_bank_max_age = 5
        invoice = self.make_invoice()

        run = self.run_night()

        self.assertFalse(run.communication_ids)

        count = run.count_ids.filtered(lambda count: count.reason == "bank_behind")
        self.assertEqual(count.item_ids, self.items_of(invoice).ids)
        self.assertTrue(run.activity_ids)

    def test_company_without_chart(self):
        company = self.env["res.company"].create({"name": "Empty"})
        self.assertEqual(self.decide(company=company), {})

        run = self.run_night(company=company)
        self.assertEqual(run.phase, "done")
