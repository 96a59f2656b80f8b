import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: The costs that a step asks besides the invoice, as far as the law allows them.
COSTS = [
    ("none", "Nothing"),
    ("reminder", "What the reminder costs"),
    ("collection", "Collection costs"),
]
TONES = [("friendly", "Friendly"), ("neutral", "Neutral"), ("firm", "Firm"), ("final", "Last notice")]
#: A placeholder: a name between braces, replaced when a message is written.
PLACEHOLDER = re.compile(r"\{(\w*)\}")


class DunningLevel(models.Model):
    """One step of a policy.

    ``number`` has one meaning in every policy: 0 note before the due date, 1 first reminder, 2 second …
    8 last notice, 9 handover to collection.
    """

    _name = "dunning.level"
    _description = "Dunning Step"
    _inherit = ["dunning.shared.record"]
    _order = "policy_id, number, id"

    policy_id = fields.Many2one("dunning.policy", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="policy_id.company_id", store=True)
    number = fields.Integer(
        required=True, default=1,
        help="0: note before the due date, 1: first reminder, 2: second … 8: last notice, 9: handover to collection. "
             "Gaps are allowed; the same number means the same in every policy.",
    )
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    days = fields.Integer(
        "Days after Due Date", default=5,
        help="A negative number is a note so many days before the due date (step 0 only).",
    )
    min_gap_days = fields.Integer(
        "Least Days since Previous Step", default=7,
        help="The step waits at least so many days after the step before it, however old the invoice is.",
    )
    # other addons add theirs with ``selection_add``; see models/channel/dunning_communication_channel.py
    channel = fields.Selection(
        [("email", "E-mail"), ("letter", "Letter"), ("call", "Call")], required=True, default="email")
    tone = fields.Selection(TONES, required=True, default="friendly")
    subject = fields.Char(translate=True, required=True)
    body = fields.Text(
        "Text", translate=True, required=True,
        help="The words above the invoices of this step. Empty lines make paragraphs.")
    closing = fields.Text(translate=True, help="The words below the table; those of the highest step count.")
    call_script = fields.Text(translate=True, help="What to say and ask on the telephone.")
    placeholder_help = fields.Html(
        compute="_compute_placeholder_help", sanitize=False, help="What the texts can hold between braces.")
    minimum_amount = fields.Float(
        digits="Account",
        help="In the company's currency. For a note: the open amount of the invoice. For every other step: the "
             "customer's total at that step; below it the invoices wait.",
    )
    attach_letter = fields.Boolean(help="Add the letter as a PDF to the e-mail.")
    attach_invoices = fields.Boolean(help="Add the PDF of each invoice to the e-mail or the letter.")
    needs_approval = fields.Boolean(help="The night makes drafts, which a person approves.")
    call_activity = fields.Boolean(
        "Plan a Call as Well", help="Besides the message, plan a call for the person in charge of the customer.")

    costs = fields.Selection(
        COSTS, "Asks Costs", required=True, default="none",
        help="As far as the law of the customer lets your company: the cost of a reminder by itself, or what the law "
             "and your sales conditions give for collecting the claim.")
    asks_interest = fields.Boolean(help="From the day and at the rate that the law of the customer gives.")
    gives_notice = fields.Boolean(
        "Gives the Law's Notice",
        help="Where the law wants a free notice before costs or interest, as the first reminder in Belgium or the "
             "14-day letter in the Netherlands, this step is it and says what the law demands. A step that asks costs "
             "or interest where no notice was given yet becomes the notice itself, and asks nothing.")
    waits_for_law = fields.Boolean(
        "Waits for the End of the Notice",
        help="The step waits until the waiting time is over that the law gives the customer after its notice. Else "
             "it goes out on its day, without costs and interest.")

    _number_uniq = models.UniqueIndex(
        "(policy_id, number) WHERE active", "A policy has each step number only once.")
    _number_range = models.Constraint("CHECK (number BETWEEN 0 AND 9)", "The number of a step lies between 0 and 9.")
    _gap_positive = models.Constraint("CHECK (min_gap_days >= 0)", "The days between two steps cannot be negative.")

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("number", "name", "policy_id.name")
    @api.depends_context("dunning_level_policy")
    def _compute_display_name(self):
        for level in self:
            name = f"{level.number}. {level.name or ''}"
            if self.env.context.get("dunning_level_policy"):
                name = f"{level.policy_id.name}: {name}"
            level.display_name = name

    @api.depends_context("lang")
    def _compute_placeholder_help(self):
        self.placeholder_help = Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
            Markup("<li><code>{%s}</code> %s</li>") % (name, words) for name, words in self._placeholders().items())

    @api.constrains("number", "days")
    def _check_days(self):
        for level in self:
            if (level.number == 0) != (level.days < 0):
                raise ValidationError(self.env._(
                    "Step “%s”: a note before the due date has number 0 and a negative number of days; "
                    "every other step has a number from 1 on and comes after the due date.", level.name))

    @api.constrains("number", "costs", "asks_interest", "gives_notice", "waits_for_law")
    def _check_charges(self):
        for level in self:
            if level.number == 0 and (
                    level._wants_charges() or level.gives_notice or level.waits_for_law):
                raise ValidationError(self.env._(
                    "Step “%s”: a note before the due date asks no costs or interest and gives no notice.",
                    level.name))

    @api.constrains("subject", "body", "closing", "call_script")
    def _check_placeholders(self):
        known = self._placeholders()
        for level in self:
            for text in (level.subject, level.body, level.closing, level.call_script):
                unknown = set(PLACEHOLDER.findall(text or "")) - set(known)
                if unknown:
                    raise ValidationError(self.env._(
                        "Step “%(step)s”: %(unknown)s is not known. What can stand between braces: %(known)s.",
                        step=level.name,
                        unknown=", ".join(f"{{{name}}}" for name in sorted(unknown)),
                        known=", ".join(known)))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # a step archived in the same save frees its number, which the unique index checks
        self.flush_model(["active", "number"])
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: users cannot read the log of other companies, where the step may have been used. Only the step is read.
        used = self.env["dunning.communication.line"].sudo()._read_group([("level_id", "in", self.ids)], ["level_id"])
        for (level,) in used:
            raise UserError(self.env._(
                "Step “%(step)s” of policy “%(policy)s” was used in reminders and stays in the log. "
                "Archive it instead of deleting it.", step=level.name, policy=level.policy_id.name))

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _wants_charges(self):
        """Whether the step asks costs or interest, as far as the law allows them."""
        self.ensure_one()
        return self.costs != "none" or self.asks_interest

    @api.model
    def _placeholders(self):
        """The placeholders of the texts of a step: {name: words that explain it}.

        An addon that adds a name here gives its value in ``dunning.communication._text_values``.
        """
        return {
            "customer": self.env._("the name of the customer"),
            "contact": self.env._("the name of the person or address that gets the message"),
            "company": self.env._("the name of your company"),
            "invoices": self.env._("the numbers of the invoices"),
            "total": self.env._("the amount asked, with costs and interest"),
            "count": self.env._("the number of invoices"),
            "oldest_due_date": self.env._("the due date of the oldest invoice"),
            "days_overdue": self.env._("the days since that date"),
            "today": self.env._("the date of the message"),
            "collector": self.env._("the name of the person in charge of the customer"),
            "phone": self.env._("that person's telephone number, else your company's"),
            "email": self.env._("that person's e-mail address, else your company's"),
        }
