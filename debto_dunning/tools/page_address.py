"""Whether the base address of this server can stand in messages to customers. Without database."""

import ipaddress
import re
from urllib.parse import urlsplit

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
#: Last labels of names that mean no machine on the internet (RFC 2606, RFC 6761, RFC 6762, RFC 8375, RFC 9476).
_RESERVED = {"alt", "arpa", "example", "home", "internal", "invalid", "lan", "local", "localhost", "onion", "test"}


def is_public_https(url):
    """Whether customers reach ``url`` over the internet, encrypted.

    :param url: a base address, such as ``https://books.company.com``; may be empty
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username or parts.password:
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(_NAME.fullmatch(host)) and host.rpartition(".")[2] not in _RESERVED
