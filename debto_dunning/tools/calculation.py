"""How costs and interest were calculated, in the form in which the log keeps it. Without database.

A calculation is a dict that can be stored as JSON; amounts and percentages are strings, days are ISO dates:

- ``costs``: one dict, see :func:`costs_entry`;
- ``interest``: a list of dicts, see :func:`interest_rows`;
- ``notice``: "default", where the message is a notice of default;
- ``announced``: the amount of the costs that follow if the notice of the law is not heeded.
"""

from .interest import joined


def costs_entry(kind, base, amount, together=None):
    """The entry ``costs`` of a calculation.

    :param kind: "fixed" (fixed costs of an invoice), "collection" (the scale of the law), "reminder" (costs of
        reminders), "capped" (the scale, lowered to what the law allows for regular instalments in all), "announced"
        (lowered to what the notice of the law announced) or "before" (asked in an earlier message)
    :param base: the amount on which the costs were calculated
    :param amount: the costs of this item
    :param together: (sum of the claims, costs of that sum) where the law adds claims up, else None
    """
    return {
        "kind": kind, "base": str(base), "amount": str(amount),
        "together": together and [str(number) for number in together]}


def interest_rows(stretches):
    """The entry ``interest`` of a calculation: one dict a stretch of days at one rate on one base.

    ``percent`` is None where the rate of these days is not known.

    :param stretches: sequence of :class:`.interest.Stretch`; adjoining ones at the same rate and base become one
    """
    return [{
        "from": str(stretch.start), "to": str(stretch.end), "days": stretch.days,
        "percent": None if stretch.percent is None else str(stretch.percent),
        "base": str(stretch.base), "amount": str(stretch.amount),
    } for stretch in joined(stretches)]
