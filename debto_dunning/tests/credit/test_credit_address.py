"""Which addresses of a service are taken, and which machines are connected to."""

import socket
from unittest.mock import patch

import requests
from urllib3.util import connection as urllib3_connection

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import config

from ...models.credit.dunning_credit_errors import CreditServiceStopped
from ...tools import guarded_session, service_address
from .credit_common import CreditCommon

#: As it is before the tests replace it.
REAL_ALLOWED_HOSTS = service_address.allowed_hosts
REFUSED = {
    "form": (
        "http://localhost:80@evil.example/", "https://user:secret@service.example.com", "https://@service.example.com",
        "https://service.example.com\\@evil.example", "https://service.example.com\\.evil.example",
        "https://service.example.com\t.evil.example", "https://service.example.com\n", " https://service.example.com",
        "https://service.example.com?x=", "https://service.example.com#x", "https://service.example.com%2eevil.example",
        "https://сервис.example.com", "https://service。example.com", "https://2130706433", "https://0x7f000001",
        "https://0177.0.0.1", "https://127.1", "https://0x7f.1", "https://1.2.3.4.5", "https://[::1%25eth0]",
        "https://[::1", "https://service.example.com:99999", "https://service.example.com:0",
        "https://service.example.com:22", "https://-x.example.com", "https://", "https:service.example.com",
        "ftp://service.example.com", "javascript:alert(1)", "//service.example.com", "service.example.com",
    ),
    "https": ("http://service.example.com", "http://127.0.0.1.example.com", "http://127.0.0.1:80", "http://localhost"),
    "inside": (
        "https://localhost", "https://localhost.", "https://x.localhost", "https://intranet", "https://127.0.0.1",
        "https://10.0.0.1", "https://172.16.0.1", "https://192.168.1.1", "https://169.254.169.254", "https://0.0.0.0",
        "https://224.0.0.1", "https://100.64.0.1", "https://[::1]", "https://[::]", "https://[fe80::1]",
        "https://[fd00:ec2::254]", "https://[ff02::1]", "https://[::ffff:127.0.0.1]", "https://[64:ff9b::a00:1]",
        "https://[2002:7f00:1::]",
    ),
}
TAKEN = (
    "https://service.example.com", "https://service.example.com/", "https://service.example.com:8443/api/v1",
    "https://xn--80aesfpebagmfblc0a.example.com", "https://8.8.8.8/api", "https://[2606:4700::1111]:443",
    "HTTPS://Service.Example.com",
)


@tagged("post_install", "-at_install")
class TestCreditAddress(CreditCommon):
    def allow(self, *hosts):
        return patch.object(service_address, "allowed_hosts", lambda: set(hosts))

    def resolve(self, *answers):
        """Let the name of a service stand for these machines, one answer after the other."""
        found = iter(answers)
        real = socket.getaddrinfo

        def getaddrinfo(host, port, *args, **kwargs):
            if host != "service.example.com":
                return real(host, port, *args, **kwargs)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (machine, port)) for machine in next(found)]

        return patch.object(socket, "getaddrinfo", getaddrinfo)

    def connect(self):
        """A call to a name on the port of the stand-in, past Odoo's guard of its tests."""
        port = self.server.server_address[1]
        session = guarded_session.guarded_session(is_allowed_inside=False)
        return session.get_adapter("http://x").send(
            session.prepare_request(requests.Request("GET", f"http://service.example.com:{port}/v1/x")),
            timeout=1)

    def test_addresses(self):
        with self.allow():
            for url in TAKEN:
                with self.subTest(url=url):
                    self.provider.base_url = url
            for kind, urls in REFUSED.items():
                for url in urls:
                    with self.subTest(url=url):
                        with self.assertRaises(ValidationError):
                            self.provider.base_url = url
                        with self.assertRaises(service_address.UnsafeAddress) as caught:
                            service_address.check_address(url)
                        self.assertEqual(caught.exception.kind, kind)

    def test_allowed_hosts(self):
        with self.allow("127.0.0.1:8080", "bureau.intranet", "::1"):
            for url, is_taken in (
                ("http://127.0.0.1:8080/x", True), ("http://127.0.0.1:8081/x", False),
                ("http://bureau.intranet", True), ("https://bureau.intranet:22", True), ("https://[::1]/", True),
                ("http://127.0.0.1:8080@evil.example", False), ("http://bureau.intranet.evil.example", False),
            ):
                with self.subTest(url=url):
                    if is_taken:
                        self.assertTrue(service_address.check_address(url).is_allowed_inside)
                    else:
                        self.assertRaises(service_address.UnsafeAddress, service_address.check_address, url)

    def test_hosts_of_the_configuration_file(self):
        self.startPatcher(patch.dict(config._file_options, {
            service_address.OPTION: " Bureau.intranet, 10.0.0.1:81,, "}))
        self.assertEqual(REAL_ALLOWED_HOSTS(), {"bureau.intranet", "10.0.0.1:81"})
        del config._file_options[service_address.OPTION]
        self.assertEqual(REAL_ALLOWED_HOSTS(), set())

    def test_address_that_was_stored_before_is_checked_at_each_call(self):
        with self.allow(), self.assertRaisesRegex(CreditServiceStopped, "https://"):
            self.provider._request("GET", "v1/access")
        self.assertFalse(self.server.calls)

    def test_name_that_stands_for_a_machine_inside(self):
        for machines in (["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"]):
            with self.subTest(machines=machines), self.resolve(machines), \
                    self.assertRaises(guarded_session.InsideAddressError):
                self.connect()
        self.assertFalse(self.server.calls)

    def test_name_that_changes_after_the_check_gains_nothing(self):
        connected = []

        def connect(address, *args, **kwargs):
            connected.append(address[0])
            raise ConnectionRefusedError

        with self.resolve(["93.184.216.34", "93.184.216.35"], ["127.0.0.1"]), \
                patch.object(urllib3_connection, "create_connection", connect), \
                self.assertRaises(requests.ConnectionError):
            self.connect()
        self.assertEqual(connected, ["93.184.216.34", "93.184.216.35"])

    def test_refusal_is_told(self):
        error = guarded_session.InsideAddressError()
        with patch.object(requests.Session, "request", side_effect=error), \
                self.assertRaisesRegex(CreditServiceStopped, "own network.*dunning_allowed_hosts"):
            self.provider._request("GET", "v1/access")

    def test_nothing_of_the_surroundings_is_used(self):
        with patch.dict("os.environ", {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}):
            self.assertEqual(self.provider._request("GET", "v1/access")[0], 200)

    def test_redirection_to_another_host(self):
        for location in ("http://127.0.0.1:9/", "//evil.example/", "file:///etc/passwd"):
            self.server.faults = [("status", 307, {}, ("Location", location))]
            with self.assertRaisesRegex(UserError, "307.*another address"):
                self.provider._request("GET", "v1/access", is_open=True)
