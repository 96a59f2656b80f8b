"""Together, else one by one; again where another transaction was faster."""

from unittest.mock import Mock

from psycopg2.errors import SerializationFailure

from odoo import modules
from odoo.tests import TransactionCase, tagged

from ..models import batch


@tagged("post_install", "-at_install")
class TestTogetherOrOneByOne(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create([{"name": name} for name in ("a", "b", "c")])

    def setUp(self):
        super().setUp()
        self.calls = []

    def rename(self, partners):
        self.calls.append(len(partners))
        for partner in partners:
            partner.name += "!"
            if partner.name == "b!":
                raise ValueError("not this one")
        return partners.mapped("name")

    def test_one_call_where_all_goes_well(self):
        some = self.partners[0] + self.partners[2]

        results = batch.run_together_or_one_by_one(self.env, some, self.rename)

        self.assertEqual(results, [["a!", "c!"]])
        self.assertEqual(self.calls, [2])

    def test_what_breaks_is_undone_alone(self):
        broken = []

        with self.assertLogs("odoo.addons.debto_dunning.models.batch", "WARNING"):
            results = batch.run_together_or_one_by_one(
                self.env, self.partners, self.rename, lambda record, error: broken.append((record, str(error))))

        self.assertEqual(results, [["a!"], ["c!"]])
        self.assertEqual(broken, [(self.partners[1], "not this one")])
        self.assertEqual(self.partners.mapped("name"), ["a!", "b", "c!"])
        self.assertEqual(self.calls, [3, 1, 1, 1])

    def test_error_handler_may_write(self):
        def note(partner, error):
            partner.comment = str(error)

        batch.run_together_or_one_by_one(self.env, self.partners[1], self.rename, note)

        self.env.invalidate_all()
        self.assertEqual(self.calls, [1])
        self.assertEqual(self.partners[1].name, "b")
        self.assertIn("not this one", self.partners[1].comment)

    def test_lists_are_cut_as_recordsets_are(self):
        def invert(numbers):
            return [1 / number for number in numbers]

        with self.assertLogs("odoo.addons.debto_dunning.models.batch", "WARNING"):
            results = batch.run_together_or_one_by_one(self.env, [1, 0, 2], invert, errors=ZeroDivisionError)

        self.assertEqual(results, [[1.0], [0.5]])

    def test_other_errors_and_conflicts_are_raised(self):
        def conflict(_records):
            raise SerializationFailure

        with self.assertRaises(ValueError):
            batch.run_together_or_one_by_one(self.env, self.partners, self.rename, errors=KeyError)
        with self.assertRaises(SerializationFailure):
            batch.run_together_or_one_by_one(self.env, self.partners, conflict)


@tagged("post_install", "-at_install")
class TestRetry(TransactionCase):
    def setUp(self):
        super().setUp()
        self.stub = Mock()
        self.patch(batch.time, "sleep", lambda seconds: None)

    def fails(self, times):
        outcomes = [SerializationFailure()] * times + ["done"]
        return Mock(side_effect=outcomes)

    def test_again_until_it_goes_well(self):
        self.patch(modules.module, "current_test", None)
        function = self.fails(2)

        self.assertEqual(batch.retry_on_conflict(self.stub, function, 1, 2), "done")

        self.assertEqual(function.call_count, 3)
        function.assert_called_with(1, 2)
        self.assertEqual(self.stub.cr.rollback.call_count, 2)
        self.assertEqual(self.stub.flush_all.call_count, 1)

    def test_not_for_ever(self):
        self.patch(modules.module, "current_test", None)
        function = self.fails(99)

        with self.assertRaises(SerializationFailure):
            batch.retry_on_conflict(self.stub, function)

        self.assertEqual(function.call_count, batch.RETRIES + 1)

    def test_nothing_is_rolled_back_inside_a_test(self):
        with self.assertRaises(SerializationFailure):
            batch.retry_on_conflict(self.stub, self.fails(1))

        self.stub.cr.rollback.assert_not_called()
