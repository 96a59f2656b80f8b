"""What was announced and ran stays owed where a fact is missing later: a rate, the enterprise number, the address."""

from odoo.tests import tagged

from .asked_common import AskedCommon
from .charge_common import day


@tagged("-at_install", "post_install", "debto_dunning")
class TestChargeMissingFact(AskedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_consumer("Peeters", "be")
        cls.rates = cls.env.ref("debto_dunning.interest_kind_be_business").rate_ids

    def no_rate_from(self, on):
        """Let the newest rate end the day before."""
        self.rates.filtered(lambda rate: rate.date >= day(on)).unlink()

    def noticed(self):
        """An invoice of 1,000; its notice of 9 June 2026 lets costs and interest be asked from the 24th."""
        invoice = self.invoice_due("2026-06-02", 1000, self.customer)
        self.assertTrue(self.night("2026-06-09").line_ids.is_notice)
        return invoice

    def test_missing_rate_leaves_costs_and_the_interest_that_ran(self):
        self.no_rate_from("2026-07-01")
        invoice = self.noticed()

        asked = self.night("2026-07-02")

        # 24 to 30 June: 1,000 × 10.5 × 7 / 36,500
        self.assertAsked(asked, 90, 2.01)
        self.assertIn("07/01/2026", asked.line_ids.charge_note)
        self.assertAskedEverywhere("2026-07-02", invoice, 1092.01, asked)

    def test_rate_entered_later_is_asked_for_the_days_that_waited(self):
        self.no_rate_from("2026-07-01")
        invoice = self.noticed()
        self.second.days = 20
        self.night("2026-06-25")
        self.env["dunning.interest.rate"].create({
            "kind_id": self.env.ref("debto_dunning.interest_kind_be_business").id, "date": "2026-07-01",
            "percent": 10.5, "source": "Test", "standing": "verified"})

        asked = self.night("2026-07-10")

        # 24 June to 10 July: 17 days
        self.assertAsked(asked, 90, 4.89)
        self.assertFalse(asked.line_ids.charge_note)
        self.assertAskedEverywhere("2026-07-10", invoice, 1094.89, asked)

    def test_missing_enterprise_number_leaves_what_was_announced(self):
        invoice = self.noticed()
        self.company.write({"company_registry": False, "vat": False})

        asked = self.night("2026-07-02")

        self.assertAsked(asked, 90, 2.59)
        self.assertAskedEverywhere("2026-07-02", invoice, 1092.59, asked)

    def test_missing_address_leaves_what_was_announced(self):
        invoice = self.noticed()
        self.company.street = False

        asked = self.night("2026-07-02")

        self.assertAsked(asked, 90, 2.59)
        self.assertAskedEverywhere("2026-07-02", invoice, 1092.59, asked)

    def test_what_was_asked_before_stays_asked(self):
        invoice = self.noticed()
        self.second.days = 20
        self.night("2026-06-25")
        self.company.write({"company_registry": False, "vat": False})

        asked = self.night("2026-07-02")

        self.assertAsked(asked, 90, 2.59)
        self.assertAskedEverywhere("2026-07-02", invoice, 1092.59, asked)

    def test_notice_waits_and_says_why(self):
        """Without a notice nothing is asked until the number is entered."""
        self.company.write({"company_registry": False, "vat": False})
        invoice = self.invoice_due("2026-06-02", 1000, self.customer)
        self.night("2026-06-09")
        asked = self.night("2026-07-02")

        self.assertAsked(asked, 0, 0)
        self.assertFalse(asked.line_ids.is_notice)
        self.assertIn("enterprise number", asked.line_ids.charge_note)
        self.assertAskedEverywhere("2026-07-02", invoice, 1000, asked)

    def test_second_notice_waits_where_only_the_default_notice_was_given(self):
        """Netherlands: the letter of fourteen days needs the address where its text states it."""
        law = self.env.ref("debto_dunning.law_nl_consumer")
        law.notice_text = law.notice_text + " {company_address}"
        self.company.dunning_term_agreed = False
        customer = self.make_consumer("Jansen", "nl")
        self.invoice_due("2026-05-01", 1000, customer)
        self.assertTrue(self.night("2026-05-08").line_ids.is_notice)
        self.company.street = False

        second = self.night("2026-06-09")

        self.assertFalse(second.line_ids.is_notice)
        self.assertAsked(second, 0, 0)
        self.assertIn("address", second.line_ids.charge_note)

    def test_law_that_needs_no_notice_asks_what_it_gives(self):
        """Germany, a business: the 40 are owed without the reminder whose text lacks the address."""
        law = self.env.ref("debto_dunning.law_de_business")
        law.notice_text = law.notice_text + " {company_address}"
        self.company.write({"dunning_law_of": "debtor", "street": False, "dunning_term_agreed": False})
        self.invoice_due("2026-05-04", 1000, self.make_business("Schmidt", "de"))

        self.night("2026-05-11")
        second = self.night("2026-06-20")

        # from the 31st day after the arrival of the invoice on 6 May: 6 to 20 June, 15 days at 10.27 %
        self.assertAsked(second, 40, 4.22)

    def test_missing_country_leaves_what_was_announced(self):
        invoice = self.noticed()
        self.customer.country_id = False

        asked = self.night("2026-07-02")

        self.assertAsked(asked, 90, 2.59)
        self.run_night(day("2026-07-03"))
        self.assertAskedEverywhere("2026-07-02", invoice, 1092.59, asked)
