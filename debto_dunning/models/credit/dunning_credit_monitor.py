import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..batch import CONFLICTS
from .dunning_credit_errors import CreditAnswerUnusable, CreditNotFound, CreditServiceStopped
from .dunning_credit_report import MOST_KEY

_logger = logging.getLogger(__name__)

#: After so many failures in a row the service is left alone until the next night.
MOST_FAILURES = 5
#: A customer that the service did not know, or whose answer was unusable, is asked for again after so many days.
NOT_KNOWN_DAYS = 30


class DunningCreditProvider(models.Model):
    """The nightly watch: what changed at the services, new customers, and reports that have grown old."""

    _inherit = "dunning.credit.provider"

    last_failure = fields.Char(readonly=True, copy=False, help="What went wrong in the last nightly watch.")

    @api.model
    def _cron_credit(self):
        """Look after every service, one debtor a transaction, as far as budget and time go.

        Killed anywhere, the next call goes on: what was asked carries its date.
        """
        self.env["dunning.debtor"].search([("delivery_hold", "=", True)])._sync_delivery_warning()
        providers = self.search(self._service_domain())
        checkpoint = self.env["dunning.run"]._checkpoint
        providers.filtered("last_failure").last_failure = False
        for provider in providers:
            provider._attempt(provider._look_for_changes)
            checkpoint(remaining=len(providers))
        for provider in providers:
            if not provider._ask_due(providers):
                return  # time is up, this cron is called again at once
        checkpoint(remaining=0)

    @api.model
    def _service_domain(self):
        """The services that are set up; files are none."""
        return Domain("code", "!=", "file") & Domain("base_url", "!=", False)

    def _attempt(self, method, *args):
        """Call a step of the watch; an error is stored on the provider and does not end the night.

        :return: the error, None without one
        """
        try:
            with self.env.cr.savepoint():
                method(*args)
                self.env.flush_all()
        except CONFLICTS:
            raise
        except UserError as caught:
            error = caught
        except Exception as caught:  # what one service says must not keep the others from being asked
            _logger.warning("%s: %s failed", self.display_name, method.__name__, exc_info=True)
            error = self._unusable_error(False, self.env._(
                "the answer is not of the form that is known (%s).", type(caught).__name__))
        else:
            return None
        self.last_failure = self._shorten(str(error))
        return error

    # ------------------------------------------------------------------
    # What changed
    # ------------------------------------------------------------------

    def _look_for_changes(self):
        """Read the changes that a service reports of the customers it watches, and store them until the report is
        fetched."""
        client = self._client()
        if not self.watches or not hasattr(self, f"_changes_{client}"):
            return
        self._check_ready()
        today = self._credit_today()
        changes = {(change["company"], change["key"]): change for change in getattr(self, f"_changes_{client}")()}
        for change in changes.values():
            self._store_change(change)
        self.changes_from = today

    def _store_change(self, change):
        """Store one change as an event of each debtor that it is about, unless it is stored already."""
        reports, events = self.env["dunning.credit.report"], self.env["dunning.credit.event"]
        company, key = (reports._shorten_text(change[name], MOST_KEY) for name in ("company", "key"))
        text = reports._shorten_text(change["text"])
        if not (company and text):
            return
        debtors = reports.search([("provider_id", "=", self.id), ("provider_key", "=", company)]).debtor_id
        known = events.search([
            ("provider_id", "=", self.id), ("provider_key", "=", key), ("debtor_id", "in", debtors.ids)])
        events.create([{
            "debtor_id": debtor.id, "provider_id": self.id, "provider_key": key, "date": change["date"], "text": text,
        } for debtor in debtors - known.debtor_id])

    def _update_watched(self):
        """Put customers with a report in the service's list, and take archived debtors out."""
        client = self._client()
        if not self.watches or not hasattr(self, f"_watch_{client}"):
            return True
        reported = self.env["dunning.credit.report"].search(
            [("provider_id", "=", self.id), ("provider_key", "!=", False)]).debtor_id
        new = reported.filtered(lambda debtor: debtor.active and debtor.credit_watched_by_id != self)
        gone = self.env["dunning.debtor"].with_context(active_test=False).search([
            ("credit_watched_by_id", "=", self.id), ("active", "=", False)])
        failures = 0
        for debtor in new | gone:
            is_new = debtor in new
            error = self._attempt(getattr(self, f"_watch_{client}" if is_new else f"_unwatch_{client}"), debtor)
            failures = failures + 1 if error else 0
            if isinstance(error, CreditServiceStopped) or failures >= MOST_FAILURES:
                break
            if not error:
                debtor.credit_watched_by_id = is_new and self
            if not self.env["dunning.run"]._checkpoint(1, remaining=1):
                return False
        return True

    # ------------------------------------------------------------------
    # Whom to ask for
    # ------------------------------------------------------------------

    def _ask_due(self, providers):
        """Ask for the reports that are due; False when time is up."""
        debtors = self._due_debtors(providers)
        used = self.env["dunning.credit.usage"]._used(self, self._credit_today())
        left = max(0, self.daily_budget - used)
        failures = 0
        for done, debtor in enumerate(debtors[:left], 1):
            error = self._ask_safely(debtor)
            failures = failures + 1 if error and not isinstance(error, CreditNotFound) else 0
            if isinstance(error, CreditServiceStopped) or failures >= MOST_FAILURES:
                return True
            has_time = self.env["dunning.run"]._checkpoint(1, remaining=left - done + 1)
            if isinstance(error, CreditAnswerUnusable):
                # after the commit: until then a process that takes over uses the same answer again
                self.env["dunning.credit.answer"]._mark_unusable(self, debtor)
            if not has_time:
                return False
        return self._update_watched()

    def _ask_safely(self, debtor):
        """Ask for one debtor; a failure is stored on it.

        In two steps, so that an error in making the report leaves what a service has written on the customer.

        :return: the error, None without one
        """
        answers = []

        def fetch():
            debtor._lock_for_credit_report()
            answers.append(self._fetch_answer(debtor))

        error = self._attempt(fetch) or self._attempt(self._create_report, debtor, *answers)
        if error and not isinstance(error, CreditServiceStopped):
            today = debtor.company_id._dunning_today()
            debtor.write({"credit_failure": self._shorten(str(error)), "credit_asked_on": today})
            if isinstance(error, (CreditAnswerUnusable, CreditNotFound)):
                # these events have had their answer: the next one comes with a new event or the interval
                self.env["dunning.credit.event"]._pending_events(self, debtor).asked_on = today
        if isinstance(error, CreditAnswerUnusable):
            self._warn_of_unusable(debtor, error)
        return error

    def _warn_of_unusable(self, debtor, error):
        """Plan an activity for an administrator about an answer that cannot be used, unless one is open."""
        kind = "mail.mail_activity_data_todo"
        if self.activity_search([kind]):
            return
        user = self.create_uid if self.create_uid.active and self.create_uid.has_group("base.group_system") \
            and self.create_uid.has_group("base.group_user") else self.env.ref("base.user_admin")
        localized = self.with_context(lang=user.lang or self.env.lang)
        self.activity_schedule(
            kind, user_id=user.id, summary=localized.env._("An answer of %s cannot be used", self.name),
            note=Markup("<p>%s</p>") % localized.env._(
                "%(customer)s: %(error)s It was paid for and is not asked for again at once. The debtors "
                "concerned say why there is no report; the server's log says more.",
                customer=debtor.display_name,
                error=self._shorten(str(error))))

    def _due_debtors(self, providers):
        """The debtors to ask for: those with new events first, then those who owe most.

        :param providers: all services in their order; a customer belongs to the first that covers it
        """
        today = self._credit_today()
        changed = self.env["dunning.credit.event"].search(
            [("provider_id", "=", self.id), ("report_id", "=", False), ("asked_on", "=", False)],
        ).debtor_id.filtered(lambda debtor: debtor.active and not (
            debtor.credit_failure and debtor.credit_asked_on == today))
        company = Domain("company_id", "=", self.company_id.id) if self.company_id else Domain.TRUE
        due = self.env["dunning.debtor"].search(company & (self._new_domain() | self._old_domain()))
        mine = due.filtered(lambda debtor: next(
            (provider for provider in providers if provider._covers(debtor)), None) == self)
        return changed | (mine - changed).sorted(lambda debtor: (-debtor.open_amount, debtor.id))

    def _covers(self, debtor):
        return (not self.company_id or self.company_id == debtor.company_id) and (
            not self.country_ids or debtor.partner_id.country_id in self.country_ids)

    def _new_domain(self):
        """Businesses without report that became debtors since the service asks by itself."""
        if self.ask_new == "no":
            return Domain.FALSE
        again = self._credit_today() - timedelta(days=NOT_KNOWN_DAYS)
        domain = (
            Domain("create_date", ">=", self.ask_new_since or self._credit_today())
            & Domain("kind", "=", "business") & Domain("credit_report_id", "=", False)
            & (Domain("credit_asked_on", "=", False) | Domain("credit_asked_on", "<=", again)))
        if self.ask_new == "customers":
            domain &= Domain("open_count", ">", 0) | Domain("settled_count", ">", 0)
        return domain

    def _old_domain(self):
        """Businesses whose segment wants a report every so many days, and whose last is older or was never asked."""
        if "monitoring_days" not in self.env["dunning.segment"]._fields:
            return Domain.FALSE
        today = self._credit_today()
        return Domain("kind", "=", "business") & Domain("is_insolvent", "=", False) & Domain.OR(
            Domain("segment_id", "=", segment.id) & (
                Domain("credit_asked_on", "=", False)
                | Domain("credit_asked_on", "<=", today - timedelta(days=segment.monitoring_days)))
            for segment in self.env["dunning.segment"].search([("monitoring_days", ">", 0)]))
