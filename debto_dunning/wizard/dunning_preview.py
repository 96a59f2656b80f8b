import contextlib
from collections import defaultdict

from odoo import api, fields, models


class _PreviewRollback(Exception):
    """Raised to roll back a savepoint."""


class DunningPreview(models.TransientModel):
    """The preview of a night, by the same statement as the night. Nothing but the preview itself is written."""

    _name = "dunning.preview"
    _description = "Preview of Tonight"
    _inherit = ["dunning.caller.check"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]")
    date = fields.Date("Night Of", required=True, default=lambda self: self._default_date())
    activate_id = fields.Many2one(
        "dunning.activate", "Answers", ondelete="cascade", help="The answers that the preview is of.")
    is_active = fields.Boolean(related="company_id.dunning_active")
    company_warning = fields.Text(related="company_id.dunning_warning")
    line_ids = fields.One2many("dunning.preview.line", "wizard_id", string="Would Go Out", readonly=True)
    left_ids = fields.One2many("dunning.preview.left", "wizard_id", string="Would Be Left", readonly=True)

    @api.depends("date")
    def _compute_display_name(self):
        self.display_name = self.env._("What Tonight Would Do")

    def _default_date(self):
        """The date of the next night: today, or tomorrow where today's run is done."""
        company = self.env.company.root_id
        today = company._dunning_today()
        has_run = self.env["dunning.run"].search_count(
            [("company_id", "=", company.id), ("date", "=", today), ("phase", "=", "done")], limit=1)
        return fields.Date.add(today, days=1) if has_run else today

    @api.model
    def action_open(self):
        wizard = self.create({})
        wizard._fill()
        return wizard._action_form()

    def action_activate(self):
        """Switch on the reminders with the answers of this preview."""
        return self.activate_id.action_activate()

    def action_refresh(self):
        self.line_ids.unlink()
        self.left_ids.unlink()
        self._fill()

    def _action_form(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Tonight Would Do"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def _preview_left_charges(self, messages):
        """The costs and interest left open that the night would ask for. They are settled first, and then rolled back.

        :param messages: {MessageKey: decisions} of the reminders of the night
        :return: ``(named, pursued)``: {MessageKey: amount that the reminder names}, and a list of values of preview
            lines for messages about charges alone
        """
        # does the same as dunning.run._phase_refresh, dunning.communication._write_messages and dunning.charge._pursue
        # sudo: users cannot write charges. All changes are rolled back.
        charges = self.env["dunning.charge"].sudo()
        named, pursued = {}, []
        with contextlib.suppress(_PreviewRollback), self.env.cr.savepoint():
            charges._settle(self.company_id, self.date)
            left_open = charges._left_open(self.company_id, {key.debtor for key in messages if key.debtor > 0})
            named_charges = charges.browse()
            for key, _due in sorted(messages.items(), key=lambda pair: (
                    pair[0].debtor, -max(row.number for row in pair[1]))):
                if not key.notice:
                    some = left_open.pop((key.debtor, key.currency), charges)
                    named[key] = sum(some.mapped("amount_due"))
                    named_charges |= some
            for key, some in charges._messages_to_pursue(self.company_id, self.date).items():
                if not some & named_charges:
                    pursued.append({
                        "customer_id": some.debtor_id.partner_id.id, "currency_id": key.currency,
                        "contact_id": key.recipient, "channel": key.channel, "kind": "charges",
                        "charges": sum(some.mapped("amount_due")),
                        "count": len(some), "item_ids": some.move_line_id.ids})
            raise _PreviewRollback
        self.env.invalidate_all()
        return named, pursued

    def _fill(self):
        """Create the lines of the preview from the decisions of its night."""
        self.ensure_one()
        calculator = self.env["dunning.charge.calculator"]
        left, due_rows = defaultdict(list), []
        for row in self.env["dunning.run"]._decide_each(self.company_id, self.date):
            if row.reason is None:
                due_rows.append(row)
            elif row.due < self.date or row.reason != "too_early":
                left[row.reason].append(row)
        claims = calculator._claims_of_steps(
            self.company_id, self.date, [(row.item, row.level) for row in due_rows])
        messages = self.env["dunning.communication"]._sort_into_messages(
            due_rows, claims, {row.partner: row.debtor or -row.partner for row in due_rows})
        charges = calculator._charges_of_messages(self.company_id, self.date, messages, claims)
        named, pursued = self._preview_left_charges(messages)
        communications = self.env["dunning.communication"].sudo()
        thanked = communications._messages_of_thanks(
            self.company_id, self.date, self.env["dunning.run"].sudo()._start_before(self.company_id, self.date))
        agreed = self.env["dunning.agreement.term"]._notes(
            self.env["dunning.debtor"].browse({key.debtor for key in messages if key.debtor > 0}), self.date)
        agreed = {debtor.id: words for debtor, words in agreed.items()}
        reasons = self.env["dunning.run"]._reasons()
        # sudo: lines are made by the dialogue alone; they belong to the user, who asked for the own company
        self.env["dunning.preview.line"].sudo().create([{
            "wizard_id": self.id,
            "customer_id": due[0].partner,
            "contact_id": key.recipient,
            "channel": key.channel,
            "needs_approval": key.approval,
            "level_id": max(due, key=lambda row: row.number).level,
            "currency_id": key.currency,
            "amount": sum(row.asked for row in due),
            "charges": sum(float(charges[row.item].left()) for row in due if row.item in charges)
            + named.get(key, 0),
            "charge_note": "\n".join(dict.fromkeys(
                charges[row.item].note for row in due if row.item in charges and charges[row.item].note)),
            "agreement_note": agreed.get(key.debtor),
            "count": len(due),
            "oldest_due_date": min(row.due for row in due),
            "item_ids": [row.item for row in due],
        } for key, due in messages.items()] + [{"wizard_id": self.id, **vals} for vals in pursued] + [{
            "wizard_id": self.id,
            "kind": "thanks",
            "customer_id": paid[0].partner,
            "contact_id": key.recipient,
            "channel": key.channel,
            "currency_id": key.currency,
            "count": len({one.move for one in paid}),
            "item_ids": [one.item for one in paid],
        } for key, paid in thanked.items()])
        self.env["dunning.preview.left"].sudo().create([{
            "wizard_id": self.id,
            "reason": reasons[reason].words,
            "count": len(items),
            "item_ids": [row.item for row in items],
        } for reason, items in sorted(left.items(), key=lambda pair: reasons[pair[0]].rank)])


class DunningPreviewLine(models.TransientModel):
    _name = "dunning.preview.line"
    _description = "Message of the Preview"
    _inherit = ["dunning.program.record"]
    _order = "amount DESC, id"

    wizard_id = fields.Many2one("dunning.preview", required=True, ondelete="cascade", index=True)
    customer_id = fields.Many2one("res.partner", ondelete="cascade")
    contact_id = fields.Many2one("res.partner", "Goes To", ondelete="cascade")
    kind = fields.Selection(lambda self: self.env["dunning.communication"]._fields["kind"]._description_selection(
        self.env), "Message", default="reminder")
    channel = fields.Selection(lambda self: self.env["dunning.level"]._fields["channel"]._description_selection(
        self.env))
    needs_approval = fields.Boolean("Draft")
    level_id = fields.Many2one("dunning.level", "Highest Step", ondelete="cascade")
    currency_id = fields.Many2one("res.currency")
    amount = fields.Monetary()
    charges = fields.Monetary("Costs and Interest")
    charge_note = fields.Text("Why No Costs")
    agreement_note = fields.Text("As Agreed", help="What was agreed with this customer and differs from others.")
    count = fields.Integer("Invoices")
    oldest_due_date = fields.Date()
    item_ids = fields.Json()

    def action_open_items(self):
        return _action_open_items(self, self.customer_id.display_name)


class DunningPreviewLeft(models.TransientModel):
    _name = "dunning.preview.left"
    _description = "Reason of the Preview"
    _inherit = ["dunning.program.record"]
    _order = "id"

    wizard_id = fields.Many2one("dunning.preview", required=True, ondelete="cascade", index=True)
    reason = fields.Char()
    count = fields.Integer("Items")
    item_ids = fields.Json()

    def action_open_items(self):
        return _action_open_items(self, self.reason)


def _action_open_items(record, name):
    """Action that opens the items of a row of the preview."""
    record.ensure_one()
    return {
        "type": "ir.actions.act_window",
        "name": name,
        "res_model": "account.move.line",
        "view_mode": "list,form",
        "views": [(record.env.ref("debto_dunning.account_move_line_view_list").id, "list"), (False, "form")],
        "search_view_id": [record.env.ref("debto_dunning.account_move_line_view_search").id],
        "domain": [("id", "in", record.item_ids)],
        "context": {"create": False},
    }
