from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .credit_common import CreditCommon
from .credit_server import PASSWORD, USER


@tagged("post_install", "-at_install")
class TestCreditAccess(CreditCommon):
    """Who may read how to log in at a service, and change where it is reached."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.debtor_of(cls.customer, cls.other)
        cls.own = cls.make_provider("json", name="Own", company_id=cls.other.id, api_key="key-s3cret")
        cls.here, cls.everywhere = (
            new_test_user(
                cls.env, login, "base.group_system,debto_dunning.group_dunning_manager", company_id=cls.company.id,
                company_ids=[Command.set(companies.ids)])
            for login, companies in (("here", cls.company), ("everywhere", cls.company | cls.other)))

    def as_user(self, user, record=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return (record or self.provider).with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def assertForbidden(self, *calls):
        for call in calls:
            with self.assertRaises(AccessError):
                call()

    def test_service_of_all_companies(self):
        mine = self.as_user(self.everywhere)
        self.assertEqual((mine.username, mine.password), (USER, PASSWORD))
        mine.write({"password": "new-s3cret", "timeout": 2})
        self.assertEqual(self.as_user(self.everywhere).password, "new-s3cret")

        theirs = self.as_user(self.here)
        self.assertEqual(theirs.read(["name", "username", "password", "api_key"]), [{
            "id": theirs.id, "name": "Creditsafe", "username": False, "password": False, "api_key": False}])
        self.assertForbidden(
            lambda: theirs.write({"base_url": "https://evil.example.com"}), lambda: theirs.write({"password": "x"}),
            theirs.unlink, theirs.action_test, lambda: theirs.create({"name": "New", "code": "json"}))

    def test_service_of_another_company(self):
        self.assertEqual(self.as_user(self.everywhere, self.own).api_key, "key-s3cret")
        theirs = self.as_user(self.here, self.own)
        self.assertForbidden(
            lambda: theirs.read(["name"]), lambda: theirs.password, lambda: theirs.write({"timeout": 3}))

    def test_company_makes_its_own(self):
        mine = self.as_user(self.here).create({
            "name": "Mine", "code": "json", "company_id": self.company.id, "password": "s3cret"})
        self.assertEqual(self.as_user(self.here, mine).password, "s3cret")
        mine.password = False
        self.assertFalse(self.as_user(self.here, mine).password)

    def test_no_way_around(self):
        """Neither search nor groups, nor the stored rows and the token, say what the form does not."""
        self.provider._request("GET", "v1/access")
        self.as_user(self.here)
        env = self.env(user=self.here)
        self.assertFalse(env["dunning.credit.credential"].search([("password", "=like", "very%")]))
        self.assertFalse(env["dunning.credit.provider"].search([("credential_ids.password", "=like", "very%")]))
        self.assertFalse(env["dunning.credit.session"].search([]))
        with self.assertRaises(ValueError):
            env["dunning.credit.provider"]._read_group([], ["password"])
        manager = new_test_user(
            self.env, "boss", "debto_dunning.group_dunning_manager", company_id=self.company.id,
            company_ids=[Command.set((self.company | self.other).ids)])
        self.assertForbidden(
            lambda: self.env(user=manager)["dunning.credit.credential"].search([]),
            lambda: self.env(user=manager)["dunning.credit.answer"].search([]),
            lambda: self.provider.with_user(manager).password,
            lambda: self.env["dunning.credit.credential"].with_user(self.everywhere).create({
                "provider_id": self.provider.id}))

    def test_paid_answer_of_another_company(self):
        self.provider._fetch_answer(self.debtor)
        answers = self.env["dunning.credit.answer"]
        self.assertTrue(answers.with_user(self.here).search([]))
        there = new_test_user(
            self.env, "there", "base.group_system,debto_dunning.group_dunning_manager", company_id=self.other.id,
            company_ids=[Command.set(self.other.ids)])
        self.assertFalse(answers.with_user(there).search([]))

    def test_user_who_asks_needs_no_credentials(self):
        ann = new_test_user(
            self.env, "ann", "debto_dunning.group_dunning_user", company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)])
        self.as_user(ann, self.debtor).action_ask_credit_report()
        self.assertEqual(self.debtor.credit_score, 30)

    def test_form(self):
        with Form(self.as_user(self.everywhere)) as form:
            self.assertEqual(form.password, PASSWORD)
            form.password = "other-s3cret"
            form.timeout = 3
        stored = self.provider.sudo().credential_ids
        self.assertEqual((stored.username, stored.password), (USER, "other-s3cret"))

    def test_copy_brings_no_credentials(self):
        copy = self.provider.copy({"base_url": self.server.url})
        self.assertFalse(copy.username or copy.password or copy.sudo().credential_ids)
