"""Costs and interest of the items of a message, and why not more of them is asked.

The law limits what the steps of a policy ask, for every message and every sender. A notice of the law asks only what
the law allows for the notice itself. Costs and interest are asked when the notices were given and their waiting time
is over. What a message asked stays asked in the next one.
"""

from datetime import date as Date
from decimal import Decimal
from typing import NamedTuple

from odoo import api, models

from ...tools.calculation import costs_entry, interest_rows
from ...tools.charges import charges_left
from ...tools.collection_costs import ZERO
from ...tools.decimals import decimal


class ChargeContext(NamedTuple):
    """One message, as far as its costs and interest depend on it."""

    company: object  #: root company
    date: Date  #: the day of the calculation
    currency: object  #: ``res.currency`` of the message
    channel: str
    claims: dict  #: {item id: :class:`.dunning_claim.Claim`}
    due_date_ranks: dict  #: see :meth:`DunningChargeCalculator._due_date_ranks`
    debtor_costs: object  #: :class:`.dunning_charge_calculator_cost.DebtorCosts`; the costs of this message are added


class ItemStep(NamedTuple):
    """One item of a message and its step; amounts are Decimals in the currency of the message."""

    item: int
    level: object  #: ``dunning.level``
    claim: object  #: :class:`.dunning_claim.Claim`
    asked: Decimal  #: principal
    covered: Decimal  #: money received and not matched yet, and what is in dispute: it bears no interest now
    is_notice: bool  #: whether it gives the notice of the law

    def is_free(self):
        """Whether it is a free reminder of the law, which asks neither costs of collection nor interest."""
        return self.is_notice and bool(self.claim.law.free_reminders)


class LawSteps(NamedTuple):
    """The items of one message for which the same law holds."""

    law: object
    conversion: object  #: :class:`.dunning_law_charge.Conversion` between message and law
    steps: list  #: of :class:`ItemStep`


class ItemCharges(NamedTuple):
    """What a message asks of one item besides its principal; amounts are Decimals in the currency of the message."""

    law: object  #: ``dunning.law``; empty where none is known
    is_notice: bool = False  #: whether the message gives the notice of the law for the item
    cost: Decimal = ZERO
    reminder_cost: Decimal = ZERO  #: of the costs, those of reminders
    interest: Decimal = ZERO
    settled: Decimal = ZERO  #: what was paid or credited of costs and interest before
    needs_notices: int = 0  #: number of notices that must not be void for the charges to be owed
    calculation: dict | None = None  #: see :mod:`tools.calculation`
    note: str = ""  #: why no costs or interest, or not more of them, are asked; one sentence a line

    def left(self):
        """What of costs and interest is left to pay."""
        return charges_left(self.cost, self.interest, self.settled)

    def line_vals(self):
        """Values for ``dunning.communication.line``."""
        return {
            "law_id": self.law.id,
            "is_notice": self.is_notice,
            "amount_cost": float(self.cost),
            "amount_reminder": float(self.reminder_cost),
            "amount_interest": float(self.interest),
            "amount_settled": float(self.settled),
            "needs_notices": self.needs_notices,
            "calculation": self.calculation or False,
            "charge_note": self.note or False,
        }


