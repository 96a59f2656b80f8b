"""What the system tests work with: copies of a prepared database, and processes of Odoo's of their own.

Run by ``./dev test``, or alone: ``./dev python -m pytest tests_system -k NAME``.
"""

import contextlib
import itertools
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "devtools"))

import databases  # noqa: E402
import nights  # noqa: E402
import reminders  # noqa: E402
import template  # noqa: E402
from mailserver import MailServer  # noqa: E402

LOGS = ROOT / ".dev" / "log"
numbers = itertools.count(1)


def free_port():
    """A TCP port of the loopback interface that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.fixture(scope="session")
def base_db():
    """A database with the addons installed, a Belgian company and its chart; to be copied, never written."""
    return os.environ.get("DEV_BASE_DB") or template.with_addons()


@pytest.fixture
def new_db(base_db):
    """A function that makes a copy of `base_db` (or of another database) and returns its name; dropped in the end."""
    with contextlib.ExitStack() as stack:
        def make(source=None):
            name = f"dev_test_{os.getpid()}_s{next(numbers)}"
            databases.copy(source or base_db, name)
            stack.callback(databases.drop, name)
            return name

        yield make


@pytest.fixture
def fresh_db(new_db):
    """The name of a copy of `base_db` for this test alone."""
    return new_db()


@pytest.fixture(scope="session")
def ledger_db(base_db):
    """A database with a ledger, most of it overdue, and the reminders switched on; to be copied, never written."""
    name = f"dev_test_{os.getpid()}_ledger"
    databases.copy(base_db, name)
    nights.make_ledger(name, invoices=320, partners=110, unpaid=0.7)
    yield name
    databases.drop(name)


@pytest.fixture
def due_db(ledger_db, new_db, odoo_shell):
    """A copy of the ledger, and the steps that are due on it: pairs (item, level)."""
    name = new_db(ledger_db)
    due = [tuple(pair) for pair in odoo_shell(name, nights.DUE)]
    assert len(due) > 100
    return name, due


@pytest.fixture
def odoo_worker(odoo_start, tmp_path):
    """A function `worker(db)` that starts a process of Odoo's which runs code again and again: `nights.Worker`."""
    return lambda db: nights.Worker(odoo_start, db, tmp_path / f"worker{next(numbers)}.socket")


@pytest.fixture
def odoo_start(tmp_path):
    """A function `start(db, code, *arguments)` that runs code in a process of Odoo's and returns at once.

    What it returns is a `subprocess.Popen` with two more attributes: `answer()`, the value that the code gave (None
    where there is none yet), and `log`, the file of its output. In the code `env` is the superuser's environment;
    nothing is committed but by ``env.cr.commit()``. What still runs at the end of the test is killed.
    """
    started = []

    def start(db, code, *arguments, environment=None):
        number = next(numbers)
        result = tmp_path / f"answer{number}.json"
        log = tmp_path / f"process{number}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "devtools" / "in_odoo.py"), db, *arguments], stdin=subprocess.PIPE,
                stdout=stream, stderr=subprocess.STDOUT, cwd=ROOT,
                env={**os.environ, "ANSWER": str(result), **(environment or {})})
        # Before the code is given: a write that fails must not leave the process behind.
        started.append(process)
        process.stdin.write(code.encode())
        process.stdin.close()
        process.log = log
        process.answer = lambda: json.loads(result.read_text()) if result.exists() else None
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def odoo_shell(odoo_start):
    """A function `shell(db, code)` that runs code like `odoo_start`, waits, and returns the code's answer.

    Fails the test where the code raises or takes longer than `timeout` seconds.
    """
    def shell(db, code, timeout=300, environment=None):
        process = odoo_start(db, code, environment=environment)
        status = process.wait(timeout)
        assert status == 0, process.log.read_text(errors="replace")[-6000:]
        return process.answer()

    return shell


@pytest.fixture
def odoo_server():
    """A function `serve(db, *arguments)` that starts a whole Odoo server and returns its address once it answers.

    Scheduled actions run only where the arguments say so (``--max-cron-threads=1``). Killed in the end.
    """
    started = []

    def serve(db, *arguments, timeout=60):
        port = free_port()
        log = LOGS / f"system-server-{db}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "odoo", "-d", db, "--db-filter", f"^{db}$", "--max-cron-threads=0",
                 "--http-port", str(port), "--gevent-port", str(free_port()), *arguments],
                stdout=stream, stderr=subprocess.STDOUT, cwd=ROOT)
        started.append(process)
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + timeout
        while True:
            try:
                urllib.request.urlopen(f"{address}/web/health", timeout=2).close()
                return address
            except OSError:
                assert process.poll() is None and time.monotonic() < until, log.read_text(errors="replace")[-6000:]
                time.sleep(0.2)

    yield serve
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def queued_db(base_db):
    """A database with reminders by e-mail in the queue; to be copied, never written."""
    name = f"dev_test_{os.getpid()}_queued"
    databases.copy(base_db, name)
    nights.template.odoo("shell", "-d", name, "--no-http", log="queued-reminders.log", code=reminders.CUSTOMERS)
    yield name
    databases.drop(name)


@pytest.fixture
def server():
    """A mail server on the loopback interface that does what a test wants."""
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def worker(queued_db, new_db, odoo_worker, server):
    """A process of Odoo's on reminders that are queued, with its mail server."""
    worker = odoo_worker(new_db(queued_db))
    worker(f"""
env["ir.mail_server"].create({{
    "name": "Loopback", "smtp_host": "127.0.0.1", "smtp_port": {server.port}, "smtp_encryption": "none"}})
""")
    return worker
