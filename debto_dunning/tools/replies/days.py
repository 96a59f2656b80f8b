"""Days in running text: «vrijdag», «eind volgende week», «le 4 décembre», «by the 15th», «innerhalb von 14 Tagen».

Dates with the name of a month or with figures are read by :mod:`dateparser`; the year, and what stands relative to
the day on which the answer came, follow from here. A vague day becomes the last one that it may mean: the end of a
week is its Friday, «by the 15th» the 15th. The beginning of a month is taken as its fifth, the middle as its 15th.
"""

import calendar
import datetime
import functools
import re
from typing import NamedTuple

import dateparser
from dateutil.relativedelta import relativedelta

from . import day_words as w

#: Nobody promises or remembers a payment beyond so many days.
MOST_DAYS = 300
FRIDAY = 4


class Day(NamedTuple):
    """A day that a text names, and where it stands there."""

    start: int
    end: int
    ahead: datetime.date | None  #: read as a day to come, the day of the answer included
    past: datetime.date | None  #: read as a day gone by, the day of the answer included
    is_vague: bool = False  #: a part of a week or month, for which its last day stands


def find_days(text, received, language):
    """The :class:`Day` s in a text, in their order; not those of papers («the invoice of 3 May»).

    :param text: folded
    :param received: the day on which the answer came
    :param language: of the text: «hier» is yesterday in French alone
    """
    found, taken = [], bytearray(len(text))
    for pattern, read in READERS:
        for match in pattern.finditer(text):
            if any(taken[slice(*match.span())]):
                continue
            ahead, past = _within_reach(received, *(read(match, received, language) or (None, None)))
            if ahead or past:
                found.append(Day(match.start(), match.end(), ahead, past, read in VAGUE))
                taken[slice(*match.span())] = b"\1" * (match.end() - match.start())
    return sorted(day for day in found if not PAPER_BEFORE.search(text[max(day.start - 60, 0):day.start]))


def _within_reach(received, ahead, past):
    if ahead and not 0 <= (ahead - received).days <= MOST_DAYS:
        ahead = None
    if past and not 0 <= (received - past).days <= MOST_DAYS:
        past = None
    return ahead, past


# ----------------------------------------------------------------------
# Dates
# ----------------------------------------------------------------------

@functools.lru_cache(maxsize=4096)
def _parse(day, month, year):
    """The date of a day, the name or number of a month and a year; None where there is no such day."""
    order = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    if month.isdigit():
        text = f"{int(day):02}/{int(month):02}/{year}"
    else:
        text = f"{int(day)} {month} {year}"
    parsed = dateparser.parse(text, languages=["en", "nl", "fr", "de"], settings=order)
    return parsed.date() if parsed and parsed.day == int(day) else None


def _month_name(month):
    """A name that dateparser knows for a month as customers write it."""
    for number, names in enumerate(w.MONTHS, 1):
        if month in names.split("|"):
            return calendar.month_name[number].lower()
    return month


def _read_date(match, received, _language):
    parts = match.groupdict()
    if parts.get("year"):
        year = int(parts["year"])
        date = _parse(parts["day"], _month_name(parts["month"]), year + 2000 if year < 100 else year)
        return date, date
    dates = [date for year in (received.year - 1, received.year, received.year + 1)
             if (date := _parse(parts["day"], _month_name(parts["month"]), year))]
    return (next((date for date in dates if date >= received), None),
            next((date for date in reversed(dates) if date <= received), None))


def _read_day_of_month(match, received, _language):
    number = int(match["day"])
    if not 1 <= number <= 31:
        return None
    days = []
    for months in (-2, -1, 0, 1, 2):
        first = received.replace(day=1) + relativedelta(months=months)
        if number <= calendar.monthrange(first.year, first.month)[1]:
            days.append(first.replace(day=number))
    return (next(day for day in days if day >= received), next(day for day in reversed(days) if day <= received))


# ----------------------------------------------------------------------
# Parts of a week, month or year
# ----------------------------------------------------------------------

