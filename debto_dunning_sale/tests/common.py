"""Products, quotations and a sales person for the tests of risk in sales."""

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.debto_dunning.tests.common import DunningCommon


class DunningSaleCommon(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("sales_team.group_sale_manager")
        cls.salesman = new_test_user(
            cls.env, "dunning_salesman", "sales_team.group_sale_salesman", company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)])
        cls.tax = cls.env["account.tax"].create({"name": "21 %", "amount": 21.0, "type_tax_use": "sale"})
        cls.ordered, cls.delivered = cls.env["product.product"].create([
            {"name": policy, "type": "service", "invoice_policy": policy, "list_price": 100.0,
             "taxes_id": [Command.set(cls.tax.ids)]} for policy in ("order", "delivery")])

    @classmethod
    def make_order(cls, quantity=10, product=None, partner=None, confirmed=False, user=None, line=None, **vals):
        """A quotation or order of ``quantity`` at 100.00 (121.00 with tax)."""
        orders = cls.env["sale.order"].with_user(user or cls.env.user)
        order = orders.create({
            "partner_id": (partner or cls.customer).id,
            "order_line": [Command.create({
                "product_id": (product or cls.ordered).id, "product_uom_qty": quantity, **(line or {})})],
            **vals,
        })
        if confirmed:
            order.action_confirm()
        return order

    @classmethod
    def make_segment(cls, **vals):
        return cls.env["dunning.segment"].create({"name": "Cash first", "prepayment_asked": True, **vals})

    @classmethod
    def file_of(cls, partner, company=None):
        """The debtor as it is; empty where there is none."""
        return cls.env["dunning.debtor"].with_context(active_test=False).search([
            ("partner_id", "=", partner.id), ("company_id", "=", (company or cls.company).id)])
