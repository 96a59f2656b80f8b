from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import hmac

#: Attempts are kept so many hours; counts go back one day at most.
KEPT_HOURS = 48


class DunningPageAttempt(models.Model):
    """What strangers tried on the customer's page, so that the number of tries is limited."""

    _name = "dunning.page.attempt"
    _description = "Attempt on the Customer's Page"
    _inherit = ["dunning.program.record"]
    _log_access = False
    _order = "id DESC"

    what = fields.Char(required=True, readonly=True, help="What was tried.")
    who = fields.Char(required=True, readonly=True, help="A keyed hash of the address from which it was tried.")
    tried_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _who_idx = models.Index("(what, who, tried_on)")

    @api.model
    def _count(self, what, who, most, hours):
        """Count an attempt.

        :param what: name of what is tried
        :param who: whoever tries; only a keyed hash of it is kept
        :param most: so many attempts are allowed within ``hours``
        :return: whether this one is allowed
        """
        # sudo: visitors have no rights; the database's secret keys the hash
        attempts = self.sudo()
        who = hmac(attempts.env, "debto_dunning.page", str(who))[:32]
        since = fields.Datetime.now() - timedelta(hours=hours)
        before = attempts.search_count(
            [("what", "=", what), ("who", "=", who), ("tried_on", ">", since)], limit=most)
        if before >= most:
            return False
        attempts.create({"what": what, "who": who})
        return True

    @api.autovacuum
    def _gc_attempts(self):
        self.search([("tried_on", "<", fields.Datetime.now() - timedelta(hours=KEPT_HOURS))]).unlink()
