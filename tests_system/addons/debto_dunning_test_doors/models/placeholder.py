from odoo import api, models


class DunningLevel(models.Model):
    _inherit = "dunning.level"

    @api.model
    def _placeholders(self):
        return {**super()._placeholders(), "weather": "the weather of today"}


class DunningCommunication(models.Model):
    _inherit = "dunning.communication"

    def _text_values(self, steps=None):
        return {**super()._text_values(steps), "weather": "sunny"}
