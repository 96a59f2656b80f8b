"""Which steps of a policy give the notices of a law, and whether later steps come after the waiting time."""

from datetime import timedelta
from typing import NamedTuple

from odoo import models
from odoo.tools import format_list

from ..policy.dunning_policy import WEEKDAYS

DAY = timedelta(days=1)
#: Codes of dunning_law.STARTS by which interest runs only after a notice.
STARTS_BY_NOTICE = ("arrival", "wait_start", "wait_end")
#: Number of days from today on for which the waiting time is calculated. The longest counts, as holidays differ.
DAYS_LOOKED_AT = 60


class CheckedStep(NamedTuple):
    """A step of a policy under a law, for an invoice that is reminded as planned.

    Parts are as in :meth:`DunningCheckupRules._allowed_parts`.
    """

    level: object  #: ``dunning.level``
    asks: frozenset  #: the parts that it asks and the law allows
    after_notice: frozenset  #: of these, the parts that may be asked only after the notices of the law
    notices_before: int  #: number of notices that the earlier steps gave
    is_notice: bool


class CheckedPolicy(NamedTuple):
    """A policy under a law that needs notices."""

    company: object  #: root company
    policy: object  #: ``dunning.policy``
    law: object  #: ``dunning.law``
    notices_needed: int
    levels: object  #: ``dunning.level`` in their order
    steps: tuple  #: the :class:`CheckedStep` of each level


