"""The demo's company with two years of invoices and payments, the same for the same day and seed."""
import random
import time

import demo_company
import demo_customers
import demo_invoices
import demo_payments

SEED = 1964
INVOICES = 1500
CREDIT_NOTES = 48

# what nobody reads in a demo, and costs a third of the time: log notes, followers, tracked values
QUIET = {
    "tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True, "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True, "no_reset_password": True, "lang": "en_US",
}


def build(env, today, *, seed=SEED, invoices=INVOICES, say=print):
    """Fill the database of `env` with the demo's company and its ledger up to `today`.

    Wants a database with ``account`` and ``l10n_be`` and without entries. Commits nothing.

    :return: dict of what was made, by its name in words
    :raises RuntimeError: when the database is not fit for it, with a text that says why
    """
    rng = random.Random(f"{seed} {invoices}")
    started = time.monotonic()

    def tell(text):
        say(f"[{time.monotonic() - started:5.1f} s] {text}")

    env = env(context=dict(env.context, **QUIET))
    tell("company, languages, bank, users")
    company = demo_company.prepare(env, today, rng)
    env = env(context=dict(env.context, allowed_company_ids=company.ids))
    company = company.with_env(env)
    terms = demo_company.make_terms(env)
    products = demo_company.make_products(env, company)
    tell("customers")
    customers = demo_customers.make_customers(env, company, terms, today, rng)
    tell("invoices")
    drafts = demo_invoices.draw_invoices(customers, products, invoices, today, rng)
    moves = demo_invoices.post_invoices(env, company, drafts, terms, tell)
    open_notes = demo_invoices.post_credit_notes(env, moves, min(CREDIT_NOTES, len(moves) // 30), today, rng)
    tell("payments")
    receipts = demo_payments.draw_receipts(customers, drafts, moves, today, rng)
    payments = demo_payments.post_receipts(env, company, receipts, tell)
    loose = demo_payments.leave_loose_ends(env, company, moves, payments, today, rng)
    _start_invoices(env, moves, rng)
    tell("ledger done")
    items = demo_invoices.receivable(moves).filtered(lambda line: not line.reconciled)
    overdue = items.filtered(lambda line: line.date_maturity < today)
    return {
        "customers": len(customers), "invoices": len(moves), "payments": len(receipts),
        "credit notes not applied": len(open_notes), **loose,
        "open items": len(items), "overdue items": len(overdue), "overdue customers": len(overdue.partner_id),
    }


def _start_invoices(env, moves, rng):
    """Three invoices of today that somebody has begun."""
    for move in rng.sample(list(moves), min(3, len(moves))):
        move.copy({"invoice_date": False})
    env.flush_all()
