from odoo import api, models

from ..debtor.dunning_debtor_recipient import Addressee


class DunningCommunication(models.Model):
    """To whom a message goes, and how: chosen when it is made, and looked at again before it leaves."""

    _inherit = "dunning.communication"

    @api.model
    def _ways(self, wanted, is_fixed=False):
        """The channel and the recipient of messages that are about to be made.

        :param wanted: iterable of (channel, first recipient id or None, :class:`Addressee`)
        :param is_fixed: whether the channel stays, though it may reach nobody
        :return: {what was wanted: pair of channel and recipient id}
        """
        wanted = set(wanted)
        partners = self.env["res.partner"]
        reachable = self._reachable(
            partners.browse({first for _channel, first, _addressee in wanted if first}),
            {channel for channel, _first, _addressee in wanted})
        ways = {one: one[:2] for one in wanted if one[1] in reachable[one[0]]}
        lost = wanted - ways.keys()
        if not lost:
            return ways
        recipients = self.env["dunning.debtor"]._recipients({addressee for _channel, _first, addressee in lost})
        reachable = self._reachable(
            partners.union(*map(partners.browse, recipients.values())), {channel for channel, *_others in lost})
        for one in lost:
            channel, _first, addressee = one
            if is_fixed:
                reached = [recipient for recipient in recipients[addressee] if recipient in reachable[channel]]
                ways[one] = channel, (reached or recipients[addressee])[0]
            else:
                ways[one] = self._usable_way(channel, recipients[addressee], reachable)
        return ways

    def _recipients_in_order(self):
        """The contacts that each message may go to: {communication: list of partner ids}."""
        addressees = {
            communication: Addressee(
                communication.customer_id.id, communication.debtor_id.id, tuple(communication.line_ids.move_id.ids))
            for communication in self}
        recipients = self.env["dunning.debtor"]._recipients(addressees.values())
        return {communication: recipients[addressee] for communication, addressee in addressees.items()}

    def _update_recipients(self):
        """Readdress messages that wait to leave, where another contact is to be written to by now.

        The channel stays; where it reaches nobody any more, its delivery tries the next one.
        """
        recipients = self._recipients_in_order()
        reachable = self._reachable(
            self.env["res.partner"].union(*map(self.env["res.partner"].browse, recipients.values())),
            self.mapped("channel"))
        for communication in self:
            reached = [
                recipient for recipient in recipients[communication]
                if recipient in reachable[communication.channel]]
            # what another contact did not get goes to the one that was chosen then, while it can
            if communication.previous_id and communication.partner_id.id in reached:
                continue
            recipient = (reached or recipients[communication])[0]
            if recipient != communication.partner_id.id:
                before = communication.partner_id.display_name
                communication.partner_id = recipient
                communication._message_log(body=self.env._(
                    "Goes to %(contact)s and not to %(before)s any more.", before=before,
                    contact=communication.partner_id.display_name))
