"""Lateness learnt from a list of invoices instead of the ledger in the database.

No model calls this: the benchmark learns from a file with it, and tests check the sums of the database against it. It
stands here since the benchmark runs without Odoo, which the package of the tests loads.
"""

import datetime
import math
from collections import defaultdict
from statistics import median
from typing import NamedTuple

from .lateness import fit
from .lateness_history import SHIPPED, Open, Summary, Sums, measures


class Invoice(NamedTuple):
    """One invoice, or one instalment of it, of the history or to be judged."""

    debtor: object  #: any key
    issued: datetime.date
    due: datetime.date
    settled: datetime.date | None = None  #: when nothing was left to pay; None: open
    amount: float = 0.0  #: company currency
    electronic: bool = False  #: sent by mail, e-invoice or portal, not on paper
    disputed: bool | None = None  #: None: not known yet (open)
    segment: object = None  #: any key: country, legal form, band of the credit report, or several in a tuple


def bounds(lags, settings, deviation):
    """The bounds between which the lags of each customer count as they are; beyond them a lag counts as the bound.

    The bounds lie `settings.outlier` spreads from the customer's median. The spread is the median deviation of the
    ledger, or the customer's own if that is larger, times 1.4826, which makes it a standard deviation where lags are
    normal (F. R. Hampel, The Influence Curve and its Role in Robust Estimation, JASA 69 (1974), pages 383-393).
    Customers with one or two invoices have no bounds.

    :param lags: {debtor: [days]}
    :param deviation: the ledger's, where these are not all its customers; else None
    :return: ({debtor: (least, most, median, reach)}, the ledger's deviation), all in days
    """
    medians = {debtor: median(own) for debtor, own in lags.items() if len(own) > 2}
    away = {debtor: [abs(lag - medians[debtor]) for lag in lags[debtor]] for debtor in medians}
    everyone = [distance for own in away.values() for distance in own]
    if deviation is None:
        deviation = max(1.4826 * median(everyone), settings.noise / 2) if everyone else settings.noise
    told = {}
    for debtor, centre in medians.items():
        reach = settings.outlier * max(deviation, 1.4826 * median(away[debtor]))
        low, high = max(centre - reach, settings.earliest), min(centre + reach, settings.latest)
        told[debtor] = min(low, settings.latest), max(high, settings.earliest), centre, reach
    return told, deviation


def summarise(invoices, as_of, settings=SHIPPED, deviation=None):
    """The Summary of what is known at the start of the day `as_of`.

    An invoice settled before that day is known with its lag and whether it was disputed. One issued before and not
    settled yet is open: a later payment or dispute is not seen. Credit notes (amounts not above zero) and invoices
    issued later are left out.

    :param deviation: a model's, for the history of some of its ledger's customers
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
    told, summary.deviation = bounds(lags, settings, deviation)
    anyone = (settings.earliest, settings.latest)
    for (debtor, issued, due, settled, amount, electronic, disputed, _segment), lag in known:
        issued = issued.toordinal()
        low, high, *_rest = told.get(debtor, anyone)
        weight = math.exp(decay * (today - settled.toordinal()))
        if not disputed:
            summary.count_stray(weight, lag, told.get(debtor))
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
        low, high, *_rest = told.get(debtor, anyone)
        weight = math.exp(decay * max(lag, 0))
        if lag > high:
            summary.count_stray(weight, lag, told.get(debtor))
        # A dispute of an invoice that is settled by now may have come after `as_of`.
        seen = disputed if settled is None else None
        summary.open.append(Open(
            debtor, min(max(lag, low), high) - 0.5, weight, bool(electronic), today - issued <= settings.recent,
            *measures(amount, due.toordinal() - issued), seen))
    return summary


def learn(invoices, as_of, settings=SHIPPED):
    """The Lateness learnt from an iterable of Invoice, of which only what is known at the start of `as_of` is used."""
    return fit(summarise(invoices, as_of, settings), settings)
