from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, float_compare, float_round

from ...tools.instalments import received_by_part
from ..debtor.dunning_debtor_refresh import RETURN_DAYS


class PlanItem(NamedTuple):
    """One item of a plan as it stands tonight."""

    item_id: int | None
    is_gone: bool  #: it is no posted item of this customer any more
    amount_open: float  #: when the plan was made
    paid: float  #: payments since then that are matched with it
    credited: float  #: credit notes since then that are matched with it


class PlanInstalment(NamedTuple):
    """One instalment of a plan."""

    line_id: int
    date: object
    amount: float
    credited: float  #: need not be paid
    received: float

    @property
    def left(self):
        return self.amount - self.credited - self.received


class PlanStanding(NamedTuple):
    """A plan and the money that came for it; amounts in its currency."""

    plan_id: int
    state: str
    partner_id: int
    company_ids: list  #: the root company and its branches
    currency_id: int
    decimals: int
    charges: float  #: costs and interest in it
    settled: float  #: of them, what was received by documents of their own since the plan was made
    settled_before: float  #: what came beyond the invoices before it was made
    items: tuple  #: of :class:`PlanItem`
    instalments: tuple  #: of :class:`PlanInstalment`, in the order of their days

    @property
    def received(self):
        return sum(one.received for one in self.instalments)

    def is_zero(self, amount):
        return float_compare(amount, 0, precision_digits=self.decimals) <= 0

    def counted(self, covered, beyond):
        """As it stands when this money is counted for the instalments, one after the other.

        What credit notes took off, and what was agreed of invoices that are gone, need not be paid.

        :param covered: {item id: money that is not matched yet}
        :param beyond: money of the customer that covers no item; it pays costs and interest
        """
        agreed = sum(one.amount for one in self.instalments)
        gone = sum(one.amount_open if one.is_gone else max(one.credited, 0.0) for one in self.items)
        needed = self._rounded(max(0.0, agreed - gone))
        principal = sum(one.paid + covered.get(one.item_id, 0.0) for one in self.items if not one.is_gone)
        besides = min(self.charges, max(0.0, self.settled + beyond - self.settled_before))
        needed_by_line = received_by_part([one.amount for one in self.instalments], needed)
        received = received_by_part(needed_by_line, min(self._rounded(principal + besides), needed))
        return self._replace(instalments=tuple(
            one._replace(credited=self._rounded(one.amount - wanted), received=self._rounded(came))
            for one, wanted, came in zip(self.instalments, needed_by_line, received, strict=True)))

    def principal_left(self, covered):
        """What is still to pay of the invoices themselves."""
        return sum(
            one.amount_open - one.paid - max(one.credited, 0.0) - covered.get(one.item_id, 0.0)
            for one in self.items if not one.is_gone)

    def _rounded(self, amount):
        return float_round(amount, precision_digits=self.decimals)


