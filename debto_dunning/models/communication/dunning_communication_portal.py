from typing import NamedTuple

from odoo import api, models

from ...tools import epc

#: Invoices on one page.
PAGE_ROWS = 50


class DueNow(NamedTuple):
    """What is due now of one line of a reminder."""

    item: object  #: ``account.move.line``, may be empty
    principal: float
    charges: float  #: costs and interest
    calculation: dict  #: of the charges, see :mod:`tools.calculation`
    charge: object = None  #: ``dunning.charge`` of the charges; may be empty

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
        """What is due now of each of ``lines``: {line: :class:`DueNow`}, in their order.

        Money that is not matched yet counts as in the decision: what covers an invoice is not asked of it, and what is
        beyond all invoices goes to costs and interest.
        """
        charges = {charge.move_line_id: charge for charge in self.env["dunning.charge"].search(
            [("move_line_id", "in", lines.move_line_id.ids)])}
        entries = {}
        for line in lines:
            charge = line.charge_id or charges.get(line.move_line_id, line.charge_id)
            entries[line] = line.move_line_id or charge.move_line_id, charge
        asked = {row.item: row.asked for row in self.env["dunning.run"]._decide_each(
            self.company_id, self.company_id._dunning_today(), partner_ids=self.customer_id.ids)}
        return self._due_now(self.company_id, self.customer_id, entries, asked)

    @api.model
    def _due_now(self, company, customer, entries, asked):
        """What is due now of items and of their costs and interest: {key: :class:`DueNow`}, in the order of the keys.

        :param entries: {key: (``account.move.line``, ``dunning.charge``)}; either may be empty
        :param asked: {item id: what is asked of it by the decision}
        """
        owed = self.env["dunning.charge"].union(*(charge for _item, charge in entries.values()))._owed()
        today, spare = company._dunning_today(), 0.0
        if any(charge.due for charge in owed.values()):
            money = self.env["dunning.run"]._get_customer_money(company, today, customer.ids).get(customer.id)
            spare = money.spare if money else 0.0
        found = {}
        for key, (item, charge) in entries.items():
            currency = charge.currency_id or item.currency_id
            besides = owed[charge].due if charge else 0.0
            received = min(company.currency_id._convert(spare, currency, company, today), besides) if spare else 0.0
            spare -= currency._convert(received, company.currency_id, company, today) if received else 0.0
            found[key] = DueNow(item, asked.get(item.id, 0.0), currency.round(besides - received),
                                owed[charge].calculation if charge else {}, charge)
        return found

    def _portal_code(self, lines):
        """The payment code of what is due now of ``lines``, as a PNG; None where no code can be made of it."""
        self.ensure_one()
        due = [now for now in self._portal_due(lines).values() if now.total > 0]
        items = self.env["account.move.line"].union(*(now.item for now in due))
        payload = self.company_id._dunning_epc_total_payload(items, sum(now.total for now in due))
        return epc.epc_png(payload, scale=3) if payload else None
