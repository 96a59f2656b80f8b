from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..policy.dunning_level import TONES

STATES = [
    ("draft", "To approve"), ("queued", "Queued"), ("sent", "Sent"), ("failed", "Failed"),
    ("cancelled", "Cancelled"), ("received", "Received"),
]


class DunningCommunication(models.Model):
    """One contact with a debtor, out or in, on any channel; together they are the communication log."""

    _name = "dunning.communication"
    _description = "Communication with a Debtor"
    _inherit = ["portal.mixin", "mail.thread", "dunning.caller.check"]
    _order = "date DESC, id DESC"
    _rec_name = "subject"
    _mailing_enabled = False

    debtor_id = fields.Many2one("dunning.debtor", required=True, ondelete="restrict", index=True)
    # not related: what the night gives is taken as it is, by the ten thousand
    company_id = fields.Many2one(
        "res.company", compute="_compute_debtor", store=True, index=True, precompute=True, readonly=False)
    customer_id = fields.Many2one(
        "res.partner", compute="_compute_debtor", store=True, index=True, precompute=True, readonly=False)
    partner_id = fields.Many2one(
        "res.partner", "Contact", ondelete="restrict", index=True, help="Whom it went to or who spoke.")
    currency_id = fields.Many2one("res.currency")
    user_id = fields.Many2one("res.users", "By", help="Empty: by itself.")
    channel = fields.Selection("_selection_channel", required=True, default="call")
    direction = fields.Selection([("out", "Outgoing"), ("in", "Incoming")], required=True, default="out")
    state = fields.Selection(STATES, required=True, default="sent")
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    subject = fields.Char(required=True)
    body = fields.Html("Text", sanitize_attributes=False, sanitize_style=True)
    is_reminder = fields.Boolean(readonly=True, help="Made by the system, and asks for money.")

    risk_score = fields.Integer(related="debtor_id.risk_score")
    expected_date = fields.Date(
        "Expected Payment", compute="_compute_expected_date",
        help="Of the open invoices in it, the last: as likely before as after this day.")

    # the reminder
    run_id = fields.Many2one("dunning.run", readonly=True, index="btree_not_null", ondelete="set null")
    is_manual = fields.Boolean("Sent by a Person", readonly=True)
    level_id = fields.Many2one(
        "dunning.level", "Step", readonly=True, ondelete="restrict", help="The highest of its invoices.")
    level_number = fields.Integer("Level", readonly=True)
    tone = fields.Selection(TONES, readonly=True)
    line_ids = fields.One2many("dunning.communication.line", "communication_id", string="Invoices", readonly=True)
    amount_charges = fields.Monetary("Costs and Interest", readonly=True)
    amount_total = fields.Monetary("Asked", readonly=True, help="With costs and interest.")
    notice_law_id = fields.Many2one(
        "dunning.law", "Notice By", readonly=True, ondelete="restrict",
        help="A notice that this law wants on its own: no other step stands in it.")
    opening = fields.Text("Added Words", help="Stand above the words of the steps.")
    email = fields.Char(
        "Address", readonly=True,
        help="The e-mail addresses that it went to, without those from which it came back.")
    notice_date = fields.Date(
        "Notice", readonly=True, help="The day on which the mail server accepted it or the posting was confirmed.")
    failure_reason = fields.Text(readonly=True)
    needs_attention = fields.Boolean(
        readonly=True, index=True, help="Somebody has to look: it failed, or the customer answered.")
    previous_id = fields.Many2one(
        "dunning.communication", "After Failure Of", readonly=True, index="btree_not_null", ondelete="set null")
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null", ondelete="set null")
    retry_count = fields.Integer("Tries", readonly=True)
    letter_batch_id = fields.Many2one(
        "dunning.letter.batch", readonly=True, index="btree_not_null", ondelete="set null")
    letter_attachment_id = fields.Many2one("ir.attachment", "Letter", readonly=True, ondelete="set null")
    outcome = fields.Text("Left Out", readonly=True, help="What was dropped before sending, and why.")

    # typed in by mistake
    struck_on = fields.Datetime("Struck Out On", readonly=True, copy=False)
    struck_by_id = fields.Many2one("res.users", "Struck Out By", readonly=True, copy=False)
    can_strike = fields.Boolean(compute="_compute_can_strike")

    _queue_idx = models.Index("(id) WHERE state = 'queued'")
    _live_idx = models.Index("(debtor_id) WHERE state IN ('draft', 'queued')")

    # ------------------------------------------------------------------
    # Selections, compute and constraints
    # ------------------------------------------------------------------

    @api.model
    def _selection_channel(self):
        """The channels of steps, and those over which people speak without one."""
        return [
            *self.env["dunning.level"]._fields["channel"]._description_selection(self.env),
            ("meeting", self.env._("Meeting")),
            ("portal", self.env._("Portal message")),
            ("note", self.env._("Note")),
        ]

    @api.constrains("channel")
    def _check_channel(self):
        # Odoo does not check the values of a selection that a method gives
        unknown = set(self.mapped("channel")) - set(self._fields["channel"].get_values(self.env))
        if unknown:
            raise ValidationError(self.env._("Unknown channel: %s", ", ".join(sorted(unknown))))

    @api.depends("debtor_id.company_id", "debtor_id.partner_id")
    def _compute_debtor(self):
        for communication in self:
            communication.company_id = communication.debtor_id.company_id
            communication.customer_id = communication.debtor_id.partner_id

    def _compute_access_url(self):
        res = super()._compute_access_url()
        for communication in self:
            communication.access_url = f"/my/reminders/{communication.id}"
        return res

    @api.depends("line_ids.move_line_id.dunning_expected_date")
    def _compute_expected_date(self):
        # who works off the list may not read the ledger; the day tells no more than the message does
        items = self.sudo().line_ids.move_line_id
        items.mapped("dunning_expected_date")
        for communication in self:
            dates = [day for day in communication.sudo().line_ids.move_line_id.mapped("dunning_expected_date") if day]
            communication.expected_date = max(dates, default=False)

    @api.depends("kind", "user_id", "struck_on")
    @api.depends_context("uid")
    def _compute_can_strike(self):
        is_manager = self.env.user.has_group("debto_dunning.group_dunning_manager")
        for communication in self:
            communication.can_strike = (
                communication.kind == "contact" and not communication.struck_on
                and (is_manager or communication.user_id == self.env.user))

    # ------------------------------------------------------------------
    # CRUD and access
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if partner_id := self.env.context.get("default_customer_id"):
            values["debtor_id"] = self._debtor_of_customer(partner_id).id
        return values

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            return self._create_by_person(vals_list)
        for vals in vals_list:
            if vals.get("direction") == "in":
                vals.setdefault("state", "received")
        return super(DunningCommunication, self.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True)).create(vals_list)

    def _create_by_person(self, vals_list):
        """Log contacts that a person types in: under the person's own name, and nothing but contacts.

        :raises AccessError: values are given that the system alone writes, or of records that the person may not see
        """
        self.check_access("create")
        typed_in = []
        for vals in vals_list:
            # the customer and the company are those of the debtor, whatever a form says
            vals = {name: value for name, value in vals.items() if name not in ("customer_id", "company_id")}
            self._check_fields_of_caller(vals, self._fields_for_create())
            if not vals.get("debtor_id") and (partner_id := self.env.context.get("default_customer_id")):
                vals["debtor_id"] = self._debtor_of_customer(partner_id).id
            typed_in.append({**vals, "user_id": self.env.uid, "kind": "contact"})
        # sudo: name of the person, token and state of the entry are the system's, which a person may not write
        made = self._without_system_defaults().sudo().create(typed_in).sudo(False)
        made.check_access("create")
        made._check_named()
        return made

    def _debtor_of_customer(self, partner_id):
        """The debtor of a partner at the current company, made where there is none.

        :raises AccessError: the user may not see the partner
        """
        self.check_access("create")
        partner = self.env["res.partner"].browse(partner_id)
        partner.check_access("read")
        return self.env["dunning.debtor"]._for_partners(partner, self.env.company)

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check: what a person knows of a contact; reminders are made by the steps alone
        return {"debtor_id", "partner_id", "channel", "direction", "date", "subject", "body"}

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: one's own contact, and the words added to a draft
        if self.kind == "contact" and self.user_id == self.env.user and not self.struck_on:
            return self._fields_for_create() - {"debtor_id"}
        return {"opening"} if self.state == "draft" else set()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_system(self):
        # nobody deletes what was said to a customer, nor a person what somebody once wrote down of it
        for communication in self:
            if not self.env.su or communication.kind != "contact" and communication.state != "cancelled":
                raise UserError(self.env._(
                    "“%s” stays in the log. What was typed in by mistake can be struck out.", communication.subject))

    # ------------------------------------------------------------------
    # Actions of a person
    # ------------------------------------------------------------------

    def action_approve(self):
        """Bring the drafts up to date with the ledger and queue them."""
        self._check_clerk()
        # sudo: state and amounts of a reminder are written by the system alone; the right was checked
        drafts = self.sudo().filtered(lambda communication: communication.state == "draft")
        drafts._revalidate()
        drafts.filtered(lambda communication: communication.state == "draft").write({
            "state": "queued", "user_id": self.env.uid})
        self.env.ref("debto_dunning.ir_cron_deliver")._trigger()

    def action_refuse(self):
        """Cancel the drafts; their invoices are left alone for some days (company setting)."""
        self._check_clerk()
        # sudo: as in action_approve
        for communication in self.sudo().filtered(lambda draft: draft.state == "draft"):
            company = communication.company_id
            until = fields.Date.add(company._dunning_today(), days=company.dunning_refused_days)
            moves = communication.line_ids.filtered("level_id").move_id
            communication._cancel(self.env._("Draft refused by %s.", self.env.user.name))
            communication.env["dunning.hold"].create([{
                "move_id": move.id, "kind": "refused", "date_until": until,
                "note": communication.subject,
            } for move in moves])

    def action_withdraw(self):
        """Take back what has not left yet: queued messages, and letters whose posting nobody has confirmed."""
        for communication in self:
            if not communication._can_be_withdrawn():
                raise UserError(self.env._("“%s” has left already and cannot be withdrawn.", communication.subject))
        self._check_clerk()
        # sudo: as in action_approve
        for communication in self.sudo():
            communication._cancel(self.env._("Withdrawn by %s.", self.env.user.name))

    def _can_be_withdrawn(self):
        """Whether the message has not left the house yet."""
        self.ensure_one()
        return self.kind != "contact" and self.state == "queued" or self.awaits_posting

    def action_seen_and_hold(self):
        """Somebody has looked at the answer, and leaves the customer alone for a while."""
        self.action_seen()
        return self.debtor_id.action_hold()

    def action_seen(self):
        """Somebody has looked: an answer no longer pauses the reminders, a failure no longer holds the step."""
        self._check_clerk()
        # sudo: as in action_approve
        self.sudo().write({"needs_attention": False})
        for communication in self:
            communication._message_log(body=self.env._("Looked at by %s.", self.env.user.name))

    def _check_clerk(self):
        """:raises AccessError: the user may not work with these, or not with reminders at all"""
        self.check_access("write")

    def action_strike_out(self):
        """Mark contacts that were typed in by mistake; they stay legible, and pause nothing any more.

        :raises UserError: the user is neither the author nor a manager, or it is no contact that was typed in
        """
        self.check_access("read")
        for communication in self:
            if not communication.can_strike:
                raise UserError(self.env._(
                    "“%s” can be struck out only by who typed it in, or by a manager.", communication.subject))
        # sudo: an author may not edit the log otherwise; the rule above decides
        self.sudo().write({
            "struck_on": fields.Datetime.now(), "struck_by_id": self.env.uid, "needs_attention": False})
        for communication in self.sudo():
            communication._message_log(body=self.env._("Struck out by %s.", self.env.user.name))

    def action_confirm_posting(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Confirm the Day of Posting"),
            "res_model": "dunning.confirm.posting",
            "view_mode": "form",
            "target": "new",
            "context": {"default_communication_ids": self.ids},
        }

    def action_open_mail(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.mail",
            "res_id": self.mail_id.id,
            "view_mode": "form",
        }

    def action_log_contact(self):
        """Type in a contact, whoever may read the log."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log a Contact"),
            "res_model": "dunning.communication",
            "view_mode": "form",
            "views": [(self.env.ref("debto_dunning.dunning_communication_view_form_log").id, "form")],
            "target": "new",
            "context": {
                "default_debtor_id": self.env.context.get("default_debtor_id"),
                "default_channel": "call", "default_direction": "out"},
        }

    def _action_open(self):
        """Show these communications."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("What Was Sent"),
            "res_model": "dunning.communication",
        }
        if len(self) == 1:
            return {**action, "view_mode": "form", "res_id": self.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", self.ids)]}

    def action_open_debtor(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dunning.debtor",
            "res_id": self.debtor_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------
    # States
    # ------------------------------------------------------------------

    def _mark_notified(self, date):
        """Record the day on which the mail server accepted it, or on which it was posted."""
        self.write({"notice_date": date})
        self.line_ids.filtered("level_id").write({"notice_date": date})
        self.line_ids._start_waiting_time(date)

    def _cancel(self, note):
        """Take the communications back before they went out; their steps become void.

        :param note: plain words for the log
        """
        self.write({"state": "cancelled"})
        for communications in self.grouped("kind").values():
            communications._call_for_kind("on_cancelled")
        self._remove_from_call()
        for communication in self:
            communication._message_log(body=note)

    def _fail(self, reason):
        """Record that the communication did not reach the debtor; its steps become void.

        :param reason: plain words for the log and the worklist
        """
        self.write({"state": "failed", "failure_reason": reason, "needs_attention": True})
        self.line_ids._make_void()
        for communication in self:
            communication._message_log(body=self.env._("Not delivered: %s", reason))

    def _log_dropped(self, rows):
        """Note on the communications what was left out of them.

        :param rows: pairs of communication and text
        """
        texts = {}
        for communication, text in rows:
            texts.setdefault(communication, []).append(text)
        for communication, dropped in texts.items():
            communication.outcome = "\n".join(filter(None, [communication.outcome, *dropped]))

    def _steps(self):
        """The lines with a step that is not void; not those listed for information, nor charges left open."""
        return self.line_ids.filtered(lambda line: line.level_id and not line.void)

    def _worklist_domain(self):
        """Domain of what waits for a person: failures, answers, drafts, letters whose posting is not confirmed."""
        return (Domain("needs_attention", "=", True) | Domain("state", "=", "draft")
                | Domain("awaits_posting", "=", True))

    def _paragraphs(self, text):
        """Plain text as HTML: empty lines make paragraphs, and markup in it is escaped."""
        return Markup().join(
            Markup("<p>%s</p>") % Markup("<br/>").join(paragraph.split("\n"))
            for paragraph in (text or "").replace("\r\n", "\n").split("\n\n") if paragraph.strip())
