import logging
import re
from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.tools import email_normalize, split_every

from ...tools.mail_address import format_address
from ..batch import retry_on_conflict, run_together_or_one_by_one

_logger = logging.getLogger(__name__)

#: Hours before a mail is tried again after a fault of the server, growing with each try.
PAUSES = (0.25, 1, 3, 6, 12, 24)
#: After so many days of faults the steps fall back, so that a later night asks anew with fresh amounts.
GIVE_UP_DAYS = 5
#: Mails looked after in one transaction.
MAILS = 100
#: What the address itself is refused for: RFC 5321 replies 5xx to a recipient or to the message.
REFUSED = re.compile(r"SMTP(?:RecipientsRefused|DataError)\b.*?\(\s*(5\d\d)\s*,", re.DOTALL)


class DunningCommunication(models.Model):
    """The channel e-mail, over Odoo's own mail queue."""

    _inherit = "dunning.communication"

    @api.model
    def _can_reach_email(self, partners):
        """Those with a well-formed e-mail address that is not on the blacklist."""
        addresses, blacklisted = self._mail_addresses(partners)
        return partners.filtered(
            lambda partner: addresses[partner.id] and addresses[partner.id] not in blacklisted)

    @api.model
    def _mail_addresses(self, partners):
        """The normalized e-mail address of each partner, False where there is no valid one, and which are blacklisted.

        :return: ``({partner id: address}, set of addresses)``
        """
        partners.fetch(["email"])
        addresses = {partner.id: email_normalize(partner.email) for partner in partners}
        # who sends may lack access to the blacklist; only addresses that were asked for are read
        blacklisted = self.env["mail.blacklist"].sudo().search(
            [("email", "in", [address for address in addresses.values() if address])])
        return addresses, set(blacklisted.mapped("email"))

    def _preview_email(self):
        return self._render_mail()["body"]

    def _deliver_email(self):
        """Queue one ``mail.mail`` each; where the address cannot work, fail and try the next channel."""
        usable = self.browse()
        addresses, blacklisted = self._mail_addresses(self.partner_id)
        for communication in self:
            address = addresses.get(communication.partner_id.id)
            if not address:
                communication._try_next_channel(self.env._(
                    "The e-mail address “%(email)s” of %(contact)s is no address.",
                    email=communication.partner_id.email or "", contact=communication.partner_id.display_name))
            elif address in blacklisted:
                communication._try_next_channel(self.env._(
                    "%s is on the blacklist: its owner wants no mail.", address))
            else:
                usable |= communication
        usable._queue_mails(addresses)

    def _queue_mails(self, addresses):
        """Make the mails of these communications and put them in Odoo's queue.

        :param addresses: {partner id: e-mail address}
        """
        if not self:
            return
        attachments = self._make_attachments()
        replies = self._notify_get_reply_to_batch(author_ids={
            communication.id: communication.company_id.partner_id.id for communication in self})
        rendered = {communication.id: communication._render_mail() for communication in self}
        # the mail queue belongs to the system, not to the user who sends
        mails = self.env["mail.mail"].sudo().create([{
            "subject": rendered[communication.id]["subject"],
            "body_html": rendered[communication.id]["body"],
            # the chatter names the mail; what it said stands on the communication itself
            "body": communication._paragraphs(rendered[communication.id]["subject"]),
            "email_from": communication.company_id.email_formatted or self.env.user.email_formatted,
            "email_to": format_address(communication.partner_id.name, addresses[communication.partner_id.id]),
            "reply_to": replies.get(communication.id) or communication.company_id.email_formatted,
            "message_id": communication._message_id(),
            "model": self._name,
            "res_id": communication.id,
            "record_company_id": communication.company_id.id,
            "headers": repr({"X-Debto-Dunning": str(communication.id), "X-Auto-Response-Suppress": "OOF"}),
            "attachment_ids": [fields.Command.set(attachments.get(communication.id, []))],
            "auto_delete": False,
        } for communication in self])
        self._mark_sent({
            communication.id: {
                "mail_id": mail.id, "email": addresses[communication.partner_id.id], **rendered[communication.id]}
            for communication, mail in zip(self, mails, strict=True)
        })
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()  # a user may start the queue

    def _message_id(self):
        """The Message-ID of this communication's one mail; a mail sent again carries the same."""
        self.ensure_one()
        domain = (self.company_id.email or "").rpartition("@")[2] or "localhost"
        return f"<debto-dunning-{self.id}-{self.access_token[:8]}@{domain.strip('> ')}>"

    # ------------------------------------------------------------------
    # What became of the mail
    # ------------------------------------------------------------------

    def _on_mail_result(self):
        """Take over what became of the mails: accepted, refused, or to be tried again."""
        for communication in self.filtered(lambda c: c.state == "sent" and not c.notice_date):
            mail = communication.mail_id
            if mail.state == "sent":
                communication._mark_notified(communication.company_id._dunning_today())
            elif mail.state == "exception":
                communication._on_mail_fault(mail)

    def _on_mail_fault(self, mail):
        """A fault of the address tries the next channel; a fault of the server waits and tries again."""
        self.ensure_one()
        reason = mail.failure_reason or mail.failure_type or self.env._("unknown reason")
        refused = REFUSED.search(reason)
        if refused or mail.failure_type in ("mail_email_invalid", "mail_email_missing"):
            mail.state = "cancel"
            self._try_next_channel(self.env._(
                "%(email)s was refused: %(reason)s", email=self.email, reason=reason))
            return
        if self.date < fields.Datetime.now() - timedelta(days=GIVE_UP_DAYS):
            mail.state = "cancel"
            self._fail(self.env._(
                "The mail server took no mail for %(days)s days: %(reason)s", days=GIVE_UP_DAYS, reason=reason))
            return
        pause = PAUSES[min(self.retry_count, len(PAUSES) - 1)]
        self.retry_count += 1
        mail.write({"state": "outgoing", "scheduled_date": fields.Datetime.now() + timedelta(hours=pause)})
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger(  # the next try has its own time
            fields.Datetime.now() + timedelta(hours=pause, minutes=1))

    def _check_pending_mails(self):
        """Take over what became of mails that Odoo left without a word, and take back those of which all is paid."""
        waiting = self.search([
            ("channel", "=", "email"), ("state", "=", "sent"), ("notice_date", "=", False), ("mail_id", "!=", False)])
        waiting.filtered(lambda c: c.mail_id.state in ("sent", "exception"))._check_mails_by("_on_mail_result")
        waiting.filtered(
            lambda c: c.retry_count and c.state == "sent" and c.mail_id.state == "outgoing"
        )._check_mails_by("_cancel_paid_mails")

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
            if not communication.line_ids.filtered(
                    lambda line: line.level_id and not line.void and not line.move_line_id.reconciled
                    or line.charge_id.state == "open"):
                communication.mail_id.state = "cancel"
                communication._cancel(self.env._("Paid before the mail server took the mail."))

    def _message_receive_bounce(self, email, partner):
        # EXTENDS mail: the address does not exist or is full; the same is said over another channel.
        res = super()._message_receive_bounce(email, partner)
        for communication in self.filtered(lambda c: c.state == "sent" and c.channel == "email"):
            communication._try_next_channel(self.env._("The mail to %s came back.", email or communication.email))
        return res

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------

    @api.private  # for the mail gateway: over the interface anybody could make up an answer of a customer
    def message_update(self, msg_dict, update_vals=None):
        # EXTENDS mail: an answer to a reminder is a contact of its own in the log.
        res = super().message_update(msg_dict, update_vals)
        for communication in self:
            author = self.env["res.partner"].browse(msg_dict.get("author_id"))
            # the gateway acts for a customer, who has no rights of their own
            self.sudo().create({
                "debtor_id": communication.debtor_id.id,
                "partner_id": (author or communication.partner_id).id,
                "channel": "email",
                "direction": "in",
                "state": "received",
                "subject": msg_dict.get("subject") or self.env._("Answer to: %s", communication.subject),
                "body": msg_dict.get("body"),
                "email": msg_dict.get("email_from"),
                "needs_attention": communication.company_id.dunning_reply_pauses,
            })
        return res
