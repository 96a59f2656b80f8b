from odoo.tests import tagged

from odoo.addons.debto_dunning.tests.common import DunningCommon

from ..hooks import post_init_hook, uninstall_hook


@tagged("post_install", "-at_install")
class TestDeliveryWarning(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor = cls.debtor_of(cls.customer)

    def test_warning_keeps_what_stood_there(self):
        self.customer.picking_warn_msg = "Rings twice"

        self.debtor.delivery_hold = True
        self.assertRegex(self.customer.picking_warn_msg, "^Rings twice\n.*deliveries are on hold")

        self.debtor.delivery_hold = False
        self.assertEqual(self.customer.picking_warn_msg, "Rings twice")

    def test_insolvency_replaces_the_line(self):
        self.debtor.delivery_hold = True

        self.debtor.sudo().is_insolvent = True

        self.assertEqual(self.customer.picking_warn_msg, self.debtor.delivery_warning)
        self.assertIn("insolvent", self.customer.picking_warn_msg)

    def test_addon_comes_and_goes(self):
        self.debtor.delivery_hold = True
        self.customer.picking_warn_msg = "Rings twice"

        post_init_hook(self.env)
        self.assertRegex(self.customer.picking_warn_msg, "^Rings twice\n.*on hold")
        uninstall_hook(self.env)

        self.assertEqual(self.customer.picking_warn_msg, "Rings twice")
        self.assertTrue(self.debtor.delivery_warning, "other addons' warnings stay")
