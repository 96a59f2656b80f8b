from odoo import models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _manage_mail_values(self, mail_values_all):
        # EXTENDS mail: the composer writes mails as superuser, so under any name that its author gives
        values_by_id = super()._manage_mail_values(mail_values_all)
        if self.model and self.env["mail.message"]._dunning_is_of_log(self.model) and not self.env.su:
            for values in values_by_id.values():
                self.env["mail.message"]._dunning_check_sender(values.get("author_id"), values.get("email_from"))
        return values_by_id
