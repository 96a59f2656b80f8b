"""VAT numbers and bank accounts for the demo: right check digits, in ranges that are not given out.

Each function takes a ``random.Random`` so that the same seed makes the same numbers.
"""
import string

VAT_COUNTRIES = ("BE", "NL", "FR", "DE", "GB")


def vat(country, rng):
    """A VAT number that passes Odoo's check; an empty text for a country without one here."""
    if country not in VAT_COUNTRIES:
        return ""
    return country + {"BE": _vat_be, "NL": _vat_nl, "FR": _vat_fr, "DE": _vat_de, "GB": _vat_gb}[country](rng)


def iban(country, rng):
    """An IBAN with right check digits (ISO 13616) and, for Belgium and France, right national ones."""
    bban = {"BE": _bban_be, "NL": _bban_nl, "FR": _bban_fr, "DE": _bban_de}.get(country, _bban_be)(rng)
    code = country if country in ("BE", "NL", "FR", "DE") else "BE"
    return f"{code}{98 - _mod97(bban + code + '00'):02d}{bban}"


def _digits(rng, count):
    return "".join(rng.choice(string.digits) for _ in range(count))


def _mod97(text):
    return int("".join(str(int(char, 36)) for char in text)) % 97


# --- VAT -------------------------------------------------------------------------------------------------------

def _vat_be(rng):
    # enterprise numbers that begin with 1 are given out upwards from 1000: 1990 is decades away
    body = "199" + _digits(rng, 5)
    return f"{body}{97 - int(body) % 97:02d}"


def _vat_nl(rng):
    # nine digits whose sum, weighted 9 to 2 and -1, divides by 11 («elfproef»)
    while True:
        body = "99" + _digits(rng, 6)
        check = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), body, strict=True)) % 11
        if check < 10:
            return f"{body}{check}B01"


def _vat_fr(rng):
    body = "099" + _digits(rng, 5)
    total = 0
    for position, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    siren = f"{body}{-total % 10}"
    return f"{int(siren + '12') % 97:02d}{siren}"


def _vat_de(rng):
    # ISO 7064 mod 11, 10
    body = "99" + _digits(rng, 6)
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return f"{body}{(11 - product) % 10}"


def _vat_gb(rng):
    body = "99" + _digits(rng, 5)
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), body, strict=True))
    return f"{body}{97 - total % 97:02d}"


# --- bank accounts ---------------------------------------------------------------------------------------------

def _bban_be(rng):
    body = "999" + _digits(rng, 7)
    return f"{body}{int(body) % 97 or 97:02d}"


def _bban_nl(rng):
    return "DEMO" + "0" + _digits(rng, 9)


def _bban_fr(rng):
    bank, branch, account = "99999", _digits(rng, 5), _digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return f"{bank}{branch}{account}{key:02d}"


def _bban_de(rng):
    return "99999999" + _digits(rng, 10)
