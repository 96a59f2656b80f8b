from odoo import api, fields, models


class DunningWaive(models.TransientModel):
    """Waives costs and interest, with a reason that the log keeps."""

    _name = "dunning.waive"
    _description = "Waive Costs and Interest"
    _inherit = ["dunning.caller.check"]

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
        """The action that opens this dialogue.

        :param vals: ``charge_ids`` or ``move_ids``, as lists of ids
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Waive Costs and Interest"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{name}": ids for name, ids in vals.items()},
        }

    def _check_one_company(self):
        """Costs of several companies can be waived at once."""

    def action_waive(self):
        """Waive the charges; for the invoices, waive also what later reminders would ask."""
        self.ensure_one()
        self.env["dunning.charge"]._check_dunning_user()
        # sudo: who waives need not see invoices; that they are of the own companies was checked when they were named
        moves = self.sudo().move_ids
        charges = self.charge_ids | self.env["dunning.charge"]._find_or_create(
            self.env["account.move.line"].union(*(move._dunning_open_items() for move in moves)).sudo(False))
        charges._waive(self.reason)
        return {"type": "ir.actions.act_window_close"}
