"""What is decided of an open item."""

from typing import NamedTuple


class Decision(NamedTuple):
    """What the statement says of one open item; ids are database ids, amounts in the item's currency."""

    item: int
    level: int | None
    date: object
    reason: str | None
    covered: float
    asked: float
    number: int | None
    move: int
    partner: int
    debtor: int | None
    recipient: int
    due: object
    open: float
    currency: int
    channel: str | None
    approval: bool
    policy: int | None
    standing: int


#: Reasons of items that are listed «for information» below what is asked tonight.
INFORMED = frozenset({"too_early", "weekday", "minimum", "finished", "unconfirmed", "notice_pending", "law_wait"})

#: Reasons that no day ends by itself: a person or a payment does, so the screens promise no date.
UNPLANNED = frozenset({
    "no_followup", "blocked", "not_sent", "archived", "insolvent", "reply", "covered", "no_policy", "finished",
    "unconfirmed", "notice_pending", "failed", "before_start", "by_hand", "charge"})
