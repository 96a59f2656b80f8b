import logging

from odoo import models

_logger = logging.getLogger(__name__)


class MailMail(models.Model):
    _inherit = "mail.mail"

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
