import hashlib
import re
import secrets
from base64 import b32encode

from odoo import api, models
from odoo.tools import hmac

#: A token: 128 bits in lower-case letters and digits that can be typed in from paper.
TOKEN = r"[a-z2-7]{26}"
_TOKEN = re.compile(TOKEN)
_SCOPE = "debto_dunning.link"


class DunningLink(models.Model):
    """The token of a link.

    It is derived from the database's secret and the link's own random number. So it can be put into a message
    whenever that is rendered, and is stored nowhere: what is looked for is its hash.
    """

    _inherit = "dunning.link"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["nonce"] = secrets.token_hex(16)
            if vals.get("origin") != "login":
                vals["token_hash"] = self._hash(self._derive(vals["nonce"]))
        return super().create(vals_list)

    def _token(self):
        """The token of this link; empty where it cannot be derived any more, as the database's secret was changed."""
        self.ensure_one()
        link = self.sudo()  # nobody reads the number and the hash; who sends puts the token in a message
        token = self._derive(link.nonce)
        return token if self._hash(token) == link.token_hash else ""

    @api.model
    def _derive(self, nonce):
        # sudo: users may not read the database's secret
        digest = hmac(self.sudo().env, _SCOPE, nonce)
        return b32encode(bytes.fromhex(digest)[:16]).decode().rstrip("=").lower()

    @api.model
    def _hash(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    @api.model
    def _find(self, token):
        """The link of a token, as superuser, whether it is valid or not; may be empty.

        :param token: as it was typed in: capitals and hyphens do not matter
        """
        token = str(token or "").lower().replace("-", "")
        links = self.sudo()  # visitors have no rights; they know the token
        if not _TOKEN.fullmatch(token):
            return links
        return links.search([("token_hash", "=", self._hash(token))])
