from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import NIGHT
from .credit_common import KEY, CreditCommon


@tagged("post_install", "-at_install")
class TestCreditMonitor(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.providers = cls.env["dunning.credit.provider"]
        cls.watched = cls.env["dunning.segment"].create({"name": "Watched", "monitoring_days": 30})

    def cron(self, days=0):
        with freeze_time(f"{NIGHT + timedelta(days=days)} 01:00:00"):
            self.providers.sudo()._cron_credit()  # as the scheduler does
        self.provider.invalidate_recordset()

    def add_customer(self, number, amount=0, segment=None, **vals):
        """A customer that the service knows, with an open invoice of so much."""
        registration = f"{1000000000 + number}"
        customer = self.make_customer(f"Customer {number}", company_registry=registration, **vals)
        self.server.add_company(f"BE-{number}", customer.name, registration=registration)
        if amount:
            self.make_invoice(amount, 10, partner=customer)
            self.env["dunning.debtor"]._refresh(self.company, NIGHT, customer.ids)
        debtor = self.debtor_of(customer)
        if segment:
            debtor.segment_id = segment
        return debtor

    def asked(self):
        """The service's numbers of the reports that were fetched, in their order."""
        return [path.rpartition("/")[2] for way, path, _query, _body in self.server.calls
                if way == "GET" and path.startswith("/v1/companies/")]

    # -- New customers -----------------------------------------------------------------------------------------------

    def test_nobody_is_asked_for_unless_told(self):
        self.add_customer(1, 100)
        self.cron()
        self.assertFalse(self.server.calls)

    def test_new_customers(self):
        self.env.cr.execute("UPDATE dunning_debtor SET create_date = '2026-03-01' WHERE id = %s", [self.debtor.id])
        self.env.invalidate_all()
        self.provider.write({"ask_new": "customers", "ask_new_since": "2026-03-05"})
        self.add_customer(1, 100)
        prospect = self.add_customer(2)
        self.add_customer(3, 500)
        private = self.add_customer(4, 900, is_company=False)
        self.assertEqual(private.kind, "consumer")
        self.cron()
        self.assertEqual(self.asked(), ["BE-3", "BE-1"])  # the dearest first
        self.provider.ask_new = "all"
        self.cron()
        self.assertEqual(self.asked(), ["BE-3", "BE-1", "BE-2"])
        self.assertEqual(prospect.credit_score, 30)
        self.cron(1)
        self.assertEqual(len(self.asked()), 3)

    def test_unknown_customer_is_asked_for_again_much_later(self):
        self.provider.write({"ask_new": "all", "ask_new_since": "2026-03-01"})
        self.server.companies.clear()
        self.cron()
        self.assertIn("does not know Azur", self.debtor.credit_failure)
        calls = len(self.server.calls)
        self.cron(29)
        self.assertEqual(self.server.count("v1/companies"), calls - self.server.count("authenticate"))
        self.server.add_company(KEY, "Azur NV", vat=self.customer.vat)
        self.cron(30)
        self.assertEqual(self.debtor.credit_score, 30)
        self.assertFalse(self.debtor.credit_failure)

    # -- Interval ----------------------------------------------------------------------------------------------------

    def test_interval_of_the_segment(self):
        self.debtor.segment_id = self.watched
        self.add_customer(1, 100)
        self.cron()
        self.assertEqual(self.asked(), [KEY])
        self.cron(29)
        self.assertEqual(self.asked(), [KEY])
        self.cron(30)
        self.assertEqual(self.asked(), [KEY, KEY])
        self.watched.monitoring_days = 0
        self.cron(90)
        self.assertEqual(self.asked(), [KEY, KEY])

    def test_imported_report_counts_for_the_interval(self):
        self.debtor.segment_id = self.watched
        self.env["dunning.credit.report"]._create_from_answer(
            self.make_provider("file"), self.debtor, {"date": NIGHT - timedelta(days=10), "score": 10})
        self.cron()
        self.assertFalse(self.asked())
        self.cron(20)
        self.assertEqual(self.asked(), [KEY])

    def test_customer_belongs_to_the_first_service_that_covers_it(self):
        self.debtor.segment_id = self.watched
        self.make_provider("json", sequence=1, country_ids=[(6, 0, self.env.ref("base.fr").ids)])
        late = self.make_provider("dnb", sequence=20, base_url=self.server.url)
        self.cron()
        self.assertEqual(self.debtor.credit_report_ids.provider_id, self.provider)
        self.assertEqual(late.paid_today, 0)

    # -- Budget and faults -------------------------------------------------------------------------------------------

    def test_budget_goes_to_the_dearest(self):
        self.provider.daily_budget = 2
        for number, amount in enumerate((100, 300, 200), 1):
            self.add_customer(number, amount, self.watched)
        self.cron()
        self.assertEqual(self.asked(), ["BE-2", "BE-3"])
        self.cron()
        self.assertEqual(len(self.asked()), 2)
        self.cron(1)
        self.assertEqual(self.asked()[2:], ["BE-1"])

    def test_one_bad_customer_does_not_end_the_night(self):
        for number, amount in enumerate((100, 300, 200), 1):
            self.add_customer(number, amount, self.watched)
        self.server.reports["BE-2"] = "garbage"
        self.cron()
        self.assertEqual(self.asked(), ["BE-2", "BE-3", "BE-1"])
        bad = self.env["dunning.debtor"].search([("credit_failure", "!=", False)])
        self.assertEqual(bad.partner_id.name, "Customer 2")
        self.assertIn("holds no report", self.provider.last_failure)
        self.cron()
        self.assertEqual(len(self.asked()), 3, "not asked for twice a day")

    def test_service_that_refuses_the_log_in_is_left_alone(self):
        self.provider.password = "wrong"
        for number in range(3):
            self.add_customer(number, 100, self.watched)
        self.cron()
        self.assertEqual(len(self.server.calls), 1)
        self.assertIn("401", self.provider.last_failure)
        self.assertFalse(self.env["dunning.debtor"].search([("credit_asked_on", "!=", False)]))

    def test_service_out_of_order_is_left_alone(self):
        for number in range(8):
            self.add_customer(number, 100, self.watched)
        self.provider._request("GET", "v1/access")
        self.server.faults = [("status", 500, {"message": "down"})] * 100
        self.provider.tries = 1
        self.cron()
        self.assertEqual(len(self.server.calls) - 2, 5)

    def test_time_that_is_up(self):
        """The cron is called again while something is left; each call goes on where the one before stopped."""
        for number in range(3):
            self.add_customer(number, 100 - number, self.watched)
        with patch.object(type(self.env["dunning.run"]), "_checkpoint", lambda *args, **kwargs: 0):
            self.cron()
            self.assertEqual(self.asked(), ["BE-0"])
            self.cron()
        self.cron()
        self.assertEqual(self.asked(), ["BE-0", "BE-1", "BE-2"])

    # -- Watching ----------------------------------------------------------------------------------------------------

    def event(self, number, key=KEY, day=NIGHT, **vals):
        self.server.events[1].append({
            "notificationEventId": number, "company": {"id": key}, "eventDate": f"{day}T03:00:00", "ruleCode": 101,
            "ruleName": "Rating", "oldValue": "B", "newValue": "E", **vals})

    def watch(self):
        self.provider.watches = True
        self.ask()
        self.cron()

    def test_portfolio_is_made_once_and_filled(self):
        self.watch()
        other = self.add_customer(1, 100)
        self.ask(other)
        self.cron(1)
        self.assertEqual([portfolio["companies"] for portfolio in self.server.portfolios.values()], [[KEY, "BE-1"]])
        self.assertEqual((self.debtor | other).credit_watched_by_id, self.provider)
        # a database that was restored finds its list again
        self.provider.portfolio_key = False
        self.debtor.sudo().credit_watched_by_id = False
        self.cron(2)
        self.assertEqual([portfolio["companies"] for portfolio in self.server.portfolios.values()], [[KEY, "BE-1"]])
        self.assertEqual(self.debtor.credit_watched_by_id, self.provider)
        self.debtor.active = False
        self.cron(3)
        self.assertEqual(self.server.portfolios[1]["companies"], ["BE-1"])
        self.assertFalse(self.debtor.credit_watched_by_id)

    def test_change_is_fetched_and_listed(self):
        self.watch()
        self.event(1, day=NIGHT + timedelta(days=1))
        self.server.add_company(KEY, "Azur NV", vat=self.customer.vat, rating="E", limit="0")
        self.cron(1)
        report = self.debtor.credit_report_id
        self.assertRecordValues(report, [{
            "score": 90, "previous_score": 30, "score_change": 60, "credit_limit": 0, "previous_limit": 12000,
            "has_changed": True}])
        self.assertEqual(report.event_ids.mapped("text"), ["Rating: B → E"])
        asked = len(self.asked())
        self.cron(1)
        self.cron(2)
        self.assertEqual(len(self.asked()), asked, "told once, fetched once")

    def test_pages_of_events(self):
        self.watch()
        for number in range(5):
            self.event(number, day=NIGHT + timedelta(days=1))
        self.event(9, key="BE-unknown")
        self.cron(1)
        self.assertEqual(len(self.debtor.credit_report_id.event_ids), 5)

    def test_change_waits_for_the_budget(self):
        self.watch()
        self.event(1)
        self.provider.daily_budget = 1  # spent by the first report
        self.cron()
        self.assertEqual(len(self.asked()), 1)
        self.assertFalse(self.debtor.credit_report_id.event_ids)
        self.server.events.clear()
        self.cron(1)
        self.assertEqual(len(self.asked()), 2)
        self.assertEqual(len(self.debtor.credit_report_id.event_ids), 1)

    def test_changes_go_before_exposure(self):
        self.watch()
        self.add_customer(1, 5000, self.watched)
        self.event(1, day=NIGHT + timedelta(days=1))
        self.provider.daily_budget = 1
        self.cron(1)
        self.assertEqual(self.asked()[-1], KEY)

    def test_list_that_cannot_be_read_keeps_the_day(self):
        self.watch()
        self.assertEqual(self.provider.changes_from, NIGHT)
        self.server.portfolios.clear()
        self.cron(1)
        self.assertEqual(self.provider.changes_from, NIGHT)
        self.assertIn("404", self.provider.last_failure)

    def test_cron_record(self):
        self.assertEqual(self.env.ref("debto_dunning.ir_cron_credit").code, "model._cron_credit()")
