from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """The booking of costs and interest, and what happens when a customer pays late before any reminder."""

    _inherit = "res.company"

    dunning_charge_posting = fields.Selection(
        [("stated", "Are only stated in reminders"), ("paid", "Are booked when the customer pays them"),
         ("level", "Are booked from a step on")],
        "Costs and Interest", required=True, default="stated",
        help="Booked means: as a customer invoice without VAT on the accounts below.", groups="base.group_user")
    dunning_charge_level = fields.Integer(
        "Booked from Level", default=8, help="The number of the step: 2 is the second reminder, 8 the last notice.",
        groups="base.group_user")
    dunning_charge_journal_id = fields.Many2one(
        "account.journal", "Journal for Costs and Interest", domain="[('type', '=', 'sale')]", check_company=True,
        groups="base.group_user")
    dunning_cost_account_id = fields.Many2one(
        "account.account", "Account for Costs", domain="[('account_type', 'in', ('income', 'income_other'))]",
        check_company=True, groups="base.group_user")
    dunning_interest_account_id = fields.Many2one(
        "account.account", "Account for Interest", domain="[('account_type', 'in', ('income', 'income_other'))]",
        check_company=True, groups="base.group_user")
    dunning_paid_late = fields.Selection(
        [("nothing", "Nothing happens"), ("line", "The next invoice says so in a friendly line"),
         ("note", "The interest that ran is asked for")],
        "Paid Late without a Reminder", required=True, default="nothing",
        help="When a customer pays after the due date before any reminder went out. Interest is asked only where the "
             "law gives it without a notice, and not below the amount that the policy waives.",
        groups="base.group_user")

    _dunning_charge_level = models.Constraint(
        "CHECK (dunning_charge_level BETWEEN 1 AND 9)",
        "The level from which costs and interest are booked lies between 1 and 9.")

    def _dunning_charge_accounts_missing(self):
        """What is missing to book costs and interest, as a sentence; empty where nothing is."""
        self.ensure_one()
        labels = self.fields_get(
            ["dunning_charge_journal_id", "dunning_cost_account_id", "dunning_interest_account_id"], ["string"])
        missing = [label["string"] for name, label in labels.items() if not self[name]]
        return missing and self.env._(
            "%(company)s: to book costs and interest, choose in the settings of Dunning: %(missing)s.",
            company=self.name, missing=", ".join(missing)) or ""

    def _dunning_booking_warnings(self):
        """As :meth:`_dunning_charge_accounts_missing`, where the company books."""
        missing = self.dunning_charge_posting != "stated" and self._dunning_charge_accounts_missing()
        return [missing] if missing else []

    def _dunning_check_charge_accounts(self):
        if missing := self.root_id._dunning_charge_accounts_missing():
            raise UserError(missing)
