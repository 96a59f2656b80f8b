from odoo import models

from ...tools import smtp_reply


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _get_allowed_message_params(self):
        # EXTENDS mail: who posts in the log does not choose whether it looks like a mail or a note of the system
        params = super()._get_allowed_message_params()
        return params - {"message_type"} if self.env["mail.message"]._dunning_is_of_log(self._name) else params

    def _message_update_content(self, message, /, **kwargs):
        # EXTENDS mail: an administrator may edit every message over the page, which writes as superuser
        if not self.env.su:
            message.sudo(False)._dunning_check_stays()
        return super()._message_update_content(message, **kwargs)

    def _routing_handle_bounce(self, email_message, message_dict):
        # EXTENDS mail: Odoo takes every report for a mail that came back, and only where it names the recipient. About
        # reminders a delay or a receipt of reading is noted, and a return is taken over in any case.
        bounced = message_dict["bounced_message"]
        if not bounced or bounced.model != "dunning.communication":
            return super()._routing_handle_bounce(email_message, message_dict)
        report = smtp_reply.read_report(email_message)
        # the gateway acts for a mail server, which has no rights
        communication = self.env["dunning.communication"].sudo().browse(bounced.res_id).exists().with_context(
            dunning_report=report)
        if not communication:
            return super()._routing_handle_bounce(email_message, message_dict)
        if not report.is_final:
            communication._message_log(body=communication.env._("Report of the mail server: %s", report.text))
            return None
        res = super(MailThread, self.with_context(dunning_report=report))._routing_handle_bounce(
            email_message, message_dict)
        if not message_dict["bounced_email"]:
            communication._message_receive_bounce(False, message_dict["bounced_partner"])
        return res
