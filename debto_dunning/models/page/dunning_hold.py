from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..night.dunning_hold import HoldKind


class DunningHold(models.Model):
    """The pause of what a customer says it has paid: until the bank is booked beyond that day, once an item."""

    _inherit = "dunning.hold"

    kind = fields.Selection(selection_add=[("paid", "Paid, says the customer")], ondelete={"paid": "cascade"})
    paid_on = fields.Date("Paid On, It Says", readonly=True)

    @api.model
    def _hold_kinds(self):
        # EXTENDS dunning.hold
        return {**super()._hold_kinds(), "paid": HoldKind(made_by_hand=False)}

    @api.model
    def _said_paid_before(self, items):
        """The pauses, also ended ones, by which customers said before that these items are paid."""
        # sudo: visitors have no rights; whether there are any decides what a second word does
        return self.sudo().with_context(active_test=False).search([
            ("kind", "=", "paid"), ("move_line_id", "in", items.ids)])

    @api.model
    def _pause_said_paid(self, items, day, communication):
        """Pause items of one customer that it says it paid on ``day``.

        :param communication: the answer in which it said so
        """
        company = items.company_id.root_id
        # sudo: the customer's word pauses; the page checked what it may name
        self.sudo().create([{
            "move_line_id": item.id, "kind": "paid", "paid_on": day, "user_id": False,
            "origin": f"{communication._name},{communication.id}", "note": communication.subject,
            # the same days of grace as for a promise: a transfer is on its way
            "date_shown": max(day, company._dunning_today()) + timedelta(days=company.dunning_promise_grace_days),
        } for item in items])

    @api.model
    def _end_said_paid(self, company, date, partner_ids=None):
        """End the pauses of a company whose payment would be booked by now; called before the night decides.

        That is when the bank is booked beyond the days of grace, or so many days after them as a promise waits.

        :param company: root company
        :param partner_ids: only these commercial partners
        """
        domain = Domain("kind", "=", "paid") & Domain("company_id", "=", company.id)
        domain &= Domain("date_shown", "<", date)
        if partner_ids is not None:
            domain &= Domain("partner_id", "in", list(partner_ids))
        holds = self.sudo().search(domain)  # the night acts for the company
        if not holds:
            return
        known = company._dunning_bank_date(date) if company.dunning_bank_max_age else date
        latest = date - timedelta(days=company.dunning_promise_wait_days)
        booked = max(known, latest) if known else latest
        holds.filtered(lambda hold: hold.date_shown < booked)._end()


class DunningDebtor(models.Model):
    _inherit = "dunning.debtor"

    def _refresh_agreements(self, company, date, partner_ids=None):
        # EXTENDS debto_dunning
        self.env["dunning.hold"]._end_said_paid(company, date, partner_ids)
        return super()._refresh_agreements(company, date, partner_ids)


class DunningRun(models.Model):
    _inherit = "dunning.run"

    @api.model
    def _get_reason_words(self, item_reasons):
        # EXTENDS dunning.run: the day of the payment that is waited for
        words = super()._get_reason_words(item_reasons)
        held = [item for item, code in item_reasons.items() if code == "item_hold"]
        # sudo: whoever sees the invoice is told what pauses it
        for hold in self.env["dunning.hold"].sudo().search([
                ("move_line_id", "in", held), ("kind", "=", "paid")]) if held else ():
            words[hold.move_line_id.id] = self.env._(
                "the customer says that it paid on %s", format_date(self.env, hold.paid_on))
        return words
