from odoo import api, models


class DunningCommunication(models.Model):
    """An answer that nobody has read pauses the customer, where it waits for a person."""

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

    def _pause_until_read(self):
        """Pause the customers of answers that wait to be read."""
        waiting = self.filtered(lambda answer: answer.state == "received" and answer.needs_attention)
        # an answer pauses by itself, whoever takes it in
        self.env["dunning.hold"].sudo().create([{
            "debtor_id": answer.debtor_id.id, "kind": "reply", "origin": f"{answer._name},{answer.id}",
            "note": answer.subject,
        } for answer in waiting])

    def _end_reply_holds(self):
        """The answers were read."""
        # whoever may read answers ends the pause that stems from them
        self.env["dunning.hold"].sudo().search([
            ("kind", "=", "reply"), ("origin", "in", [f"{self._name},{answer.id}" for answer in self])])._end()


class ResCompany(models.Model):
    _inherit = "res.company"

    def _dunning_end_reply_pauses(self):
        """End the pauses by answers that nobody has read, where the setting alone made them.

        The answer of a natural person, and the wish to hear no more, pause whatever the setting says.
        """
        # sudo: users who may change the setting may lack access to answers and holds. Only holds that the setting made
        # are ended.
        answers = self.env["dunning.communication"].sudo().search([
            ("company_id", "in", self.root_id.ids), ("state", "=", "received"), ("needs_attention", "=", True),
            ("reply_wants_stop", "=", False)])
        answers.filtered(lambda answer: not answer.debtor_id.is_natural_person)._end_reply_holds()
