from datetime import timedelta

from psycopg2.errors import ForeignKeyViolation

from odoo import api, fields, models

#: An answer of which no report was made yet is used again within so many days instead of paying for another.
REUSED_DAYS = 3
#: Answers are deleted after so many days; what was made of them stays.
KEPT_DAYS = 30


class DunningCreditAnswer(models.Model):
    """A paid answer as it came in, stored in a transaction of its own before anything is made of it.

    When the transaction that makes the report fails or its process is killed, the next one uses the stored answer: the
    same is not paid for twice. An answer counts as used when a report of the same customer and service names it or a
    newer one in its ``answer_id``.
    """

    _name = "dunning.credit.answer"
    _description = "Paid Answer of a Credit Information Service"
    _order = "id DESC"
    _rec_name = "received_on"

    provider_id = fields.Many2one("dunning.credit.provider", required=True, readonly=True, ondelete="cascade")
    debtor_id = fields.Many2one("dunning.debtor", required=True, readonly=True, ondelete="cascade")
    request = fields.Char(required=True, readonly=True, help="A hash of what was asked.")
    status = fields.Integer("HTTP Status", readonly=True)
    body = fields.Binary("Answer", readonly=True, attachment=False)
    received_on = fields.Datetime(required=True, readonly=True, index=True)
    is_unusable = fields.Boolean("Unusable", readonly=True, help="No report can be made of it.")

    _debtor_provider_idx = models.Index("(debtor_id, provider_id)")

    @api.model
    def _store(self, provider, debtor, request, status, body):
        """Store an answer, whatever becomes of the caller's transaction.

        :param request: hash of the request
        :param status: HTTP status
        :param body: bytes
        """
        try:
            self.env["dunning.credit.session"]._execute_apart("""
                INSERT INTO dunning_credit_answer (provider_id, debtor_id, request, status, body, received_on)
                VALUES (%s, %s, %s, %s, %s, %s)
            """, provider.id, debtor.id, request, status, body, fields.Datetime.now())
        except ForeignKeyViolation:
            # the debtor was made in the caller's transaction: without it there is nothing to answer for
            return

    @api.model
    def _find_unused(self, provider, debtor, request):
        """``(status, body)`` of the newest answer to the same request of which no report was made; None without."""
        row = self.env["dunning.credit.session"]._execute_apart("""
            SELECT answer.status, answer.body
              FROM dunning_credit_answer answer
             WHERE answer.provider_id = %s AND answer.debtor_id = %s AND answer.request = %s
               AND answer.received_on > %s AND answer.is_unusable IS NOT TRUE
               AND NOT EXISTS (SELECT FROM dunning_credit_report report
                                WHERE report.debtor_id = answer.debtor_id
                                  AND report.provider_id = answer.provider_id AND report.answer_id >= answer.id)
             ORDER BY answer.id DESC LIMIT 1
        """, provider.id, debtor.id, request, fields.Datetime.now() - timedelta(days=REUSED_DAYS))
        return row and (row[0], bytes(row[1] or b""))

    @api.model
    def _newest_id(self, provider, debtor):
        """The id of the newest answer, 0 where there is none."""
        return self.env["dunning.credit.session"]._execute_apart(
            "SELECT COALESCE(max(id), 0) FROM dunning_credit_answer WHERE provider_id = %s AND debtor_id = %s",
            provider.id, debtor.id)[0]

    @api.model
    def _mark_unusable(self, provider, debtor):
        """Never use the answers again that are stored so far, whatever becomes of the caller's transaction."""
        self.env["dunning.credit.session"]._execute_apart("""
            UPDATE dunning_credit_answer SET is_unusable = TRUE
             WHERE provider_id = %s AND debtor_id = %s AND is_unusable IS NOT TRUE
        """, provider.id, debtor.id)

    @api.autovacuum
    def _gc_old(self):
        self.search([("received_on", "<", fields.Datetime.now() - timedelta(days=KEPT_DAYS))]).unlink()
