"""Compares what policies ask with what laws allow, and says in words where they differ, before any message is written.

The steps of a policy are followed by the same rules as in ``dunning.charge.calculator``.
"""

from typing import NamedTuple

from odoo import api, models
from odoo.tools import format_date, format_list

#: Conflict: something that the policy asks is never asked, and a change of the policy or of settings would help. Note:
#: what the law makes of a step, with nothing to do.
SEVERITIES = [("conflict", "Conflict"), ("note", "Note")]


class Finding(NamedTuple):
    """One line of the check-up."""

    severity: str  #: a code of SEVERITIES
    message: str  #: what will happen, and what to do
    kind: str | bool  #: kind of debtors: "business" or "consumer"; False where it is about both
    policy: object  #: ``dunning.policy``; empty where it is about all policies
    law: object  #: ``dunning.law``; empty where no law is known


class DunningCheckupRules(models.AbstractModel):
    _name = "dunning.checkup.rules"
    _description = "Check-up of Policies and Laws"

    # ------------------------------------------------------------------
    # What is checked
    # ------------------------------------------------------------------

    @api.model
    def _findings(self, company, laws, kinds_by_policy):
        """The findings about each policy under each law: list of :class:`Finding`.

        :param company: root company
        :param laws: ``dunning.law``, those in force
        :param kinds_by_policy: see :meth:`_kinds_by_policy`
        """
        return [
            Finding(severity, message, law.kind, policy, law)
            for policy, kinds in kinds_by_policy.items() for law in laws if law.kind in kinds
            for severity, message in self._check(company, policy, law)]

    @api.model
    def _company_findings(self, company):
        """The findings about what concerns every policy and law: list of :class:`Finding`. Other rooms add theirs."""
        return []

    @api.model
    def _laws_in_force(self, company):
        """The laws in force today: for each kind of debtor of each country or group the newest that has begun."""
        laws = self.env["dunning.law"].search(
            [("date_from", "<=", company._dunning_today())], order="date_from DESC, sequence, id")
        newest = {}
        for law in laws:
            newest.setdefault(law._debtors_key(law.id), law)
        return laws.browse().union(*newest.values()).sorted()

    @api.model
    def _kinds_by_policy(self, company):
        """The kinds of debtors for which each policy is used: {policy: set of "business" and "consumer"}.

        A policy is used by the company, by segments and by single debtors. One that is not used counts for both kinds.
        """
        policies = self.env["dunning.policy"].search([("company_id", "in", (False, company.id))])
        kinds_by_policy = {policy: set() for policy in policies}
        segments = self.env["dunning.segment"].search([("company_id", "in", (False, company.id))])
        for policy in company.dunning_policy_id | segments.policy_id:
            kinds_by_policy.get(policy, set()).add("business")
        for policy in company.dunning_consumer_policy_id | segments.consumer_policy_id:
            kinds_by_policy.get(policy, set()).add("consumer")
        kinds = ("business", "consumer")
        for policy, used in kinds_by_policy.items():
            used.update(kind for kind in kinds if kind not in used and self.env["dunning.debtor"].search_count([
                ("company_id", "=", company.id), ("policy_id", "=", policy.id), ("kind", "=", kind)], limit=1))
        return {policy: used or set(kinds) for policy, used in kinds_by_policy.items()}

    @api.model
    def _check(self, company, policy, law):
        """[(severity, message)] about a policy under a law. Other addons add theirs by ``super()``."""
        levels = policy.level_ids.filtered(lambda level: level.active and level.number > 0).sorted("number")
        asking = levels.filtered(lambda level: level._wants_charges())
        refusal = law._clause_refusal(company, company._dunning_today()) or law._missing_statement(company)
        if refusal:  # nothing is charged and no notice is given, so that the steps need no further check
            return [("conflict", self._refusal_message(company, law, asking, refusal))] if asking else []
        if not asking and not any(level.gives_notice for level in levels):
            return []
        found = self._check_allowed(company, law, asking)
        return found + self._check_notices(company, policy, law, levels)

    def _refusal_message(self, company, law, asking, refusal):
        """What is left out by all steps, as the law allows nothing, and what to do."""
        left_out = self.env._(
            "%(refusal)s Left out for these customers is what is asked by %(steps)s.", refusal=refusal,
            steps=self._names(asking))
        if law._clause_refusal(company, company._dunning_today()):
            remedy = self.env._(
                "Put the clause in order and enter it in the settings of Dunning; where you want no costs and "
                "interest from them, give consumers a policy that asks none.")
        elif not company._dunning_enterprise_number() or company._dunning_missing_address_labels():
            remedy = self.env._("Enter it (Settings ▸ Users & Companies ▸ Companies).")
        else:
            remedy = self.env._("Enter it (Invoicing ▸ Configuration ▸ Dunning ▸ Interest Rates).")
        return f"{left_out} {remedy}"

    # ------------------------------------------------------------------
    # What the law allows the steps to ask
    # ------------------------------------------------------------------

    def _allowed_parts(self, company, law):
        """What the law allows this company to ask: a frozenset of "scale", "at_once" (fixed costs of an invoice),
        "reminder" and "interest".
        """
        allowed = {
            "scale": law.tier_ids, "at_once": law.cost_at_once, "reminder": law.reminder_cost,
            "interest": law.interest_kind_id}
        if law._uses_clause_amounts(company):
            postage = law.reminder_postage and company.dunning_postage
            own = {
                "scale": company.dunning_clause_percent or company.dunning_clause_minimum,
                "reminder": company.dunning_clause_reminder or postage, "interest": company.dunning_clause_rate}
            allowed = {part: amount and own.get(part, amount) for part, amount in allowed.items()}
        return frozenset(part for part, amount in allowed.items() if amount)

    def _asked_parts(self, level, allowed):
        """What a level asks, of the parts that are allowed."""
        wanted = {"none": set(), "reminder": {"reminder"}, "collection": {"scale", "at_once", "reminder"}}
        return allowed & (wanted[level.costs] | ({"interest"} if level.asks_interest else set()))

    def _check_allowed(self, company, law, asking):
        """[(severity, message)] about what the law does not allow at all, and about interest without a rate."""
        allowed, found = self._allowed_parts(company, law), []
        name = self.env._("“%s” and the amounts of your clause", law.name) if law._uses_clause_amounts(company) \
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
        """[(severity, message)] about interest that the law allows and that cannot be asked for want of something."""
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
        needs_mention = law._interest_start_rule(company) == "months" and law.interest_mention
        if needs_mention and not company.dunning_invoice_warns:
            found.append(("conflict", self.env._(
                "%(steps)s: by “%(law)s” no interest is asked, as it runs only where the invoice told the customer "
                "so. Once your invoices do, say so in the settings of Dunning (Invoices Warn of Interest).",
                steps=self._names(asking), law=law.name)))
        return found

    # ------------------------------------------------------------------
    # Customers without a law
    # ------------------------------------------------------------------

    @api.model
    def _country_findings(self, company, kinds_by_policy):
        """The findings about customers with open items for whom no law is known: list of :class:`Finding`.

        Empty for a kind of debtors of whom no policy asks anything.

        :param kinds_by_policy: see :meth:`_kinds_by_policy`
        """
        nobody = self.env["dunning.policy"], self.env["dunning.law"]
        asked = {
            kind for policy, kinds in kinds_by_policy.items() for kind in kinds
            if any(level.active and level._wants_charges() for level in policy.level_ids)}
        without = {"business": set(), "consumer": set()}
        for kind, country_id in company._dunning_open_countries():
            country = self.env["res.country"].browse(country_id)
            if kind == "business" and company.dunning_law_of == "creditor":
                country = company.country_id
                if not country:  # the warnings of the company say so already
                    continue
            if not self.env["dunning.law"]._in_force(kind, country, company._dunning_today(), company):
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

    def _part_names(self, parts):
        """The names of parts (see :meth:`_allowed_parts`) in one sentence."""
        words = {
            "scale": self.env._("collection costs"), "at_once": self.env._("the fixed costs of an invoice"),
            "reminder": self.env._("the cost of the reminder"), "interest": self.env._("interest")}
        # the fixed costs are part of the scale
        return format_list(self.env, [
            word for part, word in words.items() if part in parts and (part != "at_once" or "scale" not in parts)])
