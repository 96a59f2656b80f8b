from odoo import fields, models


class ResCompany(models.Model):
    """How much a message holds; what goes beyond it stands in the attached list and on the page of the message."""

    _inherit = "res.company"

    dunning_row_limit = fields.Integer(
        "Invoices Shown in a Message", default=50,
        help="A mail or letter shows so many invoices. Where there are more, it says how many and what they come to, "
             "and a list of all of them goes along as PDF and spreadsheet.",
        groups="base.group_user")
    dunning_qr_limit = fields.Integer(
        "Payment Codes a Reminder", default=5,
        help="Up to so many invoices each have a QR payment code of their own in a reminder; beyond that only the "
             "total has one.",
        groups="base.group_user")
    dunning_attach_limit = fields.Integer(
        "Invoices Attached at Most", default=10,
        help="Steps that attach invoices attach so many of them at most. The message says where the others are.",
        groups="base.group_user")
    dunning_attach_megabytes = fields.Integer(
        "Megabytes of Invoices Attached at Most", default=8,
        help="No more invoices are attached once their files are larger than this together.",
        groups="base.group_user")

    _dunning_limits_positive = models.Constraint(
        "CHECK (dunning_row_limit >= 1 AND dunning_qr_limit >= 0 AND dunning_attach_limit >= 0 "
        "AND dunning_attach_megabytes >= 0)",
        "A message shows at least one invoice, and the other limits of messages cannot be negative.")
