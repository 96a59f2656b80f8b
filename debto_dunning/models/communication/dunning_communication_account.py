from odoo import models


class DunningCommunication(models.Model):
    """The bank accounts that a message asks to pay to: each invoice is paid to its own."""

    _inherit = "dunning.communication"

    def _account_shares(self, lines):
        """What the message asks for each bank account, see ``res.company._dunning_account_shares``.

        :param lines: the lines that are asked for
        """
        return self.company_id._dunning_account_shares(
            [(line.move_line_id or line.charge_id.move_line_id, line.document, line._amount_all()) for line in lines])

    def _account_values(self, shares):
        """What templates show of bank accounts: dicts ``iban``, ``bic``, ``holder``, ``documents`` and ``amount``.

        :param shares: list of :class:`AccountShare`; where it is empty, the company's own account is shown
        """
        company = self.company_id
        shares = shares or company._dunning_account_shares([(self.env["account.move.line"], "", 0.0)])
        return [company._dunning_share_values(
            share, self._money(share.amount), self._shortened_names(share.documents)) for share in shares]
