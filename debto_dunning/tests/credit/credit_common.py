"""What the tests of credit information share: a service on loopback, a provider of it and a Belgian customer."""

from unittest.mock import patch

from ...models.credit import dunning_credit_http
from ...tools import service_address
from ..loopback_common import LoopbackCommon
from .credit_server import PASSWORD, USER, CreditServer

VAT, NUMBER, KEY = "BE0477472701", "0477472701", "BE-0-0477472701"


class CreditCommon(LoopbackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"vat": VAT, "country_id": cls.env.ref("base.be").id})
        cls.debtor = cls.debtor_of(cls.customer)
        # the stand-in of the service runs on this machine
        cls.startClassPatcher(patch.object(service_address, "allowed_hosts", lambda: {"127.0.0.1"}))
        cls.provider = cls.make_provider("creditsafe")
        cls.startClassPatcher(patch.object(dunning_credit_http, "FIRST_PAUSE", 0.01))

    @classmethod
    def make_provider(cls, code, **vals):
        return cls.env["dunning.credit.provider"].create({
            "name": vals.pop("name", code.title()), "code": code, "username": USER, "password": PASSWORD,
            "timeout": 1, "base_url": "http://127.0.0.1:9", "country_ids": [(6, 0, cls.env.ref("base.be").ids)],
            **vals})

    def setUp(self):
        super().setUp()
        self.server = CreditServer()
        self.server.__enter__()
        self.addCleanup(self.server.__exit__)
        self.provider.base_url = self.server.url
        self.server.add_company(KEY, "Azur NV", vat=VAT, registration=NUMBER)

    def ask(self, debtor=None, provider=None):
        return (debtor or self.debtor)._ask_credit_report(provider or self.provider)
