import base64
import json

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import credit

#: Seconds for which a token is valid that does not say so itself.
TOKEN_LIFE = 600


class DunningCreditProvider(models.Model):
    """Any other service that answers in JSON: configured, not coded. Nothing of it is known beforehand."""

    _inherit = "dunning.credit.provider"

    auth_method = fields.Selection(
        [("none", "Nothing"), ("basic", "User and password with each call"), ("header", "A key with each call"),
         ("oauth2", "A token (OAuth2, client credentials)")],
        "How It Logs In", default="none", required=True)
    key_header = fields.Char("Header of the Key", default="X-Api-Key")
    token_path = fields.Char("Address of the Token", default="oauth2/token", help="Below the base address.")
    token_scope = fields.Char("Scope", help="Only where the service asks for one.")
    request_method = fields.Selection([("GET", "GET"), ("POST", "POST")], "Way of Asking", default="GET")
    request_path = fields.Char(
        "Address of a Report", default="companies/{country}/{registration}",
        help="Below the base address. Filled in from the customer: {vat} with and {vat_number} without the letters of "
             "the country, {registration}, {country}, {name}, {zip}, {reference}.")
    request_body = fields.Text(
        "What Is Sent", help="JSON for the way of asking POST, with the same parts in braces inside its texts.")
    test_path = fields.Char("Address of a Test", help="Something below the base address that costs nothing.")
    path_score = fields.Char("Where the Score Stands", help="For example: report.scores.0.value")
    path_band = fields.Char("Where the Band Stands")
    path_limit = fields.Char("Where the Limit Stands")
    path_currency = fields.Char("Where the Currency Stands")
    path_status = fields.Char("Where the Status Stands")
    path_name = fields.Char("Where the Company's Name Stands")
    path_date = fields.Char("Where the Date Stands")
    path_equity = fields.Char("Where the Equity Stands")
    path_liquidity = fields.Char("Where the Liquidity Stands")

    @api.constrains("request_path", "request_body")
    def _check_templates(self):
        for provider in self:
            for template in (provider.request_path, provider.request_body and self._texts_of(provider.request_body)):
                if unknown := credit.unknown_placeholders(template):
                    raise ValidationError(self.env._(
                        "%(provider)s: nothing fills in {%(name)s}. These can stand in braces: %(known)s.",
                        provider=provider.name, name=unknown[0], known=", ".join(credit.PLACEHOLDERS)))

    def _texts_of(self, body):
        """The texts of a JSON body one after the other.

        :raises ValidationError: it is no JSON
        """
        texts = []

        def look(data):
            for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
                look(each)
            if isinstance(data, str):
                texts.append(data)

        try:
            look(json.loads(body))
        except (RecursionError, ValueError) as error:
            raise ValidationError(self.env._("What is sent is no JSON: %s.", error)) from None
        return "\n".join(texts)

    def _basic_header(self):
        pair = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}

    def _authorization_json(self):
        """The headers with the credentials for a service without token."""
        if self.auth_method == "basic":
            return self._basic_header()
        if self.auth_method == "header":
            return {self.key_header or "X-Api-Key": self.api_key or ""}
        return {}

    def _authenticate_json(self):
        """OAuth2, client credentials (RFC 6749, 4.4)."""
        form = {"grant_type": "client_credentials", **({"scope": self.token_scope} if self.token_scope else {})}
        _status, answer = self._request(
            "POST", self.token_path, form=form, headers=self._basic_header(), is_open=True)
        seconds = credit.to_number(credit.by_path(answer, "expires_in"))
        return credit.by_path(answer, "access_token"), seconds or TOKEN_LIFE

    def _test_json(self):
        if self.auth_method == "oauth2":
            self._authorization()
        if self.test_path:
            self._request("GET", self.test_path)
        elif self.auth_method != "oauth2":
            raise UserError(self.env._(
                "%s: type in an address that costs nothing, to test with.", self.display_name))

    def _fetch_json(self, debtor):
        values = self._identity(debtor)
        try:
            path = credit.fill(self.request_path or "", values, lambda text: text and credit.path_part(text))
        except ValueError as error:
            raise UserError(self.env._(
                "%(provider)s: “%(text)s” cannot stand in the address of a report.", provider=self.display_name,
                text=error)) from None
        payload = None
        if self.request_method == "POST":
            payload = credit.fill_json(json.loads(self.request_body or "{}"), values)
        _status, answer = self._request(self.request_method, path, payload=payload, is_paid=True, debtor=debtor)

        def read(path):
            return credit.by_path(answer, path)

        score, band, status = read(self.path_score), read(self.path_band), read(self.path_status)
        if score is None and band is None and status is None:
            raise self._unusable_error(False, self.env._(
                "the answer has neither score nor band nor status where the settings say they stand."))
        return {
            "date": credit.to_date(read(self.path_date)),
            "score": self._score_of(score),
            "provider_score": " · ".join(str(word) for word in (score, band) if word not in (None, "")),
            "band": band,
            "limit": credit.to_number(read(self.path_limit)),
            "currency": read(self.path_currency),
            "status": self._status_of(str(status) if status is not None else None),
            "status_text": None if status is None else str(status),
            "company_name": read(self.path_name),
            "equity": credit.to_number(read(self.path_equity)),
            "liquidity": credit.to_number(read(self.path_liquidity)),
            "events": [],
            "raw": answer,
        }
