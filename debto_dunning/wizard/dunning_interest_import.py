import itertools
import re

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.law.dunning_interest_rate import STANDINGS
from ..tools import credit, credit_file
from .uploaded_file import read_upload, unreadable_words

#: The longest file, in bytes, and the most rates that are read: a rate a month for a century is a tenth of it.
MOST_BYTES, MOST_RATES = 1024 * 1024, 10_000
#: Faults listed in one message.
MOST_FAULTS = 20
#: The highest rate, and the lowest with a minus, in percent a year.
HIGHEST_RATE = 100
#: A whole date, the year first or last.
DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}")
#: Names of the columns, in lower case.
DATE_COLUMNS, PERCENT_COLUMNS, SOURCE_COLUMNS = ("date", "from"), ("percent", "rate"), ("source",)


class DunningInterestImport(models.TransientModel):
    """Imports rates of one kind from a CSV file that has a day and a percentage in each row."""

    _name = "dunning.interest.import"
    _description = "Import Interest Rates"
    _inherit = ["dunning.caller.check"]

    kind_id = fields.Many2one("dunning.interest.kind", "Kind of Rate", required=True)
    data = fields.Binary("File", required=True)
    filename = fields.Char()
    source = fields.Char(required=True, help="Where the figures come from, for rows that do not say so themselves.")
    standing = fields.Selection(STANDINGS, "Reliability", required=True, default="verified")

    def action_import(self):
        """Add the rates of the file, and correct those of the same day; nothing is stored when a row is wrong."""
        self.ensure_one()
        rates = {rate.date: rate for rate in self.kind_id.rate_ids}
        for vals in self._read_rows():
            if vals["date"] in rates:
                rates[vals["date"]].write(vals)
            else:
                rates[vals["date"]] = self.env["dunning.interest.rate"].create({"kind_id": self.kind_id.id, **vals})
        return {
            "type": "ir.actions.act_window",
            "name": self.kind_id.name,
            "res_model": "dunning.interest.kind",
            "view_mode": "form",
            "res_id": self.kind_id.id,
        }

    def _read_rows(self):
        """The values of each row.

        :raises UserError: lists what is wrong with the rows
        """
        vals_list, faults = [], []
        for number, row in self._csv_rows():
            if not any(text.strip() for text in row.values()):
                continue
            day = self._parse_date(self._cell(row, DATE_COLUMNS))
            percent = self._parse_percent(self._cell(row, PERCENT_COLUMNS))
            if day is None or percent is None:
                faults.append(self.env._("Line %s: no date (as 2027-01-01) or no percentage (as 2.40).", number))
            elif day != self.kind_id._period_start(day):
                faults.append(self.env._(
                    "Line %(line)s: %(date)s is not the first day of the time for which such a rate holds "
                    "(%(start)s).", line=number, date=day, start=self.kind_id._period_start(day)))
            vals_list.append({
                "date": day, "percent": percent, "standing": self.standing,
                "source": self._cell(row, SOURCE_COLUMNS) or self.source})
        if faults:
            raise UserError("\n".join(faults[:MOST_FAULTS]))
        if not vals_list:
            raise UserError(self.env._("The file has no rates: its first line names the columns date and percent."))
        return vals_list

    def _csv_rows(self):
        """[(line number, {column: text})] of the file.

        :raises UserError: no CSV within the bounds, or without the columns
        """
        content = read_upload(self, self.data, MOST_BYTES)
        try:
            text = content.decode("utf-8-sig")
            header = text.partition("\n")[0]
            rows = list(itertools.islice(
                credit_file.read_csv(text, max(";,\t", key=header.count)), MOST_RATES + 2))
        except UnicodeDecodeError as error:
            raise UserError(self.env._(
                "%s is not a CSV file: save it as CSV (UTF-8).", self.filename or "")) from error
        except credit_file.UnreadableFile as error:
            raise UserError(self.env._(
                "%(file)s: %(what)s", file=self.filename or self.env._("File"),
                what=unreadable_words(self, error))) from None
        if len(rows) > MOST_RATES + 1:
            raise UserError(self.env._("The file has more than %s rates.", MOST_RATES))
        names = [name.strip().lower() for name in rows[0][1][:credit_file.MOST_COLUMNS]] if rows else []
        if not set(DATE_COLUMNS) & set(names) or not set(PERCENT_COLUMNS) & set(names):
            raise UserError(self.env._("The first line of the file must name the columns date and percent."))
        return [(number, dict(zip(names, cells, strict=False))) for number, cells in rows[1:]]

    def _cell(self, row, names):
        text = next((row[name] for name in names if row.get(name)), "")
        return credit.clean_text(text[:credit_file.MOST_CHARACTERS]).strip()

    def _parse_date(self, text):
        return credit.to_date(text) if DATE.fullmatch(text) else None

    def _parse_percent(self, text):
        """Percent a year as a float; None where it is no number or beyond :data:`HIGHEST_RATE`."""
        number = re.fullmatch(r"([-+]?[0-9]{1,3}(?:[.,][0-9]{1,9})?)\s*%?", text)
        percent = float(number.group(1).replace(",", ".")) if number else None
        return percent if percent is not None and abs(percent) <= HIGHEST_RATE else None
