from collections import defaultdict
from typing import NamedTuple

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.charges import charges_left

#: In this order another channel is tried when one does not reach the debtor.
CHANNEL_ORDER = ("email", "letter", "call")
#: The number of the last notice: from here on the tone of a segment softens nothing.
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
        debtors = self.env["dunning.debtor"].with_context(active_test=False).search([
            ("company_id", "=", run.company_id.id), ("partner_id", "in", [partner for partner, _rows in batch])])
        debtor_by_partner = {debtor.partner_id.id: debtor.id for debtor in debtors}
        # a step taken since the decision, or a higher one, was a person's
        rows = [row for _partner, (due, _informed) in batch for row in due
                if row.number not in taken.get(row.item, ()) and max(taken.get(row.item, (-1,))) <= row.standing]
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
        :param channel: goes before the channels of the steps
        """
        messages = defaultdict(list)
        recipients = self.env["res.partner"].browse({row.recipient for row in rows})
        recipients.fetch(["email", "street", "city", "zip"])
        levels, calculator = self.env["dunning.level"], self.env["dunning.charge.calculator"]
        for row in rows:
            way = channel or self._usable_channel(row.channel, recipients.browse(row.recipient))
            law = calculator._notice_law(levels.browse(row.level), claims.get(row.item), way)
            messages[MessageKey(
                debtor_by_partner[row.partner], row.recipient, row.currency, way, row.approval, law.id or 0,
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

    def _write_messages(self, company, date, messages, informed_by_debtor, extra, claims):
        """Make one communication a key, or add the items to the live draft of that key.

        :param messages: {MessageKey: [Decision]}
        :param informed_by_debtor: {debtor id: [Decision]}: listed below in the debtor's first message
        :param extra: values for every communication
        :param claims: {item id: Claim} of the items with which the law has to do
        """
        rows = [row for due in messages.values() for row in due]
        rows += [row for informed in informed_by_debtor.values() for row in informed]
        snapshots = self._snapshots(rows)
        levels = self.env["dunning.level"].browse({row.level for row in rows if row.level})
        level_by_id = {level.id: level for level in levels}
        drafts = self._live_drafts([key for key in messages if key.approval])
        charges = self.env["dunning.charge.calculator"]._charges_of_messages(company, date, messages, claims)
        left_open = self.env["dunning.charge"]._left_open(company, {key.debtor for key in messages})
        informed_left = dict(informed_by_debtor)
        vals_list, joined = [], self.browse()
        for key, due in sorted(messages.items(), key=lambda pair: (pair[0].debtor, -max(r.number for r in pair[1]))):
            # a notice of the law says nothing else
            informed = () if key.notice else [
                row for row in informed_left.pop(key.debtor, ()) if row.currency == key.currency]
            left = () if key.notice or key in drafts else left_open.pop((key.debtor, key.currency), ())
            lines = [fields.Command.create(vals) for vals in (
                *(self._prepare_line_vals(row, snapshots[row.item], date, True, charges.get(row.item))
                  for row in due),
                *(self._prepare_line_vals(row, snapshots[row.item], date, False) for row in informed),
                *(charge._line_vals(date) for charge in left),
            )]
            highest = level_by_id[max(due, key=lambda row: row.number).level]
            vals = self._prepare_communication_vals(company, key, highest, due, lines, extra)
            if draft := drafts.get(key):
                draft.write({
                    "line_ids": lines,
                    "amount_total": draft.amount_total + vals["amount_total"],
                    "amount_charges": draft.amount_charges + vals["amount_charges"],
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
            draft.subject = speaking._message_subject()
        return made | joined

    def _prepare_communication_vals(self, company, key, level, due, lines, extra):
        charges = sum(
            charges_left(vals.get("amount_cost", 0), vals.get("amount_interest", 0), vals.get("amount_settled", 0))
            for _command, _id, vals in lines)
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
            "tone": "neutral" if key.notice and not level.gives_notice else self._message_tone(key.debtor, level),
            "subject": level.name,
            "notice_law_id": key.notice or False,
            "amount_charges": charges,
            "amount_total": sum(row.asked for row in due) + charges,
            "line_ids": lines,
            **extra,
        }

    def _message_tone(self, debtor_id, level):
        """The step's tone; a segment's own goes before it until the last notice."""
        segment = self.env["dunning.debtor"].browse(debtor_id).segment_id
        return segment.tone if segment.tone and level.number < LAST_NOTICE else level.tone

    def _prepare_line_vals(self, row, snapshot, date, is_step, charges=None):
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
            MessageKey(draft.debtor_id.id, draft.partner_id.id, draft.currency_id.id, draft.channel, True,
                       draft.notice_law_id.id or 0): draft
            for draft in drafts
        }
