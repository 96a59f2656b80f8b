from odoo import api, models
from odoo.fields import Command

from .dunning_dispute import UPHELD


class DunningDispute(models.Model):
    """What follows from the outcome of a dispute."""

    _inherit = "dunning.dispute"

    def _close(self, state, amount=0.0, **vals):
        """End these disputes in ``state``.

        :param amount: what is conceded, for ``upheld`` and ``part``
        :param vals: values of other fields
        """
        for dispute in self.sudo():  # the log is the program's to write; callers check the right
            today = dispute.company_id._dunning_today()
            dispute._end(
                state, amount_upheld=amount, days_to_solve=(today - dispute.date_opened).days,
                waits_for_credit=state in UPHELD, **vals)
            dispute.activity_unlink(["mail.mail_activity_data_todo", "mail.mail_activity_data_warning"])
            if state in UPHELD:
                dispute._void_notices()
                dispute._start_credit_note()

    @api.model
    def _erased_fields(self):
        # EXTENDS dunning.agreement
        return [*super()._erased_fields(), "answer"]

    # ------------------------------------------------------------------
    # Upheld
    # ------------------------------------------------------------------

    def _void_notices(self):
        """Void the notices of the law that named what is conceded now: a new one comes first.

        A notice that was given while the amount was in dispute did not name it, and stands.
        """
        notices = self.env["dunning.communication.line"].search([
            ("move_line_id", "in", self.line_ids.move_line_id.ids), ("is_notice", "=", True), ("void", "=", False),
            ("state", "=", "sent")])
        wrong = notices.filtered(lambda line: self.currency_id.compare_amounts(
            line.amount_disputed, min(self.amount_upheld, self.amount)) < 0)
        wrong._make_void()
        for line in wrong:
            line.communication_id._message_log(body=self.env._(
                "%(document)s: the notice is void, as %(amount)s of it was conceded.", document=line.document,
                amount=self._money(self.amount_upheld)))

    def _start_credit_note(self):
        """Make a credit note in draft of what is conceded, by Odoo's own way; somebody in accounting posts it.

        Where the invoice is conceded in part, its lines are reduced in proportion, for the accountant to adjust.
        """
        move = self.move_id
        if not move or move.state != "posted":
            return
        cause = self.cause_id.name or self.category_id.name
        reversal = self.env["account.move.reversal"].with_company(move.company_id).with_context(
            active_model="account.move", active_ids=move.ids).create({
                "move_ids": [Command.set(move.ids)], "company_id": move.company_id.id,
                "journal_id": move.journal_id.id, "date": self.company_id._dunning_today(), "reason": cause})
        reversal.reverse_moves()
        note = reversal.new_move_ids
        if note.currency_id.compare_amounts(self.amount_upheld, note.amount_total) < 0:
            share = self.amount_upheld / note.amount_total
            for line in note.invoice_line_ids.filtered(lambda line: line.display_type == "product"):
                line.price_unit *= share
        note.dunning_dispute_id = self
        note._message_log(body=self.env._("Started from the dispute: %s", self._words()))

    def _credited(self):
        """End the pause of what was conceded, as the credit note is posted or none is needed."""
        self.filtered("waits_for_credit").waits_for_credit = False
        self._write_holds()

    # ------------------------------------------------------------------
    # Words to the customer
    # ------------------------------------------------------------------

    def _tell_customer(self, text):
        """Send the answer to the customer, and log it.

        :param text: plain text in the customer's language
        """
        self.ensure_one()
        recipient = self.contact_id or self.debtor_id._recipient_of(self.move_id)
        body = self.env["dunning.communication"]._paragraphs(text)
        env = self.with_context(lang=recipient.lang or self.env.lang).env
        subject = env._("Your question about %s", self.document)
        self.message_post(
            body=body, subject=subject, partner_ids=recipient.ids, message_type="comment",
            subtype_xmlid="mail.mt_comment", author_id=self.env.user.partner_id.id)
        self.env["dunning.communication"].create({
            "debtor_id": self.debtor_id.id, "partner_id": recipient.id, "channel": "email", "direction": "out",
            "state": "sent", "kind": "contact", "user_id": self.env.uid, "subject": subject, "body": body})

    @api.private  # for the mail gateway: over the interface anybody could make up an answer of a customer
    def message_update(self, msg_dict, update_vals=None):
        # EXTENDS mail: what the customer answers is a contact in the log, and pauses as every answer does
        res = super().message_update(msg_dict, update_vals)
        author = self.env["res.partner"].browse(msg_dict.get("author_id"))
        for dispute in self:
            if author.user_ids and not all(user.share for user in author.user_ids):
                continue
            # the gateway acts for a customer, who has no rights of their own
            self.env["dunning.communication"].sudo().create({
                "debtor_id": dispute.debtor_id.id, "partner_id": (author or dispute.partner_id).id,
                "channel": "email", "direction": "in", "state": "received",
                "subject": msg_dict.get("subject") or dispute._words(), "body": msg_dict.get("body"),
                "email": msg_dict.get("email_from"),
                "needs_attention": dispute.company_id.dunning_reply_pauses,
            })
        return res
