from collections import defaultdict
from typing import NamedTuple

from odoo import models

from ...tools import epc


class AccountShare(NamedTuple):
    """What is to be paid to one bank account."""

    bank: object  #: ``res.partner.bank``; may be empty
    documents: list  #: the names of what is paid
    amount: float


class ResCompany(models.Model):
    _inherit = "res.company"

    def _dunning_epc_bank(self):
        """The first bank account of the company, else of its parents, for which a payment code is possible.

        Trusted accounts go first.

        :return: ``res.partner.bank``, empty where there is none
        """
        self.ensure_one()
        for company in (self, *reversed(self.parent_ids - self)):
            banks = company.partner_id.bank_ids.filtered(
                lambda bank, company=company: not bank.company_id or bank.company_id in (self, company)
            )
            for bank in banks.sorted(lambda bank: (not bank.allow_out_payment, bank.sequence, bank.id)):
                if bank.currency_id.name in ("EUR", False) and not bank._dunning_epc_account_error():
                    return bank
        return self.env["res.partner.bank"]

    def _dunning_epc_account_error(self):
        """Why the company's invoices and reminders have no payment code, as a text; False if they have one."""
        self.ensure_one()
        if self._dunning_epc_bank():
            return False
        banks = self.partner_id.bank_ids
        if not banks:
            return self.env._("%s has no bank account: enter its IBAN.", self.name)
        return "\n".join(error for error in (bank._dunning_epc_account_error() for bank in banks) if error) or (
            self.env._("%s has no bank account in euro.", self.name)
        )

    def _dunning_epc_total_payload(self, lines, amount):
        """The text of one payment code for several open items (draw it with ``epc.epc_png``), or False.

        There is none for items that are to be paid to different accounts. The text lists the invoices, whole names
        only, so that the bank line can be matched. For the items of a single invoice it has that invoice's own
        reference.

        :param lines: open items of this company
        :param amount: euro to ask for
        """
        self.ensure_one()
        lines.fetch(["company_id", "currency_id", "move_id", "name"])
        if not lines or set(lines.currency_id.mapped("name")) != {"EUR"}:
            return False
        # of invoices by the thousand only what is needed is read
        lines.move_id.fetch(["move_type", "name", "partner_bank_id", "payment_reference"])
        names = list(dict.fromkeys(line._dunning_epc_document() for line in lines))
        if len(names) == 1:
            return lines[0]._dunning_epc_payload(amount)
        bank = self.env["res.partner.bank"].union(*set(lines._dunning_epc_banks().values()))
        if len(bank) != 1:
            return False
        try:
            return bank._dunning_epc_payload(amount, names=names)
        except epc.EpcError:
            return False

    def _dunning_account_shares(self, amounts):
        """Which amount goes to which bank account: list of :class:`AccountShare`, in the order of the amounts.

        :param amounts: list of (``account.move.line``, name of the document, amount). An empty item stands for one
            that is gone; what it asks goes to the company's own account.
        """
        self.ensure_one()
        items = self.env["account.move.line"].union(*(item for item, _document, _amount in amounts))
        banks = items._dunning_epc_banks()
        own = self._dunning_epc_bank() if any(not item for item, *_others in amounts) else None
        names, totals = defaultdict(dict), defaultdict(float)
        for item, document, amount in amounts:
            bank = banks[item] if item else own
            totals[bank] += amount
            if document:
                names[bank][document] = None  # a set that keeps the order
        return [AccountShare(bank, list(names[bank]), total) for bank, total in totals.items()]

    def _dunning_share_values(self, share, amount, documents):
        """The values of one bank account for the template ``reminder_account``.

        :param share: :class:`AccountShare`
        :param amount: its amount as text
        :param documents: its documents as text
        """
        bank = share.bank
        return {
            "iban": bank.acc_number, "bic": bank.bank_bic, "holder": bank._dunning_epc_holder() or self.name,
            "amount": amount, "documents": documents}