def _last_of_month(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _part_of_month(part, first):
    if re.fullmatch(w.BEGIN, part):
        return first.replace(day=5)
    return first.replace(day=15) if re.fullmatch(w.MIDDLE, part) else _last_of_month(first)


def _read_part_of_month(match, received, _language):
    """«begin januari», «fin du mois», «Mitte nächsten Monats», «end of March 2027»."""
    part, name = match["part"], match["month"]
    if name:
        month = next(number for number, names in enumerate(w.MONTHS, 1) if name in names.split("|"))
        years = [int(match["year"])] if match["year"] else [received.year, received.year + 1]
        days = [_part_of_month(part, datetime.date(year, month, 1)) for year in years]
        return next((day for day in days if day >= received), None), None
    first = received.replace(day=1)
    if re.search(rf"\b(?:{w.NEXT})\b", match.group()):
        return _part_of_month(part, first + relativedelta(months=1)), None
    day = _part_of_month(part, first)
    return day if day >= received else _part_of_month(part, first + relativedelta(months=1)), None


def _read_month_end(_match, received, _language):
    return _last_of_month(received), None


def _read_month(match, received, _language):
    """«volgende maand»: some day of it, so its last."""
    months = 1 if re.search(rf"\b(?:{w.NEXT})\b", match.group()) else 0
    return _last_of_month(received + relativedelta(months=months)), None


def _read_year_end(_match, received, _language):
    return received.replace(month=12, day=31), None


def _read_week_of(match, received, language):
    """«in de week van 7 december»: its Friday."""
    ahead, _past = _read_date(match, received, language)
    return ahead and _monday(ahead) + datetime.timedelta(days=FRIDAY), None


def _read_named_month(match, received, _language):
    """«in januari»: some day of it, so its last."""
    month = next(number for number, names in enumerate(w.MONTHS, 1) if match["month"] in names.split("|"))
    days = (_last_of_month(datetime.date(year, month, 1)) for year in (received.year, received.year + 1))
    return next((day for day in days if day >= received), None), None


def _monday(day):
    return day - datetime.timedelta(days=day.weekday())


def _weekday(name):
    return next(number for number, names in enumerate(w.WEEKDAYS) if name in names.split("|"))


def _read_week(match, received, _language):
    """«eind volgende week», «vendredi de la semaine prochaine», «this week»."""
    whole = match.group()
    name = re.search(rf"\b(?:{w.WEEKDAY})\b", whole)
    monday = _monday(received)
    if re.search(rf"\b(?:{w.LAST})\b", whole):
        day = monday + datetime.timedelta(days=(_weekday(name.group()) if name else FRIDAY) - 7)
        return None, day
    if re.search(rf"\b(?:{w.NEXT})\b", whole):
        monday += datetime.timedelta(days=7)
    if name:
        offset = _weekday(name.group())
    elif re.search(rf"\b(?:{w.BEGIN})\b", whole):
        offset = 0
    else:
        offset = 2 if re.search(rf"\b(?:{w.MIDDLE})\b", whole) else FRIDAY
    day = monday + datetime.timedelta(days=offset)
    if day < received:
        day = monday + datetime.timedelta(days=6) if not name else None
    return day, None


def _read_end_of_week(_match, received, _language):
    day = _monday(received) + datetime.timedelta(days=FRIDAY)
    return day if day >= received else day + datetime.timedelta(days=7), None


def _read_weekend(_match, received, _language):
    return _monday(received) + datetime.timedelta(days=6), None


def _read_week_number(match, received, _language):
    for year in (received.year, received.year + 1):
        try:
            day = datetime.date.fromisocalendar(year, int(match["number"]), FRIDAY + 1)
        except ValueError:
            continue
        if day >= received:
            return day, None
    return None


def _read_weekday(match, received, _language):
    """A weekday: the next to come or the last gone by, never the day of the answer itself."""
    whole = match.group()
    number = _weekday(match["weekday"])
    ahead = received + datetime.timedelta(days=(number - received.weekday() - 1) % 7 + 1)
    past = received - datetime.timedelta(days=(received.weekday() - number - 1) % 7 + 1)
    if re.search(rf"\b(?:{w.LAST})\b", whole):
        return None, past
    if re.search(r"\b(?:next|volgende|following)\b", whole):
        return _monday(received) + datetime.timedelta(days=7 + number), None
    if re.search(r"\ben huit\b|\bover een week\b|\bin einer woche\b|\bweek on\b", whole):
        return ahead + datetime.timedelta(days=7), None
    if re.search(rf"\b(?:{w.NEXT})\b", whole):
        return ahead, None
    return ahead, past


# ----------------------------------------------------------------------
# Relative to the day of the answer
# ----------------------------------------------------------------------

def _number(text):
    return int(text) if text.isdigit() else next(
        number for number, names in w.NUMBERS.items() if text in names.split("|"))


def _shift(received, count, unit, sign):
    kind = next(kind for kind, pattern in w.UNITS.items() if re.fullmatch(pattern, unit))
    if kind == "month":
        return received + sign * relativedelta(months=count)
    if kind == "workday":
        day = received
        while count and (day := day + sign * datetime.timedelta(days=1)):
            count -= day.weekday() < 5
        return day
    return received + sign * datetime.timedelta(
        days=count * {"week": 7, "day": 1, "fortnight": 15 if unit == "quinzaine" else 14, "eight": 8}[kind])


def _read_within(match, received, _language):
    count = min(_number(match["count"]) if match["count"] else 1, 400)
    return _shift(received, count, match["unit"], 1), None


def _read_ago(match, received, language):
    if match.group().startswith("vor ") and language != "de":
        return None
    return None, _shift(received, min(_number(match["count"]), 400), match["unit"], -1)


def _read_today(match, received, _language):
    if re.search(r"\b(?:tot|tot op|bis|a|jusqu a|jusque|to|until|as of|per|stand) $", match.string[:match.start()]):
        return None
    return received, received


def _read_tomorrow(match, received, language):
    before = match.string[max(match.start() - 12, 0):match.start()]
    if match.group() == "morgen" and re.search(r"\b(?:goede|goeie|goeden|guten|heute|gestern|am|jeden|in de"
                                               r"|s) $", before):
        return None
    days = 2 if re.fullmatch(w.AFTER_TOMORROW, match.group()) else 1
    return received + datetime.timedelta(days=days), None


def _read_yesterday(match, received, language):
    if match.group() == "hier" and language != "fr":
        return None
    days = 2 if re.fullmatch(w.BEFORE_YESTERDAY, match.group()) else 1
    return None, received - datetime.timedelta(days=days)


def _read_feast(match, received, _language):
    day = datetime.date(received.year, 12, 25)
    if re.search(w.NEW_YEAR, match.group()):
        day = datetime.date(received.year + 1, 1, 1)
    if re.match(rf"(?:{w.BEFORE})\b", match.group()):
        day -= datetime.timedelta(days=1)
    return day, None


#: What may stand after a day of the month without a month; a noun there would make it a number of things.
ENDS = (r"(?=\s*(?:[,;:!?)\n]|\.(?!\d)|$|(?:en|et|und|and|of|ou|oder|or|dan|zal|zullen|wordt|worden|van|au|du"
        r"|pour|zijn|is"
        r"|a|via|op|sera|serait|betaald|betalen|uw|je|we|wij|il|le solde|bezahlt|zahlen|uberwiesen|at|for|in|aan|komt"
        r"|heb|krijg|krijgt|prochain|at the latest|at latest|au plus tard|ten laatste)\b))")
ORDINAL = r"(?:\s?(?:er|e|de|ste|st|nd|rd|th|ten|\.)(?![a-z0-9]))?"
DAY = rf"(?P<day>[0-3]?\d){ORDINAL}"
WEEKDAY_BEFORE = (
    rf"(?:\b(?:{w.WEEKDAY}|(?:{w.SHORT_WEEKDAYS})\.?)\s?,?\s?(?:(?:{w.NEXT}|de|den|dem|the|le|der)\s)?)?")

READERS = [(re.compile(pattern), read) for pattern, read in (
    (r"(?<![\d/.-])(?P<year>20\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])", _read_date),
    (rf"{WEEKDAY_BEFORE}(?<![\d/.,-])(?P<day>[0-3]?\d)\s?(?P<sep>[/.-])\s?(?P<month>[01]?\d)(?P=sep)\s?"
     r"(?P<year>20\d{2}|\d{2})(?![\d/-])", _read_date),
    (rf"{WEEKDAY_BEFORE}(?<![\d/.,a-z-])(?!24/7\b)(?P<day>[0-3]?\d)/(?P<month>[01]?\d)(?![\d/%])", _read_date),
    (rf"{WEEKDAY_BEFORE}(?<![\d/.,-])(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.(?!\d)", _read_date),
    (r"\b(?:op|am|le|tegen|voor|laatste|zum|bis|den) (?P<day>[0-3]?\d)[.-](?P<month>[01]?\d)"
     r"(?![\d.%-]|,\d|\s?(?:u\b|uhr|uur|eur|€))", _read_date),
    (rf"\b(?:{w.WEEK})\s(?:van|du|of|vom|de|the)\s(?:de\s|the\s)?(?:{w.WEEKDAY}\s)?{DAY}\s?(?:of |de )?"
     rf"(?P<month>{w.MONTH})\b(?P<year>)", _read_week_of),
    (rf"\b(?:{w.WEEK})\s(?:van|du|of|vom)\s(?P<day>[0-3]?\d)[/.](?P<month>[01]?\d)\b(?P<year>)", _read_week_of),
    (rf"{WEEKDAY_BEFORE}(?<![\d/.,])\b{DAY}\s?(?:of |de |d |van )?(?P<month>{w.MONTH})\b\.?"
     r"(?:,?\s?(?P<year>20\d{2}))?(?!\d)", _read_date),
    (rf"{WEEKDAY_BEFORE}\b(?P<month>{w.MONTH})\.?\s(?:the )?{DAY}(?![\d.,]\d"
     rf"|\d)(?:,?\s(?P<year>20\d{{2}}))?", _read_date),
    (rf"\b(?P<part>{w.BEGIN}|{w.MIDDLE}|{w.END}){w.OF}\s?(?P<month>{w.MONTH})\b\.?(?:\s(?P<year>20\d{{2}}))?",
     _read_part_of_month),
    (rf"\b(?P<part>{w.BEGIN}|{w.MIDDLE}|{w.END}){w.OF}\s(?:(?:{w.NEXT})\s)?(?:{w.MONTH_WORD})\b(?:\s(?:{w.NEXT}))?"
     r"(?P<month>)(?P<year>)", _read_part_of_month),
    (rf"\b(?:in|en|im|courant|au mois de|in de maand|in the month of|during|pendant)\s(?P<month>{w.MONTH})\b"
     r"(?! \d)", _read_named_month),
    (r"\b(?:maandeinde|monatsende|month ?end|monthend|monats ultimo|eom|einde maand|fin de mois|fin mois"
     r"|month s end)\b",
     _read_month_end),
    (rf"\b(?:(?:{w.END}){w.OF}\s(?:{w.YEAR_WORD})|jaareinde|jahresende|year ?end|eoy)\b", _read_year_end),
    (rf"\b(?:(?:{w.BEGIN}|{w.MIDDLE}|{w.END}){w.OF}\s)?(?:(?:{w.WEEKDAY}){w.OF}\s)?(?:{w.NEXT}|{w.THIS}|{w.LAST_BEFORE})\s"
     rf"(?:{w.WEEK})(?:\s(?:op |on |am )?(?:{w.WEEKDAY}))?\b", _read_week),
    (rf"\b(?:(?:{w.BEGIN}|{w.MIDDLE}|{w.END}){w.OF}\s)?(?:(?:{w.WEEKDAY}){w.OF}\s)?(?:la )?(?:{w.WEEK})\s"
     rf"(?:{w.NEXT}|{w.LAST})(?:\s(?:{w.WEEKDAY}))?\b", _read_week),
    (r"\b(?:(?:in|au cours) (?:de loop )?(?:van )?de (?:komende|la) week)\b", _read_week),
    (rf"\b(?:{w.END}){w.OF}\s(?:{w.WEEK})\b|\bwochenende\b|\bweek s end\b", _read_end_of_week),
    (r"\b(?:dit weekend|dit weekeinde|ce week end|this weekend|(?:am|dieses) wochenende|in het weekend|het weekend)\b",
     _read_weekend),
    (r"\b(?:week|semaine|kw|wk|kalenderwoche)\s?(?P<number>[0-5]?\d)\b(?!\s?(?:%|dagen|jours))", _read_week_number),
    (rf"\b(?:(?:{w.NEXT})\s(?:{w.MONTH_WORD})|(?:{w.MONTH_WORD})\s(?:{w.NEXT}))\b", _read_month),
    (rf"\b(?P<weekday>{w.WEEKDAY})\s?,?\s?(?:de |den |the |le |dem )?(?P<day>[0-3]?\d)(?:er|e|de|ste|st|nd|rd|th|\.)?"
     r"(?![\d/.:,h]|\s?(?:u\b|uur|h\b|heures|uhr|am\b|pm\b))", _read_day_of_month),
    (rf"\b(?:(?:{w.NEXT}|{w.THIS}|{w.LAST_BEFORE})\s)?(?P<weekday>{w.WEEKDAY})"
     rf"(?:\s(?:over een week|en huit|in einer woche|{w.NEXT}|{w.LAST}))?\b", _read_weekday),
    (rf"\b(?:{w.AFTER_TOMORROW}|{w.TOMORROW})\b", _read_tomorrow),
    (rf"\b(?:{w.BEFORE_YESTERDAY}|{w.YESTERDAY})\b", _read_yesterday),
    (rf"\b(?:{w.TODAY})\b", _read_today),
    (rf"\b(?P<count>\d{{1,3}}|{w.NUMBER}) (?P<unit>{'|'.join(w.UNITS.values())}) (?:{w.AGO})\b", _read_ago),
    (rf"\b(?:{w.AGO_BEFORE}) (?P<count>\d{{1,3}}|{w.NUMBER}) (?P<unit>{'|'.join(w.UNITS.values())})\b", _read_ago),
    (rf"\b(?:{w.WITHIN})\s(?:(?:de|the|les|nu en|le|den|maximum|max|a|komende|next|prochains|nachsten)\s)*"
     rf"(?P<count>\d{{1,3}}|{w.NUMBER})\s?(?:a \d+ |tot \d+ |bis \d+ )?(?P<unit>{'|'.join(w.UNITS.values())})\b"
     r"(?!\s(?:geleden|ago|te laat|termijn))", _read_within),
    (r"\b(?:sous|within|in|d ici|dans)\s(?:la\s|une\s|a\s)?(?P<count>)(?P<unit>huitaine|quinzaine|fortnight)\b",
     _read_within),
    (rf"\b(?:(?:{w.BEFORE})\s(?:de\s)?)?(?:{w.CHRISTMAS}|{w.NEW_YEAR})\b", _read_feast),
    (r"\b(?:(?:de|den|the|am|zum|dem|le|au)\s|(?:voor|tegen|op|rond|tot|by|before|until|bis|avant|vers)\s(?:de|den|the"
     rf"|le|zum|dem)\s)(?P<day>[0-3]?\d)(?:er|e|de|ste|st|nd|rd|th|\.)?{ENDS}", _read_day_of_month),
    (r"\b(?P<day>[0-3]?\d)(?:de|ste|th|st|nd|rd)\b(?!\s(?:keer|maal|fois|time|mal|rappel|herinnering|aanmaning|reminder"
     r"|mahnung|schijf|maand|stuk|factuur|invoice|maand))", _read_day_of_month),
)]
#: What names a stretch of days, not one.
VAGUE = {
    _read_part_of_month, _read_month_end, _read_month, _read_year_end, _read_week, _read_end_of_week, _read_weekend,
    _read_week_of, _read_named_month, _read_feast}
PAPER_BEFORE = re.compile(w.PAPER_BEFORE)
