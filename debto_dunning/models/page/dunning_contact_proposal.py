from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class DunningContactProposal(models.Model):
    """Who should get invoices or reminders, as a customer says on the page. A person confirms it.

    A link never changes an address by itself: changed addresses are how invoices are stolen.
    """

    _name = "dunning.contact.proposal"
    _description = "Proposed Contact"
    _inherit = ["dunning.program.record"]
    _order = "id DESC"
    _rec_name = "email"

    debtor_id = fields.Many2one(
        "dunning.debtor", "Customer", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="debtor_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="debtor_id.partner_id", string="Commercial Partner")
    communication_id = fields.Many2one(
        "dunning.communication", "Said In", readonly=True, ondelete="cascade", index="btree_not_null")
    name = fields.Char(readonly=True)
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    use = fields.Selection(
        [("invoices", "Invoices"), ("reminders", "Reminders"), ("both", "Invoices and reminders")], "For",
        required=True, readonly=True, default="both")
    way = fields.Selection(
        [("email", "By e-mail"), ("post", "By post"), ("electronic", "Electronically (Peppol)")], "How",
        required=True, readonly=True, default="email")
    state = fields.Selection(
        [("proposed", "Proposed"), ("confirmed", "Confirmed"), ("refused", "Refused")], required=True, readonly=True,
        default="proposed", index=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    contact_id = fields.Many2one("res.partner", "Contact Made", readonly=True, ondelete="set null")

    def action_confirm(self):
        """Make the contact that the customer proposed: for invoices, for reminders, or for both.

        :raises UserError: it was decided already
        """
        self._check_undecided()
        # sudo: who looks after customers may lack the right to make contacts; what is made is shown here first
        for proposal in self.sudo():
            customer = proposal.partner_id
            contact = proposal.email and customer.child_ids.filtered_domain(
                [("email_normalized", "=", proposal.email)])[:1]
            if not contact:
                contact = customer.create({
                    "parent_id": customer.id, "name": proposal.name or proposal.email, "email": proposal.email,
                    "phone": proposal.phone, "lang": customer.lang,
                    "type": "contact" if proposal.use == "reminders" else "invoice"})
            if proposal.use != "invoices":
                proposal.debtor_id.reminder_contact_id = contact
            if proposal.use != "reminders" and contact.type != "invoice":
                contact.type = "invoice"
            proposal.contact_id = contact
        self._decide("confirmed")

    def action_refuse(self):
        """Leave the customer's contacts as they are.

        :raises UserError: it was decided already
        """
        self._check_undecided()
        self._decide("refused")

    def _check_undecided(self):
        self.check_access("read")
        if not self.env.user.has_group("debto_dunning.group_dunning_user"):
            raise AccessError(self.env._("Only users of reminders can do this."))
        if any(proposal.state != "proposed" for proposal in self):
            raise UserError(self.env._("This was decided already."))

    def _decide(self, state):
        # sudo: the program alone writes it; the right was checked
        self.sudo().write({"state": state, "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()})
        states = dict(self._fields["state"]._description_selection(self.env))
        for proposal in self:
            proposal.debtor_id._message_log(body=self.env._(
                "Proposed contact %(contact)s: %(state)s", contact=proposal.email or proposal.name,
                state=states[state]))
        self.communication_id.filtered("needs_attention").action_seen()


class DunningCommunication(models.Model):
    _inherit = "dunning.communication"

    def _erase(self, date):
        # EXTENDS debto_dunning: names and addresses go with the words in which they were said
        # sudo: the program alone writes proposals; what is erased is decided by the setting
        self.env["dunning.contact.proposal"].sudo().search([("communication_id", "in", self.ids)]).write(
            {"name": False, "email": False, "phone": False})
        return super()._erase(date)

    def action_reply_contact(self):
        # EXTENDS debto_dunning: what the customer proposed on the page is confirmed there
        action = super().action_reply_contact()
        if proposals := self.env["dunning.contact.proposal"].search([("communication_id", "=", self.id)]):
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Proposed Contacts"),
                "res_model": proposals._name,
                "view_mode": "list",
                "domain": [("id", "in", proposals.ids)],
            }
        return action
