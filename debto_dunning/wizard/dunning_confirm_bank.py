from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DunningConfirmBank(models.TransientModel):
    """A person says up to which day banks are booked: what statements and feeds do not tell, as after a quiet week."""

    _name = "dunning.confirm.bank"
    _description = "The Bank Is Booked up to"
    _inherit = ["dunning.caller.check"]

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company.root_id)
    journal_ids = fields.Many2many(
        "account.journal", string="Banks", required=True,
        domain="[('type', '=', 'bank'), ('company_id', 'child_of', company_id)]")
    date = fields.Date("Booked up to", required=True)
    good_until = fields.Date("Reminders Go Out until", compute="_compute_good_until")
    activate_id = fields.Many2one(
        "dunning.activate", "Answers", ondelete="cascade", help="The answers to which the dialogue goes back.")

    @api.depends("date", "company_id")
    def _compute_good_until(self):
        for wizard in self:
            wizard.good_until = wizard.date and fields.Date.add(
                wizard.date, days=wizard.company_id.dunning_bank_word_days)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        company = self.env["res.company"].browse(values.get("company_id")) or self.env.company.root_id
        today = company._dunning_today()
        reaches = company._dunning_bank_reaches(today)
        behind = [reach.journal_id for reach in reaches if reach.is_behind] or [reach.journal_id for reach in reaches]
        return {**values, "journal_ids": [fields.Command.set(behind)], "date": fields.Date.subtract(today, days=1)}

    @api.model
    def _action_open(self, company, answers=None):
        """Action that opens this dialogue for a company.

        :param answers: the ``dunning.activate`` record to which it goes back
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The Bank Is Booked up to…"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_company_id": company.id, "default_activate_id": answers and answers.id},
        }

    def action_confirm(self):
        """Write the word of the user into the log of the banks.

        :raises UserError: the day is still to come, or a journal is not a bank of the company
        """
        self.ensure_one()
        if self.date > self.company_id._dunning_today():
            raise UserError(self.env._(
                "The bank cannot be booked up to a day to come: %s.", format_date(self.env, self.date)))
        if self.journal_ids.filtered(lambda journal: journal.type != "bank") or (
                self.journal_ids.company_id.root_id != self.company_id):
            raise UserError(self.env._("Choose banks of %s.", self.company_id.name))
        self.env["dunning.bank.reach"]._log(self.journal_ids, self.date, "word")
        for journal in self.journal_ids:
            # sudo: who books the bank may not change journals. Only a note is written.
            journal.sudo()._message_log(body=self.env._(
                "Booked up to %(date)s, says %(user)s.", date=format_date(self.env, self.date),
                user=self.env.user.name))
        return self.activate_id._action_form() if self.activate_id else {"type": "ir.actions.act_window_close"}
