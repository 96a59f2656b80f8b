import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac

#: Wrong postcodes and codes of a link within a day; codes that are mailed within a day.
CHECKS_PER_DAY, CODES_PER_DAY = 5, 5
#: Minutes that a mailed code is good for.
CODE_MINUTES = 20


class DunningLink(models.Model):
    """Who visits the page: a natural person is asked for the postcode, and a code is mailed to the address on file."""

    _inherit = "dunning.link"

    check_count = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)
    check_since = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)
    code_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    code_until = fields.Datetime(readonly=True, copy=False, groups=fields.NO_ACCESS)
    code_count = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)

    def _has_postcode(self):
        return bool(self._postcodes())

    def _postcodes(self):
        partners = self.partner_id | self.recipient_id | self.communication_id._steps().move_id.partner_id
        return {self._plain_postcode(partner.zip) for partner in partners if self._plain_postcode(partner.zip)}

    @api.model
    def _plain_postcode(self, text):
        return "".join(letter for letter in str(text or "")[:40].upper() if letter.isalnum())

    def _check_postcode(self, text):
        """Whether ``text`` is a postcode of the customer.

        :raises UserError: too many were wrong within a day
        """
        self._count_check()
        return self._plain_postcode(text) in self._postcodes()

    def _count_check(self):
        """Count an attempt; writing the link keeps attempts of the same moment from passing side by side.

        :raises UserError: there were too many within a day
        """
        self.ensure_one()
        self._begin_day_of_checks()
        if self.check_count >= CHECKS_PER_DAY:
            raise UserError(self.env._("That was wrong too often. Please try again tomorrow, or call us."))
        self.check_count += 1

    def _begin_day_of_checks(self):
        """Count attempts and codes from none, where the day in which they were counted is over."""
        now = fields.Datetime.now()
        if not self.check_since or self.check_since < now - timedelta(days=1):
            self.write({"check_since": now, "check_count": 0, "code_count": 0})

    def _send_code(self):
        """Mail a code to the address on file. What the visitor is told does not say whether there is one.

        :raises UserError: too many were asked for within a day
        """
        self.ensure_one()
        self._begin_day_of_checks()
        if self.code_count >= CODES_PER_DAY:
            raise UserError(self.env._("Codes were sent too often today. Please try again tomorrow, or call us."))
        code = f"{secrets.randbelow(10 ** 8):08d}"
        self.write({
            "code_hash": self._hash_of_code(code),
            "code_until": fields.Datetime.now() + timedelta(minutes=CODE_MINUTES),
            "code_count": self.code_count + 1})
        self._mail(
            self.env._("Your code: %s", f"{code[:4]} {code[4:]}"),
            [self.env._("Enter this code on the page within %(minutes)s minutes: %(code)s", minutes=CODE_MINUTES,
                        code=f"{code[:4]} {code[4:]}"),
             self.env._("Did you not ask for it? Then somebody has one of our messages to you: please tell us.")],
            is_kept=False)

    def _check_code(self, text):
        """Whether ``text`` is the code that was mailed; it is good for once.

        :raises UserError: too many were wrong within a day
        """
        self._count_check()
        digits = "".join(letter for letter in str(text or "")[:40] if letter.isdecimal())
        is_right = bool(
            self.code_hash and self.code_until >= fields.Datetime.now()
            and consteq(self._hash_of_code(digits), self.code_hash))
        if is_right:
            self.write({"code_hash": False, "check_count": 0})
        return is_right

    def _hash_of_code(self, code):
        return hmac(self.sudo().env, "debto_dunning.code", f"{self.id} {code}")
