"""How a customer has paid: the figures on a debtor's form in plain Python, against which the nightly SQL is checked.

Days are whole calendar days, negative when paid before the due date; amounts are in the company's currency. A figure
that cannot be told (no settled invoice, no limit) is None, never zero: zero is a customer who pays on time.
"""

import datetime
import math
from typing import NamedTuple

from ...models.debtor.dunning_debtor_refresh import EARLIER_MONTHS, RECENT_MONTHS


class Settled(NamedTuple):
    """One instalment of an invoice with nothing left to pay."""

    due: datetime.date
    paid: datetime.date  #: the day on which nothing was left to pay
    amount: float  #: of the instalment; not above zero (a refund): left out of every figure
    disputed: tuple = ()  #: (first day, last day) of each dispute, last day included; None: not ended when it was paid


class Behaviour(NamedTuple):
    """All figures of one customer."""

    count: int
    average_days: float | None
    weighted_days: float | None
    share_late: float | None
    amount_share_late: float | None
    worst_days: int | None
    spread_days: float | None
    recent_days: float | None
    earlier_days: float | None
    trend_days: float | None


def disputed_days(due, paid, disputes):
    """Days after the due date, up to and with the day of payment, on which any dispute was open; each counts once."""
    spans = sorted((max(first, due + datetime.timedelta(1)), min(last or paid, paid)) for first, last in disputes)
    total, until = 0, due
    for first, last in spans:
        first = max(first, until + datetime.timedelta(1))
        if last >= first:
            total += (last - first).days + 1
            until = last
    return total


def days_beyond_terms(item):
    """Days from due date to payment, less those under dispute: they never count against the customer.

    An invoice paid by its due date keeps its days; a dispute makes a late one at most punctual, never early.
    """
    days = (item.paid - item.due).days
    return days if days <= 0 else max(days - disputed_days(item.due, item.paid, item.disputed), 0)


def _counted(items):
    return [(days_beyond_terms(item), float(item.amount)) for item in items if item.amount > 0]


def average_days(items):
    """Mean days beyond terms, early payments counting negative (average days beyond terms of the credit trade)."""
    days = [day for day, _amount in _counted(items)]
    return math.fsum(days) / len(days) if days else None


def weighted_days(items):
    """Mean days beyond terms, each invoice by its amount: Σ days × amount / Σ amount.

    The credit bureaus' way: Experian's Days Beyond Terms and Dun & Bradstreet's PAYDEX are both weighted by amount, so
    that a large invoice paid late is not hidden by small ones paid early.
    """
    counted = _counted(items)
    total = math.fsum(amount for _day, amount in counted)
    return math.fsum(day * amount for day, amount in counted) / total if counted else None


def share_late(items, more_than=0):
    """Share (0 to 1) of the invoices paid more than so many days beyond terms."""
    counted = _counted(items)
    return sum(day > more_than for day, _amount in counted) / len(counted) if counted else None


def amount_share_late(items, more_than=0):
    """The same share, by amount."""
    counted = _counted(items)
    total = math.fsum(amount for _day, amount in counted)
    return math.fsum(amount for day, amount in counted if day > more_than) / total if counted else None


def worst_days(items):
    """Most days beyond terms; negative where every invoice was paid early."""
    return max((day for day, _amount in _counted(items)), default=None)


def spread_days(items):
    """Standard deviation of the days beyond terms (of the sample: n - 1); None for less than two invoices."""
    days = [day for day, _amount in _counted(items)]
    if len(days) < 2:
        return None
    mean = math.fsum(days) / len(days)
    return math.sqrt(math.fsum((day - mean) ** 2 for day in days) / (len(days) - 1))


def months_before(date, months):
    """The same day so many months earlier, or the last of that month where it has no such day (as PostgreSQL does)."""
    year, month = divmod(date.year * 12 + date.month - 1 - months, 12)
    for day in range(date.day, date.day - 4, -1):
        try:
            return datetime.date(year, month + 1, day)
        except ValueError:
            continue
    raise ValueError(date)


def trend(items, as_of):
    """(recent, earlier, change): mean days of what was paid in the six months before `as_of`, in the twelve before
    those, and how many days later the customer pays now; a change above zero is a customer who gets slower.

    Each None where nothing was paid in its months. What is paid on `as_of` or later is not seen.
    """
    border = months_before(as_of, RECENT_MONTHS)
    start = months_before(as_of, RECENT_MONTHS + EARLIER_MONTHS)
    recent = average_days(item for item in items if border <= item.paid < as_of)
    earlier = average_days(item for item in items if start <= item.paid < border)
    return recent, earlier, None if recent is None or earlier is None else recent - earlier


def behaviour(items, as_of):
    """All figures of one customer from what was paid before `as_of`."""
    items = [item for item in items if item.paid < as_of and item.amount > 0]
    return Behaviour(
        len(items), average_days(items), weighted_days(items), share_late(items), amount_share_late(items),
        worst_days(items), spread_days(items), *trend(items, as_of))


def relation_days(first_invoice, as_of):
    """Age of the relation: days since the first invoice's date; None without one, zero for one dated ahead."""
    return max((as_of - first_invoice).days, 0) if first_invoice else None


def share_of(some, others):
    """`some` of all: promises kept (others broken), disputes upheld (others not), payments returned (others held).

    None where there is neither.
    """
    return some / (some + others) if some + others else None


def limit_use(exposure, limit):
    """Exposure (open, overdue or not, and what is to be invoiced) over the credit limit: 1 at the limit, above beyond.

    None without a limit (zero is Odoo's «no limit»). What the company owes the customer is no exposure: at least 0.
    """
    return max(float(exposure), 0.0) / float(limit) if limit and limit > 0 else None


def best_possible_dso(not_due, sales, days):
    """Days of sales that are open and not due yet: not_due / sales × days. None without sales.

    Source: Credit Research Foundation, Metrics for Credit and Collections (best possible days sales outstanding).
    """
    return not_due / sales * days if sales > 0 else None


def average_days_delinquent(open_amount, not_due, sales, days):
    """Days sales outstanding less the best possible: open_amount / sales × days, less that of what is not due yet.

    What the ledger says of lateness while invoices are still open. None without sales. Source: as above.
    """
    return (open_amount - not_due) / sales * days if sales > 0 else None
