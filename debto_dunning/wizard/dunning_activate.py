from odoo import api, fields, models


class DunningActivate(models.TransientModel):
    """The dialogue to switch on the reminders of a company, with the settings they need."""

    _name = "dunning.activate"
    _description = "Switch On Reminders"
    _inherit = ["dunning.caller.check"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]")
    policy_id = fields.Many2one("dunning.policy", "Businesses", required=True)
    consumer_policy_id = fields.Many2one("dunning.policy", "Consumers", required=True)
    old_invoices = fields.Selection([
        ("leave", "Leave them alone"),
        ("share", "Bring in some customers each day"),
        ("all", "Remind them all at once"),
    ], required=True, default="share", string="Invoices Already Overdue")
    from_date = fields.Date("Remind Invoices Due From", default=fields.Date.context_today)
    backlog_per_day = fields.Integer("Customers a Day", default=20)
    sent_from_odoo = fields.Boolean("Invoices Are Sent from Odoo", default=True)
    bank_max_age = fields.Integer("Most Days since the Last Statement", default=5)
    bank_ways_out = fields.Text(
        "What to Do about the Bank", compute="_compute_warnings",
        help="What can be done about a bank that no statement or feed reaches.")
    user_id = fields.Many2one(
        "res.users", "Person in Charge", required=True, default=lambda self: self.env.user,
        domain="[('share', '=', False)]")
    overdue_count = fields.Integer("Overdue Now", compute="_compute_overdue")
    overdue_customer_count = fields.Integer("Customers Overdue Now", compute="_compute_overdue")
    is_active = fields.Boolean(related="company_id.dunning_active")
    activated_by = fields.Many2one(related="company_id.dunning_activated_by")
    activated_on = fields.Datetime(related="company_id.dunning_activated_on")
    warnings = fields.Text(compute="_compute_warnings")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        company = self.env["res.company"].browse(values.get("company_id")) or self.env.company.root_id
        if company.dunning_active:  # starts with the current settings
            values.update({
                "old_invoices": "share" if company.dunning_backlog_per_day
                else "leave" if company.dunning_from_date else "all",
                "from_date": company.dunning_from_date,
                "backlog_per_day": company.dunning_backlog_per_day,
                "sent_from_odoo": company.dunning_sent_only,
            })
        return {
            **values,
            "policy_id": company.dunning_policy_id.id,
            "consumer_policy_id": company.dunning_consumer_policy_id.id,
            "user_id": (company.dunning_user_id.filtered("active") or self.env.user).id,
            "bank_max_age": company.dunning_bank_max_age or (0 if company.dunning_active else 5),
        }

    @api.depends("company_id")
    def _compute_overdue(self):
        for wizard in self:
            wizard.overdue_count, wizard.overdue_customer_count = (
                self.env["account.move.line"]._dunning_count_overdue(wizard.company_id))

    @api.depends("company_id", "bank_max_age", "policy_id", "consumer_policy_id")
    def _compute_warnings(self):
        for wizard in self:
            company, today = wizard.company_id, wizard.company_id._dunning_today()
            warnings = [company._dunning_epc_account_error() or ""]
            wizard.bank_ways_out = company._dunning_bank_ways_out(today, wizard.bank_max_age)
            warnings += company._dunning_bank_warnings(today, wizard.bank_max_age)
            policies = company._dunning_policies() | wizard.policy_id | wizard.consumer_policy_id
            if policies._sends_mail() and not company._dunning_email_from():
                warnings.append(company._dunning_sender_error())
            warnings.append(wizard._conflict_warning())
            wizard.warnings = "\n".join(filter(None, warnings))

    def _conflict_warning(self):
        """A sentence with the number of conflicts that the check-up finds for these policies; empty without any."""
        self.ensure_one()
        uses = {}
        for policy, kind in ((self.policy_id, "business"), (self.consumer_policy_id, "consumer")):
            uses.setdefault(policy, set()).add(kind)
        count = sum(finding.severity == "conflict" for finding in self.env["dunning.checkup.rules"]._findings(
            self.company_id, self.company_id._dunning_laws(), uses))
        return count and self.env._(
            "Conflicts of these policies with the laws of your customers: %s. Look at them in the check-up (Invoicing "
            "▸ Configuration ▸ Dunning ▸ Check-up).", count) or ""

    def _prepare_company_vals(self):
        """The answers as values of the company."""
        self.ensure_one()
        return {
            "dunning_policy_id": self.policy_id.id,
            "dunning_consumer_policy_id": self.consumer_policy_id.id,
            "dunning_from_date": False if self.old_invoices == "all" else self.from_date,
            "dunning_backlog_per_day": self.backlog_per_day if self.old_invoices == "share" else 0,
            "dunning_sent_only": self.sent_from_odoo,
            "dunning_bank_max_age": self.bank_max_age,
            "dunning_user_id": self.user_id.id,
        }

    def action_preview(self):
        """Open the preview of the next night with these answers; the settings of the company stay as they were."""
        # sudo: dunning managers cannot write on companies. Only the settings of this dialogue are written.
        company = self.company_id.sudo()
        vals = self._prepare_company_vals()
        before = {name: company._fields[name].convert_to_write(company[name], company) for name in vals}
        company.write(vals)
        preview = self.env["dunning.preview"].create({"company_id": company.id, "activate_id": self.id})
        preview._fill()
        company.write(before)
        return preview._action_form()

    def action_confirm_bank(self):
        """Open the dialogue to say up to which day the bank is booked; it comes back to these answers."""
        return self.env["dunning.confirm.bank"]._action_open(self.company_id, self)

    def _action_form(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Switch On Reminders"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_activate(self):
        # sudo: as in action_preview
        self.company_id.sudo().write({**self._prepare_company_vals(), "dunning_active": True})
        # creates the debtors now and not only in the first night
        self.env["dunning.debtor"]._refresh(self.company_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_deactivate(self):
        self.company_id.sudo().dunning_active = False  # sudo: as in action_preview
        return {"type": "ir.actions.client", "tag": "soft_reload"}
