"""Credit information in plain Python: other people's scales, words and numbers made ours.

A score here is always 0 (safe) to 100 (worst), whatever the service counts in.
"""

import math
import re
from datetime import date, datetime
from urllib.parse import quote

from stdnum.util import clean, get_cc_module

#: Larger amounts are no amounts: a float keeps the cents of no more digits.
LARGEST_NUMBER = 1e15
#: The years of a date that is believed.
FIRST_YEAR, LAST_YEAR = 1900, 2199
#: Longer texts are not searched for words.
LONGEST_STATUS = 1000
#: Our bands, best first: each takes a fifth of the scale.
BANDS = "ABCDE"
#: Words that turn the meaning of the two words after them («not bankrupt», «geen faillissement»).
NEGATIONS = frozenset({
    "no", "not", "non", "never", "geen", "niet", "nooit", "pas", "aucun", "aucune", "jamais", "kein", "keine",
    "keinen", "nicht"})
#: The parts of a template that are filled in from the customer.
PLACEHOLDERS = ("vat", "vat_number", "registration", "country", "name", "zip", "reference")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: What PostgreSQL cannot store (NUL, halves of surrogate pairs), what no screen shows, and what turns the direction of
#: the text around it.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


# -- Texts ----------------------------------------------------------------------------------------------------------

def clean_text(text):
    """``text`` without control characters other than tab and line ends, and without halves of surrogate pairs."""
    return _UNPRINTABLE.sub("", text)


# -- Numbers and dates as services and spreadsheets write them ------------------------------------------------------

def to_number(value, is_typed=False):
    """A number out of what a service or a spreadsheet gives: 12, "12", "1.234,50", "EUR 1 200".

    :param is_typed: written by a person, for whom «1.234» is a thousand; for a service it is little more than one
    :return: a float; None where it is no number («not rated»), is not finite, or is above :data:`LARGEST_NUMBER`
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _bounded(value)
    text = re.sub(r"[\s\u00a0\u202f'’€$£]|^[A-Z]{3}|[A-Z]{3}$", "", str(value).strip())
    if not re.fullmatch(r"[-+]?\d[\d.,]*", text):
        return None
    grouped = re.fullmatch(r"[-+]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*", text)
    last = max(text.rfind(","), text.rfind("."))
    if grouped and (is_typed or grouped.group(1) == "," or text.count(".") > 1):
        text = text.replace(grouped.group(1), "")
    elif last >= 0:
        text = re.sub("[.,]", "", text[:last]) + "." + text[last + 1:]
    return _bounded(text)


def _bounded(value):
    """``value`` as a float; None where it is not finite or too large to be an amount."""
    try:
        number = float(value)
    except (OverflowError, ValueError):  # an integer of hundreds of digits; «1.2.3»
        return None
    return number if math.isfinite(number) and abs(number) <= LARGEST_NUMBER else None


def to_date(value):
    """A date out of an ISO text (also only a year or a month), a day-first European text or a spreadsheet's cell.

    None where it is no date, or one before :data:`FIRST_YEAR` or after :data:`LAST_YEAR`.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if FIRST_YEAR <= value.year <= LAST_YEAR else None
    text = str(value or "")[:40].strip()
    iso = re.match(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]|$)", text)
    european = re.match(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?: |$)", text)
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    found = iso or compact
    parts = found.groups() if found else european.groups()[::-1] if european else None
    try:
        day = date(*(int(part or 1) for part in parts)) if parts else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def by_path(data, path):
    """What stands at a dotted path in JSON data: ``report.scores.0.value``; None where the way ends.

    An empty path means that the service gives no such thing.
    """
    if not path:
        return None
    for step in path.strip().split("."):
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and re.fullmatch(r"-?[0-9]{1,9}", step):
            index = int(step)
            data = data[index] if -len(data) <= index < len(data) else None
        else:
            return None
    return data


def records(data):
    """The objects in a list of JSON data; empty where there is no list."""
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []


# -- Scores ---------------------------------------------------------------------------------------------------------

def linear_score(value, safe, worst):
    """0–100 on the line on which ``safe`` is 0 and ``worst`` is 100, kept inside; None where there is no number.

    :raises ValueError: both ends are the same, or one is no number
    """
    number, safe, worst = to_number(value), to_number(safe), to_number(worst)
    if safe is None or worst is None or safe == worst:
        raise ValueError("both ends of the scale are the same, or one is no number")
    if number is None:
        return None
    return round(min(100.0, max(0.0, 100.0 * (number - safe) / (worst - safe))))


