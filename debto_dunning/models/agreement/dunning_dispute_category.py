from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DunningDisputeCategory(models.Model):
    """What a customer contests of an invoice, and who answers it."""

    _name = "dunning.dispute.category"
    _description = "Kind of Dispute"
    _inherit = ["dunning.shared.record"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", domain="[('parent_id', '=', False)]", index="btree_not_null", ondelete="cascade",
        help="Empty: for all companies.")
    answered_by = fields.Selection(
        [("salesperson", "The salesperson of the invoice"), ("collector", "The person in charge of the customer"),
         ("user", "A certain colleague")], required=True, default="collector")
    user_id = fields.Many2one("res.users", "Colleague", domain="[('share', '=', False)]", ondelete="set null")
    answer_days = fields.Integer(
        "Days to Answer", default=7, help="After so many days without an answer the dispute goes to a manager.")
    manager_id = fields.Many2one(
        "res.users", "When Overdue", domain="[('share', '=', False)]", ondelete="set null",
        help="Who gets the disputes that nobody answered in time. Empty: the company's person in charge.")

    _days_positive = models.Constraint("CHECK (answer_days >= 0)", "The days to answer cannot be negative.")

    @api.constrains("answered_by", "user_id")
    def _check_user_id(self):
        for category in self:
            if category.answered_by == "user" and not category.user_id:
                raise ValidationError(self.env._("“%s”: choose the colleague who answers.", category.name))

    def _responsible(self, debtor, move):
        """The user who answers a dispute of this kind about an invoice; never empty."""
        self.ensure_one()
        company = debtor.company_id
        user = {"salesperson": move.invoice_user_id, "collector": debtor.user_id, "user": self.user_id}[
            self.answered_by]
        if user.share or company not in user.company_ids.root_id:
            user = user.browse()
        return company._dunning_acting_user(user) or debtor._activity_user()


class DunningDisputeCause(models.Model):
    """Why disputes come up: what to mend so that they do not come back."""

    _name = "dunning.dispute.cause"
    _description = "Cause of Disputes"
    _inherit = ["dunning.shared.record"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", domain="[('parent_id', '=', False)]", index="btree_not_null", ondelete="cascade",
        help="Empty: for all companies.")
