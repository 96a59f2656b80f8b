from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.credit.dunning_credit_provider import STATUSES
from ..models.credit.dunning_credit_report import MOST_TEXT
from ..models.credit.optional_integer import OptionalInteger
from ..tools import credit, credit_file
from .uploaded_file import read_upload, unreadable_words

#: The longest file that is read, in bytes.
MOST_BYTES = 10 * 1024 * 1024
#: What finds the customer, in this order: column and how it is called.
IDENTITIES = ("vat", "registration", "reference", "name")


class DunningCreditImport(models.TransientModel):
    """Reports bought elsewhere, out of a CSV or Excel file: columns, preview, then all rows or none."""

    _name = "dunning.credit.import"
    _description = "Import Credit Reports"
    _inherit = ["dunning.caller.check"]

    state = fields.Selection(
        [("file", "File"), ("columns", "Columns"), ("preview", "Preview")], default="file", required=True)
    provider_id = fields.Many2one(
        "dunning.credit.provider", "From", required=True, ondelete="cascade", domain="[('code', '=', 'file')]",
        default=lambda self: self.env["dunning.credit.provider"].search([("code", "=", "file")], limit=1))
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]")
    content = fields.Binary("File", attachment=False)
    filename = fields.Char()
    date = fields.Date(
        "Date of the Reports", required=True, default=fields.Date.context_today, help="For rows without a date.")
    column_ids = fields.One2many("dunning.credit.import.column", "wizard_id", string="Columns")
    line_ids = fields.One2many("dunning.credit.import.line", "wizard_id", string="Rows", readonly=True)
    error_count = fields.Integer(compute="_compute_counts")
    new_count = fields.Integer(compute="_compute_counts")
    known_count = fields.Integer(compute="_compute_counts")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        for wizard in self:
            states = wizard.line_ids.mapped("state")
            wizard.error_count = states.count("error")
            wizard.new_count = states.count("new")
            wizard.known_count = states.count("known")

    @api.depends("state")
    def _compute_display_name(self):
        self.display_name = self.env._("Import Credit Reports")

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_read(self):
        """Read the headings and guess what each column holds."""
        self.ensure_one()
        (_number, headings), first, *_rest = self._read()
        guesses = credit_file.guess_columns(headings)
        self.column_ids.unlink()
        self.column_ids = [fields.Command.create({
            "index": index, "heading": str(heading or "")[:MOST_TEXT], "target": guesses.get(index),
            "sample": str(first[1][index])[:MOST_TEXT] if (
                index < len(first[1]) and first[1][index] is not None) else "",
        }) for index, heading in enumerate(headings)]
        return self._show("columns")

    def action_preview(self):
        """Read every row and say what would come of it; nothing is imported."""
        self.ensure_one()
        columns = self._columns()
        rows = [(number, {name: cells[index] if index < len(cells) else None for name, index in columns.items()})
                for number, cells in self._read()[1:]]
        finder = self._customers(rows)
        self.line_ids.unlink()
        known = self._known_reports()
        # sudo: what the finder found is not checked again for each row; the import checks its customers
        self.env["dunning.credit.import.line"].sudo().create([
            self._prepare_line(number, row, finder, known) for number, row in rows])
        return self._show("preview")

    def action_import(self):
        """Import every row, or none where one has an error."""
        self.ensure_one()
        self._check_caller()
        # the file may have been changed in between: what is imported is what is shown
        if self.error_count:
            raise UserError(self.env._(
                "%s rows have an error: nothing was imported. Mend the file and read it again.", self.error_count))
        lines = self.line_ids.filtered(lambda line: line.state == "new")
        if not lines:
            raise UserError(self.env._("Every row of this file was imported before."))
        partners = lines.partner_id
        partners.check_access("read")
        if any(line.error or not line.partner_id for line in lines) or any(
                partner.company_id and partner.company_id.root_id != self.company_id for partner in partners):
            raise UserError(self.env._("The rows were changed. Read the file again."))
        debtors = {debtor.partner_id: debtor
                   for debtor in self.env["dunning.debtor"]._for_partners(partners, self.company_id)}
        reports = self.env["dunning.credit.report"]
        for line in lines.sorted("date"):
            reports |= reports._create_from_answer(self.provider_id, debtors[line.partner_id], line._answer())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported Reports"),
            "res_model": "dunning.credit.report",
            "view_mode": "list,form",
            "domain": [("id", "in", reports.ids)],
        }

    def action_back(self):
        return self._show("file" if self.state == "columns" else "columns")

    def _show(self, state):
        self.state = state
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Credit Reports"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _read(self):
        """The rows of the file.

        :raises UserError: no file, or one that cannot be read within the bounds
        """
        self._check_caller()
        content = read_upload(self, self.content, MOST_BYTES)
        try:
            return credit_file.read_table(content)
        except credit_file.UnreadableFile as error:
            raise UserError(self.env._(
                "%(file)s: %(what)s", file=self.filename or self.env._("File"),
                what=unreadable_words(self, error))) from None

    def _check_caller(self):
        """Check what the browser named: a company of the user, and a provider of files that this company may use.

        :raises UserError: it is another one
        """
        if self.company_id.parent_id or self.company_id not in self.env.companies.root_id:
            raise UserError(self.env._(
                "%s is not among the companies that you work in now.",
                self.company_id.sudo().name))  # the name alone, of the company that the user has named
        self.provider_id.check_access("read")
        if self.provider_id.code != "file" or self.provider_id.company_id not in (
                self.env["res.company"], self.company_id):
            raise UserError(self.env._("%s is no provider of files for this company.", self.provider_id.name))

    def _columns(self):
        """{what a column holds: its index}.

        :raises UserError: two columns for the same, none that finds the customer, none that says anything
        """
        columns = {}
        for column in self.column_ids.filtered("target"):
            if column.target in columns:
                raise UserError(self.env._(
                    "Two columns hold the same: “%s”. Choose one of them.", column._target_label()))
            columns[column.target] = column.index
        if not set(columns) & set(IDENTITIES):
            raise UserError(self.env._(
                "Say which column finds the customer: VAT number, registration number, reference or name."))
        if not set(columns) & {"score", "band", "limit", "status"}:
            raise UserError(self.env._("Say which column holds the score, band, limit or status."))
        return columns

    def _customers(self, rows):
        """Customers by each kind of number: {kind: {number: partners}}, read for the whole file at once."""
        Partner = self.env["res.partner"]
        wanted = [("parent_id", "=", False), ("company_id", "in", (False, *self.company_id._dunning_companies().ids))]
        finder = {kind: defaultdict(Partner.browse) for kind in IDENTITIES}
        used = [kind for kind in IDENTITIES if any(row.get(kind) for _number, row in rows)]
        if "vat" in used:
            for partner in Partner.search([*wanted, ("vat", "!=", False)]):
                finder["vat"][credit.vat_of(partner.vat, partner.country_id.code)[2]] |= partner
                finder["vat"][credit.vat_of(partner.vat, partner.country_id.code)[1]] |= partner
        if "registration" in used:
            for partner in Partner.search([*wanted, "|", ("company_registry", "!=", False), ("vat", "!=", False)]):
                number = credit.registration_of(partner.company_registry, partner.vat, partner.country_id.code)
                finder["registration"][number] |= partner
        for kind, name in (("reference", "ref"), ("name", "name")):
            if kind in used:
                texts = {str(row[kind]).strip() for _number, row in rows if row.get(kind)}
                for partner in Partner.search([*wanted, (name, "in", list(texts))]):
                    finder[kind][partner[name].strip()] |= partner
        return finder

    def _find(self, row, finder):
        """``(partner, error)``: the customer of the first number that is known."""
        tried = []
        for kind in IDENTITIES:
            value = row.get(kind)
            if value in (None, ""):
                continue
            is_whole = isinstance(value, float) and value.is_integer()
            value = str(int(value) if is_whole else value)[:MOST_TEXT].strip()
            tried.append(value)
            number = {
                "vat": lambda value=value: credit.vat_of(value, None)[2],
                "registration": lambda value=value: self._registration(value, finder),
            }.get(kind, lambda value=value: value)()
            partners = finder[kind].get(number) if number else None
            if partners and len(partners) > 1:
                return None, self.env._("several customers have “%s”", value)
            if partners:
                return partners, None
        if not tried:
            return None, self.env._("the row names no customer")
        return None, self.env._("no customer has %s", " / ".join(f"“{value}”" for value in tried))

    @staticmethod
    def _registration(value, finder):
        """A spreadsheet drops the zero before a Belgian number: both ways are tried."""
        number = credit.registration_of(value, None, None)
        return number if number in finder["registration"] else (number or "").zfill(10)

    def _known_reports(self):
        """What of this provider is there already: the same row twice is no second report."""
        reports = self.env["dunning.credit.report"].search([
            ("provider_id", "=", self.provider_id.id), ("company_id", "=", self.company_id.id)])
        return {(report.partner_id, report.date, report.score, report.credit_limit, report.status)
                for report in reports}

    def _prepare_line(self, number, row, finder, known):
        partner, error = self._find(row, finder)
        errors = [error] if error else []

        def read(name, convert, label):
            value = row.get(name)
            if value in (None, ""):
                return None
            result = convert(value)
            if result is None:
                errors.append(self.env._("“%(value)s” is no %(label)s", value=value, label=label))
            return result

        def typed(value):
            return credit.to_number(value, is_typed=True)

        provider = self.provider_id
        score = read("score", provider._score_of, self.env._("score of this provider"))
        limit = read("limit", typed, self.env._("amount"))
        equity = read("equity", typed, self.env._("amount"))
        liquidity = read("liquidity", typed, self.env._("number"))
        day = read("date", credit.to_date, self.env._("date (day first)")) or self.date
        if day > fields.Date.add(self.company_id._dunning_today(), days=1):
            errors.append(self.env._("%s lies in the future", day))
        code = str(row.get("currency") or "").strip().upper()
        if code and not self.env["dunning.credit.report"]._currency_of(code, self.company_id):
            errors.append(self.env._("“%s” is no currency that Odoo knows", code))
        status_text = str(row.get("status") or "").strip()
        status = provider._status_of(status_text) if status_text else "unknown"
        is_known = partner and (partner, day, False if score is None else score, limit or 0, status) in known
        return {
            "wizard_id": self.id, "row": number, "partner_id": partner and partner.id,
            "state": "error" if errors else "known" if is_known else "new", "error": "; ".join(errors),
            "date": day, "score": False if score is None else score,
            "provider_score": " · ".join(
                str(row[name]) for name in ("score", "band") if row.get(name) not in (None, "")),
            "band": str(row.get("band") or "").strip(), "has_limit": limit is not None, "credit_limit": limit or 0,
            "currency": code, "status": status, "status_text": status_text, "equity": equity or 0,
            "liquidity": liquidity or 0,
        }


