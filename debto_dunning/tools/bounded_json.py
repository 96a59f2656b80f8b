"""JSON that comes from outside, read within bounds and cleaned of what cannot be stored."""

import json
import math

from .credit import clean_text

#: Lists and objects inside each other.
MOST_DEPTH = 50
#: Values in all.
MOST_VALUES = 300_000
#: Longer integers stay the text that they are: no number of a service has so many digits.
MOST_DIGITS = 18
#: Characters kept of one text.
MOST_CHARACTERS = 20_000


class UnusableJson(ValueError):
    """The text is no JSON, or goes beyond a bound.

    :ivar kind: «syntax», «depth» or «values»
    :ivar limit: the bound, None where it is no JSON
    """

    def __init__(self, kind, limit=None):
        super().__init__(kind)
        self.kind = kind
        self.limit = limit


def read_json(body):
    """The data of a JSON text, with texts shortened and without control characters.

    NaN and Infinity, which are no JSON but are written by some, and numbers too large for a float become None.

    :param body: bytes (UTF-8, UTF-16 or UTF-32) or text
    :raises UnusableJson: no JSON, deeper than :data:`MOST_DEPTH`, more than :data:`MOST_VALUES` values
    """
    try:
        data = json.loads(body, parse_int=_to_integer, parse_float=_to_float, parse_constant=lambda name: None)
    except RecursionError:
        raise UnusableJson("depth", MOST_DEPTH) from None
    except ValueError as error:  # also of bytes that are no text
        raise UnusableJson("syntax") from error
    return _clean(data)


def _to_integer(text):
    return int(text) if len(text) <= MOST_DIGITS else text[:MOST_CHARACTERS]


def _to_float(text):
    number = float(text)
    return number if math.isfinite(number) else None


def _clean(data):
    """``data`` with clean texts, changed in place; without recursion, as its depth is not known yet."""
    root = [data]
    waiting = [(root, 0)]
    values = 0
    while waiting:
        container, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise UnusableJson("depth", MOST_DEPTH)
        values += len(container)
        if values > MOST_VALUES:
            raise UnusableJson("values", MOST_VALUES)
        if isinstance(container, dict):
            items = [(_clean_text(key), value) for key, value in container.items()]
            container.clear()
            container.update(items)
        for key in list(container) if isinstance(container, dict) else range(len(container)):
            value = container[key]
            if isinstance(value, str):
                container[key] = _clean_text(value)
            elif isinstance(value, (dict, list)):
                waiting.append((value, depth + 1))
    return root[0]


def _clean_text(text):
    return clean_text(text[:MOST_CHARACTERS])
