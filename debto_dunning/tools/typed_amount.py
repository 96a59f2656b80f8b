"""Amounts as customers type them in. Without database."""

import re

_NUMBER = re.compile(r"\d[\d.,'\s\u00a0\u202f]*")


def parse_amount(text):
    """The amount in a text; None where there is none or it is not clear.

    Of a point or comma that stands once, with one or two digits behind it, these are cents; every other one separates
    thousands: «1.061,73», «1,061.73» and «1061,73» are the same.

    :param text: such as «€ 1.061,73»
    :return: float
    """
    found = _NUMBER.findall(str(text or ""))
    if len(found) != 1 or "-" in str(text):
        return None
    number = re.sub(r"['\s\u00a0\u202f]", "", found[0]).rstrip(".,")
    whole, separator, cents = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", number).groups()
    if separator and separator in whole or whole and not re.fullmatch(r"\d+|\d{1,3}(?:[.,]\d{3})+", whole):
        return None
    return float(f"{re.sub(r'[.,]', '', whole)}.{cents or 0}")
