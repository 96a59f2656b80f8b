from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.instalments import slices
from ..communication.dunning_communication_prepare import Message, MessageKey
from ..debtor.dunning_debtor_recipient import Addressee
from ..policy.dunning_policy import WEEKDAYS

#: The word that a plan is paid is sent up to so many days later, where a night was missed.
TELL_DAYS = 14


class DunningPaymentPlan(models.Model):
    """The messages of plans: the proposal, one before each instalment, one after it, and the word at the end."""

    _inherit = "dunning.payment.plan"

    def _send_proposal(self):
        """Send the proposal with its conditions to the customer, with the next delivery."""
        messages = self._plan_messages(self.company_id, [(plan, None, "plan_proposal") for plan in self])
        for plan in self:
            # sudo: the log is the program's to write; the caller has checked who proposes
            self.env["dunning.communication"].sudo()._make_communications(
                plan.company_id, [one for one in messages if one.vals["plan_id"] == plan.id],
                {"is_manual": True, "user_id": self.env.uid})
        self.env.ref("debto_dunning.ir_cron_deliver").sudo()._trigger()  # a user may start the delivery

    @api.model
    def _prepare_messages(self, run):
        """Write tonight's messages about the plans of a company, each once.

        :param run: the :class:`dunning.run`
        :return: the communications made
        """
        company, date = run.company_id, run.date
        # sudo: the night acts for the company
        wanted = self.sudo()._messages_due(company, date)
        return self.env["dunning.communication"]._make_communications(
            company, self.sudo()._plan_messages(company, wanted), {"run_id": run.id})

    @api.model
    def _messages_due(self, company, date):
        """What is to be said of the plans of a company tonight: list of (plan, instalment or None, kind of message).

        Of customers who are on hold as a whole, or on days on which their policy sends nothing, nothing is said.
        """
        late_before = self._booked_day(company, date) - timedelta(days=company.dunning_promise_grace_days)
        lines = self.env["dunning.payment.plan.line"].search(
            Domain("plan_id.company_id", "=", company.id) & Domain("plan_id.state", "=", "active")
            & Domain("date", "<=", fields.Date.add(date, days=company.dunning_plan_notice_days))
            & Domain("amount_left", ">", 0))._unpaid()
        wanted = [(line.plan_id, line, "plan_instalment") for line in lines if line.date >= date]
        wanted += [(line.plan_id, line, "plan_reminder") for line in lines if line.date < late_before]
        done = self.search([
            ("company_id", "=", company.id), ("state", "=", "done"),
            ("ended_on", ">=", fields.Date.subtract(date, days=TELL_DAYS))])
        wanted += [(plan, None, "plan_done") for plan in done]
        said = {
            (message.plan_id.id, message.plan_line_id.id, message.kind) for message in
            self.env["dunning.communication"].search([
                ("plan_id", "in", self.union(*(plan for plan, _line, _kind in wanted)).ids)])}
        wanted = [one for one in wanted if (one[0].id, one[1].id if one[1] else False, one[2]) not in said]
        return self._without_held(company, date, wanted)

    @api.model
    def _without_held(self, company, date, wanted):
        """Those of ``wanted`` whose customer may get a message tonight; see :meth:`_messages_due`."""
        if not wanted:
            return []
        held = self.env["dunning.run"]._get_debtor_holds(
            company, date, list({plan.partner_id.id for plan, _line, _kind in wanted}))
        quiet = f"quiet_{WEEKDAYS[date.weekday()]}"
        return [one for one in wanted if not held[one[0].partner_id.id]
                and not one[0].debtor_id.effective_policy_id[quiet]]

    @api.model
    def _plan_messages(self, company, wanted):
        """The messages as a list of :class:`Message`.

        :param wanted: see :meth:`_messages_due`
        """
        communications = self.env["dunning.communication"]
        default_channel = communications._channel_order()[0]
        ways_wanted = {
            plan: (plan.debtor_id.preferred_channel or default_channel, plan.contact_id.id or None,
                   Addressee(plan.partner_id.id, plan.debtor_id.id, tuple(plan.item_ids.move_id.ids)))
            for plan, _line, _kind in wanted}
        ways = communications._ways(ways_wanted.values())
        # read for all plans at once
        self.union(*ways_wanted).item_ids.move_line_id.fetch(["amount_residual_currency"])
        subjects = dict(communications._fields["kind"]._description_selection(self.env))
        found = []
        for plan, line, kind in wanted:
            channel, recipient = ways[ways_wanted[plan]]
            found.append(Message(
                MessageKey(plan.debtor_id.id, recipient, plan.currency_id.id, channel, False, 0), plan.partner_id.id,
                line._slice_vals() if line else [], subjects[kind],
                "neutral" if kind == "plan_reminder" else "friendly", kind=kind,
                vals={"plan_id": plan.id, "plan_line_id": line.id if line else False}))
        return found


class DunningPaymentPlanLine(models.Model):
    _inherit = "dunning.payment.plan.line"

    def _slice_vals(self, standing=None):
        """Values of the lines of a message that asks for this instalment: the invoices that it pays, the oldest first,
        then costs and interest.

        :param standing: the :class:`PlanStanding` of its plan today; default: as the last night left it
        """
        self.ensure_one()
        plan = self.plan_id
        left = {one.line_id: one.left for one in standing.instalments} if standing else {
            line.id: line.amount_left for line in plan.line_ids}
        lines = plan.line_ids.sorted("date")
        rows = plan.item_ids.filtered("move_line_id")
        rooms = [max(0.0, row.move_line_id.amount_residual_currency) for row in rows]
        # what came and is not matched yet pays the oldest invoices
        charges = max(0.0, min(sum(left.values()), plan.amount_charges + plan.amount_interest))
        covered = max(0.0, sum(rooms) - (sum(left.values()) - charges))
        start = covered + sum(left[line.id] for line in lines[:lines.ids.index(self.id)])
        parts, besides = slices(rooms, start, left[self.id])
        found = [row._line_vals(plan.currency_id.round(part)) for row, part in zip(rows, parts, strict=True)
                 if plan.currency_id.compare_amounts(part, 0) > 0]
        besides = plan.currency_id.round(besides)
        if besides and not found:
            found = [row._line_vals(0.0) for row in rows[-1:] or plan.item_ids[-1:]]
        if besides and found:
            found[-1]["amount_cost"] = besides
        return found


class DunningPaymentPlanItem(models.Model):
    _inherit = "dunning.payment.plan.item"

    def _line_vals(self, amount):
        """Values of the line of a message that asks for a part of this item, without a step."""
        self.ensure_one()
        item = self.move_line_id
        return {
            "move_line_id": item.id, "move_id": self.move_id.id, "rank": self.rank, "date": fields.Date.today(),
            "document": self.document, "document_date": self.document_date, "due_date": self.due_date,
            "amount_open": max(0.0, item.amount_residual_currency), "amount_asked": amount, "amount_cost": 0.0,
        }
