"""Instalments of a payment plan: their days, their amounts, and what money that came pays of them. No database."""

from dateutil.relativedelta import relativedelta

#: Time between two instalments.
RHYTHMS = {
    "weekly": relativedelta(weeks=1),
    "fortnightly": relativedelta(weeks=2),
    "monthly": relativedelta(months=1),
}


def days(first, count, rhythm):
    """The days of ``count`` instalments from the day ``first`` on.

    Monthly ones fall on the same day of each month, or on its last day where the month is shorter.

    :param rhythm: a key of :data:`RHYTHMS`
    """
    return [first + RHYTHMS[rhythm] * number for number in range(count)]


def parts(total, count, cent):
    """``total`` in ``count`` equal parts, rounded down to the cent; the last one has what is left.

    :param cent: the smallest part of the currency, as a float
    """
    cents = round(total / cent)
    each = cents // count
    return [each * cent] * (count - 1) + [(cents - each * (count - 1)) * cent]


def received_by_part(amounts, received):
    """What money pays of instalments, which are paid one after the other: list of amounts.

    :param amounts: of the instalments in their order
    :param received: what came in all
    """
    found, left = [], max(received, 0.0)
    for amount in amounts:
        found.append(min(amount, left))
        left -= found[-1]
    return found


def reduced(amounts, total):
    """The amounts of instalments that come to ``total`` at most: the last ones are reduced, or fall away."""
    return received_by_part(amounts, total)


def slices(rooms, start, amount):
    """How ``amount``, which begins at ``start``, falls on rooms that are filled one after the other.

    :param rooms: sizes of the rooms
    :return: (list of the amounts, one a room; what no room is left for)
    """
    found, position, end = [], 0.0, start + amount
    for room in rooms:
        found.append(max(0.0, min(end, position + room) - max(start, position)))
        position += room
    return found, max(0.0, end - max(start, position))
