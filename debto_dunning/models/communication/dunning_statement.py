"""What is still due of a customer's claims when payments go to costs, then to interest, then to the invoice."""

from collections import defaultdict
from datetime import date as Date
from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_amount, format_date
from odoo.tools.misc import formatLang

from ...tools import epc
from ...tools.calculation import interest_rows
from ...tools.decimals import decimal
from ...tools.interest import ZERO, joined, round_half_up
from ...tools.running_claim import RunningClaim

#: Interest that runs from this day on never does.
NEVER = Date.max
#: Open items that nobody is asked for: why the night leaves them. Costs and interest that were booked belong to the
#: invoice they are of.
BOOKED_CHARGE = "charge"
NOT_ASKED = (BOOKED_CHARGE, "no_followup", "blocked", "not_sent")


class Owed(NamedTuple):
    """One claim of which something is due."""

    item: object  #: ``account.move.line``
    claim: object  #: its ``dunning_claim.Claim``
    facts: RunningClaim
    account: object  #: :class:`tools.imputation.Statement` on the day
    covered: Decimal  #: received and not matched yet


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
            items = {
                debtor: self.env["account.move.line"].union(*(one.item for one in owed[debtor]), *to_come[debtor])
                for debtor in some if debtor in owed or debtor in to_come}
            contacts = debtors._print_recipients({debtor: lines.move_id for debtor, lines in items.items()})
            for debtor, contact in contacts.items():
                speaking = self.with_context(lang=self._language(debtor, contact))
                found.append(speaking._values(debtor, contact, on, owed[debtor], to_come[debtor]))
        return found

    # ------------------------------------------------------------------
    # What is owed
    # ------------------------------------------------------------------

    def _owed(self, company, date, debtors, moves):
        """What is due of each debtor: {debtor: [Owed]}, and what falls due later: {debtor: [open item]}.

        :param moves: only these invoices, whatever keeps them from being reminded; None: all that is asked of the
            debtors
        """
        rows = list(self.env["dunning.run"]._decide_each(company, date, partner_ids=debtors.partner_id.ids))
        decisions = {
            row.item: row for row in rows
            if row.reason != BOOKED_CHARGE
            and (row.reason not in NOT_ASKED if moves is None else row.move in moves.ids)}
        charges = self.env["dunning.charge"].search([
            ("debtor_id", "in", debtors.ids), "|", ("move_line_id", "in", list(decisions)),
            ("state", "=", "open"), ("move_line_id", "!=", False)])
        if moves is not None:
            charges = charges.filtered(lambda charge: charge.move_id in moves)
        netted = self._netted(company, debtors)
        debits = {row["id"]: row for row in netted if moves is None and row["open"] > 0 and row["share"] > 0}
        items = self.env["account.move.line"].browse([*decisions, *debits]) | charges.move_line_id
        by_partner = debtors.grouped("partner_id")
        claims = self.env["dunning.claim"]._claims(company, date, items.ids)
        charges_owed = self.env["dunning.charge.calculator"]._charges_owed(charges, claims)
        charge_by_item, costs = charges.grouped("move_line_id"), self._first_asked(items)
        spare = self._spare_money(netted, rows)
        owed, to_come = defaultdict(list), defaultdict(list)
        for item in items.sorted(lambda item: (claims[item.id].due, item.id)):
            debtor, claim = by_partner[item.partner_id.commercial_partner_id], claims[item.id]
            if claim.due > date:
                to_come[debtor].append(item)
                continue
            charge = charge_by_item.get(item, charges.browse())
            if debit := debits.get(item.id):
                facts = self._plain_facts(claim, item)
                covered = decimal(debit["open"] * (1 - debit["share"]))
            else:
                facts = self._facts(
                    company, date, item, claim, charge, charges_owed.get(charge), costs[item],
                    debtor.effective_policy_id)
                covered = decimal(decisions[item.id].covered) if item.id in decisions else ZERO
            account = facts.on(date)
            covered = min(covered, account.left.due)
            pot = debtor.partner_id.id, item.currency_id.id
            beyond = min(spare[pot], account.left.due - covered)
            spare[pot] -= beyond
            covered += beyond
            if account.left.due > covered:
                owed[debtor].append(Owed(item, claim, facts, account, covered))
        return owed, to_come

    def _spare_money(self, netted, rows):
        """Booked money beyond what all open items take: {(customer id, currency id): Decimal}.

        :param netted: see :meth:`_netted`
        :param rows: the decision on each open item
        """
        spare = defaultdict(lambda: ZERO)
        for row in netted:
            if row["open"] < 0:
                spare[row["partner_id"], row["currency_id"]] += decimal(-row["open"] * row["share"])
        for row in rows:
            spare[row.partner, row.currency] -= decimal(row.covered)
        return defaultdict(lambda: ZERO, {pot: max(amount, ZERO) for pot, amount in spare.items()})

    def _netted(self, company, debtors):
        """Credits and debits that are no items, with the share that is left: list of dicts."""
        lines = self.env["account.move.line"]
        self.env.cr.execute(SQL(
            "WITH open_item AS MATERIALIZED (%s), netted AS (%s)"
            " SELECT open_item.id, partner_id, currency_id, open, share"
            " FROM open_item JOIN netted ON netted.id = open_item.id",
            lines._dunning_open_items_sql(company._dunning_companies(), narrow=SQL(
                "partner.commercial_partner_id = ANY(%s)", debtors.partner_id.ids)),
            lines._dunning_netting_sql("open_item")))
        return self.env.cr.dictfetchall()

    def _facts(self, company, date, item, claim, charge, owed, asked, policy):
        """:class:`RunningClaim` of one claim.

        :param charge: its ``dunning.charge``, may be empty
        :param owed: its :class:`ChargeOwed`, None where there is no charge
        :param asked: see :meth:`_first_asked`
        """
        payments, costs, first = list(claim.reductions), [], None
        if not claim.waived:
            payments += self._charge_payments(charge, owed)
            costs = self._costs(charge, owed.cost, asked) if owed else []
            if self._bears_interest(company, date, claim, policy):
                first = claim.first_interest_day(date)
        return RunningClaim(
            max(claim.principal - claim.credited, ZERO), first or NEVER, claim.law._rates(company) if first else (),
            tuple(payments), tuple(costs), bool(first and claim.law.interest_compounds),
            decimal(item.currency_id.rounding))

    @staticmethod
    def _plain_facts(claim, item):
        """:class:`RunningClaim` of a debit that is no invoice: it bears neither costs nor interest."""
        return RunningClaim(max(claim.principal - claim.credited, ZERO), NEVER, (), claim.reductions, (), False,
                            decimal(item.currency_id.rounding))

    def _bears_interest(self, company, date, claim, policy):
        """Whether interest was asked of the customer, or the policy asks it and the law gives it without a word."""
        if not claim.law or claim.law._clause_refusal(company, claim.invoice_date):
            return False
        if claim.interest_asked:
            return True
        return any(policy.level_ids.mapped("asks_interest")) and not claim.must_wait_on(date)

    def _first_asked(self, items):
        """When costs were asked of each item, and how much in all by then: {item: [(day, amount)]}, oldest first."""
        lines = self.env["dunning.communication.line"].search([
            ("move_line_id", "in", items.ids), ("level_id", "!=", False), ("void", "=", False),
            ("amount_cost", ">", 0), ("communication_id.state", "=", "sent")])
        asked = defaultdict(list)
        for line in lines:
            asked[line.move_line_id].append(
                (max(filter(None, (line.date, line.communication_id.date.date()))), decimal(line.amount_cost)))
        for days in asked.values():
            days.sort()
        return asked

    @staticmethod
    def _costs(charge, total, asked):
        """[(day, amount)] of the costs that are still owed, each amount from the day on which it was first asked.

        :param total: all of them, see :class:`ChargeOwed`
        """
        costs, so_far = [], ZERO
        for day, amount in asked:
            more = min(amount, total) - so_far
            if more > 0:
                costs.append((day, more))
                so_far += more
        if total > so_far:
            costs.append((charge.date, total - so_far))
        return costs

    @staticmethod
    def _charge_payments(charge, owed):
        """[(day, amount)] of what settled the documents that book a charge, and of what a person says has come.

        A credit note settles only what is owed still: by one over more than that, a document is put right.

        :param owed: :class:`ChargeOwed`, None where there is no charge
        """
        documents = charge._documents()
        matched = documents.line_ids.filtered(lambda line: line.account_type == "asset_receivable").matched_credit_ids
        money = matched.filtered(lambda partial: partial.credit_move_id._dunning_is_payment())
        payments = [(partial.credit_move_id.date, decimal(partial.debit_amount_currency)) for partial in money]
        if credited := matched - money:
            total, booked = decimal(sum(documents.mapped("amount_total"))), decimal(charge.amount_booked)
            given_up = min(owed.cost + owed.interest, total) - booked
            if given_up > 0:
                payments.append((max(credited.credit_move_id.mapped("date")), given_up))
        if charge.amount_received:
            payments.append((charge.date, decimal(charge.amount_received)))
        return payments

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

    def _values(self, debtor, contact, date, owed, to_come):
        """Everything that the template shows, in the language of the environment."""
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
                "open": format_amount(self.env, item.amount_residual_currency, item.currency_id),
            } for item in to_come],
        }

    def _section(self, company, currency, date, owed):
        """The claims of one currency, their total, and how to pay it."""
        items = self.env["account.move.line"].union(*(one.item for one in owed))
        left = [one.account.left for one in owed]
        due = sum((parts.due for parts in left), ZERO)
        covered = sum((one.covered for one in owed), ZERO)
        growth = round_half_up(
            sum((one.facts.growth(date) for one in owed), ZERO), decimal(currency.rounding))
        payload = company._dunning_epc_total_payload(items, float(due - covered))
        shares = company._dunning_account_shares([
            (one.item, one.item._dunning_epc_document(), float(one.account.left.due - one.covered)) for one in owed])
        return {
            "currency": currency.name,
            "claims": [self._claim_values(one, date) for one in owed],
            **{name: self._number(sum((getattr(parts, name) for parts in left), ZERO), currency)
               for name in ("costs", "interest", "principal")},
            "due": self._money(due, currency),
            "covered": covered and self._money(-covered, currency),
            "total": self._money(due - covered, currency),
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
        if claim.credited:
            rows.append(self._row(None, self.env._("Credit notes"), currency,
                                  principal=facts.principal - claim.principal))
        later = []
        run = joined(facts.stretches(date))
        words = self.env["dunning.communication"]._calculation_rows({"interest": interest_rows(run)}, currency)
        for stretch, word in zip(run, words, strict=True):
            later.append((stretch.end, 0, self._row(stretch.end, word["text"], currency, interest=stretch.amount)))
        for day, amount in facts.costs:
            if day <= date:
                later.append((day, 1, self._row(
                    day, self.env._("Costs, owed since they were asked for on this day"), currency, costs=amount)))
        written_off = list(claim.written_off)
        for entry in owed.account.entries:
            paid, text = entry.paid, self._payment_text(entry, currency)
            if (entry.day, entry.amount) in written_off:
                written_off.remove((entry.day, entry.amount))
                text = self.env._("Written off or set off: %s", self._money(entry.amount, currency))
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
