from odoo import api, fields, models

from ..models.debtor.dunning_debtor import KINDS
from ..models.law.dunning_checkup import SEVERITIES


class DunningCheckup(models.TransientModel):
    """Shows the conflicts of policies with laws before a night runs. It writes nothing but its own lines."""

    _name = "dunning.checkup"
    _description = "Check-up"
    _inherit = ["dunning.caller.check"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]")
    only_concerned = fields.Boolean(
        "Only Laws of Our Customers", default=True,
        help="The law of your own country for businesses and, as the open invoices are now, those of the countries of "
             "consumers. Switch it off to see every law that is entered here, then look again.")
    warnings = fields.Text(related="company_id.dunning_law_warning")
    line_ids = fields.One2many("dunning.checkup.line", "wizard_id", string="Findings", readonly=True)
    conflict_count = fields.Integer("Conflicts", compute="_compute_conflict_count")

    @api.depends("company_id")
    def _compute_display_name(self):
        self.display_name = self.env._("Check-up")

    @api.depends("line_ids.severity")
    def _compute_conflict_count(self):
        for wizard in self:
            wizard.conflict_count = len(wizard.line_ids.filtered(lambda line: line.severity == "conflict"))

    @api.model
    def action_open(self):
        wizard = self.create({})
        wizard._create_lines()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check-up"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
        }

    def action_check_again(self):
        self.line_ids.unlink()
        self._create_lines()

    def _create_lines(self):
        """Create the lines: first the laws that concern customers, and among them first the conflicts."""
        self.ensure_one()
        rules, company = self.env["dunning.checkup.rules"], self.company_id.root_id
        concerned, kinds_by_policy = company._dunning_laws(), rules._kinds_by_policy(company)
        findings = rules._company_findings(company) + rules._country_findings(company, kinds_by_policy)
        findings += rules._findings(
            company, concerned if self.only_concerned else rules._laws_in_force(company), kinds_by_policy)
        rows = [(not finding.law or finding.law in concerned, finding) for finding in findings]
        # sudo: lines are made by the dialogue alone; they belong to the user, who asked for the own company
        self.env["dunning.checkup.line"].sudo().create([{
            "wizard_id": self.id,
            "concerns": concerns,
            "severity": finding.severity,
            "policy_id": finding.policy.id,
            "law_id": finding.law.id,
            "kind": finding.kind,
            "message": finding.message,
        } for concerns, finding in sorted(rows, key=lambda row: (not row[0], row[1].severity != "conflict"))])


class DunningCheckupLine(models.TransientModel):
    _name = "dunning.checkup.line"
    _description = "Line of the Check-up"
    _inherit = ["dunning.program.record"]
    _order = "id"

    wizard_id = fields.Many2one("dunning.checkup", required=True, ondelete="cascade", index=True)
    severity = fields.Selection(SEVERITIES, "Weight", required=True)
    concerns = fields.Boolean("Our Customers", help="Whether the law holds for customers with open invoices now.")
    policy_id = fields.Many2one("dunning.policy", ondelete="cascade")
    law_id = fields.Many2one("dunning.law", ondelete="cascade")
    kind = fields.Selection(KINDS, "Debtors")
    message = fields.Text("What Happens, and What to Do")

    def action_open_policy(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.policy_id.display_name,
            "res_model": "dunning.policy",
            "res_id": self.policy_id.id,
            "view_mode": "form",
        }
