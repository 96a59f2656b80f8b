"""Reminders through a real mail server: what arrives, and what becomes of what does not."""

import io
import textwrap

import pytest
import zxingcpp
from PIL import Image

from mailserver import MailServer
from reminders import BOUNCE, LATER, SEND, state


def test_mail_as_it_arrives(worker, server):
    worker(SEND)
    (message,) = server.receiver.to("alpha@example.com")
    (sent,) = state(worker, "alpha")
    assert message["Message-ID"] == sent["message_id"]
    assert message["Message-ID"].startswith(f"<debto-dunning-{sent['id']}-")
    assert message["Reply-To"]
    assert message["X-Debto-Dunning"] == sent["id"]
    assert message["To"].addresses[0].addr_spec == "alpha@example.com"
    assert sent["notice_date"]
    assert sent["line_notice"] == sent["notice_date"]
    assert (sent["mail"], sent["state"], sent["level"]) == ("sent", "sent", 1)

    html = message.get_body(("html",))
    assert message.get_body(("plain",)) is not None
    text = message.get_body(("plain",)).get_content()
    page = html.get_content()
    assert "data:image" not in page
    assert "<b>" not in page.replace("&lt;b&gt;", "")
    pictures = {part["Content-ID"].strip("<>"): part for part in message.walk()
                if part.get_content_type() == "image/png"}
    assert pictures
    related = next(part for part in message.walk() if part.get_content_type() == "multipart/related")
    assert any(part.get_content_type() == "text/html" for part in related.iter_parts())
    for content_id, part in pictures.items():
        assert f'src="cid:{content_id}"' in page
        assert part.get_content_disposition() == "inline"
    assert page.count("cid:") == len(pictures)
    payloads = [zxingcpp.read_barcode(Image.open(io.BytesIO(part.get_content()))).text.splitlines()
                for part in pictures.values()]
    # 60.50 and 121.00, each with fixed costs of 40 and the interest of today; and all together
    assert min(sent["asked"]) > 100.5
    assert max(sent["asked"]) > 161
    assert {payload[7] for payload in payloads} == {
        f"EUR{amount:.2f}" for amount in (*sent["asked"], sum(sent["asked"]))}
    assert {payload[6] for payload in payloads} == {"BE68539007547034"}
    documents = worker("""
answer(env["account.move"].search([("partner_id.name", "=like", "Alpha%")]).mapped("name"))""")
    for document in documents:
        assert document in page
        assert document in text


def test_each_customer_in_its_own_language(worker, server):
    worker("""
texts = {"nl_BE": "Herinnering NL", "fr_BE": "Rappel FR", "de_DE": "Erinnerung DE"}
level = env.ref("debto_dunning.level_friendly_1")
for lang, text in texts.items():
    level.with_context(lang=lang).subject = text
""")
    worker(SEND)
    subjects = {name: server.receiver.to(f"{name}@example.com")[0]["Subject"] for name in ("alpha", "bravo", "delta")}
    assert subjects == {"alpha": "Herinnering NL", "bravo": "Rappel FR", "delta": "Erinnerung DE"}
    (message,) = server.receiver.to("bravo@example.com")
    assert "121,00" in message.get_body(("html",)).get_content()


@pytest.mark.parametrize(("name", "following"), [("bravo", "letter"), ("charlie", "call")])
def test_refused_recipient_goes_another_way(worker, server, name, following):
    server.receiver.answers[f"{name}@example.com"] = "550 5.1.1 No such user here"
    worker(SEND)
    failed, new = state(worker, name)
    assert (failed["state"], failed["channel"], failed["void"], failed["mail"]) == ("failed", "email", True, "cancel")
    assert "No such user here" in failed["failure_reason"]
    assert failed["needs_attention"] == "True"
    assert not failed["notice_date"]
    assert failed["level"] == 0
    assert (new["state"], new["channel"], new["previous_id"]) == ("queued", following, failed["id"])
    worker('env["dunning.communication"]._deliver()')
    _failed, new = state(worker, name)
    assert (new["state"], new["level"], new["void"]) == ("sent", 1, False)
    assert bool(new["activities"]) == (following == "call")
    worker(LATER)
    assert len(state(worker, name)) == 2
    # the others of the batch are not held up
    assert len(server.receiver.to("alpha@example.com")) == 1
    assert not server.receiver.to(f"{name}@example.com")


def put_off(server):
    server.receiver.answers = {f"{name}@example.com": "451 4.7.1 Greylisted, try again later"
                               for name in ("alpha", "bravo", "charlie", "delta")}


def busy(server):
    server.receiver.data_answer = "452 4.3.1 Out of disk"


def break_off(server):
    server.receiver.breaks_off = True


@pytest.mark.parametrize("fault", [put_off, busy, break_off, MailServer.stop],
                         ids=["greylisting", "full", "breaks off", "down"])
