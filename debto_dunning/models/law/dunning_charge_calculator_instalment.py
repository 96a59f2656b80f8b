"""The bound of the law on the costs of regular instalments of one debtor."""

from datetime import date as Date
from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL

from ...tools.collection_costs import ZERO, capped
from ...tools.decimals import decimal


class Instalment(NamedTuple):
    """A regular instalment whose costs are bounded together with those of others; see ``dunning.law``."""

    due: Date
    day: Date  #: on which its costs were first announced or asked
    cost: Decimal  #: in the law's currency: what was asked, or announced and can still be asked


class DunningChargeCalculator(models.AbstractModel):
    _inherit = "dunning.charge.calculator"

    def _add_instalments(self, costs_by_debtor, debtor_ids, claims):
        """Record the regular instalments of debtors whose costs are bounded together, with what was announced or asked
        of each. Nothing is looked up where no law of ``claims`` bounds them.

        :param costs_by_debtor: {debtor id: DebtorCosts}, which is filled
        """
        laws = {claim.law for claim in claims.values() if claim.law.instalment_cap
                and claim.company.dunning_regular_deliveries}
        debtors = [debtor for debtor in debtor_ids if debtor > 0]
        if not laws or not debtors:
            return
        company = next(iter(claims.values())).company
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT communication.debtor_id, communication.currency_id, line.law_id, item.id AS item,
                   %(due)s AS due, item.amount_currency AS principal,
                   min(COALESCE(communication.date::date, line.date)) AS day,
                   CASE WHEN charge.is_waived THEN 0
                        WHEN charge.cost_amount > 0 THEN charge.cost_amount
                        WHEN item.reconciled THEN 0
                        ELSE max((line.calculation ->> 'announced')::numeric) END AS cost
              FROM dunning_communication_line line
              JOIN dunning_communication communication ON communication.id = line.communication_id
              JOIN account_move_line item ON item.id = line.move_line_id
              JOIN account_move move ON move.id = item.move_id
              LEFT JOIN dunning_charge charge ON charge.move_line_id = item.id
             WHERE communication.debtor_id = ANY(%(debtors)s) AND line.law_id = ANY(%(laws)s)
               AND line.level_id IS NOT NULL AND line.void IS NOT TRUE
               AND communication.state IN ('draft', 'queued', 'sent')
               AND (line.amount_cost > 0 OR line.calculation ->> 'announced' IS NOT NULL)
             GROUP BY 1, 2, 3, item.id, move.id, charge.id
        """, debtors=debtors, laws=[law.id for law in laws],
            due=self.env["account.move.line"]._dunning_due_sql("item")))
        currencies, all_laws = self.env["res.currency"], self.env["dunning.law"]
        for row in self.env.cr.dictfetchall():
            law, currency = all_laws.browse(row["law_id"]), currencies.browse(row["currency_id"])
            conversion = law._conversion(currency, company, row["day"])
            if row["cost"] and law._is_capped_instalment(
                    company, row["day"], conversion.to_law(decimal(row["principal"]))):
                costs_by_debtor[row["debtor_id"]].add_instalment(law, currency, row["item"], Instalment(
                    row["due"], row["day"], conversion.to_law(decimal(row["cost"]))))

    def _add_other_instalments(self, costs_by_debtor, claims):
        """Record what was asked of the other instalments of invoices, or announced and can still be asked, where the
        law gives costs to an invoice and not to each of its instalments.

        :param costs_by_debtor: {debtor id: DebtorCosts}, which is filled
        """
        own = [claim for claim in claims.values()
               if claim.invoice and claim.law.cost_basis == "invoice" and claim.law.tier_ids]
        if not own:
            return
        company = own[0].company
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT communication.debtor_id, communication.currency_id, line.law_id, item.id AS item, item.move_id,
                   max(COALESCE(communication.date::date, line.date)) AS day,
                   CASE WHEN charge.cost_amount > 0 THEN charge.cost_base
                        ELSE max(line.amount_asked) FILTER (WHERE line.is_notice) END AS base,
                   CASE WHEN charge.is_waived THEN 0
                        WHEN charge.cost_amount > 0 THEN charge.cost_amount
                        WHEN item.reconciled THEN 0
                        ELSE max((line.calculation ->> 'announced')::numeric) FILTER (WHERE line.is_notice)
                   END AS cost
              FROM dunning_communication_line line
              JOIN dunning_communication communication ON communication.id = line.communication_id
              JOIN account_move_line item ON item.id = line.move_line_id
              LEFT JOIN dunning_charge charge ON charge.move_line_id = item.id
             WHERE line.move_id = ANY(%s) AND line.law_id = ANY(%s) AND line.level_id IS NOT NULL
               AND line.void IS NOT TRUE AND communication.state IN ('draft', 'queued', 'sent')
               AND EXISTS (SELECT FROM account_move_line other
                            WHERE other.move_id = item.move_id AND other.account_id = item.account_id
                              AND other.id <> item.id)
             GROUP BY 1, 2, 3, item.id, charge.id
        """, list({claim.invoice for claim in own}), list({claim.law.id for claim in own})))
        currencies, laws = self.env["res.currency"], self.env["dunning.law"]
        for row in self.env.cr.dictfetchall():
            if row["cost"]:
                law, currency = laws.browse(row["law_id"]), currencies.browse(row["currency_id"])
                to_law = law._conversion(currency, company, row["day"]).to_law
                costs_by_debtor[row["debtor_id"]].add(
                    law, currency, row["item"], to_law(decimal(row["base"] or 0)), to_law(decimal(row["cost"])),
                    row["move_id"])

    def _bounded_costs(self, context, group, claims, costs):
        """``costs`` of ``claims``, lowered to what the law allows for regular instalments of a debtor in some months.

        Instalments count together that fall due within these months, and those of which costs were announced or asked
        in the months before: that asks less than either of them. The customer is not asked more than was announced, as
        at both times the same months are looked at.

        :param claims: list of :class:`CostClaim`
        :param costs: list of Decimals in the law's currency, in the order of ``claims``
        """
        law = group.law
        at = [index for index, claim in enumerate(claims) if law._is_capped_instalment(
            context.company, context.date, group.conversion.to_law(claim.step.claim.principal))]
        if not at:
            return costs
        months = relativedelta(months=law.instalment_months)
        since = min(self._notice_arrival(context, claims[index].step.claim) for index in at) - months
        dues = [claims[index].step.claim.due for index in at]
        others = [
            other for other in context.debtor_costs.instalments_of_other_items(
                law, context.currency, {claim.step.item for claim in claims})
            if other.day >= since or any(due - months < other.due < due + months for due in dues)]
        room = max(decimal(law.instalment_cap) - sum((other.cost for other in others), ZERO), ZERO)
        lowered = capped([costs[index] for index in at], [claims[index].cost_before for index in at], room)
        bounded = list(costs)
        for index, cost in zip(at, lowered, strict=True):
            bounded[index] = cost
            step = claims[index].step
            context.debtor_costs.add_instalment(
                law, context.currency, step.item, Instalment(step.claim.due, context.date, cost))
        return bounded

    @staticmethod
    def _notice_arrival(context, claim):
        """The day on which the last notice of a claim arrived, or on which one that leaves today will arrive."""
        if claim.terms:
            return claim.terms[-1].arrived
        term = claim.law._term(context.date, context.channel)
        return term.arrived if term else context.date
