"""What can come of asking a credit information service besides a report."""

import contextlib

from odoo.exceptions import UserError


class CreditServiceStopped(UserError):
    """Nothing more can be asked of this service for now: no budget, a pause, refused credentials, not reachable."""


class CreditNotFound(UserError):
    """The service does not know this customer, or the customer's numbers are missing."""


class CreditAnswerUnusable(UserError):
    """An answer came, was begun or may have been charged, and no report can be made of it: asking again for the same
    reason would only be paid for again."""


#: Errors of Python at data of an unexpected form or size.
DATA_ERRORS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@contextlib.contextmanager
def shown_to_user():
    """Turn the errors of this module into plain ``UserError``: the web client knows that one by name only, and shows
    its subclasses as crashes without their message."""
    try:
        yield
    except (CreditServiceStopped, CreditNotFound, CreditAnswerUnusable) as error:
        raise UserError(str(error)) from error
