"""All tests: Odoo's own of the addons, and the system tests, side by side. Ends with a line `N passed, N failed`.

    ./dev test [--only TAGS] [--only PATH]

TAGS are Odoo's test tags (``/debto_dunning:TestPolicy``); PATH is a file below an addon's tests/ or tests_system/.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from xml.etree import ElementTree

import addons
import databases
import template

# Of this run alone: another may run beside it.
LOGS = addons.ROOT / ".dev" / "log" / "tests" / str(os.getpid())
PREFIX = "dev_test_"
LINES = 40  # of a failure's text, from its end


class Outcome:
    """What came of one kind of tests."""

    def __init__(self, title):
        self.title = title
        self.passed = 0
        self.failures = {}
        self.skipped = {}
        self.seconds = 0

    def fail(self, name, text):
        self.failures[name if name not in self.failures else f"{name} ({len(self.failures)})"] = text

    def report(self):
        for name, text in self.failures.items():
            lines = text.rstrip().splitlines()
            print(f"\n=== FAILED {name}")
            print("\n".join(["…"] * (len(lines) > LINES) + lines[-LINES:]))
        for name, reason in self.skipped.items():
            print(f"skipped: {name}: {reason}")
        print(f"{self.title}: {self.passed} passed, {len(self.failures)} failed, {len(self.skipped)} skipped "
              f"({self.seconds:.0f} s)", flush=True)


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def timed(outcome):
    start = time.monotonic()
    try:
        yield
    except Exception as error:
        outcome.fail(f"{outcome.title}: cannot run", f"{type(error).__name__}: {error}")
    except SystemExit as error:
        outcome.fail(f"{outcome.title}: cannot run", str(error.code))
    finally:
        outcome.seconds = time.monotonic() - start


def run_odoo(outcome, kind, source, ours, tags, children):
    """Installs addons on a copy of a template, with their tests.

    :param kind: a word for the names of database and log
    :param source: function that gives the name of the template
    """
    name = f"{PREFIX}{os.getpid()}_{kind}"
    result = LOGS / f"{kind}.json"
    log = LOGS / f"{kind}.log"
    result.unlink(missing_ok=True)
    with timed(outcome):
        databases.copy(source(), name)
        command = [sys.executable, str(addons.ROOT / "devtools" / "count_tests.py"), str(result), "-d", name,
                   "-i", ",".join(ours), "--test-tags", tags, "--stop-after-init", "--max-cron-threads=0",
                   "--http-port", str(free_port()), "--gevent-port", str(free_port())]
        with log.open("wb") as stream:
            process = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, cwd=addons.ROOT)
        children.append(process)
        status = process.wait()
        found = json.loads(result.read_text(encoding="utf-8")) if result.exists() else {}
        read_odoo(outcome, found)
        if not found.get("finished"):
            outcome.fail("Odoo", log.read_text(encoding="utf-8", errors="replace") + f"\nended with status {status}")
        elif status and not outcome.failures:
            outcome.fail("Odoo", f"ended with status {status}; its log is {log}")
        states = dict(databases.execute("SELECT name, state FROM ir_module_module WHERE name = ANY(%s)", ours,
                                        name=name))
        for addon in ours:
            if states.get(addon) != "installed":
                outcome.fail(f"installation of {addon}", f"its state is {states.get(addon, 'unknown to Odoo')}")
    databases.drop(name)


def read_odoo(outcome, found):
    for test, texts in found.get("failed", {}).items():
        outcome.fail(test, "\n".join(texts))
    for text in found.get("errors", []):
        outcome.fail("error in Odoo's log", text)
    outcome.skipped.update(found.get("skipped", {}))
    bad = {*found.get("failed", {}), *found.get("skipped", {})}
    outcome.passed = sum(test not in bad for test in found.get("started", []))


def run_system(outcome, paths, children):
    """Runs pytest in tests_system/ on copies of a database with the addons installed."""
    report = LOGS / "system.xml"
    log = LOGS / "system.log"
    report.unlink(missing_ok=True)
    with timed(outcome):
        environment = {**os.environ, "DEV_BASE_DB": template.with_addons()}
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *paths],
                stdout=stream, stderr=subprocess.STDOUT, cwd=addons.ROOT, env=environment)
        children.append(process)
        status = process.wait()
        if report.exists():
            read_junit(outcome, report)
        text = log.read_text(encoding="utf-8", errors="replace")
        # 5: no tests were found, which only counts where some were asked for.
        if status and not outcome.failures and (status != 5 or paths != ["tests_system"]):
            outcome.fail("system tests", f"{text}\npytest ended with status {status}")


def read_junit(outcome, report):
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        bad = [part for part in case if part.tag in ("failure", "error")]
        skipped = case.find("skipped")
        if bad:
            outcome.fail(name, "\n".join(part.text or part.get("message", "") for part in bad))
        elif skipped is not None:
            outcome.skipped[name] = skipped.get("message", "")
        else:
            outcome.passed += 1


def parse(ours):
    """The tests asked for: `(list of tags, paths)`, paths None where none of those is wanted."""
    parser = argparse.ArgumentParser(prog="./dev test", description="Runs the tests of the addons.")
    parser.add_argument("--only", action="append", default=[], metavar="TAGS|PATH",
                        help="Odoo's test tags, or a file of an addon's tests/ or of tests_system/")
    only = [part.strip() for text in parser.parse_args().only for part in text.split(",")]
    if not only:
        return [f"/{addon}" for addon in ours], ["tests_system"]
    paths = [part for part in only if part.startswith("tests_system")]
    tags = [f"/{part}" if re.fullmatch(r"\w+/[\w/]+\.py", part) else part for part in only if part not in paths]
    return tags, paths or None


def tags_by_kind(tags):
    """The tags of the main addon's tests and those of the glue addons', which need another database.

    A tag that names no addon is looked for in both; one that takes something away ("-slow") asks for nothing itself.
    """
    glue = {name for name in addons.own() if addons.is_glue(name)}
    named = {tag: (re.match(r"[+-]?\w*/(\w+)", tag) or [None, None])[1] for tag in tags}
    kinds = [[tag for tag in tags if named[tag] not in glue],
             [tag for tag in tags if named[tag] is None or named[tag] in glue]]
    main, joined = (",".join(kind) if any(not tag.startswith("-") for tag in kind) else None for kind in kinds)
    return main, joined if glue else None


def run_row(row, children, stopped):
    for outcome, run, *arguments in row:
        if not stopped.is_set():
            run(outcome, *arguments, children)


def drop_leftovers():
    """Databases of runs that were killed (their process is in the name), and logs older than a day."""
    for folder in LOGS.parent.glob("*"):
        if folder.stat().st_mtime < time.time() - 86400:
            shutil.rmtree(folder, ignore_errors=True)
    for name in databases.names(PREFIX + "%"):
        number = re.match(rf"{PREFIX}(\d+)", name)
        if number and not pathlib.Path(f"/proc/{number.group(1)}").exists():
            databases.drop(name)


def main():
    main_ones = addons.split()[0]
    ours, _theirs, left_out = addons.split(with_glue=True)
    tags, paths = parse(ours)
    main_tags, glue_tags = tags_by_kind(tags)
    LOGS.mkdir(parents=True, exist_ok=True)
    children, stopped = [], threading.Event()

    def stop(number, _frame):
        stopped.set()
        for child in children:
            child.terminate()
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    drop_leftovers()
    template.ensure()
    for addon, missing in left_out.items():
        print(f"left out: {addon} (not here: {', '.join(missing)})")
    # Side by side; in one row one after the other, as a machine of two cores has no room for a third.
    rows = [[], []]
    if main_tags:
        rows[0].append((Outcome("Odoo's tests"), run_odoo, "odoo", template.ensure, main_ones, main_tags))
    if glue_tags:
        rows[0].append((Outcome("Odoo's tests of the glue addons"), run_odoo, "glue", template.ensure_glue, ours,
                        glue_tags))
    if paths:
        rows[1].append((Outcome("system tests"), run_system, paths))
    threads = [threading.Thread(target=run_row, args=(row, children, stopped)) for row in rows]
    for thread in threads:
        thread.start()
    outcomes = [run[0] for row in rows for run in row]
    for thread in threads:
        thread.join()
    for outcome in outcomes:
        outcome.report()
    print(f"logs: {LOGS.relative_to(addons.ROOT)}")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(len(outcome.failures) for outcome in outcomes)
    # Nothing run is nothing shown.
    if not passed and not failed:
        print("no test was run")
        failed = 1
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
