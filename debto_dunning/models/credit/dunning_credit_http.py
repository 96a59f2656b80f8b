import contextlib
import email.utils
import hashlib
import json
import re
import time
import zlib
from datetime import datetime, timedelta, timezone

import requests
import urllib3

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools.bounded_json import UnusableJson, read_json
from ...tools.guarded_session import InsideAddressError, guarded_session
from ...tools.service_address import UnsafeAddress, check_address
from .dunning_credit_errors import CreditAnswerUnusable

#: The longest answer that is read, in bytes, also of what it unpacks to; the fullest report is a tenth of it.
MOST_BYTES = 10 * 1024 * 1024
#: A service that asks for a pause of no more than so many seconds gets it at once; a longer one is stored.
SHORT_PAUSE = 5
#: The pause after «too many calls» without a length, and the longest one that is believed, in seconds.
UNNAMED_PAUSE, LONGEST_PAUSE = 60, 86400
#: Seconds before the second try; each later one waits twice as long as the one before.
FIRST_PAUSE = 1.0
#: A token is renewed so many seconds before it ends, and at the latest after a day.
TOKEN_MARGIN, LONGEST_TOKEN = 60, 86400
#: A token that can stand in a header.
TOKEN = re.compile(r"[\x21-\x7e]{1,16384}")


