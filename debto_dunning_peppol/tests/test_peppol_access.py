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
