"""What a law lets a company charge, and from when: the record's figures handed to the arithmetic of ``tools/``."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import format_date, ormcache

from ...tools import collection_costs, interest, waiting_time
from ...tools.collection_costs import ZERO, Scale, Tier
from ...tools.decimals import decimal

DAY = timedelta(days=1)


class DunningLaw(models.Model):
    _inherit = "dunning.law"

    # ------------------------------------------------------------------
    # The waiting time
    # ------------------------------------------------------------------

    @api.model
    def _notice_medium(self, channel):
        """How the law sees a channel: "post" or "email"; None for one that is no notice, as a call."""
        return self.env["dunning.communication"]._channels_in_writing().get(channel)

    def _term(self, notice_date, channel):
        """The :class:`tools.waiting_time.Term` of a notice; None where there was none that the law knows.

        :param notice_date: when the mail server accepted it or its posting was confirmed; may be empty
        """
        self.ensure_one()
        medium = self._notice_medium(channel)
        if not notice_date or not medium:
            return None
        return waiting_time.term(notice_date, medium, self._waiting_rule(), self.country_id.code)

    def _waiting_rule(self):
        return waiting_time.Rule(
            self.post_days, self.post_calendar, self.email_days, self.wait_from == "after", self.wait_days,
            self.wait_moves)

    def _first_charge_date(self, due_date, terms=(), needed=0):
        """The first day on which this claim may bear costs of the scale or of further reminders; None: not yet known.

        :param terms: the :meth:`_term` of each notice that was given for it, void ones left out
        :param needed: how many notices are needed, see :meth:`_notices_needed`; at least the law's free reminders
        """
        self.ensure_one()
        terms = sorted((term for term in terms if term), key=lambda term: term.over)
        needed = max(self.free_reminders, needed, 1)
        if len(terms) < needed:
            return None
        return max(terms[needed - 1].over, due_date + DAY)

    def _notices_needed(self, company):
        """How many notices a customer must get before this law lets the company ask for all that it allows."""
        self.ensure_one()
        if self.free_reminders:
            return self.free_reminders + self._wants_default(company)
        starts = self._interest_starts(company)
        return int(bool(self.tier_ids or self.reminder_cost or starts in ("arrival", "wait_start", "wait_end")))

    def _is_of_same_debtors(self, law_id):
        """Whether that law is for the same kind of debtor of the same country: this one, or one of another date."""
        return bool(self) and (self.id == law_id or self._debtors_of(self.id) == self._debtors_of(law_id))

    @api.model
    @ormcache("law_id")
    def _debtors_of(self, law_id):
        law = self.sudo().browse(law_id)  # for whom a law is, is no secret
        return law.kind, law.country_id.id, law.country_group_id.id

    def _wants_default(self, company):
        """Whether a notice of default comes before the others, as the due date was not agreed.

        Netherlands, BW 6:96(6): the 14-day letter counts only after the debtor is in default; a due date that only
        the invoice sets puts nobody in default by itself (BW 6:82, 6:83).
        """
        return bool(self.default_text) and not company.root_id.dunning_term_agreed

    # ------------------------------------------------------------------
    # The clause of the sales conditions
    # ------------------------------------------------------------------

    def _refusal(self, company, invoice_date):
        """Why nothing may be charged for an invoice, whatever is sent, as a sentence; empty where something may be.

        A notice that lacks what the law wants stated counts for nothing, so that none is given without it.
        """
        self.ensure_one()
        company = company.root_id
        return self._clause_refusal(company, invoice_date) or (
            self._notices_needed(company) and company._dunning_unstated(self)) or ""

    def _clause_refusal(self, company, invoice_date):
        """Why the sales conditions let nothing be charged for an invoice, as a sentence; empty where they do.

        Belgium, Code of Economic Law art. XIX.4: a clause with more than the law allows is void; one from before the
        law is reduced to it, which :meth:`_costs` and :meth:`_rates` do.
        """
        self.ensure_one()
        company = company.root_id
        if not self.clause_needed:
            return ""
        if not company.dunning_clause:
            return self.env._(
                "%(law)s: costs and interest need a clause in the sales conditions; %(company)s has none.",
                law=self.name, company=company.name)
        if not company.dunning_clause_mutual:
            return self.env._(
                "%(law)s: the clause of %(company)s counts for nothing, as it does not promise the customer the same "
                "when %(company)s is late itself.", law=self.name, company=company.name)
        if invoice_date < company.dunning_clause_date:
            return self.env._(
                "%(law)s: the invoice of %(date)s is older than the clause in the sales conditions of %(company)s.",
                law=self.name, date=format_date(self.env, invoice_date), company=company.name)
        if company.dunning_clause_date >= self.date_from and self._clause_exceeds(self.id, company.id):
            return self.env._(
                "%(law)s: the clause of %(company)s asks more than the law allows and is therefore void.",
                law=self.name, company=company.name)
        return ""

    @api.model
    @ormcache("law_id", "company_id")
    def _clause_exceeds(self, law_id, company_id):
        """Whether the company's own amounts go beyond the law's, for whatever claim."""
        # the night asks for every user
        law, company = self.sudo().browse(law_id), self.env["res.company"].sudo().browse(company_id)
        if company.dunning_clause_amounts != "own":
            return False
        cap = interest.rate_on(company.dunning_clause_date, law._law_rates())
        return (
            collection_costs.exceeds(company._dunning_clause_scale(), law._scale()) is not None
            or decimal(company.dunning_clause_reminder) > decimal(law.reminder_cost)
            or cap is not None and decimal(company.dunning_clause_rate) > cap
        )

    def _has_own_amounts(self, company):
        return self.clause_needed and company.root_id.dunning_clause_amounts == "own"

    # ------------------------------------------------------------------
    # Interest
    # ------------------------------------------------------------------

    def _interest_starts(self, company):
        """From when interest runs for this company: a code of STARTS."""
        self.ensure_one()
        company = company.root_id
        if company.dunning_term_agreed and self.interest_start_agreed:
            return self.interest_start_agreed
        if company.dunning_is_sme and self.interest_start_sme:
            return self.interest_start_sme
        return self.interest_start

    def _interest_start(self, company, on, due_date, invoice_date=None, delivery_date=None, term=None):
        """The first day that bears interest, which is also when the debtor is in default.

        None where that day is not known on the day ``on``, or never comes. Interest that counts from the beginning of
        a waiting time is not owed before the end of it: who pays within it owes none.

        :param term: the :meth:`_term` of the first notice that counts
        """
        start = self._interest_starts(company)
        days = []
        if start == "due":
            days.append(self._due_day(company, due_date, invoice_date) + DAY)
        elif term and start == "arrival":
            days.append(term.arrived + DAY)
        elif term and start == "wait_end":
            days.append(term.over)
        elif term and start == "wait_start" and on >= term.over:
            days.append(term.first)
        if not self.interest_mention or company.root_id.dunning_invoice_warns:
            if start == "months" and self._invoiced_in_time(invoice_date, delivery_date):
                days.append(waiting_time.after_months(delivery_date, self.interest_months))
            if self.interest_after_days:
                received = max(due_date, self._received(invoice_date)) if invoice_date else due_date
                days.append(received + (self.interest_after_days + 1) * DAY)
        return max(min(days), due_date + DAY) if days else None

    def _due_day(self, company, due_date, invoice_date):
        """The due date as the law sees it: where it is not agreed, not before so many days after the invoice arrived.

        Directive 2011/7/EU art. 3(3)(b), BW 6:119a(2): 30 days after receipt.
        """
        if not self.unagreed_days or not invoice_date or company.root_id.dunning_term_agreed:
            return due_date
        return max(due_date, self._received(invoice_date) + self.unagreed_days * DAY)

    @ormcache("self.id", "invoice_date")
    def _received(self, invoice_date):
        """When an invoice is taken to have arrived: as a letter, which asks later than an e-mail would."""
        law = self.sudo()  # the law's figures are no secret
        return waiting_time.arrival(invoice_date, "post", law._waiting_rule(), law.country_id.code)

    def _invoiced_in_time(self, invoice_date, delivery_date):
        """Whether the invoice followed its delivery soon enough; not where one of the days is unknown."""
        if not invoice_date or not delivery_date:
            return False
        months = self.interest_invoice_months
        return not months or invoice_date <= delivery_date + relativedelta(months=months)

    def _interest(self, company, principal, start, until, invoice_date, reductions=(), credited=ZERO, cent=None):
        """Interest from ``start`` (see :meth:`_interest_start`; None: none) to ``until``, both included.

        :param principal: Decimal, what was invoiced, with VAT
        :param reductions: [(day, amount)] of principal paid; credit notes are ``credited``: they reduce it from the
            beginning
        :param cent: Decimal, the smallest part of the invoice's currency, if not that of the law's
        :return: :class:`tools.interest.Interest`: amount, and the stretches by period, rate and days
        """
        self.ensure_one()
        cent = cent or decimal(self.currency_id.rounding)
        if not start or self._clause_refusal(company, invoice_date):
            return interest.Interest(ZERO, (), ZERO)
        return interest.interest(
            principal, start, until, self._rates(company), reductions, credited, self.interest_compounds, cent)

    def _rates(self, company):
        """The rates that this company may charge, oldest first."""
        self.ensure_one()
        return self._rates_at(self.id, company.root_id.id)

    @api.model
    @ormcache("law_id", "company_id")
    def _rates_at(self, law_id, company_id):
        # the laws' figures are no secret, and the night reads them for every user
        law, company = self.sudo().browse(law_id), self.env["res.company"].sudo().browse(company_id)
        rates = law._law_rates()
        if not law._has_own_amounts(company):
            return rates
        own = interest.Rate(company.dunning_clause_date, None, decimal(company.dunning_clause_rate))
        return interest.capped((own,), rates)

    def _law_rates(self):
        self.ensure_one()
        # the laws' figures are no secret, and the night reads them for every user
        return interest.raised(self.sudo().interest_kind_id._rates(), decimal(self.interest_margin))

    # ------------------------------------------------------------------
    # Costs
    # ------------------------------------------------------------------

    def _costs(self, company, claims, with_scale):
        """What the claims of one notice may cost, as a list in their order.

        :param claims: [(Decimal in the law's currency, invoice date)]: what is still due of each invoice on which
            interest has begun to run (see :meth:`_interest_start`)
        :param with_scale: whether :meth:`_first_charge_date` is reached for them; else only what is owed at once
        """
        self.ensure_one()
        claims = [ZERO if self._clause_refusal(company, invoiced) else amount for amount, invoiced in claims]
        cent = decimal(self.currency_id.rounding)
        at_once = [decimal(self.cost_at_once) if claim > 0 else ZERO for claim in claims]
        if not with_scale:
            return at_once
        costs = self._scale_costs(claims, self._scale(), cent)
        if self._has_own_amounts(company):
            own = self._scale_costs(claims, company.root_id._dunning_clause_scale(), cent)
            costs = [min(pair) for pair in zip(costs, own, strict=True)]
        # what is owed at once is part of the scale, never on top of it
        return costs if sum(costs) >= sum(at_once) else at_once

    def _scale_costs(self, claims, scale, cent):
        return collection_costs.costs_of_claims(claims, scale, self.cost_basis == "notice", cent)

    def _scale(self):
        """The law's scale for :mod:`tools.collection_costs`."""
        self.ensure_one()
        return self._scale_of(self.id)

    @api.model
    @ormcache("law_id")
    def _scale_of(self, law_id):
        law = self.sudo().browse(law_id)  # the law's figures are no secret
        return Scale(
            tuple(Tier(*map(decimal, (tier.above, tier.flat, tier.percent))) for tier in law.tier_ids.sorted("above")),
            decimal(law.cost_minimum) or None, decimal(law.cost_maximum) or None)

    def _reminder_cost(self, company, number, invoice_date, channel, due_date_rank=1):
        """What a reminder may cost by itself, in the law's currency.

        :param number: 1 for the first reminder of a due date, 2 for the second …
        :param due_date_rank: the how manieth unpaid due date of the calendar year this is for the customer
        """
        self.ensure_one()
        company = company.root_id
        if number <= self.free_reminders:
            paid_from = self.free_due_dates if company.dunning_regular_deliveries else 0
            if not paid_from or due_date_rank <= paid_from:
                return ZERO
        if not self.reminder_cost or self._clause_refusal(company, invoice_date):
            return ZERO
        cost = decimal(self.reminder_cost)
        if self._has_own_amounts(company):
            cost = min(cost, decimal(company.dunning_clause_reminder))
        if self.reminder_postage and self._notice_medium(channel) == "post":
            cost += decimal(company.dunning_postage)
        return cost
