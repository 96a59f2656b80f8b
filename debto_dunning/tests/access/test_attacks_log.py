from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ...models.communication import dunning_communication_reply as reply
from .access_common import AccessCommon

SAID = "as it was"


@tagged("post_install", "-at_install")
class TestAttacksOnTheLog(AccessCommon):
    """History that somebody would like to lose, and words that nobody said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reminder = cls.records["dunning.communication"]
        cls.debtor = cls.records["dunning.debtor"]
        cls.company.dunning_reply_pauses = True

    def as_kind(self, kind, record):
        return self.as_user(self.users[kind], record)

    def answers(self):
        return self.reminder.sudo().search([("debtor_id", "=", self.debtor.id), ("direction", "=", "in")])

    # -- History that goes -------------------------------------------------------------------------------------------

    def test_messages_stay(self):
        for record in (self.reminder, self.debtor):
            record = record.sudo()
            for message in (
                    record._message_log(body=SAID),
                    record.message_post(body=SAID, message_type="comment", author_id=self.customer.id),
                    record.message_post(body=SAID, message_type="email_outgoing")):
                for kind in ("collector", "manager", "system"):
                    with self.subTest(model=record._name, type=message.message_type, kind=kind):
                        for call, *args in (
                                (self.as_kind(kind, message).unlink,),
                                (self.as_kind(kind, message).write, {"body": "other"}),
                                (self.as_kind(kind, message).write, {"model": False, "res_id": False})):
                            with self.assertRaises(AccessError), self.env.cr.savepoint():
                                call(*args)
                self.assertIn(SAID, message.exists().body)

    def test_message_comes_from_nowhere_else(self):
        collector = self.users["collector"]
        message = self.env["mail.message"].sudo().create({
            "body": "x", "author_id": collector.partner_id.id, "message_type": "notification"})

        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.as_kind("collector", message).write({"model": self.reminder._name, "res_id": self.reminder.id})

    def test_own_comment_may_go(self):
        message = self.as_kind("collector", self.reminder).message_post(body=SAID, message_type="comment")

        message.unlink()

        self.assertFalse(message.exists())

    def test_mail_that_is_deleted_leaves_its_message(self):
        mail = self.env["mail.mail"].sudo().create({
            "subject": SAID, "body": SAID, "body_html": SAID, "email_to": "azur@example.com",
            "model": self.reminder._name, "res_id": self.reminder.id})
        message = mail.mail_message_id

        self.as_kind("system", mail).unlink()

        self.assertFalse(mail.exists())
        self.assertIn(SAID, message.exists().body)

    # -- Words that nobody said --------------------------------------------------------------------------------------

    def test_nobody_posts_under_another_name(self):
        ago = fields.Datetime.now() - timedelta(days=3)
        for record in (self.reminder, self.debtor):
            for vals in ({"author_id": self.customer.id}, {"author_id": False}, {"email_from": "azur@example.com"},
                         {"message_type": "email"}, {"message_type": "email_outgoing"}, {"date": ago}):
                with self.subTest(model=record._name, vals=vals):
                    self.assertForbidden(self.as_kind("collector", record).message_post, **{
                        "body": "we pay", "message_type": "comment", **vals})
                    messages = self.as_kind("collector", self.env["mail.message"])
                    row = {"model": record._name, "res_id": record.id, "body": "we pay"}
                    self.assertForbidden(messages.create, {**row, **vals})
                    if "email_from" not in vals:  # which Odoo takes from no context
                        self.assertForbidden(messages.with_context(**{
                            f"default_{name}": value for name, value in vals.items()}).create, row)
        self.assertFalse(self.answers())

    def test_composer_writes_under_no_other_name(self):
        for mode in ("comment", "mass_mail"):
            for vals in ({"author_id": self.customer.id}, {"email_from": "azur@example.com"}):
                with self.subTest(mode=mode, vals=vals):
                    composer = self.as_kind("collector", self.env["mail.compose.message"]).create({
                        "model": self.reminder._name, "res_ids": str(self.reminder.ids), "composition_mode": mode,
                        "body": "we pay", "subject": "x"})
                    composer.write(vals)
                    before = len(self.reminder.sudo().message_ids)

                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        composer._action_send_mail()

                    self.assertEqual(len(self.reminder.sudo().message_ids), before)

    def test_colleague_posts_in_the_own_name(self):
        for kind in ("collector", "manager"):
            message = self.as_kind(kind, self.reminder).message_post(body=SAID, message_type="comment")

            self.assertEqual(message.author_id, self.users[kind].partner_id)
        self.assertFalse(self.answers())

    def test_colleague_answers_the_customer(self):
        """Without a right to invoices, which alone shows the key of the page."""
        for kind in ("collector", "manager"):
            with self.subTest(kind=kind):
                message = self.as_kind(kind, self.reminder).message_post(
                    body=SAID, message_type="comment", subtype_xmlid="mail.mt_comment",
                    partner_ids=self.customer.ids)

                self.assertEqual(message.sudo().notification_ids.res_partner_id, self.customer)

    # -- Floods ------------------------------------------------------------------------------------------------------

    def post_as_customer(self, body=SAID):
        portal = self.users["portal"]
        return self.reminder.with_user(portal).sudo().message_post(
            body=body, message_type="comment", author_id=portal.partner_id.id)

    def test_answers_of_a_day_are_limited(self):
        for number in range(reply.ANSWERS_PER_DAY):
            self.post_as_customer(f"answer {number}")

        with self.assertRaisesRegex(UserError, "tomorrow"), self.env.cr.savepoint():
            self.post_as_customer()

        self.assertEqual(len(self.answers()), reply.ANSWERS_PER_DAY)
        self.assertEqual(len(self.debtor.sudo().hold_ids.filtered(lambda hold: hold.kind == "reply")), 1)

    def test_pause_lasts_until_the_last_answer_is_read(self):
        self.post_as_customer("first")
        self.post_as_customer("second")
        first, second = self.answers().sorted("id")

        first.action_seen()
        paused = self.debtor.sudo().is_on_hold
        holds = self.debtor.sudo().hold_ids
        second.action_seen()

        self.assertTrue(paused)
        self.assertEqual(holds.filtered("active").origin or holds[:1].origin, second)
        self.assertFalse(self.env["dunning.hold"].sudo().search([
            ("debtor_id", "=", self.debtor.id), ("kind", "=", "reply")]))

    def test_long_answer_is_cut_and_stored_once(self):
        message = self.post_as_customer("word " * 100_000)

        self.assertLess(len(message.body), reply.LONGEST_ANSWER * 1.1)
        self.assertIn("too long", message.body)
        self.assertLess(len(self.answers().body), reply.LONGEST_EXCERPT * 1.5)


@tagged("post_install", "-at_install")
class TestAttacksWithTheKey(AccessCommon, HttpCase):
    def test_post_with_the_key_is_always_an_answer(self):
        """Whatever type it claims: a note of the system would pause nothing."""
        reminder = self.records["dunning.communication"].sudo()
        for message_type in ("notification", "email", "comment"):
            self.make_jsonrpc_request("/mail/message/post", {
                "thread_model": reminder._name, "thread_id": reminder.id, "token": reminder.access_token,
                "post_data": {"body": SAID, "message_type": message_type}})

        answers = reminder.search([("debtor_id", "=", reminder.debtor_id.id), ("direction", "=", "in")])

        self.assertEqual(len(answers), 3)
