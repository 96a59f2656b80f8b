"""Fill a new database with a Belgian company and its ledger, and let it have its night.

    SMTP_PORT=1025 ./dev python devtools/demo.py DB

Wants a database in which the addon, ``account`` and ``l10n_be`` are installed and nothing was booked. Mails go to
127.0.0.1, port SMTP_PORT; DEMO_PORT and MAIL_PORT are where Odoo and the mails are looked at in the browser. Called
again, it goes on where it was stopped.
"""
import argparse
import datetime as dt
import sys

import odoo.init  # noqa: F401  Odoo's own preparations, before anything else of it is imported

import demo_ledger
import demo_night
from demo_invoices import workday

MARK = "debto_dunning.demo_built"
# it warns of TLS functions that it never needs here, in twenty lines
QUIET_PRINTER = "--log-handler=odoo.addons.base.models.ir_actions_report:ERROR"


def open_environment(database):
    """An environment of the superuser on `database`, with Odoo configured by ``ODOO_RC``."""
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.tools import config

    config.parse_config(
        ["-d", database, "--log-level=warn", "--no-http", QUIET_PRINTER], setup_logging=True)
    from odoo.modules.registry import Registry

    cr = Registry(database).cursor()
    return Environment(cr, SUPERUSER_ID, {"lang": "en_US"})


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--today", type=dt.date.fromisoformat, help="YYYY-MM-DD; default: today, at weekends Friday")
    parser.add_argument("--invoices", type=int, default=demo_ledger.INVOICES)
    parser.add_argument("--seed", type=int, default=demo_ledger.SEED)
    parser.add_argument("--ledger-only", action="store_true", help="without the nights")
    options = parser.parse_args(arguments)
    env = open_environment(options.database)
    with env.cr:
        built = env["ir.config_parameter"].get_param(MARK)
        # nothing goes out at weekends
        today = dt.date.fromisoformat(built) if built else options.today or workday(dt.date.today())
        if built:
            say(f"the ledger up to {today} is there already")
        else:
            made = demo_ledger.build(env, today, seed=options.seed, invoices=options.invoices, say=say)
            env["ir.config_parameter"].set_param(MARK, today.isoformat())
            env.cr.commit()
            for name, count in made.items():
                say(f"{count:6d} {name}")
        if not options.ledger_only:
            say("nights")
            demo_night.tell(env, demo_night.run(env, today, say), say)


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(f"demo: {error}")
