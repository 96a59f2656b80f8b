from datetime import date, timedelta

from freezegun import freeze_time

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.debto_dunning.models.credit.dunning_credit_errors import CreditNotFound, CreditServiceStopped
from odoo.addons.debto_dunning.tests.common import NIGHT
from odoo.addons.debto_dunning.tests.loopback_common import LoopbackCommon

from .companyweb_server import LOGIN, PASSWORD, CompanywebServer

VAT = "BE0405056855"


@tagged("post_install", "-at_install")
class TestCompanyweb(LoopbackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("companyweb_base.cweb_download")
        cls.company.write({"cweb_login": LOGIN, "cweb_password": PASSWORD})
        cls.customer.write({"vat": VAT, "country_id": cls.env.ref("base.be").id})
        cls.debtor = cls.debtor_of(cls.customer)
        cls.provider = cls.env["dunning.credit.provider"].create({"name": "Companyweb", "code": "companyweb"})

    def setUp(self):
        super().setUp()
        self.server = CompanywebServer()
        self.server.__enter__()
        self.addCleanup(self.server.__exit__)
        self.env["ir.config_parameter"].sudo().set_param("companyweb.alacarte", self.server.url)

    def ask(self):
        return self.debtor._ask_credit_report(self.provider)

    def run_credit_cron(self):
        self.env["dunning.credit.provider"].with_user(SUPERUSER_ID)._cron_credit()

    # -- Report ------------------------------------------------------------------------------------------------------

    def test_report(self):
        report = self.ask()
        self.assertRecordValues(report, [{
            "provider_key": "BE0405056855", "company_name": "Scheerders van Kerchove's Verenigde Fabrieken",
            "date": NIGHT, "score": 84, "provider_score": "-34", "has_credit_limit": True, "credit_limit": 0,
            "currency_id": self.env.ref("base.EUR").id, "status": "active", "status_text": "Actif",
            "equity": 7533441.94,
        }])

        texts = report.event_ids.mapped("text")
        self.assertEqual(len(texts), 4)
        self.assertIn("Dettes échues envers l'ONSS (°2024 53.929 €)", texts)
        self.assertIn("About the limit: Résultat très négatif", texts)
        self.assertRecordValues(self.debtor, [{
            "credit_score": 84, "credit_status": "active", "credit_report_id": report.id, "is_insolvent": False}])
        self.assertEqual(self.server.operations(), ["GetCompanyByVat"])
        self.assertEqual(self.server.calls[0][1]["VatNumber"], VAT)
        self.assertEqual(self.provider.paid_today, 1)
        self.assertEqual(self.customer.cweb_name, "Scheerders van Kerchove's Verenigde Fabrieken")
        self.assertIn(b"cweb_turnover", report.sudo().raw and self.raw_of(report))

    def raw_of(self, report):
        attachment = self.env["ir.attachment"].sudo().search([
            ("res_model", "=", report._name), ("res_id", "=", report.id), ("res_field", "=", "raw")])
        self.assertNotIn(PASSWORD.encode(), attachment.raw)
        return attachment.raw

    def test_scale_of_the_barometer(self):
        scores = {}
        for theirs, picture in ((50, "pos-50"), (3, "pos-03"), (0, "zero"), (-34, "neg-34"), (-50, "neg-50")):
            self.server.change("Score/ScoreAsInt", theirs)
            self.server.change("Score/ScoreImage", f"{picture}.png")
            scores[theirs] = self.ask().score

        self.assertEqual(scores, {50: 0, 3: 47, 0: 50, -34: 84, -50: 100})

        self.provider.write({"scale_safe": 100, "scale_worst": -100})
        self.assertEqual(self.ask().score, 75)

    def test_other_services_keep_their_scale(self):
        provider = self.env["dunning.credit.provider"].create({"name": "Json", "code": "json"})

        self.assertEqual((provider.scale_safe, provider.scale_worst), (100, 0))
        self.assertEqual((self.provider.scale_safe, self.provider.scale_worst), (50, -50))

    def test_pictures_without_score(self):
        for picture, status in (("new", "active"), ("blanco", "active"), ("stop", "inactive"),
                                ("failliet", "insolvent")):
            with self.subTest(picture=picture):
                self.server.change("Score/ScoreAsInt", 0)
                self.server.change("Score/ScoreImage", f"{picture}.png")
                self.assertRecordValues(self.ask(), [{"score": False, "provider_score": picture, "status": status}])

    def test_bankruptcy(self):
        self.server.change("CompanyStatus/Info", "Ouverture de faillite")
        report = self.ask()

        self.assertEqual(report.status, "insolvent")
        self.assertRecordValues(self.debtor, [{
            "is_insolvent": True, "delivery_hold": True,
            "segment_id": self.env.ref("debto_dunning.segment_critical").id}])
        self.assertIn("insolvent", self.debtor.activity_ids.summary)

    def test_ended_company_is_not_active(self):
        self.server.change("CompanyStatus/Info", "?")
        self.server.change("EndDate", 20260101)

        self.assertEqual(self.ask().status, "inactive")

        self.server.change("EndDate", 20270101)
        self.assertEqual(self.ask().status, "unknown")

    def test_what_the_subscription_does_not_cover(self):
        for name in ("Score", "CreditLimit", "WarningsOverview", "CompanyStatus", "Balances"):
            self.server.disable(name)
        report = self.ask()

        self.assertRecordValues(report, [{
            "score": False, "has_credit_limit": False, "status": "unknown", "equity": 0, "event_ids": []}])

    def test_no_warnings(self):
        self.server.change("WarningsOverview/Warnings")
        self.server.change("CreditLimit/Info", "")

        self.assertFalse(self.ask().event_ids)

    # -- Faults ------------------------------------------------------------------------------------------------------

    def test_faults(self):
        for fault, kind, words in (
            ("unknown", CreditNotFound, "Companyweb: “.*306.*not valid"),
            ("fault", UserError, "Companyweb: “Not understood”"),
            ("error", CreditServiceStopped, "Companyweb: The service has a fault of its own"),
            ("page", CreditServiceStopped, "Companyweb: The service has a fault of its own"),
            ("garbage", UserError, "Companyweb: the answer is not readable"),
            ("empty", UserError, "Companyweb: the answer is not readable"),
        ):
            with self.subTest(fault=fault), self.env.cr.savepoint() as savepoint:
                self.server.fault = fault
                with self.assertRaisesRegex(kind, words):
                    self.ask()
                savepoint.close(rollback=True)
        self.assertFalse(self.debtor.credit_report_ids)

    def test_service_is_down(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "companyweb.alacarte", "http://127.0.0.1:9/V2.0/alacarteservice.asmx")

        with self.assertRaisesRegex(CreditServiceStopped, "cannot be reached"):
            self.ask()

    def test_wrong_password_is_not_shown(self):
        self.company.cweb_password = "wrong-s3cret"
        with self.assertRaisesRegex(CreditServiceStopped, "refuses the log-in.*101") as caught:
            self.ask()
        self.assertNotIn(LOGIN, str(caught.exception))

        self.company.cweb_password = False
        with self.assertRaisesRegex(CreditServiceStopped, "no credentials yet.*Settings ▸ Companyweb"):
            self.ask()

    def test_customer_without_number(self):
        self.customer.write({"vat": False, "company_registry": False})

        with self.assertRaisesRegex(CreditNotFound, "neither a VAT number"):
            self.ask()
        self.assertFalse(self.server.calls)

    def test_customer_by_registration_number(self):
        self.customer.write({"vat": False, "company_registry": "0405056855"})

        self.assertEqual(self.ask().score, 84)
        self.assertEqual(self.server.operations(), ["GetCompanyByRegistrationNumber"])

    def test_country_that_companyweb_does_not_cover(self):
        self.customer.write({"vat": False, "company_registry": "HRB 123", "country_id": self.env.ref("base.de").id})

        with self.assertRaisesRegex(UserError, "only supports"):
            self.ask()
        self.assertFalse(self.server.calls)

    def test_budget(self):
        self.provider.daily_budget = 1
        self.ask()

        with self.assertRaisesRegex(CreditServiceStopped, "1 paid calls of today are used up"):
            self.ask()
        self.assertEqual(len(self.server.calls), 1)

    def test_right_of_companyweb_is_wanted(self):
        collector = new_test_user(self.env, "collector", "debto_dunning.group_dunning_user")
        with self.assertRaisesRegex(UserError, "Download Companyweb Data"):
            self.debtor.with_user(collector)._ask_credit_report(self.provider.with_user(collector))
        self.assertFalse(self.server.calls)

        buyer = new_test_user(
            self.env, "buyer", "debto_dunning.group_dunning_user,companyweb_base.cweb_download")
        self.assertEqual(self.debtor.with_user(buyer)._ask_credit_report(self.provider.with_user(buyer)).score, 84)

    def test_connection(self):
        self.assertEqual(self.provider.action_test()["params"]["type"], "success")
        self.assertEqual(self.server.operations(), ["Alerts_FetchBulk"])

        self.company.cweb_password = "wrong"
        with self.assertRaisesRegex(UserError, "refuses the log-in"):
            self.provider.action_test()

    # -- Watching ----------------------------------------------------------------------------------------------------

    def test_data_brought_by_companyweb_itself_are_not_bought_again(self):
        self.customer._cweb_enhance()
        report = self.ask()

        self.assertEqual(report.score, 84)
        self.assertEqual(self.server.operations(), ["GetCompanyByVat"])
        self.assertFalse(self.provider.paid_today)

        self.ask()
        self.assertEqual(len(self.server.calls), 2, "the same data make no second report")

    def test_old_data_are_bought_again(self):
        self.customer._cweb_enhance()
        self.customer.cweb_lastupdate = fields.Datetime.now() - timedelta(days=8)
        self.ask()

        self.assertEqual(len(self.server.calls), 2)

    def test_night_watches_and_reads_what_changed(self):
        self.provider.watches = True
        self.server.change("IsInFollowUp", "false")
        self.ask()
        self.run_credit_cron()

        self.assertEqual(self.server.operations(), ["GetCompanyByVat", "Alerts_AddListOfCompanies"])
        self.assertEqual(self.customer.companyweb_sync_status, "pending")
        self.assertEqual(self.debtor.credit_watched_by_id, self.provider)
        self.assertFalse(self.provider.last_failure)

        with freeze_time(f"{NIGHT + timedelta(days=30)} 02:00:00"):
            # as companyweb_base's own nightly action writes it
            self.customer.write({
                "cweb_lastupdate": fields.Datetime.now(), "cweb_score": "-45", "cweb_image": "neg-45.png"})
        with freeze_time(f"{NIGHT + timedelta(days=31)} 01:00:00"):
            self.run_credit_cron()
            self.run_credit_cron()

        self.assertRecordValues(self.debtor.credit_report_ids, [
            {"date": date(2026, 4, 10), "score": 95, "score_change": 11},
            {"date": NIGHT, "score": 84, "score_change": False}])
        self.assertIn("Companyweb has new data.", self.debtor.credit_report_id.event_ids.mapped("text"))
        self.assertEqual(len(self.server.calls), 2, "nothing more was bought")

    def test_watching_that_fails_is_told(self):
        self.provider.watches = True
        self.server.change("IsInFollowUp", "false")
        self.ask()
        self.customer.write({"vat": False, "company_registry": False, "cweb_vat": False, "cweb_registry": False})
        self.run_credit_cron()

        self.assertIn("Missing VAT", self.provider.last_failure)
        self.assertFalse(self.debtor.credit_watched_by_id)

    def test_customer_in_the_alerts_already_is_not_added(self):
        self.provider.watches = True
        self.ask()
        self.run_credit_cron()

        self.assertEqual(self.server.operations(), ["GetCompanyByVat"])
        self.assertEqual(self.debtor.credit_watched_by_id, self.provider)

    def test_archived_file_is_no_longer_watched_here(self):
        self.provider.watches = True
        self.server.change("IsInFollowUp", "false")
        self.ask()
        self.run_credit_cron()
        self.debtor.active = False
        self.run_credit_cron()

        self.assertFalse(self.debtor.credit_watched_by_id)

    def test_form(self):
        form = Form(self.env["dunning.credit.provider"].with_user(self.env.ref("base.user_admin")))
        form.name = "C"
        form.code = "companyweb"

        self.assertEqual((form.scale_safe, form.scale_worst), (50, -50))
        self.assertTrue(form._get_modifier("base_url", "invisible"))
        self.assertFalse(form._get_modifier("watches", "invisible"))

        form.code = "json"
        self.assertFalse(form._get_modifier("base_url", "invisible"))
        self.assertTrue(form._get_modifier("watches", "invisible"))
