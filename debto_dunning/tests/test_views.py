from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import Form, tagged

from .common import days_later
from .communication.contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestViews(ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user(
            "colleague", "base.group_user,base.group_partner_manager", company_ids=cls.company.ids)
        cls.invoice = cls.make_invoice(overdue=10)
        cls.env["dunning.debtor"]._refresh(cls.company)
        cls.debtor = cls.debtor_of(cls.customer)

    def test_colleague_without_accounting_edits_a_customer(self):
        with Form(self.customer.with_user(self.colleague), "base.view_partner_form") as form:
            form.phone = "+32 53 00 00 00"

        self.assertEqual(self.customer.phone, "+32 53 00 00 00")

    def test_colleague_without_accounting_logs_a_contact_from_the_customer(self):
        action = self.customer.with_user(self.colleague).action_open_dunning_communications()
        log = self.communications.with_user(self.colleague).with_context(**action["context"])
        dialog = log.action_log_contact()
        view = self.env["ir.ui.view"].browse(dialog["views"][0][0])

        with Form(log.with_context(**dialog["context"]), view) as form:
            form.subject = "Will pay on Friday"
        contact = self.communications.search(action["domain"])

        self.assertRecordValues(contact, [{
            "subject": "Will pay on Friday", "customer_id": self.customer.id, "user_id": self.colleague.id,
            "channel": "call", "state": "sent", "is_reminder": False}])

    def test_colleague_without_accounting_reads_the_log_and_the_file(self):
        self.first.needs_approval = True
        reminder = self.run_night().communication_ids
        self.env.invalidate_all()

        self.assertIn(self.invoice.name, Form(reminder.with_user(self.colleague)).body_planned)

        reminder.action_approve()
        self.deliver()
        self.env.invalidate_all()

        self.assertIn(self.invoice.name, Form(reminder.with_user(self.colleague)).body)
        self.assertEqual(Form(self.debtor.with_user(self.colleague)).overdue_amount, 100)

    def test_draft_shows_what_would_go_out(self):
        self.first.needs_approval = True

        draft = self.run_night().communication_ids

        self.assertEqual(draft.state, "draft")
        self.assertIn(self.invoice.name, draft.body_planned)
        self.assertFalse(draft.body)

    def test_worklist_holds_what_waits_for_a_person(self):
        self.first.channel = "letter"
        letter = self.remind()
        answer, read = self.communications.create([
            {"debtor_id": self.debtor.id, "subject": "Answer", "direction": "in", "needs_attention": waits}
            for waits in (True, False)])
        domain = literal_eval(self.env.ref("debto_dunning.dunning_communication_action_worklist").domain)
        found = self.communications.search(domain)

        self.assertEqual(found, self.communications.search(self.communications._worklist_domain()))
        self.assertIn(letter, found)
        self.assertIn(answer, found)
        self.assertNotIn(read, found)

    def test_invoice_list_of_odoo_holds_no_column_that_is_decided_on_reading(self):
        # hidden optional columns are read as well
        arch = etree.fromstring(self.env["account.move"].get_view(
            self.env.ref("account.view_out_invoice_tree").id, "list")["arch"])
        ours = {node.get("name") for node in arch.iter("field") if node.get("name").startswith("dunning_")}

        self.assertIn("dunning_level_id", ours)
        self.assertEqual({name for name in ours if not self.env["account.move"]._fields[name].store}, set())

    def test_company_says_what_keeps_reminders_from_going_out(self):
        self.company.sudo().dunning_activated_on = fields.Datetime.now()
        self.assertFalse(self.company.dunning_warning)

        self.company.sudo().dunning_activated_on = fields.Datetime.now() - timedelta(days=3)
        self.company.invalidate_recordset(["dunning_warning"])

        self.assertIn("no run since", self.company.dunning_warning)

        self.remind()
        self.company.dunning_bank_max_age = 5
        self.company.invalidate_recordset(["dunning_warning"])

        self.assertIn("booked", self.company.dunning_warning)
        self.assertNotIn("no run", self.company.dunning_warning)

        self.company.dunning_active = False
        self.company.invalidate_recordset(["dunning_warning"])

        self.assertIn("switched off", self.company.dunning_warning)

    def test_hold_of_a_debtor_is_released(self):
        self.debtor.write({"hold_until": days_later(9), "hold_reason": "Credit note"})
        self.assertEqual(self.debtor.next_reason, "the customer is on hold")

        self.debtor.action_release()
        self.debtor.invalidate_recordset()

        self.assertFalse(self.debtor.hold_until)
        self.assertFalse(self.debtor.next_reason)
