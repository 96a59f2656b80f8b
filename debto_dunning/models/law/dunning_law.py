from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from ..debtor.dunning_debtor import KINDS
from ..policy.dunning_level import PLACEHOLDER
from .dunning_interest_rate import STANDINGS

#: From when interest runs.
STARTS = [
    ("due", "The day after the due date"),
    ("arrival", "The day after the notice arrives"),
    ("wait_start", "The first day of the waiting time"),
    ("wait_end", "The day after the waiting time"),
    ("months", "Whole months after the delivery"),
]
#: What the statements of a law may hold between braces.
NOTICE_PLACEHOLDERS = (
    "company", "company_number", "company_address", "principal", "costs", "interest_rate", "interest_from", "rate_now",
    "days", "this_reminder")


class DunningLaw(models.Model):
    """What a creditor may charge a kind of debtor in a country, and must wait for, from a date on.

    It limits what the steps of every policy may ask. Amounts are in :attr:`currency_id`, days are calendar days. How
    it is applied: ``dunning_law_charge.py``.
    """

    _name = "dunning.law"
    _description = "Law on Late Payment"
    _inherit = ["dunning.law.record"]
    _order = "sequence, kind, date_from DESC, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, "Debtors", required=True)
    country_id = fields.Many2one("res.country", index=True)
    country_group_id = fields.Many2one(
        "res.country.group", "Countries without a Law of Their Own",
        help="Instead of a country: the law holds for each of the group that has none of its own here.")
    date_from = fields.Date("Valid From", required=True, help="Until a later law for the same debtors begins.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.ref("base.EUR", raise_if_not_found=False))
    source = fields.Text(required=True, help="Where the figures come from, and what is open to readings.")
    standing = fields.Selection(
        STANDINGS, "Reliability", required=True, default="verified",
        help="Whether somebody has seen all figures where they are published; the source says which are not.")
    warning = fields.Char(related="interest_kind_id.warning", string="Rates Out of Date")

    # the sequence
    free_reminders = fields.Integer(
        "Free Reminders before Costs",
        help="So many reminders must have been sent, and their waiting time must be over, before anything is charged.")
    free_due_dates = fields.Integer(
        "Free for Due Dates a Year",
        help="With regular deliveries, the first reminder is free for so many unpaid due dates of a calendar year; "
             "from the next on it may cost what a further reminder does. 0: it is always free.")
    own_notice = fields.Boolean(
        "First Reminder Goes on Its Own",
        help="The first reminder is a notice of its own: no other step stands in the same message.")
    wait_days = fields.Integer("Days to Wait", help="Calendar days of the waiting time. 0: none.")
    post_days = fields.Integer(
        "A Letter Arrives on Day", default=3,
        help="Counted from the day after posting, in the days told below.")
    post_calendar = fields.Selection(
        [("working", "Monday to Friday, without holidays"), ("dutch_post", "Tuesday to Saturday, without holidays")],
        "Days Counted for Letters", required=True, default="working")
    email_days = fields.Integer(
        "An E-mail Arrives after Days", default=1, help="Calendar days after the mail server accepted it.")
    email_safe_days = fields.Integer(
        "An E-mail without Proof: Days",
        help="Where nobody has proved that an e-mail arrived, its waiting time ends so many days after it was sent at "
             "the earliest. 0: no difference.")
    counts_delivery = fields.Boolean(
        "Counts from Proved Delivery",
        help="Where a day of delivery is proved, the waiting time counts from it instead of the days told above.")
    wait_from = fields.Selection(
        [("arrival", "The day of arrival"), ("after", "The day after the arrival")], "Waiting Begins On",
        required=True, default="after")
    wait_moves = fields.Boolean(
        "Ends on a Working Day",
        help="A waiting time that would end on a Saturday, Sunday or holiday ends on the next working day.")
    notice_text = fields.Text(
        "What the Reminder Must State", translate=True,
        help="These words stand in the reminder from which the waiting time or the interest counts. Between braces "
             "can stand: {company}, {company_number} (the enterprise number), {company_address}, {principal}, "
             "{costs}, {interest_rate}, {interest_from} (from when interest runs), {rate_now} (the rate of today in "
             "brackets, nothing where it is not known), {days}, {this_reminder} (that it is free, or what it costs).")
    notice_describes = fields.Boolean(
        "States What Was Delivered",
        help="The reminder names what was delivered for each invoice. Where nothing is known of it, as with opening "
             "entries, no notice is given.")
    default_text = fields.Text(
        "Notice of Default", translate=True,
        help="Where your due dates are not agreed with the customer, one more notice comes first, with these words; "
             "the notice above follows when its waiting time is over. Empty: no such notice is needed.")

    # interest
    interest_kind_id = fields.Many2one(
        "dunning.interest.kind", "Interest Rate", ondelete="restrict", help="Empty: no interest.")
    interest_margin = fields.Float("Points Added to the Rate", digits=(8, 4))
    interest_compounds = fields.Boolean(
        "Interest Bears Interest", help="The interest of each full year bears interest too.")
    interest_start = fields.Selection(STARTS, "Interest Runs From", required=True, default="due")
    interest_start_sme = fields.Selection(
        STARTS, "… for a Small Creditor",
        help="Where your company is a small or medium enterprise. Empty: as for every creditor.")
    interest_start_agreed = fields.Selection(
        STARTS, "… with an Agreed Due Date",
        help="Where your due dates are agreed with the customer and do not stand on the invoice only. Empty: no "
             "difference.")
    unagreed_days = fields.Integer(
        "… without an Agreed Due Date, after Days",
        help="Where your due dates stand on the invoice only, interest that needs no notice does not run before so "
             "many days after the invoice arrived. 0: no difference.")
    interest_after_days = fields.Integer(
        "… at the Latest after Days",
        help="Without any notice, interest runs so many days after the due date. 0: only as told above.")
    interest_months = fields.Integer("Months after the Delivery")
    interest_invoice_months = fields.Integer(
        "Invoiced within Months", help="Interest by months after the delivery needs an invoice within so many months.")
    interest_mention = fields.Boolean(
        "The Invoice Must Say So",
        help="Without a notice interest runs only where the invoice told the customer so (a setting of your company).")

    # costs
    clause_needed = fields.Boolean(
        "Needs a Clause",
        help="Costs and interest may be charged only by a clause of your sales conditions (a setting of your "
             "company), at most at the amounts here.")
    cost_at_once = fields.Monetary(
        "Fixed Costs an Invoice",
        help="Owed for each invoice as soon as the customer is in default, without a reminder.")
    tier_ids = fields.One2many(
        "dunning.law.tier", "law_id", "Cost Scale", copy=True,
        help="Costs that may be charged once the notice's waiting time is over.")
    cost_minimum = fields.Monetary("Scale: At Least")
    cost_maximum = fields.Monetary("Scale: At Most", help="0: no upper bound.")
    cost_basis = fields.Selection(
        [("invoice", "Each invoice"), ("notice", "The sum of one reminder")], "Scale Counts For", required=True,
        default="invoice")
    instalment_cap = fields.Monetary(
        "Regular Instalments: At Most",
        help="With regular deliveries, the costs of the scale for all instalments below the amount told here are at "
             "most this in so many months. 0: no such bound.")
    instalment_below = fields.Monetary("For Instalments Below")
    instalment_months = fields.Integer("In Months", default=6)
    instalment_from = fields.Date("Since")
    reminder_cost = fields.Monetary("Cost of a Further Reminder", help="At most. 0: reminders are free.")
    reminder_postage = fields.Boolean("Postage on Top", help="Letters may cost their postage besides.")

    _positive = models.Constraint(
        "CHECK (free_reminders >= 0 AND free_due_dates >= 0 AND wait_days >= 0 AND post_days >= 0 AND email_days >= 0 "
        "AND email_safe_days >= 0 AND instalment_months >= 0 "
        "AND interest_after_days >= 0 AND unagreed_days >= 0 AND interest_months >= 0 "
        "AND interest_invoice_months >= 0)",
        "Days, months and counts of a law cannot be negative.")
    _amounts_positive = models.Constraint(
        "CHECK (cost_at_once >= 0 AND cost_minimum >= 0 AND cost_maximum >= 0 AND reminder_cost >= 0 "
        "AND instalment_cap >= 0 AND instalment_below >= 0)",
        "Amounts of a law cannot be negative.")
    _country_or_group = models.Constraint(
        "CHECK ((country_id IS NULL) != (country_group_id IS NULL))",
        "A law holds for one country or for a group of countries: choose one of the two.")
    _country_once = models.UniqueIndex(
        "(kind, country_id, date_from) WHERE active AND country_id IS NOT NULL",
        "There is a law for these debtors of this country from that day already.")
    _group_once = models.UniqueIndex(
        "(kind, country_group_id, date_from) WHERE active AND country_group_id IS NOT NULL",
        "There is a law for these debtors of this group of countries from that day already.")

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("notice_text", "default_text")
    def _check_notice_text(self):
        for law in self:
            words = (law.notice_text or "") + (law.default_text or "")
            unknown = set(PLACEHOLDER.findall(words)) - set(NOTICE_PLACEHOLDERS)
            if unknown:
                raise ValidationError(self.env._(
                    "Law “%(law)s”: %(unknown)s is not known. What can stand between braces: %(known)s.",
                    law=law.name, unknown=", ".join(f"{{{name}}}" for name in sorted(unknown)),
                    known=", ".join(NOTICE_PLACEHOLDERS)))

    @api.constrains("wait_days", "free_reminders", "interest_start", "interest_months")
    def _check_sequence(self):
        for law in self:
            if law.wait_days and not law.free_reminders:
                raise ValidationError(self.env._(
                    "Law “%s” has a waiting time but no free reminder after which it counts: enter at least one.",
                    law.name))
            if law.interest_start == "months" and not law.interest_months:
                raise ValidationError(self.env._(
                    "Law “%s”: enter after how many months after the delivery interest runs.", law.name))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # a manager may lack access to companies whose reminders applied the law; only that there are some is told
        used = self.env["dunning.communication.line"].sudo()._read_group([("law_id", "in", self.ids)], ["law_id"])
        for (law,) in used:
            raise UserError(self.env._(
                "Law “%s” was applied in reminders and stays with them. Archive it, or enter a new one that is valid "
                "from a later day.", law.name))

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%s (copy)", law.name)) if "name" not in (default or {}) else vals
            for law, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # ------------------------------------------------------------------
    # Which law holds
    # ------------------------------------------------------------------

    @api.model
    def _in_force(self, kind, country, date, company, known=None):
        """The law that holds on a day for a debtor; empty where none is known, so that nothing may be charged.

        :param kind: "business" or "consumer"
        :param country: ``res.country`` where the debtor lives or has its seat; may be empty
        :param company: the creditor; for businesses its setting says whether the law of its own country holds
        :param known: the law that was applied to the debtor before: it holds on where the country is missing
        """
        company = company.root_id
        if kind == "business" and company.dunning_law_of == "creditor":
            country = company.country_id
        for law_id, date_from in self._laws_of_country(kind, country.id):
            if date_from <= date:
                return self.browse(law_id)
        return known if known and not country and known.kind == kind else self.browse()

    @api.model
    @ormcache("kind", "country_id")
    def _laws_of_country(self, kind, country_id):
        """[(id, valid from)] of the laws of a country, newest first; where it has none, of its groups."""
        if not country_id:
            return ()
        laws = self.sudo()  # the result is cached for every user; laws are published
        domain = [("kind", "=", kind)]
        found = laws.search([*domain, ("country_id", "=", country_id)], order="date_from DESC") or laws.search(
            [*domain, ("country_group_id.country_ids", "in", [country_id])], order="date_from DESC, sequence, id")
        return tuple((law.id, law.date_from) for law in found)
