import json
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools import credit
from ...tools.service_address import UnsafeAddress, check_address
from .dunning_credit_errors import DATA_ERRORS, CreditNotFound, shown_to_user

_logger = logging.getLogger(__name__)

#: Names under which a service is offered, and the client that talks to it.
CLIENTS = {"graydon": "creditsafe", "altares": "dnb"}
#: Letters of Creditsafe (A is the best, E the worst) and risk classes of D&B (1 is the best): the middle of a fifth.
LETTERS = "A = 10, B = 30, C = 50, D = 70, E = 90"
CLASSES = "1 = 10, 2 = 30, 3 = 50, 4 = 70, 5 = 90"
INSOLVENT_WORDS = (
    "bankrupt, insolven, failli, insolvenz, konkurs, liquidation judiciaire, redressement judiciaire, surseance, "
    "surséance, in administration, compulsory liquidation, winding up")
STRUCK_OFF_WORDS = (
    "struck off, strike off, stricken off, dissolved, radié, radiation d'office, dissou, geschrapt, doorgehaald, "
    "ontbonden, gelöscht, aufgelöst")
STATUSES = [
    ("active", "Active"), ("inactive", "Not active"), ("insolvent", "Insolvent"), ("struck_off", "Struck off"),
    ("unknown", "Unknown")]


