"""What a part payment pays, and what is still due after it. Plain decimals, without database."""

from datetime import date
from decimal import Decimal, localcontext
from typing import NamedTuple

from .interest import CENT, DAY, EXACT, YEAR, ZERO, anniversaries, round_half_up, stretches, yearly_product


class Parts(NamedTuple):
    """An amount by what it is for."""

    costs: Decimal = ZERO
    interest: Decimal = ZERO
    principal: Decimal = ZERO
    rest: Decimal = ZERO  #: more than was due

    @property
    def due(self):
        return self.costs + self.interest + self.principal


class Entry(NamedTuple):
    """A payment of a statement: what it paid, and what was due after it."""

    day: date
    amount: Decimal
    paid: Parts
    left: Parts


class Statement(NamedTuple):
    """What is due on the last day, and what each payment paid."""

    left: Parts
    entries: tuple


def impute(payment, due):
    """What a payment pays of the :class:`Parts` that are due: costs first, then interest, then principal.

    Netherlands BW 6:44; Germany BGB § 367; France Code civil 1343-1; Belgium old Civil Code art. 1254 (interest before
    principal) and Civil Code art. 5.210 (costs first; from memory). What is left over is `rest`.

    :raises ValueError: for a negative payment
    """
    if payment < 0:
        raise ValueError(f"a payment cannot be negative: {payment}")
    costs = min(payment, due.costs)
    interest = min(payment - costs, due.interest)
    principal = min(payment - costs - interest, due.principal)
    return Parts(costs, interest, principal, payment - costs - interest - principal)


def statement(principal, first, last, rates, payments, costs=(), compounds=False, cent=CENT):
    """What is still due at the end of the day `last` when payments go to costs, interest and principal, in this order.

    Interest runs as :func:`interest.interest` tells; interest that a payment has paid, the oldest first, no longer
    compounds.

    :param payments: [(day, amount)]; the day of the payment still bears interest
    :param costs: [(day, amount)]: from when which costs are owed
    :return: :class:`Statement`
    """
    days = sorted({day for day, _amount in (*payments, *costs) if day <= last} | {last})
    with localcontext(EXACT):
        account = _Account(principal, first, rates, compounds, cent)
        entries = []
        for day in days:
            account.run_to(day)
            account.costs += sum((amount for owed, amount in costs if owed == day), ZERO)
            for paid_on, amount in payments:
                if paid_on == day:
                    paid = account.pay(amount)
                    entries.append(Entry(day, amount, paid, account.due()))
        return Statement(account.due(), tuple(entries))


class _Account:
    """One claim as it grows by interest and shrinks by payments. The interest that has run is kept whole."""

    def __init__(self, principal, first, rates, compounds, cent):
        self.principal, self.costs = principal, ZERO
        self.first, self.rates, self.compounds, self.cent = first, rates, compounds, cent
        self.next_day = first
        self.products = self.interest_paid = self.capital = ZERO

    def run_to(self, day):
        """Let interest run to the end of the day."""
        years = anniversaries(self.first, day) if self.compounds else ()
        for start, end, percent in stretches(self.next_day, day, self.rates, years):
            if start in years:
                self.capital = max(self.products / YEAR - self.interest_paid, ZERO)
            base = self.principal + self.capital if self.principal else ZERO
            self.products += yearly_product(base, percent, start, end)
        self.next_day = max(self.next_day, day + DAY)

    def due(self):
        interest = round_half_up(self.products / YEAR, self.cent) - self.interest_paid
        return Parts(self.costs, interest, self.principal)

    def pay(self, amount):
        paid = impute(amount, self.due())
        self.costs -= paid.costs
        self.interest_paid += paid.interest
        self.capital = max(self.capital - paid.interest, ZERO)
        self.principal -= paid.principal
        return paid
