"""The costs of one message: of collection, of reminders, and those that a notice announces."""

from collections import defaultdict
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from odoo import api, models

from ...tools.collection_costs import ZERO, capped, share_out
from ...tools.decimals import decimal


class StepCosts(NamedTuple):
    """The costs that may be asked of one item, in the currency of the message."""

    collection: "CollectionCost | None"  #: None where the step asks none or may not
    reminder: Decimal | None  #: costs of all its reminders with this one; None where the step asks none or may not
    announced: Decimal | None  #: what follows if the notice is not heeded; None where the step gives none


class CollectionCost(NamedTuple):
    """Costs of collection of one item, in the currency of the message."""

    amount: Decimal
    together: tuple | None  #: (sum of the claims, costs of that sum) where claims were added up
    bound: str = ""  #: what lowered it: "capped" or "announced", see :func:`tools.calculation.costs_entry`


class AllowedCost(NamedTuple):
    """Costs that the law allows for one item, in its own currency."""

    amount: Decimal
    together: tuple | None = None  #: as in :class:`CollectionCost`


class CostClaim(NamedTuple):
    """What the costs of one item are calculated on, in the currency of the law."""

    step: object  #: :class:`.dunning_charge_calculator.ItemStep`
    base: Decimal  #: what is still due
    cost_before: Decimal  #: what was asked before


class DebtorCosts:
    """The costs that were asked of the open items of one debtor, each in the currency of its law.

    Where the law gives costs to an invoice, also those that were announced of its instalments, or asked of instalments
    that are paid. Each message of a night adds its own, so that the next message to the same debtor counts them.
    """

    def __init__(self):
        self._by_item, self._instalments = {}, {}

    def add(self, law, currency, item, base, cost, invoice=None):
        """Record the costs of an item; they replace those that were recorded before.

        :param currency: ``res.currency`` of the item
        :param base: Decimal, what the costs were calculated on
        :param invoice: see ``dunning_claim.Claim``; needed where the law gives costs to an invoice
        """
        self._by_item[law.id, currency.id, item] = base, cost, invoice

    def add_instalment(self, law, currency, item, instalment):
        """Record the costs of a regular instalment; the higher ones stay.

        :param currency: ``res.currency`` of the item
        :param instalment: :class:`.dunning_charge_calculator_instalment.Instalment`
        """
        key = law.id, currency.id, item
        before = self._instalments.get(key)
        if before is None or before.cost < instalment.cost:
            self._instalments[key] = instalment if before is None else before._replace(cost=instalment.cost)

    def instalments_of_other_items(self, law, currency, items):
        """The instalments of the items under the law, in the currency, that are not among ``items`` (ids)."""
        return [found for (law_id, currency_id, item), found in self._instalments.items()
                if law_id == law.id and currency_id == currency.id and item not in items]

    def of_other_items(self, law, currency, items, invoice=None):
        """[(base, cost)] of the items that are under the law, in the currency, and not among ``items`` (ids).

        :param invoice: only items of this invoice; None: all
        """
        return [(base, cost) for (law_id, currency_id, item), (base, cost, move) in self._by_item.items()
                if law_id == law.id and currency_id == currency.id and item not in items
                and (invoice is None or move == invoice)]


