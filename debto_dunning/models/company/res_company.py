from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize_all, format_date

from ...tools.mail_address import format_address

#: Domains that belong to nobody (RFC 2606): Odoo's own robot writes from one of them.
RESERVED_DOMAINS = {"example.com", "example.net", "example.org"}


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "dunning.system.fields"]

    dunning_active = fields.Boolean("Reminders Switched On", copy=False, groups="base.group_user")
    dunning_activated_by = fields.Many2one(
        "res.users", "Switched On By", readonly=True, copy=False, groups="base.group_user")
    dunning_activated_on = fields.Datetime("Switched On At", readonly=True, copy=False, groups="base.group_user")
    dunning_from_date = fields.Date(
        "Remind Invoices Due From", copy=False,
        help="Invoices that were due before this day are left alone, or brought in by so many customers a day.",
        groups="base.group_user")
    dunning_backlog_per_day = fields.Integer(
        "Older Invoices: Customers a Day", copy=False,
        help="So many customers with invoices due before the start are brought in each night, the largest amounts "
             "first. 0: older invoices are left alone.", groups="base.group_user")
    dunning_policy_id = fields.Many2one(
        "dunning.policy", "Policy for Businesses", ondelete="restrict", domain="[('company_id', 'in', (id, False))]",
        groups="base.group_user")
    dunning_consumer_policy_id = fields.Many2one(
        "dunning.policy", "Policy for Consumers", ondelete="restrict", domain="[('company_id', 'in', (id, False))]",
        groups="base.group_user")
    dunning_sent_only = fields.Boolean(
        "Only Invoices that Were Sent", default=True,
        help="Switch this off when invoices are sent outside Odoo: else an invoice that was never sent gets no "
             "reminder.", groups="base.group_user")
    dunning_send_unsent = fields.Boolean(
        "Send Posted Invoices at Night",
        help="Posted invoices that were not sent yet go out each night, in each customer's own way of sending.",
        groups="base.group_user")
    dunning_opening_entries = fields.Boolean(
        "Opening Entries",
        help="Receivable lines of journal entries with a due date (as brought over from another program) are reminded "
             "too.", groups="base.group_user")
    dunning_reply_pauses = fields.Boolean(
        "Replies Pause Reminders", default=True,
        help="When a customer answers a reminder, the next step waits until somebody has read the answer.",
        groups="base.group_user")
    dunning_refused_days = fields.Integer(
        "Days after a Refused Draft", default=7, help="A draft that was refused holds its invoices so many days.",
        groups="base.group_user")
    dunning_direct_debit_days = fields.Integer(
        "Days to Wait for a Direct Debit", default=8,
        help="For customers who pay by direct debit, the first step waits so many days longer for its return.",
        groups="base.group_user")
    dunning_user_id = fields.Many2one(
        "res.users", "Person in Charge by Default", domain="[('share', '=', False)]",
        help="For customers whom no rule gives to anybody, and for warnings about the night itself.",
        groups="base.group_user")

    dunning_trend_days = fields.Integer(
        "Warn When a Customer Pays Later by (Days)", default=10,
        help="The person in charge is warned when a customer pays so many days later in the last six months than in "
             "the twelve before. 0: no warning.", groups="base.group_user")
    dunning_terms = fields.Selection(
        [("propose", "Are proposed to the person in charge"), ("set", "Are set on the customer")],
        "Terms and Limits of a New Segment", default="propose", required=True,
        help="What happens when a customer goes to a segment with other payment terms or another credit limit.",
        groups="base.group_user")
    dunning_person_confirms = fields.Boolean(
        "Stricter Segments of Natural Persons Are Confirmed", default=True,
        help="Where the score of a consumer or sole trader points to a segment of higher risk, a person confirms it, "
             "and stricter terms and limits too. Without it the score decides alone, which the GDPR (article 22) "
             "allows only in narrow cases.", groups="base.group_user")
    dunning_retention_months = fields.Integer(
        "Months That the Log of Persons Is Kept",
        help="Texts, addresses and files of contacts with consumers and sole traders are erased after so many months, "
             "once their invoices are settled. Steps, dates and amounts stay. 0: nothing is erased.",
        groups="base.group_user")
    dunning_print_conditions = fields.Boolean(
        "Print Payment Conditions",
        help="The payment conditions of the customer's segment stand below quotations and invoices.",
        groups="base.group_user")

    dunning_warning = fields.Text(
        compute="_compute_dunning_warning", help="What keeps reminders of this company from going out.",
        groups="base.group_user")

    _dunning_days_positive = models.Constraint(
        "CHECK (dunning_refused_days >= 0 AND dunning_direct_debit_days >= 0 "
        "AND dunning_backlog_per_day >= 0 AND dunning_trend_days >= 0 AND dunning_retention_months >= 0)",
        "Days and counts of the dunning settings cannot be negative.")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_dunning_warning(self):
        for company in self:
            company.dunning_warning = "\n".join(company.root_id._dunning_warnings())

    def _dunning_warnings(self):
        """List of sentences about what keeps reminders from going out; empty where nothing does."""
        self.ensure_one()
        today = self._dunning_today()
        if not self.dunning_active:
            return [self.env._("Reminders are switched off: nothing goes out.")]
        warnings = self._dunning_bank_warnings(today)
        if self._dunning_policies()._sends_mail() and not self._dunning_email_from():
            warnings.append(self._dunning_sender_error())
        # sudo: users who see debtors may lack access to runs. Only the date of the last night is read.
        last = self.env["dunning.run"].sudo().search(
            [("company_id", "=", self.id), ("date", "<=", today)], limit=1).date
        since = last or (self.dunning_activated_on and self.dunning_activated_on.date())
        if since and (today - since).days > 1:
            warnings.append(self.env._(
                "There was no run since %s. Ask your administrator whether the scheduled action "
                "“Dunning: nightly run” is switched on; the next run catches up.", format_date(self.env, since)))
        return warnings

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        policy = self.env.ref("debto_dunning.policy_friendly", raise_if_not_found=False)
        for vals in vals_list:
            if policy and not vals.get("parent_id"):
                vals.setdefault("dunning_policy_id", policy.id)
                vals.setdefault("dunning_consumer_policy_id", policy.id)
        return super().create(vals_list)

    def write(self, vals):
        switched = self.browse()
        if "dunning_active" in vals:
            switched = self.filtered(lambda company: company.dunning_active != bool(vals["dunning_active"]))
        res = super().write(vals)
        if "dunning_reply_pauses" in vals and not vals["dunning_reply_pauses"]:
            self._dunning_end_reply_pauses()
        if vals.get("dunning_active"):
            # sudo: who may switch on does not say who did
            self.sudo().write({"dunning_activated_by": self.env.uid, "dunning_activated_on": fields.Datetime.now()})
            switched._dunning_check_ready()  # with what is set at the same time
        for company in switched:
            company.partner_id._message_log(body=(
                self.env._("Reminders switched on for %s.", company.name) if company.dunning_active
                else self.env._("Reminders switched off for %s.", company.name)))
        return res

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _dunning_check_ready(self):
        """Check that reminders can be switched on.

        :raises UserError: something is missing; the message says what to do
        """
        for company in self:
            if company.parent_id:
                raise UserError(self.env._(
                    "%(branch)s is a branch: switch on the reminders of %(root)s, they read its branches.",
                    branch=company.name, root=company.root_id.name))
            # sudo: users who switch reminders on may lack access to accounts. Only their number is read.
            if not company.chart_template and not self.env["account.account"].sudo().search_count(
                    [("company_ids", "in", company.ids), ("account_type", "=", "asset_receivable")], limit=1):
                raise UserError(self.env._(
                    "%s has no chart of accounts yet: install one in Invoicing ▸ Configuration ▸ Settings first.",
                    company.name))
            if not company.dunning_policy_id or not company.dunning_consumer_policy_id:
                raise UserError(self.env._(
                    "Choose the policies of %s first: one for businesses and one for consumers.", company.name))
            if company._dunning_has_enterprise_followup():
                raise UserError(self.env._(
                    "%s already sends reminders by Odoo Enterprise's follow-up levels. Two programs that remind the "
                    "same customers would contradict each other: remove those levels first (Invoicing ▸ "
                    "Configuration ▸ Follow-up Levels).", company.name))
            if company._dunning_policies()._sends_mail() and not company._dunning_email_from():
                raise UserError(company._dunning_sender_error())

    def _dunning_policies(self):
        """The policies that debtors of this company may have, from the company, its segments and their own files."""
        self.ensure_one()
        company = self.sudo()  # a user who reads why nothing goes out may lack access to policies and segments
        segments = company.env["dunning.segment"].search([("company_id", "in", (self.id, False))])
        own = company.env["dunning.debtor"]._read_group(
            [("company_id", "=", self.id), ("policy_id", "!=", False)], ["policy_id"])
        return (company.dunning_policy_id | company.dunning_consumer_policy_id | segments.policy_id
                | segments.consumer_policy_id).union(*(policy for policy, in own))

    def _dunning_email_from(self):
        """The address that reminders are written from, with the company's name.

        The company's own, else the catch-all address of its e-mail domain; False where neither is an address.
        """
        self.ensure_one()
        company = self.sudo()  # a user may lack access to the company's partner
        return self._dunning_first_address(company.partner_id.email_formatted, company.catchall_formatted)

    def _dunning_first_address(self, *addresses):
        """The first of these formatted addresses to which a customer can answer; False where there is none."""
        # only the robot's own address is read; ``env.ref`` would look each time whether the robot exists
        bot = self.env["res.partner"].sudo().browse(
            self.env["ir.model.data"]._xmlid_to_res_id("base.partner_root")).email_normalized
        for address in addresses:
            found = email_normalize_all(address or "")
            for normalized in found:
                domain = normalized.rpartition("@")[2]
                # a name without a dot is that of a machine, to which nobody outside can write
                if normalized != bot and "." in domain and domain not in RESERVED_DOMAINS:
                    return address if len(found) == 1 else format_address(self.name, normalized)
        return False

    def _dunning_sender_error(self):
        """Why reminders cannot go by e-mail, and what to do."""
        self.ensure_one()
        return self.env._(
            "%(company)s has no e-mail address to write reminders from (%(address)s): enter the one at which "
            "customers reach your accounting, in Settings ▸ Companies. Until then reminders by e-mail wait.",
            company=self.name, address=self.email or self.env._("none"))

    def _dunning_has_enterprise_followup(self):
        """Whether Odoo Enterprise's ``account_followup`` is installed and active for this company."""
        self.ensure_one()
        if "account_followup.followup.line" not in self.env:
            return False
        # sudo: users may lack access to these levels, or have another company selected. Only their number is read.
        return bool(self.env["account_followup.followup.line"].sudo().search_count(
            [("company_id", "=", self.id)], limit=1))

    def _dunning_companies(self):
        """This root company and its branches."""
        self.ensure_one()
        # sudo: users may lack access to some branches. The ledger of a root company includes all of them.
        return self.env["res.company"].sudo().with_context(active_test=False).search(
            [("id", "child_of", self.root_id.id)])

    def _dunning_localized(self, records):
        """``records`` in the language of the person in charge, where the system runs them; else unchanged."""
        self.ensure_one()
        if records.env.uid != SUPERUSER_ID:
            return records
        # sudo: the environment may be limited to other companies. Only the language is read.
        lang = self._dunning_acting_user().lang or self.sudo().partner_id.lang
        return records.with_context(lang=lang) if lang else records

    def _dunning_today(self):
        """Today's date where the company is (its partner's time zone, else UTC)."""
        self.ensure_one()
        # sudo: users may lack access to the company's partner. Only its time zone is read.
        timezone = self.sudo().root_id.partner_id.tz or "UTC"
        return fields.Date.context_today(self.with_context(tz=timezone))
