from odoo import models

from ...tools import smtp_reply


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

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
