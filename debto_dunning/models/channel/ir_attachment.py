from odoo import models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    # Odoo lets whoever may write a record change its files. What went to a customer stays as it went.

    def write(self, vals):
        self._dunning_check_not_sent()
        return super().write(vals)

    def copy(self, default=None):
        self._dunning_check_not_sent()  # a copy with another content would lie beside it under its name
        return super().copy(default)

    def unlink(self):
        self._dunning_check_not_sent()
        return super().unlink()

    def _dunning_check_not_sent(self):
        """:raises AccessError: a person would change a file that belongs to a message of the log"""
        if self.env.su:
            return
        # sudo: what the file belongs to decides, whoever may read it
        sent = self.sudo().filtered(
            lambda file: file.res_field == "dunning_pdf_file" or (
                file.res_model == "dunning.communication" and file._dunning_went_along()))
        if sent:
            raise AccessError(self.env._("%s belongs to the log and stays as it is.", sent[0].name))

    def _dunning_went_along(self):
        """Whether this file of a communication went to the customer, or is about to."""
        communication = self.env["dunning.communication"].browse(self.res_id).exists()
        return self in communication.attachment_ids | communication.letter_attachment_id
