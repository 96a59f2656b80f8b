import contextlib

from odoo import api, models
from odoo.tools import SQL

from ...tools.decision import Decision

#: ``reached_number`` of an item without any step; below 0, so that step 0 can follow.
NOTHING_SENT = -1


class DunningRun(models.Model):
    _inherit = "dunning.run"

    @api.model
    def _decide(self, company, date, items=None):
        """Decide the next step of every open item of ``company`` on ``date``; writes nothing.

        :param company: root company (a branch stands for its root)
        :param date: the day of the decision
        :param items: ``account.move.line`` recordset or ids; narrows the result, not the items that are read
        :return: list of dicts, one an item: ``item`` (id), ``level`` (id of the next step, None: no step left),
            ``date`` (of the next step), ``reason`` (code of :meth:`_reasons`; None when the step is due),
            ``covered``, ``disputed`` and ``asked`` (in the item's currency)
        """
        keys = ("item", "level", "date", "reason", "covered", "disputed", "asked")
        item_ids = None if items is None else list(getattr(items, "ids", items))
        return [
            {key: getattr(row, key) for key in keys}
            for row in self._decide_each(company, date, item_ids=item_ids)
        ]

    @api.model
    def _decide_rows(self, company, date, **narrow):
        """As :meth:`_decide`, as dicts with all fields of :class:`Decision`.

        :param narrow: arguments of :meth:`_decide_each`
        """
        return [row._asdict() for row in self._decide_each(company, date, **narrow)]

    def _decide_each(self, company, date, item_ids=None, partner_ids=None, delivering=(), by_hand=False):
        """Generate the :class:`Decision` of each open item.

        :param item_ids: return only these items
        :param partner_ids: return only the items of these commercial partners
        :param delivering: ids of communications that are checked again before delivery: their own lines are ignored,
            and drafts, dates and minimums do not hold their items
        :param by_hand: a person decides, who may write to an insolvent customer too; other reasons then go first
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
        with self._planner_settings(partner_ids is None):
            self.env.cr.execute(
                self._decide_query(company.root_id, date, partner_ids, list(delivering), by_hand))
            rows = self.env.cr.fetchall()
        wanted = None if item_ids is None else set(item_ids)
        for values in rows:
            if wanted is None or values[0] in wanted:
                yield Decision(*values)

    @contextlib.contextmanager
    def _planner_settings(self, is_whole_ledger):
        """Context manager: PostgreSQL's planner settings for the statements over the ledger.

        Tables written in the same transaction, such as the debtors of a first night, have no statistics yet, and a
        nested loop over them takes minutes instead of a second. JIT compilation takes longer than running them.
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
        """The deciding statement; :meth:`_reason_sql` has the order of the reasons."""
        params = self._decide_params(company, date, partner_ids, delivering)
        return SQL(
            "WITH RECURSIVE %s, %s, %s, %s "
            "SELECT id, level_id, CASE WHEN level_id IS NOT NULL AND NOT held_for_good THEN step_date END, %s, "
            "covered, disputed, asked, number, move_id, partner_id, debtor_id, recipient_id, due, open, currency_id, "
            "channel, needs_approval, policy_id, reached_number FROM judged ORDER BY partner_id, due, id",
            self._decide_ledger_sql(company, date, params),
            self._decide_money_sql(params),
            self._decide_step_sql(params),
            self._decide_judge_sql(company, date, by_hand, params),
            SQL("CASE WHEN reason IS NULL AND %s THEN 'bank_behind' ELSE reason END",
                company._dunning_is_bank_behind(date)),
        )

    def _decide_params(self, company, date, partner_ids=None, delivering=(), company_ids=None):
        """The parameters that the parts of the statement share.

        :param company_ids: ids of ``company._dunning_companies()``, where the caller has them
        """
        return {
            "company": company.id,
            "companies": company_ids or company._dunning_companies().ids,
            "date": date,
            "delivering": list(delivering),
            "partner_is_selected": SQL("TRUE") if partner_ids is None else SQL(
                "partner.commercial_partner_id = ANY(%s)", list(partner_ids)),
        }

    def _decide_ledger_sql(self, company, date, params):
        """CTEs ``rate``, ``hold`` (holds in force on ``date``), those of :meth:`_decide_item_sql`, and ``held``."""
        return SQL(
            "rate AS MATERIALIZED (SELECT * FROM %s), hold AS MATERIALIZED (%s), %s, %s",
            self.env["account.move.line"]._dunning_rates_sql(company, date),
            self.env["dunning.hold"]._current_sql(company, date),
            self._decide_item_sql(company, date, params),
            self._decide_held_sql())

    def _decide_held_sql(self):
        """CTE ``held``: the holds of each item, those that only move its step apart."""
        return SQL("""
            held AS MATERIALIZED (
                SELECT item.id,
                       array_agg(DISTINCT hold.reason) FILTER (WHERE NOT moves.step) AS reasons,
                       bool_or(pause.until IS NULL) FILTER (WHERE NOT moves.step) AS for_good,
                       max(pause.until) FILTER (WHERE NOT moves.step) AS until,
                       max(pause.until) FILTER (WHERE moves.step) + 1 AS postponed_until
                  FROM (SELECT item.id, hold.id AS hold_id FROM hold JOIN item ON item.partner_id = hold.partner_id
                         UNION ALL
                        SELECT item.id, hold.id FROM hold JOIN item ON item.move_id = hold.move_id
                         UNION ALL
                        SELECT item.id, hold.id FROM hold JOIN item ON item.id = hold.move_line_id) pair
                  JOIN item ON item.id = pair.id
                  JOIN hold ON hold.id = pair.hold_id
                  CROSS JOIN LATERAL (SELECT hold.reason = 'too_early' AS step) moves
                  CROSS JOIN LATERAL (SELECT COALESCE(hold.date_until, hold.date_shown) AS until) pause
                 WHERE (hold.supplied_before IS NULL OR item.supplied < hold.supplied_before)
                   -- a hold on a part of the item does not hold the rest
                   AND (COALESCE(hold.amount, 0) = 0 OR item.value <= 0)
                 GROUP BY item.id
            )""")

    def _decide_step_sql(self, params):
        """CTEs of what was done with each item.

        ``reached``: its highest step; ``notice``: its notice by law; ``live``: whether it is in a draft or queued
        reminder; ``stuck``: its last reminder failed.
        """
        return SQL("""
            reached AS (
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
            ), live AS MATERIALIZED (
                SELECT line.move_line_id AS id, min(communication.state) AS state
                  FROM dunning_communication_line line
                  JOIN dunning_communication communication ON communication.id = line.communication_id
                 WHERE communication.state IN ('draft', 'queued') AND communication.direction = 'out'
                   AND line.level_id IS NOT NULL AND line.void IS NOT TRUE
                   AND communication.id <> ALL(%(delivering)s::int[])
                 GROUP BY line.move_line_id
            ), stuck AS MATERIALIZED (
                SELECT DISTINCT line.move_line_id AS id
                  FROM dunning_communication_line line
                  JOIN dunning_communication communication ON communication.id = line.communication_id
                 WHERE communication.needs_attention AND communication.state = 'failed'
                   AND communication.company_id = %(company)s AND line.level_id IS NOT NULL
                   AND communication.id <> ALL(%(delivering)s::int[])
                   AND NOT EXISTS (SELECT FROM dunning_communication later WHERE later.previous_id = communication.id)
            )""", to_confirm=self.env["dunning.communication"]._channels_to_confirm(), **params)

    def _decide_judge_sql(self, company, date, by_hand, params):
        """CTE ``judged``: the next step of each item with its date, and the first reason that holds it."""
        return SQL("""
            setting AS (%(setting)s), level AS (
                SELECT level.*, ARRAY[policy.quiet_sunday, policy.quiet_monday, policy.quiet_tuesday,
                           policy.quiet_wednesday, policy.quiet_thursday, policy.quiet_friday,
                           policy.quiet_saturday] AS quiet
                  FROM dunning_level level JOIN dunning_policy policy ON policy.id = level.policy_id
                 WHERE level.active AND policy.active
            ), asked AS MATERIALIZED (
                SELECT item.*, debtor.id AS debtor_id, debtor.by_hand_only, debtor.backlog_date,
                       CASE WHEN agreed.by_post THEN %(by_post)s ELSE debtor.preferred_channel END
                           AS preferred_channel, debtor.payment_means, partner.active AS partner_active,
                       %(recipient)s AS recipient_id,
                       held.reasons AS held_reasons, COALESCE(held.for_good, FALSE) AS held_for_good,
                       held.until AS held_until, held.postponed_until, setting.*,
                       LEAST(item.open - item.disputed,
                             round(COALESCE(cover.amount, 0) / item.rate, item.decimals)) AS covered,
                       COALESCE(reached.number, %(nothing)s) AS reached_number, reached.date AS reached_date,
                       COALESCE(reached.unconfirmed, FALSE) AS unconfirmed,
                       NOT COALESCE(notice.is_given, TRUE) AS notice_is_lost, notice.charge_from,
                       COALESCE(notice.is_pending, FALSE) AS notice_is_pending,
                       COALESCE(own_policy.id, segment_policy.id, company_policy.id) AS policy_id
                  FROM item
                  CROSS JOIN setting
                  JOIN res_partner partner ON partner.id = item.partner_id
                  LEFT JOIN held ON held.id = item.id
                  LEFT JOIN dunning_debtor debtor
                    ON debtor.partner_id = item.partner_id AND debtor.company_id = %(company)s
                  LEFT JOIN (%(agreed)s) agreed ON agreed.debtor_id = debtor.id
                  LEFT JOIN res_partner contact ON contact.id = %(reminded)s
                  LEFT JOIN dunning_segment segment ON segment.id = debtor.segment_id
                  CROSS JOIN LATERAL (SELECT %(is_consumer)s AS is_consumer) AS kind
                  LEFT JOIN dunning_policy own_policy ON own_policy.id = debtor.policy_id AND own_policy.active
                  LEFT JOIN dunning_policy segment_policy ON segment_policy.active AND segment_policy.id =
                       CASE WHEN kind.is_consumer THEN segment.consumer_policy_id ELSE segment.policy_id END
                  LEFT JOIN dunning_policy company_policy ON company_policy.active AND company_policy.id =
                       CASE WHEN kind.is_consumer THEN %(consumer_policy)s ELSE %(policy)s END
                  LEFT JOIN reached ON reached.id = item.id
                  LEFT JOIN notice ON notice.id = item.id
                  LEFT JOIN cover ON cover.id = item.id
            ), next AS MATERIALIZED (
                SELECT asked.*, asked.open - asked.disputed - asked.covered AS asked,
                       (asked.open - asked.disputed - asked.covered) * asked.rate AS asked_value,
                       level.id AS level_id, level.number, level.quiet, level.minimum_amount,
                       COALESCE(level.waits_for_law, FALSE) AS waits_for_law,
                       COALESCE(level.needs_approval, FALSE) AS needs_approval,
                       CASE WHEN level.channel = ANY(%(in_writing)s)
                            THEN COALESCE(asked.preferred_channel, level.channel) ELSE level.channel END AS channel,
                       GREATEST(asked.due + level.days
                                    + CASE WHEN asked.reached_number < 1 AND level.number > 0
                                            AND asked.payment_means = 'direct_debit'
                                           THEN %(debit_days)s ELSE 0 END,
                                asked.reached_date + GREATEST(level.min_gap_days, 1),
                                CASE WHEN level.waits_for_law IS NOT TRUE THEN NULL
                                     WHEN asked.charge_from > asked.bank_known
                                     THEN GREATEST(asked.charge_from, %(date)s + 1)
                                     ELSE asked.charge_from END,
                                asked.postponed_until) AS raw_date
                  FROM asked
                  LEFT JOIN LATERAL (
                       SELECT level.* FROM level
                        WHERE level.policy_id = asked.policy_id
                          AND CASE WHEN asked.notice_is_lost THEN level.number > 0 AND NOT EXISTS (
                                       SELECT FROM dunning_communication_line taken
                                        WHERE taken.move_line_id = asked.id AND taken.level_number = level.number
                                          AND taken.level_id IS NOT NULL AND taken.void IS NOT TRUE
                                          AND taken.communication_id <> ALL(%(delivering)s::int[]))
                                   ELSE level.number > asked.reached_number END
                          AND (level.number > 0 OR %(date)s < asked.due
                               AND (asked.open - asked.disputed - asked.covered) * asked.rate
                                   >= COALESCE(level.minimum_amount, 0)
                               AND EXISTS (
                                   SELECT FROM GREATEST(
                                              asked.due + level.days, asked.postponed_until, %(date)s) AS first,
                                          generate_series(0, LEAST(asked.due - first - 1, 6)) AS shift
                                    WHERE level.quiet[1 + extract(dow FROM first + shift)::int] IS NOT TRUE))
                        ORDER BY level.number LIMIT 1) level ON TRUE
            ), dated AS MATERIALIZED (
                SELECT next.*, live.state AS live_state, stuck.id IS NOT NULL AS is_stuck,
                       planned.day + (SELECT min(shift) FROM generate_series(0, 6) AS shift
                                       WHERE next.quiet[1 + extract(dow FROM planned.day + shift)::int] IS NOT TRUE)
                           AS step_date
                  FROM next
                  LEFT JOIN live ON live.id = next.id
                  LEFT JOIN stuck ON stuck.id = next.id
                  CROSS JOIN LATERAL (SELECT GREATEST(
                       next.raw_date, next.held_until + 1,
                       CASE WHEN next.raw_date <= %(date)s THEN %(date)s END) AS day) AS planned
            ), backlog_partner AS (
                %(backlog_partner)s
            ), reasoned AS (
                SELECT dated.*, %(first_reason)s AS first_reason FROM dated
            ), judged AS (
                SELECT reasoned.*, COALESCE(first_reason, CASE
                    WHEN %(is_delivering)s THEN NULL
                    WHEN number > 0 AND sum(asked_value) FILTER (WHERE first_reason IS NULL) OVER (
                           PARTITION BY partner_id, level_id) < COALESCE(minimum_amount, 0) THEN 'minimum'
                    END) AS reason
                  FROM reasoned
            )""",
            backlog_partner=self._decide_backlog_sql(company, params), setting=self._decide_setting_sql(company, date),
            is_consumer=self.env["dunning.debtor"]._is_consumer_sql(),
            recipient=self.env["dunning.debtor"]._recipient_sql(),
            reminded=self.env["dunning.debtor"]._reminded_sql(),
            agreed=self.env["dunning.agreement.term"]._in_force_sql(company, date),
            by_post=self.env["dunning.communication"]._channel_by_post(),
            nothing=NOTHING_SENT, debit_days=company.dunning_direct_debit_days,
            policy=company.dunning_policy_id.id or None, consumer_policy=company.dunning_consumer_policy_id.id or None,
            is_delivering=bool(params["delivering"]), first_reason=self._reason_sql(
                bool(params["delivering"]), by_hand),
            in_writing=list(self.env["dunning.communication"]._channels_in_writing()), **params)

    def _decide_setting_sql(self, company, date):
        """Query for one row of values that the conditions of reasons use.

        ``night``; ``from_date`` and ``backlog_per_day`` of the company; ``bank_known``: the day up to which payments
        are known, NULL where the company does not check its bank.
        """
        bank_known = SQL("NULL::date")
        if company.dunning_bank_max_age:
            bank_known = SQL("COALESCE(%s::date, '-infinity')", company._dunning_bank_date(date))
        return SQL(
            "SELECT %s::date AS night, %s::date AS from_date, %s::int AS backlog_per_day, %s AS bank_known",
            date, company.dunning_from_date or None, company.dunning_backlog_per_day, bank_known)

    def _decide_backlog_sql(self, company, params):
        """Query for the commercial partners of the backlog that are released on this night, the largest amounts first.

        It reads the ledger and not the figures of the last night, so that a preview gives the same as the night.
        PostgreSQL runs it only if such an invoice has a step due.
        """
        return SQL("""
            SELECT figures.partner_id
              FROM (SELECT partner_id, min(due) AS oldest, sum(residual) FILTER (WHERE due < %(date)s) AS overdue
                      FROM (%(open_items)s) open_item
                     WHERE is_item AND partner_id IS NOT NULL
                     GROUP BY partner_id) figures
              LEFT JOIN dunning_debtor debtor
                ON debtor.partner_id = figures.partner_id AND debtor.company_id = %(company)s
             WHERE debtor.backlog_date IS NULL AND figures.oldest < %(from_date)s::date
             ORDER BY COALESCE(figures.overdue, 0) DESC, debtor.id, figures.partner_id
             LIMIT GREATEST(0, %(backlog)s - (SELECT count(*) FROM dunning_debtor
                                               WHERE company_id = %(company)s AND backlog_date = %(date)s))
        """, open_items=self.env["account.move.line"]._dunning_open_items_sql(
                company._dunning_companies(), rate_date=params["date"]),
            from_date=company.dunning_from_date or None, backlog=company.dunning_backlog_per_day, **params)
