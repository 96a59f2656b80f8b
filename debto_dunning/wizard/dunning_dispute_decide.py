from odoo import fields, models
from odoo.exceptions import UserError


class DunningDisputeDecide(models.TransientModel):
    """The dialogue in which a colleague gives a dispute its outcome."""

    _name = "dunning.dispute.decide"
    _description = "Outcome of a Dispute"
    _inherit = ["dunning.caller.check"]

    dispute_id = fields.Many2one("dunning.dispute", required=True, readonly=True, ondelete="cascade")
    is_protest_late = fields.Boolean(related="dispute_id.is_protest_late")
    currency_id = fields.Many2one(related="dispute_id.currency_id")
    amount = fields.Monetary(related="dispute_id.amount", string="In Doubt")
    outcome = fields.Selection(
        [("upheld", "The customer is right, in whole or in part"), ("rejected", "The invoice is right")],
        required=True, default="upheld")
    amount_upheld = fields.Monetary(
        "Conceded", help="With VAT. A credit note of it is started, for accounting to post.")
    cause_id = fields.Many2one("dunning.dispute.cause")
    answer = fields.Text("Words to the Customer")
    sends_answer = fields.Boolean("Send Them by E-mail", default=True)

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check
        return {"dispute_id", "outcome", "amount_upheld", "cause_id", "answer", "sends_answer"}

    def action_decide(self):
        """Give the dispute its outcome, tell the customer, and start the credit note where something is conceded.

        :raises UserError: it has one already, nothing or too much is conceded, or a rejection has no words
        """
        self.ensure_one()
        dispute = self.dispute_id
        dispute._check_may_answer()
        if dispute.state != "open":
            raise UserError(self.env._("“%s” has its outcome already.", dispute.display_name))
        vals = {"cause_id": self.cause_id.id, "answer": self.answer}
        if self.outcome == "rejected":
            if not (self.answer or "").strip():
                raise UserError(self.env._("Write what the customer is told: why the invoice is right."))
            dispute._close("rejected", **vals)
        else:
            compare = dispute.currency_id.compare_amounts
            if compare(self.amount_upheld, 0) <= 0 or compare(self.amount_upheld, dispute.amount) > 0:
                raise UserError(self.env._(
                    "Enter what is conceded: more than nothing, and at most %s.", dispute._money(dispute.amount)))
            is_whole = compare(self.amount_upheld, dispute.amount) == 0
            dispute._close("upheld" if is_whole else "part", self.amount_upheld, **vals)
        if self.answer and self.sends_answer:
            dispute.sudo()._tell_customer(self.answer)  # a colleague who answers may lack the right to write the log
        return {"type": "ir.actions.act_window_close"}
