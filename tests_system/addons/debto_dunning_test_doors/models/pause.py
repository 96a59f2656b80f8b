from odoo import fields, models

from odoo.addons.debto_dunning.models.night.dunning_hold import HoldKind
from odoo.addons.debto_dunning.tools.decision import Reason


class DunningHold(models.Model):
    """Two kinds of pause: one with a reason of its own, one that is a hold like others."""

    _inherit = "dunning.hold"

    kind = fields.Selection(
        selection_add=[("moving", "The customer moves house"), ("strike", "Strike")],
        ondelete={"moving": "cascade", "strike": "cascade"})

    def _hold_kinds(self):
        return {**super()._hold_kinds(), "moving": HoldKind(reason="moving")}


class DunningRun(models.Model):
    _inherit = "dunning.run"

    def _reasons(self):
        return {**super()._reasons(), "moving": Reason("the customer moves house", 75, drops=True, sendable="warned")}
