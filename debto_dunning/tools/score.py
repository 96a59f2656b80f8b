"""Forecast of the payment of an invoice: the distribution of the days beyond the due date, and the score.

`lateness` computes the inputs. Days are whole days from due date to payment, negative when paid before it.
"""

import math
from typing import NamedTuple

#: The score is the mean of the chances of being paid more than these days late, in percent: a customer who always pays
#: five days late has 33, one who always pays a fortnight late 67, one who always pays after six weeks 100.
SCORE_DAYS = (0, 10, 30)


def student_tail(t, freedom):
    """P(T > t) of Student's distribution with `freedom` degrees, with an error below 0.001.

    Source: D. L. Wallace, Bounds on normal approximations to Student's and the chi-square distributions, Annals of
    Mathematical Statistics 30 (1959), pages 1121-1130: t is converted to the normal deviate of nearly the same
    probability.
    """
    deviate = (8 * freedom + 1) / (8 * freedom + 3) * math.sqrt(freedom * math.log1p(t * t / freedom))
    return 0.5 * math.erfc(math.copysign(deviate, t) / math.sqrt(2))


class Inputs(NamedTuple):
    """The inputs of the forecast of one invoice, in days unless noted otherwise."""

    level: float  #: mean of the segment, for an undisputed invoice on paper of usual amount and term
    history: float = 0.0  #: how much later this customer pays than its segment
    report: float = 0.0  #: what the credit report adds
    promises: float = 0.0  #: what promises to pay add that were not kept
    electronic: float = 0.0  #: what the way of sending adds
    amount: float = 0.0
    term: float = 0.0
    drift: float = 0.0  #: what the last months add for the whole ledger
    dispute: float = 0.0  #: what a dispute adds
    disputed: float = 0.0  #: chance of a dispute, 0 to 1
    spread: float = 1.0  #: spread of an undisputed invoice, the uncertainty of the level included
    disputed_spread: float = 1.0
    freedom: float = 10.0  #: degrees of freedom; fewer when the spread is less certain
    outlier_chance: float = 0.0  #: chance, 0 to 1, that it is forgotten or lost and paid far later than usual
    outlier_days: float = 60.0  #: how much later it is paid then


class Forecast:
    """Distribution of the days from due date to payment of one invoice.

    A mixture of three Student distributions: undisputed, disputed, and forgotten. `at_least`: for an open invoice, the
    days since its due date (negative: before it); the distribution is then conditional on a payment not before that
    day.
    """

    __slots__ = ("inputs", "at_least", "_parts", "_survived")

    def __init__(self, inputs, at_least=None):
        self.inputs = inputs
        self.at_least = at_least
        middle = (inputs.level + inputs.history + inputs.report + inputs.promises + inputs.electronic + inputs.amount
            + inputs.term + inputs.drift)
        self._parts = tuple(
            (share, centre, spread)
            for share, centre, spread in (
                ((1 - inputs.outlier_chance) * (1 - inputs.disputed), middle, inputs.spread),
                ((1 - inputs.outlier_chance) * inputs.disputed, middle + inputs.dispute, inputs.disputed_spread),
                (inputs.outlier_chance, middle + inputs.outlier_days, max(inputs.spread, inputs.outlier_days / 2)),
            )
            if share > 0
        )
        # Days are whole and the distribution is continuous: a day stands for half a day before it to half a day after.
        self._survived = 1.0 if at_least is None else max(self._tail(at_least - 0.5), 1e-300)

    def _tail(self, days):
        freedom = self.inputs.freedom
        return sum(share * student_tail((days - centre) / spread, freedom) for share, centre, spread in self._parts)

    def chance_later(self, days):
        """P(paid more than `days` days after the due date), 0 to 1; `days` may be negative."""
        if self.at_least is not None and days < self.at_least:
            return 1.0
        return min(1.0, self._tail(days + 0.5) / self._survived)

    def quantile(self, share):
        """The first day (counted from the due date) by which it is paid with a chance of at least `share` (0 to 1)."""
        low = -400 if self.at_least is None else self.at_least
        high = max(low, 0) + 1
        step = 16
        while 1 - self.chance_later(high) < share and step < 1 << 16:
            low, high, step = high, high + step, step * 2
        low -= 1
        while high - low > 1:
            middle = (low + high) // 2
            if 1 - self.chance_later(middle) >= share:
                high = middle
            else:
                low = middle
        return high

    @property
    def p50(self):
        return self.quantile(0.5)

    @property
    def p90(self):
        return self.quantile(0.9)

    @property
    def score(self):
        """Risk from 0 (safe) to 100; see SCORE_DAYS."""
        return 100 * sum(map(self.chance_later, SCORE_DAYS)) / len(SCORE_DAYS)


#: The inputs that are explained together, as (name, fields of Inputs).
GROUPS = (
    ("segment", ("level",)),
    ("history", ("history",)),
    ("report", ("report",)),
    ("promises", ("promises",)),
    ("disputes", ("disputed", "dispute", "disputed_spread")),
    ("electronic", ("electronic",)),
    ("amount", ("amount",)),
    ("term", ("term",)),
    ("drift", ("drift",)),
    ("spread", ("spread", "freedom", "outlier_chance", "outlier_days")),
)


def explain(inputs, usual):
    """How many points each input adds to the score of the `usual` invoice.

    The points sum up to the difference of the two scores. Each is the mean of two changes of the score: when the
    inputs are changed in the order of GROUPS, and in the reverse order (the Shapley value over these two orders).
    Inputs that change nothing are left out.

    :return: [(name of GROUPS, points), …], the largest effect first
    """
    points = dict.fromkeys((name for name, _fields in GROUPS), 0.0)
    for order in (GROUPS, GROUPS[::-1]):
        state, before = usual, Forecast(usual).score
        for name, fields in order:
            state = state._replace(**{field: getattr(inputs, field) for field in fields})
            after = Forecast(state).score
            points[name] += (after - before) / 2
            before = after
    moved = [(name, value) for name, value in points.items() if abs(value) > 1e-9]
    return sorted(moved, key=lambda pair: (-abs(pair[1]), pair[0]))
