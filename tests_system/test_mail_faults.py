"""Refusals that are not the customer's fault, and mails that come back or are taken out of the queue."""

import pytest

from reminders import BOUNCE, LATER, SEND, state

NAMES = ("alpha", "bravo", "charlie", "delta")
#: The address itself is well formed and accepted in the tests below.
MEND = """
env["res.partner"].search([("name", "=like", "Malformed%")]).email = "malformed@example.com"
env["mail.blacklist"].search([]).active = False
"""
WARNINGS = """
answer(env["mail.activity"].search([("res_model", "=", "dunning.run")]).mapped("summary"))
"""
#: So many days have passed since the reminders were sent.
AGE = """
env.cr.execute("UPDATE dunning_communication SET date = date - interval '{days} days' WHERE state = 'sent'")
"""


def letters(worker):
    return worker("""answer(env["dunning.communication"].search_count([("channel", "!=", "email")]))""")


@pytest.mark.parametrize(("place", "answer"), [
    ("sender", "550 5.4.5 Daily user sending limit exceeded"),
    ("sender", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
    ("text", "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied"),
    ("text", "550 5.4.5 Daily sending quota exceeded"),
    ("recipient", "554 5.7.1 Relay access denied"),
    ("recipient", "550 relay not permitted"),
], ids=["quota", "send as", "send as, late", "quota, late", "relay", "relay without a status"])
def test_refused_sender_leads_to_no_letter_and_is_tried_once(worker, server, place, answer):
    worker(MEND)
    receiver = server.receiver
    if place == "sender":
        receiver.sender_answer = answer
    elif place == "text":
        receiver.data_answer = answer
    else:
        receiver.answers = {f"{name}@example.com": answer for name in (*NAMES, "malformed", "blacklisted")}
    worker(SEND)

    assert receiver.refused == 1
    for name in NAMES:
        (waiting,) = state(worker, name)
        assert (waiting["state"], waiting["mail"], waiting["needs_attention"]) == ("sent", "outgoing", "")
    assert letters(worker) == 0
    worker('env["dunning.communication"]._cron_deliver()')
    worker(LATER)
    assert receiver.refused == 2
    assert worker(WARNINGS).count("The mail server refuses reminders") == 1

    receiver.sender_answer, receiver.data_answer, receiver.answers = None, None, {}
    worker(LATER)
    for name in NAMES:
        (sent,) = state(worker, name)
        assert sent["notice_date"]
        assert len(receiver.to(f"{name}@example.com")) == 1
    assert letters(worker) == 0


@pytest.mark.parametrize(("answer", "told"), [
    ("552 5.2.2 The email account that you tried to reach is over quota", False),
    ("552 5.3.4 Message size exceeds fixed limit", True),
    ("550 5.7.1 Message content rejected as spam", True),
    ("554 Transaction failed", True),
])
def test_one_refused_message_waits_and_holds_nobody_up(worker, server, answer, told):
    server.receiver.data_answers["alpha@example.com"] = answer
    worker(SEND)

    (waiting,) = state(worker, "alpha")
    assert (waiting["state"], waiting["mail"], waiting["void"]) == ("sent", "outgoing", False)
    for name in ("bravo", "charlie", "delta"):
        assert len(server.receiver.to(f"{name}@example.com")) == 1
    assert ("The mail server refuses reminders" in worker(WARNINGS)) == told


def test_full_mailbox_is_left_for_a_letter_after_some_days(worker, server):
    server.receiver.answers["bravo@example.com"] = "552 5.2.2 mailbox full"
    worker(SEND)
    worker(LATER)
    assert [one["state"] for one in state(worker, "bravo")] == ["sent"]

    worker(AGE.format(days=6))
    worker(LATER)

    failed, letter = state(worker, "bravo")
    assert (failed["state"], failed["mail"], letter["channel"]) == ("failed", "cancel", "letter")


def test_refused_sender_fails_in_the_end_without_a_letter(worker, server):
    server.receiver.sender_answer = "550 5.7.60 may not send as"
    worker(SEND)
    worker(AGE.format(days=6))
    worker(LATER)

    for name in NAMES:
        (failed,) = state(worker, name)
        assert (failed["state"], failed["void"], failed["level"], failed["mail"]) == ("failed", True, 0, "cancel")
        assert failed["needs_attention"] == "True"
    assert letters(worker) == 2  # for the malformed and the blacklisted address


def test_cancelled_and_deleted_in_the_queue(worker, server):
    worker('env["dunning.communication"]._deliver()')
    worker("""
mails = {name: env["dunning.communication"].search([("customer_id.name", "=ilike", name + "%")]).mail_id
         for name in ("alpha", "bravo", "charlie")}
mails["alpha"].cancel()
mails["bravo"].unlink()
env.cr.execute("DELETE FROM mail_mail WHERE id = %s", [mails["charlie"].id])
""")
    worker('env["mail.mail"].process_email_queue()')
    worker('env["dunning.communication"]._cron_deliver()')

    for name in ("alpha", "bravo", "charlie"):
        (failed,) = state(worker, name)
        assert (failed["state"], failed["void"], failed["level"]) == ("failed", True, 0), name
        assert failed["needs_attention"] == "True"
        assert not server.receiver.to(f"{name}@example.com")
    assert len(server.receiver.to("delta@example.com")) == 1


def bounced(worker, server, name, changes=()):
    """Let the mail to ``name`` come back.

    :param changes: pairs (text, text) that are replaced in the report
    """
    (message,) = server.receiver.to(f"{name}@example.com")
    text = BOUNCE.format(to="info@company.example.com", address=f"{name}@example.com", number=1, subject="x",
                         message_id=message["Message-ID"])
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    worker(f'env["mail.thread"].message_process("dunning.communication", {text!r})')


@pytest.mark.parametrize("changes", [
    [("Action: failed", "Action: delayed"), ("Status: 5.1.1", "Status: 4.4.1"), ("550 5.1.1", "450 4.4.1")],
    [("Action: failed", "Action: delivered"), ("Status: 5.1.1", "Status: 2.0.0"), ("550 5.1.1", "250 2.0.0")],
    [("report-type=delivery-status", "report-type=disposition-notification")],
], ids=["delayed", "delivered", "read"])
def test_report_that_is_no_bounce(worker, server, changes):
    worker(SEND)

    bounced(worker, server, "bravo", changes)

    (sent,) = state(worker, "bravo")
    assert (sent["state"], sent["void"], bool(sent["notice_date"])) == ("sent", False, True)


@pytest.mark.parametrize("changes", [
    [("Final-Recipient", "X-Recipient")],
    [("Content-Type: message/delivery-status", "Content-Type: text/x-report")],
], ids=["no recipient", "no status"])
def test_bounce_that_does_not_name_the_recipient(worker, server, changes):
    worker(SEND)

    bounced(worker, server, "bravo", changes)

    failed, letter = state(worker, "bravo")
    assert (failed["state"], letter["channel"], letter["state"]) == ("failed", "letter", "queued")


def test_bounce_that_is_not_about_the_address_is_sent_again(worker, server):
    worker(SEND)
    bounced(worker, server, "bravo", [("550 5.1.1", "550 5.7.1"), ("Status: 5.1.1", "Status: 5.7.1")])

    (waiting,) = state(worker, "bravo")
    assert (waiting["state"], waiting["mail"], waiting["void"]) == ("sent", "outgoing", False)
    assert not waiting["notice_date"]
    assert not waiting["line_notice"]
    worker(LATER)
    (sent,) = state(worker, "bravo")
    assert sent["notice_date"]
    first, second = server.receiver.to("bravo@example.com")
    assert first["Message-ID"] == second["Message-ID"]

    server.receiver.messages.pop(-1)
    worker(AGE.format(days=6))
    bounced(worker, server, "bravo", [
        ("550 5.1.1", "550 5.7.1"), ("Status: 5.1.1", "Status: 5.7.1"), ("bounce1", "bounce2")])
    failed, letter = state(worker, "bravo")
    assert (failed["state"], letter["channel"]) == ("failed", "letter")


def test_company_without_an_address_sends_nothing(worker, server):
    worker("env.company.write({'email': False, 'alias_domain_id': False})")
    worker(SEND)

    assert not server.receiver.tried
    (waiting,) = state(worker, "alpha")
    assert waiting["state"] == "queued"
    assert worker(WARNINGS) == ["Reminders by e-mail wait for an address of ours"]

    worker("env.company.email = 'info@company.example.com'")
    worker(SEND)
    (message,) = server.receiver.to("alpha@example.com")
    assert message["From"].addresses[0].addr_spec == "info@company.example.com"
    assert message["Reply-To"].addresses[0].addr_spec == "info@company.example.com"


#: Puts a wkhtmltopdf first on the path that crashes where the text of a page matches.
CRASHING = """
import os, pathlib, shutil
from odoo.addons.base.models import ir_actions_report
folder = pathlib.Path({folder!r})
real = shutil.which("wkhtmltopdf")
program = folder / "wkhtmltopdf"
program.write_text('''#!/bin/sh
grep -q -s -e "{text}" -- $(for one; do case $one in *body*.html) echo $one;; esac; done) && kill -SEGV $$
exec ''' + real + ''' "$@"
''')
program.chmod(0o755)
env["dunning.communication"].search([("state", "=", "queued")]).write({{"channel": "letter"}})
os.environ["PATH"] = str(folder) + os.pathsep + os.environ["PATH"]
ir_actions_report._wkhtml.cache_clear()
"""
MENDED = """
import os
from odoo.addons.base.models import ir_actions_report
os.environ["PATH"] = os.environ["PATH"].partition(os.pathsep)[2]
ir_actions_report._wkhtml.cache_clear()
env["dunning.communication"].search([("retry_at", "!=", False)]).retry_at = "2020-01-01"
"""


def test_crashing_printer_keeps_the_letters(worker, server, tmp_path):
    worker(CRASHING.format(folder=str(tmp_path), text="html"))
    worker('env["dunning.communication"]._deliver()')

    assert {one["state"] for name in NAMES for one in state(worker, name)} == {"queued"}
    assert worker(WARNINGS) == ["Reminders that cannot be made"]
    worker(MENDED)
    worker('env["dunning.communication"]._deliver()')
    assert {one["state"] for name in NAMES for one in state(worker, name)} == {"sent"}


def test_letter_that_crashes_the_printer_holds_nobody_up(worker, server, tmp_path):
    worker(CRASHING.format(folder=str(tmp_path), text="Bravo"))
    worker('env["dunning.communication"]._deliver()')

    assert [state(worker, name)[0]["state"] for name in NAMES] == ["sent", "queued", "sent", "sent"]


def test_full_disk_keeps_the_letters(worker, server):
    worker("""
import errno
from odoo.addons.base.models.ir_attachment import IrAttachment
env["dunning.communication"].search([("state", "=", "queued")]).write({"channel": "letter"})
IrAttachment._file_write_ = IrAttachment._file_write
def full(self, *args):
    raise OSError(errno.ENOSPC, "No space left on device")
IrAttachment._file_write = full
""")
    worker('env["dunning.communication"]._cron_deliver()')

    assert {one["state"] for name in NAMES for one in state(worker, name)} == {"queued"}
    assert "No space left" in state(worker, "alpha")[0]["failure_reason"]
    worker("""
from odoo.addons.base.models.ir_attachment import IrAttachment
IrAttachment._file_write = IrAttachment._file_write_
env["dunning.communication"].search([("retry_at", "!=", False)]).retry_at = "2020-01-01"
""")
    worker('env["dunning.communication"]._deliver()')
    assert {one["state"] for name in NAMES for one in state(worker, name)} == {"sent"}
