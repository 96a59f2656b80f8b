from odoo import models
from odoo.tools import file_path, format_date
from odoo.tools.misc import formatLang

from ...tools.listing import (
    AMOUNT,
    DATE,
    INTEGER,
    TEXT,
    Column,
    Listing,
    Table,
    listing_pdf,
    listing_xlsx,
    register_fonts,
)

#: Odoo's own fonts that have the letters of most languages.
FONTS = ("web/static/fonts/google/Roboto/Roboto-Regular.ttf", "web/static/fonts/google/Roboto/Roboto-Bold.ttf")


class DunningCommunication(models.Model):
    """The list of all invoices, which goes along where a message has more of them than it shows.

    It is part of the message: a notice of the law names each claim, if not in its own text, then there.
    """

    _inherit = "dunning.communication"

    def _left_lines(self):
        """The lines that ask for costs and interest of paid invoices."""
        return self.line_ids.filtered("charge_id")

    def _informed_lines(self):
        """The lines that are listed for information."""
        return self.line_ids.filtered(lambda line: not line.level_id and not line.charge_id)

    def _has_list(self):
        """Whether the message has more invoices than it shows."""
        self.ensure_one()
        return self._message_kind().shows_lines and self._listed_count() > self.company_id.dunning_row_limit

    def _listed_count(self):
        """The number of lines that the message says something of."""
        return len(self.line_ids) - sum(self.line_ids.mapped("void"))

    def _list_note(self):
        """The sentence about the list, in the language of the environment; empty where there is none."""
        if not self._has_list():
            return ""
        count = formatLang(self.env, self._listed_count(), digits=0)
        return self.env._(
            "The list that comes with this message names each of the %s invoices with its amounts. It is part of this "
            "message.", count)

    def _list_files(self):
        """The list in the customer's language.

        :return: dict with the contents ``pdf`` and, where the message is no letter, ``xlsx``
        """
        self.ensure_one()
        localized = self.with_context(lang=self._language())
        listing, dates = localized._listing(), {}

        def date_text(day):
            if day not in dates:
                dates[day] = format_date(localized.env, day)
            return dates[day]

        files = {"pdf": listing_pdf(listing, {
            DATE: date_text,
            INTEGER: str,
            AMOUNT: lambda amount: formatLang(localized.env, amount, digits=listing.decimals),
        }, register_fonts(*map(file_path, FONTS)))}
        if self.channel != "letter":
            files["xlsx"] = listing_xlsx(listing)
        return files

    # ------------------------------------------------------------------
    # What it holds
    # ------------------------------------------------------------------

    def _listing(self):
        """The :class:`Listing` of this message, in the language of the environment."""
        steps, left, informed = self._steps(), self._left_lines(), self._informed_lines()
        # of invoices by the thousand only what is needed is read
        self.line_ids.move_id.fetch(["payment_reference"])
        tables = [
            steps and self._list_of_steps(steps),
            left and self._list_of_left_charges(left),
            self._list_of_totals(steps, left),
            self._list_of_calculations(steps | left),
            informed and self._list_of_informed(informed),
        ]
        company = self.company_id
        return Listing(
            self.env._("Invoices of our message “%s”", self._message_subject()),
            [
                self.env._("%(company)s to %(customer)s, %(date)s", company=company.name,
                           customer=self.customer_id.name or "", date=format_date(self.env, company._dunning_today())),
                self.env._("This list is part of the message. Amounts are in %s.",
                           (self.currency_id or company.currency_id).name),
            ],
            [table for table in tables if table],
            (self.currency_id or company.currency_id).decimal_places)

    def _list_of_steps(self, steps):
        names = {level: level.name for level in steps.level_id}
        has_steps = len(names) > 1
        has_charges = any(line.amount_cost or line.amount_interest for line in steps)
        has_products = any(steps.mapped("is_notice"))
        announced = self._announced_costs()
        today = self.company_id._dunning_today()
        columns = [
            *([Column(self.env._("Step"), TEXT, 28)] if has_steps else []),
            Column(self.env._("Invoice"), TEXT, 34),
            Column(self.env._("Reference"), TEXT, 36),
            Column(self.env._("Date"), DATE, 17),
            Column(self.env._("Due"), DATE, 17),
            Column(self.env._("Days Late"), INTEGER, 15),
            Column(self.env._("Open"), AMOUNT, 24),
            *([Column(self.env._("Costs"), AMOUNT, 20), Column(self.env._("Interest"), AMOUNT, 20)]
              if has_charges else []),
            *([Column(self.env._("Delivered"), TEXT, 50)] if has_products else []),
            *([Column(self.env._("Compensation if Late"), AMOUNT, 28)] if announced else []),
        ]
        rows = [(
            *((names[line.level_id],) if has_steps else ()),
            line.document or "", self._reference(line), line.document_date or None, line.due_date or None,
            max(0, (today - line.due_date).days) if line.due_date else None, line.amount_open,
            *((line.amount_cost or None, line.amount_interest or None) if has_charges else ()),
            *((self._delivered_products(line) if line.is_notice else "",) if has_products else ()),
            *((announced.get(line),) if announced else ()),
        ) for line in steps]
        total = (
            *((self.env._("Total"), "") if has_steps else (self.env._("Total"),)), "", None, None, None,
            sum(steps.mapped("amount_open")),
            *((sum(steps.mapped("amount_cost")), sum(steps.mapped("amount_interest"))) if has_charges else ()),
            *(("",) if has_products else ()),
            *((sum(announced.values()),) if announced else ()),
        )
        return Table(self.env._("Invoices"), columns, rows, [total])

    def _list_of_left_charges(self, left):
        return Table(
            self.env._("Costs and Interest of Paid Invoices"),
            [
                Column(self.env._("Invoice"), TEXT, 34), Column(self.env._("Due"), DATE, 17),
                Column(self.env._("Paid"), DATE, 17), Column(self.env._("Costs"), AMOUNT, 24),
                Column(self.env._("Interest"), AMOUNT, 24),
            ],
            [(line.document or "", line.due_date or None, line.charge_id.settled_date or None,
              line.amount_cost or None, line.amount_interest or None) for line in left],
            [(self.env._("Total"), None, None, sum(left.mapped("amount_cost")), sum(left.mapped("amount_interest")))])

    def _list_of_totals(self, steps, left):
        """From the sums of the other tables to what is asked."""
        charges = sum((steps | left).mapped(lambda line: line.amount_cost + line.amount_interest))
        settled = sum((steps | left).mapped("amount_settled"))
        rows = [
            (self.env._("Invoices"), None, sum(steps.mapped("amount_open"))),
            *([(self.env._("Costs and interest"), None, charges)] if charges else []),
            *([(self.env._("Received for costs and interest"), None, -settled)] if settled else []),
            *((credit["document"], credit["date"] or None, -credit["amount"]) for credit in self._credits(steps)),
        ]
        return Table(
            self.env._("What to Pay"),
            [Column(self.env._("Amounts"), TEXT, 70), Column(self.env._("Date"), DATE, 17),
             Column(self.env._("Amount"), AMOUNT, 28)],
            rows, [(self.env._("Please pay"), None, self.amount_total)])

    def _list_of_calculations(self, lines):
        rows = self._line_calculations(lines)
        return rows and Table(
            self.env._("How Costs and Interest Were Reckoned"),
            [Column(self.env._("Invoice"), TEXT, 34), Column(self.env._("Calculation"), TEXT, 110),
             Column(self.env._("Amount"), TEXT, 24)],
            [(row["document"], row["text"], row["amount"]) for row in rows])

    def _list_of_informed(self, informed):
        due, today = self._charges_due(informed), self.company_id._dunning_today()
        return Table(
            self.env._("Overdue as Well, for Information"),
            [
                Column(self.env._("Invoice"), TEXT, 34), Column(self.env._("Reference"), TEXT, 36),
                Column(self.env._("Date"), DATE, 17), Column(self.env._("Due"), DATE, 17),
                Column(self.env._("Days Late"), INTEGER, 15), Column(self.env._("Open"), AMOUNT, 24),
                *([Column(self.env._("Costs and Interest"), AMOUNT, 28)] if due else []),
            ],
            [(
                line.document or "", self._reference(line), line.document_date or None, line.due_date or None,
                max(0, (today - line.due_date).days) if line.due_date else None, line.amount_open,
                *((due.get(line.move_line_id) or None,) if due else ()),
            ) for line in informed],
            [(self.env._("Total"), "", None, None, None, sum(informed.mapped("amount_open")),
              *((sum(due.values()),) if due else ()))])

    def _reference(self, line):
        """The payment reference of a line, where it is not the number of the invoice."""
        reference = line.move_id.payment_reference or ""
        return reference if reference != line.document else ""
