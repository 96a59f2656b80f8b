"""Addresses of web services: which ones are taken, and which machines may be connected to.

A service that a person types in is reached by the server, from inside the company's network. So that nobody reaches
the network's own machines, or sends credentials elsewhere, by a cleverly written address, only plain addresses on the
public internet are taken. Others are named in Odoo's configuration file by whoever runs the server.
"""

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from odoo.tools import config

#: The option of Odoo's configuration file: hosts («name» or «name:port», between commas) that may lie inside the own
#: network and may be spoken to without encryption.
OPTION = "dunning_allowed_hosts"
#: Printable ASCII without what separates user information, queries and fragments or is read as a slash by some.
_PLAIN = re.compile(r"[\x21-\x7e]+")
_MISLEADING = re.compile(r"[\\@?#\"<>^`{|}]")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
#: Ports below this one belong to other services than web servers, but for 443.
_FIRST_FREE_PORT = 1024
#: IPv4 addresses written as IPv6 ones for a translating gateway (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class UnsafeAddress(ValueError):
    """The address is not taken.

    :ivar kind: «form» (no plain web address), «https» (not encrypted), «inside» (the own network)
    """

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


class Address(NamedTuple):
    """The parts of an address that is taken."""

    host: str
    port: int
    is_allowed_inside: bool


def allowed_hosts():
    """The hosts that the configuration file allows inside the own network, in small letters."""
    return {host.strip().lower() for host in (config.get(OPTION) or "").split(",") if host.strip()}


def check_address(url):
    """The address of a service as its parts.

    :raises UnsafeAddress: user information, query, fragment, control characters, blanks or letters outside ASCII in
        it; a host that is no name, or a number written otherwise than as an IP address; another port than 443 or one
        from 1024 on; not https; a machine of the own network that :func:`allowed_hosts` does not name. What a name
        stands for is checked when it is connected to.
    """
    if not _PLAIN.fullmatch(url or "") or _MISLEADING.search(url):
        raise UnsafeAddress("form")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # brackets that do not close, a port that is no number
        raise UnsafeAddress("form") from None
    if parts.scheme not in ("http", "https") or not host or port == 0 or "%" in parts.netloc:
        raise UnsafeAddress("form")
    machine = _parse_ip_address(host)
    port = port or (443 if parts.scheme == "https" else 80)
    if allowed_hosts() & {host, f"{host}:{port}"}:
        return Address(host, port, True)
    if parts.scheme != "https":
        raise UnsafeAddress("https")
    if port != 443 and port < _FIRST_FREE_PORT:
        raise UnsafeAddress("form")
    is_inside = not is_public(machine) if machine else "." not in host or host.endswith(".localhost")
    if is_inside:
        raise UnsafeAddress("inside")
    return Address(host, port, False)


def _parse_ip_address(host):
    """The IP address that ``host`` is, None where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        # «127.1», «2130706433», «0x7f.1», «0177.0.0.1»: resolvers read these as addresses too
        if not _NAME.fullmatch(host) or len(host) > 253 or re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.split(".")[-1]):
            raise UnsafeAddress("form") from None
        return None


def is_public(machine):
    """Whether an IP address belongs to the public internet: not to the machine itself, a private network, the link
    (where clouds keep their metadata service), a group of machines, or an IPv6 form of such an IPv4 address.

    :param machine: text (an IPv6 zone is left out) or ``ipaddress`` object
    """
    machine = ipaddress.ip_address(str(machine).partition("%")[0])
    inner = None
    if machine.version == 6:
        inner = machine.ipv4_mapped or machine.sixtofour or (machine.teredo or (None, None))[1]
        if machine in _NAT64:
            inner = ipaddress.IPv4Address(int(machine) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(inner)
    return machine.is_global and not (machine.is_multicast or machine.is_reserved or machine.is_unspecified)
