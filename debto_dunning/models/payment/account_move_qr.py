from odoo import models

from ...tools import epc
from .res_partner_bank import EPC_METHOD


class AccountMove(models.Model):
    _inherit = "account.move"

    def _generate_qr_code(self, silent_errors=False):
        # EXTENDS account: drawing the code writes the method on the invoice, which must not count as a user's change
        self.ensure_one()
        move = self.with_context(skip_is_manually_modified=True)
        if not move.display_qr_code or not move.is_sale_document(include_receipts=True):
            return super(AccountMove, move)._generate_qr_code(silent_errors=silent_errors)
        if move._dunning_qr_method() != EPC_METHOD:
            return super(AccountMove, move)._generate_qr_code(silent_errors=silent_errors)
        return move._dunning_generate_epc_code(silent_errors)

    def _dunning_qr_method(self):
        """The QR method of this invoice's code: the stored one, else the first that is possible; False: none is."""
        if self.qr_code_method:
            return self.qr_code_method
        bank = self.partner_bank_id
        for method, _name in bank.get_available_qr_methods_in_sequence():
            if not bank._get_error_messages_for_qr(method, self.partner_id, self.currency_id):
                return method
        return False

    def _dunning_generate_epc_code(self, silent_errors):
        """The payment code for the next open instalment, as a base64 image; None where nothing is open.

        :raises UserError: bank account or amount do not allow a code, and not ``silent_errors``
        """
        item = self._dunning_next_open_item()
        if not item:
            return None
        reference = self.payment_reference or self.name
        picture = self.partner_bank_id.build_qr_code_base64(
            item.amount_residual_currency,
            reference,
            reference,
            self.currency_id,
            self.partner_id,
            EPC_METHOD,
            silent_errors=silent_errors,
        )
        if picture and self.qr_code_method != EPC_METHOD:
            self.qr_code_method = EPC_METHOD
        return picture

    def _dunning_open_items(self):
        """The open instalments of this customer invoice, ordered by due date."""
        return self.line_ids.filtered(lambda line: line._dunning_is_open()).sorted(
            lambda line: (line._dunning_due_date(), line.id))

    def _dunning_next_open_item(self):
        """The open instalment that is due first; empty where nothing is open."""
        return self._dunning_open_items()[:1]

    def _dunning_qr_instalment(self):
        """The instalment that the code asks for, where the invoice has several open ones; else empty."""
        items = self._dunning_open_items()
        return items[:1] if len(items) > 1 else items.browse()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _dunning_epc_bank(self):
        """The bank account to pay this item to: that of the invoice, else the first one that allows a code."""
        return self._dunning_epc_banks()[self]

    def _dunning_epc_banks(self):
        """The bank account to pay each of these items to: {item: ``res.partner.bank``, may be empty}."""
        # of invoices by the thousand only what is needed is read
        self.fetch(["company_id", "move_id"])
        self.move_id.fetch(["partner_bank_id"])
        banks, own = {}, {}
        for item in self:
            bank = item.move_id.partner_bank_id
            if not bank:
                company = item.company_id
                if company not in own:
                    own[company] = company._dunning_epc_bank()
                bank = own[company]
            banks[item] = bank
        return banks

    def _dunning_epc_payload(self, amount=None):
        """The text of the payment code for this one open item (draw it with ``epc.epc_png``), or False.

        :param amount: amount to ask, in euro; default: the residual of the item
        """
        self.ensure_one()
        bank = self._dunning_epc_bank()
        if self.currency_id.name != "EUR" or not bank:
            return False
        reference = self.move_id.is_invoice(include_receipts=True) and self.move_id.payment_reference
        try:
            return bank._dunning_epc_payload(
                self.amount_residual_currency if amount is None else amount,
                **epc.remittance(reference or self._dunning_epc_document()),
            )
        except epc.EpcError:
            return False

    def _dunning_epc_document(self):
        """The document number that the customer knows; for an opening entry it is in the label of the item."""
        if self.move_id.is_invoice(include_receipts=True):
            return self.move_id.name
        return self.name or self.ref or self.move_id.name
