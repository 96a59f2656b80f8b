from odoo import api, models


class DunningLawRecord(models.AbstractModel):
    """A record that the calculations read through the cache; any change of one empties it."""

    _name = "dunning.law.record"
    _inherit = ["dunning.shared.record"]
    _description = "Record That Calculations by Law Keep in the Cache"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
