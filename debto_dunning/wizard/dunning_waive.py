from odoo import api, fields, models


class DunningWaive(models.TransientModel):
    """Costs and interest are given up, with the reason that the log keeps."""

    _name = "dunning.waive"
    _description = "Waive Costs and Interest"

    charge_ids = fields.Many2many("dunning.charge", string="Costs and Interest")
    move_ids = fields.Many2many("account.move", string="Invoices")
    reason = fields.Char(required=True)
    letters = fields.Char(
        "Letters Not Posted Yet", compute="_compute_letters", help="They ask these costs and interest all the same.")

    @api.depends("charge_ids", "move_ids")
    def _compute_letters(self):
        for wizard in self:
            moves = wizard.move_ids | wizard.charge_ids.move_id
            waiting = self.env["dunning.communication.line"].search([
                ("move_id", "in", moves.ids), ("level_id", "!=", False), ("void", "=", False),
                ("communication_id.awaits_posting", "=", True)]).communication_id
            wizard.letters = ", ".join(letter.subject for letter in waiting if letter.amount_charges)

    @api.model
    def _action_open(self, **vals):
        """Ask for the reason.

        :param vals: ``charge_ids`` or ``move_ids``
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Waive Costs and Interest"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{name}": ids for name, ids in vals.items()},
        }

    def action_waive(self):
        """Waive the charges, and those that later reminders of the invoices would bring."""
        self.ensure_one()
        charges = self.charge_ids | self.env["dunning.charge"]._for_items(
            self.env["account.move.line"].union(*(move._dunning_open_items() for move in self.move_ids)))
        charges._waive(self.reason)
        return {"type": "ir.actions.act_window_close"}
