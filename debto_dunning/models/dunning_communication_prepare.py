from collections import defaultdict
from typing import NamedTuple

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

#: In this order another channel is tried when one does not reach the debtor.
CHANNEL_ORDER = ("email", "letter", "call")
#: The number of the last notice: from here on the tone of a segment softens nothing.
LAST_NOTICE = 8


class MessageKey(NamedTuple):
    """What goes into one message: same debtor, recipient, currency, channel and approval."""

    debtor: int
    recipient: int
    currency: int
    channel: str
    approval: bool


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
        try:
            with self.env.cr.savepoint():
                return self._prepare_free(run, batch)
        except UniqueViolation:
            # a person sent one of these steps since the batch was read; every debtor for itself now
            self.env.invalidate_all()
        made = self.browse()
        for one in batch:
            try:
                with self.env.cr.savepoint():
                    made |= self._prepare_free(run, [one])
            except UniqueViolation:
                self.env.invalidate_all()  # the person's message counts; the rest of this debtor waits a night
        return made

    def _prepare_free(self, run, batch):
        """Prepare ``batch`` without what was taken since the decision."""
        taken = self._taken_steps([row.item for _partner, (due, _informed) in batch for row in due])
        messages = defaultdict(list)
        informed_by_debtor = {}
        debtors = self.env["dunning.debtor"].with_context(active_test=False).search([
            ("company_id", "=", run.company_id.id), ("partner_id", "in", [partner for partner, _rows in batch])])
        debtor_by_partner = {debtor.partner_id.id: debtor.id for debtor in debtors}
        recipients = self.env["res.partner"].browse(
            {row.recipient for _partner, (due, _informed) in batch for row in due})
        recipients.fetch(["email", "street", "city", "zip"])
        for partner, (due, informed) in batch:
            debtor = debtor_by_partner[partner]
            for row in due:
                if taken.get(row.item, -1) >= row.number:
                    continue
                recipient = self.env["res.partner"].browse(row.recipient)
                channel = self._usable_channel(row.channel, recipient)
                messages[MessageKey(debtor, row.recipient, row.currency, channel, row.approval)].append(row)
            informed_by_debtor[debtor] = informed
        return self._write_messages(run.company_id, run.date, messages, informed_by_debtor, {"run_id": run.id})

    def _taken_steps(self, item_ids):
        """The highest step of each item as it stands now: {item id: number}."""
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT move_line_id, max(level_number) FROM dunning_communication_line
             WHERE move_line_id = ANY(%s) AND level_id IS NOT NULL AND void IS NOT TRUE GROUP BY move_line_id
        """, list(item_ids)))
        return dict(self.env.cr.fetchall())

    @api.model
    def _usable_channel(self, channel, recipient, tried=()):
        """The first channel from ``channel`` on that can reach ``recipient``; a call always can."""
        usable = {
            "email": bool(recipient.email),
            "letter": bool(recipient.city or recipient.zip or recipient.street),
            "call": True,
        }
        order = [channel, *(other for other in CHANNEL_ORDER if other != channel)]
        return next((way for way in order if usable.get(way, True) and way not in tried), "call")

    def _write_messages(self, company, date, messages, informed_by_debtor, extra):
        """Make one communication a key, or add the items to the live draft of that key.

        :param messages: {MessageKey: [Decision]}
        :param informed_by_debtor: {debtor id: [Decision]}: listed below in the debtor's first message
        :param extra: values for every communication
        """
        rows = [row for due in messages.values() for row in due]
        rows += [row for informed in informed_by_debtor.values() for row in informed]
        snapshots = self._snapshots(rows)
        levels = self.env["dunning.level"].browse({row.level for row in rows if row.level})
        level_by_id = {level.id: level for level in levels}
        drafts = self._live_drafts([key for key in messages if key.approval])
        informed_left = dict(informed_by_debtor)
        vals_list, joined = [], self.browse()
        for key, due in sorted(messages.items(), key=lambda pair: (pair[0].debtor, -max(r.number for r in pair[1]))):
            informed = [row for row in informed_left.pop(key.debtor, ()) if row.currency == key.currency]
            lines = [
                fields.Command.create(self._prepare_line_vals(row, snapshots[row.item], date, is_step=True))
                for row in due
            ] + [
                fields.Command.create(self._prepare_line_vals(row, snapshots[row.item], date, is_step=False))
                for row in informed
            ]
            highest = level_by_id[max(due, key=lambda row: row.number).level]
            vals = self._prepare_communication_vals(company, key, highest, due, lines, extra)
            if draft := drafts.get(key):
                draft.write({
                    "line_ids": lines,
                    "amount_total": draft.amount_total + vals["amount_total"],
                    **({name: vals[name] for name in ("level_id", "level_number", "tone", "subject")}
                       if highest.number > draft.level_number else {}),
                })
                joined |= draft
            else:
                vals_list.append(vals)
        made = self.with_context(tracking_disable=True, mail_notrack=True).create(vals_list)
        for draft in (made | joined).filtered(lambda communication: communication.state == "draft"):
            # who approves reads what the customer will
            speaking = draft.with_context(lang=draft._language())
            draft.subject = speaking._fill(speaking.level_id.subject)
        return made | joined

    def _prepare_communication_vals(self, company, key, level, due, lines, extra):
        return {
            "debtor_id": key.debtor,
            "company_id": company.id,
            "customer_id": due[0].partner,
            "partner_id": key.recipient,
            "currency_id": key.currency,
            "channel": key.channel,
            "direction": "out",
            "state": "draft" if key.approval else "queued",
            "is_reminder": True,
            "level_id": level.id,
            "level_number": level.number,
            "tone": self._message_tone(key.debtor, level),
            "subject": level.name,
            "amount_total": sum(row.asked for row in due),
            "line_ids": lines,
            **extra,
        }

    def _message_tone(self, debtor_id, level):
        """The step's tone; a segment's own goes before it until the last notice."""
        segment = self.env["dunning.debtor"].browse(debtor_id).segment_id
        return segment.tone if segment.tone and level.number < LAST_NOTICE else level.tone

    def _prepare_line_vals(self, row, snapshot, date, is_step):
        return {
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
            "amount_asked": row.asked,
        }

    def _snapshots(self, rows):
        """Name, date and rank of the instalment of each item: {item id: dict}."""
        self.env.cr.execute(SQL("""
            SELECT * FROM (
                SELECT line.id, move.name, COALESCE(move.invoice_date, move.date) AS invoice_date,
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
        """The drafts that still wait for approval: {MessageKey: communication}."""
        if not keys:
            return {}
        drafts = self.search([
            ("state", "=", "draft"), ("direction", "=", "out"), ("is_reminder", "=", True),
            ("debtor_id", "in", list({key.debtor for key in keys}))])
        return {
            MessageKey(draft.debtor_id.id, draft.partner_id.id, draft.currency_id.id, draft.channel, True): draft
            for draft in drafts
        }
