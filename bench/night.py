"""What a night costs on a large ledger: seconds, queries and memory of the run, milliseconds of each mail.

    ./dev bench night [--invoices 100000] [--cold] [--keep] [--skip-delivery]

The ledger is made by shared/bench/make_ledger.py beside the checkout, once for each size, on a database without the
addons; each measurement installs them on a copy of it. With --cold they are installed first, as a company does that
starts with them, and nobody gathers statistics by hand. Every overdue item is due for its first step. Beside what is
seen stands what is aimed at, and what OCA's account_credit_control 19.0 took for a ledger of 100,000 invoices, 17,900
of them overdue, on the same machine.
"""

import argparse
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "devtools"))

import databases  # noqa: E402
import template  # noqa: E402

MAKE_LEDGER = ROOT.parent / "shared" / "bench" / "make_ledger.py"
PREFIX = "bench_ledger_"
#: Share of the invoices that nobody pays: with it 100,000 invoices have 17,919 overdue ones, as OCA's addon had.
UNPAID = 0.15


def make_ledger(name, invoices):
    if not MAKE_LEDGER.exists():
        raise SystemExit(f"{MAKE_LEDGER} is not there: it makes the ledger")
    subprocess.run([sys.executable, str(MAKE_LEDGER), "-d", name, "--invoices", str(invoices),
                    "--unpaid", str(UNPAID), "--check", "20"],
                   check=True, cwd=ROOT)


def ledger(invoices):
    """The name of a database with the ledger and without the addons; made where it is missing."""
    name = f"{PREFIX}{template.key()}_{invoices}_{UNPAID:g}"
    if databases.exists(name):
        return name
    building = f"{name}_building"
    databases.drop(building)
    databases.copy(template.ensure(), building)
    print(f"making a ledger of {invoices} invoices (once)", flush=True)
    make_ledger(building, invoices)
    databases.rename(building, name)
    return name


def measured(invoices):
    """A copy of the ledger with the addons installed as their files are now."""
    name = f"bench_night_{invoices}"
    databases.drop(name)
    databases.copy(ledger(invoices), name)
    begun = time.monotonic()
    template.odoo("-d", name, "-i", "debto_dunning", "--stop-after-init", "--no-http", log="bench-install.log")
    print(f"addon installed on it in {time.monotonic() - begun:.0f} s", flush=True)
    databases.execute("ANALYZE", name=name)
    return name


def cold(invoices):
    """A database with the addons, on which the ledger is made afterwards."""
    name = f"bench_night_{invoices}"
    databases.drop(name)
    databases.copy(template.with_addons(), name)
    make_ledger(name, invoices)
    return name


def main():
    parser = argparse.ArgumentParser(prog="./dev bench night", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--invoices", type=int, default=100_000)
    parser.add_argument("--cold", action="store_true", help="install first, then make the ledger; no ANALYZE")
    parser.add_argument("--keep", action="store_true", help="leave the database bench_night_N")
    parser.add_argument("--skip-delivery", action="store_true")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    arguments = parser.parse_args()
    name = (cold if arguments.cold else measured)(arguments.invoices)
    try:
        for part in ["run"] if arguments.skip_delivery else ["run", "deliver"]:
            # each in a process of its own: its memory is its own
            subprocess.run([sys.executable, str(pathlib.Path(__file__).with_name("night_parts.py")), name, part,
                            *(["--profile"] if arguments.profile else [])], check=True, cwd=ROOT)
    finally:
        if not arguments.keep:
            databases.drop(name)


if __name__ == "__main__":
    main()
