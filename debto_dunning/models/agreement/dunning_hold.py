from odoo import api, fields, models


class DunningHold(models.Model):
    """The pauses that agreements cause."""

    _inherit = "dunning.hold"

    kind = fields.Selection(
        selection_add=[("promise", "Promise to pay"), ("dispute", "Dispute")],
        ondelete={"promise": "cascade", "dispute": "cascade"})

    _one_promise = models.UniqueIndex(
        "(move_line_id) WHERE active AND kind = 'promise'",
        "Payment of this invoice was promised by another message at the same time: look at it first.")

    def _selection_origin(self):
        # EXTENDS dunning.hold
        return [*super()._selection_origin(),
                *((model, self.env[model]._description) for model in ("dunning.promise", "dunning.dispute"))]

    @api.model
    def _reasons_by_kind(self):
        # EXTENDS dunning.hold
        return {**super()._reasons_by_kind(), "promise": "promise", "dispute": "dispute"}
