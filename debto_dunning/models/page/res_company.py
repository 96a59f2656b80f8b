from odoo import api, fields, models
from odoo.tools import str2bool

from ...tools.page_address import is_public_https

#: The system parameter that lets messages carry links where the base address is not public: on test systems.
ANYWHERE = "debto_dunning.page_links_anywhere"


class ResCompany(models.Model):
    """The settings of the customer's page."""

    _inherit = "res.company"

    dunning_link_days = fields.Integer(
        "Days That a Link Is Good For", default=90, groups="base.group_user",
        help="The link to the customer's page in a message works so many days. An expired one offers a new one to the "
             "address on file.")
    dunning_link_paper_days = fields.Integer(
        "Days That a Link on Paper Is Good For", default=365, groups="base.group_user",
        help="Letters lie about for longer than mails.")

    _dunning_link_days_positive = models.Constraint(
        "CHECK (dunning_link_days >= 1 AND dunning_link_paper_days >= 1)",
        "A link to the customer's page is good for at least one day.")

    @api.model
    def _dunning_page_base(self):
        """The base address of the customer's page; empty where customers do not reach it encrypted over the internet,
        and messages carry no links.
        """
        # sudo: users may not read parameters; the base address stands in every message
        parameters = self.env["ir.config_parameter"].sudo()
        base = (parameters.get_param("web.base.url") or "").rstrip("/")
        return base if is_public_https(base) or str2bool(parameters.get_param(ANYWHERE) or "", False) else ""
