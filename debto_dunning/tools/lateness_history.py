"""The history that lateness is learnt from: invoices, what of them is known on a day, and its sums by customer.

A database can make the same sums, given each customer's median lag: `Sums.add` is all that is asked of each settled
invoice, `Open` of each open one.
"""

import datetime
import math
from collections import defaultdict
from typing import NamedTuple


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


class Settings(NamedTuple):
    """Shipped values, and how many invoices or customers they count for beside the ledger's own.

    Origin of the values: the sample ledger on which the model was developed (1,277 invoices of a hundred customers of
    one year, terms of thirty days), rounded; spreads widened, since a stranger's ledger is another one.
    The weights were chosen there, by judging each quarter's invoices from what was settled before them. No ledger with
    credit reports was at hand: what these add is set so that the best report and the worst lie twenty-five days apart,
    which is what lies between the customers of the sample, and yields to a ledger that says otherwise.
    """

    half_life: float = 730.0  #: days after which a settled invoice counts half
    earliest: int = -60  #: lags beyond these bounds count as the bound, days
    latest: int = 120
    outlier: float = 4.0  #: so many spreads from the customer's median a lag counts no further: it is a stray
    stray: float = 0.002  #: share of invoices that are paid so late, forgotten or lost
    stray_invoices: float = 300.0
    stray_days: float = 60.0  #: how much later than usual they are, on average
    stray_number: float = 5.0
    recent: int = 90  #: days: invoices issued since show the drift

    level: float = 0.0  #: days
    level_customers: float = 4.0  #: counts as so many customers
    between: float = 10.0  #: standard deviation of levels between customers, days
    report: float = 2.5  #: days by which ten points of a credit report put a customer's level off
    report_deviation: float = 1.0
    segment_customers: float = 4.0  #: a segment's own mean is drawn to the ledger's by so many customers
    noise: float = 7.0  #: standard deviation of one customer's lags, days
    noise_invoices: float = 10.0
    freedom: float = 10.0  #: a customer's spread is drawn to the ledger's by so many invoices
    change: float = 0.1  #: the next invoice's variance is larger than the past ones' by this share of the noise's

    electronic: float = -5.0  #: days
    electronic_deviation: float = 5.0  #: how far from the shipped value an effect may well lie, days
    amount_deviation: float = 1.0  #: for an amount 2.7 times as high
    term_deviation: float = 3.0  #: for a term thirty days longer
    drift_deviation: float = 1.0
    dispute: float = 14.0
    dispute_deviation: float = 7.0
    dispute_between: float = 4.0  #: standard deviation, between customers, of what a dispute adds
    dispute_noise: float = 1.3  #: spread of disputed invoices, times that of others

    disputed: float = 0.1  #: share of invoices that are disputed
    disputed_invoices: float = 20.0
    segment_invoices: float = 20.0
    customer_invoices: float = 2.0  #: a customer's own share is drawn to its segment's by so many invoices


SHIPPED = Settings()

#: An amount's measure is zero there, so that sums stay small; customers' levels are told at this amount and term.
USUAL_AMOUNT, USUAL_TERM = 100.0, 30.0


def measures(amount, term):
    """(amount, term) as the effects count them: natural logarithm, and months of thirty days."""
    return math.log(max(abs(amount), 1.0) / USUAL_AMOUNT), (min(max(term, 0), 180) - USUAL_TERM) / 30


