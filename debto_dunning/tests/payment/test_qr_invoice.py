"""The payment code on the invoice: what it asks for, and that it can be read from the printed page."""

import base64
import io
import pathlib
import random
import re
import subprocess
import tempfile

import zxingcpp
from PIL import Image

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...hooks import reset_qr_code_method
from ...tools import epc
from ..common import DunningCommon

METHOD = "epc_dunning"
SEPA_METHOD = "sct_qr"
OGM = "+++090/9337/55493+++"
OTHER_METHOD_LOGO = "qrcode_odoo_logo"


def iban_of(number):
    """A Belgian IBAN with right check digits."""
    bban = f"{number:010}"
    bban += f"{number % 97 or 97:02}"
    return f"BE{98 - int(bban + '111400') % 97:02}{bban}"


def read_codes(image):
    return [code.bytes.decode() for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]


class QrInvoiceCommon(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.eur = cls.company.currency_id
        cls.company.qr_code = True
        cls.company.partner_id.bank_ids.unlink()
        cls.bank = cls.make_bank(1, acc_holder_name="Azur Interieur BV")

    @classmethod
    def make_bank(cls, number, **vals):
        return cls.env["res.partner.bank"].create(
            {"acc_number": iban_of(number), "partner_id": cls.company.partner_id.id, **vals}
        )

    @classmethod
    def make_instalments(cls, amount=100.0):
        """Three instalments: 20 % now, 30 % in ten days, 50 % in twenty."""
        return cls.make_invoice(amount, instalments=[(20, 0), (30, -10), (50, -20)])

    def fields_of(self, payload):
        lines = payload.split("\n")
        return lines + [""] * (12 - len(lines))

    def code_of(self, invoice, **kwargs):
        """The fields of the code drawn for the invoice; None without one."""
        uri = invoice._generate_qr_code(**kwargs)
        if not uri:
            return None
        image = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))
        (payload,) = read_codes(image)
        return self.fields_of(payload)


