import logging
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import format_amount, format_date

from ...tools.replies.answer import BY_PROGRAM, read_answer
from ...tools.replies.numbers import names_invoice
from .dunning_reply_rule import REPLY_CATEGORIES, REPLY_LABELS

_logger = logging.getLogger(__name__)

#: The date that a mail bears is taken as the day of the answer where it lies so many days back at most.
MOST_DAYS_BACK = 30
#: Invoices of a customer among which the numbers in an answer are looked for, the newest first.
MOST_INVOICES = 500
#: What a person may correct of an answer.
CORRECTABLE = {"reply_label", "reply_category", "reply_date", "reply_amount", "reply_paid_on"}


class DunningCommunication(models.Model):
    """What an answer says: read when it comes in, corrected by a person."""

    _inherit = "dunning.communication"

    reply_label = fields.Selection(
        REPLY_LABELS, "What It Says", copy=False, index="btree_not_null",
        help="Read from the customer's words when the answer came in. Nothing is done by it before a person says so.")
    reply_category = fields.Selection(REPLY_CATEGORIES, "In Dispute", copy=False)
    reply_wants_stop = fields.Boolean(
        "Wants No More Messages", readonly=True, copy=False,
        help="The customer asks to be left alone: a person decides how to go on.")
    reply_date = fields.Date("Promised For", copy=False)
    reply_amount = fields.Monetary("Promised Amount", copy=False, help="Empty: all that is due.")
    reply_paid_on = fields.Date("Paid On, It Says", copy=False)
    reply_invoices = fields.Char("Invoices Named", readonly=True, copy=False)
    reply_move_ids = fields.Many2many(
        "account.move", "dunning_communication_reply_move_rel", "communication_id", "move_id", "Invoices Found",
        readonly=True, copy=False, groups="account.group_account_invoice,account.group_account_readonly")
    reply_evidence = fields.Json(
        readonly=True, copy=False, help="What decided: list of label, words of the customer and name of the rule.")
    reply_explanation = fields.Text("Because", compute="_compute_reply_explanation")
    reply_proposal = fields.Char("Proposed", compute="_compute_reply_proposal")

    # what a person made of it
    reply_label_read = fields.Selection(
        REPLY_LABELS, "Read As", readonly=True, copy=False, help="Before anybody corrected it.")
    reply_category_read = fields.Selection(REPLY_CATEGORIES, "Dispute Read As", readonly=True, copy=False)
    reply_is_corrected = fields.Boolean("Corrected", readonly=True, copy=False)
    reply_corrected_by_id = fields.Many2one("res.users", "Corrected By", readonly=True, copy=False)
    reply_corrected_on = fields.Datetime("Corrected On", readonly=True, copy=False)

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("reply_evidence")
    @api.depends_context("lang")
    def _compute_reply_explanation(self):
        labels = dict(self.env["dunning.reply.rule"]._fields["label"]._description_selection(self.env))
        for communication in self:
            communication.reply_explanation = "\n".join(
                self.env._("%(label)s: “%(words)s” (rule “%(rule)s”)", label=labels.get(row["label"], row["label"]),
                           words=row["words"], rule=row["rule"])
                for row in communication.reply_evidence or []) or (
                    communication.reply_label_read
                    and self.env._("No rule was found in it: a person reads it.") or False)

    @api.depends("reply_label", "reply_category", "reply_date", "reply_amount", "reply_paid_on", "reply_invoices")
    @api.depends_context("lang")
    def _compute_reply_proposal(self):
        for communication in self:
            communication.reply_proposal = communication.reply_label and communication._reply_proposal_words()

    def _reply_proposal_words(self):
        """What the answer says in one line: label, amount, days and invoices."""
        self.ensure_one()
        labels = dict(self._fields["reply_label"]._description_selection(self.env))
        categories = dict(self._fields["reply_category"]._description_selection(self.env))
        currency = self.currency_id or self.company_id.currency_id
        return ", ".join(filter(None, [
            labels[self.reply_label],
            categories.get(self.reply_category),
            self.reply_amount and format_amount(self.env, self.reply_amount, currency),
            *(format_date(self.env, day, date_format="EEEE d MMMM y")
              for day in (self.reply_date, self.reply_paid_on) if day),
            self.reply_invoices,
        ]))

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    def _prepare_answer_vals(self, debtor, msg_dict):
        """Values of the communication that an incoming mail of a debtor makes.

        :param msg_dict: as the mail gateway gives it
        """
        received = self._day_received(debtor.company_id, msg_dict.get("date"))
        vals = {
            "debtor_id": debtor.id,
            "channel": "email",
            "direction": "in",
            "state": "received",
            "currency_id": debtor.company_id.currency_id.id,
            "subject": msg_dict.get("subject"),
            # customers quote what they answer
            "body": self._without_tokens(msg_dict.get("body")),
            "email": msg_dict.get("email_from"),
            **self._prepare_label_vals(debtor, msg_dict.get("subject"), msg_dict.get("body"), received),
        }
        is_by_program = vals["reply_label"] in BY_PROGRAM and not vals["reply_wants_stop"]
        vals["needs_attention"] = not is_by_program and self._waits_for_person(debtor, vals["reply_wants_stop"])
        return vals

    @api.model
    def _waits_for_person(self, debtor, wants_stop):
        """Whether an answer pauses until somebody has looked. That of a natural person always does."""
        return bool(debtor.company_id.dunning_reply_pauses or wants_stop or debtor.is_natural_person)

    @api.model
    def _day_received(self, company, date):
        """The day on which a mail came, in the time zone of the company.

        :param date: what the mail says, in UTC; not believed where it lies far back or ahead
        """
        today = company._dunning_today()
        if not date:
            return today
        zone = pytz.timezone(company.partner_id.tz or "UTC")
        day = pytz.utc.localize(fields.Datetime.to_datetime(date)).astimezone(zone).date()
        return day if today - timedelta(days=MOST_DAYS_BACK) <= day <= today else today

    @api.model
    def _prepare_label_vals(self, debtor, subject, body, received):
        """Values of what an answer says.

        A program is believed to have written it by its headers or subject alone. Where only its words say so, a
        person may have written them.
        """
        language = (debtor.partner_id.lang or "")[:2] or None
        try:
            reading = read_answer(self.env["dunning.reply.rule"]._rules(), received, subject, body, language)
        except Exception:  # pylint: disable=broad-except  # an answer is never lost by what cannot be read in it
            _logger.exception("An answer of debtor %s could not be read.", debtor.id)
            return {"reply_label": "question", "reply_label_read": "question", "reply_wants_stop": False}
        label = self._believed_label(reading)
        moves = self._named_invoices(debtor, reading.invoices)
        return {
            "reply_label": label,
            "reply_category": reading.category if label == "dispute" else False,
            "reply_label_read": label,
            "reply_category_read": reading.category if label == "dispute" else False,
            "reply_wants_stop": reading.wants_stop,
            "reply_date": reading.promise_date,
            "reply_amount": reading.promise_amount,
            "reply_paid_on": reading.paid_date,
            "reply_invoices": ", ".join(reading.invoices),
            "reply_move_ids": [fields.Command.set(moves.ids)],
            "reply_evidence": [
                {"label": match.rule.label, "words": match.words, "rule": match.rule.name}
                for match in reading.matches],
        }

    @api.model
    def _believed_label(self, reading):
        """The label of a reading; that a program wrote it must be sure."""
        if self.env.context.get("dunning_is_automatic"):
            return "bounce" if reading.label == "bounce" else "automatic"
        if reading.label not in BY_PROGRAM or any(
                match.rule.place == "subject" and match.rule.label in BY_PROGRAM for match in reading.matches):
            return reading.label
        return next((label for label in reading.labels if label not in BY_PROGRAM), "question")

    @api.model
    def _named_invoices(self, debtor, numbers):
        """The posted invoices and credit notes of a debtor that ``numbers`` name."""
        moves = self.env["account.move"]
        if not numbers:
            return moves
        # sudo: answers are taken in for customers, who have no rights; only the debtor's own invoices are looked at
        newest = moves.sudo().search([
            ("commercial_partner_id", "=", debtor.partner_id.id), ("company_id", "child_of", debtor.company_id.id),
            ("move_type", "in", ("out_invoice", "out_refund")), ("state", "=", "posted"),
        ], order="invoice_date DESC, id DESC", limit=MOST_INVOICES)
        return newest.filtered(lambda move: any(names_invoice(number, move.name) for number in numbers)).sudo(False)

    # ------------------------------------------------------------------
    # Correction
    # ------------------------------------------------------------------

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: what an answer says is for people to correct
        allowed = super()._fields_for_write()
        return allowed | CORRECTABLE if self.reply_label_read and self.state == "received" else allowed

    def write(self, vals):
        if vals.get("reply_label", "dispute") != "dispute":
            vals = {**vals, "reply_category": False}
        res = super().write(vals)
        if not self.env.su and {"reply_label", "reply_category"} & vals.keys():
            # sudo: who corrected it, and what was read at first, is the system's to write
            for communication in self.sudo():
                is_corrected = (communication.reply_label, communication.reply_category) != (
                    communication.reply_label_read, communication.reply_category_read)
                communication.write({
                    "reply_is_corrected": is_corrected,
                    "reply_corrected_by_id": is_corrected and self.env.uid,
                    "reply_corrected_on": is_corrected and fields.Datetime.now()})
        return res

    def _erase(self, date):
        # EXTENDS: the words of the customer go, the label stays
        res = super()._erase(date)
        self.write({"reply_evidence": False, "reply_invoices": False})
        return res
