import inspect

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .access_common import AccessCommon
from .rights import LADDER, METHODS, ORM_METHODS, read_table


@tagged("post_install", "-at_install")
class TestMethods(AccessCommon):
    """Every public method against who is below its right, and against users of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.callers = {method: row["from"] for method, row in read_table(METHODS).items()}
        cls.records |= cls.make_dialogues(cls.records, cls.users["manager"])
        cls.records["res.config.settings"] = cls.env["res.config.settings"].create({})
        cls.records["res.partner"] = cls.customer

    def public_methods(self):
        """Names of the methods that this addon defines and that can be called over the interface, with the model."""
        found = set()
        for model in sorted(self.registry):
            for definition in self.registry[model].__mro__:
                if not definition.__module__.startswith(f"odoo.addons.{self.addon}."):
                    continue
                for name, method in vars(definition).items():
                    if inspect.isfunction(method) and name not in ORM_METHODS and self.is_public(model, name):
                        found.add(f"{model}.{name}")
        return found

    def is_public(self, model, name):
        try:
            return bool(get_public_method(self.env[model], name))
        except AccessError:
            return False

    def target_of(self, method):
        model, _dot, name = method.rpartition(".")
        return self.records[model], name

    def assertRefused(self, user, method):
        """The call is refused, or opens a window only; nothing is changed."""
        record, name = self.target_of(method)
        record = self.as_user(user, record)
        before = self.fingerprint()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            getattr(record, name)()
        self.assertEqual(self.fingerprint(), before)

    def assertChangesNothing(self, user, method):
        record, name = self.target_of(method)
        record = self.as_user(user, record)
        before = self.fingerprint()
        try:
            with self.env.cr.savepoint():
                result = getattr(record, name)()
        except UserError:
            result = None
        self.assertTrue(result is None or isinstance(result, (bool, dict)))
        self.assertEqual(self.fingerprint(), before)

    def test_every_method_has_a_row(self):
        self.assertEqual(self.public_methods(), set(self.callers))

    def test_callers_below_the_right(self):
        for method, lowest in self.callers.items():
            below = LADDER[:LADDER.index(lowest)] if lowest in LADDER else LADDER
            for kind in below:
                with self.subTest(method=method, kind=kind):
                    if kind in ("public", "portal") and lowest == "employee":
                        self.assertChangesNothing(self.users[kind], method)
                    else:
                        self.assertRefused(self.users[kind], method)

    def test_callers_of_another_company(self):
        for method in self.callers:
            for kind, user in self.others.items():
                with self.subTest(method=method, kind=kind):
                    self.assertChangesNothing(user, method)
