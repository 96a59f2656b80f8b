from odoo import api, models


class DunningLink(models.Model):
    """The page under My Account: all that is open, for a customer who is logged in."""

    _inherit = "dunning.link"

    @api.model
    def _for_login(self, debtor, partner):
        """The link of a customer who is logged in, as superuser. One that is not there yet is not stored, as looking
        changes nothing; see :meth:`_stored`. It has no token.
        """
        links = self.sudo()  # customers have no rights on links; the caller checked whose debtor it is
        return links.search([
            ("origin", "=", "login"), ("debtor_id", "=", debtor.id), ("recipient_id", "=", partner.id)
        ], limit=1) or links.new({
            "origin": "login", "debtor_id": debtor.id, "recipient_id": partner.id,
            "date_expiry": debtor.sudo().company_id._dunning_today()})

    def _stored(self):
        """This link, stored now where it was not before."""
        self.ensure_one()
        return self if self.id else self.create({
            "origin": "login", "debtor_id": self.debtor_id._origin.id, "recipient_id": self.recipient_id._origin.id,
            "date_expiry": self.date_expiry})


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _dunning_portal_debtors(self):
        """The debtors, as superuser, whose page this partner sees when it is logged in: those of its own firm at
        companies that send reminders.
        """
        self.ensure_one()
        # sudo: customers have no rights on debtors; these are their own
        return self.env["dunning.debtor"].sudo().search([
            ("partner_id", "=", self.sudo().commercial_partner_id.id), ("company_id.dunning_active", "=", True)])
