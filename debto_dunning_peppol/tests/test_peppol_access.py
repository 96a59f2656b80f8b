from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.debto_dunning.tests.access import glue_access


@tagged("post_install", "-at_install")
class TestPeppolAccess(glue_access.GlueAccess):
    addon = "debto_dunning_peppol"
    callers = {"account.move.action_dunning_reached_otherwise": "biller"}

    @classmethod
    def make_records(cls, company, customer, collector):
        records = super().make_records(company, customer, collector)
        records["account.move"].sudo().peppol_move_state = "error"
        return records

    def test_state_is_the_system_s(self):
        """It is computed, and decides whether reminders go out."""
        for kind in ("biller", "manager"):
            invoice = self.as_user(self.users[kind], self.records["account.move"])
            for vals in ({"dunning_peppol_state": "done"}, {"dunning_peppol_since": "2020-01-01 00:00:00"}):
                with self.subTest(kind=kind, vals=vals), self.assertRaises(AccessError):
                    invoice.write(vals)
