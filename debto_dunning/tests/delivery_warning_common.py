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
        self.assertRegex(self.customer[self.warning_field], "^Rings twice\nAsk accounting first")

        self.debtor.delivery_hold = False
        self.assertEqual(self.customer[self.warning_field], "Rings twice")

    def test_warning_says_neither_whose_nor_why(self):
        """Odoo's fields are the same in every company."""
        self.debtor.sudo().write({"delivery_hold": True, "is_insolvent": True})

        self.assertEqual(self.customer[self.warning_field], self.debtor.delivery_warning)
        self.assertNotIn("insolvent", self.customer[self.warning_field])
        self.assertNotIn(self.company.name, self.customer[self.warning_field])

    def test_warning_goes_when_no_company_wants_it(self):
        other = self.setup_other_company(name="Other")["company"]
        debtors = self.debtor + self.debtor_of(self.customer, other)
        debtors.sudo().delivery_hold = True
        self.assertEqual(self.customer[self.warning_field], debtors[0].delivery_warning)

        debtors[0].sudo().delivery_hold = False
        self.assertTrue(self.customer[self.warning_field])
        debtors[1].sudo().delivery_hold = False

        self.assertFalse(self.customer[self.warning_field])

    def test_addon_comes_and_goes(self):
        self.debtor.delivery_hold = True
        self.customer[self.warning_field] = "Rings twice"

        self.hooks.post_init_hook(self.env)
        self.assertRegex(self.customer[self.warning_field], "^Rings twice\nAsk accounting")
        self.hooks.uninstall_hook(self.env)

        self.assertEqual(self.customer[self.warning_field], "Rings twice")
        self.assertTrue(self.debtor.delivery_warning, "other addons' warnings stay")
