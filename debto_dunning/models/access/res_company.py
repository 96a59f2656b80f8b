from odoo import SUPERUSER_ID, models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _dunning_roots_shown(self):
        """The root companies of these whose figures of customers the user may see: those that he works in now.

        A field of Odoo's own models that is computed as superuser takes its company from the record, which a form
        that is not saved yet may fill with any company. The system's own user works in every company.
        """
        # sudo: the tree above a branch is no secret to who works in it
        roots = self.sudo().root_id
        if self.env.uid == SUPERUSER_ID:
            return roots
        own = self.env.user._get_company_ids()
        worked_in = [company_id for company_id in self.env.context.get("allowed_company_ids") or own
                     if company_id in own]
        return roots & self.sudo().browse(worked_in).root_id
