from odoo import api, fields, models

from odoo.addons.debto_dunning.models.communication.dunning_communication_kind import MessageKind
from odoo.addons.debto_dunning.models.communication.dunning_communication_prepare import Message, MessageKey


class DunningCommunication(models.Model):
    """Wishes after each night, for customers who still want one when it leaves."""

    _inherit = "dunning.communication"

    kind = fields.Selection(selection_add=[("wishes", "Wishes")], ondelete={"wishes": "cascade"})

    @api.model
    def _message_kinds(self):
        return {**super()._message_kinds(), "wishes": MessageKind(
            words="_words_of_wishes", revalidate="_revalidate_wishes", on_sent="_mark_wished",
            on_cancelled="_mark_not_wished")}

    @api.model
    def _wish(self, debtors):
        return self._make_communications(debtors.company_id, [Message(
            MessageKey(debtor.id, debtor.partner_id.id, debtor.currency_id.id, "email", approval=False, notice=0),
            debtor.partner_id.id, [], "Happy New Year", "friendly", kind="wishes") for debtor in debtors], {})

    def _revalidate_wishes(self, company):
        return self.filtered(lambda wishes: wishes.customer_id.ref != "no wishes")

    def _mark_wished(self):
        self.customer_id.ref = "wished"

    def _mark_not_wished(self):
        self.customer_id.ref = "not wished"

    def _words_of_wishes(self):
        return {"subject": "Happy New Year", "body": "<p>All the best.</p>"}
