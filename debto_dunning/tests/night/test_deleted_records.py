from odoo.tests import tagged

from ..common import NIGHT, days_later
from ..communication.contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestDeletedTypesOfActivities(ContactCommon):
    """Types of activities are the user's to delete: the night goes on, with a to-do in the place of what is gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor = cls.debtor_of(cls.customer)
        cls.todo = cls.env.ref("mail.mail_activity_data_todo")
        for external_id in ("debto_dunning.mail_activity_type_early_warning", "debto_dunning.activity_insolvent"):
            cls.env.ref(external_id).unlink()
        # Odoo keeps this one from being deleted, where it asks before
        cls.env["ir.model.data"].sudo().search([
            ("module", "=", "mail"), ("name", "=", "mail_activity_data_call")]).unlink()
        cls.debtor.activity_schedule("mail.mail_activity_data_todo", summary="Somebody's own", note="keep")

    def planned(self):
        return self.debtor.activity_ids.filtered(lambda activity: activity.summary != "Somebody's own")

    def test_early_warnings_are_one(self):
        for _night in range(2):
            self.debtor._schedule_early_warnings(NIGHT, {self.debtor: "got worse"})

        self.assertRecordValues(self.planned(), [{"summary": "Early warning", "activity_type_id": self.todo.id}])
        self.assertEqual(self.planned().note.count("got worse"), 2)

    def test_calls_are_one(self):
        (self.first | self.second).channel = "call"
        self.make_invoice(100)
        self.remind()
        self.make_invoice(50)

        self.remind(days_later(3))

        self.assertEqual(len(self.planned()), 1)
        self.assertIn("150", self.planned().summary)
        own = self.debtor.activity_ids - self.planned()
        self.assertIn("keep", own.note)

    def test_insolvency(self):
        provider = self.env["dunning.credit.provider"].sudo().create({"name": "Files", "code": "file"})
        report = self.env["dunning.credit.report"].sudo().create({
            "debtor_id": self.debtor.id, "provider_id": provider.id, "date": NIGHT, "status": "insolvent"})

        self.debtor.sudo()._credit_arrived(report)

        self.assertTrue(self.debtor.is_insolvent)
        self.assertEqual(self.planned().activity_type_id, self.todo)

    def test_no_type_at_all(self):
        (self.first | self.second).channel = "call"
        invoice = self.make_invoice(100)
        self.patch(type(self.env["mail.activity.type"]), "_dunning_type", lambda types, *_args: types.browse())

        self.debtor._schedule_early_warnings(NIGHT, {self.debtor: "got worse"})
        self.remind()

        self.assertFalse(self.planned())
        self.assertEqual(invoice.dunning_level, 1)
