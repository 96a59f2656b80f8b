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
