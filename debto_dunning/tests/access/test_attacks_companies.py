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
        self.other_records["dunning.credit.provider"].sudo().company_id = self.other
        policy.sudo().company_id, self.records["dunning.policy"].sudo().company_id = self.other, self.company
        level = self.other_records["dunning.level"]
        level.sudo().write({"policy_id": policy.id, "number": 7})
        for record, vals in (
                (level, {"policy_id": self.records["dunning.policy"].id}),
                (policy, {"company_id": self.company.id}),
                (self.other_records["dunning.segment"], {"company_id": self.company.id}),
                (self.other_records["dunning.credit.provider"], {"company_id": self.company.id}),
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

    # -- Files and marks of the system -------------------------------------------------------------------------------

    def test_files_that_went_along_stay(self):
        files = self.env["ir.attachment"].sudo()
        letter = files.create({
            "name": "letter.pdf", "raw": b"as it was", "res_model": self.reminder._name, "res_id": self.reminder.id})
        invoice = self.records["account.move"]
        pdf = files.create({"name": "invoice.pdf", "raw": b"as it was", "res_model": "account.move",
                            "res_id": invoice.id, "res_field": "dunning_pdf_file"})
        self.reminder.sudo().attachment_ids = letter + pdf
        for kind in ("collector", "biller", "manager", "system"):
            for file in (letter, pdf):
                file = self.as_user(self.users[kind], file)
                for vals in ({"raw": b"forged"}, {"datas": b"Zm9yZ2Vk"}, {"name": "x"}, {"res_id": 0},
                             {"res_field": False}):
                    with self.subTest(kind=kind, file=file.sudo().name, vals=vals), self.assertRaises(AccessError):
                        file.write(vals)
                with self.subTest(kind=kind, file=file.sudo().name), self.assertRaises(AccessError):
                    file.unlink()
                with self.subTest(kind=kind, file=file.sudo().name), self.assertRaises(AccessError):
                    file.copy({"raw": b"forged"})
            with self.subTest(kind=kind), self.assertRaises(AccessError):
                self.as_user(self.users[kind], invoice).write({"dunning_pdf_file": False})

    def test_what_one_adds_to_the_history_can_be_taken_away(self):
        file = self.env["ir.attachment"].with_user(self.users["collector"]).create({
            "name": "mine.txt", "raw": b"note", "res_model": self.reminder._name, "res_id": self.reminder.id})

        file.unlink()

        self.assertFalse(file.exists())

    def test_files_are_not_searched(self):
        reminders = self.env["dunning.communication"].with_user(self.users["employee"])
        for domain in ([("attachment_ids.name", "like", "x")], [("attachment_ids.index_content", "like", "x")],
                       [("attachment_ids", "any", [("checksum", "=", "x")])], [("attachment_ids", "like", "x")],
                       [("attachment_ids", "not any", [("name", "=", "x")])],
                       [("line_ids.communication_id.attachment_ids.name", "like", "x")]):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                reminders.search(domain)

    def test_marks_of_the_system_on_other_models(self):
        """What the addon alone writes on Odoo's own models is refused to people, also to those with every right."""
        user = self.users["system"]
        user.group_ids += self.env.ref("account.group_account_manager")
        user.group_ids += self.env.ref("debto_dunning.group_dunning_manager")
        targets = {
            "account.move": self.records["account.move"], "res.company": self.company,
            "account.move.line": self.items_of(self.records["account.move"]),
            "payment.transaction": self.records["dunning.payment.allotment"].sudo().transaction_id}
        values = {"integer": 7, "date": NIGHT, "datetime": f"{NIGHT} 00:00:00", "boolean": True}
        seen = 0
        for name, model in self.registry.items():
            if (model._original_module or "").startswith("debto_dunning") or model._abstract or model._transient:
                continue
            for field in model._fields.values():
                if (not (field._module or "").startswith("debto_dunning") or not field.store or field.compute
                        or not field.readonly):
                    continue
                seen += 1
                value = values.get(field.type, False)
                if field.type == "many2one":
                    value = self.env[field.comodel_name].sudo().search([], limit=1).id
                with self.subTest(field=str(field)), self.assertRaises(AccessError):
                    self.as_user(user, targets[name]).write({field.name: value})
        self.assertGreater(seen, 8)

    # -- The customer's key and the portal ---------------------------------------------------------------------------

    def test_portal_makes_no_debtor(self):
        portal, debtors = self.users["portal"], self.env["dunning.debtor"].sudo()
        invoice = self.make_invoice(partner=self.make_customer("Fresh"))
        portal.partner_id.parent_id = invoice.partner_id
        debtors.search([("partner_id", "=", invoice.partner_id.id)]).unlink()

        with self.assertRaises(AccessError):
            self.as_user(portal, invoice).action_open_dunning_communications()
        with self.assertRaises(AccessError):
            self.env["dunning.communication"].with_user(portal).with_context(
                default_customer_id=portal.partner_id.id).default_get(["debtor_id"])
        for name in ("action_open_dunning_communications", "action_open_debtor"):
            with self.assertRaises(AccessError):
                getattr(self.as_user(portal, portal.partner_id), name)()

        self.assertFalse(debtors.search([("partner_id", "=", invoice.partner_id.id)]))

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
    def test_post_with_the_key_is_an_answer(self):
        reminder = self.records["dunning.communication"].sudo()
        reminder.company_id.dunning_reply_pauses = True

        response = self.make_jsonrpc_request("/mail/message/post", {
            "thread_model": reminder._name, "thread_id": reminder.id, "token": reminder.access_token,
            "post_data": {"body": "we paid", "message_type": "comment"}})

        self.assertTrue(response)
        answer = reminder.search([("debtor_id", "=", reminder.debtor_id.id), ("direction", "=", "in")])
        self.assertEqual((answer.channel, answer.state, answer.needs_attention), ("portal", "received", True))
        self.assertIn("we paid", answer.body)
        self.assertTrue(answer.debtor_id.hold_ids.filtered(lambda hold: hold.kind == "reply"))

    def test_odd_pages_and_keys(self):
        reminder = self.records["dunning.communication"].sudo()
        address = f"/my/reminders/{reminder.id}?access_token="
        for end in (f"{reminder.access_token}&page=2", f"{reminder.access_token}&page=x", "é",
                    f"{reminder.access_token}&page={'9' * 5000}", f"{reminder.access_token}&page=٣"):
            with self.subTest(end=end):
                self.assertEqual(self.url_open(address + end).status_code, 200)
        for path in (f"{reminder.id}/page/{'9' * 5000}", f"{2**40}", f"{2**40}/code"):
            with self.subTest(path=path):
                self.assertIn(self.url_open(
                    f"/my/reminders/{path}?access_token={reminder.access_token}").status_code, (200, 404))
