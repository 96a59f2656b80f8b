import uuid

from odoo import fields, models
from odoo.exceptions import AccessError


class DunningDebtor(models.Model):
    """The links of a debtor, listed and revoked by a person."""

    _inherit = "dunning.debtor"

    link_ids = fields.One2many("dunning.link", "debtor_id", readonly=True, groups="debto_dunning.group_dunning_user")
    link_count = fields.Integer(
        "Links", compute="_compute_link_count", groups="debto_dunning.group_dunning_user")

    def _compute_link_count(self):
        counts = dict(self.env["dunning.link"]._read_group(
            [("debtor_id", "in", self.ids)], ["debtor_id"], ["__count"]))
        for debtor in self:
            debtor.link_count = counts.get(debtor, 0)

    def action_open_links(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Links of %s", self.display_name),
            "res_model": "dunning.link",
            "view_mode": "list",
            "domain": [("debtor_id", "=", self.id)],
        }

    def action_revoke_links(self):
        """Revoke every link of these customers, also those in messages from before there were links of this kind.

        :raises AccessError: the user does not work with reminders
        """
        self.check_access("write")
        if not self.env.user.has_group("debto_dunning.group_dunning_user"):
            raise AccessError(self.env._("Only users of reminders can do this."))
        # sudo: links and keys are written by the program alone; the right was checked
        debtors = self.sudo()
        debtors.env["dunning.link"].search([("debtor_id", "in", self.ids)])._revoke()
        for message in debtors.env["dunning.communication"].search([
                ("debtor_id", "in", self.ids), ("access_token", "!=", False), ("kind", "!=", "contact")]):
            message.access_token = str(uuid.uuid4())
        for debtor in self:
            debtor._message_log(body=self.env._("All links to the customer's page were revoked."))
