from odoo.tests import tagged

from odoo.addons.debto_dunning.tests.access import glue_access


@tagged("post_install", "-at_install")
class TestStockAccess(glue_access.GlueAccess):
    addon = "debto_dunning_stock"
    others_of_addon = {"storekeeper": "stock.group_stock_user", "stock_manager": "stock.group_stock_manager"}
