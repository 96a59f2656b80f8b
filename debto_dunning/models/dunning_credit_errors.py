"""What can come of asking a credit information service besides a report."""

from odoo.exceptions import UserError


class CreditServiceStopped(UserError):
    """Nothing more can be asked of this service for now: no budget, a pause, refused credentials, not reachable."""


class CreditNotFound(UserError):
    """The service does not know this customer, or the customer's numbers are missing."""
