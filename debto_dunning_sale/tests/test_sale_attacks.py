from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DunningSaleCommon

SHOWN = ("dunning_risk", "dunning_is_risky", "require_payment")


@tagged("post_install", "-at_install")
class TestSaleAttacks(DunningSaleCommon):
    """Quotations that are not saved yet and name another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Other")["company"]
        cls.other.portal_confirmation_pay = False
        cls.stranger = new_test_user(
            cls.env, "other_salesman", "sales_team.group_sale_salesman", company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)])
        cls.company.portal_confirmation_pay = False
        cls.segment = cls.make_segment(company_id=cls.company.id)
        debtor = cls.env["dunning.debtor"].sudo()._for_partners(cls.customer, cls.company)
        debtor.write({"segment_id": cls.segment.id, "risk_score": 77})
        cls.named = {
            "partner_id": cls.customer.id, "partner_invoice_id": cls.customer.id, "company_id": cls.company.id}
        cls.env.flush_all()

    def onchange(self, user, values, context=None):
        self.env.invalidate_all()
        orders = self.env["sale.order"].with_user(user).with_context(**{
            "allowed_company_ids": user.sudo().company_ids.ids, **(context or {})})
        return orders.onchange(values, list(values), {name: {} for name in SHOWN})["value"]

    def test_quotation_that_names_another_company(self):
        defaults = {f"default_{name}": value for name, value in self.named.items()}
        for values, context in ((self.named, {}), ({}, defaults), ({"company_id": self.company.id}, defaults)):
            with self.subTest(values=values):
                try:
                    shown = self.onchange(self.stranger, values, context)
                except AccessError:
                    continue
                self.assertFalse(any(shown.get(name) for name in SHOWN))

    def test_own_quotation_moved_to_another_company(self):
        order = self.env["sale.order"].with_user(self.stranger).create({"partner_id": self.customer.id})
        self.env.flush_all()
        self.env.invalidate_all()

        try:
            shown = order.onchange(self.named, ["company_id"], {name: {} for name in SHOWN})["value"]
        except AccessError:
            return

        self.assertFalse(any(shown.get(name) for name in SHOWN))

    def test_quotation_of_the_own_company(self):
        shown = self.onchange(self.salesman, self.named)

        self.assertIn(self.segment.name, shown["dunning_risk"])
        self.assertTrue(shown["dunning_is_risky"] and shown["require_payment"])

    def test_quotation_that_the_system_makes_for_another_company(self):
        """A customer of the web shop of a company that is not the user's pays beforehand all the same."""
        order = self.env["sale.order"].with_user(self.stranger).sudo().create(self.named)

        self.assertTrue(order.require_payment)
        self.assertEqual(order.prepayment_percent, 1.0)
