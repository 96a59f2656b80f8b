from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models

from ...tools.charges import charges_left


class MessageKind(NamedTuple):
    """What the messages of one kind say, and how they are treated between their preparation and the log.

    Methods are named; they are methods of ``dunning.communication``, called on communications of this kind. The
    defaults are those of a message that asks for no money and says the same whatever happens in the ledger.
    """

    #: ``()``, on one communication: dict with ``subject`` and ``body`` (HTML paragraphs) in the language of the
    #: environment. Every channel says these words.
    words: str
    #: Whether it asks for money: mail and letter then show the total, payment codes and bank account below the words,
    #: a call names the amount, and it is counted as a reminder.
    asks_money: bool = False
    #: Whether mail, letter and page show its lines as tables, each with the texts of its step, instead of the words.
    shows_lines: bool = False
    #: ``(company)``, on a batch that is about to leave: brings lines up to date and returns the communications that
    #: still have something to say. The others are cancelled.
    revalidate: str = "_revalidate_unchanged"
    #: ``(lines)``, on one communication, or on none before it is made: dict with ``amount_total`` and
    #: ``amount_charges``. ``lines`` are records, or dicts of values for ``create``.
    amounts: str = "_amounts_of_lines"
    #: ``()``, on a batch that was handed over, and on one that was taken back before: together they keep it from being
    #: said twice.
    on_sent: str = "_record_sent_lines"
    on_cancelled: str = "_void_lines"
    #: Codes of ``dunning.run._reasons`` for which it does not leave; None: those that the table of reasons marks as
    #: dropping (see ``dunning.run._dropping_reasons``). Where it shows lines, each line is dropped for the reasons of
    #: its item; any other message is cancelled for those of the whole debtor. What a person sent leaves all the same
    #: for the reasons that a person may override.
    paused_by: frozenset | None = None
    #: Whether it is said on another way where the address does not work.
    is_repeated: bool = True
    #: ``()``, on messages that a planned call is about: those of which something is left to say.
    left_to_call: str = "_left_as_sent"


