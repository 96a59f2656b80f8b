from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError


class ReplyAction(NamedTuple):
    """What may be done with an answer by one click."""

    method: str  #: of ``dunning.communication``; returns an action of the client or nothing
    words: str  #: what it does, for the person who clicks


class DunningCommunication(models.Model):
    """What an answer proposes to do. A person does it; nothing here is done by itself."""

    _inherit = "dunning.communication"

    reply_has_action = fields.Boolean(compute="_compute_reply_has_action")

    @api.depends("reply_label")
    def _compute_reply_has_action(self):
        for communication in self:
            communication.reply_has_action = bool(communication._reply_action())

    def _reply_action(self):
        """The :class:`ReplyAction` that this answer proposes; None where it proposes nothing."""
        return self._reply_actions().get(self.reply_label)

    @api.model
    def _reply_actions(self):
        """{label of an answer: :class:`ReplyAction`}; other parts and addons extend it by ``super()``.

        A label without an entry proposes nothing: a person answers.
        """
        hold = ReplyAction("action_reply_hold", self.env._("Leave the customer alone for a while"))
        seen = ReplyAction("action_seen", self.env._("Mark as looked at"))
        return {
            "plan": hold,
            "refuses": hold,
            "insolvency": hold,
            "paid": ReplyAction(
                "action_reply_hold", self.env._("Leave the customer alone until the payment is booked")),
            "copy": ReplyAction("action_reply_send_invoices", self.env._("Send the invoices again")),
            "wrong_contact": ReplyAction("action_reply_contact", self.env._("Open the customer's contacts")),
            "automatic": seen,
            "bounce": seen,
            "thanks": seen,
        }

    def _reply_proposal_words(self):
        # EXTENDS: with what a click on it does
        words = super()._reply_proposal_words()
        action = self._reply_action()
        return f"{words} → {action.words}" if action and words else words

    def action_do_as_proposed(self):
        """Do what the label of this answer proposes.

        :raises UserError: it proposes nothing
        """
        self.ensure_one()
        self._check_clerk()
        action = self._reply_action()
        if not action:
            raise UserError(self.env._("“%s” proposes nothing: answer the customer yourself.", self.subject))
        return getattr(self, action.method)()

    def action_reply_hold(self):
        """Put the customer on hold, until the day that the answer names where it names one; the answer was read."""
        self.ensure_one()
        action = self.action_seen_and_hold()
        until = self.reply_date
        return {**action, "context": {
            **action["context"], "default_note": self.reply_proposal or self.subject,
            **({"default_date_until": until} if until else {})}}

    def action_reply_send_invoices(self):
        """Open Odoo's dialogue to send the invoices that the answer names, else all that are open.

        :raises UserError: there is none
        """
        self.ensure_one()
        self._check_clerk()
        moves = self.reply_move_ids or self.env["account.move.line"].search([
            *self.env["account.move"]._check_company_domain(self.company_id),
            ("move_id.commercial_partner_id", "=", self.customer_id.id), ("account_type", "=", "asset_receivable"),
            ("parent_state", "=", "posted"), ("reconciled", "=", False),
            ("move_id.move_type", "=", "out_invoice")]).move_id
        if not moves:
            raise UserError(self.env._("Nothing is open of this customer."))
        return moves.action_send_and_print()

    def action_reply_contact(self):
        """Open the customer's contacts."""
        self.ensure_one()
        self._check_clerk()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.customer_id.id,
            "view_mode": "form",
        }
