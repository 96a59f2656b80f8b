from odoo import api, fields, models
from odoo.tools import SQL

from ..communication.dunning_communication_erase import ERASED_PER_NIGHT


class DunningAgreementErase(models.AbstractModel):
    """What agreements say of natural persons is erased when the company's retention time is over (GDPR, article 5).

    Models that inherit this have the fields ``company_id`` and ``debtor_id``.
    """

    _name = "dunning.agreement.erase"
    _description = "Agreement Whose Words Are Erased"

    erased_on = fields.Date(
        "Text Erased On", readonly=True, copy=False,
        help="The retention time was over: words, names and addresses are gone. Amounts, days and outcome stay.")

    @api.model
    def _erase_expired(self, company, date):
        """Erase the words of agreements with natural persons that ended long ago.

        :param company: root company
        :param date: the day of the night
        """
        if not company.dunning_retention_months:
            return
        rows = self.env.execute_query(SQL("""
            SELECT agreement.id
              FROM %(table)s agreement
              JOIN dunning_debtor debtor ON debtor.id = agreement.debtor_id
              JOIN res_partner partner ON partner.id = debtor.partner_id
             WHERE agreement.company_id = %(company)s AND agreement.erased_on IS NULL
               AND agreement.%(end)s < %(limit)s AND %(natural)s
             ORDER BY agreement.id LIMIT %(most)s
        """, table=SQL.identifier(self._table), end=SQL.identifier(self._end_field()), company=company.id,
            most=ERASED_PER_NIGHT, limit=fields.Date.subtract(date, months=company.dunning_retention_months),
            natural=self.env["dunning.debtor"]._is_natural_person_sql()))
        # sudo: nobody edits agreements by hand; what is erased is decided by the setting
        expired = self.sudo().browse([row[0] for row in rows])
        if expired:
            for model in ("ir.attachment", "mail.message"):
                field = "res_model" if model == "ir.attachment" else "model"
                expired.env[model].search([(field, "=", self._name), ("res_id", "in", expired.ids)]).unlink()
            expired.write({"erased_on": date, **dict.fromkeys(self._erased_fields(), False)})

    @api.model
    def _end_field(self):
        """The field with the day on which an agreement ended."""
        return "ended_on"

    @api.model
    def _erased_fields(self):
        """The fields that hold words, names and addresses."""
        return ["note", "contact_id", "contact_name", "contact_address"]
