import string
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools import credit, credit_file


@tagged("-at_install", "post_install")
class TestCreditTools(BaseCase):
    """Arithmetic and reading of other people's data, by tables of cases."""

    def test_numbers(self):
        for value, of_service, typed in (
            ("12", 12, 12), (12, 12, 12), ("1.234,50", 1234.5, 1234.5), ("1,234.50", 1234.5, 1234.5),
            ("1.234", 1.234, 1234), ("0.345", 0.345, 0.345), ("5000.000", 5000, 5000), ("1,234", 1234, 1234),
            ("1.234.567", 1234567, 1234567), ("EUR 1 200", 1200, 1200), ("€ 12,5", 12.5, 12.5), ("-5", -5, -5),
            ("not rated", None, None), ("", None, None), (None, None, None), (True, None, None), ("1e5", None, None),
            (float("nan"), None, None), (float("inf"), None, None), ({"value": 1}, None, None),
        ):
            with self.subTest(value=value):
                self.assertEqual(credit.to_number(value), of_service)
                self.assertEqual(credit.to_number(value, is_typed=True), typed)

    def test_dates(self):
        for value, expected in (
            ("2026-03-04", date(2026, 3, 4)), ("2026-03-04T10:11:12Z", date(2026, 3, 4)), ("2026", date(2026, 1, 1)),
            ("2026-03", date(2026, 3, 1)), ("4/3/2026", date(2026, 3, 4)), ("04.03.2026", date(2026, 3, 4)),
            ("20260304", date(2026, 3, 4)), (datetime(2026, 3, 4, 5), date(2026, 3, 4)),
            (date(2026, 3, 4), date(2026, 3, 4)), ("31.02.2026", None), ("soon", None), (None, None), (20, None),
        ):
            with self.subTest(value=value):
                self.assertEqual(credit.to_date(value), expected)

    def test_paths(self):
        data = {"a": [{"b": 1}, {"b": None}], "c": {"d": {"e": "x"}}}
        for path, expected in (("a.0.b", 1), ("a.-1.b", None), ("a.7.b", None), ("c.d.e", "x"), ("c.d.e.f", None),
                               ("", None), (None, None), ("a.b", None), ("nowhere", None)):
            with self.subTest(path=path):
                self.assertEqual(credit.by_path(data, path), expected)

    def test_line_between_two_points(self):
        for value, safe, worst, expected in ((100, 100, 0, 0), (0, 100, 0, 100), (50, 100, 0, 50), (350, 100, 600, 50),
                                             (700, 100, 600, 100), (-3, 100, 600, 0), ("x", 0, 1, None)):
            self.assertEqual(credit.linear_score(value, safe, worst), expected)
        with self.assertRaises(ValueError):
            credit.linear_score(1, 5, 5)

    @given(st.floats(-1e9, 1e9), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
    def test_line_stays_inside_and_runs_one_way(self, value, safe, worst):
        if abs(safe - worst) < 1e-3:
            return
        score = credit.linear_score(value, safe, worst)
        self.assertTrue(0 <= score <= 100)
        further = credit.linear_score(value + (worst - safe) / 10, safe, worst)
        self.assertGreaterEqual(further, score)

    def test_tables(self):
        table = credit.read_table("AAA=0, bb = 45\nD = 100;")
        self.assertEqual(table, {"AAA": 0, "BB": 45, "D": 100})
        for value, expected in (("aaa", 0), (" BB ", 45), ("x", None), (None, None), (True, None)):
            self.assertEqual(credit.table_score(value, table), expected)
        for text, part in (("A", "A"), ("A = 101", "A = 101"), ("A = x, B = 1", "A = x"), ("= 3", "= 3")):
            with self.assertRaises(ValueError) as caught:
                credit.read_table(text)
            self.assertEqual(str(caught.exception), part)

    def test_bands(self):
        self.assertEqual([credit.band_of(score) for score in (0, 19, 20, 59, 60, 80, 100, None)],
                         ["A", "A", "B", "C", "D", "E", "E", None])

    def test_words(self):
        words = credit.split_words("bankrupt, failli\ninsolven")
        for text, expected in (
            ("Bankrupt", True), ("Opening faillissement", True), ("INSOLVENCY_PROCEEDINGS", True),
            ("no bankruptcy", False), ("No known bankruptcy", False), ("niet failliet", False),
            ("pas de faillite", False), ("nonbankrupt", False), ("", False), (None, False),
            ("not active: bankrupt since 2020", True), ("No bankruptcy before; bankrupt now", True),
        ):
            with self.subTest(text=text):
                self.assertEqual(credit.contains_word(text, words), expected)

    def test_vat_numbers(self):
        for vat, country, expected in (
            ("BE 0477.472.701", None, ("BE", "0477472701", "BE0477472701")),
            ("0477472701", "BE", ("BE", "0477472701", "BE0477472701")),
            ("477.472.701", "BE", ("BE", "0477472701", "BE0477472701")),
            ("NL123456782B90", None, ("NL", "123456782B90", "NL123456782B90")),
            ("EL123456783", None, ("GR", "123456783", "EL123456783")),
            ("123456783", "GR", ("GR", "123456783", "EL123456783")),
            ("/", "BE", ("BE", None, None)), ("", None, (None, None, None)), (None, "NL", ("NL", None, None)),
        ):
            with self.subTest(vat=vat, country=country):
                self.assertEqual(credit.vat_of(vat, country), expected)

    def test_registration_numbers(self):
        for registry, vat, country, expected in (
            ("", "BE0477472701", "BE", "0477472701"), ("0477.472.701", None, "BE", "0477472701"),
            ("12 34 56 78", "NL123456782B90", "NL", "12345678"), (None, "NL123456782B90", "NL", None),
            ("HRB 77", None, "DE", "HRB77"), (None, None, None, None),
        ):
            with self.subTest(registry=registry, vat=vat):
                self.assertEqual(credit.registration_of(registry, vat, country), expected)

    def test_templates(self):
        self.assertEqual(credit.fill("a/{vat}/{name}", {"vat": "{name}", "name": "x"}), "a/{name}/x")
        self.assertEqual(credit.unknown_placeholders("{vat}{oh}{}"), ["", "oh"])
        self.assertEqual(credit.fill_json({"a": ["{vat}", 1, {"b": "{zip}"}]}, {"vat": '"'}),
                         {"a": ['"', 1, {"b": ""}]})

    # -- Files -------------------------------------------------------------------------------------------------------

    def test_encodings_and_delimiters(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            for delimiter in ",;\t|":
                with self.subTest(encoding=encoding, delimiter=delimiter):
                    text = delimiter.join(("Naam", "Überblick")) + "\n" + delimiter.join(("Müller", '"a\nb"')) + "\n"
                    self.assertEqual(
                        [cells for _row, cells in credit_file.read_table(text.encode(encoding))],
                        [["Naam", "Überblick"], ["Müller", "a\nb"]])

    def test_decimal_commas_are_no_delimiter(self):
        table = credit_file.read_table(b"name;limit\nAzur;1,5\nB;2,5\nC;3,5\n")
        self.assertEqual(table[1][1], ["Azur", "1,5"])

    def test_headings(self):
        for headings, expected in (
            (["BTW-nummer", "Naam", "Limiet"], {0: "vat", 1: "name", 2: "limit"}),
            (["Numéro de TVA", "Nom", "État", "Limite de crédit"], {0: "vat", 1: "name", 2: "status", 3: "limit"}),
            (["USt-IdNr.", "Kunde", "Währung"], {0: "vat", 1: "name", 2: "currency"}),
            (["Foo", ""], {}),
        ):
            with self.subTest(headings=headings):
                self.assertEqual(credit_file.guess_columns(headings), expected)

    @given(st.lists(st.text(string.printable, max_size=12), max_size=12))
    def test_each_meaning_once(self, headings):
        found = credit_file.guess_columns(headings)
        self.assertEqual(len(set(found.values())), len(found))

    @given(st.binary(max_size=400))
    def test_any_bytes_are_a_table_or_said_to_be_none(self, content):
        try:
            table = credit_file.read_table(content)
        except credit_file.UnreadableFile as error:
            self.assertIn(error.kind, ("empty", "old", "broken", "rows", "columns"))
        else:
            self.assertGreaterEqual(len(table), 2)
