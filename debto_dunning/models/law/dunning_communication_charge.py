from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...tools import interest
from ...tools.collection_costs import ZERO
from ...tools.decimals import decimal


class Charged(NamedTuple):
    """What a message says of one item besides its principal; amounts are Decimals in the item's currency."""

    law: object
    is_notice: bool = False
    cost: Decimal = ZERO
    reminder_cost: Decimal = ZERO  #: of the costs, what reminders cost by themselves
    interest: Decimal = ZERO
    settled: Decimal = ZERO  #: of costs and interest, what was received before
    needs_notices: int = 0
    calculation: dict | None = None
    note: str = ""  #: why not more is asked

    def left(self):
        """What of costs and interest is left to pay."""
        return max(self.cost + self.interest - self.settled, ZERO)

    def line_vals(self):
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


class Asking(NamedTuple):
    """One item of a message for which its step wants costs or interest, or gives the law's notice."""

    item: int
    level: object
    claim: object
    asked: Decimal
    covered: Decimal
    is_notice: bool


class DunningCommunication(models.Model):
    """Costs and interest: what each item of a message is asked besides its principal, and why not more.

    The sequence is the law's, whoever sends: see :meth:`_charge_items`.
    """

    _inherit = "dunning.communication"

    # ------------------------------------------------------------------
    # Claims of decided items
    # ------------------------------------------------------------------

    @api.model
    def _claims_of(self, company, date, steps, delivering=()):
        """The claims of those ``steps`` of which costs or interest are to be thought: {item id: Claim}.

        :param steps: list of (item id, level id)
        """
        levels = self.env["dunning.level"].browse({level for _item, level in steps})
        wanting = {level.id for level in levels if level.gives_notice or level._wants_charges()}
        charged = self.env["dunning.charge"]._charged_items([item for item, level in steps if level not in wanting])
        return self.env["dunning.claim"]._claims(
            company, date, [item for item, level in steps if level in wanting or item in charged], delivering)

    @api.model
    def _notice_law(self, level, claim, channel):
        """The law by which this step of an item is a notice of its own; empty where it is none."""
        medium = self.env["dunning.law"]._notice_medium(channel)
        if claim and claim.law.own_notice and claim.is_notice(level, medium):
            return claim.law
        return self.env["dunning.law"]

    # ------------------------------------------------------------------
    # What a message asks besides
    # ------------------------------------------------------------------

    @api.model
    def _charge_messages(self, company, date, messages, claims):
        """:class:`Charged` of every item of messages that are about to be written: {item id: Charged}.

        :param messages: {MessageKey: [Decision]}
        """
        ranks = self._due_date_ranks(company, [
            (row.item, key.debtor, row.due) for key, due in messages.items() for row in due if row.item in claims])
        elsewhere = self._costs_elsewhere({key.debtor for key, due in messages.items()}, claims)
        levels, charged = self.env["dunning.level"], {}
        for key, due in messages.items():
            asked = [(row.item, levels.browse(row.level), decimal(row.asked), decimal(row.covered), None)
                     for row in due if row.item in claims]
            if asked:
                charged.update(self._charge_items(
                    company, date, self.env["res.currency"].browse(key.currency), key.channel, asked, claims, ranks,
                    elsewhere[key.debtor]))
        return charged

    def _charge_again(self, company):
        """Reckon costs and interest of messages anew before they leave, as :meth:`_charge_messages` did."""
        date = company._dunning_today()
        steps = self._steps().filtered("move_line_id")
        claims = self._claims_of(
            company, date, [(line.move_line_id.id, line.level_id.id) for line in steps], self.ids)
        ranks = self._due_date_ranks(company, [
            (line.move_line_id.id, line.debtor_id.id, line.due_date) for line in steps
            if line.move_line_id.id in claims])
        elsewhere = self._costs_elsewhere(set(steps.debtor_id.ids), claims)
        nothing = Charged(self.env["dunning.law"]).line_vals()
        for communication, lines in steps.grouped("communication_id").items():
            charged = self._charge_items(company, date, communication.currency_id, communication.channel, [
                (line.move_line_id.id, line.level_id, decimal(line.amount_asked), decimal(line.amount_covered),
                 # another law now: whether this is its notice is found out anew
                 line.is_notice if line.law_id == getattr(claims.get(line.move_line_id.id), "law", None) else None)
                for line in lines], claims, ranks, elsewhere[communication.debtor_id.id])
            for line in lines:
                found = charged.get(line.move_line_id.id)
                vals = found.line_vals() if found else nothing
                if any(line._fields[name].convert_to_write(line[name], line) != value
                       for name, value in vals.items()):
                    line.write(vals)
            if communication.notice_law_id and not any(lines.mapped("is_notice")):
                communication.notice_law_id = False

    @api.model
    def _charge_items(self, company, date, currency, channel, asked, claims, ranks, elsewhere):
        """What each item of one message is asked besides its principal.

        A notice of the law asks nothing but what the law lets it cost itself. Costs and interest are asked when the
        law's free reminders were given and their waiting time is over. What was asked once stays asked.

        :param asked: list of (item id, level, amount asked, amount covered, whether it was written as the notice or
            None: to be found out)
        :param claims: {item id: Claim}
        :param ranks: {item id: the how manieth unpaid due date of its year}, see :meth:`_due_date_ranks`
        :param elsewhere: costs asked of the debtor's other items, see :meth:`_costs_elsewhere`; this message's are
            added
        :return: {item id: Charged}, without the items of which there is nothing to say
        """
        medium = self.env["dunning.law"]._notice_medium(channel)
        found, askings = {}, []
        for item, level, amount, covered, is_notice in asked:
            claim = claims.get(item)
            if claim is None:
                continue
            if is_notice is None:
                is_notice = claim.is_notice(level, medium)
            refusal = self._charge_refusal(claim)
            if refusal:
                found[item] = Charged(claim.law, note=refusal)
            else:
                askings.append(Asking(item, level, claim, amount, covered, bool(is_notice and medium)))
        for law, group in self._by_law(askings).items():
            rate = self._law_rate(company, date, currency, law)
            costs = self._charge_costs(company, date, currency, law, group, rate, elsewhere)
            reminders = self._charge_reminders(company, date, currency, law, group, channel, rate, ranks)
            announced = self._announce(company, currency, law, group, rate, elsewhere)
            for asking in group:
                found[asking.item] = self._charge_one(
                    date, currency, asking, costs.get(asking.item), reminders.get(asking.item),
                    announced.get(asking.item))
        return found

    def _drop_settled_charges(self, company):
        """Leave out charges of paid invoices that are paid, waived or held since; bring the others up to date."""
        charges = self.line_ids.charge_id
        if not charges:
            return
        asked = self.env["dunning.charge"]._pursuable(company, SQL("charge.id = ANY(%s)", charges.ids), self.ids)
        for line in self.line_ids.filtered("charge_id"):
            if line.charge_id in asked:
                line.write(line.charge_id._line_amounts())
            else:
                line.unlink()

    def _record_charges(self):
        """Record on the charges what these messages, which have left, asked for."""
        for charge in self.line_ids.charge_id.filtered(lambda charge: not charge.pursued_on):
            # who sends may lack the right to write charges; only this mark of the message is written
            charge.sudo().pursued_on = charge.company_id._dunning_today()
        self.env["dunning.charge"]._take_over(
            self.line_ids.filtered(lambda line: line.level_id and line.law_id).move_line_id)

    def _by_law(self, askings):
        groups = {}
        for asking in askings:
            groups.setdefault(asking.claim.law, []).append(asking)
        return groups

    def _law_rate(self, company, date, currency, law):
        """Units of the law's currency for one of the item's; Decimal."""
        if currency == law.currency_id:
            return Decimal(1)
        return decimal(self.env["res.currency"]._get_conversion_rate(currency, law.currency_id, company, date))

    def _charge_refusal(self, claim):
        """Why nothing at all is asked for a claim, as a sentence; empty where something may be."""
        if claim.waived:
            return self.env._("Waived: %s", claim.waived)
        if not claim.law:
            country = self.env["res.country"].browse(claim.country)
            if claim.is_consumer and not country:
                return self.env._("The customer has no country: it tells which law holds, and without it nothing is "
                                  "charged.")
            return (self.env._("No law for consumers in %s is known here: nothing is charged.", country.name)
                    if claim.is_consumer else
                    self.env._("No law for businesses of this country is known here: nothing is charged."))
        return claim.refusal

    def _charge_one(self, date, currency, asking, cost, reminder_cost, announced):
        """:class:`Charged` of one item.

        :param cost: Decimal of the scale and what it was reckoned on together, or None where none may be asked
        :param reminder_cost: Decimal of all its reminders with this one, or None
        :param announced: what the notice says that will follow, or None
        """
        claim, level = asking.claim, asking.level
        is_free = asking.is_notice and bool(claim.law.free_reminders)
        # where the notice came back, what was asked after it counts no more
        must_wait = is_free or claim.is_free_on(date)
        asked_before = ZERO if must_wait else self._cost_in_time(claim, currency, date)
        notes, calculation = [], {}
        if reminder_cost is None:
            reminder_cost = min(claim.reminder_cost, asked_before)
        # what reminders cost is part of the costs of collection, never on top of it
        total = max(asked_before, cost[0] if cost else ZERO, reminder_cost)
        if total:
            calculation["costs"] = self._cost_words(asking, total, cost, reminder_cost)
        interest_amount = ZERO
        if level.asks_interest or claim.interest:
            start = None if must_wait else claim.interest_start(date)
            reckoned = claim.interest_until(date, start, asking.covered, decimal(currency.rounding))
            interest_amount = reckoned.amount
            calculation["interest"] = self._stretch_rows(reckoned)
            if level.asks_interest and not start and not is_free:
                notes.append(self._interest_note(date, asking))
        if level.costs != "none" and not total and not is_free:
            notes.append(self._cost_note(date, asking))
        if is_free and level._wants_charges():
            notes.append(self.env._("%s: this is the free notice; costs and interest come after its waiting time.",
                                    claim.law.name))
        if asking.is_notice and claim.is_default_next():
            calculation["notice"] = "default"
        elif announced is not None:
            calculation["announced"] = str(announced)
        return Charged(
            claim.law, asking.is_notice, total, min(reminder_cost, total), interest_amount,
            min(claim.received, total + interest_amount), min(claim.needed, len(claim.terms)), calculation or None,
            "\n".join(dict.fromkeys(filter(None, notes))))

    @staticmethod
    def _stretch_rows(reckoned):
        """The stretches of :class:`tools.interest.Interest` as the log keeps them; what a new half year did not
        change is one.
        """
        rows = []
        for stretch in interest.joined(reckoned.stretches):
            rows.append({
                "from": str(stretch.start), "to": str(stretch.end), "days": stretch.days,
                "percent": None if stretch.percent is None else str(stretch.percent),
                "base": str(stretch.base), "amount": str(stretch.amount)})
        return rows

    @staticmethod
    def _cost_words(asking, total, cost, reminder_cost):
        """How costs came about: kind (reminder, collection, fixed, or asked before), of what claim, amount, and where
        claims were added up, their sum and its costs.
        """
        base, together = asking.asked, None
        if cost and cost[0] == total:
            law = asking.claim.law
            kind = "fixed" if not law.tier_ids or cost[0] == decimal(law.cost_at_once) else "collection"
            base, together = asking.claim.base(asking.asked), cost[1]
        elif reminder_cost == total:
            kind = "reminder"
        else:
            kind, base = "before", asking.claim.base(asking.asked)
        return {"kind": kind, "base": str(base), "amount": str(total),
                "together": together and [str(amount) for amount in together]}
