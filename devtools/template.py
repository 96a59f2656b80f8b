"""The prepared database that tests and demo start from: Odoo with what the addons depend on, a Belgian company with
its chart of accounts, and the languages of the product. It holds nothing of the addons themselves, so that a change
of their code keeps it; `with_addons` is the template with them. What only the glue addons depend on stands in a copy
of its own, `ensure_glue`: the main addon is tested without it.

    ./dev python devtools/template.py                  # makes it where it is missing, prints its name
    ./dev python devtools/template.py NAME             # and copies it to a new database NAME
    ./dev python devtools/template.py --addons NAME    # with the addons of this repository installed
"""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import subprocess
import sys

import addons
import databases

PREFIX = "dev_template_"
GLUE_PREFIX = "dev_glue_"
WITH_ADDONS = "dev_addons_"
KEPT = 2
LANGUAGES = ["nl", "nl_BE", "fr", "fr_BE", "de"]  # as Odoo abbreviates them: nl is nl_NL
# Belgium's chart comes with its own addon; the rest is what the addons depend on.
BASE = ["account", "l10n_be"]
COMPANY = """
company = env.ref("base.main_company")
company.write({
    "name": "Belgian Company",
    "country_id": env.ref("base.be").id,
    "currency_id": env.ref("base.EUR").id,
    "street": "Grote Markt 1",
    "zip": "9300",
    "city": "Aalst",
    "email": "info@company.example.com",
})
company.partner_id.tz = "Europe/Brussels"
env["account.chart.template"].try_loading("be_comp", company, install_demo=False)
env.cr.commit()
"""


def modules():
    return sorted({*BASE, *addons.split()[1]})


def key():
    """A hash of all that the template is made of: Odoo, modules, languages, company."""
    base = pathlib.Path(addons.addons_paths()[0])
    stamp = addons.ROOT / ".dev" / "stamps" / "odoo"
    parts = [stamp.read_text(encoding="utf-8"), COMPANY, *LANGUAGES, *modules()]
    parts.append((base.parent / "release.py").read_text(encoding="utf-8"))
    head = subprocess.run(["git", "-C", str(base), "rev-parse", "HEAD:./"], capture_output=True, text=True,
                          check=False)
    if head.returncode == 0:
        parts.append(head.stdout)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]


def odoo(*arguments, log, code=None):
    """Runs Odoo to its end; `SystemExit` with the log's last lines where it fails.

    `log` is the name of a file in .dev/log; `code` is given to the standard input (for `shell`).
    """
    path = addons.ROOT / ".dev" / "log" / log
    with path.open("w", encoding="utf-8") as stream:
        done = subprocess.run([sys.executable, "-m", "odoo", *arguments], input=code, text=True, stdout=stream,
                              stderr=subprocess.STDOUT, check=False, cwd=addons.ROOT)
    text = path.read_text(encoding="utf-8", errors="replace")
    # The shell ends well even where its code raised.
    if done.returncode or (code is not None and "Traceback (most recent call last)" in text):
        raise SystemExit("\n".join(text.splitlines()[-20:]) + f"\nOdoo failed; its log is .dev/log/{log}")


@contextlib.contextmanager
def lock(name):
    """One process at a time; the others wait."""
    with (addons.ROOT / ".dev" / f"{name}.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def ensure():
    """The template's name; built where it is missing (about a minute), and older ones are dropped."""
    name = PREFIX + key()
    with lock("template"):
        if databases.exists(name):
            return name
        print("preparing the template database (once, about a minute)", file=sys.stderr, flush=True)
        for old in databases.names(PREFIX + "%"):
            databases.drop(old)
        building = f"{name}_{os.getpid()}"
        odoo("-d", building, "-i", ",".join(modules()), "--stop-after-init", "--no-http", log="template-install.log")
        odoo("shell", "-d", building, "--no-http", log="template-company.log", code=COMPANY)
        odoo("i18n", "loadlang", "-d", building, "-l", *LANGUAGES, log="template-languages.log")
        databases.rename(building, name)
    return name


def ensure_glue():
    """The name of a copy of the template with what the glue addons depend on as well; built where it is missing."""
    source = ensure()
    wanted = sorted({*addons.split(with_glue=True)[1]} - {*modules()})
    made_of = " ".join([addons.digest("devtools/requirements-oca.txt"), *wanted])
    name = f"{GLUE_PREFIX}{source.removeprefix(PREFIX)}_{hashlib.sha256(made_of.encode()).hexdigest()[:6]}"
    with lock("glue"):
        if wanted and not databases.exists(name):
            for old in databases.names(GLUE_PREFIX + "%"):
                databases.drop(old)
            building = f"{name}_{os.getpid()}"
            databases.copy(source, building)
            odoo("-d", building, "-i", ",".join(wanted), "--stop-after-init", "--no-http", log="template-glue.log")
            databases.rename(building, name)
    return name if wanted else source


def with_addons():
    """The name of a copy of the template with the addons (not the glue) installed as their files are now."""
    source = ensure()
    ours = addons.split()[0]
    name = f"{WITH_ADDONS}{source.removeprefix(PREFIX)}_{addons.digest(*(f'{addon}/**/*' for addon in ours))}"
    with lock("with-addons"):
        if databases.exists(name):
            return name
        # A few stay: others may still be copying the state before.
        for old in databases.by_age(WITH_ADDONS + "%")[KEPT:]:
            databases.drop(old)
        building = f"{name}_{os.getpid()}"
        databases.copy(source, building)
        try:
            odoo("-d", building, "-i", ",".join(ours), "--stop-after-init", "--no-http", log="install-addons.log")
        except SystemExit:
            databases.drop(building)
            raise
        databases.rename(building, name)
    return name


def main():
    arguments = sys.argv[1:]
    make = ensure
    if arguments[:1] == ["--addons"]:
        make = with_addons
        del arguments[0]
    if arguments and databases.exists(arguments[0]):
        raise SystemExit(f"database {arguments[0]} exists already")
    name = make()
    if arguments:
        databases.copy(name, arguments[0])
        name = arguments[0]
    print(name)


if __name__ == "__main__":
    main()
