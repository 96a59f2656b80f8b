"""Interest for late payment over changing rates. Plain decimals, without database.

Days are `datetime.date`, rates percent a year, amounts Decimals in one currency. A year has 365 days, leap years too:
where the law is silent the program takes the reading that asks less. Whole sums are kept until the end; only what is
handed back is rounded, half up.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import NamedTuple

CENT = Decimal("0.01")
ZERO = Decimal(0)
DAY = timedelta(days=1)
#: Percent times the days of a year: amount × rate × days is divided by it.
YEAR = Decimal(36500)
#: Wide enough for every product of amount, rate and days without a loss; compounding divides once a year.
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class Rate(NamedTuple):
    """A yearly rate from `start` to `end`, both included; `end` None: until the next one.

    A day without a rate bears nothing: what is not known is not charged.
    """

    start: date
    end: date | None
    percent: Decimal


class Stretch(NamedTuple):
    """Days that bear interest alike, both ends included; `percent` None: the rate is not known, `amount` is zero."""

    start: date
    end: date
    percent: Decimal | None
    base: Decimal
    amount: Decimal  #: rounded so that the stretches add up to the whole

    @property
    def days(self):
        return (self.end - self.start).days + 1


class Interest(NamedTuple):
    """Interest and how it came about; `exact` is what was rounded to `amount`."""

    amount: Decimal
    stretches: tuple
    exact: Decimal


def round_half_up(amount, cent=CENT):
    """`amount` in whole `cent`, half a cent upwards."""
    return EXACT.quantize(EXACT.divide(amount, cent), Decimal(1)) * cent


def interest(principal, first, last, rates, reductions=(), credited=ZERO, compounds=False, cent=CENT):
    """Interest on `principal` from the day `first` to the day `last`, both included.

    Simple: principal × rate × days / 365, by stretches of equal rate (BE law of 2 August 2002 art. 5; BGB § 288, no
    compounding § 289; Code de commerce L441-10; Directive 2011/7/EU). Compound: the interest of each full year since
    `first` bears interest too (BW 6:119(2), 6:119a), while principal is left.

    :param rates: Rates sorted by start; a negative one counts as zero
    :param reductions: [(day, amount)] of principal paid; the day of the payment still bears interest on it
    :param credited: what credit notes took off; it bears no interest from the start on
    :param cent: the currency's smallest part
    :return: :class:`Interest`, zero where `last` lies before `first`
    """
    with localcontext(EXACT):
        paid = _by_day(reductions)
        left = max(principal - credited - sum((paid.pop(day) for day in sorted(paid) if day < first), ZERO), ZERO)
        sum_of_products = capital = ZERO
        found = []
        years = anniversaries(first, last) if compounds else ()
        for start, end, percent in stretches(first, last, rates, {day + DAY for day in paid} | set(years)):
            left = max(left - paid.pop(start - DAY, ZERO), ZERO)
            if start in years:
                capital = sum_of_products / YEAR
            base = left + capital if left else ZERO
            before, sum_of_products = sum_of_products, sum_of_products + yearly_product(base, percent, start, end)
            if base:
                shown = round_half_up(sum_of_products / YEAR, cent) - round_half_up(before / YEAR, cent)
                found.append(Stretch(start, end, percent, base, shown))
        exact = sum_of_products / YEAR
        return Interest(round_half_up(exact, cent), tuple(found), exact)


def joined(parts):
    """Stretches that follow each other at the same rate on the same base as one; the amounts stay the same in all."""
    found = []
    for part in parts:
        before = found[-1] if found else None
        if before and (before.end + DAY, before.percent, before.base) == (part.start, part.percent, part.base):
            found[-1] = before._replace(end=part.end, amount=before.amount + part.amount)
        else:
            found.append(part)
    return tuple(found)


def stretches(first, last, rates, cuts=()):
    """Days from `first` to `last` in stretches of equal rate, as (start, end, percent or None where none is known).

    :param cuts: days on which a new stretch begins whatever the rate
    """
    starts = {first, *(day for day in cuts if first < day <= last)}
    for rate in rates:
        starts.update(day for day in (rate.start, rate.end and rate.end + DAY) if day and first < day <= last)
    starts = sorted(starts) if first <= last else []
    for start, following in zip(starts, [*starts[1:], last + DAY], strict=False):
        yield start, following - DAY, rate_on(start, rates)


def rate_on(day, rates):
    """The percentage that holds on a day: of the newest Rate begun, None where it has ended or none has begun."""
    found = None
    for rate in rates:
        if rate.start > day:
            break
        found = rate
    return found.percent if found and (found.end is None or day <= found.end) else None


def raised(rates, points):
    """`rates` with so many percentage points more (a law's margin on a reference rate)."""
    return tuple(rate._replace(percent=rate.percent + points) for rate in rates)


def suspended(rates, periods):
    """`rates`, but zero on the days of `periods`, on which no interest runs.

    :param periods: [(first day, last day)]; the last day None: until further notice
    """
    for first, last in sorted(periods, key=lambda period: period[0]):
        after = last and last + DAY
        kept = [rate for rate in rates if rate.start < first or after and rate.start >= after]
        resumed = rate_on(after, rates) if after else None
        if resumed is not None and not any(rate.start == after for rate in kept):
            end = next(rate.end for rate in reversed(rates) if rate.start <= after)
            kept.append(Rate(after, end, resumed))
        rates = tuple(sorted((*kept, Rate(first, last, ZERO)), key=lambda rate: rate.start))
    return tuple(rates)


def capped(rates, caps):
    """`rates`, nowhere above `caps`; a day on which one of the two is not known has none.

    Belgium, Code of Economic Law art. XIX.4: interest of a clause at most at the rate of the law of 2 August 2002.
    """
    starts = sorted({day for rate in (*rates, *caps) for day in (rate.start, rate.end and rate.end + DAY) if day})
    found = []
    for start, following in zip(starts, [*starts[1:], None], strict=False):
        percents = rate_on(start, rates), rate_on(start, caps)
        if None not in percents:
            found.append(Rate(start, following and following - DAY, min(percents)))
    return tuple(found)


def anniversaries(first, last):
    """The first day of each further year of default up to `last`; 29 February has its day on 1 March."""
    found = []
    for year in range(first.year + 1, last.year + 1):
        try:
            day = first.replace(year=year)
        except ValueError:
            day = date(year, 3, 1)
        if day <= last:
            found.append(day)
    return tuple(found)


def yearly_product(base, percent, start, end):
    """Base × rate × days: interest in units of 1 / YEAR. A rate that is not known or negative counts as zero."""
    return base * max(percent or ZERO, ZERO) * ((end - start).days + 1)


def _by_day(amounts):
    by_day = defaultdict(lambda: ZERO)
    for day, amount in amounts:
        by_day[day] += amount
    return by_day
