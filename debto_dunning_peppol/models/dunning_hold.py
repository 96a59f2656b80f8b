from odoo import api, fields, models

from odoo.addons.debto_dunning.models.night.dunning_hold import HoldKind


class DunningHold(models.Model):
    """A pause because the customer rejected the invoice by Peppol."""

    _inherit = "dunning.hold"

    kind = fields.Selection(
        selection_add=[("peppol_rejected", "Rejected by Peppol")], ondelete={"peppol_rejected": "set default"})

    @api.model
    def _hold_kinds(self):
        # EXTENDS debto_dunning: a person ends such a pause, once the invoice was talked over
        return {**super()._hold_kinds(), "peppol_rejected": HoldKind(reason="peppol_rejected", made_by_hand=False)}

    def _end(self):
        # EXTENDS debto_dunning
        res = super()._end()
        # sudo: the activity may be somebody else's
        self.sudo().filtered(lambda hold: hold.kind == "peppol_rejected").move_id.activity_unlink(
            ["debto_dunning_peppol.activity_type_rejected"])
        return res
