from odoo import api, fields, models
from odoo.exceptions import UserError


class DunningAgreementMake(models.AbstractModel):
    """What the dialogues have in common in which an agreement is written down: from a call, an answer, a customer."""

    _name = "dunning.agreement.make"
    _description = "Write Down an Agreement"
    _inherit = ["dunning.caller.check"]

    #: How it came when no contact is known, and when it was said in one that is neither call nor e-mail.
    SOURCE_WITHOUT_CONTACT, SOURCE_OF_OTHERS = "call", "hand"

    debtor_id = fields.Many2one("dunning.debtor", "Customer", required=True, readonly=True, ondelete="cascade")
    communication_id = fields.Many2one("dunning.communication", "Said In", readonly=True, ondelete="cascade")
    contact_id = fields.Many2one("res.partner", "Said By", domain="[('id', 'child_of', partner_id)]")
    partner_id = fields.Many2one(related="debtor_id.partner_id", string="Commercial Partner")
    note = fields.Text("What Was Said")

    @api.model
    def _prepare_said_vals(self, debtor, communication):
        """Values of a dialogue about a debtor.

        :param communication: the contact in which it was said; may be None
        """
        said = communication or self.env["dunning.communication"]
        channels = {"call": "call", "email": "mail"}
        return {
            "debtor_id": debtor.id, "communication_id": said.id, "contact_id": said.partner_id.id,
            "source": channels.get(said.channel, self.SOURCE_OF_OTHERS) if said else self.SOURCE_WITHOUT_CONTACT}

    @api.model
    def _debtor_of_moves(self, moves, refusal):
        """The debtor of invoices that are to be chosen in the dialogue.

        :param refusal: what is said where they are of several customers
        :raises UserError: they are
        """
        if len(moves.commercial_partner_id) > 1 or len(moves.company_id.root_id) > 1:
            raise UserError(refusal)
        return self.env["dunning.debtor"]._for_partners(moves.partner_id, moves.company_id)

    def _open(self, name):
        """Action that shows this dialogue."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _check_said_in(self):
        """:raises UserError: it was said in a contact with another customer"""
        if self.communication_id and self.communication_id.debtor_id != self.debtor_id:
            raise UserError(self.env._("“%s” is a contact with another customer.", self.communication_id.subject))

    def _agreement_vals(self):
        """Values of the agreement that tell by whom it was said, in what, and who wrote it down."""
        return {
            "user_id": self.env.uid, "contact_id": self.contact_id.id, "communication_id": self.communication_id.id}

    def _mark_answer_seen(self):
        """The answer in which it was said need not be read any more."""
        if self.communication_id.needs_attention:
            self.communication_id.action_seen()
