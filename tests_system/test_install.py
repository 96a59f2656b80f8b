"""Installed and removed, on an empty and on a full database: Odoo is as it was before."""

import subprocess
import sys

import pytest

import addons
import nights
import template

#: Columns of tables that stay, with what their rows hold of ours; must be the same before and after.
SHAPE = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
"""
INDEXES = "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"

#: What points to models: of ours nothing may be left.
LEFT = {
    "ir_attachment": "SELECT count(*) FROM ir_attachment WHERE res_model LIKE 'dunning.%'",
    "mail_message": "SELECT count(*) FROM mail_message WHERE model LIKE 'dunning.%'",
    "mail_activity": "SELECT count(*) FROM mail_activity WHERE res_model LIKE 'dunning.%'",
    "mail_followers": "SELECT count(*) FROM mail_followers WHERE res_model LIKE 'dunning.%'",
    "ir_cron": "SELECT count(*) FROM ir_act_server "
               "WHERE code LIKE '%_cron_nightly%' OR code LIKE '%_cron_deliver%'",
    "ir_model": "SELECT count(*) FROM ir_model WHERE model LIKE 'dunning.%'",
    "ir_model_fields": "SELECT count(*) FROM ir_model_fields WHERE name LIKE 'dunning_%'",
    "ir_model_data": "SELECT count(*) FROM ir_model_data WHERE module LIKE 'debto_dunning%'",
    "ir_ui_view": "SELECT count(*) FROM ir_ui_view WHERE arch_db::text LIKE '%dunning%'",
    "ir_ui_menu": "SELECT count(*) FROM ir_ui_menu WHERE name::text ILIKE '%dunning%'",
    "ir_filters": "SELECT count(*) FROM ir_filters WHERE model_id LIKE 'dunning.%'",
    "mail_message_subtype": "SELECT count(*) FROM mail_message_subtype WHERE res_model LIKE 'dunning.%'",
    "qr_code_method": "SELECT count(*) FROM account_move WHERE qr_code_method NOT IN ('sct_qr', 'be_qr', 'ch_qr')",
    "res_groups": "SELECT count(*) FROM res_groups WHERE name::text ILIKE '%dunning%'",
    "mail_mail": "SELECT count(*) FROM mail_mail WHERE state = 'outgoing' AND mail_message_id IN "
                 "(SELECT id FROM mail_message WHERE model LIKE 'dunning.%')",
}

#: A night with everything in it: reminders sent, letters in their batch, calls planned, answers, codes printed.
NIGHT = """
company = env.company
run = env["dunning.run"]._run(company, company._dunning_today())
env["dunning.communication"]._deliver()
sent = env["dunning.communication"].search([("state", "=", "sent"), ("channel", "=", "email")], limit=1)
sent.message_post(body="An answer", message_type="comment", attachments=[("note.txt", b"text")])
env["dunning.communication"].create({
    "debtor_id": sent.debtor_id.id, "channel": "call", "direction": "in", "subject": "Called us", "partner_id":
    sent.partner_id.id})
run.activity_schedule("mail.mail_activity_data_todo", summary="Look", user_id=env.ref("base.user_admin").id)
company.qr_code = True
moves = env["account.move"].search([("dunning_level_id", "!=", False)], limit=3)
moves.partner_bank_id = company.partner_id.bank_ids[:1]
pdf, _kind = env["ir.actions.report"]._render_qweb_pdf("account.account_invoices", res_ids=moves.ids)
assert pdf.startswith(b"%PDF")
assert set(moves.mapped("qr_code_method")) - {False}
env.cr.commit()
answer({"moves": moves.ids, "partner": sent.customer_id.id, "messages": env["mail.message"].search_count([
    ("model", "=", "account.move"), ("res_id", "in", moves.ids)])})
