"""Why a message asks no costs or interest of an item, or not more of them, in words."""

from odoo import models
from odoo.tools import format_date


class DunningChargeCalculator(models.AbstractModel):
    _inherit = "dunning.charge.calculator"

    def _refusal_note(self, claim):
        """Why nothing at all may be asked of a claim, as a sentence; empty where something may be.

        :param claim: :class:`.dunning_claim.Claim`
        """
        if claim.waived:
            return self.env._("Waived: %s", claim.waived)
        if claim.agreement:
            return claim.agreement
        if not claim.law:
            country = self.env["res.country"].browse(claim.country)
            if claim.is_consumer and not country:
                return self.env._("The customer has no country: it tells which law holds, and without it nothing is "
                                  "charged.")
            return (self.env._("No law for consumers in %s is known here: nothing is charged.", country.name)
                    if claim.is_consumer else
                    self.env._("No law for businesses of this country is known here: nothing is charged."))
        return claim.refusal

    def _step_note(self, context, step, has_cost, has_interest, unknown_from=None):
        """Why less is asked of an item than its step wants, one sentence a line; empty where all of it is asked.

        :param context: :class:`.dunning_charge_calculator.ChargeContext`
        :param step: :class:`.dunning_charge_calculator.ItemStep`
        :param has_interest: whether it is known from which day on interest runs
        :param unknown_from: the first day on which interest runs at a rate that is not known; None where all are known
        """
        level, notes = step.level, []
        if level.gives_notice:
            notes.append(self._missing_statement_note(step.claim))
        if unknown_from:
            notes.append(self.env._(
                "%(law)s: the rate of interest from %(date)s on is not known yet; interest of the days since is asked "
                "once it is entered.", law=step.claim.law.name, date=format_date(self.env, unknown_from)))
        if level.asks_interest and not has_interest and not step.is_free():
            notes.append(self._interest_note(context.date, step))
        if level.costs != "none" and not has_cost and not step.is_free():
            notes.append(self._cost_note(context.date, step))
        if step.is_free() and level._wants_charges():
            notes.append(self.env._("%s: this is the free notice; costs and interest come after its waiting time.",
                                    step.claim.law.name))
        return "\n".join(dict.fromkeys(filter(None, notes)))

    def _interest_note(self, date, step):
        law = step.claim.law
        if not law.interest_kind_id:
            return self.env._("%s: no interest may be asked.", law.name)
        return self._waiting_note(date, step.claim) or self.env._("%s: interest has not begun to run.", law.name)

    def _cost_note(self, date, step):
        law = step.claim.law
        if not law.tier_ids and not law.cost_at_once and not law.reminder_cost:
            return self.env._("%s: no costs may be asked.", law.name)
        if step.level.costs == "reminder" and not law.reminder_cost:
            return self.env._("%s: a reminder costs nothing by itself.", law.name)
        return self._waiting_note(date, step.claim)

    def _waiting_note(self, date, claim):
        """Which notice or waiting time of the law is missing on a day, as a sentence; empty where none is."""
        law = claim.law
        if claim.notices_given < claim.notices_needed:
            return self._missing_statement_note(claim) or self.env._(
                "%s: the notice that comes first was not given yet.", law.name)
        if len(claim.terms) < claim.notices_needed:
            return self.env._("%s: it is not known yet on which day the notice left.", law.name)
        charge_date = claim.first_charge_date()
        if charge_date and charge_date > min(date, claim.booked_until):
            last = format_date(self.env, claim.terms[max(claim.notices_needed, 1) - 1].last)
            if charge_date > date:
                return self.env._(
                    "%(law)s: the %(days)s days of the free reminder end on %(date)s.", law=law.name,
                    days=law.wait_days, date=last)
            return self.env._(
                "%(law)s: the waiting time ended on %(date)s, and the bank is not booked beyond that day yet.",
                law=law.name, date=last)
        return ""

    @staticmethod
    def _missing_statement_note(claim):
        """Why the notice that comes next cannot be given, as a sentence; empty where it can or where none is left."""
        return claim.missing_statement if claim.notices_given < claim.notices_needed else ""