@tagged("-at_install", "post_install", "debto_dunning")
class TestQrInvoice(QrInvoiceCommon):
    # -- The method among Odoo's -------------------------------------------------------------------------------------

    def require_sepa_method(self):
        if SEPA_METHOD not in self.env["account.move"]._fields["qr_code_method"].get_values(self.env):
            self.skipTest("account_qr_code_sepa is not installed")

    def test_comes_before_the_sepa_method(self):
        self.require_sepa_method()

        sequences = {code: sequence for code, _name, sequence in self.bank._get_available_qr_methods()}

        self.assertLess(sequences[METHOD], sequences[SEPA_METHOD])
        self.assertGreater(sequences[METHOD], 10, "the Swiss QR bill has 10 and is law where it applies")

    def test_another_method_chosen_by_the_user_stays(self):
        self.require_sepa_method()
        invoice = self.make_invoice(qr_code_method=SEPA_METHOD)

        invoice._generate_qr_code()

        self.assertEqual(invoice.qr_code_method, SEPA_METHOD)
        self.assertIn(OTHER_METHOD_LOGO, self.html_of(invoice))

    def test_address_of_the_barcode_controller_bears_the_payload(self):
        params = self.bank._get_qr_code_generation_params(METHOD, 5, self.eur, self.customer, "INV/1", OGM)
        self.assertEqual(params["barLevel"], "M")

        drawn = self.env["ir.actions.report"].barcode(**params)
        self.assertEqual(read_codes(Image.open(io.BytesIO(drawn))), [params["value"]])

    # -- What the code asks for --------------------------------------------------------------------------------------

    def test_code_of_an_open_invoice(self):
        invoice = self.make_invoice(1250, payment_reference=OGM)
        code = self.code_of(invoice)

        self.assertEqual(
            code[:11],
            ["BCD", "002", "1", "SCT", "", "Azur Interieur BV", iban_of(1), "EUR1250.00", "", "090933755493", ""],
        )

    def test_reference_that_is_not_structured_is_text(self):
        invoice = self.make_invoice(payment_reference="Order\n12 \t 7")

        self.assertEqual(self.code_of(invoice)[9:11], ["", "Order 12 7"])

    def test_invoice_without_reference_bears_its_number(self):
        invoice = self.make_invoice()
        invoice.payment_reference = False

        self.assertEqual(self.code_of(invoice)[10], invoice.name)

    def test_drawing_is_no_change_by_a_user(self):
        invoice = self.make_invoice()
        invoice.is_manually_modified = False
        invoice._generate_qr_code()

        self.assertEqual(invoice.qr_code_method, METHOD)
        self.assertFalse(invoice.is_manually_modified)

    def test_part_payment_leaves_the_rest(self):
        invoice = self.make_invoice(100)
        self.pay(invoice, 33.33)

        self.assertEqual(self.code_of(invoice)[7], "EUR66.67")

    def test_next_open_instalment(self):
        invoice = self.make_instalments(100)
        self.assertEqual(self.code_of(invoice)[7], "EUR20.00")
        self.assertIn("o_dunning_epc_instalment", self.html_of(invoice))

        self.pay(invoice, 35)
        self.assertEqual(self.code_of(invoice)[7], "EUR15.00")

        self.pay(invoice, 15)
        self.assertEqual(self.code_of(invoice)[7], "EUR50.00")
        self.assertNotIn("o_dunning_epc_instalment", self.html_of(invoice))

    def test_no_code_where_nothing_is_open(self):
        paid = self.make_invoice(100)
        self.assertTrue(self.code_of(paid))

        self.pay(paid, 100)
        for invoice in (
            paid,
            self.make_invoice(0),
            self.make_invoice(posted=False),
            self.make_invoice(move_type="out_refund"),
        ):
            with self.subTest(move_type=invoice.move_type, state=invoice.state, payment=invoice.payment_state):
                self.assertIsNone(self.code_of(invoice))
                self.assertNotIn("o_dunning_epc", self.html_of(invoice))

    def test_other_currency(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        invoice = self.make_invoice(currency_id=usd.id)

        self.assertIsNone(self.code_of(invoice))
        self.assertFalse(invoice.qr_code_method)
        self.assertFalse(self.items_of(invoice)._dunning_epc_payload())

        invoice.qr_code_method = METHOD
        with self.assertRaisesRegex(UserError, "USD"):
            self.code_of(invoice)

    # -- The company's account ---------------------------------------------------------------------------------------

    def test_no_bank_account(self):
        self.company.partner_id.bank_ids.unlink()
        invoice = self.make_invoice()

        self.assertFalse(invoice.partner_bank_id)
        self.assertIsNone(self.code_of(invoice))

        html = self.html_of(invoice)
        self.assertIn(invoice.name, html)
        self.assertNotIn("o_dunning_epc", html)
        self.assertFalse(self.items_of(invoice)._dunning_epc_payload())
        self.assertFalse(self.company._dunning_epc_total_payload(self.items_of(invoice), 100))
        self.assertIn("has no bank account", self.company._dunning_epc_account_error())

    def test_unfit_accounts_say_why(self):
        for vals, message in (
            ({"acc_number": "BE68539007547035"}, "not a valid IBAN"),
            ({"acc_number": "12345"}, "not a valid IBAN"),
            ({"acc_number": "IL620108000000099999999"}, "outside the SEPA zone"),
            ({"acc_number": "GB82WEST12345698765432"}, "needs a valid BIC"),
        ):
            with self.subTest(vals=vals):
                bank = self.env["res.partner.bank"].create({"partner_id": self.company.partner_id.id, **vals})
                self.assertIn(message, bank._get_error_messages_for_qr(METHOD, self.customer, self.eur))
                invoice = self.make_invoice(partner_bank_id=bank.id)
                self.assertFalse(self.items_of(invoice)._dunning_epc_payload())
                invoice.qr_code_method = METHOD
                with self.assertRaisesRegex(UserError, message):
                    self.code_of(invoice)
        self.assertFalse(self.company._dunning_epc_account_error(), "the first account is fit")

        self.bank.unlink()
        self.assertIn("not a valid IBAN", self.company._dunning_epc_account_error())

    def test_amount_beyond_the_standard(self):
        invoice = self.make_invoice(1e9)

        self.assertIsNone(self.code_of(invoice, silent_errors=True))
        self.assertFalse(invoice.qr_code_method)
        with self.assertRaisesRegex(UserError, "999,999,999.99"):
            self.code_of(invoice)

    def test_bic_is_named_and_a_malformed_one_left_out(self):
        bank = self.env["res.bank"].create({"name": "B", "bic": "KREDBEBB"})
        self.bank.bank_id = bank

        self.assertEqual(self.code_of(self.make_invoice())[4], "KREDBEBB")

        bank.bic = "KRED"
        self.assertEqual(self.code_of(self.make_invoice())[4], "")

    # -- Codes of reminders ------------------------------------------------------------------------------------------

    def test_code_of_one_item(self):
        invoice = self.make_instalments(100)
        invoice.payment_reference = "RF18 5390 0754 7034"
        last = self.items_of(invoice).sorted("date_maturity")[-1]
        code = self.fields_of(last._dunning_epc_payload())

        self.assertEqual(code[6:11], [iban_of(1), "EUR50.00", "", "RF18539007547034", ""])
        self.assertEqual(self.fields_of(last._dunning_epc_payload(12.5))[7], "EUR12.50")

    def test_item_of_an_invoice_without_account_goes_to_the_companys(self):
        invoice = self.make_invoice(partner_bank_id=False)
        invoice.partner_bank_id = False

        self.assertEqual(self.fields_of(self.items_of(invoice)._dunning_epc_payload())[6], iban_of(1))

    def test_settled_item_has_no_code(self):
        invoice = self.make_invoice()
        self.pay(invoice, 100)

        self.assertFalse(self.items_of(invoice)._dunning_epc_payload())

    def test_code_of_a_total_names_the_invoices(self):
        invoices = self.env["account.move"].union(*(self.make_invoice(10 + number) for number in range(12)))
        payload = self.company._dunning_epc_total_payload(self.items_of(invoices[:3]), 33)
        code = self.fields_of(payload)

        self.assertEqual(code[6:11], [iban_of(1), "EUR33.00", "", "", " ".join(invoices[:3].mapped("name"))])

        text = self.fields_of(self.company._dunning_epc_total_payload(self.items_of(invoices), 186))[10]
        *names, rest = text.split(" ")

        self.assertEqual(names, invoices.mapped("name")[: len(names)])
        self.assertEqual(rest, f"+{12 - len(names)}")
        self.assertLessEqual(len(text), 140)

    def test_code_of_a_total_of_one_invoice_bears_its_reference(self):
        invoice = self.make_instalments(100)
        invoice.payment_reference = OGM
        code = self.fields_of(self.company._dunning_epc_total_payload(self.items_of(invoice), 100))

        self.assertEqual(code[7:11], ["EUR100.00", "", "090933755493", ""])

    def test_code_of_a_total_in_mixed_currencies(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        invoices = self.make_invoice() + self.make_invoice(currency_id=usd.id)

        self.assertFalse(self.company._dunning_epc_total_payload(self.items_of(invoices), 200))

    # -- Removal -----------------------------------------------------------------------------------------------------

    def test_removal_frees_the_invoices(self):
        self.require_sepa_method()
        invoice, other = self.make_invoice(), self.make_invoice(qr_code_method=SEPA_METHOD)
        invoice._generate_qr_code()

        self.assertEqual(invoice.qr_code_method, METHOD)

        reset_qr_code_method(self.env)

        self.assertFalse(invoice.qr_code_method)
        self.assertEqual(other.qr_code_method, SEPA_METHOD)
        self.assertFalse(self.env["account.move"].search_count([("qr_code_method", "=", METHOD)]))

    # -- The page ----------------------------------------------------------------------------------------------------

    def html_of(self, invoice):
        content, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice_with_payments", invoice.ids
        )
        return content.decode()

    def test_nothing_lies_over_the_code(self):
        html = self.html_of(self.make_invoice())

        self.assertIn('class="o_dunning_epc"', html)
        self.assertNotIn(OTHER_METHOD_LOGO, html)
        self.assertNotIn("Odoo_logo", html)


@tagged("-at_install", "post_install", "debto_dunning")
class TestQrPrinted(QrInvoiceCommon):
    """Prints piles of nasty data and reads every code back from the page at 150 dpi."""

    COUNT = 50
    ALPHABET = "abcXYZ 019 /-&<>'\"éüñßøΑβЖя漢字한👩‍💻🇧🇪e\u0301\n\t\u200d;\\%"

    def nasty(self, rng, length):
        return "N" + "".join(rng.choice(self.ALPHABET) for _ in range(length))

    def make_pile(self):
        rng = random.Random(9)
        banks = [
            self.make_bank(number, acc_holder_name=self.nasty(rng, rng.choice((1, 20, 69, 70, 71, 150))))
            for number in range(100, 120)
        ]
        references = (
            lambda: OGM,
            lambda: "RF18539007547034",
            lambda: "5000 0567 8901 2345",
            lambda: "漢" * 140,
            lambda: self.nasty(rng, rng.choice((5, 138, 139, 140, 141, 300))),
        )
        invoices = self.env["account.move"]
        for number in range(self.COUNT):
            invoices |= self.make_invoice(
                rng.choice((0.01, 1250.0, 999999999.99, 1e7, round(rng.uniform(1, 1e5), 2))),
                posted=False,
                partner_bank_id=banks[number % len(banks)].id,
                payment_reference=references[number % len(references)](),
            )
        invoices.action_post()
        return invoices

    def print_pages(self, invoices):
        pdf, _type = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("account.account_invoices", invoices.ids)
        )
        return self.pages_of(pdf)

    def pages_of(self, pdf):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            (path / "all.pdf").write_bytes(pdf)
            subprocess.run(
                ["pdftoppm", "-r", "150", "-gray", "all.pdf", "page"],
                cwd=folder,
                check=True,
            )
            for page in sorted(path.glob("page*")):
                yield Image.open(page).copy()

    def test_every_code_is_read_from_the_page(self):
        invoices = self.make_pile()

        codes = [code for page in self.print_pages(invoices) for code in read_codes(page)]
        expected = [self.items_of(invoice)._dunning_epc_payload() for invoice in invoices]

        self.assertCountEqual(codes, expected)
        self.assertEqual(max(len(code.encode()) for code in codes), epc.MAX_BYTES, "the densest code is among them")

        by_account = {invoice.partner_bank_id.sanitized_acc_number: invoice.partner_bank_id for invoice in invoices}
        for code in codes:
            self.check_letter(self.fields_of(code), by_account)
        for invoice in invoices:
            self.assertIn(f"EUR{invoice.amount_residual:.2f}", [line for code in codes for line in code.split("\n")])

    def test_hundreds_of_codes_are_read_from_paper(self):
        """One code a page, by the invoice's own markup, without the rest of the invoice."""
        invoice = self.make_invoice()
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice_with_payments", invoice.ids
        )
        (image,) = re.findall(r"<img[^>]*o_dunning_epc[^>]*>", html.decode())
        rng = random.Random(12)
        payloads = []

        for number in range(300):
            remittance = epc.remittance(
                rng.choice((OGM, "RF18539007547034", "5000056789012345", self.nasty(rng, rng.randrange(300))))
            )
            amount = rng.choice((0.01, 999999999.99, rng.uniform(1, 1e6)))
            payloads.append(epc.epc_payload(self.nasty(rng, rng.randrange(90)), iban_of(number), amount, **remittance))
        body = "".join(
            '<div style="page-break-after: always;">'
            + re.sub(r'src="[^"]*"', f'src="{epc.data_uri(epc.epc_png(payload))}"', image)
            + "</div>"
            for payload in payloads
        )
        pdf = self.env["ir.actions.report"]._run_wkhtmltopdf(
            [f"<!DOCTYPE html><html><body>{body}</body></html>"], report_ref="account.account_invoices"
        )
        codes = [code for page in self.pages_of(pdf) for code in read_codes(page)]

        self.assertEqual(codes, payloads)

    def check_letter(self, code, by_account):
        self.assertEqual(len(code), 12)
        self.assertEqual(code[:5], ["BCD", "002", "1", "SCT", ""])
        holder = " ".join(by_account[code[6]].acc_holder_name.split())
        self.assertTrue(code[5] and holder.startswith(code[5]))
        self.assertLessEqual(len(code[5]), 70)
        self.assertRegex(code[7], r"^EUR\d{1,9}\.\d\d$")
        self.assertIn(code[9], ("", "090933755493", "RF18539007547034", "5000056789012345"))
        self.assertTrue(bool(code[9]) != bool(code[10]))
        self.assertLessEqual(len(code[10]), 140)

    def test_header_does_not_hide_the_code(self):
        """Wherever the page ends: a header of five lines reaches down over what the next page begins with."""
        self.company.external_report_layout_id = self.env.ref("web.external_layout_standard")
        lines = ("Azur Interieur BV", "Kerkstraat 1", "9000 Gent", "Belgium", "BE0477472701")
        self.company.company_details = f"<p>{'<br>'.join(lines)}</p>"
        invoices = self.env["account.move"]
        for count in range(3, 9):
            invoices |= self.make_invoice(
                payment_reference="漢" * 140,
                invoice_line_ids=[
                    Command.create({"name": "x", "price_unit": 10, "tax_ids": []}) for _line in range(count)
                ],
            )

        pages = [read_codes(page) for page in self.print_pages(invoices)]

        self.assertGreater(len(pages), len(invoices), "some codes stand on a second page")
        self.assertCountEqual(
            [self.fields_of(code)[7] for codes in pages for code in codes],
            [f"EUR{10 * count}.00" for count in range(3, 9)],
        )
