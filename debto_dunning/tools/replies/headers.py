"""Whether a program wrote a mail, by its headers.

Sources: RFC 3834 (``Auto-Submitted``), RFC 2076 and common use (``Precedence``, ``X-Autoreply``, ``X-Autorespond``),
and the mailboxes from which mail servers report (RFC 5321, RFC 2142).
"""

import re

REPORTING = re.compile(r"\b(?:mailer-daemon|postmaster)@", re.IGNORECASE)


def is_automatic(message):
    """Whether a mail says in its headers that it is the automatic reply to another, or a mail server's report.

    ``auto-generated`` alone does not count: ticket systems write it above what a person typed.

    :param message: :class:`email.message.Message`
    """
    submitted = str(message.get("Auto-Submitted") or "").split(";")[0].strip().lower()
    precedence = str(message.get("Precedence") or "").strip().lower()
    return (
        submitted in ("auto-replied", "auto-notified") or precedence in ("auto_reply", "auto-reply")
        or any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Failed-Recipients"))
        or bool(REPORTING.search(str(message.get("From") or ""))))