"""

#: Everyday work through the views that Odoo has now.
USE = """
moves = env["account.move"].browse({moves})
partner = env["res.partner"].browse({partner})
user = env.ref("base.user_admin")
for record in (moves[0], partner):
    record = record.with_user(user)
    views = record.get_views([(False, "form"), (False, "list"), (False, "search"), (False, "kanban")])
    names = [name for name in views["models"][record._name]["fields"]]
    shown = {{name: {{}} for name in names if name in record._fields}}
    assert record.web_read(shown)[0]["id"] == record.id
    record.env["mail.message"]._message_fetch([("model", "=", record._name), ("res_id", "=", record.id)])
    record.activity_ids.mapped("res_name")
partner.with_user(user).write({{"phone": "+32 53 00 00 00"}})
settings = env["res.config.settings"].with_user(user).create({{}})
settings.get_views([(False, "form")])
settings.execute()
pdf, _kind = env["ir.actions.report"]._render_qweb_pdf("account.account_invoices", res_ids=moves.ids)
assert pdf.startswith(b"%PDF")
new = moves[0].copy()
new.invoice_date = "2026-01-05"
new.action_post()
env["ir.ui.view"].search([])._check_xml()
for model in ("account.move", "res.partner", "account.move.line", "res.company", "res.partner.bank"):
    env[model].with_user(user).get_views([(False, "form"), (False, "list"), (False, "search")])
answer(new.payment_state)
"""


def odoo(name, *arguments):
    done = subprocess.run([sys.executable, "-m", "odoo", *arguments, "-d", name, "--stop-after-init", "--no-http"],
                          capture_output=True, text=True, check=False, cwd=nights.ROOT)
    assert done.returncode == 0, done.stderr[-6000:]
    bad = [line for line in done.stderr.splitlines() if " ERROR " in line or " CRITICAL " in line]
    assert not bad, "\n".join(bad)


UNINSTALL = """
env["ir.module.module"].search([("name", "=", "debto_dunning")]).button_immediate_uninstall()
"""


def shape(name):
    return {kind: set(nights.rows(name, statement))
            for kind, statement in (("columns", SHAPE), ("constraints", CONSTRAINTS), ("indexes", INDEXES))}


def check_removed(name, before):
    after = shape(name)
    for kind, rows in before.items():
        assert after[kind] - rows == set(), kind
        assert rows - after[kind] == set(), kind
    left = {table: nights.rows(name, statement)[0][0] for table, statement in LEFT.items()}
    assert {table: count for table, count in left.items() if count} == {}


def test_empty_database(new_db, base_db, odoo_shell):
    source = template.ensure()
    before = shape(source)
    name = new_db(base_db)
    odoo_shell(name, UNINSTALL)
    check_removed(name, before)
    # and again, as on the first day
    odoo(name, "-i", "debto_dunning")
    assert odoo_shell(name, "answer(env.company.dunning_policy_id.name)")


@pytest.fixture
def full_db(ledger_db, new_db, odoo_shell):
    name = new_db(ledger_db)
    return name, odoo_shell(name, NIGHT)


def test_full_database(full_db, odoo_shell):
    name, found = full_db
    use = USE.format(**found)
    before = shape(template.ensure())
    odoo_shell(name, UNINSTALL)
    check_removed(name, before)
    assert odoo_shell(name, use) == "not_paid"
    # what was said to customers stays readable in the chatter of the invoices
    messages = nights.rows(name, "SELECT count(*) FROM mail_message WHERE model = 'account.move' AND res_id = ANY(%s)",
                           found["moves"])
    assert messages[0][0] >= found["messages"]
    odoo(name, "-i", "debto_dunning")
    assert odoo_shell(name, use) == "not_paid"
    reasons = odoo_shell(name, """
env.company.write({"dunning_active": True, "dunning_bank_max_age": 0})
policies = env["dunning.policy"].search([])
policies.write({name: False for name in policies._fields if name.startswith("quiet_")})  # on whatever day this runs
run = env["dunning.run"]._run(env.company, env.company._dunning_today())
env["dunning.communication"]._deliver()
env.cr.commit()
answer([run.note, run.due_count, {count.reason: count.count for count in run.count_ids}])""")
    assert len(nights.steps(name)) > 100, reasons
    assert {count for _item, _level, count in nights.steps(name)} == {1}


# -- The glue addons -------------------------------------------------------------------------------------------------

#: What the glue addons write: a prepaid quotation, an order in the exposure, conditions, a report of Companyweb.
GLUE_WORK = """
company = env.company
company.dunning_print_conditions = True
segment = env.ref("debto_dunning.segment_new")
segment.write({"prepayment_asked": True, "conditions": "<p>Paid first</p>"})
customer = env["res.partner"].create({"name": "Glue", "is_company": True, "vat": "BE0477472701",
                                      "country_id": env.ref("base.be").id})
