"""What is still owed of the costs and the interest that messages asked for."""

from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...tools.calculation import costs_entry, interest_rows
from ...tools.charges import charges_left
from ...tools.collection_costs import ZERO
from ...tools.decimals import decimal


class ChargeOwed(NamedTuple):
    """What is still owed of one ``dunning.charge``; amounts are Decimals in its currency, at most what was asked."""

    cost: Decimal
    interest: Decimal
    settled: Decimal  #: what was paid or credited of both
    calculation: dict  #: see :mod:`tools.calculation`
    refusal: str = ""  #: why nothing is owed any more, in words

    @property
    def due(self):
        """What is left to pay, as a float."""
        return float(charges_left(self.cost, self.interest, self.settled))


class DunningChargeCalculator(models.AbstractModel):
    """What is owed now of charges that were asked before.

    Customers see it on the page, in its payment code, on statements and in lists of messages; the settlement of the
    night writes it on the charges.
    """

    _inherit = "dunning.charge.calculator"

    @api.model
    def _charges_owed(self, charges, claims=None):
        """What is still owed of charges today: {``dunning.charge``: :class:`ChargeOwed`}, for each of ``charges``.

        :param claims: {item id: Claim} of their items, where the caller has them
        """
        found = {}
        for company, some in charges.grouped("company_id").items():
            if claims is None:
                uncertain = some.filtered(lambda charge: charge.state in ("running", "open") and charge.amount > 0)
                own = self.env["dunning.claim"]._claims(
                    company, company._dunning_today(), uncertain.move_line_id.ids)
            else:
                own = claims
            for charge in some:
                found[charge] = self._charge_owed(charge, own.get(charge.move_line_id.id))
        return found

    @api.model
    def _charge_owed(self, charge, claim):
        """:class:`ChargeOwed` of one charge.

        :param claim: the :class:`.dunning_claim.Claim` of its item; None where the item is gone
        """
        asked = ChargeOwed(
            decimal(charge.cost_amount), decimal(charge.interest_amount), decimal(charge.amount_settled),
            dict(charge.calculation or {}))
        if charge.is_waived:
            return ChargeOwed(ZERO, ZERO, ZERO, {}, charge.waive_reason or "")
        if not claim or charge.state not in ("running", "open") or not asked.cost + asked.interest:
            return asked
        if refusal := self._withdrawal(charge.law_id, claim) or claim.agreement:
            return ChargeOwed(ZERO, ZERO, asked.settled, {}, refusal)
        # what is settled was calculated at the payment; a claim in another currency is not compared
        if charge.is_settled or charge.currency_id != charge.move_line_id.currency_id:
            return asked
        if charge.state == "open":
            return self._lowered_at_payment(charge, claim, asked)
        return self._reduced(charge, claim, asked)

    def _withdrawal(self, law, claim):
        """Why charges that were asked by a law do not hold any more, as words for the log; empty where they do.

        :param law: the ``dunning.law`` by which they were asked; may be empty
        """
        if law and not claim.law._has_same_debtors_as(law.id):
            return self.env._("the law by which it was asked does not hold for this customer")
        return claim.law._clause_refusal(claim.company, claim.invoice_date) if claim.law else ""

    def _lowered_at_payment(self, charge, claim, asked):
        """``asked`` less what the settlement of the next night will take off, as the item is paid or credited."""
        paid = self._owed_at_payment(charge, claim, charge.company_id._dunning_today())
        if paid.refusal:
            return ChargeOwed(ZERO, ZERO, asked.settled, {}, paid.refusal)
        calculation = asked.calculation | {
            key: paid.calculation[key] for key, is_less in (
                ("costs", paid.cost < asked.cost), ("interest", paid.interest < asked.interest)) if is_less}
        return asked._replace(
            cost=min(asked.cost, paid.cost), interest=min(asked.interest, paid.interest), calculation=calculation)

    @api.model
    def _owed_at_payment(self, charge, claim, date):
        """:class:`ChargeOwed` of a charge whose item is paid or credited, with interest up to the last payment. Where
        nothing is owed, the amounts are those that would be, and the refusal tells why.

        :param claim: the :class:`.dunning_claim.Claim` of the item
        """
        calculation = dict(charge.calculation or {})
        cost, interest = decimal(charge.cost_amount), decimal(charge.interest_amount)
        if claim.is_cost_base_reduced():
            cost = self._cost_still_owed(claim, charge.currency_id, date)
            calculation["costs"] = costs_entry("collection", claim.current_cost_base(claim.open), cost)
        if interest and claim.law:
            run = claim.interest_at_payment(claim.last_reduction(date), decimal(charge.currency_id.rounding))
            interest, calculation["interest"] = run.amount, interest_rows(run.stretches)
        left = claim.principal_in_default()
        if claim.credited and not claim.reductions:
            refusal = self.env._("the invoice was credited")
        elif not claim.law._has_same_debtors_as(charge.law_id.id):
            refusal = self.env._("the law by which it was asked does not hold for this customer")
        elif left is not None and left <= 0:
            refusal = self.env._("paid before costs or interest were owed")
        elif claim.agreement:
            refusal = claim.agreement
        else:
            refusal = ""
        return ChargeOwed(cost, interest, decimal(charge.amount_settled), calculation, refusal)

    def _reduced(self, charge, claim, asked):
        """``asked`` less what credit notes and payments that were booked since have taken off."""
        calculation, cost, interest = asked.calculation, asked.cost, asked.interest
        if claim.is_cost_base_reduced():
            cost = self._cost_still_owed(claim, charge.currency_id, charge.company_id._dunning_today())
            if cost < asked.cost:
                calculation["costs"] = costs_entry("collection", claim.current_cost_base(claim.open), cost)
        if interest and (claim.reductions or claim.credited):
            run = claim.interest_until(
                charge.date, claim.first_interest_day(charge.date), cent=decimal(charge.currency_id.rounding))
            if run.amount < interest:
                interest, calculation["interest"] = run.amount, interest_rows(run.stretches)
        return asked._replace(cost=cost, interest=interest, calculation=calculation)


