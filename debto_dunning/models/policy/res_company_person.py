from odoo import models


class ResCompany(models.Model):
    """Who acts for the company: calls, signs and gets activities. A colleague who left does none of these."""

    _inherit = "res.company"

    def _dunning_acting_user(self, user=None, date=None, leaving=None):
        """The user who acts for ``user`` on a day; empty where nobody is left, then the company itself signs.

        It is the user, or a substitute while the user is away; else the person in charge of reminders, or who switched
        them on. Archived users never act.

        :param date: default: today
        :param leaving: users who are about to be archived
        """
        self.ensure_one()
        root, date = self.root_id, date or self._dunning_today()
        for candidate in (user, root.dunning_user_id, root.dunning_activated_by):
            acting = candidate and self.env["dunning.absence"]._substitute(candidate, date, root)
            # sudo: who sends may lack access to other users. Only whether they are still there is read.
            if acting and acting.sudo().active and not (leaving and acting in leaving):
                return acting
        return self.env["res.users"]

    def _dunning_activity_user(self, user=None, date=None, leaving=None):
        """As :meth:`_dunning_acting_user`, for activities, which need somebody: else the administrator, or a manager
        of reminders.
        """
        admin = self.env.ref("base.user_admin")
        managers = self.env.ref("debto_dunning.group_dunning_manager")
        # sudo: as above
        others = admin.sudo() | managers.sudo().all_user_ids.sorted("id")
        fallback = others.filtered(lambda one: one.active and not (leaving and one in leaving))[:1] or admin
        return self._dunning_acting_user(user, date, leaving) or fallback.with_env(self.env)
