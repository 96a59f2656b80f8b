"""Fill a new database with a Belgian company and its ledger: `./dev python devtools/demo.py DB`.

Wants a database in which the addon, ``account`` and ``l10n_be`` are installed and nothing was booked.
"""
import argparse
import datetime as dt
import sys

import odoo.init  # noqa: F401  Odoo's own preparations, before anything else of it is imported

import demo_ledger

MARK = "debto_dunning.demo_built"


def open_environment(database):
    """An environment of the superuser on `database`, with Odoo configured by ``ODOO_RC``."""
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.tools import config

    config.parse_config(["-d", database, "--log-level=warn", "--no-http"], setup_logging=True)
    from odoo.modules.registry import Registry

    cr = Registry(database).cursor()
    return Environment(cr, SUPERUSER_ID, {"lang": "en_US"})


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.date.today(), help="YYYY-MM-DD")
    parser.add_argument("--invoices", type=int, default=demo_ledger.INVOICES)
    parser.add_argument("--seed", type=int, default=demo_ledger.SEED)
    options = parser.parse_args(arguments)
    env = open_environment(options.database)
    with env.cr:
        if env["ir.config_parameter"].get_param(MARK):
            print(f"the ledger of {options.database} is there already")
            return
        made = demo_ledger.build(env, options.today, seed=options.seed, invoices=options.invoices,
                                 say=lambda text: print(text, flush=True))
        env["ir.config_parameter"].set_param(MARK, options.today.isoformat())
    for name, count in made.items():
        print(f"{count:6d} {name}")


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(f"demo: {error}")
