"""The decision on an open item, and the reasons against its next step."""

from typing import Literal, NamedTuple


class Decision(NamedTuple):
    """The decision on one open item. Ids are database ids, amounts are in the item's currency."""

    item: int
    level: int | None
    date: object
    reason: str | None
    covered: float
    disputed: float
    asked: float
    number: int | None
    move: int
    partner: int
    debtor: int | None
    recipient: int | None  #: who gets it first; None: the contact for reminders has left, the next one is looked up
    due: object
    open: float
    currency: int
    channel: str | None
    approval: bool
    policy: int | None
    reached_number: int  #: the highest number of a step taken; -1: none


class Reason(NamedTuple):
    """A reason why an item gets no step tonight, and its consequences."""

    words: str
    rank: int  #: of several reasons the one with the lowest rank counts
    drops: bool = False  #: the item is taken out of a queued reminder
    informs: bool = False  #: the item is still listed for information below another reminder of the debtor
    is_open_ended: bool = False  #: ended by a person or a payment and not by a day; screens show no date
    #: whether a person may send all the same: not at all, yes, or after the dialogue has shown what holds the item
    sendable: Literal["no", "yes", "warned"] = "no"
