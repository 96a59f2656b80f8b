from odoo.tests import tagged

from .access_common import CallersCommon
from .rights import LADDER, METHODS, read_table


@tagged("post_install", "-at_install")
class TestMethods(CallersCommon):
    """Every public method against who is below its right, and against users of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.callers = {method: row["from"] for method, row in read_table(METHODS).items()}
        cls.records |= cls.make_dialogues(cls.records, cls.users["manager"])
        cls.records["res.config.settings"] = cls.env["res.config.settings"].create({})
        cls.records["res.partner"] = cls.customer

    def test_callers_below_the_right(self):
        for method, lowest in self.callers.items():
            below = LADDER[:LADDER.index(lowest)] if lowest in LADDER else LADDER
            for kind in below:
                with self.subTest(method=method, kind=kind):
                    if kind in ("public", "portal") and lowest == "employee":
                        self.assertChangesNothing(self.users[kind], method)
                    else:
                        self.assertRefused(self.users[kind], method)
