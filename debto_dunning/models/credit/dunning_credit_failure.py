import base64
import re

from odoo import models
from odoo.exceptions import UserError

from ...tools.bounded_json import UnusableJson, read_json
from ...tools.credit import clean_text
from ...tools.service_address import OPTION
from .dunning_credit_errors import CreditAnswerUnusable, CreditNotFound, CreditServiceStopped

#: So many characters of the service's own words are shown, of so many that are looked at.
MOST_SHOWN, MOST_LOOKED_AT = 300, 10_000
#: Keys under which services write what is wrong.
ERROR_KEYS = (
    "message", "details", "title", "detail", "text", "errorMessage", "error_description", "errorCode", "error",
    "errors", "messages")
#: So many different texts of an error are shown.
MOST_TEXTS = 5


class DunningCreditProvider(models.Model):
    """The errors of asking a service, in words that hold no credential."""

    _inherit = "dunning.credit.provider"

    def _stopped_error(self, words):
        return CreditServiceStopped(f"{self.display_name}: {words}")

    def _failure_error(self, status, words, kind=UserError):
        where = f"{self.display_name} ({status})" if status else self.display_name
        return kind(f"{where}: {words}")

    def _unusable_error(self, status, words):
        return self._failure_error(status, words, CreditAnswerUnusable)

    def _too_slow_error(self):
        return self._unusable_error(False, self.env._("no complete answer within %s seconds.", self.timeout))

    def _refusal_error(self, status, body):
        """The error of an answer that refuses: its status and the service's own words, shortened."""
        words = self._shorten(self._error_text(body))
        if status == 401:
            return self._stopped_error(self.env._(
                "401: the service refuses the log-in: “%s”. Check the credentials.", words))
        if status == 404:
            return CreditNotFound(f"{self.display_name}: 404 “{words}”")
        return self._failure_error(status, f"“{words}”")

    def _address_words(self, kind):
        """Why an address is not taken; ``kind`` of :class:`UnsafeAddress`."""
        if kind == "https":
            return self.env._("The base address begins with https://, so that nobody reads the password on its way.")
        if kind == "inside":
            return self.env._(
                "The base address leads into the own network. Whoever runs the server allows such hosts by the "
                "option %s of Odoo's configuration file.", OPTION)
        return self.env._(
            "The base address is no plain address such as https://service.example.com/api: it holds nothing but the "
            "name of the service, a port if need be (443, or 1024 and above) and a path.")

    def _error_text(self, body):
        """What the service itself says in an error: the texts under the keys that services use."""
        text = clean_text(body[:MOST_LOOKED_AT].decode("utf-8", "replace"))
        try:
            data = read_json(body)
        except UnusableJson:
            return re.sub(r"<[^<>]*>", " ", text)
        texts = []

        def look(value):
            if len(texts) >= MOST_TEXTS:
                return
            if isinstance(value, dict):
                for key in ERROR_KEYS:
                    look(value.get(key))
            elif isinstance(value, list):
                for each in value[:MOST_TEXTS]:
                    look(each)
            elif value not in (None, "") and str(value) not in texts:
                texts.append(str(value)[:MOST_LOOKED_AT])

        look(data)
        return "; ".join(texts) or text

    def _shorten(self, text):
        """Words from outside on one line, without control characters or a secret that they may repeat."""
        text = clean_text(text[:MOST_LOOKED_AT])
        for secret in sorted(self._secrets(), key=len, reverse=True):
            text = text.replace(secret, "•••")
        text = " ".join(text.split())
        return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"

    def _secrets(self):
        """The texts that are never shown."""
        # whoever sees the error need not be able to read the credentials and the token that it must not show
        provider = self.sudo()
        token, _expires, _paused = provider.env["dunning.credit.session"]._current_state(provider)
        pair = base64.b64encode(f"{provider.username}:{provider.password}".encode()).decode()
        return [secret for secret in (provider.password, provider.api_key, provider.username, token, pair)
                if secret and len(secret) > 3]
