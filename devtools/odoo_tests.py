"""Odoo's own tests of accounting, with the addons and without: names the tests that differ.

    ./dev test --odoo [TAGS]

TAGS are Odoo's test tags; without them all tests of account and account_payment that run after installation. Tests
that fail in plain Odoo too are counted and not named.
"""

import json
import os
import subprocess
import sys
import threading

import addons
import databases
import template
from run_tests import free_port

LOGS = addons.ROOT / ".dev" / "log" / "odoo-tests"
TAGS = "/account,/account_payment"


def run(name, source, tags, found):
    """Run the tests on a copy of a database; what came of them goes to ``found[name]``."""
    result, log = LOGS / f"{name}.json", LOGS / f"{name}.log"
    result.unlink(missing_ok=True)
    database = f"dev_test_{os.getpid()}_{name}"
    databases.copy(source, database)
    try:
        with log.open("wb") as stream:
            subprocess.run(
                [sys.executable, str(addons.ROOT / "devtools" / "count_tests.py"), str(result), "-d", database,
                 "--test-tags", tags, "--stop-after-init", "--max-cron-threads=0",
                 "--http-port", str(free_port()), "--gevent-port", str(free_port())],
                stdout=stream, stderr=subprocess.STDOUT, cwd=addons.ROOT, check=False)
        found[name] = json.loads(result.read_text(encoding="utf-8")) if result.exists() else {}
    finally:
        databases.drop(database)


def main(tags=TAGS):
    """Run both and tell the difference.

    :return: exit status: 1 where a test differs or a run did not end
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    found = {}
    sources = {"plain": template.ensure(), "addons": template.with_addons()}
    threads = [threading.Thread(target=run, args=(name, source, tags, found)) for name, source in sources.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in sources:
        if not found.get(name, {}).get("finished"):
            print(f"Odoo's tests ({name}) did not end: see {LOGS / name}.log")
            return 1
    failed = {name: set(found[name]["failed"]) for name in sources}
    for test in sorted(failed["addons"] - failed["plain"]):
        print(f"=== FAILED with the addons alone: {test}\n" + "\n".join(found["addons"]["failed"][test]))
    for test in sorted(failed["plain"] - failed["addons"]):
        print(f"passes with the addons alone: {test}")
    counts = {name: len(set(found[name]["started"])) for name in sources}
    print(f"{counts['addons']} tests with the addons, {counts['plain']} without; "
          f"{len(failed['addons'] & failed['plain'])} fail in both, {len(failed['addons'] ^ failed['plain'])} differ")
    return int(failed["addons"] != failed["plain"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
