import contextlib
import datetime

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.decision import Decision

#: For step 0 and the first reminder nothing stands before.
NOTHING_SENT = -1
#: Python knows no later year; a hold or postponement up to here or beyond is one without end.
LAST_DAY = datetime.date(9999, 12, 1)
LONG_AGO = datetime.date(1900, 1, 1)


class DunningRun(models.Model):
    _inherit = "dunning.run"

    def _reasons(self):
        """Why an item gets no step tonight, in order of precedence: code and plain words."""
        return {
            "charge": self.env._("costs and interest of an invoice: they have no steps of their own"),
            "no_followup": self.env._("marked «no follow-up»"),
            "blocked": self.env._("payment is blocked on the invoice"),
            "not_sent": self.env._("the invoice was never sent to the customer"),
            "archived": self.env._("the customer is archived"),
            "insolvent": self.env._("the customer is insolvent: claims go to the liquidator"),
            "debtor_hold": self.env._("the customer is on hold"),
            "item_hold": self.env._("the invoice is on hold"),
            "reply": self.env._("the customer answered and nobody has read it yet"),
            "draft": self.env._("a reminder waits for approval"),
            "queued": self.env._("a reminder is on its way"),
            "covered": self.env._("covered by credit notes or payments not matched yet"),
            "no_policy": self.env._("no policy for this customer"),
            "finished": self.env._("the last step was taken"),
            "unconfirmed": self.env._("the posting of the last letter is not confirmed yet"),
            "notice_pending": self.env._("nobody knows yet whether the law's notice has left"),
            "failed": self.env._("the last reminder could not be delivered on any channel"),
            "before_start": self.env._("due before the day from which reminders start"),
            "by_hand": self.env._("this customer is reminded by hand only"),
            "too_early": self.env._("the day of the next step has not come"),
            "law_wait": self.env._(
                "the waiting time of the law's notice runs, or the bank is not booked up to its end"),
            "weekday": self.env._("nothing goes out on this weekday"),
            "backlog": self.env._("older invoices of this customer are brought in on a later night"),
            "minimum": self.env._("below the minimum amount of the step"),
            "bank_behind": self.env._("the bank is not booked up to date"),
        }

    @api.model
    def _decide(self, company, date, items=None):
        """Decide the next step of every open item of ``company`` on ``date``; reads only.

        :param company: root company (a branch stands for its root)
        :param date: the day of the decision
        :param items: ``account.move.line`` recordset or ids; narrows the answer, not what is looked at
        :return: list of dicts, one an item: ``item`` (id), ``level`` (id of the next step, None: no step left),
            ``date`` (of the next step), ``reason`` (code of :meth:`_reasons`; None when the step is due),
            ``covered`` and ``asked`` (in the item's currency)
        """
        keys = ("item", "level", "date", "reason", "covered", "asked")
        item_ids = None if items is None else list(getattr(items, "ids", items))
        return [
            {key: getattr(row, key) for key in keys}
            for row in self._decide_each(company, date, item_ids=item_ids)
        ]

    @api.model
    def _decide_rows(self, company, date, **narrow):
        """As :meth:`_decide`, with everything that the preparation and the screens need."""
        return [row._asdict() for row in self._decide_each(company, date, **narrow)]

    def _decide_each(self, company, date, item_ids=None, partner_ids=None, delivering=(), by_hand=False):
        """Generate a :class:`Decision` an item.

        :param item_ids: only these items are answered
        :param partner_ids: only the items of these commercial partners are answered
        :param delivering: ids of communications looked at once more: their own lines count as not written yet, and
            neither drafts, dates nor minimums hold them
        :param by_hand: a person decides who may write to an insolvent customer too: what else holds is said first
        """
        if item_ids is not None and not item_ids:
            return
        self.env.flush_all()
        if item_ids is not None:
            self.env.cr.execute("""
                SELECT DISTINCT partner.commercial_partner_id
                  FROM account_move_line line JOIN res_partner partner ON partner.id = line.partner_id
                 WHERE line.id = ANY(%s)""", [list(item_ids)])
            partner_ids = [partner_id for (partner_id,) in self.env.cr.fetchall()]
        with self._planned_for_sets(partner_ids is None):
            self.env.cr.execute(
                self._decide_query(company.root_id, date, partner_ids, list(delivering), by_hand))
            rows = self.env.cr.fetchall()
        wanted = None if item_ids is None else set(item_ids)
        for values in rows:
            if wanted is None or values[0] in wanted:
                yield Decision(*values)

    @contextlib.contextmanager
    def _planned_for_sets(self, is_whole_ledger):
        """Let PostgreSQL plan the statement for what it is: many rows joined once.

        Freshly written tables have no statistics yet, and a nested loop over them takes minutes instead of a second;
        compiling the statement takes longer than running it.
        """
        settings = {"jit": "off"}
        if is_whole_ledger:
            settings.update(enable_nestloop="off", work_mem="64MB")
        self.env.cr.execute(SQL("SELECT %s", SQL(", ").join(
            SQL("current_setting(%s)", name) for name in settings)))
        before = dict(zip(settings, self.env.cr.fetchone(), strict=True))
        self._set_local(settings)
        yield
        # an error in between ends the transaction, and the settings with it
        self._set_local(before)

    def _set_local(self, settings):
        self.env.cr.execute(SQL("SELECT %s", SQL(", ").join(
            SQL("set_config(%s, %s, TRUE)", name, value) for name, value in settings.items())))

    # ------------------------------------------------------------------
    # The statement
    # ------------------------------------------------------------------

    def _decide_query(self, company, date, partner_ids=None, delivering=(), by_hand=False):
        """The one statement that decides; see the design about what holds an item before what."""
        params = {
            "company": company.id,
            "companies": company._dunning_companies().ids,
            "date": date,
            "partner_is_looked_at": SQL("TRUE") if partner_ids is None else SQL(
                "partner.commercial_partner_id = ANY(%s)", list(partner_ids)),
        }
        return SQL(
            "WITH RECURSIVE %s, %s, %s, %s "
            "SELECT id, level_id, CASE WHEN level_id IS NOT NULL AND NOT held_for_good THEN step_date END, %s, "
            "covered, asked, number, move_id, partner_id, debtor_id, recipient_id, due, open, currency_id, channel, "
            "needs_approval, policy_id, standing FROM judged ORDER BY partner_id, due, id",
            self._decide_item_sql(company, date, params),
            self._decide_money_sql(params),
            self._decide_step_sql(company, date, delivering, params),
            self._decide_judge_sql(company, date, delivering, by_hand, params),
            SQL("CASE WHEN reason IS NULL AND %s THEN 'bank_behind' ELSE reason END",
                company._dunning_bank_behind(date)),
        )

    def _decide_rates(self, company, date):
        """Rows (currency, value of one unit in the company's currency, decimals) at the night's rate."""
        # an invoice stays open when its currency is no longer used
        currencies = self.env["res.currency"].with_context(active_test=False).search(Domain.TRUE)
        rates = currencies._get_rates(company, date)
        own = rates[company.currency_id.id]
        return [
            (currency.id, own / (rates[currency.id] or 1.0), currency.decimal_places) for currency in currencies
        ]

    def _decide_item_sql(self, company, date, params):
        """``item``: every open receivable line with the file of its debtor and what keeps it from being an item."""
        rates = SQL(", ").join(
            SQL("(%s::int, %s::numeric, %s::int)", *row) for row in self._decide_rates(company, date))
        kinds = SQL("move.move_type IN ('out_invoice', 'out_receipt')")
        if company.dunning_opening_entries:
            kinds = SQL("(%s OR move.move_type = 'entry' AND journal.type = 'general'"
                        " AND line.date_maturity IS NOT NULL)", kinds)
        return SQL("""
            rate (currency_id, value, decimals) AS (VALUES %(rates)s),
            item AS MATERIALIZED (
                SELECT line.id, line.move_id, line.currency_id, partner.commercial_partner_id AS partner_id,
                       line.amount_residual_currency AS open, line.amount_residual_currency * rate.value AS value,
                       rate.value AS rate, rate.decimals,
                       COALESCE(line.date_maturity, move.invoice_date_due, line.date) AS due,
                       move.name, move.payment_reference,
                       CASE WHEN move.dunning_charge_id IS NOT NULL THEN 'charge'
                            WHEN line.no_followup AND move.move_type <> 'entry' THEN 'no_followup'
                            WHEN move.payment_state = 'blocked' THEN 'blocked'
                            WHEN %(sent_only)s AND move.is_move_sent IS NOT TRUE AND move.move_type <> 'entry'
                            THEN 'not_sent' END AS excluded
                  FROM account_move_line line
                  JOIN account_account account
                    ON account.id = line.account_id AND account.account_type = 'asset_receivable'
                  JOIN account_move move ON move.id = line.move_id
                  JOIN account_journal journal ON journal.id = line.journal_id
                  JOIN res_partner partner ON partner.id = line.partner_id
                  JOIN rate ON rate.currency_id = line.currency_id
                 WHERE line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
                   AND line.amount_residual_currency > 0 AND line.amount_residual > 0
                   AND line.company_id = ANY(%(companies)s) AND %(kinds)s AND %(partner_is_looked_at)s
            )""", rates=rates, kinds=kinds, sent_only=bool(company.dunning_sent_only), **params)

    def _decide_step_sql(self, company, date, delivering, params):
        """``stand``: where each item stands; ``live``: in which draft or queue it waits; holds and replies."""
        return SQL("""
            stand AS (
                SELECT DISTINCT ON (line.move_line_id) line.move_line_id AS id, line.level_number AS number,
                       GREATEST(line.notice_date, line.date) AS date,
                       communication.channel = ANY(%(to_confirm)s) AND communication.state = 'sent'
                           AND line.notice_date IS NULL AS unconfirmed
                  FROM dunning_communication_line line
                  JOIN dunning_communication communication ON communication.id = line.communication_id
                  JOIN item ON item.id = line.move_line_id
                 WHERE line.level_id IS NOT NULL AND line.void IS NOT TRUE
                   AND communication.id <> ALL(%(delivering)s::int[])
                 ORDER BY line.move_line_id, line.level_number DESC
            ), notice AS (
                SELECT line.move_line_id AS id, bool_or(line.void IS NOT TRUE) AS is_given,
                       max(line.charge_from) FILTER (WHERE line.void IS NOT TRUE) AS charge_from,
                       bool_or(line.void IS NOT TRUE AND line.notice_date IS NULL) AS is_pending
                  FROM dunning_communication_line line
                  JOIN item ON item.id = line.move_line_id
                 WHERE line.is_notice AND line.communication_id <> ALL(%(delivering)s::int[])
                 GROUP BY line.move_line_id
            ), live AS (
                SELECT line.move_line_id AS id, min(communication.state) AS state
                  FROM dunning_communication_line line
                  JOIN dunning_communication communication ON communication.id = line.communication_id
                 WHERE communication.state IN ('draft', 'queued') AND communication.direction = 'out'
                   AND line.level_id IS NOT NULL AND line.void IS NOT TRUE
                   AND communication.id <> ALL(%(delivering)s::int[])
                 GROUP BY line.move_line_id
            ), stuck AS (
                SELECT DISTINCT line.move_line_id AS id
                  FROM dunning_communication_line line
                  JOIN dunning_communication communication ON communication.id = line.communication_id
                 WHERE communication.needs_attention AND communication.state = 'failed'
                   AND communication.company_id = %(company)s AND line.level_id IS NOT NULL
                   AND communication.id <> ALL(%(delivering)s::int[])
                   AND NOT EXISTS (SELECT FROM dunning_communication later WHERE later.previous_id = communication.id)
            ), held AS (
                SELECT move_id, max(COALESCE(date_until, 'infinity')) AS until FROM dunning_hold
                 WHERE active AND (date_until IS NULL OR date_until >= %(date)s)
                   AND company_id = ANY(%(companies)s) GROUP BY move_id
            ), answered AS (
                SELECT DISTINCT debtor_id FROM dunning_communication
                 WHERE %(reply_pauses)s AND state = 'received' AND needs_attention AND company_id = %(company)s
            )""", delivering=list(delivering), reply_pauses=bool(company.dunning_reply_pauses),
            to_confirm=self.env["dunning.communication"]._channels_to_confirm(), **params)

    def _decide_judge_sql(self, company, date, delivering, by_hand, params):
        """``judged``: the next step of each item with its date, and the first reason that holds it."""
        return SQL("""
            level AS (
                SELECT level.*, ARRAY[policy.quiet_sunday, policy.quiet_monday, policy.quiet_tuesday,
                           policy.quiet_wednesday, policy.quiet_thursday, policy.quiet_friday,
                           policy.quiet_saturday] AS quiet
                  FROM dunning_level level JOIN dunning_policy policy ON policy.id = level.policy_id
                 WHERE level.active AND policy.active
            ), asked AS MATERIALIZED (
                SELECT item.*, debtor.id AS debtor_id, debtor.by_hand_only, debtor.hold_until, debtor.postponed_until,
                       debtor.backlog_date, debtor.preferred_channel, debtor.payment_means,
                       debtor.overdue_amount, partner.active AS partner_active, debtor.is_insolvent,
                       COALESCE(debtor.reminder_contact_id, item.partner_id) AS recipient_id,
                       LEAST(item.open, round(COALESCE(cover.amount, 0) / item.rate, item.decimals)) AS covered,
                       COALESCE(stand.number, %(nothing)s) AS standing, stand.date AS stand_date,
                       COALESCE(stand.unconfirmed, FALSE) AS unconfirmed,
                       NOT COALESCE(notice.is_given, TRUE) AS notice_is_lost, notice.charge_from,
                       COALESCE(notice.is_pending, FALSE) AS notice_is_pending,
                       COALESCE(own_policy.id, segment_policy.id, company_policy.id) AS policy_id
                  FROM item
                  JOIN res_partner partner ON partner.id = item.partner_id
                  LEFT JOIN dunning_debtor debtor
                    ON debtor.partner_id = item.partner_id AND debtor.company_id = %(company)s
                  LEFT JOIN dunning_segment segment ON segment.id = debtor.segment_id
                  CROSS JOIN LATERAL (SELECT %(is_consumer)s AS is_consumer) AS kind
                  LEFT JOIN dunning_policy own_policy ON own_policy.id = debtor.policy_id AND own_policy.active
                  LEFT JOIN dunning_policy segment_policy ON segment_policy.active AND segment_policy.id =
                       CASE WHEN kind.is_consumer THEN segment.consumer_policy_id ELSE segment.policy_id END
                  LEFT JOIN dunning_policy company_policy ON company_policy.active AND company_policy.id =
                       CASE WHEN kind.is_consumer THEN %(consumer_policy)s ELSE %(policy)s END
                  LEFT JOIN stand ON stand.id = item.id
                  LEFT JOIN notice ON notice.id = item.id
                  LEFT JOIN cover ON cover.id = item.id
            ), next AS MATERIALIZED (
                SELECT asked.*, asked.open - asked.covered AS asked,
                       (asked.open - asked.covered) * asked.rate AS asked_value,
                       level.id AS level_id, level.number, level.quiet, level.minimum_amount,
                       COALESCE(level.waits_for_law, FALSE) AS waits_for_law,
                       COALESCE(level.needs_approval, FALSE) AS needs_approval,
                       CASE WHEN level.channel = ANY(%(in_writing)s)
                            THEN COALESCE(asked.preferred_channel, level.channel) ELSE level.channel END AS channel,
                       GREATEST(asked.due + level.days
                                    + CASE WHEN asked.standing < 1 AND level.number > 0
                                            AND asked.payment_means = 'direct_debit'
                                           THEN %(debit_days)s ELSE 0 END,
                                asked.stand_date + GREATEST(level.min_gap_days, 1),
                                CASE WHEN level.waits_for_law IS NOT TRUE THEN NULL
                                     WHEN asked.charge_from > %(bank_known)s::date
                                     THEN GREATEST(asked.charge_from, %(date)s + 1)
                                     ELSE asked.charge_from END,
                                CASE WHEN asked.postponed_until > %(last_day)s THEN %(last_day)s
                                     ELSE asked.postponed_until END) AS raw_date
                  FROM asked
                  LEFT JOIN LATERAL (
                       SELECT level.* FROM level
                        WHERE level.policy_id = asked.policy_id
                          AND CASE WHEN asked.notice_is_lost THEN level.number > 0 AND NOT EXISTS (
                                       SELECT FROM dunning_communication_line taken
                                        WHERE taken.move_line_id = asked.id AND taken.level_number = level.number
                                          AND taken.level_id IS NOT NULL AND taken.void IS NOT TRUE
                                          AND taken.communication_id <> ALL(%(delivering)s::int[]))
                                   ELSE level.number > asked.standing END
                          AND (level.number > 0 OR %(date)s < asked.due
                               AND (asked.open - asked.covered) * asked.rate >= COALESCE(level.minimum_amount, 0)
                               AND EXISTS (
                                   SELECT FROM GREATEST(
                                              asked.due + level.days, asked.postponed_until, %(date)s) AS first,
                                          generate_series(0, LEAST(asked.due - first - 1, 6)) AS shift
                                    WHERE level.quiet[1 + extract(dow FROM first + shift)::int] IS NOT TRUE))
                        ORDER BY level.number LIMIT 1) level ON TRUE
            ), dated AS MATERIALIZED (
                SELECT next.*, held.until AS held_until, live.state AS live_state,
                       COALESCE(held.until = 'infinity' OR next.hold_until > %(last_day)s, FALSE) AS held_for_good,
                       answered.debtor_id IS NOT NULL AS is_answered, stuck.id IS NOT NULL AS is_stuck,
                       planned.day + (SELECT min(shift) FROM generate_series(0, 6) AS shift
                                       WHERE next.quiet[1 + extract(dow FROM planned.day + shift)::int] IS NOT TRUE)
                           AS step_date
                  FROM next
                  LEFT JOIN held ON held.move_id = next.move_id
                  LEFT JOIN live ON live.id = next.id
                  LEFT JOIN stuck ON stuck.id = next.id
                  LEFT JOIN answered ON answered.debtor_id = next.debtor_id
                  CROSS JOIN LATERAL (SELECT GREATEST(
                       next.raw_date,
                       CASE WHEN next.hold_until >= %(date)s THEN LEAST(next.hold_until, %(last_day)s) + 1 END,
                       CASE WHEN held.until < 'infinity' THEN LEAST(held.until::date, %(last_day)s) + 1 END,
                       CASE WHEN next.raw_date <= %(date)s THEN %(date)s END) AS day) AS planned
            ), brought_in AS (
                %(brought_in)s
            ), reasoned AS (
                SELECT dated.*, CASE
                    WHEN excluded IS NOT NULL THEN excluded
                    WHEN partner_active IS NOT TRUE THEN 'archived'
                    WHEN is_insolvent AND NOT %(insolvency_later)s THEN 'insolvent'
                    WHEN hold_until >= %(date)s THEN 'debtor_hold'
                    WHEN held_until IS NOT NULL THEN 'item_hold'
                    WHEN is_answered THEN 'reply'
                    WHEN live_state IS NOT NULL THEN live_state
                    WHEN asked <= 0 THEN 'covered'
                    WHEN is_insolvent THEN 'insolvent'
                    WHEN policy_id IS NULL THEN 'no_policy'
                    WHEN level_id IS NULL THEN 'finished'
                    WHEN %(is_delivering)s THEN NULL
                    WHEN unconfirmed THEN 'unconfirmed'
                    WHEN waits_for_law AND notice_is_pending THEN 'notice_pending'
                    WHEN is_stuck THEN 'failed'
                    WHEN due < %(from_date)s::date AND backlog_date IS NULL AND %(backlog)s = 0 THEN 'before_start'
                    WHEN by_hand_only THEN 'by_hand'
                    WHEN raw_date > %(date)s THEN
                         CASE WHEN waits_for_law AND raw_date <= GREATEST(charge_from, %(date)s + 1)
                              AND charge_from > LEAST(%(date)s, %(bank_known)s::date)
                              THEN 'law_wait' ELSE 'too_early' END
                    WHEN step_date > %(date)s THEN 'weekday'
                    WHEN due < %(from_date)s::date AND (backlog_date IS NULL OR backlog_date > %(date)s)
                         AND partner_id NOT IN (SELECT partner_id FROM brought_in) THEN 'backlog'
                    END AS first_reason
                  FROM dated
            ), judged AS (
                SELECT reasoned.*, COALESCE(first_reason, CASE
                    WHEN %(is_delivering)s THEN NULL
                    WHEN number > 0 AND sum(asked_value) FILTER (WHERE first_reason IS NULL) OVER (
                           PARTITION BY partner_id, level_id) < COALESCE(minimum_amount, 0) THEN 'minimum'
                    END) AS reason
                  FROM reasoned
            )""",
            brought_in=self._decide_brought_in_sql(company, date, params), last_day=LAST_DAY,
            is_consumer=self.env["dunning.debtor"]._is_consumer_sql(),
            nothing=NOTHING_SENT, debit_days=company.dunning_direct_debit_days,
            policy=company.dunning_policy_id.id or None, consumer_policy=company.dunning_consumer_policy_id.id or None,
            from_date=company.dunning_from_date or None, backlog=company.dunning_backlog_per_day,
            bank_known=(company._dunning_bank_date(date) or LONG_AGO) if company.dunning_bank_max_age else LAST_DAY,
            is_delivering=bool(delivering), delivering=list(delivering),
            insolvency_later=bool(by_hand or delivering),
            in_writing=list(self.env["dunning.communication"]._channels_in_writing()), **params)

    def _decide_brought_in_sql(self, company, date, params):
        """The debtors whose invoices from before the start are let in on this night: the largest amounts first.

        Read from the ledger and not from the figures of the last night, so that a preview says what the night will
        do; PostgreSQL looks only where such an invoice would be due.
        """
        return SQL("""
            SELECT figures.partner_id
              FROM (SELECT partner.commercial_partner_id AS partner_id,
                           min(COALESCE(line.date_maturity, line.date)) AS oldest,
                           sum(line.amount_residual) FILTER (
                               WHERE COALESCE(line.date_maturity, line.date) < %(date)s) AS overdue
                      FROM account_move_line line
                      JOIN account_account account
                        ON account.id = line.account_id AND account.account_type = 'asset_receivable'
                      JOIN res_partner partner ON partner.id = line.partner_id
                     WHERE line.parent_state = 'posted' AND line.reconciled IS NOT TRUE AND line.amount_residual > 0
                       AND line.company_id = ANY(%(companies)s)
                     GROUP BY partner.commercial_partner_id) figures
              LEFT JOIN dunning_debtor debtor
                ON debtor.partner_id = figures.partner_id AND debtor.company_id = %(company)s
             WHERE debtor.backlog_date IS NULL AND figures.oldest < %(from_date)s::date
             ORDER BY COALESCE(figures.overdue, 0) DESC, debtor.id, figures.partner_id
             LIMIT GREATEST(0, %(backlog)s - (SELECT count(*) FROM dunning_debtor
                                               WHERE company_id = %(company)s AND backlog_date = %(date)s))
        """, from_date=company.dunning_from_date or None, backlog=company.dunning_backlog_per_day, **params)
