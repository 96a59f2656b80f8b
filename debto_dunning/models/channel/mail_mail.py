import logging

from odoo import fields, models
from odoo.exceptions import UserError

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

    # ------------------------------------------------------------------
    # Changed by a person in the mail queue
    # ------------------------------------------------------------------

    def write(self, vals):
        # EXTENDS mail: a reminder whose mail is cancelled did not leave; one that failed leaves no second time.
        if vals.get("state") == "outgoing":
            self._dunning_check_not_given_up()
        res = super().write(vals)
        if vals.get("state") == "cancel":
            self._dunning_apply_result(self._dunning_awaiting(), "_on_mail_dropped")
        return res

    def unlink(self):
        # EXTENDS mail: a reminder whose mail is deleted before the server took it did not leave.
        # the message goes with a mail that is no notification; that a reminder was mailed stays in its history
        # sudo: a mark of the system, whoever works in the mail queue
        self.sudo().filtered(lambda mail: mail.mail_message_id._dunning_is_of_log(mail.model)).is_notification = True
        awaiting = self._dunning_awaiting()
        accepted = awaiting.filtered(lambda communication: communication.mail_id.state == "sent")
        self._dunning_apply_result(accepted, "_on_mail_result")
        res = super().unlink()
        awaiting.invalidate_recordset(["mail_id"])
        self._dunning_apply_result(awaiting, "_on_mail_dropped", self.env.user)
        return res

    def _dunning_awaiting(self):
        """The reminders that wait for what becomes of these mails."""
        # whoever works in the mail queue may have no access to the log, which is the system's
        return self.env["dunning.communication"].sudo()._awaiting_mail_result(self)

    def _dunning_apply_result(self, communications, method, *args):
        """Let reminders take over what became of their mails; an error is logged, and the scheduled action does it."""
        if not communications:
            return
        try:
            with self.env.cr.savepoint():
                getattr(communications, method)(*args)
        except Exception:
            _logger.warning("What became of the mails of %s is taken over later.", communications, exc_info=True)

    def _dunning_check_not_given_up(self):
        """Refuse to send a mail again whose reminder failed or was taken back: its steps are taken anew.

        :raises UserError: names the first of them
        """
        # as above; only the subject is shown, which stands on the mail too
        given_up = self.env["dunning.communication"].sudo().search([
            ("mail_id", "in", self.ids), ("state", "in", ("failed", "cancelled"))], limit=1)
        if given_up:
            raise UserError(self.env._(
                "The reminder “%s” failed or was taken back, and its steps count no more: this mail cannot be sent "
                "again. Use «Send now» on the customer or invoice.", given_up.subject))

    # ------------------------------------------------------------------
    # Sent by the mail queue
    # ------------------------------------------------------------------

    def _send(self, *args, **kwargs):
        # EXTENDS mail: when a server refuses the sender, the reminders that come after in the same batch are put off,
        # see ``dunning.communication._put_off_mails_of_sender``; they must not be tried all the same.
        reminders = self.filtered(lambda mail: mail.model == "dunning.communication")
        if len(reminders) <= 1:
            return super()._send(*args, **kwargs)
        others = self - reminders
        if others:
            super(MailMail, others)._send(*args, **kwargs)
        scheduled = {mail.id: mail.scheduled_date for mail in reminders}
        for mail in reminders:
            if mail.scheduled_date == scheduled[mail.id] or mail.scheduled_date <= fields.Datetime.now():
                super(MailMail, mail)._send(*args, **kwargs)
        return True

    def _postprocess_sent_message(self, success_pids, success_emails, failure_reason=False, failure_type=None):
        # EXTENDS mail: what became of the mail is written on the reminder at once.
        ids = self.ids
        res = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type)
        # The mail has left: an error from here on would take «sent» back and send it again.
        self._dunning_apply_result(self.browse(ids)._dunning_awaiting(), "_on_mail_result")
        return res
