"""Runs Python code from the standard input in a process of its own with Odoo's environment of a database.

    python devtools/in_odoo.py DB <code.py

The code finds `env` (the superuser's; it commits for itself with ``env.cr.commit()``) and `answer(value)`, which
writes a value as JSON to the file that the variable ANSWER names. An exception ends the process with status 1 and its
traceback on the standard error.
"""

import json
import os
import pathlib
import sys

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config


def answer(value):
    """Hands a value (of JSON's kinds, dates as text) to the caller."""
    path = pathlib.Path(os.environ["ANSWER"])
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(value, default=str), encoding="utf-8")
    # Whoever kills this process finds a whole answer or none.
    partial.rename(path)


def main():
    name = sys.argv[1]
    code = compile(sys.stdin.read(), "<code>", "exec")
    config.parse_config(["-d", name, "--no-http", "--max-cron-threads=0", *sys.argv[2:]], setup_logging=True)
    with Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})
        exec(code, {"env": env, "answer": answer, "odoo": odoo, "__name__": "__main__"})


if __name__ == "__main__":
    main()
