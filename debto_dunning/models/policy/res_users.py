from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        # EXTENDS base: activities of reminders go on with somebody else when their user leaves
        res = super().write(vals)
        if vals.get("active") is False:
            self._dunning_hand_over()
        return res

    def action_archive(self):
        # EXTENDS mail, which deletes the activities of users who are archived
        self.check_access("write")
        self._dunning_hand_over()
        return super().action_archive()

    def _dunning_hand_over(self):
        """Give the open activities of these users about reminders to their substitutes, else to the person in charge.
        """
        # sudo: who archives users may lack access to reminders; only the user of an activity is written
        activities = self.env["mail.activity"].sudo().search([
            ("user_id", "in", self.ids), ("res_model", "=like", "dunning.%")])
        for activity in activities.with_context(mail_activity_quick_update=True):
            record = self.env[activity.res_model].sudo().browse(activity.res_id).exists()
            company = "company_id" in record._fields and record.company_id or self.env.company
            activity.user_id = company._dunning_activity_user(activity.user_id, leaving=self)
