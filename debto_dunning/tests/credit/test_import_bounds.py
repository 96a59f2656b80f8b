"""Files that are small and hold much, or are made to break a reader: refused at once, with the bound in words."""

import base64
import io
import re
import time
import zipfile

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ...tools import credit_file
from ..common import DunningCommon

SHEET = ('<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
         "%s<sheetData>%s</sheetData></worksheet>")

STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'
STYLES = ('<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>%s</cellXfs>'
          "</styleSheet>")
SHARED_STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'spreadsheetml.sharedStrings+xml"/>')


def workbook(rows, dimension="", sheets=1, parts=None):
    """An XLSX file whose first sheet holds this XML."""
    book = openpyxl.Workbook()
    for _sheet in range(sheets - 1):
        book.create_sheet()
    stream = io.BytesIO()
    book.save(stream)
    result = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.filename == "xl/worksheets/sheet1.xml":
                target.writestr(part.filename, SHEET % (dimension, rows))
            elif part.filename == "[Content_Types].xml":
                target.writestr(part.filename, source.read(part).replace(b"</Types>", SHARED_STRINGS + b"</Types>"))
            elif part.filename not in (parts or {}):
                target.writestr(part, source.read(part))
        for name, content in (parts or {}).items():
            target.writestr(name, content)
        if "xl/sharedStrings.xml" not in (parts or {}):
            target.writestr("xl/sharedStrings.xml", STRINGS % "")
    return result.getvalue()


def cell(reference, text="1"):
    return f'<c r="{reference}"><v>{text}</v></c>'


def row(number, *cells):
    return f'<row r="{number}">{"".join(cells)}</row>'


