from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class Addressee(NamedTuple):
    """For whom recipients are looked up."""

    customer: int  #: commercial partner
    debtor: int | None  #: ``dunning.debtor``; None where the customer has none yet
    moves: tuple  #: ids of the invoices that the message is about


class DunningDebtor(models.Model):
    """Who gets the messages of a debtor."""

    _inherit = "dunning.debtor"

    @api.model
    def _print_recipients(self, moves_by_debtor):
        """Who gets what is printed for debtors: the first of its recipients with a postal address.

        :param moves_by_debtor: {debtor: the invoices that it is about}
        :return: {debtor: ``res.partner``}
        """
        addressees = {
            debtor: Addressee(debtor.partner_id.id, debtor.id, tuple(moves.ids))
            for debtor, moves in moves_by_debtor.items()}
        recipients = self._recipients(addressees.values())
        partners = self.env["res.partner"]
        reached = self.env["dunning.communication"]._can_reach(
            "letter", partners.union(*map(partners.browse, recipients.values())))
        found = {}
        for debtor, addressee in addressees.items():
            contacts = partners.browse(recipients[addressee])
            found[debtor] = (contacts & reached or contacts)[:1]
        return found

    @api.model
    def _recipient_sql(self):
        """SQL expression: who gets a message first, of ``debtor`` and ``contact`` (its contact for reminders), both of
        which may be missing, and ``item.partner_id``.

        It is NULL where the contact for reminders has left: then the others of :meth:`_recipients` are tried.
        """
        return SQL("""
            CASE WHEN debtor.reminder_contact_id IS NULL THEN item.partner_id
                 WHEN contact.active AND item.partner_id IN (contact.commercial_partner_id, contact.parent_id)
                 THEN contact.id END""")

    @api.model
    def _recipients(self, addressees):
        """The contacts that a message may go to, in the order in which they are tried.

        First the contact for reminders, or the customer itself where there is none; then the addresses of the
        invoices, the customer's contacts for invoices, and the customer itself. Contacts that are archived or belong
        to another firm now are left out. The number of queries does not grow with the addressees.

        :param addressees: iterable of :class:`Addressee`
        :return: {:class:`Addressee`: list of partner ids, never empty}
        """
        addressees = list(addressees)
        # sudo: who sends may lack access to invoices and contacts; only ids of the customer's contacts are returned
        env = self.sudo().env
        moves = env["account.move"].browse({move for addressee in addressees for move in addressee.moves})
        moves.fetch(["partner_id"])
        debtors = env["dunning.debtor"].browse({addressee.debtor for addressee in addressees if addressee.debtor})
        debtors.fetch(["reminder_contact_id"])
        billed = env["res.partner"].search([
            ("commercial_partner_id", "in", list({addressee.customer for addressee in addressees})),
            ("type", "=", "invoice")]).grouped(lambda contact: contact.commercial_partner_id.id)
        (moves.partner_id | debtors.reminder_contact_id).fetch(["active", "commercial_partner_id", "parent_id"])
        found = {}
        for addressee in addressees:
            reminded = debtors.browse(addressee.debtor or ()).reminder_contact_id
            customer = env["res.partner"].browse(addressee.customer)
            contacts = (
                (reminded or customer) | moves.browse(addressee.moves).partner_id
                | billed.get(customer.id, customer) | customer)
            found[addressee] = [contact.id for contact in contacts if self._is_contact_of(contact, customer)]
        return found

    @api.model
    def _is_contact_of(self, contact, customer):
        """Whether a contact is still there and still the customer's, as :meth:`_recipient_sql` says it."""
        return contact == customer or contact.active and customer in (
            contact.commercial_partner_id, contact.parent_id)
