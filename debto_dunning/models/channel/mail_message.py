from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from odoo.addons.mail.tools.discuss import Store

#: What a message says, to whom and from whom.
SAID = {"attachment_ids", "author_id", "body", "date", "email_from", "message_id", "message_type", "model",
        "partner_ids", "record_name", "reply_to", "res_id", "subject"}
#: Types by which a message says that it came, or left, as a mail: the gateway and the mail queue alone write these.
TYPES_OF_MAILS = ("auto_comment", "email", "email_outgoing", "out_of_office")
#: A message that a person posts is of now.
NOW = timedelta(minutes=5)


class MailMessage(models.Model):
    _inherit = "mail.message"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    # Odoo lets whoever may write a record write and delete its messages too, and so what a queued mail says, and post
    # under any name.

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        if not self.env.su:
            # what became of values, defaults of the context and of the user
            for message in messages.sudo().filtered(lambda message: message._dunning_is_of_log(message.model)):
                self._dunning_check_sender(message.author_id.id, message.email_from)
                if message.message_type in TYPES_OF_MAILS or abs(message.date - fields.Datetime.now()) > NOW:
                    raise AccessError(self.env._("A message of the log is a comment of now, nothing else."))
        return messages

    def write(self, vals):
        if SAID & set(vals):
            self._dunning_check_stays()
        res = super().write(vals)
        if {"model", "res_id"} & set(vals):
            self._dunning_check_stays()  # nor does one come from elsewhere
        return res

    def unlink(self):
        self._dunning_check_stays()
        return super().unlink()

    def _dunning_check_stays(self):
        """:raises AccessError: a person would change what somebody else, or the system, wrote in the log"""
        if self.env.su:
            return
        for message in self.sudo():  # whose message it is decides, whoever may read it
            if message._dunning_is_of_log(message.model) and not (
                    message.message_type == "comment" and message.author_id == self.env.user.partner_id):
                raise AccessError(self.env._("Messages of the log stay as they are; add a note instead."))

    @api.model
    def _dunning_check_sender(self, author_id, email_from):
        """Check under whose name a person posts a message in the log.

        :param author_id: id of a partner
        :raises AccessError: another's name, or an address that is neither the person's nor the company's
        """
        senders = {self.env.user.email_normalized, *(
            email_normalize(company._dunning_email_from() or "") for company in self.env.companies.root_id)}
        if author_id != self.env.user.partner_id.id or email_from and email_normalize(email_from) not in senders:
            raise AccessError(self.env._("Messages of the log are posted under one's own name."))

    @api.model
    def _dunning_is_of_log(self, model):
        """Whether messages of this model's records tell what was said and done about a customer."""
        return (model or "").startswith("dunning.")

    # ------------------------------------------------------------------
    # What the history hands out
    # ------------------------------------------------------------------

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