@tagged("post_install", "-at_install")
class TestFileBounds(BaseCase):
    def kind_of(self, content):
        """Why a file is refused, None where it is read."""
        try:
            credit_file.read_table(content)
        except credit_file.UnreadableFile as error:
            return error.kind
        return None

    def test_hostile_workbooks(self):
        head = row(1, cell("A1"), cell("B1"))
        many = "".join(row(number, cell(f"A{number}")) for number in range(1, credit_file.MOST_ROWS + 3))
        for name, content, kind in (
            ("far row", workbook(head + row(10_000_000, cell("A10000000"))), "last_row"),
            ("row in exponents", workbook(head + row("1e300", cell("A3"))), "last_row"),
            ("row without end", workbook(head + row("inf", cell("A3"))), "last_row"),
            ("row that is no number", workbook(head + row("x", cell("A3"))), "broken"),
            ("far column", workbook(head + row(2, cell("XFD2"))), "columns"),
            ("cells without place", workbook(head + "<row>" + "<c><v>1</v></c>" * 200 + "</row>"), "columns"),
            ("many rows", workbook(many), "rows"),
            ("zip bomb", workbook(head, parts={"xl/media/x.bin": b"0" * 60 * 1024 * 1024}), "unpacked"),
            ("many parts", workbook(head, parts={f"x/{number}": b"" for number in range(1100)}), "parts"),
            ("many sheets", workbook(head, sheets=60), "sheets"),
            ("empty texts", workbook(head, parts={
                "xl/sharedStrings.xml": STRINGS % ("<si/>" * 2_000_000)}), "strings"),
            ("pieces of a text", workbook(head, parts={
                "xl/sharedStrings.xml": STRINGS % f"<si>{'<r><t>x</t></r>' * 500_000}</si>"}), "others"),
            ("styles", workbook(head, parts={"xl/styles.xml": STYLES % ("<xf/>" * 2_000_000)}), "others"),
            ("styles in another encoding", workbook(head, parts={
                "xl/styles.xml": (STYLES % ("<xf/>" * 500_000)).encode("utf-32")}), "broken"),
            ("cells without value", workbook(head + f"<row>{'<c/>' * 90}</row>" * 50_000), "cells"),
            ("rows without cells", workbook(head + "<row/>" * 1_000_000), "last_row"),
            ("one row again and again", workbook(head + '<row r="2"/>' * 1_000_000), "last_row"),
            ("unknown elements", workbook(head + "<x/>" * 2_000_000), "others"),
            ("sheet under another name", workbook(head, parts={
                "xl/other.xml": SHEET % ("", row(10_000_000, cell("A1")))}), "last_row"),
            ("declaration", workbook(head, parts={
                "xl/other.xml": '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'}), "broken"),
            ("far row with one cell", workbook(row(199_999, cell("A199999"))), "empty"),
            ("no sheet", b"PK\x03\x04", "broken"),
        ):
            with self.subTest(name):
                start = time.perf_counter()
                self.assertEqual(self.kind_of(content), kind)
                self.assertLess(time.perf_counter() - start, 5)

    def test_entities_do_not_expand(self):
        bomb = ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True))
            + "]>" + SHEET.partition("?>")[2] % ("", row(1, '<c t="inlineStr"><is><t>&i;</t></is></c>')))
        content = workbook("", parts={})
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
            for part in source.infolist():
                target.writestr(part.filename, bomb if "sheet1" in part.filename else source.read(part))
        self.assertEqual(self.kind_of(stream.getvalue()), "broken")

    def test_honest_workbook_with_formats_far_out(self):
        """Excel writes formats of whole rows, and a dimension that nobody may rely on."""
        rows = row(1, cell("A1", 7), cell("B1", 8), '<c r="XFD1" s="0"/>') + row(5, cell("B5", 9)) + row(
            150_000, '<c r="A150000" s="0"/>')
        table = credit_file.read_table(workbook(rows, '<dimension ref="A1:XFD1048576"/>'))
        self.assertEqual(table, [(1, [7, 8]), (5, [None, 9])])

    def test_long_texts_are_cut_and_cleaned(self):
        table = credit_file.read_table(b"name;score\nA\x07zur" + b"r" * 5000 + b";1\n")
        self.assertEqual(table[1][1], ["Azur" + "r" * (credit_file.MOST_CHARACTERS - 5), "1"])

    def test_hostile_csv(self):
        for name, content, kind in (
            ("field without end", b"a" * 200_000 + b";b\n1;2\n", "broken"),
            ("quote without end", b'a;b\n"' + b"x" * 200_000, "broken"),
            ("lines", b"a;b\n" + b"\n" * 300_000 + b"1;2\n", "last_row"),
            ("rows", b"a;b\n" * (credit_file.MOST_ROWS + 2), "rows"),
            ("columns", b"1;" * 200 + b"\n" + b"1;2\n", "columns"),
            ("delimiters alone", b";" * 3_000_000, "empty"),
            ("NUL", b"a;b\n1;\x002\n", "broken"), ("NUL in UTF-16", "a;b\n1;\x00\n".encode("utf-16"), "broken"),
            ("half a pair", b"\xff\xfe" + b"\x00\xd8" * 3, "empty"),
        ):
            with self.subTest(name):
                start = time.perf_counter()
                self.assertEqual(self.kind_of(content), kind)
                self.assertLess(time.perf_counter() - start, 5)


