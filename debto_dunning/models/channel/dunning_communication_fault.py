import errno
import logging
import subprocess
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..batch import run_together_or_one_by_one

_logger = logging.getLogger(__name__)

#: Hours before something is tried again after a fault, growing with each try.
PAUSES = (0.25, 1, 3, 6, 12, 24)
#: After so many days of faults the steps fall back, so that a later night asks anew with fresh amounts.
GIVE_UP_DAYS = 5
#: Tries of a message of which nobody can tell whether the fault is its own.
TRIES = 3
#: What the system lacks, whatever the message is: memory, space, a program, the network.
SYSTEM_FAULTS = (MemoryError, subprocess.SubprocessError, TimeoutError, ConnectionError)


class PrinterFault(UserError):
    """The program that prints PDF files crashed, or wrote none."""


def is_system_fault(error):
    """Whether an error comes from the system and would hit any other message too.

    An ``OSError`` without a number is not: libraries raise such errors for what they cannot read (a broken picture).
    """
    return isinstance(error, SYSTEM_FAULTS) or isinstance(error, OSError) and error.errno in errno.errorcode


class DunningCommunication(models.Model):
    """Faults while messages are made: what is the system's fault waits and is tried again, what is that of one
    message fails alone.
    """

    _inherit = "dunning.communication"

    retry_at = fields.Datetime(
        "Next Try", readonly=True, help="It is queued and could not be made yet: it is not tried before.")
    failing_since = fields.Datetime(readonly=True, help="When it could not be made for the first time.")

    def _attempt(self, method):
        """Call ``method`` on these together, else one by one; those that raise wait for another try, or fail.

        :param method: function of one argument, a part of ``self``
        """
        errors = []
        run_together_or_one_by_one(
            self.env, self, method, lambda communication, error: errors.append((communication, error)))
        if not errors:
            return
        is_everywhere = len(errors) == len(self) > 1
        is_printing = True
        if any(isinstance(error, UserError) for _communication, error in errors):
            is_printing = self.env["ir.actions.report"]._dunning_can_print()
        for communication, error in errors:
            if is_everywhere or is_system_fault(error) or isinstance(error, UserError) and not is_printing:
                communication._put_off_or_give_up(error)
            elif (len(self) == 1 or isinstance(error, PrinterFault)) and communication.retry_count < TRIES:
                communication._put_off_or_give_up(error)
            else:
                communication._fail_by_error(error)

    def _put_off_or_give_up(self, error):
        """Let a message wait after a fault that may pass; after :data:`GIVE_UP_DAYS` it fails."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.failing_since and self.failing_since < now - timedelta(days=GIVE_UP_DAYS):
            self._fail_by_error(error)
            return
        _logger.warning("Communication %s could not be made and is tried again.", self.id, exc_info=error)
        self._put_off(self.env._("It could not be made yet: %s", self._error_words(error)), self._next_pause())
        self.failing_since = self.failing_since or now
        self._warn_of_fault(self.env._("Reminders that cannot be made"), self.env._(
            "An error keeps reminders from being made. They wait and are tried again for %(days)s days, then they "
            "fail. The last error: %(error)s", days=GIVE_UP_DAYS, error=self._error_words(error)))

    def _put_off(self, reason, hours):
        """Keep messages in the queue and take them no sooner than in so many hours.

        :param reason: plain words for the log
        """
        self.write({"retry_at": fields.Datetime.now() + timedelta(hours=hours), "failure_reason": reason})

    def _next_pause(self):
        """The hours until the next try, which is counted."""
        self.ensure_one()
        self.retry_count += 1
        return PAUSES[min(self.retry_count, len(PAUSES)) - 1]

    def _fail_by_error(self, error):
        """Mark a message as failed that an error keeps from being made."""
        self.ensure_one()
        _logger.error("Communication %s could not be made.", self.id, exc_info=error)
        documents = ", ".join(filter(None, self.line_ids.mapped("document")))
        self._fail(self.env._(
            "It could not be made (%(documents)s): %(error)s", documents=documents or self.subject,
            error=self._error_words(error)))

    @api.model
    def _error_words(self, error):
        return str(error) or type(error).__name__

    def _warn_of_fault(self, summary, note):
        """Plan one activity for the person in charge of the night, on the newest run of the company.

        Where the company has no run yet, it is planned on the debtor.
        """
        for company, communications in self.grouped("company_id").items():
            # whoever sends may lack access to the runs; the activity is for the person in charge
            run = self.env["dunning.run"].sudo().search([("company_id", "=", company.id)], limit=1)
            if run:
                company._dunning_localized(run)._schedule_warning(summary, note)
                continue
            debtor = communications[:1].debtor_id.sudo()  # as above
            if summary not in debtor.activity_ids.mapped("summary"):
                debtor.activity_schedule(
                    "mail.mail_activity_data_todo", date_deadline=company._dunning_today(), summary=summary,
                    note=Markup("<p>%s</p>") % note,  # escapes what an error says
                    user_id=company._dunning_activity_user().id)
