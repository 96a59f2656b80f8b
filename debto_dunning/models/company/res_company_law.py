from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date, format_list

from ...tools.collection_costs import Scale, Tier
from ...tools.decimals import decimal
from ...tools.interest import rate_on
from ..policy.dunning_level import PLACEHOLDER


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_law_of = fields.Selection(
        [("creditor", "The country of your company"), ("debtor", "The country of the customer")],
        "Law for Businesses", required=True, default="creditor",
        help="Which country's law holds for customers that are businesses. For consumers it is always that of the "
             "country where they live.", groups="base.group_user")
    dunning_is_sme = fields.Boolean(
        "Small or Medium Enterprise", help="Belgian consumers then owe interest from the start of the waiting time.",
        groups="base.group_user")
    dunning_term_agreed = fields.Boolean(
        "Due Dates Are Agreed",
        help="Your due dates are agreed with the customer before the invoice, by contract or sales conditions. "
             "Else interest and fixed costs of businesses start later, and Dutch consumers get a notice of default "
             "first.", groups="base.group_user")
    dunning_invoice_warns = fields.Boolean(
        "Invoices Warn of Interest",
        help="Your invoices tell consumers, in the words that the law asks for, from when interest runs (Luxembourg, "
             "Germany).", groups="base.group_user")
    dunning_regular_deliveries = fields.Boolean(
        "Regular Deliveries",
        help="Your contracts with consumers are about regular deliveries. In Belgium the first reminder is then free "
             "for three unpaid due dates a year only; in the Netherlands the costs of instalments below 266.67 are at "
             "most 140 in six months.", groups="base.group_user")
    dunning_email_notice = fields.Selection(
        [("weeks", "An e-mail, and costs three weeks later at the earliest"), ("letter", "A letter")],
        "Notice to Dutch Consumers", required=True, default="weeks",
        help="Dutch consumers owe costs only after a notice of which you prove that it arrived. A mail server that "
             "accepted an e-mail proves nothing: costs then come three weeks after the sending at the earliest. Who "
             "has no postal address gets an e-mail.", groups="base.group_user")
    dunning_postage = fields.Monetary(
        "Postage of a Letter", help="What a reminder by post costs you, where the law lets you ask it back.",
        groups="base.group_user")
    dunning_clause = fields.Boolean(
        "Clause on Late Payment",
        help="Your sales conditions have a clause on costs and interest of late payment.", groups="base.group_user")
    dunning_clause_mutual = fields.Boolean(
        "The Clause Holds Both Ways",
        help="The clause promises the customer the same when you are late yourself. Without that it counts for "
             "nothing with Belgian consumers.", groups="base.group_user")
    dunning_clause_date = fields.Date(
        "In Force Since", help="Invoices before this day bear neither costs nor interest by the clause.",
        groups="base.group_user")
    dunning_clause_amounts = fields.Selection(
        [("legal", "What the law allows"), ("own", "Amounts of your own")], "The Clause Asks", required=True,
        default="legal", groups="base.group_user")
    dunning_clause_percent = fields.Float(
        "Costs in Percent", digits=(8, 4), help="Of the amount still due.", groups="base.group_user")
    dunning_clause_minimum = fields.Monetary("Costs at Least", groups="base.group_user")
    dunning_clause_maximum = fields.Monetary("Costs at Most", help="0: no upper bound.", groups="base.group_user")
    dunning_clause_rate = fields.Float("Interest in Percent a Year", digits=(8, 4), groups="base.group_user")
    dunning_clause_reminder = fields.Monetary("Clause: Cost of a Further Reminder", groups="base.group_user")
    dunning_law_warning = fields.Text(
        compute="_compute_dunning_law_warning",
        help="What is missing for interest, or for the statements that the law asks of a reminder.",
        groups="base.group_user")

    _dunning_law_positive = models.Constraint(
        "CHECK (dunning_postage >= 0 AND dunning_clause_percent >= 0 AND dunning_clause_minimum >= 0 "
        "AND dunning_clause_maximum >= 0 AND dunning_clause_rate >= 0 AND dunning_clause_reminder >= 0)",
        "Amounts and percentages of the clause on late payment cannot be negative.")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_dunning_law_warning(self):
        for company in self:
            company.dunning_law_warning = "\n".join(company.root_id._dunning_law_warnings())

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("dunning_clause", "dunning_clause_date")
    def _check_dunning_clause_date(self):
        for company in self:
            if company.dunning_clause and not company.dunning_clause_date:
                raise ValidationError(self.env._(
                    "%s: enter since when the clause on late payment stands in your sales conditions.", company.name))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        # the registry's cache has whether the clause goes beyond the law
        if any(name.startswith("dunning_clause") for name in vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _dunning_clause_scale(self):
        """The costs by the company's own clause, as a Scale of :mod:`tools.collection_costs`."""
        self.ensure_one()
        return Scale(
            (Tier(decimal(0), decimal(0), decimal(self.dunning_clause_percent)),),
            decimal(self.dunning_clause_minimum) or None, decimal(self.dunning_clause_maximum) or None)

    # ------------------------------------------------------------------
    # Missing data for the laws that apply
    # ------------------------------------------------------------------

    def _dunning_law_warnings(self):
        """List of sentences about data that is missing for the laws of this root company, each with what to do.

        Reminders go out all the same.
        """
        self.ensure_one()
        laws = self._dunning_laws()
        return [
            *self._dunning_country_warnings(), *self._dunning_rate_warnings(laws),
            *self._dunning_statement_warnings(laws), *self._dunning_booking_warnings(),
        ]

    def _dunning_laws(self):
        """The laws that apply to this company today.

        These are the law of its own country for businesses, and the laws of the countries of consumers with open
        items. Where the country of the customer decides, the laws for businesses with open items are included too.
        """
        self.ensure_one()
        laws, today = self.env["dunning.law"], self._dunning_today()
        wanted = {("business", self.country_id.id)} | {
            (kind, country_id) for kind, country_id in self._dunning_open_countries()
            if kind == "consumer" or self.dunning_law_of == "debtor"}
        countries = self.env["res.country"]
        return laws.union(*(
            laws._in_force(kind, countries.browse(country_id), today, self) for kind, country_id in wanted)).sorted()

    def _dunning_open_countries(self):
        """The kinds and countries of the debtors with open items: list of (kind, country id or None)."""
        self.ensure_one()
        self.env["account.move.line"].flush_model()
        self.env["res.partner"].flush_model()
        self.env["dunning.debtor"].flush_model()
        self.env.cr.execute(SQL("""
            SELECT DISTINCT CASE WHEN %(consumer)s THEN 'consumer' ELSE 'business' END, partner.country_id
              FROM (%(open_items)s) open_item
              JOIN res_partner partner ON partner.id = open_item.partner_id
              LEFT JOIN dunning_debtor debtor ON debtor.partner_id = partner.id AND debtor.company_id = %(company)s
             WHERE open_item.is_item
        """, consumer=self.env["dunning.debtor"]._is_consumer_sql(), company=self.id,
            open_items=self.env["account.move.line"]._dunning_open_items_sql(self._dunning_companies())))
        return self.env.cr.fetchall()

    def _dunning_country_warnings(self):
        """List with a sentence where the country of the company is needed and missing."""
        if self.country_id or self.dunning_law_of != "creditor":
            return []
        return [self.env._(
            "Enter the country of %s (Settings ▸ Users & Companies ▸ Companies): it tells which law holds for "
            "businesses, and until then they are charged nothing.", self.name)]

    def _dunning_rate_warnings(self, laws):
        """List of sentences, one for each kind of interest whose rates are missing or out of date."""
        # laws that need a clause charge no interest where the company has none, and need no rate
        laws = laws.filtered(lambda law: self.dunning_clause or not law.clause_needed)
        warnings = []
        for kind, concerned in laws.grouped("interest_kind_id").items():
            newest = kind._newest()
            names = self._dunning_law_names(concerned)
            if kind and not newest:
                warnings.append(self.env._(
                    "Enter a rate of “%(kind)s” (Invoicing ▸ Configuration ▸ Dunning ▸ Interest Rates): there is none "
                    "yet, and by %(laws)s no interest is charged.", kind=kind.name, laws=names))
            elif newest.date_to and newest.date_to < self._dunning_today():
                warnings.append(self.env._(
                    "Enter the next rate of “%(kind)s” (Invoicing ▸ Configuration ▸ Dunning ▸ Interest Rates): the "
                    "newest ended on %(date)s, and by %(laws)s no interest is charged for later days.",
                    kind=kind.name, date=format_date(self.env, newest.date_to), laws=names))
        return warnings

    def _dunning_statement_warnings(self, laws):
        """List of sentences about number and address, where they are missing and the text of a law states them."""
        warnings = []
        asking = self._dunning_filter_stating(laws, "company_number")
        if asking and not self._dunning_enterprise_number():
            warnings.append(self.env._(
                "Enter the enterprise number (Company ID) or the VAT number (Tax ID) of %(company)s (Settings ▸ "
                "Users & Companies ▸ Companies): by %(laws)s the reminder must state it, and without it no costs and "
                "no interest are asked.", company=self.name, laws=self._dunning_law_names(asking)))
        asking = self._dunning_filter_stating(laws, "company_address")
        missing = self._dunning_missing_address_labels()
        if asking and missing:
            warnings.append(self.env._(
                "Complete the address of %(company)s (Settings ▸ Users & Companies ▸ Companies): by %(laws)s the "
                "reminder must state it, and without it no costs and no interest are asked. What is missing is: "
                "%(missing)s.", company=self.name, laws=self._dunning_law_names(asking),
                missing=format_list(self.env, missing)))
        return warnings

    def _dunning_missing_statement(self, law):
        """A sentence about the first statement of the law's notice for which data is missing; empty where none is."""
        if self._dunning_filter_stating(law, "company_number") and not self._dunning_enterprise_number():
            return self.env._("%(law)s: the reminder must state the enterprise number of %(company)s, which is not "
                              "entered.", law=law.name, company=self.name)
        if self._dunning_filter_stating(law, "company_address") and self._dunning_missing_address_labels():
            return self.env._("%(law)s: the reminder must state the address of %(company)s, which is not complete.",
                              law=law.name, company=self.name)
        if self._dunning_filter_stating(law, "interest_rate") and rate_on(
                self._dunning_today(), law._rates(self)) is None:
            return self.env._("%(law)s: the reminder must state the rate of interest, and none is entered for today.",
                              law=law.name)
        return ""

    def _dunning_enterprise_number(self):
        """The enterprise number as reminders state it, else the VAT number; empty where there is neither."""
        # in Odoo «/» means that there is no VAT number
        return self.company_registry or (self.vat if self.vat != "/" else "") or ""

    def _dunning_missing_address_labels(self):
        """List of the labels of the fields that the address lacks."""
        labels = self.fields_get(["street", "zip", "city"], ["string"])
        return [labels[name]["string"] for name in ("street", "zip", "city") if not self[name]]

    def _dunning_filter_stating(self, laws, placeholder):
        """The laws whose notice contains ``placeholder`` (of NOTICE_PLACEHOLDERS)."""
        # reads the source language, because a translation may be missing or old
        return laws.filtered(
            lambda law: placeholder in PLACEHOLDER.findall(law.with_context(lang="en_US").notice_text or ""))

    def _dunning_law_names(self, laws):
        """The names of the laws as one text, in the language of the user."""
        return format_list(self.env, [f"“{law.name}”" for law in laws])