class DunningPaymentPlan(models.Model):
    """The judgement of plans by the money that came, with a number of queries that does not grow with them."""

    _inherit = "dunning.payment.plan"

    # ------------------------------------------------------------------
    # The night
    # ------------------------------------------------------------------

    @api.model
    def _judge(self, company, date, partner_ids=None):
        """Count the money that came for the plans of a company, and judge them; called before figures are refreshed.

        Received is what was open when a plan was made, less what is open now (write-offs and credit notes apart), plus
        what tonight's money covers of its items. It pays the instalments in their order. A plan is paid when nothing
        is left, and broken when the bank is booked beyond the day of an instalment and the days after it (company
        setting), and something is left of it. One that was paid is looked at for :data:`RETURN_DAYS` days more, as a
        payment may be taken back.

        :param company: root company
        :param partner_ids: only these commercial partners
        """
        # sudo: the night judges all plans of the company
        self = self.sudo()  # noqa: PLW0642
        before = self._standings_read(company, date, partner_ids)
        if not before:
            return
        covered, beyond = self._money_of_standings(company, date, before.values())
        broken_before = self._booked_day(company, date) - timedelta(days=company._dunning_plan_break_days())
        judged = []
        for standing in before.values():
            if standing.state == "done" and standing.is_zero(standing.principal_left(covered)):
                continue  # money beyond the invoices may have gone elsewhere since
            counted = standing.counted(covered, beyond.get(standing.plan_id, 0.0))
            state = self._judge_one(counted, counted.principal_left(covered), broken_before)
            if state != standing.state or counted.instalments != standing.instalments:
                judged.append((counted._replace(state=state), state != standing.state))
        if judged:
            self._judge_write(judged, date, company)

    @api.model
    def _judge_one(self, standing, principal_left, broken_before):
        """The state of a plan.

        :param principal_left: what is still to pay of its invoices
        :param broken_before: an instalment of an earlier day breaks it
        """
        left = [one for one in standing.instalments if not standing.is_zero(one.left)]
        if not left:
            is_needless = standing.is_zero(sum(one.amount - one.credited for one in standing.instalments))
            return "withdrawn" if is_needless and standing.state == "active" else "done"
        if left[0].date >= broken_before:
            return "active"
        # costs and interest that are left when the invoices are paid break no plan: they are asked as always
        return "done" if standing.is_zero(principal_left) else "broken"

    @api.model
    def _booked_day(self, company, date):
        """The day before which all payments are known on the night of ``date``, or are not waited for any longer."""
        known = company._dunning_bank_date(date) if company.dunning_bank_max_age else date
        longest = date - timedelta(days=company.dunning_promise_wait_days)
        return min(date, max(known or longest, longest))

    @api.model
    def _standings(self, company, date, partner_ids):
        """The plans of these customers that hold, with the money that came until now: {plan id: PlanStanding}."""
        self = self.sudo()  # noqa: PLW0642  # as in _judge; nothing is written
        found = self._standings_read(company, date, partner_ids)
        covered, beyond = self._money_of_standings(company, date, found.values())
        return {plan_id: one.counted(covered, beyond.get(plan_id, 0.0)) for plan_id, one in found.items()}

    # ------------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------------

    def _standings_read(self, company, date, partner_ids=None):
        """The plans to judge as the last night left them: {plan id: :class:`PlanStanding`}."""
        self.env.flush_all()
        narrow = SQL("TRUE") if partner_ids is None else SQL("plan.partner_id = ANY(%s)", list(partner_ids))
        rows = self.env.execute_query(SQL("""
            WITH plan AS MATERIALIZED (
                SELECT plan.*, currency.decimal_places AS decimals, ARRAY(
                           SELECT branch.id FROM res_company branch JOIN res_company root ON root.id = plan.company_id
                            WHERE branch.parent_path LIKE root.parent_path || '%%') AS company_ids
                  FROM dunning_payment_plan plan JOIN res_currency currency ON currency.id = plan.currency_id
                 WHERE plan.company_id = %(company)s AND %(narrow)s
                   AND (plan.state = 'active' OR plan.state = 'done' AND plan.judged_on > %(date)s - %(days)s)
                   -- an invoice that is being corrected is judged once it is posted again
                   AND NOT EXISTS (
                       SELECT FROM dunning_payment_plan_item row
                         JOIN account_move_line item ON item.id = row.move_line_id AND item.parent_state = 'draft'
                        WHERE row.plan_id = plan.id)
            ), instalment AS (
                SELECT plan_id, array_agg(id ORDER BY date, id) AS ids, array_agg(date ORDER BY date, id) AS dates,
                       array_agg(amount::float8 ORDER BY date, id) AS amounts,
                       array_agg(COALESCE(amount_credited, 0)::float8 ORDER BY date, id) AS credited,
                       array_agg(COALESCE(amount_received, 0)::float8 ORDER BY date, id) AS received
                  FROM dunning_payment_plan_line WHERE plan_id IN (SELECT id FROM plan) GROUP BY plan_id
            )
            SELECT plan.id, plan.state, plan.partner_id, plan.company_ids, plan.currency_id,
                   plan.decimals,
                   (COALESCE(plan.amount_charges, 0) + COALESCE(plan.amount_interest, 0))::float8,
                   (SELECT COALESCE(sum(charge.amount_settled), 0)::float8 FROM dunning_charge charge
                     WHERE charge.move_line_id IN (
                           SELECT move_line_id FROM dunning_payment_plan_item WHERE plan_id = plan.id)),
                   COALESCE(plan.amount_settled_before, 0)::float8,
                   row.move_line_id, COALESCE(item.parent_state <> 'posted', TRUE),
                   COALESCE(row.amount_open, 0)::float8,
                   COALESCE(matched.paid, 0)::float8 - COALESCE(row.amount_paid, 0)::float8,
                   COALESCE(matched.credited, 0)::float8 - COALESCE(row.amount_credited, 0)::float8,
                   instalment.ids, instalment.dates, instalment.amounts, instalment.credited, instalment.received
              FROM plan
              JOIN dunning_payment_plan_item row ON row.plan_id = plan.id
              JOIN instalment ON instalment.plan_id = plan.id
              LEFT JOIN account_move_line item ON item.id = row.move_line_id
              LEFT JOIN (%(matched)s) matched ON matched.id = row.move_line_id
             ORDER BY plan.id, row.id
        """, company=company.id, date=date, days=RETURN_DAYS, narrow=narrow,
            matched=self.env["dunning.run"]._get_matched_sql(SQL(
                "partial.debit_move_id IN (SELECT move_line_id FROM dunning_payment_plan_item"
                " WHERE plan_id IN (SELECT id FROM plan))"))))
        items, found = defaultdict(list), {}
        for row in rows:
            items[row[0]].append(PlanItem(*row[9:14]))
            found[row[0]] = PlanStanding(
                *row[:9], (), tuple(PlanInstalment(*one) for one in zip(*row[14:], strict=True)))
        return {plan_id: standing._replace(items=tuple(items[plan_id])) for plan_id, standing in found.items()}

    def _money_of_standings(self, company, date, standings):
        """What is not matched yet: ({item id: amount that covers it}, {plan id: amount beyond all items})."""
        item_ids = [one.item_id for standing in standings for one in standing.items if one.item_id]
        partner_ids = list({standing.partner_id for standing in standings})
        money, spare = self.env["dunning.run"]._get_money_of_items_and_partners(
            company, date, item_ids, partner_ids, any(standing.charges for standing in standings),
            next((standing.company_ids for standing in standings), None))
        covered, beyond = {item: one.covered for item, one in money.items()}, {}
        for standing in standings:
            left = spare.get(standing.partner_id, 0.0)
            if left > 0 and standing.charges and standing.is_zero(standing.principal_left(covered)):
                currency = self.env["res.currency"].browse(standing.currency_id)
                rate = currency._get_conversion_rate(currency, company.currency_id, company, date)
                part = min(left, (standing.charges + standing.settled_before) * rate)
                spare[standing.partner_id] -= part
                beyond[standing.plan_id] = part / rate
        return covered, beyond

    def _judge_write(self, judged, date, company):
        """Write what was received and the states, and bring the pauses in line; one statement.

        :param judged: list of (:class:`PlanStanding`, whether its state is new)
        """
        lines = [one for standing, _is_new in judged for one in standing.instalments]
        nexts = [next((one.date for one in standing.instalments if not standing.is_zero(one.left)), None)
                 for standing, _is_new in judged]
        self.env.cr.execute(SQL("""
            WITH judged AS (
                SELECT * FROM unnest(%(ids)s::int[], %(states)s::varchar[], %(new)s::bool[], %(nexts)s::date[],
                                     %(received)s::numeric[], %(left)s::numeric[])
                    AS judged (id, state, is_new, date_next, received, amount_left)
            ), plan AS (
                UPDATE dunning_payment_plan plan
                   SET state = judged.state, judged_on = %(date)s, date_next = judged.date_next,
                       amount_received = judged.received, amount_left = judged.amount_left,
                       is_taken_back = judged.is_new AND plan.state = 'done' OR (NOT judged.is_new AND is_taken_back),
                       is_to_tell = judged.is_new OR COALESCE(is_to_tell, FALSE),
                       ended_on = CASE WHEN judged.state = 'active' THEN NULL WHEN judged.is_new THEN %(date)s
                                       ELSE ended_on END,
                       write_uid = %(user)s, write_date = now() AT TIME ZONE 'UTC'
                  FROM judged WHERE judged.id = plan.id
            ), line AS (
                UPDATE dunning_payment_plan_line line
                   SET amount_credited = counted.credited, amount_received = counted.received,
                       amount_left = line.amount - counted.credited - counted.received
                  FROM unnest(%(line_ids)s::int[], %(line_credited)s::numeric[], %(line_received)s::numeric[])
                    AS counted (id, credited, received)
                 WHERE counted.id = line.id
            )
            UPDATE dunning_hold hold
               SET active = judged.state = 'active',
                   ended_on = CASE WHEN judged.state <> 'active' THEN %(date)s::date END,
                   date_shown = COALESCE(judged.date_next + %(break_days)s, hold.date_shown)
              FROM judged
             WHERE hold.active AND hold.origin = 'dunning.payment.plan,' || judged.id
        """, date=date, user=self.env.uid, break_days=company._dunning_plan_break_days(),
            ids=[standing.plan_id for standing, _is_new in judged],
            states=[standing.state for standing, _is_new in judged], new=[is_new for _standing, is_new in judged],
            nexts=nexts, received=[standing.received for standing, _is_new in judged],
            left=[sum(one.left for one in standing.instalments) for standing, _is_new in judged],
            line_ids=[one.line_id for one in lines], line_credited=[one.credited for one in lines],
            line_received=[one.received for one in lines]))
        for model in ("dunning.payment.plan", "dunning.payment.plan.line", "dunning.hold"):
            self.env[model].invalidate_model()

    # ------------------------------------------------------------------
    # Told
    # ------------------------------------------------------------------

    @api.model
    def _tell_judgements(self, company):
        """Log what the night judged of the plans of a company, and do what follows."""
        # sudo: plans are written by the program alone
        judged = self.sudo().search([("company_id", "=", company.id), ("is_to_tell", "=", True)])
        states = dict(self._fields["state"]._description_selection(self.env))
        judged._message_log_batch({
            plan.id: self.env._("Not paid any more: a payment was taken back or moved, %(left)s is left.",
                                left=plan._money(plan.amount_left))
            if plan.is_taken_back else self.env._(
                "%(state)s: received %(received)s of %(amount)s.", state=states[plan.state],
                received=plan._money(plan.amount_received), amount=plan._money(plan.amount))
            for plan in judged})
        judged._write_holds()
        judged.filtered(lambda plan: plan.state == "done")._settle_charges()
        judged.is_to_tell = False

    def _settle_charges(self):
        """Record as received the costs and interest that these plans held, where the company books none.

        Where it does, the night books them and matches them with what came beyond the invoices.
        """
        unbooked = self.filtered(lambda plan: plan.amount_charges and (
            plan.company_id.dunning_charge_posting == "stated"
            or plan.company_id._dunning_charge_accounts_missing()))
        charges = self.env["dunning.charge"].search([
            ("move_line_id", "in", unbooked.item_ids.move_line_id.ids), ("amount_due", ">", 0)])
        for plan in unbooked:
            left = min(plan.amount_charges, max(0.0, plan.amount_received - plan.amount_principal))
            items = plan.item_ids.move_line_id
            for charge in charges.filtered(lambda charge, items=items: charge.move_line_id in items):
                part = min(left, charge.amount_due)
                charge.amount_received += part
                left -= part
