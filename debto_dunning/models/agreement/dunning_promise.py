from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_amount, format_date

from .dunning_agreement import OPEN

#: States of a promise that was judged.
JUDGED = ("kept", "part", "broken")


class DunningPromise(models.Model):
    """A customer's promise to pay an amount by a day, for named items.

    It pauses these items until the night has judged it, see :meth:`_judge`. What falls due later is not paused.
    """

    _name = "dunning.promise"
    _description = "Promise to Pay"
    _inherit = ["dunning.agreement"]
    _order = "date DESC, id DESC"

    date = fields.Date("Promised For", required=True, readonly=True, index=True, help="The last day for the payment.")
    amount = fields.Monetary("Promised", required=True, readonly=True)
    amount_received = fields.Monetary(
        "Received", readonly=True, help="Payments for its invoices since the promise, as the last judgement found.")
    source = fields.Selection(
        [("call", "Call"), ("mail", "Answer by mail"), ("page", "Customer's page"), ("hand", "By hand")],
        "Came By", required=True, readonly=True, default="hand")
    state = fields.Selection(
        [("open", "Open"), ("kept", "Kept"), ("part", "Kept in part"), ("broken", "Broken"),
         ("withdrawn", "Withdrawn"), ("replaced", "Replaced")],
        required=True, readonly=True, default=OPEN, index=True, group_expand=True)
    judged_on = fields.Date(readonly=True, help="The night that last judged it.")
    is_taken_back = fields.Boolean(
        "Payment Taken Back", readonly=True, help="It was kept, and the payment was taken back or moved since.")
    is_to_tell = fields.Boolean(readonly=True, help="Judged, and not logged yet.")
    replaced_by_id = fields.Many2one("dunning.promise", readonly=True, ondelete="set null", index="btree_not_null")
    line_ids = fields.One2many("dunning.promise.line", "promise_id", "Invoices", readonly=True)
    call_activity_id = fields.Many2one(
        "mail.activity", "Call", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        help="The activity by which a colleague calls because it was broken.")
    told_by_id = fields.Many2one(
        "dunning.communication", "Told In", readonly=True, index="btree_not_null", ondelete="set null",
        help="The reminder that told the customer that it was broken.")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A promise is of an amount above zero.")
    _open_idx = models.Index("(company_id, date) WHERE state = 'open'")
    _to_tell_idx = models.Index("(company_id) WHERE is_to_tell")
    _judged_idx = models.Index("(company_id, judged_on) WHERE state IN ('kept', 'part')")

    @api.depends("amount", "date", "partner_id", "currency_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for promise in self:
            promise.display_name = self.env._(
                "%(customer)s: %(amount)s by %(date)s", customer=promise.partner_id.display_name,
                amount=promise._money(promise.amount), date=format_date(self.env, promise.date))

    # ------------------------------------------------------------------
    # Making
    # ------------------------------------------------------------------

    @api.model
    def _make(self, debtor, items, amount, date, source, **vals):
        """Make a promise of a customer, and pause its items.

        Earlier promises that name one of these items are replaced by it. Callers check whether the user or the
        customer may name these records, and :meth:`_needs_manager`.

        :param items: open ``account.move.line`` of the debtor, in one currency
        :param amount: in the currency of the items, at most what is open
        :param date: the last day for the payment
        :param source: a value of :attr:`source`
        :param vals: values of other fields, as ``communication_id``, ``contact_id``, ``note``, ``user_id``
        :return: the promise
        :raises UserError: the items, the amount or the day cannot be promised
        """
        # sudo: promises are written by the program alone; the callers have checked who asks
        self = self.sudo()  # noqa: PLW0642
        items = items.sudo()
        rows = self._check_promised(debtor, items, amount, date)
        currency = items.currency_id
        earlier = self._open_on(items)
        snapshots = self.env["dunning.communication"]._snapshots(list(rows.values()))
        today = debtor.company_id._dunning_today()
        promise = self.create({
            "debtor_id": debtor.id, "currency_id": currency.id, "amount": currency.round(amount), "date": date,
            "source": source,
            "line_ids": [Command.create({
                "move_line_id": item.id, "move_id": item.move_id.id, "rank": snapshots[item.id]["rank"],
                "date": today, "document": snapshots[item.id]["name"],
                "document_date": snapshots[item.id]["invoice_date"], "due_date": rows[item.id].due,
                "amount_open": rows[item.id].open - rows[item.id].covered,
            }) for item in items],
            **vals,
        })
        earlier._end("replaced", replaced_by_id=promise.id)
        promise._write_holds()
        # what covers an item depends on what is paused: only now it is known what was there before the promise
        promise.line_ids._note_what_was_paid()
        debtor.sudo()._message_log(body=promise._words())
        return promise

    def _check_promised(self, debtor, items, amount, date):
        """The decision on each of ``items``: {item id: :class:`Decision`}.

        :raises UserError: they are not all open, of this debtor, in one currency and in no payment plan; or the amount
            is not above zero or beyond what is open; or the day is over
        """
        company = debtor.company_id
        today = company._dunning_today()
        if len(items.currency_id) > 1:
            raise UserError(self.env._("A promise is in one currency: make one for each."))
        if items.company_id.root_id - company or items.partner_id.commercial_partner_id - debtor.partner_id:
            raise UserError(self.env._("These invoices are not all of %s.", debtor.display_name))
        if plans := self.env["dunning.payment.plan"]._active_on(items):
            raise UserError(self.env._("Some of these invoices are in a payment plan, by which they are paid: %s", (
                ", ".join(plans.mapped("display_name")))))
        rows = {row.item: row for row in self.env["dunning.run"]._decide_each(company, today, item_ids=items.ids)}
        if not items or len(rows) < len(items):
            raise UserError(self.env._("Nothing is open of some of these invoices: choose them anew."))
        if date < today:
            raise UserError(self.env._("%s is over: a promise is for today or later.", format_date(self.env, date)))
        left = sum(row.open - row.covered for row in rows.values())
        currency = items.currency_id
        if currency.compare_amounts(amount, 0) <= 0 or currency.compare_amounts(amount, left) > 0:
            raise UserError(self.env._(
                "%(amount)s cannot be promised: %(left)s is open.", amount=currency.format(amount),
                left=currency.format(left)))
        return rows

    @api.model
    def _open_on(self, items):
        """The promises that still wait for a payment for one of ``items``."""
        return self.search([("state", "=", OPEN), ("line_ids.move_line_id", "in", items.ids)])

    @api.model
    def _needs_manager(self, debtor, items, date):
        """Why this promise needs the word of a manager: list of sentences, empty where it needs none."""
        company, why = debtor.company_id, []
        latest = company._dunning_today() + timedelta(days=company.dunning_promise_ahead_days)
        if date and date > latest:
            why.append(self.env._("A promise for later than %s needs a manager.", format_date(self.env, latest)))
        # sudo: who promises on the customer's page has no access to promises; only their number is read
        earlier = self.sudo().search_count([
            ("debtor_id", "=", debtor.id), ("line_ids.move_line_id", "in", items.ids),
            ("state", "in", ("open", "replaced", "part", "broken"))])
        if earlier >= company.dunning_promise_count:
            why.append(self.env._(
                "For these invoices payment was promised %s times already: another promise needs a manager.", earlier))
        return why

    # ------------------------------------------------------------------
    # Pauses and words
    # ------------------------------------------------------------------

    def _hold_vals_by_item(self):
        # the night ends the pause when it judges: no day ends it, for the bank may be behind
        return {
            item: {"kind": "promise", "date_shown": self._last_day()} for item in self.line_ids.move_line_id
        } if self.state == OPEN else {}

    def _last_day(self):
        """The last day on which a payment is in time: the day promised, and the days of grace."""
        return self.date + timedelta(days=self.company_id.dunning_promise_grace_days)

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _words(self):
        # EXTENDS dunning.agreement
        return self.env._("Promise to pay %(amount)s by %(date)s", amount=self._money(self.amount),
                          date=format_date(self.env, self.date))

    def _reason_words(self):
        """Why its invoices get no reminder, for «why no reminder?»."""
        return self.env._(
            "the customer promised to pay %(amount)s by %(date)s", amount=self._money(self.amount),
            date=format_date(self.env, self.date))

    # ------------------------------------------------------------------
    # Invoices that are posted again
    # ------------------------------------------------------------------

    def _drop_without_items(self):
        """Withdraw open promises of which no invoice is left."""
        for promise in self.filtered(lambda one: one.state == OPEN and not one.line_ids.move_line_id):
            promise._end("withdrawn")
            promise._message_log(body=self.env._("Withdrawn: none of its invoices is left to pay."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_withdraw(self):
        """Take back promises that still wait for their day; reminders continue with the next step.

        :raises UserError: one was judged or replaced already
        """
        self._check_clerk()
        if any(promise.state != OPEN for promise in self):
            raise UserError(self.env._("Only a promise that is still open can be withdrawn."))
        self._end("withdrawn")
        for promise in self:
            promise._message_log(body=self.env._("Withdrawn by %s.", self.env.user.name))

    @api.constrains("date")
    def _check_date(self):
        for promise in self:
            if promise.date > fields.Date.add(fields.Date.today(), years=5):
                raise ValidationError(self.env._("%s is too far ahead for a promise.", format_date(
                    self.env, promise.date)))
