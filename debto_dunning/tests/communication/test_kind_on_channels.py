"""A kind of message of another addon says its words on every channel, and what pauses it stands in the table."""

from odoo import api, fields, models
from odoo.tests import tagged

from ...models.communication.dunning_communication_kind import MessageKind
from ...models.communication.dunning_communication_prepare import Message, MessageKey
from ..addon_common import AddonCommon
from ..common import days_ago
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestKindOnChannels(AddonCommon, ContactCommon):
    """Thanks, which ask for nothing; an instalment, which asks for 30; a note that nothing pauses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Communication(models.Model):
            _module = None
            _name = "dunning.communication"
            _inherit = ["dunning.communication"]

            kind = fields.Selection(
                selection_add=[("thanks", "Thanks"), ("instalment", "Instalment"), ("goodbye", "Goodbye")],
                ondelete={"thanks": "cascade", "instalment": "cascade", "goodbye": "cascade"})

            @api.model
            def _message_kinds(self):
                return {
                    **super()._message_kinds(),
                    "thanks": MessageKind(words="_words_of_thanks"),
                    "instalment": MessageKind(
                        words="_words_of_instalment", asks_money=True, amounts="_amounts_of_instalment",
                        paused_by=self.env["dunning.run"]._dropping_reasons() - {"debtor_hold"}),
                    "goodbye": MessageKind(words="_words_of_thanks", paused_by=frozenset()),
                }

            def _words_of_thanks(self):
                return {"subject": "Thank you", "body": self._paragraphs("You paid in time.")}

            def _words_of_instalment(self):
                return {"subject": "Second instalment", "body": self._paragraphs("As agreed in the plan.")}

            def _amounts_of_instalment(self, lines):
                return {"amount_total": 30, "amount_charges": 0}

        cls.extend(Communication)

    def make_message(self, kind, channel, lines=(), **vals):
        key = MessageKey(
            self.debtor_of(self.customer).id, self.customer.id, self.company.currency_id.id, channel,
            approval=False, notice=0)
        return self.communications._make_communications(
            self.company, [Message(key, self.customer.id, list(lines), "x", "friendly", kind=kind)], vals)

    def make_instalment(self, channel):
        invoice = self.make_invoice(overdue=-5, amount=90)
        item = invoice._dunning_open_items()
        return self.make_message("instalment", channel, [{
            "move_line_id": item.id, "move_id": invoice.id, "document": invoice.name, "amount_asked": 30}])

    def letter_html(self, message):
        return self.env["ir.actions.report"]._render_qweb_html("debto_dunning.report_letter", message.ids)[0].decode()

    # -- Words -------------------------------------------------------------------------------------------------------

    def test_thanks_by_mail_ask_for_nothing(self):
        thanks = self.make_message("thanks", "email")

        self.deliver()

        body = thanks.mail_id.body_html
        self.assertEqual((thanks.state, thanks.mail_id.subject), ("sent", "Thank you"))
        self.assertIn("You paid in time.", body)
        for money in ("Please pay", "online", "BE68", "scan the code", "0.00"):
            self.assertNotIn(money, body)

    def test_thanks_on_paper_ask_for_nothing(self):
        thanks = self.make_message("thanks", "letter")
        letter = self.letter_html(thanks)

        self.deliver()

        self.assertEqual((thanks.state, thanks.subject), ("sent", "Thank you"))
        self.assertTrue(thanks.letter_attachment_id)
        for text in (letter, thanks.body):
            self.assertIn("You paid in time.", text)
            for money in ("Please pay", "BE68", "scan the code", "0.00"):
                self.assertNotIn(money, text)

    def test_thanks_by_telephone_are_said(self):
        thanks = self.make_message("thanks", "call")

        self.deliver()

        activity = thanks.call_activity_id
        self.assertEqual(thanks.state, "sent")
        self.assertEqual(activity.summary, "Call Bakkerij Peeters: Thank you")
        self.assertIn("You paid in time.", activity.note)
        self.assertIn("You paid in time.", thanks.body)
        self.assertNotIn("0.00", activity.note + thanks.body)

    def test_thanks_stay_in_the_call_when_the_invoices_are_paid(self):
        self.company.dunning_policy_id.level_ids.channel = "call"
        invoice = self.make_invoice()
        thanks = self.make_message("thanks", "call")
        reminder = self.remind()
        activity = thanks.call_activity_id
        self.assertEqual(reminder.call_activity_id, activity)
        self.assertIn("100.00", activity.summary)

        self.pay(invoice)
        self.communications._update_calls()

        self.assertEqual(activity.summary, "Call Bakkerij Peeters: Thank you")
        self.assertNotIn(invoice.name, activity.note)

    def test_thanks_that_are_taken_back_leave_the_call(self):
        thanks = self.make_message("thanks", "call")
        self.deliver()
        activity = thanks.call_activity_id

        thanks._cancel("wrong customer")

        self.assertFalse(activity.exists())

    def test_instalment_names_its_amount_on_every_channel(self):
        by_mail, by_letter, by_call = map(self.make_instalment, ("email", "letter", "call"))
        letter = self.letter_html(by_letter)

        self.deliver()

        for text in (by_mail.mail_id.body_html, letter):
            self.assertIn("As agreed in the plan.", text)
            self.assertIn("Please pay", text)
            self.assertIn("30.00", text)
            self.assertIn("BE68", text)
            self.assertIn("data:image", text)
        self.assertIn("30.00", by_call.call_activity_id.summary)
        self.assertIn("As agreed in the plan.", by_call.call_activity_id.note)

    def test_instalment_that_comes_back_names_its_amount_on_the_next_channel(self):
        instalment = self.make_instalment("email")
        self.customer.email = "peeters@"

        self.deliver()

        letter = self.communications.search([("previous_id", "=", instalment.id)])
        self.assertRecordValues(letter, [{"kind": "instalment", "channel": "letter", "amount_total": 30}])
        self.assertEqual(letter.line_ids.move_line_id, instalment.line_ids.move_line_id)
        self.assertIn("data:image", self.letter_html(letter))

    def test_customer_has_no_page_of_what_shows_no_lines(self):
        thanks, instalment = self.make_message("thanks", "email"), self.make_instalment("email")
        self.make_invoice()

        reminder = self.remind()

        self.assertFalse(thanks._has_page())
        self.assertFalse(instalment._has_page())
        self.assertTrue(reminder._has_page())

    def test_only_what_asks_for_money_counts_as_a_reminder(self):
        thanks, instalment = self.make_message("thanks", "email"), self.make_instalment("email")

        self.assertEqual((thanks.is_reminder, instalment.is_reminder), (False, True))

    def test_thanks_can_be_withdrawn_and_stay_in_the_log(self):
        thanks = self.make_message("thanks", "email")
        clerk = self.make_user("clerk", "debto_dunning.group_dunning_user")

        thanks.with_user(clerk).action_withdraw()

        self.assertEqual(thanks.state, "cancelled")

    def test_letter_of_thanks_waits_for_its_posting(self):
        thanks = self.make_message("thanks", "letter")

        self.deliver()

        self.assertTrue(thanks.awaits_posting)
        self.assertIn(thanks, self.communications.search([("awaits_posting", "=", True)]))

    def test_every_kind_of_ours_says_words(self):
        self.make_invoice()
        reminder = self.remind()
        contact = self.communications.create({"debtor_id": self.debtor_of(self.customer).id, "subject": "Called",
                                              "body": "<p>He pays.</p>"})
        charge = self.env["dunning.charge"].sudo().create({
            "debtor_id": self.debtor_of(self.customer).id, "currency_id": self.company.currency_id.id})
        charges = self.make_message("charges", "email", [{
            "charge_id": charge.id, "document": "INV/1", "amount_asked": 0, "amount_cost": 40}])

        self.assertEqual(reminder._message_words()["subject"], f"Pay {reminder._money(100)}")
        self.assertIn("Since ", reminder._message_words()["body"])
        self.assertEqual(charges._message_words()["subject"], "Paid late: costs and interest of INV/1")
        self.assertIn("40.00", charges._message_words()["body"])
        self.assertEqual(contact._message_words(), {"subject": "Called", "body": "<p>He pays.</p>"})

    # -- Pauses ------------------------------------------------------------------------------------------------------

    def test_what_holds_the_customer_pauses_a_kind_by_the_table(self):
        debtor = self.debtor_of(self.customer)
        debtor._create_holds(days_ago(-5), "talks")
        thanks, instalment, goodbye = (
            self.make_message(kind, "email") for kind in ("thanks", "instalment", "goodbye"))

        self.deliver()

        self.assertEqual((thanks.state, instalment.state, goodbye.state), ("cancelled", "sent", "sent"))
        self.assertIn("the customer is on hold", thanks.message_ids[:1].body)

    def test_archived_customer_gets_no_thanks(self):
        thanks = self.make_message("thanks", "email")
        self.customer.active = False

        self.deliver()

        self.assertEqual(thanks.state, "cancelled")

    def test_moved_step_does_not_pause_what_is_queued(self):
        self.debtor_of(self.customer).postponed_until = days_ago(-5)
        thanks = self.make_message("thanks", "email")

        self.deliver()

        self.assertEqual(thanks.state, "sent")

    def test_person_sends_to_a_customer_on_hold_but_not_to_an_archived_one(self):
        self.debtor_of(self.customer)._create_holds(days_ago(-5), "talks")
        thanks = self.make_message("thanks", "email", is_manual=True)
        self.deliver()
        self.assertEqual(thanks.state, "sent")
        more = self.make_message("thanks", "email", is_manual=True)
        self.customer.active = False

        self.deliver()

        self.assertEqual(more.state, "cancelled")