class DunningCreditProvider(models.Model):
    """The one place that talks to credit services: time-outs, tries, pauses, tokens, budget, bounds.

    No credential reaches a log, a message or another address: redirections are not followed, and what a service says
    is shown without them. The errors are made in ``dunning_credit_failure.py``.
    """

    _inherit = "dunning.credit.provider"

    def _request(self, method, path, params=None, payload=None, form=None, headers=None, is_paid=False, debtor=None,
                 is_open=False, accepted=()):
        """Call the service and return its answer.

        :param path: below the base address
        :param params, payload, form: query, JSON body, form body
        :param is_paid: takes one call of the daily budget, however many tries it needs: only what brought nothing is
            tried again
        :param debtor: for whom a paid call is made: its answer is stored, and taken from there where the same is asked
            again before a report was made of it
        :param is_open: without the session's token (logging in)
        :param accepted: statuses besides 2xx that are an answer and no error, such as 404
        :return: (status, JSON data; None where an answer is empty)
        :raises CreditServiceStopped: nothing more can be asked for now
        :raises CreditAnswerUnusable: the answer to a paid call is cut off, too long, too slow or no JSON
        :raises UserError: names the provider, the status and the service's own words
        """
        self.ensure_one()
        answers = self.env["dunning.credit.answer"].sudo()  # nobody writes answers by hand; the caller paid for it
        question = is_paid and debtor and self._request_hash(method, path, params, payload, form)
        if question and (known := answers._find_unused(self, debtor, question)):
            return known[0], self._read_json(*known)
        self._check_not_paused()
        try:
            status, body = self._call_until_answered(
                method, path, is_paid, is_open, accepted, params=params, json=payload, data=form, headers=headers)
            if question:
                answers._store(self, debtor, question, status, body)
            return status, self._read_json(status, body)
        except CreditAnswerUnusable as error:
            if is_paid:
                raise
            raise UserError(str(error)) from None

    def _request_hash(self, *parts):
        text = json.dumps([self.base_url, *parts], sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

    def _call_until_answered(self, method, path, is_paid, is_open, accepted, headers=None, **arguments):
        """``(status, body)`` of the first call that is answered; see :meth:`_request`."""
        is_renewed = is_open
        tries = 0
        while True:
            sent = dict(headers or {}, **({} if is_open else self._authorization()))
            if is_paid:
                self._take_paid_call()
                is_paid = False
            tries += 1
            try:
                status, answer_headers, body = self._send(method, path, headers=sent, **arguments)
            except requests.ConnectionError:
                # no connection was made: once more costs nothing
                if tries >= self.tries:
                    raise self._stopped_error(self.env._("The service cannot be reached.")) from None
                self._wait(tries)
                continue
            if status == 401 and not is_renewed and self._can_renew_token():
                is_renewed = True
                tries -= 1
                self.env["dunning.credit.session"].sudo()._store_token(self, None, None)  # nobody else writes tokens
                continue
            if status == 429:
                self._pause_for(answer_headers.get("Retry-After"), tries)
                continue
            if status >= 500 and tries < self.tries:
                self._wait(tries)
                continue
            if 200 <= status < 300 or status in accepted:
                return status, body
            raise self._refusal_error(status, body)

    # ------------------------------------------------------------------
    # One call
    # ------------------------------------------------------------------

    def _send(self, method, path, headers=None, **arguments):
        """One call; the answer is read to its end, within the time-out and the greatest size.

        :return: (status, headers, bytes)
        :raises requests.ConnectionError: no connection was made
        :raises CreditServiceStopped: the address is none that is taken, or stands for a machine of the own network
        :raises CreditAnswerUnusable: slow, cut off, too long
        :raises UserError: redirected, or a request that cannot be sent
        """
        url = f"{(self.base_url or '').rstrip('/')}/{path.lstrip('/')}"
        deadline = time.monotonic() + self.timeout
        # gzip alone: what it unpacks to can be bounded
        headers = {**(headers or {}), "Accept-Encoding": "gzip"}
        try:
            address = check_address(self.base_url)
            with guarded_session(address.is_allowed_inside) as session, session.request(
                    method, url, timeout=self.timeout, stream=True, allow_redirects=False, headers=headers,
                    **arguments) as response:
                if 300 <= response.status_code < 400:
                    raise self._failure_error(response.status_code, self.env._(
                        "it points to another address. Check the base address."))
                if time.monotonic() > deadline:
                    raise self._too_slow_error()
                return response.status_code, response.headers, self._read_body(response, deadline)
        except UnsafeAddress as error:
            raise self._stopped_error(self._address_words(error.kind)) from None
        except InsideAddressError:
            raise self._stopped_error(self._address_words("inside")) from None
        except requests.Timeout as error:
            if isinstance(error, requests.ConnectTimeout):
                raise requests.ConnectionError() from None
            raise self._too_slow_error() from None
        except requests.ConnectionError as error:
            reason = getattr(error.args[0] if error.args else None, "reason", None)
            if isinstance(reason, urllib3.exceptions.NewConnectionError):
                raise
            if isinstance(reason, urllib3.exceptions.SSLError) or isinstance(error, requests.exceptions.SSLError):
                raise self._failure_error(False, self.env._("no safe connection (certificate or encryption).")) \
                    from None
            raise self._unusable_error(False, self.env._("the answer was cut off.")) from None
        except (requests.RequestException, UnicodeError) as error:
            # its text may hold the whole address or a header; its kind says enough
            raise self._failure_error(False, type(error).__name__) from None

    def _read_body(self, response, deadline):
        """The bytes of an answer, unpacked."""
        status = response.status_code
        coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
        if coding not in ("identity", "gzip", "x-gzip"):
            raise self._unusable_error(status, self.env._("the answer is packed in a way that was not asked for."))
        unpack = None if coding == "identity" else zlib.decompressobj(31)
        body = bytearray()
        # reads what has come, so that an answer that trickles in is given up in time
        read = getattr(response.raw, "read1", response.raw.read)
        try:
            while part := read(65536, decode_content=False):
                body += unpack.decompress(part, MOST_BYTES + 1 - len(body)) if unpack else part
                if len(body) > MOST_BYTES:
                    raise self._unusable_error(status, self.env._(
                        "the answer is longer than %s MB.", MOST_BYTES // 1024 // 1024))
                if time.monotonic() > deadline:
                    raise self._too_slow_error()
        except urllib3.exceptions.ReadTimeoutError:
            raise self._too_slow_error() from None
        except (urllib3.exceptions.HTTPError, OSError, zlib.error):
            raise self._unusable_error(status, self.env._("the answer was cut off.")) from None
        if unpack and not unpack.eof:
            raise self._unusable_error(status, self.env._("the answer was cut off."))
        return bytes(body)

    def _read_json(self, status, body):
        if not body.strip():
            return None
        try:
            return read_json(body)
        except UnusableJson as error:
            if error.kind == "depth":
                words = self.env._("the answer has more than %s lists inside each other.", error.limit)
            elif error.kind == "values":
                words = self.env._("the answer has more than %s values.", error.limit)
            else:
                words = self.env._(
                    "the answer is not readable: “%s”", self._shorten(body[:2000].decode("utf-8", "replace")))
            raise self._unusable_error(status, words) from None

    def _wait(self, tries):
        time.sleep(FIRST_PAUSE * 2 ** (tries - 1))

    # ------------------------------------------------------------------
    # Pauses, budget, token
    # ------------------------------------------------------------------

    def _check_not_paused(self):
        # the state of the session is the addon's own; nobody else reads it
        _token, _expires, paused_until = self.env["dunning.credit.session"].sudo()._current_state(self)
        if paused_until and paused_until > fields.Datetime.now():
            raise self._stopped_error(self.env._(
                "The service asked to be left alone until %s.", format_datetime(self.env, paused_until)))

    def _pause_for(self, retry_after, tries):
        """Wait a short while, or store until when the service must not be called and raise."""
        seconds = self._retry_after_seconds(retry_after)
        if seconds <= SHORT_PAUSE and tries < self.tries:
            time.sleep(seconds)
            return
        until = fields.Datetime.now() + timedelta(seconds=max(seconds, 1))
        self.env["dunning.credit.session"].sudo()._pause(self, until)  # the addon's own state
        raise self._stopped_error(self.env._(
            "429: too many calls. The service is left alone until %s.", format_datetime(self.env, until)))

    @staticmethod
    def _retry_after_seconds(retry_after):
        """Seconds of a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3); at most a day."""
        seconds = UNNAMED_PAUSE
        if re.fullmatch(r"\s*[0-9]{1,7}\s*", retry_after or ""):
            seconds = int(retry_after)
        else:
            with contextlib.suppress(ArithmeticError, LookupError, TypeError, ValueError):
                moment = email.utils.parsedate_to_datetime(retry_after)
                seconds = max(0, (moment - datetime.now(timezone.utc)).total_seconds())
        return min(seconds, LONGEST_PAUSE)

    def _credit_today(self):
        return (self.company_id or self.env.company)._dunning_today()

    def _take_paid_call(self):
        if not self.env["dunning.credit.usage"].sudo()._take(  # counted for everybody, read by managers
                self, self._credit_today(), self.daily_budget):
            raise self._stopped_error(self.env._(
                "The %s paid calls of today are used up. An administrator can raise the daily budget.",
                self.daily_budget))

    def _can_renew_token(self):
        return hasattr(self, f"_authenticate_{self._client()}") and self._uses_token()

    def _uses_token(self):
        """Whether the client logs in for a token; else its credentials go with every call."""
        return self._client() != "json" or self.auth_method == "oauth2"

    def _authorization(self):
        """The headers that authenticate the caller, with a token that is still valid."""
        if not self._uses_token():
            return self._authorization_json()
        sessions = self.env["dunning.credit.session"].sudo()  # the addon's own state
        token, expires, _paused = sessions._current_state(self)
        if not token or not expires or expires <= fields.Datetime.now() + timedelta(seconds=TOKEN_MARGIN):
            token, seconds = getattr(self, f"_authenticate_{self._client()}")()
            if not isinstance(token, str) or not TOKEN.fullmatch(token):
                raise self._failure_error(200, self.env._("the service gave no token."))
            seconds = min(max(seconds, 0), LONGEST_TOKEN)
            sessions._store_token(self, token, fields.Datetime.now() + timedelta(seconds=seconds))
        return {"Authorization": f"Bearer {token}"}
