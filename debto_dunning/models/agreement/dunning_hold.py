from odoo import api, fields, models

from ..night.dunning_hold import HoldKind
from .dunning_agreement import AGREEMENTS


class DunningHold(models.Model):
    """The pauses that agreements cause."""

    _inherit = "dunning.hold"

    kind = fields.Selection(
        selection_add=[("promise", "Promise to pay"), ("dispute", "Dispute"), ("plan", "Payment plan")],
        ondelete={"promise": "cascade", "dispute": "cascade", "plan": "cascade"})

    _one_promise = models.UniqueIndex(
        "(move_line_id) WHERE active AND kind = 'promise'",
        "Payment of this invoice was promised by another message at the same time: look at it first.")
    _one_plan = models.UniqueIndex(
        "(move_line_id) WHERE active AND kind = 'plan'", "This invoice is in another payment plan already.")

    def _selection_origin(self):
        # EXTENDS dunning.hold
        return [*super()._selection_origin(),
                *((model, self.env[model]._description) for model in AGREEMENTS)]

    @api.model
    def _hold_kinds(self):
        # EXTENDS dunning.hold: they begin and end with the agreement
        return {
            **super()._hold_kinds(),
            "promise": HoldKind(reason="promise", made_by_hand=False, ended_by_hand=False),
            "dispute": HoldKind(reason="dispute", made_by_hand=False, ended_by_hand=False),
            "plan": HoldKind(reason="plan", made_by_hand=False, ended_by_hand=False),
        }
