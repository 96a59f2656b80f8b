import operator as operators
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: Kind of the hold that an insolvent debtor has.
INSOLVENT = "insolvent"

COMPARISONS = {"<": operators.lt, "<=": operators.le, ">": operators.gt, ">=": operators.ge}


class DunningDebtor(models.Model):
    """The holds of a whole debtor, as fields of its form; each is a row of ``dunning.hold``."""

    _inherit = "dunning.debtor"

    hold_ids = fields.One2many(
        "dunning.hold", "debtor_id", "Pauses", domain=[("active", "=", True)], readonly=True,
        groups="debto_dunning.group_dunning_user")
    # has its own compute method: in one with the fields below it would not be recomputed when those are written
    is_on_hold = fields.Boolean(
        "On Hold", compute="_compute_is_on_hold", search="_search_is_on_hold", compute_sudo=True)
    hold_until = fields.Date(
        "On Hold Until", compute="_compute_hold", inverse="_inverse_hold_until", search="_search_hold_until",
        compute_sudo=True, help="The last day without reminders. Empty: until somebody ends it.")
    hold_reason = fields.Char(compute="_compute_hold", inverse="_inverse_hold_reason", compute_sudo=True)
    postponed_until = fields.Date(
        "Next Step not before", compute="_compute_hold", inverse="_inverse_postponed_until",
        search="_search_postponed_until", compute_sudo=True,
        help="Moves the customer's next step, whatever the policy says.")
    is_insolvent = fields.Boolean(
        compute="_compute_is_insolvent", inverse="_inverse_is_insolvent", store=True, compute_sudo=True)

    # ------------------------------------------------------------------
    # Compute and inverse
    # ------------------------------------------------------------------

    @api.depends("hold_ids.active", "hold_ids.kind", "hold_ids.date_until", "hold_ids.note")
    def _compute_hold(self):
        for debtor in self:
            holds, own = debtor._current_holds(), debtor._shown_hold()
            moved = holds.filtered(lambda hold: hold.kind == "postponed").sorted("date_until")[-1:]
            debtor.hold_until = own.date_until
            debtor.hold_reason = own.note
            debtor.postponed_until = moved.date_until and moved.date_until + timedelta(days=1)

    @api.depends("hold_ids.active", "hold_ids.kind", "hold_ids.date_until")
    def _compute_is_on_hold(self):
        for debtor in self:
            debtor.is_on_hold = any(hold.kind == "person" for hold in debtor._current_holds())

    @api.depends("hold_ids.active", "hold_ids.kind")
    def _compute_is_insolvent(self):
        for debtor in self:
            debtor.is_insolvent = any(
                hold.kind == INSOLVENT and hold.active for hold in debtor.with_context(active_test=False).hold_ids)

    def _current_holds(self):
        """The holds of the whole debtor that are in force today."""
        self.ensure_one()
        today = self.company_id._dunning_today()
        return self.hold_ids.filtered(
            lambda hold: hold.active and (not hold.date_until or hold.date_until >= today))

    def _shown_hold(self):
        """The hold by a person whose end and reason the form shows: the one that lasts longest."""
        return self._current_holds().filtered(lambda hold: hold.kind == "person").sorted(
            lambda hold: (not hold.date_until, hold.date_until or hold.date_from))[-1:]

    def _inverse_hold_until(self):
        for debtor in self:
            until, reason = debtor.hold_until, debtor.hold_reason
            debtor._end_holds("person")
            if until:
                debtor._create_holds(until, reason)

    def _inverse_hold_reason(self):
        for debtor in self:
            hold, reason = debtor._shown_hold(), debtor.hold_reason
            if reason and not hold:
                raise UserError(self.env._(
                    "%s is not on hold: a reason needs a day until which the hold lasts.", debtor.display_name))
            if (hold.note or False) != (reason or False):
                hold.note = reason

    def _inverse_postponed_until(self):
        for debtor in self:
            until = debtor.postponed_until
            debtor._end_holds("postponed")
            if until:
                debtor._create_holds(until - timedelta(days=1), False, "postponed")

    def _inverse_is_insolvent(self):
        # sudo: users cannot create holds of this kind. Write access to the debtor was checked for the field.
        for debtor in self.sudo():
            is_insolvent = debtor.is_insolvent
            debtor._end_holds(INSOLVENT)
            if is_insolvent:
                debtor._create_holds(False, False, INSOLVENT)

    # ------------------------------------------------------------------
    # Search
    # ------------------------------------------------------------------

    def _search_is_on_hold(self, operator, value):
        if operator != "in":
            return NotImplemented
        held = Domain("id", "in", list(self._last_days_held("person")))
        return held if True in value else ~held

    def _search_hold_until(self, operator, value):
        return self._domain_by_day(self._last_days_held("person"), operator, value)

    def _search_postponed_until(self, operator, value):
        days = self._last_days_held("postponed")
        return self._domain_by_day(
            {debtor_id: day + timedelta(days=1) for debtor_id, day in days.items()}, operator, value)

    def _last_days_held(self, kind):
        """The last day of the pauses of this kind that are in force: {debtor id: date; False: until somebody ends it}.
        """
        # sudo: only users of reminders can read holds. The search reveals whether a debtor is on hold, which every
        # user may see on the debtor.
        Hold = self.env["dunning.hold"].sudo()
        companies = self.env["res.company"].sudo().search([("parent_id", "=", False)])
        current = Domain.OR(
            Domain("company_id", "=", company.id) & Hold._current_domain(company._dunning_today())
            for company in companies)
        return {
            debtor.id: bool(count == ending) and last
            for debtor, count, ending, last in Hold._read_group(
                Domain("kind", "=", kind) & Domain("debtor_id", "!=", False) & current, ["debtor_id"],
                ["__count", "date_until:count", "date_until:max"])}

    @api.model
    def _domain_by_day(self, days, operator, value):
        """Domain for the debtors whose day meets a condition, as a search method returns it.

        :param days: {debtor id: date or False}; debtors that are missing have no day
        """
        if operator == "in":
            wanted = {day and fields.Date.to_date(day) for day in value}
            found = Domain("id", "in", [debtor_id for debtor_id, day in days.items() if day and day in wanted])
            if False in wanted:
                found |= Domain("id", "not in", [debtor_id for debtor_id, day in days.items() if day])
            return found
        if operator not in COMPARISONS:
            return NotImplemented
        limit = fields.Date.to_date(value)
        return Domain("id", "in", [
            debtor_id for debtor_id, day in days.items() if day and COMPARISONS[operator](day, limit)])

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _create_holds(self, until, reason, kind="person"):
        """Create a hold for each of these debtors.

        :param until: the last day; False: until somebody ends it
        :return: ``dunning.hold`` recordset
        """
        return self.env["dunning.hold"].create([
            {"debtor_id": debtor.id, "kind": kind, "date_until": until, "note": reason} for debtor in self])

    def _end_holds(self, kind):
        """End the holds of one kind on these debtors; holds on their invoices stay."""
        self.env["dunning.hold"].search([("debtor_id", "in", self.ids), ("kind", "=", kind)])._end()

    def action_hold(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put on Hold"),
            "res_model": "dunning.step.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_debtor_ids": self.ids, "default_change": "hold"},
        }

    def action_release(self):
        """End the hold by a person; reminders continue with the next step."""
        self.env["dunning.hold"].search([
            ("debtor_id", "in", self.ids), ("kind", "=", "person")]).action_lift()
