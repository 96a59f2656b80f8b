"""The parts of ``./dev bench limits``, each in a process of its own: ``limits_parts.py DB PART N``."""

import base64
import contextlib
import pathlib
import sys
import time

from night_parts import memory

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config

PAGE_SECONDS, MAIL_SECONDS, MAIL_KB, LETTER_SECONDS, MEMORY = 1, 0.5, 150, 3, 600
CUSTOMER = "Very Many Invoices"


@contextlib.contextmanager
def measured(env, words, aim=None):
    """Print the seconds by the clock, those that Python computed, and the queries."""
    env.invalidate_all()
    begun = time.perf_counter(), time.process_time(), env.cr.sql_log_count
    yield
    seconds = f"{time.perf_counter() - begun[0]:7.2f} s (Python {time.process_time() - begun[1]:.2f} s)"
    aimed = f", aimed at {aim:g} s" if aim else ""
    print(f"{words:38} {seconds} {env.cr.sql_log_count - begun[2]:6} queries{aimed}", flush=True)


def show_memory(base):
    print(f"{'memory of the process':38} {memory():7.0f} MB, {base:.0f} before (aimed at: under {MEMORY})")


# -- The ledger -----------------------------------------------------------------------------------------------------


def make(env, count):
    """A company that reminds, and a customer with so many invoices that were due between 10 and 100 days ago."""
    company = env.company
    if not company.partner_id.bank_ids:
        env["res.partner.bank"].create({
            "acc_number": "BE68539007547034", "partner_id": company.partner_id.id, "allow_out_payment": True})
    policy = env.ref("debto_dunning.policy_friendly")
    policy.write({name: False for name in policy._fields if name.startswith("quiet_")})
    company.write({"dunning_active": True, "dunning_bank_max_age": 0, "dunning_from_date": False,
                   "dunning_policy_id": policy.id, "dunning_consumer_policy_id": policy.id})
    customer = env["res.partner"].create({
        "name": f"{CUSTOMER} {count}", "is_company": True, "email": "many@example.com", "street": "Kerkstraat 1",
        "zip": "9000", "city": "Gent", "country_id": env.ref("base.be").id})
    due = odoo.fields.Date.subtract(company._dunning_today(), days=10)
    invoice = env["account.move"].create({
        "move_type": "out_invoice", "partner_id": customer.id, "invoice_payment_term_id": False,
        "invoice_date": odoo.fields.Date.subtract(due, days=30), "invoice_date_due": due,
        "invoice_line_ids": [odoo.fields.Command.create({"name": "Services", "price_unit": 123.45, "tax_ids": []})]})
    invoice.action_post()
    invoice.is_move_sent = True
    env.flush_all()
    copy_invoice(env.cr, invoice, count - 1)
    env.cr.commit()
    env.cr.execute("ANALYZE account_move; ANALYZE account_move_line")
    env.cr.commit()
    print(f"\none customer with {count} open invoices", flush=True)


def copy_invoice(cr, invoice, count):
    """Copies of a posted invoice with numbers and due dates of their own."""
    cr.execute("SELECT max(id) FROM account_move")
    start = cr.fetchone()[0]
    cr.execute("SELECT setval(pg_get_serial_sequence('account_move', 'id'), %s)", [start + count])
    due = "source.{} - copy.n %% 90"
    copy_row(cr, "account_move", invoice.id, count, {
        "id": f"{start} + copy.n", "name": "'MANY/' || copy.n || '/' || source.id", "access_token": "NULL",
        "payment_reference": "'MANY/' || copy.n", "invoice_date_due": due.format("invoice_date_due"),
        "sequence_number": "1000000 + copy.n"})
    for line in invoice.line_ids:
        copy_row(cr, "account_move_line", line.id, count, {
            "id": "nextval(pg_get_serial_sequence('account_move_line', 'id'))", "move_id": f"{start} + copy.n",
            "move_name": "'MANY/' || copy.n", "date_maturity": due.format("date_maturity")})


def copy_row(cr, table, record_id, count, replaced):
    cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
               [table])
    columns = [row[0] for row in cr.fetchall()]
    values = [replaced.get(column, f'source."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} source, "
        "generate_series(1, %s) AS copy (n) WHERE source.id = %s", [count, record_id])


# -- What is measured -----------------------------------------------------------------------------------------------


def prepared(env, count, channel):
    """The message of a night for the customer, which waits in the queue on this channel."""
    env.ref("debto_dunning.policy_friendly").level_ids.write({"channel": channel, "attach_invoices": False})
    with measured(env, "night without delivery"):
        run = env["dunning.run"]._run(env.company, env.company._dunning_today())
    communication = run.communication_ids.filtered(
        lambda c: c.state == "queued" and c.customer_id.name == f"{CUSTOMER} {count}")
    return communication.with_context(lang=communication._language())


def take_back(env, communication):
    communication._cancel("measured")
    env.cr.commit()


def mail(env, count):
    base = memory()
    communication = prepared(env, count, "email")
    communication._render_mail()  # templates are compiled once a process
    with measured(env, "mail made", MAIL_SECONDS):
        rendered = communication._render_mail()
    print(f"{'its size':38} {len(rendered['body'].encode()) / 1024:7.0f} KB (aimed at: under {MAIL_KB})")
    with measured(env, "list of all, PDF and spreadsheet"):
        files = communication._list_files()
    print(f"{'their size':38} " + ", ".join(f"{name} {len(content) / 1024:.0f} KB" for name, content in files.items()))
    with measured(env, "delivery in all, log and chatter too"):
        env["dunning.communication"]._deliver()
    sent = communication.mail_id
    size = len(sent.body_html.encode()) + sum(len(base64.b64encode(one.raw)) for one in sent.attachment_ids)
    print(f"{'the mail with its files':38} {size / 1024:7.0f} KB, state {communication.state}")
    show_memory(base)
    take_back(env, communication)


def letter(env, count):
    base = memory()
    communication = prepared(env, count, "letter")
    with measured(env, "letter and list", LETTER_SECONDS):
        communication._make_attachments(communication._invoices_to_attach(), communication._print_letters())
    env.cr.rollback()
    with measured(env, "delivery in all, log and chatter too"):
        env["dunning.communication"]._deliver()
    print(f"{'state':38} {communication.state}")
    show_memory(base)


def page(env, count):
    base = memory()
    communication = env["dunning.communication"].search([("state", "=", "sent")], order="id DESC", limit=1)
    for number in (1, 2):
        with measured(env, f"values of page {number}", PAGE_SECONDS):
            communication._portal_values(number)
    with measured(env, "code of one invoice"):
        communication._portal_code(communication._portal_lines()[:1])
    with measured(env, "code of the total"):
        communication._portal_code(communication._portal_lines())
    show_memory(base)
    take_back(env, communication)


def night(env, count):
    base = memory()
    communication = prepared(env, count, "email")
    with measured(env, "delivery in all, log and chatter too"):
        env["dunning.communication"]._deliver()
    print(f"{'state':38} {communication.state}, {len(communication.line_ids)} invoices in it")
    show_memory(base)


PARTS = {"make": make, "mail": mail, "letter": letter, "page": page, "night": night}


def main():
    name, part, count = sys.argv[1:4]
    config.parse_config(["-d", name, "--no-http", "--max-cron-threads=0", "--log-level=error"], setup_logging=True)
    with Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        if part != "make":
            print(f"\n{part}", flush=True)
        PARTS[part](env, int(count))


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    main()
