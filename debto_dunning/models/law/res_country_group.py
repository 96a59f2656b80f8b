from odoo import models


class ResCountryGroup(models.Model):
    _inherit = "res.country.group"

    def write(self, vals):
        # which law holds in a country is kept in the cache
        if "country_ids" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)
