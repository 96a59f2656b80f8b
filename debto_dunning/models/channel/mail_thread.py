from odoo import api, models

from ...tools import smtp_reply
from ...tools.replies import headers


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

    @api.private  # for the mail gateway
    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        # EXTENDS mail: mails of customers without an alias, as those to the catchall, are taken in, not sent back
        if not model and self._dunning_takes_in(message_dict):
            model = "dunning.incoming.mail"
        return super().message_route(message, message_dict, model, thread_id, custom_values)

    @api.model
    def _detect_write_to_catchall(self, msg_dict):
        # EXTENDS mail: see message_route
        res = super()._detect_write_to_catchall(msg_dict)
        return res and not self._dunning_takes_in(msg_dict)

    @api.model
    def _dunning_takes_in(self, msg_dict):
        """Whether a mail for which Odoo has no other use is from a customer, or about an invoice."""
        if msg_dict.get("is_bounce"):
            return False
        mails = self.env["dunning.incoming.mail"]
        company = mails._company_of_mail(msg_dict, {})
        return company.sudo().dunning_active and bool(mails._find_customer(company, msg_dict).candidates)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        # EXTENDS mail: the headers, by which a program is known, are not in what models get of a mail
        if headers.is_automatic(message):
            self = self.with_context(dunning_is_automatic=True)
        return super()._message_route_process(message, message_dict, routes)

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
