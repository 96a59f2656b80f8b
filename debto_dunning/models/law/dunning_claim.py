"""The facts of claims on which costs and interest are calculated, read from the ledger and the log by set."""

from datetime import date as Date
from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, format_date

from ...tools import interest
from ...tools.collection_costs import ZERO
from ...tools.decimals import decimal


class AnnouncedCosts(NamedTuple):
    """What a notice of the law announced as the costs that follow, in the currency of the item."""

    notice: tuple  #: tells which claims were announced together: those of one notice, where the law adds claims up
    total: Decimal  #: announced for all of them
    asked: Decimal  #: costs asked so far of all of them


class Claim(NamedTuple):
    """One open item on a day, with the law that holds for it; amounts are Decimals in the item's currency."""

    item: int  #: id of the ``account.move.line``
    move: int  #: id of the ``account.move``
    company: object  #: root company
    booked_until: Date  #: the last day whose payments are booked, at most the day of the calculation
    law: object  #: the ``dunning.law`` that holds; empty where none is known
    needs_default_notice: bool  #: see ``dunning.law._needs_default_notice``
    notices_needed: int  #: see ``dunning.law._notices_needed``
    refusal: str  #: why the law allows no charges, see ``dunning.law._clause_refusal``; empty where it allows some
    missing_statement: str  #: why a notice cannot be given, see ``dunning.law._missing_statement``; empty where it can
    is_described: bool  #: whether something tells what was delivered, where a law asks
    is_consumer: bool
    country: int | None  #: id of the country where the customer lives or has its seat
    invoice: int | None  #: id of the ``account.move`` if it is an invoice; other entries may hold many claims
    invoice_date: Date
    delivery_date: Date | None
    due: Date
    principal: Decimal  #: what was invoiced, with VAT
    payments: tuple  #: (day, amount) of the money of each payment matched with the item
    written_off: tuple  #: (day, amount) of what entries took off without money: written off, or set off
    credited: Decimal  #: what credit notes took off
    open: Decimal  #: what is left of the principal in the ledger
    terms: tuple  #: the ``tools.waiting_time.Term`` of each notice whose day is known, sorted by their end
    notices_given: int  #: notices that are not void, with those whose day is not known yet
    announced: AnnouncedCosts | None  #: by the notices whose waiting time is over; None where they name no costs
    reminders: int  #: written reminders that were sent
    is_fixed_cost_asked: bool  #: whether costs were asked of another instalment of the same invoice
    disputed_in_notice: Decimal  #: what was in dispute when the last notice was given, which did not name it
    cost_asked: Decimal  #: costs asked so far
    reminder_cost_asked: Decimal  #: of these, for reminders
    cost_base: Decimal  #: what was still due when costs were first asked
    interest_asked: Decimal  #: interest asked so far
    charges_settled: Decimal  #: what was paid or credited of costs and interest
    waived: str | None  #: why nothing is asked any more; None where nothing was waived
    agreement: str  #: the agreement by which nothing but the principal is asked now, in words; empty without one
    interest_free: tuple  #: (first day, last day or None) of the times in which it was agreed that no interest runs

    def gives_notice(self, level, medium):
        """Whether a step gives the notice that the law wants before the company may charge.

        :param level: the ``dunning.level`` of the step
        :param medium: "post", "email" or None, see ``dunning.law._notice_medium``
        """
        return bool(
            medium and self.notices_given < self.notices_needed
            and not self.refusal and not self.missing_statement and not self.waived and not self.agreement
            and level.number > 0 and (level.gives_notice or level._wants_charges())
            # the notice after the notice of default counts only when the term of that one is over
            and (not self.needs_default_notice or self.notices_given != 1 or self._is_in_default()))

    def _is_in_default(self):
        return bool(self.terms) and self.terms[0].over <= self.booked_until

    def is_default_notice_next(self):
        """Whether the next notice is the notice of default."""
        return self.needs_default_notice and self.notices_given == 0

    def first_charge_date(self):
        """The first day on which the law allows costs that need a notice; None where it is not known yet."""
        return self.law._first_charge_date(self.due, self.terms, self.notices_needed)

    def highest_cost(self):
        """The highest costs that may be asked of the item by itself: what the notice announced, less what was asked of
        the claims that were announced with it. None where no notice bounds them.

        What was not announced cannot be asked (Netherlands, BW 6:96(6); Belgium, Code of Economic Law art. XIX.2 § 3).
        Fixed costs that the law gives without a notice need no announcement.
        """
        if self.announced is None:
            return None
        left = self.announced.total - self.announced.asked + self.cost_asked
        return max(left, decimal(self.law.cost_at_once) if self.law.cost_at_once else ZERO, ZERO)

    def is_cost_shared(self):
        """Whether costs were asked of other claims that the law adds up with this one: of other instalments of the
        invoice, or of other claims of the same notice.
        """
        if self.law.cost_basis == "notice":
            return bool(self.announced) and self.announced.asked > self.cost_asked
        return bool(self.invoice) and self.is_fixed_cost_asked

    def must_wait_on(self, date):
        """Whether nothing may be asked on a day, as the free reminders of the law were not given or their waiting time
        is not over. It counts as over when payments are booked up to its end.
        """
        if not self.law.free_reminders:
            return False
        first_day = self.first_charge_date()
        return first_day is None or first_day > min(date, self.booked_until)

    def principal_in_default(self):
        """What was left of the principal when the waiting time of the notice ended or, without one, when the customer
        fell into default. Who pays before that day owes no costs on the payment. None where the day is not known.
        """
        if not self.law:
            return None
        if not self.reductions:
            return self.principal - self.credited
        last = max(day for day, _amount in self.reductions)
        start = (self.first_charge_date() if self.law.free_reminders
                 else self.first_interest_day(max(last, self.booked_until)))
        if start is None:
            return None
        return self.principal - self.credited - sum((amount for day, amount in self.reductions if day < start), ZERO)

    @property
    def reductions(self):
        """(day, amount) of each payment and of what was written off, in the order of their days."""
        return tuple(sorted(self.payments + self.written_off))

    def last_reduction(self, date):
        """The day of the last payment or write-off; ``date`` where there is none."""
        return max((day for day, _amount in self.reductions), default=date)

    def is_cost_base_reduced(self):
        """Whether the amount on which costs were asked is less now: by a credit note, or by a payment that came in
        time and was booked after they were asked.
        """
        return self.cost_base > 0 and self.current_cost_base(self.cost_base) < self.cost_base

    def current_cost_base(self, asked):
        """The amount on which costs are calculated: what was due when they were first asked, less what was paid in
        time or credited since. What was in dispute when the notice was given bears none: the notice did not name it.

        :param asked: what the message asks of the principal; counts where no costs were asked before
        """
        in_default = self.principal_in_default()
        named = self.principal - self.credited if in_default is None else in_default
        return max(min(self.cost_base or asked, self.principal - self.credited, named - self.disputed_in_notice), ZERO)

    def is_named_in_notice(self, asked):
        """Whether the notice named something of what is asked: it did not where only what was in dispute is left.

        :param asked: what the message asks of the principal
        """
        return not self.disputed_in_notice or self.current_cost_base(asked) > 0

    def first_interest_day(self, date):
        """The first day that bears interest; None where it is not known on ``date`` or never comes."""
        return self.law._first_interest_day(
            self.company, date, self.due, self.invoice_date, self.delivery_date, self.terms[0] if self.terms else None)

    def interest_until(self, date, start, covered=ZERO, cent=None):
        """:class:`tools.interest.Interest` from ``start`` to ``date``, both included.

        :param covered: money received and not matched yet; it bears no interest from the start on
        :param cent: the smallest part of the currency as a Decimal, if not that of the law's currency
        """
        return self.law._interest(
            self.company, self.principal, start, date, self.invoice_date, self.reductions, self.credited + covered,
            cent, self.interest_free)

    def rates(self):
        """The :class:`tools.interest.Rate` that hold for it, oldest first."""
        return interest.suspended(self.law._rates(self.company), self.interest_free)

    def interest_at_payment(self, last, cent):
        """:class:`tools.interest.Interest` up to the day ``last`` of the last payment, that day included."""
        return self.interest_until(last, self.first_interest_day(last), cent=cent)

    def without_written_off(self):
        """The claim as if what was written off had been credited: it bears no interest from the start on."""
        return self._replace(
            written_off=(), credited=self.credited + sum((amount for _day, amount in self.written_off), ZERO))


