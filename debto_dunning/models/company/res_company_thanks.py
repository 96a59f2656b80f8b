from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_thanks = fields.Selection(
        [("none", "Nobody is thanked"), ("reminded", "Who paid after a reminder"),
         ("first", "Who paid after a reminder, and who paid for the first time")],
        "Thanks for Payments", required=True, default="none", groups="base.group_user",
        help="A short mail on the night after the payment was booked. Whoever still has something overdue gets none.")
