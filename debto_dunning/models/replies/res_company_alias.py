from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_alias_id = fields.Many2one(
        "mail.alias", "Address for Answers", ondelete="set null", copy=False, readonly=True, groups="base.group_user")
    dunning_alias_name = fields.Char(
        "Mailbox for Answers", compute="_compute_dunning_alias_name", inverse="_inverse_dunning_alias_name",
        help="Mails to this address are taken in as answers of customers: found by what they answer, by invoice "
             "numbers in them and by their sender. What is not clear waits for a person.", groups="base.group_user")

    @api.depends("dunning_alias_id.alias_name")
    def _compute_dunning_alias_name(self):
        for company in self:
            # sudo: aliases are read by administrators alone; the name is that of an address of ours
            company.dunning_alias_name = company.sudo().dunning_alias_id.alias_name

    def _inverse_dunning_alias_name(self):
        for company in self:
            name = (company.dunning_alias_name or "").strip()
            # sudo: who may write the company may name its address; its model and values are not for choice
            alias = company.sudo().dunning_alias_id
            if alias:
                alias.alias_name = name
            elif name:
                company.sudo().dunning_alias_id = alias.create({
                    "alias_name": name,
                    "alias_model_id": self.env["ir.model"]._get_id("dunning.incoming.mail"),
                    "alias_defaults": repr({"company_id": company.id}),
                    "alias_contact": "everyone",
                    "alias_domain_id": company.alias_domain_id.id,
                })
