import logging

from odoo import models

_logger = logging.getLogger(__name__)


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, *args, **kwargs):
        # EXTENDS mail: the letter comes first, though the invoices may be older files
        results = super()._prepare_outgoing_list(*args, **kwargs)
        if self.model == "dunning.communication":
            # sudo: the mail queue may run as any user; only the order of the files is read
            communication = self.env["dunning.communication"].sudo().search([("mail_id", "=", self.id)], limit=1)
            names = communication._attachments_in_order().mapped("name") if communication else []
            places = {name: place for place, name in reversed(list(enumerate(names)))}
            for result in results:
                result["attachments"] = sorted(
                    result["attachments"], key=lambda file: places.get(file[0], len(places)))
        return results

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        # EXTENDS mail: what became of the mail is written on the reminder at once.
        ids = self.ids
        res = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type)
        try:
            # The mail has left: an error from here on would take «sent» back and send it again.
            with self.env.cr.savepoint():
                # the mail queue may run as any user; the log is the system's
                self.env["dunning.communication"].sudo().search([("mail_id", "in", ids)])._on_mail_result()
        except Exception:
            _logger.warning("What became of mails %s is taken over later.", ids, exc_info=True)
        return res
