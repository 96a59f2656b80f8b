"""A database of an older version of the addon, brought up to date."""

import pathlib

import databases
import nights
import template
from test_install import odoo

VERSIONS = pathlib.Path(__file__).resolve().parent / "versions"

#: Invoices of four customers, made without the addon.
LEDGER = """
partners = env["res.partner"].create([
    {"name": name, "is_company": True, "email": f"{name.lower()}@example.com"}
    for name in ("Held", "Endless", "Moved", "Parked", "Insolvent", "Answered", "Free")])
moves = env["account.move"].create([{
    "move_type": "out_invoice", "partner_id": partner.id, "invoice_date": "2026-01-05",
    "invoice_date_due": "2026-02-04", "invoice_payment_term_id": False,
    "invoice_line_ids": [Command.create({"name": "x", "price_unit": 100, "tax_ids": []})],
} for partner in partners])
moves.action_post()
moves.is_move_sent = True
env.cr.commit()
answer([partners.ids, moves.ids])
"""

#: What a company of version 19.0.1.0.0 has made: debtors with holds, a refused draft, an unread answer.
MADE_19_0_1_0_0 = """
UPDATE res_company SET dunning_active = TRUE, dunning_bank_max_age = 0, dunning_reply_pauses = TRUE;
INSERT INTO dunning_debtor (partner_id, company_id, active, payment_means, hold_until, hold_reason, postponed_until,
                            is_insolvent, create_uid, write_uid, create_date, write_date)
SELECT id, 1, TRUE, 'transfer',
       CASE name WHEN 'Held' THEN CURRENT_DATE + 9 WHEN 'Endless' THEN DATE '2999-12-31'
                 WHEN 'Free' THEN CURRENT_DATE - 9 END,
       CASE WHEN name IN ('Held', 'Endless') THEN 'talks with ' || name END,
       CASE name WHEN 'Moved' THEN CURRENT_DATE + 5 WHEN 'Parked' THEN DATE '2999-12-31'
                 WHEN 'Free' THEN CURRENT_DATE - 5 END,
       name = 'Insolvent', 2, 2, now(), now()
  FROM res_partner WHERE id = ANY(%(partners)s);
INSERT INTO dunning_communication (debtor_id, company_id, customer_id, partner_id, channel, direction, state, date,
                                   subject, needs_attention, create_uid, write_uid, create_date, write_date)
SELECT debtor.id, 1, debtor.partner_id, debtor.partner_id, 'email', 'in', 'received', now(), 'Re: reminder', TRUE, 2,
       2, now(), now()
  FROM dunning_debtor debtor JOIN res_partner partner ON partner.id = debtor.partner_id
 WHERE partner.name = 'Answered';
INSERT INTO dunning_hold (move_id, company_id, kind, date_until, note, user_id, active, create_uid, write_uid,
                          create_date, write_date)
SELECT id, 1, 'refused', CURRENT_DATE + 3, 'First reminder', 2, TRUE, 2, 2, DATE '2026-03-01', DATE '2026-03-01'
  FROM account_move WHERE id = ANY(%(moves)s) AND partner_id = (SELECT id FROM res_partner WHERE name = 'Free');
"""

#: A service of credit reports with its password, as that version stored it: on the provider itself.
PROVIDER_19_0_1_0_0 = """
INSERT INTO dunning_credit_provider (name, code, password, timeout, tries, daily_budget, ask_new, score_scale,
                                     auth_method, create_uid, write_uid, create_date, write_date)
VALUES ('Service', 'json', 's3cret', 10, 3, 100, 'no', 'linear', 'none', 2, 2, now(), now());
"""

#: A reminder of version 19.0.1.0.0 with the customer's key in its text, its letter and the PDF of its invoice.
SENT_19_0_1_0_0 = """
WITH sent AS (
    INSERT INTO dunning_communication (debtor_id, company_id, customer_id, partner_id, channel, direction, state, date,
                                       subject, is_reminder, body, create_uid, write_uid, create_date, write_date)
    SELECT id, 1, partner_id, partner_id, 'email', 'out', 'sent', now(), 'Reminder', TRUE,
           '<a href="http://x/my/reminders/1?access_token=01234567-89ab-cdef-0123-456789abcdef">See</a>', 2, 2, now(),
           now()
      FROM dunning_debtor LIMIT 1 RETURNING id
), line AS (
    INSERT INTO dunning_communication_line (communication_id, move_id, document)
    SELECT sent.id, move.id, move.name FROM sent, account_move move WHERE move.id = (%(moves)s::int[])[1]
)
INSERT INTO ir_attachment (name, type, mimetype, res_model, res_id, create_date, create_uid)
SELECT file.name, 'binary', 'application/pdf', 'dunning.communication', sent.id, now(), 2
  FROM sent, (SELECT 'Letter.pdf' AS name
              UNION ALL SELECT replace(move.name, '/', '-') || '.pdf'
                          FROM account_move move WHERE move.id = (%(moves)s::int[])[1]) file
"""