def test_fault_of_the_server_waits(worker, server, fault):
    fault(server)
    worker(SEND)
    waits = []
    for _number in range(3):
        worker('env["dunning.communication"]._cron_deliver()')
        for name in ("alpha", "bravo"):
            (waiting,) = state(worker, name)
            assert (waiting["state"], waiting["mail"], waiting["notice_date"]) == ("sent", "outgoing", "")
            assert not waiting["needs_attention"]
            assert waiting["level"] == 1
        waits.append(worker("""
from odoo import fields
communication = env["dunning.communication"].search([("retry_count", ">", 0)], order="retry_count desc, id", limit=1)
answer((communication.mail_id.scheduled_date - fields.Datetime.now()).total_seconds())"""))
        worker(LATER)
    assert waits == sorted(waits)
    assert waits[-1] > 1.5 * waits[0]
    assert not server.receiver.messages

    server.receiver.answers, server.receiver.data_answer, server.receiver.breaks_off = {}, None, False
    if fault is MailServer.stop:
        server.start()
    for _number in range(2):
        worker(LATER)
    for name in ("alpha", "bravo", "charlie", "delta"):
        (sent,) = state(worker, name)
        assert (sent["state"], sent["mail"]) == ("sent", "sent"), name
        assert sent["notice_date"]
        (message,) = server.receiver.to(f"{name}@example.com")
        assert message["Message-ID"] == sent["message_id"]
    assert set(server.receiver.tried) <= {message["Message-ID"] for _to, message in server.receiver.messages}


def test_addresses_that_cannot_work(worker, server):
    worker(SEND)
    failed, letter = state(worker, "malformed")
    assert (failed["state"], letter["channel"]) == ("failed", "letter")
    assert "malformed at example" in failed["failure_reason"]
    failed, call = state(worker, "blacklisted")
    assert (failed["state"], call["channel"]) == ("failed", "call")
    assert "blacklist" in failed["failure_reason"]
    assert not server.receiver.to("blacklisted@example.com")
    worker(LATER)
    for name in ("malformed", "blacklisted"):
        _failed, new = state(worker, name)
        assert (new["state"], new["level"]) == ("sent", 1)


def test_bounce_goes_another_way(worker, server):
    worker(SEND)
    (sent,) = state(worker, "bravo")
    (message,) = server.receiver.to("bravo@example.com")
    assert sent["notice_date"]
    bounce = BOUNCE.format(to="info@company.example.com", address="bravo@example.com", number=1, subject="Rappel",
                           message_id=message["Message-ID"])
    worker(f'env["mail.thread"].message_process("dunning.communication", {bounce!r})')
    failed, letter = state(worker, "bravo")
    assert (failed["state"], failed["void"], failed["level"]) == ("failed", True, 0)
    assert "bravo@example.com" in failed["failure_reason"]
    # the notice counts for nothing
    assert not failed["line_notice"]
    assert (letter["state"], letter["channel"]) == ("queued", "letter")
    worker(LATER)
    _failed, letter = state(worker, "bravo")
    assert (letter["state"], letter["level"]) == ("sent", 1)
    # told twice, done once
    second = bounce.replace("bounce1", "bounce2")
    worker(f'env["mail.thread"].message_process("dunning.communication", {second!r})')
    assert [one["state"] for one in state(worker, "bravo")] == ["failed", "sent"]


REPLY = textwrap.dedent("""\
    From: Bravo <bravo@example.com>
    To: {to}
    Subject: Re: {subject}
    Message-ID: <answer-1@customer.example.com>
    In-Reply-To: {message_id}
    References: {message_id}
    MIME-Version: 1.0
    Content-Type: text/html; charset=utf-8

    <p>The goods <b>never</b> arrived.</p><script>alert(1)</script>
    """)


def test_answer_stands_in_the_log_and_pauses(worker, server):
    worker(SEND)
    (message,) = server.receiver.to("bravo@example.com")
    reply = REPLY.format(to=message["Reply-To"], subject=message["Subject"], message_id=message["Message-ID"])
    worker(f'env["mail.thread"].message_process(False, {reply!r})')
    incoming, = (one for one in state(worker, "bravo") if one["direction"] == "in")
    assert (incoming["state"], incoming["channel"], incoming["needs_attention"]) == ("received", "email", "True")
    body = worker(f'answer(env["dunning.communication"].browse({incoming["id"]}).body)')
    assert "never" in body
    assert "script" not in body
    decide = """
from datetime import timedelta
item = env["account.move.line"].search([
    ("partner_id.name", "=like", "Bravo%"), ("account_type", "=", "asset_receivable")])
(row,) = env["dunning.run"]._decide(env.company, env.company._dunning_today() + timedelta(days=20), item)
answer(row["reason"])
"""
    assert worker(decide) == "reply"
    worker(f'env["dunning.communication"].browse({incoming["id"]}).action_seen()')
    assert worker(decide) is None
