"""The payment code's text and picture. Needs no data: run on the plain functions."""

import io
import unicodedata
from decimal import Decimal

import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from odoo.tests.common import BaseCase, tagged

from ...tools import epc

IBAN = "BE68539007547034"


def parse(payload):
    """The twelve fields, empty ones included."""
    lines = payload.split("\n")
    return lines + [""] * (12 - len(lines))


def read(png):
    return zxingcpp.read_barcodes(Image.open(io.BytesIO(png)), formats=zxingcpp.BarcodeFormat.QRCode)


FUZZ = settings(
    max_examples=300, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


# Letters of many scripts, marks, joined emoji, blanks of all kinds and what must never reach the code as it is.
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aZ0 é\n\r\t\x00\x1f\x7f\x85\u2028\u2029\u00a0e\u0301\u0308\u200d👩💻🇧🇪🏽한ᄒ́ก็नि漢«&<>'\"+/"),
    ),
    max_size=240,
)


@tagged("-at_install", "post_install", "debto_dunning")
class TestEpcPayload(BaseCase):
    def test_lines_of_the_standard(self):
        self.assertEqual(
            epc.epc_payload(
                "François D'Alsace S.A.",
                "FR14 2004 1010 0505 0001 3M02 606",
                Decimal("12.3"),
                text="Client:Marie Louise La Lune",
            ),
            "BCD\n002\n1\nSCT\n\nFrançois D'Alsace S.A.\nFR1420041010050500013M02606\nEUR12.30\n\n\n"
            "Client:Marie Louise La Lune",
        )
        self.assertEqual(
            epc.epc_payload(
                "Franz Mustermänn",
                "DE71110220330123456789",
                12.3,
                reference="RF18 5390 0754 7034",
                bic="bhbldehhxxx",
                information="Danke",
            ),
            "BCD\n002\n1\nSCT\nBHBLDEHHXXX\nFranz Mustermänn\nDE71110220330123456789\nEUR12.30\n\n"
            "RF18539007547034\n\nDanke",
        )

    def test_nothing_follows_the_last_field_that_holds_something(self):
        self.assertTrue(epc.epc_payload("A", IBAN, 1).endswith("\nEUR1.00"))
        self.assertTrue(epc.epc_payload("A", IBAN, 1, reference="RF18539007547034").endswith("\n\nRF18539007547034"))

    def test_amounts(self):
        for amount, expected in (
            (0.01, "EUR0.01"),
            (1250, "EUR1250.00"),
            (1250.0, "EUR1250.00"),
            ("7.5", "EUR7.50"),
            (0.1 + 0.2, "EUR0.30"),
            (1.005, "EUR1.01"),
            (Decimal("0.005"), "EUR0.01"),
            (999999999.99, "EUR999999999.99"),
            (1e8, "EUR100000000.00"),
        ):
            with self.subTest(amount=amount):
                self.assertEqual(epc.format_amount(amount), expected)
        for amount in (0, 0.004, -5, 1e9, 999999999.995, float("nan"), float("inf"), "abc", None, False):
            with self.subTest(amount=amount):
                with self.assertRaises(epc.EpcError) as caught:
                    epc.format_amount(amount)
                self.assertEqual(caught.exception.code, "amount")

    def test_accounts(self):
        for iban, bic, code in (
            ("BE68539007547035", None, "iban"),
            ("", None, "iban"),
            (None, None, "iban"),
            ("123456789", None, "iban"),
            ("BE68", None, "iban"),
            ("BE68 5390 0754 703", None, "iban"),
            ("BE86539007547034", None, "iban"),  # check digits the other way round
            ("68BE539007547034", None, "iban"),
            ("BE6\u00b239007547034", None, "iban"),  # a raised digit
            ("BE68" + "0" * 31, None, "iban"),
            ("ZZ80539007547034", "KREDBEBB", "iban_country"),
            ("BE6853900754703\u0664", None, "iban"),  # 4 in Arabic digits
            ("\u0392E68539007547034", None, "iban"),  # Greek capital beta
            ("GB82WEST12345698765432", None, "bic_missing"),
            ("GB82WEST12345698765432", "NOTABIC", "bic"),
            (IBAN, "KREDBEBBX", "bic"),
            (IBAN, "KRED8EBB", "bic"),
            (IBAN, "KREDBEBB\u0664XX", "bic"),
            ("IL620108000000099999999", "POALILIT", "iban_country"),
        ):
            with self.subTest(iban=iban, bic=bic):
                with self.assertRaises(epc.EpcError) as caught:
                    epc.epc_payload("A", iban, 1, bic=bic)
                self.assertEqual(caught.exception.code, code)
        self.assertEqual(parse(epc.epc_payload("A", "be68-5390 0754.7034", 1))[6], IBAN)
        self.assertEqual(parse(epc.epc_payload("A", "GB82WEST12345698765432", 1, bic="WESTGB22"))[4], "WESTGB22")
        self.assertEqual(parse(epc.epc_payload("A", IBAN, 1, bic=" kred be bb\n"))[4], "KREDBEBB")

    def test_refusals(self):
        for kwargs, code in (
            ({"name": " \n\t"}, "name"),
            ({"name": None}, "name"),
            ({"reference": "RF18539007547034", "text": "x"}, "both"),
            ({"reference": "INV/2026/1"}, "reference"),
        ):
            with self.subTest(kwargs=kwargs):
                with self.assertRaises(epc.EpcError) as caught:
                    epc.epc_payload(**{"name": "A", "iban": IBAN, "amount": 1, **kwargs})
                self.assertEqual(caught.exception.code, code)
        self.assertTrue(issubclass(epc.EpcError, ValueError))

    def test_structured_references(self):
        for reference, expected in (
            ("+++090/9337/55493+++", ("be", "090933755493")),  # example of Belgian banks' handbooks
            ("***090/9337/55493***", ("be", "090933755493")),
            ("090933755493", ("be", "090933755493")),
            ("+++ 000/0000/00097 +++", ("be", "000000000097")),  # remainder 0 is written 97
            ("+++000/0000/00000+++", None),
            ("+++090/9337/55494+++", None),
            ("+++090/9337/55493***", None),
            ("RF18 5390 0754 7034", ("iso", "RF18539007547034")),  # ISO 11649, guideline's example
            ("rf18539007547034", ("iso", "RF18539007547034")),
            ("RF19539007547034", None),
            ("RF185390075470341234567890", None),
            ("RF18539007547034\n", ("iso", "RF18539007547034")),
            ("RF18-5390-0754-7034", None),
            ("RF/2026/00088", None),  # right check digits once the signs are taken out, and yet an invoice number
            ("RFAM539007547034", None),  # letters as check digits
            ("RF1853900754703\u0664", None),  # 4 in Arabic digits
            ("RF", None),
            ("RF18", None),
            ("\u0660\u0669\u0660933755493", None),  # 090 in Arabic digits
            ("1000000000000001", None),
            ("5000 0567 8901 2345", ("nl", "5000056789012345")),
            ("5000056789012346", None),
            ("INV/2026/00001", None),
            ("2026001", None),
            ("", None),
            (None, None),
            (False, None),
        ):
            with self.subTest(reference=reference):
                self.assertEqual(epc.structured_reference(reference), expected)

    def test_one_of_reference_and_text(self):
        for reference, field in (("+++090/9337/55493+++", 9), ("INV/2026/00001", 10)):
            fields = parse(epc.epc_payload("A", IBAN, 1, **epc.remittance(reference)))
            self.assertTrue(fields[field])
            self.assertFalse(fields[19 - field])
        self.assertEqual(epc.remittance("INV/1", "Invoice INV/1"), {"text": "Invoice INV/1"})

    def test_blanks_and_control_characters_become_one_space(self):
        for text, expected in (
            ("a\r\nb", "a b"),
            ("a\t\tb", "a b"),
            ("a \n b", "a b"),
            ("\na\x00b\x7f", "a b"),
            ("a\u2028b\u2029c\u0085d", "a b c d"),
            ("\n\u0301a", "a"),
            ("👩\u200d💻", "👩\u200d💻"),
        ):
            with self.subTest(text=text):
                self.assertEqual(epc.clean_text(text), expected)

    def test_cuts_keep_characters_whole(self):
        for text, limit, expected in (
            ("e\u0301" * 4, 5, "e\u0301" * 2),
            ("ab👩\u200d💻", 4, "ab"),
            ("ab👍🏽", 3, "ab"),
            ("🇧🇪🇳🇱", 3, "🇧🇪"),
            ("\u1100\u1161\u11a8\u1100\u1161\u11a8", 4, "\u1100\u1161\u11a8"),
            ("นี้นี้", 4, "นี้"),
            ("ab cd", 3, "ab"),
            ("a" + "\u0301" * 9, 4, "a" + "\u0301" * 3),
        ):
            with self.subTest(text=text):
                self.assertEqual(epc.cut_text(text, limit), expected)
        self.assertEqual(epc.cut_text("a漢漢", 140, 6), "a漢")

    def test_only_information_then_text_then_name_give_way(self):
        payload = epc.epc_payload("漢" * 70, IBAN, 999999999.99, text="字" * 140, information="x" * 70)
        fields = parse(payload)

        self.assertLessEqual(len(payload.encode()), 331)
        self.assertEqual(fields[5], "漢" * 70)
        self.assertEqual(fields[11], "")
        self.assertTrue(0 < len(fields[10]) < 140)
        self.assertEqual(fields[10], "字" * len(fields[10]))

        payload = epc.epc_payload("🙂" * 70, IBAN, 999999999.99, reference="RF18539007547034", bic="KREDBEBB")
        fields = parse(payload)

        self.assertTrue(320 < len(payload.encode()) <= 331)
        self.assertEqual(fields[6:10], [IBAN, "EUR999999999.99", "", "RF18539007547034"])
        self.assertTrue(0 < len(fields[5]) < 70)

    def test_total_lists_whole_names(self):
        names = [f"INV/2026/{number:05}" for number in range(1, 40)]
        text = parse(epc.epc_payload_for_names("A", IBAN, 10, names))[10]
        *listed, rest = text.split(" ")

        self.assertEqual(listed, names[: len(listed)])
        self.assertEqual(rest, f"+{39 - len(listed)}")
        self.assertLessEqual(len(text), 140)
        self.assertGreater(len(text) + len(" INV/2026/00001"), 140)
        self.assertEqual(parse(epc.epc_payload_for_names("A", IBAN, 10, names[:2]))[10], " ".join(names[:2]))
        self.assertEqual(parse(epc.epc_payload_for_names("A", IBAN, 10, ["I 1", "I 1", ""]))[10], "I 1")

        # A long name of the payee leaves fewer bytes.
        text = parse(epc.epc_payload_for_names("漢" * 70, IBAN, 10, names))[10]
        *listed, rest = text.split(" ")

        self.assertEqual(rest, f"+{39 - len(listed)}")
        self.assertTrue(set(listed) <= set(names) and listed)
        self.assertEqual(parse(epc.epc_payload_for_names("A", IBAN, 10, ["n" * 141]))[10], "")

    @FUZZ
    @given(NASTY, NASTY, st.decimals("0.01", "999999999.99", places=2), NASTY)
    def test_any_text_gives_a_payload_by_the_letter(self, name, text, amount, information):
        payload = epc.epc_payload("N" + name, IBAN, amount, text=text, information=information)
        fields = parse(payload)

        self.assertEqual(len(fields), 12)
        self.assertEqual(fields[:5], ["BCD", "002", "1", "SCT", ""])
        self.assertEqual(fields[6:10], [IBAN, f"EUR{amount:.2f}", "", ""])
        self.assertLessEqual(len(payload.encode()), 331)
        self.assertFalse(payload.endswith("\n"))
        for field, limit, source in (
            (fields[5], 70, "N" + name),
            (fields[10], 140, text),
            (fields[11], 70, information),
        ):
            self.assertLessEqual(len(field), limit)
            self.assertEqual(field, field.strip())
            self.assertFalse([char for char in field if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")])
            cleaned = epc.clean_text(source)
            self.assertTrue(cleaned.startswith(field))
            rest = cleaned[len(field) :]
            self.assertFalse(field and rest and unicodedata.combining(rest[0]) and len(epc.graphemes(field)) > 1)
            self.assertFalse(field and unicodedata.category(field[0]).startswith("M"))

    @FUZZ
    @given(st.text(max_size=60))
    def test_graphemes_lose_nothing(self, text):
        self.assertEqual("".join(epc.graphemes(text)), text)

    @FUZZ
    @given(st.integers(0, 10**10 - 1), st.integers(1, 99))
    def test_one_wrong_digit_is_no_belgian_reference(self, number, shift):
        check = number % 97 or 97
        other = (check + shift) % 100

        self.assertEqual(epc.structured_reference(f"{number:010}{check:02}").kind, "be")
        self.assertIsNone(epc.structured_reference(f"{number:010}{other:02}"))


@tagged("-at_install", "post_install", "debto_dunning")
class TestEpcPicture(BaseCase):
    @FUZZ
    @given(NASTY, NASTY)
    def test_what_is_drawn_is_read(self, name, text):
        payload = epc.epc_payload("N" + name, IBAN, 12.34, text=text)
        (code,) = read(epc.epc_png(payload))

        self.assertEqual(code.bytes, payload.encode())
        self.assertEqual(code.ec_level, "M")

    def test_smallest_version_that_holds_the_bytes(self):
        for size, version in ((1, 1), (14, 1), (15, 2), (287, 12), (288, 13), (331, 13)):
            with self.subTest(size=size):
                self.assertEqual(len(epc.epc_modules("x" * size)), 17 + 4 * version)
        with self.assertRaises(epc.EpcError):
            epc.epc_modules("x" * 332)

    def test_black_on_white_in_one_bit_with_quiet_zone(self):
        png = epc.epc_png("x" * 331, scale=3)
        image = Image.open(io.BytesIO(png))

        self.assertEqual(image.mode, "1")
        self.assertEqual(image.size, (3 * epc.MAX_MODULES,) * 2)

        black = image.convert("L").point(lambda pixel: 255 - pixel).getbbox()
        self.assertEqual(black, (12, 12, 3 * 73, 3 * 73))
        self.assertLess(len(png), 1500)
        self.assertTrue(epc.data_uri(png).startswith("data:image/png;base64,iVBORw0KGgo"))
