from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

#: A hold cannot end later than this number of years from today; for longer, leave the end empty.
LONGEST_YEARS = 50


class HoldKind(NamedTuple):
    """What a kind of pause means, and what a person may do with it. The defaults are those of a hold by a person."""

    #: Code of its reason in ``dunning.run._reasons``; None: ``debtor_hold`` or ``item_hold``, by what is paused.
    reason: str | None = None
    #: Whether users may make such a pause. Otherwise the program alone does.
    made_by_hand: bool = True
    #: Whether users may change and end it here; its beginning and end are then logged on the debtor or the invoice.
    #: Otherwise it ends where it began.
    ended_by_hand: bool = True


class DunningHold(models.Model):
    """One pause of a debtor, an invoice or an instalment, which a person or the customer asked for.

    All such pauses are rows of this table, and the deciding statement reads it once. Facts of the ledger (paid,
    blocked, never sent, covered) are read from the ledger.
    """

    _name = "dunning.hold"
    _description = "Pause of Reminders"
    _inherit = ["dunning.caller.check"]
    _order = "date_from desc, id desc"

    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True, precompute=True,
        help="The root company.")
    partner_id = fields.Many2one(
        "res.partner", "Customer", compute="_compute_partner_id", store=True, index=True, precompute=True)
    debtor_id = fields.Many2one("dunning.debtor", "Whole Customer", ondelete="cascade", index="btree_not_null")
    move_id = fields.Many2one("account.move", "Invoice", ondelete="cascade", index="btree_not_null")
    move_line_id = fields.Many2one("account.move.line", "Instalment", ondelete="cascade", index="btree_not_null")
    kind = fields.Selection([
        ("person", "Held by a person"), ("postponed", "Next step moved"), ("refused", "Draft refused"),
        ("reply", "Unread answer"), ("insolvent", "Insolvent"),
    ], required=True, default="person")
    currency_id = fields.Many2one(related="move_line_id.currency_id")
    amount = fields.Monetary(
        "Part", help="Only this part of the instalment is paused, the rest is asked. 0: all of it.")
    supplied_before = fields.Date(
        help="Only invoices of what was supplied before this day are paused. Empty: all of them.")
    date_from = fields.Date("Since", required=True, default=lambda self: self.env.company._dunning_today())
    date_until = fields.Date("Until", help="The last day of the pause. Empty: until somebody ends it.")
    date_shown = fields.Date(
        "Expected Until", help="For a pause that no day ends: the day that is told when somebody asks why no reminder "
                               "goes out.")
    note = fields.Text("Reason")
    origin = fields.Reference("_selection_origin", readonly=True, index="btree_not_null", help="What it stems from.")
    user_id = fields.Many2one("res.users", "By", default=lambda self: self.env.uid, readonly=True)
    active = fields.Boolean(default=True)
    can_lift = fields.Boolean(compute="_compute_can_lift", help="Whether a user may end this pause here.")
    can_change = fields.Boolean(compute="_compute_can_lift", help="Whether a user may change its end and reason.")
    ended_on = fields.Date(readonly=True)

    _one_target = models.Constraint(
        "CHECK (num_nonnulls(debtor_id, move_id, move_line_id) = 1)",
        "A pause is of exactly one customer, invoice or instalment.")
    _amount_of_item = models.Constraint(
        "CHECK (COALESCE(amount, 0) >= 0 AND (COALESCE(amount, 0) = 0 OR move_line_id IS NOT NULL))",
        "Only of an instalment a part can be paused.")
    _postponed_ends = models.Constraint(
        "CHECK (kind <> 'postponed' OR date_until IS NOT NULL)", "A moved step needs the day before which it waits.")
    _current_idx = models.Index("(company_id, kind) WHERE active")

    def _selection_origin(self):
        """The models that can cause a hold: list of (name, words). Other addons add theirs."""
        return [(model, self.env[model]._description) for model in ("dunning.communication", "dunning.credit.report")]

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("debtor_id.company_id", "move_id.company_id", "move_line_id.company_id")
    def _compute_company_id(self):
        for hold in self:
            hold.company_id = (hold.debtor_id or hold.move_id or hold.move_line_id).company_id.root_id

    @api.depends("debtor_id.partner_id", "move_id.commercial_partner_id", "move_line_id.partner_id")
    def _compute_partner_id(self):
        for hold in self:
            hold.partner_id = (
                hold.debtor_id.partner_id or hold.move_id.commercial_partner_id
                or hold.move_line_id.partner_id.commercial_partner_id)

    @api.depends("debtor_id", "move_id", "move_line_id", "date_until", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for hold in self:
            target = hold._target().display_name or hold.partner_id.display_name
            hold.display_name = (
                self.env._("%(target)s: %(kind)s until %(date)s", target=target, kind=kinds.get(hold.kind),
                           date=format_date(self.env, hold.date_until))
                if hold.date_until else self.env._("%(target)s: %(kind)s", target=target, kind=kinds.get(hold.kind)))

    @api.depends("kind", "active", "date_until")
    def _compute_can_lift(self):
        for hold in self:
            hold.can_change = hold.active and hold._hold_kind().ended_by_hand
            hold.can_lift = hold.can_change and (
                not hold.date_until or hold.date_until >= hold.company_id._dunning_today())

    @api.constrains("date_until")
    def _check_date_until(self):
        for hold in self:
            latest = fields.Date.add(fields.Date.today(), years=LONGEST_YEARS)
            if hold.date_until and hold.date_until > latest:
                raise ValidationError(self.env._(
                    "%(target)s cannot be paused until %(date)s. For a pause without an end leave the day empty.",
                    target=hold._target().display_name, date=format_date(self.env, hold.date_until)))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        holds = super().create(vals_list)
        holds._log_beginning()
        return holds

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check
        return {"debtor_id", "move_id", "move_line_id", "kind", "amount", "supplied_before", "date_until", "note"}

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check: users change only the holds that users make
        return {"date_until", "note"} if self._hold_kind().ended_by_hand else set()

    def _check_named(self, names=None):
        # EXTENDS dunning.caller.check: users make no holds of the kinds that answers and reports cause
        res = super()._check_named(names)
        if not self.env.su and not all(hold._hold_kind().made_by_hand for hold in self):
            raise AccessError(self.env._("Such a pause is made by the program alone."))
        return res

    # ------------------------------------------------------------------
    # What a kind means
    # ------------------------------------------------------------------

    @api.model
    def _hold_kinds(self):
        """The kinds of pause: {value of :attr:`kind`: :class:`HoldKind`}.

        A kind that is missing here is one as a person makes it. Other addons add theirs, and extend
        :meth:`dunning.run._reasons` for a reason of their own.
        """
        return {
            "person": HoldKind(),
            "postponed": HoldKind(reason="too_early"),
            "refused": HoldKind(made_by_hand=False),
            "reply": HoldKind(reason="reply", made_by_hand=False, ended_by_hand=False),
            "insolvent": HoldKind(reason="insolvent", made_by_hand=False, ended_by_hand=False),
        }

    def _hold_kind(self):
        """The :class:`HoldKind` of this pause."""
        return self._hold_kinds().get(self.kind, HoldKind())

    @api.model
    def _reasons_by_kind(self):
        """{kind: code of its reason} of the kinds that have one of their own."""
        return {kind: declared.reason for kind, declared in self._hold_kinds().items() if declared.reason}

    @api.model
    def _current_sql(self, company, date):
        """Query for the holds of a root company that are in force on ``date``, each with the code of its reason."""
        by_kind = self._reasons_by_kind()
        self.flush_model()
        return SQL("""
            SELECT hold.id, hold.move_id, hold.move_line_id, debtor.partner_id, hold.date_until, hold.date_shown,
                   hold.amount, hold.supplied_before, hold.kind,
                   CASE %(kinds)s ELSE CASE WHEN hold.debtor_id IS NULL THEN 'item_hold' ELSE 'debtor_hold' END END
                       AS reason
              FROM dunning_hold hold
              LEFT JOIN dunning_debtor debtor ON debtor.id = hold.debtor_id
             WHERE hold.active AND hold.company_id = %(company)s
               AND (hold.date_until IS NULL OR hold.date_until >= %(date)s)
        """, company=company.root_id.id, date=date, kinds=SQL(" ").join(
            SQL("WHEN hold.kind = %s THEN %s", kind, code) for kind, code in by_kind.items()))

    @api.model
    def _current_domain(self, date):
        """Domain for the holds that are in force on ``date``."""
        return Domain("active", "=", True) & (
            Domain("date_until", "=", False) | Domain("date_until", ">=", date))

    # ------------------------------------------------------------------
    # Beginning and end
    # ------------------------------------------------------------------

    def _target(self):
        """The record that is paused: a debtor, an invoice or an instalment."""
        return self.debtor_id or self.move_id or self.move_line_id

    def _end(self):
        """End these holds; reminders continue with the next step."""
        # sudo: users cannot write the end of a hold. Callers check which holds the user may end.
        for company, holds in self.sudo().filtered("active").grouped("company_id").items():
            holds.write({"active": False, "ended_on": company._dunning_today()})

    def action_lift(self):
        """End these holds for the user, and log it on the debtor or the invoice.

        :raises UserError: one of them is of a kind that a user cannot end
        """
        self.check_access("write")
        if others := self.filtered(lambda hold: not hold._hold_kind().ended_by_hand):
            raise UserError(self.env._(
                "“%s” ends where it began: read the answer, withdraw the promise or the payment plan, close the "
                "dispute, or release the customer on the tab «Risk».",
                others[0].display_name))
        self._end()
        self._log_note(lambda hold: self.env._("Hold lifted: reminders go on where they stood."))

    def _log_beginning(self):
        self.filtered(lambda hold: hold._hold_kind().ended_by_hand)._log_note(lambda hold: self.env._(
            "Next step not before %s.", format_date(self.env, fields.Date.add(hold.date_until, days=1)),
        ) if hold.kind == "postponed" else self.env._(
            "On hold until %(date)s: %(note)s", note=hold.note or "",
            date=format_date(self.env, hold.date_until) if hold.date_until else self.env._("lifted")))

    def _log_note(self, words):
        """Log a note in the chatter of the record that each hold pauses.

        :param words: function of a hold that returns the text
        """
        # sudo: users who pause an invoice may lack access to invoices. Only a note about the hold is written.
        for hold in self.sudo():
            if hold.debtor_id:
                hold.debtor_id._message_log(body=words(hold))
            else:
                (hold.move_id or hold.move_line_id.move_id)._dunning_log_note(words(hold))
