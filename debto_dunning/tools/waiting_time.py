"""When the term of a notice ends: plain dates, without database.

A law says on which day a notice counts as arrived, on which day its term begins, how long it runs and whether an end
on a weekend or a holiday moves. Days are `datetime.date`, countries ISO codes of two letters.
"""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import holidays

DAY = timedelta(days=1)
MONDAY, SATURDAY, SUNDAY = 0, 5, 6

#: Weekdays on which nothing is counted (`date.weekday()`). Belgium: whether Saturday is a working day is not settled,
#: so it is not counted. Netherlands: the post brings no ordinary letters on Sundays and Mondays.
DAYS_OFF = {"working": frozenset({SATURDAY, SUNDAY}), "dutch_post": frozenset({SUNDAY, MONDAY})}
#: What counts beside public holidays: 5 May is a day off in the Netherlands only for some (the library: optional).
CATEGORIES = {"NL": ("public", "optional")}


class Rule(NamedTuple):
    """How a law counts the term after a notice."""

    post_days: int  #: a letter arrives on this day after posting, counted in days of `post_calendar`
    post_calendar: str  #: a key of DAYS_OFF
    email_days: int  #: an e-mail arrives so many calendar days after it was sent
    begins_after: bool  #: the term begins on the day after the arrival; else on that day itself
    days: int  #: calendar days of the term; 0: none
    moves: bool  #: an end on a Saturday, Sunday or holiday moves to the next working day
    counts_delivery: bool = False  #: a day of proved delivery counts as the arrival
    email_safe_days: int = 0  #: an e-mail without proof of delivery: the term ends so many days after it was sent at
    # the earliest


class Term(NamedTuple):
    """The term of one notice; `last` is the last day on which the debtor pays in time."""

    arrived: date
    first: date
    last: date

    @property
    def over(self):
        """The first day after the term: from it on may be charged what the notice announced."""
        return self.last + DAY


@cache
def holidays_of(country, year):
    """The holidays of a whole country in a year, as a set of days; empty where the library does not know the country.

    Good Friday and 5 May count in the Netherlands (Algemene termijnenwet art. 3, read in the debtor's favour).
    """
    if not country or country not in holidays.list_supported_countries(include_aliases=False):
        return frozenset()
    return frozenset(holidays.country_holidays(
        country, years=year, categories=CATEGORIES.get(country)))


def is_counted(day, country, calendar="working"):
    """Whether `day` is one of `calendar` (a key of DAYS_OFF) and no holiday of `country`.

    :raises KeyError: for a calendar that is not in DAYS_OFF
    """
    return day.weekday() not in DAYS_OFF[calendar] and day not in holidays_of(country, day.year)


def counted_day(day, number, country, calendar="working"):
    """The `number`-th counted day after `day`; `day` itself for 0.

    Code of Economic Law art. XIX.2 (Belgium): the third working day after posting. Netherlands: the second day on
    which the post is brought.
    """
    while number > 0:
        day += DAY
        number -= is_counted(day, country, calendar)
    return day


def next_working_day(day, country):
    """`day`, or where it is no working day the next one (Algemene termijnenwet art. 1)."""
    while not is_counted(day, country):
        day += DAY
    return day


def arrival(sent, medium, rule, country):
    """The day on which a notice counts as arrived.

    :param sent: the day of posting, or on which the mail server accepted it
    :param medium: "post" or "email"
    :raises ValueError: for another medium: no law takes it for a notice
    """
    if medium == "post":
        return counted_day(sent, rule.post_days, country, rule.post_calendar)
    if medium == "email":
        return sent + rule.email_days * DAY
    raise ValueError(f"a notice goes by post or by e-mail, not by {medium!r}")


def term(sent, medium, rule, country, delivered=None):
    """The :class:`Term` of a notice; parameters and errors as :func:`arrival`.

    Belgium: from the third working day after posting or the calendar day after an e-mail, 14 days (art. XIX.2).
    Netherlands: fifteen days from the day after the delivery, moved where they end on a weekend or holiday; the
    creditor proves the delivery (ECLI:NL:HR:2016:2704), and three weeks after the sending are safe.

    :param delivered: the day of proved delivery; None where nothing is proved
    """
    is_proved = bool(delivered and rule.counts_delivery)
    arrived = delivered if is_proved else arrival(sent, medium, rule, country)
    first = arrived + rule.begins_after * DAY
    last = first + (rule.days - 1) * DAY
    if medium == "email" and rule.days and not is_proved:
        last = max(last, sent + rule.email_safe_days * DAY)
    if rule.moves and rule.days:
        last = next_working_day(last, country)
    return Term(arrived, first, last)


def after_months(day, months):
    """The first day after so many whole calendar months that follow `day`.

    Luxembourg, law of 18 April 2004: interest after the third month following the delivery. Read in the debtor's
    favour: delivered on 10 January, the third month that follows is April, interest runs from 1 May.
    """
    month = day.year * 12 + day.month + months
    return date(month // 12, month % 12 + 1, 1)
