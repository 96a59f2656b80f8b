"""The arithmetic of `lateness`: computes effects, levels, spreads and chances of a dispute from sums of invoices."""

import math
from collections import defaultdict
from typing import NamedTuple

from .lateness_history import SHIPPED, Sums


class Customer(NamedTuple):
    """The values of one customer in the model."""

    segment: object
    known: float  #: weighted number of invoices, older ones counting less
    level: float
    level_variance: float
    dispute: float  #: days that a dispute adds
    disputed_variance: float  #: of level and dispute together
    disputed: float  #: chance of a dispute
    spread: float
    freedom: float
    report: float = 0.0  #: days that the credit report adds to the level of its segment
    promises: float = 0.0  #: days that promises add that were not kept, see `lateness.promise_days`


class Effects(NamedTuple):
    """Days that traits of an invoice add to its lag."""

    electronic: float
    drift: float  #: issued in the last months
    dispute: float
    amount: float  #: for a unit of the measure
    term: float


def solve(matrix, right):
    """The solution of a small symmetric positive definite system (Gauss)."""
    size = len(right)
    rows = [list(row) + [value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        for j in range(i + 1, size):
            factor = rows[j][i] / rows[i][i]
            for k in range(i, size + 1):
                rows[j][k] -= factor * rows[i][k]
    solution = [0.0] * size
    for i in reversed(range(size)):
        solution[i] = (rows[i][size] - sum(rows[i][k] * solution[k] for k in range(i + 1, size))) / rows[i][i]
    return solution


def hazard(z):
    """φ(z) / (1 - Φ(z)) of the normal distribution."""
    if z > 25:
        return z + 1 / z
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / (0.5 * math.erfc(z / math.sqrt(2)))


class Fit:
    """The values learnt from a ledger: those of the whole ledger, and those of each customer."""

    #: Names of the values of the whole ledger.
    LEDGER = (
        "effects", "noise", "freedom", "dispute_noise", "level", "levels", "report", "between", "dispute_between",
        "disputed", "shares", "customer_invoices", "outlier_chance", "outlier_days", "deviation", "usual")

    def __init__(self, settings=SHIPPED):
        self.settings = s = settings
        self.effects = Effects(s.electronic, 0.0, s.dispute, 0.0, 0.0)
        self.noise, self.freedom = s.noise, s.freedom
        self.dispute_noise = s.dispute_noise
        self.level, self.levels, self.report = s.level, {}, s.report
        self.between, self.dispute_between = s.between, s.dispute_between
        self.disputed, self.shares, self.customer_invoices = s.disputed, {}, s.customer_invoices
        self.outlier_chance, self.outlier_days, self.deviation = s.outlier_chance, s.outlier_days, s.noise
        self.customers = {}
        #: Means over the ledger of electronic, and of the measures of amount and term.
        self.usual = (0.0, 0.0, 0.0)

    def _fit(self, cells, summary, spreads):
        """Compute all values from the sums.

        :param cells: {debtor: {(electronic, disputed, recent): Sums}}
        :param spreads: compute the spreads too; only for sums of settled invoices alone
        """
        segments, reports = summary.segments, summary.reports
        self._fit_effects(cells)
        residuals = {debtor: self._residuals(own) for debtor, own in cells.items()}
        if spreads:
            self._fit_noise(residuals)
        self._fit_levels(residuals, segments, reports, spreads)
        self._fit_shares(residuals, segments, spreads)
        self.customers = {
            debtor: self._customer(segments.get(debtor), reports.get(debtor), *pair)
            for debtor, pair in residuals.items()}

    def _fit_outliers(self, summary):
        """Compute the share of outliers and how many days later than usual they are paid."""
        s = self.settings
        self.deviation = summary.deviation
        self.outlier_chance = (s.outlier_invoices * s.outlier_chance + summary.outliers) / (
            s.outlier_invoices + summary.invoices)
        self.outlier_days = (s.outlier_days_invoices * s.outlier_days + summary.outlier_days) / (
            s.outlier_days_invoices + summary.outliers)

    def _fit_customers(self, cells, summary):
        for debtor, own in cells.items():
            self.customers[debtor] = self._customer(
                summary.segments.get(debtor), summary.reports.get(debtor), *self._residuals(own))

    def _fit_effects(self, cells):
        """Compute the effects from differences within customers, drawn to the shipped values (ridge regression)."""
        s = self.settings
        shipped = (s.electronic, 0.0, s.dispute, 0.0, 0.0)
        deviations = (
            s.electronic_deviation, s.drift_deviation, s.dispute_deviation, s.amount_deviation, s.term_deviation)
        discount = 1 / self.dispute_noise**2
        matrix = [[0.0] * 5 for _ in range(5)]
        right = [0.0] * 5
        usual = [0.0] * 4
        for own in cells.values():
            total = lags = 0.0
            first = [0.0] * 5
            for (electronic, disputed, recent), cell in own.items():
                f = discount if disputed else 1.0
                w, y, x, t = f * cell.w, f * cell.y, f * cell.x, f * cell.t
                total += w
                lags += y
                first[3] += x
                first[4] += t
                matrix[3][3] += f * cell.xx
                matrix[4][4] += f * cell.tt
                matrix[4][3] += f * cell.tx
                right[3] += f * cell.xy
                right[4] += f * cell.ty
                flags = [i for i, flag in enumerate((electronic, recent, disputed)) if flag]
                for i in flags:
                    first[i] += w
                    right[i] += y
                    matrix[3][i] += x
                    matrix[4][i] += t
                    for j in flags:
                        matrix[i][j] += w
            usual = [a + b for a, b in zip(usual, (total, first[0], first[3], first[4]), strict=True)]
            for i, value in enumerate(first):
                if value and total:
                    share = value / total
                    right[i] -= share * lags
                    for j in range(i + 1):
                        matrix[i][j] -= share * first[j]
        for i in range(5):
            precision = (self.noise / deviations[i]) ** 2
            matrix[i][i] += precision
            right[i] += precision * shipped[i]
            for j in range(i):
                matrix[j][i] = matrix[i][j]
        self.effects = Effects(*solve(matrix, right))
        if usual[0]:
            self.usual = tuple(value / usual[0] for value in usual[1:])

    def _residuals(self, own):
        """Sums over the residuals (lags less all effects) of one customer.

        :param own: {(electronic, disputed, recent): Sums} of the customer
        :return: (undisputed, disputed) invoices, each as (number, weight, sum of squared weights, mean residual,
            weighted sum of squares about the mean)
        """
        pair = []
        for wanted in (False, True):
            n = w = ww = total = squares = 0.0
            for (electronic, disputed, recent), cell in own.items():
                if disputed == wanted:
                    part, square = cell.residual(self.effects, electronic, recent)
                    n += cell.n
                    w += cell.w
                    ww += cell.ww
                    total += part
                    squares += square
            mean = total / w if w else 0.0
            pair.append((n, w, ww, mean - self.effects.dispute * wanted, max(squares - w * mean * mean, 0.0)))
        return pair

    def _fit_noise(self, residuals):
        """Compute the spread of lags about their customer's mean, and how much wider it is for disputed invoices."""
        s = self.settings
        freedom, squares = [0.0, 0.0], [0.0, 0.0]
        for pair in residuals.values():
            for i, (_n, w, ww, _mean, square) in enumerate(pair):
                if w:
                    freedom[i] += w - ww / w
                    squares[i] += square
        variance = (s.noise_invoices * s.noise**2 + squares[0]) / (s.noise_invoices + freedom[0])
        wider = (s.noise_invoices * s.dispute_noise**2 * variance + squares[1]) / (s.noise_invoices + freedom[1])
        self.noise = max(math.sqrt(variance), 0.5)
        self.dispute_noise = min(max(math.sqrt(wider) / self.noise, 1.0), 2.0)
        # Spreads that differ more between customers than chance makes them: fewer degrees of freedom.
        unlike, count = s.noise_invoices * 2 / (s.freedom - 4), s.noise_invoices
        for (_n, w, ww, _mean, square), _disputed in residuals.values():
            free = w - ww / w if w else 0.0
            if free > 0.5:
                trust = free / (free + s.freedom)
                unlike += trust * (min(square / free / variance - 1, 5.0) ** 2 - 2 * ww / w / free)
                count += trust
        self.freedom = 4 + min(max(2 * count / max(unlike, 1e-9), 1.0), 46.0)

    def _fit_levels(self, residuals, segments, reports, spreads):
        """Compute the mean level by segment, and the spread between customers of level and dispute (by moments)."""
        s = self.settings
        noise, wider = self.noise**2, (self.noise * self.dispute_noise) ** 2
        seen = defaultdict(list)
        for debtor, ((_n, w, ww, mean, _s), (_dn, dw, dww, dmean, _d)) in residuals.items():
            # A settled invoice has the full noise whatever its weight. The weight of an open one is its information.
            error = noise * (ww / w**2 if spreads else 1 / w) if w else math.inf
            derror = wider * (dww / dw**2 if spreads else 1 / dw) + self.dispute_between**2 if dw else math.inf
            if w or dw:
                precision = 1 / error + 1 / derror
                seen[segments.get(debtor)].append(
                    ((mean / error + dmean / derror) / precision, 1 / precision, reports.get(debtor)))
        between = self.between**2
        for _round in range(2):
            means = {
                key: (sum((level - self._report_days(report)) / (between + error) for level, error, report in group),
                      sum(1 / (between + error) for level, error, _report in group))
                for key, group in seen.items()
            }
            total, weight = (sum(column) for column in zip((0.0, 0.0), *means.values(), strict=True))
            draw = s.level_customers / s.between**2
            self.level = (draw * s.level + total) / (draw + weight)
            draw = s.segment_customers / s.between**2
            self.levels = {
                key: (draw * self.level + total) / (draw + weight) for key, (total, weight) in means.items()}
            self._fit_report(seen, between)
            if not spreads:
                return
            squares = count = 0.0
            for key, group in seen.items():
                for level, error, report in group:
                    trust = (between / (between + error)) ** 2
                    squares += trust * ((level - self.levels[key] - self._report_days(report)) ** 2 - error)
                    count += trust
            between = max((s.level_customers * s.between**2 + squares) / (s.level_customers + count), 1.0)
        self.between = math.sqrt(between)
        squares, count = s.noise_invoices * s.dispute_between**2, s.noise_invoices
        for (_n, w, ww, mean, _s), (_dn, dw, dww, dmean, _d) in residuals.values():
            if w and dw:
                squares += (dmean - mean) ** 2 - noise * ww / w**2 - wider * dww / dw**2
                count += 1
        self.dispute_between = math.sqrt(max(squares / count, 1.0))

    def _report_days(self, report):
        """Days that a credit report adds to the level; 0 without report (None)."""
        return self.report * report if report is not None else 0.0

    def _fit_report(self, seen, between):
        """Compute the days for ten points of the credit report, from customers with a report (ridge regression)."""
        s = self.settings
        weight = 1 / s.report_deviation**2
        total = weight * s.report
        for key, group in seen.items():
            for level, error, report in group:
                if report is not None:
                    total += report * (level - self.levels[key]) / (between + error)
                    weight += report * report / (between + error)
        self.report = total / weight

    def _fit_shares(self, residuals, segments, spreads):
        """Compute the share of disputes by segment, and how far customers differ (beta-binomial, by moments)."""
        s = self.settings
        counts = defaultdict(lambda: [0.0, 0.0])
        for debtor, (undisputed, disputed) in residuals.items():
            count = counts[segments.get(debtor)]
            count[0] += disputed[0]
            count[1] += undisputed[0] + disputed[0]
        total, number = (sum(column) for column in zip((0.0, 0.0), *counts.values(), strict=True))
        self.disputed = (s.disputed_invoices * s.disputed + total) / (s.disputed_invoices + number)
        self.shares = {
            key: (s.segment_invoices * self.disputed + some) / (s.segment_invoices + all_)
            for key, (some, all_) in counts.items()
        }
        if not spreads:
            return
        correlation = weight = 0.0
        for debtor, (undisputed, disputed) in residuals.items():
            number = undisputed[0] + disputed[0]
            single = (undisputed[2] + disputed[2]) / number**2
            share = self.shares[segments.get(debtor)]
            chance = share * (1 - share)
            correlation += (disputed[0] / number - share) ** 2 - chance * single
            weight += chance * (1 - single)
        weight += s.level_customers * self.disputed
        correlation += s.level_customers * self.disputed / (1 + s.customer_invoices)
        correlation /= weight
        self.customer_invoices = min(max(1 / max(correlation, 1e-3) - 1, 0.5), 50.0)

    def _customer(self, segment, report, undisputed, disputed):
        """The Customer of these residuals, see `_residuals`, given the values of the ledger."""
        n, w, ww, mean, squares = undisputed
        dn, dw, dww, dmean, dsquares = disputed
        wider = self.dispute_noise**2
        freedom = (w - ww / w if w else 0.0) + (dw - dww / dw if dw else 0.0)
        # Student's distribution is wider than its scale: by freedom / (freedom - 2) in variance.
        variance = ((self.freedom - 2) * self.noise**2 + squares + dsquares / wider) / (self.freedom + freedom)
        # Normal equations of two unknowns, the level and what a dispute adds beyond the effect of all.
        reported = self._report_days(report)
        level = self.levels.get(segment, self.level) + reported
        prior, dprior = 1 / self.between**2, 1 / self.dispute_between**2
        precision, dprecision = w / variance, dw / (variance * wider)
        a, b, c = prior + precision + dprecision, dprecision, dprior + dprecision
        right, dright = prior * level + precision * mean + dprecision * dmean, dprecision * dmean
        determinant = a * c - b * b
        share = self.shares.get(segment, self.disputed)
        return Customer(
            segment,
            w + dw,
            (c * right - b * dright) / determinant,
            c / determinant,
            self.effects.dispute + (a * dright - b * right) / determinant,
            (a + c - 2 * b) / determinant,
            (self.customer_invoices * share + dn) / (self.customer_invoices + n + dn),
            math.sqrt(variance),
            self.freedom + freedom,
            reported,
        )

    def _customer_without_history(self, segment, report=None):
        """The Customer without any invoice, from its segment and credit report."""
        nothing = (0.0,) * 5
        return self._customer(segment, report, nothing, nothing)

    def _with_open(self, summary):
        """The sums with the open invoices added, each as a payment with the day and weight of equal information.

        This is one step of Newton's method on the likelihood of a lag of at least so many days. An invoice whose due
        date is far ahead gets no weight. One that is later than all payments of its customer gets nearly the weight of
        a payment today.
        """
        cells = {debtor: dict(own) for debtor, own in summary.cells.items()}
        e = self.effects
        copied = set()
        for item in summary.open:
            customer = self.customers.get(item.debtor) or self._customer_without_history(
                summary.segments.get(item.debtor), summary.reports.get(item.debtor))
            middle = (
                customer.level + e.electronic * item.electronic + e.drift * item.recent + e.amount * item.x
                + e.term * item.t)
            chance = customer.disputed if item.disputed is None else float(item.disputed)
            parts = []
            for disputed, share in ((False, 1 - chance), (True, chance)):
                if share:
                    spread = customer.spread * (self.dispute_noise if disputed else 1.0)
                    centre = middle + customer.dispute * disputed
                    z = (item.lag - centre) / spread
                    parts.append((disputed, share * max(0.5 * math.erfc(z / math.sqrt(2)), 1e-300), centre, spread, z))
            survived = sum(part[1] for part in parts)
            for disputed, share, centre, spread, z in parts:
                rate = hazard(z)
                information = rate * (rate - z)
                weight = item.weight * share / survived
                own = cells.setdefault(item.debtor, {})
                key = (item.electronic, disputed, item.recent)
                if (item.debtor, key) not in copied:
                    copied.add((item.debtor, key))
                    own[key] = own[key].duplicate() if key in own else Sums()
                sums = own[key]
                # An invoice without information on the lag still counts in the number of disputes, by its chance.
                information = information if information > 0.01 else 0.0
                lag = centre + spread * rate / information if information else centre
                sums.add(weight, weight * information, lag, item.x, item.t)
        return cells
