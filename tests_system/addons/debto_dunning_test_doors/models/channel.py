from odoo import fields, models


class DunningLevel(models.Model):
    _inherit = "dunning.level"

    channel = fields.Selection(selection_add=[("sms", "SMS")], ondelete={"sms": "cascade"})


class DunningCommunication(models.Model):
    """A text message: it needs a telephone number, and is handed over to the partner's notes."""

    _inherit = "dunning.communication"

    def _channel_order(self):
        return ["sms", *super()._channel_order()]

    def _can_reach_sms(self, partners):
        return partners.filtered("phone")

    def _preview_sms(self):
        return self._message_words()["body"]

    def _deliver_sms(self):
        texts = {communication.id: communication._preview_sms() for communication in self}
        for communication in self:
            communication.partner_id.comment = texts[communication.id]
        self._mark_sent({key: {"body": text} for key, text in texts.items()})
