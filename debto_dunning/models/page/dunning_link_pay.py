from datetime import timedelta
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

#: Payments that may be begun with one link within a day.
PAYMENTS_PER_DAY = 20


class PayableRow(NamedTuple):
    """What can be paid online now of one item, and of its costs and interest, in the currency of both."""

    key: str  #: of its :class:`PageItem`
    document: str
    item: object  #: ``account.move.line``; empty where only charges are left of an item that is gone
    principal: float
    discount: float  #: what need not be paid of ``principal``, as it is paid in time
    charge: object  #: ``dunning.charge``; may be empty
    charges: float  #: costs and interest that are due

    def amount(self, with_charges):
        """What is paid for it."""
        return self.principal - self.discount + (self.charges if with_charges else 0.0)


class DunningLink(models.Model):
    """What the customer pays online on the page, by Odoo's payment providers."""

    _inherit = "dunning.link"

    def _page_sums(self, items, visit):
        # EXTENDS debto_dunning: whether a payment provider takes what is due
        sums = super()._page_sums(items, visit)
        for part in sums if visit.is_checked else ():
            rows = self._payable_of(items, part["currency"])
            part["pays_online"] = bool(
                rows and self._payment_providers(rows, sum(row.amount(True) for row in rows)))
        return sums

    def _payment_providers(self, rows, amount):
        """The ``payment.provider`` that take an amount for these rows, as superuser."""
        # sudo: customers have no rights on providers; the page shows their names alone
        return self.env["payment.provider"].sudo()._get_compatible_providers(
            self._payment_company(rows).id, self.partner_id.id, amount, currency_id=self._payment_currency(rows).id)

    def _payment_methods(self, rows, providers):
        """The ``payment.method`` that some providers take for these rows, as superuser."""
        # sudo: as in _payment_providers
        return self.env["payment.method"].sudo()._get_compatible_payment_methods(
            providers.ids, self.partner_id.id, currency_id=self._payment_currency(rows).id)

    @staticmethod
    def _payment_company(rows):
        """The company at which these rows are paid: the branch whose invoices they are."""
        first = rows[0]
        return first.item.company_id or first.charge.company_id

    @staticmethod
    def _payment_currency(rows):
        first = rows[0]
        return first.item.currency_id or first.charge.currency_id

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _payable_rows(self, visit, currency=None):
        """What a visitor can pay online now; see :meth:`_payable_of`."""
        return self._payable_of(self._page_items(visit), currency)

    def _payable_of(self, items, currency=None):
        """What can be paid online now of some items: list of :class:`PayableRow`.

        One payment has one currency, is booked at one company of the group and is matched on one receivable account:
        those of the first row. Costs and interest are left out where the company has no accounts to book them on.

        :param items: {key: :class:`PageItem`}
        :param currency: ``res.currency``; default: that of the first row
        """
        self.ensure_one()
        rows, first = [], None
        takes_charges = not self.company_id._dunning_charge_accounts_missing()
        for one in items.values():
            principal = max(one.due.principal, 0.0) if one.item else 0.0
            charges = one.due.charges if takes_charges and one.due.charge else 0.0
            if currency and one.currency != currency or principal <= 0 and charges <= 0:
                continue
            place = one.currency, one.item.company_id or one.due.charge.company_id, one.item.account_id
            first = first or place
            if place == first:
                rows.append(PayableRow(one.key, one.document, one.item, principal, self._early_discount(one),
                                       one.due.charge, charges))
        return rows

    def _early_discount(self, one):
        """The early payment discount that an item still has today; 0 where part of it was paid or is in dispute.

        :param one: :class:`PageItem`
        """
        item, move = one.item, one.move
        today = self.company_id._dunning_today()
        if not move or not move._is_eligible_for_early_payment_discount(item.currency_id, today) or (
                item.currency_id.compare_amounts(one.due.principal, item.amount_residual_currency)):
            return 0.0
        return item.currency_id.round(item.amount_residual_currency - item.discount_amount_currency)

    def _choose_payable(self, visit, keys, currency=None):
        """The payable rows that the customer chose; all of them where none is chosen.

        :param keys: of :class:`PageItem`, as the browser sent them
        :raises UserError: one of them is not open any more, or cannot be paid together with the others
        """
        rows = self._payable_rows(visit, currency)
        if not keys:
            return rows
        chosen = [row for row in rows if row.key in keys]
        if len(chosen) < len(set(keys)):
            raise UserError(self.env._(
                "Some of these invoices are paid, or are being paid, already, or cannot be paid together: please "
                "choose anew."))
        return chosen

    # ------------------------------------------------------------------
    # Transaction
    # ------------------------------------------------------------------

    def _payment_vals(self, rows, with_charges):
        """Values of a ``payment.transaction`` over rows, besides those of its provider.

        :param rows: list of :class:`PayableRow`
        :param with_charges: whether the customer pays costs and interest too
        :return: (amount, values)
        :raises UserError: there is nothing to pay, or too many payments were begun today
        """
        parts = []
        for row in rows:
            if row.principal > row.discount:
                parts.append({
                    "move_line_id": row.item.id, "amount": row.principal - row.discount, "discount": row.discount})
            if with_charges and row.charges > 0:
                parts.append({"charge_id": row.charge.id, "amount": row.charges})
        if not parts:
            raise UserError(self.env._("Nothing is left to pay here."))
        if self._origin and self.env["payment.transaction"].search_count([
                ("dunning_allotment_ids.link_id", "=", self.id),
                ("create_date", ">", fields.Datetime.now() - timedelta(days=1))]) >= PAYMENTS_PER_DAY:
            raise UserError(self.env._("Many payments were begun today. Please try again tomorrow, or call us."))
        moves = self.env["account.move"].union(*(row.item.move_id for row in rows if row.principal))
        amount = self._payment_currency(rows).round(sum(part["amount"] for part in parts))
        return amount, {
            "invoice_ids": [Command.set(moves.filtered(lambda move: move.is_invoice(include_receipts=True)).ids)],
            "dunning_allotment_ids": [Command.create({"link_id": self.id, **part}) for part in parts],
        }

    def _last_payment(self):
        """The newest payment that was begun with this link and has left the page; may be empty."""
        return self.env["payment.transaction"].search([
            ("dunning_allotment_ids.link_id", "=", self._origin.id), ("state", "!=", "draft"),
        ], order="id DESC", limit=1) if self._origin else self.env["payment.transaction"]

    def _log_payment(self, transaction):
        """Log a payment that the provider confirmed, and tell the customer that it was received."""
        self.ensure_one()
        form = f"payment {transaction.id}"
        if self.env["dunning.communication"].search_count(
                [("link_id", "=", self.id), ("page_form", "=", form)], limit=1):
            return
        moves = transaction.dunning_allotment_ids.move_line_id.move_id
        localized = self.with_context(lang=self._language())
        done = localized._log_act(
            "paid", localized.env._("Paid online: %s", transaction.currency_id.format(transaction.amount)),
            # the money is in the books: nothing is paused, and nobody has to look
            moves=moves, reply_paid_on=self.company_id._dunning_today(), needs_attention=False, page_form=form)
        localized._confirm(done)
