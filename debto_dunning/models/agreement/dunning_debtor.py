from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .dunning_agreement import KEPT


class DunningDebtor(models.Model):
    """The agreements of a debtor: judged before its figures are refreshed, counted on its form and in its score."""

    _inherit = "dunning.debtor"

    agreement_term_ids = fields.One2many("dunning.agreement.term", "debtor_id", "Agreements that Differ")
    promise_ids = fields.One2many("dunning.promise", "debtor_id", readonly=True)
    promise_count = fields.Integer("Open Promises", compute="_compute_promise_counts")
    dispute_ids = fields.One2many(
        "dunning.dispute", "debtor_id", readonly=True, groups="debto_dunning.group_dunning_user")
    dispute_count = fields.Integer("Open Disputes", compute="_compute_dispute_counts")
    dispute_total = fields.Integer("Disputes", compute="_compute_dispute_counts")
    payment_plan_ids = fields.One2many("dunning.payment.plan", "debtor_id", readonly=True)
    payment_plan_count = fields.Integer("Payment Plans That Hold", compute="_compute_payment_plan_counts")
    payment_plan_total = fields.Integer("Payment Plans", compute="_compute_payment_plan_counts")
    promises_judged = fields.Integer(compute="_compute_promise_counts")
    promises_kept = fields.Integer(
        compute="_compute_promise_counts", help="Of those that were judged, kept in whole.")

    @api.depends("promise_ids.state")
    def _compute_promise_counts(self):
        counts = {}
        for debtor, state, count in self.env["dunning.promise"]._read_group(
                [("debtor_id", "in", self.ids)], ["debtor_id", "state"], ["__count"]):
            counts[debtor, state] = count
        for debtor in self:
            debtor.promise_count = counts.get((debtor, "open"), 0)
            debtor.promises_kept = counts.get((debtor, "kept"), 0)
            debtor.promises_judged = sum(counts.get((debtor, state), 0) for state in ("kept", "part", "broken"))

    def _compute_dispute_counts(self):
        groups = self.env["dunning.dispute"]._read_group(
            [("debtor_id", "in", self.ids)], ["debtor_id", "state"], ["__count"])
        for debtor in self:
            own = [(state, count) for found, state, count in groups if found == debtor]
            debtor.dispute_count = sum(count for state, count in own if state == "open")
            debtor.dispute_total = sum(count for _state, count in own)

    @api.depends("payment_plan_ids.state")
    def _compute_payment_plan_counts(self):
        counts = defaultdict(int)
        for debtor, state, count in self.env["dunning.payment.plan"]._read_group(
                [("debtor_id", "in", self.ids)], ["debtor_id", "state"], ["__count"]):
            counts[debtor, "all"] += count
            counts[debtor, state] = count
        for debtor in self:
            debtor.payment_plan_count = counts[debtor, "active"]
            debtor.payment_plan_total = counts[debtor, "all"]

    # ------------------------------------------------------------------
    # Refresh
    # ------------------------------------------------------------------

    def _refresh_disputes(self, company):
        # EXTENDS debto_dunning: time in dispute does not count against the customer
        return SQL("""
            SELECT line.move_line_id, dispute.date_opened, dispute.ended_on
              FROM dunning_dispute dispute JOIN dunning_dispute_line line ON line.dispute_id = dispute.id
             WHERE dispute.company_id = %s AND dispute.state <> 'withdrawn' AND line.move_line_id IS NOT NULL
        """, company.id)

    def _refresh_agreements(self, company, date, partner_ids=None):
        """Judge the agreements of a company by the money that came; called before the figures are refreshed."""
        self.env["dunning.promise"]._judge(company, date, partner_ids)
        self.env["dunning.payment.plan"]._judge(company, date, partner_ids)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreements(self):
        for debtor in self:
            if debtor._agreements():
                raise UserError(self.env._(
                    "%s has promises, disputes, payment plans or other agreements, which stay. Archive the debtor "
                    "instead of deleting it.",
                    debtor.display_name))

    def _agreements(self):
        """The agreements of these debtors: a list of recordsets, without the empty ones."""
        return [found for model in KEPT
                if (found := self.env[model].sudo().search([("debtor_id", "in", self.ids)]))]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_promise(self):
        """Open the dialogue in which a promise of this customer is written down."""
        self.ensure_one()
        return self.env["dunning.promise.make"]._action_open(self)

    def action_payment_plan(self):
        """Open the dialogue in which a payment plan of this customer is made."""
        self.ensure_one()
        return self.env["dunning.payment.plan.make"]._action_open(self)

    def action_open_payment_plans(self):
        return self._action_open_agreements(
            "dunning.payment.plan", self.env._("Payment Plans of %s", self.display_name))

    def action_dispute(self):
        """Open the dialogue in which a dispute of this customer is opened."""
        self.ensure_one()
        return self.env["dunning.dispute.make"]._action_open(self)

    def action_open_disputes(self):
        return self._action_open_agreements("dunning.dispute", self.env._("Disputes of %s", self.display_name))

    def action_open_promises(self):
        return self._action_open_agreements("dunning.promise", self.env._("Promises of %s", self.display_name))

    def _action_open_agreements(self, model, name):
        """The action that shows the agreements of one model of this customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,kanban,form,calendar,graph",
            "domain": [("debtor_id", "=", self.id)],
        }
