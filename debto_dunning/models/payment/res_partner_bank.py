from odoo import api, models

from ...tools import epc

EPC_METHOD = "epc_dunning"


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    # ------------------------------------------------------------------------------------------------------------
    # QR METHOD
    # ------------------------------------------------------------------------------------------------------------

    @api.model
    def _get_available_qr_methods(self):
        # EXTENDS account: after the Swiss QR bill (10), which is mandatory where it applies, before Odoo's SEPA code
        # (20)
        return [*super()._get_available_qr_methods(), (EPC_METHOD, self.env._("EPC payment QR code"), 15)]

    def _get_error_messages_for_qr(self, qr_method, debtor_partner, currency):
        # EXTENDS account
        if qr_method != EPC_METHOD:
            return super()._get_error_messages_for_qr(qr_method, debtor_partner, currency)
        messages = []
        if currency.name != "EUR":
            messages.append(self.env._("A payment QR code asks for euro, not for %s.", currency.name))
        if account_error := self._dunning_epc_account_error():
            messages.append(account_error)
        return "\r\n".join(messages) or None

    def _check_for_qr_code_errors(
        self, qr_method, amount, currency, debtor_partner, free_communication, structured_communication
    ):
        # EXTENDS account
        if qr_method != EPC_METHOD:
            return super()._check_for_qr_code_errors(
                qr_method, amount, currency, debtor_partner, free_communication, structured_communication
            )
        try:
            self._dunning_epc_payload(amount, **epc.remittance(structured_communication, free_communication))
        except epc.EpcError as error:
            return self._dunning_epc_error_message(error)
        return None

    def _get_qr_vals(self, qr_method, amount, currency, debtor_partner, free_communication, structured_communication):
        # EXTENDS account
        if qr_method != EPC_METHOD:
            return super()._get_qr_vals(
                qr_method, amount, currency, debtor_partner, free_communication, structured_communication
            )
        payload = self._dunning_epc_payload(amount, **epc.remittance(structured_communication, free_communication))
        return payload.split("\n")

    def _get_qr_code_generation_params(
        self, qr_method, amount, currency, debtor_partner, free_communication, structured_communication
    ):
        # EXTENDS account: parameters for Odoo's barcode controller; the base64 image is drawn in _get_qr_code_base64
        if qr_method != EPC_METHOD:
            return super()._get_qr_code_generation_params(
                qr_method, amount, currency, debtor_partner, free_communication, structured_communication
            )
        lines = self._get_qr_vals(
            qr_method, amount, currency, debtor_partner, free_communication, structured_communication
        )
        side = 4 * epc.MAX_MODULES
        return {
            "barcode_type": "QR",
            "barLevel": "M",
            "quiet": 1,
            "width": side,
            "height": side,
            "value": "\n".join(lines),
        }

    def _get_qr_code_base64(
        self, qr_method, amount, currency, debtor_partner, free_communication, structured_communication
    ):
        # EXTENDS account
        if qr_method != EPC_METHOD:
            return super()._get_qr_code_base64(
                qr_method, amount, currency, debtor_partner, free_communication, structured_communication
            )
        lines = self._get_qr_vals(
            qr_method, amount, currency, debtor_partner, free_communication, structured_communication
        )
        return epc.data_uri(epc.epc_png("\n".join(lines)))

    # ------------------------------------------------------------------------------------------------------------
    # EPC
    # ------------------------------------------------------------------------------------------------------------

    def _dunning_epc_holder(self):
        """The name of the payee: the account holder, else the partner."""
        return self.acc_holder_name or self.partner_id.name

    def _dunning_epc_bic(self):
        """The BIC, or an empty string. A malformed BIC is left out where the account needs none."""
        bic = self.bank_bic or ""
        if epc.is_valid_bic(bic) or epc.compact_iban(self.acc_number)[:2] not in epc.EEA_COUNTRIES:
            return bic
        return ""

    def _dunning_epc_account_error(self):
        """Why no payment QR code is possible for this account, as a text for the user; False if one is."""
        if not self:
            return self.env._("There is no bank account to pay to.")
        self.ensure_one()
        if not epc.clean_text(self._dunning_epc_holder()):
            return self._dunning_epc_error_message(epc.EpcError("name", "The payee has no name"))
        try:
            epc.check_account(self.acc_number, self._dunning_epc_bic())
        except epc.EpcError as error:
            return self._dunning_epc_error_message(error)
        return False

    def _dunning_epc_payload(self, amount, reference=None, text=None, names=None):
        """The text of the code that pays ``amount`` euro to this account.

        :param names: names of invoices to list in the text, instead of ``reference`` or ``text``
        :raises epc.EpcError: no code is possible with these values
        """
        self.ensure_one()
        payee = (self._dunning_epc_holder(), self.acc_number, amount)
        if names:
            return epc.epc_payload_for_names(*payee, names, bic=self._dunning_epc_bic())
        return epc.epc_payload(*payee, reference=reference, text=text, bic=self._dunning_epc_bic())

    def _dunning_epc_error_message(self, error):
        """The text of an :class:`epc.EpcError` in the user's language."""
        number = self.acc_number or ""
        if error.code == "iban":
            return self.env._("The bank account «%s» is not a valid IBAN.", number)
        if error.code == "iban_country":
            return self.env._("The bank account «%s» lies outside the SEPA zone.", number)
        if error.code in ("bic", "bic_missing"):
            return self.env._(
                "The bank account «%s» lies outside the European Economic Area: its bank needs a valid BIC.", number
            )
        if error.code == "name":
            return self.env._("The bank account «%s» needs the name of its holder.", number)
        if error.code == "amount":
            return self.env._("A payment QR code asks for at least 0.01 and at most 999,999,999.99 euro.")
        return self.env._("No payment QR code can be made of this data: %s.", error)
