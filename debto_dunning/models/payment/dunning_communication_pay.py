from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class PayableRow(NamedTuple):
    """What can be paid online now of one line of a message, in the currency of the message."""

    line: object  #: ``dunning.communication.line``
    item: object  #: ``account.move.line``
    principal: float
    discount: float  #: what need not be paid of ``principal``, as it is paid in time
    charge: object  #: ``dunning.charge``; empty where nothing of it is due
    charges: float  #: costs and interest that are due

    def amount(self, with_charges):
        """What is paid for it."""
        return self.principal - self.discount + (self.charges if with_charges else 0.0)


class DunningCommunication(models.Model):
    """What the customer can pay online of a message, on its page."""

    _inherit = "dunning.communication"

    def _payable_rows(self):
        """The rows that can be paid online now: list of :class:`PayableRow`.

        They are of one company of the group and of one receivable account, those of the first row: one payment is
        booked at one company, and matched on one account. Costs and interest are left out where the company has no
        accounts to book them on.
        """
        self.ensure_one()
        rows, first = [], None
        takes_charges = not self.company_id._dunning_charge_accounts_missing()
        for line, now in self._portal_due(self._portal_lines()).items():
            charges = now.charges if takes_charges and now.charge else 0.0
            if now.principal <= 0 and charges <= 0 or not now.item:
                continue
            place = now.item.company_id, now.item.account_id
            first = first or place
            if place == first:
                rows.append(PayableRow(
                    line, now.item, max(now.principal, 0.0), self._early_discount(now), now.charge, charges))
        return rows

    def _early_discount(self, now):
        """The early payment discount that an item still has today; 0 where part of it was paid or is in dispute."""
        item, move = now.item, now.item.move_id
        today = self.company_id._dunning_today()
        is_whole = item.currency_id.compare_amounts(now.principal, item.amount_residual_currency) == 0
        if not is_whole or not move.is_invoice() or not move._is_eligible_for_early_payment_discount(
                item.currency_id, today):
            return 0.0
        return item.currency_id.round(item.amount_residual_currency - item.discount_amount_currency)

    def _choose_payable(self, line_ids):
        """The payable rows of the chosen lines; all of them where none is chosen.

        :param line_ids: ids of lines of this message, as the customer's browser sent them
        :raises UserError: one of them is not open any more, or not of this message
        """
        rows = self._payable_rows()
        if not line_ids:
            return rows
        chosen = [row for row in rows if row.line.id in line_ids]
        if len(chosen) < len(set(line_ids)):
            raise UserError(self.env._(
                "Some of these invoices are paid, or being paid, already: load the page anew."))
        return chosen

    def _payment_vals(self, rows, with_charges):
        """Values of a ``payment.transaction`` over rows, besides those of its provider.

        :param rows: list of :class:`PayableRow`
        :param with_charges: whether the customer pays costs and interest too
        :raises UserError: there is nothing to pay
        """
        amount = self.currency_id.round(sum(row.amount(with_charges) for row in rows))
        if amount <= 0:
            raise UserError(self.env._("Nothing is left to pay here."))
        allotments = []
        for row in rows:
            if row.principal > row.discount:
                allotments.append({
                    "move_line_id": row.item.id, "amount": row.principal - row.discount, "discount": row.discount})
            if with_charges and row.charges > 0:
                allotments.append({"charge_id": row.charge.id, "amount": row.charges})
        moves = self.env["account.move"].union(*(row.item.move_id for row in rows if row.principal))
        return {
            "amount": amount,
            "currency_id": self.currency_id.id,
            "partner_id": self.customer_id.id,
            "invoice_ids": [Command.set(moves.filtered(lambda move: move.is_invoice(include_receipts=True)).ids)],
            "dunning_allotment_ids": [
                Command.create({"communication_id": self.id, **vals}) for vals in allotments],
        }