class DunningCommunication(models.Model):
    """Kinds of message: what each does when it is looked at again, sent or cancelled, and what it asks.

    Another addon adds a kind with ``selection_add`` on :attr:`kind` and an entry in :meth:`_message_kinds`, writes its
    messages with :meth:`_make_communications`. The entry names the method that says its words.
    """

    _inherit = "dunning.communication"

    kind = fields.Selection(
        [("reminder", "Reminder"), ("charges", "Costs and interest left open"), ("contact", "Contact")],
        compute="_compute_kind", store=True, precompute=True, readonly=False, required=True)

    @api.depends("is_reminder")
    def _compute_kind(self):
        # for what names no kind itself: the kind stays, whatever becomes of the lines
        for communication in self:
            if not communication.is_reminder:
                communication.kind = "contact"
            elif not communication.level_id and communication.line_ids.charge_id:
                communication.kind = "charges"
            else:
                communication.kind = "reminder"

    @api.model
    def _message_kinds(self):
        """The kinds of message: {value of :attr:`kind`: :class:`MessageKind`}."""
        return {
            "reminder": MessageKind(
                words="_words_of_steps", asks_money=True, shows_lines=True, revalidate="_revalidate_reminders",
                left_to_call="_left_to_ask"),
            "charges": MessageKind(
                words="_words_of_left_charges", asks_money=True, shows_lines=True,
                revalidate="_revalidate_left_charges", left_to_call="_left_to_ask"),
            # what people said to each other is never queued
            "contact": MessageKind(words="_words_as_logged", paused_by=frozenset()),
        }

    def _message_kind(self):
        """The :class:`MessageKind` of these communications, which are all of one kind."""
        return self._message_kinds()[self[:1].kind]

    def _lines_asked(self):
        """The lines that the message asks money for."""
        self.ensure_one()
        if self._message_kind().shows_lines:
            return self._steps() | self._left_lines()
        return self.line_ids.filtered(lambda line: not line.void)

    def _has_page(self):
        """Whether the customer has a page of this message, which lists what is due of its lines now."""
        return self._message_kind().shows_lines

    def _call_for_kind(self, hook, *args):
        """Call what the table of kinds names for ``hook``; these communications are all of one kind."""
        return getattr(self, getattr(self._message_kind(), hook))(*args)

    def _pausing_reasons(self, reasons):
        """The reasons for which this message, or an item of it, does not leave, as a set of codes.

        :param reasons: the table of :meth:`dunning.run._reasons`
        """
        codes = self._message_kind().paused_by
        if codes is None:
            codes = self.env["dunning.run"]._dropping_reasons(reasons)
        if self.is_manual:
            codes = frozenset(code for code in codes if reasons[code].sendable == "no")
        return codes

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _message_words(self):
        """What the message says on every channel, in the language of the environment, without greeting and signature.

        :return: dict with ``subject`` and ``body`` (HTML paragraphs)
        """
        self.ensure_one()
        return self._call_for_kind("words")

    def _words_of_steps(self):
        """The words of the steps, the highest first, and the notices of the law that they give."""
        steps = self._steps()
        if not steps:  # its items were dropped, and charges left open are still asked for
            return self._words_of_left_charges()
        by_level, omits_texts = steps.grouped("level_id"), self._omits_step_texts()
        return {"subject": self._message_subject(steps), "body": Markup().join(
            ("" if omits_texts else self._fill_paragraphs(level.body, self._text_values(by_level[level])))
            + (self._notice_html(by_level[level]) or "")
            for level in steps.level_id.sorted("number", reverse=True))}

    def _words_of_left_charges(self):
        """What a message says that asks for nothing but charges left open."""
        return {"subject": self._left_charges_subject(), "body": self._paragraphs(self.env._(
            "Thank you for paying. Costs and interest of %(documents)s, for the time after their due date, are still "
            "open: %(total)s.", documents=self._document_names(self._left_lines()),
            total=self._money(self.amount_total)))}

    def _words_as_logged(self):
        """What was typed in."""
        return {"subject": self.subject, "body": self.body or ""}

    # ------------------------------------------------------------------
    # Amounts
    # ------------------------------------------------------------------

    def _amounts(self, kind, lines):
        """What a message of this kind asks: dict with ``amount_total`` and ``amount_charges``.

        :param lines: its lines, as records, or as dicts of values for ``create``
        """
        return getattr(self, self._message_kinds()[kind].amounts)(lines)

    def _amounts_of_lines(self, lines):
        """The sums of the steps that count and of the charges left open, without what is listed for information."""
        principal = charges = 0
        for line in lines:
            value = line.get if isinstance(line, dict) else line.__getitem__
            if value("charge_id") or value("level_id") and not value("void"):
                principal += value("amount_asked") or 0
                charges += charges_left(
                    value("amount_cost") or 0, value("amount_interest") or 0, value("amount_settled") or 0)
        return {"amount_total": principal + charges, "amount_charges": charges}

    def _update_amounts(self):
        """Bring the amounts in line with the lines."""
        for communication in self:
            amounts = communication._amounts(communication.kind, communication.line_ids)
            if any(communication[name] != amount for name, amount in amounts.items()):
                communication.write(amounts)

    # ------------------------------------------------------------------
    # Said once
    # ------------------------------------------------------------------

    def _record_sent_lines(self):
        """Note on the invoices which step was taken, and on the charges left open that they were asked for."""
        self._log_on_invoices()
        self.line_ids._write_levels()
        self._record_charges()

    def _void_lines(self):
        """Void the steps, and let the charges left open be asked for again."""
        self.line_ids._make_void()
        # who takes a message back may lack the right to write charges; only this mark of the message is written
        self.line_ids.charge_id.sudo().pursued_on = False

    def _lines_to_repeat(self):
        """The lines of a message that did not arrive which no other message has said since; all of them where it says
        its own words.
        """
        self.ensure_one()
        if not self._message_kind().shows_lines:
            return self.line_ids
        return self.line_ids.filtered("charge_id") | self._steps().filtered(
            lambda line: line.move_line_id and not line._is_taken())
