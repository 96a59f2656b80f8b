from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_amount, format_date

from .dunning_agreement import OPEN

#: Outcomes that take something off the invoice.
UPHELD = ("upheld", "part")


class DunningDispute(models.Model):
    """What a customer contests of one invoice: the amount in doubt is not asked until a colleague has answered.

    A dispute over a whole item pauses it; over a part, the rest is asked. When it is upheld, a credit note is started,
    and what it concedes stays paused until the credit note is posted.
    """

    _name = "dunning.dispute"
    _description = "Dispute about an Invoice"
    _inherit = ["dunning.agreement"]
    _order = "date_opened DESC, id DESC"

    move_id = fields.Many2one(
        "account.move", "Invoice", readonly=True, ondelete="set null", index="btree_not_null")
    document = fields.Char(readonly=True, help="The number of the invoice.")
    line_ids = fields.One2many("dunning.dispute.line", "dispute_id", "Instalments", readonly=True)
    amount = fields.Monetary("In Doubt", required=True, readonly=True)
    category_id = fields.Many2one(
        "dunning.dispute.category", "Kind", required=True, ondelete="restrict", index=True)
    cause_id = fields.Many2one("dunning.dispute.cause", ondelete="restrict", index="btree_not_null")
    source = fields.Selection(
        [("call", "Call"), ("mail", "Answer by mail"), ("page", "Customer's page"), ("colleague", "Colleague"),
         ("delivery", "Return or short delivery")], "Came By", required=True, readonly=True, default="colleague")
    state = fields.Selection(
        [("open", "Open"), ("upheld", "Upheld"), ("part", "Upheld in part"), ("rejected", "Rejected"),
         ("withdrawn", "Withdrawn")], required=True, readonly=True, default=OPEN, index=True, group_expand=True)
    date_opened = fields.Date("Opened On", required=True, readonly=True, index=True)
    responsible_id = fields.Many2one(
        "res.users", "Answered By", required=True, domain="[('share', '=', False)]", index=True)
    date_answer = fields.Date("Answer By", required=True)
    is_escalated = fields.Boolean("Went to the Manager", readonly=True)
    days_to_solve = fields.Integer(readonly=True, aggregator="avg", help="From its opening to its outcome.")

    received_on = fields.Date("Invoice Received On", help="The day on which the customer received the invoice.")
    protested_on = fields.Date("Contested On", help="The day on which the customer contested the invoice.")
    is_protest_late = fields.Boolean(
        "Contested Late", compute="_compute_is_protest_late", store=True,
        help="A Belgian business contested later than your conditions allow. Whether it still may is for a person to "
             "decide.")

    answer = fields.Text(help="What the customer is told.")
    amount_upheld = fields.Monetary("Conceded", readonly=True)
    credit_note_ids = fields.One2many(
        "account.move", "dunning_dispute_id", "Credit Notes", readonly=True, groups="account.group_account_invoice")
    waits_for_credit = fields.Boolean(
        readonly=True, help="What was conceded stays paused until its credit note is posted.")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A dispute is about an amount above zero.")
    _open_idx = models.Index("(company_id, date_answer) WHERE state = 'open'")

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("document", "category_id", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for dispute in self:
            dispute.display_name = self.env._(
                "%(invoice)s of %(customer)s: %(kind)s", invoice=dispute.document,
                customer=dispute.partner_id.display_name, kind=dispute.category_id.name)

    @api.depends("received_on", "protested_on", "debtor_id.kind", "partner_id.country_id")
    def _compute_is_protest_late(self):
        # Belgium, Civil Code art. 8.11 § 4: an invoice that a business does not contest within a reasonable time
        # counts as accepted. What is reasonable follows from the conditions of sale, and a judge decides.
        for dispute in self:
            days = dispute.company_id.dunning_protest_days
            dispute.is_protest_late = bool(
                days and dispute.received_on and dispute.protested_on and dispute.debtor_id.kind == "business"
                and dispute.partner_id.country_id.code == "BE"
                and dispute.protested_on > dispute.received_on + timedelta(days=days))

    @api.constrains("responsible_id")
    def _check_responsible_id(self):
        for dispute in self.sudo():  # whether a colleague works in the company, whatever the user may see
            user = dispute.responsible_id
            if user.share or dispute.company_id not in user.company_ids.root_id:
                raise ValidationError(self.env._(
                    "%(user)s is no colleague of %(company)s.", user=user.name, company=dispute.company_id.name))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        responsible = {dispute: dispute.responsible_id for dispute in self} if "responsible_id" in vals else {}
        res = super().write(vals)
        if moved := self.filtered(lambda dispute: dispute.responsible_id != responsible.get(
                dispute, dispute.responsible_id)):
            moved._plan_answer()
        if "date_answer" in vals:
            self._write_holds()
        return res

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: who answers writes the answer, users of reminders the rest
        own = {"cause_id", "answer"}
        if not self.env.user.has_group("debto_dunning.group_dunning_user"):
            return own
        return own | {"note", "category_id", "responsible_id", "date_answer", "received_on", "protested_on"}

    def _check_may_answer(self):
        """:raises AccessError: the user neither works with reminders nor answers these disputes"""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group("debto_dunning.group_dunning_user") and any(
                dispute.responsible_id != self.env.user for dispute in self):
            raise AccessError(self.env._(
                "Only the colleague who answers a dispute, or a user of reminders, can do this."))

    # ------------------------------------------------------------------
    # Making
    # ------------------------------------------------------------------

    @api.model
    def _make(self, debtor, amounts, category, source, **vals):
        """Open disputes of a customer, one for each invoice, and pause the amounts in doubt.

        Callers check whether the user or the customer may name these records.

        :param amounts: {open ``account.move.line`` of the debtor: amount in doubt, in its currency}
        :param category: ``dunning.dispute.category``
        :param source: a value of :attr:`source`
        :param vals: values of other fields, as ``communication_id``, ``contact_id``, ``note``, ``user_id``,
            ``responsible_id``, ``date_answer``, ``received_on``, ``protested_on``
        :return: the disputes
        :raises UserError: an item is not open or of another customer, or an amount is beyond what is open
        """
        # sudo: disputes are written by the program alone; the callers have checked who asks
        self = self.sudo()  # noqa: PLW0642
        today = debtor.company_id._dunning_today()
        amounts = {item.sudo(): amount for item, amount in amounts.items() if amount}
        items = self.env["account.move.line"].union(*amounts)
        self._check_disputed(debtor, amounts)
        vals_list = []
        for move, own in items.grouped("move_id").items():
            responsible = vals.get("responsible_id") or category._responsible(debtor, move).id
            vals_list.append({
                "debtor_id": debtor.id, "currency_id": own.currency_id.id, "move_id": move.id, "source": source,
                "document": move.name, "category_id": category.id, "date_opened": today,
                "date_answer": today + timedelta(days=category.answer_days), "protested_on": today,
                "amount": sum(amounts[item] for item in own),
                "line_ids": [Command.create({
                    "move_line_id": item.id, "move_id": move.id, "rank": item._dunning_rank(), "date": today,
                    "document": move.name, "document_date": move.invoice_date, "due_date": item._dunning_due_date(),
                    "amount_open": item.amount_residual_currency, "amount": amounts[item],
                }) for item in own],
                **vals, "responsible_id": responsible,
            })
        disputes = self.create(vals_list)
        disputes._write_holds()
        disputes._plan_answer()
        for dispute in disputes:
            dispute.debtor_id._message_log(body=dispute._words())
        return disputes

    def _check_disputed(self, debtor, amounts):
        """:raises UserError: see :meth:`_make`"""
        if not amounts:
            raise UserError(self.env._("Enter the amount in doubt of at least one invoice."))
        for item, amount in amounts.items():
            if item.company_id.root_id != debtor.company_id or (
                    item.partner_id.commercial_partner_id != debtor.partner_id):
                raise UserError(self.env._("These invoices are not all of %s.", debtor.display_name))
            if not item._dunning_is_open() or not item.move_id.is_sale_document(include_receipts=True):
                raise UserError(self.env._("Nothing is open of %s.", item.move_id.display_name))
            if item.currency_id.compare_amounts(amount, 0) <= 0 or (
                    item.currency_id.compare_amounts(amount, item.amount_residual_currency) > 0):
                raise UserError(self.env._(
                    "%(amount)s of %(invoice)s cannot be in doubt: %(left)s is open.", invoice=item.move_id.name,
                    amount=item.currency_id.format(amount),
                    left=item.currency_id.format(item.amount_residual_currency)))

    def _plan_answer(self):
        """Give the dispute to the colleague who answers it, and take it from who did before."""
        # sudo: whoever opens a dispute may lack access to a colleague's activities
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        for dispute in self.sudo().filtered(lambda one: one.state == OPEN):
            responsible = dispute.responsible_id
            translated = dispute.with_context(lang=responsible.lang or self.env.lang)
            dispute.activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=dispute.date_answer, user_id=responsible.id,
                summary=translated.env._("Answer the dispute: %s", translated.display_name))

    # ------------------------------------------------------------------
    # Pauses and words
    # ------------------------------------------------------------------

    def _hold_vals_by_item(self):
        if self.state == OPEN:
            left = self.amount
        elif self.state in UPHELD and self.waits_for_credit:
            left = self.amount_upheld
        else:
            return {}
        found = {}
        for line in self.line_ids.filtered("move_line_id"):
            item, part = line.move_line_id, min(line.amount, left)
            left -= part
            if part > 0:
                is_whole = item.currency_id.compare_amounts(part, item.amount_residual_currency) >= 0
                found[item] = {
                    "kind": "dispute", "amount": 0 if is_whole else part, "date_shown": self.date_answer}
        return found

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _words(self):
        # EXTENDS dunning.agreement
        return self.env._("%(amount)s of %(invoice)s in dispute (%(kind)s)", amount=self._money(self.amount),
                          invoice=self.document, kind=self.category_id.name)

    def _reason_words(self):
        """Why the invoice gets no reminder, for «why no reminder?»."""
        if self.state != OPEN:
            return self.env._("the dispute was upheld, and its credit note is not posted yet")
        return self.env._("in dispute (%(kind)s), to be answered by %(date)s", kind=self.category_id.name,
                          date=format_date(self.env, self.date_answer))

    def _drop_without_items(self):
        """Withdraw open disputes of which no item is left."""
        for dispute in self.filtered(lambda one: one.state == OPEN and not one.line_ids.move_line_id):
            dispute._close("withdrawn")
            dispute._message_log(body=self.env._("Withdrawn: the invoice is not this customer's any more."))

    # ------------------------------------------------------------------
    # The night
    # ------------------------------------------------------------------

    @api.model
    def _escalate(self, company, date):
        """Give the disputes of a company that nobody answered in time to the manager."""
        # sudo: the night acts for the company
        overdue = self.sudo().search([
            ("company_id", "=", company.id), ("state", "=", OPEN), ("date_answer", "<", date),
            ("is_escalated", "=", False)])
        if not overdue:
            return
        overdue.is_escalated = True
        kind = self.env["mail.activity.type"]._dunning_type("mail.mail_activity_data_warning", self._name)
        model = self.env["ir.model"]._get_id(self._name)
        managers = {user: company._dunning_activity_user(user) for user in
                    {dispute.category_id.manager_id for dispute in overdue}}
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create([{
            "res_model_id": model, "res_id": dispute.id, "automated": True, "activity_type_id": kind.id,
            "date_deadline": date, "user_id": managers[dispute.category_id.manager_id].id,
            "summary": self.env._("Nobody has answered this dispute by %s", format_date(
                self.env, dispute.date_answer)),
        } for dispute in overdue])

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def _action_decide(self, outcome):
        self.ensure_one()
        self._check_may_answer()
        if self.state != OPEN:
            raise UserError(self.env._("“%s” has its outcome already.", self.display_name))
        wizard = self.env["dunning.dispute.decide"].create({
            "dispute_id": self.id, "outcome": outcome, "amount_upheld": self.amount, "cause_id": self.cause_id.id,
            "answer": self.answer})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Outcome of the Dispute"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_uphold(self):
        """Open the dialogue in which the customer is given right, in whole or in part."""
        return self._action_decide("upheld")

    def action_reject(self):
        """Open the dialogue in which the dispute is rejected, with words to the customer."""
        return self._action_decide("rejected")

    def action_withdraw(self):
        """End disputes that the customer gave up; reminders go on where they stood."""
        self._check_may_answer()
        if any(dispute.state != OPEN for dispute in self):
            raise UserError(self.env._("Only a dispute that is still open can be withdrawn."))
        self._close("withdrawn")
        for dispute in self.sudo():  # a colleague who answers may lack the right to write the log
            dispute._message_log(body=self.env._("Withdrawn by %s.", self.env.user.name))

    def action_credited(self):
        """No credit note is needed any more: what was conceded is not paused any longer."""
        self.check_access("write")
        if not self.env.user.has_group("debto_dunning.group_dunning_user"):
            raise AccessError(self.env._("Only users of reminders can do this."))
        self.sudo()._credited()  # the right was checked
