from odoo.tests import HttpCase, tagged

from .communication.contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestTour(ContactCommon, HttpCase):
    def test_from_policy_to_reminder(self):
        invoice = self.make_invoice(overdue=10)
        self.env["dunning.debtor"]._refresh(self.company)
        self.make_user("bookkeeper", "account.group_account_manager", email="bookkeeper@company.example.com")

        self.start_tour("/odoo/dunning-policies", "dunning_tour", login="bookkeeper")

        self.assertEqual(invoice.dunning_level_id, self.first)
        self.assertRecordValues(self.communications.search([("line_ids.move_id", "=", invoice.id)]), [
            {"state": "sent", "is_manual": True, "opening": "As agreed on the telephone"}])
