"""How a channel is chosen, and that another addon can bring one."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.channel import dunning_communication_channel
from ..addon_common import AddonCommon
from ..common import NIGHT, days_ago
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestChannels(ContactCommon):
    def test_first_channel_with_an_address_that_works(self):
        self.env["mail.blacklist"]._add("nomail@example.com")
        nowhere = {"street": False, "zip": False, "city": False}
        for vals, wanted, tried, expected in (
            ({}, "email", (), "email"),
            ({}, "letter", (), "letter"),
            ({"email": False}, "email", (), "letter"),
            ({"email": "peeters@"}, "email", (), "letter"),
            ({"email": "peeters at example"}, "email", (), "letter"),
            ({"email": "NoMail@example.com"}, "email", (), "letter"),
            ({"email": "nomail@example.com", **nowhere}, "email", (), "call"),
            ({**nowhere}, "letter", (), "email"),
            ({**nowhere, "city": "Gent"}, "letter", (), "letter"),
            ({}, "email", ("email",), "letter"),
            ({}, "email", ("email", "letter"), "call"),
            ({}, "email", ("email", "letter", "call"), "call"),
            ({**nowhere, "email": False}, "call", (), "call"),
        ):
            with self.subTest(vals=vals, wanted=wanted, tried=tried):
                customer = self.make_customer("Azur", **vals)

                reachable = self.communications._reachable(customer, [wanted])

                self.assertEqual(
                    self.communications._usable_way(
                        wanted, [customer.id], reachable, {(channel, customer.id) for channel in tried}),
                    (expected, customer.id))

    def test_queries_do_not_grow_with_recipients(self):
        def queries(count):
            customers = self.env["res.partner"].union(*(self.make_customer(f"Klant {one}") for one in range(count)))
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            reachable = self.communications._reachable(customers)
            self.assertEqual(reachable["email"], set(customers.ids))
            return self.env.cr.sql_log_count - start

        queries(1)  # fills the caches of access rules

        few, many = queries(2), queries(30)

        self.assertEqual(few, many)

    def test_malformed_email_goes_by_letter_at_once(self):
        self.customer.email = "peeters@"
        self.make_invoice()

        communication = self.remind()

        self.assertRecordValues(communication, [{"channel": "letter", "state": "sent", "previous_id": False}])

    def test_unknown_channels_are_refused(self):
        with self.assertRaises(ValidationError):
            self.communications.create({
                "debtor_id": self.debtor_of(self.customer).id, "subject": "x", "channel": "smoke"})
        with self.assertRaises(ValidationError):
            self.debtor_of(self.customer).preferred_channel = "call"

    def test_letters_that_await_their_posting_are_found(self):
        self.customer.email = False
        self.make_invoice()
        letter = self.remind()
        typed_in = self.communications.create({
            "debtor_id": self.debtor_of(self.customer).id, "subject": "x", "channel": "letter"})

        waiting = self.communications.search([("awaits_posting", "=", True)])
        others = self.communications.search([("awaits_posting", "=", False)])

        self.assertEqual(waiting, letter)
        self.assertTrue(letter.awaits_posting)
        self.assertIn(typed_in, others)
        self.assertNotIn(letter, others)


@tagged("post_install", "-at_install")
class TestChannelOfAnotherAddon(AddonCommon, ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Level(models.Model):
            _module = None
            _name = "dunning.level"
            _inherit = ["dunning.level"]

            channel = fields.Selection(
                selection_add=[("pigeon", "Pigeon"), ("smoke", "Smoke")],
                ondelete={"pigeon": "set default", "smoke": "set default"})

        class Communication(models.Model):
            _module = None
            _name = "dunning.communication"
            _inherit = ["dunning.communication"]

            @api.model
            def _channel_order(self):
                order = super()._channel_order()
                order.insert(order.index("letter"), "pigeon")
                return order

            @api.model
            def _channels_in_writing(self):
                return {**super()._channels_in_writing(), "pigeon": None}

            @api.model
            def _channels_to_confirm(self):
                return [*super()._channels_to_confirm(), "pigeon"]

            def _can_reach_pigeon(self, partners):
                return partners.filtered("city")

            def _deliver_pigeon(self):
                self._mark_sent({communication.id: communication._render_mail() for communication in self})

            def _preview_pigeon(self):
                return f"<p>{len(self.line_ids)} rings</p>"

        cls.extend(Level, Communication)
        cls.policy.level_ids.channel = "pigeon"

    def test_step_goes_out_by_it(self):
        invoice = self.make_invoice()
        queued = self.run_night().communication_ids
        self.assertEqual(queued.body_planned, "<p>1 rings</p>")

        self.deliver()

        self.assertRecordValues(queued, [{"channel": "pigeon", "state": "sent"}])
        self.assertIn(invoice.name, queued.body)
        self.assertIn("Pigeon", invoice.message_ids[0].body)

    def test_mail_that_comes_back_flies(self):
        self.policy.level_ids.channel = "email"
        self.make_invoice()
        mail = self.remind()

        mail._message_receive_bounce("peeters@example.com", self.customer)
        self.deliver()

        self.assertEqual(self.communications.search([("previous_id", "=", mail.id)]).channel, "pigeon")

    def test_recipient_that_it_does_not_reach(self):
        self.customer.city = False
        self.make_invoice()

        self.assertEqual(self.remind().channel, "email")

    def test_debtors_may_prefer_it_for_steps_in_writing(self):
        self.policy.level_ids.channel = "email"
        channels = dict(self.env["dunning.debtor"]._fields["preferred_channel"]._description_selection(self.env))
        self.assertEqual(channels, {"email": "E-mail", "letter": "Letter", "pigeon": "Pigeon"})
        self.debtor_of(self.customer).preferred_channel = "pigeon"
        self.make_invoice()

        self.assertEqual(self.remind().channel, "pigeon")

    def test_posting_is_confirmed_by_a_person(self):
        invoice = self.make_invoice()
        flown = self.remind()
        self.assertIn(flown, self.communications.search(self.communications._worklist_domain()))
        self.assertTrue(flown._can_be_withdrawn())
        self.assertFalse(self.remind(days_ago(-30)))

        self.env["dunning.confirm.posting"].create({
            "communication_ids": flown.ids, "posted_on": NIGHT}).action_confirm()

        self.assertEqual(flown.notice_date, NIGHT)
        self.assertEqual(self.remind(days_ago(-31)).line_ids.level_number, 2)
        self.assertEqual(invoice.dunning_level, 2)

    def test_law_knows_no_notice_by_it(self):
        law = self.env["dunning.law"]

        self.assertEqual([law._notice_medium(channel) for channel in ("email", "letter", "call", "pigeon")],
                         ["email", "post", None, None])

    def test_channel_that_reaches_nobody_is_not_used_and_warned_of_once(self):
        self.policy.level_ids.channel = "smoke"
        dunning_communication_channel._warned.discard("smoke")
        self.make_invoice()

        with self.assertLogs("odoo.addons.debto_dunning", "WARNING") as logs:
            communication = self.remind()
            self.communications._reachable(self.customer, ["smoke"])

        self.assertEqual(communication.channel, "email")
        self.assertEqual(len([line for line in logs.output if "_can_reach_smoke" in line]), 1)
