from odoo import fields, models
from odoo.tools import format_date


class AccountMove(models.Model):
    """Costs and interest of an invoice."""

    _inherit = "account.move"

    dunning_charge_id = fields.Many2one(
        "dunning.charge", "Costs and Interest Of", copy=False, readonly=True, index="btree_not_null",
        ondelete="set null", help="This document books costs and interest: it bears none itself and has no steps.",
        groups="base.group_user")
    dunning_charge_ids = fields.One2many(
        "dunning.charge", "move_id", "Costs and Interest", readonly=True, groups="base.group_user")
    dunning_charge_due = fields.Monetary(
        "Costs and Interest Due", compute="_compute_dunning_charges",
        help="Asked of the customer besides the invoice, and not paid.", groups="base.group_user")
    dunning_charge_note = fields.Text(
        "Why No Costs", compute="_compute_dunning_charges",
        help="What kept costs and interest out of the last reminder, or more of them.", groups="base.group_user")

    def _compute_dunning_charges(self):
        # who reads an invoice of a branch may lack access to the root company, of which its charges are
        charges = self.env["dunning.charge"].sudo().search([("move_id", "in", self.ids)]).grouped("move_id")
        lines = self.env["dunning.communication.line"].sudo().search([
            ("move_id", "in", self.ids), ("law_id", "!=", False), ("void", "=", False)], order="id").grouped("move_id")
        for move in self:
            own = charges.get(move, self.env["dunning.charge"]).filtered(
                lambda charge, move=move: move._dunning_is_of(charge.customer_id))
            move.dunning_charge_due = sum(own.mapped("amount_due"))
            waived = own.filtered("is_waived")
            last = lines.get(move, self.env["dunning.communication.line"]).filtered(
                lambda line, move=move: move._dunning_is_of(line.communication_id.customer_id))[-1:]
            if waived:
                move.dunning_charge_note = self.env._("Waived: %s", waived[:1].waive_reason)
            elif last.is_notice and last.charge_from:
                move.dunning_charge_note = self.env._(
                    "%(law)s: the notice was given on %(date)s; costs and interest may be asked from %(start)s.",
                    law=last.law_id.name, date=format_date(self.env, last.notice_date),
                    start=format_date(self.env, last.charge_from))
            else:
                move.dunning_charge_note = last.charge_note

    def action_dunning_waive(self):
        """Open the dialogue that waives the costs and the interest of these invoices."""
        if charges := self.dunning_charge_ids.filtered(
                lambda charge: charge.amount_due and charge.move_id._dunning_is_of(charge.customer_id)):
            return self.env["dunning.waive"]._action_open(charge_ids=charges.ids)
        return self.env["dunning.waive"]._action_open(move_ids=self._dunning_filter_open().ids)

    def action_open_dunning_charges(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Costs and Interest of %s", self.name),
            "res_model": "dunning.charge",
            "view_mode": "list,form",
            "domain": [("move_id", "=", self.id)],
        }
