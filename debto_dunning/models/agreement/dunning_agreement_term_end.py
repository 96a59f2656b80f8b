from datetime import timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_amount, format_date

#: Days before the end of an agreement on which the person in charge is told.
ANNOUNCED_DAYS = 90


class DunningAgreementTerm(models.Model):
    """Before an agreement ends somebody decides whether it goes on, with the customer's payment record at hand."""

    _inherit = "dunning.agreement.term"

    @api.model
    def _end_field(self):
        # EXTENDS dunning.agreement.erase
        return "date_until"

    @api.model
    def _erased_fields(self):
        # EXTENDS dunning.agreement.erase
        return ["note", "agreed_with"]

    @api.model
    def _announce_ends(self, company, date):
        """Plan an activity about each agreement that ends within ``ANNOUNCED_DAYS``, once for each end.

        :param company: root company
        :param date: the day of the night
        """
        # sudo: the night acts for the company
        ending = self.sudo().search([
            ("company_id", "=", company.id), ("debtor_id.active", "=", True), ("date_until", ">=", date),
            ("date_until", "<=", date + timedelta(days=ANNOUNCED_DAYS))]).filtered(
                lambda term: term.announced_end != term.date_until)
        if not ending:
            return
        kind = self.env["mail.activity.type"]._dunning_type(
            "debto_dunning.activity_agreement_ends", "dunning.debtor")
        model = self.env["ir.model"]._get_id("dunning.debtor")
        users = {user: company._dunning_activity_user(user, date) for user in
                 {debtor.user_id for debtor in ending.debtor_id}}
        values = []
        for term in ending:
            user = users[term.debtor_id.user_id]
            told = term.with_context(lang=user.lang or self.env.lang)
            values.append({
                "res_model_id": model, "res_id": term.debtor_id.id, "automated": True, "activity_type_id": kind.id,
                "user_id": user.id, "date_deadline": date,
                "summary": told.env._("An agreement ends on %s", format_date(told.env, term.date_until)),
                "note": told._end_note()})
            term.announced_end = term.date_until
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(values)

    def _end_note(self):
        """What the activity says: the agreement, and how the customer paid, as HTML."""
        self.ensure_one()
        agreed = self.env._(
            "“%(agreement)s”, agreed by %(user)s on %(date)s.", agreement=self._words(), user=self.user_id.name,
            date=format_date(self.env, self.agreed_on))
        if self.agreed_with:
            agreed = self.env._(
                "“%(agreement)s”, agreed by %(user)s with %(contact)s on %(date)s.", agreement=self._words(),
                user=self.user_id.name, contact=self.agreed_with, date=format_date(self.env, self.agreed_on))
        return Markup("<p>%s</p><p>%s</p><ul>%s</ul>") % (
            agreed, self.env._("Shall it go on? How this customer pays:"),
            Markup().join(Markup("<li>%s</li>") % words for words in self.debtor_id._payment_record()))


class DunningDebtor(models.Model):
    _inherit = "dunning.debtor"

    def _payment_record(self):
        """How this debtor paid so far and what is open now: list of sentences."""
        self.ensure_one()
        env = self.env
        words = []
        if self.settled_count:
            words.append(env._(
                "%(count)s items paid, %(days)s days beyond terms on average, %(share)s %% of them late.",
                count=self.settled_count, days=round(self.average_days_late, 1), share=round(self.share_late)))
        else:
            words.append(env._("Nothing paid yet."))
        if self.last_payment_date:
            words.append(env._("Last payment: %s.", format_date(env, self.last_payment_date)))
        if self.promises_judged:
            words.append(env._("%(kept)s of %(judged)s promises kept.", kept=self.promises_kept,
                               judged=self.promises_judged))
        words.append(env._(
            "Open: %(open)s, of which overdue: %(overdue)s.",
            open=format_amount(env, self.open_amount, self.currency_id),
            overdue=format_amount(env, self.overdue_amount, self.currency_id)))
        if self.segment_id:
            words.append(env._("Risk: %(score)s of 100, segment “%(segment)s”.", score=self.risk_score,
                               segment=self.segment_id.name))
        return words
