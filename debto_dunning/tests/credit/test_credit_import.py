import base64
import io
from datetime import date, datetime

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from ..common import NIGHT, DunningCommon


@tagged("post_install", "-at_install")
class TestCreditImport(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.env["dunning.credit.provider"].create({
            "name": "Bought", "code": "file", "scale_safe": 100, "scale_worst": 0})
        cls.customer.write({"vat": "BE0477472701", "ref": "C-1"})
        cls.other = cls.make_customer("Bäckerei Müller", country_id=cls.env.ref("base.de").id,
                                      company_registry="HRB 77")

    def wizard(self, content, name="reports.csv", encoding="utf-8"):
        content = content.encode(encoding) if isinstance(content, str) else content
        wizard = self.env["dunning.credit.import"].create({
            "provider_id": self.file.id, "content": base64.b64encode(content), "filename": name})
        wizard.action_read()
        return wizard

    def preview(self, content, **more):
        wizard = self.wizard(content, **more)
        wizard.action_preview()
        return wizard

    def book(self, *rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def reports(self):
        return self.env["dunning.credit.report"].search([("provider_id", "=", self.file.id)])

    def test_csv_of_a_belgian_bookkeeper(self):
        wizard = self.preview(
            "Klant;BTW-nummer;Datum;Score;Kredietlimiet;Toestand\r\n"
            "Azur;BE 0477.472.701;5/3/2026;64;€ 12.500,50;Actief\r\n"
            ";;;;;\r\n"
            "Bäckerei Müller;;01/03/2026;20;1.000;Faillissement\r\n", encoding="cp1252")
        self.assertEqual({column.heading: column.target for column in wizard.column_ids}, {
            "Klant": "name", "BTW-nummer": "vat", "Datum": "date", "Score": "score", "Kredietlimiet": "limit",
            "Toestand": "status"})
        self.assertRecordValues(wizard.line_ids, [
            {"row": 2, "state": "new", "partner_id": self.customer.id, "score": 36, "credit_limit": 12500.5,
             "date": date(2026, 3, 5), "status": "active"},
            {"row": 4, "state": "new", "partner_id": self.other.id, "score": 80, "credit_limit": 1000,
             "date": date(2026, 3, 1), "status": "insolvent"}])
        self.assertFalse(self.reports())
        action = wizard.action_import()
        self.assertEqual(self.env["dunning.credit.report"].search_count(action["domain"]), 2)
        self.assertEqual(self.debtor_of(self.customer).credit_score, 36)
        self.assertTrue(self.debtor_of(self.other).is_insolvent)

    def test_xlsx(self):
        wizard = self.preview(self.book(
            ["Reference", "VAT", "Register", "Report date", "Score", "Rating", "Limit", "Currency", "Equity"],
            ["C-1", None, None, datetime(2026, 3, 2), 90, "A", 5000, "USD", -20],
            [None, None, "HRB 77", datetime(2026, 3, 3), None, "C", None, None, None]), name="reports.xlsx")
        wizard.column_ids.filtered(lambda column: column.heading == "Register").target = "registration"
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.mapped("state"), ["new", "new"])
        wizard.action_import()
        self.assertRecordValues(self.reports(), [
            {"partner_id": self.other.id, "date": date(2026, 3, 3), "score": False, "band": "C",
             "has_credit_limit": False, "equity": 0},
            {"partner_id": self.customer.id, "date": date(2026, 3, 2), "score": 10, "band": "A",
             "has_credit_limit": True, "equity": -20}])
        self.assertEqual(self.reports()[1].currency_id.name, "USD")

    def test_errors_by_row_and_nothing_half_imported(self):
        wizard = self.preview(
            "vat,score,limit,date\n"
            "BE0477472701,64,100,2026-03-01\n"
            "BE0404621642,50,,\n"
            "BE0477472701,high,lots,31.02.2026\n"
            ",50,,\n")
        errors = {line.row: line.error for line in wizard.line_ids}
        self.assertFalse(errors[2])
        self.assertEqual(errors[3], "no customer has “BE0404621642”")
        self.assertIn("“high” is no score", errors[4])
        self.assertIn("“lots” is no amount", errors[4])
        self.assertIn("“31.02.2026” is no date", errors[4])
        self.assertEqual(errors[5], "the row names no customer")
        with self.assertRaisesRegex(UserError, "3 rows have an error: nothing was imported"):
            wizard.action_import()
        self.assertFalse(self.reports())

    def test_same_file_twice(self):
        content = "vat;score;date\nBE0477472701;64;2026-03-01\n"
        self.preview(content).action_import()
        again = self.preview(content)
        self.assertEqual(again.line_ids.state, "known")
        with self.assertRaisesRegex(UserError, "was imported before"):
            again.action_import()
        self.assertEqual(len(self.reports()), 1)

    def test_same_name_twice_is_no_guess(self):
        self.make_customer("Bäckerei Müller")
        line = self.preview("name;score\nBäckerei Müller;20\n").line_ids
        self.assertEqual(line.error, "several customers have “Bäckerei Müller”")

    def test_belgian_number_whose_zero_excel_dropped(self):
        line = self.preview(self.book(["Ondernemingsnummer", "Score"], [477472701, 10])).line_ids
        self.assertEqual(line.partner_id, self.customer)

    def test_row_without_date_takes_that_of_the_file(self):
        wizard = self.wizard("name;score\nAzur;20\n")
        wizard.date = "2026-02-02"
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.date, date(2026, 2, 2))
        self.assertEqual(self.env["dunning.credit.import"].new({}).date, NIGHT)

    def test_columns_that_do_not_do(self):
        for content, words in (
            ("name;klant;score\nAzur;Azur;1\n", None), ("score;limit\n1;2\n", "which column finds the customer"),
            ("name;town\nAzur;Gent\n", "which column holds the score"),
        ):
            wizard = self.wizard(content)
            if words:
                with self.assertRaisesRegex(UserError, words):
                    wizard.action_preview()
            else:
                wizard.column_ids[1].target = "name"
                with self.assertRaisesRegex(UserError, "Two columns hold the same: “Customer name”"):
                    wizard.action_preview()

    def test_files_that_are_none(self):
        for content, words in (
            (b"name;score\n", "at least one row"), (b"", "Choose a file"), (b"PK\x03\x04broken", "damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel 97"), (b"a;b\n\x00\x01;2\n", "damaged"),
        ):
            with self.subTest(content=content), self.assertRaisesRegex(UserError, words):
                self.wizard(content)

    def test_manager_imports_and_user_does_not(self):
        boss = new_test_user(self.env, "boss", groups="debto_dunning.group_dunning_manager",
                             company_id=self.company.id, company_ids=self.company.ids)
        wizard = self.env["dunning.credit.import"].with_user(boss)
        with Form(wizard) as form:
            form.content = base64.b64encode(b"name;score\nAzur;20\n")
        record = form.record
        record.action_read()
        record.action_preview()
        record.action_import()
        self.assertEqual(self.reports().score, 80)
        ann = new_test_user(self.env, "ann", groups="debto_dunning.group_dunning_user")
        self.assertFalse(self.env["dunning.credit.import"].with_user(ann).has_access("create"))

    def test_customer_of_another_company_is_not_found(self):
        self.other.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertIn("no customer has", self.preview("name;score\nBäckerei Müller;20\n").line_ids.error)
