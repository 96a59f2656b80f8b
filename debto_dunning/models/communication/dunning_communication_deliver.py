import logging
import random
import time
from collections import defaultdict

import psycopg2
from markupsafe import Markup

from odoo import api, fields, models, modules
from odoo.tools import format_date

from ..night.dunning_run import CONCURRENCY, TRIES

_logger = logging.getLogger(__name__)

#: Communications in one transaction; as many letters go through one wkhtmltopdf call.
BATCH = 40
#: Reasons for which an item leaves a queued reminder; a person's own message drops only what is paid.
DROPPED = frozenset({
    "no_followup", "blocked", "not_sent", "archived", "insolvent", "debtor_hold", "item_hold", "reply", "covered"})
DROPPED_BY_HAND = frozenset({"covered"})


class DunningCommunication(models.Model):
    """Delivery: from the queue to the channel."""

    _inherit = "dunning.communication"

    # ------------------------------------------------------------------
    # Entry points
    # ------------------------------------------------------------------

    @api.model
    def _cron_deliver(self):
        """Look after the mails under way, then deliver what is queued."""
        self._sweep_mails()
        self._deliver()
        self.env["dunning.charge"].sudo()._book_from_step()  # the documents are the system's own

    @api.model
    def _deliver(self, limit=None):
        """Hand over what is queued to its channel, in batches that commit; any number of processes side by side.

        :param limit: at most so many communications; default: all, as far as the time of the cron allows
        :return: number of communications taken from the queue
        """
        run = self.env["dunning.run"]
        companies = self._companies_to_deliver()
        taken = tries = alone = 0
        while limit is None or taken < limit:
            size = 1 if alone else BATCH
            batch = self.browse()
            try:
                batch = self._lock_queued(min(size, limit - taken) if limit is not None else size, companies)
                if not batch:
                    break
                batch._deliver_batch()
                self.env.flush_all()
                done = len(batch)
                seconds = run._checkpoint(done, remaining=self.search_count([("state", "=", "queued")]))
            except CONCURRENCY:
                if modules.module.current_test or tries >= TRIES:
                    raise
                tries += 1  # a user was faster; nothing of this batch is kept
                self.env.cr.rollback()
                time.sleep(random.uniform(0, 0.1 * 2 ** tries))
                continue
            except psycopg2.OperationalError:
                raise
            except Exception as error:
                if modules.module.current_test or not batch:
                    raise
                self.env.cr.rollback()
                alone = alone or len(batch)
                if len(batch) > 1:
                    _logger.warning("%s reminders are delivered one by one after an error.", len(batch), exc_info=True)
                    continue
                _logger.exception("Communication %s could not be delivered.", batch.id)
                done = len(batch)
                batch._fail(self.env._("It could not be made: %s", error))
                seconds = run._checkpoint(done)
            taken, tries, alone = taken + done, 0, max(0, alone - done)
            if not seconds:
                break
        return taken

    def _companies_to_deliver(self):
        """The companies whose reminders may go out now: switched on, and with their bank booked up to date.

        What was approved or queued before waits until then, and is looked at once more.
        """
        companies = self.env["res.company"].search([("dunning_active", "=", True)])
        return companies.filtered(lambda company: not company._dunning_bank_behind(company._dunning_today()))

    def _lock_queued(self, limit, companies):
        """Lock the next queued communications that no other process has; what a person sent waits for nothing."""
        self.env.flush_all()
        self.env.cr.execute("""
            SELECT id FROM dunning_communication
             WHERE state = 'queued' AND (is_manual OR company_id = ANY(%s))
             ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
        """, [companies.ids, limit])
        batch = self.browse([row[0] for row in self.env.cr.fetchall()])
        batch.invalidate_recordset(["state"])
        return batch

    # ------------------------------------------------------------------
    # One batch
    # ------------------------------------------------------------------

    def _deliver_batch(self):
        """Look once more, render, hand over, and write log and level: one transaction."""
        for company, communications in self.grouped("company_id").items():
            company._dunning_speaking(communications)._deliver_company_batch()

    def _deliver_company_batch(self):
        self._look_again()
        ready = self.filtered(lambda communication: communication.state == "queued")
        for channel, communications in ready.grouped("channel").items():
            communications._deliver_each_safely(f"_deliver_{channel}")
        sent = self.filtered(lambda communication: communication.state == "sent")
        sent._plan_calls()
        sent._log_on_invoices()
        self.line_ids._write_levels()
        sent._keep_charges()

    def _deliver_each_safely(self, method):
        """Deliver a batch; where one of it breaks the batch, one by one, and the broken ones tell why."""
        try:
            with self.env.cr.savepoint():
                getattr(self, method)()
                return
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.warning("%s reminders are delivered one by one after an error.", len(self), exc_info=True)
        self.env.invalidate_all()
        for communication in self:
            try:
                with self.env.cr.savepoint():
                    getattr(communication, method)()
            except psycopg2.OperationalError:
                raise
            except Exception as error:
                _logger.exception("Communication %s could not be made.", communication.id)
                self.env.invalidate_all()
                communication._fail(self.env._("It could not be made: %s", error))

    def _look_again(self):
        """Drop what is paid, covered or held meanwhile, and bring the amounts up to date."""
        reasons = self.env["dunning.run"]._reasons()
        gone = self.env._("paid or taken back meanwhile")
        for company, communications in self.grouped("company_id").items():
            lines = communications.line_ids.filtered(lambda line: not line.void)
            rows = {
                row.item: row for row in self.env["dunning.run"]._decide_each(
                    company, company._dunning_today(), partner_ids=communications.customer_id.ids,
                    delivering=communications.ids)
            }
            dropped, notes = self.env["dunning.communication.line"], []
            for line in lines:
                row = rows.get(line.move_line_id.id)
                if line.charge_id:
                    continue
                if not line.level_id:
                    if row is None or row.reason in DROPPED:
                        line.unlink()
                    continue
                droppable = DROPPED_BY_HAND if line.communication_id.is_manual else DROPPED
                if row is None or row.reason in droppable:
                    dropped |= line
                    why = gone if row is None else reasons[row.reason]
                    notes.append((line.communication_id, f"{line.document}: {why}"))
                elif (row.open, row.covered) != (line.amount_open, line.amount_covered):
                    line.write({
                        "amount_open": row.open, "amount_covered": row.covered, "amount_asked": row.asked})
            dropped._make_void()
            self._log_dropped(notes)
            communications._drop_settled_charges(company)
            self.env["dunning.charge.calculator"]._update_messages(company, communications)
            for communication in communications:
                standing, left = communication._steps(), communication.line_ids.filtered("charge_id")
                if not standing and not left:
                    communication._cancel(self.env._("Nothing left to ask: %s", communication.outcome or gone))
                    continue
                highest = standing.sorted("level_number")[-1:].level_id
                charges = sum(line._amount_charges() for line in standing | left)
                values = {"amount_charges": charges, "amount_total": sum(standing.mapped("amount_asked")) + charges}
                if highest != communication.level_id:
                    values.update(level_id=highest.id, level_number=highest.number,
                                  tone=self._message_tone(communication.debtor_id.id, highest))
                if any(communication[name] != value for name, value in values.items() if name != "level_id"):
                    communication.write(values)

    def _mark_sent(self, vals_by_id):
        """Write what each handed-over communication became."""
        now = fields.Datetime.now()
        for communication in self:
            communication.write({"state": "sent", "date": now, **vals_by_id[communication.id]})

    def _log_on_invoices(self):
        """A note in the chatter of each invoice concerned."""
        bodies = defaultdict(list)
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for line in self._steps().filtered("move_id"):
            communication = line.communication_id
            bodies[line.move_id.id].append(Markup("<p>%s</p>") % self.env._(
                "%(step)s by %(channel)s to %(contact)s: %(amount)s asked, due %(due)s.",
                step=line.level_id.name, channel=channels[communication.channel],
                contact=communication.partner_id.display_name,
                amount=communication.currency_id.format(line._amount_all()),
                due=format_date(self.env, line.due_date)))
        if bodies:  # an instalment each has its own sentence
            self.env["account.move"].browse(bodies)._message_log_batch(
                {move_id: Markup().join(sentences) for move_id, sentences in bodies.items()})

    def _try_next_channel(self, reason):
        """After a failure, queue the same steps over the next channel that can reach the debtor.

        :return: the new communication, empty where no channel is left
        """
        made = self.browse()
        for failed in self:
            steps = failed.line_ids.filtered(lambda line: line.level_id or line.charge_id)
            tried, chain = {failed.channel}, failed
            while chain := chain.previous_id:
                tried.add(chain.channel)
            channel = self._usable_channel(failed.channel, failed.partner_id, tried)
            failed._fail(reason)
            if channel in tried:
                continue
            new = self.create({
                **{name: failed._fields[name].convert_to_write(failed[name], failed) for name in (
                    "debtor_id", "partner_id", "currency_id", "level_id", "level_number", "tone",
                    "subject", "amount_charges", "amount_total", "notice_law_id", "run_id", "is_manual", "opening",
                    "user_id")},
                "channel": channel,
                "state": "queued",
                "is_reminder": True,
                "previous_id": failed.id,
                "line_ids": [fields.Command.create({
                    **line._snapshot_vals(), "level_id": line.level_id.id, "level_number": line.level_number,
                }) for line in steps if line.charge_id or line.move_line_id and not line._is_taken()],
            })
            made |= new
        return made
