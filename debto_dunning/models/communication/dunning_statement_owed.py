"""What a customer's claims come to when payments go to costs, then to interest, then to the invoice."""

from collections import defaultdict
from datetime import date as Date
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.decimals import decimal
from ...tools.interest import ZERO, round_half_up
from ...tools.running_claim import RunningClaim
from ..ledger.dunning_run_money import CustomerMoney

#: Interest that runs from this day on never does.
NEVER = Date.max
#: Costs and interest that were booked belong to the invoice they are of.
BOOKED_CHARGE = "charge"


class Owed(NamedTuple):
    """One claim of which something is due."""

    item: object  #: ``account.move.line``
    claim: object  #: its ``dunning_claim.Claim``
    facts: RunningClaim  #: with what is received
    account: object  #: :class:`tools.imputation.Statement` on the day
    received: tuple  #: (day, amount): received and not matched yet

    @classmethod
    def on(cls, date, item, claim, booked, received):
        """What is left of a claim at the end of the day.

        :param booked: its :class:`RunningClaim` by what is matched
        """
        facts = booked._replace(payments=booked.payments + received)
        return cls(item, claim, facts, facts.on(date), received)


class DunningStatement(models.AbstractModel):
    """What is owed: the claims behind a statement, with the money that was received for each."""

    _inherit = "dunning.statement"

    def _owed(self, company, date, debtors, moves):
        """What is due of each debtor: {debtor: [Owed]}, and what falls due later: {debtor: [open item]}.

        :param moves: only these invoices, whatever keeps them from being reminded; None: all that is asked of the
            debtors
        """
        run = self.env["dunning.run"]
        not_asked = {code for code, _condition in run._exclusions()}
        decisions = {
            row.item: row
            for row in run._decide_each(company, date, partner_ids=debtors.partner_id.ids)
            if row.reason != BOOKED_CHARGE
            and (row.reason not in not_asked if moves is None else row.move in moves.ids)}
        charges = self.env["dunning.charge"].search([
            ("debtor_id", "in", debtors.ids), "|", ("move_line_id", "in", list(decisions)),
            ("state", "=", "open"), ("move_line_id", "!=", False)])
        if moves is not None:
            charges = charges.filtered(lambda charge: charge.move_id in moves)
        debits = {} if moves is not None else self._debits_left(company, debtors)
        money = run._get_customer_money(company, date, debtors.partner_id.ids)
        items = self.env["account.move.line"].browse([*decisions, *debits]) | charges.move_line_id
        in_dispute = {item: amount for amounts in self._in_dispute(company, date, debtors, moves).values()
                      for item, amount in amounts.items()}
        by_partner = debtors.grouped("partner_id")
        claims = self.env["dunning.claim"]._claims(company, date, items.ids)
        charges_owed = self.env["dunning.charge.calculator"]._charges_owed(charges, claims)
        charge_by_item, costs = charges.grouped("move_line_id"), self._first_asked(items)
        owed, to_come = defaultdict(list), defaultdict(list)
        for item in items.sorted(lambda item: (claims[item.id].due, item.id)):
            debtor, claim = by_partner[item.partner_id.commercial_partner_id], claims[item.id]
            if claim.due > date:
                to_come[debtor].append(item)
                continue
            charge = charge_by_item.get(item, charges.browse())
            own = money.setdefault(debtor.partner_id.id, CustomerMoney())
            rate = item.currency_id._get_conversion_rate(item.currency_id, company.currency_id, company, date)
            if debit := debits.get(item.id):
                booked = self._plain_facts(claim, item)
                received = self._received_for_debit(own, debit, rate, date)
            else:
                booked = self._facts(
                    company, date, item, claim, charge, charges_owed.get(charge), costs[item],
                    debtor.effective_policy_id)
                booked = self._without_disputed(booked, item, in_dispute.get(item))
                received = self._received(own, item, decisions, rate, claim.due)
            one = Owed.on(date, item, claim, booked, received)
            if own.spare > 0 and one.account.left.due:
                received += self._received_beyond(own, one, rate)
                one = Owed.on(date, item, claim, booked, received)
                # money that came before today stops interest: less of it is needed
                own.spare += float(sum((entry.paid.rest for entry in one.account.entries), ZERO)) * rate
            if one.account.left.due:
                owed[debtor].append(one)
        return owed, to_come

    def _in_dispute(self, company, date, debtors, moves):
        """What customers contest now and is not asked: {debtor: {open item: amount in its currency}}.

        :param moves: as in :meth:`_owed`
        """
        holds = self.env["dunning.hold"].search(
            Domain("company_id", "=", company.id) & Domain("partner_id", "in", debtors.partner_id.ids)
            & Domain("move_line_id.reconciled", "=", False) & self.env["dunning.hold"]._current_domain(date)
            & (Domain("kind", "=", "dispute") | Domain("amount", ">", 0)))
        found, by_partner = defaultdict(dict), debtors.grouped("partner_id")
        for item in holds.move_line_id.sorted(lambda item: (item.date_maturity or item.date, item.id)):
            if item.dunning_disputed > 0 and (moves is None or item.move_id in moves):
                found[by_partner[item.partner_id.commercial_partner_id]][item] = item.dunning_disputed
        return found

    @staticmethod
    def _without_disputed(facts, item, disputed):
        """The :class:`RunningClaim` without what is in dispute, which is not due and bears no interest now. Where all
        that is open is in dispute, neither costs nor interest are due either.

        :param disputed: amount in the currency of the item; None where nothing is
        """
        if not disputed:
            return facts
        facts = facts._replace(principal=max(facts.principal - decimal(disputed), ZERO))
        if item.currency_id.compare_amounts(disputed, item.amount_residual_currency) < 0:
            return facts
        return facts._replace(first=NEVER, rates=(), costs=(), compounds=False)

    @staticmethod
    def _received(money, item, decisions, rate, due):
        """[(day, amount)] of what covers an item, in its currency.

        :param money: the :class:`CustomerMoney`, from which it is taken
        :param decisions: {item id: Decision}
        :param due: the day of what is taken off and is no money, as an early payment discount
        """
        covered = decisions[item.id].covered if item.id in decisions else 0
        if not covered:
            return ()
        taken = [(day, item.currency_id.round(amount / rate)) for day, amount in money.take(
            covered * rate, item.move_id.id)]
        rest = item.currency_id.round(covered - sum(amount for _day, amount in taken))
        if taken and abs(rest) < 2 * item.currency_id.rounding:  # of the conversion
            day, amount = taken.pop()
            taken.append((day, amount + rest))
        elif rest:
            taken.append((due, rest))
        return tuple((day, decimal(amount)) for day, amount in taken)

    @staticmethod
    def _received_for_debit(money, debit, rate, date):
        """As :meth:`_received`, of a debit that is no item: what other credits took off, and money for it.

        :param debit: see :meth:`_debits_left`
        """
        opened, share = debit
        part = min(money.to_debits, opened * share * rate)
        money.to_debits -= part
        taken = [(day, amount / rate) for day, amount in money.take(part)]
        netted = opened * (1 - share)
        return tuple((day, decimal(amount)) for day, amount in [(date, netted), *taken] if amount)

    @staticmethod
    def _received_beyond(money, one, rate):
        """[(day, amount)] of money that covers no item, for what is left of a claim."""
        part = min(money.spare, float(one.account.left.due) * rate)
        money.spare -= part
        return tuple((day, round_half_up(decimal(amount / rate), one.facts.cent)) for day, amount in money.take(part))

    def _debits_left(self, company, debtors):
        """Debits that are no items and are not taken by credits in full: {line id: (open, share left)}."""
        lines = self.env["account.move.line"]
        self.env.cr.execute(SQL(
            "WITH open_item AS MATERIALIZED (%s), netted AS (%s)"
            " SELECT open_item.id, open, share FROM open_item JOIN netted ON netted.id = open_item.id"
            "  WHERE open > 0 AND share > 0",
            lines._dunning_open_items_sql(company._dunning_companies(), narrow=SQL(
                "partner.commercial_partner_id = ANY(%s)", debtors.partner_id.ids)),
            lines._dunning_netting_sql("open_item")))
        return {line_id: (opened, share) for line_id, opened, share in self.env.cr.fetchall()}

    def _facts(self, company, date, item, claim, charge, owed, asked, policy):
        """:class:`RunningClaim` of one claim.

        :param charge: its ``dunning.charge``, may be empty
        :param owed: its :class:`ChargeOwed`, None where there is no charge
        :param asked: see :meth:`_first_asked`
        """
        payments, costs, first = list(claim.reductions), [], None
        if not claim.waived and not claim.agreement:
            payments += self._charge_payments(charge, owed)
            costs = self._costs(charge, owed.cost, asked) if owed else []
            if self._bears_interest(company, date, claim, policy):
                first = claim.first_interest_day(date)
        return RunningClaim(
            max(claim.principal - claim.credited, ZERO), first or NEVER, claim.rates() if first else (),
            tuple(payments), tuple(costs), bool(first and claim.law.interest_compounds),
            decimal(item.currency_id.rounding))

    @staticmethod
    def _plain_facts(claim, item):
        """:class:`RunningClaim` of a debit that is no invoice: it bears neither costs nor interest."""
        return RunningClaim(max(claim.principal - claim.credited, ZERO), NEVER, (), claim.reductions, (), False,
                            decimal(item.currency_id.rounding))

    def _bears_interest(self, company, date, claim, policy):
        """Whether interest was asked of the customer, or the policy asks it and the law gives it without a word."""
        if not claim.law or claim.law._clause_refusal(company, claim.invoice_date):
            return False
        if claim.interest_asked:
            return True
        return any(policy.level_ids.mapped("asks_interest")) and not claim.must_wait_on(date)

    def _first_asked(self, items):
        """When costs were asked of each item, and how much in all by then: {item: [(day, amount)]}, oldest first."""
        lines = self.env["dunning.communication.line"].search([
            ("move_line_id", "in", items.ids), ("level_id", "!=", False), ("void", "=", False),
            ("amount_cost", ">", 0), ("communication_id.state", "=", "sent")])
        asked = defaultdict(list)
        for line in lines:
            asked[line.move_line_id].append(
                (max(filter(None, (line.date, line.communication_id.date.date()))), decimal(line.amount_cost)))
        for days in asked.values():
            days.sort()
        return asked

    @staticmethod
    def _costs(charge, total, asked):
        """[(day, amount)] of the costs that are still owed, each amount from the day on which it was first asked.

        :param total: all of them, see :class:`ChargeOwed`
        """
        costs, so_far = [], ZERO
        for day, amount in asked:
            more = min(amount, total) - so_far
            if more > 0:
                costs.append((day, more))
                so_far += more
        if total > so_far:
            costs.append((charge.date or charge.create_date.date(), total - so_far))
        return costs

    @staticmethod
    def _charge_payments(charge, owed):
        """[(day, amount)] of what settled the documents that book a charge, and of what a person says has come.

        A credit note settles only what is owed still: by one over more than that, a document is put right.

        :param owed: :class:`ChargeOwed`, None where there is no charge
        """
        documents = charge._documents()
        matched = documents.line_ids.filtered(lambda line: line.account_type == "asset_receivable").matched_credit_ids
        money = matched.filtered(lambda partial: partial.credit_move_id.move_id.move_type != "out_refund")
        payments = [(partial.credit_move_id.date, decimal(partial.debit_amount_currency)) for partial in money]
        if credited := matched - money:
            total, booked = decimal(sum(documents.mapped("amount_total"))), decimal(charge.amount_booked)
            given_up = min(owed.cost + owed.interest, total) - booked
            if given_up > 0:
                payments.append((max(credited.credit_move_id.mapped("date")), given_up))
        if charge.amount_received:
            payments.append((charge.date or charge.create_date.date(), decimal(charge.amount_received)))
        return payments
