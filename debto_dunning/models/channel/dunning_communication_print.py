import logging

from odoo import models
from odoo.tools.pdf import merge_pdf

_logger = logging.getLogger(__name__)


class DunningCommunication(models.Model):
    """Letters on their way to the printer: each document is looked at by itself before they are merged."""

    _inherit = "dunning.communication"

    def _readable_documents(self):
        """The files of these letters that can be printed, and what is left out.

        A letter whose own file is gone or broken fails: it is not in the post, and its steps are taken anew.

        :return: ``(documents, notes)``: list of PDF files as bytes, each letter before its invoices, and list of
            sentences
        """
        # the letters belong to the log; who may print the batch may read them
        attachments = self.env["ir.attachment"].sudo().search([
            ("res_model", "=", self._name), ("res_id", "in", self.ids), ("mimetype", "=", "application/pdf"),
        ], order="res_id, id")
        documents, notes = [], []
        for letter in self:
            own = attachments.filtered(lambda attachment, letter=letter: attachment.res_id == letter.id)
            if not self._is_printable(letter.letter_attachment_id.sudo()):
                letter._fail(letter.env._("The file of the letter is gone or cannot be read."))
                notes.append(self.env._(
                    "The letter to %s is left out and failed: its file is gone or cannot be read.",
                    letter.partner_id.display_name))
                continue
            readable = own.filtered(self._is_printable)
            documents += [attachment.raw for attachment in readable]
            notes += [
                self.env._(
                    "%(document)s of the letter to %(contact)s is left out: it cannot be read. Print it by hand.",
                    document=attachment.name, contact=letter.partner_id.display_name)
                for attachment in own - readable]
        return documents, notes

    def _is_printable(self, attachment):
        """Whether a PDF file can be merged with others: it is there, whole and not encrypted."""
        try:
            return bool(attachment.raw and merge_pdf([attachment.raw]))
        except Exception:
            # readers raise whatever they stumble over
            _logger.info("Attachment %s cannot be printed.", attachment.id, exc_info=True)
            return False
