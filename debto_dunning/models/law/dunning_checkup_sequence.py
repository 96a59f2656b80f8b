"""When the steps of a policy give the notice of a law, and whether what they ask comes after its waiting time."""

from datetime import timedelta
from typing import NamedTuple

from odoo import models
from odoo.tools import format_list

from ..policy.dunning_policy import WEEKDAYS

DAY = timedelta(days=1)
#: How the interest of a law begins that only a notice begins: codes of dunning_law.STARTS.
STARTS_BY_NOTICE = ("arrival", "wait_start", "wait_end")
#: The waiting time is the longest of notices given on one of so many days from today on: holidays make it longer.
DAYS_LOOKED_AT = 60


class Step(NamedTuple):
    """What becomes of a step of a policy under a law, for an invoice that is reminded as planned."""

    level: object
    asks: frozenset  #: what it asks and the law lets the company ask: "scale", "at_once", "reminder", "interest"
    waiting: frozenset  #: what of this can be asked only after the law's notice
    notices: int  #: notices that the steps before gave
    is_notice: bool


class Case(NamedTuple):
    """A policy under a law; the law needs notices and the policy asks or gives something."""

    company: object
    policy: object
    law: object
    needed: int  #: notices
    levels: object  #: ``dunning.level`` in their order
    steps: tuple  #: the :class:`Step` of each


