import base64
import binascii
import re
from email.utils import make_msgid

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

#: A picture that stands in the text itself.
INLINE_PICTURE = re.compile(r'src="data:image/(png|jpeg|gif);base64,([A-Za-z0-9+/=\s]+)"')

IMAGE = re.compile(r"<img\b[^>]*>")


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @api.model
    def _build_email__(self, email_from, email_to, subject, body, headers=None, **kwargs):  # pylint: disable=C8116
        # EXTENDS base: mail programs do not show pictures given as data; in reminders each becomes a part of the
        # message with a Content-ID (RFC 2392), inside multipart/related, so that it is shown without asking.
        if not (headers or {}).get("X-Debto-Dunning"):
            return super()._build_email__(email_from, email_to, subject, body, headers=headers, **kwargs)
        missing = [name for name, content, *_mimetype in kwargs.get("attachments") or () if not content]
        if missing:  # Odoo reads a file that is gone from the file store as an empty one
            raise UserError(self.env._("Attachments whose file is gone: %s", ", ".join(missing)))
        pictures = []

        def to_part(match):
            try:
                content = base64.b64decode(match.group(2), validate=False)
            except binascii.Error:
                return match.group(0)
            content_id = make_msgid(domain="payment-code")
            pictures.append((content, match.group(1), content_id))
            return f'src="cid:{content_id[1:-1]}"'

        # Odoo made the plain text from the body with its pictures: they would stand there as pages of letters
        kwargs["body_alternative"] = html2plaintext(IMAGE.sub("", body or ""))
        body = INLINE_PICTURE.sub(to_part, body or "")
        message = super()._build_email__(email_from, email_to, subject, body, headers=headers, **kwargs)
        html = message.get_body(preferencelist=("html",))
        if html is not None:
            for number, (content, subtype, content_id) in enumerate(pictures, 1):
                html.add_related(content, "image", subtype, cid=content_id, filename=f"qr{number}.{subtype}",
                                 disposition="inline")
        return message
