from odoo import api, models

from ..law.dunning_checkup import Finding


class DunningCheckupRules(models.AbstractModel):
    """The check-up says when messages carry no link to the customer's page."""

    _inherit = "dunning.checkup.rules"

    @api.model
    def _company_findings(self, company):
        # EXTENDS debto_dunning
        found = super()._company_findings(company)
        if not company._dunning_page_base():
            # sudo: managers may not read parameters; the base address stands in every message
            base = self.env["ir.config_parameter"].sudo().get_param("web.base.url") or ""
            found.append(Finding("conflict", self.env._(
                "Messages carry no link to the customer's page: customers cannot reach “%s”, which is no public "
                "address that begins with https. Ask your administrator to correct the system parameter "
                "“web.base.url”.", base), False, self.env["dunning.policy"], self.env["dunning.law"]))
        return found
