from odoo import Command
from odoo.tests import tagged

from odoo.addons.debto_dunning.tests.access import glue_access


@tagged("post_install", "-at_install")
class TestSaleAccess(glue_access.GlueAccess):
    addon = "debto_dunning_sale"
    callers = {"sale.order.action_open_debtor": "collector"}
    others_of_addon = {"salesman": "sales_team.group_sale_salesman", "sales_manager": "sales_team.group_sale_manager"}

    @classmethod
    def make_records(cls, company, customer, collector):
        records = super().make_records(company, customer, collector)
        product = cls.env["product.product"].sudo().create({"name": "Service", "type": "service"})
        order = cls.env["sale.order"].sudo().with_company(company).create({
            "partner_id": customer.id, "company_id": company.id,
            "order_line": [Command.create({"product_id": product.id})]})
        return records | {"sale.order": order.sudo(False)}
