from odoo import api, models
from odoo.exceptions import AccessError

from .dunning_caller_check import field_labels


class DunningSystemFields(models.AbstractModel):
    """Fields of ours on a model of Odoo's that tell what the addon did: its own methods write them, no person.

    These are the stored fields ``dunning_…`` that are read-only in every view, computed or not: what Odoo computes it
    does not write by these methods. Odoo's ``readonly`` binds views alone; over the interface anybody with the right
    to write the record could give them a value.
    """

    _name = "dunning.system.fields"
    _description = "Fields that the Addon Alone Writes"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_system_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_system_fields(vals)
        return super().write(vals)

    def _check_system_fields(self, vals):
        """:raises AccessError: a person gives a value that the addon alone writes"""
        if self.env.su:
            return
        names = [name for name in vals if name.startswith("dunning_") and self._is_system_field(name)]
        if names:
            raise AccessError(self.env._("%(fields)s cannot be written by hand.", fields=field_labels(self, names)))

    def _is_system_field(self, name):
        """Whether the addon alone writes this field."""
        field = self._fields.get(name)
        return field is not None and field.readonly and field.store
