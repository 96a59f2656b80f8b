from odoo.tests import tagged

from odoo.addons.debto_dunning.tests.delivery_warning_common import DeliveryWarningCommon

from .. import hooks


@tagged("post_install", "-at_install")
class TestDeliveryWarning(DeliveryWarningCommon):
    warning_field = "sale_warn_msg"
    hooks = hooks
