from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ...tools import instalments
from ...tools.charges import charges_left
from ...tools.decimals import decimal

#: A plan ends at the latest so many years from the day on which it is made.
LONGEST_YEARS = 5


class PlanAmounts(NamedTuple):
    """What a plan is over, in the currency of its items."""

    principal: dict  #: {item id: what is open of it and not covered}
    charges: dict  #: {item id: costs and interest that are owed of it today}
    interest: float  #: of the time until the last instalment

    @property
    def total(self):
        return sum(self.principal.values()) + sum(self.charges.values()) + self.interest


class DunningPaymentPlan(models.Model):
    """How a plan is made: what it comes to, its instalments, and the checks."""

    _inherit = "dunning.payment.plan"

    @api.model
    def _make(self, debtor, items, schedule, with_charges=True, bears_interest=False, **vals):
        """Make the draft of a payment plan.

        Callers check whether the user or the customer may name these records.

        :param items: open ``account.move.line`` of the debtor, in one currency
        :param schedule: list of (day, amount) of the instalments; they come to :meth:`_amounts_today` in all
        :param with_charges: whether costs and interest that are owed today are in it; else they stay apart
        :param bears_interest: whether interest runs on until the last instalment; never for a natural person
        :param vals: values of other fields, as ``rhythm``, ``is_first_at_once``, ``source``, ``date_answer``,
            ``pauses_proposal``, ``communication_id``, ``contact_id``, ``note``, ``user_id``
        :return: the plan
        :raises UserError: the items, the days or the amounts make no plan
        """
        # sudo: plans are written by the program alone; the callers have checked who asks
        self, items = self.sudo(), items.sudo()  # noqa: PLW0642
        rows = self._check_items(debtor, items)
        self._check_interest(debtor, bears_interest)
        currency, today = items.currency_id, debtor.company_id._dunning_today()
        schedule = [(day, currency.round(amount)) for day, amount in schedule]
        amounts = self._amounts_today(debtor, items, schedule, with_charges, bears_interest)
        self._check_schedule(currency, today, schedule, amounts.total)
        snapshots = self.env["dunning.communication"]._snapshots(list(rows.values()))
        plan = self.create({
            "debtor_id": debtor.id, "currency_id": currency.id, "amount": currency.round(amounts.total),
            "amount_principal": sum(amounts.principal.values()), "amount_charges": sum(amounts.charges.values()),
            "amount_interest": amounts.interest, "bears_interest": bears_interest,
            "line_ids": [Command.create({"date": day, "amount": amount}) for day, amount in schedule],
            "item_ids": [Command.create({
                "move_line_id": item.id, "move_id": item.move_id.id, "rank": snapshots[item.id]["rank"],
                "date": today, "document": snapshots[item.id]["name"],
                "document_date": snapshots[item.id]["invoice_date"], "due_date": rows[item.id].due,
                "amount_open": amounts.principal[item.id], "amount_charges": amounts.charges[item.id],
            }) for item in items],
            **vals,
        })
        plan._check_free()
        plan._note_what_was_paid()
        return plan

    @api.model
    def _schedule(self, currency, today, total, count, rhythm, first, is_first_at_once=False):
        """Equal instalments: list of (day, amount).

        :param total: of all of them
        :param first: the day of the first; of the second, where the first one is due at once
        :raises UserError: there is less than one instalment, or less than a cent for each
        """
        if count < 1 or currency.compare_amounts(total, count * currency.rounding) < 0:
            raise UserError(self.env._("%(total)s cannot be paid in %(count)s instalments.", count=count,
                                       total=currency.format(total)))
        days = [today, *instalments.days(first, count - 1, rhythm)] if is_first_at_once else instalments.days(
            first, count, rhythm)
        return list(zip(days, map(currency.round, instalments.parts(total, count, currency.rounding)), strict=True))

    # ------------------------------------------------------------------
    # Amounts
    # ------------------------------------------------------------------

    @api.model
    def _amounts_today(self, debtor, items, schedule, with_charges=True, bears_interest=False):
        """What a plan over these items comes to today: :class:`PlanAmounts`.

        Costs are those that messages asked and that are owed still; interest runs up to today where it was asked, or
        where the policy asks it and the law gives it. What is waived is not in it.

        :param schedule: list of (day, amount); tells until when interest runs on and how it gets less, with equal
            amounts or the final ones, as only their proportion counts
        """
        company = debtor.company_id
        today = company._dunning_today()
        # sudo: the customer's page tells the customer what is owed
        self, items = self.sudo(), items.sudo()  # noqa: PLW0642
        rows = {row.item: row for row in self.env["dunning.run"]._decide_each(company, today, item_ids=items.ids)}
        principal = {
            item.id: item.currency_id.round(rows[item.id].open - rows[item.id].covered) if item.id in rows else 0.0
            for item in items}
        charges, interest = dict.fromkeys(items.ids, 0.0), 0.0
        if with_charges or bears_interest:
            claims = self.env["dunning.claim"]._claims(company, today, items.ids)
            if with_charges:
                charges = self._charges_today(debtor, items, claims, rows)
            if bears_interest:
                interest = sum(self._interest_to_come(
                    claims[item.id], item, rows[item.id].covered, principal[item.id], today, schedule)
                    for item in items if item.id in rows)
        return PlanAmounts(principal, charges, items.currency_id[:1].round(interest))

    def _charges_today(self, debtor, items, claims, rows):
        """Costs and interest of the items that are owed today: {item id: amount}."""
        today, policy = debtor.company_id._dunning_today(), debtor.effective_policy_id
        charges = self.env["dunning.charge"].search([("move_line_id", "in", items.ids)])
        owed = self.env["dunning.charge.calculator"]._charges_owed(charges, claims)
        by_item = {charge.move_line_id.id: charge for charge in charges}
        found = {}
        for item in items:
            claim, charge = claims[item.id], by_item.get(item.id)
            asked = owed.get(charge)
            cost, interest, settled = (asked.cost, asked.interest, asked.settled) if asked else (
                decimal(0), decimal(0), decimal(0))
            if not claim.waived and not (asked and asked.refusal) and self.env["dunning.statement"]._bears_interest(
                    debtor.company_id, today, claim, policy):
                covered = decimal(rows[item.id].covered + rows[item.id].disputed) if item.id in rows else decimal(0)
                interest = max(interest, claim.interest_until(
                    today, claim.first_interest_day(today), covered, decimal(item.currency_id.rounding)).amount)
            found[item.id] = item.currency_id.round(float(charges_left(cost, interest, settled)))
        return found

    @staticmethod
    def _interest_to_come(claim, item, covered, principal, today, schedule):
        """The interest of one item from tomorrow until the last instalment, when it is paid by them.

        :param principal: what the plan has of the item
        """
        total = sum(amount for _day, amount in schedule)
        if not total or not claim.law or claim.waived or claim.law._clause_refusal(claim.company, claim.invoice_date):
            return 0.0
        last = max(day for day, _amount in schedule)
        paid = tuple((day, decimal(principal * amount / total)) for day, amount in schedule)
        start, cent = claim.first_interest_day(last), decimal(item.currency_id.rounding)
        until_now = claim.interest_until(today, start, decimal(covered), cent)
        in_all = claim._replace(payments=claim.payments + paid).interest_until(last, start, decimal(covered), cent)
        return max(0.0, float(in_all.amount - until_now.amount))

    def _note_what_was_paid(self):
        """Write what was paid and credited by now: it pays no instalment."""
        for plan in self:
            company, items, today = plan.company_id, plan.item_ids.move_line_id, plan.company_id._dunning_today()
            money, beyond = self.env["dunning.run"]._get_money_of_items_and_partners(
                company, today, items.ids, plan.partner_id.ids, with_beyond=True)
            for row in plan.item_ids:
                one = money[row.move_line_id.id]
                row.write({"amount_paid": one.paid + one.covered, "amount_credited": one.credited})
            if plan.amount_charges or plan.amount_interest:
                charges = self.env["dunning.charge"].search([("move_line_id", "in", items.ids)])
                rate = plan.currency_id._get_conversion_rate(company.currency_id, plan.currency_id, company, today)
                plan.amount_settled_before = sum(charges.mapped("amount_settled")) + rate * sum(beyond.values())

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.model
    def _check_items(self, debtor, items):
        """The decision on each of ``items``: {item id: :class:`Decision`}.

        :raises UserError: they are not all open, undisputed, of this debtor and in one currency
        """
        company = debtor.company_id
        if len(items.currency_id) > 1:
            raise UserError(self.env._("A payment plan is in one currency: make one for each."))
        if items.company_id.root_id - company or items.partner_id.commercial_partner_id - debtor.partner_id:
            raise UserError(self.env._("These invoices are not all of %s.", debtor.display_name))
        rows = {row.item: row for row in self.env["dunning.run"]._decide_each(
            company, company._dunning_today(), item_ids=items.ids)}
        if not items or len(rows) < len(items) or any(row.open <= row.covered for row in rows.values()):
            raise UserError(self.env._("Nothing is open of some of these invoices: choose them anew."))
        if disputed := [row.move for row in rows.values() if row.disputed or row.reason == "dispute"]:
            raise UserError(self.env._("%s is in dispute: answer that first.", ", ".join(
                self.env["account.move"].sudo().browse(disputed).mapped("name"))))  # sudo: as in _make
        return rows

    @api.model
    def _check_interest(self, debtor, bears_interest):
        """:raises UserError: interest is wanted of a natural person"""
        if bears_interest and debtor.is_natural_person:
            raise UserError(self.env._(
                "%s is a consumer or sole trader: such a payment plan bears no interest and no fee.",
                debtor.display_name))

    @api.model
    def _check_schedule(self, currency, today, schedule, total):
        """:raises UserError: the instalments do not come to ``total``, or their days do not follow each other"""
        if not schedule:
            raise UserError(self.env._("A payment plan needs at least one instalment."))
        if len(schedule) > self.MOST_INSTALMENTS:
            raise UserError(self.env._("A payment plan has at most %s instalments.", self.MOST_INSTALMENTS))
        if any(currency.compare_amounts(amount, 0) <= 0 for _day, amount in schedule):
            raise UserError(self.env._("Each instalment is of an amount above zero."))
        days = [day for day, _amount in schedule]
        if any(later <= day for day, later in zip(days, days[1:], strict=False)):
            raise UserError(self.env._("The days of the instalments must follow each other."))
        if days[0] < today:
            raise UserError(self.env._(
                "%s is over: an instalment is for today or later.", format_date(self.env, days[0])))
        if days[-1] > fields.Date.add(today, years=LONGEST_YEARS):
            raise UserError(self.env._("%s is too far ahead for a payment plan.", format_date(self.env, days[-1])))
        if currency.compare_amounts(sum(amount for _day, amount in schedule), total):
            raise UserError(self.env._(
                "The instalments come to %(sum)s, but %(total)s is to be paid.", total=currency.format(total),
                sum=currency.format(sum(amount for _day, amount in schedule))))

    def _check_days(self):
        """:raises UserError: a day of this plan is over"""
        today, lines = self.company_id._dunning_today(), self.line_ids.sorted("date")
        schedule = [(line.date, line.amount) for line in lines]
        if self.is_first_at_once and schedule[0][0] < today:
            schedule[0] = today, schedule[0][1]
        self._check_schedule(self.currency_id, today, schedule, self.amount)

    def _check_free(self):
        """:raises UserError: one of its invoices is not open any more, or in another plan that holds"""
        items = self.item_ids.move_line_id
        if len(items) < len(self.item_ids) or any(item.parent_state != "posted" for item in items):
            raise UserError(self.env._("Some of these invoices are not open any more: make a new payment plan."))
        if others := self._active_on(items) - self:
            raise UserError(self.env._("Some of these invoices are in another payment plan: %s", ", ".join(
                others.mapped("display_name"))))

    def _latest_answer(self, today):
        """The last day on which a proposal may be accepted: some days from today, and before an instalment is due."""
        lines = self.line_ids.sorted("date")
        bound = lines[1 if self.is_first_at_once and len(lines) > 1 else 0].date
        if self.is_first_at_once:
            bound = fields.Date.subtract(bound, days=1) if len(lines) > 1 else fields.Date.add(today, years=1)
        return min(fields.Date.add(today, days=self.company_id.dunning_plan_answer_days), bound)

    def _check_answer_day(self):
        """:raises UserError: the customer would have to answer in the past, or when an instalment was due already"""
        today, lines = self.company_id._dunning_today(), self.line_ids.sorted("date")
        bounds = [line.date for line in lines[1 if self.is_first_at_once else 0:][:1]]
        if self.date_answer < today or any(self.date_answer > day for day in bounds):
            raise UserError(self.env._(
                "The customer cannot answer by %s: it is over, or an instalment is due before.",
                format_date(self.env, self.date_answer)))
