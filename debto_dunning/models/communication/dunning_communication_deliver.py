import logging
from collections import defaultdict
from operator import methodcaller

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..batch import retry_on_conflict
from .dunning_communication_prepare import Message, MessageKey

_logger = logging.getLogger(__name__)

#: Communications in one transaction; as many letters go through one wkhtmltopdf call.
BATCH = 40


class DunningCommunication(models.Model):
    """Delivery: from the queue to the channel."""

    _inherit = "dunning.communication"

    # ------------------------------------------------------------------
    # Entry points
    # ------------------------------------------------------------------

    @api.model
    def _cron_deliver(self):
        """Look after the mails and calls under way, then deliver what is queued."""
        self._check_pending_mails()
        self.sudo()._update_calls()  # the calls are the system's own
        self._deliver()
        self.env["dunning.charge"].sudo()._book_from_step()  # the documents are the system's own

    @api.model
    def _deliver(self, limit=None):
        """Hand over what is queued to its channel, in batches that commit; any number of processes side by side.

        :param limit: at most so many communications; default: all, as far as the time of the cron allows
        :return: number of communications taken from the queue
        """
        # sudo: delivery acts as the system, whoever starts it
        self = self.sudo()  # noqa: PLW0642
        waiting = self._waiting_condition(self._companies_to_deliver(), self._companies_without_sender())
        taken = 0
        while limit is None or taken < limit:
            size = BATCH if limit is None else min(BATCH, limit - taken)
            done, seconds = retry_on_conflict(self.env, self._deliver_next, size, waiting)
            taken += done
            if not done or not seconds:
                break
        return taken

    def _deliver_next(self, size, waiting):
        """Deliver the next queued communications and commit; one that cannot be made waits or fails alone.

        :return: how many they were, and the seconds left to the cron
        """
        batch = self._lock_queued(size, waiting)
        if not batch:
            return 0, 0
        batch._attempt(methodcaller("_deliver_batch"))
        self.env.flush_all()
        self.env.cr.execute(SQL("SELECT count(*) FROM dunning_communication WHERE %s", waiting))
        return len(batch), self.env["dunning.run"]._checkpoint(len(batch), remaining=self.env.cr.fetchone()[0])

    def _companies_to_deliver(self):
        """The companies whose reminders may go out now: switched on, and with their bank booked up to date.

        What was approved or queued before waits until then, and is looked at once more.
        """
        companies = self.env["res.company"].search([("dunning_active", "=", True)])
        return companies.filtered(lambda company: not company._dunning_is_bank_behind(company._dunning_today()))

    def _waiting_condition(self, companies, without_sender):
        """SQL condition on the communications that may be delivered now.

        :param companies: the night's messages of others wait; what a person sent does not
        :param without_sender: companies whose mails wait
        """
        return SQL(
            "state = 'queued' AND (is_manual OR company_id = ANY(%s)) AND (retry_at IS NULL OR retry_at <= %s) "
            "AND NOT (channel = 'email' AND company_id = ANY(%s))",
            companies.ids, fields.Datetime.now(), without_sender.ids)

    def _lock_queued(self, limit, waiting):
        """Lock the next queued communications that no other process has.

        :param waiting: SQL condition, see :meth:`_waiting_condition`
        """
        self.env.flush_all()
        self.env.cr.execute(SQL(
            "SELECT id FROM dunning_communication WHERE %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
            waiting, limit))
        batch = self.browse([row[0] for row in self.env.cr.fetchall()])
        batch.invalidate_recordset(["state"])
        return batch

    # ------------------------------------------------------------------
    # One batch
    # ------------------------------------------------------------------

    def _deliver_batch(self):
        """Revalidate, render, hand over, and write log and level: one transaction."""
        for company, communications in self.grouped("company_id").items():
            company._dunning_localized(communications)._deliver_company_batch()

    def _deliver_company_batch(self):
        """As :meth:`_deliver_batch`, for communications of one company in its environment."""
        self._revalidate()
        ready = self.filtered(lambda communication: communication.state == "queued")
        for channel, communications in ready.grouped("channel").items():
            communications._deliver_by(channel)
        sent = self.filtered(lambda communication: communication.state == "sent")
        sent._plan_calls()
        for communications in sent.grouped("kind").values():
            communications._call_for_kind("on_sent")

    def _deliver_by(self, channel):
        """Hand these over to their channel; where no addon brings it any more, the next one is tried."""
        if hasattr(self, f"_deliver_{channel}"):
            self._attempt(methodcaller(f"_deliver_{channel}"))
        else:
            self._try_next_channel(self.env._("The channel “%s” does not exist any more.", channel))

    def _mark_sent(self, vals_by_id):
        """Record that these were handed over to their channel.

        :param vals_by_id: {id: what else is written}
        """
        now = fields.Datetime.now()
        for communication in self:
            vals = {
                "state": "sent", "date": now, "retry_count": 0, "retry_at": False, "failing_since": False,
                "failure_reason": False, **vals_by_id[communication.id]}
            if "body" in vals:
                vals["body"] = communication._without_tokens(vals["body"])
            communication.write(vals)

    def _log_on_invoices(self):
        """Note in the chatter of each invoice which step was taken."""
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
        """Mark messages as failed, and queue what they said over the next way: the same channel to another recipient,
        else the next channel that reaches one.

        :param reason: plain words for the log and the worklist
        :return: the new communications; none for a message that was tried on every way
        """
        made = self.browse()
        recipients = self._recipients_in_order()
        reachable = self._reachable(
            self.env["res.partner"].union(*map(self.env["res.partner"].browse, recipients.values())),
            self.mapped("channel"))
        for failed in self:
            tried = failed._ways_tried(recipients[failed])
            way = self._usable_way(failed.channel, recipients[failed], reachable, tried)
            is_over = way in tried or not failed._message_kind().is_repeated
            message = None if is_over else failed._prepare_repetition(*way)
            failed._fail(reason)
            if message:
                made |= self._make_communications(failed.company_id, [message], {
                    "previous_id": failed.id, "run_id": failed.run_id.id, "is_manual": failed.is_manual,
                    "opening": failed.opening, "user_id": failed.user_id.id})
        return made

    def _ways_tried(self, recipient_ids):
        """The ways of this message and of those that failed before it, as a set of pairs of channel and recipient id.

        :param recipient_ids: to these also the ways that lead to an address that was tried for another one
        """
        self.ensure_one()
        chain = self
        while chain[-1:].previous_id:
            chain += chain[-1:].previous_id
        tried = {(failed.channel, failed.partner_id.id) for failed in chain}
        for channel in set(chain.mapped("channel")):
            method = getattr(chain, f"_same_address_{channel}", None)
            if method:
                tried.update((channel, partner.id) for partner in method(self.partner_id.browse(recipient_ids)))
        return tried

    def _prepare_repetition(self, channel, recipient_id):
        """The :class:`Message` that says on another way what this one said, as far as nothing else has since."""
        self.ensure_one()
        return Message(
            MessageKey(self.debtor_id.id, recipient_id, self.currency_id.id, channel, False,
                       self.notice_law_id.id or 0),
            self.customer_id.id,
            [{**line._snapshot_vals(), "level_id": line.level_id.id, "level_number": line.level_number}
             for line in self._lines_to_repeat()],
            self.subject, self.tone, self.level_id, self.kind)
