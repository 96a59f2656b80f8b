from odoo import models

from ...tools import epc


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

        The text lists the invoices, whole names only, so that the bank line can be matched. For the items of a single
        invoice it has that invoice's own reference.

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
        banks = lines.move_id.partner_bank_id.union(*(
            company._dunning_epc_bank()
            for company in lines.filtered(lambda line: not line.move_id.partner_bank_id).company_id))
        bank = banks if len(banks) == 1 else self._dunning_epc_bank() or banks[:1]
        if not bank:
            return False
        try:
            return bank._dunning_epc_payload(amount, names=names)
        except epc.EpcError:
            return False
