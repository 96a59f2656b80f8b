from odoo import api, fields, models
from odoo.tools import SQL

#: Number of communications that one night erases; the next night takes the rest.
ERASED_PER_NIGHT = 5000


class DunningCommunication(models.Model):
    """What the log says of natural persons is erased when the company's retention time is over (GDPR, article 5)."""

    _inherit = "dunning.communication"

    erased_on = fields.Date(
        "Text Erased On", readonly=True, copy=False,
        help="The retention time was over: text, address and files are gone. What was asked for which invoice, when "
             "and at which step stays.")

    @api.model
    def _erase_expired(self, company, date):
        """Erase the words of old communications with natural persons, all of whose invoices are settled.

        Steps, dates and amounts stay: by them no step is taken twice, and books are kept by law for longer.

        :param company: root company
        :param date: the day of the night
        :return: the communications that were erased
        """
        if not company.dunning_retention_months:
            return self.browse()
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT communication.id
              FROM dunning_communication communication
              JOIN dunning_debtor debtor ON debtor.id = communication.debtor_id
              JOIN res_partner partner ON partner.id = debtor.partner_id
             WHERE communication.company_id = %(company)s AND communication.erased_on IS NULL
               AND communication.date < %(limit)s AND communication.state NOT IN ('draft', 'queued')
               AND communication.needs_attention IS NOT TRUE AND %(natural)s
               AND NOT EXISTS (
                   SELECT FROM dunning_communication_line line
                     JOIN account_move_line item ON item.id = line.move_line_id
                    WHERE line.communication_id = communication.id AND item.reconciled IS NOT TRUE)
             ORDER BY communication.id LIMIT %(most)s
        """, company=company.id, limit=fields.Date.subtract(date, months=company.dunning_retention_months),
            natural=self.env["dunning.debtor"]._is_natural_person_sql(), most=ERASED_PER_NIGHT))
        # sudo: nobody edits the log by hand; what is erased is decided by the setting and the state of the ledger
        expired = self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
        expired._erase(date)
        return expired

    def _erase(self, date):
        """Erase what these communications say, the mails and files that they sent, and their messages."""
        if not self:
            return
        files = self.env["ir.attachment"].search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        messages = self.env["mail.message"].search([("model", "=", self._name), ("res_id", "in", self.ids)])
        (files | self.letter_attachment_id).unlink()
        self.mail_id.unlink()
        messages.unlink()
        self.write({
            "subject": self.env._("Erased: the retention time is over"), "erased_on": date, "body": False,
            "opening": False, "email": False, "failure_reason": False, "outcome": False})
