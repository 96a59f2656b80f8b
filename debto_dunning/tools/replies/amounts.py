"""Amounts of money in running text: 1.061,73 · 1 061,73 € · €1,061.73 · 500,- · 250 euro."""

import re
from typing import NamedTuple

GROUPED = r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?"
NUMBER = rf"(?:{GROUPED}|\d+(?:[.,]\d{{1,2}})?)"
SIGN = r"(?:€|eur(?:o'?s?)?\b|usd\b|chf\b|gbp\b|[$£])"
PATTERN = re.compile(
    rf"{SIGN}\s?(?P<after>{NUMBER})(?![\d/])"
    rf"|(?<![\d/.,])(?P<before>{NUMBER})(?:,-|,--)?\s?{SIGN}"
    rf"|(?<![\d/.,])(?P<dash>\d+|{GROUPED})(?:,-|,--|\.-)(?!\d)"
    r"|(?<![\d/.,-])(?P<bare>(?:\d{1,3}(?:[. ']\d{3})*|\d+),\d{2}|\d{1,3}(?:,\d{3})+\.\d{2}|\d+\.\d{2})"
    r"(?![\d/.%-]|\s?(?:%|u\b|h\b|uur|heures))")


class Amount(NamedTuple):
    """An amount and where it stands."""

    start: int
    end: int
    value: float


def find_amounts(text):
    """The :class:`Amount` s in a folded text, in their order; what carries no sign of a currency has cents."""
    found = []
    for match in PATTERN.finditer(text):
        written = next(filter(None, match.groups()))
        found.append(Amount(match.start(), match.end(), parse_amount(written)))
    return found


def parse_amount(written):
    """The value of a number as it is written; one or two digits behind the last separator are cents."""
    written = re.sub(r"[ ']", "", written)
    whole, cents = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", written).groups()
    whole = re.sub(r"\D", "", whole)
    return int(whole or 0) + int((cents or "0").ljust(2, "0")) / 100
