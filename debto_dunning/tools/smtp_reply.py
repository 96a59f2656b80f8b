"""What a mail server's refusal is about: the recipient's address, the sender, or the server itself.

Sources: RFC 5321 (replies), RFC 2034 and 3463 (enhanced status codes ``class.subject.detail``), the IANA registry of
RFC 5248 for later codes, RFC 3464 (delivery status notifications), RFC 7504 (521 and 556), RFC 8098 (receipts of
reading are reports too), and Microsoft's list of non-delivery codes for Exchange Online for details above 8 (5.1.10,
5.1.90, 5.7.57, 5.7.60, 5.7.5xx, 5.7.7xx). Replies without an enhanced code are judged by their words, as Postfix,
Exim, qmail, Exchange and Gmail write them; where the words say nothing either, the server is waited for.
"""

import ast
import re
from typing import NamedTuple

#: Verdicts. The recipient's address does not work: another channel is wanted.
ADDRESS = "address"
#: The recipient's mailbox is full: it may be emptied.
MAILBOX_FULL = "mailbox_full"
#: The sender is refused, or may send no more for now: every other mail of this sender would be refused too.
SENDER = "sender"
#: The server refuses this message for good by a fault that is not the address.
SERVER = "server"
#: The server is not reached, or asks to try again later.
TEMPORARY = "temporary"

#: Where a reply was given: to the sender's address, to the recipient's address, to the text, to the connection, or
#: later, in a report.
AT_SENDER, AT_RECIPIENT, AT_TEXT, AT_CONNECTION, IN_REPORT = "sender", "recipient", "text", "connection", "report"

