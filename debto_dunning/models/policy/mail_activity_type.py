from odoo import api, models


class MailActivityType(models.Model):
    _inherit = "mail.activity.type"

    @api.model
    def _dunning_type(self, external_id, model):
        """The type of the activities that the addon plans on records of ``model``.

        Types are the user's to delete: a to-do, or Odoo's choice for the model, takes the place of one that is gone.

        :return: the type; empty where there is none at all
        """
        return (self.env.ref(external_id, raise_if_not_found=False)
                or self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
                or self.env["mail.activity"]._default_activity_type_for_model(model))
