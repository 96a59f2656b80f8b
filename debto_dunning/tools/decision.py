"""What is decided of an open item, and what a reason against its next step brings with it."""

from typing import Literal, NamedTuple


class Decision(NamedTuple):
    """What the statement says of one open item; ids are database ids, amounts in the item's currency."""

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
    recipient: int
    due: object
    open: float
    currency: int
    channel: str | None
    approval: bool
    policy: int | None
    standing: int


class Reason(NamedTuple):
    """Why an item gets no step tonight, and what follows from that."""

    words: str
    rank: int  #: of several reasons the one of the lowest rank is said
    drops: bool = False  #: the item leaves a reminder that is queued already
    informs: bool = False  #: the item is still listed for information below another reminder of the debtor
    is_open_ended: bool = False  #: no day ends it, a person or a payment does: the screens promise no date
    #: whether a person may send all the same: not at all, yes, or after the dialogue has said what holds the item
    sendable: Literal["no", "yes", "warned"] = "no"
