from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .access_common import AccessCommon

#: Fields of ours that customers may read, each with the reason.
FIELDS_OF_CUSTOMERS = {}
#: Routes of ours: who may ask for them.
ROUTES = {
    "/dunning/debtors/<int:debtor_id>/data": "user",
    "/my/payment-conditions": "user",
    "/my/reminders/<int:communication_id>": "public",
    "/my/reminders/<int:communication_id>/code": "public",
    "/my/reminders/<int:communication_id>/code/<int:line_id>": "public",
    "/my/reminders/<int:communication_id>/invoice/<int:line_id>": "public",
    "/my/reminders/<int:communication_id>/page/<page>": "public",
    "/my/dues": "user",
    "/my/dues/<int:debtor_id>": "public",
    "/my/dues/<int:debtor_id>/<act>": "public",
    "/my/dues/<int:debtor_id>/code": "public",
    "/my/dues/<int:debtor_id>/code/<key>": "public",
    "/my/dues/<int:debtor_id>/done/<int:done_id>": "public",
    "/my/dues/<int:debtor_id>/invoice/<int:move_id>": "public",
    "/my/dues/<int:debtor_id>/online": "public",
    "/my/dues/<int:debtor_id>/online/<currency>/<any(with,without):charges>/<keys>": "public",
    "/my/dues/<int:debtor_id>/online/<currency>/<any(with,without):charges>/<keys>/transaction": "public",
    "/my/dues/<int:debtor_id>/online/thanks": "public",
    "/my/dues/<int:debtor_id>/statement": "public",
    "/pay": "public",
    "/pay/<token>": "public",
    "/pay/<token>/<act>": "public",
    "/pay/<token>/check": "public",
    "/pay/<token>/code": "public",
    "/pay/<token>/code-check": "public",
    "/pay/<token>/code/<key>": "public",
    "/pay/<token>/done/<int:done_id>": "public",
    "/pay/<token>/invoice/<int:move_id>": "public",
    "/pay/<token>/online": "public",
    "/pay/<token>/online/<currency>/<any(with,without):charges>/<keys>": "public",
    "/pay/<token>/online/<currency>/<any(with,without):charges>/<keys>/transaction": "public",
    "/pay/<token>/online/thanks": "public",
    "/pay/<token>/send-code": "public",
    "/pay/<token>/statement": "public",
    "/pay/new-link": "public",
    "/pay/online/thanks": "public",
}


@tagged("post_install", "-at_install")
class TestShown(AccessCommon, HttpCase):
    """Fields, pages and reports against customers, strangers and other companies."""

    def test_fields_are_for_colleagues(self):
        """No field that an addon of ours adds to Odoo's own models is shown to customers or strangers."""
        for kind in ("portal", "public"):
            shown = [
                f"{model}.{name}"
                for model, definition in sorted(self.registry.items())
                if not (definition._original_module or "").startswith("debto_dunning")
                for name, field in definition._fields.items()
                if (field._module or "").startswith("debto_dunning")
                and name in self.env[model].with_user(self.users[kind]).fields_get([name])]

            self.assertEqual(shown, sorted(FIELDS_OF_CUSTOMERS), kind)

    def test_every_route_has_a_row(self):
        self.assertEqual(self.routes(), ROUTES)

    def is_shown(self, query=""):
        reminder = self.records["dunning.communication"]
        response = self.url_open(f"/my/reminders/{reminder.id}{query}")
        return response.status_code == 200 and self.records["account.move"].name in response.text

    def test_reminder_page(self):
        token = self.records["dunning.communication"].sudo().access_token
        other_token = self.other_records["dunning.communication"].sudo().access_token

        self.assertTrue(self.is_shown(f"?access_token={token}"))
        for query in ("", "?access_token=", "?access_token=wrong", f"?access_token={other_token}",
                      "?access_token=%25", "?access_token=%00", f"?access_token={token[:-1]}"):
            with self.subTest(query=query):
                self.assertFalse(self.is_shown(query))

    def test_reminder_page_logged_in(self):
        for user in (self.users["portal"], self.others["collector"], self.others["manager"]):
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)

                self.assertFalse(self.is_shown())
                self.assertFalse(self.is_shown("?access_token=wrong"))

    def test_conditions_need_a_login(self):
        response = self.url_open("/my/payment-conditions", allow_redirects=False)

        self.assertIn("/web/login", response.headers.get("Location", ""))

    def test_reports_of_another_company(self):
        reports = self.env["ir.actions.report"].search([
            "|", ("model", "=like", "dunning.%"), ("report_name", "=like", f"{self.addon}.%")])
        self.assertTrue(reports)
        for report in reports:
            for kind, user in self.others.items():
                with self.subTest(report=report.report_name, kind=kind):
                    record = self.as_user(user, self.records[report.model])

                    with self.assertRaises(AccessError):
                        self.render(record, report)

    def render(self, record, report):
        """The report as HTML; what was raised in its template is raised."""
        try:
            return record.env["ir.actions.report"]._render_qweb_html(report.report_name, record.ids)[0]
        except AccessError:
            raise
        except Exception as error:
            raise error.__cause__ or error from None

    def test_reports_are_for_colleagues(self):
        """Customers print none, not even about their own invoices, nor do colleagues without a right to it."""
        for name in ("letter", "statement", "statement_invoice"):
            report = self.env.ref(f"debto_dunning.action_report_{name}")
            self.assertTrue(report.group_ids)
            for kind in ("portal", "employee"):
                with self.subTest(report=name, kind=kind), self.assertRaises(AccessError):
                    self.render(self.as_user(self.users[kind], self.records[report.model]), report)
