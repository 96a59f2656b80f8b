from odoo.tools import email_normalize_all, formataddr


def format_address(name, email):
    """One address with the name of its owner, as the recipient of a mail.

    A customer edits its own name in the portal. Quotes, angle brackets and line breaks in it could be read as further
    recipients: then the address stands alone.

    :param email: normalized address
    """
    address = formataddr((" ".join((name or "").split()), email))
    return address if email_normalize_all(address) == [email] else email


def format_addresses(name, emails):
    """Several addresses of one owner, as the recipients of one mail; see :func:`format_address`."""
    return ", ".join(format_address(name, email) for email in emails)
