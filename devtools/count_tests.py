"""Odoo with its tests counted: runs as ``python -m odoo`` does and writes what came of each test to a JSON file.

    python devtools/count_tests.py RESULT.json ODOO-ARGUMENT…

The file has `started`, `skipped` (with reasons) and `failed` (with tracebacks), by test, and `errors`: what was logged
at level ERROR or above by anything but a failing test, errors at import and install among them. Without the file, or
without `finished` in it, Odoo died on the way.
"""

import json
import logging
import pathlib
import sys

from odoo.cli import server
from odoo.tests.result import OdooTestResult

# Odoo's own sums of what failed: each failing test is counted already.
SUMMING = "odoo.tests.result"
SUMS = ("Module %s: %d failures, %d errors of %d tests", "At least one test failed when loading the modules.")
# What a browser says after its test has ended well: pages that were still loading.
AFTERWARDS = ("Error received after termination", "Exception received after termination")


class Collector(logging.Handler):
    """Collects outcomes of tests and the errors of the log."""

    def __init__(self, path):
        super().__init__(logging.ERROR)
        self.path = pathlib.Path(path)
        self.reporting = False
        self.outcome = {"started": [], "skipped": {}, "failed": {}, "errors": [], "finished": False}

    def emit(self, record):
        if self.reporting or record.name == SUMMING or record.msg in SUMS:
            return
        text = record.getMessage()
        if text.startswith(AFTERWARDS):
            return
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        self.outcome["errors"].append(f"{record.name}: {text}")

    def write(self):
        self.path.write_text(json.dumps(self.outcome), encoding="utf-8")

    def watch(self):
        """Hooks into Odoo's result class, which counts but keeps no names."""
        collector = self

        def name_of(test):
            # A subtest counts for its test; what stands for a failed setUpClass has an id too.
            return getattr(test, "test_case", test).id()

        def wrap(method, keep):
            original = getattr(OdooTestResult, method)

            def wrapper(result, test, *args):
                collector.reporting = True
                try:
                    original(result, test, *args)
                finally:
                    collector.reporting = False
                # A soft failure is tried again by Odoo and counted then.
                if not result._soft_fail:
                    keep(result, test, *args)

            setattr(OdooTestResult, method, wrapper)

        def failed(result, test, error):
            # The class's own formatting cuts the frames of Odoo's test machinery.
            text = "".join(result._exc_info_to_string(error, test))
            collector.outcome["failed"].setdefault(name_of(test), []).append(text)

        wrap("addFailure", failed)
        wrap("addError", failed)
        wrap("addSkip", lambda result, test, reason: collector.outcome["skipped"].update({name_of(test): reason}))
        wrap("startTest", lambda result, test: collector.outcome["started"].append(name_of(test)))


def main():
    collector = Collector(sys.argv[1])
    collector.watch()
    logging.getLogger().addHandler(collector)
    status = 1
    try:
        server.main(sys.argv[2:])
    except SystemExit as stop:
        status = stop.code
    collector.outcome["finished"] = True
    collector.write()
    sys.exit(status)


if __name__ == "__main__":
    main()
