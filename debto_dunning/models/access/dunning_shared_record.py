from odoo import api, models
from odoo.exceptions import AccessError


class DunningSharedRecord(models.AbstractModel):
    """A record without company counts in every company: who changes it must work in all of those that use it."""

    _name = "dunning.shared.record"
    _description = "Record Shared by Companies"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_shared()
        return records

    def write(self, vals):
        self._check_shared()
        res = super().write(vals)
        self._check_shared()
        if not self.env.su:
            # Odoo looks at the rules before it writes: a record may not be moved to where the caller has none
            self.check_access("write")
        return res

    def unlink(self):
        self._check_shared()
        return super().unlink()

    def _is_shared(self):
        """Whether this record counts in every company."""
        self.ensure_one()
        return "company_id" not in self._fields or not self.company_id

    def _check_shared(self):
        """Called before and after each change; models that are shared in another way override it.

        :raises AccessError: one of these is shared with companies to which the caller has no access
        """
        if self.env.su or not any(record._is_shared() for record in self):
            return
        # sudo: whether others are switched on, and the caller's own list, whatever companies he may see
        users = self.env["res.company"].sudo().search([("dunning_active", "=", True)])
        if others := users - self.env.user.sudo().company_ids:
            raise AccessError(self.env._(
                "%(record)s counts in every company, also in %(count)s of which you are no user. Somebody with access "
                "to all of them changes it; or make a copy for your company.",
                record=self[:1].display_name, count=len(others)))
