from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.collection_costs import Scale, Tier
from .dunning_law_charge import decimal


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_law_of = fields.Selection(
        [("creditor", "The country of your company"), ("debtor", "The country of the customer")],
        "Law for Businesses", required=True, default="creditor",
        help="Which country's law holds for customers that are businesses. For consumers it is always that of the "
             "country where they live.")
    dunning_is_sme = fields.Boolean(
        "Small or Medium Enterprise", help="Belgian consumers then owe interest from the start of the waiting time.")
    dunning_term_agreed = fields.Boolean(
        "Due Dates Are Agreed",
        help="Your due dates are agreed with the customer before the invoice, by contract or sales conditions. In "
             "some countries a due date that stands on the invoice only does not start interest.")
    dunning_invoice_warns = fields.Boolean(
        "Invoices Warn of Interest",
        help="Your invoices tell consumers, in the words that the law asks for, from when interest runs (Luxembourg, "
             "Germany).")
    dunning_regular_deliveries = fields.Boolean(
        "Regular Deliveries",
        help="Your contracts with consumers are about regular deliveries. In Belgium the first reminder is then free "
             "for three unpaid due dates a year only.")
    dunning_postage = fields.Monetary(
        "Postage of a Letter", help="What a reminder by post costs you, where the law lets you ask it back.")
    dunning_clause = fields.Boolean(
        "Clause on Late Payment",
        help="Your sales conditions have a clause on costs and interest of late payment.")
    dunning_clause_mutual = fields.Boolean(
        "The Clause Holds Both Ways",
        help="The clause promises the customer the same when you are late yourself. Without that it counts for "
             "nothing with Belgian consumers.")
    dunning_clause_date = fields.Date(
        "In Force Since", help="Invoices before this day bear neither costs nor interest by the clause.")
    dunning_clause_amounts = fields.Selection(
        [("legal", "What the law allows"), ("own", "Amounts of your own")], "The Clause Asks", required=True,
        default="legal")
    dunning_clause_percent = fields.Float("Costs in Percent", digits=(8, 4), help="Of the amount still due.")
    dunning_clause_minimum = fields.Monetary("Costs at Least")
    dunning_clause_maximum = fields.Monetary("Costs at Most", help="0: no upper bound.")
    dunning_clause_rate = fields.Float("Interest in Percent a Year", digits=(8, 4))
    dunning_clause_reminder = fields.Monetary("Clause: Cost of a Further Reminder")

    _dunning_law_positive = models.Constraint(
        "CHECK (dunning_postage >= 0 AND dunning_clause_percent >= 0 AND dunning_clause_minimum >= 0 "
        "AND dunning_clause_maximum >= 0 AND dunning_clause_rate >= 0 AND dunning_clause_reminder >= 0)",
        "Amounts and percentages of the clause on late payment cannot be negative.")

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
        # whether a clause goes beyond the law is kept in the cache
        if any(name.startswith("dunning_clause") for name in vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _dunning_clause_scale(self):
        """The costs that the company's own clause asks, for :mod:`tools.collection_costs`."""
        self.ensure_one()
        return Scale(
            (Tier(decimal(0), decimal(0), decimal(self.dunning_clause_percent)),),
            decimal(self.dunning_clause_minimum) or None, decimal(self.dunning_clause_maximum) or None)
