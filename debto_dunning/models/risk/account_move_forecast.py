from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class AccountMoveLine(models.Model):
    """The expected payment of an open instalment, computed from the risk model for a whole list at once."""

    _inherit = "account.move.line"

    dunning_expected_date = fields.Date(
        "Expected Payment", compute="_compute_dunning_expected", groups="base.group_user",
        help="As likely before as after this day, by how this customer and customers like it pay.")
    dunning_expected_latest = fields.Date(
        "Expected at the Latest", compute="_compute_dunning_expected", groups="base.group_user",
        help="By this day it is paid in nine of ten cases.")
    dunning_late_chance = fields.Float(
        "Chance of Late Payment (%)", compute="_compute_dunning_expected", groups="base.group_user", digits=(16, 0),
        help="After the due date.")
    dunning_late_chance_30 = fields.Float(
        "Chance of More than 30 Days Late (%)", compute="_compute_dunning_expected", groups="base.group_user",
        digits=(16, 0))

    @api.depends("reconciled", "date_maturity", "amount_residual", "parent_state", "partner_id")
    def _compute_dunning_expected(self):
        items = self.filtered(
            lambda line: line._dunning_is_open() and line.move_id.is_sale_document(include_receipts=True))
        forecasts = self.env["dunning.debtor"]._forecasts(items._origin)
        for line in self:
            forecast = forecasts.get(line._origin)
            due = forecast and line._dunning_due_date()
            line.dunning_expected_date = forecast and due + timedelta(forecast.p50)
            line.dunning_expected_latest = forecast and due + timedelta(forecast.p90)
            line.dunning_late_chance = forecast and 100 * forecast.chance_later(0)
            line.dunning_late_chance_30 = forecast and 100 * forecast.chance_later(30)


class AccountMove(models.Model):
    _inherit = "account.move"

    dunning_expected_date = fields.Date(
        "Expected Payment", compute="_compute_dunning_expected", groups="base.group_user",
        help="As likely before as after this day, by how this customer and customers like it pay. Of the last "
             "instalment still open.")
    dunning_expected_latest = fields.Date(
        "Expected at the Latest", compute="_compute_dunning_expected", groups="base.group_user",
        help="By this day it is paid in nine of ten cases.")
    dunning_late_chance = fields.Float(
        "Chance of Late Payment (%)", compute="_compute_dunning_expected", groups="base.group_user", digits=(16, 0),
        help="After the due date.")
    dunning_late_chance_30 = fields.Float(
        "Chance of More than 30 Days Late (%)", compute="_compute_dunning_expected", groups="base.group_user",
        digits=(16, 0))

    @api.depends("state", "payment_state", "line_ids.amount_residual", "line_ids.date_maturity")
    def _compute_dunning_expected(self):
        names = ("dunning_expected_date", "dunning_expected_latest", "dunning_late_chance", "dunning_late_chance_30")
        lines = self.env["account.move.line"].search(
            Domain("move_id", "in", self._origin.ids) & Domain("account_type", "=", "asset_receivable")
            & Domain("reconciled", "=", False) & Domain("parent_state", "=", "posted"))
        lines.mapped("dunning_expected_date")  # computes them all in one go, without a query for each item
        items = lines.filtered("dunning_expected_date").grouped("move_id")
        for move in self:
            last = items.get(move._origin, lines.browse()).sorted("dunning_expected_date")[-1:]
            for name in names:
                move[name] = last[name]