class DunningCreditProvider(models.Model):
    """Where credit information comes from: a service that is asked, or files that are bought elsewhere.

    A service is a code with methods named for its client: ``_authenticate_<client>``, ``_fetch_<client>(debtor)``,
    ``_test_<client>`` and, where it watches companies, ``_watch_<client>(debtor)`` and ``_changes_<client>()``.
    Only administrators write here: who could change the address could send the credentials elsewhere. The credentials
    are stored in ``dunning.credit.credential``.
    """

    _name = "dunning.credit.provider"
    _description = "Credit Information Provider"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _mailing_enabled = False
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10, help="The first one that covers a customer's country is asked.")
    active = fields.Boolean(default=True)
    code = fields.Selection(
        [("creditsafe", "Creditsafe"), ("graydon", "Graydon (GraydonCreditsafe)"), ("dnb", "Dun & Bradstreet"),
         ("altares", "Altares Dun & Bradstreet"), ("json", "Another service (JSON)"), ("file", "Files (CSV, Excel)")],
        "Service", required=True, default="creditsafe")
    company_id = fields.Many2one(
        "res.company", domain="[('parent_id', '=', False)]", help="Empty: every company may ask.")
    country_ids = fields.Many2many("res.country", string="Countries", help="Empty: customers of every country.")

    # how it is reached
    base_url = fields.Char("Base Address", copy=False, help="As your contract with the service names it.")
    timeout = fields.Integer("Wait for an Answer (seconds)", default=20, required=True)
    tries = fields.Integer(
        default=3, required=True,
        help="How often a call is made in all when the service cannot be reached or has a fault of its own.")
    paused_until = fields.Datetime(
        compute="_compute_paused_until", help="The service said that it is asked too often.")

    # what may be spent
    daily_budget = fields.Integer(
        "Paid Calls a Day", default=50, required=True, help="No more are made on one day, whoever asks. 0: none.")
    paid_today = fields.Integer("Paid Calls Today", compute="_compute_paid_today")
    search_is_paid = fields.Boolean(
        "Searches Count Too", compute="_compute_defaults", store=True, readonly=False, precompute=True,
        help="Tick this when your contract charges the search for a company as well.")

    # when it is asked
    ask_new = fields.Selection(
        [("no", "No"), ("customers", "New customers"), ("all", "New customers and prospects")],
        "Ask by Itself", required=True, default="no",
        help="A report is bought for businesses that become debtors from now on.")
    ask_new_since = fields.Date(
        "New Since", default=fields.Date.context_today, help="Debtors made before this day are not new.")
    watches = fields.Boolean(
        "Watch Customers at the Service",
        help="Customers with a report are put in a list at the service, which tells each night what changed.")
    portfolio_key = fields.Char("Number of the List", readonly=True, copy=False)
    changes_from = fields.Date(
        "Changes Asked From", readonly=True, copy=False, help="What changed before this day is known.")

    # how its answers are read
    score_scale = fields.Selection(
        [("table", "By a table of words"), ("linear", "On a line between two numbers")], required=True,
        compute="_compute_defaults", store=True, readonly=False, precompute=True)
    score_table = fields.Text(
        compute="_compute_defaults", store=True, readonly=False, precompute=True,
        help="Their word = our number, 0 (safe) to 100 (worst). For example: A = 10, B = 30.")
    scale_safe = fields.Float("Their Number for Safe", default=100)
    scale_worst = fields.Float("Their Number for Worst", default=0)
    insolvent_words = fields.Text(
        "Words for Insolvent", default=INSOLVENT_WORDS,
        help="When the status begins a word with one of these, the customer is insolvent. “Not bankrupt” is not.")
    struck_off_words = fields.Text("Words for Struck Off", default=STRUCK_OFF_WORDS)
    inactive_words = fields.Text(
        "Words for Not Active", default="nonactive, non-active, inactive, inactief, ceased, stopgezet, dormant")
    active_words = fields.Text("Words for Active", default="active, actief, actif, aktiv, normal")

    report_count = fields.Integer(compute="_compute_report_count", groups="debto_dunning.group_dunning_user")
    usage_ids = fields.One2many(
        "dunning.credit.usage", "provider_id", string="Paid Calls", readonly=True,
        groups="debto_dunning.group_dunning_manager,base.group_system")

    _numbers_in_range = models.Constraint(
        "CHECK (timeout BETWEEN 1 AND 300 AND tries BETWEEN 1 AND 10 AND daily_budget >= 0)",
        "Wait 1 to 300 seconds, try 1 to 10 times, and let the paid calls a day be 0 or more.")

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("code")
    def _compute_defaults(self):
        for provider in self:
            client = provider._client()
            provider.search_is_paid = client == "dnb"
            provider.score_scale = "table" if client in ("creditsafe", "dnb") else "linear"
            provider.score_table = {"creditsafe": LETTERS, "dnb": CLASSES}.get(client, False)

    def _compute_paused_until(self):
        now = fields.Datetime.now()
        # whoever may read the provider may know why it does not answer
        sessions = self.env["dunning.credit.session"].sudo().search([("provider_id", "in", self.ids)])
        pauses = {session.provider_id.id: session.paused_until for session in sessions}
        for provider in self:
            until = pauses.get(provider.id)
            provider.paused_until = until if until and until > now else False

    def _compute_paid_today(self):
        usages = self.env["dunning.credit.usage"].sudo()  # a number without any secret
        for provider in self:
            known = provider._origin
            provider.paid_today = usages._used(known, provider._credit_today()) if known else 0

    def _compute_report_count(self):
        counts = dict(self.env["dunning.credit.report"]._read_group(
            [("provider_id", "in", self.ids)], ["provider_id"], ["__count"]))
        for provider in self:
            provider.report_count = counts.get(provider, 0)

    @api.constrains("base_url")
    def _check_base_url(self):
        for provider in self.filtered("base_url"):
            try:
                check_address(provider.base_url)
            except UnsafeAddress as error:
                raise ValidationError(self.env._(
                    "%(provider)s: %(fault)s", provider=provider.name,
                    fault=provider._address_words(error.kind))) from None

    @api.constrains("score_scale", "score_table", "scale_safe", "scale_worst")
    def _check_scale(self):
        for provider in self:
            if provider.score_scale == "linear":
                try:
                    credit.linear_score(0, provider.scale_safe, provider.scale_worst)
                except ValueError:
                    raise ValidationError(self.env._(
                        "%s: the number for safe and the number for worst are the same, or one is too large.",
                        provider.name)) from None
            try:
                credit.read_table(provider.score_table)
            except ValueError as error:
                raise ValidationError(self.env._(
                    "%(provider)s: “%(part)s” in the table of scores is not of the form “word = number from 0 to "
                    "100”.", provider=provider.name, part=error)) from None

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        res = super().write(vals)
        # Odoo looks at the rules before it writes: a service may not be moved to a company of others
        self.check_access("write")
        if {"base_url", "username", "password", "code"} & set(vals):
            self.env["dunning.credit.session"].search([("provider_id", "in", self.ids)]).unlink()
        return res

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _client(self):
        """The client that talks to the service: Graydon is Creditsafe's, Altares is D&B's."""
        return CLIENTS.get(self.code, self.code)

    @api.model
    def _for_debtor(self, debtor):
        """The first service that covers the customer's country at its company; empty where there is none."""
        country = debtor.partner_id.country_id
        return self.search(
            Domain("code", "!=", "file") & Domain("company_id", "in", (False, debtor.company_id.id))
            & (Domain("country_ids", "=", False) | Domain("country_ids", "in", country.ids)), limit=1)

    def _fetch_answer(self, debtor):
        """Ask the service for what it knows of ``debtor``.

        :return: dict as :meth:`dunning.credit.report._create_from_answer` takes it
        :raises CreditAnswerUnusable: the answer that came is of no form that is known
        :raises UserError: says what the service answered or what is missing
        """
        self.ensure_one()
        if self.code == "file":
            raise UserError(self.env._("%s is filled from files: import one.", self.display_name))
        self._check_ready()
        try:
            answer = getattr(self, f"_fetch_{self._client()}")(debtor)
        except DATA_ERRORS as error:
            raise self._unexpected_error(error) from error
        # the user who asks reads no stored answers; this is a number without content
        return {**answer, "answer_id": self.env["dunning.credit.answer"].sudo()._newest_id(self, debtor)}

    def _create_report(self, debtor, answer):
        """Make a report of an answer of :meth:`_fetch_answer`, wholly or not at all.

        :return: the report
        :raises CreditAnswerUnusable: the database refuses what is in it
        """
        try:
            with self.env.cr.savepoint():
                report = self.env["dunning.credit.report"]._create_from_answer(self, debtor, answer)
                self.env.flush_all()
                return report
        except (psycopg2.DataError, *DATA_ERRORS) as error:
            raise self._unexpected_error(error) from error

    def _unexpected_error(self, error):
        """The error of an answer that nobody has thought of; the server's log tells where it was met."""
        _logger.warning("%s: an answer that cannot be used", self.display_name, exc_info=error)
        return self._unusable_error(False, self.env._(
            "the answer is not of the form that is known (%s).", type(error).__name__))

    def _path_part(self, key):
        """A number that the service gave, as a part of an address.

        :raises CreditAnswerUnusable: it would lead to another address
        """
        try:
            return credit.path_part(str(key))
        except ValueError:
            raise self._unusable_error(False, self.env._(
                "“%s” is no number of a company.", self._shorten(str(key)))) from None

    def _check_ready(self):
        """:raises UserError: the address or the credentials are missing"""
        if not self.base_url:
            raise UserError(self.env._(
                "%s has no base address yet. An administrator types it in, as the contract names it.",
                self.display_name))
        if (self.code != "json" or self.auth_method in ("basic", "oauth2")) and not (self.username and self.password):
            raise UserError(self.env._(
                "%s has no credentials yet. An administrator types them in.", self.display_name))

    def _identity(self, debtor):
        """The numbers and names by which a service may know the customer: the parts of a template.

        :raises CreditNotFound: neither VAT number nor registration number, or no country
        """
        partner = debtor.partner_id
        code, digits, vat = credit.vat_of(partner.vat, partner.country_id.code)
        registration = credit.registration_of(partner.company_registry, partner.vat, partner.country_id.code or code)
        if not (digits or registration):
            raise CreditNotFound(self.env._(
                "%s has neither a VAT number nor a registration number: type one in on the customer's form.",
                partner.display_name))
        country = partner.country_id.code or code
        if not country:
            raise CreditNotFound(self.env._("%s has no country: choose it on the customer's form.",
                                            partner.display_name))
        return {
            "vat": vat, "vat_number": digits, "registration": registration, "country": country, "name": partner.name,
            "zip": partner.zip, "reference": partner.ref or str(partner.id),
        }

    def _known_key(self, debtor):
        """The service's own number of the customer, from its newest report."""
        return self.env["dunning.credit.report"].search(
            [("debtor_id", "=", debtor.id), ("provider_id", "=", self.id), ("provider_key", "!=", False)],
            limit=1).provider_key

    def _score_of(self, value):
        """Our score, 0 (safe) to 100 (worst), for one of the service; None where it is no number or unknown word."""
        if self.score_scale == "linear":
            return credit.linear_score(value, self.scale_safe, self.scale_worst)
        return credit.table_score(value, credit.read_table(self.score_table))

    def _status_of(self, *texts):
        """Our status for the service's words; the worst one that they contain."""
        for status, words in (
            ("insolvent", self.insolvent_words), ("struck_off", self.struck_off_words),
            ("inactive", self.inactive_words), ("active", self.active_words),
        ):
            if any(credit.contains_word(text, credit.split_words(words)) for text in texts if text):
                return status
        return "unknown"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_test(self):
        """Log in, and make a call that costs nothing."""
        self.ensure_one()
        self.check_access("write")
        self._check_ready()
        with shown_to_user():
            message = getattr(self, f"_test_{self._client()}")()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "title": self.env._("The connection works"), "message": message or ""},
        }

    def action_open_reports(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reports of %s", self.name),
            "res_model": "dunning.credit.report",
            "view_mode": "list,form,pivot",
            "domain": [("provider_id", "=", self.id)],
        }

    @api.model
    def _format_raw(self, answer):
        """The raw answer as the bytes that are stored for managers."""
        return json.dumps(answer, indent=1, ensure_ascii=False, default=str).encode()
