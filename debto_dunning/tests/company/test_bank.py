from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import NIGHT, DunningCommon, days_ago, days_later


@tagged("post_install", "-at_install")
class TestBank(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.bank_of(cls.company)
        cls.company.dunning_bank_max_age = 5
        cls.invoice = cls.make_invoice()

    def assertBehind(self, night=NIGHT):
        self.assertLeft(self.invoice, "bank_behind", night)

    def assertCurrent(self, night=NIGHT):
        self.assertStep(self.invoice, self.first, night)

    def second_bank(self):
        return self.env["account.journal"].create({
            "name": "Savings", "code": "SAV", "type": "bank", "company_id": self.company.id})

    def say_booked(self, when, **vals):
        """A person's word of so many days before the night."""
        self.env["dunning.confirm.bank"].create({
            "company_id": self.company.id, "journal_ids": self.bank.ids, "date": days_ago(when), **vals,
        }).action_confirm()

    def make_feed(self, pulled):
        """Stands in for a feed of the OCA's ``account_statement_import_online``; returns its id."""
        self.env.cr.execute("""
            CREATE TABLE online_bank_statement_provider (
                id serial, journal_id int, active bool, last_successful_run timestamp)""")
        self.env.cr.execute(
            "INSERT INTO online_bank_statement_provider (journal_id, active, last_successful_run) "
            "VALUES (%s, TRUE, %s) RETURNING id", [self.bank.id, pulled])
        return self.env.cr.fetchone()[0]

    # -- What makes the bank current ---------------------------------------------------------------------------------

    def test_a_fee_booked_by_hand_tells_nothing(self):
        self.make_statement(9)

        self.make_bank_line(-2, "fee", when=0)
        self.make_payment(5)

        self.assertBehind()

    def test_statement_up_to_the_end_of_a_quiet_week(self):
        statement = self.make_statement(9)
        self.assertBehind()

        statement.date = days_ago(1)

        self.assertCurrent()

    def test_statement_whose_balance_does_not_fit_tells_nothing(self):
        self.make_statement(9)

        self.make_statement(1, balance_end_real=5000)

        self.assertBehind()

    def test_statement_of_a_day_to_come_tells_nothing(self):
        self.make_statement(-400)

        self.assertBehind()

    def test_imported_file_of_lines(self):
        lines = self.env["account.bank.statement.line"].with_context(import_file=True)

        lines.create([
            {"journal_id": self.bank.id, "date": days_ago(when), "payment_ref": "x", "amount": 1} for when in (7, 3)])

        self.assertEqual(self.company._dunning_bank_date(NIGHT), days_ago(3))
        self.assertCurrent()
        self.assertBehind(days_later(3))

    def test_lines_with_the_number_of_the_bank(self):
        for column in ("unique_import_id", "online_transaction_identifier"):
            with self.subTest(column=column), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(f"ALTER TABLE account_bank_statement_line ADD COLUMN {column} varchar")
                line = self.make_bank_line(1, when=2)
                self.make_bank_line(-2, "fee", when=0)
                self.assertBehind()

                self.env.cr.execute(
                    f"UPDATE account_bank_statement_line SET {column} = 'bank-1' WHERE id = %s", [line.id])

                self.assertEqual(self.company._dunning_bank_date(NIGHT), days_ago(2))
                self.assertCurrent()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_last_pull_of_an_online_feed(self):
        # in Brussels it is the next day already
        self.company.partner_id.tz = "Europe/Brussels"

        self.make_feed(f"{days_ago(3)} 23:30:00")

        self.assertEqual(self.company._dunning_bank_date(NIGHT), days_ago(2))
        self.assertCurrent()
        self.assertBehind(days_later(4))

    def test_pull_that_failed_tells_nothing(self):
        feed = self.make_feed(f"{days_ago(1)} 12:00:00")
        self.make_bank_line(1, when=1)
        self.assertCurrent()

        self.env.cr.execute("""
            INSERT INTO mail_message (model, res_id, subject, message_type, date)
            VALUES ('online.bank.statement.provider', %s, 'Issue', 'notification', %s)""", [feed, f"{NIGHT} 00:30:00"])

        self.assertBehind()

    def test_last_pull_of_an_enterprise_feed(self):
        line = self.make_bank_line(1, when=20)
        self.env.cr.execute("""
            CREATE TABLE account_online_link (id serial, state varchar, last_refresh timestamp);
            ALTER TABLE account_journal ADD COLUMN account_online_link_id int;
            ALTER TABLE account_bank_statement_line ADD COLUMN online_transaction_identifier varchar;
            INSERT INTO account_online_link (state, last_refresh) VALUES ('connected', %s);
            UPDATE account_journal SET account_online_link_id = (SELECT id FROM account_online_link) WHERE id = %s""",
            [f"{days_ago(1)} 12:00:00", self.bank.id])
        self.assertBehind()

        self.env.cr.execute(
            "UPDATE account_bank_statement_line SET online_transaction_identifier = 'x' WHERE id = %s", [line.id])
        self.assertCurrent()

        self.env.cr.execute("UPDATE account_online_link SET state = 'error'")
        self.assertBehind()

    # -- A person's word ---------------------------------------------------------------------------------------------

    def test_word_is_good_for_some_days(self):
        self.company.dunning_bank_word_days = 3
        self.assertBehind()

        self.say_booked(1)

        self.assertCurrent(days_later(2))
        self.assertBehind(days_later(3))

    def test_word_says_who_when_and_which_day(self):
        self.say_booked(1)

        word = self.env["dunning.bank.reach"].search([("journal_id", "=", self.bank.id)])
        self.assertEqual((word.user_id, word.date, word.source), (self.env.user, days_ago(1), "word"))
        self.assertTrue(word.create_date)
        self.assertIn("Booked up to", self.bank.message_ids[:1].body)

    def test_word_about_a_day_to_come_is_refused(self):
        with self.assertRaisesRegex(UserError, "a day to come"):
            self.say_booked(-1)

    def test_word_about_another_journal_is_refused(self):
        with self.assertRaisesRegex(UserError, "Choose banks"):
            self.say_booked(1, journal_ids=self.company_data["default_journal_sale"].ids)

    def test_dialogue_proposes_the_banks_that_are_behind(self):
        self.make_statement(1)
        second = self.second_bank()
        self.make_statement(20, journal=second)

        wizard = self.env["dunning.confirm.bank"].create({"company_id": self.company.id})

        self.assertEqual((wizard.journal_ids, wizard.date), (second, days_ago(1)))
        self.assertEqual(wizard.good_until, wizard.date + timedelta(days=self.company.dunning_bank_word_days))

    # -- Several banks -----------------------------------------------------------------------------------------------

    def test_the_bank_that_is_behind_is_named(self):
        self.make_statement(1)
        second = self.second_bank()
        self.make_statement(20, journal=second)

        run = self.run_night()

        self.assertBehind()
        self.assertEqual(self.company._dunning_bank_date(NIGHT), days_ago(20))
        self.assertIn("Savings", run.activity_ids.note)
        self.assertNotIn(self.bank.name, run.activity_ids.note)

    def test_bank_on_which_nobody_pays_is_not_waited_for(self):
        self.make_statement(1)
        second = self.second_bank()
        self.make_statement(20, journal=second)

        second.dunning_is_watched = False

        self.assertCurrent()

    def test_bank_that_was_never_used_is_not_waited_for(self):
        self.make_statement(1)

        self.second_bank()

        self.assertCurrent()

    # -- When reminders are switched on ------------------------------------------------------------------------------

    def activate(self, **vals):
        return self.env["dunning.activate"].create({"company_id": self.company.id, "bank_max_age": 5, **vals})

    def test_missing_feed_shows_with_its_ways_out(self):
        self.make_bank_line(1, when=0)
        wizard = self.activate()
        self.assertIn(self.bank.name, wizard.bank_ways_out)

        wizard.bank_max_age = 0
        self.assertFalse(wizard.bank_ways_out)

        wizard.bank_max_age = 5
        self.make_statement(1)
        wizard.invalidate_recordset(["bank_ways_out"])
        self.assertFalse(wizard.bank_ways_out)

    def test_word_given_while_switching_on_comes_back_to_the_answers(self):
        wizard = self.activate(backlog_per_day=7)
        self.assertIn("Nothing tells yet", wizard.warnings)
        action = wizard.action_confirm_bank()

        dialogue = self.env["dunning.confirm.bank"].with_context(**action["context"]).create({
            "journal_ids": [Command.set(self.bank.ids)]})
        back = dialogue.action_confirm()

        self.assertEqual((back["res_model"], back["res_id"]), (wizard._name, wizard.id))
        wizard.invalidate_recordset(["warnings"])
        self.assertNotIn("booked", wizard.warnings or "")
