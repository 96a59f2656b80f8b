from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import email_domain_extract, email_normalize_all

from ...tools.mail_address import format_addresses


class MailAddresses(NamedTuple):
    """The normalized e-mail addresses of a partner, each once, in the order of its field."""

    usable: list
    blacklisted: list


class DunningCommunication(models.Model):
    """The channel e-mail, over Odoo's own mail queue."""

    _inherit = "dunning.communication"

    @api.model
    def _can_reach_email(self, partners):
        """Those with a well-formed e-mail address that is not on the blacklist."""
        addresses = self._mail_addresses(partners)
        return partners.filtered(lambda partner: addresses[partner.id].usable)

    def _same_address_email(self, partners):
        """Those of ``partners`` all of whose addresses these mails went to."""
        tried = set(email_normalize_all(", ".join(filter(None, [
            *self.mapped("email"), *self.mail_id.mapped("email_to")]))))
        return partners.filtered(lambda partner: tried.issuperset(email_normalize_all(partner.email)))

    @api.model
    def _mail_addresses(self, partners):
        """The e-mail addresses of each partner: {partner id: :class:`MailAddresses`}."""
        partners.fetch(["email"])
        addresses = {
            partner.id: list(dict.fromkeys(email_normalize_all(partner.email))) for partner in partners}
        # who sends may lack access to the blacklist; only addresses that were asked for are read
        found = self.env["mail.blacklist"].sudo().search(
            [("email", "in", [address for each in addresses.values() for address in each])]).mapped("email")
        return {
            partner_id: MailAddresses(
                [address for address in each if address not in found], [one for one in each if one in found])
            for partner_id, each in addresses.items()}

    def _preview_email(self):
        return self._render_mail()["body"]

    @api.model
    def _companies_without_sender(self):
        """The companies with mails in the queue that have no address to write them from; each is told once."""
        companies = self._read_group([("state", "=", "queued"), ("channel", "=", "email")], ["company_id"])
        without = self.env["res.company"].union(
            *(company for company, in companies if not company._dunning_email_from()))
        for company in without:
            self.search([("state", "=", "queued"), ("channel", "=", "email"), ("company_id", "=", company.id)], limit=1
                        )._warn_of_missing_sender()
        return without

    def _warn_of_missing_sender(self):
        for company in self.company_id:
            self._warn_of_fault(
                self.env._("Reminders by e-mail wait for an address of ours"), company._dunning_sender_error())

    def _deliver_email(self):
        """Queue one ``mail.mail`` each; where the address cannot work, fail and try the next channel.

        Those of a company that has no address to write from stay in the queue.
        """
        ready = self.browse()
        mute = self.filtered(lambda communication: not communication.company_id._dunning_email_from())
        for company, communications in mute.grouped("company_id").items():
            communications._put_off(company._dunning_sender_error(), 0)
        mute._warn_of_missing_sender()
        addresses = self._mail_addresses(self.partner_id)
        for communication in self - mute:
            usable, blacklisted = addresses.get(communication.partner_id.id, MailAddresses([], []))
            refused = blacklisted and self.env._(
                "%s is on the blacklist: its owner wants no mail.", ", ".join(blacklisted))
            if usable:
                ready |= communication
                if refused:
                    self._log_dropped([(communication, refused)])
            elif refused:
                communication._try_next_channel(refused)
            else:
                communication._try_next_channel(self.env._(
                    "The e-mail address “%(email)s” of %(contact)s is no address.",
                    email=communication.partner_id.email or "", contact=communication.partner_id.display_name))
        ready._queue_mails({partner_id: each.usable for partner_id, each in addresses.items()})

    def _queue_mails(self, addresses):
        """Make the mails of these communications and put them in Odoo's queue.

        :param addresses: {partner id: list of e-mail addresses}
        """
        if not self:
            return
        invoices = self._invoices_to_attach()
        counted = self._with_attached_counts(invoices)
        attachments = counted._make_attachments(invoices)
        senders = {company: company._dunning_email_from() for company in self.company_id}
        replies = self._notify_get_reply_to_batch(author_ids={
            communication.id: communication.company_id.partner_id.id for communication in self})
        rendered = {communication.id: communication._render_mail() for communication in counted}
        # the mail queue belongs to the system, not to the user who sends
        mails = self.env["mail.mail"].sudo().create([{
            "subject": rendered[communication.id]["subject"],
            "body_html": rendered[communication.id]["body"],
            # the chatter names the mail; what it said stands on the communication itself
            "body": communication._paragraphs(rendered[communication.id]["subject"]),
            "email_from": senders[communication.company_id],
            "email_to": format_addresses(communication.partner_id.name, addresses[communication.partner_id.id]),
            "reply_to": communication.company_id._dunning_first_address(
                replies.get(communication.id), senders[communication.company_id]),
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
                "mail_id": mail.id, "email": ", ".join(addresses[communication.partner_id.id]),
                **rendered[communication.id]}
            for communication, mail in zip(self, mails, strict=True)
        })
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()  # a user may start the queue

    def _message_id(self):
        """The Message-ID of this communication's one mail; a mail sent again carries the same."""
        self.ensure_one()
        domain = email_domain_extract(self.company_id._dunning_email_from()) or "localhost"
        # sudo: of the customer's token, its beginning makes the id one that nobody guesses
        return f"<debto-dunning-{self.id}-{self.sudo().access_token[:8]}@{domain}>"

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------

    @api.private  # for the mail gateway: over the interface anybody could make up an answer of a customer
    def message_update(self, msg_dict, update_vals=None):
        # EXTENDS mail: an answer to a reminder is a contact of its own in the log.
        res = super().message_update(msg_dict, update_vals)
        for communication in self:
            communication._take_answer(
                "email", msg_dict, self.env["res.partner"].browse(msg_dict.get("author_id")))
        return res
