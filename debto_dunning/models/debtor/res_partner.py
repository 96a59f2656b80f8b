from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    debtor_ids = fields.One2many("dunning.debtor", "partner_id", string="Debtors", groups="base.group_user")
    communication_ids = fields.One2many(
        "dunning.communication", "customer_id", string="Communication Log", groups="base.group_user")
    # the groups keep portal users, who read their own partner, from seeing these
    risk_segment_id = fields.Many2one(
        "dunning.segment", compute="_compute_risk", search="_search_risk_segment_id", compute_sudo=True,
        groups="base.group_user",
        help="Of the current company.")
    risk_score = fields.Integer(
        compute="_compute_risk", search="_search_risk_score", compute_sudo=True, groups="base.group_user",
        help="0: safe, 100: will not pay. Of the current company.")
    risk_gauge = fields.Html("Risk", compute="_compute_debtor_figures", compute_sudo=True,
        groups="base.group_user", sanitize=False)
    risk_explanation = fields.Html(
        "What Moves the Score", compute="_compute_debtor_figures", compute_sudo=True,
        groups="base.group_user", sanitize=False)
    dunning_currency_id = fields.Many2one(
        "res.currency", "Currency of the Debtor", compute="_compute_debtor_figures", compute_sudo=True,
        groups="base.group_user")
    dunning_late_chance = fields.Float(
        "Chance of Late Payment (%)", compute="_compute_debtor_figures", compute_sudo=True,
        groups="base.group_user", digits=(16, 0))
    dunning_exposure_amount = fields.Monetary(
        "Exposure", compute="_compute_debtor_figures", compute_sudo=True,
        groups="base.group_user", currency_field="dunning_currency_id",
        help="Open, overdue or not, and to invoice.")
    dunning_overdue_amount = fields.Monetary(
        "of which Overdue", compute="_compute_debtor_figures", compute_sudo=True,
        groups="base.group_user", currency_field="dunning_currency_id")
    dunning_limit_use = fields.Float(
        "Limit Used (%)", compute="_compute_debtor_figures", compute_sudo=True,
        groups="base.group_user", digits=(16, 0))
    dunning_prepayment_asked = fields.Boolean(
        "Prepayment Asked", compute="_compute_risk", compute_sudo=True,
        groups="base.group_user", help="By the customer's segment.")
    dunning_communication_count = fields.Integer(
        "Contacts in the Log", compute="_compute_dunning_communication_count", groups="base.group_user")

    def _debtor_by_partner(self):
        """{commercial partner: its debtor at the current company}; none where the user does not work in it."""
        debtors = self.env["dunning.debtor"].search([
            ("partner_id", "in", self.commercial_partner_id.ids),
            ("company_id", "in", self.env.company._dunning_roots_shown().ids)])
        return {debtor.partner_id: debtor for debtor in debtors}

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid")
    def _compute_risk(self):
        debtors = self._debtor_by_partner()
        for partner in self:
            debtor = debtors.get(partner.commercial_partner_id, self.env["dunning.debtor"])
            partner.risk_segment_id = debtor.segment_id
            partner.risk_score = debtor.risk_score
            partner.dunning_prepayment_asked = debtor.segment_id.prepayment_asked

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid")
    def _compute_debtor_figures(self):
        debtors = self._debtor_by_partner()
        for partner in self:
            debtor = debtors.get(partner.commercial_partner_id, self.env["dunning.debtor"])
            partner.risk_gauge = debtor.risk_gauge
            partner.risk_explanation = debtor.risk_explanation
            partner.dunning_currency_id = debtor.currency_id
            partner.dunning_late_chance = debtor.late_chance
            partner.dunning_exposure_amount = debtor.exposure_amount
            partner.dunning_overdue_amount = debtor.overdue_amount
            partner.dunning_limit_use = debtor.limit_use

    def _search_risk(self, field, operator, value):
        if operator not in ("in", "not in", "<", ">", "<=", ">=", "any"):
            return NotImplemented
        debtors = Domain("company_id", "=", self.env.company.root_id.id) & Domain(field, operator, value)
        return Domain("commercial_partner_id.debtor_ids", "any", debtors)

    def _search_risk_segment_id(self, operator, value):
        return self._search_risk("segment_id", operator, value)

    def _search_risk_score(self, operator, value):
        return self._search_risk("risk_score", operator, value)

    def _dunning_conditions(self, company=None):
        """The written payment conditions of this customer's segments, in its language.

        :param company: only those of this company
        :return: list of (company, conditions)
        """
        self.ensure_one()
        domain = Domain("partner_id", "=", self.commercial_partner_id.id)
        if company:
            domain &= Domain("company_id", "=", company.root_id.id)
        # sudo: portal users and readers of a document cannot read debtors. Only the conditions, which are printed on
        # the customer's documents, are returned.
        debtors = self.env["dunning.debtor"].sudo().with_context(lang=self.lang or self.env.lang).search(domain)
        return [(debtor.company_id, debtor.segment_id._printed_conditions()) for debtor in debtors
                if debtor.segment_id._printed_conditions()]

    def _compute_dunning_communication_count(self):
        counts = dict(self.env["dunning.communication"]._read_group(
            [("customer_id", "in", self.commercial_partner_id.ids)], ["customer_id"], ["__count"])
        ) if self.env["dunning.communication"].has_access("read") else {}
        for partner in self:
            partner.dunning_communication_count = counts.get(partner.commercial_partner_id, 0)

    def action_open_dunning_communications(self):
        """Open the log of this customer at the current company."""
        debtor = self._dunning_debtor_to_open()
        return debtor.action_open_communications()

    def _dunning_debtor_to_open(self):
        """The debtor of this customer at the current company, made where there is none.

        :raises AccessError: the user may not read the customer, or debtors at all
        """
        self.ensure_one()
        self.check_access("read")
        self.env["dunning.debtor"].check_access("read")
        return self.env["dunning.debtor"]._for_partners(self, self.env.company)

    def action_open_debtor(self):
        """Open the debtor of this customer at the current company; it is created where there is none."""
        debtor = self._dunning_debtor_to_open()
        if not debtor.lateness:  # a new debtor is scored at once and not only in the night
            debtor.action_score()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dunning.debtor",
            "res_id": debtor.id,
            "view_mode": "form",
        }
