from collections import defaultdict
from typing import NamedTuple

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

from ..batch import run_together_or_one_by_one
from ..debtor.dunning_debtor_recipient import Addressee

#: The number of the last notice: from here on a segment's own tone is not used.
LAST_NOTICE = 8


class MessageKey(NamedTuple):
    """What goes into one message: same debtor, recipient, currency, channel and approval, and no other step where a
    law wants its notice on its own.
    """

    debtor: int
    recipient: int
    currency: int
    channel: str
    approval: bool
    notice: int  #: id of the law whose notice it is, 0: none


class Message(NamedTuple):
    """A message that is about to be written as a communication."""

    key: MessageKey
    customer: int  #: commercial partner
    lines: list  #: values of its lines
    subject: str
    tone: str | bool
    level: object = None  #: ``dunning.level``, the highest step in it; may be empty
    kind: str = "reminder"
    vals: dict = {}  # noqa: RUF012  # never changed  #: more values of the communication


class DunningCommunication(models.Model):
    """Preparation: from decisions to communications."""

    _inherit = "dunning.communication"

    @api.model
    def _prepare_batch(self, run, batch):
        """Write the communications of some debtors.

        :param run: the :class:`dunning.run`
        :param batch: list of pairs partner id, (due, informed): lists of :class:`Decision`
        :return: the communications made
        """
        # a person may have taken one of these steps since the batch was read: that message counts then, and the rest
        # of its debtor waits a night
        made = run_together_or_one_by_one(
            self.env, batch, lambda some: self._prepare_untaken(run, some), errors=UniqueViolation)
        return self.browse().union(*made)

    def _prepare_untaken(self, run, batch):
        """As :meth:`_prepare_batch`, without the steps that were taken since the decision.

        :raises UniqueViolation: one was taken by another transaction that has committed since
        """
        taken = self._taken_steps([row.item for _partner, (due, _informed) in batch for row in due])
        debtors = self.env["dunning.debtor"].with_context(active_test=False).search([
            ("company_id", "=", run.company_id.id), ("partner_id", "in", [partner for partner, _rows in batch])])
        debtor_by_partner = {debtor.partner_id.id: debtor.id for debtor in debtors}
        # a step taken since the decision, or a higher one, was a person's
        rows = [row for _partner, (due, _informed) in batch for row in due
                if row.number not in taken.get(row.item, ()) and max(taken.get(row.item, (-1,))) <= row.reached_number]
        claims = self.env["dunning.charge.calculator"]._claims_of_steps(
            run.company_id, run.date, [(row.item, row.level) for row in rows])
        messages = self._sort_into_messages(rows, claims, debtor_by_partner)
        informed_by_debtor = {debtor_by_partner[partner]: informed for partner, (_due, informed) in batch}
        return self._write_messages(
            run.company_id, run.date, messages, informed_by_debtor, {"run_id": run.id}, claims)

    @api.model
    def _sort_into_messages(self, rows, claims, debtor_by_partner, channel=None):
        """What goes out together: {MessageKey: [Decision]}.

        :param claims: {item id: Claim} of those with which the law has to do
        :param debtor_by_partner: {commercial partner id: what stands for it in the key}
        :param channel: the channel of all of them; default: that of each step, if it reaches a recipient
        """
        messages = defaultdict(list)
        levels, calculator = self.env["dunning.level"], self.env["dunning.charge.calculator"]
        wanted = {row: (channel or row.channel, row.recipient, Addressee(row.partner, row.debtor, (row.move,)))
                  for row in rows}
        found = self._ways(wanted.values(), is_fixed=bool(channel))
        ways = {row: found[one] for row, one in wanted.items()}
        if not channel:
            ways |= self._ways_by_post({
                row: way for row, way in ways.items()
                if calculator._is_notice_for_post(levels.browse(row.level), claims.get(row.item), way[0])})
        for row in rows:
            level, claim = levels.browse(row.level), claims.get(row.item)
            way, recipient = ways[row]
            law = calculator._notice_law(level, claim, way)
            messages[MessageKey(
                debtor_by_partner[row.partner], recipient, row.currency, way, row.approval, law.id or 0,
            )].append(row)
        return messages

    def _taken_steps(self, item_ids):
        """The steps of each item that stand now: {item id: list of numbers}."""
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT move_line_id, array_agg(level_number) FROM dunning_communication_line
             WHERE move_line_id = ANY(%s) AND level_id IS NOT NULL AND void IS NOT TRUE GROUP BY move_line_id
        """, list(item_ids)))
        return dict(self.env.cr.fetchall())

    def _write_messages(self, company, date, messages, informed_by_debtor, extra, claims):
        """Write reminders: one communication a key, or more lines in the live draft of that key.

        :param messages: {MessageKey: [Decision]}
        :param informed_by_debtor: {debtor id: [Decision]}: listed below in the debtor's first message
        :param extra: values for every communication
        :param claims: {item id: Claim} of the items with which the law has to do
        :return: the communications
        """
        drafts = self._live_drafts([key for key in messages if key.approval])
        reminders = self._prepare_reminders(company, date, messages, informed_by_debtor, claims, drafts)
        return self._make_communications(company, reminders, extra, drafts)

    def _prepare_reminders(self, company, date, messages, informed_by_debtor, claims, drafts):
        """The reminders as a list of :class:`Message`; parameters as :meth:`_write_messages`.

        :param drafts: {MessageKey: communication} that some of them will join
        """
        rows = [row for due in messages.values() for row in due]
        rows += [row for informed in informed_by_debtor.values() for row in informed]
        snapshots = self._snapshots(rows)
        levels = self.env["dunning.level"].browse({row.level for row in rows if row.level})
        level_by_id = {level.id: level for level in levels}
        charged = self.env["dunning.charge.calculator"]._charges_of_messages(company, date, messages, claims)
        left_open = self.env["dunning.charge"]._left_open(company, {key.debtor for key in messages})
        informed_left, prepared = dict(informed_by_debtor), []
        for key, due in sorted(messages.items(), key=lambda pair: (pair[0].debtor, -max(r.number for r in pair[1]))):
            # a notice of the law says nothing else
            informed = () if key.notice else [
                row for row in informed_left.pop(key.debtor, ()) if row.currency == key.currency]
            left = () if key.notice or key in drafts else left_open.pop((key.debtor, key.currency), ())
            level = level_by_id[max(due, key=lambda row: row.number).level]
            prepared.append(Message(
                key, due[0].partner,
                [
                    *(self._prepare_line_vals(row, snapshots[row.item], date, True, charged.get(row.item))
                      for row in due),
                    *(self._prepare_line_vals(row, snapshots[row.item], date, False) for row in informed),
                    *(charge._line_vals(date) for charge in left),
                ],
                level.name,
                "neutral" if key.notice and not level.gives_notice else self._message_tone(key.debtor, level),
                level))
        return prepared

    # ------------------------------------------------------------------
    # Communications of messages
    # ------------------------------------------------------------------

    @api.model
    def _make_communications(self, company, messages, extra, drafts=None):
        """Write messages of any kind as communications: drafts where the key asks for approval, else queued.

        :param messages: list of :class:`Message`
        :param extra: values for every communication
        :param drafts: {MessageKey: communication} of drafts that a message of the same key joins
        :return: the communications, with the drafts that were joined
        """
        drafts, own, joined = drafts or {}, [], self.browse()
        for message in messages:
            if draft := drafts.get(message.key):
                draft._join(message)
                joined |= draft
            else:
                own.append(message)
        made = self.with_context(tracking_disable=True, mail_notrack=True).create([
            self._prepare_communication_vals(company, message, extra) for message in own])
        self.env["dunning.communication.line"]._insert([
            {"communication_id": communication.id, **vals}
            for communication, message in zip(made, own, strict=True) for vals in message.lines])
        for draft in (made | joined).filtered(lambda communication: communication.state == "draft"):
            # who approves reads what the customer will
            draft.subject = draft.with_context(lang=draft._language())._message_subject()
        return made | joined

    def _prepare_communication_vals(self, company, message, extra):
        key = message.key
        return {
            "debtor_id": key.debtor,
            "company_id": company.id,
            "customer_id": message.customer,
            "partner_id": key.recipient,
            "currency_id": key.currency,
            "channel": key.channel,
            "direction": "out",
            "state": "draft" if key.approval else "queued",
            "is_reminder": self._message_kinds()[message.kind].asks_money,
            "kind": message.kind,
            "level_id": message.level and message.level.id,
            "level_number": message.level and message.level.number,
            "tone": message.tone,
            "subject": message.subject,
            "notice_law_id": key.notice or False,
            **self._amounts(message.kind, message.lines),
            **message.vals,
            **extra,
        }

    def _join(self, message):
        """Add a message to this draft, which waits for approval still."""
        self.ensure_one()
        values = {"line_ids": [fields.Command.create(vals) for vals in message.lines]}
        if message.level.number > self.level_number:
            values.update(level_id=message.level.id, level_number=message.level.number, tone=message.tone)
        self.write(values)
        self._update_amounts()

    def _message_tone(self, debtor_id, level):
        """The tone of the segment, if it has one and this is not the last notice yet, else that of the step."""
        segment = self.env["dunning.debtor"].browse(debtor_id).segment_id
        return segment.tone if segment.tone and level.number < LAST_NOTICE else level.tone

    def _prepare_line_vals(self, row, snapshot, date, is_step, charges=None):
        """Values of the line of a reminder.

        :param row: the :class:`Decision` on its item
        :param snapshot: what :meth:`_snapshots` says of the item
        :param date: the day of the reminder
        :param is_step: whether the step is taken; else the item is listed for information
        :param charges: costs and interest that the step asks, if any
        """
        return {
            **(charges.line_vals() if charges else {}),
            "move_line_id": row.item,
            "move_id": row.move,
            "rank": snapshot["rank"],
            "level_id": row.level if is_step else False,
            "level_number": row.number if is_step else False,
            "date": date,
            "document": snapshot["name"],
            "document_date": snapshot["invoice_date"],
            "due_date": row.due,
            "amount_open": row.open,
            "amount_covered": row.covered,
            "amount_disputed": row.disputed,
            "amount_asked": row.asked,
        }

    def _snapshots(self, rows):
        """Invoice number, invoice date and rank of the instalment of each item: {item id: dict}."""
        self.env.cr.execute(SQL("""
            SELECT * FROM (
                SELECT line.id, COALESCE(move.invoice_date, move.date) AS invoice_date,
                       -- an entry that takes over an invoice has its number in the label of the item
                       CASE WHEN move.move_type = 'entry' THEN COALESCE(line.name, line.ref, move.name)
                            ELSE move.name END AS name,
                       rank() OVER (PARTITION BY line.move_id ORDER BY line.date_maturity, line.id) AS rank
                  FROM account_move_line line
                  JOIN account_account account
                    ON account.id = line.account_id AND account.account_type = 'asset_receivable'
                  JOIN account_move move ON move.id = line.move_id
                 WHERE line.move_id = ANY(%s)) AS ranked
             WHERE id = ANY(%s)
        """, list({row.move for row in rows}), [row.item for row in rows]))
        return {row["id"]: row for row in self.env.cr.dictfetchall()}

    def _live_drafts(self, keys):
        """The reminders of the debtors in ``keys`` that wait for approval: {MessageKey: communication}."""
        if not keys:
            return {}
        drafts = self.search([
            ("state", "=", "draft"), ("direction", "=", "out"), ("kind", "=", "reminder"),
            ("debtor_id", "in", list({key.debtor for key in keys}))])
        return {
            MessageKey(draft.debtor_id.id, draft.partner_id.id, draft.currency_id.id, draft.channel, True,
                       draft.notice_law_id.id or 0): draft
            for draft in drafts
        }
