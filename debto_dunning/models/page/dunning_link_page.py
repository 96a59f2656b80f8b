from typing import NamedTuple

from odoo import models
from odoo.tools import format_amount, format_date

from ...tools import epc
from ..communication.dunning_communication_portal import PAGE_ROWS


class PageItem(NamedTuple):
    """An open item, or charges left of a paid one, as the page shows it; amounts in its currency."""

    item: object  #: ``account.move.line``; empty where only charges are left of an item that is gone
    charge: object  #: ``dunning.charge``; may be empty
    move: object  #: the invoice, where it is still the customer's; may be empty
    document: str
    due_date: object
    due: object  #: :class:`DueNow`
    disputed: float  #: in dispute, and not asked
    currency: object

    @property
    def key(self):
        """What forms and addresses name it by."""
        return str(self.item.id) if self.item else f"c{self.charge.id}"


class DunningLink(models.Model):
    """What the page shows: what is open as it stands now, and how it is paid. It writes nothing."""

    _inherit = "dunning.link"

    # ------------------------------------------------------------------
    # Items
    # ------------------------------------------------------------------

    def _page_items(self, visit):
        """What a visitor sees of open items: {key: :class:`PageItem`}, the oldest first.

        Paid items of the message are among them. The number of queries does not grow with the items.

        :param visit: :class:`PageVisit`
        """
        self.ensure_one()
        found = self._all_items() if visit.sees_all else self._items_of_message()
        return {one.key: one for one in found}

    def _items_of_message(self):
        """The :class:`PageItem` of each line of the message."""
        message, found = self.communication_id, []
        for line, now in message._portal_due(message._portal_lines()).items():
            found.append(self._page_item(now.item, now.charge, now, line.due_date, line.document))
        return found

    def _all_items(self):
        """The :class:`PageItem` of everything that is open of the customer. What was never sent to the customer is not
        shown, and costs and interest stand beside their invoice, not as documents of their own.
        """
        rows = {row.item: row for row in self.env["dunning.run"]._decide_each(
            self.company_id, self.company_id._dunning_today(), partner_ids=self.partner_id.ids)}
        hidden = ("charge", "not_sent")
        items = self.env["account.move.line"].browse(
            [row.item for row in rows.values() if row.reason not in hidden])
        charges = self.env["dunning.charge"].search(
            [("debtor_id", "=", self.debtor_id.id), ("amount_due", ">", 0)])
        by_item = {charge.move_line_id: charge for charge in charges}
        none = self.env["dunning.charge"]
        entries = {item: (item, by_item.get(item, none)) for item in items}
        entries |= {charge: (charge.move_line_id, charge) for charge in charges if charge.move_line_id not in items}
        due = self.env["dunning.communication"]._due_now(
            self.company_id, self.partner_id, entries, {row.item: row.asked for row in rows.values()})
        return [
            self._page_item(item, charge, due[key], rows[item.id].due if item.id in rows else item.date_maturity)
            for key, (item, charge) in entries.items() if item in items or due[key].total > 0]

    def _page_item(self, item, charge, due, due_date, document=""):
        move = item.move_id
        if not move.is_invoice(include_receipts=True) or not move._dunning_is_of(self.partner_id):
            move = move.browse()
        return PageItem(
            item, charge, move, document or item._dunning_epc_document() or charge.display_name, due_date, due,
            self._contested(item), item.currency_id or charge.currency_id or self.company_id.currency_id)

    @staticmethod
    def _contested(item):
        """What of an item the customer contests; what a colleague left out for another reason is not told."""
        is_contested = any(hold.active and hold.kind == "dispute" for hold in item.dunning_hold_ids)
        return item.dunning_disputed if is_contested else 0.0

    # ------------------------------------------------------------------
    # Values of the template
    # ------------------------------------------------------------------

    def _page_values(self, visit, page=1):
        """Everything that the page shows: dict.

        :param page: number of the page of invoices, from 1
        """
        self.ensure_one()
        items = self._page_items(visit)
        shown = list(items.values())[(page - 1) * PAGE_ROWS:page * PAGE_ROWS] if visit.is_checked else []
        holds = self._page_promises(shown)
        return {
            "title": self._page_title(visit),
            "customer": self.partner_id.name if visit.is_checked else "",
            "sums": self._page_sums(items, visit),
            "rows": [self._page_row(one, holds) for one in shown],
            "row_count": len(items),
            "page": page,
            "page_count": -(-len(items) // PAGE_ROWS) or 1,
            "calculations": [
                {"document": one.document, **row} for one in shown if one.due.charges
                for row in self.env["dunning.communication"]._calculation_rows(one.due.calculation, one.currency)],
            "acts": self._offered_acts(items) if visit.is_checked else {},
            "told": self._page_told(),
            "has_statement": self._has_statement(visit, items),
            "may_see_all": not visit.sees_all and not self.debtor_id.is_natural_person,
            "conditions": [words for _company, words in self.partner_id._dunning_conditions(self.company_id)],
            "has_postcode": self._has_postcode(),
            "paid": self._page_paid() if visit.is_logged_in else (),
        }

    def _offered_acts(self, items):
        """The acts of :meth:`_page_acts` that make sense now.

        :param items: {key: :class:`PageItem`}
        """
        is_open = any(one.item and one.due.principal > 0 for one in items.values())
        has_charges = any(one.due.charges for one in items.values())
        return {code: act for code, act in self._page_acts().items()
                if (is_open or not act.needs_items) and (has_charges or not act.needs_charges)}

    def _page_told(self):
        """What the customer told last over this page: list of dicts."""
        answers = self.env["dunning.communication"].search(
            [("link_id", "=", self._origin.id)], limit=5) if self._origin else ()
        return [{"date": format_date(self.env, answer.date), "words": answer.subject} for answer in answers]

    def _page_paid(self):
        """Invoices that were paid, the newest first: list of dicts."""
        moves = self.env["account.move"].search([
            ("commercial_partner_id", "=", self.partner_id.id), ("company_id", "child_of", self.company_id.id),
            ("move_type", "in", ("out_invoice", "out_receipt")), ("state", "=", "posted"),
            ("payment_state", "in", ("paid", "in_payment")), ("dunning_charge_id", "=", False),
        ], order="invoice_date DESC, id DESC", limit=PAGE_ROWS)
        return [{
            "move": move, "document": move.name, "date": format_date(self.env, move.invoice_date),
            "amount": self._money(move.amount_total, move.currency_id)} for move in moves]

    # ------------------------------------------------------------------
    # Statement
    # ------------------------------------------------------------------

    def _has_statement(self, visit, items):
        """Whether the page hands out a statement. One of a notice of the law would ask more than the notice does."""
        is_notice = not visit.sees_all and self.communication_id.notice_law_id
        return bool(visit.is_checked and not is_notice and any(
            one.move and one.due.total > 0 for one in items.values()))

    def _page_statement(self, visit):
        """The statement of what the page shows, as a PDF; None where there is none."""
        items = self._page_items(visit)
        if not self._has_statement(visit, items):
            return None
        if visit.sees_all:
            report, record = "debto_dunning.action_report_statement", self.debtor_id
        else:
            report = "debto_dunning.action_report_statement_invoice"
            record = self.env["account.move"].union(*(one.move for one in items.values() if one.due.total > 0))
        return self.env["ir.actions.report"]._render_qweb_pdf(report, res_ids=record.ids)[0]

    def _page_move(self, visit, move_id):
        """The invoice with this id, where the page shows it; may be empty."""
        shown = [one.move for one in self._page_items(visit).values()]
        if visit.is_logged_in:
            shown += [row["move"] for row in self._page_paid()]
        moves = self.env["account.move"].union(*shown)
        return moves.filtered(lambda move: move.id == move_id) if visit.is_checked else moves.browse()

    def _page_title(self, visit):
        if not visit.is_checked:  # the words of the message may name the person
            return self.env._("To pay to %s", self.company_id.name)
        if visit.sees_all:
            return self.env._("What is open")
        return self.communication_id.with_env(self.env)._message_subject()

    def _page_row(self, one, promises):
        """The row of an item."""
        promise = promises.get(one.item)
        return {
            "key": one.key,
            "move": one.move,
            "document": one.document,
            "reference": one.move.payment_reference if one.move.payment_reference != one.document else "",
            "due": format_date(self.env, one.due_date) if one.due_date else "",
            "is_late": bool(one.due_date and one.due_date < self.company_id._dunning_today()),
            "open": self._money(one.due.principal, one.currency),
            "charges": self._money(one.due.charges, one.currency) if one.due.charges else "",
            "disputed": self._money(one.disputed, one.currency) if one.disputed else "",
            "promised": promise and self.env._(
                "You told us that you pay by %s.", format_date(self.env, promise.date)) or "",
            "is_open": one.due.total > 0,
            "has_code": one.due.total > 0 and one.currency.name == "EUR",
            # what has to be printed first is printed on request only, as that is kept with the invoice
            "has_pdf": bool(one.move.invoice_pdf_report_id),
        }

    def _page_promises(self, shown):
        """{item: its open promise} of the items that are shown."""
        items = self.env["account.move.line"].union(*(one.item for one in shown))
        promises = self.env["dunning.promise"]._open_on(items)
        return {line.move_line_id: promise for promise in promises for line in promise.line_ids}

    def _page_sums(self, items, visit):
        """What is to pay in each currency, and to which account: list of dicts."""
        today, sums = self.company_id._dunning_today(), []
        due = [one for one in items.values() if one.due.total > 0]
        for currency in self.env["res.currency"].union(*(one.currency for one in due)):
            own = [one for one in due if one.currency == currency]
            charges = sum(one.due.charges for one in own)
            late = sum(one.due.total for one in own if one.due_date and one.due_date < today or not one.item)
            total = sum(one.due.total for one in own)
            days = [one.due_date for one in own if one.due_date]
            shares = self.company_id._dunning_account_shares(
                [(one.item, one.document, one.due.total) for one in own])
            names = list(dict.fromkeys(one.document for one in own if one.document))
            sums.append({
                "currency": currency,
                "total": self._money(total, currency),
                "charges": self._money(charges, currency) if charges else "",
                "without_charges": self._money(total - charges, currency),
                "late": self._money(late, currency) if late and late != total else "",
                "when": self._when_words(min(days), today) if days else "",
                "reference": self._reference_words(own, names) if visit.is_checked or len(own) == 1 else "",
                "accounts": self._account_values(shares, currency, with_documents=visit.is_checked),
                "has_code": len(shares) == 1 and currency.name == "EUR",
            })
        return sums

    def _account_values(self, shares, currency, with_documents):
        """What the template shows of bank accounts.

        :param with_documents: whether it may name invoices
        """
        names = self.env["dunning.communication"]._shortened_names
        return [self.company_id._dunning_share_values(
            share, self._money(share.amount, currency), names(share.documents) if with_documents else "")
            for share in shares]

    def _when_words(self, first, today):
        if first < today:
            return self.env._("It was due on %s: please pay now.", format_date(self.env, first))
        return self.env._("Please pay by %s.", format_date(self.env, first))

    def _reference_words(self, own, names):
        """What the customer writes on the transfer."""
        if len(own) == 1 and own[0].move.payment_reference:
            return own[0].move.payment_reference
        return self.env["dunning.communication"]._shortened_names(names)

    def _money(self, amount, currency):
        return format_amount(self.env, amount, currency)

    # ------------------------------------------------------------------
    # Code
    # ------------------------------------------------------------------

    def _page_code(self, visit, key=None, with_charges=True):
        """The payment code of one item, or of all that is due in euro, as a PNG; None where there is none.

        :param key: of a :class:`PageItem`
        """
        items = self._page_items(visit)
        if key:
            items = {key: items[key]} if key in items else {}
        due = [one for one in items.values() if one.currency.name == "EUR" and one.due.total > 0]
        amount = sum(one.due.total if with_charges else one.due.principal for one in due)
        lines = self.env["account.move.line"].union(*(one.item for one in due))
        payload = amount > 0 and self.company_id._dunning_epc_total_payload(lines, amount)
        return epc.epc_png(payload, scale=4) if payload else None
