"""The input of the lateness model: its settings, and the sums by customer of the history known on a day.

``dunning.lateness`` computes the sums of a ledger in the database, `lateness_invoices` those of a list of invoices.
"""

import math
from typing import NamedTuple


class Settings(NamedTuple):
    """Shipped values, and the number of invoices or customers for which each counts beside the ledger's own values.

    Origin of the values: the sample ledger on which the model was developed (1,277 invoices of a hundred customers of
    one year, terms of thirty days), rounded. The spreads are wider than in the sample, because other ledgers differ
    from it. The weights were chosen by forecasting each quarter of the sample from the invoices settled before it. The
    sample has no credit reports: their effect is set so that the best and the worst report lie twenty-five days apart,
    which is the range between the customers of the sample. A ledger with reports replaces it by its own value. The
    sample has no promises to pay either: their effect is set to about half of that range, and is not learnt.
    """

    half_life: float = 730.0  #: days after which a settled invoice counts half
    earliest: int = -60  #: lags are clipped to these bounds, days
    latest: int = 120
    outlier_spreads: float = 4.0  #: lags are clipped at this many spreads from the median; later ones are outliers
    outlier_chance: float = 0.002  #: share of outliers: invoices that were forgotten or lost
    outlier_invoices: float = 300.0
    outlier_days: float = 60.0  #: how much later than usual outliers are paid, on average
    outlier_days_invoices: float = 5.0
    recent: int = 90  #: the drift is learnt from invoices issued in this number of days

    level: float = 0.0  #: days
    level_customers: float = 4.0  #: the shipped level counts as this many customers
    between: float = 10.0  #: standard deviation of levels between customers, days
    report: float = 2.5  #: days that ten points of a credit report add to a customer's level
    report_deviation: float = 1.0
    segment_customers: float = 4.0  #: the ledger's mean counts as this many customers in a segment's mean
    noise: float = 7.0  #: standard deviation of one customer's lags, days
    noise_invoices: float = 10.0
    freedom: float = 10.0  #: the ledger's spread counts as this many invoices in a customer's spread
    change: float = 0.1  #: the next invoice's variance is larger than the past ones' by this share of the noise's

    electronic: float = -5.0  #: days
    electronic_deviation: float = 5.0  #: standard deviation of the effect about the shipped value, days
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
    customer_invoices: float = 2.0  #: the segment's share counts as this many invoices in a customer's share

    promise: float = 12.0  #: days between a customer that breaks every promise to pay and one that keeps each
    promises_kept: float = 0.7  #: share of promises that customers usually keep
    promises_known: float = 4.0  #: the usual share counts as this many promises in a customer's share


SHIPPED = Settings()

#: The amount (company currency) and term (days) at which the measures are zero. Customers' levels hold for them.
USUAL_AMOUNT, USUAL_TERM = 100.0, 30.0


def measures(amount, term):
    """(amount, term) in the units of the effects: natural logarithm of the amount, and months of thirty days."""
    return math.log(max(abs(amount), 1.0) / USUAL_AMOUNT), (min(max(term, 0), 180) - USUAL_TERM) / 30


class Sums:
    """Weighted sums over the invoices of one customer with the same values of electronic, disputed and recent."""

    __slots__ = ("n", "w", "ww", "y", "yy", "x", "xx", "xy", "t", "tt", "ty", "tx")

    def __init__(self, *values):
        (self.n, self.w, self.ww, self.y, self.yy, self.x, self.xx, self.xy, self.t, self.tt, self.ty, self.tx) = (
            values or (0.0,) * 12)

    def duplicate(self):
        return Sums(*(getattr(self, name) for name in self.__slots__))

    def add(self, n, w, y, x, t):
        """Add an invoice.

        :param n: its weight in the count of disputes
        :param w: its weight in all other sums
        :param y: lag, days
        :param x: measure of the amount
        :param t: measure of the term
        """
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
    """The input from which a model is learnt: sums by customer, open invoices, segment by customer."""

    def __init__(self):
        self.cells = {}  #: {debtor: {(electronic, disputed, recent): Sums}}
        self.open = []
        self.segments = {}
        self.reports = {}  #: {debtor: credit report, tens of points above the middle of its scale (-5 to 5)}
        self.deviation = None  #: of lags about their customer's median
        #: weighted: number of invoices, number of outliers, days of outliers beyond the median
        self.invoices = self.outliers = self.outlier_days = 0.0

    def count_outlier(self, weight, lag, bound):
        """Count an invoice in the share of outliers.

        :param bound: (least, most, median, reach) of its customer, see `bounds`; None: the customer has no bounds, and
            the invoice is not counted
        """
        if bound:
            self.invoices += weight
            if lag > bound[2] + bound[3]:
                self.outliers += weight
                self.outlier_days += weight * (lag - bound[2])
