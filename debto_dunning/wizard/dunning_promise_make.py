from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class DunningPromiseMake(models.TransientModel):
    """The dialogue in which a promise to pay is written down, from a call, an answer, a customer or invoices."""

    _name = "dunning.promise.make"
    _description = "Write Down a Promise to Pay"
    _inherit = ["dunning.agreement.make"]

    line_ids = fields.One2many("dunning.promise.make.line", "wizard_id", "Invoices")
    currency_id = fields.Many2one("res.currency", compute="_compute_amount", store=True)
    amount = fields.Monetary("Promised", compute="_compute_amount", store=True, readonly=False)
    date = fields.Date("By", required=True, help="The last day for the payment.")
    source = fields.Selection(
        [("call", "Call"), ("mail", "Answer by mail"), ("hand", "By hand")], "Came By", required=True, default="call")
    earlier = fields.Text(compute="_compute_notices", help="Promises that this one replaces.")
    warning = fields.Text(compute="_compute_notices", help="Why it needs a manager.")

    @api.depends("line_ids.is_chosen")
    def _compute_amount(self):
        for wizard in self:
            chosen = wizard.line_ids.filtered("is_chosen")
            wizard.currency_id = chosen[:1].currency_id or wizard.debtor_id.currency_id
            wizard.amount = sum(chosen.mapped("amount")) if len(chosen.currency_id) == 1 else 0

    @api.depends("line_ids.is_chosen", "date")
    def _compute_notices(self):
        promises = self.env["dunning.promise"]
        for wizard in self:
            items = wizard.line_ids.filtered("is_chosen").item_id
            earlier = promises._open_on(items)
            wizard.earlier = "\n".join(
                self.env._("%(promise)s, said on %(day)s (%(invoices)s)", promise=promise._words(),
                           day=format_date(self.env, promise.made_on),
                           invoices=", ".join(promise.line_ids.mapped("document")))
                for promise in earlier)
            wizard.warning = wizard.debtor_id and "\n".join(
                promises._needs_manager(wizard.debtor_id, items, wizard.date))

    @api.model
    def _action_open(self, debtor=None, moves=None, communication=None):
        """Action that opens the dialogue with the open items of a debtor, or of some invoices of one debtor.

        What is overdue is ticked; of a debtor that owes in several currencies, only that of the oldest item.

        :raises UserError: the invoices are of several customers, or nothing is open
        """
        if moves:
            debtor = self._debtor_of_moves(
                moves, self.env._("A promise is of one customer: choose invoices of one."))
        debtor.check_access("write")
        today = debtor.company_id._dunning_today()
        rows = [row for row in self.env["dunning.run"]._decide_each(
            debtor.company_id, today, partner_ids=debtor.partner_id.ids) if row.open > row.covered]
        if not rows:
            raise UserError(self.env._("Nothing is open of %s: there is nothing to promise.", debtor.display_name))
        chosen = {row.item for row in rows if row.due < today and row.currency == rows[0].currency}
        if moves:
            chosen = {row.item for row in rows if row.move in moves.ids}
        wizard = self.create({
            **self._prepare_said_vals(debtor, communication), "date": today,
            "line_ids": [fields.Command.create({
                "item_id": row.item, "amount": row.open - row.covered, "due_date": row.due,
                "is_chosen": row.item in chosen}) for row in rows],
        })
        return wizard._open(self.env._("Promise to Pay"))

    def action_make(self):
        """Write down the promise and pause its invoices; a call that is not in the log yet is logged.

        :raises UserError: a manager is needed, or the promise cannot be made, see :meth:`dunning.promise._make`
        """
        self.ensure_one()
        self.debtor_id.check_access("write")
        self._check_said_in()
        items = self.line_ids.filtered("is_chosen").item_id
        why = self.env["dunning.promise"]._needs_manager(self.debtor_id, items, self.date)
        if why and not self.env.user.has_group("debto_dunning.group_dunning_manager"):
            raise UserError("\n".join(why))
        promise = self.env["dunning.promise"]._make(
            self.debtor_id, items, self.amount, self.date, self.source, note=self.note, **self._agreement_vals())
        self._mark_answer_seen()
        if not self.communication_id:
            self._log_contact(promise)
        return {"type": "ir.actions.act_window_close"}

    def _log_contact(self, promise):
        """Log the contact in which it was promised."""
        # sudo: the link to the contact is the program's to write
        promise.communication_id = self.env["dunning.communication"].create({
            "debtor_id": self.debtor_id.id, "partner_id": (self.contact_id or self.partner_id).id,
            "channel": {"call": "call", "mail": "email"}.get(self.source, "note"), "direction": "in",
            "subject": promise.with_env(self.env)._words(),
            "body": self.env["dunning.communication"]._paragraphs(self.note),
        })


class DunningPromiseMakeLine(models.TransientModel):
    _name = "dunning.promise.make.line"
    _description = "Invoice to Promise"
    _inherit = ["dunning.caller.check"]
    _order = "due_date, id"

    wizard_id = fields.Many2one("dunning.promise.make", required=True, ondelete="cascade")
    item_id = fields.Many2one("account.move.line", "Open Item", required=True, readonly=True, ondelete="cascade")
    move_id = fields.Many2one(related="item_id.move_id", string="Invoice")
    currency_id = fields.Many2one(related="item_id.currency_id")
    due_date = fields.Date(readonly=True)
    amount = fields.Monetary("Open", readonly=True)
    is_chosen = fields.Boolean("Promised")
