from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class DunningPolicy(models.Model):
    """An ordered list of steps by which an unpaid invoice is followed up."""

    _name = "dunning.policy"
    _description = "Dunning Policy"
    _inherit = ["dunning.shared.record"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        domain="[('parent_id', '=', False)]",
        help="Leave empty to use the policy in every company.",
    )
    level_ids = fields.One2many(
        "dunning.level", "policy_id", string="Steps", copy=True, context={"active_test": False},
        help="Archived steps too: they are switched on here.")
    description = fields.Text(translate=True, help="For whom this policy is meant.")
    quiet_monday = fields.Boolean("Monday")
    quiet_tuesday = fields.Boolean("Tuesday")
    quiet_wednesday = fields.Boolean("Wednesday")
    quiet_thursday = fields.Boolean("Thursday")
    quiet_friday = fields.Boolean("Friday")
    quiet_saturday = fields.Boolean("Saturday")
    quiet_sunday = fields.Boolean("Sunday")
    left_charges = fields.Selection(
        [("pursue", "Are asked for"), ("waive", "Are waived")], "Costs and Interest Left Open", required=True,
        default="pursue",
        help="When a customer has paid an invoice and left the costs or the interest that were asked.")
    waive_below = fields.Float(
        "Waived Below", digits="Account", default=10,
        help="In the company's currency: less than this left of one invoice is waived in any case.")
    debtor_count = fields.Integer("Customers", compute="_compute_debtor_count")

    _waive_positive = models.Constraint(
        "CHECK (waive_below >= 0)", "The amount below which costs and interest are waived cannot be negative.")

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    def _compute_debtor_count(self):
        counts = dict(self.env["dunning.debtor"]._read_group(
            [("policy_id", "in", self.ids)], ["policy_id"], ["__count"]))
        for policy in self:
            policy.debtor_count = counts.get(policy, 0)

    @api.constrains(*(f"quiet_{day}" for day in WEEKDAYS))
    def _check_quiet_days(self):
        for policy in self:
            if all(policy[f"quiet_{day}"] for day in WEEKDAYS):
                raise ValidationError(self.env._(
                    "Policy “%s” would never send anything: leave at least one weekday open.", policy.name))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def copy(self, default=None):
        # copies the archived steps too
        return super(DunningPolicy, self.with_context(active_test=False)).copy(default)

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%s (copy)", policy.name)) if "name" not in (default or {}) else vals
            for policy, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self.with_context(active_test=False).level_ids._unlink_except_used()
        for policy in self:
            users = [
                self.env["dunning.debtor"].with_context(active_test=False).search_count(
                    [("policy_id", "=", policy.id)], limit=1),
                self.env["dunning.segment"].with_context(active_test=False).search_count(
                    ["|", ("policy_id", "=", policy.id), ("consumer_policy_id", "=", policy.id)], limit=1),
                self.env["res.company"].search_count(
                    ["|", ("dunning_policy_id", "=", policy.id), ("dunning_consumer_policy_id", "=", policy.id)],
                    limit=1),
            ]
            if any(users):
                raise UserError(self.env._(
                    "Policy “%s” is in use by a company, a segment or a customer. Archive it instead of deleting it.",
                    policy.name))

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _sends_mail(self):
        """Whether one of these policies has a step by e-mail."""
        return "email" in self.filtered("active").level_ids.filtered("active").mapped("channel")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_debtors(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customers with policy %s", self.name),
            "res_model": "dunning.debtor",
            "view_mode": "list,form",
            "domain": [("policy_id", "=", self.id)],
        }
