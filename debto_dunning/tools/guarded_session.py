"""HTTP sessions that connect to machines of the public internet only, and end a call that goes on for too long.

The machine is checked when the connection is made, and the connection goes to the very address that was checked: a
name that stands for another machine a moment later gains nothing.
"""

import contextlib
import socket
import threading

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from .service_address import is_public

#: A call ends at the latest after so many times its time-out, however slowly its answer comes in.
MOST_TIMEOUTS = 2


class InsideAddressError(Exception):
    """The name of a service stands for a machine of the own network."""


class _TimedConnection:
    """Ends the connection when the whole call takes too long: a time-out alone starts anew with each byte."""

    _watch = None

    def connect(self):
        res = super().connect()
        if isinstance(self.timeout, (int, float)):
            self._watch = threading.Timer(MOST_TIMEOUTS * self.timeout, self._hang_up, [self.sock])
            self._watch.daemon = True
            self._watch.start()
        return res

    @staticmethod
    def _hang_up(sock):
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    def close(self):
        if self._watch:
            self._watch.cancel()
        return super().close()


class _PublicConnection(_TimedConnection):
    """Connects to machines of the public internet only."""

    def _new_conn(self):
        name = self._dns_host
        try:
            found = socket.getaddrinfo(name, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(self, f"cannot resolve the name: {type(error).__name__}") from None
        machines = list(dict.fromkeys(address[0] for *_kind, address in found))
        # one machine inside is enough: who resolves the name so has no business with it
        if not all(map(is_public, machines)):
            raise InsideAddressError(name)
        try:
            for machine in machines[:-1]:
                self._dns_host = machine
                with contextlib.suppress(NewConnectionError):
                    return super()._new_conn()
            self._dns_host = machines[-1]
            return super()._new_conn()
        finally:
            self._dns_host = name  # the certificate and the Host header are those of the name


class _TimedHTTP(_TimedConnection, HTTPConnection):
    pass


class _TimedHTTPS(_TimedConnection, HTTPSConnection):
    pass


class _PublicHTTP(_PublicConnection, HTTPConnection):
    pass


class _PublicHTTPS(_PublicConnection, HTTPSConnection):
    pass


def _pool(base, connection):
    return type(f"Pool{connection.__name__}", (base,), {"ConnectionCls": connection})


_TIMED_POOLS = {"http": _pool(HTTPConnectionPool, _TimedHTTP), "https": _pool(HTTPSConnectionPool, _TimedHTTPS)}
_PUBLIC_POOLS = {"http": _pool(HTTPConnectionPool, _PublicHTTP), "https": _pool(HTTPSConnectionPool, _PublicHTTPS)}


class _Adapter(HTTPAdapter):
    def __init__(self, pools):
        self._pools = pools
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        res = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools
        return res


def guarded_session(is_allowed_inside):
    """A session for one call to a service.

    It takes nothing from the server's surroundings: no credentials of a ``.netrc`` file, and no proxy, behind which
    nobody could see which machine is reached.

    :param is_allowed_inside: whether the service may be a machine of the own network
    """
    session = requests.Session()
    session.trust_env = False
    adapter = _Adapter(_TIMED_POOLS if is_allowed_inside else _PUBLIC_POOLS)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
