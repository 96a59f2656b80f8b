"""What can come of asking a credit information service besides a report."""

import contextlib

from odoo.exceptions import UserError


class CreditServiceStopped(UserError):
    """Nothing more can be asked of this service for now: no budget, a pause, refused credentials, not reachable."""


class CreditNotFound(UserError):
    """The service does not know this customer, or the customer's numbers are missing."""


@contextlib.contextmanager
def shown_to_user():
    """The words of these errors on the screen: the web client knows ``UserError`` by name only, and shows its children
    as crashes without a word of them."""
    try:
        yield
    except (CreditServiceStopped, CreditNotFound) as error:
        raise UserError(str(error)) from error
