from odoo import models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_amount, format_date

from .dunning_link_act import PageAct

#: Characters of a name that are kept.
LONGEST_NAME = 100


class DunningLink(models.Model):
    """The customer accepts a payment plan that was proposed, or declines it."""

    _inherit = "dunning.link"

    def _page_acts(self):
        # EXTENDS debto_dunning
        return {
            "accept-plan": PageAct(
                self.env._("Accept the payment plan"), self.env._("It holds as soon as you have accepted it."),
                "debto_dunning.page_form_accept_plan", "_do_accept_plan", "_values_of_plan"),
            "decline-plan": PageAct(
                self.env._("Decline the payment plan"), self.env._("Tell us why, and what would suit you better."),
                "debto_dunning.page_form_decline_plan", "_do_decline_plan", "_values_of_plan"),
            **super()._page_acts(),
        }

    def _offered_acts(self, items):
        # EXTENDS debto_dunning
        acts = super()._offered_acts(items)
        if not self._proposed_plan(items):
            acts = {code: act for code, act in acts.items() if not code.endswith("-plan")}
        return acts

    def _proposed_plan(self, items):
        """The payment plan that waits for the customer's answer and is about what the page shows; may be empty.

        :param items: {key: :class:`PageItem`} of the page
        """
        shown = self.env["account.move.line"].union(*(one.item for one in items.values()))
        return self.env["dunning.payment.plan"].search([
            ("debtor_id", "=", self.debtor_id._origin.id or self.debtor_id.id), ("state", "=", "proposed"),
            ("date_answer", ">=", self.company_id._dunning_today()),
        ]).filtered(lambda plan: plan.item_ids.move_line_id <= shown)[:1]

    def _plan_to_answer(self, visit, values):
        """The plan that a form is about.

        :raises UserError: it is not the one that waits for an answer now
        """
        plan = self._proposed_plan(self._page_items(visit))
        if not plan or str(values.get("plan")) != str(plan.id):
            raise UserError(self.env._("This payment plan cannot be answered any more. Please look at the page anew."))
        return plan

    def _values_of_plan(self, visit, given):
        plan = self._proposed_plan(self._page_items(visit)).with_context(lang=self.env.lang)
        return {
            "plan": plan,
            "conditions": plan._conditions() if plan else [],
            "may_acknowledge": bool(plan) and plan._may_acknowledge(),
            "until": plan and format_date(self.env, plan.date_answer),
        }

    def _do_accept_plan(self, visit, values):
        plan = self._plan_to_answer(visit, values)
        name = " ".join(str(values.get("name") or "").replace("\x00", "").split())[:LONGEST_NAME]
        if not name:
            raise UserError(self.env._("Please enter your name."))
        address = self.recipient_id.email or (request.httprequest.remote_addr if request else "")
        plan._accept(name, contact=self.recipient_id, address=address,
                     acknowledges=bool(values.get("acknowledge")) and plan._may_acknowledge())
        done = self._log_act(
            "plan", self.env._(
                "Payment plan of %(amount)s accepted by %(name)s", name=name,
                amount=format_amount(self.env, plan.amount, plan.currency_id)),
            # it is agreed: the plan pauses by itself
            moves=plan.item_ids.move_id, needs_attention=False)
        self._confirm(done)
        return done

    def _do_decline_plan(self, visit, values):
        plan, note = self._plan_to_answer(visit, values), self._given_note(values)
        plan._decline(note)
        done = self._log_act("plan", self.env._("Payment plan declined"), note, is_for_person=True,
                             moves=plan.item_ids.move_id)
        self._confirm(done)
        return done
