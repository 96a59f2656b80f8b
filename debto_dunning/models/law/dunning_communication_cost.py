from collections import defaultdict

from odoo import api, models
from odoo.tools import format_date

from ...tools.collection_costs import ZERO, share_out
from ...tools.decimals import decimal


class DunningCommunication(models.Model):
    """The costs of one message: of collection, of reminders by themselves, and those that a notice announces."""

    _inherit = "dunning.communication"

    # ------------------------------------------------------------------
    # Costs of a message
    # ------------------------------------------------------------------

    def _charge_costs(self, company, date, currency, law, group, rate, elsewhere):
        """Costs of collection for those items of one law whose step asks them and may: {item id: (amount, together)}.

        ``together`` is the sum of the claims and the costs of that sum, where the law adds claims up.
        """
        after, at_once = [], []
        for asking in group:
            claim = asking.claim
            if asking.level.costs != "collection" or asking.is_notice and law.free_reminders or claim.is_free_on(date):
                continue
            charge_date = claim.charge_date() if law.tier_ids else None
            if charge_date and charge_date <= min(date, claim.known):
                after.append(asking)
            elif law.cost_at_once and (start := claim.interest_start(date)) and start <= date:
                # once an invoice, whatever its instalments (CJEU C-585/20)
                if not claim.is_fixed_asked and claim.move not in {other.claim.move for other in at_once}:
                    at_once.append(asking)
        found = {}
        for with_scale, some in ((True, after), (False, at_once)):
            amounts = [asking.claim.base(asking.asked) * rate for asking in some]
            costs, together = self._added_up(
                company, currency, law, some, amounts, with_scale, elsewhere,
                [ZERO if asking.claim.base_fell() else asking.claim.cost * rate for asking in some])
            together = together and [self._in_currency(amount, rate, currency) for amount in together]
            for asking, base, cost in zip(some, amounts, costs, strict=True):
                found[asking.item] = self._in_currency(cost, rate, currency), together
                elsewhere[law.id, currency.id, asking.item] = base, cost
        return found

    @api.model
    def _costs_elsewhere(self, debtor_ids, claims):
        """Costs asked of open items, by debtor: {debtor id: {(law id, currency id, item id): (base, costs)}}.

        Only where one of ``claims`` is under a law that adds claims up; amounts are in that law's currency.
        """
        found = defaultdict(dict)
        laws = {claim.law for claim in claims.values() if claim.law.cost_basis == "notice" and claim.law.tier_ids}
        if not laws:
            return found
        charges = self.env["dunning.charge"].sudo().search([  # what was asked counts, whoever sends
            ("debtor_id", "in", [debtor for debtor in debtor_ids if debtor > 0]), ("state", "=", "running"),
            ("cost_amount", ">", 0), ("law_id", "in", [law.id for law in laws])])
        for charge in charges:
            rate = self._law_rate(charge.company_id, charge.date, charge.currency_id, charge.law_id)
            found[charge.debtor_id.id][charge.law_id.id, charge.currency_id.id, charge.move_line_id.id] = (
                decimal(charge.cost_base) * rate, decimal(charge.cost_amount) * rate)
        return found

    def _cost_in_time(self, claim, currency, date):
        """The costs that were asked of a claim; where a credit note, or a payment in time that was booked late, took
        off what they were reckoned on, on the rest.
        """
        if not claim.base_fell():
            return claim.cost
        law = claim.law
        rate = self._law_rate(claim.company, date, currency, law)
        cost, = law._costs(
            claim.company, [(claim.base(claim.open) * rate, claim.invoice_date)], bool(law.tier_ids))
        return min(claim.cost, max(self._in_currency(cost, rate, currency), claim.reminder_cost))

    def _charge_reminders(self, company, date, currency, law, group, channel, rate, ranks):
        """What the reminders of each item cost by themselves, this one among them: a reminder costs once, whatever
        number of items stands in it. A notice is the first reminder, whatever was written before it.
        """
        askings = [
            asking for asking in group
            if law.reminder_cost and asking.level.costs != "none"
            and (asking.is_notice or not asking.claim.is_free_on(date))]
        costs = [
            law._reminder_cost(
                company, 1 if asking.is_notice else asking.claim.reminders + 1, asking.claim.invoice_date, channel,
                ranks.get(asking.item, 1))
            for asking in askings]
        paying = [asking for asking, cost in zip(askings, costs, strict=True) if cost]
        shares = share_out(max(costs, default=ZERO), [asking.asked for asking in paying])
        return {
            asking.item: asking.claim.reminder_cost + self._in_currency(share, rate, currency)
            for asking, share in zip(paying, shares, strict=True)}

    def _announce(self, company, currency, law, group, rate, elsewhere):
        """The costs that follow if a notice is not heeded, by item id, reckoned on what is still due."""
        notices = [asking for asking in group if asking.is_notice]
        amounts, _together = self._added_up(
            company, currency, law, notices, [asking.asked * rate for asking in notices], True, elsewhere,
            [ZERO] * len(notices))
        return {asking.item: self._in_currency(amount, rate, currency)
                for asking, amount in zip(notices, amounts, strict=True)}

    def _added_up(self, company, currency, law, askings, amounts, with_scale, elsewhere, before):
        """What the law lets these claims cost in all, in its own currency.

        Where it adds claims up (Netherlands, BW 6:96(7)), the costs asked of the debtor's other open claims count:
        all together never cost more than one notice for all of them would.

        :param amounts: what is still due of each, in the law's currency
        :param before: what was asked of each before
        :return: (amounts in the order of ``askings``, (sum of the claims, costs of that sum) or None)
        """
        if not askings:
            return [], None
        invoiced = [asking.claim.invoice_date for asking in askings]
        if not with_scale or law.cost_basis != "notice":
            return law._costs(company, list(zip(amounts, invoiced, strict=True)), with_scale), None
        own = {asking.item for asking in askings}
        others = [pair for (law_id, currency_id, item), pair in elsewhere.items()
                  if law_id == law.id and currency_id == currency.id and item not in own]
        claims = [*amounts, *(base for base, _cost in others)]
        all_costs = law._costs(company, list(zip(claims, invoiced + invoiced[:1] * len(others), strict=True)), True)
        more = max(sum(all_costs, ZERO) - sum((cost for _base, cost in others), ZERO) - sum(before, ZERO), ZERO)
        gaps = [max(cost - asked, ZERO) for cost, asked in zip(all_costs, before, strict=False)]
        shares = share_out(more, gaps)
        return [asked + share for asked, share in zip(before, shares, strict=True)], (
            sum(claims, ZERO), sum(all_costs, ZERO))

    def _in_currency(self, amount, rate, currency):
        return amount if rate == 1 else decimal(currency.round(float(amount / rate)))

    @api.model
    def _due_date_ranks(self, company, items):
        """The how manieth unpaid due date of its calendar year each item is for its customer: {item id: rank}.

        Due dates count, not letters (Belgium, Code of Economic Law art. XIX.2): those of earlier reminders, then
        those at hand in their order. Empty where the company has no regular deliveries.

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
        reminded = {}
        for debtor, due in self.env.cr.fetchall():
            reminded.setdefault((debtor, due.year), []).append(due)
        for _item, debtor, due in sorted(items, key=lambda item: item[2]):
            days = reminded.setdefault((debtor, due.year), [])
            if due not in days:
                days.append(due)
        return {item: reminded[debtor, due.year].index(due) + 1 for item, debtor, due in items}

    # ------------------------------------------------------------------
    # Why not more
    # ------------------------------------------------------------------

    def _interest_note(self, date, asking):
        claim = asking.claim
        if not claim.law.interest_kind_id:
            return self.env._("%s: no interest may be asked.", claim.law.name)
        return self._wait_note(date, asking) or self.env._(
            "%s: interest has not begun to run.", claim.law.name)

    def _cost_note(self, date, asking):
        law = asking.claim.law
        if not law.tier_ids and not law.cost_at_once and not law.reminder_cost:
            return self.env._("%s: no costs may be asked.", law.name)
        if asking.level.costs == "reminder" and not law.reminder_cost:
            return self.env._("%s: a reminder costs nothing by itself.", law.name)
        return self._wait_note(date, asking)

    def _wait_note(self, date, asking):
        """What of the law's sequence is not done yet, as a sentence; empty where nothing is missing."""
        claim, law = asking.claim, asking.claim.law
        if claim.notices < claim.needed:
            return self.env._("%s: the notice that comes first was not given yet.", law.name)
        if not claim.terms:
            return self.env._("%s: it is not known yet on which day the notice left.", law.name)
        charge_date = claim.charge_date()
        if charge_date and charge_date > min(date, claim.known):
            last = format_date(self.env, claim.terms[max(claim.needed, 1) - 1].last)
            if charge_date > date:
                return self.env._(
                    "%(law)s: the %(days)s days of the free reminder end on %(date)s.", law=law.name,
                    days=law.wait_days, date=last)
            return self.env._(
                "%(law)s: the waiting time ended on %(date)s, and the bank is not booked beyond that day yet.",
                law=law.name, date=last)
        return ""
