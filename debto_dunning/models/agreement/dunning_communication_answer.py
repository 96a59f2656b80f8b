from odoo import models
from odoo.fields import Command

from ..replies.dunning_communication_reply_action import ReplyAction

#: Kinds of disputes that are shipped under another name than what an answer is read as.
SHIPPED_AS = {"already_paid": "paid"}


class DunningCommunication(models.Model):
    """What an answer says, taken over into the dialogue of an agreement. A person confirms it there."""

    _inherit = "dunning.communication"

    def _reply_actions(self):
        # EXTENDS debto_dunning
        return {
            **super()._reply_actions(),
            "promise": ReplyAction("action_promise", self.env._("Write the promise down")),
            "plan": ReplyAction("action_payment_plan", self.env._("Make a payment plan")),
            "dispute": ReplyAction("action_dispute", self.env._("Open a dispute")),
        }

    def action_promise(self):
        # EXTENDS debto_dunning
        action = super().action_promise()
        if self.reply_label == "promise":
            dialogue = self.env[action["res_model"]].browse(action["res_id"])
            named = dialogue.line_ids.filtered(lambda line: line.item_id.move_id in self.reply_move_ids)
            dialogue.write({
                **({"line_ids": [Command.update(line.id, {"is_chosen": line in named}) for line in dialogue.line_ids]}
                   if named else {}),
                **({"date": self.reply_date} if self.reply_date else {}),
            })
            if 0 < self.reply_amount <= dialogue.amount:
                dialogue.amount = self.reply_amount
        return action

    def action_payment_plan(self):
        # EXTENDS debto_dunning
        action = super().action_payment_plan()
        if self.reply_label == "plan":
            dialogue = self.env[action["res_model"]].browse(action["res_id"])
            named = dialogue.item_ids.filtered(lambda row: row.item_id.move_id in self.reply_move_ids)
            if named:
                for row in dialogue.item_ids:
                    row.is_chosen = row in named
        return action

    def action_dispute(self):
        # EXTENDS debto_dunning
        action = super().action_dispute()
        if self.reply_label == "dispute":
            dialogue = self.env[action["res_model"]].browse(action["res_id"])
            shipped = SHIPPED_AS.get(self.reply_category, self.reply_category)
            dialogue.category_id = self.env.ref(
                f"debto_dunning.dispute_category_{shipped}", raise_if_not_found=False) if shipped else False
            for line in dialogue.line_ids.filtered(lambda line: line.item_id.move_id in self.reply_move_ids):
                line.amount = line.amount_open
        return action
