from odoo import api, fields, models
from odoo.fields import Domain


class AccountMove(models.Model):
    """The agreements about an invoice."""

    _inherit = "account.move"

    dunning_promise_ids = fields.Many2many(
        "dunning.promise", compute="_compute_dunning_promise_ids", string="Promises about this Invoice",
        groups="base.group_user")
    dunning_dispute_ids = fields.Many2many(
        "dunning.dispute", compute="_compute_dunning_dispute_ids", string="Disputes about this Invoice",
        groups="base.group_user")
    dunning_dispute_count = fields.Integer(compute="_compute_dunning_dispute_ids", groups="base.group_user")
    dunning_dispute_id = fields.Many2one(
        "dunning.dispute", "Upheld Dispute", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        groups="base.group_user", help="The dispute from which this credit note was started.")
    dunning_promise_count = fields.Integer(compute="_compute_dunning_promise_ids", groups="base.group_user")

    def _compute_dunning_promise_ids(self):
        lines = self.env["dunning.promise.line"].search([("move_id", "in", self.ids)]).grouped("move_id")
        for move in self:
            move.dunning_promise_ids = lines[move].promise_id if move in lines else False
            move.dunning_promise_count = len(move.dunning_promise_ids)

    def _compute_dunning_dispute_ids(self):
        disputes = self.env["dunning.dispute"].search([("move_id", "in", self.ids)]).grouped("move_id")
        for move in self:
            move.dunning_dispute_ids = disputes.get(move, False)
            move.dunning_dispute_count = len(move.dunning_dispute_ids)

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        # EXTENDS account: what was conceded is not paused any more once its credit note stands in the ledger
        posted = super()._post(soft)
        # sudo: accounting users may lack access to disputes of which they post the credit note
        posted.sudo().dunning_dispute_id._credited()
        return posted

    def _dunning_relink_log(self):
        # EXTENDS debto_dunning: agreements follow their items as the log does
        res = super()._dunning_relink_log()
        for model in self._dunning_agreement_items():
            # sudo: accounting users may lack access to agreements. Only those of the invoices that they post are
            # written.
            rows_by_move = self.env[model].sudo().search([("move_id", "in", self.ids)]).grouped("move_id")
            for move, rows in rows_by_move.items():
                move.sudo()._dunning_relink_agreements(rows)
        return res

    def _dunning_agreement_items(self):
        """The models of what names an item in an agreement."""
        return ["dunning.promise.line", "dunning.dispute.line", "dunning.payment.plan.item"]

    def _dunning_relink_agreements(self, rows):
        """Link what agreements say of this invoice with its items, now that it was posted again.

        What was agreed with another customer, before the invoice moved to this one, is linked with no item.

        :param rows: records of :meth:`_dunning_agreement_items`
        """
        own = rows.filtered(lambda row: self._dunning_is_of(row._agreement().partner_id))
        successors = self._dunning_successors(own)
        for row in rows:
            item = successors[row] if row in own else self.line_ids.browse()
            if row.move_line_id != item:
                row.write({
                    "move_line_id": item.id,
                    "former_move_line_id": False if item else (row.move_line_id or row.former_move_line_id).id})
            if item:
                row.rank = item._dunning_rank()
        rows._agreement()._drop_without_items()
        rows._agreement()._write_holds()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_dunning_promise(self):
        """Open the dialogue in which the promise to pay these invoices is written down."""
        return self.env["dunning.promise.make"]._action_open(moves=self._dunning_filter_open())

    def action_dunning_dispute(self):
        """Open the dialogue in which a dispute about these invoices is opened; any colleague who sees them may."""
        return self.env["dunning.dispute.make"]._action_open(moves=self)

    def action_open_dunning_disputes(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Disputes about %s", self.name),
            "res_model": "dunning.dispute",
            "view_mode": "list,form",
            "domain": [("move_id", "=", self.id)],
        }

    def action_open_dunning_promises(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Promises about %s", self.name),
            "res_model": "dunning.promise",
            "view_mode": "list,form",
            "domain": list(Domain("line_ids.move_id", "=", self.id)),
        }


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    dunning_hold_ids = fields.One2many(
        "dunning.hold", "move_line_id", "Pauses", groups="debto_dunning.group_dunning_user")
    dunning_disputed = fields.Monetary(
        "In Dispute", compute="_compute_dunning_disputed", compute_sudo=True, currency_field="currency_id",
        groups="base.group_user", help="The part of this item that is in dispute and not asked.")

    @api.depends("dunning_hold_ids.active", "dunning_hold_ids.amount", "dunning_hold_ids.kind",
                 "dunning_hold_ids.date_until", "amount_residual_currency")
    def _compute_dunning_disputed(self):
        for item in self:
            today = item.company_id._dunning_today()
            holds = item.dunning_hold_ids.filtered(
                lambda hold, today=today: hold.active and (not hold.date_until or hold.date_until >= today))
            is_whole = any(hold.kind == "dispute" and not hold.amount for hold in holds)
            left = max(item.amount_residual_currency, 0.0)
            item.dunning_disputed = left if is_whole else min(left, sum(holds.mapped("amount")))
