"""Payment QR codes of the European Payments Council (EPC069-12, versions 2.1 and 3.1).

Text in, picture out; nothing here knows a database. The lines of the payload, each separated from the next by LF:

1 ``BCD``, 2 version ``002``, 3 character set ``1`` (UTF-8), 4 ``SCT``, 5 BIC, 6 name of the payee (70 characters),
7 IBAN, 8 ``EUR`` and the amount, 9 purpose, 10 structured reference (35) *or* 11 text (140), 12 information (70).

The last line that holds something is followed by nothing, not even a separator. The symbol has error correction M,
at most version 13 (69 modules), hence at most 331 bytes.
"""

import base64
import io
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from PIL import Image, ImageOps
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_8BIT_BYTE, QRData
from stdnum import bic as stdnum_bic
from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

MAX_BYTES = 331
MAX_NAME = 70
MAX_TEXT = 140
MAX_INFORMATION = 70
MIN_AMOUNT = Decimal("0.01")
MAX_AMOUNT = Decimal("999999999.99")
QUIET_ZONE = 4  # modules, ISO/IEC 18004
MAX_MODULES = 69 + 2 * QUIET_ZONE  # a side of the densest code, quiet zone included

# Bytes that a symbol of version 1, 2, … 13 holds at level M (ISO/IEC 18004, table 7).
_CAPACITY = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331)
# Trying all eight masks takes four times as long as drawing, and a reader copes with each of them. This one has the
# lowest mean penalty (ISO/IEC 18004, 7.8.3) over payment payloads.
_MASK = 2

# Countries whose accounts can be written without a BIC (version 002), and the rest of the SEPA zone.
# fmt: off
EEA_COUNTRIES = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
))
# fmt: on
SEPA_COUNTRIES = EEA_COUNTRIES | {"AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA"}

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
# python-stdnum 1.20 has a module for neither of the two national references.
_BE_REFERENCE = re.compile(r"(\+{3}|\*{3}|)(\d{3})/?(\d{4})/?(\d{5})\1", re.ASCII)
_NL_REFERENCE = re.compile(r"\d{16}", re.ASCII)
_NL_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)


class EpcError(ValueError):
    """Data of which no EPC code can be made.

    ``code`` is one of ``name``, ``iban``, ``iban_country``, ``bic``, ``bic_missing``, ``amount``, ``reference``,
    ``both`` and ``too_long``, for callers that word the message in the user's language.
    """

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class StructuredReference(NamedTuple):
    """``kind``: ``iso`` (ISO 11649), ``be`` (Belgian OGM/VCS) or ``nl`` (Dutch betalingskenmerk).
    ``value``: the reference without the signs that only make it readable."""

    kind: str
    value: str


# -- Text -----------------------------------------------------------------------------------------------------------


def clean_text(text):
    """``text`` on one line: every run of blanks, line breaks and control characters is one space, none at the ends.

    Combining marks that would open the line are dropped, since they would land on the separator before it.
    """
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in text or "")
    text = " ".join(text.split())
    while text and _extends(text[0]):
        text = text[1:].lstrip()
    return text


