from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .dunning_segment import SEVERITIES

#: A debtor keeps its segment while its score is at most this many points outside the segment's range. Without this
#: margin a score near a border would change the segment again and again.
SEGMENT_MARGIN = 3
#: Number of paid invoices below which a trend is ignored as chance.
TREND_MIN_SETTLED = 6
#: After a warning, the trend must fall this many days below the threshold before the next warning.
TREND_RESET_MARGIN = 3


class SegmentChange(NamedTuple):
    """What a night changed of a debtor's segment; ids, None: no segment."""

    debtor_id: int
    segment_before: int | None
    segment: int | None
    waiting_before: int | None
    waiting: int | None  #: the segment that waits for a person's confirmation


class DunningDebtor(models.Model):
    """The segment of a debtor: how it is assigned, and what a change of it brings about."""

    _inherit = "dunning.debtor"

    segment_is_chosen = fields.Boolean(
        "Segment Chosen by Hand", tracking=True, readonly=True, help="The night leaves the segment alone.")
    segment_reason = fields.Char("Why This Segment", tracking=True, help="Why a person chose it.")
    segment_until = fields.Date(
        "Segment Chosen Until", tracking=True, help="The last day of the choice. Empty: until somebody ends it.")
    waiting_segment_id = fields.Many2one(
        "dunning.segment", "Proposed Segment", readonly=True, ondelete="set null", index="btree_not_null",
        help="The segment that the score of a natural person points to. It tightens terms, so a person has to confirm "
             "it; until then, and when it was refused, the segment stays.")
    severity = fields.Selection(SEVERITIES, "Risk Class", compute="_compute_severity", search="_search_severity")
    term_change_ids = fields.One2many(
        "dunning.term.change", "debtor_id", string="Terms and Limits", readonly=True,
        groups="debto_dunning.group_dunning_user")
    to_decide_count = fields.Integer(
        "Terms to Decide", compute="_compute_to_decide_count", groups="debto_dunning.group_dunning_user")

    @api.depends("segment_id.severity")
    def _compute_severity(self):
        for debtor in self:
            debtor.severity = debtor.segment_id.severity

    def _search_severity(self, operator, value):
        return [("segment_id.severity", operator, value)]

    def _compute_to_decide_count(self):
        counts = dict(self.env["dunning.term.change"]._read_group(
            [("debtor_id", "in", self.ids), ("state", "=", "proposed")], ["debtor_id"], ["__count"]))
        for debtor in self:
            debtor.to_decide_count = counts.get(debtor, 0)

    # ------------------------------------------------------------------
    # Chosen by a person
    # ------------------------------------------------------------------

    def write(self, vals):
        """A segment that is written counts as chosen by a person, unless the system says otherwise in the same values:
        the night keeps it until ``segment_until``.
        """
        if "segment_id" not in vals:
            return super().write(vals)
        if not vals["segment_id"]:
            vals = dict(vals, segment_reason=False, segment_until=False)
        before = {debtor.id: debtor.segment_id for debtor in self}
        result = super().write(vals)
        # sudo: that it was chosen is the system's to note; the right to choose was checked by the line above
        super(DunningDebtor, self.sudo()).write({
            "segment_is_chosen": vals.get("segment_is_chosen", bool(vals["segment_id"])), "waiting_segment_id": False})
        changed = self.filtered(lambda debtor: debtor.segment_id != before[debtor.id])
        changed._process_segment_change({debtor: before[debtor.id] for debtor in changed})
        return result

    @api.onchange("segment_id")
    def _onchange_segment_id(self):
        self.segment_is_chosen = bool(self.segment_id)

    def action_end_segment_choice(self):
        """Let the score and the criteria decide again, from now on."""
        self.check_access("write")
        # sudo: segment_is_chosen is the system's to write; the right was checked
        self.sudo().write({"segment_is_chosen": False, "segment_reason": False, "segment_until": False})
        self.action_score()

    # ------------------------------------------------------------------
    # Refresh
    # ------------------------------------------------------------------

    def _refresh_segments(self, company, date, partner_ids=None):
        """Assign the segments, write the risk history, and warn of debtors with a higher risk."""
        self.env.cr.execute(SQL("""
            UPDATE dunning_debtor debtor SET segment_is_chosen = FALSE, segment_reason = NULL, segment_until = NULL
              FROM res_partner partner
             WHERE partner.id = debtor.partner_id AND debtor.company_id = %s AND debtor.segment_is_chosen
               AND debtor.segment_until < %s AND %s""", company.id, date, self._refresh_narrow(partner_ids)))
        changes = self._assign_segments(company, partner_ids)
        self._write_risk_history(company, date, partner_ids)
        self.invalidate_model()
        segments = self.env["dunning.segment"]
        if known := {
                self.browse(change.debtor_id): segments.browse(change.segment_before) for change in changes
                if change.segment_before and change.segment_before != change.segment}:
            self.browse([debtor.id for debtor in known])._process_segment_change(known, date)
        if held := {
                self.browse(change.debtor_id): segments.browse(change.segment) for change in changes
                if change.waiting != change.waiting_before and change.segment == change.segment_before}:
            self._propose_segments(held, date)
        self._warn_of_trends(company, date, partner_ids)

    def _assign_segments(self, company, partner_ids=None):
        """Assign a segment to each debtor, and write it where it changes.

        An insolvent debtor goes to the segment for insolvent customers even if a person chose another segment. A
        natural person whose score points to a segment of higher risk keeps its segment, and the other one waits for a
        person's confirmation, where the company wants it so (GDPR, article 22: no decision by a score alone).

        :return: list of :class:`SegmentChange`
        """
        government = self.env.ref("base.res_partner_industry_O", raise_if_not_found=False)
        self.env.cr.execute(SQL("""
            WITH fact AS (
                SELECT debtor.id, debtor.segment_id, debtor.waiting_segment_id, debtor.risk_score,
                       %(confirms)s AND %(natural)s AS is_confirmed_by_person,
                       debtor.settled_count, partner.id AS partner_id,
                       partner.country_id, debtor.is_insolvent IS TRUE AS is_insolvent,
                       ARRAY[CASE WHEN %(consumer)s THEN 'consumer' ELSE 'business' END,
                             CASE WHEN partner.industry_id = %(government)s THEN 'government' END,
                             CASE WHEN partner.id = ANY(%(staff)s) THEN 'staff' END,
                             CASE WHEN partner.id = ANY(%(group)s) THEN 'group' END] AS kinds
                  FROM dunning_debtor debtor JOIN res_partner partner ON partner.id = debtor.partner_id
                 WHERE debtor.company_id = %(company)s AND debtor.risk_score IS NOT NULL
                   AND (debtor.segment_is_chosen IS NOT TRUE OR debtor.is_insolvent) AND %(narrow)s
            ), segment AS (
                SELECT segment.*,
                       ARRAY(SELECT res_country_id FROM dunning_segment_res_country_rel
                              WHERE dunning_segment_id = segment.id) AS countries,
                       ARRAY(SELECT res_partner_category_id FROM dunning_segment_res_partner_category_rel
                              WHERE dunning_segment_id = segment.id) AS categories
                  FROM dunning_segment segment
                 WHERE segment.active AND segment.assignment <> 'hand'
                   AND (segment.company_id IS NULL OR segment.company_id = %(company)s)
            ), fitting AS (
                SELECT fact.id, fact.segment_id AS before, fact.waiting_segment_id AS waiting_before,
                       fact.is_confirmed_by_person, fact.is_insolvent, (
                       SELECT segment.id FROM segment
                        WHERE (segment.takes_insolvent AND fact.is_insolvent)
                           OR (segment.assignment = 'criteria'
                               AND (segment.partner_kind IS NULL OR segment.partner_kind = ANY(fact.kinds))
                               AND (segment.countries = '{}' OR fact.country_id = ANY(segment.countries))
                               AND (segment.categories = '{}' OR EXISTS (
                                    SELECT FROM res_partner_res_partner_category_rel tag
                                     WHERE tag.partner_id = fact.partner_id
                                       AND tag.category_id = ANY(segment.categories))))
                           OR (segment.assignment = 'score'
                               AND fact.settled_count >= COALESCE(segment.settled_from, 0)
                               AND (COALESCE(segment.settled_below, 0) = 0
                                    OR fact.settled_count < segment.settled_below)
                               AND fact.risk_score
                                   BETWEEN segment.score_from - CASE
                                               WHEN segment.id IN (fact.segment_id, fact.waiting_segment_id)
                                               THEN %(margin)s ELSE 0 END
                                       AND segment.score_to + CASE
                                               WHEN segment.id IN (fact.segment_id, fact.waiting_segment_id)
                                               THEN %(margin)s ELSE 0 END)
                        ORDER BY segment.takes_insolvent IS TRUE AND fact.is_insolvent DESC,
                                 segment.assignment = 'criteria' DESC,
                                 segment.assignment = 'score' AND segment.id = fact.waiting_segment_id DESC NULLS LAST,
                                 segment.assignment = 'score' AND segment.id = fact.segment_id DESC,
                                 segment.sequence, segment.id
                        LIMIT 1) AS after
                  FROM fact
            ), assigned AS (
                SELECT fitting.id, fitting.before, fitting.waiting_before,
                       CASE WHEN waits THEN fitting.before ELSE COALESCE(after, fitting.before) END AS segment,
                       CASE WHEN waits THEN after END AS waiting
                  FROM fitting
                  LEFT JOIN dunning_segment target ON target.id = fitting.after
                  LEFT JOIN dunning_segment current ON current.id = fitting.before
                  CROSS JOIN LATERAL (
                       SELECT fitting.is_confirmed_by_person AND target.assignment = 'score'
                              AND NOT (target.takes_insolvent IS TRUE AND fitting.is_insolvent)
                              AND target.severity > COALESCE(current.severity, '1') AS waits) held
            )
            UPDATE dunning_debtor debtor SET segment_id = assigned.segment, waiting_segment_id = assigned.waiting
              FROM assigned
             WHERE assigned.id = debtor.id
               AND (assigned.segment, assigned.waiting) IS DISTINCT FROM (assigned.before, assigned.waiting_before)
            RETURNING debtor.id, assigned.before, assigned.segment, assigned.waiting_before, assigned.waiting
        """, company=company.id, narrow=self._refresh_narrow(partner_ids), consumer=self._is_consumer_sql(),
            natural=self._is_natural_person_sql(), confirms=bool(company.dunning_person_confirms),
            margin=SEGMENT_MARGIN, government=SQL("%s::int", government.id if government else None),
            staff=SQL("%s::int[]", self._staff_partner_ids()),
            group=SQL("%s::int[]", self._group_company_partner_ids())))
        return [SegmentChange(*row) for row in self.env.cr.fetchall()]

    def _staff_partner_ids(self):
        """Ids of the partners of internal users and, where the addon hr is installed, of employees."""
        # sudo: users may lack access to other users. The ids are only compared with debtors and never shown.
        users = self.env["res.users"].sudo().search([("share", "=", False)])
        partners = users.partner_id.ids
        if "hr.employee" in self.env:
            # sudo: only HR users can read employees; the ids are used as above
            employees = self.env["hr.employee"].sudo().search([("work_contact_id", "!=", False)])
            partners += employees.work_contact_id.ids
        return partners

    def _group_company_partner_ids(self):
        """Ids of the partners of all companies of this database, which count as one group."""
        # sudo: users cannot read companies that are not theirs. The ids are only compared with debtors.
        return self.env["res.company"].sudo().with_context(active_test=False).search(Domain.TRUE).partner_id.ids

    def _write_risk_history(self, company, date, partner_ids=None):
        """Write a row of history for each debtor on the first night of a month, and when its segment changed."""
        self.env.cr.execute(SQL("""
            INSERT INTO dunning_risk_history (
                debtor_id, company_id, date, risk_score, average_days_late, open_amount, overdue_amount, segment_id,
                previous_segment_id, is_chosen)
            SELECT debtor.id, debtor.company_id, %(date)s, debtor.risk_score, debtor.average_days_late,
                   debtor.open_amount, debtor.overdue_amount, debtor.segment_id,
                   CASE WHEN last.segment_id <> debtor.segment_id THEN last.segment_id END,
                   debtor.segment_is_chosen IS TRUE
              FROM dunning_debtor debtor
              JOIN res_partner partner ON partner.id = debtor.partner_id
              LEFT JOIN LATERAL (
                   SELECT history.date, history.segment_id FROM dunning_risk_history history
                    WHERE history.debtor_id = debtor.id
                    ORDER BY history.date DESC, history.id DESC LIMIT 1) last ON TRUE
             WHERE debtor.company_id = %(company)s AND %(narrow)s AND debtor.risk_score IS NOT NULL
               AND (last.date IS NULL OR last.date < date_trunc('month', %(date)s::date)
                    OR last.segment_id IS DISTINCT FROM debtor.segment_id)
             ORDER BY debtor.id -- the sort reads all rows before the first one is written
            ON CONFLICT (debtor_id, date) DO UPDATE
               SET risk_score = EXCLUDED.risk_score, average_days_late = EXCLUDED.average_days_late,
                   open_amount = EXCLUDED.open_amount, overdue_amount = EXCLUDED.overdue_amount,
                   segment_id = EXCLUDED.segment_id, is_chosen = EXCLUDED.is_chosen,
                   previous_segment_id = COALESCE(
                       dunning_risk_history.previous_segment_id, EXCLUDED.previous_segment_id)
        """, company=company.id, date=date, narrow=self._refresh_narrow(partner_ids)))
        self.env["dunning.risk.history"].invalidate_model()

    # ------------------------------------------------------------------
    # What follows a change
    # ------------------------------------------------------------------

    def _process_segment_change(self, before, night=None):
        """Log the change of segment, warn where the risk is higher, and propose terms and limits.

        :param before: {debtor: segment before}
        :param night: date of the night that changed the segments; None: a person changed them
        """
        if night is None:
            for company, debtors in self.grouped("company_id").items():
                self.env.flush_all()
                self._write_risk_history(company, company._dunning_today(), debtors.partner_id.ids)
        else:  # Odoo's tracking logs what a person writes
            self._log_segment_changes(before)
            riskier = self.filtered(lambda debtor: debtor._has_higher_risk_than(before[debtor]))
            riskier._schedule_early_warnings(night, {
                debtor: self.env._("Segment %(old)s → %(new)s, score %(score)s", old=segment.name,
                                   new=debtor.segment_id.name, score=debtor.risk_score)
                for debtor, segment in before.items()})
        self.env["dunning.term.change"]._propose({
            debtor: segment for debtor, segment in before.items() if segment})

    def _propose_segments(self, held, night):
        """Propose the segments that wait for a person's confirmation, and tell the person in charge.

        Of debtors whose risk history begins tonight nobody is told one by one: their proposals stand in the list.

        :param held: {debtor: its segment}; those whose proposal is over are among them
        :param night: date of the night
        """
        self.env["dunning.term.change"]._propose(held)
        waiting = self.browse([debtor.id for debtor in held if debtor.waiting_segment_id])
        # sudo: whether there is a history; nothing of it is shown
        waiting &= self.env["dunning.risk.history"].sudo().search([
            ("debtor_id", "in", waiting.ids), ("date", "<", night)]).debtor_id
        waiting._schedule_early_warnings(night, {
            debtor: self.env._("The score %(score)s proposes segment %(new)s: confirm or refuse it",
                               score=debtor.risk_score, new=debtor.waiting_segment_id.name)
            for debtor in waiting})

    def _confirm_segment(self):
        """Put this debtor into the segment that waits for a confirmation; the night goes on from there."""
        self.ensure_one()
        before, segment = self.segment_id, self.waiting_segment_id
        self.write({"segment_id": segment.id, "segment_is_chosen": False})
        self._message_log(body=self.env._(
            "Segment: %(old)s → %(new)s, proposed by the score and confirmed by %(user)s",
            old=before.name or self.env._("none"), new=segment.name, user=self.env.user.name))

    def _has_higher_risk_than(self, segment):
        """Whether the debtor's segment has a higher severity than ``segment``; no segment counts as normal."""
        return self.segment_id._severity_rank() > segment._severity_rank()

    def _log_segment_changes(self, before):
        self._message_log_batch({
            debtor.id: self.env._(
                "Segment: %(old)s → %(new)s (score %(score)s)", old=segment.name, new=debtor.segment_id.name,
                score=debtor.risk_score)
            for debtor, segment in before.items()})

    def _warn_of_trends(self, company, date, partner_ids=None):
        """Warn once of each debtor whose trend passes the company's threshold, and again only after it fell back.

        A debtor whose risk history begins tonight is marked as warned without a warning: its trend is not new.
        """
        if not company.dunning_trend_days:
            return
        self.env.cr.execute(SQL("""
            UPDATE dunning_debtor debtor SET trend_warned_on = NULL
             WHERE company_id = %(company)s AND trend_warned_on IS NOT NULL
               AND COALESCE(trend_days, 0) < %(threshold)s - %(calm)s;
            WITH slower AS (
                SELECT debtor.id, EXISTS (SELECT FROM dunning_risk_history history
                                           WHERE history.debtor_id = debtor.id AND history.date < %(date)s) AS is_new
                  FROM dunning_debtor debtor JOIN res_partner partner ON partner.id = debtor.partner_id
                 WHERE debtor.company_id = %(company)s AND debtor.trend_warned_on IS NULL AND debtor.active
                   AND debtor.trend_days >= %(threshold)s AND debtor.settled_count >= %(settled)s AND %(narrow)s
            )
            UPDATE dunning_debtor debtor SET trend_warned_on = %(date)s
              FROM slower WHERE slower.id = debtor.id
            RETURNING debtor.id, slower.is_new
        """, company=company.id, date=date, threshold=company.dunning_trend_days, calm=TREND_RESET_MARGIN,
            settled=TREND_MIN_SETTLED, narrow=self._refresh_narrow(partner_ids)))
        slower = self.browse([debtor for debtor, is_new in self.env.cr.fetchall() if is_new])
        self.invalidate_model(["trend_warned_on"])
        slower._schedule_early_warnings(date, {
            debtor: self.env._("Pays %(days)s days later than in the year before", days=round(debtor.trend_days))
            for debtor in slower})

    def _schedule_early_warnings(self, date, notes):
        """Plan an early warning for the person in charge of each debtor; add to the one that is still open.

        :param date: deadline of the activities
        :param notes: {debtor: text}
        """
        kind = self.env["mail.activity.type"]._dunning_type(
            "debto_dunning.mail_activity_type_early_warning", self._name)
        if not self or not kind:
            return
        is_own = kind.res_model == self._name  # else a to-do stands in for it, and others plan such ones too
        summary = (kind.summary or kind.name) if is_own else self.env._("Early warning")
        # sudo: users may lack access to activities assigned to others. Only early warnings on these debtors are
        # written.
        activities = self.env["mail.activity"].sudo()
        open_ones = {activity.res_id: activity for activity in activities.search([
            ("res_model", "=", self._name), ("res_id", "in", self.ids), ("activity_type_id", "=", kind.id),
            *([] if is_own else [("summary", "=", summary)])])}
        model = self.env["ir.model"]._get_id(self._name)
        values = []
        for debtor in self:
            if activity := open_ones.get(debtor.id):
                activity.note = (activity.note or Markup()) + Markup("<p>%s</p>") % notes[debtor]
                continue
            values.append({
                "res_model_id": model, "res_id": debtor.id, "activity_type_id": kind.id,
                "user_id": debtor._activity_user(date).id,
                "date_deadline": date or debtor.company_id._dunning_today(), "summary": summary,
                "note": Markup("<p>%s</p>") % notes[debtor]})
        activities.with_context(mail_activity_quick_update=True).create(values)

    def action_open_term_changes(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Terms and Limits of %s", self.display_name),
            "res_model": "dunning.term.change",
            "view_mode": "list,form",
            "domain": [("debtor_id", "=", self.id)],
        }
