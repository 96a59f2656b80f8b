"""What the tests of mails share: a ledger whose reminders are queued, and what became of each."""

import nights

#: Customers with an invoice each (the first with two), ten days overdue, and the night's queue not delivered yet.
CUSTOMERS = nights.SWITCH_ON + """
from datetime import timedelta
today = company._dunning_today()
income = env["account.account"].search([("account_type", "=", "income"), ("company_ids", "in", company.ids)], limit=1)
belgium, address = env.ref("base.be").id, {"street": "Kerkstraat 1", "zip": "9300", "city": "Aalst"}
for name, lang, email, more in (
    ("alpha", "nl_BE", "alpha@example.com", address),
    ("bravo", "fr_BE", "bravo@example.com", address),
    ("charlie", "fr_BE", "charlie@example.com", {}),
    ("delta", "de_DE", "delta@example.com", {}),
    ("malformed", "nl_BE", "malformed@example.com", address),
    ("blacklisted", "nl_BE", "blacklisted@example.com", {}),
):
    customer = env["res.partner"].create({
        "name": name.title() + " & Cie <b>", "is_company": True, "lang": lang, "email": email, "country_id": belgium,
        **more})
    for amount in (121.0, 60.5) if name == "alpha" else (121.0,):
        move = env["account.move"].create({
            "move_type": "out_invoice", "partner_id": customer.id, "invoice_date": today - timedelta(days=40),
            "invoice_date_due": today - timedelta(days=10), "invoice_payment_term_id": False,
            "invoice_line_ids": [(0, 0, {"name": "Work", "quantity": 1, "price_unit": amount,
                                         "account_id": income.id, "tax_ids": [(5,)]})]})
        move.action_post()
        move.is_move_sent = True
company.dunning_user_id = env.ref("base.user_admin")
env["dunning.run"]._run(company, today)
assert env["dunning.communication"].search_count([("state", "=", "queued"), ("channel", "=", "email")]) == 6
# from now on these two addresses do not work
env["res.partner"].search([("email", "=", "malformed@example.com")]).email = "malformed at example"
env["mail.blacklist"]._add("blacklisted@example.com")
env.cr.commit()
"""

SEND = """
env["dunning.communication"]._deliver()
env["mail.mail"].process_email_queue()
env.cr.commit()
"""
#: The pauses of waiting mails are over; then the two scheduled actions in their order.
LATER = """
env["mail.mail"].search([("scheduled_date", "!=", False), ("state", "=", "outgoing")]).scheduled_date = "2020-01-01"
env.cr.commit()
env["mail.mail"].process_email_queue()
env.cr.commit()
env["dunning.communication"]._cron_deliver()
env.cr.commit()
"""
STATE = """
fields = ("id", "channel", "state", "notice_date", "failure_reason", "needs_attention", "direction")
found = {{}}
for communication in env["dunning.communication"].search([("customer_id.name", "=ilike", "{name}%")], order="id"):
    line = communication.line_ids.filtered("level_id")[:1]
    found[str(communication.id)] = {{
        **{{name: str(communication[name] or "") for name in fields}},
        "previous_id": str(communication.previous_id.id),
        "message_id": communication._message_id(), "mail": communication.mail_id.state,
        "void": line.void, "level": line.move_id.dunning_level_id.number, "line_notice": str(line.notice_date or ""),
        "activities": communication.debtor_id.activity_ids.mapped("summary"),
        "asked": [round(line.amount_asked + line.amount_cost + line.amount_interest, 2)
                  for line in communication.line_ids.filtered("level_id")],
    }}
answer(list(found.values()))
"""
#: A mail that came back; to be formatted.
BOUNCE = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261123.bounce{number}@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BOUND"

--BOUND
Content-Type: text/plain; charset=us-ascii
Content-Description: Notification

This is the mail system at host mx.example.com.

<{address}>: host mx.example.com[127.0.0.1] said: 550 5.1.1 <{address}>: Recipient address rejected

--BOUND
Content-Type: message/delivery-status
Content-Description: Delivery report

Reporting-MTA: dns; mx.example.com
Arrival-Date: Mon, 23 Nov 2026 03:00:00 +0100

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected

--BOUND
Content-Type: text/rfc822-headers
Content-Description: Undelivered Message Headers

Return-Path: <{to}>
Message-ID: {message_id}
From: {to}
To: {address}
Subject: {subject}

--BOUND--
"""


def state(worker, name):
    return worker(STATE.format(name=name))
