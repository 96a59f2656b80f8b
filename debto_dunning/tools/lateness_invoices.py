"""Lateness learnt from a list of invoices instead of the ledger in the database.

The addon itself does not use this module. The benchmark learns from a file with it, and tests check the sums of the
database against it. It is not among the tests because the benchmark runs without Odoo, which the tests need.
"""

import datetime
import math
from collections import defaultdict
from statistics import median
from typing import NamedTuple

from .lateness import fit
from .lateness_history import SHIPPED, Open, Summary, Sums, measures


class Invoice(NamedTuple):
    """One invoice, or one instalment of it."""

    debtor: object  #: key of the customer
    issued: datetime.date
    due: datetime.date
    settled: datetime.date | None = None  #: when nothing was left to pay; None: open
    amount: float = 0.0  #: company currency
    electronic: bool = False  #: sent by mail, e-invoice or portal, not on paper
    disputed: bool | None = None  #: None: not known yet (open)
    segment: object = None  #: any key: country, legal form, band of the credit report, or several in a tuple


def bounds(lags, settings, deviation):
    """The bounds to which the lags of each customer are clipped.

    The bounds lie `settings.outlier_spreads` spreads from the customer's median. The spread is the median deviation of
    the ledger, or the customer's own if that is larger, times 1.4826. With this factor it equals the standard
    deviation where lags are normal (F. R. Hampel, The Influence Curve and its Role in Robust Estimation, JASA 69
    (1974), pages 383-393). Customers with one or two invoices have no bounds.

    :param lags: {debtor: [days]}
    :param deviation: that of the ledger where `lags` does not have all its customers; else None
    :return: ({debtor: (least, most, median, reach)}, deviation of the ledger), all in days
    """
    medians = {debtor: median(own) for debtor, own in lags.items() if len(own) > 2}
    away = {debtor: [abs(lag - medians[debtor]) for lag in lags[debtor]] for debtor in medians}
    everyone = [distance for own in away.values() for distance in own]
    if deviation is None:
        deviation = max(1.4826 * median(everyone), settings.noise / 2) if everyone else settings.noise
    bounds_of = {}
    for debtor, centre in medians.items():
        reach = settings.outlier_spreads * max(deviation, 1.4826 * median(away[debtor]))
        low, high = max(centre - reach, settings.earliest), min(centre + reach, settings.latest)
        bounds_of[debtor] = min(low, settings.latest), max(high, settings.earliest), centre, reach
    return bounds_of, deviation


def summarise(invoices, as_of, settings=SHIPPED, deviation=None):
    """The Summary of the invoices as known at the start of the day `as_of`.

    An invoice settled before that day counts with its lag and whether it was disputed. An invoice issued before that
    day and settled later counts as open, and a later dispute does not count. Credit notes (amounts not above zero) and
    invoices issued later are left out.

    :param deviation: `Lateness.deviation`, where these are the invoices of some customers of its ledger only
    """
    summary = Summary()
    today = as_of.toordinal()
    decay = -math.log(2) / settings.half_life
    known, pending, lags = [], [], defaultdict(list)
    for invoice in invoices:
        debtor, issued, due, settled, amount, _electronic, _disputed, segment = invoice
        if issued < as_of and amount > 0:
            summary.segments[debtor] = segment
            if settled is not None and settled < as_of:
                lag = (settled - due).days
                lags[debtor].append(lag)
                known.append((invoice, lag))
            else:
                pending.append((invoice, today - due.toordinal()))
    bounds_of, summary.deviation = bounds(lags, settings, deviation)
    anyone = (settings.earliest, settings.latest)
    for (debtor, issued, due, settled, amount, electronic, disputed, _segment), lag in known:
        issued = issued.toordinal()
        low, high, *_rest = bounds_of.get(debtor, anyone)
        weight = math.exp(decay * (today - settled.toordinal()))
        if not disputed:
            summary.count_outlier(weight, lag, bounds_of.get(debtor))
        own = summary.cells.get(debtor)
        if own is None:
            own = summary.cells[debtor] = {}
        key = (bool(electronic), bool(disputed), today - issued <= settings.recent)
        sums = own.get(key)
        if sums is None:
            sums = own[key] = Sums()
        sums.add(weight, weight, min(max(lag, low), high), *measures(amount, due.toordinal() - issued))
    for (debtor, issued, due, settled, amount, electronic, disputed, _segment), lag in pending:
        issued = issued.toordinal()
        low, high, *_rest = bounds_of.get(debtor, anyone)
        weight = math.exp(decay * max(lag, 0))
        if lag > high:
            summary.count_outlier(weight, lag, bounds_of.get(debtor))
        # The dispute of an invoice that was settled after `as_of` may be of a later day too.
        known_dispute = disputed if settled is None else None
        summary.open.append(Open(
            debtor, min(max(lag, low), high) - 0.5, weight, bool(electronic), today - issued <= settings.recent,
            *measures(amount, due.toordinal() - issued), known_dispute))
    return summary


def learn(invoices, as_of, settings=SHIPPED):
    """Learn from an iterable of Invoice, as known at the start of the day `as_of`.

    :return: Lateness
    """
    return fit(summarise(invoices, as_of, settings), settings)
