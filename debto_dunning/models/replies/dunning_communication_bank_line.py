import re
from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import format_amount, format_date

#: Bank lines of so many days are looked at, and so many of them shown.
BANK_DAYS, MOST_LINES = 90, 5
#: Lines among which those that fit are looked for, the newest first.
MOST_SEARCHED = 2000


class DunningCommunication(models.Model):
    """Money that came in and is not matched yet, beside an answer that says «paid»."""

    _inherit = "dunning.communication"

    reply_bank_lines = fields.Html(
        "Bank Lines That Fit", compute="_compute_reply_bank_lines", sanitize=False,
        groups="debto_dunning.group_dunning_user",
        help="Bank lines not matched yet, from this customer, naming its invoices, or of just the amount.")

    def _compute_reply_bank_lines(self):
        for communication in self:
            lines = communication._fitting_bank_lines() if communication.reply_label == "paid" else []
            communication.reply_bank_lines = Markup("<br/>").join(
                Markup("%s, <b>%s</b>: %s (%s)") % (
                    format_date(self.env, line.date),
                    format_amount(self.env, line.amount_currency or line.amount,
                                  line.foreign_currency_id or line.currency_id),
                    line.payment_ref or line.partner_name or "", reason)
                for line, reason in lines) or False

    def _fitting_bank_lines(self):
        """Pairs of a bank line not matched yet that may be the payment, and why; the surest first."""
        self.ensure_one()
        # sudo: who looks after customers may see the few bank lines that fit, whether they see the bank or not
        env = self.sudo().env
        company = self.company_id
        lines = env["account.bank.statement.line"].search([
            ("company_id", "child_of", company.id), ("is_reconciled", "=", False), ("amount", ">", 0),
            ("move_id.state", "=", "posted"),
            "|", ("partner_id", "=", False), ("partner_id.commercial_partner_id", "=", self.customer_id.id),
            ("date", ">=", company._dunning_today() - timedelta(days=BANK_DAYS)),
        ], order="internal_index DESC", limit=MOST_SEARCHED)
        items = env["account.move.line"].search([
            ("company_id", "child_of", company.id), ("account_type", "=", "asset_receivable"),
            ("parent_state", "=", "posted"), ("reconciled", "=", False),
            ("move_id.commercial_partner_id", "=", self.customer_id.id)])
        accounts = {_letters(number) for number in self.sudo().customer_id.bank_ids.mapped("acc_number")}
        references = {
            _letters(text) for move in items.move_id | self.sudo().reply_move_ids
            for text in (move.name, move.payment_reference) if len(_letters(text)) >= 5}
        amounts = {round(abs(item.amount_residual), 2) for item in items} | {
            round(sum(items.mapped("amount_residual")), 2),
            round(sum(abs(move.amount_residual) for move in self.sudo().reply_move_ids), 2)}
        rated = []
        for line in lines:
            if rank := self._rank_bank_line(line, accounts, references, amounts):
                rated.append((*rank, line))
        return [(line, reason) for _rank, reason, line in sorted(rated, key=lambda row: row[0])[:MOST_LINES]]

    def _rank_bank_line(self, line, accounts, references, amounts):
        """(rank, reason) of a bank line; None where it does not fit."""
        text = _letters(line.payment_ref)
        if any(reference in text for reference in references):
            return 0, self.env._("names an invoice")
        fits = round(line.amount, 2) in amounts
        if line.partner_id or line.account_number and _letters(line.account_number) in accounts:
            return (1, self.env._("from this customer, the amount fits")) if fits else (
                2, self.env._("from this customer"))
        return (3, self.env._("the amount fits")) if fits else None


def _letters(text):
    """Letters and figures alone, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", (text or "").upper())
