from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ..communication.dunning_communication_portal import PAGE_ROWS
from .dunning_link_act import PageAct


class DunningLink(models.Model):
    """The customer says by when it pays, or that it has paid."""

    _inherit = "dunning.link"

    def _page_acts(self):
        # EXTENDS debto_dunning
        return {
            "promise": PageAct(
                self.env._("I will pay on a certain day"),
                self.env._("We send you no reminder of these invoices until then."),
                "debto_dunning.page_form_promise", "_do_promise", "_values_of_items",
                needs_items=True),
            "paid": PageAct(
                self.env._("I have paid already"),
                self.env._("We look for your payment, and leave these invoices alone until the bank is booked."),
                "debto_dunning.page_form_paid", "_do_paid", "_values_of_items",
                needs_items=True),
            **super()._page_acts(),
        }

    def _values_of_items(self, visit, given):
        """What a form shows that asks for invoices: the first ones, and those that were chosen already."""
        items = [one for one in self._page_items(visit).values() if one.item and one.due.principal > 0]
        chosen = set(given.get("items") or ())
        shown = items[:PAGE_ROWS] + [one for one in items[PAGE_ROWS:] if one.key in chosen]
        promises, today = self._page_promises(shown), self.company_id._dunning_today()
        return {
            "today": today,
            "all_count": len(items) if len(items) > PAGE_ROWS else 0,
            "choices": [{
                "key": one.key, "document": one.document, "amount": self._money(one.due.principal, one.currency),
                "is_chosen": one.key in chosen if chosen else bool(
                    one.due_date and one.due_date < today or not visit.sees_all),
                "promised": self._promise_note(promises.get(one.item)),
            } for one in shown]}

    def _promise_note(self, promise):
        if not promise:
            return ""
        return self.env._(
            "You told us on %(day)s that you pay %(amount)s by %(date)s.", day=format_date(self.env, promise.made_on),
            amount=format_amount(self.env, promise.amount, promise.currency_id),
            date=format_date(self.env, promise.date))

    # ------------------------------------------------------------------
    # Promise
    # ------------------------------------------------------------------

    def _do_promise(self, visit, values):
        chosen, day, note = self._given_items(visit, values), self._given_day(values), self._given_note(values)
        items = self.env["account.move.line"].union(*(one.item for one in chosen))
        if len(items.currency_id) > 1:
            raise UserError(self.env._("Please choose invoices in one currency."))
        if day < self.company_id._dunning_today():
            raise UserError(self.env._("Please choose today or a later day."))
        amount = items.currency_id.round(self._given_amount(values, sum(one.due.principal for one in chosen)))
        told = {"amount": format_amount(self.env, amount, items.currency_id), "date": format_date(self.env, day)}
        vals = {"reply_date": day, "reply_amount": amount, "currency_id": items.currency_id.id}
        promises = self.env["dunning.promise"]
        # a promise pauses its invoices as a whole
        is_small = 2 * amount < sum(one.due.principal for one in chosen)
        if is_small or promises._needs_manager(self.debtor_id, items, day):
            done = self._log_act(
                "promise", self.env._(
                    "Wish to pay %(amount)s by %(date)s: we answer whether that is possible", **told), note,
                is_for_person=True, moves=items.move_id, **vals)
        else:
            done = self._log_act("promise", self.env._("Payment of %(amount)s by %(date)s", **told), note,
                                 moves=items.move_id, is_done_on_page=True, **vals)
            promises._make(self.debtor_id, items, amount, day, "page", communication_id=done.id, note=note,
                           user_id=False, contact_id=(self.recipient_id or self.partner_id).id)
        self._confirm(done)
        return done

    # ------------------------------------------------------------------
    # Paid
    # ------------------------------------------------------------------

    def _do_paid(self, visit, values):
        chosen, day, note = self._given_items(visit, values), self._given_day(values), self._given_note(values)
        if day > self.company_id._dunning_today():
            raise UserError(self.env._("This day is still to come. Do you mean that you will pay then?"))
        items = self.env["account.move.line"].union(*(one.item for one in chosen))
        moves, holds = items.move_id, self.env["dunning.hold"]
        is_second = bool(holds._said_paid_before(items))
        names = self.env["dunning.communication"]._shortened_names(moves.mapped("name"))
        done = self._log_act(
            "paid", self.env._("Paid on %(date)s: %(invoices)s", date=format_date(self.env, day), invoices=names),
            note, is_for_person=is_second, moves=moves, reply_paid_on=day, is_done_on_page=not is_second)
        if not is_second:
            holds._pause_said_paid(items, day, done)
        self._confirm(done)
        return done
