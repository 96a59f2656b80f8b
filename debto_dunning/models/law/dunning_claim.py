"""What is known of claims when costs and interest are reckoned: facts of the ledger and of the log, read by set."""

from datetime import date as Date
from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...tools.collection_costs import ZERO
from ...tools.decimals import decimal


class Claim(NamedTuple):
    """One open item as the law looks at it on a day; amounts are Decimals in the item's currency."""

    item: int
    move: int
    company: object  #: root company
    known: Date  #: up to this day payments are booked; not after the day on which the law is asked
    law: object  #: the ``dunning.law`` that holds; empty where nothing may be charged
    wants_default: bool  #: whether the first of them is a notice of default
    needed: int  #: notices that the law wants before the company may ask for all that it allows
    refusal: str  #: why sales conditions or a missing statement let nothing be charged; empty where they do
    is_consumer: bool
    country: int | None  #: where the customer lives or has its seat
    invoice_date: Date
    delivery_date: Date | None
    due: Date
    principal: Decimal  #: what was invoiced, with VAT
    payments: tuple  #: (day, amount) of what was paid of it
    credited: Decimal  #: what credit notes took off
    open: Decimal  #: what the ledger shows as left
    terms: tuple  #: the ``tools.waiting_time.Term`` of each notice that counts, the first that ends first
    notices: int  #: notices that stand, those on their way too
    reminders: int  #: written reminders that were sent
    is_fixed_asked: bool  #: costs were asked of another instalment of the invoice
    cost: Decimal  #: asked so far, by the law of these debtors
    reminder_cost: Decimal  #: of these, for reminders by themselves
    cost_base: Decimal  #: what was still due when the costs were first asked
    interest: Decimal  #: asked so far
    received: Decimal  #: of costs and interest: paid, or credited
    waived: str | None  #: why nothing is asked any more

    def is_notice(self, level, medium):
        """Whether a step by this medium is to say what the law demands before it lets the company charge.

        :param level: ``dunning.level``
        :param medium: "post", "email", or None for what is no notice
        """
        return bool(
            medium and self.notices < self.needed and not self.refusal and not self.waived
            and level.number > 0 and (level.gives_notice or level._wants_charges())
            and (self.is_default_next() or not self.wants_default or self.notices > 1
                 # the notice after that of default: the customer is in default only when its term is over
                 or bool(self.terms) and self.terms[0].over <= self.known))

    def is_default_next(self):
        """Whether the next notice puts the customer in default, see ``dunning.law._wants_default``."""
        return self.wants_default and self.notices == 0

    def charge_date(self):
        """The first day on which the law lets costs after a notice be asked; None: not yet known."""
        return self.law._first_charge_date(self.due, self.terms, self.needed)

    def is_free_on(self, date):
        """Whether the law still wants free reminders, or their waiting time runs, as far as payments are booked."""
        if not self.law.free_reminders:
            return False
        charge_date = self.charge_date()
        return charge_date is None or charge_date > min(date, self.known)

    def left_in_time(self):
        """What was left when the customer fell into default, or the waiting time of the notice ended: who pays before
        owes no costs on that. None: the day is not known.
        """
        if not self.law:
            return None
        if not self.payments:
            return self.principal - self.credited
        last = max(day for day, _amount in self.payments)
        start = self.charge_date() if self.law.free_reminders else self.interest_start(max(last, self.known))
        if start is None:
            return None
        return self.principal - self.credited - sum((amount for day, amount in self.payments if day < start), ZERO)

    def base_fell(self):
        """Whether a credit note, or a payment in time that was booked late, takes off what costs were reckoned on."""
        return self.cost_base > 0 and self.base(self.cost_base) < self.cost_base

    def base(self, asked):
        """What costs are reckoned on: what was still due when they were first asked, never more than in time."""
        left = self.left_in_time()
        base = min(self.cost_base or asked, self.principal - self.credited)
        return max(base if left is None else min(base, left), ZERO)

    def interest_start(self, date):
        """The first day that bears interest, None where it is not known on ``date``."""
        return self.law._interest_start(
            self.company, date, self.due, self.invoice_date, self.delivery_date, self.terms[0] if self.terms else None)

    def interest_until(self, date, start, covered=ZERO, cent=None):
        """:class:`tools.interest.Interest` from ``start`` to ``date``, both included.

        :param covered: money that is there and not matched yet: it bears no interest from the start on
        """
        return self.law._interest(
            self.company, self.principal, start, date, self.invoice_date, self.payments, self.credited + covered, cent)

    def interest_paid(self, last, cent):
        """The interest that ran when the last payment came, on the day ``last``."""
        return self.interest_until(last, self.interest_start(last), cent=cent)


