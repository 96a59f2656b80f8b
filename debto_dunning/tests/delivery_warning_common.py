"""What every addon must do that shows holds of deliveries in a warning of Odoo's."""

from .common import DunningCommon


class DeliveryWarningCommon(DunningCommon):
    allow_inherited_tests_method = True  # else Odoo runs what a class itself defines, here nothing
    #: The field of the customer in which the addon shows them.
    warning_field = None
    #: The addon's module of hooks.
    hooks = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor = cls.debtor_of(cls.customer)

    def test_warning_keeps_what_stood_there(self):
        self.customer[self.warning_field] = "Rings twice"

        self.debtor.delivery_hold = True
        self.assertRegex(self.customer[self.warning_field], "^Rings twice\n.*deliveries are on hold")

        self.debtor.delivery_hold = False
        self.assertEqual(self.customer[self.warning_field], "Rings twice")

    def test_insolvency_replaces_the_line(self):
        self.debtor.delivery_hold = True

        self.debtor.sudo().is_insolvent = True

        self.assertEqual(self.customer[self.warning_field], self.debtor.delivery_warning)
        self.assertIn("insolvent", self.customer[self.warning_field])

    def test_addon_comes_and_goes(self):
        self.debtor.delivery_hold = True
        self.customer[self.warning_field] = "Rings twice"

        self.hooks.post_init_hook(self.env)
        self.assertRegex(self.customer[self.warning_field], "^Rings twice\n.*on hold")
        self.hooks.uninstall_hook(self.env)

        self.assertEqual(self.customer[self.warning_field], "Rings twice")
        self.assertTrue(self.debtor.delivery_warning, "other addons' warnings stay")
