from odoo import fields, models
from odoo.tools import SQL


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "dunning.system.fields"]

    dunning_level = fields.Integer(
        copy=False, readonly=True, aggregator="max",
        help="1: first reminder, 2: second … 8: last notice, 9: handover.", groups="base.group_user")
    dunning_level_id = fields.Many2one(
        "dunning.level", "Dunning Step", copy=False, readonly=True, index="btree_not_null", ondelete="set null",
        groups="base.group_user")
    dunning_level_date = fields.Date("Last Dunning Step On", copy=False, readonly=True, groups="base.group_user")
    dunning_delivered = fields.Char(
        "What Was Delivered", groups="base.group_user",
        help="For items of entries that are no invoices, as opening entries: reminders of some laws must state it.")
    dunning_run_count_id = fields.Many2one(
        "dunning.run.count", "Counted In", store=False, search="_search_dunning_run_count_id",
        help="Items that a run counted under a step or a reason.", groups="base.group_user")

    def _search_dunning_run_count_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", SQL(
            "(SELECT item::int FROM dunning_run_count, jsonb_array_elements_text(item_ids) AS item"
            " WHERE id = ANY(%s))", list(value)))]

    def _dunning_rank(self):
        """The number of this instalment in its invoice: 1 for the first, 2 for the second …"""
        self.ensure_one()
        return self.move_id._dunning_instalments().ids.index(self.id) + 1