#: A call of version 19.0.1.0.0: its activity is about the newest of two messages.
CALLED_19_0_1_0_0 = """
INSERT INTO dunning_communication (debtor_id, company_id, customer_id, partner_id, channel, direction, state, date,
                                   subject, is_reminder, create_uid, write_uid, create_date, write_date)
SELECT debtor.id, 1, partner_id, partner_id, 'call', 'out', 'sent', now() - day.back * interval '1 day',
       day.back || ' days ago', TRUE, 2, 2, now(), now()
  FROM (SELECT * FROM dunning_debtor LIMIT 1) debtor, (VALUES (1), (5)) AS day (back);
INSERT INTO mail_activity (res_model, res_model_id, res_id, activity_type_id, user_id, date_deadline, automated,
                           active, create_uid, write_uid, create_date, write_date)
SELECT 'dunning.debtor', model.id, debtor.id, kind.res_id, 2, CURRENT_DATE, TRUE, TRUE, 2, 2, now(), now()
  FROM (SELECT * FROM dunning_debtor LIMIT 1) debtor, ir_model model, ir_model_data kind
 WHERE model.model = 'res.partner' AND kind.module = 'mail' AND kind.name = 'mail_activity_data_call';
"""

#: Pauses, what they say tonight, and what the customer's form shows.
FOUND = """
company = env.ref("base.main_company")
holds = env["dunning.hold"].with_context(active_test=False).search([])
rows = {row["move"]: row["reason"] for row in env["dunning.run"]._decide_rows(company, company._dunning_today())}
moves = env["account.move"].browse(list(rows))
debtors = env["dunning.debtor"].search([])
answer({
    "holds": sorted([
        [hold.partner_id.name, hold.kind, hold.date_until and (hold.date_until - company._dunning_today()).days,
         hold.note or "", hold.company_id.id, bool(hold.date_from), hold.origin._name if hold.origin else ""]
        for hold in holds]),
    "reasons": {move.partner_id.name: rows[move.id] for move in moves},
    "forms": {debtor.partner_id.name: [debtor.is_on_hold, debtor.hold_reason or "", bool(debtor.postponed_until),
                                       debtor.is_insolvent] for debtor in debtors},
    "rule": env.ref("debto_dunning.rule_hold_company").domain_force,
    "refused_since": str(holds.filtered(lambda hold: hold.kind == "refused").date_from),
})
"""


def load(name, version, made, **parameters):
    """Install a version of the addon on a database as its dump has it, and add what a company has made with it."""
    with databases.connect(name) as connection, connection.cursor() as cursor:
        cursor.execute((VERSIONS / f"{version}.sql").read_text(encoding="utf-8"))
        cursor.execute(made, parameters)


def test_pauses_of_version_19_0_1_0_0_become_one_table(new_db, odoo_shell):
    name = new_db(template.ensure())
    partners, moves = odoo_shell(name, "from odoo import Command" + LEDGER)
    load(name, "19.0.1.0.0", MADE_19_0_1_0_0, partners=partners, moves=moves)

    odoo(name, "-u", "debto_dunning")

    found = odoo_shell(name, FOUND)
    assert found["holds"] == [
        ["Answered", "reply", False, "Re: reminder", 1, True, "dunning.communication"],
        ["Endless", "person", False, "talks with Endless", 1, True, ""],
        ["Free", "refused", 3, "First reminder", 1, True, ""],
        ["Held", "person", 9, "talks with Held", 1, True, ""],
        ["Insolvent", "insolvent", False, "", 1, True, ""],
        ["Moved", "postponed", 4, "", 1, True, ""],
        ["Parked", "person", False, "", 1, True, ""],
    ]
    assert found["reasons"] == {
        "Answered": "reply", "Endless": "debtor_hold", "Free": "item_hold", "Held": "debtor_hold",
        "Insolvent": "insolvent", "Moved": "too_early", "Parked": "debtor_hold"}
    assert found["forms"] == {
        "Answered": [False, "", False, False], "Endless": [True, "talks with Endless", False, False],
        "Free": [False, "", False, False], "Held": [True, "talks with Held", False, False],
        "Insolvent": [False, "", False, True], "Moved": [False, "", True, False],
        "Parked": [True, "", False, False]}
    assert "parent_of" in found["rule"]
    assert found["refused_since"] == "2026-03-01"
    columns = {row[0] for row in nights.rows(
        name, "SELECT column_name FROM information_schema.columns WHERE table_name = 'dunning_debtor'")}
    assert not columns & {"hold_until", "hold_reason", "postponed_until"}


