"""What every policy asks against what each law lets it: the conflicts in words, before a night runs into them.

It follows the steps of a policy as ``dunning.communication._charge_items`` does when they are written.
"""

from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.tools import format_date, format_list

from .dunning_policy import WEEKDAYS

DAY = timedelta(days=1)
#: A conflict keeps what the policy asks from being asked and can be mended; a note tells what the law makes of it.
SEVERITIES = [("conflict", "Conflict"), ("note", "Note")]
#: How the interest of a law begins that only a notice begins: codes of dunning_law.STARTS.
STARTS_BY_NOTICE = ("arrival", "wait_start", "wait_end")
#: The waiting time is the longest of notices given on one of so many days from today on: holidays make it longer.
DAYS_LOOKED_AT = 60


class Finding(NamedTuple):
    """One line of the check-up."""

    severity: str  #: a code of SEVERITIES
    message: str  #: what will happen, and what to do
    kind: str  #: of debtors
    policy: object  #: ``dunning.policy``; empty where all are meant
    law: object  #: ``dunning.law``; empty where none is known


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
    _name = "dunning.checkup.rules"
    _description = "Check-up of Policies and Laws"

    # ------------------------------------------------------------------
    # What is checked
    # ------------------------------------------------------------------

    @api.model
    def _findings(self, company, laws, uses):
        """The :class:`Finding` of each policy under each law.

        :param company: root company
        :param laws: ``dunning.law`` that are in force
        :param uses: {policy: kinds of debtors that it is for}, see :meth:`_uses`
        """
        return [
            Finding(severity, message, law.kind, policy, law)
            for policy, kinds in uses.items() for law in laws if law.kind in kinds
            for severity, message in self._check(company, policy, law)]

    @api.model
    def _laws(self, company):
        """The laws in force today: the newest that has begun, for each kind of debtor and country or group."""
        laws = self.env["dunning.law"].search(
            [("date_from", "<=", company._dunning_today())], order="date_from DESC, sequence, id")
        newest = {}
        for law in laws:
            newest.setdefault((law.kind, law.country_id, law.country_group_id), law)
        return laws.browse().union(*newest.values()).sorted()

    @api.model
    def _uses(self, company):
        """{policy: kinds of debtors}: as what the company, its segments or files of customers use each policy; both
        kinds for one that nobody uses.
        """
        policies = self.env["dunning.policy"].search([("company_id", "in", (False, company.id))])
        uses = {policy: set() for policy in policies}
        segments = self.env["dunning.segment"].search([("company_id", "in", (False, company.id))])
        for policy in company.dunning_policy_id | segments.policy_id:
            uses.get(policy, set()).add("business")
        for policy in company.dunning_consumer_policy_id | segments.consumer_policy_id:
            uses.get(policy, set()).add("consumer")
        kinds = ("business", "consumer")
        for policy, used in uses.items():
            used.update(kind for kind in kinds if kind not in used and self.env["dunning.debtor"].search_count([
                ("company_id", "=", company.id), ("policy_id", "=", policy.id), ("kind", "=", kind)], limit=1))
        return {policy: used or set(kinds) for policy, used in uses.items()}

    @api.model
    def _check(self, company, policy, law):
        """[(severity, message)] about a policy under a law. Other addons add theirs."""
        levels = policy.level_ids.filtered(lambda level: level.active and level.number > 0).sorted("number")
        asking = levels.filtered(lambda level: level._wants_charges())
        refusal = law._refusal(company, company._dunning_today())
        if refusal:  # then no notice is given either
            return [("conflict", self._refusal_sentences(company, law, asking, refusal))] if asking else []
        if not asking and not any(level.gives_notice for level in levels):
            return []
        found = self._check_allowed(company, law, asking)
        needed = law._notices_needed(company)
        if needed:
            case = Case(
                company, policy, law, needed, levels, self._steps(company, policy, law, levels, needed))
            for check in (self._check_calls, self._check_sequence, self._check_waiting, self._check_notice):
                found += check(case)
        return found

    def _refusal_sentences(self, company, law, asking, refusal):
        left_out = self.env._(
            "%(refusal)s Left out for these customers is what is asked by %(steps)s.", refusal=refusal,
            steps=self._names(asking))
        remedy = self.env._(
            "Put the clause in order and enter it in the settings of Dunning; where you want no costs and interest "
            "from them, give consumers a policy that asks none."
        ) if law._clause_refusal(company, company._dunning_today()) else self.env._(
            "Enter it (Settings ▸ Users & Companies ▸ Companies).")
        return f"{left_out} {remedy}"

    # ------------------------------------------------------------------
    # What the law lets the steps ask
    # ------------------------------------------------------------------

    def _allowed(self, company, law):
        """What the law lets this company ask, a set as of :attr:`Step.asks`."""
        allowed = {
            "scale": law.tier_ids, "at_once": law.cost_at_once, "reminder": law.reminder_cost,
            "interest": law.interest_kind_id}
        if law._has_own_amounts(company):
            postage = law.reminder_postage and company.dunning_postage
            own = {
                "scale": company.dunning_clause_percent or company.dunning_clause_minimum,
                "reminder": company.dunning_clause_reminder or postage, "interest": company.dunning_clause_rate}
            allowed = {part: amount and own.get(part, amount) for part, amount in allowed.items()}
        return frozenset(part for part, amount in allowed.items() if amount)

    def _asks(self, level, allowed):
        wanted = {"none": set(), "reminder": {"reminder"}, "collection": {"scale", "at_once", "reminder"}}
        return allowed & (wanted[level.costs] | ({"interest"} if level.asks_interest else set()))

    def _check_allowed(self, company, law, asking):
        """What is asked that the law does not know at all, and interest without a rate."""
        allowed, found = self._allowed(company, law), []
        name = self.env._("“%s” and the amounts of your clause", law.name) if law._has_own_amounts(company) \
            else self._quoted(law)
        costs = asking.filtered(lambda level: level.costs != "none")
        if costs and not allowed - {"interest"}:
            found.append(("note", self.env._(
                "%(steps)s: by %(law)s your company may ask no costs, and none are asked. Nothing to do: the law "
                "stands over the policy.", steps=self._names(costs), law=name)))
            costs = costs.browse()
        reminders = costs.filtered(lambda level: level.costs == "reminder")
        if reminders and "reminder" not in allowed:
            found.append(("note", self.env._(
                "%(steps)s: by %(law)s a reminder costs nothing by itself, and no costs are asked here. Possible are "
                "collection costs, in a step that asks for them.",
                steps=self._names(reminders), law=name)))
        interest = asking.filtered("asks_interest")
        if interest and "interest" not in allowed:
            found.append(("note", self.env._(
                "%(steps)s: by %(law)s your company may ask no interest, and none is asked. Nothing to do: the law "
                "stands over the policy.", steps=self._names(interest), law=name)))
        elif interest:
            found += self._check_interest(company, law, interest)
        return found

    def _check_interest(self, company, law, asking):
        found, newest = [], law.interest_kind_id._newest()
        if not newest:
            found.append(("conflict", self.env._(
                "%(steps)s: by “%(law)s” no interest is asked, as no rate of “%(kind)s” is entered. Enter it "
                "(Invoicing ▸ Configuration ▸ Dunning ▸ Interest Rates).",
                steps=self._names(asking), law=law.name, kind=law.interest_kind_id.name)))
        elif newest.date_to and newest.date_to < company._dunning_today():
            found.append(("conflict", self.env._(
                "%(steps)s: by “%(law)s” no interest is asked for the days after %(date)s, when the newest rate of "
                "“%(kind)s” ended. Enter the next one (Invoicing ▸ Configuration ▸ Dunning ▸ Interest Rates).",
                steps=self._names(asking), law=law.name, kind=law.interest_kind_id.name,
                date=format_date(self.env, newest.date_to))))
        if law._interest_starts(company) == "months" and law.interest_mention and not company.dunning_invoice_warns:
            found.append(("conflict", self.env._(
                "%(steps)s: by “%(law)s” no interest is asked, as it runs only where the invoice told the customer "
                "so. Once your invoices do, say so in the settings of Dunning (Invoices Warn of Interest).",
                steps=self._names(asking), law=law.name)))
        return found

    # ------------------------------------------------------------------
    # The notice of the law
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # Customers without a law
    # ------------------------------------------------------------------

    @api.model
    def _country_findings(self, company, uses):
        """The :class:`Finding` about customers with open items for whom no law is known; none where no policy asks
        anything.

        :param uses: as :meth:`_uses`
        """
        nobody = self.env["dunning.policy"], self.env["dunning.law"]
        asked = {
            kind for policy, kinds in uses.items() for kind in kinds
            if any(level.active and level._wants_charges() for level in policy.level_ids)}
        without = {"business": set(), "consumer": set()}
        for kind, country_id in company._dunning_open_countries():
            country = self.env["res.country"].browse(country_id)
            if kind == "business" and company.dunning_law_of == "creditor":
                country = company.country_id
                if not country:  # a sentence of the company's warnings
                    continue
            if not self.env["dunning.law"]._for(kind, country, company._dunning_today(), company):
                without[kind].add(country)
        found = []
        for kind, countries in without.items():
            if kind not in asked:
                continue
            named = self.env["res.country"].union(*countries)
            if named:
                found.append(Finding("note", self._unknown_sentence(kind, named), kind, *nobody))
            if self.env["res.country"] in countries:
                found.append(Finding("note", self.env._(
                    "Some customers with open invoices have no country: it tells which law holds, and without it they "
                    "are charged nothing, whatever the policy asks. Enter their country."), kind, *nobody))
        return found

    def _unknown_sentence(self, kind, countries):
        names = format_list(self.env, countries.sorted("name").mapped("name"))
        if kind == "consumer":
            return self.env._(
                "No law for consumers in %s is known here: they are charged nothing, whatever the policy asks. If you "
                "know it, enter it (Invoicing ▸ Configuration ▸ Dunning ▸ Laws on Late Payment).", names)
        return self.env._(
            "No law for businesses in %s is known here: they are charged nothing, whatever the policy asks. If you "
            "know it, enter it (Invoicing ▸ Configuration ▸ Dunning ▸ Laws on Late Payment).", names)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _quoted(self, record):
        return f"“{record.display_name}”"

    def _names(self, levels):
        return format_list(self.env, [self._quoted(level) for level in levels])

    def _parts(self, case, parts):
        """What is asked, in words."""
        words = {
            "scale": self.env._("collection costs"), "at_once": self.env._("the fixed costs of an invoice"),
            "reminder": self.env._("the cost of the reminder"), "interest": self.env._("interest")}
        # the fixed costs are part of the scale
        return format_list(self.env, [
            word for part, word in words.items() if part in parts and (part != "at_once" or "scale" not in parts)])
