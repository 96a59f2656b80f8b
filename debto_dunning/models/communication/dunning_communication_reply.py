from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

#: Answers with the key of one message that are taken in within a day, and the characters of one: the page is open to
#: whoever has the key, also to a program.
ANSWERS_PER_DAY = 20
LONGEST_ANSWER = 20_000
#: Characters of such an answer that stand on the contact too; more of it stands in the history of the message alone.
LONGEST_EXCERPT = 2_000


class DunningCommunication(models.Model):
    """An answer that nobody has read pauses the customer, where it waits for a person."""

    _inherit = "dunning.communication"

    @api.model_create_multi
    def create(self, vals_list):
        communications = super().create(vals_list)
        communications._pause_until_read()
        return communications

    def write(self, vals):
        res = super().write(vals)
        if "needs_attention" in vals and not vals["needs_attention"]:
            self._end_reply_holds()
        return res

    def _message_create(self, values_list):
        # EXTENDS mail: what comes with the key is bounded
        if self.env.user.share:
            for values in values_list:
                if values.get("message_type") == "comment":
                    self.browse(values["res_id"])._check_answers_of_today()
                    values["body"] = self._shortened(
                        values.get("body"), LONGEST_ANSWER, self.env._("The rest was cut: the message was too long."))
        return super()._message_create(values_list)

    def _check_answers_of_today(self):
        """:raises UserError: too many answers to this message came within a day"""
        # sudo: only their number is read
        messages = self.env["mail.message"].sudo().search_count([
            ("model", "=", self._name), ("res_id", "=", self.id), ("message_type", "=", "comment"),
            ("date", ">", fields.Datetime.now() - timedelta(days=1)),
            "|", ("author_id", "=", False), ("author_id.partner_share", "=", True)], limit=ANSWERS_PER_DAY)
        if messages >= ANSWERS_PER_DAY:
            raise UserError(self.env._(
                "We have received your messages and will read them. Please write again tomorrow, or call us."))

    def _shortened(self, html, length, note):
        """``html``, or as many characters of its text as are allowed with a note below."""
        if len(html or "") <= length:
            return html
        text = html2plaintext(html[:10 * length])[:length]  # markup may be many times as long as what it says
        return self._paragraphs(text) + self._paragraphs(f"[{note}]")

    def _message_post_after_hook(self, message, msg_values):
        # EXTENDS mail: with the key of a message a customer can write into its history too, which is an answer.
        # The page posts as the system or as the customer; what a colleague posts is no customer's, whoever it names.
        res = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "comment" and (self.env.su or self.env.user.share) and (
                not message.author_id or message.author_id.partner_share):
            self._take_answer("portal", {"body": self._shortened(message.body, LONGEST_EXCERPT, self.env._(
                "The whole answer stands in the history of “%s”.", self.subject))}, message.author_id)
        return res

    def _take_answer(self, channel, msg_dict, author):
        """Log what a customer answers to this message as a contact of its own.

        :param channel: the channel on which the answer came
        :param msg_dict: as the mail gateway gives it: ``body`` (HTML, which may quote the message), ``subject``,
            ``email_from``, ``date``, as far as they are known
        :param author: ``res.partner``, empty where it is not known
        :return: the contact
        """
        self.ensure_one()
        # sudo: it is logged for a customer, who has no rights of their own
        message = self.sudo()
        return message.create({
            **message._prepare_answer_vals(message.debtor_id, msg_dict),
            "channel": channel,
            "partner_id": (author or message.partner_id).id,
            "subject": msg_dict.get("subject") or self.env._("Answer to: %s", message.subject),
        })

    def _pause_until_read(self):
        """Pause the customers of answers that wait to be read, each once."""
        waiting = self.filtered(lambda answer: answer.state == "received" and answer.needs_attention)
        # an answer pauses by itself, whoever takes it in
        holds = self.env["dunning.hold"].sudo()
        paused = holds.search([("kind", "=", "reply"), ("debtor_id", "in", waiting.debtor_id.ids)]).debtor_id
        first = {answer.debtor_id: answer for answer in waiting.sorted("id", reverse=True)}
        holds.create([{
            "debtor_id": debtor.id, "kind": "reply", "origin": f"{answer._name},{answer.id}", "note": answer.subject,
        } for debtor, answer in first.items() if debtor not in paused])

    def _end_reply_holds(self, is_by_setting=False):
        """The answers were read: their customers' pauses end, unless another answer waits.

        :param is_by_setting: they were not read, but pause nothing any more by the setting of the company; nor do
            others that the setting alone made pause
        """
        # whoever may read answers ends the pause that stems from them
        holds = self.env["dunning.hold"].sudo().search([
            ("kind", "=", "reply"), ("origin", "in", [f"{self._name},{answer.id}" for answer in self])])
        holds._end()
        # sudo: of all answers of these customers, as above
        others = self.sudo().search([
            ("debtor_id", "in", holds.debtor_id.ids), ("state", "=", "received"), ("needs_attention", "=", True)])
        if is_by_setting:
            others = others.filtered(
                lambda answer: answer._waits_for_person(answer.debtor_id, answer.reply_wants_stop))
        others._pause_until_read()


class ResCompany(models.Model):
    _inherit = "res.company"

    def _dunning_end_reply_pauses(self):
        """End the pauses by answers that nobody has read, where the setting alone made them.

        The answer of a natural person, and the wish to hear no more, pause whatever the setting says.
        """
        # sudo: users who may change the setting may lack access to answers and holds. Only holds that the setting made
        # are ended.
        answers = self.env["dunning.communication"].sudo().search([
            ("company_id", "in", self.root_id.ids), ("state", "=", "received"), ("needs_attention", "=", True),
            ("reply_wants_stop", "=", False)])
        answers.filtered(lambda answer: not answer.debtor_id.is_natural_person)._end_reply_holds(
            is_by_setting=True)
