from odoo import fields, models

from ..communication.dunning_communication_line import AMOUNT


class DunningAgreementItem(models.AbstractModel):
    """An open item that an agreement names, as it stood on the day of the agreement.

    The fields that link it with the invoice are those of ``dunning.communication.line``: an invoice that is reset to
    draft and posted again takes them over in the same way, see ``account.move._dunning_successors``.
    """

    _name = "dunning.agreement.item"
    _description = "Invoice in an Agreement"
    _inherit = ["dunning.program.record"]
    _rec_name = "document"

    move_line_id = fields.Many2one(
        "account.move.line", "Open Item", readonly=True, ondelete="set null", index="btree_not_null")
    move_id = fields.Many2one("account.move", "Invoice", readonly=True, ondelete="set null", index="btree_not_null")
    former_move_line_id = fields.Many2one(
        "account.move.line", "Former Item", readonly=True, ondelete="set null", index="btree_not_null",
        help="The item that it was about, where the invoice moved to another customer since.")
    rank = fields.Integer("Instalment", readonly=True)
    date = fields.Date(readonly=True, help="The day of the agreement.")
    document = fields.Char(readonly=True)
    document_date = fields.Date(readonly=True)
    due_date = fields.Date(readonly=True)
    amount_open = fields.Float(
        "Open", digits=AMOUNT, readonly=True, help="What was open on that day, without what money covered.")
    amount_paid = fields.Float(
        "Paid before", digits=AMOUNT, readonly=True, help="Payments that were there already on that day.")
    amount_credited = fields.Float(
        "Credited before", digits=AMOUNT, readonly=True, help="Credit notes that were there already on that day.")
