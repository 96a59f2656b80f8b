from odoo import models
from odoo.exceptions import AccessError

from odoo.addons.mail.tools.discuss import Store

#: What a message says, to whom and from whom.
SAID = {"attachment_ids", "author_id", "body", "date", "email_from", "message_id", "message_type", "model",
        "partner_ids", "record_name", "reply_to", "res_id", "subject"}


class MailMessage(models.Model):
    _inherit = "mail.message"

    def write(self, vals):
        # EXTENDS mail: who may write on a log entry may write its messages too, and so what a queued mail says
        if not self.env.su and SAID & set(vals):
            for message in self.sudo():  # whose message it is decides, whoever may read it
                if message.model == "dunning.communication" and not (
                        message.message_type == "comment" and message.author_id == self.env.user.partner_id):
                    raise AccessError(self.env._("Messages of the log stay as they are; add a note instead."))
        return super().write(vals)

    def _to_store_defaults(self, target):
        # EXTENDS mail: the history hands out each file with a key that opens it, whoever reads the message
        values = super()._to_store_defaults(target)
        for value in values:
            if isinstance(value, Store.Many) and value.field_name == "attachment_ids":
                value.value = lambda message: message._dunning_readable_attachments()
        return values

    def _dunning_readable_attachments(self):
        """The files of the message; of a reminder only those that the user may read: invoices keep their own rights.

        The files come as superuser, as the history reads them.
        """
        self.ensure_one()
        # sudo: who reads a message may read which files it has
        attachments = self.sudo().attachment_ids
        if self.sudo().model != "dunning.communication":
            return attachments
        return attachments.sudo(False)._filtered_access("read").sudo()
