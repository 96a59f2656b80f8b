import logging

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

#: Channels about which the log was warned already.
_warned = set()


class DunningCommunication(models.Model):
    """What the channels have in common, and how one is chosen.

    A channel is a value of ``dunning.level.channel`` and methods that bear its name. Another addon adds the value with
    ``selection_add``, its place to :meth:`_channel_order`, and:

    - ``_deliver_<channel>()`` hands a batch over and calls :meth:`_mark_sent` with it; where the address does not
      work, it calls :meth:`_try_next_channel`;
    - ``_can_reach_<channel>(partners)`` returns those of ``partners`` who have an address that works, with a number of
      queries that does not grow with them;
    - ``_same_address_<channel>(partners)``, where several contacts may have the same address: called on messages that
      failed, it returns those of ``partners`` to whom the channel leads over no other address than theirs did;
    - ``_preview_<channel>()`` returns as HTML what would go out of one communication now.

    Both say the words of :meth:`_message_words`, which every kind of message has. Whatever shows more, as the table of
    a reminder or a payment code, asks the table of kinds first, as :meth:`_render_values` does.
    """

    _inherit = "dunning.communication"

    awaits_posting = fields.Boolean(
        "Posting Not Confirmed", compute="_compute_awaits_posting", search="_search_awaits_posting")

    @api.depends("channel", "kind", "notice_date", "state")
    def _compute_awaits_posting(self):
        channels = self._channels_to_confirm()
        for communication in self:
            communication.awaits_posting = bool(
                communication.kind != "contact" and communication.channel in channels and communication.state == "sent"
                and not communication.notice_date)

    def _search_awaits_posting(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        return (Domain("kind", "!=", "contact") & Domain("channel", "in", self._channels_to_confirm())
                & Domain("state", "=", "sent") & Domain("notice_date", "=", False))

    # ------------------------------------------------------------------
    # The channels
    # ------------------------------------------------------------------

    @api.model
    def _channel_order(self):
        """List of channels in the order in which they are tried when one does not reach the recipient.

        The last one is taken where none does.
        """
        return ["email", "letter", "call"]

    @api.model
    def _channels_in_writing(self):
        """The channels that bring a text to the customer: {channel: how the law counts its way}.

        The way is "email" or "post" (see :mod:`tools.waiting_time`), or None where the law knows no notice over this
        channel. A debtor's preferred channel is one of these, and replaces one of these.
        """
        return {"email": "email", "letter": "post"}

    @api.model
    def _channels_to_confirm(self):
        """List of channels whose messages have left only when a person confirms the day of posting."""
        return ["letter"]

    # ------------------------------------------------------------------
    # The choice
    # ------------------------------------------------------------------

    @api.model
    def _reachable(self, recipients, channels=()):
        """Whom each channel reaches: {channel: set of ids of ``recipients``}.

        :param channels: channels to look at besides those of :meth:`_channel_order`
        """
        return {channel: set(self._can_reach(channel, recipients).ids)
                for channel in {*self._channel_order(), *channels}}

    def _can_reach(self, channel, partners):
        """Those of ``partners`` who have an address that works on this channel."""
        method = getattr(self, f"_can_reach_{channel}", None)
        if method is None:
            if channel not in _warned:
                _warned.add(channel)
                _logger.warning("Channel %s has no method _can_reach_%s and is not used.", channel, channel)
            return partners.browse()
        return method(partners)

    @api.model
    def _usable_way(self, channel, recipient_ids, reachable, tried=()):
        """The first channel that reaches one of the recipients, and the first of them that it reaches.

        ``channel`` is tried with each of them before the next of :meth:`_channel_order`.

        :param recipient_ids: list of partner ids in the order in which they are tried
        :param reachable: what :meth:`_reachable` says of the recipients and others
        :param tried: pairs of channel and recipient id that are left out
        :return: pair of channel and recipient id; the last channel with the first recipient where none is left
        """
        order = self._channel_order()
        return next(
            ((one, recipient_id) for one in (channel, *order) for recipient_id in recipient_ids
             if recipient_id in reachable[one] and (one, recipient_id) not in tried),
            (order[-1], recipient_ids[0]))

    @api.model
    def _channel_by_post(self):
        """The first channel that brings a letter."""
        mediums = self._channels_in_writing()
        return next(channel for channel in self._channel_order() if mediums.get(channel) == "post")

    @api.model
    def _ways_by_post(self, ways):
        """As the given pairs of channel and recipient id, with the first channel by post that reaches the recipient.

        :param ways: {anything: pair of channel and recipient id}; those whom nothing by post reaches keep theirs
        """
        if not ways:
            return {}
        mediums = self._channels_in_writing()
        by_post = [channel for channel in self._channel_order() if mediums.get(channel) == "post"]
        reachable = self._reachable(
            self.env["res.partner"].browse({recipient for _channel, recipient in ways.values()}))
        return {
            key: (next((one for one in by_post if recipient in reachable[one]), channel), recipient)
            for key, (channel, recipient) in ways.items()}

    def _preview(self):
        """What would go out now, as HTML; False on a channel without a preview."""
        self.ensure_one()
        method = getattr(self, f"_preview_{self.channel}", None)
        return method() if method else False
