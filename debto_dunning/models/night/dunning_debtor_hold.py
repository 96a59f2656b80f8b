from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Kind of the hold that an insolvent debtor has.
INSOLVENT = "insolvent"


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
        "On Hold Until", compute="_compute_hold", inverse="_inverse_hold", search="_search_hold_until",
        compute_sudo=True, help="The last day without reminders. Empty: until somebody ends it.")
    hold_reason = fields.Char(compute="_compute_hold", inverse="_inverse_hold", compute_sudo=True)
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
            holds = debtor._current_holds()
            own = holds.filtered(lambda hold: hold.kind == "person").sorted(
                lambda hold: (not hold.date_until, hold.date_until or hold.date_from))[-1:]
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

    def _inverse_hold(self):
        for debtor in self:
            until, reason = debtor.hold_until, debtor.hold_reason
            debtor._end_holds("person")
            if until:
                debtor._create_holds(until, reason)

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
        held = self._domain_held("person", self.env["dunning.hold"]._current_domain(fields.Date.today()))
        return held if True in value else ~held

    def _search_hold_until(self, operator, value):
        return self._domain_held("person", Domain("date_until", operator, value))

    def _search_postponed_until(self, operator, value):
        return self._domain_held("postponed", Domain("date_until", operator, value))

    def _domain_held(self, kind, domain):
        """Domain for the debtors with an active hold of this kind that meets ``domain``."""
        # sudo: only users of reminders can read holds. The search reveals whether a debtor is on hold, which every
        # user may see on the debtor.
        holds = self.env["dunning.hold"].sudo()._search(
            Domain("kind", "=", kind) & Domain("debtor_id", "!=", False) & domain)
        return Domain("id", "in", holds.subselect(SQL.identifier("dunning_hold", "debtor_id")))

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
