import re
from typing import NamedTuple

from odoo import api, models
from odoo.tools import consteq, email_domain_extract, email_normalize, email_normalize_all
from odoo.tools.mail import unfold_references

from ...tools.replies.numbers import find_invoice_numbers, find_payment_references

#: The page of a reminder, which customers quote: its id and the token that opens it.
REMINDER_LINK = re.compile(r"/my/reminders/(\d+)\S*?[?&]access_token=([0-9a-f-]{20,50})", re.IGNORECASE)
#: The Message-ID of a reminder.
REMINDER_ID = re.compile(r"<debto-dunning-\d+-[0-9a-f]{8}@[^<>@\s]+>")
#: Numbers of a mail that are looked for, and candidates that are shown to a person.
MOST_NUMBERS, MOST_CANDIDATES = 20, 10
#: Everybody has an address there: it says nothing of the company.
PUBLIC_DOMAINS = {
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.be", "hotmail.fr", "hotmail.nl", "outlook.com",
    "outlook.be", "outlook.fr", "live.com", "live.be", "live.nl", "live.fr", "msn.com", "yahoo.com", "yahoo.fr",
    "yahoo.de", "icloud.com", "me.com", "mac.com", "telenet.be", "skynet.be", "proximus.be", "scarlet.be", "voo.be",
    "ziggo.nl", "kpnmail.nl", "planet.nl", "xs4all.nl", "home.nl", "upcmail.nl", "orange.fr", "wanadoo.fr", "free.fr",
    "sfr.fr", "laposte.net", "gmx.de", "gmx.net", "gmx.at", "web.de", "t-online.de", "freenet.de", "aol.com",
    "protonmail.com", "proton.me", "mail.com"}


class Found(NamedTuple):
    """Whose mail it is."""

    company: object  #: ``res.company``
    debtor: object  #: ``dunning.debtor``; empty where it is not clear
    candidates: object  #: ``dunning.debtor``: whose it may be
    reason: str  #: in words


class DunningIncomingMail(models.Model):
    """Finds the customer of a mail: by what it answers, by links and numbers of ours in it, and by its sender."""

    _inherit = "dunning.incoming.mail"

    @api.model
    def _company_of_mail(self, msg_dict, custom_values):
        """The root company that a mail went to: that of the alias, else the one whose catchall it names, else our own.

        :param custom_values: default values of the alias
        """
        company = self.env["res.company"].sudo().browse(custom_values.get("company_id")).exists()
        if not company:
            addresses = email_normalize_all(msg_dict.get("recipients"))
            # sudo: the gateway acts for a customer, who sees no companies
            companies = self.env["res.company"].sudo().search([("dunning_active", "=", True)])
            company = companies.filtered(
                lambda company: {company.catchall_email, email_normalize(company.email or "")} & set(addresses))[:1]
        return (company or self.env.company).root_id

    @api.model
    def _find_customer(self, company, msg_dict):
        """Whose mail it is, as :class:`Found`.

        What it answers, or quotes of ours with the token of its page, decides alone. Else the sender and the invoices
        that it names must not contradict each other; a sender that nobody knows must at least write from the domain of
        the customer whose invoice it names. Whatever is not clear is for a person.
        """
        if reminder := self._find_reminder(msg_dict):
            return Found(reminder.company_id, reminder.debtor_id, reminder.debtor_id,
                         self.env._("It answers “%s”.", reminder.subject))
        by_sender = self._debtors_of_sender(company, msg_dict)
        by_number = self._debtors_of_numbers(company, msg_dict)
        both = by_sender & by_number
        none = self.env["dunning.debtor"]
        if len(both) == 1:
            return Found(company, both, both, self.env._("By its sender and the invoices in it."))
        if by_sender and by_number and not both:
            return Found(company, none, (by_sender | by_number)[:MOST_CANDIDATES], self.env._(
                "The sender belongs to another customer than the invoices in it."))
        if by_number and not by_sender:
            known = by_number.filtered(lambda debtor: self._is_of_domain(debtor, msg_dict))
            if len(by_number) == 1 and known:
                return Found(company, known, known, self.env._("By the invoices in it and the domain of its sender."))
            return Found(company, none, by_number[:MOST_CANDIDATES], self.env._(
                "It names invoices, but its sender is not known."))
        if len(by_sender) == 1:
            return Found(company, by_sender, by_sender, self.env._("By its sender."))
        if by_sender:
            return Found(company, none, (both or by_sender)[:MOST_CANDIDATES], self.env._(
                "Its sender belongs to several customers."))
        return Found(company, none, none, self.env._("Neither its sender nor a number in it is known."))

    @api.model
    def _find_reminder(self, msg_dict):
        """The reminder that a mail answers, or whose page it quotes with the right token; may be empty."""
        # sudo: the gateway acts for a customer, who has no rights; a token or an id of a message must be known
        communications = self.env["dunning.communication"].sudo()
        references = unfold_references(f"{msg_dict.get('references') or ''} {msg_dict.get('in_reply_to') or ''}")
        if references:
            message = self.env["mail.message"].sudo().search([
                ("message_id", "in", references[-32:]), ("model", "=", communications._name),
            ], limit=1, order="id DESC")
            if reminder := communications.browse(message.res_id).exists():
                return reminder
        for identifier, token in REMINDER_LINK.findall(str(msg_dict.get("body") or "").replace("&amp;", "&"))[:20]:
            reminder = communications.browse(int(identifier[:9])).exists()
            if reminder and reminder.access_token and consteq(reminder.access_token, token):
                return reminder
        return communications

    @api.model
    def _debtors_of_sender(self, company, msg_dict):
        """The debtors of a company to which the address of the sender belongs."""
        return self._debtors_of(company, self._partners_of_sender(msg_dict.get("email_from")))

    @api.model
    def _partners_of_sender(self, email_from):
        """The partners with the address of a sender, also beside others in one field."""
        address = email_normalize(email_from or "")
        # sudo: the gateway acts for a customer, who sees no partners
        partners = self.env["res.partner"].sudo()
        return address and partners.search([("email", "ilike", address)]).filtered(
            lambda partner: address in email_normalize_all(partner.email)) or partners

    @api.model
    def _debtors_of_numbers(self, company, msg_dict):
        """The debtors of a company whose invoices a mail names by their whole number or payment reference."""
        text = self._text_to_search(msg_dict)
        numbers = [*find_payment_references(text), *find_invoice_numbers(text)][:MOST_NUMBERS]
        if not numbers:
            return self.env["dunning.debtor"]
        # sudo: as above
        moves = self.env["account.move"].sudo().search([
            ("company_id", "child_of", company.id), ("state", "=", "posted"),
            ("move_type", "in", ("out_invoice", "out_refund")),
            "|", ("name", "in", [*numbers, *(number.upper() for number in numbers)]),
            ("payment_reference", "in", numbers)])
        return self._debtors_of(company, moves.commercial_partner_id)

    @api.model
    def _debtors_of(self, company, partners):
        # sudo: as above
        return self.env["dunning.debtor"].sudo().search([
            ("partner_id", "in", partners.commercial_partner_id.ids), ("company_id", "=", company.id)])

    @api.model
    def _is_of_domain(self, debtor, msg_dict):
        """Whether the sender writes from the domain of a customer, where that is the customer's own."""
        domain = email_domain_extract(msg_dict.get("email_from") or "")
        if not domain or domain in PUBLIC_DOMAINS:
            return False
        own = (debtor.partner_id | debtor.partner_id.child_ids).mapped("email")
        return domain in {email_domain_extract(email) for email in own if email}
