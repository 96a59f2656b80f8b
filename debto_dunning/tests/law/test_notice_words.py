"""Costs told for each invoice, notes that are true, and sentences that name nothing."""

from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ...tools import sentences
from .asked_common import AskedCommon


@tagged("-at_install", "post_install", "debto_dunning")
class TestSentences(BaseCase):
    def test_without_those_that_name_nothing(self):
        """(text, what is left of it without sentences about {phone})"""
        for text, left in (
            ("Pay now. Call us on {phone}. Thank you.", "Pay now. Thank you."),
            ("Call us on {phone}.", ""),
            ("Bezahlen Sie z. B. heute. Rufen Sie {phone} an.", "Bezahlen Sie z. B. heute."),
            ("Payez p. ex. aujourd'hui. Appelez le {phone} !", "Payez p. ex. aujourd'hui."),
            ("Hebt u al betaald? Bel ons dan op {phone}. Dank u.", "Dank u."),
            ("Is dit betaald? Klopt het niet? Bel {phone}.", ""),
            ("Is dit betaald? Laat het weten. Bel {phone}.", "Is dit betaald? Laat het weten."),
            ("First line\nCall {phone}.\n\nLast line", "First line\n\nLast line"),
            ("{collector} will call you. {phone} is our number.", "{collector} will call you."),
            ("Total 1.000,00. On {today}.", "Total 1.000,00. On {today}."),
            ("", ""),
        ):
            with self.subTest(text):
                self.assertEqual(sentences.without(text, lambda sentence: "{phone}" in sentence), left)


@tagged("-at_install", "post_install", "debto_dunning")
class TestNoticeWords(AskedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_consumer("Peeters", "be")

    def words(self, communication):
        return str(communication.sudo()._render_mail()["body"]).replace("\xa0", " ")

    # -- Costs of each invoice ---------------------------------------------------------------------------------------

    def test_costs_of_each_belgian_invoice(self):
        for amount in (100, 300):
            self.invoice_due("2026-03-02", amount, self.customer)

        words = self.words(self.night("2026-03-09"))

        for amount in (20, 45):  # 30 + 10 % of 150
            self.assertRegex(words, rf"Compensation if not paid in time: \W*{amount}\.00")
        self.assertIn("65.00", words)

    def test_costs_of_a_single_invoice_stand_in_the_text_alone(self):
        self.invoice_due("2026-03-02", 300, self.customer)

        words = self.words(self.night("2026-03-09"))

        self.assertNotIn("Compensation if not paid in time", words)
        self.assertIn("45.00", words)

    def test_dutch_costs_are_one_sum(self):
        customer = self.make_consumer("De Vries", "nl")
        for amount in (100, 300):
            self.invoice_due("2026-03-02", amount, customer)

        self.assertNotIn("Compensation if not paid in time", self.words(self.night("2026-03-09")))

    def test_costs_of_each_in_the_list(self):
        self.company.dunning_row_limit = 1
        for amount in (100, 300):
            self.invoice_due("2026-03-02", amount, self.customer)

        notice = self.night("2026-03-09")

        table = notice.sudo()._listing().tables[0]
        self.assertEqual(table.columns[-1][0], "Compensation if Late")
        self.assertEqual(sorted(row[-1] for row in table.rows), [20, 45])
        self.assertEqual(table.totals[0][-1], 65)

    # -- Notes -------------------------------------------------------------------------------------------------------

    def test_no_note_about_a_notice_that_is_not_needed(self):
        """Luxembourg: interest from the delivery on, without a notice."""
        customer = self.make_consumer("Muller", "lu")
        self.invoice_due("2026-03-02", 300, customer)
        self.night("2026-03-09")

        note = self.night("2026-03-16").line_ids.charge_note

        self.assertNotIn("notice", note)
        self.assertIn("interest has not begun to run", note)

    def test_no_note_about_a_notice_to_a_business_whose_due_date_is_not_agreed(self):
        self.company.dunning_term_agreed = False
        self.invoice_due("2026-03-02", 300, self.make_business("Claes", "be"))
        self.night("2026-03-09")

        note = self.night("2026-03-16").line_ids.charge_note or ""

        self.assertNotIn("notice", note)

    # -- Sentences ---------------------------------------------------------------------------------------------------

    def test_text_without_a_telephone_loses_the_sentence(self):
        self.first.write({
            "subject": "Pay {total}", "body": "Please pay {total}. You can reach us on {phone}.\n\nThank you.",
            "closing": "Can you not pay everything at once? Then call us on {phone}."})
        self.company.phone = False
        (self.env.user | self.company.dunning_user_id).partner_id.phone = False
        self.invoice_due("2026-03-02", 300, self.make_business("Claes", "be"))

        made = self.night("2026-03-09")

        self.assertNotIn("reach us", self.words(made))
        self.assertNotIn("call us", self.words(made))
        self.assertIn("Thank you.", self.words(made))
        self.company.phone = "+32 2 555 55 55"
        self.assertIn("You can reach us on +32 2 555 55 55.", self.words(made))

    def test_shipped_texts_without_telephone(self):
        policies = self.env["dunning.policy"].with_context(active_test=False).search([])
        self.invoice_due("2026-03-02", 300, self.make_business("Claes", "be"))
        made = self.night("2026-03-09").sudo()
        values = {**made._text_values(), "phone": "", "email": ""}

        for level in policies.level_ids:
            for name in ("subject", "body", "closing"):
                with self.subTest(f"{level.policy_id.name} {level.number} {name}"):
                    filled = made._fill(level[name], values)
                    self.assertNotRegex(filled, r"\s[.,:;](\s|$)")
                    if name != "closing":
                        self.assertTrue(filled.strip() or not level[name])
