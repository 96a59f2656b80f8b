from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

#: States of an agreement that pauses reminders.
OPEN = "open"
#: The models of agreements.
AGREEMENTS = ("dunning.promise", "dunning.dispute", "dunning.payment.plan")
#: The same, and the agreements by which a customer is treated differently: what stays with a debtor and is erased.
KEPT = (*AGREEMENTS, "dunning.agreement.term")


class DunningAgreement(models.AbstractModel):
    """What a customer and we agreed on, or what a customer contests: a promise, a dispute, a payment
    plan.

    An agreement pauses what it names by rows of ``dunning.hold``. They are written in the transaction that makes the
    agreement, and ended in the one that ends it. The records are written by the program alone: dialogues and the
    customer's page check who asks, and what for.
    """

    _name = "dunning.agreement"
    _description = "Agreement with a Customer"
    _inherit = ["dunning.agreement.erase", "mail.thread", "mail.activity.mixin", "dunning.caller.check"]
    _mailing_enabled = False

    debtor_id = fields.Many2one("dunning.debtor", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_debtor", store=True, index=True, precompute=True, help="The root company.")
    partner_id = fields.Many2one(
        "res.partner", "Customer", compute="_compute_debtor", store=True, index=True, precompute=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Entered By", readonly=True, default=lambda self: self.env.uid, help="Empty: by the customer.")
    communication_id = fields.Many2one(
        "dunning.communication", "Said In", readonly=True, ondelete="set null", index="btree_not_null",
        help="The call, the answer or the message on the customer's page in which it was said.")
    made_on = fields.Datetime("Said On", readonly=True, required=True, default=fields.Datetime.now)
    contact_id = fields.Many2one("res.partner", "Said By", readonly=True, ondelete="set null")
    contact_name = fields.Char("Name", readonly=True, help="Of who said it, as it was on that day.")
    contact_address = fields.Char("Address", readonly=True, help="The e-mail address or number from which it came.")
    ended_on = fields.Date(readonly=True)
    note = fields.Text(help="What was said, in the words of the customer.")

    @api.depends("debtor_id.company_id", "debtor_id.partner_id")
    def _compute_debtor(self):
        for agreement in self:
            agreement.company_id = agreement.debtor_id.company_id
            agreement.partner_id = agreement.debtor_id.partner_id

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        contacts = self.env["res.partner"].browse([vals.get("contact_id") for vals in vals_list])
        for vals, contact in zip(vals_list, contacts, strict=True):
            if contact:
                vals.setdefault("contact_name", contact.name)
                vals.setdefault("contact_address", contact.email or contact.phone)
        return super(DunningAgreement, self.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True)).create(vals_list)

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check: made by dialogues, which check who asks
        return set()

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check
        return {"note"}

    def _check_clerk(self):
        """:raises AccessError: the user may not work with these, or not with reminders at all"""
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group("debto_dunning.group_dunning_user")):
            raise AccessError(self.env._("Only users of reminders can do this."))

    # ------------------------------------------------------------------
    # Pauses
    # ------------------------------------------------------------------

    def _origins(self):
        """These records as values of ``dunning.hold.origin``."""
        return [f"{self._name},{agreement.id}" for agreement in self]

    def _holds(self):
        """The pauses in force that stem from these agreements."""
        # sudo: a colleague who answers a dispute may lack access to pauses
        return self.env["dunning.hold"].sudo().search([("origin", "in", self._origins())])

    def _write_holds(self):
        """Write the pauses that these agreements should have, and end those that they should not have any more."""
        holds = self.env["dunning.hold"].sudo()  # as in _holds
        standing = {(hold.origin, hold.move_line_id): hold for hold in self._holds()}
        for agreement in self.sudo():
            for item, vals in agreement._hold_vals_by_item().items():
                hold = standing.pop((agreement, item), holds)
                if hold:
                    hold.write(vals)
                else:
                    holds.create({
                        "move_line_id": item.id, "origin": agreement._origins()[0], "user_id": agreement.user_id.id,
                        "note": agreement.display_name, **vals})
        holds.union(*standing.values())._end()

    def _hold_vals_by_item(self):
        """{instalment: values of its pause} of one agreement; empty when the agreement has ended."""
        raise NotImplementedError

    # ------------------------------------------------------------------
    # End
    # ------------------------------------------------------------------

    def _end(self, state, **vals):
        """Let these agreements end in ``state``, and their pauses with them."""
        for agreement in self.sudo():  # the log is the program's to write; callers check the right
            agreement.write({"state": state, "ended_on": agreement.company_id._dunning_today(), **vals})
        self._write_holds()

    # ------------------------------------------------------------------
    # Shown
    # ------------------------------------------------------------------

    def _timeline_entries(self):
        """What the timelines of customer and invoice show of these: list of (time, words)."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return [(agreement.made_on, self.env._(
            "%(agreement)s: %(state)s", agreement=agreement._words(), state=states[agreement.state]))
            for agreement in self]

    @api.model
    def _domain_of_move(self, move):
        """Domain for the agreements about an invoice."""
        return Domain("line_ids.move_id", "=", move.id)

    def _rows(self):
        """The records that these agreements consist of, as a list of recordsets."""
        return [self.line_ids]

    def _words(self):
        """What was agreed, in a few plain words."""
        raise NotImplementedError
