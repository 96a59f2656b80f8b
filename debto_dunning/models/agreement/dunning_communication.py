from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .dunning_agreement import AGREEMENTS


class DunningCommunication(models.Model):
    """Agreements in the log: made from a call or an answer, named in the next reminder, shown in the timelines."""

    _inherit = "dunning.communication"

    # who sends may lack access to promises; the customer is told what it said itself
    broken_promise_ids = fields.Many2many(
        "dunning.promise", compute="_compute_broken_promise_ids", compute_sudo=True, string="Broken Promises",
        help="Promises of the customer that were not kept, which this message names.")

    def action_promise(self):
        """Open the dialogue in which the promise made in this contact is written down."""
        self.ensure_one()
        return self.env["dunning.promise.make"]._action_open(self.debtor_id, communication=self)

    def action_payment_plan(self):
        """Open the dialogue in which the payment plan asked for in this contact is made."""
        self.ensure_one()
        return self.env["dunning.payment.plan.make"]._action_open(self.debtor_id, communication=self)

    def action_dispute(self):
        """Open the dialogue in which the dispute of this contact is opened."""
        self.ensure_one()
        return self.env["dunning.dispute.make"]._action_open(self.debtor_id, communication=self)

    # ------------------------------------------------------------------
    # Broken promises are named
    # ------------------------------------------------------------------

    @api.depends("line_ids.move_line_id", "line_ids.void", "line_ids.level_id", "notice_law_id")
    def _compute_broken_promise_ids(self):
        # a notice of the law says nothing else
        items = {message: message._steps().move_line_id for message in self if not message.notice_law_id}
        every = self.env["account.move.line"].union(*items.values())
        promises = self.env["dunning.promise"].search(
            Domain("line_ids.move_line_id", "in", every.ids) & Domain("state", "in", ("part", "broken"))
            & Domain("told_by_id", "in", (False, *self.ids)), order="date")
        for message in self:
            message.broken_promise_ids = promises.filtered(
                lambda promise, message=message: promise.line_ids.move_line_id & items.get(message, every.browse())
                and promise.told_by_id in (promise.told_by_id.browse(), message))

    def _promise_words(self):
        """What the message says of promises that were not kept; empty where there is none."""
        return Markup().join(
            Markup("<p>%s</p>") % (
                self.env._("You promised to pay %(amount)s by %(date)s. We have not received it.",
                           amount=promise._money(promise.amount), date=format_date(self.env, promise.date))
                if promise.state == "broken" else
                self.env._("You promised to pay %(amount)s by %(date)s. We have received %(received)s of it.",
                           amount=promise._money(promise.amount), date=format_date(self.env, promise.date),
                           received=promise._money(promise.amount_received)))
            for promise in self.broken_promise_ids)

    def _render_values(self):
        # EXTENDS debto_dunning: the words about broken promises stand above those of the steps
        values = super()._render_values()
        values["opening"] += values["communication"]._promise_words()
        return values

    def _record_sent_lines(self):
        # EXTENDS debto_dunning
        for communication in self:
            if communication.broken_promise_ids:
                communication.broken_promise_ids.told_by_id = communication
        return super()._record_sent_lines()

    @api.model
    def _waiting_calls(self, domain):
        # EXTENDS debto_dunning: calls about promises that were not kept
        return super()._waiting_calls(domain) | self.env["dunning.promise"].sudo().search(domain).call_activity_id

    # ------------------------------------------------------------------
    # Timeline
    # ------------------------------------------------------------------

    def _timeline_entries(self, debtor=None, move=None):
        # EXTENDS debto_dunning: agreements
        entries = super()._timeline_entries(debtor, move)
        for model in AGREEMENTS:
            agreements = self.env[model]
            domain = Domain("debtor_id", "=", debtor.id) if debtor else agreements._domain_of_move(move)
            entries += agreements.search(domain)._timeline_entries()
        return entries