class DunningCheckupRules(models.AbstractModel):
    _inherit = "dunning.checkup.rules"

    # ------------------------------------------------------------------
    # The notice of the law
    # ------------------------------------------------------------------

    def _check_notices(self, company, policy, law, levels):
        """[(severity, message)] about the notices that a law needs before what the policy asks.

        :param levels: the levels of the policy that are active and after the due date, in their order
        """
        needed = law._notices_needed(company)
        if not needed:
            return []
        case = CheckedPolicy(
            company, policy, law, needed, levels, self._checked_steps(company, policy, law, levels, needed))
        checks = (
            self._check_default, self._check_calls, self._check_sequence, self._check_waiting, self._check_notice)
        return [found for check in checks for found in check(case)]

    def _check_default(self, case):
        """A note that the notice of default comes first, where due dates are not agreed."""
        if not case.law._needs_default_notice(case.company):
            return []
        return [("note", self.env._(
            "By “%(law)s” a notice of default comes before the notice that announces costs, as your due dates are not "
            "agreed with your customers: the first step that gives a notice is the one, the next step that asks is "
            "the other, and costs come after that. If your due dates are agreed, say so in the settings of Dunning.",
            law=case.law.name))]

    def _checked_steps(self, company, policy, law, levels, needed):
        """The :class:`CheckedStep` of each level, as a tuple in their order."""
        allowed, steps, notices = self._allowed_parts(company, law), [], 0
        planned = self._planned_calendars(company, policy, levels)
        for index, level in enumerate(levels):
            asks = self._asked_parts(level, allowed)
            day = min((dates[index] - due).days for due, dates in planned)
            # as in Claim.gives_notice
            is_notice = bool(
                law._notice_medium(level.channel) and notices < needed
                and (level.gives_notice or level._wants_charges()))
            after_notice = self._parts_after_notice(company, law, asks, day)
            steps.append(CheckedStep(level, asks, after_notice, notices, is_notice))
            notices += is_notice
        return tuple(steps)

    def _parts_after_notice(self, company, law, asks, day):
        """The parts of ``asks`` that need a notice before, in a step that comes ``day`` days after the due date."""
        if law.free_reminders:
            return asks
        runs_anyway = law.interest_after_days and day > law.interest_after_days and (
            company.dunning_invoice_warns or not law.interest_mention)
        starts_by_notice = law._interest_start_rule(company) in STARTS_BY_NOTICE and not runs_anyway
        return asks & {"scale", *(("at_once", "interest") if starts_by_notice else ())}

    def _later_steps(self, case, index):
        """The steps after the one at ``index`` that may ask what that one may not yet."""
        return [
            step for step in case.steps[index + 1:]
            if step.notices_before >= case.notices_needed and step.asks & case.steps[index].after_notice]

    def _check_calls(self, case):
        """Conflicts of steps that are meant to give the notice and are calls."""
        asked = frozenset().union(*(step.asks for step in case.steps))
        return [("conflict", self.env._(
            "“%(step)s” is a call: for “%(law)s” that is no notice, and no waiting time counts from it. Choose e-mail "
            "or letter for this step, or let another one in writing give the notice.",
            step=step.level.display_name, law=case.law.name))
            for step in case.steps
            if asked and step.level.gives_notice and step.notices_before < case.notices_needed
            and not case.law._notice_medium(step.level.channel)]

    def _check_sequence(self, case):
        """Findings about steps that ask what the law allows only after notices that the earlier steps do not give."""
        found = []
        for index, step in enumerate(case.steps):
            if not step.after_notice or step.notices_before >= case.notices_needed:
                continue
            later = self._later_steps(case, index)
            values = {
                "step": step.level.display_name, "law": case.law.name, "what": self._part_names(step.after_notice),
                "needed": case.notices_needed, "given": step.notices_before,
                "later": later and later[0].level.display_name}
            sentences = [self._sequence_sentence(case, step, values)]
            if later:
                sentences.append(self.env._("“%(later)s” is the first step that can ask for it.", **values))
            else:
                sentences.append(self.env._("No later step asks for it, so that by this policy it is never asked."))
            # a step that is meant as the notice, or asks the rest at once, does what it should
            is_meant = bool(later) and step.is_notice and (step.level.gives_notice or step.after_notice != step.asks)
            if not is_meant:
                sentences.append(
                    self.env._("Let an earlier step in writing give the law's notice.")
                    if case.notices_needed == 1 else
                    self.env._("Let %(needed)s earlier steps in writing give the law's notice.", **values))
            found.append(("note" if is_meant else "conflict", " ".join(sentences)))
        return found

    def _sequence_sentence(self, case, step, values):
        """What a step is by the law, and what it does not ask for that reason."""
        if not step.is_notice:
            return self.env._(
                "“%(step)s” is a call and asks nothing of this: %(what)s. “%(law)s” wants a notice in writing before, "
                "and no earlier step gives it.", **values)
        if case.notices_needed > 1:
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
        """Findings about steps that come before the waiting time of the last notice needed is over."""
        found, notices = [], [index for index, step in enumerate(case.steps) if step.is_notice]
        if len(notices) < case.notices_needed:
            return found
        last = notices[case.notices_needed - 1]
        notice = case.steps[last].level
        waits = {channel: self._longest_wait(case, channel) for channel in {notice.channel, "email", "letter"}}
        of_policy = case.company, case.policy, case.levels
        calendars = [self._planned_calendars(*of_policy), self._late_calendars(*of_policy)]
        for index, step in enumerate(case.steps):
            if not step.after_notice or step.notices_before < case.notices_needed:
                continue
            planned, least = (self._shortest_gap(calendar, last, index) for calendar in calendars)
            if min(planned, least) >= max(waits.values()):
                continue
            values = {
                "step": step.level.display_name, "notice": notice.display_name, "law": case.law.name,
                "what": self._part_names(step.after_notice), "planned": planned, "least": min(planned, least),
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
            if not self._later_steps(case, index):
                sentences.append(self.env._("No later step asks for it, so that by this policy it is never asked."))
            sentences.append(self.env._(
                "Let at least %(wait)s days lie between the two, or let “%(step)s” wait for the end of the notice.",
                **values))
            found.append(("conflict" if is_short else "note", " ".join(sentences)))
        return found

    def _gap_sentence(self, planned, least, values):
        """How many days after the notice a step comes."""
        if least < planned:
            return self.env._(
                "“%(step)s” comes %(planned)s days or more after the notice “%(notice)s”, but after %(least)s days "
                "already where an invoice is first reminded later than planned.", **values)
        return self.env._("“%(step)s” can come %(planned)s days after the notice “%(notice)s”.", **values)

    def _check_notice(self, case):
        """Findings about what the steps that give the notice say and lead to."""
        notices = [step for step in case.steps if step.is_notice]
        if not notices:
            return []
        found, steps = [], self._names(notice.level for notice in notices)
        if not any(step.asks for step in case.steps):
            found.append(("note", self.env._(
                "%(steps)s: by “%(law)s” this is a notice, which tells the customer what will be owed, but no step "
                "asks anything that this law lets your company ask. Let a later step ask for it, or give no notice.",
                steps=steps, law=case.law.name)))
        by_email = [step.level for step in notices if case.law._notice_medium(step.level.channel) == "email"]
        if by_email and case.law.email_safe_days and case.company.dunning_email_notice != "letter":
            found.append(("note", self.env._(
                "%(steps)s: by “%(law)s” you have to prove that the notice arrived, and that a mail server accepted "
                "an e-mail does not prove it. Costs come %(days)s days after the sending at the earliest; a customer "
                "who denies to have received it may owe none. To be safe, let these notices go by letter (settings of "
                "Dunning).", steps=self._names(by_email), law=case.law.name, days=case.law.email_safe_days)))
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
        """The names of the installed languages, other than English, into which the law's words are not translated."""
        english = law.with_context(lang="en_US").notice_text
        return [] if not english else [
            name for code, name in self.env["res.lang"].get_installed()
            if not code.startswith("en") and law.with_context(lang=code).notice_text == english]

    # ------------------------------------------------------------------
    # Days
    # ------------------------------------------------------------------

    def _planned_calendars(self, company, policy, levels):
        """[(due date, [day of each step])] for a due date on each weekday, where every step comes as planned."""
        return [(due, self._dates(policy, levels, due, due)) for due in self._due_dates(company)]

    def _late_calendars(self, company, policy, levels):
        """As :meth:`_planned_calendars`, where the first step comes when the days of all steps have passed: for older
        invoices, and for customers who pay by direct debit. Only the least days between the steps count then.
        """
        longest = max(levels.mapped("days"), default=0) * DAY
        return [(first - longest, self._dates(policy, levels, first - longest, first))
                for first in self._due_dates(company)]

    def _due_dates(self, company):
        """Seven days from today on, one of each weekday."""
        today = company._dunning_today()
        return [today + shift * DAY for shift in range(7)]

    def _dates(self, policy, levels, due, first):
        """The day of each step.

        :param first: the earliest day of the first step
        """
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
    def _shortest_gap(calendars, before, after):
        """Days between the steps at two positions, at least."""
        return min((dates[after] - dates[before]).days for _due, dates in calendars)

    def _longest_wait(self, case, channel):
        """Days from a notice by a channel to the first day on which the law allows what needs it, at most."""
        today, waits = case.company._dunning_today(), []
        for day in (today + shift * DAY for shift in range(DAYS_LOOKED_AT)):
            term = case.law._term(day, channel)
            ready = max(term.over, term.arrived + DAY) if case.law._interest_start_rule(case.company) == "arrival" \
                else term.over
            waits.append((ready - day).days)
        return max(waits)
