"""What one debtor with very many open items costs: the mail, the letter, the page, and a whole night.

    ./dev bench limits [--items 4000] [--night 20000] [--keep]

The database is a copy of the one with the addons installed; one customer of it gets so many open invoices, copied in
SQL from one that Odoo posted. Each part runs in a process of its own, so that its memory is its own. Beside what is
seen stands what is aimed at; before the limits, 400 items made a page of 41 seconds and 4,000 items a mail of 3.5 MB.
"""

import argparse
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "devtools"))

import databases  # noqa: E402
import template  # noqa: E402

NAME = "bench_limits"


def run(part, items):
    subprocess.run([sys.executable, str(pathlib.Path(__file__).with_name("limits_parts.py")), NAME, part, str(items)],
                   check=True, cwd=ROOT)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench limits", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=4_000)
    parser.add_argument("--night", type=int, default=20_000, help="items of the last part; 0: leave it out")
    parser.add_argument("--keep", action="store_true", help=f"leave the database {NAME}")
    arguments = parser.parse_args()
    databases.drop(NAME)
    databases.copy(template.with_addons(), NAME)
    try:
        for part in ("make", "mail", "letter", "page"):
            run(part, arguments.items)
        if arguments.night:
            run("make", arguments.night)
            run("night", arguments.night)
    finally:
        if not arguments.keep:
            databases.drop(NAME)


if __name__ == "__main__":
    main()
