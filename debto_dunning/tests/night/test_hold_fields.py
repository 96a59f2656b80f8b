"""The pause of a debtor as fields of its form: what is written is kept, and what is shown is found."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.night.dunning_hold import HoldKind
from ..addon_common import AddonCommon
from ..common import NIGHT, DunningCommon, days_ago, days_later


@tagged("post_install", "-at_install")
class TestHoldFields(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor = cls.debtor_of(cls.customer)
        cls.debtors = cls.env["dunning.debtor"]

    def hold(self, kind="person", until=False, note=False):
        return self.env["dunning.hold"].sudo().create({
            "debtor_id": self.debtor.id, "kind": kind, "date_until": until, "note": note})

    def assertFound(self, expected, field, operator, value):
        self.assertEqual(self.debtor in self.debtors.search([(field, operator, value)]), expected,
                         (field, operator, value))

    def test_reason_of_an_endless_hold_can_be_changed(self):
        hold = self.hold(note="talks")

        self.debtor.write({"hold_reason": "talks with their lawyer"})

        self.assertRecordValues(hold, [{"active": True, "note": "talks with their lawyer", "date_until": False}])
        self.assertRecordValues(self.debtor, [{
            "is_on_hold": True, "hold_until": False, "hold_reason": "talks with their lawyer"}])

    def test_clerk_changes_the_reason(self):
        self.hold(until=days_later(4), note="talks")
        clerk = self.make_user("clerk", "debto_dunning.group_dunning_user,account.group_account_invoice")

        self.debtor.with_user(clerk).write({"hold_reason": "more talks"})

        self.assertRecordValues(self.debtor, [{"hold_until": days_later(4), "hold_reason": "more talks"}])

    def test_reason_alone_puts_nobody_on_hold(self):
        with self.assertRaises(UserError):
            self.debtor.hold_reason = "talks"

    def test_empty_day_ends_the_hold(self):
        hold = self.hold(until=days_later(4), note="talks")

        self.debtor.hold_until = False

        self.assertFalse(hold.active)
        self.assertRecordValues(self.debtor, [{"is_on_hold": False, "hold_reason": False}])

    def test_end_of_a_hold_is_found_as_it_is_shown(self):
        self.hold(until=days_later(2))
        self.hold(until=days_later(4))

        self.assertEqual(self.debtor.hold_until, days_later(4))
        for expected, operator, value in (
                (True, "=", days_later(4)), (False, "=", days_later(2)), (False, "=", False), (True, "!=", False),
                (True, ">", days_later(3)), (False, ">", days_later(4)), (True, ">=", days_later(4)),
                (False, "<", days_later(4)), (True, "<", days_later(5)), (True, ">", "today")):
            self.assertFound(expected, "hold_until", operator, value)

    def test_hold_that_is_over_is_empty_in_searches_too(self):
        self.hold(until=days_ago(3))

        self.assertFalse(self.debtor.hold_until)
        self.assertFound(False, "hold_until", "<", NIGHT)
        self.assertFound(True, "hold_until", "=", False)
        self.assertFound(False, "is_on_hold", "=", True)

    def test_endless_hold_has_an_empty_end_in_searches_too(self):
        self.hold(until=days_later(4))
        self.hold()

        self.assertFalse(self.debtor.hold_until)
        self.assertFound(True, "hold_until", "=", False)
        self.assertFound(False, "hold_until", ">", NIGHT)
        self.assertFound(True, "is_on_hold", "=", True)

    def test_moved_step_is_found_on_the_day_that_is_shown(self):
        self.debtor.postponed_until = days_later(1)

        self.assertEqual(self.debtor.postponed_until, days_later(1))
        for expected, operator, value in (
                (True, "=", days_later(1)), (False, "=", NIGHT), (True, ">", NIGHT), (True, ">", "today"),
                (False, ">", days_later(1)), (False, "<", days_later(1)), (False, "=", False)):
            self.assertFound(expected, "postponed_until", operator, value)


@tagged("post_install", "-at_install")
class TestKindOfPause(AddonCommon, DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Hold(models.Model):
            _module = None
            _name = "dunning.hold"
            _inherit = ["dunning.hold"]

            kind = fields.Selection(
                selection_add=[("holiday", "Holiday"), ("inquiry", "Inquiry")],
                ondelete={"holiday": "cascade", "inquiry": "cascade"})

            def _hold_kinds(self):
                return {**super()._hold_kinds(), "inquiry": HoldKind(made_by_hand=False, ended_by_hand=False)}

        cls.extend(Hold)
        cls.clerk = cls.make_user("clerk", "debto_dunning.group_dunning_user,account.group_account_invoice")
        cls.holds = cls.env["dunning.hold"].with_user(cls.clerk)
        cls.debtor = cls.debtor_of(cls.customer)

    def test_person_makes_changes_and_ends_a_kind_that_another_addon_adds(self):
        hold = self.holds.create({"debtor_id": self.debtor.id, "kind": "holiday"})
        self.assertTrue(hold.can_lift and hold.can_change)
        self.make_invoice()
        self.assertEqual([row.reason for row in self.decide().values()], ["debtor_hold"])

        hold.date_until = days_later(3)
        hold.action_lift()

        self.assertFalse(hold.active)
        self.assertIn("Hold lifted", self.debtor.message_ids[:1].body)

    def test_kind_that_the_program_alone_makes_and_ends(self):
        with self.assertRaises(AccessError):
            self.holds.create({"debtor_id": self.debtor.id, "kind": "inquiry"})
        hold = self.holds.sudo().create({"debtor_id": self.debtor.id, "kind": "inquiry"}).sudo(False)

        self.assertFalse(hold.can_lift or hold.can_change)
        with self.assertRaises(AccessError):
            hold.date_until = NIGHT
        with self.assertRaises(UserError):
            hold.action_lift()
