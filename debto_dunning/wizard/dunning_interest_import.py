import base64
import csv
import io
from datetime import datetime
from decimal import Decimal, InvalidOperation

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.law.dunning_interest_rate import STANDINGS

#: Formats of days in such files, tried in this order.
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
#: Names that the columns may have, in lower case.
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
        """Add the rates of the file, and overwrite those of the same day.

        :raises UserError: a row is wrong; nothing is imported then
        """
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
        """Values of ``dunning.interest.rate``, one dict a row.

        :raises UserError: names every wrong row
        """
        vals_list, faults = [], []
        for number, row in self._csv_rows():
            if not any((text or "").strip() for text in row.values() if not isinstance(text, list)):
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
            raise UserError("\n".join(faults))
        if not vals_list:
            raise UserError(self.env._("The file has no rates: its first line names the columns date and percent."))
        return vals_list

    def _csv_rows(self):
        """[(line number, {column: text})] of the file.

        :raises UserError: it is no CSV file in UTF-8, or a column is missing
        """
        try:
            text = base64.b64decode(self.data).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(self.env._(
                "%s is not a CSV file: save it as CSV (UTF-8).", self.filename or "")) from error
        header = text.partition("\n")[0]
        delimiter = max(";,\t", key=header.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        reader.fieldnames = [(name or "").strip().lower() for name in reader.fieldnames or []]
        if not set(DATE_COLUMNS) & set(reader.fieldnames) or not set(PERCENT_COLUMNS) & set(reader.fieldnames):
            raise UserError(self.env._("The first line of the file must name the columns date and percent."))
        return [(reader.line_num, row) for row in reader]

    def _cell(self, row, names):
        """The text of the first of some columns that the row fills; empty where it fills none."""
        return next((row[name].strip() for name in names if row.get(name)), "")

    def _parse_date(self, text):
        """The day that a text names, None where it is no day."""
        for date_format in DATE_FORMATS:
            try:
                return datetime.strptime(text, date_format).date()
            except ValueError:
                continue
        return None

    def _parse_percent(self, text):
        """The number that a text names, with a comma or a point; None where it is no number."""
        try:
            percent = Decimal(text.replace("%", "").replace(",", ".").strip())
        except InvalidOperation:
            return None
        return float(percent) if percent.is_finite() else None
