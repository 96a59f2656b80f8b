from odoo import models


class DunningCommunication(models.Model):
    """What was prepared is compared with the ledger once more before it leaves."""

    _inherit = "dunning.communication"

    def _revalidate(self):
        """Bring messages up to date before they leave: drop what is paid or held since, cancel what is empty, and look
        up the recipients of the others.

        How, depends on their kind, see :class:`MessageKind`.
        """
        for (company, _kind), communications in self.grouped(lambda one: (one.company_id, one.kind)).items():
            free = communications - communications._cancel_paused(company)
            live = free and free._call_for_kind("revalidate", company)
            for communication in free - live:
                communication._cancel(self.env._(
                    "Nothing left to ask: %s", communication.outcome or self._words_for_gone()))
            live._update_amounts()
            live._update_recipients()

    def _cancel_paused(self, company):
        """Cancel the messages that something pauses which holds the whole debtor; those that show lines are paused
        line by line instead.

        :return: the messages cancelled
        """
        cancelled = self.browse()
        if self._message_kind().shows_lines:
            return cancelled
        run = self.env["dunning.run"]
        reasons = run._reasons()
        held = run._get_debtor_holds(company, company._dunning_today(), self.customer_id.ids)
        for communication in self:
            pausing = communication._pausing_reasons(reasons)
            if code := next((one for one in held[communication.customer_id.id] if one in pausing), None):
                communication._cancel(self.env._("Not sent: %s", reasons[code].words))
                cancelled |= communication
        return cancelled

    def _words_for_gone(self):
        """Why an item is dropped that is not open any more, in words."""
        return self.env._("paid or taken back meanwhile")

    # ------------------------------------------------------------------
    # By kind
    # ------------------------------------------------------------------

    def _revalidate_unchanged(self, _company):
        """For messages that depend on nothing in the ledger: all of them leave as they are."""
        return self

    def _revalidate_reminders(self, company):
        """For reminders: drop items, update amounts and charges, and take over the highest step that is left."""
        self._drop_items(company)
        self._drop_settled_charges(company)
        self.env["dunning.charge.calculator"]._update_messages(company, self)
        self._update_highest_step()
        return self.filtered(lambda communication: communication._steps() or communication.line_ids.charge_id)

    def _revalidate_left_charges(self, company):
        """For messages that ask for charges left open: drop those that are not to be asked for any more."""
        self._drop_settled_charges(company)
        return self.filtered("line_ids.charge_id")

    # ------------------------------------------------------------------
    # Items
    # ------------------------------------------------------------------

    def _drop_items(self, company):
        """Drop the items that are paid, covered or held since, and update the amounts of the others.

        The line of a step becomes void, with a note in the log; a line for information is deleted.
        """
        decisions = {
            decision.item: decision for decision in self.env["dunning.run"]._decide_each(
                company, company._dunning_today(), partner_ids=self.customer_id.ids, delivering=self.ids)}
        reasons = self.env["dunning.run"]._reasons()
        dropping = {communication: communication._pausing_reasons(reasons) for communication in self}
        words = self.env["dunning.run"]._get_reason_words(
            {item: decision.reason for item, decision in decisions.items() if decision.reason})
        dropped, listed, notes = [], [], []
        for line in self.line_ids.filtered(lambda line: not line.void and not line.charge_id):
            decision = decisions.get(line.move_line_id.id)
            if decision and decision.reason not in dropping[line.communication_id]:
                line._update_open_amounts(decision)
            elif line.level_id:
                dropped.append(line.id)
                why = words[decision.item] if decision else self._words_for_gone()
                notes.append((line.communication_id, f"{line.document}: {why}"))
            else:
                listed.append(line.id)
        self.line_ids.browse(listed).unlink()
        self.line_ids.browse(dropped)._make_void()
        self._log_dropped(notes)

    def _update_highest_step(self):
        """Take step and tone from the highest step that is left."""
        for communication in self:
            highest = communication._steps().sorted("level_number")[-1:].level_id
            if highest != communication.level_id:
                communication.write({
                    "level_id": highest.id, "level_number": highest.number,
                    "tone": self._message_tone(communication.debtor_id.id, highest)})
