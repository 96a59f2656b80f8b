import base64
import time

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import credit
from ...tools.bounded_json import read_json
from .dunning_credit_errors import DATA_ERRORS, CreditNotFound
from .dunning_credit_report import MOST_EVENTS

#: Seconds for which a token is valid that does not say so itself.
TOKEN_LIFE = 3600
#: Companies and events asked for in one call.
PAGE = 100
#: Pages of events, and events in all, read in one night.
MOST_PAGES, MOST_CHANGES = 200, 20_000
#: Countries listed by the test of the connection.
MOST_COUNTRIES = 20


class DunningCreditProvider(models.Model):
    """Creditsafe Connect v1, also offered as Graydon (GraydonCreditsafe sends its integrators there).

    Seen in the vendor's public description: paths, parameters, keys of answers and errors, the letters A (best) to E,
    a token of one hour, paging from 0 in monitoring. Not seen, and therefore left open here: whether a VAT number is
    searched with or without the letters of the country (both are tried), what an unsubscribed country answers (any
    refusal is shown in the service's words), the values of ``officeType`` (only «head» is looked for), whether a
    report alone is charged (``search_is_paid``), and the form of ``negativeInformation`` (its dated parts are listed).
    """

    _inherit = "dunning.credit.provider"

    def _authenticate_creditsafe(self):
        """``(token, seconds)``: the token is a JWT that carries its own end."""
        _status, answer = self._request(
            "POST", "v1/authenticate", payload={"username": self.username, "password": self.password}, is_open=True)
        token = credit.by_path(answer, "token")
        return token, self._jwt_seconds(token) or TOKEN_LIFE

    @staticmethod
    def _jwt_seconds(token):
        """How many seconds a JWT is still valid; None where it does not say."""
        try:
            part = token.split(".")[1]
            claims = read_json(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
            return max(0, int(claims["exp"] - time.time()))
        except DATA_ERRORS:
            return None

    def _test_creditsafe(self):
        _status, answer = self._request("GET", "v1/access")
        accesses = credit.by_path(answer, "countryAccess.creditsafeConnectOnlineReports")
        return ", ".join(
            self.env._("%(country)s: %(used)s of %(paid)s reports used", country=access.get("countryIso2"),
                       used=access.get("used"), paid=access.get("paid"))
            for access in credit.records(accesses)[:MOST_COUNTRIES])

    # ------------------------------------------------------------------
    # Report
    # ------------------------------------------------------------------

    def _fetch_creditsafe(self, debtor):
        key = self._known_key(debtor) or self._search_creditsafe(debtor)
        _status, answer = self._request(
            "GET", f"v1/companies/{self._path_part(key)}", params={"language": "en"}, is_paid=True, debtor=debtor)
        report = credit.by_path(answer, "report")
        if not isinstance(report, dict):
            raise self._unusable_error(False, self.env._("the answer holds no report."))

        def read(path):
            return credit.by_path(report, path)

        rating = "creditScore.currentCreditRating"
        if not isinstance(read(rating), dict):
            rating = "companySummary.creditRating"
        words = [read(f"{rating}.{name}") for name in ("commonValue", "commonDescription", "providerValue.value")]
        status = [read(f"companySummary.companyStatus.{name}") for name in ("description", "status")]
        return {
            "key": key,
            "date": credit.to_date(credit.by_path(answer, "dateOfOrder")),
            "score": self._score_of(words[0]),
            "provider_score": " · ".join(str(word) for word in words if word),
            "band": words[0],
            "limit": credit.to_number(read(f"{rating}.creditLimit.value")),
            "currency": read(f"{rating}.creditLimit.currency"),
            "status": self._status_of(*status),
            "status_text": status[0] or status[1],
            "company_name": read("companySummary.businessName"),
            "equity": credit.to_number(read("companySummary.latestShareholdersEquityFigure.value")),
            "liquidity": self._liquidity_creditsafe(report),
            "events": self._events_creditsafe(report),
            "raw": answer,
        }

    @staticmethod
    def _liquidity_creditsafe(report):
        """The current ratio of the newest accounts, where the country's accounts have one (key not seen: memory)."""
        return credit.to_number(credit.by_path(report, "financialStatements.0.ratios.currentRatio"))

    @staticmethod
    def _events_creditsafe(report):
        """The dated parts of the negative information, whose form differs from country to country.

        :return: list of pairs (date, text), at most :data:`MOST_EVENTS`
        """
        events = []

        def look(value, name=""):
            if len(events) >= MOST_EVENTS:
                return
            if isinstance(value, list):
                for each in value:
                    look(each, name)
            elif isinstance(value, dict):
                day = next((credit.to_date(each) for key, each in value.items()
                            if "date" in key.lower() and credit.to_date(each)), None)
                texts = [str(each) for key, each in value.items()
                         if "date" not in key.lower() and isinstance(each, (str, int, float)) and each != ""]
                if day and texts:
                    events.append((day, ": ".join(filter(None, [name, ", ".join(texts)]))))
                for key, each in value.items():
                    look(each, key)

        look(report.get("negativeInformation") or {})
        return events

    def _search_creditsafe(self, debtor):
        """The service's number of the customer: by VAT number, then by registration number; never by name alone.

        :raises CreditNotFound: nothing found
        :raises UserError: several companies under that number
        """
        identity = self._identity(debtor)
        wanted = [("vatNo", identity["vat"]), ("vatNo", identity["vat_number"]), ("regNo", identity["registration"])]
        for name, number in dict.fromkeys(wanted):
            if not number:
                continue
            # a country may not know this way of searching: the next one, then
            status, answer = self._request(
                "GET", "v1/companies", params={"countries": identity["country"], name: number},
                is_paid=self.search_is_paid, debtor=debtor, accepted=(400, 404))
            companies = credit.records(credit.by_path(answer, "companies"))
            if status == 200 and companies:
                return self._choose_creditsafe(companies, identity)
        raise CreditNotFound(self.env._(
            "%(provider)s does not know %(name)s under %(numbers)s.", provider=self.display_name,
            name=debtor.display_name,
            numbers=" / ".join(filter(None, [identity["vat"], identity["registration"]]))))

    def _choose_creditsafe(self, companies, identity):
        """Among several under one number: the active ones, the head office, the one of the customer's name."""
        for is_better in (
            lambda company: str(company.get("status")).lower() == "active",
            lambda company: "head" in str(company.get("officeType")).lower(),
            lambda company: str(company.get("name")).lower() == (identity["name"] or "").lower(),
        ):
            companies = [company for company in companies if is_better(company)] or companies
        if len(companies) > 1:
            raise UserError(self.env._(
                "%(provider)s knows several companies under this number: %(names)s. Give the customer exactly the "
                "name of the right one.", provider=self.display_name,
                names=self._shorten(", ".join(
                    f"{company.get('name')} ({company.get('id')})" for company in companies[:5]))))
        if not companies[0].get("id"):
            raise UserError(self.env._("%s: the company that was found has no number.", self.display_name))
        return str(companies[0]["id"])

    # ------------------------------------------------------------------
    # Watching
    # ------------------------------------------------------------------

    def _watch_creditsafe(self, debtor):
        """Put the customer in the list that the service watches; being there already is well too."""
        if not self.portfolio_key:
            self._make_portfolio_creditsafe()
        key = self._known_key(debtor)
        self._request(
            "POST", f"{self._portfolio_path()}/companies", accepted=(409,),
            payload={"id": key, "personalReference": str(debtor.id), "freeText": "", "personalLimit": ""})

    def _make_portfolio_creditsafe(self):
        """The list at the service, made where none of this name is there."""
        name = f"Odoo {self.id} {self._database()}"
        _status, answer = self._request("GET", "v1/monitoring/portfolios", params={"page": 0, "pageSize": PAGE})
        # under which key the list of lists comes was not seen: all that hold records are looked through
        lists = answer.values() if isinstance(answer, dict) else [answer]
        known = [each for one in lists for each in credit.records(one) if each.get("name") == name]
        made = known[0] if known else self._request(
            "POST", "v1/monitoring/portfolios", payload={"name": name, "isDefault": False, "emails": []})[1]
        key = credit.by_path(made, "portfolioId")
        if not key:
            raise UserError(self.env._("%s: the list of watched companies has no number.", self.display_name))
        self.portfolio_key = str(key)

    def _database(self):
        """The identity of this database: two copies of one do not share a list."""
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid")  # read by administrators only

    def _unwatch_creditsafe(self, debtor):
        self._request(
            "DELETE", f"{self._portfolio_path()}/companies/{self._path_part(self._known_key(debtor))}",
            accepted=(404,))

    def _portfolio_path(self):
        return f"v1/monitoring/portfolios/{self._path_part(self.portfolio_key)}"

    def _changes_creditsafe(self):
        """What the service noticed since the last time, with a day's overlap.

        :return: list of dicts: ``company`` (the service's number), ``key`` (of the event), ``date``, ``text``; at most
            :data:`MOST_CHANGES`
        """
        if not self.portfolio_key:
            return []
        since = self.changes_from or self._credit_today()
        events = []
        for page in range(MOST_PAGES):
            _status, answer = self._request(
                "GET", f"{self._portfolio_path()}/notificationEvents",
                params={"startDate": f"{fields.Date.add(since, days=-1)}", "page": page, "pageSize": PAGE})
            items = credit.records(credit.by_path(answer, "data"))
            events += [self._read_event_creditsafe(item) for item in items]
            total = credit.by_path(answer, "totalCount")
            if not items or len(events) >= (total if isinstance(total, int) else MOST_CHANGES):
                break
        return events[:MOST_CHANGES]

    def _read_event_creditsafe(self, item):
        text = item.get("ruleName") or self.env._("Event %s", item.get("ruleCode"))
        if item.get("oldValue") or item.get("newValue"):
            text = f"{text}: {item.get('oldValue') or '–'} → {item.get('newValue') or '–'}"
        day = credit.to_date(item.get("eventDate"))
        return {"company": str(credit.by_path(item, "company.id")), "date": day, "text": str(text),
                "key": str(item.get("notificationEventId") or f"{day} {text}")}
