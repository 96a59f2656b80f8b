from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_date


class DunningCommunication(models.Model):
    """The channel call: an activity for the person in charge, with a script and the figures."""

    _inherit = "dunning.communication"

    @api.model
    def _can_reach_call(self, partners):
        """Everybody: who has no number is looked up by the person who calls."""
        return partners

    def _preview_call(self):
        return self._call_note()

    def _deliver_call(self):
        """A call counts as handed over when its activity exists; its outcome is another contact."""
        self._plan_call_activities()
        self._mark_sent({
            communication.id: {"subject": communication._call_subject(), "body": communication._call_note()}
            for communication in self
        })

    def _plan_calls(self):
        """Plan the calls that steps of other channels want besides their message."""
        self.filtered(
            lambda c: c.channel != "call" and any(c._steps().level_id.mapped("call_activity")))._plan_call_activities()

    def _plan_call_activities(self):
        """Plan one activity a debtor for the person in charge; it replaces the one that was planned before."""
        kind = self.env.ref("mail.mail_activity_data_call")
        for communication in self:
            debtor = communication.debtor_id
            user = debtor._responsible()
            debtor.activity_ids.filtered(
                lambda planned: planned.automated and planned.activity_type_id == kind).unlink()
            # no mail to the colleague about each of them: they are in the list of activities
            debtor.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_call",
                date_deadline=communication.company_id._dunning_today(),
                summary=communication._call_subject(),
                note=communication._call_note(),
                user_id=(user or self.env.ref("base.user_admin")).id,
            )

    def _call_subject(self):
        translated = self.with_context(lang=self.debtor_id._responsible().lang or self.env.lang)
        return translated.env._(
            "Call %(contact)s: %(amount)s open", contact=self.partner_id.display_name,
            amount=translated.currency_id.format(self.amount_total))

    def _call_note(self):
        """The script of the steps and the figures, in the language of the person who calls."""
        steps = self._steps()
        user = self.debtor_id._responsible()
        translated = self.with_context(lang=user.lang or self.env.lang)
        script = Markup().join(
            translated._fill_paragraphs(level.with_context(lang=user.lang).call_script)
            for level in steps.level_id.sorted("number", reverse=True) if level.call_script)
        rows = Markup().join(
            Markup("<li>%s</li>") % translated.env._(
                "%(document)s of %(date)s, due %(due)s: %(amount)s", document=line.document,
                date=format_date(translated.env, line.document_date), due=format_date(translated.env, line.due_date),
                amount=translated.currency_id.format(line._amount_all()))
            for line in steps | self.line_ids.filtered("charge_id"))
        # the figures are for the colleague who calls; phone numbers may be protected from who delivers
        contact = self.partner_id.sudo()
        phone = contact.phone or contact.commercial_partner_id.phone
        head = Markup("<p>%s</p>") % (translated.env._("Telephone: %s", phone) if phone else translated.env._(
            "No telephone number is known."))
        return head + script + Markup("<ul>%s</ul>") % rows
