from odoo import api, models
from odoo.tools import SQL

from ...tools.decision import Reason


class DunningRun(models.Model):
    """The reasons why an item gets no step tonight."""

    _inherit = "dunning.run"

    def _reasons(self):
        """{code: :class:`Reason`}.

        Other addons extend this method; ranks are ten apart, so that theirs fit in between. The condition of a reason
        is in :meth:`dunning.hold._hold_kinds` for a hold, in :meth:`_exclusions` for a fact of the ledger, and in
        :meth:`_reason_conditions` for all others.
        """
        return {
            "charge": Reason(
                self.env._("costs and interest of an invoice: they have no steps of their own"), 10,
                is_open_ended=True),
            "no_followup": Reason(self.env._("marked «no follow-up»"), 20, drops=True, is_open_ended=True),
            "blocked": Reason(self.env._("payment is blocked on the invoice"), 30, drops=True, is_open_ended=True),
            "not_sent": Reason(
                self.env._("the invoice was never sent to the customer"), 40, drops=True, is_open_ended=True),
            "archived": Reason(self.env._("the customer is archived"), 50, drops=True, is_open_ended=True),
            "insolvent": Reason(
                self.env._("the customer is insolvent: claims go to the liquidator"), 60, drops=True,
                is_open_ended=True, sendable="yes"),
            "debtor_hold": Reason(self.env._("the customer is on hold"), 70, drops=True, sendable="warned"),
            "item_hold": Reason(self.env._("the invoice is on hold"), 80, drops=True, sendable="warned"),
            "reply": Reason(
                self.env._("the customer answered and nobody has read it yet"), 90, drops=True, is_open_ended=True,
                sendable="warned"),
            "draft": Reason(self.env._("a reminder waits for approval"), 100),
            "queued": Reason(self.env._("a reminder is on its way"), 110),
            "covered": Reason(
                self.env._("covered by credit notes or payments not matched yet"), 120, drops=True,
                is_open_ended=True),
            "no_policy": Reason(self.env._("no policy for this customer"), 130, is_open_ended=True),
            "finished": Reason(self.env._("the last step was taken"), 140, informs=True, is_open_ended=True),
            "unconfirmed": Reason(
                self.env._("the posting of the last letter is not confirmed yet"), 150, informs=True,
                is_open_ended=True),
            "notice_pending": Reason(
                self.env._("nobody knows yet whether the law's notice has left"), 160, informs=True,
                is_open_ended=True),
            "failed": Reason(
                self.env._("the last reminder could not be delivered on any channel"), 170, informs=True,
                is_open_ended=True, sendable="yes"),
            "before_start": Reason(
                self.env._("due before the day from which reminders start"), 180, is_open_ended=True,
                sendable="yes"),
            "by_hand": Reason(
                self.env._("this customer is reminded by hand only"), 190, is_open_ended=True, sendable="yes"),
            "law_wait": Reason(
                self.env._("the waiting time of the law's notice runs, or the bank is not booked up to its end"), 200,
                informs=True, sendable="yes"),
            "too_early": Reason(
                self.env._("the day of the next step has not come"), 210, informs=True, sendable="yes"),
            "weekday": Reason(
                self.env._("nothing goes out on this weekday"), 220, informs=True, sendable="yes"),
            "backlog": Reason(
                self.env._("older invoices of this customer are brought in on a later night"), 230, sendable="yes"),
            "minimum": Reason(
                self.env._("below the minimum amount of the step"), 240, informs=True, sendable="yes"),
            "bank_behind": Reason(self.env._("the bank is not booked up to date"), 250),
        }

    def _dropping_reasons(self, reasons=None):
        """The codes of the reasons that drop what is queued, as a frozenset.

        :param reasons: the table of :meth:`_reasons`, where the caller has it
        """
        return frozenset(code for code, reason in (reasons or self._reasons()).items() if reason.drops)

    @api.model
    def _get_reason_words(self, item_reasons):
        """Why each item gets no step, in plain words: {item id: words}.

        Where a reason can be told more closely than in :meth:`_reasons`, as with the day of a promise, other rooms and
        addons extend it.

        :param item_reasons: {item id: code of a reason}
        """
        reasons = self._reasons()
        return {item: reasons[code].words for item, code in item_reasons.items()}

    def _reason_conditions(self):
        """{code: SQL condition} over the columns of ``dated`` in the deciding statement.

        ``minimum`` and ``bank_behind`` are not here: they depend on all items that have no other reason.
        """
        holds = {*self.env["dunning.hold"]._reasons_by_kind().values(), "debtor_hold", "item_hold"} - {"too_early"}
        return {
            **{code: SQL("excluded = %s", code) for code, _condition in self._exclusions()},
            **{code: SQL("%s = ANY(held_reasons)", code) for code in holds},
            "archived": SQL("partner_active IS NOT TRUE"),
            "draft": SQL("live_state = 'draft'"),
            "queued": SQL("live_state = 'queued'"),
            "covered": SQL("asked <= 0"),
            "no_policy": SQL("policy_id IS NULL"),
            "finished": SQL("level_id IS NULL"),
            "unconfirmed": SQL("unconfirmed"),
            "notice_pending": SQL("waits_for_law AND notice_is_pending"),
            "failed": SQL("is_stuck"),
            "before_start": SQL("due < from_date AND backlog_date IS NULL AND backlog_per_day = 0"),
            "by_hand": SQL("by_hand_only"),
            "law_wait": SQL(
                "raw_date > night AND waits_for_law AND raw_date <= GREATEST(charge_from, night + 1)"
                " AND charge_from > LEAST(night, bank_known)"),
            "too_early": SQL("raw_date > night"),
            "weekday": SQL("step_date > night"),
            "backlog": SQL(
                "due < from_date AND (backlog_date IS NULL OR backlog_date > night)"
                " AND partner_id NOT IN (SELECT partner_id FROM backlog_partner)"),
        }

    def _reason_sql(self, delivering, by_hand):
        """The first reason of an item as an SQL expression; NULL where there is none.

        :param delivering: whether reminders are checked again before delivery; dates and minimums then hold nothing
        :param by_hand: a person decides, who may write to an insolvent customer too; other reasons then go first
        """
        reasons, conditions = self._reasons(), self._reason_conditions()
        ranks = {code: reason.rank for code, reason in reasons.items()}
        if by_hand:
            ranks["insolvent"] = ranks["covered"] + 1
        codes = sorted(conditions, key=ranks.__getitem__)
        if delivering:
            codes = [code for code in codes if reasons[code].drops or ranks[code] <= ranks["finished"]]
            # what drops the messages of a person too must not be hidden behind what a person may override
            codes.sort(key=lambda code: not reasons[code].drops or reasons[code].sendable != "no")
        return SQL("CASE %s END", SQL(" ").join(
            SQL("WHEN %s THEN %s", conditions[code], code) for code in codes))
