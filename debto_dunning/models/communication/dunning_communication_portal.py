from typing import NamedTuple

from odoo import models

from ...tools import epc

#: Invoices on one page.
PAGE_ROWS = 50


class DueNow(NamedTuple):
    """What is due now of one line of a reminder."""

    item: object  #: ``account.move.line``, may be empty
    principal: float
    charges: float  #: costs and interest
    calculation: dict  #: of the charges, see :mod:`tools.calculation`

    @property
    def total(self):
        return self.principal + self.charges


class DunningCommunication(models.Model):
    """The page of a reminder: each invoice as it stands now."""

    _inherit = "dunning.communication"

    def _portal_values(self, page=1):
        """What the page shows: one page of rows, and the total of all of them.

        It draws no code and changes nothing.

        :param page: number of the page, from 1
        :return: dict; each row has its ``line`` (``dunning.communication.line``)
        """
        self.ensure_one()
        communication = self.with_context(lang=self._language())
        asked = communication._portal_due(communication._portal_lines())
        shown = list(asked)[(page - 1) * PAGE_ROWS:page * PAGE_ROWS]
        due = {line: now for line, now in asked.items() if now.total > 0}
        shares = communication.company_id._dunning_account_shares(
            [(now.item, line.document, now.total) for line, now in due.items()])
        rows = [communication._portal_row(line, asked[line]) for line in shown]
        return {
            "communication": communication,
            "company": communication.company_id,
            "lang": communication.env.lang,
            "subject": communication._message_subject(),
            "page_name": "reminder",
            "rows": rows,
            "row_count": len(asked),
            "opens_codes": len(due) <= communication.company_id.dunning_qr_limit,
            "has_charges": any(now.charges for now in asked.values()),
            "calculations": [
                {"document": line.document or "", **row} for line in shown if asked[line].charges
                for row in communication._calculation_rows(asked[line].calculation, communication.currency_id)],
            "total": communication._money(sum(now.total for now in due.values())),
            "has_total_code": len(due) > 1 and len(shares) == 1,
            "accounts": communication._account_values(shares),
        }

    def _portal_lines(self):
        """The lines that the page lists: steps, and costs and interest of paid invoices."""
        return self._steps() | self._left_lines()

    def _portal_row(self, line, now):
        values = self._row_values(line, False)
        return {
            "line": line,
            "document": line.document,
            "due": values["due"],
            "reference": values["reference"],
            "open": self._money(now.principal),
            "charges": self._money(now.charges) if now.charges else "",
            "is_open": now.total > 0,
        }

    def _portal_due(self, lines):
        """What is due now of each of ``lines``: {line: :class:`DueNow`}, in their order."""
        charges = {charge.move_line_id: charge for charge in self.env["dunning.charge"].search(
            [("move_line_id", "in", lines.move_line_id.ids)])}
        owed = self.env["dunning.charge"].union(*charges.values(), lines.charge_id)._owed()
        items = lines.move_line_id | lines.charge_id.move_line_id
        # of items by the thousand only what is needed is read
        items.fetch([
            "account_type", "amount_residual_currency", "company_id", "currency_id", "move_id", "parent_state",
            "reconciled"])
        items.move_id.fetch(["payment_state"])
        found = {}
        for line in lines:
            charge = line.charge_id or charges.get(line.move_line_id, line.charge_id)
            item = line.move_line_id or charge.move_line_id
            is_open = item and item._dunning_is_open()
            found[line] = DueNow(
                item, item.amount_residual_currency - item.dunning_disputed if is_open else 0.0,
                owed[charge].due if charge else 0.0,
                owed[charge].calculation if charge else {})
        return found

    def _portal_code(self, lines):
        """The payment code of what is due now of ``lines``, as a PNG; None where no code can be made of it."""
        self.ensure_one()
        due = [now for now in self._portal_due(lines).values() if now.total > 0]
        items = self.env["account.move.line"].union(*(now.item for now in due))
        payload = self.company_id._dunning_epc_total_payload(items, sum(now.total for now in due))
        return epc.epc_png(payload, scale=3) if payload else None