class ClaimBuilder:
    """Makes :class:`Claim` of the rows of one query; what holds for many rows is looked up once."""

    def __init__(self, company, date, booked_until):
        """
        :param company: root company
        :param date: the day of the calculation
        :param booked_until: as in :class:`Claim`
        """
        self.company, self.date, self.booked_until = company, date, booked_until
        self._laws, self._terms, self._refusals, self._missing_statements = {}, {}, {}, {}

    def build(self, row):
        """The :class:`Claim` of a row of ``dunning.claim._claims_query``, as a dict."""
        law, needs_default_notice, notices_needed = self._law(
            row["is_consumer"], row["country_id"], row["charge_law_id"] or row["notices"] and row["notices"][0][0])
        # notices by a law for other debtors do not count: the kind or the country of the customer changed since
        notices = [notice for notice in row["notices"] or () if law._has_same_debtors_as(notice[0])]
        terms = list(filter(None, (self._term(*notice[:4]) for notice in notices)))
        return Claim(
            item=row["id"], move=row["move_id"], company=self.company, booked_until=self.booked_until,
            law=law, needs_default_notice=needs_default_notice, notices_needed=notices_needed,
            refusal=self._refusal(law, row["invoice_date"]),
            missing_statement=self._missing_statement(law, row["is_described"]),
            is_described=row["is_described"], is_consumer=row["is_consumer"], country=row["country_id"],
            invoice=row["invoice_id"], invoice_date=row["invoice_date"], delivery_date=row["delivery_date"],
            due=row["due"],
            principal=decimal(row["principal"]),
            **{name: tuple((Date.fromisoformat(day), Decimal(amount)) for day, amount in row[name] or ())
               for name in ("payments", "written_off")},
            credited=decimal(row["credited"]), open=decimal(row["open"]),
            terms=tuple(sorted(terms, key=lambda term: term.over)), notices_given=len(notices),
            announced=self._announced(row, law, notices),
            reminders=row["reminders"] or 0, is_fixed_cost_asked=bool(row["is_fixed_cost_asked"]),
            waived=row["waive_reason"], agreement=self._agreement(row["free_until"]),
            interest_free=tuple((Date.fromisoformat(first), last and Date.fromisoformat(last))
                                for first, last in row["interest_free"] or ()),
            disputed_in_notice=decimal(row["disputed_in_notice"]),
            **self._asked_before(row, law))

    def _law(self, is_consumer, country_id, known_id):
        """(law, whether it needs a notice of default, number of notices it needs) for the customers of a country.

        :param known_id: id of the law that was applied before; None where none was
        """
        key = is_consumer, country_id, known_id
        if key not in self._laws:
            laws = self.company.env["dunning.law"]
            law = laws._in_force(
                "consumer" if is_consumer else "business", self.company.env["res.country"].browse(country_id),
                self.date, self.company, laws.browse(known_id))
            self._laws[key] = (law, law._needs_default_notice(self.company), law._notices_needed(self.company)) \
                if law else (law, False, 0)
        return self._laws[key]

    def _refusal(self, law, invoice_date):
        key = law, invoice_date
        if key not in self._refusals:
            self._refusals[key] = law._clause_refusal(self.company, invoice_date) if law else ""
        return self._refusals[key]

    def _agreement(self, free_until):
        """:param free_until: see ``dunning.agreement.term._free_until_sql``"""
        if not free_until:
            return ""
        if free_until == "infinity":
            return self.company.env._("Agreed with the customer: no costs and interest.")
        return self.company.env._(
            "Agreed with the customer: no costs and interest to %s.",
            format_date(self.company.env, Date.fromisoformat(free_until)))

    def _missing_statement(self, law, is_described):
        key = law, is_described
        if key not in self._missing_statements:
            missing = law._missing_statement(self.company) if law else ""
            if not missing and law.notice_describes and not is_described:
                missing = law._missing_description()
            self._missing_statements[key] = missing
        return self._missing_statements[key]

    def _term(self, law_id, sent, channel, delivered):
        """The term of a notice that was sent and proved to be delivered on ISO dates; None where the day is not known.
        """
        key = law_id, sent, channel, delivered
        if key not in self._terms:
            law = self.company.env["dunning.law"].browse(law_id)
            self._terms[key] = law._term(
                Date.fromisoformat(sent), channel, delivered and Date.fromisoformat(delivered)) if sent else None
        return self._terms[key]

    def _announced(self, row, law, notices):
        """:class:`AnnouncedCosts` of the notice that allows most, of those whose waiting time is over; None where none
        of these names costs, as a notice of default.

        :param notices: those of ``_claims_query`` that count for the law
        """
        found = []
        for law_id, sent, channel, delivered, communication, announced, total, asked in notices:
            term = self._term(law_id, sent, channel, delivered)
            if announced is None or not term or term.over > self.booked_until:
                continue
            if law.cost_basis == "notice":
                found.append(AnnouncedCosts((communication,), Decimal(total), Decimal(asked)))
            else:
                found.append(AnnouncedCosts(
                    (communication, row["id"]), Decimal(announced), self._asked_before(row, law)["cost_asked"]))
        return max(found, key=lambda one: one.total - one.asked, default=None)

    @staticmethod
    def _asked_before(row, law):
        """The amounts that were asked before, nothing where it was by another law or in another currency."""
        is_comparable = (
            row["charge_law_id"] and row["charge_currency_id"] == row["currency_id"]
            and law._has_same_debtors_as(row["charge_law_id"]))
        return {name: decimal(row[column]) if is_comparable else ZERO for name, column in (
            ("cost_asked", "cost_amount"), ("reminder_cost_asked", "reminder_amount"), ("cost_base", "cost_base"),
            ("interest_asked", "interest_amount"), ("charges_settled", "amount_settled"))}


