from odoo import api, fields, models


class DunningCreditUsage(models.Model):
    """The paid calls of one day to one service: what the daily budget is held against."""

    _name = "dunning.credit.usage"
    _description = "Paid Calls of a Day"
    _order = "date DESC, id DESC"
    _rec_name = "date"

    provider_id = fields.Many2one("dunning.credit.provider", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(required=True, readonly=True)
    calls = fields.Integer("Paid Calls", readonly=True)

    _provider_date_uniq = models.Constraint("UNIQUE (provider_id, date)", "A provider has one count a day.")

    @api.model
    def _take(self, provider, date, budget):
        """Take one paid call out of the day's budget, whatever becomes of the user's transaction.

        One statement that counts and looks at once, committed by itself: any number of processes together never take
        more than ``budget``.

        :return: whether there was one left
        """
        return bool(self.env["dunning.credit.session"]._execute_apart("""
            INSERT INTO dunning_credit_usage (provider_id, date, calls)
            SELECT %s, %s, 1 WHERE %s > 0
            ON CONFLICT (provider_id, date) DO UPDATE SET calls = dunning_credit_usage.calls + 1
             WHERE dunning_credit_usage.calls < %s
            RETURNING calls
        """, provider.id, date, budget, budget))

    @api.model
    def _used(self, provider, date):
        """How many paid calls were made on a day, also by what other transactions do at this moment."""
        row = self.env["dunning.credit.session"]._execute_apart(
            "SELECT calls FROM dunning_credit_usage WHERE provider_id = %s AND date = %s", provider.id, date)
        return row[0] if row else 0
