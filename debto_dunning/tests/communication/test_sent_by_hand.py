"""What a person sent and did not leave at once is looked at again: only what a person may override lets it leave."""

from odoo import models
from odoo.tests import tagged
from odoo.tools import SQL

from ...tools.decision import Reason
from ..addon_common import AddonCommon
from ..common import NIGHT, days_ago
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestSentByHand(AddonCommon, ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Run(models.Model):
            _module = None
            _name = "dunning.run"
            _inherit = ["dunning.run"]

            def _reasons(self):
                # behind all holds, so that one of them is found first
                return {**super()._reasons(), "sample": Reason("a sample", 125, drops=True, is_open_ended=True)}

            def _exclusions(self):
                return [*super()._exclusions(), ("sample", SQL("move.ref = 'sample'"))]

        cls.extend(Run)
        cls.invoice = cls.make_invoice()
        cls.item = cls.items_of(cls.invoice)

    def queue_by_hand(self):
        """A message that a person sent, which waits in the queue as after a fault of the mail server."""
        wizard = self.env["dunning.send"].browse(
            self.env["dunning.send"]._action_open(debtor=self.debtor_of(self.customer))["res_id"])
        rows = list(self.run_model._decide_each(
            self.company, NIGHT, partner_ids=self.customer.ids, by_hand=True))
        message = wizard._create_communications(rows)
        self.assertRecordValues(message, [{"state": "queued", "is_manual": True}])
        return message

    def exclude(self, how):
        if how == "no_followup":
            self.item.no_followup = True
        elif how == "blocked":
            self.invoice.payment_state = "blocked"
        elif how == "not_sent":
            self.company.dunning_sent_only = True
            self.invoice.is_move_sent = False
        elif how == "archived":
            self.customer.active = False
        elif how == "sample":
            self.invoice.ref = "sample"
        elif how == "covered":
            self.make_payment(100)

    def assertCancelled(self, how):
        """A message that a person sent does not leave once its invoice or customer is excluded; taken back then."""
        with self.subTest(how), self.env.cr.savepoint() as savepoint:
            message = self.queue_by_hand()
            self.exclude(how)

            self.deliver()

            self.assertEqual(message.state, "cancelled")
            savepoint.rollback()
            self.env.invalidate_all()

    def test_nobody_may_override_these(self):
        for how in ("no_followup", "blocked", "not_sent", "archived", "sample", "covered"):
            self.assertCancelled(how)

    def test_nobody_may_override_these_behind_a_hold(self):
        self.debtor_of(self.customer)._create_holds(days_ago(-5), "talks")
        for how in ("no_followup", "archived", "sample", "covered"):
            self.assertCancelled(how)

    def test_person_may_override_a_hold_an_answer_and_an_insolvency(self):
        for kind in ("person", "reply", "insolvent"):
            with self.subTest(kind), self.env.cr.savepoint() as savepoint:
                message = self.queue_by_hand()
                self.env["dunning.hold"].sudo().create({
                    "debtor_id": self.debtor_of(self.customer).id, "kind": kind})

                self.deliver()

                self.assertEqual(message.state, "sent")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_next_channel_of_what_a_person_sent_is_looked_at_too(self):
        message = self.queue_by_hand()
        self.customer.email = "peeters@"
        message._deliver_batch()
        letter = self.communications.search([("previous_id", "=", message.id)])
        self.assertRecordValues(letter, [{"state": "queued", "is_manual": True, "channel": "letter"}])
        self.exclude("no_followup")

        self.deliver()

        self.assertEqual(letter.state, "cancelled")
