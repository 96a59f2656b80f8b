import re

from odoo import api, fields, models

from ...tools import epc
from ..replies.dunning_communication_reply_action import ReplyAction
from .dunning_link_token import TOKEN

#: The customer's page in an address, however the address is written in HTML.
PAGE = re.compile(rf"/pay/({TOKEN})(?![a-z2-7])", re.IGNORECASE)


class DunningCommunication(models.Model):
    """The link to the customer's page that a message carries, and the answers that came over such a page."""

    _inherit = "dunning.communication"

    link_ids = fields.One2many(
        "dunning.link", "communication_id", "Links", readonly=True, groups="debto_dunning.group_dunning_user")
    link_id = fields.Many2one(
        "dunning.link", "Customer's Page", readonly=True, ondelete="set null", index="btree_not_null",
        help="Of an answer: the link with which the customer gave it.")
    page_form = fields.Char(
        readonly=True, copy=False, help="The form of the page: one that is sent twice counts once.")

    is_done_on_page = fields.Boolean(
        "Done on the Page", readonly=True, copy=False,
        help="What the customer asked for was done at once: the promise stands, the dispute is open.")

    _page_form_uniq = models.UniqueIndex(
        "(link_id, page_form) WHERE page_form IS NOT NULL AND page_form <> ''", "This form was sent already.")

    @api.depends("link_id")
    def _compute_reply_explanation(self):
        # EXTENDS debto_dunning
        res = super()._compute_reply_explanation()
        for communication in self.filtered("link_id"):
            communication.reply_explanation = communication.reply_explanation if communication.reply_evidence \
                else self.env._("Chosen by the customer on the page.")
        return res

    def _reply_action(self):
        # EXTENDS debto_dunning: what was done at once is only looked at
        if self.is_done_on_page:
            return ReplyAction("action_seen", self.env._("Mark as looked at"))
        return super()._reply_action()

    def _make_links(self):
        """Make the links of messages that are about to leave, all at once. A message that has a valid one keeps it."""
        if not self.env["res.company"]._dunning_page_base():
            return
        # sudo: links are the program's to make; who sends may lack access to them
        links = self.env["dunning.link"].sudo()
        messages = self.filtered(lambda message: message._has_page() and not message._page_link())
        links.create([{
            "debtor_id": message.debtor_id.id, "recipient_id": message.partner_id.id, "communication_id": message.id,
            "date_expiry": links._expiry(message.company_id, message.channel == "letter"),
        } for message in messages])

    def _page_link(self):
        """The link that the message carries, as superuser; may be empty."""
        self.ensure_one()
        # sudo: as above
        return self.sudo().link_ids.filtered(
            lambda link: link.origin == "message" and link.state == "valid" and link._token())[:1]

    def _page_url(self):
        """The whole address of the customer's page for the message; empty where messages carry no links.

        What has no link yet, as it is a draft, has the address that opens by the reader's own rights.
        """
        base = self.env["res.company"]._dunning_page_base()
        if not base:
            return ""
        link = self._page_link()
        return link._url() if link else f"{base}/my/reminders/{self.id}"

    def _page_code(self):
        """The address of the customer's page as a code for a camera, as a data URI; False where there is none."""
        link = self._page_link()
        url = link and link._url()
        return epc.data_uri(epc.epc_png(url, scale=3)) if url else False

    def _without_tokens(self, html):
        # EXTENDS debto_dunning
        html = super()._without_tokens(html)
        if not html:
            return html
        if len(self) == 1:
            return type(html)(PAGE.sub(f"/my/reminders/{self.id}", html))
        return type(html)(PAGE.sub(lambda match: self._page_of_token(match.group(1)), html))

    @api.model
    def _page_of_token(self, token):
        """The address, below the base address, that shows by the reader's own rights what a token shows."""
        message = self.env["dunning.link"]._find(token).communication_id
        return f"/my/reminders/{message.id}" if message else "/pay"

    def _deliver_by(self, channel):
        # EXTENDS debto_dunning: the texts that every channel renders name the page
        self._make_links()
        return super()._deliver_by(channel)


class DunningIncomingMail(models.Model):
    """A customer who quotes our message quotes the address of its page."""

    _inherit = "dunning.incoming.mail"

    @api.model
    def _find_reminder(self, msg_dict):
        # EXTENDS debto_dunning
        if reminder := super()._find_reminder(msg_dict):
            return reminder
        for token in PAGE.findall(str(msg_dict.get("body") or ""))[:20]:
            if message := self.env["dunning.link"]._find(token).communication_id:
                return message
        return self.env["dunning.communication"].sudo()
