from odoo import models

from odoo.addons.mail.tools.discuss import Store


class MailMessage(models.Model):
    _inherit = "mail.message"

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
