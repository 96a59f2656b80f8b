from odoo.tests import tagged

from ..common import NIGHT, DunningCommon

NAME = 'Azur <a href="https://evil.example">pay here</a> & "Co"'


@tagged("post_install", "-at_install")
class TestRiskMarkup(DunningCommon):
    """Names are text: they make no links in what colleagues read, and no recipients of mails."""

    def test_early_warning(self):
        segment = self.env["dunning.segment"].create({"name": NAME, "severity": "3"})
        debtor = self.debtor_of(self.customer)
        debtor.segment_id = segment
        notes = {debtor: f"Segment {segment.name}"}
        kind = self.env.ref("debto_dunning.mail_activity_type_early_warning")

        for _time in range(2):
            debtor._schedule_early_warnings(NIGHT, notes)

        note = debtor.activity_ids.filtered(lambda activity: activity.activity_type_id == kind).note
        self.assertNotIn("<a", note)
        self.assertEqual(note.count("&lt;a href="), 2)

    def test_warning_of_a_night(self):
        run = self.run_model.sudo().create({"company_id": self.company.id, "date": NIGHT})

        for _time in range(2):
            run._schedule_warning("Reminders that could not be made", f"An error keeps the reminders of {NAME}.")

        self.assertEqual(len(run.activity_ids), 1)
        self.assertNotIn("<a", run.activity_ids.note)
        self.assertIn("&lt;a href=", run.activity_ids.note)

    def test_warning_of_a_fault_before_the_first_night(self):
        debtor = self.debtor_of(self.customer)
        contact = self.env["dunning.communication"].sudo().create({
            "debtor_id": debtor.id, "channel": "note", "subject": "x"})
        self.run_model.sudo().search([("company_id", "=", self.company.id)]).unlink()

        contact._warn_of_fault("Reminders that cannot be made", f"The last error: {NAME}")

        self.assertNotIn("<a", debtor.activity_ids.note)
        self.assertIn("&lt;a href=", debtor.activity_ids.note)

    def test_gauge_and_explanation(self):
        self.customer.name = NAME
        debtor = self.debtor_of(self.customer)
        self.make_invoice()
        debtor.segment_id = self.env["dunning.segment"].create({"name": NAME})
        debtor.sudo().segment_is_chosen = True
        self.env["dunning.debtor"]._refresh(self.company, NIGHT)
        self.assertTrue(debtor.risk_gauge)
        for html in (debtor.risk_gauge, debtor.risk_explanation):
            self.assertNotIn("<a ", html)
        self.assertIn("&lt;a href=", debtor.risk_gauge)

    def test_digest_has_one_recipient(self):
        user = self.env.user
        user.sudo().write({"email": "collector@example.com"})
        debtor = self.debtor_of(self.customer)
        self.customer.name = NAME
        for name in ('Col "x", evil@example.com', "Col\r\nevil@example.com", "Col\nBcc: evil@example.com, x"):
            with self.subTest(name=name):
                user.partner_id.sudo().name = name

                vals = self.env["dunning.risk.history"]._prepare_digest_vals(
                    self.company, user, {debtor: [NAME]}, NIGHT, NIGHT)

                mail = self.env["mail.mail"].sudo().create(vals)
                to = [email for email_to in mail._prepare_outgoing_list() for email in email_to["email_to_normalized"]]
                self.assertEqual(to, ["collector@example.com"])
                self.assertNotIn('<a href="https://evil', mail.body_html)