STAGES = {
    "SMTPSenderRefused": AT_SENDER,
    "SMTPRecipientsRefused": AT_RECIPIENT,
    "SMTPDataError": AT_TEXT,
    "SMTPAuthenticationError": AT_CONNECTION,
    "SMTPHeloError": AT_CONNECTION,
    "SMTPConnectError": AT_CONNECTION,
}
EXCEPTION = re.compile(rf"\b({'|'.join(STAGES)})\b")
LITERAL = r"""(b?'(?:[^'\\]|\\.)*'|b?"(?:[^"\\]|\\.)*")"""
#: ``(550, b'5.1.1 No such user')`` as Python writes a reply, on its own or as the value of a dict.
PYTHON_REPLY = re.compile(rf"\(\s*(\d{{3}})\s*,\s*{LITERAL}", re.DOTALL)
#: The arguments of an exception one below the other, as Odoo writes those of a connection that was not made.
CONNECTION_REPLY = re.compile(rf"\A(\d{{3}})\n{LITERAL}", re.DOTALL)
#: ``550 5.1.1 …`` or ``550-5.1.1 …`` in running text.
PLAIN_REPLY = re.compile(
    r"(?:^\s*|[:;(\[]\s*|\b(?:said|replied|error|code|returned|was)\b[\s:]*)([45][0-5]\d)[ -](?=\S)(.*)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE)

ENHANCED = r"([245])\.([0-7])\.(\d{1,3})(?![\d.]*\d)"
#: The enhanced code stands at the beginning of a line, or behind «#» (qmail, Exchange), else somewhere in the text.
PLACES = (
    re.compile(rf"^[\s\d-]*#?{ENHANCED}", re.MULTILINE),
    re.compile(rf"#{ENHANCED}"),
    re.compile(rf"(?<![\w.]){ENHANCED}"),
)

#: Addresses and links say nothing about the fault, but may hold any word.
NAMES = re.compile(r"<[^<>\s]*>|\S+@\S+|https?://\S+")

#: Details of 5.1 that are about the recipient's address; 10: «RecipientNotFound» of Exchange.
ADDRESS_DETAILS = {0, 1, 2, 3, 4, 5, 6, 10}
#: Details of 5.1 about the sender's address; 90: the sender's daily limit at Exchange Online.
SENDER_DETAILS = {7, 8, 90}
#: Details of 5.7 about who sends: authentication (3, 8 to 14, 54, 57), SPF, DKIM, DMARC and reverse DNS (20 to 27,
#: 30), «may not send as» (60, 64); 500 and more are bans of a sender at Exchange Online.
SENDER_SECURITY_DETAILS = {3, 8, 9, 11, 13, 14, *range(20, 28), 30, 54, 57, 60, 64}
#: Basic codes that ask for a log-in or refuse it (RFC 4954).
LOG_IN = {530, 534, 535, 538}

SENDER_WORDS = re.compile(
    r"\bsender|send ?as|rcpthosts"
    r"|relay(?:ing)? (?:access|denied|not|prohibited|refused)|(?:to|no|not|cannot|don't) relay"
    r"|authenti|\bauth\b|not authori[sz]ed|not (?:permitted|allowed) to send|\bspf\b|\bdkim\b|\bdmarc\b"
    r"|\b(?:daily|hourly|sending|rate|user)[\w ]{0,12} (?:quota|limit)|rate limit"
    r"|too many (?:messages|mails|emails|e-mails|recipients|connections)|\b(?:black|block|deny) ?list|blocked using"
    r"|reputation|client host|\bhelo\b|reverse dns|\bptr\b|from address|return.path"
    r"|your (?:account|mailbox|ip|domain|server|host|quota)", re.IGNORECASE)
FULL_WORDS = re.compile(
    r"mailbox (?:is )?(?:full|size|limit)|mail ?box.{0,30}exceed|over ?quota|quota exceeded|exceed\w* .{0,30}quota"
    r"|(?:out of|insufficient|not enough) (?:system |disk )?(?:storage|space)|storage (?:limit|allocation)",
    re.IGNORECASE)
ADDRESS_WORDS = re.compile(
    r"(?:unknown|no such|no known|invalid|unrouteable|undeliverable|bad destination|non-?existent) "
    r"(?:local[ -]?part|user|recipient|mailbox|mail box|address|account|person|domain|host|name|destination)"
    r"|(?:user|recipient|mailbox|address|account|domain|host|name)\b.{0,20}"
    r"\b(?:unknown|unavailable|not found|not exist|doesn't exist|not known|no longer|inactive|disabled|deactivated"
    r"|closed|invalid|not listed|not valid)"
    r"|no mailbox|recipnotfound|not a (?:valid|known) (?:user|mailbox|recipient|address)|not our customer"
    r"|nobody by that name|(?:not|doesn't) have an? .{0,40}account", re.IGNORECASE)
STILL_TRIED = re.compile(
    r"will (?:be retried|(?:continue to )?(?:retry|be tried|try|keep trying))|still being (?:tried|attempted)"
    r"|no action is required|do not need to resend|has been delayed|delivery (?:is |has been )?delayed", re.IGNORECASE)


class Reply(NamedTuple):
    """One reply of a mail server."""

    code: int | None  #: basic code of RFC 5321, three digits
    status: tuple | None  #: enhanced code (class, subject, detail) of RFC 3463
    text: str
    stage: str | None = None  #: where it was given, see :data:`STAGES`


class Report(NamedTuple):
    """What a report about a mail says of its recipient."""

    is_final: bool  #: False: it is delivered, read, or still being tried
    verdict: str
    text: str  #: the words of the server, for a person to read


def parse_status(text):
    """The enhanced status code in a reply's text as (class, subject, detail); None where there is none."""
    for place in PLACES:
        if found := place.search(text or ""):
            return tuple(int(part) for part in found.groups())
    return None


def parse_failure(text):
    """The :class:`Reply` in the text of an exception of :mod:`smtplib`; without code where the text holds none.

    :param text: as Odoo keeps it: translated words, the name of the exception and its arguments in Python's notation
    """
    text = text or ""
    exception = EXCEPTION.search(text)
    stage = STAGES[exception.group(1)] if exception else None
    if found := PYTHON_REPLY.search(text, exception.end() if exception else 0):
        return _parse_reply(found.group(1), _literal(found.group(2)), stage)
    if found := CONNECTION_REPLY.search(text):
        return _parse_reply(found.group(1), _literal(found.group(2)), AT_CONNECTION)
    if found := PLAIN_REPLY.search(text):
        return _parse_reply(found.group(1), found.group(2), stage)
    return Reply(None, parse_status(text), text, stage)


def _literal(text):
    """The text of a Python literal of ``str`` or ``bytes``."""
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _parse_reply(code, text, stage):
    return Reply(int(code), parse_status(text), text, stage)


def judge(reply):
    """What a refusal is about: one of :data:`ADDRESS`, :data:`MAILBOX_FULL`, :data:`SENDER`, :data:`SERVER` and
    :data:`TEMPORARY`.
    """
    words = NAMES.sub(" ", reply.text)
    code, status = reply.code, reply.status
    is_temporary = (status[0] == 4 if status else False) or (code is not None and code < 500)
    if is_temporary or code is None and status is None:
        return MAILBOX_FULL if status and status[1:] == (2, 2) else TEMPORARY
    if reply.stage in (AT_SENDER, AT_CONNECTION) or code in LOG_IN:
        return SENDER
    if status and status[1]:
        return _judge_status(*status[1:], words)
    return _judge_words(code, words)


def _judge_status(subject, detail, words):
    """As :func:`judge`, by the enhanced code of a permanent refusal."""
    about_sender = bool(SENDER_WORDS.search(words))
    match subject, detail:
        case 1, _ if detail in SENDER_DETAILS or detail == 0 and about_sender:
            return SENDER
        case 1, _ if detail in ADDRESS_DETAILS:
            return ADDRESS
        case 2, 1:
            return ADDRESS
        case 2, 2:
            return SENDER if about_sender else MAILBOX_FULL
        case (2, 0) | (7, _) if about_sender:
            return SENDER
        case 4, 5:  # «mail system congestion» by RFC 3463; the daily quota of a sender at Gmail
            return SENDER
        case 7, _ if detail in SENDER_SECURITY_DETAILS or detail >= 500:
            return SENDER
    return SERVER


def _judge_words(code, words):
    """As :func:`judge`, by the basic code and the words of a permanent refusal."""
    if SENDER_WORDS.search(words):
        return SENDER
    if FULL_WORDS.search(words):
        return MAILBOX_FULL
    if code in (551, 556) or code != 552 and ADDRESS_WORDS.search(words):
        return ADDRESS
    return SERVER


def read_report(message):
    """What a report about a mail says, as :class:`Report`.

    A report that says nothing of its cause is taken to be about the address: it came back from there.

    :param message: :class:`email.message.Message`: a delivery status notification (RFC 3464), or the free words of a
        server that knows none
    """
    kind = str(message.get_param("report-type") or "").lower()
    if kind in ("disposition-notification", "feedback-report"):
        return Report(False, TEMPORARY, kind)
    recipients = [
        fields for part in message.walk() if part.get_content_type() == "message/delivery-status"
        for fields in part.get_payload() if fields.get("Action") or fields.get("Status")]
    if not recipients:
        return _read_words(message)
    failed = next((fields for fields in recipients if _action(fields) == "failed"), None)
    fields = failed or recipients[0]
    diagnostic = str(fields.get("Diagnostic-Code") or "").partition(";")[2].strip()
    status = parse_status(str(fields.get("Status") or ""))
    reply = parse_failure(diagnostic)._replace(stage=IN_REPORT)
    if status and (status[1:] != (0, 0) or not reply.status):
        reply = reply._replace(status=status)
    text = diagnostic or str(fields.get("Status") or "")
    if not failed:
        return Report(False, TEMPORARY, text)
    return Report(True, judge(reply), text)


def _action(fields):
    """The action of a recipient in a report; where it is missing, by the class of the status."""
    action = str(fields.get("Action") or "").strip().lower()
    return action or ("failed" if str(fields.get("Status") or "").strip().startswith("5") else "delayed")


def _read_words(message):
    """As :func:`read_report`, of a message without a delivery status."""
    part = next((part for part in message.walk() if part.get_content_type() == "text/plain"), None)
    # codes and English words are what is looked for, whatever the rest is written in
    text = part.get_payload(decode=True).decode("utf-8", "replace") if part else ""
    if STILL_TRIED.search(f"{message.get('Subject') or ''}\n{text}"):
        return Report(False, TEMPORARY, text)
    found = PLAIN_REPLY.search(text)
    if not found:
        return Report(True, ADDRESS, text)
    words = " ".join(found.group(2).split("\n\n")[0].split())
    return Report(True, judge(_parse_reply(found.group(1), words, IN_REPORT)), f"{found.group(1)} {words}")
