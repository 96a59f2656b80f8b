"""What a message asks, by its kind, and that another addon can bring a kind."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.communication.dunning_communication_kind import MessageKind
from ...models.communication.dunning_communication_prepare import Message, MessageKey
from ..addon_common import AddonCommon
from ..common import days_ago
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestAmounts(ContactCommon):
    def test_amounts_of_a_message_from_values_and_from_lines(self):
        values = [
            {"level_id": self.first.id, "amount_asked": 100, "amount_cost": 40, "amount_interest": 3,
             "amount_settled": 10},
            {"level_id": self.first.id, "amount_asked": 20, "amount_cost": 1, "amount_settled": 5},
            {"level_id": self.first.id, "amount_asked": 50, "void": True},
            {"level_id": False, "amount_asked": 70},
            {"charge_id": self.env["dunning.charge"].sudo().create({
                "debtor_id": self.debtor_of(self.customer).id, "currency_id": self.company.currency_id.id}).id,
             "amount_asked": 0, "amount_cost": 40, "amount_interest": 2.5},
        ]
        communication = self.communications.create({
            "debtor_id": self.debtor_of(self.customer).id, "subject": "x", "is_reminder": True,
            "line_ids": [fields.Command.create({**vals, "level_number": number})
                         for number, vals in enumerate(values)]})

        amounts = self.communications._amounts("reminder", values)

        self.assertEqual(amounts, {"amount_total": 195.5, "amount_charges": 75.5})
        self.assertEqual(self.communications._amounts("reminder", communication.line_ids), amounts)

    def test_draft_that_is_joined_asks_for_both(self):
        self.policy.level_ids.needs_approval = True
        self.make_invoice(overdue=10, amount=100)
        draft = self.run_night().communication_ids
        self.make_invoice(overdue=20, amount=50)

        self.run_night(days_ago(-1))

        self.assertEqual(self.communications.search([("state", "=", "draft")]), draft)
        self.assertEqual(draft.amount_total, 150)
        self.assertEqual(len(draft.line_ids), 2)

    def test_next_channel_asks_what_is_left(self):
        paid = self.make_invoice(overdue=10, amount=100)
        self.make_invoice(overdue=10, amount=30)
        failed = self.run_night().communication_ids
        self.pay(paid)
        self.customer.email = "peeters@"

        self.deliver()

        letter = self.communications.search([("previous_id", "=", failed.id)])
        self.assertRecordValues(letter, [{"channel": "letter", "amount_total": 30, "kind": "reminder"}])
        self.assertEqual(letter.line_ids.mapped("amount_asked"), [30])

    def test_error_at_revalidation_fails_that_message_alone(self):
        other = self.make_customer("Slager Janssens")
        self.make_invoice()
        self.make_invoice(partner=other)
        communications = self.run_night().communication_ids
        broken = communications.filtered(lambda one: one.customer_id == self.customer)
        original = type(broken)._drop_items

        def drop(batch, company):
            if broken in batch:
                raise ValueError("broken ledger")
            return original(batch, company)

        self.patch(type(broken), "_drop_items", drop)

        with self.assertLogs("odoo.addons.debto_dunning", "ERROR"):
            self.deliver()

        self.assertEqual((broken.state, (communications - broken).state), ("failed", "sent"))
        self.assertIn("broken ledger", broken.failure_reason)


@tagged("post_install", "-at_install")
class TestKinds(ContactCommon):
    def test_kind_by_what_it_is(self):
        self.make_invoice()

        reminder = self.remind()
        call, skipped = self.communications.create([
            {"debtor_id": self.debtor_of(self.customer).id, "subject": "Called"},
            {"debtor_id": self.debtor_of(self.customer).id, "subject": "Step 1 skipped", "is_reminder": True}])

        self.assertEqual((reminder.kind, call.kind, skipped.kind), ("reminder", "contact", "reminder"))

    def test_contact_of_another_kind_cannot_be_typed_in(self):
        clerk = self.make_user("clerk", "account.group_account_invoice,debto_dunning.group_dunning_user")

        with self.assertRaises(AccessError):
            self.communications.with_user(clerk).create({
                "debtor_id": self.debtor_of(self.customer).id, "subject": "x", "kind": "charges"})


@tagged("post_install", "-at_install")
class TestKindOfAnotherAddon(AddonCommon, ContactCommon):
    """Wishes: without lines, once a customer, and not to a customer who has left again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Communication(models.Model):
            _module = None
            _name = "dunning.communication"
            _inherit = ["dunning.communication"]

            kind = fields.Selection(selection_add=[("wishes", "Wishes")], ondelete={"wishes": "cascade"})

            @api.model
            def _message_kinds(self):
                return {**super()._message_kinds(), "wishes": MessageKind(
                    words="_words_of_wishes", revalidate="_revalidate_wishes", amounts="_amounts_of_wishes",
                    on_sent="_mark_wished", on_cancelled="_mark_not_wished")}

            def _revalidate_wishes(self, company):
                return self.filtered(lambda one: one.customer_id.comment != "<p>left</p>")

            def _amounts_of_wishes(self, lines):
                return {"amount_total": 7, "amount_charges": 0}

            def _mark_wished(self):
                self.customer_id.ref = "wished"

            def _mark_not_wished(self):
                self.customer_id.ref = "not wished"

            def _words_of_wishes(self):
                return {"subject": "Happy New Year", "body": "<p>All the best.</p>"}

        cls.extend(Communication)

    def make_wishes(self, channel="email"):
        key = MessageKey(
            self.debtor_of(self.customer).id, self.customer.id, self.company.currency_id.id, channel,
            approval=False, notice=0)
        return self.communications._make_communications(
            self.company, [Message(key, self.customer.id, [], "Happy New Year", "friendly", kind="wishes")], {})

    def test_it_goes_from_the_queue_to_the_log(self):
        wishes = self.make_wishes()
        self.assertRecordValues(wishes, [{"kind": "wishes", "state": "queued", "amount_total": 7}])
        self.assertIn("All the best", wishes.body_planned)

        self.deliver()

        self.assertRecordValues(wishes, [{"state": "sent", "subject": "Happy New Year", "amount_total": 7}])
        self.assertIn("All the best", wishes.mail_id.body_html)
        self.assertEqual(self.customer.ref, "wished")

    def test_its_own_revalidation_cancels_it(self):
        wishes = self.make_wishes()
        self.customer.comment = "<p>left</p>"

        self.deliver()

        self.assertEqual(wishes.state, "cancelled")
        self.assertFalse(wishes.mail_id)
        self.assertEqual(self.customer.ref, "not wished")

    def test_it_leaves_beside_reminders(self):
        wishes = self.make_wishes()
        self.make_invoice()

        reminder = self.remind()

        self.assertEqual((wishes.state, reminder.state), ("sent", "sent"))
        self.assertEqual(reminder.amount_total, 100)

    def test_next_channel_keeps_the_kind(self):
        wishes = self.make_wishes()
        self.customer.email = "peeters@"

        self.deliver()

        following = self.communications.search([("previous_id", "=", wishes.id)])
        self.assertEqual(wishes.state, "failed")
        self.assertRecordValues(following, [{"kind": "wishes", "channel": "letter", "amount_total": 7}])
