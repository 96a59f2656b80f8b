"""What is due of one claim on any day, by the law's order of imputation. Without database."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .imputation import statement
from .interest import DAY, YEAR, ZERO, Stretch, anniversaries, rate_on, stretches


class RunningClaim(NamedTuple):
    """The facts on which the calculation of one claim is based; amounts are Decimals in one currency."""

    principal: Decimal  #: what was invoiced less what was credited
    first: date  #: the first day that bears interest
    rates: tuple
    payments: tuple  #: (day, amount)
    costs: tuple  #: (day, amount): from when which costs are owed
    compounds: bool
    cent: Decimal

    def on(self, last):
        """:class:`.imputation.Statement` at the end of the day ``last``."""
        return statement(
            self.principal, self.first, last, self.rates, self.payments, self.costs, self.compounds, self.cent)

    def stretches(self, last, cuts=()):
        """The stretches by which interest ran up to the day ``last``; their amounts add up to what ran in all.

        The base is what was left of the principal, and what was not paid of the interest of full years where it
        bears interest too.

        :param cuts: days on which a new stretch begins
        """
        years = anniversaries(self.first, last) if self.compounds else ()
        paid_before = {day + DAY for day, _amount in self.payments if day < last}
        found, capital, before = [], ZERO, self.on(self.first - DAY)
        for start, end, percent in stretches(self.first, last, self.rates, {*cuts, *paid_before, *years}):
            after = self.on(end)
            if start in years:
                capital = before.left.interest
            else:
                paid = sum((entry.paid.interest for entry in before.entries if entry.day == start - DAY), ZERO)
                capital = max(capital - paid, ZERO)
            base = before.left.principal + capital if before.left.principal else ZERO
            if base:
                found.append(Stretch(start, end, percent, base, _interest_run(after) - _interest_run(before)))
            before = after
        return found

    def growth(self, last):
        """Interest that one more day after ``last`` adds at the rate of that day, not rounded."""
        percent = max(rate_on(last, self.rates) or ZERO, ZERO)
        if not percent:
            return ZERO
        bases = [stretch.base for stretch in self.stretches(last + DAY, {last + DAY}) if stretch.end > last]
        return bases[0] * percent / YEAR if bases else ZERO


def _interest_run(account):
    """Interest that ran up to the day of a statement, paid or not."""
    return account.left.interest + sum((entry.paid.interest for entry in account.entries), ZERO)
