from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError


class DunningLink(models.Model):
    """A customer's way in, without log-in: to what one message asked, as it stands now.

    It is for one debtor and one recipient, expires, and can be revoked. What a customer does with it is a POST; a GET
    never changes anything, as scanners of mail servers follow links.
    """

    _name = "dunning.link"
    _description = "Link to the Customer's Page"
    _inherit = ["dunning.program.record"]
    _order = "id DESC"

    debtor_id = fields.Many2one("dunning.debtor", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_debtor", store=True, index=True, precompute=True, help="The root company.")
    partner_id = fields.Many2one(
        "res.partner", "Customer", compute="_compute_debtor", store=True, index=True, precompute=True)
    recipient_id = fields.Many2one(
        "res.partner", readonly=True, ondelete="set null", index="btree_not_null", help="Who got the link.")
    communication_id = fields.Many2one(
        "dunning.communication", "Message", readonly=True, ondelete="cascade", index="btree_not_null",
        help="The message whose invoices it shows. Empty: all that is open.")
    origin = fields.Selection(
        [("message", "Message"), ("asked", "Asked for by the customer"), ("login", "Log-in")], required=True,
        readonly=True, default="message")
    date_expiry = fields.Date("Valid Until", required=True, readonly=True)
    revoked_on = fields.Datetime(readonly=True, copy=False)
    revoked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [("valid", "Valid"), ("expired", "Expired"), ("revoked", "Revoked")], compute="_compute_state")
    use_count = fields.Integer(
        "Uses", readonly=True, copy=False, help="What the customer did with it; looking at the page is not counted.")
    last_used_on = fields.Datetime("Last Used", readonly=True, copy=False)
    nonce = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    token_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _token_hash_uniq = models.UniqueIndex("(token_hash)", "Each link has a token of its own.")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("debtor_id.company_id", "debtor_id.partner_id")
    def _compute_debtor(self):
        for link in self:
            link.company_id = link.debtor_id.company_id
            link.partner_id = link.debtor_id.partner_id

    @api.depends("revoked_on", "date_expiry")
    def _compute_state(self):
        for link in self:
            if link.revoked_on:
                link.state = "revoked"
            else:
                is_over = link.date_expiry and link.date_expiry < link.company_id._dunning_today()
                link.state = "expired" if is_over else "valid"

    @api.depends("communication_id", "recipient_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for link in self:
            # sudo: who reads links reads the log
            link.display_name = link.sudo().communication_id.subject or self.env._(
                "Page of %s", link.recipient_id.display_name or link.partner_id.display_name)

    # ------------------------------------------------------------------
    # Validity
    # ------------------------------------------------------------------

    @api.model
    def _find_valid(self, token):
        """The valid link of a token, as superuser; empty where there is none, for whatever reason."""
        link = self._find(token)
        return link if link and link._is_valid() else link.browse()

    def _is_valid(self):
        """Whether it lets somebody in now: neither expired nor revoked, and its message did not fail."""
        self.ensure_one()
        message = self.communication_id
        return self.state == "valid" and (
            not message or message._has_page() and message.state in ("queued", "sent"))

    @api.model
    def _expiry(self, company, on_paper=False):
        """The last day of a link that is made today."""
        company = company.sudo()  # settings of the company; who sends may not read them all
        days = company.dunning_link_paper_days if on_paper else company.dunning_link_days
        return company._dunning_today() + timedelta(days=days)

    def _url(self):
        """The whole address of the page; empty where this server has none that customers reach, see
        ``res.company._dunning_page_base``.
        """
        self.ensure_one()
        base, token = self.env["res.company"]._dunning_page_base(), self._token()
        return f"{base}/pay/{token}" if base and token else ""

    # ------------------------------------------------------------------
    # Revoking
    # ------------------------------------------------------------------

    def action_revoke(self):
        """Revoke these links: from now on they open as little as an unknown one.

        :raises AccessError: the user does not work with reminders
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("debto_dunning.group_dunning_user"):
            raise AccessError(self.env._("Only users of reminders can do this."))
        self._revoke()

    def _revoke(self):
        # sudo: links are written by the program alone; callers check the right
        valid = self.sudo().filtered(lambda link: not link.revoked_on)
        valid.write({"revoked_on": fields.Datetime.now(), "revoked_by_id": self.env.uid})
