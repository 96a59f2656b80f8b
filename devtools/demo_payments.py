"""The demo's money: payments as each customer's habit has it, bank lines, and what nobody has matched yet."""
import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from odoo import Command

from demo_data import HABITS
from demo_invoices import receivable

BATCH = 100
RECENT = 120    # days; an invoice due longer ago that is still open was not just forgotten


class Receipt(NamedTuple):
    """Money received from one customer on one day."""
    date: dt.date
    partner: object     # res.partner
    registered: bool    # registered as a payment by hand, else a bank line matched at once
    parts: tuple        # of (account.move.line, amount in its currency)

    @property
    def amount(self):
        return round(sum(amount for _line, amount in self.parts), 2)

    @property
    def reference(self):
        return " ".join(dict.fromkeys(line.move_id.payment_reference for line, _amount in self.parts))


def draw_receipts(customers, drafts, moves, today, rng):
    """What came in for `moves` up to `today`, in order of date."""
    items = defaultdict(list)
    for draft, move in zip(drafts, moves, strict=True):
        items[draft.customer].extend(receivable(move).filtered(lambda line: not line.reconciled))
    receipts = []
    for customer in customers:
        registered = rng.random() < 0.2 or customer.currency != customer.partner.env.company.currency_id
        days = defaultdict(list)
        for line in sorted(items[customer], key=lambda line: (line.date_maturity, line.id)):
            for day, amount in _draw_payment_days(customer, line, today, rng):
                # without a payment run each invoice is a transfer of its own
                days[day, None if customer.payment_run else line].append((line, amount))
        receipts += [Receipt(day, customer.partner, registered, tuple(parts)) for (day, _key), parts in days.items()]
    return sorted(receipts, key=lambda receipt: (receipt.date, receipt.parts[0][0].id))


def _draw_payment_days(customer, line, today, rng):
    """The days and amounts in which a customer pays an item: none, one or two."""
    habit = HABITS[customer.habit]
    recent = line.date_maturity > today - dt.timedelta(days=RECENT)
    if recent and rng.random() < habit.forgets:
        return []
    day = line.date_maturity + dt.timedelta(days=round(rng.gauss(habit.mean, habit.spread)))
    day = _banking_day(max(day, line.date + dt.timedelta(days=1)), customer.payment_run)
    amount = line.amount_residual_currency
    paid = [(day, amount)]
    if habit.parts and amount > 150:
        first = round(amount * rng.choice((0.3, 0.4, 0.5, 0.5)), -1)
        rest = _banking_day(day + dt.timedelta(days=rng.randint(25, 60)), customer.payment_run)
        paid = [(day, first), (rest, round(amount - first, 2))]
    elif recent and amount > 50 and rng.random() < 0.008:
        paid = [(day, round(amount - rng.choice((0.01, 0.05, 0.09, 2.5)), 2))]
    return [(day, amount) for day, amount in paid if day <= today and day < customer.stops]


def _banking_day(date, payment_run):
    if payment_run:
        return date + dt.timedelta(days=(3 - date.weekday()) % 7)
    return date + dt.timedelta(days={5: 2, 6: 1}.get(date.weekday(), 0))


def post_receipts(env, company, receipts, say):
    """Book `receipts` and match them with their items; returns the payments that were registered."""
    journal = _bank(env, company)
    payments = env["account.payment"]
    for start in range(0, len(receipts), BATCH):
        batch = receipts[start:start + BATCH]
        registered = [receipt for receipt in batch if receipt.registered]
        entries = {}
        for receipt, payment in zip(registered, _register(env, journal, registered), strict=True):
            entries[receipt] = payment.move_id
            payments += payment
        banked = [receipt for receipt in batch if not receipt.registered]
        for receipt, line in zip(banked, _bank_lines(env, journal, banked), strict=True):
            entries[receipt] = line.move_id
        plan = []
        for receipt in batch:
            items = env["account.move.line"].union(*(line for line, _amount in receipt.parts))
            account = items.account_id
            plan.append(items | entries[receipt].line_ids.filtered(lambda line, of=account: line.account_id == of))
        env["account.move.line"]._reconcile_plan(plan)
        if start // BATCH % 5 == 4:
            env.flush_all()
            say(f"  {start + len(batch)} payments")
    env.flush_all()
    return payments


def _bank(env, company):
    return env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], order="id", limit=1)


def _register(env, journal, receipts):
    payments = env["account.payment"].create([{
        "journal_id": journal.id,
        "date": receipt.date,
        "memo": receipt.reference,
        "partner_id": receipt.partner.id,
        "payment_type": "inbound",
        "partner_type": "customer",
        "amount": receipt.amount,
        "currency_id": receipt.parts[0][0].currency_id.id,
        "payment_method_line_id": journal.inbound_payment_method_line_ids[:1].id,
    } for receipt in receipts])
    payments.action_post()
    return payments


