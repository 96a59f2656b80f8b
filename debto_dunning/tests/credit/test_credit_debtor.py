from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..common import NIGHT, days_ago
from .credit_common import KEY, NUMBER, VAT, CreditCommon


@tagged("post_install", "-at_install")
class TestCreditDebtor(CreditCommon):
    """What follows from a report."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.make_provider("file")
        cls.ann = new_test_user(
            cls.env, "ann", groups="debto_dunning.group_dunning_user", company_id=cls.company.id,
            company_ids=cls.company.ids)
        cls.debtor.user_id = cls.ann

    def keep(self, debtor=None, when=0, provider=None, **answer):
        return self.env["dunning.credit.report"]._create_from_answer(
            provider or self.file, debtor or self.debtor, {"date": days_ago(when), **answer})

    def bankrupt(self, status="NonActive", description="Opening of bankruptcy"):
        summary = self.server.reports[KEY]["companySummary"]
        summary["companyStatus"] = {"status": status, "description": description}
        return self.ask()

    # -- Newest report -----------------------------------------------------------------------------------------------

    def test_newest_report_counts_whatever_comes_last(self):
        newest = self.keep(when=10, score=40, status="active")
        older = self.keep(when=100, score=90, status="insolvent")
        self.assertRecordValues(self.debtor, [{
            "credit_report_id": newest.id, "credit_score": 40, "credit_status": "active", "is_insolvent": False}])
        self.assertEqual(newest.previous_id, older)
        self.assertFalse(older.previous_id)

    def test_report_without_score_leaves_the_older_one(self):
        self.keep(when=10, score=0, status="active")
        newest = self.keep(when=5)
        self.assertRecordValues(self.debtor, [{
            "credit_report_id": newest.id, "credit_score": 0, "credit_status": "active"}])

    def test_what_changed(self):
        first = self.keep(when=90, score=20, limit=1000, status="active")
        same = self.keep(when=60, score=20, limit=1000, status="active")
        worse = self.keep(when=30, score=55, limit=0, status="active")
        unknown = self.keep(when=1, limit=0, status="active")
        self.assertEqual([report.has_changed for report in first | same | worse | unknown],
                         [False, False, True, True])
        self.assertEqual(
            (worse.previous_score, worse.score_change, worse.previous_limit, unknown.score_change),
            (20, 35, 1000, False))
        domain = self.env["ir.actions.act_window"]._for_xml_id(
            "debto_dunning.dunning_credit_report_action_changes")["domain"]
        self.assertIn("has_changed", domain)
        # each service is held against itself
        self.assertFalse(self.keep(provider=self.provider, score=90, status="active").has_changed)

    def test_score_and_segment_follow(self):
        self.make_invoice(100, 10)
        self.keep(score=5, status="active")
        safe = self.debtor.risk_score
        self.keep(when=-1, score=95, status="active")
        self.assertGreater(self.debtor.risk_score, safe)

    # -- Insolvency --------------------------------------------------------------------------------------------------

    def test_insolvent_customer(self):
        invoice = self.make_invoice()
        self.assertStep(invoice, self.first)
        self.bankrupt()
        self.assertRecordValues(self.debtor, [{
            "is_insolvent": True, "delivery_hold": True, "credit_status": "insolvent"}])
        self.assertLeft(invoice, "insolvent")
        activity = self.debtor.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref("debto_dunning.activity_insolvent"))
        self.assertEqual(activity.user_id, self.ann)
        self.assertIn("RegSol", activity.note)
        self.assertIn("Opening of bankruptcy", activity.note)
        self.assertIn("retention of title", activity.note)
        self.env.cr.execute("SELECT is_insolvent FROM dunning_debtor WHERE id = %s", [self.debtor.id])
        self.assertTrue(self.env.cr.fetchone()[0])

    def test_next_step_by_country(self):
        words = {"be": "RegSol", "nl": "curator", "de": "Insolvenzverwalter", "fr": "BODACC",
                 "lu": "tribunal de commerce", "us": "which court"}
        for code, word in words.items():
            with self.subTest(code=code):
                customer = self.make_customer(f"Gone {code}", country_id=self.env.ref(f"base.{code}").id)
                debtor = self.debtor_of(customer)
                self.keep(debtor, status="insolvent")
                self.assertIn(word, debtor.activity_ids[:1].note)

    def test_struck_off_customer(self):
        self.bankrupt(description="Struck off")
        self.assertTrue(self.debtor.is_insolvent)
        self.assertIn("no longer in the register", self.debtor.activity_ids[:1].note)

    def test_second_report_of_the_same_raises_nothing_more(self):
        self.bankrupt()
        activities = self.debtor.activity_ids
        self.bankrupt()
        self.assertEqual(self.debtor.activity_ids, activities)

    def test_release(self):
        invoice = self.make_invoice()
        self.bankrupt()
        self.debtor.with_user(self.ann).action_release_insolvency()
        self.assertRecordValues(self.debtor, [{"is_insolvent": False, "delivery_hold": False}])
        self.assertFalse(self.debtor.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref("debto_dunning.activity_insolvent")))
        self.assertIn("ended by ann", self.debtor.message_ids[0].body + self.debtor.message_ids[1].body)
        self.assertStep(invoice, self.first)
        # the same news is no news
        self.bankrupt()
        self.assertFalse(self.debtor.is_insolvent)
        self.bankrupt(description="Struck off")
        self.assertTrue(self.debtor.is_insolvent)

    def test_active_again_after_a_release_makes_the_next_bankruptcy_news(self):
        self.bankrupt()
        self.debtor.action_release_insolvency()
        self.bankrupt("Active", "Active")
        self.bankrupt()
        self.assertTrue(self.debtor.is_insolvent)

    def test_active_again_says_so_and_leaves_the_hold_to_a_person(self):
        self.bankrupt()
        self.bankrupt("Active", "Active")
        self.assertTrue(self.debtor.is_insolvent)
        self.assertIn("again", "".join(self.debtor.message_ids.mapped("body")))

    def test_reminder_on_its_way_is_stopped(self):
        invoice = self.make_invoice()
        self.run_night()
        queued = self.debtor.communication_ids
        self.assertEqual(queued.state, "queued")
        self.bankrupt()
        self.deliver()
        self.assertEqual(queued.state, "cancelled")
        self.assertFalse(invoice.dunning_level)

    def test_person_sends_by_hand(self):
        invoice = self.make_invoice()
        self.bankrupt()
        wizard = self.env["dunning.send"].browse(self.debtor.action_send_now()["res_id"])
        self.assertRecordValues(wizard.line_ids, [{"can_send": True, "is_chosen": False}])
        wizard.line_ids.is_chosen = True
        wizard.action_send()
        self.assertEqual(invoice.dunning_level_id, self.first)

    def test_person_who_sends_is_told_what_else_holds(self):
        invoice = self.make_invoice()
        self.bankrupt()
        self.env["dunning.hold"].create({"move_id": invoice.id})

        wizard = self.env["dunning.send"].browse(self.debtor.action_send_now()["res_id"])

        self.assertRecordValues(wizard.line_ids, [{
            "can_send": True, "is_chosen": False, "reason": "the invoice is on hold"}])

    # -- Warnings ----------------------------------------------------------------------------------------------------

    def test_banners(self):
        invoice = self.make_invoice()
        bill = self.make_invoice(move_type="in_invoice", partner=self.customer)
        contact = self.env["res.partner"].create({"name": "Contact", "parent_id": self.customer.id})
        self.assertFalse(self.customer.dunning_credit_warning)
        self.assertFalse(invoice.dunning_credit_warning)
        self.bankrupt()
        self.env.invalidate_all()
        colleague = new_test_user(self.env, "colleague", groups="base.group_user", company_id=self.company.id,
                                  company_ids=self.company.ids)
        for record in (self.customer, contact, invoice):
            self.assertIn("insolvent", record.dunning_credit_warning)
        self.assertIn("insolvent", self.customer.with_user(colleague).dunning_credit_warning)
        self.assertFalse(bill.dunning_credit_warning)
        self.assertFalse(self.customer.with_company(
            self.env["res.company"].create({"name": "Other"})).dunning_credit_warning)

    def test_hold_by_hand(self):
        self.debtor.with_user(self.ann).delivery_hold = True
        self.assertIn("Ask accounting", self.debtor.delivery_warning)
        self.assertIn("on hold", self.customer.dunning_credit_warning)
        self.debtor.with_user(self.ann).delivery_hold = False
        self.assertFalse(self.debtor.delivery_warning)

    # -- Asking ------------------------------------------------------------------------------------------------------

    def test_user_asks_without_seeing_the_credentials(self):
        self.make_invoice()
        action = self.debtor.with_user(self.ann).action_ask_credit_report()
        report = self.env["dunning.credit.report"].with_user(self.ann).browse(action["res_id"])
        self.assertEqual(report.score, 30)
        provider = self.provider.with_user(self.ann)
        for name in ("username", "password", "api_key"):
            with self.assertRaises(AccessError):
                provider.read([name])
        for call in (lambda: provider.write({"base_url": "https://elsewhere.example.com"}), provider.action_test,
                     lambda: self.env["dunning.credit.session"].with_user(self.ann).search([]).token,
                     lambda: report.write({"score": 1}), lambda: report.raw):
            with self.assertRaises(AccessError):
                call()

    def test_raw_answer_is_for_managers(self):
        boss = new_test_user(self.env, "boss", groups="debto_dunning.group_dunning_manager",
                             company_id=self.company.id, company_ids=self.company.ids)
        report = self.ask()
        self.env.flush_all()
        attachment = self.env["ir.attachment"].search([
            ("res_model", "=", report._name), ("res_id", "=", report.id), ("res_field", "=", "raw")])
        self.assertIn(b"creditScore", attachment.with_user(boss).raw)
        with self.assertRaises(AccessError):
            attachment.with_user(self.ann).read(["raw"])
        self.assertNotIn(b"very-s3cret", attachment.raw)

    def test_employee_reads_the_file_and_no_report(self):
        self.ask()
        colleague = new_test_user(self.env, "colleague", groups="base.group_user", company_id=self.company.id,
                                  company_ids=self.company.ids)
        self.assertEqual(Form(self.debtor.with_user(colleague)).partner_id, self.customer)
        with self.assertRaises(AccessError):
            self.env["dunning.credit.report"].with_user(colleague).search([])

    def test_no_service_covers_the_country(self):
        customer = self.make_customer("Far", country_id=self.env.ref("base.jp").id)
        with self.assertRaisesRegex(UserError, r"No credit information service covers Far \(Japan\)"):
            self.debtor_of(customer).action_ask_credit_report()

    def test_first_service_that_covers(self):
        other = self.make_provider("json", sequence=1, country_ids=False, name="World")
        self.assertEqual(self.env["dunning.credit.provider"]._for_debtor(self.debtor), other)
        other.country_ids = self.env.ref("base.fr")
        self.assertEqual(self.env["dunning.credit.provider"]._for_debtor(self.debtor), self.provider)
        self.provider.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self.env["dunning.credit.provider"]._for_debtor(self.debtor))

    def test_report_of_another_company_is_not_read(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.keep(self.debtor_of(self.customer, other), score=50)
        self.assertFalse(self.env["dunning.credit.report"].with_user(self.ann).search([]))

    def test_forms(self):
        report = self.bankrupt()
        form = Form(self.debtor.with_user(self.ann))
        self.assertEqual((form.credit_score, form.credit_status), (30, "insolvent"))
        self.assertEqual(len(form.credit_report_ids), 1)
        self.assertEqual(Form(report.with_user(self.ann)).company_name, "Azur NV")
        root = new_test_user(self.env, "root2", groups="base.group_system,debto_dunning.group_dunning_manager",
                             company_id=self.company.id, company_ids=self.company.ids)
        with Form(self.env["dunning.credit.provider"].with_user(root)) as form:
            form.name = "New"
            self.assertEqual(form.score_table, "A = 10, B = 30, C = 50, D = 70, E = 90")
            form.code = "dnb"
            self.assertTrue(form.search_is_paid)
            self.assertIn("5 = 90", form.score_table)
            form.password = "s"
        boss = new_test_user(self.env, "boss", groups="debto_dunning.group_dunning_manager")
        views = self.env["dunning.credit.provider"].with_user(boss).get_views([(False, "form"), (False, "list")])
        self.assertNotIn("password", views["views"]["form"]["arch"])
        for view in ("list", "pivot", "search"):
            self.assertTrue(self.env["dunning.credit.report"].with_user(self.ann).get_views([(False, view)]))

    # -- Life of the file --------------------------------------------------------------------------------------------

    def test_merge_moves_reports_and_hold(self):
        gone = self.make_customer("Azur double")
        source = self.debtor_of(gone)
        self.keep(when=30, score=20, status="active")
        self.keep(source, when=5, score=90, status="insolvent")
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            [gone.id, self.customer.id], self.customer)
        self.env.invalidate_all()
        self.assertRecordValues(self.debtor, [{
            "is_insolvent": True, "delivery_hold": True, "credit_score": 90, "credit_status": "insolvent"}])
        self.assertEqual(self.debtor.credit_report_ids.partner_id, self.customer)
        self.assertEqual(len(self.debtor.credit_report_ids), 2)

    def test_merge_of_two_about_whom_the_same_was_told(self):
        gone = self.make_customer("Azur double")
        source = self.debtor_of(gone)
        events = self.env["dunning.credit.event"].sudo().create([
            {"provider_id": self.provider.id, "debtor_id": debtor.id, "text": "moved", "provider_key": key}
            for debtor, key in ((self.debtor, "1"), (source, "1"), (source, "2"), (source, False))])

        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            [gone.id, self.customer.id], self.customer)

        left = events.exists()
        self.assertEqual(left, events - events[1])
        self.assertEqual(left.debtor_id, self.debtor)

    def test_deleted_file_takes_its_answers_along(self):
        report = self.ask()
        domain = [("res_model", "=", report._name), ("res_id", "=", report.id), ("res_field", "=", "raw")]
        self.assertTrue(self.env["ir.attachment"].search(domain))
        self.debtor.unlink()
        self.assertFalse(self.env["ir.attachment"].search(domain))

    def test_numbers_of_the_customer(self):
        be = self.env.ref("base.be").id
        for vals, vat, registration in (
            ({"vat": "BE 0477.472.701", "country_id": be}, VAT, NUMBER),
            ({"vat": False, "company_registry": "0477.472.701", "country_id": be}, None, NUMBER),
        ):
            with self.subTest(vals=vals):
                self.customer.with_context(no_vat_validation=True).write(vals)
                identity = self.provider._identity(self.debtor)
                self.assertEqual((identity["vat"], identity["registration"]), (vat, registration))

    def test_date_of_a_service_that_names_none(self):
        self.assertEqual(self.keep(score=1).date, NIGHT)
        self.assertEqual(self.env["dunning.credit.report"]._create_from_answer(self.file, self.debtor, {}).date, NIGHT)
        self.assertIsInstance(self.debtor.credit_asked_on, date)