def read_table(text):
    """The table of a scale, ``A = 10, B = 30`` or one a line, as {WORD: 0–100}.

    :raises ValueError: a part is no «word = number», or the number lies outside 0–100; says which part
    """
    table = {}
    for part in re.split(r"[,;\n]", text or ""):
        if not part.strip():
            continue
        word, equals, number = part.rpartition("=")
        if not equals or not word.strip() or not re.fullmatch(r"\s*\d{1,3}\s*", number) or int(number) > 100:
            raise ValueError(part.strip())
        table[word.strip().upper()] = int(number)
    return table


def table_score(value, table):
    """0–100 of a word by its table; None where the table does not know it."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return table.get(str(value).strip().upper())


def band_of(score):
    """Our band of a score: A (0–19) to E (80–100); None without a score."""
    return None if score is None else BANDS[min(int(score) // 20, 4)]


# -- Words ----------------------------------------------------------------------------------------------------------

def split_words(text):
    """The words of a setting, one a line or between commas, in small letters."""
    return [word.strip().lower() for word in re.split(r"[,;\n]", text or "") if word.strip()]


def contains_word(text, words):
    """Whether ``text`` contains one of ``words`` at the beginning of a word, not turned by a «not» just before it.

    «Opening faillissement» says «failli»; «no bankruptcy known» does not say «bankrupt».
    """
    text = re.sub(r"[\s_]+", " ", str(text or "")[:LONGEST_STATUS].lower())
    for word in words:
        for found in re.finditer(r"(?<!\w)" + re.escape(word), text):
            clause = re.split(r"[.,:;()]", text[:found.start()])[-1]
            before = re.findall(r"\w+", clause)[-2:]
            if not NEGATIONS.intersection(before):
                return True
    return False


# -- Who the customer is --------------------------------------------------------------------------------------------

def vat_of(vat, country_code=None):
    """The VAT number as services want it.

    :param vat: as somebody typed it, with or without the letters of the country
    :param country_code: of the customer's address, for a number without letters
    :return: (country code, number without letters, the whole); ``(country_code, None, None)`` where there is none
    """
    number = clean(vat or "", " -./,").upper()
    letters = re.match(r"[A-Z]{2}", number)
    prefix = letters.group() if letters else None
    if prefix not in ("EL", "XI") and not (prefix and get_cc_module(prefix, "vat")):
        prefix = None
    code = {"EL": "GR", "XI": "GB"}.get(prefix, prefix) or country_code or None
    digits = number[2:] if prefix else number
    if not re.search(r"\d", digits):
        return code, None, None
    module = get_cc_module(code, "vat") if code else None
    if module:
        try:
            compact = module.compact(digits)
        except Exception:  # stdnum's own complaint about a number that is none: as it was typed, then
            compact = digits
        digits = compact[2:] if compact.startswith(prefix or code) else compact
    letters = prefix or {"GR": "EL"}.get(code, code or "")
    return code, digits, letters + digits


def registration_of(registry, vat, country_code):
    """The number in the company register; a Belgian one is the VAT number too. None where there is none."""
    number = clean(registry or "", " -./,").upper()
    if country_code == "BE":
        code, digits, _whole = vat_of(number or vat, "BE")
        return digits if code == "BE" else number or None
    return number or None


# -- Templates ------------------------------------------------------------------------------------------------------

def unknown_placeholders(template):
    """The parts in braces of a template that nothing fills in."""
    return sorted(set(_PLACEHOLDER.findall(template or "")) - set(PLACEHOLDERS))


def fill(template, values, quote=str):
    """``template`` with each ``{placeholder}`` replaced by its value as ``quote`` writes it."""
    return _PLACEHOLDER.sub(lambda found: quote(str(values.get(found.group(1)) or "")), template)


def path_part(text):
    """``text`` as one part of the path of a web address: nothing in it leads elsewhere.

    :raises ValueError: empty, longer than 200 characters, or «.» or «..», which address another folder however they
        are written
    """
    if text in ("", ".", "..") or len(text) > 200:
        raise ValueError(text[:200])
    return quote(text, safe="")


def fill_json(data, values):
    """JSON data with the placeholders in its texts replaced: values cannot break out of their text."""
    if isinstance(data, dict):
        return {key: fill_json(value, values) for key, value in data.items()}
    if isinstance(data, list):
        return [fill_json(value, values) for value in data]
    return fill(data, values) if isinstance(data, str) else data
