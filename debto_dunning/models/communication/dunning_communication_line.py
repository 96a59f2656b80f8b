import json
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.charges import charges_left

#: Digits of the amounts: no currency has more than four decimals (ISO 4217).
AMOUNT = (16, 4)


class DunningCommunicationLine(models.Model):
    """One open item in a communication, with its own step and a snapshot of what was said."""

    _name = "dunning.communication.line"
    _description = "Invoice in a Communication"
    _inherit = ["dunning.program.record"]
    _order = "communication_id, level_number DESC, due_date, id"
    _rec_name = "document"
    # who and when stand on the communication; lines are written by the ten thousand
    _log_access = False

    communication_id = fields.Many2one("dunning.communication", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="communication_id.company_id")
    debtor_id = fields.Many2one(related="communication_id.debtor_id")
    state = fields.Selection(related="communication_id.state")
    channel = fields.Selection(related="communication_id.channel")
    move_line_id = fields.Many2one("account.move.line", "Open Item", ondelete="set null", index="btree_not_null")
    move_id = fields.Many2one("account.move", "Invoice", ondelete="set null", index="btree_not_null")
    former_move_line_id = fields.Many2one(
        "account.move.line", "Former Item", ondelete="set null", index="btree_not_null",
        help="The item that it was about, where the invoice moved to another customer since.")
    rank = fields.Integer("Instalment", help="1 for the first instalment of the invoice, 2 for the second …")
    level_id = fields.Many2one(
        "dunning.level", "Step", ondelete="restrict", index="btree_not_null",
        help="Empty: listed for information only.")
    level_number = fields.Integer("Level")
    date = fields.Date(help="The day of the step.")
    notice_date = fields.Date(
        "Notice", help="The day on which the mail server accepted the mail or the posting was confirmed.")
    void = fields.Boolean(help="Counts for nothing: it failed, was cancelled or set back.")
    currency_id = fields.Many2one(related="communication_id.currency_id")

    # what was said; in the communication's currency, whose rounding the amounts have already
    document = fields.Char()
    document_date = fields.Date()
    due_date = fields.Date()
    amount_open = fields.Float("Open", digits=AMOUNT)
    amount_covered = fields.Float("Received", digits=AMOUNT)
    amount_disputed = fields.Float(
        "In Dispute", digits=AMOUNT, help="A part that the customer contests: it was not asked.")
    amount_asked = fields.Float("Asked", digits=AMOUNT)

    # what the law let us ask besides, and why not more
    law_id = fields.Many2one("dunning.law", ondelete="restrict")
    is_notice = fields.Boolean(
        "Notice of the Law", help="It said what the law demands before costs or interest are asked.")
    charge_from = fields.Date(
        "Costs From", help="The first day after the waiting time of the notice; empty until the notice is known to "
                           "have been sent.")
    amount_cost = fields.Float("Costs", digits=AMOUNT)
    amount_reminder = fields.Float(
        "Of Them for Reminders", digits=AMOUNT, help="What this and earlier reminders cost by themselves.")
    amount_interest = fields.Float("Interest", digits=AMOUNT)
    amount_settled = fields.Float(
        "Received for Them", digits=AMOUNT, help="Of costs and interest, what was paid or credited before.")
    needs_notices = fields.Integer(help="So many notices must stand for what it asks to be owed.")
    calculation = fields.Json(help="How costs and interest were reckoned: see tools/calculation.py.")
    charge_note = fields.Text("Why No Costs", help="What keeps costs and interest, or more of them, from being asked.")
    charge_id = fields.Many2one(
        "dunning.charge", "Left Open", ondelete="set null", index="btree_not_null",
        help="Costs and interest of an invoice that is paid, which this message asks for.")

    _notice_idx = models.Index("(move_line_id) WHERE is_notice")
    _once = models.UniqueIndex(
        "(move_line_id, level_number) WHERE level_id IS NOT NULL AND void IS NOT TRUE",
        "This step of this invoice was taken already.")

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _insert(self, vals_list):
        """Create lines by one statement: a night writes them by the ten thousand.

        Fields that depend on them are computed and constraints are checked as by ``create``; overrides of ``create``
        are not called.

        :param vals_list: values as for ``create``
        :return: the lines, in the order of ``vals_list``
        """
        if not vals_list:
            return self.browse()
        # sudo: lines are written by the system alone; the caller's right was checked where the message was asked for
        lines = self.sudo()
        names = sorted({name for vals in vals_list for name in vals})
        rows = [{name: lines._json_value(name, value) for name, value in vals.items()} for vals in vals_list]
        columns = SQL(", ").join(map(SQL.identifier, names))
        types = SQL(", ").join(SQL("%s %s", SQL.identifier(name), SQL(self._fields[name].column_type[1]))
                               for name in names)
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            INSERT INTO dunning_communication_line (%(columns)s)
            SELECT %(columns)s
              FROM ROWS FROM (jsonb_to_recordset(%(rows)s) AS (%(types)s))
                   WITH ORDINALITY AS new (%(columns)s, position)
             ORDER BY position
            RETURNING id
        """, columns=columns, types=types, rows=json.dumps(rows)))
        made = lines.browse(row_id for row_id, in self.env.cr.fetchall())
        self.env["dunning.communication"].invalidate_model(["line_ids"])
        made.modified(self._fields, create=True)
        made._validate_fields(names)
        return made.sudo(self.env.su)

    def _json_value(self, name, value):
        """The value of a field as JSON has it for its column."""
        field = self._fields[name]
        if field.type in ("float", "integer", "boolean"):
            return field.convert_to_column(value, self)
        return value.isoformat() if isinstance(value, date) else value or None

    def _make_void(self):
        """Void the steps of these lines; the level of the invoices falls back."""
        lines = self.filtered(lambda line: line.level_id and not line.void)
        lines.write({"void": True, "notice_date": False, "charge_from": False})
        lines._write_levels()
        # costs and interest of a void step are not owed by it
        self.env["dunning.charge"]._update_from_log(lines.move_line_id)
        lines.communication_id._remove_from_call()

    def _detach_from_item(self):
        """Unlink lines from their item: the invoice moved to another customer, for whom they count for nothing."""
        for line in self.filtered("move_line_id"):
            line.write({"former_move_line_id": line.move_line_id.id, "move_line_id": False})
        self.flush_recordset()

    def _update_open_amounts(self, decision):
        """Take over what is open, covered and asked by now.

        :param decision: :class:`tools.decision.Decision` on the item of the line
        """
        self.ensure_one()
        said = (self.amount_open, self.amount_covered, self.amount_asked)
        if self.level_id and (decision.open, decision.covered, decision.asked) != said:
            self.write({
                "amount_open": decision.open, "amount_covered": decision.covered, "amount_asked": decision.asked,
                "amount_disputed": decision.disputed})

    def _write_levels(self):
        """Write on invoices and items where they stand now: the highest step that was sent and is not void.

        By SQL: the ORM's write would run Odoo's synchronisation of the entry and mark the invoice as edited.
        """
        move_ids = self.move_id.ids
        if not move_ids:
            return
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            WITH item AS (
                SELECT item.id, stand.level_id, stand.level_number, stand.date
                  FROM account_move_line item
                  JOIN account_account account
                    ON account.id = item.account_id AND account.account_type = 'asset_receivable'
                  LEFT JOIN LATERAL (
                       SELECT line.level_id, line.level_number, line.date
                         FROM dunning_communication_line line
                         JOIN dunning_communication communication ON communication.id = line.communication_id
                        WHERE line.move_line_id = item.id AND line.level_id IS NOT NULL AND line.void IS NOT TRUE
                          AND communication.state = 'sent'
                        ORDER BY line.level_number DESC LIMIT 1) stand ON TRUE
                 WHERE item.move_id = ANY(%s)
            )
            UPDATE account_move_line line
               SET dunning_level = item.level_number, dunning_level_id = item.level_id, dunning_level_date = item.date
              FROM item
             WHERE item.id = line.id
               AND (line.dunning_level, line.dunning_level_id, line.dunning_level_date)
                   IS DISTINCT FROM (item.level_number, item.level_id, item.date)
        """, move_ids))
        self.env.cr.execute(SQL("""
            WITH highest AS MATERIALIZED (
                SELECT DISTINCT ON (move_id) move_id, dunning_level, dunning_level_id, dunning_level_date
                  FROM account_move_line
                 WHERE move_id = ANY(%(moves)s) AND dunning_level_id IS NOT NULL
                 ORDER BY move_id, dunning_level DESC, dunning_level_date DESC
            ), stand AS (
                SELECT move.id, highest.dunning_level, highest.dunning_level_id, highest.dunning_level_date
                  FROM account_move move LEFT JOIN highest ON highest.move_id = move.id
                 WHERE move.id = ANY(%(moves)s)
            )
            UPDATE account_move move
               SET dunning_level = stand.dunning_level, dunning_level_id = stand.dunning_level_id,
                   dunning_level_date = stand.dunning_level_date
              FROM stand
             WHERE stand.id = move.id
               AND (move.dunning_level, move.dunning_level_id, move.dunning_level_date)
                   IS DISTINCT FROM (stand.dunning_level, stand.dunning_level_id, stand.dunning_level_date)
        """, moves=move_ids))
        fields_written = ["dunning_level", "dunning_level_id", "dunning_level_date"]
        moves = self.env["account.move"].browse(move_ids)
        moves.invalidate_recordset(fields_written)
        self.env["account.move.line"].invalidate_model(fields_written)

    def _start_waiting_time(self, date):
        """Write the first day after the law's waiting time on those lines that are its notice.

        :param date: the day on which the notice left
        """
        for (law, channel, delivered), lines in self.filtered(lambda line: line.is_notice and not line.void).grouped(
                lambda line: (line.law_id, line.channel, line.communication_id.delivered_on)).items():
            term = law._term(date, channel, delivered)
            lines.charge_from = term.over if term else False

    def _step_name(self):
        """The name of the step, or what else the line is, for the timeline of its invoice."""
        if self.charge_id:
            return self.env._("Costs and interest left open")
        return self.level_id.name or self.env._("For information")

    def _names_invoice_of_customer(self):
        """Whether its document is an invoice, and still one of the customer to whom the message went."""
        return self.move_id.is_invoice(include_receipts=True) and self.move_id._dunning_is_of(
            self.communication_id.customer_id)

    def _amount_all(self):
        """What the message asks of this item: principal, costs and interest."""
        return self.amount_asked + self._amount_charges()

    def _amount_charges(self):
        """The costs and the interest of this item that are left to pay."""
        return charges_left(self.amount_cost, self.amount_interest, self.amount_settled)

    def _snapshot_vals(self):
        """Values for a line of another communication that says the same of the item."""
        return {
            "move_line_id": self.move_line_id.id,
            "move_id": self.move_id.id,
            **{name: self[name] for name in (
                "rank", "date", "document", "document_date", "due_date", "amount_open", "amount_covered",
                "amount_disputed", "amount_asked", "is_notice", "amount_cost", "amount_reminder", "amount_interest",
                "amount_settled", "needs_notices", "calculation", "charge_note")},
            "law_id": self.law_id.id,
            "charge_id": self.charge_id.id,
        }

    def _is_taken(self):
        """Whether another line has taken this step of the item since, or a higher one.

        For a notice of the law that came back only the same step counts: it is given again, whatever was sent since.
        """
        return bool(self.search_count([
            ("move_line_id", "=", self.move_line_id.id), ("level_id", "!=", False), ("void", "=", False),
            ("level_number", "=" if self.is_notice else ">=", self.level_number), ("id", "!=", self.id)], limit=1))

    def _standing(self, items):
        """Of each of ``items`` the line with its highest step that is not void."""
        lines = self.search([
            ("move_line_id", "in", items.ids), ("level_id", "!=", False), ("void", "=", False),
        ], order="level_number")
        return self.browse({line.move_line_id: line.id for line in lines}.values())