class DunningChargeCalculator(models.AbstractModel):
    _inherit = "dunning.charge.calculator"

    # ------------------------------------------------------------------
    # What is read once for all messages of a batch
    # ------------------------------------------------------------------

    @api.model
    def _costs_by_debtor(self, debtor_ids, claims):
        """{debtor id: :class:`DebtorCosts`}, of charges whose item is still open.

        Filled only for laws that hold for one of ``claims`` and add claims up, and with the other instalments of
        these; empty for every other debtor.
        """
        found = defaultdict(DebtorCosts)
        self._add_instalments(found, debtor_ids, claims)
        self._add_other_instalments(found, claims)
        laws = {claim.law for claim in claims.values() if claim.law.cost_basis == "notice" and claim.law.tier_ids}
        if not laws:
            return found
        # who sends for a branch may lack access to the root company, of which charges are; only amounts come back
        charges = self.env["dunning.charge"].sudo().search([
            ("debtor_id", "in", [debtor for debtor in debtor_ids if debtor > 0]), ("state", "=", "running"),
            ("cost_amount", ">", 0), ("law_id", "in", [law.id for law in laws])])
        for charge in charges:
            conversion = charge.law_id._conversion(charge.currency_id, charge.company_id, charge.date)
            found[charge.debtor_id.id].add(
                charge.law_id, charge.currency_id, charge.move_line_id.id,
                conversion.to_law(decimal(charge.cost_base)), conversion.to_law(decimal(charge.cost_amount)))
        return found

    @api.model
    def _due_date_ranks(self, company, items):
        """The position of each item among the unpaid due dates of its customer in a calendar year: {item id: rank}.

        1 is the first. Due dates count, not letters (Belgium, Code of Economic Law art. XIX.2): first those of
        reminders that were sent, then those of ``items`` in their order. Empty where the company has no regular
        deliveries, as the rank does not matter then.

        :param items: list of (item id, debtor id, due date)
        """
        if not company.root_id.dunning_regular_deliveries or not items:
            return {}
        self.env.cr.execute("""
            SELECT DISTINCT communication.debtor_id, line.due_date
              FROM dunning_communication_line line
              JOIN dunning_communication communication ON communication.id = line.communication_id
             WHERE communication.debtor_id = ANY(%s) AND line.level_number > 0 AND line.level_id IS NOT NULL
               AND line.void IS NOT TRUE AND communication.state = 'sent'
             ORDER BY line.due_date
        """, [list({debtor for _item, debtor, _due in items})])
        due_dates = defaultdict(list)
        for debtor, due in self.env.cr.fetchall():
            due_dates[debtor, due.year].append(due)
        for _item, debtor, due in sorted(items, key=lambda item: item[2]):
            if due not in due_dates[debtor, due.year]:
                due_dates[debtor, due.year].append(due)
        return {item: due_dates[debtor, due.year].index(due) + 1 for item, debtor, due in items}

    # ------------------------------------------------------------------
    # Costs of a message
    # ------------------------------------------------------------------

    def _step_costs(self, context, group):
        """{item id: :class:`StepCosts`} of the items of one message under one law.

        :param context: :class:`.dunning_charge_calculator.ChargeContext`
        :param group: :class:`.dunning_charge_calculator.LawSteps`
        """
        collection = self._collection_costs(context, group)
        reminder = self._reminder_costs(context, group)
        announced = self._announced_costs(context, group)
        return {step.item: StepCosts(collection.get(step.item), reminder.get(step.item), announced.get(step.item))
                for step in group.steps}

    def _collection_costs(self, context, group):
        """{item id: :class:`CollectionCost`} of the items whose step asks costs of collection and may."""
        with_scale, fixed = self._steps_with_collection_costs(context, group)
        found = {}
        from_law = group.conversion.from_law
        for steps, is_scale in ((with_scale, True), (fixed, False)):
            claims = [self._cost_claim(step, group.conversion) for step in steps]
            allowed = self._allowed_costs(context, group.law, claims, is_scale)
            costs = bounded = [one.amount for one in allowed]
            if is_scale:
                bounded = self._bounded_costs(context, group, claims, costs)
                costs = self._costs_within_announced(context, group, claims, bounded)
            for claim, one, most, cost in zip(claims, allowed, bounded, costs, strict=True):
                found[claim.step.item] = CollectionCost(
                    from_law(cost), one.together and tuple(map(from_law, one.together)),
                    "announced" if cost < most else "capped" if most < one.amount else "")
                context.debtor_costs.add(
                    group.law, context.currency, claim.step.item, claim.base, cost, claim.step.claim.invoice)
        return found

    @staticmethod
    def _costs_within_announced(context, group, claims, costs):
        """``costs`` of ``claims``, lowered to what the notices announced for them; see ``Claim.highest_cost``.

        :param claims: list of :class:`CostClaim`
        :param costs: list of Decimals in the law's currency, in the order of ``claims``
        """
        to_law, from_law = group.conversion.to_law, group.conversion.from_law
        at_by_notice, lowered = defaultdict(list), list(costs)
        for index, claim in enumerate(claims):
            if claim.step.claim.announced:
                at_by_notice[claim.step.claim.announced.notice].append(index)
        for at in at_by_notice.values():
            first = claims[at[0]].step.claim
            # of the other claims of the notice; what is announced is not converted again at another rate
            asked = first.announced.asked - sum((claims[index].step.claim.cost_asked for index in at), ZERO)
            amounts = [from_law(costs[index]) for index in at]
            within = capped(
                amounts, [from_law(claims[index].cost_before) for index in at],
                max(first.announced.total - asked, decimal(group.law.cost_at_once)),
                decimal(context.currency.rounding))
            for index, amount, most in zip(at, amounts, within, strict=True):
                if most < amount:
                    lowered[index] = to_law(most)
        return lowered

    def _steps_with_collection_costs(self, context, group):
        """The steps that may ask the scale of the law, and those that may ask only the fixed costs of an invoice."""
        law, with_scale, fixed = group.law, [], []
        for step in group.steps:
            claim = step.claim
            if step.level.costs != "collection" or step.is_free() or claim.must_wait_on(context.date):
                continue
            charge_date = claim.first_charge_date() if law.tier_ids else None
            if charge_date and charge_date <= min(context.date, claim.booked_until):
                with_scale.append(step)
                continue
            start = claim.first_interest_day(context.date) if law.cost_at_once else None
            # once an invoice, not for each of its instalments (CJEU C-585/20)
            is_asked = claim.is_fixed_cost_asked or claim.move in {other.claim.move for other in fixed}
            if start and start <= context.date and not is_asked:
                fixed.append(step)
        return with_scale, fixed

    @staticmethod
    def _cost_claim(step, conversion):
        claim = step.claim
        return CostClaim(
            step, conversion.to_law(claim.current_cost_base(step.asked)),
            # costs that were asked on a higher amount are calculated anew
            ZERO if claim.is_cost_base_reduced() else conversion.to_law(claim.cost_asked))

    def _reminder_costs(self, context, group):
        """{item id: costs of all its reminders with this one}, of the items whose step asks them and may.

        A reminder costs once and not for each item in it; the costs are shared out by the amounts asked. A notice of
        the law counts as the first reminder, even where others were written before it.
        """
        law = group.law
        steps = [
            step for step in group.steps
            if law.reminder_cost and step.level.costs != "none"
            and (step.is_notice or not step.claim.must_wait_on(context.date)
                 and step.claim.is_named_in_notice(step.asked))]
        costs = [
            law._reminder_cost(
                context.company, 1 if step.is_notice else step.claim.reminders + 1, step.claim.invoice_date,
                context.channel, context.due_date_ranks.get(step.item, 1))
            for step in steps]
        paying = [step for step, cost in zip(steps, costs, strict=True) if cost]
        shares = share_out(max(costs, default=ZERO), [step.asked for step in paying])
        return {step.item: step.claim.reminder_cost_asked + group.conversion.from_law(share)
                for step, share in zip(paying, shares, strict=True)}

    def _announced_costs(self, context, group):
        """{item id: costs that follow if the notice is not heeded}, calculated on what is still due."""
        claims = [CostClaim(step, group.conversion.to_law(step.asked), ZERO) for step in group.steps if step.is_notice]
        costs = [one.amount for one in self._allowed_costs(context, group.law, claims, True)]
        costs = self._bounded_costs(context, group, claims, costs)
        if group.law.cost_basis == "invoice":
            for claim, cost in zip(claims, costs, strict=True):
                context.debtor_costs.add(
                    group.law, context.currency, claim.step.item, claim.base, cost, claim.step.claim.invoice)
        return {claim.step.item: group.conversion.from_law(cost) for claim, cost in zip(claims, costs, strict=True)}

    def _allowed_costs(self, context, law, claims, with_scale):
        """The costs that the law allows for some claims, as a list of :class:`AllowedCost` in their order.

        Where it adds claims up (Netherlands, BW 6:96(7)), costs that were asked of other open items of the debtor
        count: all together never cost more than one notice for all of them would. Elsewhere the same holds for the
        instalments of one invoice.

        :param claims: list of :class:`CostClaim`
        :param with_scale: see ``dunning.law._costs``
        """
        if not with_scale or not law.tier_ids:
            return [AllowedCost(cost) for cost in law._costs(
                context.company, [(claim.base, claim.step.claim.invoice_date) for claim in claims], with_scale)]
        claims_by_invoice, found = defaultdict(list), {}
        for claim in claims:
            facts = claim.step.claim
            claims_by_invoice[None if law.cost_basis == "notice" else facts.invoice or (facts.item,)].append(claim)
        for invoice, own in claims_by_invoice.items():
            costs = self._costs_together(context, law, own, invoice)
            found.update(zip((claim.step.item for claim in own), costs, strict=True))
        return [found[claim.step.item] for claim in claims]

    @staticmethod
    def _costs_together(context, law, claims, invoice):
        """The costs of claims that are added up, with other items of which costs were asked: see
        :meth:`_allowed_costs`.

        :param invoice: the invoice of which they are; None where the law adds up all claims of the debtor
        """
        bases = [claim.base for claim in claims]
        others = context.debtor_costs.of_other_items(
            law, context.currency, {claim.step.item for claim in claims}, invoice)
        all_bases = [*bases, *(base for base, _cost in others)]
        # costs were asked of the others, so that no condition on their invoice date is left to check
        dates = [claim.step.claim.invoice_date for claim in claims]
        dates += [dates[0]] * len(others)
        if invoice is None:
            all_costs = law._costs(context.company, list(zip(all_bases, dates, strict=True)), True)
        else:
            total, = law._costs(context.company, [(sum(all_bases, ZERO), dates[0])], True)
            if len(all_bases) == 1:
                return [AllowedCost(total)]
            all_costs = share_out(total, all_bases)
        asked = sum((cost for _base, cost in others), ZERO) + sum((claim.cost_before for claim in claims), ZERO)
        gaps = [max(cost - claim.cost_before, ZERO) for claim, cost in zip(claims, all_costs, strict=False)]
        shares = share_out(max(sum(all_costs, ZERO) - asked, ZERO), gaps)
        together = sum(all_bases, ZERO), sum(all_costs, ZERO)
        return [AllowedCost(claim.cost_before + share, together) for claim, share in zip(claims, shares, strict=True)]

    @api.model
    def _cost_still_owed(self, claim, currency, date):
        """Of the costs that were asked of a claim, what is still owed, in its currency.

        Less than what was asked where a credit note, or a payment in time that was booked late, reduced the amount on
        which they were calculated.

        :param claim: :class:`.dunning_claim.Claim`
        :param currency: ``res.currency`` of the claim
        """
        if not claim.is_cost_base_reduced():
            return claim.cost_asked
        law = claim.law
        conversion = law._conversion(currency, claim.company, date)
        base = conversion.to_law(claim.current_cost_base(claim.open))
        cost, = law._costs(claim.company, [(base, claim.invoice_date)], bool(law.tier_ids))
        cost = conversion.from_law(cost)
        if law.tier_ids and claim.is_cost_shared():
            # the share falls with the claim; what the law allows for the claim alone may be more
            share = claim.cost_asked * claim.current_cost_base(claim.open) / claim.cost_base
            cost = min(cost, share.quantize(decimal(currency.rounding), ROUND_DOWN))
        return min(claim.cost_asked, max(cost, claim.reminder_cost_asked))
