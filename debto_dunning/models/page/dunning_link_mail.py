from odoo import models

from ...tools.mail_address import format_addresses


class DunningLink(models.Model):
    """Mails to the customer about its page."""

    _inherit = "dunning.link"

    def _language(self):
        """The recipient's language where it is installed, else the customer's or the company's."""
        installed = dict(self.env["res.lang"].get_installed())
        for partner in (self.recipient_id, self.partner_id, self.company_id.partner_id):
            if partner.lang in installed:
                return partner.lang
        return self.env.lang or "en_US"

    def _mail(self, subject, paragraphs, url="", answer=None, files=None, is_kept=True):
        """Queue a mail to the address on file; nothing where there is none that works.

        :param subject: in the language of the environment, as are ``paragraphs`` (plain text)
        :param url: of the page, as a button
        :param answer: ``dunning.communication`` that an answer to the mail belongs to
        :param files: ``ir.attachment`` that go along
        :param is_kept: whether the mail stays after it was sent; one that opens the page does not
        :return: the ``mail.mail``; empty where there is none
        """
        self.ensure_one()
        link = self.sudo()  # visitors have no rights; the mail goes to the address on file
        communications, mails = link.env["dunning.communication"], link.env["mail.mail"]
        company = link.company_id
        recipient = link.recipient_id if communications._can_reach_email(link.recipient_id) \
            else link._recipient_by_mail(link.debtor_id)
        sender = company._dunning_email_from()
        if not recipient or not sender:
            return mails
        usable = communications._mail_addresses(recipient)[recipient.id].usable
        record = answer or link.debtor_id
        reply_to = record._notify_get_reply_to_batch(author_ids={record.id: company.partner_id.id}).get(record.id)
        body = link.env["ir.qweb"]._render("debto_dunning.page_mail", {
            "company": company, "subject": subject, "paragraphs": paragraphs, "url": url,
            "lang": link.env.lang or "en_US"})
        mail = mails.create({
            "subject": subject, "body_html": body, "body": communications._paragraphs(subject), "email_from": sender,
            "email_to": format_addresses(recipient.name, usable),
            "reply_to": company._dunning_first_address(reply_to, sender),
            "model": record._name, "res_id": record.id, "record_company_id": company.id,
            "headers": repr({"X-Auto-Response-Suppress": "OOF"}),
            "auto_delete": not is_kept,
            "attachment_ids": [(6, 0, files.ids)] if files else False,
        })
        link.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        return mail