class DunningCheckupRules(models.AbstractModel):
    _inherit = "dunning.checkup.rules"

    # ------------------------------------------------------------------
    # The notice of the law
    # ------------------------------------------------------------------

    def _check_notices(self, company, policy, law, levels):
        """[(severity, message)] about the notices that a law needs before what the policy asks."""
        needed = law._notices_needed(company)
        if not needed:
            return []
        case = Case(company, policy, law, needed, levels, self._steps(company, policy, law, levels, needed))
        checks = (
            self._check_default, self._check_calls, self._check_sequence, self._check_waiting, self._check_notice)
        return [found for check in checks for found in check(case)]

    def _check_default(self, case):
        """What comes first where due dates are not agreed."""
        if not case.law._wants_default(case.company):
            return []
        return [("note", self.env._(
            "By “%(law)s” a notice of default comes before the notice that announces costs, as your due dates are not "
            "agreed with your customers: the first step that gives a notice is the one, the next step that asks is "
            "the other, and costs come after that. If your due dates are agreed, say so in the settings of Dunning.",
            law=case.law.name))]

    def _steps(self, company, policy, law, levels, needed):
        """The :class:`Step` of each level in their order."""
        allowed, steps, notices = self._allowed(company, law), [], 0
        planned = self._planned(company, policy, levels)
        for index, level in enumerate(levels):
            asks = self._asks(level, allowed)
            day = min((dates[index] - due).days for due, dates in planned)
            # as Claim.is_notice
            is_notice = bool(
                law._notice_medium(level.channel) and notices < needed
                and (level.gives_notice or level._wants_charges()))
            steps.append(Step(level, asks, self._waiting(company, law, asks, day), notices, is_notice))
            notices += is_notice
        return tuple(steps)

    def _waiting(self, company, law, asks, day):
        """What of ``asks`` needs a notice before it, in a step that comes so many days after the due date."""
        if law.free_reminders:
            return asks
        runs_anyway = law.interest_after_days and day > law.interest_after_days and (
            company.dunning_invoice_warns or not law.interest_mention)
        starts_by_notice = law._interest_starts(company) in STARTS_BY_NOTICE and not runs_anyway
        return asks & {"scale", *(("at_once", "interest") if starts_by_notice else ())}

    def _later(self, case, index):
        """The steps after the one at ``index`` that can ask what this one cannot."""
        return [
            step for step in case.steps[index + 1:]
            if step.notices >= case.needed and step.asks & case.steps[index].waiting]

    def _check_calls(self, case):
        """Steps that are to give the notice on the telephone."""
        asked = frozenset().union(*(step.asks for step in case.steps))
        return [("conflict", self.env._(
            "“%(step)s” is a call: for “%(law)s” that is no notice, and no waiting time counts from it. Choose e-mail "
            "or letter for this step, or let another one in writing give the notice.",
            step=step.level.display_name, law=case.law.name))
            for step in case.steps
            if asked and step.level.gives_notice and step.notices < case.needed
            and not case.law._notice_medium(step.level.channel)]

    def _check_sequence(self, case):
        """Steps that ask what the law lets them ask only after notices that were not given by then."""
        found = []
        for index, step in enumerate(case.steps):
            if not step.waiting or step.notices >= case.needed:
                continue
            later = self._later(case, index)
            values = {
                "step": step.level.display_name, "law": case.law.name, "what": self._parts(case, step.waiting),
                "needed": case.needed, "given": step.notices, "later": later and later[0].level.display_name}
            sentences = [self._sequence_sentence(case, step, values)]
            if later:
                sentences.append(self.env._("“%(later)s” is the first step that can ask for it.", **values))
            else:
                sentences.append(self.env._("No later step asks for it, so that by this policy it is never asked."))
            # a step that is meant as the notice, or asks the rest at once, does what it should
            is_meant = bool(later) and step.is_notice and (step.level.gives_notice or step.waiting != step.asks)
            if not is_meant:
                sentences.append(
                    self.env._("Let an earlier step in writing give the law's notice.") if case.needed == 1 else
                    self.env._("Let %(needed)s earlier steps in writing give the law's notice.", **values))
            found.append(("note" if is_meant else "conflict", " ".join(sentences)))
        return found

    def _sequence_sentence(self, case, step, values):
        if not step.is_notice:
            return self.env._(
                "“%(step)s” is a call and asks nothing of this: %(what)s. “%(law)s” wants a notice in writing before, "
                "and no earlier step gives it.", **values)
        if case.needed > 1:
            return self.env._(
                "“%(step)s” becomes a notice of “%(law)s”, which wants %(needed)s of them, and the steps before give "
                "%(given)s: it asks nothing yet of this: %(what)s.", **values)
        if step.level.gives_notice:
            return self.env._(
                "“%(step)s” is itself the notice of “%(law)s”: it asks nothing yet of this: %(what)s.", **values)
        return self.env._(
            "“%(step)s” becomes the notice of “%(law)s”, as no earlier step in writing gives it: it asks nothing yet "
            "of this: %(what)s.", **values)

    def _check_waiting(self, case):
        """Steps that come before the waiting time of the notice is over."""
        found, needed = [], [index for index, step in enumerate(case.steps) if step.is_notice][case.needed - 1:]
        if not needed:
            return found
        notice = case.steps[needed[0]].level
        waits = {channel: self._longest_wait(case, channel) for channel in {notice.channel, "email", "letter"}}
        calendars = [make(case.company, case.policy, case.levels) for make in (self._planned, self._late)]
        for index, step in enumerate(case.steps):
            if not step.waiting or step.notices < case.needed:
                continue
            planned, least = (self._gap(calendar, needed[0], index) for calendar in calendars)
            if min(planned, least) >= max(waits.values()):
                continue
            values = {
                "step": step.level.display_name, "notice": notice.display_name, "law": case.law.name,
                "what": self._parts(case, step.waiting), "planned": planned, "least": min(planned, least),
                "email": waits["email"], "letter": waits["letter"], "wait": max(waits.values())}
            wait = self.env._(
                "By “%(law)s” they have to lie up to %(email)s days apart after an e-mail and %(letter)s after a "
                "letter.", **values)
            if step.level.waits_for_law:
                found.append(("note", " ".join((self._gap_sentence(planned, least, values), wait, self.env._(
                    "“%(step)s” waits until then. Nothing to do.", **values)))))
                continue
            is_short = planned < waits[notice.channel]
            sentences = [self._gap_sentence(planned, planned if is_short else least, values), wait, self.env._(
                "When it comes too early, it asks nothing of this: %(what)s.", **values)]
            if not self._later(case, index):
                sentences.append(self.env._("No later step asks for it, so that by this policy it is never asked."))
            sentences.append(self.env._(
                "Let at least %(wait)s days lie between the two, or let “%(step)s” wait for the end of the notice.",
                **values))
            found.append(("conflict" if is_short else "note", " ".join(sentences)))
        return found

    def _gap_sentence(self, planned, least, values):
        if least < planned:
            return self.env._(
                "“%(step)s” comes %(planned)s days or more after the notice “%(notice)s”, but after %(least)s days "
                "already where an invoice is first reminded later than planned.", **values)
        return self.env._("“%(step)s” can come %(planned)s days after the notice “%(notice)s”.", **values)

    def _check_notice(self, case):
        """What the step says and does that gives the notice."""
        notices = [step for step in case.steps if step.is_notice]
        if not notices:
            return []
        found, steps = [], self._names(notice.level for notice in notices)
        if not any(step.asks for step in case.steps):
            found.append(("note", self.env._(
                "%(steps)s: by “%(law)s” this is a notice, which tells the customer what will be owed, but no step "
                "asks anything that this law lets your company ask. Let a later step ask for it, or give no notice.",
                steps=steps, law=case.law.name)))
        if case.law.own_notice:
            found.append(("note", self.env._(
                "%(steps)s: by “%(law)s” the notice goes out as a message of its own, beside whatever else the "
                "customer gets that night. Nothing to do.", steps=steps, law=case.law.name)))
        if case.law.free_reminders and not case.law.notice_text:
            found.append(("conflict", self.env._(
                "%(steps)s: this is the notice of “%(law)s”, and no words are entered for what it must state. Enter "
                "them (Invoicing ▸ Configuration ▸ Dunning ▸ Laws on Late Payment).",
                steps=steps, law=case.law.name)))
        elif languages := self._untranslated(case.law):
            found.append(("conflict", self.env._(
                "%(steps)s: what the notice of “%(law)s” must state is not translated: customers who read "
                "%(languages)s get these words in English. Translate them (Invoicing ▸ Configuration ▸ Dunning ▸ "
                "Laws on Late Payment).",
                steps=steps, law=case.law.name, languages=format_list(self.env, languages))))
        return found

    def _untranslated(self, law):
        """The installed languages other than English in which the law's words are the English ones."""
        english = law.with_context(lang="en_US").notice_text
        return [] if not english else [
            name for code, name in self.env["res.lang"].get_installed()
            if not code.startswith("en") and law.with_context(lang=code).notice_text == english]

    # ------------------------------------------------------------------
    # Days
    # ------------------------------------------------------------------

    def _planned(self, company, policy, levels):
        """[(due date, the day of each step)] for a due date on each weekday, as planned."""
        return [(due, self._dates(policy, levels, due, due)) for due in self._week(company)]

    def _late(self, company, policy, levels):
        """As :meth:`_planned`, where the first step comes when all are due by their days: older invoices, and
        customers who pay by direct debit. Then only the least days between the steps keep them apart.
        """
        longest = max(levels.mapped("days"), default=0) * DAY
        return [(first - longest, self._dates(policy, levels, first - longest, first))
                for first in self._week(company)]

    def _week(self, company):
        today = company._dunning_today()
        return [today + shift * DAY for shift in range(7)]

    def _dates(self, policy, levels, due, first):
        dates, earliest = [], first
        for level in levels:
            if dates:  # the night takes one step a day at most
                earliest = dates[-1] + max(level.min_gap_days, 1) * DAY
            day = max(due + level.days * DAY, earliest)
            while policy[f"quiet_{WEEKDAYS[day.weekday()]}"]:
                day += DAY
            dates.append(day)
        return dates

    @staticmethod
    def _gap(calendars, before, after):
        return min((dates[after] - dates[before]).days for _due, dates in calendars)

    def _longest_wait(self, case, channel):
        """From the day of a notice to the first on which the law lets what waits for it be asked, at the longest."""
        today, waits = case.company._dunning_today(), []
        for day in (today + shift * DAY for shift in range(DAYS_LOOKED_AT)):
            term = case.law._term(day, channel)
            ready = max(term.over, term.arrived + DAY) if case.law._interest_starts(case.company) == "arrival" \
                else term.over
            waits.append((ready - day).days)
        return max(waits)
