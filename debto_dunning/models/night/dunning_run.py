import logging
from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup
from psycopg2.errors import InFailedSqlTransaction

from odoo import api, fields, models
from odoo.tools import SQL, format_date, split_every

from ..batch import can_commit, retry_on_conflict, run_together_or_one_by_one

_logger = logging.getLogger(__name__)

#: Number of debtors prepared in one transaction.
DEBTORS_PER_BATCH = 2000
#: A run keeps the items of its counts for this number of days.
KEPT_DAYS = 90
#: First key of the advisory locks of this addon; the second is the company.
LOCK_RUN = 0x64756E6E


class DunningRun(models.Model):
    """One night at one company: the items it decided, the steps it took, and the items it left with their reasons.

    A run commits after each phase and each batch. When it is killed, the next call continues it. The deciding
    statement takes into account what is prepared already, so nothing is prepared twice.
    """

    _name = "dunning.run"
    _description = "Dunning Run"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date DESC, id DESC"
    _rec_name = "date"
    _mailing_enabled = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("Night", required=True, readonly=True)
    phase = fields.Selection(
        [("refresh", "Refreshing customers"), ("send", "Sending new invoices"), ("prepare", "Preparing reminders"),
         ("done", "Done")], required=True, default="refresh", readonly=True)
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    looked_at_count = fields.Integer("Open Items", readonly=True)
    due_count = fields.Integer("Steps Due", readonly=True)
    note = fields.Char(readonly=True, help="What kept the night from its work.")
    count_ids = fields.One2many("dunning.run.count", "run_id", string="Counts", readonly=True)
    step_count_ids = fields.One2many(
        "dunning.run.count", "run_id", string="Steps Taken", domain=[("level_id", "!=", False)], readonly=True)
    left_count_ids = fields.One2many(
        "dunning.run.count", "run_id", string="Left Alone", domain=[("level_id", "=", False)], readonly=True)
    company_warning = fields.Text(related="company_id.dunning_warning")
    communication_ids = fields.One2many("dunning.communication", "run_id", readonly=True)
    communication_count = fields.Integer("Communications", compute="_compute_communication_count")

    _company_date_uniq = models.Constraint("UNIQUE (company_id, date)", "A company has one run a night.")

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for run in self:
            run.display_name = format_date(self.env, run.date)

    def _compute_communication_count(self):
        counts = dict(self.env["dunning.communication"]._read_group(
            [("run_id", "in", self.ids)], ["run_id"], ["__count"]))
        for run in self:
            run.communication_count = counts.get(run, 0)

    # ------------------------------------------------------------------
    # Entry points
    # ------------------------------------------------------------------

    @api.model
    def _cron_nightly(self):
        """Run each company whose reminders are switched on, at the date of its own time zone."""
        companies = self.env["res.company"].search([("dunning_active", "=", True), ("parent_id", "=", False)])
        todo = [
            (company, date) for company in companies for date in [company._dunning_today()]
            if not self.search_count(
                [("company_id", "=", company.id), ("date", "=", date), ("phase", "=", "done")], limit=1)
        ]
        self._checkpoint(remaining=len(todo))
        for company, date in todo:
            company._dunning_localized(self)._warn_missed_nights(company, date)
            run = self._run(company, date)
            if run.phase != "done":  # time is up, this cron is called again at once
                return
            if not self._checkpoint(1):
                return
        self._drop_old_counts()

    @api.model
    def _run(self, company, date):
        """Refresh, decide and prepare one night of ``company``; continues a run that was stopped.

        Called twice, or by two processes at once, it does the work once: the second call waits for the first and finds
        nothing to do. :meth:`dunning.communication._deliver` delivers the reminders.

        :param company: root company (a branch stands for its root)
        :param date: the day of the night
        :return: the run
        """
        # sudo: the user who starts a night may lack access to invoices, debtors or the log. All queries are narrowed
        # to this company.
        company, self = company.root_id, self.sudo()  # noqa: PLW0642
        self._lock(company)
        try:
            run = retry_on_conflict(self.env, company._dunning_localized(self)._start_or_resume, company, date)
            self._checkpoint()
            run._run_phases()
            self._checkpoint()
        finally:
            self._unlock(company)
        return run

    def _start_or_resume(self, company, date):
        """The run of this night: created if missing, continued if it was stopped, started again if it was done."""
        run = self.search([("company_id", "=", company.id), ("date", "=", date)]) or self.with_context(
            mail_create_nolog=True).create({"company_id": company.id, "date": date})
        run.write({"phase": "refresh" if run.phase == "done" else run.phase, "ended_at": False, "note": False,
                   "started_at": run.started_at or fields.Datetime.now()})
        if not company.dunning_active:
            run.write({"phase": "done", "ended_at": fields.Datetime.now(),
                       "note": self.env._("Reminders are switched off for this company.")})
        return run

    # ------------------------------------------------------------------
    # Phases
    # ------------------------------------------------------------------

    def _run_phases(self):
        """Run the phases from the current one on, until the time of the cron is up."""
        self.ensure_one()
        for phase, method, following in (
            ("refresh", self._phase_refresh, "send"),
            ("send", self._phase_send, "prepare"),
            ("prepare", self._phase_prepare, "done"),
        ):
            if self.phase != phase:
                continue
            if not retry_on_conflict(self.env, method):
                return
            self.phase = following
            self._checkpoint()

    def _phase_refresh(self):
        """Settle charges, take what is paid out of the calls that wait, and refresh the debtors.

        :return: True: the phase is complete
        """
        # sudo: users cannot write charges. The night settles those of its own company only.
        charges = self.env["dunning.charge"].sudo()
        charges._settle(self.company_id, self.date)
        charges._note_paid_late(self.company_id, self.date, self._previous_start())
        self.env["dunning.communication"]._update_calls(self.company_id)
        self.env["dunning.debtor"]._refresh(self.company_id, self.date)
        self._follow_up_agreements()
        self.env["dunning.communication"]._erase_expired(self.company_id, self.date)
        self._release_backlog()
        return True

    def _follow_up_agreements(self):
        """Tell what became of the agreements that were judged. Other rooms and addons extend it."""

    def _previous_start(self):
        """As :meth:`_start_before`, of this run."""
        return self._start_before(self.company_id, self.date)

    @api.model
    def _start_before(self, company, date):
        """The time when the last run before a night started; without one, the time when reminders were switched on."""
        previous = self.search([("company_id", "=", company.id), ("date", "<", date)], limit=1)
        return previous.started_at or company.dunning_activated_on

    def _phase_send(self):
        """Send new invoices where the company wants it.

        :return: True: the phase is complete
        """
        if self.company_id.dunning_send_unsent:
            self.env["account.move"]._dunning_send_unsent(self.company_id, self.date)
        return True

    def _phase_prepare(self):
        """Write the communications of tonight, committed in batches.

        :return: whether the phase is complete; False when time is up
        """
        by_partner, left = self._group_decisions()
        self._store_left_counts(left)
        if not self._checkpoint():
            return False
        broken = []
        for batch in split_every(DEBTORS_PER_BATCH, list(by_partner.items()), list):
            broken += retry_on_conflict(self.env, self._prepare_debtors, batch)
            if not self._checkpoint():
                return False
        retry_on_conflict(self.env, self.env["dunning.charge"]._pursue, self)
        retry_on_conflict(self.env, self._prepare_other_messages)
        self._store_step_counts()
        self._schedule_warnings(left, broken)
        self.write({"ended_at": fields.Datetime.now()})
        if self.communication_ids:
            self.env.ref("debto_dunning.ir_cron_deliver")._trigger()
        return True

    def _prepare_other_messages(self):
        """Prepare messages about other things than steps and charges. Other rooms and addons extend it."""
        self.env["dunning.communication"]._thank(self)

    def _prepare_debtors(self, batch):
        """Prepare the reminders of some debtors; if the batch fails, of each debtor by itself.

        :param batch: list of pairs, see :meth:`dunning.communication._prepare_batch`
        :return: ids of the partners whose reminders could not be made
        """
        broken = []

        def prepare(part):
            self.env["dunning.communication"]._prepare_batch(self, part)

        def on_error(part, error):
            if not can_commit():  # a test shall fail by the error
                raise error
            _logger.error("Reminders of partner %s could not be made.", part[0][0], exc_info=error)
            broken.append(part[0][0])

        run_together_or_one_by_one(self.env, batch, prepare, on_error)
        return broken

    def _group_decisions(self):
        """Decide the night, and group the decisions: due ones by partner, the others by reason.

        :return: ``(by_partner, left)``. ``by_partner`` is {partner id: (due, listed)} with two lists of decisions;
            the second are listed for information. ``left`` is {code of the reason: ids of the items that get no step}.
        """
        by_partner = defaultdict(lambda: ([], []))
        left = defaultdict(list)
        listed_by_partner = defaultdict(list)
        item_count = 0
        listed_reasons = {code for code, reason in self._reasons().items() if reason.informs}
        for row in self._decide_each(self.company_id, self.date):
            item_count += 1
            if row.reason is None:
                by_partner[row.partner][0].append(row)
                continue
            is_overdue = row.due < self.date
            if is_overdue or row.reason != "too_early":
                left[row.reason].append(row.item)
            if is_overdue and row.reason in listed_reasons:
                listed_by_partner[row.partner].append(row)
        for partner, (_due, listed) in by_partner.items():
            listed.extend(listed_by_partner.get(partner, ()))
        self.looked_at_count = item_count
        return by_partner, left

    def _release_backlog(self):
        """Release tonight's number of debtors with invoices from before the start of reminders."""
        company = self.company_id
        if not (company.dunning_from_date and company.dunning_backlog_per_day):
            return
        self.env.cr.execute(SQL("""
            UPDATE dunning_debtor SET backlog_date = %(date)s WHERE id IN (
                SELECT id FROM dunning_debtor
                 WHERE company_id = %(company)s AND backlog_date IS NULL AND oldest_due_date < %(from_date)s
                 ORDER BY overdue_amount DESC, id
                 LIMIT GREATEST(0, %(share)s - (SELECT count(*) FROM dunning_debtor
                                                 WHERE company_id = %(company)s AND backlog_date = %(date)s)))
        """, date=self.date, company=company.id, from_date=company.dunning_from_date,
            share=company.dunning_backlog_per_day))

    # ------------------------------------------------------------------
    # Counts
    # ------------------------------------------------------------------

    def _store_left_counts(self, left):
        """Store the counts of the items that get no step; ``left`` as in :meth:`_group_decisions`."""
        self.count_ids.filtered("reason").unlink()
        self.env["dunning.run.count"].create([
            {"run_id": self.id, "reason": reason, "count": len(items), "item_ids": items}
            for reason, items in left.items()
        ])

    def _store_step_counts(self):
        """Store the counts of the steps taken, from the communications of the night."""
        self.count_ids.filtered("level_id").unlink()
        groups = self.env["dunning.communication.line"]._read_group(
            [("communication_id.run_id", "=", self.id), ("level_id", "!=", False)],
            ["level_id"], ["__count", "amount_asked:sum", "move_line_id:array_agg"])
        self.due_count = sum(count for _level, count, _amount, _items in groups)
        self.env["dunning.run.count"].create([{
            "run_id": self.id, "level_id": level.id, "count": count, "amount": amount,
            "item_ids": [item for item in items if item],
        } for level, count, amount, items in groups])

    @api.model
    def _drop_old_counts(self):
        """Empty the item lists of counts older than KEPT_DAYS."""
        limit = fields.Date.today() - timedelta(days=KEPT_DAYS)
        old = self.env["dunning.run.count"].search([("run_id.date", "<", limit), ("item_ids", "!=", False)])
        old.write({"item_ids": False})

    # ------------------------------------------------------------------
    # Warnings
    # ------------------------------------------------------------------

    def _schedule_warnings(self, left, broken=()):
        """Plan activities about what keeps reminders from going out.

        :param left: as in :meth:`_group_decisions`
        :param broken: ids of partners whose reminders could not be made
        """
        company = self.company_id
        if left.get("bank_behind"):
            self._schedule_warning(self.env._("Book the bank: no reminder goes out"), self.env._(
                "%(banks)s %(count)s invoices wait.", count=len(left["bank_behind"]),
                banks=" ".join(company.with_env(self.env)._dunning_bank_warnings(self.date))))
        if left.get("not_sent"):
            self._schedule_warning(self.env._("Overdue invoices that were never sent"), self.env._(
                "%(count)s open invoices were posted and never sent to their customers; they get no reminder.",
                count=len(left["not_sent"])))
        if broken:
            self._schedule_warning(self.env._("Reminders that could not be made"), self.env._(
                "An error keeps the reminders of %(names)s from being made; the server's log tells which.",
                names=", ".join(self.env["res.partner"].browse(broken[:10]).mapped("display_name"))))

    def _schedule_warning(self, summary, note):
        """Plan an activity on this run; if one with this summary is open on a run of the company, update its note."""
        note = Markup("<p>%s</p>") % note  # escapes the names of customers
        open_ones = self.env["mail.activity"].search([
            ("res_model", "=", self._name), ("summary", "=", summary),
            ("res_id", "in", self.search([("company_id", "=", self.company_id.id)], limit=100).ids)])
        if open_ones:
            open_ones.write({"note": note})
        else:
            self.activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=self.date, summary=summary, note=note,
                user_id=self.company_id._dunning_activity_user().id)

    def _warn_missed_nights(self, company, date):
        """Warn of nights without a run (cron switched off, server down) before ``date``."""
        last = self.search([("company_id", "=", company.id), ("date", "<", date)], limit=1)
        since = last.date or (company.dunning_activated_on and company.dunning_activated_on.date())
        if last and (date - since).days > 1:
            last._schedule_warning(self.env._("Nights without a run"), self.env._(
                "No run between %(last)s and %(date)s; the run of %(date)s catches up.",
                last=format_date(self.env, last.date), date=format_date(self.env, date)))

    # ------------------------------------------------------------------
    # Commits and locks
    # ------------------------------------------------------------------

    def _checkpoint(self, processed=0, remaining=None):
        """Commit the batch; inside the transaction of a test only flush.

        :return: seconds left to this cron, infinity outside a cron
        """
        if not can_commit():
            self.env.flush_all()
            return float("inf")
        if remaining is None and not processed:
            # sudo: the user of a cron cannot read its progress. Only the number of this cron is read.
            remaining = self.env["ir.cron.progress"].sudo().browse(
                self.env.context.get("ir_cron_progress_id")).remaining
        seconds = self.env["ir.cron"]._commit_progress(processed, remaining=remaining)
        # empties the cache, so that memory does not grow during the night
        self.env.invalidate_all()
        return seconds

    def _lock(self, company):
        """Wait until no other process runs this company, and lock it.

        The advisory lock is kept over commits, until :meth:`_unlock` or the end of the connection.
        """
        self.env.cr.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_RUN, company.id])
        if not self.env.cr.fetchone()[0]:
            _logger.info("Another run of %s is under way; waiting for it.", company.name)
            self.env.cr.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_RUN, company.id])
        # starts a new transaction, which sees what the other run committed
        self._checkpoint()

    def _unlock(self, company):
        try:
            self.env.cr.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_RUN, company.id])
        except InFailedSqlTransaction:
            self.env.cr.rollback()  # the batch failed and is lost anyway
            self.env.cr.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_RUN, company.id])

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_communications(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Communications of %s", format_date(self.env, self.date)),
            "res_model": "dunning.communication",
            "view_mode": "list,form",
            "domain": [("run_id", "=", self.id)],
        }
