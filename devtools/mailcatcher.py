"""A mail server that delivers nothing: it takes every mail, keeps it as a file and shows it in the browser.

    python devtools/mailcatcher.py FOLDER [--smtp PORT] [--web PORT]

Listens on the loopback interface only. A mail is FOLDER/<time>.eml with its envelope in the headers ``X-Mail-From``
and ``X-Rcpt-To``.
"""

import argparse
import base64
import email
import html
import http.server
import mimetypes
import pathlib
import re
import signal
import sys
import time
import urllib.parse
from email import policy

from aiosmtpd.controller import Controller

STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 0; color: #222; background: #f5f5f6; }
header { background: #714b67; color: #fff; padding: .7em 1.2em; } header a { color: #fff; text-decoration: none; }
main { padding: 1em 1.2em; } table { border-collapse: collapse; background: #fff; width: 100%; }
td, th { text-align: left; padding: .4em .7em; border-bottom: 1px solid #e3e3e6; vertical-align: top; }
th { font-weight: 600; white-space: nowrap; } td.time { white-space: nowrap; color: #666; }
iframe { width: 100%; height: 75vh; border: 1px solid #ccc; background: #fff; } pre { white-space: pre-wrap; }
input { font: inherit; padding: .2em .5em; width: 22em; } a { color: #4a3357; } .files a { margin-right: 1em; }
"""
# Mail is shown as what it is: text of strangers. No script, no form, nothing from outside.
FRAME_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'"
SHOWN = 500  # mails in the list


class Handler:
    """Keeps each mail that comes in; the interface is aiosmtpd's."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):
        number = time.time_ns()
        lines = [f"X-Mail-From: {envelope.mail_from}"] + [f"X-Rcpt-To: {rcpt}" for rcpt in envelope.rcpt_tos]
        content = "\r\n".join([*lines, ""]).encode("utf-8", "replace") + envelope.content
        partial = self.folder / f"{number}.partial"
        partial.write_bytes(content)
        partial.rename(self.folder / f"{number}.eml")
        return "250 kept"


class Mail:
    """One kept mail, read from its file."""

    def __init__(self, path):
        self.name = path.stem
        self.source = path.read_bytes()
        self.message = email.message_from_bytes(self.source, policy=policy.default)

    def header(self, name):
        try:
            return str(self.message.get(name, ""))
        except (ValueError, LookupError, IndexError):
            # The header cannot be parsed: show what was sent.
            return dict(self.message.raw_items()).get(name, "")

    @property
    def time(self):
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(int(self.name) / 1e9))

    def parts(self):
        return [part for part in self.message.walk() if not part.is_multipart()]

    def attachments(self):
        """The parts that a mail program lists as files, with their numbers in `parts`."""
        return [(number, part) for number, part in enumerate(self.parts())
                if part.get_content_disposition() == "attachment"
                or (part.get_filename() and not part.get("Content-ID"))]

    def html(self):
        """The HTML body with its inline images in it; the plain text in a <pre> where there is no HTML."""
        body = self.message.get_body(("html", "plain"))
        if body is None:
            return ""
        if body.get_content_subtype() != "html":
            return f"<pre>{html.escape(text_of(body))}</pre>"
        images = {}
        for part in self.parts():
            if part.get("Content-ID") and part.get_content_maintype() == "image":
                data = base64.b64encode(part.get_payload(decode=True) or b"").decode()
                images[part["Content-ID"].strip().strip("<>")] = f"data:{part.get_content_type()};base64,{data}"
        return re.sub(r"cid:([^\"'\s)>]+)",
                      lambda found: images.get(urllib.parse.unquote(html.unescape(found[1])), found[0]), text_of(body))


def text_of(part):
    payload = part.get_payload(decode=True) or b""
    try:
        return payload.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def page(title, body):
    return (f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(title)}</title><style>{STYLE}"
            f"</style></head><body><header><a href='/'>Caught mail</a></header><main>{body}</main></body></html>")


def list_page(folder, query):
    """The newest mails first; `query` is looked for in subject, sender and recipients."""
    rows, count = [], 0
    for path in sorted(folder.glob("*.eml"), reverse=True):
        mail = Mail(path)
        texts = [mail.header(name) for name in ("From", "To", "Subject")]
        if query and query.casefold() not in " ".join(texts).casefold():
            continue
        count += 1
        if count > SHOWN:
            continue
        sender, recipient, subject = (html.escape(text) for text in texts)
        files = len(mail.attachments())
        rows.append(f"<tr><td class='time'>{mail.time}</td><td>{recipient}</td>"
                    f"<td><a href='/mail/{mail.name}'>{subject or '(no subject)'}</a></td><td>{sender}</td>"
                    f"<td>{files or ''}</td></tr>")
    found = f"{count} mails" + (f", the newest {SHOWN} shown" if count > SHOWN else "")
    return page("Caught mail", f"<form><input name='q' placeholder='search' value='{html.escape(query, quote=True)}'>"
                f" {found}</form><table><tr><th>Time</th><th>To</th><th>Subject</th><th>From</th><th>Files</th></tr>"
                f"{''.join(rows)}</table>")


def mail_page(mail):
    rows = "".join(f"<tr><th>{name}</th><td>{html.escape(mail.header(name))}</td></tr>"
                   for name in ("Subject", "From", "To", "Cc", "Reply-To", "Date", "Message-ID") if mail.header(name))
    files = "".join(f"<a href='/mail/{mail.name}/part/{number}'>{html.escape(part.get_filename() or 'part')}</a>"
                    for number, part in mail.attachments())
    if files:
        rows += f"<tr><th>Files</th><td class='files'>{files}</td></tr>"
    return page(mail.header("Subject"), f"<table>{rows}</table><p><a href='/mail/{mail.name}/source'>source</a></p>"
                f"<iframe sandbox src='/mail/{mail.name}/html'></iframe>")


class Web(http.server.BaseHTTPRequestHandler):
    """The pages: ``/``, ``/mail/ID``, ``/mail/ID/html``, ``/mail/ID/source``, ``/mail/ID/part/N``."""

    folder = None  # set by `serve`

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        if address.path == "/":
            query = urllib.parse.parse_qs(address.query).get("q", [""])[0]
            return self.send(list_page(self.folder, query))
        found = re.fullmatch(r"/mail/(\d+)(?:/(html|source|part/(\d+)))?", address.path)
        path = found and self.folder / f"{found[1]}.eml"
        if not path or not path.exists():
            return self.send(page("Not here", "No such mail."), status=404)
        mail = Mail(path)
        if found[2] == "html":
            return self.send(mail.html(), policy=FRAME_POLICY)
        if found[2] == "source":
            return self.send(mail.source, "text/plain; charset=utf-8")
        if found[3]:
            return self.send_part(mail, int(found[3]))
        return self.send(mail_page(mail))

    def send_part(self, mail, number):
        parts = mail.parts()
        if number >= len(parts):
            return self.send(page("Not here", "No such part."), status=404)
        part = parts[number]
        name = part.get_filename() or f"part{mimetypes.guess_extension(part.get_content_type()) or ''}"
        # A PDF is read in the browser; anything else could run there, and is saved.
        show = "inline" if part.get_content_type() == "application/pdf" else "attachment"
        return self.send(part.get_payload(decode=True) or b"", part.get_content_type(), headers={
            "Content-Disposition": f"{show}; filename*=UTF-8''{urllib.parse.quote(name)}"})

    def send(self, content, kind="text/html; charset=utf-8", *, status=200, policy=PAGE_POLICY, headers=None):
        if isinstance(content, str):
            content = content.encode("utf-8", "replace")
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)),
                            "X-Content-Type-Options": "nosniff", **(headers or {})}.items():
            self.send_header(name, value)
        if kind.startswith("text/html"):
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format, *arguments):
        pass


def main():
    parser = argparse.ArgumentParser(description="Keeps every mail and shows it in the browser.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--smtp", type=int, default=1025, metavar="PORT")
    parser.add_argument("--web", type=int, default=8025, metavar="PORT")
    options = parser.parse_args()
    controller = Controller(Handler(options.folder), hostname="127.0.0.1", port=options.smtp,
                            data_size_limit=100 * 2**20, enable_SMTPUTF8=True)
    controller.start()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    Web.folder = options.folder
    try:
        http.server.ThreadingHTTPServer(("127.0.0.1", options.web), Web).serve_forever()
    finally:
        controller.stop()


if __name__ == "__main__":
    main()
