"""What a law allows a company to charge, and from when: figures of the record, arithmetic of ``tools/``."""

from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL, format_date, ormcache

from ...tools import collection_costs, interest, waiting_time
from ...tools.collection_costs import ZERO, Scale, Tier
from ...tools.decimals import decimal

DAY = timedelta(days=1)
#: Laws with the same values of these fields are for the same debtors, each from a date on.
DEBTOR_FIELDS = ("kind", "country_id", "country_group_id")


class Conversion(NamedTuple):
    """Converts amounts between the currency of a message and the currency of a law."""

    currency: object  #: ``res.currency`` of the message
    rate: Decimal  #: units of the law's currency for one of the message's currency

    def to_law(self, amount):
        """An amount of the message in the currency of the law; not rounded."""
        return amount * self.rate

    def from_law(self, amount):
        """An amount of the law in the currency of the message, rounded as that currency is."""
        return amount if self.rate == 1 else decimal(self.currency.round(float(amount / self.rate)))


class DunningLaw(models.Model):
    _inherit = "dunning.law"

    # ------------------------------------------------------------------
    # For whom it is, and in which currency
    # ------------------------------------------------------------------

    def _has_same_debtors_as(self, law_id):
        """Whether a law is for the same kind of debtor of the same country or group: this law, or one from another
        date. False for no law.
        """
        return bool(self) and (self.id == law_id or self._debtors_key(self.id) == self._debtors_key(law_id))

    @api.model
    @ormcache("law_id")
    def _debtors_key(self, law_id):
        """The values of DEBTOR_FIELDS of a law, ids for records."""
        # the result is cached for every user, so it must not depend on who asks first; laws are published
        law = self.sudo().browse(law_id)
        return tuple(law._fields[name].convert_to_write(law[name], law) for name in DEBTOR_FIELDS)

    @api.model
    def _same_debtors_sql(self, alias, other):
        """:meth:`_has_same_debtors_as` as an SQL condition on two rows of ``dunning_law``, named by their aliases."""
        return SQL("(%s) IS NOT DISTINCT FROM (%s)", *(
            SQL(", ").join(SQL.identifier(row, name) for name in DEBTOR_FIELDS) for row in (alias, other)))

    def _conversion(self, currency, company, date):
        """:class:`Conversion` from ``currency`` to the currency of this law, at the rate of the company on a day."""
        self.ensure_one()
        if currency == self.currency_id:
            return Conversion(currency, Decimal(1))
        return Conversion(currency, decimal(
            self.env["res.currency"]._get_conversion_rate(currency, self.currency_id, company, date)))

    # ------------------------------------------------------------------
    # The waiting time
    # ------------------------------------------------------------------

    @api.model
    def _notice_medium(self, channel):
        """How the law sees a channel: "post" or "email"; None for one that is no notice, as a call."""
        return self.env["dunning.communication"]._channels_in_writing().get(channel)

    def _term(self, notice_date, channel, delivered=None):
        """The :class:`tools.waiting_time.Term` of a notice; None where the day is not known or the channel gives none.

        :param notice_date: the day on which the mail server accepted it or its posting was confirmed; may be empty
        :param delivered: the day of proved delivery; empty where nothing is proved
        """
        self.ensure_one()
        medium = self._notice_medium(channel)
        if not notice_date or not medium:
            return None
        return waiting_time.term(
            notice_date, medium, self._waiting_rule(), self.country_id.code, delivered or None)

    def _waiting_rule(self):
        return waiting_time.Rule(
            self.post_days, self.post_calendar, self.email_days, self.wait_from == "after", self.wait_days,
            self.wait_moves, self.counts_delivery, self.email_safe_days)

    def _first_charge_date(self, due_date, terms=(), needed=0):
        """The first day on which costs of the scale and of further reminders may be asked; None where it is not known.

        :param terms: the :meth:`_term` of each notice that was given and is not void
        :param needed: number of notices, see :meth:`_notices_needed`; at least the law's free reminders
        """
        self.ensure_one()
        terms = sorted((term for term in terms if term), key=lambda term: term.over)
        needed = max(self.free_reminders, needed, 1)
        if len(terms) < needed:
            return None
        return max(terms[needed - 1].over, due_date + DAY)

    def _notices_needed(self, company):
        """Number of notices that a customer must get before the company may ask for all that the law allows."""
        self.ensure_one()
        if self.free_reminders:
            return self.free_reminders + self._needs_default_notice(company)
        starts = self._interest_start_rule(company)
        return int(bool(self.tier_ids or self.reminder_cost or starts in ("arrival", "wait_start", "wait_end")))

    def _needs_default_notice(self, company):
        """Whether a notice of default must come before the other notices, as the due date was not agreed.

        Netherlands, BW 6:96(6): the 14-day letter counts only after the debtor is in default. A due date that stands
        on the invoice only does not put the debtor in default by itself (BW 6:82, 6:83).
        """
        return bool(self.default_text) and not company.root_id.dunning_term_agreed

    # ------------------------------------------------------------------
    # The clause of the sales conditions
    # ------------------------------------------------------------------

    def _missing_statement(self, company):
        """Why the company cannot give the notice of this law, as a sentence; empty where it can or where the law
        needs none.

        A notice must state what the law demands. Where the company lacks one of these statements, no notice is given,
        and what needs the notice is not charged. A notice that was given before counts on.
        """
        self.ensure_one()
        company = company.root_id
        return self._notices_needed(company) and company._dunning_missing_statement(self) or ""

    def _clause_refusal(self, company, invoice_date):
        """Why the sales conditions do not allow to charge anything for an invoice, as a sentence; empty where they do.

        Belgium, Code of Economic Law art. XIX.4: a clause that asks more than the law allows is void. A clause from
        before the law is reduced to what it allows, see :meth:`_costs` and :meth:`_rates`.
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

    def _missing_description(self):
        """Why the notice of this law cannot be given for an item of which nothing tells what was delivered."""
        self.ensure_one()
        return self.env._(
            "%s: the reminder must state what was delivered, and nothing tells it for this item. Enter it in “Send a "
            "Reminder Now”, or beside the item in its entry.", self.name)

    @api.model
    @ormcache()
    def _kinds_described(self):
        """The kinds of debtors for whom some law wants the notice to state what was delivered, as a frozenset."""
        # the result is cached for every user; laws are published
        return frozenset(self.sudo().search([("notice_describes", "=", True)]).mapped("kind"))

    @api.model
    @ormcache("law_id", "company_id")
    def _clause_exceeds(self, law_id, company_id):
        """Whether the amounts of the company's clause are more than the law allows, for any claim."""
        # the result is cached for every user, who may lack access to the company; it is no more than a yes or no
        law, company = self.sudo().browse(law_id), self.env["res.company"].sudo().browse(company_id)
        if company.dunning_clause_amounts != "own":
            return False
        cap = interest.rate_on(company.dunning_clause_date, law._statutory_rates())
        return (
            collection_costs.exceeds(company._dunning_clause_scale(), law._scale()) is not None
            or decimal(company.dunning_clause_reminder) > decimal(law.reminder_cost)
            or cap is not None and decimal(company.dunning_clause_rate) > cap
        )

    def _uses_clause_amounts(self, company):
        """Whether the company charges the amounts of its own clause, with those of this law as the upper bound."""
        return self.clause_needed and company.root_id.dunning_clause_amounts == "own"

    # ------------------------------------------------------------------
    # Interest
    # ------------------------------------------------------------------

    def _interest_start_rule(self, company):
        """By which rule interest begins to run for this company: a code of ``dunning_law.STARTS``."""
        self.ensure_one()
        company = company.root_id
        if company.dunning_term_agreed and self.interest_start_agreed:
            return self.interest_start_agreed
        if company.dunning_is_sme and self.interest_start_sme:
            return self.interest_start_sme
        return self.interest_start

    def _first_interest_day(self, company, on, due_date, invoice_date=None, delivery_date=None, term=None):
        """The first day that bears interest. On that day the debtor is in default.

        None where the day is not known on the day ``on``, or never comes. Interest that counts from the first day of
        a waiting time is owed only after its last day: who pays within it owes no interest.

        :param term: the :meth:`_term` of the first notice
        """
        start = self._interest_start_rule(company)
        days = []
        if start == "due":
            days.append(self._legal_due_date(company, due_date, invoice_date) + DAY)
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
                received = max(due_date, self._invoice_arrival(invoice_date)) if invoice_date else due_date
                days.append(received + (self.interest_after_days + 1) * DAY)
        return max(min(days), due_date + DAY) if days else None

    def _legal_due_date(self, company, due_date, invoice_date):
        """The due date that counts for the law. Where due dates are not agreed, it is at the earliest
        ``unagreed_days`` days after the invoice arrived.

        Directive 2011/7/EU art. 3(3)(b), BW 6:119a(2): 30 days after receipt.
        """
        if not self.unagreed_days or not invoice_date or company.root_id.dunning_term_agreed:
            return due_date
        return max(due_date, self._invoice_arrival(invoice_date) + self.unagreed_days * DAY)

    @ormcache("self.id", "invoice_date")
    def _invoice_arrival(self, invoice_date):
        """The day on which an invoice counts as arrived: as if it went by post, which takes longer than an e-mail."""
        law = self.sudo()  # the result is cached for every user; laws are published
        return waiting_time.arrival(invoice_date, "post", law._waiting_rule(), law.country_id.code)

    def _invoiced_in_time(self, invoice_date, delivery_date):
        """Whether the invoice was made within the months after the delivery that the law wants. False where one of the
        two days is unknown.
        """
        if not invoice_date or not delivery_date:
            return False
        months = self.interest_invoice_months
        return not months or invoice_date <= delivery_date + relativedelta(months=months)

    def _interest(self, company, principal, start, until, invoice_date, reductions=(), credited=ZERO, cent=None,
                  free=()):
        """Interest from ``start`` to ``until``, both included.

        :param principal: Decimal, what was invoiced, with VAT
        :param start: see :meth:`_first_interest_day`; None where no interest runs
        :param reductions: [(day, amount)] of the principal that was paid
        :param credited: Decimal, what credit notes took off; it bears no interest from the start on
        :param cent: Decimal, the smallest part of the invoice's currency, if not that of the law's
        :param free: [(first day, last day or None)]: days on which no interest runs
        :return: :class:`tools.interest.Interest`
        """
        self.ensure_one()
        cent = cent or decimal(self.currency_id.rounding)
        if not start or self._clause_refusal(company, invoice_date):
            return interest.Interest(ZERO, (), ZERO)
        return interest.interest(
            principal, start, until, interest.suspended(self._rates(company), free), reductions, credited,
            self.interest_compounds, cent)

    def _rates(self, company):
        """The :class:`tools.interest.Rate` that this company may charge, oldest first."""
        self.ensure_one()
        return self._rates_for_company(self.id, company.root_id.id)

    @api.model
    @ormcache("law_id", "company_id")
    def _rates_for_company(self, law_id, company_id):
        # the result is cached for every user, who may lack access to the company; it is rates that customers are told
        law, company = self.sudo().browse(law_id), self.env["res.company"].sudo().browse(company_id)
        rates = law._statutory_rates()
        if not law._uses_clause_amounts(company):
            return rates
        own = interest.Rate(company.dunning_clause_date, None, decimal(company.dunning_clause_rate))
        return interest.capped((own,), rates)

    def _statutory_rates(self):
        """The :class:`tools.interest.Rate` of the law itself, oldest first: the published rate and the margin."""
        self.ensure_one()
        # called for results that are cached for every user; laws and rates are published
        return interest.raised(self.sudo().interest_kind_id._rates(), decimal(self.interest_margin))

    # ------------------------------------------------------------------
    # Costs
    # ------------------------------------------------------------------

    def _costs(self, company, claims, with_scale):
        """The costs that may be asked for the claims of one notice, as a list in their order, in the law's currency.

        :param claims: [(Decimal in the law's currency, invoice date)]: what is still due of each invoice in default
            (see :meth:`_first_interest_day`)
        :param with_scale: whether the scale may be applied, as :meth:`_first_charge_date` is reached for them; else
            only the fixed costs of an invoice
        """
        self.ensure_one()
        claims = [ZERO if self._clause_refusal(company, invoiced) else amount for amount, invoiced in claims]
        cent = decimal(self.currency_id.rounding)
        at_once = [decimal(self.cost_at_once) if claim > 0 else ZERO for claim in claims]
        if not with_scale:
            return at_once
        costs = self._scale_costs(claims, self._scale(), cent)
        if self._uses_clause_amounts(company):
            own = self._scale_costs(claims, company.root_id._dunning_clause_scale(), cent)
            costs = [min(pair) for pair in zip(costs, own, strict=True)]
        # what is owed at once is part of the scale, never on top of it
        return costs if sum(costs) >= sum(at_once) else at_once

    def _scale_costs(self, claims, scale, cent):
        return collection_costs.costs_of_claims(claims, scale, self.cost_basis == "notice", cent)

    def _is_capped_instalment(self, company, date, principal):
        """Whether costs of the scale that are asked on a day of a claim count for the bound of regular instalments.

        :param principal: Decimal in the law's currency, what was invoiced
        """
        self.ensure_one()
        return bool(
            self.instalment_cap and company.root_id.dunning_regular_deliveries
            and (not self.instalment_from or date >= self.instalment_from)
            and principal < decimal(self.instalment_below))

    def _scale(self):
        """The law's scale for :mod:`tools.collection_costs`."""
        self.ensure_one()
        return self._scale_of(self.id)

    @api.model
    @ormcache("law_id")
    def _scale_of(self, law_id):
        law = self.sudo().browse(law_id)  # the result is cached for every user; laws are published
        return Scale(
            tuple(Tier(*map(decimal, (tier.above, tier.flat, tier.percent))) for tier in law.tier_ids.sorted("above")),
            decimal(law.cost_minimum) or None, decimal(law.cost_maximum) or None)

    def _reminder_cost(self, company, number, invoice_date, channel, due_date_rank=1):
        """What may be asked for one reminder, in the law's currency.

        :param number: 1 for the first reminder of a due date, 2 for the second …
        :param due_date_rank: the position of the due date among the customer's unpaid due dates of its calendar year,
            from 1 on
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
        if self._uses_clause_amounts(company):
            cost = min(cost, decimal(company.dunning_clause_reminder))
        if self.reminder_postage and self._notice_medium(channel) == "post":
            cost += decimal(company.dunning_postage)
        return cost
