from odoo import api, fields, models


class DunningInvoiceRequirement(models.Model):
    """What a customer needs on its invoices to pay them: an order number, a reference, a cost centre."""

    _name = "dunning.invoice.requirement"
    _description = "Requirement for Invoices"
    _inherit = ["dunning.caller.check"]
    _order = "id DESC"
    _rec_name = "value"

    debtor_id = fields.Many2one("dunning.debtor", "Customer", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="debtor_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="debtor_id.partner_id", store=True, index=True, string="Commercial Partner")
    kind = fields.Selection([
        ("order_number", "Order number"), ("reference", "Reference"), ("cost_centre", "Cost centre or department"),
        ("project", "Project number"), ("other", "Something else")], required=True, default="order_number")
    value = fields.Char(required=True)
    is_for_all = fields.Boolean("On Every Invoice", help="The customer needs it on each invoice, not on one only.")
    move_id = fields.Many2one("account.move", "Invoice", ondelete="set null", index="btree_not_null")
    communication_id = fields.Many2one(
        "dunning.communication", "Said In", readonly=True, ondelete="set null", index="btree_not_null")
    active = fields.Boolean(default=True)

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check
        return {"debtor_id", "kind", "value", "is_for_all", "move_id", "active"}

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: it stays with its customer
        return self._fields_for_create() - {"debtor_id"}

    @api.model
    def _for_customer(self, debtor):
        """The requirements that hold for every invoice of a debtor; sales reads them."""
        return self.search([("debtor_id", "=", debtor.id), ("is_for_all", "=", True)])
