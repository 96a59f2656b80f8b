from odoo import api, fields, models
from odoo.exceptions import UserError


class DunningDisputeMake(models.TransientModel):
    """The dialogue in which a dispute is opened, from a call, an answer, a customer or invoices.

    Every colleague who may read an invoice can open it from there: from sales, from delivery, before it is due.
    """

    _name = "dunning.dispute.make"
    _description = "Open a Dispute"
    _inherit = ["dunning.agreement.make"]

    SOURCE_WITHOUT_CONTACT = SOURCE_OF_OTHERS = "colleague"

    line_ids = fields.One2many("dunning.dispute.make.line", "wizard_id", "Invoices")
    category_id = fields.Many2one("dunning.dispute.category", "Kind")
    responsible_id = fields.Many2one(
        "res.users", "Answered By", domain="[('share', '=', False)]",
        help="Empty: the colleague whom the kind of dispute names.")
    received_on = fields.Date("Invoice Received On")
    protested_on = fields.Date("Contested On")
    source = fields.Selection(
        [("call", "Call"), ("mail", "Answer by mail"), ("colleague", "Colleague"),
         ("delivery", "Return or short delivery")], "Came By", required=True, default="colleague")
    note = fields.Text(string="What Is Contested")

    @api.model
    def _action_open(self, debtor=None, moves=None, communication=None):
        """Action that opens the dialogue with the open items of a debtor, or of some invoices of one debtor.

        From invoices everybody may open it who reads them; the items of a debtor are for users of reminders.

        :raises UserError: the invoices are of several customers, or nothing is open
        """
        if moves:
            moves.check_access("read")
            debtor = self._debtor_of_moves(
                moves, self.env._("A dispute is with one customer: choose invoices of one."))
        else:
            debtor.check_access("write")
        # sudo: colleagues who read an invoice may lack access to its entries; what is listed is of these invoices, or
        # of a debtor that the user may write
        rows = [row for row in self.sudo().env["dunning.run"]._decide_each(
            debtor.company_id, debtor.company_id._dunning_today(), partner_ids=debtor.partner_id.ids)
            if not moves or row.move in moves.ids]
        if not rows:
            raise UserError(self.env._("Nothing is open: there is nothing to contest."))
        wizard = self.create({
            **self._prepare_said_vals(debtor, communication), "protested_on": debtor.company_id._dunning_today()})
        self.env["dunning.dispute.make.line"].sudo().create([{  # as above
            "wizard_id": wizard.id, "item_id": row.item, "amount_open": row.open - row.disputed,
            "amount": row.open - row.disputed if moves else 0, "due_date": row.due} for row in rows])
        return wizard._open(self.env._("Open a Dispute"))

    def action_make(self):
        """Open the disputes, and pause the amounts in doubt.

        :raises UserError: see :meth:`dunning.dispute._make`
        """
        self.ensure_one()
        if not self.category_id:
            raise UserError(self.env._("Choose the kind of dispute."))
        self._check_said_in()
        vals = {name: self[name] for name in ("note", "received_on", "protested_on") if self[name]}
        if self.responsible_id:
            vals["responsible_id"] = self.responsible_id.id
        self.env["dunning.dispute"]._make(
            # sudo: the items were listed or checked when the dialogue was filled
            self.debtor_id, {line.item_id: line.amount for line in self.sudo().line_ids}, self.category_id,
            self.source, **self._agreement_vals(), **vals)
        self._mark_answer_seen()
        return {"type": "ir.actions.act_window_close"}


class DunningDisputeMakeLine(models.TransientModel):
    _name = "dunning.dispute.make.line"
    _description = "Invoice to Contest"
    _inherit = ["dunning.caller.check"]
    _order = "due_date, id"

    wizard_id = fields.Many2one("dunning.dispute.make", required=True, ondelete="cascade")
    item_id = fields.Many2one("account.move.line", "Open Item", required=True, readonly=True, ondelete="cascade")
    document = fields.Char(related="item_id.move_id.name", string="Invoice")
    currency_id = fields.Many2one(related="item_id.currency_id")
    due_date = fields.Date(readonly=True)
    amount_open = fields.Monetary("Open", readonly=True)
    amount = fields.Monetary("In Doubt")

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check: the dialogue lists the items
        return set()

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check
        return {"amount"}
