"""Colleagues who left neither call, sign nor get activities; who acts for them does."""

from odoo.tests import tagged

from ..common import NIGHT, days_ago
from ..communication.contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestColleaguesWhoLeft(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.ben, cls.cas = (
            cls.make_user(f"left_{name}", "account.group_account_invoice", name=name.capitalize())
            for name in ("ann", "ben", "cas"))
        cls.company.dunning_user_id = cls.cas
        cls.company.sudo().dunning_activated_by = cls.env.ref("base.user_admin")
        cls.debtor = cls.debtor_of(cls.customer, user_id=cls.ann.id)

    def substitute(self, user, substitute):
        self.env["dunning.absence"].create({
            "user_id": user.id, "substitute_id": substitute.id, "date_from": days_ago(5), "date_to": NIGHT})

    def test_who_acts_for_whom(self):
        admin = self.env.ref("base.user_admin")

        def archive(*users):
            for user in users:
                user.action_archive()

        for name, prepare, expected in (
            ("there", lambda: None, self.ann),
            ("left", lambda: archive(self.ann), self.cas),
            ("left with a substitute", lambda: (self.substitute(self.ann, self.ben), archive(self.ann)), self.ben),
            ("substitute left too", lambda: (self.substitute(self.ann, self.ben), archive(self.ann, self.ben)),
             self.cas),
            ("away, substitute left", lambda: (self.substitute(self.ann, self.ben), archive(self.ben)), self.cas),
            ("the default person left", lambda: archive(self.ann, self.cas), admin),
            ("nobody is left", lambda: archive(self.ann, self.cas, admin), self.env["res.users"]),
        ):
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                prepare()

                self.assertEqual(self.debtor._responsible(), expected)
                self.assertTrue(self.debtor._activity_user())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_message_is_signed_by_who_acts(self):
        self.ann.action_archive()
        self.make_invoice()

        sent = self.remind()

        self.assertIn("Cas", sent.body)
        self.assertNotIn("Ann", sent.body)

    def test_call_goes_to_who_acts(self):
        self.ann.action_archive()
        self.first.channel = "call"
        self.make_invoice()

        self.remind()

        self.assertEqual(self.debtor.activity_ids.user_id, self.cas)

    def test_open_call_is_handed_over(self):
        self.first.channel = "call"
        self.make_invoice()
        self.remind()
        call = self.debtor.activity_ids
        self.assertEqual(call.user_id, self.ann)

        self.ann.action_archive()

        self.assertTrue(call.exists())
        self.assertEqual(call.user_id, self.cas)

    def test_warnings_of_the_night_go_to_who_acts(self):
        self.cas.active = False
        self.make_invoice(sent=False)
        self.company.dunning_sent_only = True

        run = self.run_night()

        self.assertEqual(run.activity_ids.user_id, self.env.ref("base.user_admin"))

    def test_letters_are_printed_by_who_acts(self):
        self.cas.active = False
        self.customer.email = False
        self.make_invoice()

        letter = self.remind()

        self.assertEqual(letter.letter_batch_id.activity_ids.user_id, self.env.ref("base.user_admin"))

    def test_rule_for_a_colleague_who_left_does_not_count(self):
        self.debtor.write({"user_id": False, "user_is_chosen": False})
        self.env["dunning.collector.rule"].create([
            {"user_id": user.id, "sequence": sequence, "company_id": self.company.id}
            for sequence, user in enumerate((self.ann, self.ben))])
        self.make_invoice()
        self.ann.action_archive()

        self.run_night()

        self.assertEqual(self.debtor.user_id, self.ben)
