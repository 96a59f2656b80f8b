from odoo import api, fields, models
from odoo.fields import Domain


class DunningCreditCredential(models.Model):
    """The credentials of a provider, apart from it: everybody may read which services there are, and only the
    administrators of the companies that a service is for may read how to log in.
    """

    _name = "dunning.credit.credential"
    _description = "Credentials of a Credit Information Provider"
    _rec_name = "provider_id"

    provider_id = fields.Many2one("dunning.credit.provider", required=True, ondelete="cascade")
    username = fields.Char()
    password = fields.Char()
    api_key = fields.Char()

    _provider_uniq = models.Constraint("UNIQUE (provider_id)", "A provider has one set of credentials.")


class DunningCreditProvider(models.Model):
    """Who may read the credentials of a provider and change it."""

    _inherit = "dunning.credit.provider"

    credential_ids = fields.One2many(
        "dunning.credit.credential", "provider_id", groups="base.group_system", copy=False)
    username = fields.Char(
        "User or Key", groups="base.group_system", copy=False, compute="_compute_username",
        inverse="_inverse_username", help="With some services this is called client id.")
    password = fields.Char(
        "Password or Secret", groups="base.group_system", copy=False, compute="_compute_password",
        inverse="_inverse_password")
    api_key = fields.Char(
        "Key", groups="base.group_system", copy=False, compute="_compute_api_key", inverse="_inverse_api_key")
    is_manageable = fields.Boolean(
        compute="_compute_is_manageable", search="_search_is_manageable",
        help="Whether you belong to the company of this service; for a service of all companies, to every company "
             "that has customers to ask for.")

    # ------------------------------------------------------------------
    # Credentials
    # ------------------------------------------------------------------

    @api.depends("credential_ids.username")
    @api.depends_context("uid")
    def _compute_username(self):
        for provider in self:
            provider.username = provider.credential_ids.username

    @api.depends("credential_ids.password")
    @api.depends_context("uid")
    def _compute_password(self):
        for provider in self:
            provider.password = provider.credential_ids.password

    @api.depends("credential_ids.api_key")
    @api.depends_context("uid")
    def _compute_api_key(self):
        for provider in self:
            provider.api_key = provider.credential_ids.api_key

    def _inverse_username(self):
        self._write_credential("username")

    def _inverse_password(self):
        self._write_credential("password")

    def _inverse_api_key(self):
        self._write_credential("api_key")

    def _write_credential(self, name):
        for provider in self:
            # nobody writes credentials but through their provider, whose access was checked
            stored = provider.sudo().credential_ids
            if stored:
                stored.write({name: provider[name]})
            elif provider[name]:
                stored.create({"provider_id": provider.id, name: provider[name]})

    # ------------------------------------------------------------------
    # Who may manage it
    # ------------------------------------------------------------------

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_is_manageable(self):
        companies, is_in_all = self._companies_of_user()
        for provider in self:
            provider.is_manageable = provider.company_id in companies if provider.company_id else is_in_all

    def _search_is_manageable(self, operator, value):
        if operator != "in":
            return NotImplemented
        companies, is_in_all = self._companies_of_user()
        own = Domain("company_id", "in", companies.ids)
        return own | Domain("company_id", "=", False) if is_in_all else own

    @api.model
    def _companies_of_user(self):
        """``(root companies of the user, whether these are all that have customers to ask for)``."""
        companies = self.env.user.company_ids.root_id
        # sudo: the user may lack access to debtors of other companies; only which companies have debtors is used
        debtors = self.env["dunning.debtor"].sudo().with_context(active_test=False)
        asking = {company for (company,) in debtors._read_group([], ["company_id"])}
        return companies, all(company in companies for company in asking)