class DunningClaim(models.AbstractModel):
    _name = "dunning.claim"
    _description = "Facts of Claims for Costs and Interest"

    @api.model
    def _claims(self, company, date, item_ids, delivering=()):
        """The :class:`Claim` of each item: {item id: Claim}. Two queries, whatever the number of items.

        :param company: root company
        :param date: the day of the calculation
        :param delivering: ids of communications whose own lines count as not written yet
        """
        if not item_ids:
            return {}
        self.env.flush_all()
        booked_until = date
        if company.dunning_bank_max_age:
            booked_until = min(date, company._dunning_bank_date(date) or Date.min)
        self.env.cr.execute(self._claims_query(company, date, list(item_ids), list(delivering)))
        builder = ClaimBuilder(company.with_env(self.env), date, booked_until)
        return {row["id"]: builder.build(row) for row in self.env.cr.dictfetchall()}

    def _claims_query(self, company, date, item_ids, delivering):
        """The statement that reads the facts of items from ledger, log and agreements, one row an item."""
        mediums = [channel for channel, _name in self.env["dunning.level"]._fields["channel"].selection
                   if self.env["dunning.law"]._notice_medium(channel)]
        return SQL("""
            WITH wanted AS MATERIALIZED (
                SELECT line.id, line.amount_currency AS principal, line.currency_id,
                       line.amount_residual_currency AS open, line.move_id, line.partner_id, line.date,
                       line.date_maturity, line.dunning_delivered
                  FROM account_move_line line WHERE line.id = ANY(%(items)s)
            ), settled AS (
                SELECT partial.debit_move_id AS id,
                       json_agg(json_build_array(credit.date, received.money::text)
                                ORDER BY credit.date, partial.id) FILTER (WHERE received.money <> 0) AS payments,
                       json_agg(json_build_array(credit.date, (partial.debit_amount_currency - received.money)::text)
                                ORDER BY credit.date, partial.id)
                           FILTER (WHERE move.move_type <> 'out_refund'
                                     AND partial.debit_amount_currency <> received.money) AS written_off,
                       sum(partial.debit_amount_currency) FILTER (WHERE move.move_type = 'out_refund')
                           AS credited
                  FROM account_partial_reconcile partial
                  JOIN res_currency currency ON currency.id = partial.debit_currency_id
                  JOIN account_move_line credit ON credit.id = partial.credit_move_id
                  JOIN account_move move ON move.id = credit.move_id
                  CROSS JOIN LATERAL (
                       SELECT round(partial.debit_amount_currency * (%(money_share)s), currency.decimal_places)
                           AS money
                  ) received
                 WHERE partial.debit_move_id = ANY(%(items)s)
                 GROUP BY partial.debit_move_id
            ), announced AS MATERIALIZED (
                SELECT notice.communication_id, notice.law_id,
                       sum((notice.calculation ->> 'announced')::numeric) AS total,
                       COALESCE(sum(charge.cost_amount), 0) AS asked
                  FROM dunning_communication_line notice
                  LEFT JOIN dunning_charge charge ON charge.move_line_id = notice.move_line_id
                 WHERE notice.is_notice AND notice.level_id IS NOT NULL AND notice.void IS NOT TRUE
                   AND notice.communication_id IN (
                       SELECT line.communication_id FROM dunning_communication_line line
                        WHERE line.is_notice AND line.move_line_id = ANY(%(items)s))
                 GROUP BY notice.communication_id, notice.law_id
            ), logged AS (
                SELECT line.move_line_id AS id,
                       json_agg(json_build_array(
                           line.law_id, line.notice_date, communication.channel, communication.delivered_on,
                           line.communication_id, line.calculation ->> 'announced', announced.total::text,
                           announced.asked::text)) FILTER (WHERE line.is_notice) AS notices,
                       (array_agg(line.amount_disputed ORDER BY line.date DESC, line.id DESC)
                           FILTER (WHERE line.is_notice))[1] AS disputed_in_notice,
                       count(*) FILTER (WHERE line.level_number > 0 AND communication.state = 'sent'
                                          AND communication.channel = ANY(%(mediums)s)) AS reminders
                  FROM dunning_communication_line line
                  JOIN dunning_communication communication ON communication.id = line.communication_id
                  LEFT JOIN announced ON announced.communication_id = line.communication_id
                                     AND announced.law_id = line.law_id
                 WHERE line.move_line_id = ANY(%(items)s) AND line.level_id IS NOT NULL AND line.void IS NOT TRUE
                   AND communication.id <> ALL(%(delivering)s::int[])
                 GROUP BY line.move_line_id
            )
            SELECT wanted.id, wanted.move_id, CASE WHEN move.move_type <> 'entry' THEN move.id END AS invoice_id,
                   wanted.currency_id, wanted.principal, wanted.open, partner.country_id,
                   %(is_consumer)s AS is_consumer,
                   COALESCE(move.invoice_date, wanted.date) AS invoice_date, move.delivery_date,
                   %(due)s AS due,
                   %(is_described)s AS is_described,
                   settled.payments, settled.written_off, settled.credited, logged.notices, logged.reminders,
                   logged.disputed_in_notice,
                   charge.cost_amount, charge.reminder_amount, charge.cost_base, charge.interest_amount,
                   charge.amount_settled, charge.law_id AS charge_law_id, charge.currency_id AS charge_currency_id,
                   EXISTS (SELECT FROM dunning_charge other
                            WHERE other.move_id = wanted.move_id AND other.cost_amount > 0
                              AND other.move_line_id <> wanted.id) AS is_fixed_cost_asked,
                   -- where the item of a waiver is gone, as the invoice was posted anew, it holds for the invoice
                   (SELECT COALESCE(waived.waive_reason, '-') FROM dunning_charge waived
                     WHERE waived.move_id = wanted.move_id AND waived.is_waived
                       AND waived.customer_id IN (wanted.partner_id, partner.id)
                       AND (waived.move_line_id = wanted.id OR waived.move_line_id IS NULL)
                     LIMIT 1) AS waive_reason,
                   %(free_until)s AS free_until,
                   %(interest_free)s AS interest_free
              FROM wanted
              JOIN account_move move ON move.id = wanted.move_id
              JOIN res_partner customer ON customer.id = wanted.partner_id
              JOIN res_partner partner ON partner.id = customer.commercial_partner_id
              LEFT JOIN dunning_debtor debtor ON debtor.partner_id = partner.id AND debtor.company_id = %(company)s
              LEFT JOIN settled ON settled.id = wanted.id
              LEFT JOIN logged ON logged.id = wanted.id
              LEFT JOIN dunning_charge charge ON charge.move_line_id = wanted.id
        """, items=item_ids, company=company.root_id.id, delivering=delivering, mediums=mediums,
            is_consumer=self.env["dunning.debtor"]._is_consumer_sql(), is_described=self._is_described_sql(),
            due=self.env["account.move.line"]._dunning_due_sql("wanted"),
            free_until=self.env["dunning.agreement.term"]._free_until_sql(SQL("debtor.id"), date),
            money_share=self.env["account.move.line"]._dunning_money_share_sql(),
            interest_free=self._interest_free_sql())

    @api.model
    def _interest_free_sql(self):
        """SQL expression: the times in which it was agreed that ``wanted`` bears no interest, as a JSON array of pairs
        of first and last day, the last may be NULL. Other rooms and addons extend it.
        """
        return SQL("NULL::json")

    @api.model
    def _is_described_sql(self):
        """Whether something tells what was delivered, as an SQL condition on the tables of :meth:`_claims_query`. True
        without a look where no law for this kind of debtor asks.
        """
        described = self.env["dunning.law"]._kinds_described()
        return SQL("""
            (NOT (CASE WHEN %(is_consumer)s THEN %(consumers)s ELSE %(businesses)s END)
             OR COALESCE(wanted.dunning_delivered, '') <> ''
             -- an entry may hold the items of many customers: its other lines tell nothing of this one
             OR move.move_type <> 'entry' AND EXISTS (
                SELECT FROM account_move_line product
                 WHERE product.move_id = move.id AND product.display_type = 'product'
                   AND (product.product_id IS NOT NULL OR COALESCE(btrim(product.name), '') <> '')))
        """, is_consumer=self.env["dunning.debtor"]._is_consumer_sql(), consumers="consumer" in described,
            businesses="business" in described)
