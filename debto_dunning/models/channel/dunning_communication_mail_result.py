import logging
from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.tools import email_normalize, email_normalize_all, split_every

from ...tools import smtp_reply
from ..batch import retry_on_conflict, run_together_or_one_by_one
from .dunning_communication_fault import GIVE_UP_DAYS, PAUSES

_logger = logging.getLogger(__name__)

#: Mails looked after in one transaction.
MAILS = 100
#: The person in charge is told of a server that takes no mail after so many tries.
TRIES_TOLD = 3
#: The person in charge is told of mails that nobody tries to send after so many days.
IDLE_DAYS = 1
#: What Odoo finds out itself before it speaks to the server: {failure type of a mail: verdict}.
FAILURE_TYPES = {
    "mail_email_invalid": smtp_reply.ADDRESS,
    "mail_email_missing": smtp_reply.ADDRESS,
    "mail_from_invalid": smtp_reply.SENDER,
    "mail_from_missing": smtp_reply.SENDER,
    "mail_spam": smtp_reply.SENDER,
}


class DunningCommunication(models.Model):
    """What became of the mails: accepted, refused, come back, or gone from Odoo's queue."""

    _inherit = "dunning.communication"

    # ------------------------------------------------------------------
    # Accepted or refused
    # ------------------------------------------------------------------

    def _on_mail_result(self):
        """Take over what became of the mails: accepted, refused, or to be tried again."""
        for communication in self.filtered(lambda c: c.state == "sent" and not c.notice_date):
            mail = communication.mail_id
            if mail.state == "sent":
                communication._mark_notified(communication.company_id._dunning_today())
            elif mail.state == "exception":
                reason = mail.failure_reason or mail.failure_type or self.env._("unknown reason")
                verdict = FAILURE_TYPES.get(mail.failure_type) or smtp_reply.judge(smtp_reply.parse_failure(reason))
                communication._on_mail_refused(verdict, reason)

    def _on_mail_refused(self, verdict, reason):
        """An address that is refused is left for the next channel; any other refusal waits and is tried again.

        :param verdict: one of the verdicts of :mod:`tools.smtp_reply`
        :param reason: what the server said
        """
        self.ensure_one()
        if verdict == smtp_reply.ADDRESS:
            self._leave_mail(self.env._("%(email)s was refused: %(reason)s", email=self.email, reason=reason))
        elif self.date >= fields.Datetime.now() - timedelta(days=GIVE_UP_DAYS):
            self._retry_mail(verdict, reason)
        elif verdict == smtp_reply.MAILBOX_FULL:
            self._leave_mail(self.env._(
                "The mailbox %(email)s was full for %(days)s days: %(reason)s",
                email=self.email, days=GIVE_UP_DAYS, reason=reason))
        else:
            self._fail(self.env._(
                "The mail server took no mail for %(days)s days: %(reason)s", days=GIVE_UP_DAYS, reason=reason))
            self._stop_mail()

    def _leave_mail(self, reason):
        """Give the mail up, and try the next channel.

        :param reason: plain words for the log and the worklist
        """
        self._try_next_channel(reason)
        self._stop_mail()

    def _stop_mail(self):
        """Keep the mails of messages that count no more from leaving; the messages have their new state already."""
        self.mail_id.filtered(lambda mail: mail.state in ("outgoing", "exception")).write({"state": "cancel"})

    def _retry_mail(self, verdict, reason):
        """Put the same mail in the queue again, with a growing pause."""
        self.ensure_one()
        until = fields.Datetime.now() + timedelta(hours=self._next_pause())
        self.mail_id.write({"state": "outgoing", "scheduled_date": until})
        if verdict == smtp_reply.SENDER:
            self._put_off_mails_of_sender()
        if verdict in (smtp_reply.SENDER, smtp_reply.SERVER) or (
                verdict == smtp_reply.TEMPORARY and self.retry_count >= TRIES_TOLD):
            self._warn_of_fault(self.env._("The mail server refuses reminders"), self.env._(
                "Reminders by e-mail wait and are tried again for %(days)s days. The last answer of the mail server: "
                "%(reason)s", days=GIVE_UP_DAYS, reason=reason))
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger(  # the next try has its own time
            until + timedelta(minutes=1))

    def _put_off_mails_of_sender(self):
        """Let the other mails of this company wait a while: the server would refuse each of them, and count it."""
        self.ensure_one()
        until = fields.Datetime.now() + timedelta(hours=PAUSES[0])
        others = self.search([
            ("company_id", "=", self.company_id.id), ("channel", "=", "email"), ("state", "=", "sent"),
            ("notice_date", "=", False), ("mail_id.state", "=", "outgoing"), ("id", "!=", self.id)])
        others.mail_id.filtered(
            lambda mail: not mail.scheduled_date or mail.scheduled_date < until).write({"scheduled_date": until})

    # ------------------------------------------------------------------
    # Come back
    # ------------------------------------------------------------------

    def _message_receive_bounce(self, email, partner):
        # EXTENDS mail: the mail came back after it was accepted. What the report says of the cause is in the context,
        # see ``mail.thread._routing_handle_bounce``; without it the address is to blame.
        res = super()._message_receive_bounce(email, partner)
        report = self.env.context.get("dunning_report")
        for communication in self.filtered(lambda c: c.state == "sent" and c.channel == "email"):
            reason = communication.env._("The mail to %s came back.", email or communication.email)
            if report and report.text:
                reason = f"{reason} {report.text}"
            if communication._drop_address(email):
                communication._message_log(body=reason)
            else:
                communication._on_mail_returned(report.verdict if report else smtp_reply.ADDRESS, reason)
        return res

    def _drop_address(self, email):
        """Take an address from which the mail came back off those that it went to.

        :param email: as the report names it; may be empty
        :return: whether the mail went to others too, which it has reached as far as is known
        """
        self.ensure_one()
        addresses = email_normalize_all(self.email)
        others = [address for address in addresses if address != email_normalize(email)]
        if not others or others == addresses:
            return False
        self.email = ", ".join(others)
        return True

    def _unmark_notified(self):
        """The notice was not given after all: it counts for nothing until the mail is accepted again."""
        self.notice_date = False
        self.line_ids.filtered("level_id").write({"notice_date": False, "charge_from": False})

    def _on_mail_returned(self, verdict, reason):
        """The notice counts for nothing; another channel says the same, or the same mail is sent once more."""
        self.ensure_one()
        is_over = self.date < fields.Datetime.now() - timedelta(days=GIVE_UP_DAYS)
        if verdict == smtp_reply.ADDRESS or is_over or not self.mail_id:
            self._leave_mail(reason)
            return
        self._unmark_notified()
        self._message_log(body=reason)
        self._retry_mail(verdict, reason)

    # ------------------------------------------------------------------
    # Gone from the queue
    # ------------------------------------------------------------------

    def _awaiting_mail_result(self, mails):
        """The messages that wait for what becomes of ``mails``."""
        return self.search([("mail_id", "in", mails.ids), ("state", "=", "sent"), ("notice_date", "=", False)])

    def _on_mail_dropped(self, user=None):
        """The mails were cancelled or deleted before the server took them: the messages did not leave.

        :param user: who deleted them, where that is known; who cancelled them stands on the mails
        """
        for communication in self.filtered(lambda c: c.state == "sent" and not c.notice_date):
            mail, env = communication.mail_id, communication.env
            if mail:
                communication._fail(env._("The mail was cancelled in the mail queue by %s.", mail.write_uid.name))
            elif user:
                communication._fail(env._("The mail was deleted from the mail queue by %s.", user.name))
            else:
                communication._fail(env._("The mail was deleted from the mail queue before it was sent."))

    # ------------------------------------------------------------------
    # Looked after by the scheduled action
    # ------------------------------------------------------------------

    def _check_pending_mails(self):
        """Take over what became of mails that Odoo left without a word, and take back those of which all is paid."""
        waiting = self.search([
            ("channel", "=", "email"), ("kind", "!=", "contact"), ("state", "=", "sent"),
            ("notice_date", "=", False)])

        def with_mail(*states):
            return waiting.filtered(lambda c: c.state == "sent" and c.mail_id.state in states)

        with_mail("sent", "exception")._check_mails_by("_on_mail_result")
        with_mail("cancel", False)._check_mails_by("_on_mail_dropped")
        with_mail("outgoing").filtered("mail_id.scheduled_date")._check_mails_by("_cancel_paid_mails")
        with_mail("outgoing")._warn_of_idle_queue()

    def _check_mails_by(self, method):
        """Call a method on these in batches that commit; one that breaks is left for the next time."""
        for batch in split_every(MAILS, self.ids, self.browse):
            retry_on_conflict(
                self.env, run_together_or_one_by_one, self.env, batch, methodcaller(method), self._log_mail_error)
            self.env["dunning.run"]._checkpoint()

    @api.model
    def _log_mail_error(self, communication, error):
        _logger.warning("Communication %s is looked after later.", communication.id, exc_info=error)

    def _cancel_paid_mails(self):
        """Cancel the waiting mails of which nothing is left to ask."""
        for communication in self:
            if communication.state == "sent" and not communication.line_ids.filtered(
                    lambda line: line.level_id and not line.void
                    and line.move_line_id and not line.move_line_id.reconciled
                    or line.charge_id.state == "open"):
                communication._cancel(self.env._("Paid before the mail server took the mail."))
                communication._stop_mail()

    def _warn_of_idle_queue(self):
        """Tell of mails that Odoo's mail queue should have tried long ago: it may be switched off."""
        since = fields.Datetime.now() - timedelta(days=IDLE_DAYS)
        idle = self.filtered(lambda c: c.mail_id.state == "outgoing" and max(
            c.date, c.mail_id.scheduled_date or c.date) < since)
        for communications in idle.grouped("company_id").values():
            communications._warn_of_fault(self.env._("The mail queue stands still"), self.env._(
                "%s reminders wait in Odoo's mail queue for more than a day. Ask your administrator whether the "
                "scheduled action “Mail: Email Queue Manager” is switched on.", len(communications)))
