"""Addresses of payment services, filled in for one payment. Plain text, without database."""

import hashlib
import hmac
import re
from urllib.parse import quote, urlsplit

#: A placeholder: a name between braces.
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: The placeholder of the signature, which is calculated from the others.
SIGNATURE = "signature"
#: Names of what a payment is about; see ``dunning.payment.link._placeholders``.
VALUES = ("amount", "cents", "currency", "reference", "invoice", "customer")
#: Printable ASCII without what browsers read differently from servers.
_PLAIN = re.compile(r"[\x21-\x7e]+")
_MISLEADING = re.compile(r"[\\\"<>^`|]")


class PaymentLinkError(ValueError):
    """A template that is not taken.

    :ivar kind: "form" (no plain address of a web server, or a placeholder in the name of the server), "https" (not
        encrypted), "unknown" (a placeholder that nobody fills), "braces" (a brace that belongs to no placeholder),
        "unsigned" (a signature of nothing), "unused" (something is signed and the signature is not in the address)
    :ivar detail: what is wrong, as it stands in the template
    """

    def __init__(self, kind, detail=""):
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail = kind, detail


def check(template, signed_text):
    """Check the address of a service, and the text that is signed for it.

    :param template: the address, with placeholders in its path, query or fragment
    :param signed_text: what is signed, with placeholders; may be empty
    :raises PaymentLinkError: one of them is not taken
    """
    if not _PLAIN.fullmatch(template) or _MISLEADING.search(template):
        raise PaymentLinkError("form", template)
    try:
        parts = urlsplit(template)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise PaymentLinkError("form", template) from error
    if parts.scheme != "https":
        raise PaymentLinkError("https", template)
    if not host or "@" in parts.netloc or "{" in parts.netloc or "}" in parts.netloc:
        raise PaymentLinkError("form", parts.netloc)
    for text, known in ((template, {*VALUES, SIGNATURE}), (signed_text, set(VALUES))):
        names = PLACEHOLDER.findall(text)
        if unknown := [name for name in names if name not in known]:
            raise PaymentLinkError("unknown", f"{{{unknown[0]}}}")
        if set("{}") & set(PLACEHOLDER.sub("", text)):
            raise PaymentLinkError("braces", text)
    is_signed = SIGNATURE in PLACEHOLDER.findall(template)
    if is_signed and not signed_text:
        raise PaymentLinkError("unsigned")
    if signed_text and not is_signed:
        raise PaymentLinkError("unused")


def sign(text, secret):
    """The HMAC-SHA256 of ``text`` in hexadecimal digits (RFC 2104, FIPS 180-4); both are taken as UTF-8."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def fill(template, signed_text, secret, values):
    """The address for one payment.

    Values are signed as they are, and percent-encoded in the address.

    :param values: {each of ``VALUES``: text}
    """
    encoded = {name: quote(value, safe="") for name, value in values.items()}
    if signed_text:
        encoded[SIGNATURE] = sign(PLACEHOLDER.sub(lambda found: values[found[1]], signed_text), secret)
    return PLACEHOLDER.sub(lambda found: encoded[found[1]], template)
