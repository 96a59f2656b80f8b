from odoo import api, fields, models


class DunningRunCount(models.Model):
    """A count of a run: the items of a step taken, or the items left for a reason."""

    _name = "dunning.run.count"
    _description = "Count of a Dunning Run"
    _order = "run_id, level_id, count DESC, id"

    run_id = fields.Many2one("dunning.run", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="run_id.company_id")
    currency_id = fields.Many2one(related="run_id.currency_id")
    level_id = fields.Many2one("dunning.level", "Step", ondelete="cascade")
    reason = fields.Char("Reason Code")
    label = fields.Char("What", compute="_compute_label")
    count = fields.Integer("Items")
    amount = fields.Monetary("Asked")
    item_ids = fields.Json("Items of the Count", help="Ids of the open items, kept for 90 days.")

    @api.depends("reason", "level_id")
    def _compute_label(self):
        reasons = self.env["dunning.run"]._reasons()
        # names the policy too, because a run has steps of several policies
        for count in self.with_context(dunning_level_policy=True):
            reason = reasons.get(count.reason)
            count.label = count.level_id.display_name or (reason.words if reason else count.reason)

    def action_open_items(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.label,
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "views": [(self.env.ref("debto_dunning.account_move_line_view_list").id, "list"), (False, "form")],
            "search_view_id": [self.env.ref("debto_dunning.account_move_line_view_search").id],
            "domain": [("dunning_run_count_id", "=", self.id)],
            "context": {"create": False},
        }