class DunningCreditImportColumn(models.TransientModel):
    _name = "dunning.credit.import.column"
    _description = "Column of a File of Credit Reports"
    _inherit = ["dunning.caller.check"]
    _order = "index"

    wizard_id = fields.Many2one("dunning.credit.import", required=True, ondelete="cascade", index=True)
    index = fields.Integer(readonly=True)
    heading = fields.Char(readonly=True)
    sample = fields.Char("First Row", readonly=True)
    target = fields.Selection(
        [("vat", "VAT number"), ("registration", "Registration number"), ("reference", "Customer reference"),
         ("name", "Customer name"), ("date", "Date"), ("score", "Score"), ("band", "Band"), ("limit", "Limit"),
         ("currency", "Currency"), ("status", "Status"), ("equity", "Equity"), ("liquidity", "Liquidity")],
        "Holds", help="Empty: the column is left out.")

    def _target_label(self):
        return dict(self._fields["target"]._description_selection(self.env))[self.target]


class DunningCreditImportLine(models.TransientModel):
    _name = "dunning.credit.import.line"
    _description = "Row of a File of Credit Reports"
    _inherit = ["dunning.caller.check"]
    _order = "row"

    wizard_id = fields.Many2one("dunning.credit.import", required=True, ondelete="cascade", index=True)
    row = fields.Integer(help="In the file.")
    partner_id = fields.Many2one("res.partner", "Customer", ondelete="cascade")
    state = fields.Selection(
        [("new", "Would be imported"), ("known", "Imported before"), ("error", "Error")], required=True)
    error = fields.Char()
    date = fields.Date()
    score = OptionalInteger()
    provider_score = fields.Char("In Their Words")
    band = fields.Char()
    has_limit = fields.Boolean()
    credit_limit = fields.Float("Limit", digits=(16, 2))
    currency = fields.Char()
    status = fields.Selection(STATUSES)
    status_text = fields.Char("Status in Their Words")
    equity = fields.Float(digits=(16, 2))
    liquidity = fields.Float()

    def _answer(self):
        """The row as :meth:`dunning.credit.report._create_from_answer` takes it."""
        return {
            "date": self.date, "score": None if self.score is False else self.score,
            "provider_score": self.provider_score, "band": self.band,
            "limit": self.credit_limit if self.has_limit else None, "currency": self.currency,
            "status": self.status, "status_text": self.status_text, "equity": self.equity,
            "liquidity": self.liquidity, "raw": {"file": self.wizard_id.filename, "row": self.row},
        }