class DunningCharge(models.Model):
    """Charges that are not owed any more, or not all of them: taken back."""

    _inherit = "dunning.charge"

    def _owed(self):
        """What is still owed of these charges today: {charge: :class:`ChargeOwed`}."""
        return self.env["dunning.charge.calculator"]._charges_owed(self)

    @api.model
    def _take_back_unowed(self, company, date):
        """Lower the charges of a root company to what is still owed, and waive those of paid invoices that are not
        owed. What is booked beyond that is credited by :meth:`_settle`, which calls this.
        """
        doubtful = self._in_doubt(company, date)
        # what an agreement keeps from being asked is not given up: it is asked again when that has ended
        claims = {item: claim._replace(agreement="") for item, claim in self.env["dunning.claim"]._claims(
            company, date, doubtful.move_line_id.ids).items()}
        owed = self.env["dunning.charge.calculator"]._charges_owed(doubtful, claims)
        doubtful.filtered(lambda charge: (owed[charge].cost, owed[charge].interest) != (
            decimal(charge.cost_amount), decimal(charge.interest_amount)))._for_each(
                lambda charge: charge._take_back(owed[charge]))

    def _take_back(self, owed):
        """Lower the charge to what is still owed.

        :param owed: :class:`ChargeOwed`
        """
        if self.state == "open":
            self._withdraw(owed.refusal)
            return
        gone = self.currency_id.format(float(
            decimal(self.cost_amount) + decimal(self.interest_amount) - owed.cost - owed.interest))
        self.write({
            "cost_amount": float(owed.cost), "interest_amount": float(owed.interest),
            "reminder_amount": min(self.reminder_amount, float(owed.cost)), "calculation": owed.calculation or False,
            **({} if owed.cost else {"cost_base": 0})})
        self.move_id._dunning_log_note(self.env._(
            "Costs and interest of %(amount)s taken back: %(reason)s", amount=gone, reason=owed.refusal or self.env._(
                "a credit note or payment reduced what they were calculated on")))

    @api.model
    def _in_doubt(self, company, date):
        """The charges that may not be owed any more, or not all of them: the customer, its country or the clause of
        the sales conditions changed since, or part of the item was paid or credited.
        """
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT charge.law_id, %(is_consumer)s AS is_consumer, partner.country_id,
                   COALESCE(move.invoice_date, line.date) AS invoice_date, array_agg(charge.id) AS ids,
                   array_agg(charge.id) FILTER (WHERE charge.state = 'running' AND EXISTS (
                       SELECT FROM account_partial_reconcile partial WHERE partial.debit_move_id = line.id)) AS reduced
              FROM dunning_charge charge
              JOIN account_move_line line ON line.id = charge.move_line_id
              JOIN account_move move ON move.id = line.move_id
              JOIN res_partner customer ON customer.id = line.partner_id
              JOIN res_partner partner ON partner.id = customer.commercial_partner_id
              LEFT JOIN dunning_debtor debtor
                     ON debtor.partner_id = partner.id AND debtor.company_id = charge.company_id
             WHERE charge.company_id = %(company)s AND charge.state IN ('running', 'open') AND charge.amount > 0
             GROUP BY 1, 2, 3, 4
        """, company=company.id, is_consumer=self.env["dunning.debtor"]._is_consumer_sql()))
        found, laws, countries = [], self.env["dunning.law"], self.env["res.country"]
        for law_id, is_consumer, country_id, invoice_date, ids, reduced in self.env.cr.fetchall():
            law = laws._in_force(
                "consumer" if is_consumer else "business", countries.browse(country_id), date, company,
                laws.browse(law_id))
            holds = not law_id or law._has_same_debtors_as(law_id) and not law._clause_refusal(company, invoice_date)
            found += (reduced or []) if holds else ids
        return self.browse(found)
