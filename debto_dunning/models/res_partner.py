from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    debtor_ids = fields.One2many("dunning.debtor", "partner_id", string="Debtor Files")
    communication_ids = fields.One2many("dunning.communication", "customer_id", string="Communication Log")
    risk_segment_id = fields.Many2one(
        "dunning.segment", compute="_compute_risk", search="_search_risk_segment_id", compute_sudo=True,
        help="Of the current company.")
    risk_score = fields.Integer(
        compute="_compute_risk", search="_search_risk_score", compute_sudo=True,
        help="0: safe, 100: will not pay. Of the current company.")
    dunning_communication_count = fields.Integer("Contacts in the Log", compute="_compute_dunning_communication_count")

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_risk(self):
        debtors = self.env["dunning.debtor"].search([
            ("partner_id", "in", self.commercial_partner_id.ids), ("company_id", "=", self.env.company.root_id.id)])
        by_partner = {debtor.partner_id: debtor for debtor in debtors}
        for partner in self:
            debtor = by_partner.get(partner.commercial_partner_id, self.env["dunning.debtor"])
            partner.risk_segment_id = debtor.segment_id
            partner.risk_score = debtor.risk_score

    def _search_risk(self, field, operator, value):
        if operator not in ("in", "not in", "<", ">", "<=", ">=", "any"):
            return NotImplemented
        debtors = Domain("company_id", "=", self.env.company.root_id.id) & Domain(field, operator, value)
        return Domain("commercial_partner_id.debtor_ids", "any", debtors)

    def _search_risk_segment_id(self, operator, value):
        return self._search_risk("segment_id", operator, value)

    def _search_risk_score(self, operator, value):
        return self._search_risk("risk_score", operator, value)

    def _compute_dunning_communication_count(self):
        counts = dict(self.env["dunning.communication"]._read_group(
            [("customer_id", "in", self.commercial_partner_id.ids)], ["customer_id"], ["__count"])
        ) if self.env["dunning.communication"].has_access("read") else {}
        for partner in self:
            partner.dunning_communication_count = counts.get(partner.commercial_partner_id, 0)

    def action_open_dunning_communications(self):
        """The log of this customer at the current company."""
        self.ensure_one()
        debtor = self.env["dunning.debtor"]._for_partners(self, self.env.company)
        return debtor.action_open_communications()

    def action_open_debtor(self):
        """The file of this customer at the current company, made where there is none."""
        self.ensure_one()
        debtor = self.env["dunning.debtor"]._for_partners(self, self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": "dunning.debtor",
            "res_id": debtor.id,
            "view_mode": "form",
        }
