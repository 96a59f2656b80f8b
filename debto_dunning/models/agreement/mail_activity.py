from markupsafe import Markup

from odoo import models
from odoo.tools import format_date

from ..channel.dunning_communication_call import CallPart


class DunningPromise(models.Model):
    """The calls about promises that were not kept."""

    _inherit = "dunning.promise"

    def _plan_calls(self):
        """Add the promises among these that were not kept to the open call of their debtor, or plan one.

        No query count grows with their number.
        """
        unkept = self.filtered(lambda promise: promise.state in ("part", "broken") and promise._amount_left() > 0)
        if not unkept:
            return
        kind = self.env["mail.activity.type"]._dunning_type("mail.mail_activity_data_call", "dunning.debtor")
        if not kind:
            return
        debtors = unkept.debtor_id
        planned = self.env["mail.activity"].sudo().search([
            ("res_model", "=", debtors._name), ("res_id", "in", debtors.ids), ("automated", "=", True),
            ("activity_type_id", "=", kind.id)], order="date_deadline DESC, id DESC")
        by_debtor = {activity.res_id: activity for activity in planned}
        missing = debtors.filtered(lambda debtor: debtor.id not in by_debtor)
        users = {(company, user): company._dunning_activity_user(user) for company, user in {
            (debtor.company_id, debtor.user_id) for debtor in missing}}
        made = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create([{
            "res_model_id": self.env["ir.model"]._get_id(debtors._name), "res_id": debtor.id, "automated": True,
            "activity_type_id": kind.id, "date_deadline": debtor.company_id._dunning_today(),
            "user_id": users[debtor.company_id, debtor.user_id].id,
        } for debtor in missing])
        by_debtor |= {activity.res_id: activity for activity in made}
        for debtor, promises in unkept.grouped("debtor_id").items():
            promises.call_activity_id = by_debtor[debtor.id]
        self.env["mail.activity"].union(*by_debtor.values())._dunning_update_call()

    def _amount_left(self):
        """What is still open of what was promised."""
        self.ensure_one()
        open_items = self.line_ids.move_line_id.filtered(lambda item: item._dunning_is_open())
        return min(self.amount - self.amount_received, sum(open_items.mapped("amount_residual_currency")))

    def _call_note(self, env):
        """What the person who calls reads about this promise.

        :param env: environment with the language of that person
        """
        promise = self.with_env(env)
        return Markup("<p>%s</p>") % env._(
            "Promised %(amount)s by %(date)s, received %(received)s.", amount=promise._money(promise.amount),
            date=format_date(env, promise.date), received=promise._money(promise.amount_received))


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _dunning_call_parts(self):
        # EXTENDS debto_dunning: promises that were not kept
        parts = super()._dunning_call_parts()
        promises = self.env["dunning.promise"].sudo().search([("call_activity_id", "in", self.ids)], order="id")
        for promise in promises:
            items = promise.line_ids.move_line_id.filtered(lambda item: item._dunning_is_open())
            if promise.state not in ("part", "broken") or not items:
                continue
            parts[promise.call_activity_id].append(CallPart(
                promise.contact_id or promise.partner_id,
                {(item, self.env["dunning.charge"]): (item.currency_id, item.amount_residual_currency)
                 for item in items},
                promise._call_note))
        return parts
