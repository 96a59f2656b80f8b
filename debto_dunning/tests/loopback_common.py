"""The base of tests with a service of another company, whose stand-in runs on this machine."""

from odoo.tests.common import _super_send

from .common import DunningCommon


class LoopbackCommon(DunningCommon):
    @classmethod
    def _request_handler(cls, s, r, /, **kw):
        # without the least time-out that Odoo's tests insist on
        if r.url.startswith("http://127.0.0.1:"):
            return _super_send(s, r, **kw)
        return super()._request_handler(s, r, **kw)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # counters, tokens and pauses have transactions of their own; here they share the test's
        cls.registry_enter_test_mode_cls()
