"""The mail catcher keeps what comes and shows it without letting it act."""

import email.message
import smtplib
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from conftest import ROOT, free_port

PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(16)  # its kind is all that counts here


@pytest.fixture
def catcher(tmp_path):
    smtp, web = free_port(), free_port()
    process = subprocess.Popen([sys.executable, str(ROOT / "devtools" / "mailcatcher.py"), str(tmp_path / "mail"),
                                "--smtp", str(smtp), "--web", str(web)])
    until = time.monotonic() + 20
    while True:
        try:
            read(f"http://127.0.0.1:{web}/")
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < until
            time.sleep(0.1)
    yield smtp, f"http://127.0.0.1:{web}"
    process.terminate()
    process.wait(10)


def read(address):
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=5) as answer:
        return answer.headers, answer.read().decode()


def send(port, message):
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message)


def test_shows_inline_image_and_no_script(catcher, tmp_path):
    smtp, web = catcher
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", "<b>Rappel</b> é"
    message.set_content("plain")
    message.add_alternative("<p onclick='x()'>Bonjour</p><img src='cid:code1@x'><script>x()</script>", subtype="html")
    message.get_payload()[1].add_related(PIXEL, "image", "png", cid="<code1@x>")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="letter.pdf")
    send(smtp, message)
    _headers, listing = read(web)
    assert "&lt;b&gt;Rappel&lt;/b&gt; é" in listing
    assert "<b>Rappel" not in listing
    (kept,) = (tmp_path / "mail").glob("*.eml")
    _headers, shown = read(f"{web}/mail/{kept.stem}")
    assert "letter.pdf" in shown
    headers, body = read(f"{web}/mail/{kept.stem}/html")
    assert "data:image/png;base64,iVBOR" in body
    assert "cid:" not in body
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_search_and_unknown_mail(catcher):
    smtp, web = catcher
    for subject in ("First reminder", "Last notice"):
        message = email.message.EmailMessage()
        message["From"], message["To"], message["Subject"] = "a@example.com", "b@example.com", subject
        message.set_content("plain")
        send(smtp, message)
    _headers, listing = read(f"{web}/?q=last")
    assert "Last notice" in listing
    assert "First reminder" not in listing
    with pytest.raises(urllib.error.HTTPError):
        read(f"{web}/mail/1/source")
