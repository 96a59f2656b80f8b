from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL

#: The bank's own number of a line, in columns that imports of the OCA and of Enterprise add.
OCA_NUMBER = ("account_bank_statement_line", "unique_import_id")
ENTERPRISE_NUMBER = ("account_bank_statement_line", "online_transaction_identifier")
IMPORT_COLUMNS = (OCA_NUMBER, ENTERPRISE_NUMBER)
#: The last pull of the OCA's ``account_statement_import_online``. It moves on after a pull that failed too, which
#: leaves a note with a subject on the feed; other notes there have none.
OCA_PULL = ("online_bank_statement_provider", "last_successful_run")
#: The last pull of Enterprise's ``account_online_synchronization``.
ENTERPRISE_PULL = ("account_online_link", "last_refresh")


class BankSource(NamedTuple):
    """Something that tells how far a bank is booked."""

    name: str
    #: query for ``journal_id`` and ``date``
    query: SQL
    #: whether it comes by itself from the bank, and not by somebody's word
    is_feed: bool = True


class AccountJournal(models.Model):
    _inherit = "account.journal"

    dunning_is_watched = fields.Boolean(
        "Customers Pay Here", default=True, groups="base.group_user",
        help="Reminders wait until this bank is booked up to date. Switch it off for accounts on which no customer "
             "pays, such as savings accounts.")

    def _dunning_bank_sources(self, date, timezone):
        """What tells how far the bank journals are booked, as a list of :class:`BankSource`.

        A source is a query for rows of ``journal_id`` and ``date``. Entries that people make in a bank journal are no
        source: one booked fee does not say that the day's payments are booked. Other addons extend this method.

        :param date: days after it do not count
        :param timezone: name of the company's time zone, in which the day of a pull is meant
        """
        sources = [
            # its date may be later than its last line's: the end of a quiet week
            BankSource("statement", SQL("""
                SELECT journal_id, max(date) AS date FROM account_bank_statement
                 WHERE is_complete AND date <= %s GROUP BY journal_id""", date)),
            BankSource("import", self._dunning_bank_log_query("import", date)),
            BankSource("word", self._dunning_bank_log_query("word", date), is_feed=False),
        ]
        found = self._dunning_columns_found([*IMPORT_COLUMNS, OCA_PULL, ENTERPRISE_PULL])
        sources += [
            BankSource(column, SQL("""
                SELECT journal.id AS journal_id, newest.date
                  FROM account_journal journal
                  CROSS JOIN LATERAL (
                       SELECT to_date(left(line.internal_index, 8), 'YYYYMMDD') AS date
                         FROM account_bank_statement_line line
                        WHERE line.journal_id = journal.id AND line.company_id = journal.company_id
                          AND line.internal_index < to_char(%s::date + 1, 'YYYYMMDD') AND %s IS NOT NULL
                        ORDER BY line.internal_index DESC LIMIT 1) newest""", date, SQL.identifier("line", column)))
            for table, column in IMPORT_COLUMNS if (table, column) in found]
        if OCA_PULL in found:
            sources.append(BankSource("oca_feed", SQL("""
                SELECT feed.journal_id, %s AS date
                  FROM online_bank_statement_provider feed
                 WHERE feed.active AND feed.last_successful_run IS NOT NULL
                   AND NOT EXISTS (
                       SELECT FROM mail_message message
                        WHERE message.model = 'online.bank.statement.provider' AND message.res_id = feed.id
                          AND message.subject IS NOT NULL AND message.date >= feed.last_successful_run)""",
                self._dunning_day_sql(SQL("feed.last_successful_run"), timezone, date))))
        if {ENTERPRISE_PULL, ENTERPRISE_NUMBER} <= found:
            # a link counts as refreshed when it is made: it must have brought a line
            sources.append(BankSource("enterprise_feed", SQL("""
                SELECT journal.id AS journal_id, %s AS date
                  FROM account_journal journal
                  JOIN account_online_link link ON link.id = journal.account_online_link_id
                 WHERE link.state = 'connected' AND link.last_refresh IS NOT NULL
                   AND EXISTS (SELECT FROM account_bank_statement_line line
                                WHERE line.journal_id = journal.id AND line.online_transaction_identifier IS NOT NULL)
                """, self._dunning_day_sql(SQL("link.last_refresh"), timezone, date))))
        return sources

    def _dunning_columns_found(self, columns):
        """Those of these pairs of table and column that exist: they come with addons that may not be installed."""
        return set(self.env.execute_query(SQL("""
            SELECT table_name::text, column_name::text FROM information_schema.columns
             WHERE table_schema = current_schema AND (table_name::text, column_name::text) IN %s""", tuple(columns))))

    def _dunning_bank_log_query(self, source, date):
        """Query for the newest day of :class:`dunning.bank.reach` by journal."""
        return SQL("SELECT journal_id, max(date) AS date FROM dunning_bank_reach WHERE source = %s AND date <= %s "
                   "GROUP BY journal_id", source, date)

    def _dunning_day_sql(self, timestamp, timezone, date):
        """SQL for the day of a time in UTC in a time zone; at most ``date``."""
        return SQL("LEAST((%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date, %s)", timestamp, timezone, date)
