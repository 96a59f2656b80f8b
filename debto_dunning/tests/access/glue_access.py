"""What an addon beside the main one opens: the base of the access tests of each."""

from odoo.exceptions import AccessError

from .access_common import KINDS, CallersCommon
from .rights import LADDER, RIGHTS, read_table


class GlueAccess(CallersCommon):
    """A subclass names its addon and says who may call its methods; models, routes and reports it has none."""

    #: {kind of user that the other addon brings: groups}; in dunning each may do what an employee may.
    others_of_addon = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for kind, groups in cls.others_of_addon.items():
            KINDS[kind] = groups
            cls.addClassCleanup(KINDS.pop, kind)
            cls.users[kind] = cls.make_person(kind, cls.company)

    def test_nothing_else_is_opened(self):
        self.assertEqual(self.own_models(), [])
        self.assertEqual(self.routes(), {})
        self.assertFalse(self.env["ir.actions.report"].search([("report_name", "=like", f"{self.addon}.%")]))

    def test_callers_below_the_right(self):
        for method, lowest in self.callers.items():
            for kind in LADDER[:LADDER.index(lowest)]:
                with self.subTest(method=method, kind=kind):
                    self.assertRefused(self.users[kind], method)

    def test_users_of_the_other_addon(self):
        """They read what an employee reads, write nothing more, and find nothing of another company."""
        for kind in self.others_of_addon:
            for model, row in read_table(RIGHTS).items():
                if row["scope"] == "own":
                    continue
                mine = self.as_user(self.users[kind], self.records[model])
                with self.subTest(model=model, kind=kind):
                    self.assertEqual("".join(
                        letter if (mine.browse() if letter == "c" else mine).has_access(operation) else "-"
                        for letter, operation in zip("rwcu", ("read", "write", "create", "unlink"), strict=True)),
                        row["employee"])
                    if row["scope"] == "company" and row["employee"][0] == "r":
                        with self.assertRaises(AccessError):
                            mine.browse(self.other_records[model].id).read(["id"])
