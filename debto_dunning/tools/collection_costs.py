"""What a claim's recovery may cost: scales of the law and of sales conditions. Plain decimals, without database.

Amounts are Decimals in one currency; a part is a percentage of the amount.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
ZERO = Decimal(0)
#: Beyond every claim: what holds there holds for all larger ones.
HUGE = Decimal(10) ** 13


class Tier(NamedTuple):
    """For amounts above `above`: `flat` plus `percent` of the part above it."""

    above: Decimal
    flat: Decimal
    percent: Decimal


class Scale(NamedTuple):
    """`tiers` sorted by `above`; `minimum` and `maximum` hold for the result, None: there is none."""

    tiers: tuple
    minimum: Decimal | None = None
    maximum: Decimal | None = None


def costs(amount, scale, cent=CENT):
    """The costs of a claim of `amount`, by the highest tier below it.

    Rounded half up to `cent`, then held between the scale's minimum and maximum. Nothing for a claim of nothing, or
    below every tier.

    Belgium, Code of Economic Law art. XIX.4: EUR 20 up to 150; 30 + 10 % of the part between 150.01 and 500, read as
    the part above 150; 65 + 5 % of the part above 500; 2,000 at most. Netherlands, Besluit vergoeding voor
    buitengerechtelijke incassokosten art. 2: 15 % of the first 2,500, 10 % of the next 2,500, 5 % of the next 5,000,
    1 % of the next 190,000, 0.5 % above; at least 40, at most 6,775.
    """
    tier = None
    for candidate in scale.tiers:
        if amount > candidate.above:
            tier = candidate
    if tier is None or amount <= 0:
        return ZERO
    cost = (tier.flat + (amount - tier.above) * tier.percent / 100).quantize(cent, ROUND_HALF_UP)
    if scale.minimum is not None:
        cost = max(cost, scale.minimum)
    if scale.maximum is not None:
        cost = min(cost, scale.maximum)
    return cost


def costs_of_claims(amounts, scale, on_sum, cent=CENT):
    """What each of several claims of one notice costs, as a list in the order of `amounts`.

    :param on_sum: the claims are added up first, one scale, one minimum (Netherlands, BW 6:96(7)), and the costs are
        shared out by amount so that they add up to the cent; else each claim has costs of its own (Directive
        2011/7/EU, CJEU C-585/20)
    """
    amounts = [max(amount, ZERO) for amount in amounts]
    if not on_sum:
        return [costs(amount, scale, cent) for amount in amounts]
    return share_out(costs(sum(amounts, ZERO), scale, cent), amounts, cent)


def share_out(total, weights, cent=CENT):
    """`total` shared out by `weights` in whole `cent`; the shares add up to it. Nothing where all weights are zero."""
    shares, weight_so_far, given = [], ZERO, ZERO
    all_weights = sum(weights, ZERO)
    for weight in weights:
        weight_so_far += weight
        upto = (total * weight_so_far / all_weights).quantize(cent, ROUND_HALF_UP) if all_weights else ZERO
        shares.append(upto - given)
        given = upto
    return shares


def capped(amounts, before, room, cent=CENT):
    """`amounts` lowered so that they are at most `room` together, and none is less than what was asked `before`.

    Netherlands, since 1 October 2024: the costs of regular claims of less than EUR 266.67 each are at most EUR 140 in
    six months (cooster.nl, blikopnieuws.nl).

    :param before: what was asked of each before, in the order of `amounts`
    """
    more = [max(amount - asked, ZERO) for amount, asked in zip(amounts, before, strict=True)]
    left = max(room - sum(before, ZERO), ZERO)
    if sum(more, ZERO) <= left:
        return list(amounts)
    return [asked + share for asked, share in zip(before, share_out(left, more, cent), strict=True)]


def exceeds(scale, cap):
    """An amount for which `scale` gives more than `cap` allows; None where there is none.

    Belgium, Code of Economic Law art. XIX.4: a clause with more than the law allows is void, for whatever claim. Both
    scales run straight between their corners, so that it is enough to look at these and at a very large claim.
    """
    for amount in sorted(_corners(scale) | _corners(cap) | {CENT, HUGE}):
        if costs(amount, scale) > costs(amount, cap):
            return amount
    return None


def _corners(scale):
    """Amounts at and just beyond which a scale changes its course."""
    corners = set()
    for tier in scale.tiers:
        corners |= {tier.above, tier.above + CENT}
        for bound in (scale.minimum, scale.maximum):
            if bound is not None and tier.percent and bound > tier.flat:
                corner = (tier.above + (bound - tier.flat) * 100 / tier.percent).quantize(CENT, ROUND_HALF_UP)
                corners |= {corner - CENT, corner, corner + CENT}
    return {corner for corner in corners if corner > 0}
