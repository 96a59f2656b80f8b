from odoo import models


class AccountEdiProxyClientUser(models.Model):
    _inherit = "account_edi_proxy_client.user"

    def _peppol_get_new_documents(self, *args, **kwargs):
        # EXTENDS account_peppol: answers of customers come in among the documents
        res = super()._peppol_get_new_documents(*args, **kwargs)
        self.env["account.move"]._dunning_hold_rejected()
        return res

    def _peppol_get_message_status(self):
        # EXTENDS account_peppol: the state of an answer may come in later than the answer
        res = super()._peppol_get_message_status()
        self.env["account.move"]._dunning_hold_rejected()
        return res
