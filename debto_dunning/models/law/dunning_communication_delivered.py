from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class DunningCommunication(models.Model):
    """The day of proved delivery of a message, from which the waiting time of some laws counts."""

    _inherit = "dunning.communication"

    delivered_on = fields.Date(
        "Delivery Proved On", copy=False,
        help="The day on which the message reached the customer, where you can prove it: by a registered letter, or "
             "because the customer says so. The waiting time counts from it where the law takes the arrival.")

    @api.constrains("delivered_on")
    def _check_delivered_on(self):
        for communication in self.filtered("delivered_on"):
            sent, today = communication.notice_date, communication.company_id._dunning_today()
            if not sent or not sent <= communication.delivered_on <= today:
                raise ValidationError(self.env._(
                    "“%(subject)s” cannot have been delivered on %(date)s: enter a day between the sending and today.",
                    subject=communication.subject, date=format_date(self.env, communication.delivered_on)))

    def write(self, vals):
        res = super().write(vals)
        if "delivered_on" in vals:
            self._count_from_delivery()
        return res

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: who looks after the customer knows the proof
        allowed = super()._fields_for_write()
        if self.is_reminder and self.state == "sent" and self.notice_date:
            return {*allowed, "delivered_on"}
        return allowed

    def _count_from_delivery(self):
        """Count the waiting times of these messages anew, and take back what was asked too early."""
        # what the day means is the system's to write; that the user may enter it was checked
        for communication in self.sudo():
            steps = communication._steps()
            steps._start_waiting_time(communication.notice_date)
            self.env["dunning.charge"].sudo()._update_from_log(steps.filtered("law_id").move_line_id)
            communication._message_log(body=self.env._(
                "Delivered on %(date)s, says %(user)s.", user=self.env.user.name,
                date=format_date(self.env, communication.delivered_on)) if communication.delivered_on else self.env._(
                    "The day of delivery is not proved, says %s.", self.env.user.name))
