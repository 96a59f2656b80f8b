from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date


class DunningCommunication(models.Model):
    """Agreements in the log: made from a call or an answer, named in the next reminder, shown in the timelines."""

    _inherit = "dunning.communication"

    def action_promise(self):
        """Open the dialogue in which the promise made in this contact is written down."""
        self.ensure_one()
        return self.env["dunning.promise.make"]._action_open(self.debtor_id, communication=self)

    def action_dispute(self):
        """Open the dialogue in which the dispute of this contact is opened."""
        self.ensure_one()
        return self.env["dunning.dispute.make"]._action_open(self.debtor_id, communication=self)

    # ------------------------------------------------------------------
    # Broken promises are named
    # ------------------------------------------------------------------

    def _promises_to_name(self, steps):
        """The promises of the customer that were not kept, which this message names.

        :param steps: its lines with a step
        """
        # sudo: who sends may lack access to promises; the customer is told what it said itself
        return self.env["dunning.promise"].sudo().search(
            Domain("line_ids.move_line_id", "in", steps.move_line_id.ids)
            & Domain("state", "in", ("part", "broken")) & Domain("told_by_id", "in", (False, self.id)), order="date")

    def _promise_words(self, steps):
        """What the message says of promises that were not kept; empty where there is none."""
        return Markup().join(
            Markup("<p>%s</p>") % (
                self.env._("You promised to pay %(amount)s by %(date)s. We have not received it.",
                           amount=promise._money(promise.amount), date=format_date(self.env, promise.date))
                if promise.state == "broken" else
                self.env._("You promised to pay %(amount)s by %(date)s. We have received %(received)s of it.",
                           amount=promise._money(promise.amount), date=format_date(self.env, promise.date),
                           received=promise._money(promise.amount_received)))
            for promise in self._promises_to_name(steps).with_env(self.env))

    def _render_values(self):
        # EXTENDS debto_dunning: the words about broken promises stand above those of the steps
        values = super()._render_values()
        communication = values["communication"]
        if not communication.notice_law_id:  # a notice of the law says nothing else
            values["opening"] += communication._promise_words(communication._steps())
        return values

    def _mark_lines_said(self):
        # EXTENDS debto_dunning
        for communication in self.filtered(lambda one: not one.notice_law_id):
            communication._promises_to_name(communication._steps()).told_by_id = communication
        return super()._mark_lines_said()

    @api.model
    def _waiting_calls(self, domain):
        # EXTENDS debto_dunning: calls about promises that were not kept
        return super()._waiting_calls(domain) | self.env["dunning.promise"].sudo().search(domain).call_activity_id

    # ------------------------------------------------------------------
    # Timeline
    # ------------------------------------------------------------------

    def _timeline_entries(self, debtor=None, move=None):
        # EXTENDS debto_dunning: agreements
        domain = Domain("debtor_id", "=", debtor.id) if debtor else Domain("line_ids.move_id", "=", move.id)
        entries = super()._timeline_entries(debtor, move)
        for model in ("dunning.promise", "dunning.dispute"):
            entries += self.env[model].search(domain)._timeline_entries()
        return entries
