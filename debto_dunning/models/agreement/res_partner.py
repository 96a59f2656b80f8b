from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    dunning_agreement_term_ids = fields.Many2many(
        "dunning.agreement.term", compute="_compute_dunning_agreement_term_ids", string="Agreements that Differ",
        groups="base.group_user", help="What was agreed with this customer at the current company and holds today.")

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid")
    def _compute_dunning_agreement_term_ids(self):
        debtors = self._debtor_by_partner()
        terms = self.env["dunning.agreement.term"]._in_force(
            self.env["dunning.debtor"].union(*debtors.values()), self.env.company._dunning_today())
        for partner in self:
            found = terms.get(debtors.get(partner.commercial_partner_id))
            partner.dunning_agreement_term_ids = found and found.sudo(False)
