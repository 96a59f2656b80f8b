"""The history that lateness is learnt from: settings, and the sums by customer of what is known on a day.

The database makes the sums of a ledger (``dunning.lateness``), `lateness_invoices` those of a list of invoices.
"""

import math
from typing import NamedTuple


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
