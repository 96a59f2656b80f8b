from odoo import api, fields, models

from ..batch import CONFLICTS

#: How often a statement is repeated when other processes were faster; each time one of them gets through.
TRIES = 100


class DunningCreditSession(models.Model):
    """The state of the connection with a service: its token, and until when it must not be called.

    Read and written in transactions of their own: the token stays valid, and the service busy, when the user's
    transaction is rolled back.
    """

    _name = "dunning.credit.session"
    _description = "Session with a Credit Information Service"
    _rec_name = "provider_id"

    provider_id = fields.Many2one("dunning.credit.provider", required=True, ondelete="cascade")
    token = fields.Char(groups="base.group_system")
    token_expires = fields.Datetime(groups="base.group_system")
    paused_until = fields.Datetime()

    _provider_uniq = models.Constraint("UNIQUE (provider_id)", "A provider has one session.")

    @api.model
    def _execute_apart(self, query, *parameters):
        """Run one statement in a transaction of its own; repeated when another process was faster.

        :return: its first row, or None
        """
        for attempt in range(TRIES):
            try:
                with self.env.registry.cursor() as cr:
                    cr.execute(query, parameters)
                    return cr.fetchone() if cr.description else None
            except CONFLICTS:
                if attempt == TRIES - 1:
                    raise
        return None

    @api.model
    def _current_state(self, provider):
        """``(token, token_expires, paused_until)`` as committed now, whatever this transaction has read before."""
        return self._execute_apart(
            "SELECT token, token_expires, paused_until FROM dunning_credit_session WHERE provider_id = %s",
            provider.id) or (None, None, None)

    @api.model
    def _store_token(self, provider, token, expires):
        self._execute_apart("""
            INSERT INTO dunning_credit_session (provider_id, token, token_expires) VALUES (%s, %s, %s)
            ON CONFLICT (provider_id) DO UPDATE SET token = EXCLUDED.token, token_expires = EXCLUDED.token_expires
        """, provider.id, token, expires)

    @api.model
    def _pause(self, provider, until):
        """Ask a service nothing before a time, whatever becomes of this transaction; a longer pause stays.

        :param until: datetime in UTC
        """
        self._execute_apart("""
            INSERT INTO dunning_credit_session (provider_id, paused_until) VALUES (%s, %s)
            ON CONFLICT (provider_id) DO UPDATE
               SET paused_until = GREATEST(dunning_credit_session.paused_until, EXCLUDED.paused_until)
        """, provider.id, until)
