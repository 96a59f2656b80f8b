from typing import NamedTuple


class PageVisit(NamedTuple):
    """Who looks at the customer's page, and what of it may be seen."""

    #: ``dunning.link`` as superuser; a new record that is not stored where a customer who is logged in looks only
    link: object
    #: address of the page below the base address; forms and files lie below it
    url: str
    #: whether documents and details are shown: a natural person is checked first
    is_checked: bool
    #: whether all that is open is shown, and not only what the message asked
    sees_all: bool
    #: whether the visitor is logged in as the customer
    is_logged_in: bool = False
