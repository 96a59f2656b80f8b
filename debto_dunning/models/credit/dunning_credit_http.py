import contextlib
import email.utils
import json
import re
import time
from datetime import datetime, timedelta, timezone

import requests
import urllib3

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from .dunning_credit_errors import CreditNotFound, CreditServiceStopped

#: The longest answer that is read; the fullest report of a service is a tenth of it.
MOST_BYTES = 10 * 1024 * 1024
#: A service that asks for no more than so many seconds of peace gets them at once; a longer pause is kept.
SHORT_PAUSE = 5
#: How long a service is left alone that says «too many calls» and not for how long, in seconds.
UNNAMED_PAUSE = 60
#: Seconds before the second try; each later one waits twice as long as the one before.
FIRST_PAUSE = 1.0
#: A token is renewed so many seconds before it ends.
TOKEN_MARGIN = 60
#: So much of the service's own words is shown.
MOST_WORDS = 300


class DunningCreditProvider(models.Model):
    """The one place that talks to credit services: time-outs, tries, pauses, tokens, budget and clear errors.

    No credential ever reaches a log, a message or another address: nothing follows a redirection, and what a service
    says is shown without them.
    """

    _inherit = "dunning.credit.provider"

    def _request(self, method, path, params=None, payload=None, form=None, content=None, headers=None,
                 is_paid=False, is_open=False, accepted=()):
        """Ask the service and give its answer.

        :param path: below the base address
        :param params, payload, form, content: query, JSON body, form body, raw body
        :param is_paid: takes one call of the daily budget, however many tries it needs: only what brought nothing is
            tried again
        :param is_open: without the session's token (logging in)
        :param accepted: statuses besides 2xx that are an answer and no error, such as 404
        :return: (status, JSON data; None where an answer is empty)
        :raises CreditServiceStopped: nothing more can be asked for now
        :raises UserError: names the provider, the status and the service's own words
        """
        self.ensure_one()
        self._check_not_paused()
        renewed = is_open
        tries = 0
        while True:
            sent = dict(headers or {}, **({} if is_open else self._authorization()))
            if is_paid:
                self._take_paid_call()
                is_paid = False
            tries += 1
            try:
                status, answer_headers, body = self._send(
                    method, path, params=params, json=payload, data=form or content, headers=sent)
            except requests.ConnectionError:
                # it did not get there: once more costs nothing (an answer that was cut off may have been charged)
                if tries >= self.tries:
                    raise self._stopped(self.env._("The service cannot be reached.")) from None
                self._wait(tries)
                continue
            if status == 401 and not renewed and self._renews_token():
                renewed = True
                tries -= 1
                self.env["dunning.credit.session"].sudo()._keep_token(self, None, None)  # nobody else writes tokens
                continue
            if status == 429:
                self._pause_for(answer_headers.get("Retry-After"), tries)
                continue
            if status >= 500 and tries < self.tries:
                self._wait(tries)
                continue
            if 200 <= status < 300 or status in accepted:
                return status, self._read_json(status, body)
            raise self._refused(status, body)

    # ------------------------------------------------------------------
    # One call
    # ------------------------------------------------------------------

    def _send(self, method, path, **arguments):
        """One call; the answer is read to its end, within the time-out and the greatest size.

        :return: (status, headers, bytes)
        :raises requests.ConnectionError: did not get there
        :raises UserError: slow, cut off, too long, redirected
        """
        url = f"{(self.base_url or '').rstrip('/')}/{path.lstrip('/')}"
        deadline = time.monotonic() + self.timeout
        try:
            # an «auth» of one's own keeps requests from looking for other credentials in the server's files
            with requests.Session() as session, session.request(
                    method, url, timeout=self.timeout, stream=True, allow_redirects=False,
                    auth=lambda request: request, **arguments) as response:
                if 300 <= response.status_code < 400:
                    raise self._failed(response.status_code, self.env._(
                        "it points to another address. Check the base address."))
                return response.status_code, response.headers, self._read_body(response, deadline)
        except requests.Timeout as error:
            if isinstance(error, requests.ConnectTimeout):
                raise requests.ConnectionError() from None
            raise self._too_slow() from None
        except requests.ConnectionError as error:
            if error.args and isinstance(error.args[0], urllib3.exceptions.ProtocolError):
                raise self._failed(False, self.env._("the answer was cut off.")) from None
            raise
        except requests.RequestException as error:
            # its text may hold the whole address; its kind says enough
            raise self._failed(False, type(error).__name__) from None

    def _read_body(self, response, deadline):
        parts, size = [], 0
        # reads what has come, so that an answer that trickles in is given up in time
        read = getattr(response.raw, "read1", response.raw.read)
        try:
            while part := read(65536, decode_content=True):
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES:
                    raise self._failed(response.status_code, self.env._(
                        "the answer is longer than %s MB.", MOST_BYTES // 1024 // 1024))
                if time.monotonic() > deadline:
                    raise self._too_slow()
        except urllib3.exceptions.ReadTimeoutError:
            raise self._too_slow() from None
        except (urllib3.exceptions.HTTPError, OSError):
            raise self._failed(response.status_code, self.env._("the answer was cut off.")) from None
        return b"".join(parts)

    def _read_json(self, status, body):
        if not body.strip():
            return None
        try:
            return json.loads(body)
        except ValueError:
            raise self._failed(status, self.env._(
                "the answer is not readable: “%s”", self._shorten(body.decode("utf-8", "replace")))) from None

    def _wait(self, tries):
        time.sleep(FIRST_PAUSE * 2 ** (tries - 1))

    # ------------------------------------------------------------------
    # Pauses, budget, token
    # ------------------------------------------------------------------

    def _check_not_paused(self):
        # the state of the session is the addon's own; nobody else reads it
        _token, _expires, paused_until = self.env["dunning.credit.session"].sudo()._state(self)
        if paused_until and paused_until > fields.Datetime.now():
            raise self._stopped(self.env._(
                "The service asked to be left alone until %s.", format_datetime(self.env, paused_until)))

    def _pause_for(self, retry_after, tries):
        """Wait a short while, or keep until when the service wants peace and say so."""
        seconds = self._seconds_of(retry_after)
        if seconds <= SHORT_PAUSE and tries < self.tries:
            time.sleep(seconds)
            return
        until = fields.Datetime.now() + timedelta(seconds=max(seconds, 1))
        self.env["dunning.credit.session"].sudo()._pause(self, until)  # the addon's own state
        raise self._stopped(self.env._(
            "429: too many calls. The service is left alone until %s.", format_datetime(self.env, until)))

    @staticmethod
    def _seconds_of(retry_after):
        """Seconds of a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3)."""
        if re.fullmatch(r"\s*\d{1,7}\s*", retry_after or ""):
            return int(retry_after)
        with contextlib.suppress(TypeError, ValueError):
            moment = email.utils.parsedate_to_datetime(retry_after)
            return max(0, (moment - datetime.now(timezone.utc)).total_seconds())
        return UNNAMED_PAUSE

    def _credit_today(self):
        return (self.company_id or self.env.company)._dunning_today()

    def _take_paid_call(self):
        if not self.env["dunning.credit.usage"].sudo()._take(  # counted for everybody, read by managers
                self, self._credit_today(), self.daily_budget):
            raise self._stopped(self.env._(
                "The %s paid calls of today are used up. An administrator can raise the daily budget.",
                self.daily_budget))

    def _renews_token(self):
        return hasattr(self, f"_authenticate_{self._client()}") and self._uses_token()

    def _uses_token(self):
        """Whether the client logs in for a token; else its credentials go with every call."""
        return self._client() != "json" or self.auth_method == "oauth2"

    def _authorization(self):
        """The headers that say who we are, with a token that is still good."""
        if not self._uses_token():
            return self._authorization_json()
        sessions = self.env["dunning.credit.session"].sudo()  # the addon's own state
        token, expires, _paused = sessions._state(self)
        if not token or not expires or expires <= fields.Datetime.now() + timedelta(seconds=TOKEN_MARGIN):
            token, seconds = getattr(self, f"_authenticate_{self._client()}")()
            if not isinstance(token, str) or not token:
                raise self._failed(200, self.env._("the service gave no token."))
            sessions._keep_token(self, token, fields.Datetime.now() + timedelta(seconds=seconds))
        return {"Authorization": f"Bearer {token}"}

    # ------------------------------------------------------------------
    # Errors
    # ------------------------------------------------------------------

    def _stopped(self, words):
        return CreditServiceStopped(f"{self.display_name}: {words}")

    def _failed(self, status, words):
        where = f"{self.display_name} ({status})" if status else self.display_name
        return UserError(f"{where}: {words}")

    def _too_slow(self):
        return self._failed(False, self.env._("no complete answer within %s seconds.", self.timeout))

    def _refused(self, status, body):
        """The error of an answer that refuses: its status and the service's own words, shortened."""
        words = self._shorten(self._words_of(body))
        if status == 401:
            return self._stopped(self.env._(
                "401: the service refuses the log-in: “%s”. Check the credentials.", words))
        if status == 404:
            return CreditNotFound(f"{self.display_name}: 404 “{words}”")
        return self._failed(status, f"“{words}”")

    def _words_of(self, body):
        """What the service itself says in an error: the texts under the keys that services use."""
        text = body.decode("utf-8", "replace")
        try:
            data = json.loads(text)
        except ValueError:
            return re.sub(r"<[^>]*>", " ", text)
        said = []

        def look(value):
            if isinstance(value, dict):
                for key in ("message", "details", "title", "detail", "text", "errorMessage", "error_description",
                            "errorCode", "error", "errors", "messages"):
                    look(value.get(key))
            elif isinstance(value, list):
                for each in value[:5]:
                    look(each)
            elif value not in (None, "") and str(value) not in said:
                said.append(str(value))

        look(data)
        return "; ".join(said) or text

    def _shorten(self, text):
        """The service's words on one line, without anything secret that it may have repeated."""
        for secret in self._secrets():
            text = text.replace(secret, "•••")
        text = " ".join(text.split())
        return text if len(text) <= MOST_WORDS else f"{text[:MOST_WORDS]}…"

    def _secrets(self):
        token, _expires, _paused = self.env["dunning.credit.session"].sudo()._state(self)  # so that it is never shown
        return [secret for secret in (self.password, self.api_key, self.username, token) if secret and len(secret) > 3]
