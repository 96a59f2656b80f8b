import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..common import NIGHT, days_ago
from ..risk.test_risk import RiskCommon


class PersonalDataCommon(RiskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.make_customer("Ines", is_company=False)
        cls.debtor = cls.debtor_of(cls.person)
        cls.manager = cls.make_user("manager", "debto_dunning.group_dunning_manager,account.group_account_invoice")
        cls.collector = cls.make_user("collector", "debto_dunning.group_dunning_user")


@tagged("post_install", "-at_install")
class TestScoreExplained(PersonalDataCommon):
    def explanation(self):
        return " ".join(str(self.debtor._render_score_explanation()).split())

    def test_plain_words_without_points(self):
        self.make_history(self.person, [30, 35, 40, 38, 42, None])
        self.make_history(self.make_customer("Other"), [0, -2, 1, 0, -1, 0])
        self.refresh()

        text = self.explanation()

        self.assertIn(f"<b>{self.debtor.risk_score}</b>", text)
        self.assertIn("How you paid our invoices so far: worse", text)
        self.assertIn("a person looks at it", text)

    def test_says_only_what_holds(self):
        self.company.dunning_person_confirms = False

        text = self.explanation()

        self.assertIn("none of you yet", text)
        self.assertNotIn("a person looks at it and decides", text)
        self.assertNotIn("credit report", text)

    def test_every_input_has_words_for_the_customer(self):
        self.make_history(self.person, [30])
        self.refresh()

        model = self.debtor._lateness_model()

        self.assertEqual(set(self.debtor._score_words_for_customer()), set(self.debtor._risk_words(model)))

    def test_mail_is_read_by_a_person_first(self):
        sent = self.env["mail.mail"].search_count([])

        action = self.debtor.with_user(self.collector).action_explain_score()
        composer = self.env["mail.compose.message"].with_user(self.collector).with_context(
            **action["context"]).create({})

        self.assertEqual(composer.partner_ids, self.person)
        self.assertIn("a score from 0", composer.body)
        self.assertEqual(self.env["mail.mail"].search_count([]), sent)


@tagged("post_install", "-at_install")
class TestDataHandedOut(PersonalDataCommon, HttpCase):
    def test_all_that_is_kept_with_labels(self):
        invoice = self.make_invoice(partner=self.person)
        reminder = self.say(invoice, self.first)
        reminder.email = "ines@example.com"
        self.debtor.write({"hold_until": NIGHT, "hold_reason": "away"})

        data = self.debtor.with_user(self.manager)._personal_data()

        self.assertEqual(data["Debtor"][0]["Customer"], "Ines")
        self.assertEqual(data["Communication with a Debtor"][0]["Address"], "ines@example.com")
        self.assertIn(invoice.name, json.dumps(data["Invoice in a Communication"], default=str))
        self.assertEqual(data["Pause of Reminders"][0]["Reason"], "away")

    def test_no_key_and_nobody_else_s_data(self):
        other = self.make_customer("Olga", is_company=False)
        for partner in (self.person, other):
            self.say(self.make_invoice(partner=partner), self.first)._portal_ensure_token()

        text = json.dumps(self.debtor.with_user(self.manager)._personal_data(), default=str)

        self.assertNotIn("Olga", text)
        self.assertNotIn(self.debtor.communication_ids.access_token, text)

    def test_download_by_a_manager_is_logged(self):
        self.authenticate("manager", "manager")

        action = self.debtor.with_user(self.manager).action_hand_out_data()
        response = self.url_open(action["url"])

        self.assertEqual(response.json()["Debtor"][0]["Customer"], "Ines")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(sum("handed out by" in (message.body or "") for message in self.debtor.message_ids), 1)

    def test_download_without_the_button_is_logged(self):
        self.authenticate("manager", "manager")

        self.url_open(f"/dunning/debtors/{self.debtor.id}/data")

        self.assertIn("handed out by manager", self.debtor.message_ids[:1].body)

    def test_download_by_others_is_refused(self):
        self.authenticate("collector", "collector")

        self.assertEqual(self.url_open(f"/dunning/debtors/{self.debtor.id}/data").status_code, 404)
        with self.assertRaises(AccessError):
            self.debtor.with_user(self.collector).action_hand_out_data()


@tagged("post_install", "-at_install")
class TestRetention(PersonalDataCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dunning_retention_months = 12

    def say_long_ago(self, partner=None, paid=True, when=400, **vals):
        invoice = self.make_invoice(overdue=420, partner=partner or self.person)
        reminder = self.say(invoice, self.first, when=when, email="ines@example.com", body="Dear Ines", **vals)
        if paid:
            self.pay(invoice)
        return reminder

    def test_words_go_and_the_step_stays(self):
        reminder = self.say_long_ago()
        reminder._message_log(body="Ines called")
        attachment = self.env["ir.attachment"].create({
            "name": "letter.pdf", "raw": b"x", "res_model": reminder._name, "res_id": reminder.id})

        self.run_night()

        self.assertEqual(reminder.erased_on, NIGHT)
        self.assertFalse(reminder.body or reminder.email or reminder.message_ids or attachment.exists())
        self.assertIn("Erased", reminder.subject)
        self.assertEqual((reminder.level_number, reminder.line_ids.level_number, reminder.state), (1, 1, "sent"))

    def test_what_stays(self):
        firm = self.make_customer("Firm")
        for name, reminder in {
            "a company's": self.say_long_ago(firm),
            "an open invoice's": self.say_long_ago(paid=False),
            "a young one": self.say_long_ago(when=300),
            "one that waits for somebody": self.say_long_ago(needs_attention=True),
        }.items():
            with self.subTest(name):
                self.env["dunning.communication"]._erase_expired(self.company, NIGHT)

                self.assertFalse(reminder.erased_on)
                self.assertEqual(reminder.email, "ines@example.com")

    def test_without_a_time_nothing_goes(self):
        self.company.dunning_retention_months = 0
        reminder = self.say_long_ago()

        self.run_night()

        self.assertFalse(reminder.erased_on)

    def test_a_step_that_was_erased_is_not_taken_again(self):
        reminder = self.say_long_ago()
        invoice = reminder.line_ids.move_id
        self.env["dunning.communication"]._erase_expired(self.company, NIGHT)

        invoice.line_ids.remove_move_reconcile()

        self.assertEqual(self.look(invoice).number, self.second.number)
        self.assertEqual(reminder.date.date(), days_ago(400))
