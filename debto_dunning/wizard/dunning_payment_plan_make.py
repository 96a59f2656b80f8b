from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools import instalments


class DunningPaymentPlanMake(models.TransientModel):
    """The dialogue in which a payment plan is made and proposed, from a call, an answer or a customer."""

    _name = "dunning.payment.plan.make"
    _description = "Make a Payment Plan"
    _inherit = ["dunning.agreement.make"]

    contact_id = fields.Many2one(string="With")
    is_natural_person = fields.Boolean(related="debtor_id.is_natural_person")
    source = fields.Selection(
        [("call", "Call"), ("mail", "Answer by mail"), ("hand", "By hand")], "Came By", required=True, default="call")
    item_ids = fields.One2many("dunning.payment.plan.make.item", "wizard_id", "Invoices")
    with_charges = fields.Boolean(
        "With Costs and Interest", default=True, help="What is owed of them today is in the plan. Otherwise they stay "
                                                      "apart from it.")
    bears_interest = fields.Boolean(
        "Interest until the Last Instalment", help="Interest runs on while the customer pays. Never for consumers and "
                                                   "sole traders.")
    rhythm = fields.Selection(
        [("weekly", "Weekly"), ("fortnightly", "Every two weeks"), ("monthly", "Monthly"), ("hand", "By hand")],
        required=True, default="monthly")
    instalment_count = fields.Integer("Instalments", default=3)
    date_first = fields.Date(
        "From", required=True, help="The day of the first instalment; of the second, where the first is due at once.")
    is_first_at_once = fields.Boolean(
        "First Instalment at Once", help="It is due on the day on which the customer accepts.")
    line_ids = fields.One2many(
        "dunning.payment.plan.make.line", "wizard_id", "Days and Amounts", compute="_compute_line_ids", store=True,
        readonly=False)
    currency_id = fields.Many2one("res.currency", compute="_compute_amounts")
    amount_principal = fields.Monetary("Invoices Open", compute="_compute_amounts")
    amount_charges = fields.Monetary("Costs and Interest", compute="_compute_amounts")
    amount_interest = fields.Monetary("Interest of the Plan", compute="_compute_amounts")
    amount = fields.Monetary("In All", compute="_compute_amounts")
    date_answer = fields.Date("Answer By", help="Empty: as the settings say.")
    pauses_proposal = fields.Boolean(
        "Pause until the Answer", help="No reminder of these invoices until the customer has answered, or the day to "
                                       "answer is over.")
    warning = fields.Text(compute="_compute_warning")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _plan_amounts(self, schedule):
        """What the plan comes to with these instalments: :class:`PlanAmounts`."""
        return self.env["dunning.payment.plan"]._amounts_today(
            self.debtor_id, self.item_ids.filtered("is_chosen").item_id, schedule, self.with_charges,
            self.bears_interest and not self.is_natural_person)

    @api.depends("item_ids.is_chosen", "with_charges", "bears_interest", "rhythm", "instalment_count", "date_first",
                 "is_first_at_once")
    def _compute_line_ids(self):
        plans = self.env["dunning.payment.plan"]
        for wizard in self:
            chosen = wizard.item_ids.filtered("is_chosen").item_id
            if wizard.rhythm == "hand":
                continue
            count = wizard.instalment_count
            if len(chosen.currency_id) != 1 or not wizard.date_first or not 0 < count <= plans.MOST_INSTALMENTS:
                wizard.line_ids = [Command.clear()]
                continue
            today = wizard.debtor_id.company_id._dunning_today()
            days = (wizard.date_first, count - wizard.is_first_at_once, wizard.rhythm)
            equal = [(day, 1.0) for day in [*([today] if wizard.is_first_at_once else []), *instalments.days(*days)]]
            schedule = plans._schedule(
                chosen.currency_id, today, wizard._plan_amounts(equal).total, count, wizard.rhythm, wizard.date_first,
                wizard.is_first_at_once)
            wizard.line_ids = [Command.clear(), *(
                Command.create({"date": day, "amount": amount}) for day, amount in schedule)]

    @api.depends("item_ids.is_chosen", "with_charges", "bears_interest", "line_ids.date", "line_ids.amount")
    def _compute_amounts(self):
        for wizard in self:
            chosen = wizard.item_ids.filtered("is_chosen").item_id
            wizard.currency_id = chosen.currency_id if len(chosen.currency_id) == 1 else wizard.debtor_id.currency_id
            wizard.amount_principal = wizard.amount_charges = wizard.amount_interest = wizard.amount = 0
            if len(chosen.currency_id) == 1:
                amounts = wizard._plan_amounts(wizard._entered())
                wizard.amount_principal = sum(amounts.principal.values())
                wizard.amount_charges = sum(amounts.charges.values())
                wizard.amount_interest, wizard.amount = amounts.interest, amounts.total

    @api.depends("item_ids.is_chosen", "is_natural_person", "amount", "line_ids.amount")
    def _compute_warning(self):
        for wizard in self:
            chosen, why = wizard.item_ids.filtered("is_chosen").item_id, []
            if len(chosen.currency_id) > 1:
                why.append(self.env._("A payment plan is in one currency: make one for each."))
            planned = sum(wizard.line_ids.mapped("amount"))
            if wizard.line_ids and wizard.currency_id.compare_amounts(planned, wizard.amount):
                why.append(self.env._(
                    "The instalments come to %(sum)s, but %(total)s is to be paid.",
                    total=wizard.currency_id.format(wizard.amount), sum=wizard.currency_id.format(planned)))
            others = self.env["dunning.payment.plan"]._active_on(chosen)
            if others:
                why.append(self.env._("Some of these invoices are in another payment plan: %s", ", ".join(
                    others.mapped("display_name"))))
            wizard.warning = "\n".join(why)

    def _entered(self):
        """The instalments that have a day: list of (day, amount), sorted by day."""
        return sorted((line.date, line.amount) for line in self.line_ids if line.date)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def _action_open(self, debtor, communication=None):
        """Action that opens the dialogue with the open items of a debtor.

        What is overdue is ticked; of a debtor that owes in several currencies, only that of the oldest item.

        :raises UserError: nothing is open
        """
        debtor.check_access("write")
        today = debtor.company_id._dunning_today()
        rows = [row for row in self.env["dunning.run"]._decide_each(
            debtor.company_id, today, partner_ids=debtor.partner_id.ids) if row.open > row.covered]
        if not rows:
            raise UserError(self.env._("Nothing is open of %s: there is nothing to plan.", debtor.display_name))
        chosen = {row.item for row in rows if row.due < today and row.currency == rows[0].currency
                  and not row.disputed and row.reason not in ("dispute", "plan")}
        wizard = self.create({
            **self._prepare_said_vals(debtor, communication),
            "date_first": fields.Date.add(today, months=1),
            "item_ids": [Command.create({
                "item_id": row.item, "amount": row.open - row.covered, "due_date": row.due,
                "is_chosen": row.item in chosen}) for row in rows],
        })
        return wizard._open(self.env._("Payment Plan"))

    def action_make(self):
        """Make the plan as a draft, and show it.

        :raises UserError: see :meth:`dunning.payment.plan._make`
        """
        plan = self._make_plan()
        return {
            "type": "ir.actions.act_window",
            "res_model": plan._name,
            "res_id": plan.id,
            "view_mode": "form",
        }

    def action_propose(self):
        """Make the plan and propose it to the customer.

        :raises UserError: see :meth:`dunning.payment.plan._make`
        """
        plan = self._make_plan()
        plan._propose()
        return {"type": "ir.actions.act_window_close"}

    def _make_plan(self):
        self.ensure_one()
        self.debtor_id.check_access("write")
        self._check_said_in()
        plan = self.env["dunning.payment.plan"]._make(
            self.debtor_id, self.item_ids.filtered("is_chosen").item_id, self._entered(), self.with_charges,
            self.bears_interest, rhythm=self.rhythm, is_first_at_once=self.is_first_at_once, source=self.source,
            date_answer=self.date_answer, pauses_proposal=self.pauses_proposal, note=self.note,
            **self._agreement_vals())
        self._mark_answer_seen()
        return plan.sudo(self.env.su)


class DunningPaymentPlanMakeItem(models.TransientModel):
    _name = "dunning.payment.plan.make.item"
    _description = "Invoice to Plan"
    _inherit = ["dunning.caller.check"]
    _order = "due_date, id"

    wizard_id = fields.Many2one("dunning.payment.plan.make", required=True, ondelete="cascade")
    item_id = fields.Many2one("account.move.line", "Open Item", required=True, readonly=True, ondelete="cascade")
    move_id = fields.Many2one(related="item_id.move_id", string="Invoice")
    currency_id = fields.Many2one(related="item_id.currency_id")
    due_date = fields.Date(readonly=True)
    amount = fields.Monetary("Open", readonly=True)
    is_chosen = fields.Boolean("In the Plan")


class DunningPaymentPlanMakeLine(models.TransientModel):
    _name = "dunning.payment.plan.make.line"
    _description = "Instalment to Plan"
    _inherit = ["dunning.caller.check"]
    _order = "date, id"

    wizard_id = fields.Many2one("dunning.payment.plan.make", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    date = fields.Date(required=True)
    amount = fields.Monetary(required=True)
