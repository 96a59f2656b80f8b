import logging

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..batch import retry_on_conflict, run_together_or_one_by_one

_logger = logging.getLogger(__name__)

#: Charges booked in one transaction.
BOOKED = 50


class DunningCharge(models.Model):
    """Settlement: the item is paid, small amounts are waived, documents are booked and matched with payments."""

    _inherit = "dunning.charge"

    # ------------------------------------------------------------------
    # The night
    # ------------------------------------------------------------------

    @api.model
    def _settle(self, company, date):
        """Settle the charges of a root company against the ledger, once a night before the decision.

        Where the item is paid, interest ends on the day of the last payment, and what the policy waives is waived.
        Where a payment was taken back, the charge runs on. What is not owed any more is taken back, and what is booked
        beyond what is owed is credited.
        """
        charges = self._paid_or_reopened(company)
        paid, opened = charges.filtered(lambda charge: not charge.is_settled), charges.filtered("is_settled")
        opened.write({"is_settled": False, "settled_date": False})
        self._of_cancelled_invoices(company)._for_each(
            lambda charge: charge._withdraw(charge.env._("the invoice was cancelled")))
        claims = self.env["dunning.claim"]._claims(company, date, paid.move_line_id.ids)
        paid._for_each(lambda charge: charge._settle_paid_item(date, claims.get(charge.move_line_id.id)))
        if company.dunning_charge_posting == "paid" and not company._dunning_charge_accounts_missing():
            self.search([("company_id", "=", company.id), ("state", "=", "open")])._for_each(
                lambda charge: charge._book_what_is_paid())
        paid._for_each(lambda charge: charge._waive_by_policy(company, date))
        self._take_back_unowed(company, date)
        self._overbooked(company)._for_each(lambda charge: charge._credit_beyond(
            charge.amount, charge.env._("booked beyond what is owed")))

    def _for_each(self, method):
        """Call ``method`` with each charge; an error stops only the charge that caused it, and the run warns of it.

        :return: the charges that caused an error
        """
        broken = []

        def call_each(charges):
            for charge in charges:
                method(charge)

        def on_error(charge, error):
            _logger.warning("Costs and interest %s are left as they are.", charge.id, exc_info=error)
            broken.append(charge.id)

        run_together_or_one_by_one(self.env, self, call_each, on_error)
        for company, charges in self.browse(broken).grouped("company_id").items():
            run = self.env["dunning.run"].search([("company_id", "=", company.id)], limit=1)
            if run:
                run._schedule_warning(self.env._("Costs and interest that could not be settled or booked"), self.env._(
                    "An error keeps these as they are; the server's log tells which: %s.",
                    ", ".join(charges[:10].mapped("display_name"))))
        return self.browse(broken)

    @api.model
    def _paid_or_reopened(self, company):
        """The charges whose item was paid, or whose payment was taken back, since the last settlement."""
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

    def _of_cancelled_invoices(self, company):
        """The charges that may still be asked of invoices that were cancelled or deleted."""
        return self.search([
            ("company_id", "=", company.id), ("state", "in", ("running", "open")),
            "|", ("move_id", "=", False), ("move_id.state", "=", "cancel")])

    def _overbooked(self, company):
        """The charges of which more is booked than is owed: a notice became void, another law holds, or a payment was
        booked later than it came.
        """
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT id FROM dunning_charge WHERE company_id = %s AND is_waived IS NOT TRUE
               AND amount_booked > amount + 0.00001""", company.id))
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    def _settle_paid_item(self, date, claim):
        """Calculate costs and interest up to the last payment of the item, which is paid, and keep or waive them.

        :param claim: the :class:`.dunning_claim.Claim` of the item
        """
        owed = self.env["dunning.charge.calculator"]._owed_at_payment(self, claim, date)
        last = claim.last_reduction(date)
        self.write({
            "is_settled": True, "settled_date": last, "cost_amount": float(owed.cost),
            "calculation": owed.calculation or False,
            **({"interest_amount": float(owed.interest), "date": last} if self.interest_amount and claim.law else {})})
        if owed.refusal:
            self._withdraw(owed.refusal)
        else:
            self._record_overpayment()

    def _record_overpayment(self):
        """Record as received what the payments of the item hold beyond it and what was booked on other accounts.

        Where the item was settled by an entry that is no payment or mostly a write-off, the charge is marked as asked
        for: a person decides about it.
        """
        credits = self.move_line_id.matched_credit_ids.credit_move_id
        beyond = 0
        for move in credits.move_id:
            money = move.origin_payment_id.amount or abs(move.statement_line_id.amount)
            received = move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
            is_payment = any(line._dunning_is_payment() for line in credits if line.move_id == move)
            if money and is_payment:
                if received.currency_id == self.currency_id:
                    beyond += max(self.currency_id.round(money + sum(received.mapped("amount_currency"))), 0)
            elif move.move_type == "entry":
                self.pursued_on = self.pursued_on or self.settled_date
        if beyond:
            self.amount_received += min(beyond, self.amount_due)

    def _waive_by_policy(self, company, date):
        """Waive what is left of a paid item where the policy of the debtor says so: all, or less than an amount."""
        if self.state != "open":
            return
        policy = self.debtor_id.effective_policy_id
        least = company.currency_id._convert(policy.waive_below, self.currency_id, company, date)
        if policy.left_charges == "waive":
            self._waive(self.env._("the policy waives what is left when the invoice is paid"))
        elif self.currency_id.compare_amounts(self.amount_due, least) < 0:
            self._waive(self.env._("less than %s is left", self.currency_id.format(least)))

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    def action_book(self):
        """Book what is not booked yet, and match it with what the customer paid beyond the invoice."""
        self._check_dunning_user()
        charges = self.filtered(lambda charge: charge.state in ("running", "open"))
        if not charges.filtered(lambda charge: charge._amount_to_book() > 0):
            raise UserError(self.env._("Nothing is left to book."))
        for company in charges.company_id:
            company._dunning_check_charge_accounts()
        documents = charges._book()
        charges._match_documents()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Costs and Interest Booked"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", documents.ids)],
        }
        if len(documents) == 1:
            action.update(view_mode="form", res_id=documents.id)
        return action

    @api.model
    def _book_from_step(self):
        """Book charges from the step on that each company chose, in batches that commit; called after the delivery."""
        run = self.env["dunning.run"]
        for company in self.env["res.company"].search([
                ("dunning_charge_posting", "=", "level"), ("dunning_active", "=", True)]):
            broken = []
            while retry_on_conflict(self.env, self._book_batch, company, broken):
                if not run._checkpoint():
                    return

    def _book_batch(self, company, broken):
        """Book up to BOOKED charges of which more was asked than is booked, at the chosen step or later.

        :param broken: list of ids of charges that could not be booked; they are left out, and new ones are added
        :return: number of charges tried; 0 where none is left
        """
        if company._dunning_charge_accounts_missing():
            return 0
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT charge.id
              FROM dunning_charge charge
              JOIN account_move move ON move.id = charge.move_id AND move.state = 'posted'
             WHERE charge.company_id = %s AND charge.state IN ('running', 'open') AND charge.id <> ALL(%s::int[])
               AND charge.amount - COALESCE(charge.amount_received, 0) > COALESCE(charge.amount_booked, 0) + 0.00001
               AND NOT EXISTS (SELECT FROM account_move document
                                WHERE document.dunning_charge_id = charge.id AND document.state = 'draft')
               AND EXISTS (
                   SELECT FROM dunning_communication_line line
                     JOIN dunning_communication communication ON communication.id = line.communication_id
                    WHERE line.move_line_id = charge.move_line_id AND line.level_number >= %s
                      AND line.void IS NOT TRUE AND communication.state = 'sent')
             ORDER BY charge.id LIMIT %s FOR UPDATE OF charge SKIP LOCKED
        """, company.id, broken, company.dunning_charge_level, BOOKED))
        found = self.browse([row[0] for row in self.env.cr.fetchall()])
        broken += found._for_each(lambda charge: charge._book()).ids
        return len(found)

    def _book_what_is_paid(self):
        """Book the charge up to the amount that was paid beyond the item, and match the two."""
        money = -sum(self._unmatched_credits().mapped("amount_residual_currency"))
        if self.currency_id.compare_amounts(money, 0) > 0:
            self._book(most=money)
            self._match_documents()

    def _amount_to_book(self):
        """What is neither booked nor received yet; 0 while one of the documents is a draft that a person works on."""
        self.ensure_one()
        if self.is_waived or self.charge_move_ids.filtered(lambda move: move.state == "draft"):
            return 0
        return self.currency_id.round(max(self.amount - self.amount_received - self.amount_booked, 0))

    def _credit_beyond(self, owed, reason):
        """Credit what is booked beyond the amount ``owed``, the newest document first, interest before costs.

        Payments that were matched with what is not owed go to the item itself. What is left of them is an open credit
        of the customer.
        """
        too_much = self.currency_id.round(self.amount_booked - owed)
        # users of dunning may lack the right to make credit notes; callers checked the right to the charge
        for document in self.sudo()._documents().sorted("id", reverse=True):
            amount = min(too_much, document.amount_residual + sum(
                self._freed_partials(document).mapped("debit_amount_currency")))
            if self.currency_id.compare_amounts(amount, 0) <= 0:
                continue
            note = document._reverse_moves([{"ref": reason, "date": self.company_id._dunning_today()}])
            lines = note.invoice_line_ids.sorted("id", reverse=True)  # interest first
            for line in lines:
                line.price_unit = min(line.price_unit, amount)
                amount -= line.price_unit
            lines.filtered(lambda line: not line.price_unit).unlink()
            too_much -= note.amount_total
            note.action_post()
            self._match_credit_note(document, note)

    @staticmethod
    def _freed_partials(document):
        """The matchings by which a document was paid, with money or with a credit of another invoice."""
        booked = document.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        return booked.matched_credit_ids.filtered(
            lambda partial: partial.credit_move_id._dunning_is_payment()
            or partial.credit_move_id.move_id.move_type == "out_refund"
            and partial.credit_move_id.move_id not in document.reversal_move_ids)

    def _match_credit_note(self, document, note):
        """Match a credit note with the whole of what it credits of a document, before what has paid the document."""
        receivable = (document + note).line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        payments = receivable.browse()
        if document.currency_id.compare_amounts(document.amount_residual, note.amount_total) < 0:
            partials = self._freed_partials(document)
            payments = partials.credit_move_id
            partials.unlink()
        receivable.filtered(lambda line: not line.reconciled).reconcile()
        item = self.move_line_id if self.move_line_id.parent_state == "posted" else receivable.browse()
        for debit in receivable.filtered(lambda line: line.move_id == document) + item:
            money = payments.filtered(
                lambda line, debit=debit: not line.reconciled and line.account_id == debit.account_id
                and line.currency_id == debit.currency_id)
            if money and not debit.reconciled:
                (debit + money).reconcile()

    def _book(self, most=None):
        """Make and post one document a charge over what is not booked yet.

        :param most: the highest amount to book for each; None: all
        :return: the documents (``account.move``), with full access
        """
        # users of dunning may lack the right to make invoices; the right to the charge was checked, the log names them
        moves = self.env["account.move"].sudo()
        for charge in self.sudo():
            amount = charge._amount_to_book()
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
        """Values of a customer invoice without VAT over ``amount``; costs are booked before interest, as payments pay
        them.
        """
        self.ensure_one()
        company = self.company_id
        lang = self.customer_id.lang or company.partner_id.lang
        localized = self.with_context(lang=lang)
        booked = self.amount_booked
        cost = min(max(self.cost_amount - booked, 0), amount)
        interest = self.currency_id.round(amount - cost)
        document = self.move_id.name or ""
        lines = []
        if cost:
            lines.append((company.dunning_cost_account_id, localized.env._(
                "Collection costs of invoice %s", document), cost))
        if interest:
            lines.append((company.dunning_interest_account_id, localized.env._(
                "Interest for late payment of invoice %(document)s up to %(date)s", document=document,
                date=format_date(localized.env, self.date)), interest))
        today = company._dunning_today()
        # the invoice may have moved to another customer since
        partner = self.move_id.partner_id if self.move_id._dunning_is_of(self.customer_id) else self.customer_id
        return {
            "move_type": "out_invoice",
            "company_id": (self.move_id.company_id or company).id,
            "journal_id": company.dunning_charge_journal_id.id,
            "partner_id": partner.id,
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

    def _unmatched_credits(self):
        """The ``account.move.line`` of payments of this item of which something is left: money beyond the item."""
        self.ensure_one()
        # users of dunning may lack the right to read the ledger; nothing of it is shown
        item = self.sudo().move_line_id
        return item.matched_credit_ids.credit_move_id.filtered(
            lambda line: not line.reconciled and line.amount_residual < 0 and line.currency_id == self.currency_id
            and line.account_id == item.account_id and line._dunning_is_payment())

    def _match_documents(self):
        """Match the open documents with what the customer paid beyond the item."""
        for charge in self.sudo():  # as in _book
            credits = charge._unmatched_credits()
            lines = charge.charge_move_ids.filtered(lambda move: move.state == "posted").line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled)
            if credits and lines and credits.account_id == lines.account_id:
                (credits + lines).reconcile()