@tagged("post_install", "-at_install")
class TestImportBounds(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("debto_dunning.group_dunning_manager")
        cls.file = cls.env["dunning.credit.provider"].create({"name": "Files", "code": "file"})

    def read_file(self, content, **vals):
        wizard = self.env["dunning.credit.import"].create({
            "provider_id": self.file.id, "company_id": self.company.id, "content": base64.b64encode(content),
            "filename": "reports.xlsx", **vals})
        wizard.action_read()
        wizard.action_preview()
        return wizard

    def import_rates(self, content):
        kind = self.env["dunning.interest.kind"].create({"name": "Test", "period": "half_year"})
        self.env["dunning.interest.import"].create({
            "kind_id": kind.id, "data": base64.b64encode(content), "filename": "rates.csv", "source": "Gazette",
        }).action_import()
        return kind.rate_ids

    def test_bound_is_told(self):
        for content, words in (
            (workbook(row(1, cell("A1")) + row(10_000_000, cell("A1"))), "reports.xlsx: .*below row 200"),
            (workbook(row(1, cell("XFD1"))), "more than 100 columns"),
            (b"a;b\n" * 20_002, "more than 20.000 rows|more than 20000 rows"),
            (b"0" * 11 * 1024 * 1024, "longer than 10 MB"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.read_file(content)

    def test_rows_that_cannot_be_stored(self):
        lines = self.read_file(
            b"name;score;limit;date;status\n"
            b"Azur;" + b"9" * 400 + b";" + b"9" * 400 + b";2026-03-01;" + b"x" * 5000 + b"\n"
            b"Azur;50;1;2199-01-01;active\nAzur;50;1;9999-01-01;active\nAzur;50;1e999;2026-03-01;active\n").line_ids
        self.assertEqual(lines.mapped("state"), ["error"] * 4)
        self.assertIn("is no score", lines[0].error)
        self.assertIn("lies in the future", lines[1].error)
        self.assertIn("is no date", lines[2].error)
        self.assertIn("is no amount", lines[3].error)

    def test_what_the_browser_names_is_checked(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.make_customer("Foreign", company_id=other.id)
        wizard = self.read_file(b"name;score\nAzur;20\n")
        wizard.line_ids.partner_id = foreign
        with self.assertRaisesRegex(UserError, "rows were changed"):
            wizard.action_import()
        self.env.user.company_ids -= other
        with self.assertRaisesRegex(UserError, "company that you do not work in now"):
            self.read_file(b"name;score\nAzur;20\n", company_id=other.id)
        service = self.env["dunning.credit.provider"].sudo().create({"name": "Service", "code": "json"})
        wizard = self.read_file(b"name;score\nAzur;20\n")
        wizard.provider_id = service
        with self.assertRaisesRegex(UserError, "no provider of files"):
            wizard.action_import()
        self.assertFalse(self.env["dunning.credit.report"].search([("provider_id", "=", service.id)]))

    def test_rates(self):
        rates = self.import_rates(b"date;percent\n2026-01-01;2,40 %\n01/07/2026;-0.88\n")
        self.assertEqual([(f"{rate.date}", rate.percent) for rate in rates.sorted("date")],
                         [("2026-01-01", 2.4), ("2026-07-01", -0.88)])

    def test_hostile_rates(self):
        head = b"date;percent\n"
        for name, content, words in (
            ("exponent", head + b"2026-01-01;1e999999999\n", "Line 2: no date"),
            ("digits", head + b"2026-01-01;" + b"9" * 400, "Line 2: no date"),
            ("too high", head + b"2026-01-01;101\n", "Line 2: no date"),
            ("underscores", head + b"2026-01-01;1_0\n", "Line 2: no date"),
            ("no number", head + b"2026-01-01;NaN\n", "Line 2: no date"),
            ("year", head + b"9999-07-01;1\n", "Line 2: no date"),
            ("half a date", head + b"2026;1\n", "Line 2: no date"),
            ("NUL", head + b"2026-01-01;1\x00\n", "damaged"), ("field", head + b"x" * 200_000, "damaged"),
            ("rows", head + b"2026-01-01;1\n" * 11_000, "more than 10.?000 rates"),
            ("size", head + b"x" * 1024 * 1024, "longer than 1 MB"), ("encoding", b"\xff\xfe\x00", "not a CSV file"),
            ("columns", b";" * 500_000 + b"\n1", "columns date and percent"), ("nothing", b"\n", "columns date"),
            ("faults", head + b"x;y\n" * 5000, "Line 2: no date"),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, words) as caught:
                self.import_rates(content)
            self.assertLess(len(re.findall("\n", str(caught.exception))), 30)
