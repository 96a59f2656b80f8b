from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import payment_link


class DunningPaymentLink(models.Model):
    """How a payment service that is no provider of Odoo is asked for one payment: an address filled in for it.

    The customer pays there; the booking stays the bank's. Only administrators write here: who could change the address
    could send the customers' money elsewhere.
    """

    _name = "dunning.payment.link"
    _description = "Payment Link of a Service"
    _inherit = ["dunning.caller.check"]
    _order = "company_id, lang, id"

    name = fields.Char("Service", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]")
    lang = fields.Selection("_selection_lang", "Language", help="Of the customer. Empty: every other language.")
    url_template = fields.Char(
        "Address", required=True, help="Of the service, as its manual names it, with placeholders between braces.")
    signed_text = fields.Char(
        help="What is signed (HMAC-SHA256), with placeholders, as the manual of the service says: "
             "{amount}{currency}{reference}, say. Empty: nothing is signed.")
    secret = fields.Char(
        copy=False, groups="base.group_system", help="The key of the signature. Only administrators read it.")
    placeholder_help = fields.Html(compute="_compute_placeholder_help", sanitize=False)
    example_url = fields.Char("Example", compute="_compute_example_url")

    _company_lang_uniq = models.UniqueIndex(
        "(company_id, COALESCE(lang, '')) WHERE active", "This company has a payment link in this language already.")

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("url_template")
    def _compute_placeholder_help(self):
        self.placeholder_help = Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
            Markup("<li><code>{%s}</code> %s</li>") % (name, words) for name, words in self._placeholders().items())

    @api.model
    def _placeholders(self):
        """The placeholders of an address: {name: words that explain it}."""
        return {
            "amount": self.env._("what the message asks, as 1234.50"),
            "cents": self.env._("the same without a point, as 123450"),
            "currency": self.env._("the code of the currency, as EUR"),
            "reference": self.env._("the payment reference of the invoice, or the numbers of several"),
            "invoice": self.env._("the number of the invoice, or of several"),
            "customer": self.env._("the customer's reference, or its number in Odoo"),
            payment_link.SIGNATURE: self.env._("the signature of the signed text"),
        }

    @api.depends("url_template", "signed_text", "company_id.currency_id")
    @api.depends_context("uid")
    def _compute_example_url(self):
        is_administrator = self.env.user.has_group("base.group_system")
        for link in self:
            error = link._template_error() if link.url_template else ""
            link.example_url = error or link.url_template and payment_link.fill(
                link.url_template, link.signed_text or "", is_administrator and link.secret or "example", {
                    "amount": "1234.50", "cents": "123450", "currency": link.company_id.currency_id.name or "EUR",
                    "reference": "+++090/9337/55493+++", "invoice": "INV/2026/00001", "customer": "C1001"})

    @api.constrains("url_template", "signed_text", "secret")
    def _check_template(self):
        for link in self:
            if error := link._template_error():
                raise ValidationError(error)
            # sudo: only whether there is a secret is looked at
            if link.signed_text and not link.sudo().secret:
                raise ValidationError(self.env._("“%s”: a signature needs the secret of the service.", link.name))

    def _template_error(self):
        """Why the address is not taken, as a sentence; empty where it is."""
        try:
            payment_link.check(self.url_template, self.signed_text or "")
        except payment_link.PaymentLinkError as error:
            return {
                "form": self.env._("“%s” is no address of a web server.", error.detail),
                "https": self.env._("“%s”: the address has to begin with https://.", error.detail),
                "unknown": self.env._("Unknown placeholder: %s", error.detail),
                "braces": self.env._("“%s”: a brace is left over.", error.detail),
                "unsigned": self.env._("The address holds a signature: say which text is signed."),
                "unused": self.env._("A text is signed, and {signature} is not in the address."),
            }[error.kind]
        return ""

    # ------------------------------------------------------------------
    # The link of a message
    # ------------------------------------------------------------------

    @api.model
    def _payment_link_url(self, communication, amount=None):
        """The address at which the customer pays what a message asks; empty where no service is configured for its
        company and language, nothing is asked, or what is asked is paid to different accounts.

        It is made anew for each amount: an address that was sent pays what was asked then.

        :param communication: ``dunning.communication`` that asks for money
        :param amount: what is to be paid now, in the currency of the message; default: what the message asks
        """
        amount = communication.amount_total if amount is None else amount
        currency = communication.currency_id
        if not communication._message_kind().asks_money or not currency or currency.compare_amounts(amount, 0) <= 0:
            return ""
        link = self._link_of(communication.company_id, communication._language())
        if not link:
            return ""
        lines = communication._lines_asked()
        if len(communication._account_shares(lines)) > 1:
            return ""
        # sudo: who sends may lack access to invoices; numbers and reference are told to their own customer
        moves = lines.sudo().move_id
        names = list(dict.fromkeys(line.document for line in lines if line.document))
        return payment_link.fill(link.url_template, link.signed_text or "", link.secret or "", {
            "amount": f"{amount:.{currency.decimal_places}f}",
            "cents": f"{amount:.{currency.decimal_places}f}".replace(".", ""),
            "currency": currency.name,
            "reference": len(moves) == 1 and moves.payment_reference or ", ".join(names),
            "invoice": ", ".join(names),
            "customer": communication.customer_id.ref or str(communication.customer_id.id),
        })

    @api.model
    def _link_of(self, company, lang):
        """The link of a root company for a language: the one of that language, else the one of every other."""
        # sudo: links are read by whoever sends a message, and their secret by administrators alone
        links = self.sudo().search(
            Domain("company_id", "=", company.id) & Domain("lang", "in", (lang, False)))
        return links.filtered("lang")[:1] or links[:1]
