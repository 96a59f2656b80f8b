from odoo import api, models

from ..hooks import WARNING_FIELDS


class DunningDebtor(models.Model):
    """Holds show on deliveries."""

    _inherit = "dunning.debtor"

    @api.model
    def _delivery_warning_fields(self):
        # EXTENDS debto_dunning
        return super()._delivery_warning_fields() + WARNING_FIELDS

    def _department_models(self):
        # EXTENDS debto_dunning
        return [*super()._department_models(), ("stock.picking", "partner_id.commercial_partner_id")]
