from odoo.tests import tagged

from odoo.addons.debto_dunning.tests.access import glue_access


@tagged("post_install", "-at_install")
class TestCompanywebAccess(glue_access.GlueAccess):
    addon = "debto_dunning_companyweb"