class DunningChargeCalculator(models.AbstractModel):
    """Calculates the costs and the interest of messages.

    A message about to be written: :meth:`_claims_of_steps`, :meth:`_notice_law` to sort the items into messages, then
    :meth:`_charges_of_messages`. A message looked at again before it leaves: :meth:`_update_messages`.
    """

    _name = "dunning.charge.calculator"
    _description = "Calculation of Costs and Interest"

    # ------------------------------------------------------------------
    # Entry points
    # ------------------------------------------------------------------

    @api.model
    def _claims_of_steps(self, company, date, steps, delivering=()):
        """The claims of the items for which costs or interest matter: {item id: Claim}.

        An item matters where its step asks charges or gives a notice, or where charges were asked before.

        :param company: root company
        :param steps: list of (item id, level id)
        :param delivering: ids of communications whose own lines count as not written yet
        """
        levels = self.env["dunning.level"].browse({level for _item, level in steps})
        relevant = {level.id for level in levels if level.gives_notice or level._wants_charges()}
        charged = self.env["dunning.charge"]._items_with_charges(
            [item for item, level in steps if level not in relevant])
        return self.env["dunning.claim"]._claims(
            company, date, [item for item, level in steps if level in relevant or item in charged], delivering)

    @api.model
    def _notice_law(self, level, claim, channel):
        """The law whose notice the step of an item is, where that law wants the notice in a message of its own.

        :param claim: the Claim of the item, or None where neither costs nor interest matter
        :return: ``dunning.law``, empty where the step may stand in a message with others
        """
        laws = self.env["dunning.law"]
        if claim and claim.law.own_notice and claim.gives_notice(level, laws._notice_medium(channel)):
            return claim.law
        return laws

    @api.model
    def _is_notice_for_post(self, level, claim, channel):
        """Whether a step over ``channel`` gives a notice that the company sends by letter instead.

        Where a law needs the proof that an e-mail arrived, and waits longer without it, the company chooses.
        """
        laws = self.env["dunning.law"]
        return bool(
            claim and claim.law.email_safe_days and claim.company.dunning_email_notice == "letter"
            and laws._notice_medium(channel) == "email" and claim.gives_notice(level, "post"))

    @api.model
    def _charges_of_messages(self, company, date, messages, claims):
        """The charges of messages that are about to be written: {item id: :class:`ItemCharges`}.

        Items without an entry have neither costs nor interest.

        :param messages: {MessageKey: [Decision]}, see ``dunning.communication._sort_into_messages``
        :param claims: see :meth:`_claims_of_steps`
        """
        relevant = {key: rows for key, due in messages.items() if (rows := [row for row in due if row.item in claims])}
        ranks = self._due_date_ranks(
            company, [(row.item, key.debtor, row.due) for key, rows in relevant.items() for row in rows])
        costs_by_debtor = self._costs_by_debtor({key.debtor for key in messages}, claims)
        levels, charges = self.env["dunning.level"], {}
        for key, rows in relevant.items():
            context = ChargeContext(
                company, date, self.env["res.currency"].browse(key.currency), key.channel, claims, ranks,
                costs_by_debtor[key.debtor])
            charges.update(self._item_charges(context, [
                self._item_step(context, row.item, levels.browse(row.level), row.asked, row.covered + row.disputed)
                for row in rows]))
        return charges

    @api.model
    def _update_messages(self, company, communications):
        """Calculate the charges of messages again before they leave, and write them on their lines.

        :param company: root company of all of them
        :param communications: ``dunning.communication``
        """
        date = company._dunning_today()
        lines = communications._steps().filtered("move_line_id")
        claims = self._claims_of_steps(
            company, date, [(line.move_line_id.id, line.level_id.id) for line in lines], communications.ids)
        ranks = self._due_date_ranks(company, [
            (line.move_line_id.id, line.debtor_id.id, line.due_date) for line in lines
            if line.move_line_id.id in claims])
        costs_by_debtor = self._costs_by_debtor(set(lines.debtor_id.ids), claims)
        for communication, own_lines in lines.grouped("communication_id").items():
            context = ChargeContext(
                company, date, communication.currency_id, communication.channel, claims, ranks,
                costs_by_debtor[communication.debtor_id.id])
            self._update_lines(context, own_lines)
            if communication.notice_law_id and not any(own_lines.mapped("is_notice")):
                communication.notice_law_id = False

    # ------------------------------------------------------------------
    # Items
    # ------------------------------------------------------------------

    def _update_lines(self, context, lines):
        """Write the charges of the lines of one message, where they changed."""
        charges = self._item_charges(context, [
            self._item_step(
                context, line.move_line_id.id, line.level_id, line.amount_asked,
                line.amount_covered + line.amount_disputed,
                # where another law holds now, whether this is its notice is found out anew
                line.is_notice if line.law_id == context.claims[line.move_line_id.id].law else None)
            for line in lines if line.move_line_id.id in context.claims])
        nothing = ItemCharges(self.env["dunning.law"])
        for line in lines:
            vals = charges.get(line.move_line_id.id, nothing).line_vals()
            if any(line._fields[name].convert_to_write(line[name], line) != value for name, value in vals.items()):
                line.write(vals)

    def _item_step(self, context, item, level, asked, covered, was_notice=None):
        """:class:`ItemStep` of an item of the message.

        :param was_notice: whether the line was written as a notice of the law; None: to be found out
        """
        claim, medium = context.claims[item], self.env["dunning.law"]._notice_medium(context.channel)
        is_notice = claim.gives_notice(level, medium) if was_notice is None else bool(
            was_notice and medium and not claim.missing_statement)
        return ItemStep(item, level, claim, decimal(asked), decimal(covered), is_notice)

    def _item_charges(self, context, steps):
        """The charges of the items of one message: {item id: :class:`ItemCharges`}.

        :param steps: list of :class:`ItemStep`
        """
        charges, steps_by_law = {}, {}
        for step in steps:
            if reason := self._refusal_note(step.claim):
                charges[step.item] = ItemCharges(step.claim.law, note=reason)
            else:
                steps_by_law.setdefault(step.claim.law, []).append(step)
        for law, own_steps in steps_by_law.items():
            group = LawSteps(law, law._conversion(context.currency, context.company, context.date), own_steps)
            costs = self._step_costs(context, group)
            for step in own_steps:
                charges[step.item] = self._charges_of_step(context, step, costs[step.item])
        return charges

    def _charges_of_step(self, context, step, costs):
        """:class:`ItemCharges` of one item.

        :param costs: :class:`.dunning_charge_calculator_cost.StepCosts`
        """
        claim, calculation = step.claim, {}
        # charges that were asked after a notice which is void now are not owed any more
        must_wait = step.is_free() or claim.must_wait_on(context.date)
        cost_before = ZERO if must_wait else self._cost_still_owed(claim, context.currency, context.date)
        reminder_cost = costs.reminder
        if reminder_cost is None:
            reminder_cost = min(claim.reminder_cost_asked, cost_before)
        # the costs of reminders are part of the costs of collection
        cost = max(cost_before, costs.collection.amount if costs.collection else ZERO, reminder_cost)
        highest = claim.highest_cost()
        if highest is not None and highest < cost:
            cost = highest
            calculation["costs"] = costs_entry("announced", claim.current_cost_base(step.asked), cost)
        elif cost:
            calculation["costs"] = self._costs_entry(step, cost, costs.collection, reminder_cost)
        start = None if must_wait else claim.first_interest_day(context.date)
        interest, unknown_from = ZERO, None
        if step.level.asks_interest or claim.interest_asked:
            found = claim.interest_until(context.date, start, step.covered, decimal(context.currency.rounding))
            interest, calculation["interest"] = found.amount, interest_rows(found.stretches)
            unknown_from = next((stretch.start for stretch in found.stretches if stretch.percent is None), None)
        if step.is_notice and claim.is_default_notice_next():
            calculation["notice"] = "default"
        elif costs.announced is not None:
            calculation["announced"] = str(costs.announced)
        return ItemCharges(
            claim.law, step.is_notice, cost, min(reminder_cost, cost), interest,
            settled=min(claim.charges_settled, cost + interest),
            needs_notices=min(claim.notices_needed, len(claim.terms)),
            calculation=calculation or None,
            note=self._step_note(context, step, bool(cost), bool(start), unknown_from))

    @staticmethod
    def _costs_entry(step, cost, collection, reminder_cost):
        """The costs of an item as :func:`tools.calculation.costs_entry`."""
        law, base = step.claim.law, step.claim.current_cost_base(step.asked)
        if collection and collection.amount == cost and collection.bound:
            return costs_entry(collection.bound, base, cost)
        if collection and collection.amount == cost:
            is_fixed = not law.tier_ids or cost == decimal(law.cost_at_once)
            return costs_entry("fixed" if is_fixed else "collection", base, cost, collection.together)
        if reminder_cost == cost:
            return costs_entry("reminder", step.asked, cost)
        return costs_entry("before", base, cost)
