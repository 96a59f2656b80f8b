from odoo import api, fields, models

from odoo.addons.debto_dunning.models.communication.dunning_communication_kind import MessageKind
from odoo.addons.debto_dunning.models.communication.dunning_communication_prepare import Message, MessageKey


class DunningCommunication(models.Model):
    """A word of thanks after each night, for customers who still want one when it leaves."""

    _inherit = "dunning.communication"

    kind = fields.Selection(selection_add=[("thanks", "Thanks")], ondelete={"thanks": "cascade"})

    @api.model
    def _message_kinds(self):
        return {**super()._message_kinds(), "thanks": MessageKind(
            words="_words_of_thanks", revalidate="_revalidate_thanks", on_sent="_mark_thanked",
            on_cancelled="_mark_not_thanked")}

    @api.model
    def _thank(self, debtors):
        return self._make_communications(debtors.company_id, [Message(
            MessageKey(debtor.id, debtor.partner_id.id, debtor.currency_id.id, "email", approval=False, notice=0),
            debtor.partner_id.id, [], "Thank you", "friendly", kind="thanks") for debtor in debtors], {})

    def _revalidate_thanks(self, company):
        return self.filtered(lambda thanks: thanks.customer_id.ref != "no thanks")

    def _mark_thanked(self):
        self.customer_id.ref = "thanked"

    def _mark_not_thanked(self):
        self.customer_id.ref = "not thanked"

    def _words_of_thanks(self):
        return {"subject": "Thank you", "body": "<p>Thank you for paying.</p>"}
