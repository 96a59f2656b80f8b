"""The address that a company writes its reminders from."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import email_normalize, email_normalize_all

from ..communication.contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestSender(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "alias.company.example"})
        cls.company.alias_domain_id = False  # Odoo gives the first domain to every company

    def test_address_that_reminders_are_written_from(self):
        bot = self.env.ref("base.partner_root").email
        for email, domain, expected in (
            ("books@company.example.com", False, "books@company.example.com"),
            ("Books <books@company.example.com>", False, "books@company.example.com"),
            ("books@company.example.com", self.domain, "books@company.example.com"),
            (False, self.domain, "catchall@alias.company.example"),
            ("books at company", self.domain, "catchall@alias.company.example"),
            (False, False, False),
            ("books at company", False, False),
            (bot, False, False),
            ("info@example.com", False, False),
            ("a@b", False, False),
            ("accounts@localhost", self.domain, "catchall@alias.company.example"),
            ("a@b, books@company.example.com", False, "books@company.example.com"),
            ("books@company.example.com, sales@company.example.com", False, "books@company.example.com"),
            (bot, self.domain, "catchall@alias.company.example"),
        ):
            with self.subTest(email=email, domain=domain):
                self.company.write({"email": email, "alias_domain_id": domain and domain.id})

                self.assertEqual(email_normalize(self.company._dunning_email_from() or ""), expected)
                self.assertLessEqual(len(email_normalize_all(self.company._dunning_email_from() or "")), 1)

    def test_not_ready_without_an_address(self):
        self.company.write({"dunning_active": False, "email": False})

        with self.assertRaisesRegex(UserError, "e-mail address"):
            self.company.dunning_active = True

        self.company.email = "books@company.example.com"
        self.company.dunning_active = True
        self.assertTrue(self.company.dunning_active)

    def test_ready_without_an_address_where_nothing_goes_by_mail(self):
        self.company.write({"dunning_active": False, "email": False})
        self.policy.level_ids.channel = "letter"
        segments = self.env["dunning.segment"].search([])
        segments.write({"policy_id": False, "consumer_policy_id": False})

        self.company.dunning_active = True

        self.assertTrue(self.company.dunning_active)

    def test_policy_of_one_customer_counts_too(self):
        self.company.write({"dunning_active": False, "email": False})
        self.env["dunning.segment"].search([]).write({"policy_id": False, "consumer_policy_id": False})
        own = self.policy.copy()
        self.policy.level_ids.channel = "letter"
        self.debtor_of(self.customer).policy_id = own

        with self.assertRaisesRegex(UserError, "e-mail address"):
            self.company.dunning_active = True

    def test_dialogue_tells_it(self):
        self.company.write({"dunning_active": False, "email": "books at company"})
        wizard = self.env["dunning.activate"].create({})

        self.assertIn("books at company", wizard.warnings)
        with self.assertRaises(UserError):
            wizard.action_activate()

    def test_mails_wait_for_an_address_and_letters_go(self):
        self.make_invoice()
        self.make_invoice(partner=self.make_customer("Slager Janssens", email=False))
        communications = self.run_night().communication_ids
        mail = communications.filtered(lambda one: one.channel == "email")
        self.company.email = False

        for _number in range(2):
            self.deliver()

        self.assertRecordValues(mail, [{"state": "queued", "mail_id": False, "needs_attention": False}])
        self.assertEqual((communications - mail).state, "sent")
        self.assertEqual(mail.run_id.activity_ids.filtered(
            lambda one: "address of ours" in one.summary).mapped("user_id"), self.company.dunning_user_id)
        self.assertEqual(len(mail.run_id.activity_ids), 1)
        self.assertIn("e-mail address", self.company.dunning_warning)

        self.company.email = "books@company.example.com"
        self.deliver()

        self.assertEqual(mail.state, "sent")
        self.assertEqual(email_normalize(mail.mail_id.reply_to), "books@company.example.com")

    def test_sent_by_a_person_says_why_it_waits(self):
        invoice = self.make_invoice()
        self.company.email = False
        wizard = self.env["dunning.send"].browse(invoice.action_dunning_send()["res_id"])

        mail = self.communications.browse(wizard.action_send()["res_id"])

        self.assertRecordValues(mail, [{"state": "queued", "mail_id": False}])
        self.assertIn("e-mail address", mail.failure_reason)

    def test_answers_never_go_to_the_robot(self):
        bot = self.env.ref("base.partner_root").email
        for email, domain, expected in (
            ("books@company.example.com", False, "books@company.example.com"),
            ("books@company.example.com", self.domain, "catchall@alias.company.example"),
            (bot, self.domain, "catchall@alias.company.example"),
        ):
            with self.subTest(email=email, domain=domain):
                self.company.write({"email": email, "alias_domain_id": domain and domain.id})
                customer = self.make_customer(f"Klant {email} {bool(domain)}", email="k@klant.example")
                self.make_invoice(partner=customer)

                mail = self.remind().filtered(lambda one, who=customer: one.customer_id == who).mail_id

                self.assertEqual(email_normalize(mail.reply_to), expected)
                self.assertNotIn(bot, f"{mail.email_from} {mail.reply_to}")