product = env["product.product"].create({"name": "Glue", "list_price": 100})
quotation = env["sale.order"].create({"partner_id": customer.id, "order_line": [
    (0, 0, {"product_id": product.id, "product_uom_qty": 3, "tax_ids": []})]})
assert quotation.require_payment and quotation.prepayment_percent == 1
order = quotation.copy()
order.action_confirm()
debtor = customer.debtor_ids
debtor.action_score()
assert debtor.to_invoice_amount == 300
debtor.delivery_hold = True
customer.flush_recordset()
assert "Ask accounting" in customer.sale_warn_msg and "Ask accounting" in customer.picking_warn_msg
if "companyweb_lastupdate" in env["dunning.credit.report"]._fields:
    provider = env["dunning.credit.provider"].create({"name": "Companyweb", "code": "companyweb"})
    env["dunning.credit.report"]._create_from_answer(provider, debtor, {"score": 84, "status": "active"})
env.cr.commit()
answer({"quotation": quotation.id, "order": order.id, "debtor": debtor.id})
"""

#: The main addon goes on: what was told stays, and nothing of sales is asked for.
MAIN_WORK = """
debtor = env["dunning.debtor"].browse({debtor})
debtor.action_score()
assert debtor.to_invoice_amount == 0
reports = debtor.credit_report_ids
assert set(reports.mapped("provider_id.code")) <= {{"file"}} and set(reports.mapped("score")) <= {{84}}
assert reports.mapped("provider_id").mapped("scale_safe") in ([], [100.0])
env["dunning.run"]._run(env.company, env.company._dunning_today())
env["dunning.credit.provider"]._cron_credit()
"""

#: Everyday sales through the views that Odoo has now.
SALES_WORK = """
orders = env["sale.order"].browse([{quotation}, {order}])
user = env.ref("base.user_admin")
user.group_ids |= env.ref("sales_team.group_sale_manager")
views = orders.with_user(user).get_views([(False, "form"), (False, "list"), (False, "search")])
names = views["models"]["sale.order"]["fields"]
assert not [name for name in names if name.startswith("dunning_")]
customer = orders[0].partner_id
assert not (customer.sale_warn_msg or customer.picking_warn_msg), "our warnings are gone"
orders.with_user(user).web_read({{name: {{}} for name in names if name in orders._fields}})
assert orders.mapped("require_payment") == [True, True]
html = env["ir.actions.report"]._render_qweb_html("sale.report_saleorder", orders.ids)[0].decode()
assert orders[0].name in html and "Paid first" not in html
env["sale.order"].with_user(user).create({{"partner_id": orders[0].partner_id.id}})
env["ir.ui.view"].search([])._check_xml()
"""

UNINSTALL_GLUE = """
env["ir.module.module"].search([("name", "=like", "debto_dunning\\_%")]).button_immediate_uninstall()
"""


def test_glue_comes_and_goes(new_db, odoo_shell):
    source = template.ensure_glue()
    before = shape(source)
    name = new_db(source)
    glue = addons.split(with_glue=True)[0]
    odoo(name, "-i", ",".join(glue))
    found = odoo_shell(name, GLUE_WORK)
    odoo_shell(name, UNINSTALL_GLUE)
    states = nights.rows(name, "SELECT name FROM ir_module_module WHERE name LIKE 'debto_dunning%%' "
                               "AND state = 'installed'")
    assert states == [("debto_dunning",)]
    odoo_shell(name, MAIN_WORK.format(**found))
    odoo_shell(name, SALES_WORK.format(**found))
    odoo_shell(name, UNINSTALL)
    check_removed(name, before)
    odoo_shell(name, SALES_WORK.format(**found))