def test_credentials_of_version_19_0_1_0_0_move_to_their_own_model(new_db):
    name = new_db(template.ensure())
    load(name, "19.0.1.0.0", PROVIDER_19_0_1_0_0)

    odoo(name, "-u", "debto_dunning")

    assert nights.rows(name, "SELECT username, password FROM dunning_credit_credential") == [(None, "s3cret")]
    assert not nights.rows(name, """
        SELECT column_name FROM information_schema.columns
         WHERE table_name = 'dunning_credit_provider' AND column_name = 'password'""")


def test_files_of_version_19_0_1_0_0_keep_the_rights_of_their_invoices(new_db, odoo_shell):
    name = new_db(template.ensure())
    partners, moves = odoo_shell(name, "from odoo import Command" + LEDGER)
    load(name, "19.0.1.0.0", MADE_19_0_1_0_0 + SENT_19_0_1_0_0, partners=partners, moves=moves)

    odoo(name, "-u", "debto_dunning")

    files = nights.rows(name, """
        SELECT attachment.res_model, attachment.res_field, attachment.res_id
          FROM dunning_communication_attachment_rel link
          JOIN ir_attachment attachment ON attachment.id = link.attachment_id
         ORDER BY attachment.res_model""")
    assert [row[:2] for row in files] == [("account.move", "dunning_pdf_file"), ("dunning.communication", None)]
    assert files[0][2] == moves[0]
    bodies = nights.rows(name, "SELECT body FROM dunning_communication WHERE is_reminder")
    assert bodies == [('<a href="http://x/my/reminders/1">See</a>',)]


def test_calls_of_version_19_0_1_0_0_know_what_they_are_about(new_db, odoo_shell):
    name = new_db(template.ensure())
    partners, moves = odoo_shell(name, "from odoo import Command" + LEDGER)
    load(name, "19.0.1.0.0", MADE_19_0_1_0_0 + CALLED_19_0_1_0_0, partners=partners, moves=moves)

    odoo(name, "-u", "debto_dunning")

    assert nights.rows(
        name, "SELECT subject FROM dunning_communication WHERE call_activity_id IS NOT NULL") == [("1 days ago",)]


def test_shipped_laws_of_version_19_0_1_0_0_learn_what_is_new(new_db):
    name = new_db(template.ensure())
    law = """(SELECT res_id FROM ir_model_data WHERE module = 'debto_dunning' AND name = 'law_%s_consumer')"""
    # one text is as shipped, the other a company's own
    load(name, "19.0.1.0.0", f"""
        UPDATE dunning_law SET notice_text = jsonb_build_object('en_US', 'Pay us.') WHERE id = {law % 'de'}""")

    odoo(name, "-u", "debto_dunning")

    found = {row[0]: row[1:] for row in nights.rows(name, f"""
        SELECT CASE id WHEN {law % 'be'} THEN 'be' WHEN {law % 'nl'} THEN 'nl' ELSE 'de' END,
               notice_describes IS TRUE, email_safe_days, instalment_cap::int, instalment_from::text,
               counts_delivery IS TRUE,
               notice_text ->> 'en_US' LIKE '%% at the rate in force, now {{interest_rate}} percent%%',
               notice_text ->> 'en_US' = 'Pay us.'
          FROM dunning_law WHERE id IN ({law % 'be'}, {law % 'nl'}, {law % 'de'})""")}
    assert found == {
        "be": (True, None, None, None, False, True, False),
        "nl": (False, 21, 140, "2024-10-01", True, False, False),
        "de": (False, None, None, None, True, False, True)}
