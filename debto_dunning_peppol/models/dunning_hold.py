from odoo import api, fields, models


class DunningHold(models.Model):
    """A pause because the customer rejected the invoice by Peppol."""

    _inherit = "dunning.hold"

    kind = fields.Selection(
        selection_add=[("peppol_rejected", "Rejected by Peppol")], ondelete={"peppol_rejected": "set default"})

    @api.model
    def _reasons_by_kind(self):
        # EXTENDS debto_dunning
        return {**super()._reasons_by_kind(), "peppol_rejected": "peppol_rejected"}

    @api.model
    def _logged_kinds(self):
        # EXTENDS debto_dunning: a person ends such a pause, once the invoice was talked over
        return (*super()._logged_kinds(), "peppol_rejected")

    def _end(self):
        # EXTENDS debto_dunning
        res = super()._end()
        # sudo: the activity may be somebody else's
        self.sudo().filtered(lambda hold: hold.kind == "peppol_rejected").move_id.activity_unlink(
            ["debto_dunning_peppol.activity_type_rejected"])
        return res
