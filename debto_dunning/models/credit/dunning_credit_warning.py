from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    dunning_credit_warning = fields.Char(
        "Credit Warning", compute="_compute_dunning_credit_warning", compute_sudo=True,
        groups="base.group_user",
        help="Insolvent or deliveries on hold, at the current company.")

    @api.depends("commercial_partner_id", "debtor_ids.is_insolvent", "debtor_ids.delivery_hold")
    @api.depends_context("company", "lang", "uid")
    def _compute_dunning_credit_warning(self):
        warnings = self.env["dunning.debtor"]._credit_warnings(self.commercial_partner_id, self.env.company)
        for partner in self:
            partner.dunning_credit_warning = warnings.get(partner.commercial_partner_id.id, False)


class AccountMove(models.Model):
    _inherit = "account.move"

    dunning_credit_warning = fields.Char(
        "Credit Warning of the Customer", compute="_compute_dunning_credit_warning", compute_sudo=True,
        groups="base.group_user")

    @api.depends("commercial_partner_id", "company_id", "move_type")
    @api.depends_context("allowed_company_ids", "lang", "uid")
    def _compute_dunning_credit_warning(self):
        for company, moves in self.grouped("company_id").items():
            sales = moves.filtered(lambda move: move.is_sale_document(include_receipts=True))
            warnings = self.env["dunning.debtor"]._credit_warnings(sales.commercial_partner_id, company)
            for move in moves:
                move.dunning_credit_warning = move in sales and warnings.get(move.commercial_partner_id.id, False)


class DunningDebtor(models.Model):
    _inherit = "dunning.debtor"

    @api.model
    def _credit_warnings(self, partners, company):
        """{id of a commercial partner: warning} for those on whom a hold lies at ``company``.

        Empty where the user does not work in that company.
        """
        debtors = self.search([
            ("partner_id", "in", partners.ids), ("company_id", "in", company._dunning_roots_shown().ids),
            "|", ("is_insolvent", "=", True), ("delivery_hold", "=", True)])
        return {
            debtor.partner_id.id: self.env._(
                "This customer is insolvent or struck off. Do not deliver; accounting files the claim."
            ) if debtor.is_insolvent else self.env._("Deliveries to this customer are on hold. Ask accounting first.")
            for debtor in debtors
        }
