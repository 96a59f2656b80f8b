from odoo.tests import tagged

from ..common import days_later
from .test_segment import SegmentCommon


@tagged("post_install", "-at_install")
class TestNaturalPerson(SegmentCommon):
    """A score proposes the segment of a natural person and does not decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.watch.write({"payment_term_id": cls.net_15.id, "sets_credit_limit": True, "credit_limit": 500})
        cls.person = cls.make_customer(
            "Ines", is_company=False, property_payment_term_id=cls.env.ref("account.account_payment_term_30days").id)
        cls.debtor = cls.debtor_of(cls.person, user_id=cls.ann.id)
        cls.company.dunning_terms = "set"

    def changes(self, state="proposed"):
        return self.debtor.term_change_ids.filtered(lambda change: change.state == state)

    def test_stricter_segment_waits_for_a_person(self):
        self.put(self.debtor, 30)

        self.put(self.debtor, 60, days_later(1))

        self.assertEqual((self.debtor.segment_id, self.debtor.waiting_segment_id), (self.standard, self.watch))
        self.assertEqual(
            (self.changes().changes_segment, self.changes().segment_to_id, self.changes().new_term_id),
            (True, self.watch, self.net_15))
        self.assertFalse(self.changes("waiting"))
        self.assertEqual(self.debtor.activity_ids.user_id, self.ann)
        self.assertIn("confirm", self.debtor.activity_ids.note)

    def test_first_segment_waits_too_when_it_is_strict(self):
        self.put(self.debtor, 60)

        self.assertEqual((self.debtor.segment_id, self.debtor.waiting_segment_id),
                         (self.env["dunning.segment"], self.watch))
        self.assertEqual(self.changes().segment_to_id, self.watch)
        # a first night finds them by the thousand: they stand in the list of proposals
        self.assertFalse(self.debtor.activity_ids)

    def test_confirmed(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))
        manager = self.make_user("manager", "account.group_account_manager")

        self.changes().with_user(manager).action_accept()
        self.assign(days_later(2))

        self.assertEqual((self.debtor.segment_id, self.debtor.waiting_segment_id),
                         (self.watch, self.env["dunning.segment"]))
        self.assertEqual((self.person.property_payment_term_id, self.person.credit_limit), (self.net_15, 500))
        self.assertFalse(self.debtor.segment_is_chosen)
        self.assertEqual(self.debtor.term_change_ids.mapped("state"), ["done"])
        self.assertTrue(any("confirmed by manager" in body for body in self.debtor.message_ids.mapped("body")))

        # a better score still loosens by itself
        self.assertEqual(self.put(self.debtor, 30, days_later(3)), self.standard)

    def test_refused_is_not_proposed_each_night(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))
        self.changes().action_refuse()

        self.put(self.debtor, 62, days_later(2))

        self.assertEqual(self.debtor.segment_id, self.standard)
        self.assertFalse(self.changes())

        self.put(self.debtor, 90, days_later(3))

        self.assertEqual(self.changes().segment_to_id, self.critical)

    def test_no_to_and_fro_of_proposals_over_a_border(self):
        self.put(self.debtor, 50)

        for night, score in enumerate((54, 52, 54, 49), 1):
            self.put(self.debtor, score, days_later(night))

        self.assertEqual(self.debtor.waiting_segment_id, self.watch)
        self.assertEqual(len(self.debtor.term_change_ids), 1)

    def test_better_score_takes_the_proposal_back(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))

        self.put(self.debtor, 30, days_later(2))

        self.assertFalse(self.debtor.waiting_segment_id)
        self.assertFalse(self.changes())
        self.assertTrue(self.changes("outdated"))

    def test_segment_chosen_by_a_person_ends_the_proposal(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))

        self.debtor.write({"segment_id": self.trusted.id, "segment_reason": "known for years"})

        self.assertFalse(self.debtor.waiting_segment_id)
        self.assertFalse(self.changes())

    def test_who_is_a_natural_person(self):
        firm = {"is_company": True, "vat": "BE0477472701"}
        for name, vals, of_debtor, waits in (
            ("Consumer", {"is_company": False}, {}, True),
            ("Trader", {"is_company": False, "vat": "BE0477472701"}, {}, True),
            ("Shop", firm, {"is_sole_trader": True}, True),
            ("Flat", firm, {"kind_override": "consumer"}, True),
            ("Firm", firm, {}, False),
        ):
            with self.subTest(name=name):
                debtor = self.debtor_of(self.make_customer(name, **vals), **of_debtor)
                self.put(debtor, 30)
                self.put(debtor, 60, days_later(1))

                self.assertEqual(debtor.is_natural_person, waits)
                self.assertEqual(debtor.segment_id, self.standard if waits else self.watch)

    def test_without_the_setting_the_score_decides(self):
        self.company.dunning_person_confirms = False
        self.put(self.debtor, 30)

        self.assertEqual(self.put(self.debtor, 60, days_later(1)), self.watch)
        self.assertTrue(self.changes("waiting"))

    def test_setting_switched_off_lets_the_proposal_through(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))

        self.company.dunning_person_confirms = False
        self.assign(days_later(2))

        self.assertEqual((self.debtor.segment_id, self.debtor.waiting_segment_id),
                         (self.watch, self.env["dunning.segment"]))
        self.assertEqual(self.changes("waiting").segment_to_id, self.watch)

    def test_insolvency_is_no_score(self):
        insolvent = self.env["dunning.segment"].search([("takes_insolvent", "=", True)], limit=1) or self.critical
        insolvent.takes_insolvent = True
        self.put(self.debtor, 30)
        self.debtor.sudo().is_insolvent = True

        self.assign(days_later(1))

        self.assertEqual(self.debtor.segment_id, insolvent)
