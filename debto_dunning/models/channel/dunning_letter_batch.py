from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.pdf import merge_pdf


class DunningLetterBatch(models.Model):
    """The letters of a day that are printed and posted together."""

    _name = "dunning.letter.batch"
    _description = "Letters to Post"
    _inherit = ["mail.thread", "mail.activity.mixin", "dunning.program.record"]
    _order = "date DESC, id DESC"
    _rec_name = "date"
    _mailing_enabled = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date = fields.Date(required=True, readonly=True)
    communication_ids = fields.One2many("dunning.communication", "letter_batch_id", string="Letters")
    letter_count = fields.Integer("Letters to Post", compute="_compute_letter_count")
    posted_on = fields.Date(readonly=True, help="The confirmed day of posting.")
    printed_at = fields.Datetime(readonly=True)
    printed_by = fields.Many2one("res.users", readonly=True)

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for batch in self:
            batch.display_name = format_date(self.env, batch.date)

    def _compute_letter_count(self):
        counts = dict(self.env["dunning.communication"]._read_group(
            [("letter_batch_id", "in", self.ids), ("state", "=", "sent")], ["letter_batch_id"], ["__count"]))
        for batch in self:
            batch.letter_count = counts.get(batch, 0)

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _open(self, company):
        """The batch of ``company`` that is neither printed nor posted; made where there is none.

        Deliverers side by side may each make one; every letter is in exactly one of them.
        """
        return self.search([
            ("company_id", "=", company.id), ("posted_on", "=", False), ("printed_at", "=", False)],
            limit=1) or self.create({"company_id": company.id, "date": company._dunning_today()})

    def _on_letters_added(self):
        """Plan an activity for the person in charge of the night: letters wait to be printed and posted."""
        for batch in self.filtered(lambda batch: not batch.activity_ids):
            batch.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo", summary=self.env._("Print and post the letters"),
                date_deadline=batch.date, user_id=batch.company_id._dunning_activity_user().id)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_print(self):
        """All letters of the batch, with the invoices that go along, in one PDF."""
        self.ensure_one()
        letters = self.communication_ids.filtered(lambda letter: letter.state == "sent").sorted("id")
        if not letters:
            raise UserError(self.env._("No letter is left in the batch of %s.", format_date(self.env, self.date)))
        documents, notes = letters._readable_documents()
        if notes:
            self._message_log(body=Markup("<br/>").join(notes))
        if not documents:
            # what was found stands on the letters: an error would take it back
            return self._action_notify(notes)
        # sudo: when and by whom is written by the system alone; the right to the batch was checked
        self.sudo().write({"printed_at": fields.Datetime.now(), "printed_by": self.env.uid})
        merged = self.env["ir.attachment"].create({
            "name": self.env._("Letters of %s.pdf", self.date),
            "raw": merge_pdf(documents),
            "mimetype": "application/pdf",
            "res_model": self._name,
            "res_id": self.id,
        })
        action = {"type": "ir.actions.act_url", "url": f"/web/content/{merged.id}?download=true", "target": "self"}
        return self._action_notify(notes, action) if notes else action

    def _action_notify(self, notes, following=None):
        """Show what was left out, then do the ``following`` action."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning", "sticky": True, "title": self.env._("Not everything can be printed"),
                "message": " ".join(notes), "next": following or {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_confirm_posting(self):
        """Ask for the day on which the letters were posted."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Confirm the Day of Posting"),
            "res_model": "dunning.confirm.posting",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_communication_ids": self.communication_ids.filtered("awaits_posting").ids,
            },
        }

    def _on_posted(self, date):
        """Close those batches of which every letter is posted now, and the activities about them."""
        for batch in self:
            if not any(batch.communication_ids.mapped("awaits_posting")):
                batch.posted_on = date
                batch.activity_ids.action_feedback(feedback=self.env._(
                    "Posted on %s.", format_date(self.env, date)))
