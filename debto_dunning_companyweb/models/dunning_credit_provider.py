import re
from datetime import timedelta

import requests
from zeep.exceptions import Error as SoapError
from zeep.exceptions import Fault

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.companyweb_base.cweb_utils import cweb_sync
from odoo.addons.debto_dunning.models.credit.dunning_credit_errors import CreditNotFound

#: The best and the worst of the pictures of the barometer: pos-50 and neg-50.
BAROMETER_SAFE, BAROMETER_WORST = 50, -50
#: Pictures of the barometer that are no score but a status.
PICTURES = {"failliet": "insolvent", "stop": "inactive"}
#: Statuses of an answer after which asking for other customers is of no use: user or password refused.
LOGIN_REFUSED = {101, 302, 303}
#: The status of an answer that does not know the number of the customer.
NUMBER_UNKNOWN = {306}
#: Data that companyweb_base brought by itself within so many days are not bought once more.
FRESH_DAYS = 7


class DunningCreditProvider(models.Model):
    """Companyweb (Belgium, Netherlands, Luxembourg, France), asked by the OCA's addon ``companyweb_base``.

    That addon makes the call (SOAP, version 2.0) and writes what comes on the customer; here it becomes a credit
    report. Seen in its code and its recorded answers: score, picture of the barometer, limit, status, warnings, and
    101, 302, 303 (log-in refused) and 306 (not a valid VAT number). Not seen, and therefore settings: the ends of the
    scale (taken from the pictures, pos-50 to neg-50) and the words of a status. That «failliet» and «stop» among the
    pictures mean bankrupt and stopped is their name's word. How long a call may take is the addon's affair.
    """

    _inherit = "dunning.credit.provider"

    code = fields.Selection(
        selection_add=[("companyweb", "Companyweb"), ("json",)],
        # its reports stay when this addon goes: a provider of files asks nobody
        ondelete={"companyweb": "set file"})
    scale_safe = fields.Float(
        default=None, compute="_compute_scale", store=True, readonly=False, precompute=True)
    scale_worst = fields.Float(
        default=None, compute="_compute_scale", store=True, readonly=False, precompute=True)

    @api.depends("code")
    def _compute_scale(self):
        for provider in self:
            is_companyweb = provider.code == "companyweb"
            provider.scale_safe = BAROMETER_SAFE if is_companyweb else 100
            provider.scale_worst = BAROMETER_WORST if is_companyweb else 0

    # ------------------------------------------------------------------
    # Hooks of the services
    # ------------------------------------------------------------------

    @api.model
    def _service_domain(self):
        # EXTENDS debto_dunning: the address stands in a system parameter of companyweb_base
        return super()._service_domain() | Domain("code", "=", "companyweb")

    def _check_ready(self):
        # EXTENDS debto_dunning: user and password stand on each company
        return None if self.code == "companyweb" else super()._check_ready()

    def _secrets(self):
        # EXTENDS debto_dunning: compared with, never shown
        companies = self.env["res.company"].sudo().search([("cweb_password", "!=", False)])
        return super()._secrets() + companies.mapped("cweb_password") + companies.filtered("cweb_login").mapped(
            "cweb_login")

    def _fetch_companyweb(self, debtor):
        self._identity(debtor)  # says what is missing on the customer
        partner = self._companyweb_partner(debtor)
        if not self._companyweb_has_news(debtor, partner):
            self._companyweb_check_user(debtor.company_id)
            self._take_paid_call()
            errors = self._companyweb_guarded(partner._cweb_enhance)
            if errors:
                raise self._companyweb_refused(errors[0])
        return self._companyweb_answer(partner)

    def _test_companyweb(self):
        """Ask for the changes of watched customers, without confirming any: they are told again."""
        company = self.company_id or self.env.company
        self._companyweb_check_user(company)
        url, login, password, lang = self.env["res.partner"].with_company(company).with_context(
            lang=self.env.lang or "en_US")._get_cweb_credentials()
        status, answer = self._companyweb_guarded(cweb_sync, url, login, password, lang, [])
        if status:
            raise self._companyweb_refused(f"{status}: {answer}")

    def _watch_companyweb(self, debtor):
        """Put the customer in the list of alerts; what changes comes with companyweb_base's own nightly action."""
        partner = self._companyweb_partner(debtor)
        if partner.companyweb_sync_status in ("pending", "active"):
            return
        self._companyweb_check_user(debtor.company_id)
        self._companyweb_guarded(partner.action_push_followup_partners)
        if partner.companyweb_sync_status != "pending":
            raise self._companyweb_refused(partner.cweb_error or "")

    def _unwatch_companyweb(self, debtor):
        """Companyweb takes a company off its list only when it is asked to by telephone or mail."""

    def _changes_companyweb(self):
        """Customers whose Companyweb data are newer than their last report: by its alerts or by somebody's button."""
        last = {}
        for report in self.env["dunning.credit.report"].search(
                [("provider_id", "=", self.id), ("companyweb_lastupdate", "!=", False)],
                order="companyweb_lastupdate"):
            last[report.debtor_id] = report
        return [{
            "company": report.provider_key,
            "key": f"{report.provider_key} {report.partner_id.cweb_lastupdate}",
            "date": report.partner_id.cweb_lastupdate.date(),
            "text": self.env._("Companyweb has new data."),
        } for report in last.values()
            if report.partner_id.cweb_lastupdate and report.partner_id.cweb_lastupdate > report.companyweb_lastupdate]

    # ------------------------------------------------------------------
    # The call
    # ------------------------------------------------------------------

    def _companyweb_partner(self, debtor):
        """The customer, at the debtor's company (whose log-in is used) and in the language of who reads the report."""
        company = debtor.company_id
        lang = company._dunning_localized(debtor).env.lang or self.env.user.lang or "en_US"
        return debtor.partner_id.with_company(company).with_context(lang=lang)

    def _companyweb_has_news(self, debtor, partner):
        """Whether companyweb_base lately brought data of which there is no report yet."""
        brought = partner.cweb_lastupdate
        if not brought or brought < fields.Datetime.now() - timedelta(days=FRESH_DAYS):
            return False
        return not self.env["dunning.credit.report"].sudo().search_count([  # whoever asks; only a count
            ("debtor_id", "=", debtor.id), ("provider_id", "=", self.id), ("companyweb_lastupdate", ">=", brought),
        ], limit=1)

    def _companyweb_check_user(self, company):
        if not self.env.user.has_group("companyweb_base.cweb_download"):
            raise self._stopped_error(self.env._(
                "You may not buy data of Companyweb. An administrator gives the right “Download Companyweb Data” on "
                "the form of the user."))
        settings = company.sudo()  # only whether there is something
        if not (settings.cweb_login and settings.cweb_password):
            raise self._stopped_error(self.env._(
                "%s has no credentials yet. An administrator types them in: Settings ▸ Companyweb.", company.name))

    def _companyweb_guarded(self, call, *arguments):
        """Make a call of companyweb_base, with errors that say whether the service or its answer is at fault."""
        try:
            return call(*arguments)
        except requests.ConnectionError:
            raise self._stopped_error(self.env._("The service cannot be reached.")) from None
        except (SoapError, requests.RequestException, LookupError, TypeError, AttributeError, ValueError) as error:
            raise self._companyweb_failed(error) from None

    def _companyweb_failed(self, error):
        """The error of a call that brought no answer that companyweb_base understands."""
        if isinstance(error, Fault) and error.code:
            return self._failure_error(False, f"“{self._shorten(str(error.message))}”")
        status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", 0)
        # a fault without code is what zeep makes of an error page
        if isinstance(error, Fault) or status >= 400:
            return self._stopped_error(self.env._("The service has a fault of its own. Try again later."))
        return self._unusable_error(False, self.env._("the answer is not readable."))

    def _companyweb_refused(self, words):
        """The error of an answer that refuses; its status is the first number in ``words``."""
        number = re.search(r"\b\d{3}\b", words)
        words = self._shorten(words)
        if number and int(number.group()) in LOGIN_REFUSED:
            return self._stopped_error(self.env._(
                "The service refuses the log-in: “%s”. Check Settings ▸ Companyweb.", words))
        if number and int(number.group()) in NUMBER_UNKNOWN:
            return CreditNotFound(f"{self.display_name}: “{words}”")
        return self._failure_error(False, f"“{words}”")

    # ------------------------------------------------------------------
    # The answer
    # ------------------------------------------------------------------

    def _companyweb_answer(self, partner):
        """What stands on the customer as the answer that a report is made of."""
        picture = (partner.cweb_image or "").partition(".")[0]
        day = partner.cweb_lastupdate.date()
        warnings = [line.removeprefix("- ") for line in (partner.cweb_warnings or "").splitlines() if line.strip("- ")]
        if partner.cweb_creditLimit_info:
            warnings.append(self.env._("About the limit: %s", partner.cweb_creditLimit_info))
        has_limit = partner.cweb_creditLimit_enable and not partner.cweb_creditLimit_unset
        has_score = partner.cweb_score_enable and re.fullmatch(r"((neg|pos)-\d+|zero)?", picture)
        return {
            "key": f"{partner.cweb_country_code or ''}{partner.cweb_registry or partner.cweb_vat or ''}",
            "company_name": partner.cweb_name,
            "date": day,
            "score": self._score_of(partner.cweb_score) if has_score else None,
            "provider_score": partner.cweb_score if has_score else picture,
            "limit": partner.cweb_creditLimit if has_limit else None,
            "currency": partner.cweb_currency_id.name or "EUR",
            "status": self._companyweb_status(partner, picture),
            "status_text": partner.cweb_companystatus,
            "equity": partner.cweb_equityCapital,
            "events": [(day, text) for text in warnings],
            "companyweb_lastupdate": partner.cweb_lastupdate,
            "raw": partner.read(self._companyweb_fields())[0],
        }

    def _companyweb_status(self, partner, picture):
        """The worst that its words, the barometer and the day of its end say."""
        status = self._status_of(partner.cweb_companystatus)
        if status in ("insolvent", "struck_off"):
            return status
        if picture in PICTURES:
            return PICTURES[picture]
        ended = partner.cweb_endDate and partner.cweb_endDate <= self._credit_today()
        return "inactive" if ended else status

    def _companyweb_fields(self):
        return [name for name, field in self.env["res.partner"]._fields.items()
                if name.startswith("cweb_") and field.store and name != "cweb_error"]
