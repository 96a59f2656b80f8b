import re
import uuid

from odoo import fields, models

#: The customer's key in an address, however the address is written in HTML.
TOKEN = re.compile(r"(/my/reminders/\d+)\?access_token=[0-9a-f-]{36}")


class DunningCommunication(models.Model):
    """The customer's key to the page of a message: it opens the invoices, so the log does not show it."""

    _inherit = "dunning.communication"

    access_token = fields.Char(
        default=lambda self: str(uuid.uuid4()), groups="account.group_account_invoice,account.group_account_readonly")

    def _sign_token(self, pid):
        # EXTENDS portal: who answers a customer from the log writes the link for it, and may not read the key itself
        return super(DunningCommunication, self.sudo())._sign_token(pid)

    def _without_tokens(self, html):
        """``html`` with addresses of pages that open by the reader's own rights; False where it is empty."""
        return type(html)(TOKEN.sub(r"\1", html)) if html else False
