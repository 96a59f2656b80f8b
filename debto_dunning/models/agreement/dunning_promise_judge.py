from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, float_compare, float_is_zero

from ..debtor.dunning_debtor_refresh import RETURN_DAYS
from .dunning_agreement import OPEN


class PromisedItem(NamedTuple):
    """One item of a promise as it stands tonight; amounts in the currency of the promise."""

    line_id: int
    promise_id: int
    state: str
    is_ripe: bool  #: the bank is booked beyond the last day, or the longest waiting time is over
    amount: float  #: promised, of the whole promise
    amount_received: float  #: of the whole promise, by the last judgement
    decimals: int
    partner_id: int
    item_id: int | None
    is_gone: bool  #: it is no posted item of this customer any more
    amount_open: float
    paid: float  #: payments since the promise that are matched with it
    credited: float  #: credit notes since the promise that are matched with it


class Judgement(NamedTuple):
    """What tonight's judgement of one promise says."""

    promise_id: int
    state: str
    amount_received: float
    is_taken_back: bool


class DunningPromise(models.Model):
    """The judgement of promises by the money that came. Each step is one statement for all promises of a company."""

    _inherit = "dunning.promise"

    @api.model
    def _judge(self, company, date, partner_ids=None):
        """Judge the promises of a company on the night of ``date``; called before the figures are refreshed.

        Kept is what was open when it was promised, less what is open now (write-offs and credit notes apart), plus
        what tonight's money covers of its items. What credit notes took off need not be paid. An open promise is
        judged when the bank is booked beyond its last day, or when matched payments keep it before. One that was kept
        is judged again for :data:`RETURN_DAYS` days, as a payment may be taken back.

        :param company: root company
        :param partner_ids: only these commercial partners
        """
        # sudo: the night judges all promises of the company
        self = self.sudo()  # noqa: PLW0642
        items = self._judge_read(company, date, partner_ids)
        covered = self._judge_covered(company, date, items)
        judged = [judgement for rows in items.values() if (judgement := self._judge_one(rows, covered))]
        if judged:
            self._judge_write(judged, covered, items, date)

    @api.model
    def _tell_judgements(self, company):
        """Log what the night judged of promises of a company, and plan the calls about those that were not kept."""
        # sudo: promises are written by the program alone
        judged = self.sudo().search([("company_id", "=", company.id), ("is_to_tell", "=", True)])
        judged._log_judgement()
        judged._plan_calls()
        judged.is_to_tell = False

    def _judge_read(self, company, date, partner_ids):
        """The items of the promises to judge: {promise id: list of :class:`PromisedItem`}."""
        self.env.flush_all()
        narrow = SQL("TRUE") if partner_ids is None else SQL("promise.partner_id = ANY(%s)", list(partner_ids))
        rows = self.env.execute_query(SQL("""
            WITH promise AS MATERIALIZED (
                SELECT promise.*, currency.decimal_places AS decimals,
                       promise.date + %(grace)s < LEAST(%(date)s, GREATEST(
                           %(known)s::date, %(date)s - %(wait)s)) AS is_ripe
                  FROM dunning_promise promise JOIN res_currency currency ON currency.id = promise.currency_id
                 WHERE promise.company_id = %(company)s AND %(narrow)s
                   AND (promise.state = 'open'
                        OR promise.state IN ('kept', 'part') AND promise.judged_on > %(date)s - %(days)s)
                   -- an invoice that is being corrected is judged once it is posted again
                   AND NOT EXISTS (
                       SELECT FROM dunning_promise_line line
                         JOIN account_move_line item ON item.id = line.move_line_id AND item.parent_state = 'draft'
                        WHERE line.promise_id = promise.id)
            )
            SELECT line.id, promise.id, promise.state, promise.is_ripe, promise.amount::float8,
                   COALESCE(promise.amount_received, 0)::float8, promise.decimals, promise.partner_id,
                   line.move_line_id, COALESCE(item.parent_state <> 'posted', TRUE),
                   COALESCE(line.amount_open, 0)::float8,
                   COALESCE(matched.paid, 0)::float8 - COALESCE(line.amount_paid, 0)::float8,
                   COALESCE(matched.credited, 0)::float8 - COALESCE(line.amount_credited, 0)::float8
              FROM promise
              JOIN dunning_promise_line line ON line.promise_id = promise.id
              LEFT JOIN account_move_line item ON item.id = line.move_line_id
              LEFT JOIN (%(matched)s) matched ON matched.id = line.move_line_id
             ORDER BY promise.id, line.id
        """, company=company.id, date=date, days=RETURN_DAYS, narrow=narrow,
            grace=company.dunning_promise_grace_days, wait=company.dunning_promise_wait_days,
            known=self._judge_bank_date(company, date),
            matched=self.env["dunning.run"]._get_matched_sql(SQL(
                "partial.debit_move_id IN (SELECT move_line_id FROM dunning_promise_line"
                " WHERE promise_id IN (SELECT id FROM promise))"))))
        items = defaultdict(list)
        for row in map(PromisedItem._make, rows):
            items[row.promise_id].append(row)
        return items

    def _judge_bank_date(self, company, date):
        """The day up to which payments are known; ``date`` itself where the company does not look at its bank."""
        return (company._dunning_bank_date(date) or "-infinity") if company.dunning_bank_max_age else date

    def _judge_covered(self, company, date, items):
        """What money that is not matched yet covers tonight: {item id: amount}; read only where it decides."""
        rows = [row for rows in items.values() if self._judge_needs_cover(rows) for row in rows if row.item_id]
        if not rows:
            return {}
        money = self.env["dunning.run"]._get_money_of_items(
            company, date, [row.item_id for row in rows], list({row.partner_id for row in rows}))
        return {item: one.covered for item, one in money.items()}

    def _judge_needs_cover(self, rows):
        """Whether what is matched leaves the judgement open."""
        matched = sum(row.paid for row in rows)
        first = rows[0]
        wanted = first.amount if first.state == OPEN else first.amount_received
        is_short = float_compare(matched, wanted, precision_digits=first.decimals) < 0
        return is_short and (first.is_ripe or first.state != OPEN)

    def _judge_one(self, rows, covered):
        """The :class:`Judgement` of one promise; None where nothing changes."""
        first, digits = rows[0], rows[0].decimals
        received = max(0.0, sum(row.paid + covered.get(row.item_id, 0.0) for row in rows))
        left = sum(0.0 if row.is_gone else row.amount_open - max(row.credited, 0.0) for row in rows)
        needed = max(0.0, min(first.amount, left))
        if first.state == OPEN:
            is_kept = float_compare(received, needed, precision_digits=digits) >= 0
            is_needless = float_is_zero(needed, precision_digits=digits) or needed < 0
            if not first.is_ripe and not is_kept:
                return None
            if is_needless and float_compare(received, first.amount, precision_digits=digits) < 0:
                return Judgement(first.promise_id, "withdrawn", received, False)
        else:
            # what was received beyond the promise may go elsewhere
            if float_compare(received, first.amount_received, precision_digits=digits) >= 0:
                return None
            is_kept = float_compare(received, needed, precision_digits=digits) >= 0
            if is_kept:
                return None
        state = "kept" if is_kept else "broken" if float_is_zero(received, precision_digits=digits) else "part"
        return Judgement(first.promise_id, state, min(received, first.amount), first.state != OPEN)

    def _judge_write(self, judged, covered, items, date):
        """Write the judgements, and end the pauses of the promises; one statement."""
        lines = [row for judgement in judged for row in items[judgement.promise_id]]
        self.env.cr.execute(SQL("""
            WITH judged AS (
                SELECT * FROM unnest(%(ids)s::int[], %(states)s::varchar[], %(amounts)s::numeric[], %(back)s::bool[])
                    AS judged (id, state, amount, is_taken_back)
            ), promise AS (
                UPDATE dunning_promise promise
                   SET state = judged.state, amount_received = judged.amount, judged_on = %(date)s,
                       ended_on = %(date)s, is_taken_back = judged.is_taken_back,
                       is_to_tell = TRUE, write_uid = %(user)s,
                       write_date = now() AT TIME ZONE 'UTC'
                  FROM judged WHERE judged.id = promise.id
            ), line AS (
                UPDATE dunning_promise_line line SET amount_received = received.amount
                  FROM unnest(%(line_ids)s::int[], %(line_amounts)s::numeric[]) AS received (id, amount)
                 WHERE received.id = line.id
            )
            UPDATE dunning_hold SET active = FALSE, ended_on = %(date)s
             WHERE active AND origin = ANY(%(origins)s)
        """, date=date, user=self.env.uid, ids=[one.promise_id for one in judged],
            states=[one.state for one in judged], amounts=[one.amount_received for one in judged],
            back=[one.is_taken_back for one in judged], line_ids=[row.line_id for row in lines],
            line_amounts=[max(0.0, row.paid + covered.get(row.item_id, 0.0)) for row in lines],
            origins=self.browse([one.promise_id for one in judged])._origins()))
        for model in ("dunning.promise", "dunning.promise.line", "dunning.hold"):
            self.env[model].invalidate_model()

    def _log_judgement(self):
        """Log the judgement on these promises."""
        states = dict(self._fields["state"]._description_selection(self.env))
        self._message_log_batch({
            promise.id: self.env._(
                "%(state)s: a payment was taken back or moved, %(received)s of %(amount)s is left.",
                state=states[promise.state], received=promise._money(promise.amount_received),
                amount=promise._money(promise.amount))
            if promise.is_taken_back else self.env._(
                "%(state)s: received %(received)s of %(amount)s.", state=states[promise.state],
                received=promise._money(promise.amount_received), amount=promise._money(promise.amount))
            for promise in self})

    @api.model
    def _kept_and_broken_sql(self, company, date):
        """Query for how customers kept their promises: ``partner_id``, ``kept``, ``broken``.

        Each promise counts by its age (half after two years); one kept in part counts half in both.
        """
        return SQL("""
            SELECT partner_id,
                   sum(weight * CASE state WHEN 'kept' THEN 1 WHEN 'part' THEN 0.5 ELSE 0 END)::float8 AS kept,
                   sum(weight * CASE state WHEN 'broken' THEN 1 WHEN 'part' THEN 0.5 ELSE 0 END)::float8 AS broken
              FROM (SELECT partner_id, state,
                           exp(-ln(2.0) / 730 * GREATEST(%s - date, 0)) AS weight
                      FROM dunning_promise
                     WHERE company_id = %s AND state IN ('kept', 'part', 'broken')) promise
             GROUP BY partner_id
        """, date, company.id)