class DunningClaim(models.AbstractModel):
    _name = "dunning.claim"
    _description = "Claims as the Law Looks at Them"

    @api.model
    def _claims(self, company, date, item_ids, delivering=()):
        """The :class:`Claim` of each item, by its id; two queries whatever their number.

        :param company: root company
        :param date: the day on which the law is asked
        :param delivering: ids of communications whose own lines count as not written yet
        """
        if not item_ids:
            return {}
        self.env.flush_all()
        known = date
        if company.dunning_bank_max_age:
            known = min(date, company._dunning_bank_date(date) or Date.min)
        self.env.cr.execute(self._claims_query(company, list(item_ids), list(delivering)))
        laws, terms, refusals = {}, {}, {}
        return {
            row["id"]: self._make_claim(row, company, date, known, laws, terms, refusals)
            for row in self.env.cr.dictfetchall()
        }

    def _make_claim(self, row, company, date, known, laws, terms, refusals):
        """:param laws: what was found for (kind, country) before: law and notices it needs; ``terms`` the same for
            notices, ``refusals`` for days of invoices; all three are filled
        """
        place = row["is_consumer"], row["country_id"]
        if place not in laws:
            law = self.env["dunning.law"]._for(
                "consumer" if row["is_consumer"] else "business",
                self.env["res.country"].browse(row["country_id"]), date, company)
            laws[place] = law, bool(law) and law._wants_default(company), law._notices_needed(company) if law else 0
        law, wants_default, needed = laws[place]
        invoiced = law, row["invoice_date"]
        if invoiced not in refusals:
            refusals[invoiced] = law._refusal(company, row["invoice_date"]) if law else ""
        # what was said by the law of other debtors, before kind or country of the customer changed, counts nothing
        notices = [notice for notice in row["notices"] or () if law._is_of_same_debtors(notice[0])]
        found = []
        for law_id, sent, channel in notices:
            key = law_id, sent, channel
            if sent and key not in terms:
                terms[key] = self.env["dunning.law"].browse(law_id)._term(Date.fromisoformat(sent), channel)
            if terms.get(key):
                found.append(terms[key])
        asked = row["charge_law_id"] and row["charge_currency_id"] == row["currency_id"] \
            and law._is_of_same_debtors(row["charge_law_id"])
        return Claim(
            row["id"], row["move_id"], company, known, law, wants_default, needed, refusals[invoiced],
            row["is_consumer"], row["country_id"], row["invoice_date"], row["delivery_date"], row["due"],
            decimal(row["principal"]),
            tuple((Date.fromisoformat(day), Decimal(amount)) for day, amount in row["payments"] or ()),
            decimal(row["credited"]), decimal(row["open"]), tuple(sorted(found, key=lambda term: term.over)),
            len(notices), row["reminders"] or 0, bool(row["is_fixed_asked"]),
            *(decimal(row[name]) if asked else ZERO for name in (
                "cost_amount", "reminder_amount", "cost_base", "interest_amount", "amount_settled")),
            row["waive_reason"])

    def _claims_query(self, company, item_ids, delivering):
        mediums = [channel for channel, _name in self.env["dunning.level"]._fields["channel"].selection
                   if self.env["dunning.law"]._notice_medium(channel)]
        return SQL("""
            WITH wanted AS MATERIALIZED (
                SELECT line.id, line.amount_currency AS principal, line.currency_id,
                       line.amount_residual_currency AS open, line.move_id, line.partner_id, line.date,
                       line.date_maturity
                  FROM account_move_line line WHERE line.id = ANY(%(items)s)
            ), settled AS (
                SELECT partial.debit_move_id AS id,
                       json_agg(json_build_array(credit.date, partial.debit_amount_currency::text)
                                ORDER BY credit.date, partial.id) FILTER (WHERE move.move_type <> 'out_refund')
                           AS payments,
                       sum(partial.debit_amount_currency) FILTER (WHERE move.move_type = 'out_refund')
                           AS credited
                  FROM account_partial_reconcile partial
                  JOIN account_move_line credit ON credit.id = partial.credit_move_id
                  JOIN account_move move ON move.id = credit.move_id
                 WHERE partial.debit_move_id = ANY(%(items)s)
                 GROUP BY partial.debit_move_id
            ), said AS (
                SELECT line.move_line_id AS id,
                       json_agg(json_build_array(line.law_id, line.notice_date, communication.channel))
                           FILTER (WHERE line.is_notice) AS notices,
                       count(*) FILTER (WHERE line.level_number > 0 AND communication.state = 'sent'
                                          AND communication.channel = ANY(%(mediums)s)) AS reminders
                  FROM dunning_communication_line line
                  JOIN dunning_communication communication ON communication.id = line.communication_id
                 WHERE line.move_line_id = ANY(%(items)s) AND line.level_id IS NOT NULL AND line.void IS NOT TRUE
                   AND communication.id <> ALL(%(delivering)s::int[])
                 GROUP BY line.move_line_id
            )
            SELECT wanted.id, wanted.move_id, wanted.currency_id, wanted.principal, wanted.open, partner.country_id,
                   %(is_consumer)s AS is_consumer,
                   COALESCE(move.invoice_date, wanted.date) AS invoice_date, move.delivery_date,
                   COALESCE(wanted.date_maturity, move.invoice_date_due, wanted.date) AS due,
                   settled.payments, settled.credited, said.notices, said.reminders,
                   charge.cost_amount, charge.reminder_amount, charge.cost_base, charge.interest_amount,
                   charge.amount_settled, charge.law_id AS charge_law_id, charge.currency_id AS charge_currency_id,
                   EXISTS (SELECT FROM dunning_charge other
                            WHERE other.move_id = wanted.move_id AND other.cost_amount > 0
                              AND other.move_line_id <> wanted.id) AS is_fixed_asked,
                   -- where the item of a waiver is gone, as the invoice was posted anew, it holds for the invoice
                   (SELECT COALESCE(waived.waive_reason, '-') FROM dunning_charge waived
                     WHERE waived.move_id = wanted.move_id AND waived.is_waived
                       AND (waived.move_line_id = wanted.id OR waived.move_line_id IS NULL)
                     LIMIT 1) AS waive_reason
              FROM wanted
              JOIN account_move move ON move.id = wanted.move_id
              JOIN res_partner customer ON customer.id = wanted.partner_id
              JOIN res_partner partner ON partner.id = customer.commercial_partner_id
              LEFT JOIN dunning_debtor debtor ON debtor.partner_id = partner.id AND debtor.company_id = %(company)s
              LEFT JOIN settled ON settled.id = wanted.id
              LEFT JOIN said ON said.id = wanted.id
              LEFT JOIN dunning_charge charge ON charge.move_line_id = wanted.id
        """, items=item_ids, company=company.root_id.id, delivering=delivering, mediums=mediums,
            is_consumer=self.env["dunning.debtor"]._is_consumer_sql())
