"""Policies and their steps: whose counts, what may be in them, and that used ones stay."""

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import DunningCommon


@tagged("-at_install", "post_install", "debto_dunning")
class TestPolicy(DunningCommon):
    # -- Whose policy counts -----------------------------------------------------------------------------------------

    def test_own_before_segment_before_company_by_kind(self):
        """Cases: what is set, and the policy that counts; the debtor and the statement say the same."""
        policies = {name: self.make_policy(name, (1, 1, 0)) for name in (
            "own", "segment business", "segment consumer", "company business", "company consumer")}
        self.company.write({"dunning_policy_id": policies["company business"].id,
                            "dunning_consumer_policy_id": policies["company consumer"].id})
        segment = self.env["dunning.segment"].create({
            "name": "Both", "policy_id": policies["segment business"].id,
            "consumer_policy_id": policies["segment consumer"].id})
        business_segment = self.env["dunning.segment"].create({
            "name": "Business", "policy_id": policies["segment business"].id})
        person = {"is_company": False}

        for partner_vals, debtor_vals, expected in (
            ({}, {}, "company business"),
            (person, {}, "company consumer"),
            ({**person, "vat": "BE0477472701"}, {}, "company business"),
            ({**person, "vat": "/"}, {}, "company consumer"),
            ({}, {"kind_override": "consumer"}, "company consumer"),
            (person, {"kind_override": "business"}, "company business"),
            ({}, {"segment_id": segment.id}, "segment business"),
            (person, {"segment_id": segment.id}, "segment consumer"),
            ({}, {"segment_id": segment.id, "kind_override": "consumer"}, "segment consumer"),
            ({}, {"segment_id": business_segment.id}, "segment business"),
            (person, {"segment_id": business_segment.id}, "company consumer"),
            ({}, {"segment_id": segment.id, "policy_id": policies["own"].id}, "own"),
            (person, {"segment_id": segment.id, "policy_id": policies["own"].id}, "own"),
        ):
            with self.subTest(partner=partner_vals, debtor=debtor_vals):
                customer = self.make_customer("Case", **partner_vals)
                debtor = self.debtor_of(customer, **debtor_vals)
                row = self.look(self.make_invoice(partner=customer))
                self.assertEqual(row.policy, policies[expected].id)
                self.assertEqual(debtor.effective_policy_id, policies[expected])

    def test_customer_without_a_file_is_decided_too(self):
        invoice = self.make_invoice()

        self.env["dunning.debtor"].search([]).unlink()

        row = self.assertStep(invoice, self.first)
        self.assertFalse(row.debtor)

    def test_archived_policy_gives_way_to_the_next(self):
        own, other = self.make_policy("Own", (1, 1, 0)), self.make_policy("Segment", (1, 1, 0))
        segment = self.env["dunning.segment"].create({"name": "S", "policy_id": other.id})
        self.debtor_of(self.customer, policy_id=own.id, segment_id=segment.id)
        invoice = self.make_invoice(overdue=10)

        self.assertStep(invoice, own.level_ids)

        own.active = False
        self.assertStep(invoice, other.level_ids)

        other.active = False
        self.assertStep(invoice, self.first)

        self.policy.active = False
        self.assertLeft(invoice, "no_policy")

    def test_new_segment_never_repeats_a_step(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.first)
        other = self.make_policy("Segment", (1, 1, 0), (3, 3, 0))
        segment = self.env["dunning.segment"].create({"name": "S", "policy_id": other.id})
        self.debtor_of(self.customer, segment_id=segment.id)

        self.assertStep(invoice, other.level_ids[1])

    # -- What a policy may hold --------------------------------------------------------------------------------------

    def test_numbers_and_days(self):
        for number, days, fine in ((0, -3, True), (1, 0, True), (9, 60, True), (0, 0, False), (0, 5, False),
                                   (1, -1, False)):
            with self.subTest(number=number, days=days):
                if fine:
                    self.make_policy("Days", (number, days, 0))
                else:
                    with self.assertRaises(ValidationError):
                        self.make_policy("Days", (number, days, 0))

    @mute_logger("odoo.sql_db")
    def test_number_outside_its_range_or_twice(self):
        for levels, error in ((((10, 5, 0),), CheckViolation), (((1, 5, -1),), CheckViolation),
                              (((1, 5, 0), (1, 9, 0)), UniqueViolation)):
            with self.subTest(levels=levels), self.assertRaises(error):
                self.make_policy("Wrong", *levels).flush_recordset()

    def test_archived_step_makes_room_for_a_new_one(self):
        self.first.active = False
        self.first.flush_recordset()
        self.policy.level_ids = [Command.create({"number": 1, "days": 2, "name": "New", "subject": "s", "body": "b"})]
        new = self.policy.level_ids.filtered(lambda level: level.number == 1 and level.active)

        self.assertStep(self.make_invoice(overdue=2), new)

    def test_some_weekday_stays_open(self):
        boxes = [f"quiet_{day}" for day in (
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]
        self.policy.write(dict.fromkeys(boxes[1:], True))

        with self.assertRaisesRegex(ValidationError, "never send"):
            self.policy.quiet_monday = True

    def test_unknown_placeholder_is_told(self):
        self.first.body = "Dear {customer}, {total}"

        with self.assertRaisesRegex(ValidationError, r"\{totl\}"):
            self.first.body = "Dear {customer}, {totl}"

    # -- Used ones stay ----------------------------------------------------------------------------------------------

    def test_used_step_is_archived_and_not_deleted(self):
        self.say(self.make_invoice(), self.first)
        self.company.write({"dunning_policy_id": self.make_policy("New", (1, 1, 0)).id,
                            "dunning_consumer_policy_id": self.make_policy("New", (1, 1, 0)).id})

        with self.assertRaisesRegex(UserError, "Archive it"):
            self.first.unlink()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.policy.unlink()

        self.second.unlink()
        self.first.active = False

        with self.assertRaisesRegex(UserError, "Archive it"):
            self.policy.unlink()

    def test_policy_in_use_is_archived_and_not_deleted(self):
        users = {
            "company": lambda policy: self.company.write({"dunning_policy_id": policy.id}),
            "consumers": lambda policy: self.company.write({"dunning_consumer_policy_id": policy.id}),
            "debtor": lambda policy: self.debtor_of(self.customer, policy_id=policy.id, active=False),
            "segment": lambda policy: self.env["dunning.segment"].create({
                "name": "S", "consumer_policy_id": policy.id, "active": False}),
        }

        for name, use in users.items():
            with self.subTest(name):
                policy = self.make_policy(name, (1, 1, 0))
                use(policy)
                with self.assertRaisesRegex(UserError, "Archive it"):
                    policy.unlink()

        self.make_policy("Unused", (1, 1, 0)).unlink()

    def test_copy_brings_the_steps(self):
        copy = self.policy.copy()

        self.assertEqual([(level.number, level.days, level.min_gap_days) for level in copy.level_ids],
                         [(1, 5, 0), (2, 15, 7), (8, 30, 10)])
        self.assertNotEqual(copy.name, self.policy.name)
        self.assertFalse(copy.level_ids & self.policy.level_ids)

    def test_shipped_policies(self):
        friendly, strict = (self.env.ref(f"debto_dunning.policy_{name}") for name in ("friendly", "strict"))
        steps = friendly.level_ids.filtered("active")

        self.assertEqual([(level.number, level.days) for level in steps], [(1, 5), (2, 15), (8, 30)])
        self.assertTrue(steps[-1].call_activity)

        note = friendly.with_context(active_test=False).level_ids.filtered(lambda level: level.number == 0)
        self.assertEqual((note.active, note.days), (False, -3))
        self.assertGreater(note.minimum_amount, 0)
        for strict_step, step in zip(strict.level_ids, steps, strict=True):
            self.assertEqual(strict_step.number, step.number)
            self.assertLess(strict_step.days, step.days)
