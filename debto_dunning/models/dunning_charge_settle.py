from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..tools.decimals import decimal

#: Charges booked in one transaction.
BOOKED = 50


class DunningCharge(models.Model):
    """What becomes of costs and interest: the invoice is paid, a document is booked, little is waived."""

    _inherit = "dunning.charge"

    # ------------------------------------------------------------------
    # The night
    # ------------------------------------------------------------------

    @api.model
    def _settle(self, company, date):
        """Settle the charges of ``company`` against the ledger: once a night, before anything is decided.

        Where the item is paid, interest ends on the day of the last payment; what the policy waives is waived; a
        payment that is taken back lets the charge run on.
        """
        charges = self._changed(company)
        paid, opened = charges.filtered(lambda charge: not charge.is_settled), charges.filtered("is_settled")
        opened.write({"is_settled": False, "settled_date": False, "pursued_on": False})
        paid._end_interest(company, date)
        if company.dunning_charge_posting == "paid":
            self._book_what_is_paid(company)
        paid._waive_by_policy(company, date)

    @api.model
    def _changed(self, company):
        """The charges whose item was paid, or taken back, since the last look."""
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT charge.id
              FROM dunning_charge charge
              JOIN account_move_line line ON line.id = charge.move_line_id
              JOIN account_move move ON move.id = line.move_id
             WHERE charge.company_id = %s AND charge.is_waived IS NOT TRUE AND move.state = 'posted'
               AND COALESCE(charge.is_settled, FALSE) <>
                   (line.reconciled IS TRUE OR move.payment_state IN ('paid', 'in_payment', 'reversed'))
             ORDER BY charge.id
        """, company.id))
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    def _end_interest(self, company, date):
        """The items are paid: reckon interest up to the payments, and keep it."""
        claims = self.env["dunning.claim"]._claims(company, date, self.move_line_id.ids)
        for charge in self:
            claim = claims[charge.move_line_id.id]
            last = max((day for day, _amount in claim.payments), default=date)
            vals = {"is_settled": True, "settled_date": last}
            if claim.base_fell():
                vals.update(charge._costs_in_time(company, claim, date))
            if charge.interest_amount and claim.law:
                reckoned = claim.interest_until(
                    company, last, claim.interest_start(company, last),
                    cent=decimal(charge.currency_id.rounding))
                vals.update(interest_amount=float(reckoned.amount), date=last, calculation={
                    **(charge.calculation or {}),
                    "interest": self.env["dunning.communication"]._stretch_rows(reckoned)})
            charge.write(vals)
            if claim.credited and not claim.payments:
                charge._waive(self.env._("the invoice was credited"))
            elif claim.left_in_time() is not None and claim.left_in_time() <= 0:
                charge._waive(self.env._("paid within the waiting time of the notice"))

    def _costs_in_time(self, company, claim, date):
        """A payment within the waiting time was booked after costs were asked: what they are on what was left."""
        communication, law = self.env["dunning.communication"], claim.law
        rate = communication._law_rate(company, date, self.currency_id, law)
        base = claim.base(claim.open)
        cost, = law._costs(company, [(base * rate, claim.invoice_date)], True)
        cost = min(claim.cost, max(communication._in_currency(cost, rate, self.currency_id), claim.reminder_cost))
        return {
            "cost_amount": float(cost),
            "calculation": {**(self.calculation or {}), "costs": {
                "kind": "collection", "base": str(base), "amount": str(cost), "together": None}}}

    def _waive_by_policy(self, company, date):
        for charge in self.filtered(lambda charge: charge.state == "open"):
            policy = charge.debtor_id.effective_policy_id
            least = company.currency_id._convert(policy.waive_below, charge.currency_id, company, date)
            if any(move.payment_state == "partial" for move in charge.charge_move_ids):
                continue
            if policy.left_charges == "waive":
                charge._waive(self.env._("the policy waives what is left when the invoice is paid"))
            elif charge.currency_id.compare_amounts(charge.amount_due, least) < 0:
                charge._waive(self.env._("less than %s is left", charge.currency_id.format(least)))

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    def action_book(self):
        """Make the documents now, and match them with what the customer has paid beyond the invoice."""
        charges = self.filtered(lambda charge: charge.state in ("running", "open"))
        if not charges.filtered(lambda charge: charge._unbooked() > 0):
            raise UserError(self.env._("Nothing is left to book."))
        for company in charges.company_id:
            company._dunning_check_charge_accounts()
        documents = charges._book()
        charges._match()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Costs and Interest Booked"),
            "res_model": "account.move",
            **({"view_mode": "form", "res_id": documents.id} if len(documents) == 1 else
               {"view_mode": "list,form", "domain": [("id", "in", documents.ids)]}),
        }

    @api.model
    def _book_from_step(self):
        """Book what was asked from the step on that the company chose; called with the delivery, in batches."""
        run = self.env["dunning.run"]
        for company in self.env["res.company"].search([
                ("dunning_charge_posting", "=", "level"), ("dunning_active", "=", True)]):
            while run._insist(self._book_some, company):
                if not run._checkpoint():
                    return

    def _book_some(self, company):
        """Book a batch of the charges of which more was asked, at that step or later, than is booked.

        :return: number of documents made
        """
        if company._dunning_charge_accounts_missing():
            return 0
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT charge.id FROM dunning_charge charge
             WHERE charge.company_id = %s AND charge.state IN ('running', 'open') AND charge.is_received IS NOT TRUE
               AND charge.amount > COALESCE(charge.amount_booked, 0) AND EXISTS (
                   SELECT FROM dunning_communication_line line
                     JOIN dunning_communication communication ON communication.id = line.communication_id
                    WHERE line.move_line_id = charge.move_line_id AND line.level_number >= %s
                      AND line.void IS NOT TRUE AND communication.state = 'sent')
             ORDER BY charge.id LIMIT %s FOR UPDATE SKIP LOCKED
        """, company.id, company.dunning_charge_level, BOOKED))
        return len(self.browse([row[0] for row in self.env.cr.fetchall()])._book())

    def _book_what_is_paid(self, company):
        """Where money for charges is there, book so much of them and match the two."""
        if company._dunning_charge_accounts_missing():
            return
        for charge in self.search([("company_id", "=", company.id), ("state", "=", "open")]):
            money = -sum(charge._credits().mapped("amount_residual_currency"))
            if charge.currency_id.compare_amounts(money, 0) > 0:
                charge._book(most=money)
                charge._match()

    def _unbooked(self):
        self.ensure_one()
        return 0 if self.is_received or self.is_waived else self.currency_id.round(
            max(self.amount - self.amount_booked, 0))

    def _book(self, most=None):
        """Make and post one document a charge, over what is not booked yet.

        :param most: book at most so much
        :return: the documents
        """
        # the night books; a person needs the right to the charge, and answers for it by name in the log
        moves = self.env["account.move"].sudo()
        for charge in self.sudo():
            amount = charge._unbooked()
            if most is not None:
                amount = min(amount, most)
            if charge.currency_id.compare_amounts(amount, 0) > 0:
                moves |= moves.with_company(charge.move_id.company_id or charge.company_id).create(
                    charge._document_vals(amount))
        moves.action_post()
        for move in moves:
            move.dunning_charge_id.move_id._dunning_log_note(self.env._(
                "Costs and interest of %(amount)s booked as %(document)s.",
                amount=move.currency_id.format(move.amount_total), document=move.name))
        return moves

    def _document_vals(self, amount):
        """A customer invoice without VAT: costs first, then interest, as payments count."""
        self.ensure_one()
        company = self.company_id
        lang = self.customer_id.lang or company.partner_id.lang
        speaking = self.with_context(lang=lang)
        booked = self.amount_booked
        cost = min(max(self.cost_amount - booked, 0), amount)
        interest = self.currency_id.round(amount - cost)
        document = self.move_id.name or ""
        lines = []
        if cost:
            lines.append((company.dunning_cost_account_id, speaking.env._(
                "Collection costs of invoice %s", document), cost))
        if interest:
            lines.append((company.dunning_interest_account_id, speaking.env._(
                "Interest for late payment of invoice %(document)s up to %(date)s", document=document,
                date=format_date(speaking.env, self.date)), interest))
        today = company._dunning_today()
        return {
            "move_type": "out_invoice",
            "company_id": (self.move_id.company_id or company).id,
            "journal_id": company.dunning_charge_journal_id.id,
            "partner_id": (self.move_id.partner_id or self.customer_id).id,
            "currency_id": self.currency_id.id,
            "invoice_date": today,
            "invoice_date_due": today,
            "invoice_payment_term_id": False,
            "ref": document,
            "dunning_charge_id": self.id,
            "invoice_line_ids": [Command.create({
                "name": name, "account_id": account.id, "quantity": 1, "price_unit": price, "tax_ids": [],
            }) for account, name, price in lines],
        }

    def _credits(self):
        """Unmatched rests of the payments that paid a part of this item: money beyond the invoice."""
        self.ensure_one()
        # the ledger, whoever looks after the charge
        item = self.sudo().move_line_id
        return item.matched_credit_ids.credit_move_id.filtered(
            lambda line: not line.reconciled and line.amount_residual < 0 and line.currency_id == self.currency_id
            and line.account_id == item.account_id and line.move_id.move_type != "out_refund")

    def _match(self):
        """Match open documents with the money that is there for them."""
        for charge in self.sudo():  # as in _book
            credits = charge._credits()
            lines = charge.charge_move_ids.filtered(lambda move: move.state == "posted").line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled)
            if credits and lines and credits.account_id == lines.account_id:
                (credits + lines).reconcile()
