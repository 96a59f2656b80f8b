from typing import NamedTuple

from odoo import api, fields, models

from ...tools.charges import charges_left


class MessageKind(NamedTuple):
    """How the messages of one kind are treated between their preparation and the log.

    Methods are named; they are methods of ``dunning.communication``, called on communications of this kind. The
    defaults are those of a message that says the same whatever happens in the ledger.
    """

    #: ``(company)``, on a batch that is about to leave: brings lines up to date and returns the communications that
    #: still have something to say. The others are cancelled.
    revalidate: str = "_revalidate_unchanged"
    #: ``(lines)``, on one communication, or on none before it is made: dict with ``amount_total`` and
    #: ``amount_charges``. ``lines`` are records, or dicts of values for ``create``.
    amounts: str = "_amounts_of_lines"
    #: ``()``, on a batch that was handed over, and on one that was taken back before: together they keep it from being
    #: said twice.
    on_sent: str = "_mark_lines_said"
    on_cancelled: str = "_mark_lines_unsaid"
    #: Codes of ``dunning.run._reasons`` for which an item is dropped at :attr:`revalidate`: from messages of the
    #: night (None: those that the table of reasons marks), and from those that a person sends.
    dropped_by: frozenset | None = frozenset()
    dropped_by_hand: frozenset = frozenset()


class DunningCommunication(models.Model):
    """Kinds of message: what each does when it is looked at again, sent or cancelled, and what it asks.

    Another addon adds a kind with ``selection_add`` on :attr:`kind` and an entry in :meth:`_message_kinds`, writes its
    messages with :meth:`_make_communications`, and says their words in :meth:`_render_mail`.
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
                revalidate="_revalidate_reminders", dropped_by=None, dropped_by_hand=frozenset({"covered"})),
            # dunning.charge decides which charges may be named
            "charges": MessageKind(revalidate="_revalidate_left_charges"),
            "contact": MessageKind(),
        }

    def _call_for_kind(self, hook, *args):
        """Call what the table of kinds names for ``hook``; these communications are all of one kind."""
        kind = self._message_kinds()[self[:1].kind]
        return getattr(self, getattr(kind, hook))(*args)

    def _dropping_reasons(self, reasons):
        """The reasons for which an item leaves this message before it is delivered, as a set of codes.

        :param reasons: the table of :meth:`dunning.run._reasons`
        """
        kind = self._message_kinds()[self.kind]
        if self.is_manual:
            return kind.dropped_by_hand
        if kind.dropped_by is None:
            return frozenset(code for code, reason in reasons.items() if reason.drops)
        return kind.dropped_by

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

    def _mark_lines_said(self):
        """Note on the invoices which step was taken, and on the charges left open that they were asked for."""
        self._log_on_invoices()
        self.line_ids._write_levels()
        self._record_charges()

    def _mark_lines_unsaid(self):
        """Void the steps, and let the charges left open be asked for again."""
        self.line_ids._make_void()
        # who takes a message back may lack the right to write charges; only this mark of the message is written
        self.line_ids.charge_id.sudo().pursued_on = False

    def _lines_to_repeat(self):
        """The lines of a message that did not arrive which no other message has said since."""
        self.ensure_one()
        return self.line_ids.filtered("charge_id") | self._steps().filtered(
            lambda line: line.move_line_id and not line._is_taken())
