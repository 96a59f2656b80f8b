from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..common import NIGHT, days_ago
from .access_common import AccessCommon

SAID = "as it was"


@tagged("post_install", "-at_install")
class TestAttacksOnCompanies(AccessCommon):
    """What somebody of another company might try over the interface: dialogues of Odoo, forms, rows of the chatter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reminder = cls.records["dunning.communication"]
        cls.stranger = cls.others["manager"]

    # -- Keys --------------------------------------------------------------------------------------------------------

    def test_dialogue_to_share_gives_no_key(self):
        for user in (self.users["portal"], self.users["employee"], self.users["collector"], self.stranger):
            share = self.env["portal.share"].with_user(user).with_context(
                active_model=self.reminder._name, active_id=self.reminder.id)
            with self.subTest(user=user.login):
                try:
                    link = share.default_get(["share_link"]).get("share_link") or ""
                except AccessError:
                    link = ""
                self.assertNotIn(self.reminder.sudo().access_token, link)

    # -- The chatter -------------------------------------------------------------------------------------------------

    def test_rows_of_the_chatter_are_not_given_through_an_entry(self):
        message = self.reminder.sudo().message_post(body=SAID)
        debtor = self.records["dunning.debtor"]
        entries = self.env["dunning.communication"].with_user(self.users["collector"])
        for name, commands in {
                "message_ids": [Command.update(message.id, {"body": "forged"}), Command.link(message.id),
                                Command.delete(message.id), Command.create({"body": "x", "author_id": 3})],
                "message_follower_ids": [Command.create({"partner_id": self.customer.id})],
                "message_partner_ids": [Command.link(self.customer.id)]}.items():
            for command in commands:
                with self.subTest(field=name, command=command[0]):
                    self.assertForbidden(entries.create, {
                        "debtor_id": debtor.id, "subject": "x", "channel": "note", name: [command]})
                    self.assertForbidden(self.reminder.with_user(self.users["collector"]).write, {name: [command]})
        self.assertIn(SAID, message.exists().body)

    def test_message_of_a_reminder_is_not_rewritten(self):
        message = self.reminder.sudo().message_post(body=SAID, message_type="email_outgoing")

        for user in (self.users["collector"], self.users["manager"]):
            with self.assertRaises(AccessError):
                message.with_user(user).write({"body": "forged", "reply_to": "me@example.com"})

    def test_own_comment_is_edited(self):
        message = self.reminder.with_user(self.users["collector"]).message_post(body=SAID, message_type="comment")

        message.with_user(self.users["collector"]).write({"body": "typo"})

        self.assertIn("typo", message.body)

    # -- Into another company ----------------------------------------------------------------------------------------

    def test_records_are_not_moved_to_another_company(self):
        policy = self.other_records["dunning.policy"]
        policy.sudo().company_id, self.records["dunning.policy"].sudo().company_id = self.other, self.company
        level = self.other_records["dunning.level"]
        level.sudo().write({"policy_id": policy.id, "number": 7})
        for record, vals in (
                (level, {"policy_id": self.records["dunning.policy"].id}),
                (policy, {"company_id": self.company.id}),
                (self.other_records["dunning.segment"], {"company_id": self.company.id}),
                (self.other_records["dunning.collector.rule"], {"company_id": self.company.id})):
            if "company_id" in record._fields and not record.sudo().company_id:
                record.sudo().company_id = self.other
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.stranger).with_company(self.other).write(vals)

    # -- Forms -------------------------------------------------------------------------------------------------------

    def test_form_shows_nothing_of_another_company(self):
        debtor, item = self.records["dunning.debtor"], self.records["dunning.communication.line"].move_line_id
        spec = {"risk_score": {}, "company_id": {}, "customer_id": {"fields": {"display_name": {}}}}
        entries = self.env["dunning.communication"].with_user(self.others["collector"])
        for value in (debtor.id, {"id": debtor.id}, (debtor.id, "x"), [debtor.id, "x"]):
            with self.subTest(value=value), self.assertRaises(UserError):
                entries.onchange({"debtor_id": value}, ["debtor_id"], spec)
        with self.assertRaises(UserError):
            entries.with_context(default_debtor_id=debtor.id).onchange({}, [], spec)
        with self.assertRaises(UserError):
            self.env["dunning.debtor"].with_user(self.others["collector"]).with_context(
                default_company_id=self.company.id, default_partner_id=self.customer.id).onchange(
                    {}, [], {"open_amount": {}})
        with self.assertRaises(UserError):
            self.env["dunning.send.line"].with_user(self.others["collector"]).onchange(
                {"item_id": {"id": item.id}}, ["item_id"], {"item_id": {}})

    # -- Absences ----------------------------------------------------------------------------------------------------

    def test_nobody_takes_the_calls_of_another_company(self):
        absences = self.env["dunning.absence"]
        away, thief = self.users["collector"], self.others["collector"]
        days = {"date_from": NIGHT, "date_to": NIGHT}
        for user in (thief, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                absences.with_user(user).create({"user_id": away.id, "substitute_id": thief.id, **days})
        absence = absences.sudo().create({"user_id": away.id, "substitute_id": thief.id, **days})

        self.assertEqual(absences._substitute(away, NIGHT, self.company), away)
        self.assertFalse(absences.with_user(thief).with_company(self.other).search([("id", "=", absence.id)]))

    def test_who_is_away_names_a_colleague(self):
        away, colleague = self.users["collector"], self.users["manager"]

        self.env["dunning.absence"].with_user(away).create({
            "user_id": away.id, "substitute_id": colleague.id, "date_from": NIGHT, "date_to": NIGHT})

        self.assertEqual(self.env["dunning.absence"]._substitute(away, NIGHT, self.company), colleague)

    # -- Posting -----------------------------------------------------------------------------------------------------

    def test_letter_is_not_posted_before_it_was_made(self):
        letter = self.say(self.records["account.move"], self.first, when=0, noticed=False, channel="letter",
                          line_vals={"level_id": False, "level_number": 0})
        wizard = self.env["dunning.confirm.posting"].with_user(self.users["collector"]).create({
            "communication_ids": letter.ids, "posted_on": days_ago(1)})

        with self.assertRaises(UserError):
            wizard.action_confirm()


@tagged("post_install", "-at_install")
class TestOddAddresses(AccessCommon, HttpCase):
    def test_odd_pages_and_keys(self):
        reminder = self.records["dunning.communication"].sudo()
        address = f"/my/reminders/{reminder.id}?access_token="
        for end in (f"{reminder.access_token}&page=2", f"{reminder.access_token}&page=x", "é"):
            with self.subTest(end=end):
                self.assertEqual(self.url_open(address + end).status_code, 200)
