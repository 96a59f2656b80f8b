"""What the law's notice states of each item and of the rate."""

from odoo import Command
from odoo.tests import tagged

from .asked_common import AskedCommon


@tagged("-at_install", "post_install", "debto_dunning")
class TestNoticeStatement(AskedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dunning_opening_entries = True
        cls.customer = cls.make_consumer("Peeters", "be")
        cls.other = cls.make_consumer("Willems", "be")

    @classmethod
    def opening(cls, **vals):
        """The items of an entry that takes over an invoice of 1,000 of each of two customers, due on 2 March."""
        account = cls.company_data["default_account_receivable"]
        entry = cls.env["account.move"].create({"move_type": "entry", "date": "2026-01-01", "line_ids": [
            *(Command.create({
                "account_id": account.id, "partner_id": partner.id, "balance": 1000, "date_maturity": "2026-03-02",
                "name": f"OLD/{partner.name}", **vals}) for partner in (cls.customer, cls.other)),
            Command.create({"account_id": cls.company_data["default_account_revenue"].id, "balance": -2000})]})
        entry.action_post()
        return entry.line_ids.filtered(lambda line: line.account_id == account)

    def words(self, communication):
        return str(communication.sudo()._render_mail()["body"])

    # -- What was delivered ------------------------------------------------------------------------------------------

    def test_opening_entry_that_says_nothing_gives_no_notice(self):
        self.opening()

        made = self.night("2026-03-09")

        self.assertEqual(made.line_ids.mapped("is_notice"), [False, False])
        for line in made.line_ids:
            self.assertIn("what was delivered", line.charge_note)
        last = self.night("2026-04-08")
        self.assertAsked(last, 0, 0)

    def test_opening_entry_that_says_what_was_delivered_gives_one(self):
        item, _other = self.opening(dunning_delivered="Parquet, living room")

        made = self.night("2026-03-09").filtered(lambda one: one.customer_id == self.customer)

        self.assertTrue(made.line_ids.is_notice)
        self.assertIn("Parquet, living room", self.words(made))
        self.assertIn("OLD/Peeters", self.words(made))
        self.assertFalse(item.move_id.name in self.words(made))

    def test_reminder_of_an_opening_entry_tells_nothing_of_other_customers(self):
        self.env.ref("debto_dunning.law_be_consumer").notice_describes = False
        self.opening()

        messages = self.night("2026-03-09")

        self.assertEqual(sorted(messages.customer_id.mapped("name")), ["Peeters", "Willems"])
        for made in messages:
            self.assertTrue(made.line_ids.is_notice)
            self.assertNotIn({"Peeters": "Willems", "Willems": "Peeters"}[made.customer_id.name], self.words(made))

    def test_person_is_asked_for_the_words(self):
        item, _other = self.opening()
        wizard = self.env["dunning.send"].browse(
            self.env["dunning.send"]._action_open(debtor=self.debtor_of(self.customer))["res_id"])
        self.assertTrue(wizard.asks_delivered)
        wizard.line_ids.write({"is_chosen": True, "delivered": "Parquet"})

        made = self.communications.browse(wizard.action_send()["res_id"])

        self.assertTrue(made.line_ids.is_notice)
        self.assertEqual(item.dunning_delivered, "Parquet")
        self.assertIn("Parquet", self.words(made))

    def test_nobody_is_asked_where_the_invoice_tells(self):
        invoice = self.invoice_due("2026-03-02", 1000, self.customer)

        wizard = self.env["dunning.send"].browse(self.env["dunning.send"]._action_open(moves=invoice)["res_id"])

        self.assertFalse(wizard.asks_delivered)

    def test_opening_entry_of_a_business_needs_no_words(self):
        (self.customer | self.other).is_company = True
        self.opening()
        self.second.days = 6

        self.night("2026-03-09")

        self.assertAsked(self.night("2026-03-16"), 80, 8.06)

    # -- The rate ----------------------------------------------------------------------------------------------------

    def test_rate_is_the_one_in_force(self):
        self.invoice_due("2026-03-02", 1000, self.customer)

        notice = self.night("2026-03-09")

        self.assertIn("at the rate in force, now 10.5 percent a year, from the day after this term on",
                      self.words(notice))
