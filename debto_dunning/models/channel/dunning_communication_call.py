from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date


class DunningCommunication(models.Model):
    """The channel call: an activity for the person in charge, with a script and the figures.

    All calls of a debtor that wait are one activity. It says what is left of them: what is paid or taken back drops
    out. Messages of a kind that shows no lines are said with the words of their kind, until they are taken back or the
    call is made.
    """

    _inherit = "dunning.communication"

    call_activity_id = fields.Many2one(
        "mail.activity", "Call", readonly=True, copy=False, index="btree_not_null", ondelete="set null",
        help="The activity by which a colleague calls about it.")

    @api.model
    def _can_reach_call(self, partners):
        """Everybody: who has no number is looked up by the person who calls."""
        return partners

    def _preview_call(self):
        return self._call_note()

    def _deliver_call(self):
        """A call counts as handed over when its activity exists; its outcome is another contact."""
        self._mark_sent({
            communication.id: {"subject": communication._call_subject(), "body": communication._call_note()}
            for communication in self
        })
        self._plan_call_activities()

    def _plan_calls(self):
        """Plan the calls that steps of other channels want besides their message."""
        self.filtered(
            lambda c: c.channel != "call" and any(c._steps().level_id.mapped("call_activity")))._plan_call_activities()

    # ------------------------------------------------------------------
    # The activity
    # ------------------------------------------------------------------

    def _plan_call_activities(self):
        """Add these messages to the open call of their debtor, or plan one for the person in charge."""
        kind = self.env["mail.activity.type"]._dunning_type("mail.mail_activity_data_call", "dunning.debtor")
        if not kind:
            return
        # sudo: calls may be assigned to others; a to-do may stand in for the type, so the type alone does not tell
        calls = self.sudo().search([
            ("debtor_id", "in", self.debtor_id.ids), ("call_activity_id.active", "=", True)]).call_activity_id
        for debtor, communications in self.grouped("debtor_id").items():
            # no mail to the colleague about each of them: they are in the list of activities
            quiet = debtor.with_context(mail_activity_quick_update=True)
            planned = quiet.activity_ids.filtered(
                lambda activity: activity in calls and activity.activity_type_id == kind).sorted("date_deadline")[:1]
            communications.call_activity_id = planned or quiet.activity_schedule(
                activity_type_id=kind.id, date_deadline=debtor.company_id._dunning_today(),
                user_id=debtor._activity_user().id)
            communications.call_activity_id._dunning_update_call()

    def _remove_from_call(self):
        """Take messages that were taken back out of the calls about them."""
        # sudo: the activity may be assigned to another colleague; only what the system planned is written
        activities = self.sudo().call_activity_id
        activities.filtered("active")._dunning_update_call()

    @api.model
    def _update_calls(self, companies=None):
        """Bring the calls that wait up to date with the ledger: what is paid since drops out.

        :param companies: only these root companies
        """
        domain = [("call_activity_id.active", "=", True)]
        if companies:
            domain.append(("company_id", "in", companies.ids))
        waiting = self.search(domain)
        lines_left = waiting._call_lines().grouped("communication_id")
        left = waiting._left_to_call()
        for activity, communications in waiting.grouped("call_activity_id").items():
            lines = self.line_ids.union(*(lines_left[one] for one in communications.sorted("id") if one in lines_left))
            said = (communications & left).sorted("id")
            if not said or activity.summary != said._call_subject(lines):
                activity._dunning_update_call()

    def _left_to_call(self):
        """Those of these messages of which a call has something left to say."""
        return self.browse().union(*(
            communications._call_for_kind("left_to_call") for communications in self.grouped("kind").values()))

    def _left_as_sent(self):
        """For messages that say the same whatever happens in the ledger: all that were not taken back."""
        return self.filtered(lambda communication: communication.state == "sent")

    def _left_to_ask(self):
        """For messages that show lines: those of which something is left to ask."""
        return self._call_lines().communication_id

    def _call_lines(self):
        """The lines of these messages of which something is left to ask: steps of open items, and charges left open.

        An item that is in several of them counts once, as the newest says it.
        """
        kinds = self._message_kinds()
        lines = self.filtered(
            lambda message: message.state == "sent" and kinds[message.kind].shows_lines).line_ids.filtered(
            lambda line: line.level_id and not line.void or line.charge_id)
        items = lines.move_line_id
        # of items by the thousand only what is needed is read
        items.fetch([
            "account_type", "amount_residual_currency", "currency_id", "move_id", "parent_state", "reconciled"])
        items.move_id.fetch(["payment_state"])
        newest = {(line.move_line_id, line.charge_id): line for line in lines.sorted("id")}
        return lines.filtered(
            lambda line: newest[line.move_line_id, line.charge_id] == line and line._amount_left() > 0)

    # ------------------------------------------------------------------
    # Its words
    # ------------------------------------------------------------------

    def _call_subject(self, lines=None):
        """Whom to call, and about how much; about what, where no money is asked.

        :param lines: :meth:`_call_lines`, where the caller has them; default: what the messages say
        """
        user = self.debtor_id._activity_user()
        translated = self[:1].with_context(lang=user.lang or self.env.lang)
        kinds, totals = self._message_kinds(), defaultdict(float)
        for communication in self:
            kind = kinds[communication.kind]
            if kind.asks_money and (lines is None or not kind.shows_lines):
                totals[communication.currency_id] += communication.amount_total
        for line in lines or ():
            totals[line.currency_id] += line._amount_left()
        if not totals:
            return translated.env._(
                "Call %(contact)s: %(subject)s", contact=translated.partner_id.display_name,
                subject=", ".join(dict.fromkeys(
                    one._message_subject() for one in self.with_context(lang=translated.env.context["lang"]))))
        return translated.env._(
            "Call %(contact)s: %(amount)s open", contact=translated.partner_id.display_name,
            amount=" + ".join(currency.with_env(translated.env).format(total) for currency, total in totals.items()))

    def _call_note(self, lines=None):
        """The words of each kind, the script of the steps and the figures, in the language of the person who calls.

        :param lines: as in :meth:`_call_subject`
        """
        user = self.debtor_id._activity_user()
        translated = self.with_context(lang=user.lang or self.env.lang)
        scripts, rows = Markup(), Markup()
        told = self.env["dunning.level"]
        for communication in translated:
            kind = communication._message_kind()
            if not kind.shows_lines:
                scripts += communication._message_words()["body"]
                if kind.asks_money:
                    rows += Markup("<li>%s: %s</li>") % (
                        communication._message_subject(), communication._money(communication.amount_total))
                continue
            said = communication._steps() | communication.line_ids.filtered("charge_id")
            said = said if lines is None else said & lines
            levels = said.level_id - told
            told |= levels
            scripts += Markup().join(
                communication._fill_paragraphs(level.with_context(lang=user.lang).call_script)
                for level in levels.sorted("number", reverse=True) if level.call_script)
            rows += Markup().join(
                Markup("<li>%s</li>") % translated.env._(
                    "%(document)s of %(date)s, due %(due)s: %(amount)s", document=line.document,
                    date=format_date(translated.env, line.document_date),
                    due=format_date(translated.env, line.due_date),
                    amount=communication.currency_id.format(
                        line._amount_all() if lines is None else line._amount_left()))
                for line in said)
        # sudo: who delivers may lack access to telephone numbers; only the colleague who calls reads the note
        contact = self[:1].partner_id.sudo()
        phone = contact.phone or contact.commercial_partner_id.phone
        head = Markup("<p>%s</p>") % (translated.env._("Telephone: %s", phone) if phone else translated.env._(
            "No telephone number is known."))
        return head + scripts + (Markup("<ul>%s</ul>") % rows if rows else Markup())


class DunningCommunicationLine(models.Model):
    _inherit = "dunning.communication.line"

    def _amount_left(self):
        """What is left now of what the message asked of this item: principal, costs and interest; 0 where it is paid,
        taken back or moved to another customer.
        """
        if self.charge_id:
            return self.charge_id.amount_due
        item = self.move_line_id
        if self.void or not item or not item._dunning_is_open():
            return 0.0
        return min(self.amount_asked, item.amount_residual_currency) + self._amount_charges()


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _dunning_update_call(self):
        """Say what is left of the messages that these calls are about; a call of which nothing is left is dropped."""
        # sudo: a call may be assigned to another colleague, who may lack access to the messages that it is about;
        # only the calls that the system planned are written
        communications = self.env["dunning.communication"].sudo().search(
            [("call_activity_id", "in", self.ids)], order="id").grouped("call_activity_id")
        for activity in self.sudo():
            said = communications.get(activity, self.env["dunning.communication"])
            lines, to_call = said._call_lines(), said._left_to_call().sorted("id")
            if to_call:
                activity.with_context(mail_activity_quick_update=True).write({
                    "summary": to_call._call_subject(lines), "note": to_call._call_note(lines)})
            else:
                activity.unlink()
