"""A payment plan on the customer's page: seen, accepted by name, declined, and only once."""

from odoo.tests import tagged

from ..agreement.plan_common import PlanCommon
from .page_common import PageCommon


@tagged("post_install", "-at_install")
class TestActPlan(PlanCommon, PageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoice(300.0)
        cls.message = cls.run_night().communication_ids
        cls.deliver()
        cls.token = cls.token_of(cls.message)
        cls.proposal = cls.plan(cls.invoice)
        cls.proposal._propose()

    def logged(self):
        """What the page logged: newest first."""
        return self.communications.search([("link_id", "=", self.link_of(self.message).id)], order="id DESC")

    def test_page_offers_the_plan_with_its_conditions(self):
        page, form = self.get(self.token), self.get(self.token, "/accept-plan")

        self.assertIn("/accept-plan", page.text)
        for words in (self.money(300), "Instalment 1", "When an instalment is not received"):
            self.assertIn(words, self.text(form))
        self.assertEqual(self.proposal.state, "proposed")

    def test_page_without_a_plan_offers_none(self):
        self.proposal._decline()

        page = self.get(self.token)

        self.assertNotIn("/accept-plan", page.text)

    def test_accepted_by_name(self):
        answer = self.post(self.token, "/accept-plan", name=" Ann  Peeters ", plan=str(self.proposal.id))

        self.assertEqual(answer.status_code, 303)
        self.assertEqual((self.proposal.state, self.proposal.accepted_name), ("active", "Ann Peeters"))
        self.assertTrue(self.proposal.accepted_on)
        self.assertFalse(self.proposal.is_acknowledged)
        self.assertIn("you do not acknowledge", self.proposal.agreed_text)
        self.assertIn("accepted by Ann Peeters", self.logged().subject)
        self.assertFalse(self.logged().needs_attention)

    def test_debt_is_acknowledged_by_a_box_of_its_own(self):
        form = self.get(self.token, "/accept-plan").text
        self.post(self.token, "/accept-plan", name="Ann", plan=str(self.proposal.id), acknowledge="1")

        self.assertRegex(form, r'<input type="checkbox" name="acknowledge" value="1"/?>')
        self.assertTrue(self.proposal.is_acknowledged)
        self.assertIn("you acknowledge that you owe", self.proposal.agreed_text)

    def test_belgian_consumer_is_not_asked_to_acknowledge(self):
        self.customer.write({"is_company": False, "vat": False})

        form = self.proposal._may_acknowledge()

        self.assertFalse(form)

    def test_name_is_needed(self):
        answer = self.post(self.token, "/accept-plan", name="  ", plan=str(self.proposal.id))

        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.proposal.state, "proposed")

    def test_plan_that_was_withdrawn_meanwhile_is_not_accepted(self):
        self.proposal._decline()

        answer = self.post(self.token, "/accept-plan", name="Ann", plan=str(self.proposal.id))

        self.assertEqual(answer.status_code, 422)
        self.assertNotEqual(self.proposal.state, "active")

    def test_plan_of_another_customer_is_not_accepted(self):
        other = self.plan(self.make_invoice(90.0, partner=self.make_customer("Stranger")))
        other._propose()

        answer = self.post(self.token, "/accept-plan", name="Ann", plan=str(other.id))

        self.assertEqual(answer.status_code, 422)
        self.assertEqual((self.proposal.state, other.state), ("proposed", "proposed"))

    def test_plan_that_was_not_seen_is_not_accepted(self):
        answer = self.post(self.token, "/accept-plan", name="Ann")

        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.proposal.state, "proposed")

    def test_plan_of_invoices_that_the_link_does_not_show_is_not_offered(self):
        self.proposal._decline()
        other = self.plan(self.make_invoice(90.0))
        other._propose()

        page = self.get(self.token)
        answer = self.post(self.token, "/accept-plan", name="Ann", plan=str(other.id))

        self.assertNotIn("/accept-plan", page.text)
        self.assertEqual((answer.status_code, other.state), (422, "proposed"))

    def test_declined_with_words(self):
        self.post(self.token, "/decline-plan", note="Too much a month", plan=str(self.proposal.id))

        self.assertNotIn(self.proposal.state, ("proposed", "active"))
        self.assertTrue(self.logged().needs_attention)
        self.assertIn("Too much a month", self.logged().body)
