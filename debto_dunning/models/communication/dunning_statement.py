"""The statement of a customer: what is still due, as a page for print."""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date
from odoo.tools.misc import formatLang

from ...tools import epc
from ...tools.calculation import interest_rows
from ...tools.decimals import decimal
from ...tools.interest import ZERO, joined, round_half_up


class DunningStatement(models.AbstractModel):
    """The statement of what a customer still owes, for print.

    Reminders ask what the ledger shows, where each payment reduces the invoice first: that is never more than what
    this statement gives.
    """

    _name = "dunning.statement"
    _description = "Statement of What Is Still Due"

    # ------------------------------------------------------------------
    # Entry points
    # ------------------------------------------------------------------

    @api.model
    def _for_debtors(self, debtors, date=None):
        """The values of one statement for each debtor of whom something is open.

        :param date: the day up to which payments count and interest runs; today if not given. The items are those
            that are open today.
        :raises UserError: nothing is open of any of them
        """
        # who looks after customers prints what they owe, whether they see invoices or not
        debtors.check_access("write")
        found = self.sudo()._statements(debtors.sudo(), date)
        if not found:
            raise UserError(self.env._(
                "Nothing is due of %s.", ", ".join(debtors[:3].mapped("display_name"))))
        return found

    @api.model
    def _for_moves(self, moves, date=None):
        """The values of a statement over customer invoices, one for each customer.

        :param date: as in :meth:`_for_debtors`
        :raises UserError: one is no posted customer invoice, or nothing is due of them
        """
        moves.check_access("read")
        others = moves.filtered(lambda move: move.state != "posted" or move.move_type not in (
            "out_invoice", "out_receipt"))
        if others:
            raise UserError(self.env._(
                "%s is no posted customer invoice: the statement tells what customers still owe of their invoices.",
                ", ".join(others[:3].mapped("display_name"))))
        # whoever sees the invoices may read what was asked of them besides
        invoices = moves.sudo()
        invoices = invoices.filtered(lambda move: not move.dunning_charge_id) | invoices.dunning_charge_id.move_id
        debtors = self.env["dunning.debtor"].sudo()
        for company, some in invoices.grouped(lambda move: move.company_id.root_id).items():
            debtors |= debtors._for_partners(some.commercial_partner_id, company)
        found = self.sudo()._statements(debtors, date, invoices)
        if not found:
            raise UserError(self.env._(
                "Nothing is due of %s.", ", ".join(moves[:3].mapped("display_name"))))
        return found

    def _statements(self, debtors, date=None, moves=None):
        found = []
        for company, some in debtors.grouped("company_id").items():
            on = date or company._dunning_today()
            owed, to_come = self._owed(company, on, some, moves)
            disputed = self._in_dispute(company, on, some, moves)
            items = {
                debtor: self.env["account.move.line"].union(
                    *(one.item for one in owed[debtor]), *to_come[debtor], *disputed[debtor])
                for debtor in some if debtor in owed or debtor in to_come or debtor in disputed}
            contacts = debtors._print_recipients({debtor: lines.move_id for debtor, lines in items.items()})
            for debtor, contact in contacts.items():
                localized = self.with_context(lang=self._language(debtor, contact))
                found.append(localized._values(
                    debtor, contact, on, owed[debtor], to_come[debtor], disputed[debtor]))
        return found

    # ------------------------------------------------------------------
    # What the page shows
    # ------------------------------------------------------------------

    def _language(self, debtor, contact):
        """The language of the contact that gets it, or the customer's, where it is installed, else the company's."""
        installed = dict(self.env["res.lang"].get_installed())
        for partner in (contact, debtor.partner_id, debtor.company_id.partner_id):
            if partner.lang in installed:
                return partner.lang
        return self.env.lang or "en_US"

    def _values(self, debtor, contact, date, owed, to_come, disputed):
        """Everything that the template shows, in the language of the environment.

        :param disputed: {item: amount in dispute}, of which nothing is in the amounts that are due
        """
        debtor = debtor.with_env(self.env)
        contact = contact.with_env(self.env)
        by_currency = defaultdict(list)
        for one in owed:
            by_currency[one.item.currency_id].append(one)
        return {
            "debtor": debtor,
            "company": debtor.company_id,
            "contact": contact,
            "lang": self.env.lang,
            "date": format_date(self.env, date),
            "sections": [self._section(debtor.company_id, currency, date, some)
                         for currency, some in by_currency.items()],
            "to_come": [{
                **self._document(item),
                "open": format_amount(
                    self.env, item.amount_residual_currency - disputed.get(item, 0), item.currency_id),
            } for item in to_come if disputed.get(item, 0) < item.amount_residual_currency],
            "disputed": [{
                **self._document(item),
                "amount": format_amount(self.env, amount, item.currency_id),
            } for item, amount in disputed.items()],
        }

    def _section(self, company, currency, date, owed):
        """The claims of one currency, their total, and how to pay it."""
        items = self.env["account.move.line"].union(*(one.item for one in owed))
        left = [one.account.left for one in owed]
        due = sum((parts.due for parts in left), ZERO)
        growth = round_half_up(
            sum((one.facts.growth(date) for one in owed), ZERO), decimal(currency.rounding))
        payload = company._dunning_epc_total_payload(items, float(due))
        shares = company._dunning_account_shares([
            (one.item, one.item._dunning_epc_document(), float(one.account.left.due)) for one in owed])
        return {
            "currency": currency.name,
            "claims": [self._claim_values(one, date) for one in owed],
            **{name: self._number(sum((getattr(parts, name) for parts in left), ZERO), currency)
               for name in ("costs", "interest", "principal")},
            "due": self._money(due, currency),
            "total": self._money(due, currency),
            "growth": growth and self._money(growth, currency),
            "has_charges": any(one.account.left.due != one.account.left.principal or one.facts.costs
                               or one.facts.first <= date for one in owed),
            "code": epc.data_uri(epc.epc_png(payload, scale=3)) if payload else False,
            "accounts": [company._dunning_share_values(
                share, self._money(share.amount, currency),
                self.env["dunning.communication"]._shortened_names(share.documents)) for share in shares],
        }

    def _claim_values(self, owed, date):
        """One claim: what is left of it, and how that came about, row by row; the rows add up to what is left."""
        currency, left = owed.item.currency_id, owed.account.left
        return {
            **self._document(owed.item),
            "rows": self._rows(owed, date),
            **{name: self._number(getattr(left, name), currency) for name in ("costs", "interest", "principal")},
            "due": self._money(left.due, currency),
        }

    def _document(self, item):
        move, due = item.move_id, item._dunning_due_date()
        document = item._dunning_epc_document() or ""
        reference = move.is_invoice(include_receipts=True) and move.payment_reference
        return {
            "document": document,
            "reference": reference if reference != document else "",
            "date": format_date(self.env, move.invoice_date or item.date),
            "due_date": format_date(self.env, due) if due else "",
        }

    def _rows(self, owed, date):
        """Dicts ``day``, ``text`` and the changes of ``costs``, ``interest`` and ``principal``, in their order."""
        claim, facts, currency = owed.claim, owed.facts, owed.item.currency_id
        rows = [self._row(
            claim.invoice_date, owed.item.move_id.is_invoice(include_receipts=True) and self.env._("Invoice")
            or owed.item.name or self.env._("Booked"), currency, principal=claim.principal)]
        invoiced = max(claim.principal - claim.credited, ZERO)
        if claim.credited:
            rows.append(self._row(None, self.env._("Credit notes"), currency, principal=invoiced - claim.principal))
        if facts.principal != invoiced:
            rows.append(self._row(None, self.env._("In dispute, not asked now"), currency,
                                  principal=facts.principal - invoiced))
        later = []
        run = joined(facts.stretches(date))
        words = self.env["dunning.communication"]._calculation_rows({"interest": interest_rows(run)}, currency)
        for stretch, word in zip(run, words, strict=True):
            later.append((stretch.end, 0, self._row(stretch.end, word["text"], currency, interest=stretch.amount)))
        for day, amount in facts.costs:
            if day <= date:
                later.append((day, 1, self._row(
                    day, self.env._("Costs, owed since they were asked for on this day"), currency, costs=amount)))
        written_off, unmatched = list(claim.written_off), list(owed.received)
        for entry in owed.account.entries:
            paid, text = entry.paid, self._payment_text(entry, currency)
            if (entry.day, entry.amount) in written_off:
                written_off.remove((entry.day, entry.amount))
                text = self.env._("Written off or set off: %s", self._money(entry.amount, currency))
            elif (entry.day, entry.amount) in unmatched:
                unmatched.remove((entry.day, entry.amount))
                text = self.env._("Received, being matched: %s", self._money(entry.amount, currency))
            later.append((entry.day, 2, self._row(
                entry.day, text, currency, costs=-paid.costs, interest=-paid.interest,
                principal=-paid.principal)))
        later.sort(key=lambda row: row[:2])
        return rows + [row for _day, _rank, row in later]

    def _payment_text(self, entry, currency):
        amount = self._money(entry.amount, currency)
        if entry.paid.rest:
            return self.env._(
                "Payment of %(amount)s, of which %(rest)s more than was due", amount=amount,
                rest=self._money(entry.paid.rest, currency))
        return self.env._("Payment of %(amount)s", amount=amount)

    def _row(self, day, text, currency, costs=ZERO, interest=ZERO, principal=ZERO):
        return {
            "day": format_date(self.env, day) if day else "",
            "text": text,
            **{name: self._number(amount, currency) if amount else ""
               for name, amount in (("costs", costs), ("interest", interest), ("principal", principal))},
        }

    def _money(self, amount, currency):
        return format_amount(self.env, float(amount), currency)

    def _number(self, amount, currency):
        return formatLang(self.env, float(amount), digits=currency.decimal_places)


class ReportStatement(models.AbstractModel):
    _name = "report.debto_dunning.report_statement"
    _description = "Statement of What Is Still Due, for Customers"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["dunning.debtor"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": docs._name,
            "docs": docs,
            "statements": self.env["dunning.statement"]._for_debtors(docs),
        }


class ReportStatementInvoice(models.AbstractModel):
    _name = "report.debto_dunning.report_statement_invoice"
    _description = "Statement of What Is Still Due, for Invoices"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["account.move"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": docs._name,
            "docs": docs,
            "statements": self.env["dunning.statement"]._for_moves(docs),
        }