def _bank_lines(env, journal, receipts):
    return env["account.bank.statement.line"].create([{
        "journal_id": journal.id,
        "date": receipt.date,
        "payment_ref": receipt.reference,
        "partner_id": receipt.partner.id,
        "partner_name": receipt.partner.name,
        "account_number": receipt.partner.bank_ids[:1].acc_number,
        "amount": receipt.amount,
        "counterpart_account_id": receipt.parts[0][0].account_id.id,
    } for receipt in receipts])


# --- what nobody has matched yet ---------------------------------------------------------------------------------

def leave_loose_ends(env, company, moves, payments, today, rng):
    """Payments and bank lines without their invoice, invoices set aside or never sent; returns how many of each."""
    journal = _bank(env, company)
    overdue = [line for line in receivable(moves)
               if line.amount_residual > 25 and line.date_maturity < today
               and line.currency_id == company.currency_id]
    rng.shuffle(overdue)
    take = iter(overdue)

    def some(count):
        return [line for _number, line in zip(range(count), take, strict=False)]

    unapplied = _post_unapplied(env, journal, some(8), today, rng)
    unmatched = _import_bank_lines(env, journal, some(9), payments, today, rng)
    aside, blocked, unsent = some(3), some(1), some(6)
    for line in aside:
        line.move_id.no_followup = True
    for line in blocked:
        line.move_id.action_toggle_block_payment()
    fresh = [move for move in moves if move.invoice_date >= today - dt.timedelta(days=4)]
    unsent = env["account.move"].union(*(line.move_id for line in unsent), *fresh[-8:])
    unsent.is_move_sent = False
    env.flush_all()
    return {"payments not applied": len(unapplied), "bank lines not matched": len(unmatched),
            "invoices without follow-up": len(aside), "invoices blocked": len(blocked),
            "invoices never sent": len(unsent)}


def _post_unapplied(env, journal, lines, today, rng):
    """Payments of customers who named no invoice: every other one pays its oldest item wholly."""
    payments = env["account.payment"].create([{
        "journal_id": journal.id,
        "date": _banking_day(today - dt.timedelta(days=rng.randint(4, 20)), False),
        "partner_id": line.partner_id.id,
        "payment_type": "inbound",
        "partner_type": "customer",
        "amount": line.amount_residual if index % 2 else round(line.amount_residual * rng.uniform(0.3, 0.8), 2),
        "payment_method_line_id": journal.inbound_payment_method_line_ids[:1].id,
    } for index, line in enumerate(sorted(lines, key=lambda line: line.id))])
    payments.action_post()
    return payments


def _import_bank_lines(env, journal, lines, payments, today, rng):
    """The newest bank lines, as they come from the bank: nobody has looked at them.

    One in three names the invoice, one the customer, one only its account; then some of strangers, and the lines of
    payments that were registered by hand.
    """
    values = []
    for index, line in enumerate(lines):
        vals = {"amount": line.amount_residual, "payment_ref": "Overschrijving"}
        if index % 3 == 0:
            vals["payment_ref"] = line.move_id.payment_reference
        elif index % 3 == 1:
            vals |= {"partner_id": line.partner_id.id, "partner_name": line.partner_id.name}
        else:
            vals |= {"account_number": line.partner_id.bank_ids[:1].acc_number, "partner_name": line.partner_id.name}
        values.append(vals)
    values += [{"amount": amount, "payment_ref": text} for amount, text in (
        (48.4, "Contante storting"), (1250.0, "Voorschot zonder mededeling"), (-12.5, "Bankkosten kwartaal"))]
    for vals in values:
        vals["date"] = _banking_day(today - dt.timedelta(days=rng.randint(3, 10)), False)
    values += [{
        "date": payment.date, "amount": payment.amount_company_currency_signed, "payment_ref": payment.memo,
        "partner_id": payment.partner_id.id, "partner_name": payment.partner_id.name,
    } for payment in payments if payment.date > today - dt.timedelta(days=25)]
    values.append({"date": today, "amount": -84.7, "payment_ref": "Domiciliëring telecom"})
    values.sort(key=lambda vals: vals["date"])
    lines = env["account.bank.statement.line"].create([{"journal_id": journal.id, **vals} for vals in values])
    # the bank was booked up to today
    env["account.bank.statement"].create({"line_ids": [Command.set(lines[-1:].ids)]})
    return lines
