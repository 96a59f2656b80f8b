from odoo import api, models
from odoo.tools import format_date


class DunningPaymentPlan(models.Model):
    """What a plan says: in short, as conditions in plain words, and on paper. In the language of the environment."""

    _inherit = "dunning.payment.plan"

    def _words(self):
        # EXTENDS dunning.agreement
        return self.env._(
            "Payment plan: %(amount)s in %(count)s instalments, the last by %(date)s",
            amount=self._money(self.amount), count=len(self.line_ids), date=format_date(self.env, self.date_last))

    def _reason_words(self):
        """Why its invoices get no reminder, for «why no reminder?»."""
        if self.state == "proposed":
            return self.env._("a payment plan is proposed, to be answered by %s", format_date(
                self.env, self.date_answer))
        following = self.line_ids.sorted("date")._unpaid()[:1]
        if not following:
            return self.env._("the customer pays in instalments")
        return self.env._(
            "the customer pays in instalments, the next of %(amount)s by %(date)s",
            amount=self._money(following.amount_left), date=format_date(self.env, following.date))

    def _language(self):
        """The language of the contact or the customer where it is installed, else the company's."""
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        for partner in (self.contact_id, self.partner_id, self.company_id.partner_id):
            if partner.lang in installed:
                return partner.lang
        return self.env.lang or "en_US"

    def _may_acknowledge(self):
        """Whether the customer is asked if it acknowledges the debt: not a consumer in Belgium."""
        self.ensure_one()
        return not (self.debtor_id.is_natural_person and self.partner_id.country_id.code == "BE")

    def _conditions(self, acknowledges=False):
        """What the customer agrees to, in plain words: list of sentences or short paragraphs.

        :param acknowledges: whether the customer acknowledges the debt besides, by a statement of its own
        """
        self.ensure_one()
        lines = self.line_ids.sorted("date")
        return [
            self.env._("This payment plan is about %(amount)s: %(invoices)s.", amount=self._money(self.amount),
                       invoices=", ".join(filter(None, self.item_ids.mapped("document")))),
            *self._amount_conditions(),
            *(self.env._("Instalment %(number)s: %(amount)s by %(date)s", number=number,
                         amount=self._money(line.amount), date=format_date(self.env, line.date))
              for number, line in enumerate(lines, 1)),
            *([self.env._("The first instalment is due on the day on which you accept.")]
              if self.is_first_at_once and self.state in ("draft", "proposed") else []),
            self.env._("What you pay counts for the instalments one after the other, whichever of these invoices you "
                       "name. The invoices are paid first, then costs and interest."),
            self.env._("As long as the plan holds, you get no reminders of these invoices."),
            self.env._(
                "When an instalment is not received within %(days)s days after its day, the plan ends: all that is "
                "still open is then due at once, and reminders go on.",
                days=self.company_id._dunning_plan_break_days()),
            *([] if self.bears_interest else [self.env._(
                "The plan itself costs nothing: no interest and no costs are added for the time in which it holds.")]),
            self.env._(
                "By accepting the plan you do not give up any right. In a statement of its own you acknowledge that "
                "you owe this amount.") if acknowledges else self.env._(
                "By accepting the plan you do not give up any right, and you do not acknowledge the debt."),
        ]

    def _amount_conditions(self):
        """What the amount consists of besides the invoices."""
        words = []
        if self.amount_charges:
            words.append(self.env._(
                "Of it, %(charges)s are costs and interest that were owed on %(date)s.",
                charges=self._money(self.amount_charges), date=format_date(self.env, self.made_on)))
        if self.amount_interest:
            words.append(self.env._(
                "Of it, %(interest)s is interest for the time until %(date)s.",
                interest=self._money(self.amount_interest), date=format_date(self.env, self.date_last)))
        return words

    # ------------------------------------------------------------------
    # On paper
    # ------------------------------------------------------------------

    def _document_values(self):
        """What the printed plan shows, in the language of the customer: dict."""
        self.ensure_one()
        plan = self.with_context(lang=self._language())
        today = plan.company_id._dunning_today()
        states = dict(plan._fields["state"]._description_selection(plan.env))
        return {
            "plan": plan,
            "company": plan.company_id,
            "contact": plan.contact_id or plan.partner_id,
            "lang": plan.env.lang,
            "today": format_date(plan.env, today),
            "state": states[plan.state],
            "accepted": plan.env._("Accepted on %(date)s by %(name)s", name=plan.accepted_name, date=format_date(
                plan.env, plan.accepted_date)) if plan.accepted_date and plan.accepted_name else "",
            "conditions": plan._conditions(),
            "rows": [plan._row_values(number, line, today) for number, line in enumerate(
                plan.line_ids.sorted("date"), 1)],
            "amount": plan._money(plan.amount),
            "received": plan._money(plan.amount_received),
            "left": plan._money(plan.amount_left),
        }

    def _row_values(self, number, line, today):
        """The row of an instalment."""
        is_paid = not line._unpaid()
        return {
            "number": number,
            "date": format_date(self.env, line.date),
            "amount": self._money(line.amount),
            "received": self._money(line.amount_received) if line.amount_received else "",
            "left": "" if is_paid else self._money(line.amount_left),
            "state": self.env._("paid") if is_paid else self.env._("overdue") if line.date < today else "",
        }


class ReportPaymentPlan(models.AbstractModel):
    _name = "report.debto_dunning.report_payment_plan"
    _description = "Payment Plan, for Customers"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["dunning.payment.plan"].browse(docids)
        docs.check_access("read")
        return {"doc_ids": docids, "doc_model": docs._name, "docs": docs}
