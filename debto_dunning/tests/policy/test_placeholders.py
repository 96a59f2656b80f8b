"""What the texts of a step can hold between braces, and that another addon can add to it."""

from markupsafe import escape

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..addon_common import AddonCommon
from ..communication.contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestPlaceholders(ContactCommon):
    def test_each_has_a_value_and_words(self):
        self.make_invoice()
        reminder = self.remind()

        known = self.env["dunning.level"]._placeholders()

        self.assertEqual(set(known), set(reminder._text_values()))
        self.assertTrue(all(known.values()))

    def test_form_names_them(self):
        placeholder_help = Form(self.first).placeholder_help

        for name, words in self.env["dunning.level"]._placeholders().items():
            self.assertIn(f"{{{name}}}", placeholder_help)
            self.assertIn(escape(words), placeholder_help)

    def test_unknown_one_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "depot"):
            self.first.body = "Your goods wait in {depot}."


@tagged("post_install", "-at_install")
class TestPlaceholderOfAnotherAddon(AddonCommon, ContactCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Level(models.Model):
            _module = None
            _name = "dunning.level"
            _inherit = ["dunning.level"]

            @api.model
            def _placeholders(self):
                return {**super()._placeholders(), "depot": "the place of the goods"}

        class Communication(models.Model):
            _module = None
            _name = "dunning.communication"
            _inherit = ["dunning.communication"]

            def _text_values(self, steps=None):
                return {**super()._text_values(steps), "depot": f"Gent & {len(self.line_ids)}"}

        cls.extend(Level, Communication)

    def test_text_is_accepted_and_filled_in(self):
        self.first.body = "Your goods wait in {depot}."
        self.make_invoice()

        reminder = self.remind()

        self.assertIn("Your goods wait in Gent &amp; 1.", reminder.body)
        self.assertIn("the place of the goods", self.first.placeholder_help)