class Sums:
    """Weighted sums over the invoices of one customer that are alike in electronic, disputed and recent."""

    __slots__ = ("n", "w", "ww", "y", "yy", "x", "xx", "xy", "t", "tt", "ty", "tx")

    def __init__(self, *values):
        (self.n, self.w, self.ww, self.y, self.yy, self.x, self.xx, self.xy, self.t, self.tt, self.ty, self.tx) = (
            values or (0.0,) * 12)

    def duplicate(self):
        return Sums(*(getattr(self, name) for name in self.__slots__))

    def add(self, n, w, y, x, t):
        """`n` weight in the count of disputes, `w` in all else; `y` lag, `x`, `t` measures of amount and term."""
        wy, wx, wt = w * y, w * x, w * t
        self.n += n
        self.w += w
        self.ww += w * w
        self.y += wy
        self.yy += wy * y
        self.x += wx
        self.xx += wx * x
        self.xy += wx * y
        self.t += wt
        self.tt += wt * t
        self.ty += wt * y
        self.tx += wt * x

    def residual(self, effects, electronic, recent):
        """(weighted sum, weighted sum of squares) of the lags less the effects."""
        fixed = effects.electronic * electronic + effects.drift * recent
        b, c = effects.amount, effects.term
        total = self.y - fixed * self.w - b * self.x - c * self.t
        squares = (
            self.yy + fixed * fixed * self.w + b * b * self.xx + c * c * self.tt
            + 2 * (fixed * (b * self.x + c * self.t) + b * c * self.tx - fixed * self.y - b * self.xy - c * self.ty)
        )
        return total, max(squares, 0.0)


class Open(NamedTuple):
    """An open invoice in the history: at least `lag` days beyond its due date."""

    debtor: object
    lag: float
    weight: float
    electronic: bool
    recent: bool
    x: float
    t: float
    disputed: bool | None


class Summary:
    """What a model is learnt from: sums by customer, open invoices, segment by customer."""

    def __init__(self):
        self.cells = {}  #: {debtor: {(electronic, disputed, recent): Sums}}
        self.open = []
        self.segments = {}
        self.reports = {}  #: {debtor: credit report, tens of points above the middle of its scale (-5 to 5)}
        self.deviation = None  #: of lags about their customer's median
        self.invoices = self.strays = self.stray_days = 0.0  #: all, strays, days of these; weighted

    def count_stray(self, weight, lag, bound):
        """`bound`: of `bounds`, None where nobody can say what is odd."""
        if bound:
            self.invoices += weight
            if lag > bound[2] + bound[3]:
                self.strays += weight
                self.stray_days += weight * (lag - bound[2])


def middle(values):
    """The median."""
    values = sorted(values)
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def bounds(lags, settings, deviation):
    """({debtor: (least, most, median, reach)}, the ledger's deviation): between least and most a lag counts as it is.

    One forgotten invoice is no habit: what lies beyond counts as the bound, and as a stray.
    So many spreads about the customer's median, where the spread is the ledger's median deviation or the customer's
    own if that is larger, times 1.4826 (which makes it a standard deviation where lags are normal: F. R. Hampel, The
    Influence Curve and its Role in Robust Estimation, JASA 69 (1974), pages 383-393). Of one or two invoices nobody
    can say which one is odd. `deviation`: the ledger's, where these are not all its customers.
    """
    medians = {debtor: middle(own) for debtor, own in lags.items() if len(own) > 2}
    away = {debtor: [abs(lag - median) for lag in lags[debtor]] for debtor, median in medians.items()}
    everyone = [distance for own in away.values() for distance in own]
    if deviation is None:
        deviation = max(1.4826 * middle(everyone), settings.noise / 2) if everyone else settings.noise
    told = {}
    for debtor, median in medians.items():
        reach = settings.outlier * max(deviation, 1.4826 * middle(away[debtor]))
        low, high = max(median - reach, settings.earliest), min(median + reach, settings.latest)
        told[debtor] = min(low, settings.latest), max(high, settings.earliest), median, reach
    return told, deviation


def summarise(invoices, as_of, settings=SHIPPED, deviation=None):
    """The Summary of what is known at the start of the day `as_of`.

    What was settled before that day is known with its lag and whether it was disputed; what was issued before and not
    settled yet is open, and of a later payment or dispute nothing is seen. Credit notes (amounts not above zero) and
    invoices issued later are left out. `deviation`: a model's, for the history of some of its ledger's customers.
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
