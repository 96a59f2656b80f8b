from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..communication.dunning_communication_kind import MessageKind


class DunningCommunication(models.Model):
    """The messages about payment plans, each of which is sent once, and what reminders say of broken plans."""

    _inherit = "dunning.communication"

    kind = fields.Selection(
        selection_add=[
            ("plan_proposal", "Payment plan proposed"), ("plan_instalment", "Instalment to come"),
            ("plan_reminder", "Instalment not received"), ("plan_done", "Payment plan paid")],
        ondelete={"plan_proposal": "cascade", "plan_instalment": "cascade", "plan_reminder": "cascade",
                  "plan_done": "cascade"})
    plan_id = fields.Many2one(
        "dunning.payment.plan", "Payment Plan", readonly=True, index="btree_not_null", ondelete="restrict")
    plan_line_id = fields.Many2one(
        "dunning.payment.plan.line", "Instalment", readonly=True, index="btree_not_null", ondelete="restrict")

    # who sends may lack access to plans; the customer is told what it agreed to itself
    broken_plan_ids = fields.Many2many(
        "dunning.payment.plan", compute="_compute_broken_plan_ids", compute_sudo=True, string="Broken Payment Plans",
        help="Payment plans of the customer that were broken, which this message names.")

    _plan_once = models.UniqueIndex(
        "(plan_id, COALESCE(plan_line_id, 0), kind) WHERE plan_id IS NOT NULL AND state <> 'failed'",
        "This message about the payment plan was made already.")

    @api.model
    def _message_kinds(self):
        # EXTENDS debto_dunning
        instalment = MessageKind(
            words="_words_of_instalment", asks_money=True, revalidate="_revalidate_instalments",
            amounts="_amounts_of_instalment", on_sent="_mark_plan_said", left_to_call="_left_of_instalments")
        return {
            **super()._message_kinds(),
            "plan_proposal": MessageKind(
                words="_words_of_plan_proposal", revalidate="_revalidate_plan_proposals", on_sent="_mark_plan_said"),
            "plan_instalment": instalment,
            "plan_reminder": instalment._replace(words="_words_of_instalment_reminder"),
            "plan_done": MessageKind(
                words="_words_of_plan_done", revalidate="_revalidate_plans_done", on_sent="_mark_plan_said"),
        }

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _plan_of_words(self):
        """The plan of this message, to be read for its words in their language."""
        # sudo: who sends may lack access to plans; the customer is told what it agreed to itself
        return self.sudo().plan_id

    def _words_of_plan_proposal(self):
        plan = self._plan_of_words()
        return {
            "subject": self.env._("Proposal: %(amount)s in %(count)s instalments", amount=plan._money(plan.amount),
                                  count=len(plan.line_ids)),
            "body": Markup().join((
                self._paragraphs(self.env._("You can pay in instalments. This is what we propose:")),
                Markup("<ul>%s</ul>") % Markup().join(
                    Markup("<li>%s</li>") % condition for condition in plan._conditions()),
                self._paragraphs(self.env._(
                    "Do you agree? Then tell us by %s: just answer this message.", format_date(
                        self.env, plan.date_answer))))),
        }

    def _words_of_instalment(self):
        plan, line = self._plan_of_words(), self.sudo().plan_line_id  # sudo: as there
        after = max(0.0, plan.amount_left - sum(
            plan.line_ids.filtered(lambda one: one.date <= line.date).mapped("amount_left")))
        return {
            "subject": self.env._("Instalment of %(amount)s by %(date)s", amount=self._money(self.amount_total),
                                  date=format_date(self.env, line.date)),
            "body": self._paragraphs(self.env._(
                "Instalment %(number)s of %(count)s of your payment plan is due on %(date)s: %(amount)s. After it, "
                "%(left)s is left.", number=line._number(), count=len(plan.line_ids),
                date=format_date(self.env, line.date), amount=self._money(self.amount_total),
                left=self._money(after))) + self._paragraphs(self.env._(
                    "Have you paid it already? Then you need not do anything.")),
        }

    def _words_of_instalment_reminder(self):
        plan, line = self._plan_of_words(), self.sudo().plan_line_id  # sudo: as there
        last = fields.Date.add(line.date, days=plan.company_id._dunning_plan_break_days())
        return {
            "subject": self.env._("Not received: instalment of %(amount)s of %(date)s", date=format_date(
                self.env, line.date), amount=self._money(self.amount_total)),
            "body": self._paragraphs(self.env._(
                "Instalment %(number)s of %(count)s of your payment plan was due on %(date)s. We have not received "
                "%(amount)s of it yet.", number=line._number(), count=len(plan.line_ids),
                date=format_date(self.env, line.date), amount=self._money(self.amount_total)))
            + self._paragraphs(self.env._(
                "Please pay it now. If it does not reach us by %s, the plan ends as agreed, and all that is still "
                "open is due at once. Is there a reason why you cannot pay? Then just answer this message.",
                format_date(self.env, last))),
        }

    def _words_of_plan_done(self):
        plan = self._plan_of_words()
        return {
            "subject": self.env._("Your payment plan is paid: thank you"),
            "body": self._paragraphs(self.env._(
                "We have received all instalments of your payment plan of %(date)s, %(amount)s in all. Nothing of it "
                "is left. Thank you.", date=format_date(self.env, plan.accepted_date),
                amount=plan._money(plan.amount_received))),
        }

    # ------------------------------------------------------------------
    # Looked at again
    # ------------------------------------------------------------------

    def _amounts_of_instalment(self, lines):
        """What is left of the instalment: the parts of the invoices that it pays, and costs and interest in it."""
        total = charges = 0
        for line in lines:
            value = line.get if isinstance(line, dict) else line.__getitem__
            charges += value("amount_cost") or 0
            total += (value("amount_asked") or 0) + (value("amount_cost") or 0)
        return {"amount_total": total, "amount_charges": charges}

    def _revalidate_plan_proposals(self, _company):
        """For proposals: those that may be accepted still."""
        return self.filtered(lambda message: message.plan_id.state == "proposed")

    def _revalidate_plans_done(self, _company):
        """For the word at the end of a plan: those that are paid still."""
        return self.filtered(lambda message: message.plan_id.state == "done")

    def _revalidate_instalments(self, company):
        """For messages about an instalment: those of which something is left, with the amount that is left now."""
        standings, live = self._standings_of_plans(company), self.browse()
        for message in self:
            standing = standings[message.plan_id.id]
            left = standing and standing.state == "active" and next(
                (one.left for one in standing.instalments if one.line_id == message.plan_line_id.id), 0)
            if left and not standing.is_zero(left):
                message._update_slices(message.plan_line_id._slice_vals(standing))
                live |= message
        return live

    def _standings_of_plans(self, company):
        """The plans that these messages are about as they stand today: {plan id: :class:`PlanStanding`}."""
        found = defaultdict(lambda: None)
        found.update(self.env["dunning.payment.plan"]._standings(
            company, company._dunning_today(), self.customer_id.ids))
        return found

    def _update_slices(self, vals_list):
        """Bring the lines in line with what the instalment pays now."""
        said = [(line.move_line_id.id, line.amount_asked, line.amount_cost) for line in self.line_ids]
        if said != [(vals["move_line_id"], vals["amount_asked"], vals["amount_cost"]) for vals in vals_list]:
            self.write({"line_ids": [Command.clear(), *(Command.create(vals) for vals in vals_list)]})

    def _left_of_instalments(self):
        """For calls: the messages of which the instalment is not paid, as the last night found."""
        return self.filtered(
            lambda message: message.state == "sent" and message.plan_id.state == "active"
            and message.plan_line_id._unpaid())

    def _mark_plan_said(self):
        """Note on the plans what was sent."""
        kinds, words = dict(self._fields["kind"]._description_selection(self.env)), defaultdict(list)
        for message in self:
            words[message.plan_id.id].append(self.env._(
                "%(what)s: sent to %(contact)s.", what=kinds[message.kind], contact=message.partner_id.display_name))
        self.plan_id._message_log_batch({plan_id: " ".join(sentences) for plan_id, sentences in words.items()})

    def _prepare_repetition(self, channel, recipient_id):
        # EXTENDS debto_dunning
        message = super()._prepare_repetition(channel, recipient_id)
        if self.plan_id:
            message = message._replace(vals={"plan_id": self.plan_id.id, "plan_line_id": self.plan_line_id.id})
        return message

    def _own_attachment_vals(self, letter):
        # EXTENDS debto_dunning: the plan goes along when it is proposed, and when it is paid
        vals_list = super()._own_attachment_vals(letter)
        if self.kind in ("plan_proposal", "plan_done"):
            plan = self._plan_of_words()
            content, _kind = self.env["ir.actions.report"].sudo()._render_qweb_pdf(
                "debto_dunning.report_payment_plan", plan.ids)  # sudo: as there
            name = plan.with_context(lang=self._language()).env._("Payment plan %s", plan.id)
            vals_list.append(self._attachment_vals(f"{name}.pdf", content, "application/pdf"))
        return vals_list

    # ------------------------------------------------------------------
    # Broken plans are named
    # ------------------------------------------------------------------

    @api.depends("line_ids.move_line_id", "line_ids.void", "line_ids.level_id", "notice_law_id")
    def _compute_broken_plan_ids(self):
        # a notice of the law says nothing else
        items = {message: message._steps().move_line_id for message in self if not message.notice_law_id}
        every = self.env["account.move.line"].union(*items.values())
        plans = self.env["dunning.payment.plan"].search(
            Domain("item_ids.move_line_id", "in", every.ids) & Domain("state", "=", "broken")
            & Domain("told_by_id", "in", (False, *self.ids)), order="ended_on")
        for message in self:
            message.broken_plan_ids = plans.filtered(
                lambda plan, message=message: plan.item_ids.move_line_id & items.get(message, every.browse())
                and plan.told_by_id in (plan.told_by_id.browse(), message))

    def _broken_plan_words(self):
        """What the message says of payment plans that were broken; empty where there is none."""
        return Markup().join(
            Markup("<p>%s</p>") % self.env._(
                "Your payment plan of %(date)s has ended, as the instalment of %(day)s was not received: %(received)s "
                "of %(amount)s has come. As agreed, all that is still open is due again.",
                date=format_date(self.env, plan.accepted_date), day=format_date(self.env, plan.date_next),
                received=plan._money(plan.amount_received), amount=plan._money(plan.amount))
            for plan in self.broken_plan_ids)

    def _render_values(self):
        # EXTENDS debto_dunning: the words about broken plans stand above those of the steps
        values = super()._render_values()
        values["opening"] += values["communication"]._broken_plan_words()
        return values

    def _record_sent_lines(self):
        # EXTENDS debto_dunning
        for communication in self:
            if communication.broken_plan_ids:
                communication.broken_plan_ids.told_by_id = communication
        return super()._record_sent_lines()
