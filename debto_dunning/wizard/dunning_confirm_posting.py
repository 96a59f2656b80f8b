from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DunningConfirmPosting(models.TransientModel):
    """The day on which letters were posted: from it the law and the next step count."""

    _name = "dunning.confirm.posting"
    _description = "Confirm the Day of Posting"
    _inherit = ["dunning.caller.check"]

    communication_ids = fields.Many2many("dunning.communication", string="Letters")
    posted_on = fields.Date(required=True, default=fields.Date.context_today)

    def action_confirm(self):
        self.ensure_one()
        if self.posted_on > fields.Date.context_today(self):
            raise UserError(self.env._(
                "Letters cannot be confirmed as posted on a day to come: %s.", format_date(self.env, self.posted_on)))
        self.communication_ids.check_access("write")
        # sudo: the day of the notice is written by the system alone; the right was checked
        letters = self.communication_ids.sudo().filtered("awaits_posting")
        if not letters:
            raise UserError(self.env._("None of these is a letter whose posting waits to be confirmed."))
        early = letters.filtered(lambda letter: self.posted_on < fields.Date.context_today(self, letter.date))
        if early:
            raise UserError(self.env._(
                "%(letter)s was made on %(date)s and cannot have been posted before.", letter=early[0].display_name,
                date=format_date(self.env, early[0].date)))
        letters._mark_notified(self.posted_on)
        for letter in letters:
            letter._message_log(body=self.env._(
                "Posted on %(date)s, confirmed by %(user)s.", date=format_date(self.env, self.posted_on),
                user=self.env.user.name))
        letters.letter_batch_id._on_posted(self.posted_on)
        return {"type": "ir.actions.act_window_close"}
