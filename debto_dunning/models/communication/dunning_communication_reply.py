from odoo import api, models


class DunningCommunication(models.Model):
    """An answer that nobody has read pauses the customer, where the company wants it so."""

    _inherit = "dunning.communication"

    @api.model_create_multi
    def create(self, vals_list):
        communications = super().create(vals_list)
        communications._pause_until_read()
        return communications

    def write(self, vals):
        res = super().write(vals)
        if "needs_attention" in vals and not vals["needs_attention"]:
            self._end_reply_holds()
        return res

    def _message_post_after_hook(self, message, msg_values):
        # EXTENDS mail: with the key of a message a customer can write into its history too, which is an answer
        res = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "comment" and (not message.author_id or message.author_id.partner_share):
            self._take_answer("portal", message.body, message.author_id)
        return res

    def _take_answer(self, channel, body, author, **vals):
        """Log what a customer answers to this message as a contact of its own.

        :param channel: the channel on which the answer came
        :param body: HTML, which may quote the message
        :param author: ``res.partner``, empty where it is not known
        :param vals: what else is known: ``subject``, ``email``
        :return: the contact
        """
        self.ensure_one()
        # sudo: it is logged for a customer, who has no rights of their own
        return self.sudo().create({
            "debtor_id": self.debtor_id.id,
            "partner_id": (author or self.partner_id).id,
            "channel": channel,
            "direction": "in",
            "state": "received",
            "body": self._without_tokens(body),
            "email": vals.get("email"),
            "subject": vals.get("subject") or self.env._("Answer to: %s", self.subject),
            "needs_attention": self.company_id.dunning_reply_pauses,
        })

    def _pause_until_read(self):
        """Pause the customers of answers that wait to be read."""
        waiting = self.filtered(
            lambda answer: answer.state == "received" and answer.needs_attention
            and answer.company_id.dunning_reply_pauses)
        # an answer pauses by itself, whoever takes it in
        self.env["dunning.hold"].sudo().create([{
            "debtor_id": answer.debtor_id.id, "kind": "reply", "origin": f"{answer._name},{answer.id}",
            "note": answer.subject,
        } for answer in waiting])

    def _end_reply_holds(self):
        """The answers were read, or the company does not want to wait for that any more."""
        # whoever may read answers ends the pause that stems from them
        self.env["dunning.hold"].sudo().search([
            ("kind", "=", "reply"), ("origin", "in", [f"{self._name},{answer.id}" for answer in self])])._end()
