"""The settings of the company for the laws, and the warnings about what is missing."""

from datetime import date

from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import NIGHT, DunningCommon


@tagged("-at_install", "post_install", "debto_dunning")
class TestLawSettings(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({
            "country_id": cls.env.ref("base.be").id, "vat": False, "company_registry": "0477.472.701",
            "street": "Rue Haute 1", "zip": "1000", "city": "Brussels"})

    @classmethod
    def make_consumer(cls, name, code, **vals):
        return cls.make_customer(name, is_company=False, country_id=cls.env.ref(f"base.{code}").id, **vals)

    @classmethod
    def rates_known_until(cls, name, day):
        """As if nobody had entered the rates after ``day``."""
        kind = cls.env.ref(f"debto_dunning.interest_kind_{name}")
        kind.rate_ids.filtered(lambda rate: rate.date > day).unlink()
        return kind

    @classmethod
    def all_rates_known(cls):
        for kind in cls.env["dunning.interest.kind"].search([]):
            kind.rate_ids.sorted("date")[-1:].date_to = date(2030, 12, 31)

    def warnings(self):
        return self.company._dunning_law_warnings()

    def assertWarned(self, *patterns):
        warnings = self.warnings()
        self.assertEqual(len(warnings), len(patterns), warnings)
        for warning, pattern in zip(warnings, patterns, strict=True):
            self.assertRegex(warning, pattern)

    @mute_logger("odoo.tests.form.onchange")  # Odoo's own onchange speaks of the taxes of its test chart
    def screen(self, user=None):
        return Form(self.env["res.config.settings"].with_user(user or self.env.user))

    # -- The screen --------------------------------------------------------------------------------------------------

    def test_answers_reach_the_company(self):
        with self.screen() as form:
            form.dunning_law_of = "debtor"
            form.dunning_is_sme = True
            form.dunning_term_agreed = True
            form.dunning_invoice_warns = True
            form.dunning_regular_deliveries = True
            form.dunning_postage = 1.79
        self.assertRecordValues(self.company, [{
            "dunning_law_of": "debtor", "dunning_is_sme": True, "dunning_term_agreed": True,
            "dunning_invoice_warns": True, "dunning_regular_deliveries": True, "dunning_postage": 1.79}])

    def test_clause_is_entered_and_taken_back_with_its_date(self):
        with self.screen() as form:
            form.dunning_clause = True
            form.dunning_clause_date = "2024-01-01"
            form.dunning_clause_mutual = True
            form.dunning_clause_amounts = "own"
            form.dunning_clause_percent = 10
            form.dunning_clause_minimum = 15
            form.dunning_clause_maximum = 500
            form.dunning_clause_rate = 8.5
            form.dunning_clause_reminder = 5
        self.assertRecordValues(self.company, [{
            "dunning_clause": True, "dunning_clause_date": date(2024, 1, 1), "dunning_clause_mutual": True,
            "dunning_clause_amounts": "own", "dunning_clause_percent": 10, "dunning_clause_minimum": 15,
            "dunning_clause_maximum": 500, "dunning_clause_rate": 8.5, "dunning_clause_reminder": 5}])
        with self.screen() as form:
            form.dunning_clause_date = "2025-01-01"
        self.assertEqual(self.company.dunning_clause_date, date(2025, 1, 1))
        # the date first, as no screen promises an order
        self.env["res.config.settings"].create({"dunning_clause_date": False, "dunning_clause": False})
        self.assertRecordValues(self.company, [{"dunning_clause": False, "dunning_clause_date": False}])

    def test_order_of_the_values_does_not_matter(self):
        for names in (("dunning_clause", "dunning_clause_date"), ("dunning_clause_date", "dunning_clause")):
            with self.subTest(names):
                values = {"dunning_clause": True, "dunning_clause_date": "2024-01-01"}
                self.env["res.config.settings"].create({name: values[name] for name in names})
                self.assertEqual(self.company.dunning_clause_date, date(2024, 1, 1))
                self.company.write({"dunning_clause": False, "dunning_clause_date": False})

    def test_clause_needs_a_date(self):
        form = self.screen()
        form.dunning_clause = True
        with self.assertRaisesRegex(AssertionError, "dunning_clause_date"):
            form.save()
        with self.assertRaisesRegex(ValidationError, "since when the clause"):
            self.env["res.config.settings"].create({"dunning_clause": True})

    def test_every_setting_of_the_law_stands_on_the_screen_for_who_keeps_the_books(self):
        administrator = new_test_user(
            self.env, "law.administrator", groups="base.group_system,account.group_account_manager",
            company_id=self.company.id, company_ids=self.company.ids)
        arch = etree.fromstring(self.env["res.config.settings"].with_user(administrator).get_view(
            self.env.ref("account.res_config_settings_view_form").id)["arch"])
        block = arch.xpath("//block[@id='dunning_law']")[0]
        shown = {field.get("name") for field in block.iter("field")}
        model = self.env["res.company"]._fields
        law_fields = {
            name for name, field in model.items() if field._module == "debto_dunning" and name.startswith((
                "dunning_law_", "dunning_is_sme", "dunning_term_agreed", "dunning_invoice_warns",
                "dunning_regular_deliveries", "dunning_email_notice", "dunning_postage", "dunning_clause",
                "dunning_charge_", "dunning_cost_", "dunning_interest_", "dunning_paid_late"))}
        self.assertEqual(shown, law_fields)
        self.assertEqual(len(shown), 23)
        # each can be saved by that person
        self.screen(administrator).save()

    def test_links_open_laws_and_rates(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.action_dunning_laws()["res_model"], "dunning.law")
        self.assertEqual(settings.action_dunning_interest()["res_model"], "dunning.interest.kind")

    # -- Warnings: rates ---------------------------------------------------------------------------------------------

    def test_nothing_to_warn_of(self):
        self.make_invoice(partner=self.make_consumer("Anna", "be"))
        self.assertFalse(self.warnings())
        self.assertFalse(self.screen().dunning_law_warning)

    def test_rate_of_the_own_country_out_of_date(self):
        self.rates_known_until("be_business", date(2025, 12, 31))
        self.assertWarned(
            r"Enter the next rate of “.+” \(Invoicing ▸ .+\): the newest ended on 12/31/2025, and by “Belgium: "
            r"businesses” no interest")
        self.assertEqual(self.screen().dunning_law_warning, self.warnings()[0])

    def test_last_day_of_a_rate_is_not_out_of_date(self):
        kind = self.rates_known_until("be_business", NIGHT)
        newest = kind.rate_ids.sorted("date")[-1]
        newest.date_to = NIGHT
        self.assertFalse(self.warnings())
        newest.date_to = date(2026, 3, 10)
        self.assertWarned("ended on 03/10/2026")

    def test_no_rate_at_all(self):
        self.rates_known_until("be_business", date(2000, 1, 1))
        self.assertWarned("^Enter a rate of .+ there is none yet, and by “Belgium: businesses” no interest")

    def test_rates_of_countries_without_customers_are_nobodys_concern(self):
        for name in ("nl_legal", "de_base", "fr_legal", "lu_legal", "ecb"):
            self.rates_known_until(name, date(2024, 12, 31))
        self.assertFalse(self.warnings())

    def test_rate_of_a_country_with_consumers(self):
        self.rates_known_until("nl_legal", date(2025, 12, 31))
        consumer = self.make_consumer("Joke", "nl")
        self.assertFalse(self.warnings())
        invoice = self.make_invoice(partner=consumer, overdue=-20)
        self.assertWarned("by “Netherlands: consumers” no interest")
        self.pay(invoice, 40)
        self.assertWarned("by “Netherlands: consumers” no interest")
        self.pay(invoice)
        self.assertFalse(self.warnings())

    def test_a_draft_is_no_open_item(self):
        self.rates_known_until("nl_legal", date(2025, 12, 31))
        invoice = self.make_invoice(partner=self.make_consumer("Joke", "nl"))
        self.assertTrue(self.warnings())
        invoice.button_draft()
        self.assertFalse(self.warnings())

    def test_kind_told_by_hand_counts(self):
        self.rates_known_until("nl_legal", date(2025, 12, 31))
        consumer = self.make_consumer("Joke", "nl")
        self.make_invoice(partner=consumer)
        self.debtor_of(consumer).kind_override = "business"
        self.assertFalse(self.warnings())
        company = self.make_customer("Tulp", country_id=self.env.ref("base.nl").id)
        self.make_invoice(partner=company)
        self.assertFalse(self.warnings())
        self.debtor_of(company).kind_override = "consumer"
        self.assertWarned("Netherlands: consumers")

    def test_invoices_from_before_the_first_night_count(self):
        """Before the addon was there, no customer had a debtor."""
        self.rates_known_until("nl_legal", date(2025, 12, 31))
        consumer = self.make_consumer("Joke", "nl")
        self.make_invoice(partner=consumer)
        self.debtor_of(consumer).unlink()
        self.assertWarned("Netherlands: consumers")

    def test_contact_of_a_customer_counts_as_the_customer(self):
        self.rates_known_until("nl_legal", date(2025, 12, 31))
        household = self.make_consumer("Jansen", "nl")
        contact = self.env["res.partner"].create({
            "name": "Jansen, abroad", "parent_id": household.id, "type": "invoice",
            "country_id": self.env.ref("base.us").id})
        self.make_invoice(partner=contact)
        self.assertWarned("Netherlands: consumers")

    def test_ledgers_of_branches_count_and_of_others_do_not(self):
        self.rates_known_until("nl_legal", date(2025, 12, 31))
        other = self.setup_other_company()["company"]
        self.make_invoice(partner=self.make_consumer("Joke", "nl"), company=other)
        self.assertFalse(self.warnings())
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self.env.cr.precommit.run()  # the branch takes the chart of its root
        self.make_invoice(partner=self.make_consumer("Kees", "nl"), company=branch)
        self.assertWarned("Netherlands: consumers")
        # the root decides for its branches
        self.assertEqual(branch.dunning_law_warning, self.warnings()[0])

    def test_one_sentence_a_rate(self):
        self.company.country_id = self.env.ref("base.de")
        self.rates_known_until("de_base", date(2025, 12, 31))
        self.make_invoice(partner=self.make_consumer("Uwe", "de"))
        self.assertWarned("by “Germany: businesses” and “Germany: consumers” no interest")

    def test_law_of_the_customer_for_businesses(self):
        self.rates_known_until("ecb", date(2025, 12, 31))
        self.make_invoice(partner=self.make_customer("Tulp", country_id=self.env.ref("base.nl").id))
        self.make_invoice(partner=self.make_customer("Torero", country_id=self.env.ref("base.es").id))
        self.assertFalse(self.warnings())
        self.company.dunning_law_of = "debtor"
        warning = " ".join(self.warnings())
        self.assertEqual(warning.count("Enter the next rate"), len(self.warnings()))
        self.assertIn(self.env.ref("debto_dunning.law_eu_business").name, warning)

    def test_law_without_interest_for_want_of_a_clause_needs_no_rate(self):
        self.company.country_id = self.env.ref("base.nl")
        self.all_rates_known()
        self.rates_known_until("be_business", date(2025, 12, 31))
        self.env.ref("debto_dunning.interest_kind_be_business").rate_ids.sorted("date")[-1].date_to = "2025-12-31"
        self.make_invoice(partner=self.make_consumer("Anna", "be"))
        self.assertFalse(self.warnings())
        self.company.write({"dunning_clause": True, "dunning_clause_date": "2024-01-01"})
        self.assertWarned("by “Belgium: consumers” no interest")

    def test_warnings_keep_no_reminder_from_going_out(self):
        self.rates_known_until("be_business", date(2025, 12, 31))
        invoice = self.make_invoice(overdue=10)
        self.assertTrue(self.warnings())
        self.assertFalse([text for text in self.company._dunning_warnings() if text in self.warnings()])
        self.assertStep(invoice, self.first)

    # -- Warnings: statements ----------------------------------------------------------------------------------------

    def test_number_that_a_reminder_must_state(self):
        self.make_invoice(partner=self.make_consumer("Anna", "be"))
        for registry, vat, expected in (
            (False, False, True), (False, "/", True), ("0477.472.701", False, False), (False, "BE0477472701", False),
        ):
            with self.subTest(registry=registry, vat=vat):
                self.company.vat = vat
                self.company.company_registry = registry
                self.assertWarned(*[
                    r"Enter the enterprise number .+ of .+: by “Belgium: consumers” the reminder must"] * expected)

    def test_address_that_a_reminder_must_state(self):
        self.make_invoice(partner=self.make_consumer("Anna", "be"))
        self.company.write({"street": False, "city": False})
        self.assertWarned("Complete the address of .+“Belgium: consumers”.+missing is: Street and City")

    def test_no_statement_asked_no_warning(self):
        """Belgian businesses and Dutch consumers: no law asks for a number or an address there."""
        self.company.write({"street": False, "zip": False, "city": False, "company_registry": False})
        self.make_invoice(partner=self.make_consumer("Joke", "nl"))
        self.assertFalse([text for text in self.warnings() if "reminder must" in text])

    def test_words_of_an_administrator_count(self):
        self.company.company_registry = False
        self.assertFalse(self.warnings())
        self.env.ref("debto_dunning.law_be_business").notice_text = "{company}, number {company_number}"
        self.assertWarned("by “Belgium: businesses” the reminder must state it")

    def test_company_without_country(self):
        self.company.write({"country_id": False})
        self.assertWarned("Enter the country of .+ it tells which law holds for businesses")
        self.company.dunning_law_of = "debtor"
        self.assertFalse(self.warnings())
