from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

#: States of a plan that is not agreed yet, and of one that is not at its end.
WAITING, UNENDED = ("draft", "proposed"), ("draft", "proposed", "active")


class DunningPaymentPlan(models.Model):
    """What a customer owes, in instalments.

    A plan pauses its invoices while it holds, and only its instalments are reminded. It changes no accounting: what
    is paid is matched as always, and the night counts it for the instalments in their order, see :meth:`_judge`. When
    it is broken, all that is open is due again.

    The plan of a natural person bears no interest and no fee for the delay: it might be regulated credit otherwise
    (Directive 2008/48/EC art. 2(2)(j); Netherlands, Wft 1:20; Belgium, Code of Economic Law Book VII).
    """

    #: A plan has at most so many instalments.
    MOST_INSTALMENTS = 60

    _name = "dunning.payment.plan"
    _description = "Payment Plan"
    _inherit = ["dunning.agreement"]
    _order = "made_on DESC, id DESC"

    item_ids = fields.One2many("dunning.payment.plan.item", "plan_id", "Invoices", readonly=True)
    line_ids = fields.One2many("dunning.payment.plan.line", "plan_id", "Instalments", readonly=True)
    rhythm = fields.Selection(
        [("weekly", "Weekly"), ("fortnightly", "Every two weeks"), ("monthly", "Monthly"), ("hand", "By hand")],
        required=True, readonly=True, default="monthly")
    is_first_at_once = fields.Boolean(
        "First Instalment at Once", readonly=True, help="It is due on the day on which the customer accepts.")
    bears_interest = fields.Boolean(
        readonly=True, help="Interest runs on while the customer pays, and is in the instalments. Otherwise none runs "
                            "as long as the plan holds. Never for consumers and sole traders.")
    source = fields.Selection(
        [("call", "Call"), ("mail", "Answer by mail"), ("page", "Customer's page"), ("hand", "By hand")],
        "Came By", required=True, readonly=True, default="hand")
    state = fields.Selection(
        [("draft", "Draft"), ("proposed", "Proposed"), ("active", "Active"), ("done", "Paid"), ("broken", "Broken"),
         ("withdrawn", "Withdrawn")],
        required=True, readonly=True, default="draft", index=True, group_expand=True)

    amount_principal = fields.Monetary("Of Invoices", readonly=True, help="What was open of them when it was made.")
    amount_charges = fields.Monetary(
        "Costs and Interest before", readonly=True, help="What was owed besides the invoices when it was made.")
    amount_interest = fields.Monetary("Interest of the Plan", readonly=True, help="For the time of the instalments.")
    amount = fields.Monetary("In All", required=True, readonly=True)
    amount_received = fields.Monetary(
        "Received", compute="_compute_amounts", store=True, help="As the last night found.")
    amount_left = fields.Monetary("Left", compute="_compute_amounts", store=True)
    amount_settled_before = fields.Monetary(
        readonly=True, help="What was received of costs and interest, or beyond all invoices, before it was made.")
    date_first = fields.Date("First Instalment", compute="_compute_dates", store=True)
    date_last = fields.Date("Last Instalment", compute="_compute_dates", store=True)
    date_next = fields.Date(
        "Next Instalment", compute="_compute_dates", store=True, index=True, help="The first that is not paid.")

    date_answer = fields.Date("Answer By", readonly=True, help="The last day on which the customer may accept it.")
    pauses_proposal = fields.Boolean(
        "Pause until the Answer", readonly=True,
        help="Its invoices are paused from the proposal on, until the day to answer is over.")
    proposed_on = fields.Datetime(readonly=True)
    accepted_on = fields.Datetime(readonly=True)
    accepted_date = fields.Date(readonly=True, help="The day of the acceptance in the time zone of the company.")
    accepted_name = fields.Char("Accepted By", readonly=True, help="The name that was given.")
    accepted_address = fields.Char(
        "Accepted From", readonly=True, help="The e-mail address or number from which it was accepted.")
    is_acknowledged = fields.Boolean(
        "Debt Acknowledged", readonly=True, help="The customer said so in a statement apart from accepting the plan.")
    agreed_text = fields.Text("What Was Agreed", readonly=True, help="The conditions, as the customer accepted them.")
    judged_on = fields.Date(readonly=True, help="The last night that counted what came.")
    is_taken_back = fields.Boolean(
        "Payment Taken Back", readonly=True, help="It was paid, and a payment was taken back or moved since.")
    is_to_tell = fields.Boolean(readonly=True, help="Judged, and not logged yet.")
    told_by_id = fields.Many2one(
        "dunning.communication", "Told In", readonly=True, index="btree_not_null", ondelete="set null",
        help="The reminder that told the customer that it was broken.")
    message_of_plan_ids = fields.One2many("dunning.communication", "plan_id", "Sent Messages", readonly=True)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A payment plan is over an amount above zero.")
    _active_idx = models.Index("(company_id, partner_id) WHERE state = 'active'")
    _done_idx = models.Index("(company_id, judged_on) WHERE state = 'done'")
    _to_tell_idx = models.Index("(company_id) WHERE is_to_tell")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("amount", "partner_id", "currency_id", "line_ids")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = self.env._(
                "%(customer)s: %(amount)s in %(count)s instalments", customer=plan.partner_id.display_name,
                amount=plan._money(plan.amount), count=len(plan.line_ids))

    @api.depends("line_ids.amount_left", "line_ids.amount_received")
    def _compute_amounts(self):
        for plan in self:
            plan.amount_received = sum(plan.line_ids.mapped("amount_received"))
            plan.amount_left = sum(plan.line_ids.mapped("amount_left"))

    @api.depends("line_ids.date", "line_ids.amount_left")
    def _compute_dates(self):
        for plan in self:
            lines = plan.line_ids.sorted("date")
            plan.date_first, plan.date_last = lines[:1].date, lines[-1:].date
            plan.date_next = lines._unpaid()[:1].date

    # ------------------------------------------------------------------
    # The way of a plan
    # ------------------------------------------------------------------

    def _propose(self):
        """Propose this plan to the customer, who may accept it until its day to answer.

        The message with its conditions leaves with the next delivery.

        :raises UserError: it is no draft, or one of its days is over
        """
        self.ensure_one()
        plan = self.sudo()  # plans are written by the program alone; the callers have checked who asks
        if plan.state != "draft":
            raise UserError(self.env._("“%s” was proposed already.", plan.display_name))
        plan._check_days()
        plan._check_free()
        today = plan.company_id._dunning_today()
        plan.write({
            "state": "proposed", "proposed_on": fields.Datetime.now(),
            "date_answer": plan.date_answer or plan._latest_answer(today)})
        plan._check_answer_day()
        plan._write_holds()
        plan._send_proposal()
        plan._log_on_debtor()

    def _accept(self, name, contact=None, address=None, acknowledges=False):
        """The customer accepts this proposal: it holds from now on.

        Open promises of its invoices are replaced by it. Callers check who the customer is.

        :param name: the name that the customer gives
        :param contact: ``res.partner`` who accepts, where it is known
        :param address: the e-mail address, the number or the network address from which it is accepted
        :param acknowledges: whether the customer acknowledges the debt, by a statement of its own
        :raises UserError: it is no proposal any more, its day to answer is over, or an invoice is in another plan
        """
        self.ensure_one()
        plan = self.sudo()  # as in _propose
        plan.lock_for_update()
        today = plan.company_id._dunning_today()
        if plan.state != "proposed":
            raise UserError(self.env._("This payment plan cannot be accepted any more."))
        if plan.date_answer < today:
            raise UserError(self.env._(
                "This payment plan could be accepted until %s. Please ask for a new one.",
                format_date(self.env, plan.date_answer)))
        plan._check_free()
        first = plan.line_ids.sorted("date")[:1]
        if plan.is_first_at_once and first.date < today:
            first.date = today
        plan._check_days()
        contact = contact or plan.contact_id
        plan.write({
            "state": "active", "accepted_on": fields.Datetime.now(), "accepted_date": today,
            "accepted_name": name or contact.name, "accepted_address": address or contact.email or contact.phone,
            **({"contact_id": contact.id} if contact else {}),
            "is_acknowledged": acknowledges,
            "agreed_text": "\n".join(plan.with_context(lang=plan._language())._conditions(acknowledges))})
        self.env["dunning.promise"].sudo()._open_on(plan.item_ids.move_line_id)._end("replaced")
        plan._write_holds()
        plan._message_log(body=self.env._("Accepted by %s.", plan.accepted_name))
        plan._log_on_debtor()

    def _decline(self, note=None):
        """The customer declines this proposal; reminders go on where they stood.

        :param note: the words of the customer
        :raises UserError: it is no proposal any more
        """
        self.ensure_one()
        plan = self.sudo()  # as in _propose
        plan.lock_for_update()
        if plan.state != "proposed":
            raise UserError(self.env._("This payment plan is not proposed any more."))
        plan._end("withdrawn", **({"note": "\n".join(filter(None, [plan.note, note]))} if note else {}))
        plan._message_log(body=self.env._("Declined by the customer."))

    def _end(self, state, **vals):
        # EXTENDS dunning.agreement: what was to be sent of it is not sent any more
        res = super()._end(state, **vals)
        # sudo: who ends a plan may lack the right to the log; only messages of these plans that wait are taken back
        waiting = self.sudo().message_of_plan_ids.filtered(lambda message: message.state in ("draft", "queued"))
        if waiting:
            waiting._cancel(self.env._("The payment plan has ended."))
        return res

    def _log_on_debtor(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        self.debtor_id._message_log(body=self.env._(
            "%(agreement)s: %(state)s", agreement=self._words(), state=states[self.state]))

    @api.model
    def _erased_fields(self):
        # EXTENDS dunning.agreement
        return [*super()._erased_fields(), "accepted_name", "accepted_address", "agreed_text"]

    @api.model
    def _withdraw_unanswered(self, company, date):
        """Withdraw the proposals of a company whose day to answer is over."""
        # sudo: the night acts for the company
        late = self.sudo().search([
            ("company_id", "=", company.id), ("state", "=", "proposed"), ("date_answer", "<", date)])
        late._end("withdrawn")
        late._message_log_batch({plan.id: self.env._("Withdrawn: nobody answered by %s.", format_date(
            self.env, plan.date_answer)) for plan in late})

    # ------------------------------------------------------------------
    # Pauses
    # ------------------------------------------------------------------

    @api.model
    def _active_on(self, items):
        """The plans that hold, or pause as a proposal, of one of ``items``."""
        return self.search(Domain("item_ids.move_line_id", "in", items.ids) & (
            Domain("state", "=", "active") | Domain("state", "=", "proposed") & Domain("pauses_proposal", "=", True)))

    def _hold_vals_by_item(self):
        items = self.item_ids.move_line_id
        if self.state == "active":
            # the night ends the pause when it judges: no day ends it, for the bank may be behind
            vals = {"kind": "plan", "date_until": False, "date_shown": self._last_day()}
        elif self.state == "proposed" and self.pauses_proposal:
            vals = {"kind": "plan", "date_until": self.date_answer, "date_shown": False}
        else:
            return {}
        return dict.fromkeys(items, vals)

    def _last_day(self):
        """The day until which the plan holds at least: that of the next instalment, and the days that break it."""
        day = self.date_next or self.date_last
        return fields.Date.add(day, days=self.company_id._dunning_plan_break_days())

    @api.model
    def _domain_of_move(self, move):
        # EXTENDS dunning.agreement
        return Domain("item_ids.move_id", "=", move.id)

    def _rows(self):
        # EXTENDS dunning.agreement
        return [self.item_ids, self.line_ids]

    def _drop_without_items(self):
        """Withdraw plans of which no invoice is left."""
        for plan in self.filtered(lambda one: one.state in UNENDED and not one.item_ids.move_line_id):
            plan._end("withdrawn")
            plan._message_log(body=self.env._("Withdrawn: none of its invoices is left to pay."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_propose(self):
        """Propose drafts to their customers.

        :raises UserError: see :meth:`_propose`
        """
        self._check_clerk()
        for plan in self:
            plan._propose()

    def action_accept(self):
        """Write down that the customer accepted these plans, on the telephone or by mail.

        :raises UserError: see :meth:`_accept`
        """
        self._check_clerk()
        for plan in self:
            plan._accept((plan.contact_id or plan.partner_id).name)
            plan._message_log(body=self.env._("Written down by %s.", self.env.user.name))

    def action_withdraw(self):
        """Take back plans that have not ended; reminders continue with the next step.

        :raises UserError: one has ended already
        """
        self._check_clerk()
        if any(plan.state not in UNENDED for plan in self):
            raise UserError(self.env._("A payment plan that has ended cannot be withdrawn."))
        self._end("withdrawn")
        for plan in self:
            plan._message_log(body=self.env._("Withdrawn by %s.", self.env.user.name))

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id)