def _extends(char):
    """Whether ``char`` belongs to the character before it: marks, joiners, skin tones, tags (UAX #29)."""
    return (
        unicodedata.category(char) in ("Mn", "Mc", "Me")
        or char in "\u200c\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _hangul_class(char):
    code = ord(char)
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "T"
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    return ""


_HANGUL_JOINS = {"L": ("L", "V", "LV", "LVT"), "LV": ("V", "T"), "V": ("V", "T"), "LVT": ("T",), "T": ("T",)}


def graphemes(text):
    """``text`` as a list of what a reader takes for one character (the common rules of UAX #29)."""
    clusters = []
    flags = 0
    for char in text:
        is_flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        previous = clusters[-1][-1] if clusters else ""
        joins = previous and (
            _extends(char)
            or (previous == "\u200d" and unicodedata.category(char) == "So")
            or (is_flag and flags % 2 == 1)
            or _hangul_class(char) in _HANGUL_JOINS.get(_hangul_class(previous), ())
        )
        flags = flags + 1 if is_flag else 0
        if joins:
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def cut_text(text, max_chars, max_bytes=MAX_BYTES):
    """The longest beginning of ``text`` within both limits that ends between two characters as a reader sees them.

    Where already the first of these is too long (a letter under dozens of marks), its marks are cut.
    """
    if len(text) <= max_chars and len(text.encode()) <= max_bytes:
        return text
    size = length = 0
    for cluster in graphemes(text):
        if length + len(cluster) > max_chars or size + len(cluster.encode()) > max_bytes:
            break
        length += len(cluster)
        size += len(cluster.encode())
    if not length:
        while length < max_chars and size + len(text[length].encode()) <= max_bytes:
            size += len(text[length].encode())
            length += 1
    return text[:length].rstrip(" \u200d")


# -- Accounts and references ----------------------------------------------------------------------------------------


def compact_iban(iban):
    """The IBAN in capitals without blanks and punctuation, as it is stored in the code."""
    return re.sub(r"[\W_]", "", iban or "").upper()


def is_valid_iban(iban):
    """Whether form and check digits of the IBAN are right (ISO 13616); its length by country is not looked at."""
    # stdnum.iban reads a data file of its package, which Odoo 19's own loader of stdnum does not let it find.
    iban = compact_iban(iban)
    return bool(_IBAN.fullmatch(iban)) and mod_97_10.is_valid(iban[4:] + iban[:4])


def compact_bic(bic):
    """The BIC in capitals without blanks and hyphens, as it is stored in the code."""
    return stdnum_bic.compact(bic or "")


def is_valid_bic(bic):
    """Whether the BIC has the form of ISO 9362; no list of banks is looked up."""
    return stdnum_bic.is_valid(bic or "")


def check_account(iban, bic=None):
    """Raise :class:`EpcError` where no code can name this account."""
    iban = compact_iban(iban)
    if not is_valid_iban(iban):
        raise EpcError("iban", f"{iban or 'An empty account number'} is no valid IBAN")
    if iban[:2] not in SEPA_COUNTRIES:
        raise EpcError("iban_country", f"{iban} is an account outside the SEPA zone")
    if bic and not is_valid_bic(bic):
        raise EpcError("bic", f"{bic} is no valid BIC")
    if not bic and iban[:2] not in EEA_COUNTRIES:
        raise EpcError("bic_missing", f"{iban} is an account outside the EEA: its BIC is needed")


def structured_reference(reference):
    """The :class:`StructuredReference` that ``reference`` is, with its check digits right, else ``None``.

    The guideline's field is «Remittance Information (Structured): Creditor Reference; ISO 11649 may be used». Banks
    carry the two national references in the same field of a credit transfer (ISO 20022 ``CdtrRefInf``: issuer BBA
    with the twelve digits in Belgium, CUR with the sixteen in the Netherlands), and their apps read them from it; in
    the text they would arrive as free text and be matched by nobody. So all three go there, as Odoo does. Digits that
    only happen to satisfy some other country's check stay text: there every tenth invoice number would.
    """
    compact = re.sub(r"\s", "", reference or "").upper()
    if _is_iso_reference(compact):
        return StructuredReference("iso", compact)
    if match := _BE_REFERENCE.fullmatch(compact):
        digits = "".join(match.groups()[1:])
        if (int(digits[:10]) % 97 or 97) == int(digits[10:]):
            return StructuredReference("be", digits)
    if _NL_REFERENCE.fullmatch(compact) and _dutch_check_digit(compact[1:]) == int(compact[0]):
        return StructuredReference("nl", compact)
    return None


def _is_iso_reference(compact):
    """Whether the text is a reference of ISO 11649, capitals and digits without blanks.

    The library also takes signs between the characters, with which every 97th invoice number ``RF/2026/…`` would be
    one, and letters as check digits.
    """
    return compact.isascii() and compact.isalnum() and compact[2:4].isdigit() and iso11649.is_valid(compact)


def _dutch_check_digit(digits):
    """The digit that goes before the fifteen of a betalingskenmerk (weighted modulo 11, Betaalvereniging)."""
    total = sum(int(digit) * _NL_WEIGHTS[i % 10] for i, digit in enumerate(reversed(digits)))
    check = 11 - total % 11
    return {11: 0, 10: 1}.get(check, check)


def remittance(reference, text=None):
    """Keyword arguments for :func:`epc_payload`: ``reference`` if it is a structured one, else a text.

    :param text: what to say instead of a reference that is not structured; the reference itself if empty.
    """
    if structured_reference(reference):
        return {"reference": reference}
    return {"text": text or reference or ""}


# -- Payload --------------------------------------------------------------------------------------------------------


def format_amount(amount):
    """``EUR1250.00``: two decimals, point, no grouping. Half cents go up. Outside of 0.01 to 999999999.99: error."""
    try:
        value = Decimal(str(amount)).quantize(MIN_AMOUNT, rounding=ROUND_HALF_UP)
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_nan() or not MIN_AMOUNT <= value <= MAX_AMOUNT:
        raise EpcError("amount", f"{amount} is not between {MIN_AMOUNT} and {MAX_AMOUNT} euro")
    return f"EUR{value:f}"


def epc_payload(name, iban, amount, reference=None, text=None, bic=None, information=None):
    """The text of the code that asks for ``amount`` euro.

    :param name: payee, as the bank knows it
    :param amount: euro; Decimal, int, float or str
    :param reference: a structured reference (see :func:`structured_reference`); not together with ``text``
    :param text: remittance text
    :param information: for the payer, not transmitted
    :raises EpcError: nothing sensible can be made of the data

    Name, text and information are cut to their lengths. If the whole is over 331 bytes, first the information, then
    the text, last of all the name is shortened; account, amount and reference never are.
    """
    check_account(iban, bic)
    name = cut_text(clean_text(name), MAX_NAME)
    if not name:
        raise EpcError("name", "The payee has no name")
    text = cut_text(clean_text(text), MAX_TEXT)
    information = cut_text(clean_text(information), MAX_INFORMATION)
    structured = ""
    if reference:
        if text:
            raise EpcError("both", "A code holds either a structured reference or a text")
        found = structured_reference(reference)
        if not found:
            raise EpcError("reference", f"{reference} is no structured reference")
        structured = found.value

    fixed = ["BCD", "002", "1", "SCT", compact_bic(bic)]
    amount = format_amount(amount)
    iban = compact_iban(iban)

    def join(name, text, information):
        return "\n".join([*fixed, name, iban, amount, "", structured, text, information]).rstrip("\n")

    # What is shortened first stands last.
    flexible = [name, text, information]
    for index in (2, 1, 0):
        excess = len(join(*flexible).encode()) - MAX_BYTES
        if excess > 0:
            flexible[index] = cut_text(flexible[index], MAX_TEXT, max(0, len(flexible[index].encode()) - excess))
    payload = join(*flexible)
    if not flexible[0] or len(payload.encode()) > MAX_BYTES:
        raise EpcError("too_long", "The data is too long for a code")
    return payload


def epc_payload_for_names(name, iban, amount, names, bic=None):
    """A payload whose text lists ``names`` (of invoices), whole ones only.

    Where they are too many the last ones are left out and counted: ``INV/1 INV/2 +3``. Where not even the first fits
    there is no text.
    """
    names = [cleaned for cleaned in map(clean_text, dict.fromkeys(names)) if cleaned]
    # each name takes a character and a blank
    for kept in range(min(len(names), MAX_TEXT), 0, -1):
        text = " ".join(names[:kept])
        if kept < len(names):
            text = f"{text} +{len(names) - kept}"
        if len(text) > MAX_TEXT:
            continue
        payload = epc_payload(name, iban, amount, text=text, bic=bic)
        if payload.endswith(f"\n{text}"):
            return payload
    return epc_payload(name, iban, amount, bic=bic)


# -- Picture --------------------------------------------------------------------------------------------------------


def epc_modules(payload):
    """The symbol without quiet zone: rows of booleans, true is black."""
    data = payload.encode()
    version = next((number for number, size in enumerate(_CAPACITY, 1) if len(data) <= size), None)
    if version is None:
        raise EpcError("too_long", f"{len(data)} bytes are more than {MAX_BYTES}")
    symbol = QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    symbol.add_data(QRData(data, mode=MODE_8BIT_BYTE, check_data=False), optimize=0)
    symbol.make(fit=False)
    return symbol.modules


def epc_png(payload, scale=4):
    """The code as PNG, one bit a pixel, black on white, quiet zone included.

    The whole symbol is handed to Pillow (0.5 ms a code): qrcode's own writers take it module by module (2 to 3 ms).

    :param scale: pixels a module; what prints it sets the size, see :data:`MAX_MODULES`
    """
    modules = epc_modules(payload)
    symbol = Image.new("1", (len(modules), len(modules)))
    symbol.putdata([0 if black else 255 for row in modules for black in row])
    picture = ImageOps.scale(ImageOps.expand(symbol, QUIET_ZONE, fill=255), scale, Image.Resampling.NEAREST)
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def data_uri(png):
    """The picture as an address for ``<img src>``."""
    return "data:image/png;base64," + base64.b64encode(png).decode()
