from datetime import date as Date
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL, format_date


class BankReach(NamedTuple):
    """How far a bank journal is booked."""

    journal_id: int
    #: the day up to which it is booked; None: nothing tells
    date: Date | None
    #: whether reminders wait for it
    is_behind: bool
    #: whether a statement, an import or an online feed ever reached it
    has_feed: bool


class ResCompany(models.Model):
    """How far the bank of a company is booked: nothing goes out while it is behind."""

    _inherit = "res.company"

    dunning_bank_max_age = fields.Integer(
        "Most Days since the Last Statement",
        help="Nothing goes out when statements, imports and online feeds of a bank reach less far than so many days "
             "back. 0: do not look.", groups="base.group_user")
    dunning_bank_word_days = fields.Integer(
        "Days That a Word Is Good For", default=7,
        help="When a person says up to which day the bank is booked, reminders go out until so many days after that "
             "day.", groups="base.group_user")

    _dunning_bank_days_positive = models.Constraint(
        "CHECK (dunning_bank_max_age >= 0 AND dunning_bank_word_days >= 0)",
        "Days of the dunning settings cannot be negative.")

    def _dunning_bank_reaches(self, date, max_age=None):
        """How far each bank journal is booked that is in use and on which customers pay.

        :param date: what is known of days after it does not count
        :param max_age: days, instead of the company's own setting
        :return: list of :class:`BankReach`
        """
        self.ensure_one()
        max_age = self.dunning_bank_max_age if max_age is None else max_age
        # sudo: users may lack access to the company's partner. Only its time zone is read.
        timezone = self.sudo().root_id.partner_id.tz or "UTC"
        self.env.flush_all()
        sources = self.env["account.journal"]._dunning_bank_sources(date, timezone)
        return [BankReach(*row) for row in self.env.execute_query(SQL("""
            SELECT journal.id, max(source.date),
                   COALESCE(max(source.date + source.days) < %(date)s, TRUE), COALESCE(bool_or(source.is_feed), FALSE)
              FROM account_journal journal
              LEFT JOIN (%(sources)s) source ON source.journal_id = journal.id
             WHERE journal.type = 'bank' AND journal.active AND journal.dunning_is_watched
               AND journal.company_id = ANY(%(companies)s)
               AND (source.journal_id IS NOT NULL
                    OR EXISTS (SELECT FROM account_move move
                                WHERE move.journal_id = journal.id AND move.state = 'posted'))
             GROUP BY journal.id ORDER BY journal.sequence, journal.id
        """, date=date, companies=self._dunning_companies().ids, sources=SQL(" UNION ALL ").join(
            SQL("SELECT journal_id, date, %s AS days, %s AS is_feed FROM (%s) told",
                max_age if source.is_feed else self.dunning_bank_word_days, source.is_feed, source.query)
            for source in sources)))]

    def _dunning_bank_date(self, date):
        """The day up to which every bank of the company is booked, at most ``date``; None where nothing tells."""
        days = [reach.date for reach in self._dunning_bank_reaches(date)]
        return min(days) if days and all(days) else None

    def _dunning_is_bank_behind(self, date):
        """Whether a bank is not booked far enough to send reminders on ``date``; see ``dunning_bank_max_age``."""
        self.ensure_one()
        if not self.dunning_bank_max_age:
            return False
        reaches = self._dunning_bank_reaches(date)
        return not reaches or any(reach.is_behind for reach in reaches)

    def _dunning_bank_warnings(self, date, max_age=None):
        """Sentences that name each bank that is behind, and how far it is booked; empty where none is.

        :param max_age: days, instead of the company's own setting
        """
        self.ensure_one()
        max_age = self.dunning_bank_max_age if max_age is None else max_age
        if not max_age:
            return []
        reaches = self._dunning_bank_reaches(date, max_age)
        if not reaches:
            return [self.env._("Nothing tells yet that the bank is booked: nothing goes out until it is.")]
        # sudo: users who read what keeps reminders may lack access to journals. Only their names are read.
        names = {journal.id: journal.display_name for journal in self.env["account.journal"].sudo().browse(
            [reach.journal_id for reach in reaches])}
        return [
            self.env._("«%(bank)s» is booked up to %(date)s: nothing goes out until it is booked further.",
                       bank=names[reach.journal_id], date=format_date(self.env, reach.date)) if reach.date else
            self.env._("No statement tells how far «%(bank)s» is booked: nothing goes out until one does.",
                       bank=names[reach.journal_id])
            for reach in reaches if reach.is_behind]

    def _dunning_bank_ways_out(self, date, max_age):
        """What to do about banks that no feed reaches; empty where each has one.

        :param max_age: days; 0: nothing to do
        """
        self.ensure_one()
        reaches = self._dunning_bank_reaches(date, max_age)
        without = [reach.journal_id for reach in reaches if not reach.has_feed]
        if not max_age or reaches and not without:
            return ""
        # sudo: as in _dunning_bank_warnings
        journals = self.env["account.journal"].sudo().browse(without)
        return self.env._(
            "No bank statement, import or online feed reaches %(banks)s. Either couple one (Invoicing ▸ Configuration "
            "▸ Journals) or import each statement; or say by hand each time up to which day the bank is booked, which "
            "is good for %(days)s days. To send reminders without looking at the bank, enter 0 days below.",
            banks=", ".join(f"«{journal.display_name}»" for journal in journals) or self.env._("the bank"),
            days=self.dunning_bank_word_days)
