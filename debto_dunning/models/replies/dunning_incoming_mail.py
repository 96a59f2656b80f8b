from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext


class DunningIncomingMail(models.Model):
    """A mail about invoices that came as a new one, not as an answer to a reminder.

    Where the customer is found without doubt it goes to the log by itself; else it waits here until a person says
    whose it is. The mail with its files stays in the messages of this record.
    """

    _name = "dunning.incoming.mail"
    _description = "Incoming Mail"
    _inherit = ["mail.thread", "mail.activity.mixin", "dunning.caller.check"]
    _order = "date DESC, id DESC"
    _rec_name = "subject"
    _mailing_enabled = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    subject = fields.Char(required=True, readonly=True)
    email_from = fields.Char("From", readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    body = fields.Html("Text", readonly=True, sanitize_attributes=False, sanitize_style=True)
    state = fields.Selection(
        [("waiting", "Waits for a Customer"), ("assigned", "In the Log"), ("dismissed", "Put Aside")],
        required=True, readonly=True, default="waiting", index=True)
    debtor_id = fields.Many2one(
        "dunning.debtor", "Customer", ondelete="restrict", index="btree_not_null",
        domain="[('company_id', '=', company_id)]", help="Whose mail it is.")
    candidate_ids = fields.Many2many(
        "dunning.debtor", "dunning_incoming_mail_candidate_rel", "mail_id", "debtor_id", "May Be From", readonly=True)
    found_by = fields.Char("How It Was Found", readonly=True)
    communication_id = fields.Many2one(
        "dunning.communication", "In the Log", readonly=True, index="btree_not_null", ondelete="cascade")

    # ------------------------------------------------------------------
    # Mail gateway
    # ------------------------------------------------------------------

    @api.private  # for the mail gateway: over the interface anybody could make up a mail of a customer
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # OVERRIDE mail: who sent it decides where it goes
        company = self._company_of_mail(msg_dict, custom_values or {})
        found = self._find_customer(company, msg_dict)
        # sudo: the gateway acts for a customer, who has no rights
        mail = self.sudo().create({
            "company_id": found.company.id,
            "subject": msg_dict.get("subject") or self.env._("Mail without subject"),
            "email_from": msg_dict.get("email_from"),
            "date": msg_dict.get("date") or fields.Datetime.now(),
            "body": self.env["dunning.communication"]._without_tokens(msg_dict.get("body")),
            "debtor_id": found.debtor.id,
            "candidate_ids": [fields.Command.set(found.candidates.ids)],
            "found_by": found.reason,
        })
        if found.debtor:
            mail._log_answer()
        else:
            mail._ask_for_customer()
        return mail

    def _ask_for_customer(self):
        """Plan an activity for the person in charge: somebody says whose mail it is."""
        self.ensure_one()
        self.activity_schedule(
            "mail.mail_activity_data_todo", date_deadline=self.company_id._dunning_today(),
            summary=self.env._("Whose mail is it?"), note=self.found_by,
            user_id=self.company_id._dunning_activity_user().id)

    def _log_answer(self):
        """Write the mail to the log of its debtor, where it is read and pauses as an answer to a reminder does."""
        self.ensure_one()
        communications = self.env["dunning.communication"].sudo()  # the log is written by the system alone
        sender = self._partners_of_sender(self.email_from).filtered(
            lambda partner: partner.commercial_partner_id == self.debtor_id.partner_id)[:1]
        answer = communications.create({
            **communications._prepare_answer_vals(self.debtor_id, {
                "subject": self.subject, "body": self.body, "email_from": self.email_from, "date": self.date}),
            "partner_id": (sender or self.debtor_id.partner_id).id,
            "date": self.date,
        })
        self.write({"state": "assigned", "communication_id": answer.id})
        # sudo: the activity may be a colleague's
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        return answer

    # ------------------------------------------------------------------
    # Actions of a person
    # ------------------------------------------------------------------

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check: mails come in by the gateway alone
        return set()

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check
        return {"debtor_id"} if self.state == "waiting" else set()

    def action_assign(self):
        """Write the mails to the logs of the customers that a person chose.

        :raises UserError: no customer is chosen, or one was handled already
        """
        self.check_access("write")
        for mail in self:
            mail._check_waiting()
            if not mail.debtor_id:
                raise UserError(self.env._("Choose the customer first."))
            mail.debtor_id.check_access("read")
            mail._check_named({"debtor_id"})
            mail.sudo().found_by = self.env._("Chosen by %s.", self.env.user.name)
            mail.sudo()._log_answer()  # the right was checked; the log is the system's to write
        if len(self) == 1:
            return self.action_open_answer()
        return True

    def action_dismiss(self):
        """Put the mails aside: they are of no customer.

        :raises UserError: one was handled already
        """
        self.check_access("write")
        for mail in self:
            mail._check_waiting()
        self.sudo().write({"state": "dismissed"})  # as above
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _check_waiting(self):
        if self.state != "waiting":
            raise UserError(self.env._("“%s” was handled already.", self.subject))

    def action_open_answer(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dunning.communication",
            "res_id": self.communication_id.id,
            "view_mode": "form",
        }

    def _text_to_search(self, msg_dict):
        """Subject and text, with what the mail quotes, in which numbers and links of ours are looked for."""
        return f"{msg_dict.get('subject') or ''}\n{html2plaintext(msg_dict.get('body') or '')}"


class DunningCommunication(models.Model):
    """An answer that came as a mail of its own, and its erasure."""

    _inherit = "dunning.communication"

    incoming_mail_ids = fields.One2many("dunning.incoming.mail", "communication_id", "Mail It Came In", readonly=True,
        groups="debto_dunning.group_dunning_user")

    def action_open_incoming_mail(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dunning.incoming.mail",
            "res_id": self.incoming_mail_ids[:1].id,
            "view_mode": "form",
        }

    @api.model
    def _erase_expired(self, company, date):
        # EXTENDS: mails of no customer go after the same time
        if company.dunning_retention_months:
            # sudo: nobody deletes mails by hand; the setting decides
            self.env["dunning.incoming.mail"].sudo().search([
                ("company_id", "=", company.id), ("state", "=", "dismissed"),
                ("date", "<", fields.Date.subtract(date, months=company.dunning_retention_months)),
            ]).unlink()
        return super()._erase_expired(company, date)

    def _erase(self, date):
        # EXTENDS: the mail itself says the same
        self.sudo().incoming_mail_ids.unlink()  # nobody deletes mails by hand
        return super()._erase(date)
