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

    def _recipient_of(self, moves):
        """The contact of this debtor who is written to first about some invoices."""
        self.ensure_one()
        addressee = Addressee(self.partner_id.id, self.id, tuple(moves.ids))
        return self.env["res.partner"].browse(self._recipients([addressee])[addressee][0])

    @api.model
    def _recipient_sql(self):
        """SQL expression: who gets a message first, of ``agreed`` (see ``dunning.agreement.term._in_force_sql``) and
        ``contact`` (the partner of :meth:`_reminded_sql`), both of which may be missing, and ``item.partner_id``.

        It is NULL where that contact has left or gets no reminders: then the others of :meth:`_recipients` are tried.
        """
        return SQL("""
            CASE WHEN %s IS NULL THEN item.partner_id
                 WHEN contact.active AND item.partner_id IN (contact.commercial_partner_id, contact.parent_id)
                      AND NOT COALESCE(contact.id = ANY(agreed.without_ids), FALSE)
                 THEN contact.id END""", self._reminded_sql())

    @api.model
    def _reminded_sql(self):
        """SQL expression: the contact for reminders of ``debtor``; NULL where the customer itself is reminded."""
        return SQL("COALESCE(agreed.recipient_id, debtor.reminder_contact_id)")

    @api.model
    def _recipients(self, addressees):
        """The contacts that a message may go to, in the order in which they are tried.

        First the contact that was agreed with the customer, then the contact for reminders, or the customer itself
        where there is none; then the addresses of the invoices, the customer's contacts for invoices, and the customer
        itself. Contacts that are archived, belong to another firm now, or get no reminders by an agreement are left
        out. The number of queries does not grow with the addressees.

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
        agreed, unwanted = debtors._agreed_recipients()
        billed = env["res.partner"].search([
            ("commercial_partner_id", "in", list({addressee.customer for addressee in addressees})),
            ("type", "=", "invoice")]).grouped(lambda contact: contact.commercial_partner_id.id)
        (moves.partner_id | debtors.reminder_contact_id).fetch(["active", "commercial_partner_id", "parent_id"])
        found = {}
        for addressee in addressees:
            debtor = debtors.browse(addressee.debtor or ())
            customer, nobody = env["res.partner"].browse(addressee.customer), env["res.partner"]
            contacts = (
                (agreed.get(debtor, nobody) | debtor.reminder_contact_id or customer)
                | moves.browse(addressee.moves).partner_id | billed.get(customer.id, customer) | customer
            ) - unwanted.get(debtor, nobody)
            found[addressee] = [contact.id for contact in contacts if self._is_contact_of(contact, customer)]
        return found

    def _agreed_recipients(self):
        """Who gets the reminders of these debtors today as agreed with them, and who gets none: two dicts
        {debtor: contacts}, without debtors with whom nothing was agreed.
        """
        agreed, unwanted = {}, {}
        for company, debtors in self.grouped("company_id").items():
            for debtor, terms in self.env["dunning.agreement.term"]._in_force(
                    debtors, company._dunning_today(), ("recipient", "not_recipient")).items():
                by_kind = terms.grouped("kind")
                if wanted := by_kind.get("recipient", terms.browse()).recipient_id:
                    agreed[debtor] = wanted[:1]
                if others := by_kind.get("not_recipient", terms.browse()).recipient_id:
                    unwanted[debtor] = others
        return agreed, unwanted

    def _channels_wanted(self):
        """The channel in writing that each debtor wants: {debtor: channel}, without those who want none in particular.

        What was agreed goes before the preferred channel of the form.
        """
        wanted = {debtor: debtor.preferred_channel for debtor in self if debtor.preferred_channel}
        by_post = self.env["dunning.communication"]._channel_by_post()
        for company, debtors in self.grouped("company_id").items():
            wanted |= dict.fromkeys(self.env["dunning.agreement.term"]._in_force(
                debtors, company._dunning_today(), ("by_post",)), by_post)
        return wanted

    @api.model
    def _is_contact_of(self, contact, customer):
        """Whether a contact is still there and still the customer's, as :meth:`_recipient_sql` says it."""
        return contact == customer or contact.active and customer in (
            contact.commercial_partner_id, contact.parent_id)
