from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.decision import Decision


class DunningSend(models.TransientModel):
    """The dialogue to send a reminder now. A person chooses items, channel and words; other items stay due."""

    _name = "dunning.send"
    _description = "Send a Reminder Now"
    _inherit = ["dunning.caller.check"]

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    channel = fields.Selection(
        "_selection_channel", help="Empty: each customer's own, as the step says.")
    opening = fields.Text("Your Own Words", help="Stand above the words of the step.")
    line_ids = fields.One2many("dunning.send.line", "wizard_id", string="Invoices")
    agreement_note = fields.Text(
        "As Agreed", compute="_compute_agreement_note",
        help="What was agreed with the customer and differs from others.")
    asks_delivered = fields.Boolean(
        compute="_compute_asks_delivered", help="Of some items nothing tells what was delivered.")

    @api.depends("line_ids.asks_delivered")
    def _compute_asks_delivered(self):
        for wizard in self:
            wizard.asks_delivered = any(wizard.line_ids.mapped("asks_delivered"))

    @api.depends("line_ids.partner_id")
    def _compute_agreement_note(self):
        for wizard in self:
            partners = wizard.line_ids.partner_id.commercial_partner_id
            debtors = self.env["dunning.debtor"].search([
                ("partner_id", "in", partners.ids), ("company_id", "=", wizard.company_id.id)])
            notes = self.env["dunning.agreement.term"]._notes(debtors, wizard.company_id._dunning_today())
            wizard.agreement_note = "\n".join(
                f"{debtor.display_name}: {note}" if len(partners) > 1 else note for debtor, note in notes.items())

    def _selection_channel(self):
        return self.env["dunning.level"]._fields["channel"]._description_selection(self.env)

    @api.model
    def _action_open(self, debtor=None, moves=None):
        """Action that opens the dialogue with the open items of a debtor or of some invoices.

        :raises UserError: the bank is behind, or nothing is open
        """
        company = (debtor or moves).company_id.root_id[:1]
        today = company._dunning_today()
        if company._dunning_is_bank_behind(today):
            raise UserError(self.env._(
                "The bank of %(company)s is not booked up to date: a reminder might ask for what is paid. %(banks)s",
                company=company.name, banks=" ".join(company._dunning_bank_warnings(today))))
        narrow = {"partner_ids": debtor.partner_id.ids} if debtor else {
            "item_ids": [item.id for move in moves if move.company_id.root_id == company
                         for item in move._dunning_open_items()]}
        rows = list(self.env["dunning.run"]._decide_each(company, today, by_hand=True, **narrow))
        if not rows:
            raise UserError(self.env._("Nothing is open: there is nothing to remind."))
        words = self.env["dunning.run"]._get_reason_words({row.item: row.reason for row in rows if row.reason})
        undescribed = self._undescribed_items(company, today, rows)
        wizard = self.create({
            "company_id": company.id,
            "line_ids": [fields.Command.create({
                "item_id": row.item, "level_id": row.level, "reason": words.get(row.item),
                "amount": row.asked, "due_date": row.due,
                "can_send": self._is_sendable(row, today), "asks_delivered": row.item in undescribed,
                "is_chosen": self._is_sendable(row, today) and self._is_proposed(row),
            }) for row in rows],
        })
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send a Reminder Now"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _undescribed_items(self, company, today, rows):
        """The ids of the items for which the law wants a notice that states what was delivered, and nothing tells it.
        """
        # sudo: users of dunning need not see invoices; only whether something is entered comes back
        claims = self.sudo().env["dunning.charge.calculator"]._claims_of_steps(
            company, today, [(row.item, row.level) for row in rows if row.level])
        return {item for item, claim in claims.items()
                if not claim.is_described and claim.law.notice_describes
                and claim.notices_given < claim.notices_needed and not claim.refusal and not claim.agreement}

    @api.model
    def _is_sendable(self, row, today):
        """Whether a person may send the next step of this :class:`Decision` today."""
        is_in_time = row.due < today if row.number else True
        is_free = row.reason is None or self.env["dunning.run"]._reasons()[row.reason].sendable != "no"
        return bool(row.level and is_free and row.asked > 0 and is_in_time)

    @api.model
    def _is_proposed(self, row):
        """Whether an item that can be sent is ticked when the dialogue opens.

        Items with a recent step or on hold are not ticked, but a person can tick them.
        """
        if row.reason in ("too_early", "law_wait"):
            return row.reached_number < 1
        return row.reason != "insolvent" and (
            row.reason is None or self.env["dunning.run"]._reasons()[row.reason].sendable != "warned")

    def action_send(self):
        """Prepare and deliver a reminder for the chosen items.

        :raises UserError: nothing is chosen, or an item changed since the dialogue opened
        """
        self.ensure_one()
        company, today = self.company_id, self.company_id._dunning_today()
        chosen = self.line_ids.filtered("is_chosen").item_id
        if not chosen and not any(self.line_ids.mapped("can_send")):
            raise UserError(self.env._(
                "None of these can be sent now: %s.", "; ".join(dict.fromkeys(
                    line.reason or self.env._("there is no step left") for line in self.line_ids))))
        if not chosen:
            raise UserError(self.env._("Choose at least one invoice."))
        rows = list(self.env["dunning.run"]._decide_each(company, today, item_ids=chosen.ids, by_hand=True))
        held = [row for row in rows if not self._is_sendable(row, today)]
        if held or len(rows) < len(chosen):
            names = self.env["account.move"].browse({row.move for row in held}).mapped("name")
            raise UserError(self.env._(
                "Changed meanwhile, nothing was sent: %s. Open the dialogue again.",
                ", ".join(names) or self.env._("an invoice was paid")))
        for line in self.line_ids.filtered(lambda line: line.is_chosen and line.asks_delivered and line.delivered):
            # sudo: users of dunning need not see invoices; the item was checked when it was named
            line.item_id.sudo().dunning_delivered = line.delivered
        communications = self._create_communications(rows)
        communications._deliver_batch()
        return communications._action_open()

    def _create_communications(self, rows: list[Decision]):
        """Write the communications of these decisions.

        :return: ``dunning.communication`` recordset
        """
        # sudo: users cannot write reminders in the log. The items were checked when they were named.
        Communication = self.env["dunning.communication"].sudo()
        partners = self.env["res.partner"].browse({row.partner for row in rows})
        debtors = {d.partner_id.id: d for d in self.env["dunning.debtor"]._for_partners(partners, self.company_id)}
        today = self.company_id._dunning_today()
        claims = Communication.env["dunning.charge.calculator"]._claims_of_steps(
            self.company_id, today, [(row.item, row.level) for row in rows])
        # a person sends them, so they need no approval
        messages = Communication._sort_into_messages(
            [row._replace(approval=False) for row in rows], claims,
            {partner: debtor.id for partner, debtor in debtors.items()}, self.channel)
        return Communication._write_messages(self.company_id, today, messages, {}, {
            "is_manual": True, "user_id": self.env.uid, "opening": self.opening}, claims)


class DunningSendLine(models.TransientModel):
    _name = "dunning.send.line"
    _description = "Invoice to Remind Now"
    _inherit = ["dunning.caller.check"]
    _order = "due_date, id"

    wizard_id = fields.Many2one("dunning.send", required=True, ondelete="cascade")
    item_id = fields.Many2one("account.move.line", "Open Item", required=True, readonly=True, ondelete="cascade")
    move_id = fields.Many2one(related="item_id.move_id", string="Invoice")
    partner_id = fields.Many2one(related="item_id.partner_id", string="Customer")
    currency_id = fields.Many2one(related="item_id.currency_id")
    due_date = fields.Date(readonly=True)
    amount = fields.Monetary(readonly=True)
    level_id = fields.Many2one("dunning.level", "Step", readonly=True, ondelete="cascade")
    reason = fields.Char("Tonight", readonly=True)
    can_send = fields.Boolean(readonly=True)
    asks_delivered = fields.Boolean(readonly=True)
    delivered = fields.Char(
        "What Was Delivered", help="The law's first reminder has to state it, and nothing tells it. Left empty, the "
                                   "reminder goes out and lets no costs be asked later.")
    is_chosen = fields.Boolean("Send")
