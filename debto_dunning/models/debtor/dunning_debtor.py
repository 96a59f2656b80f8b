from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

KINDS = [("business", "Business"), ("consumer", "Consumer")]


class DunningDebtor(models.Model):
    """One commercial partner at one company: the record that the collector opens.

    The night writes the figures here (:meth:`_refresh`) and not on the partner, because users edit partners all day
    and the two would conflict.
    """

    _name = "dunning.debtor"
    _description = "Debtor"
    _inherit = ["mail.thread", "mail.activity.mixin", "dunning.caller.check"]
    _order = "overdue_amount DESC, id"
    _rec_name = "partner_id"
    _mailing_enabled = False

    partner_id = fields.Many2one("res.partner", "Customer", required=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]")
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)

    # who it is
    kind_override = fields.Selection(KINDS, "Business or Consumer", help="Empty: as the customer's form tells.")
    kind = fields.Selection(
        KINDS, compute="_compute_kind", search="_search_kind",
        help="A company or a partner with a VAT number is a business, everybody else a consumer.")
    is_sole_trader = fields.Boolean(
        "Sole Trader", tracking=True,
        help="A natural person who trades, where the customer's form says company. A person without «company» on its "
             "form is known to be one.")
    is_natural_person = fields.Boolean(compute="_compute_is_natural_person", help="A consumer or a sole trader.")
    segment_id = fields.Many2one("dunning.segment", tracking=True, ondelete="restrict", index="btree_not_null")
    user_id = fields.Many2one(
        "res.users", "Person in Charge", tracking=True, domain="[('share', '=', False)]", index="btree_not_null")
    user_is_chosen = fields.Boolean(
        "Chosen by Hand", help="The rules for persons in charge leave this customer alone.")

    # how it is treated
    policy_id = fields.Many2one(
        "dunning.policy", "Own Policy", tracking=True, ondelete="restrict", index="btree_not_null",
        help="Goes before the policy of the segment and of the company.")
    effective_policy_id = fields.Many2one("dunning.policy", "Policy", compute="_compute_effective_policy_id")
    by_hand_only = fields.Boolean(tracking=True, help="The night sends nothing; a person does, when needed.")
    reminder_contact_id = fields.Many2one(
        "res.partner", "Contact for Reminders", tracking=True, ondelete="set null",
        help="Who gets the reminders. Empty: the customer itself.")
    preferred_channel = fields.Selection(
        "_selection_preferred_channel", tracking=True,
        help="Goes before the channel of the step, for steps in writing.")
    payment_means = fields.Selection(
        [("transfer", "Transfer"), ("online", "Online"), ("direct_debit", "Direct debit")],
        default="transfer", required=True,
        help="With direct debit the first step waits some days for the debit or its return.")

    # figures of the ledger, by the night
    open_amount = fields.Monetary("Open", readonly=True)
    overdue_amount = fields.Monetary("Overdue", readonly=True, index=True)
    unapplied_amount = fields.Monetary(
        "Unapplied", readonly=True, help="Credit notes and payments that are booked and not matched yet.")
    open_count = fields.Integer("Open Items", readonly=True)
    overdue_count = fields.Integer("Overdue Items", readonly=True)
    oldest_due_date = fields.Date(readonly=True)
    days_overdue = fields.Integer(compute="_compute_days_overdue", help="Of the oldest open item.")
    last_payment_date = fields.Date("Last Payment", readonly=True)
    settled_count = fields.Integer("Settled Items", readonly=True)
    average_days_late = fields.Float(
        "Average Days beyond Terms", readonly=True, digits=(16, 1), aggregator="avg",
        help="From due date to payment over the settled items; early payments count as negative days.")
    share_late = fields.Float(
        "Share Paid Late (%)", readonly=True, digits=(16, 1), aggregator="avg",
        help="Of the settled items, those paid after the due date.")
    backlog_date = fields.Date(
        "Older Invoices since", readonly=True, help="The night that brought in the invoices from before the start.")

    # contacts
    communication_ids = fields.One2many("dunning.communication", "debtor_id", string="Communication Log")
    communication_count = fields.Integer(compute="_compute_communication_count")
    last_contact_date = fields.Datetime(compute="_compute_last_contact_date")
    dunning_level = fields.Integer("Highest Level", compute="_compute_dunning_level")
    next_date = fields.Date("Next Step On", compute="_compute_next_step")
    next_level_id = fields.Many2one("dunning.level", "Next Step", compute="_compute_next_step")
    next_reason = fields.Char("Why Nothing Tonight", compute="_compute_next_step")
    timeline = fields.Html("Sent and Planned", compute="_compute_timeline", sanitize=False)
    company_warning = fields.Text(related="company_id.dunning_warning")

    _partner_company_uniq = models.Constraint(
        "UNIQUE (partner_id, company_id)", "This customer already has a debtor at this company.")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("kind_override", "partner_id.is_company", "partner_id.vat")
    def _compute_kind(self):
        for debtor in self:
            partner = debtor.partner_id
            # Odoo writes «/» for «has no VAT number»
            is_business = partner.is_company or (partner.vat and partner.vat != "/")
            debtor.kind = debtor.kind_override or ("business" if is_business else "consumer")

    @api.depends("kind", "is_sole_trader", "partner_id.is_company")
    def _compute_is_natural_person(self):
        for debtor in self:
            debtor.is_natural_person = (
                not debtor.partner_id.is_company or debtor.is_sole_trader or debtor.kind == "consumer")

    def _search_kind(self, operator, value):
        if operator != "in":
            return NotImplemented
        business = Domain("partner_id.is_company", "=", True) | (
            Domain("partner_id.vat", "!=", False) & Domain("partner_id.vat", "!=", "/"))
        domains = {
            "business": Domain("kind_override", "=", "business") | (Domain("kind_override", "=", False) & business),
            "consumer": Domain("kind_override", "=", "consumer") | (Domain("kind_override", "=", False) & ~business),
        }
        return Domain.OR(domains[kind] for kind in value if kind in domains)

    @api.depends("kind", "policy_id", "segment_id.policy_id", "segment_id.consumer_policy_id",
                 "company_id.dunning_policy_id", "company_id.dunning_consumer_policy_id")
    def _compute_effective_policy_id(self):
        for debtor in self:
            segment, company = debtor.segment_id, debtor.company_id
            policies = debtor.policy_id + (
                segment.consumer_policy_id + company.dunning_consumer_policy_id if debtor.kind == "consumer"
                else segment.policy_id + company.dunning_policy_id)
            # the night ignores archived policies too
            debtor.effective_policy_id = policies.filtered("active")[:1]

    @api.depends("oldest_due_date")
    def _compute_days_overdue(self):
        for debtor in self:
            due = debtor.oldest_due_date
            debtor.days_overdue = max(0, (debtor.company_id._dunning_today() - due).days) if due else 0

    def _compute_communication_count(self):
        counts = dict(self.env["dunning.communication"]._read_group(
            [("debtor_id", "in", self.ids)], ["debtor_id"], ["__count"]))
        for debtor in self:
            debtor.communication_count = counts.get(debtor, 0)

    def _compute_last_contact_date(self):
        dates = dict(self.env["dunning.communication"]._read_group(
            [("debtor_id", "in", self.ids), ("state", "in", ("sent", "received"))], ["debtor_id"], ["date:max"]))
        for debtor in self:
            debtor.last_contact_date = dates.get(debtor, False)

    def _compute_dunning_level(self):
        # sudo: users may lack access to invoices. Only the highest level is shown, which the log shows them anyway.
        for company, debtors in self.grouped("company_id").items():
            levels = dict(self.env["account.move"].sudo()._read_group(
                [("commercial_partner_id", "in", debtors.partner_id.ids), ("dunning_level", ">", 0),
                 ("company_id", "child_of", company.id),
                 ("payment_state", "in", ("not_paid", "partial")), ("state", "=", "posted")],
                ["commercial_partner_id"], ["dunning_level:max"]))
            for debtor in debtors:
                debtor.dunning_level = levels.get(debtor.partner_id, 0)

    def _compute_next_step(self):
        self.next_date = self.next_level_id = self.next_reason = False
        reasons = self.env["dunning.run"]._reasons()
        for company, debtors in self.grouped("company_id").items():
            rows = self.env["dunning.run"]._decide_rows(
                company, company._dunning_today(), partner_ids=debtors.partner_id.ids)
            by_partner = {}
            for row in rows:
                best = by_partner.get(row["partner"])
                # the earliest step; of items without a date the reason is shown
                if best is None or self._step_sort_key(row, reasons) < self._step_sort_key(best, reasons):
                    by_partner[row["partner"]] = row
            words = self.env["dunning.run"]._get_reason_words(
                {row["item"]: row["reason"] for row in by_partner.values() if row["reason"]})
            for debtor in debtors:
                if row := by_partner.get(debtor.partner_id.id):
                    if not self._is_open_ended(row, reasons):
                        debtor.next_date = row["date"]
                        debtor.next_level_id = row["level"]
                    debtor.next_reason = words.get(row["item"])

    @api.depends("next_date", "communication_ids")
    def _compute_timeline(self):
        for debtor in self:
            messages = debtor.communication_ids.filtered(lambda one: one.kind != "contact")
            debtor.timeline = self.env["dunning.communication"]._timeline(
                debtor, messages, debtor.next_date, debtor.next_level_id, debtor.next_reason)

    @staticmethod
    def _is_open_ended(row, reasons):
        """Whether no day ends the reason of a decision, so that its date is not shown."""
        return bool(row["reason"]) and reasons[row["reason"]].is_open_ended

    def _step_sort_key(self, row, reasons):
        """Sort key of a decision: due steps first, then by date, open-ended ones last."""
        return (
            self._is_open_ended(row, reasons), row["date"] is None, row["date"] or fields.Date.today(), row["item"])

    @api.depends("partner_id.display_name")
    def _compute_display_name(self):
        for debtor in self:
            debtor.display_name = debtor.partner_id.display_name

    @api.model
    def _selection_preferred_channel(self):
        in_writing = self.env["dunning.communication"]._channels_in_writing()
        channels = self.env["dunning.level"]._fields["channel"]._description_selection(self.env)
        return [(channel, words) for channel, words in channels if channel in in_writing]

    @api.constrains("preferred_channel")
    def _check_preferred_channel(self):
        # Odoo does not check the values of a selection that a method gives
        known = self._fields["preferred_channel"].get_values(self.env)
        for debtor in self:
            if debtor.preferred_channel and debtor.preferred_channel not in known:
                raise ValidationError(self.env._("Unknown channel: %s", debtor.preferred_channel))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("partner_id"):
                vals["partner_id"] = self.env["res.partner"].browse(vals["partner_id"]).commercial_partner_id.id
        return super().create(vals_list)

    def write(self, vals):
        if "user_id" in vals and "user_is_chosen" not in vals:
            vals = dict(vals, user_is_chosen=bool(vals["user_id"]))
        return super().write(vals)

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check: figures, scores and what services say are the system's
        return {name for name, field in self._fields.items() if not field.readonly}

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: a debtor stays with its customer; merging partners moves it
        return self._fields_for_create() - {"partner_id", "company_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_contacts(self):
        for debtor in self:
            if debtor.communication_ids:
                raise UserError(self.env._(
                    "%s has contacts in the log, which stay. Archive the debtor instead of deleting it.",
                    debtor.display_name))

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _for_partners(self, partners, company):
        """The debtors of ``partners`` at the root of ``company``; missing ones are created.

        :return: recordset in no particular order
        """
        company = company.root_id
        partners = partners.commercial_partner_id
        domain = [("partner_id", "in", partners.ids), ("company_id", "=", company.id)]
        # sudo: users who post an invoice or log a call may lack access to debtors. The result has the user's own
        # rights.
        all_debtors = self.sudo().with_context(active_test=False)
        debtors = all_debtors.search(domain)
        if missing := partners - debtors.partner_id:
            all_debtors._insert_missing(company, SQL("SELECT unnest(%s)", missing.ids))
            debtors = all_debtors.search(domain)
        return debtors.with_env(self.env)

    def _responsible(self, date=None):
        """The user who signs on ``date``: the person in charge, or who acts for that person; may be empty."""
        self.ensure_one()
        return self.company_id._dunning_acting_user(self.user_id, date)

    def _activity_user(self, date=None):
        """The user who gets the activities about this debtor on ``date``; never empty."""
        self.ensure_one()
        return self.company_id._dunning_activity_user(self.user_id, date)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_communications(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Communication Log"),
            "res_model": "dunning.communication",
            "view_mode": "list,form",
            "domain": [("debtor_id", "=", self.id)],
            "context": {"default_debtor_id": self.id},
        }

    def action_open_items(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Invoices of %s", self.display_name),
            "res_model": "account.move",
            "view_mode": "list,form",
            "views": [(self.env.ref("debto_dunning.account_move_view_list").id, "list"), (False, "form")],
            "domain": [
                ("commercial_partner_id", "=", self.partner_id.id), ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ("payment_state", "in", ("not_paid", "partial", "in_payment", "blocked")),
                ("company_id", "child_of", self.company_id.id),
            ],
        }

    def action_open_partner(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
        }

    def action_open_department_messages(self):
        """Open the messages in the chatter of this customer's orders and invoices."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Messages of Other Departments"),
            "res_model": "mail.message",
            "view_mode": "list,form",
            "views": [(self.env.ref("debto_dunning.mail_message_view_list").id, "list"), (False, "form")],
            "domain": self._department_message_domain(),
            "context": {"create": False, "edit": False},
        }

    def _department_models(self):
        """The documents whose chatter is shown beside the log: list of (model, path to the commercial partner).

        The addons that join Sales and Inventory add theirs.
        """
        return [("account.move", "commercial_partner_id")] + [
            (model, "partner_id.commercial_partner_id")
            for model in ("project.task", "helpdesk.ticket", "repair.order") if model in self.env
        ]

    def _department_message_domain(self):
        self.ensure_one()
        domain = Domain.FALSE
        for model, path in self._department_models():
            if self.env[model].has_access("read"):
                ids = self.env[model]._search(
                    Domain(path, "=", self.partner_id.id)
                    & Domain("company_id", "in", [False, *self.company_id._dunning_companies().ids]))
                domain |= Domain("model", "=", model) & Domain("res_id", "in", list(ids))
        return list(
            domain & Domain("message_type", "in", ("comment", "email")) & Domain("body", "not in", ("", False)))

    def action_send_now(self):
        """Open the dialogue to send a reminder to this customer now."""
        self.ensure_one()
        return self.env["dunning.send"]._action_open(debtor=self)

    def action_log_contact(self):
        self.ensure_one()
        return self.env["dunning.communication"].with_context(default_debtor_id=self.id).action_log_contact()
