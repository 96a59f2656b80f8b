"""The demo's invoices and credit notes: two years of them, created and posted through the ORM in batches."""
import calendar
import datetime as dt
from typing import NamedTuple

from odoo.fields import Command

BATCH = 100


class Draft(NamedTuple):
    """An invoice before it exists."""
    date: dt.date
    customer: object    # demo_customers.Customer
    lines: tuple        # of (product.product, quantity, discount in percent)
    parts: bool         # asked in two instalments whatever the customer's usual term


def workday(date):
    """``date``, or the Friday before where it falls in a weekend."""
    return date - dt.timedelta(days=max(0, date.weekday() - 4))


def draw_invoices(customers, products, count, today, rng):
    """`count` drafts in order of their date; every customer but the five newest has at least one."""
    buyers = sorted(customers, key=lambda customer: customer.since)[:-5]
    weights = [buyer.weight * ((today - buyer.since).days + 60) for buyer in buyers]
    drawn = buyers + rng.choices(buyers, weights, k=max(0, count - len(buyers)))
    drafts = [_draw_invoice(buyer, products, today, rng) for buyer in drawn[:count]]
    return sorted(drafts, key=lambda draft: draft.date)


def _draw_invoice(customer, products, today, rng):
    date = customer.since + dt.timedelta(days=rng.randint(0, (today - customer.since).days))
    if rng.random() < 0.3:
        # much is invoiced on the last day of the month
        month_end = date.replace(day=calendar.monthrange(date.year, date.month)[1])
        date = month_end if month_end <= today else date
    trade = rng.choice(customer.trades)
    chosen = rng.sample(products[trade], min(len(products[trade]), rng.choice((1, 1, 2, 2, 3, 4))))
    lines = []
    for row, product in chosen:
        low, high = row.quantity
        quantity = round(low + (high - low) * min(1.0, rng.random() ** 1.6 * customer.weight ** 0.5))
        lines.append((product, max(1, quantity), rng.choice((0, 0, 0, 0, 0, 5, 10))))
    amount = sum(product.list_price * quantity for product, quantity, _discount in lines)
    return Draft(workday(date), customer, tuple(lines), customer.business and amount > 1500 and rng.random() < 0.25)


def post_invoices(env, company, drafts, terms, say):
    """Create and post the invoices of `drafts`, marked as sent; returns them in the same order."""
    journal = env["account.journal"].search([("type", "=", "sale"), ("company_id", "=", company.id)], limit=1)
    sellers = env["res.users"].search([("login", "in", ("tom", "eva"))], order="login")
    moves = env["account.move"]
    for start in range(0, len(drafts), BATCH):
        batch = moves.create([{
            "move_type": "out_invoice",
            "journal_id": journal.id,
            "partner_id": draft.customer.address.id,
            "invoice_date": draft.date,
            "currency_id": draft.customer.currency.id,
            "invoice_payment_term_id": terms["parts" if draft.parts else draft.customer.term].id,
            "invoice_user_id": sellers[draft.customer.partner.id % len(sellers)].id if sellers else False,
            "is_move_sent": True,
            "invoice_line_ids": [Command.create({
                "product_id": product.id, "quantity": quantity, "discount": discount,
            }) for product, quantity, discount in draft.lines],
        } for draft in drafts[start:start + BATCH]])
        batch.action_post()
        moves += batch
        if start // BATCH % 5 == 4:
            env.flush_all()
            say(f"  {len(moves)} invoices")
    env.flush_all()
    return moves


def post_credit_notes(env, moves, count, today, rng):
    """Credit notes for `count` of the older invoices of `moves`, two in three matched with their invoice.

    :return: the credit notes that name no invoice and are matched with none
    """
    chosen = [move for move in moves if move.invoice_date < today - dt.timedelta(days=10) and
              move.currency_id == move.company_currency_id]
    chosen = sorted(rng.sample(chosen, count), key=lambda move: move.invoice_date)
    values = []
    for index, move in enumerate(chosen):
        lines = move.invoice_line_ids
        returned = lines if rng.random() < 0.2 else rng.choice(lines)
        values.append({
            "move_type": "out_refund",
            "journal_id": move.journal_id.id,
            "partner_id": move.partner_id.id,
            "invoice_date": workday(min(today, move.invoice_date + dt.timedelta(days=rng.randint(4, 25)))),
            "invoice_payment_term_id": False,
            # posting matches the two
            "reversed_entry_id": move.id if index % 3 else False,
            "is_move_sent": True,
            "invoice_user_id": move.invoice_user_id.id,
            "ref": move.name,
            "invoice_line_ids": [Command.create({
                "product_id": line.product_id.id, "name": line.name, "price_unit": line.price_unit,
                "discount": line.discount, "tax_ids": [Command.set(line.tax_ids.ids)],
                "quantity": line.quantity if len(returned) == len(lines) else max(1, line.quantity // 4),
            }) for line in returned],
        })
    values.sort(key=lambda vals: vals["invoice_date"])
    notes = env["account.move"].create(values)
    notes.action_post()
    env.flush_all()
    return notes.filtered(lambda note: not note.reversed_entry_id)


def receivable(moves):
    """The receivable lines of `moves`."""
    return moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
