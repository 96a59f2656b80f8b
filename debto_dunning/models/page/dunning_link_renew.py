from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize, email_normalize_all

from ..debtor.dunning_debtor_recipient import Addressee

#: New links that are mailed for one customer within a day.
LINKS_PER_DAY = 3
#: Customers who are looked at for one reference or address.
MOST_CUSTOMERS = 3


class DunningLink(models.Model):
    """A new link, mailed to the address on file. Whoever asks for one learns nothing."""

    _inherit = "dunning.link"

    @api.model
    def _send_new(self, text):
        """Mail new links to the customers whom ``text`` names by an invoice, a payment reference or an address.

        It goes to the address on file, whatever was typed in.

        :param text: as a visitor typed it in
        :return: the links, as superuser
        """
        links = self.sudo()  # visitors have no rights; they are told nothing of what is found
        made = links
        for debtor in links._debtors_named(" ".join(str(text or "").split())[:200]):
            yesterday = fields.Datetime.now() - timedelta(days=1)
            if links.search_count([
                    ("debtor_id", "=", debtor.id), ("origin", "=", "asked"),
                    ("create_date", ">", yesterday)]) < LINKS_PER_DAY:
                made |= links._send_new_to(debtor, email_normalize(text or ""))
        return made

    @api.model
    def _debtors_named(self, text):
        """The debtors whom a reference or an address names."""
        debtors = self.env["dunning.debtor"]
        if not text:
            return debtors
        if address := email_normalize(text):
            partners = self.env["res.partner"].search([("email_normalized", "=", address)], limit=20)
            customers = partners.commercial_partner_id | partners.filtered(
                lambda partner: partner.type == "invoice").parent_id
        else:
            customers = self.env["account.move"].search([
                ("move_type", "in", ("out_invoice", "out_refund")), ("state", "=", "posted"),
                "|", ("name", "in", (text, text.upper())), ("payment_reference", "in", (text, text.upper())),
            ], limit=MOST_CUSTOMERS).commercial_partner_id
        return debtors.search([("partner_id", "in", customers.ids)], limit=MOST_CUSTOMERS)

    @api.model
    def _send_new_to(self, debtor, address):
        """Make a link to what the newest message to a debtor asked, and mail it.

        :param address: goes first where it belongs to one who gets the messages of this debtor
        :return: the link; empty where the debtor gets no mail, or nothing was ever asked of a natural person
        """
        recipient = self._recipient_by_mail(debtor, address)
        if not recipient or not self.env["res.company"]._dunning_page_base():
            return self.browse()
        message = self.env["dunning.communication"].search(
            [("debtor_id", "=", debtor.id), ("direction", "=", "out"), ("state", "=", "sent"),
             ("kind", "!=", "contact")], order="date DESC, id DESC", limit=1)
        if not message and debtor.is_natural_person:
            return self.browse()
        link = self.create({
            "debtor_id": debtor.id, "recipient_id": recipient.id, "communication_id": message.id, "origin": "asked",
            "date_expiry": self._expiry(debtor.company_id)})
        localized = link.with_context(lang=link._language())
        localized._mail(
            localized.env._("Your link to the page of %s", debtor.company_id.name),
            [localized.env._("With this link you see what is open, pay and answer us. Whoever has it sees it too: "
                            "please keep it to yourself."),
             localized.env._("Did you not ask for it? Then you need not do anything.")],
            url=link._url(), is_kept=False)
        return link

    @api.model
    def _recipient_by_mail(self, debtor, address=None):
        """Who gets the mails of a debtor: the first with a working address, or the one of them with ``address``."""
        addressee = Addressee(debtor.partner_id.id, debtor.id, ())
        partners = self.env["res.partner"].browse(self.env["dunning.debtor"]._recipients([addressee])[addressee])
        usable = self.env["dunning.communication"]._can_reach_email(partners)
        in_order = [partner for partner in partners if partner in usable]
        named = [partner for partner in in_order if address and address in email_normalize_all(partner.email)]
        return (named or in_order or [partners.browse()])[0]
