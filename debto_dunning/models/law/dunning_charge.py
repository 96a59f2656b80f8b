from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools.charges import charges_left
from ..communication.dunning_communication_line import AMOUNT


class DunningCharge(models.Model):
    """Costs and interest of one open item, as messages asked for them.

    While the item is open, the amounts are those of the newest message. When the item is paid, interest ends on the
    day of the last payment; what is left stays here, open, until it is paid or waived.
    """

    _name = "dunning.charge"
    _description = "Costs and Interest of an Invoice"
    _order = "date DESC, id DESC"

    move_id = fields.Many2one("account.move", "Invoice", readonly=True, ondelete="set null", index=True)
    move_line_id = fields.Many2one("account.move.line", "Open Item", readonly=True, ondelete="set null")
    former_move_line_id = fields.Many2one(
        "account.move.line", "Former Item", readonly=True, ondelete="set null", index="btree_not_null",
        help="The item that it was about, where the invoice moved to another customer since.")
    rank = fields.Integer("Instalment", readonly=True)
    debtor_id = fields.Many2one("dunning.debtor", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="debtor_id.company_id", store=True, index=True, precompute=True)
    customer_id = fields.Many2one(
        related="debtor_id.partner_id", string="Customer", store=True, index=True, precompute=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    law_id = fields.Many2one("dunning.law", readonly=True, ondelete="restrict")
    date = fields.Date("As Of", readonly=True, help="The day up to which interest is reckoned.")
    cost_amount = fields.Monetary("Costs", readonly=True)
    reminder_amount = fields.Monetary("Of Them for Reminders", readonly=True)
    cost_base = fields.Float(
        digits=AMOUNT, readonly=True, help="What was still due of the item when the costs were first asked.")
    interest_amount = fields.Monetary("Interest", readonly=True)
    amount = fields.Monetary("In All", compute="_compute_amount", store=True)
    calculation = fields.Json(readonly=True)
    explanation = fields.Html("How It Was Reckoned", compute="_compute_explanation", sanitize=False)

    # what became of it
    is_settled = fields.Boolean("Invoice Paid", readonly=True, help="Nothing of the item itself is left to pay.")
    settled_date = fields.Date("Paid On", readonly=True)
    days_late = fields.Integer(compute="_compute_days_late")
    is_waived = fields.Boolean("Waived", readonly=True)
    waive_reason = fields.Char("Reason", readonly=True)
    amount_received = fields.Monetary(
        "Received Elsewhere", readonly=True,
        help="What came with the payment of the invoice and was booked there, or what a person says has come.")
    pursued_on = fields.Date("Asked for On", readonly=True, help="The day on which what was left open was asked for.")
    charge_move_ids = fields.One2many(
        "account.move", "dunning_charge_id", "Documents", readonly=True, help="The invoices by which it was booked.",
        groups="account.group_account_invoice,account.group_account_readonly")
    amount_booked = fields.Monetary(
        "Booked", compute="_compute_due", store=True, help="By documents, less their credit notes.")
    amount_settled = fields.Monetary(
        "Paid or Credited", compute="_compute_due", store=True,
        help="Of what was asked: nobody is asked for it again.")
    amount_due = fields.Monetary("Still Due", compute="_compute_due", store=True)
    state = fields.Selection(
        [("running", "Invoice still open"), ("open", "Invoice paid, costs open"), ("paid", "Paid"),
         ("waived", "Waived")],
        compute="_compute_due", store=True, index=True)

    _item_once = models.UniqueIndex(
        "(move_line_id) WHERE move_line_id IS NOT NULL", "This item has its costs and interest here already.")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("cost_amount", "interest_amount")
    def _compute_amount(self):
        for charge in self:
            charge.amount = charge.cost_amount + charge.interest_amount

    @api.depends("cost_amount", "interest_amount", "amount", "is_settled", "is_waived", "amount_received",
                 "move_line_id.reconciled", "move_id.payment_state", "charge_move_ids.state",
                 "charge_move_ids.amount_total", "charge_move_ids.amount_residual", "charge_move_ids.payment_state",
                 "charge_move_ids.reversal_move_ids.state", "charge_move_ids.reversal_move_ids.amount_total")
    def _compute_due(self):
        for charge in self:
            documents = charge._documents()
            credited = sum(documents.reversal_move_ids.filtered(
                lambda move: move.state == "posted").mapped("amount_total"))
            open_ones = documents.filtered(lambda move: move.payment_state not in ("paid", "in_payment", "reversed"))
            total = sum(documents.mapped("amount_total"))
            charge.amount_booked = total - credited
            paid = charge.amount_booked - sum(open_ones.mapped("amount_residual"))
            # a credit note over what is owed waives it; one over what was booked beyond that is a correction only
            given_up = max(min(charge.amount, total) - charge.amount_booked, 0)
            charge.amount_settled = charge.amount_received + paid + given_up
            due = 0 if charge.is_waived else charges_left(
                charge.cost_amount, charge.interest_amount, charge.amount_settled)
            charge.amount_due = due
            if charge.is_waived:
                charge.state = "waived"
            elif not charge.is_settled and not charge._is_item_paid():
                charge.state = "running"
            else:
                charge.state = "open" if charge.currency_id.compare_amounts(due, 0) > 0 else "paid"

    def _is_item_paid(self):
        """Whether nothing of the item itself is left to pay, whether or not the night has settled the charge yet."""
        return self.move_line_id.reconciled or (
            self.move_id.payment_state in ("paid", "in_payment", "reversed")
            and self.move_id._dunning_is_of(self.customer_id))

    @api.depends("settled_date")
    def _compute_days_late(self):
        for charge in self:
            # sudo: who works with reminders need not see invoices; the log shows the day too
            item = charge.sudo().move_line_id
            due = item and item._dunning_due_date()
            charge.days_late = max(0, (charge.settled_date - due).days) if charge.settled_date and due else 0

    @api.depends("calculation")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for charge in self:
            charge.explanation = self.env["dunning.communication"]._calculation_html(
                charge.calculation, charge.currency_id)

    @api.depends("move_id")
    def _compute_display_name(self):
        for charge in self:
            # sudo: who works with reminders need not see invoices; the log shows the number too
            charge.display_name = self.env._(
                "Costs and interest of %s", charge.sudo().move_id.name or charge.customer_id.display_name)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        for charge in self:
            if charge.amount:
                raise UserError(self.env._(
                    "%s: what was asked of a customer stays in the log. Waive it instead.", charge.display_name))

    # ------------------------------------------------------------------
    # From the log
    # ------------------------------------------------------------------

    def _documents(self):
        """The posted invoices by which these charges were booked, without their credit notes."""
        return self.charge_move_ids.filtered(lambda move: move.state == "posted" and move.move_type == "out_invoice")

    def _open_documents(self):
        """Those of :meth:`_documents` that are not paid yet."""
        return self._documents().filtered(lambda move: move.amount_residual > 0)

    @api.model
    def _items_with_charges(self, item_ids):
        """The ids of those items for which costs or interest were asked, as a set."""
        if not item_ids:
            return set()
        self.env.cr.execute(SQL(
            "SELECT move_line_id FROM dunning_charge WHERE move_line_id = ANY(%s) AND amount > 0", list(item_ids)))
        return {item_id for (item_id,) in self.env.cr.fetchall()}

    @api.model
    def _take_over(self, items):
        """Make or update the charges of items by what the log says of them: the newest message for which they were
        calculated.

        Void lines do not count, nor do lines that needed notices of the law which are void now. A message that
        asked nothing counts: what was asked before it does not hold any more.

        :param items: ``account.move.line``
        :return: the charges that were made, with full access
        """
        # users only read charges; the amounts come from messages, which were sent or taken back with the right to them
        charges = self.sudo().search([("move_line_id", "in", items.ids)])
        charge_by_item = {charge.move_line_id.id: charge for charge in charges}
        asked = self._newest_asked(items)
        vals_list = []
        for item_id in {*asked, *charge_by_item}:
            row, charge = asked.get(item_id), charge_by_item.get(item_id)
            if charge is None:
                if row["cost_amount"] or row["interest_amount"]:
                    vals_list.append({**row, "move_line_id": item_id})
            elif charge.is_waived:
                continue  # what was asked when it was waived stays legible
            elif row is None:
                charge._clear_asked()
            elif not charge.is_settled or not charge.move_line_id.reconciled:
                charge.write({
                    **{name: row[name] for name in (
                        "cost_amount", "reminder_amount", "interest_amount", "calculation", "date", "law_id")},
                    **({} if charge._documents() else {"currency_id": row["currency_id"]}),
                    "is_settled": False,
                    "cost_base": row["cost_amount"] and (charge.cost_base or row["cost_base"])})
        return self.sudo().create(vals_list)

    def _clear_asked(self):
        """No step stands any more that asked for these charges: nothing is owed."""
        self.write({
            "cost_amount": 0, "reminder_amount": 0, "cost_base": 0, "interest_amount": 0, "calculation": False})

    @api.model
    def _find_or_create(self, items):
        """The charges of items (``account.move.line``); empty ones are made where nothing was asked yet."""
        charges = self.search([("move_line_id", "in", items.ids)])
        vals_list = []
        for item in items - charges.move_line_id:
            vals_list.append({
                "move_line_id": item.id, "move_id": item.move_id.id, "rank": item._dunning_rank(),
                "currency_id": item.currency_id.id,
                "debtor_id": self.env["dunning.debtor"]._for_partners(item.partner_id, item.company_id).id})
        # users only read charges; the row is empty, and who waives signs with name and reason
        return charges | self.sudo().create(vals_list).with_env(self.env)

    def _relink_items(self, move):
        """Link the charges of an invoice that was taken back to draft and posted again with its items.

        See ``account.move._dunning_successors``. Those of a customer from whom the invoice moved away stay with it,
        and have no item any more.

        :param move: the invoice of these charges
        """
        own = self.filtered(lambda charge: move._dunning_is_of(charge.customer_id))
        successors = move._dunning_successors(own)
        (self - own)._leave_item()
        taken = own.move_line_id & move._dunning_instalments()
        for charge in own:
            item = successors[charge]
            if item and (item == charge.move_line_id or item not in taken):
                charge.write({
                    "move_line_id": item.id, "former_move_line_id": False, "rank": item._dunning_rank()})
                taken |= item
            else:
                charge.move_line_id = False
                charge.filtered(lambda one: not one.is_waived)._clear_asked()
        self._take_over(move._dunning_instalments())

    def _leave_item(self):
        """Unlink charges from their item: the invoice moved to another customer, who has nothing to do with them."""
        for charge in self.filtered("move_line_id"):
            charge.write({"former_move_line_id": charge.move_line_id.id, "move_line_id": False})
        self.flush_recordset()

    def _newest_asked(self, items):
        """What the newest message that counts asked for each item besides its principal: {item id: values of the
        charge}; see :meth:`_take_over`.
        """
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT DISTINCT ON (line.move_line_id) line.move_line_id, line.move_id, line.rank,
                   communication.debtor_id, communication.currency_id, line.law_id,
                   GREATEST(line.date, communication.date::date) AS date, line.amount_cost AS cost_amount,
                   line.amount_reminder AS reminder_amount, line.amount_interest AS interest_amount,
                   line.calculation,
                   CASE WHEN line.amount_cost > 0 THEN line.amount_asked ELSE 0 END AS cost_base
              FROM dunning_communication_line line
              JOIN dunning_communication communication ON communication.id = line.communication_id
              LEFT JOIN dunning_law law ON law.id = line.law_id
             WHERE line.move_line_id = ANY(%s) AND line.level_id IS NOT NULL AND line.void IS NOT TRUE
               AND communication.state = 'sent'
               -- calculated, if only to find that no law is known
               AND (line.law_id IS NOT NULL OR line.charge_note IS NOT NULL)
               AND (line.is_notice OR COALESCE(line.needs_notices, 0) <= (
                    SELECT count(*) FROM dunning_communication_line notice
                      JOIN dunning_law given ON given.id = notice.law_id
                     WHERE notice.move_line_id = line.move_line_id AND notice.is_notice AND notice.void IS NOT TRUE
                       AND notice.charge_from <= GREATEST(line.date, communication.date::date)
                       AND %s))
             ORDER BY line.move_line_id, communication.date DESC, line.id DESC
        """, items.ids, self.env["dunning.law"]._same_debtors_sql("given", "law")))
        return {row.pop("move_line_id"): row for row in self.env.cr.dictfetchall()}

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_waive(self):
        """Open the dialogue that asks for the reason and waives."""
        return self.env["dunning.waive"]._action_open(charge_ids=self.ids)

    def action_received(self):
        """Record that all that is due was received, and booked elsewhere."""
        self._check_dunning_user()
        for charge in self.filtered(lambda charge: charge.amount_due > 0):
            charge = charge.sudo()  # users only read charges; the right was checked, the note names the user
            amount = charge.amount_due
            charge.amount_received += amount
            charge.move_id._dunning_log_note(self.env._(
                "Costs and interest of %(amount)s received, says %(user)s.",
                amount=charge.currency_id.format(amount), user=self.env.user.name))

    def action_not_received(self):
        """Take back what was recorded as received, by a person or by the settlement of the night."""
        self._check_dunning_user()
        for charge in self.filtered("amount_received"):
            charge = charge.sudo()  # as above
            charge.amount_received = 0
            charge.move_id._dunning_log_note(self.env._(
                "Costs and interest not received after all, says %s.", self.env.user.name))

    def _check_dunning_user(self):
        """Every employee reads charges; only users of dunning decide what becomes of them.

        :raises AccessError: the user is not one of them
        """
        if not self.env.su and not self.env.user.has_group("debto_dunning.group_dunning_user"):
            raise AccessError(self.env._("Only who works with reminders may do this."))

    def action_open_move(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    def _waive(self, reason):
        """Ask nothing of these charges any more; what is booked and not paid is credited.

        :param reason: plain words for the log
        """
        self._end_with(reason, keeps_paid=True)

    def _withdraw(self, reason):
        """Ask nothing of these charges any more, as nothing is owed: all that is booked is credited, and what was paid
        for it becomes an open credit of the customer.

        :param reason: plain words for the log
        """
        self._end_with(reason, keeps_paid=False)

    def _end_with(self, reason, keeps_paid):
        # users of dunning may lack the right to make credit notes; the log keeps the reason and the name
        for charge in self.sudo().filtered(lambda charge: not charge.is_waived):
            amount = charge.amount_due
            charge.write({"is_waived": True, "waive_reason": reason})
            charge._credit_beyond(charge.amount_settled if keeps_paid else 0, reason)
            charge.move_id._dunning_log_note(self.env._(
                "Costs and interest of %(amount)s waived: %(reason)s", reason=reason,
                amount=charge.currency_id.format(amount)))


class DunningDebtor(models.Model):
    _inherit = "dunning.debtor"

    charge_due = fields.Monetary(
        "Costs and Interest Due", compute="_compute_charge_due", help="Asked besides the invoices, and not paid.")

    def _compute_charge_due(self):
        # of the company's currency; what was asked in others stands in the list
        due = dict(self.env["dunning.charge"]._read_group(
            [("debtor_id", "in", self.ids), ("currency_id", "in", self.currency_id.ids)], ["debtor_id"],
            ["amount_due:sum"]))
        for debtor in self:
            debtor.charge_due = due.get(debtor, 0)

    def action_open_charges(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Costs and Interest of %s", self.display_name),
            "res_model": "dunning.charge",
            "view_mode": "list,form",
            "domain": [("debtor_id", "=", self.id)],
        }
