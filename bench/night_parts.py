"""The two parts of ``./dev bench night``, each in a process of its own: ``night_parts.py DB run|deliver``."""

import contextlib
import cProfile
import os
import pathlib
import pstats
import resource
import sys
import time

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config

MAILS = 500
LETTERS = 120
RUN_SECONDS, RUN_QUERIES = 10, 500  # aimed at for 100,000 invoices, the law's arithmetic in it
REFRESH_SECONDS, REFRESH_QUERIES = 5, 60
MAIL_SECONDS, LETTER_SECONDS = 0.025, 0.25
MEMORY = 600  # MB, at a million invoices
OCA = {
    "refresh, decide": (33, 39_700, "computing"),
    "prepare": (36 + 168, 32_000, "approving 36 s, making 7,232 communications 168 s"),
}


@contextlib.contextmanager
def timed(env, found, key):
    """Add to ``found[key]``: seconds by the clock, queries, seconds computed by Python and by PostgreSQL."""
    begun = counters(env)
    yield
    found[key] = tuple(
        so_far + after - before
        for so_far, before, after in zip(found.get(key, (0, 0, 0, 0)), begun, counters(env), strict=True))


def counters(env):
    """On a busy machine the clock says little: what both sides computed is told beside it."""
    try:
        stat = pathlib.Path(f"/proc/{env.cr._cnx.info.backend_pid}/stat").read_text(encoding="utf-8")
        ticks = sum(map(int, stat.rpartition(")")[2].split()[11:13]))
    except OSError:  # PostgreSQL on another machine
        ticks = 0
    return (time.perf_counter(), env.cr.sql_log_count, time.process_time(), ticks / os.sysconf("SC_CLK_TCK"))


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def prepare_company(env):
    """A bank account, a policy that asks costs and interest from the first day overdue, no quiet day; committed."""
    company = env.company
    bank = env["res.partner.bank"].create({
        "acc_number": "BE68539007547034", "partner_id": company.partner_id.id, "allow_out_payment": True})
    env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1).bank_account_id = bank
    policy = env.ref("debto_dunning.policy_businesses")
    policy.write({name: False for name in policy._fields if name.startswith("quiet_")})
    env.ref("debto_dunning.level_businesses_1").write({"days": 1, "costs": "collection", "asks_interest": True})
    company.write({"dunning_active": True, "dunning_bank_max_age": 0, "dunning_from_date": False,
                   "dunning_policy_id": policy.id, "dunning_consumer_policy_id": policy.id})
    env.cr.commit()


def show(found, key):
    seconds, queries, python, postgres = found[key]
    print(f"{key:12} {seconds:7.2f} s {queries:7} queries (Python {python:.2f} s, PostgreSQL {postgres:.2f} s)")


def run(env, profile):
    """Time the phases of one night inside the night itself."""
    prepare_company(env)
    found = {}
    base = memory()
    company, Run, Debtor = env.company, env["dunning.run"], env["dunning.debtor"]
    date = company._dunning_today()
    parts = {(Debtor, "_refresh"): "refresh", (Run, "_group_decisions"): "decide"}
    for (model, method), key in parts.items():
        original = getattr(type(model), method)

        def wrapped(self, *args, original=original, key=key, **kwargs):
            with timed(self.env, found, key):
                return original(self, *args, **kwargs)

        setattr(type(model), method, wrapped)
    profiler = cProfile.Profile()
    with timed(env, found, "whole run"), profiler if profile else contextlib.nullcontext():
        night = Run._run(company, date)
    found["prepare"] = tuple(found["whole run"][i] - found["refresh"][i] - found["decide"][i] for i in range(4))
    made = env["dunning.communication"].search_count([("run_id", "=", night.id)])
    print(f"\n{night.looked_at_count} open items looked at, {night.due_count} steps due, {made} communications")
    for key in ("refresh", "decide", "prepare", "whole run"):
        show(found, key)
    print(f"aimed at     {RUN_SECONDS:7.2f} s {RUN_QUERIES:7} queries for 100,000 invoices, of them the refresh "
          f"{REFRESH_SECONDS} s and {REFRESH_QUERIES}")
    print(f"memory       {memory():7.0f} MB at its highest, {base:.0f} before the run (aimed at: under {MEMORY})")
    with timed(env, found, "again"):
        Run._run(company, date)
    show(found, "again")
    debtor = Debtor.search([("company_id", "=", company.id)], limit=1, offset=500)
    debtor.action_score()
    with timed(env, found, "one debtor"):
        debtor.action_score()
        debtor.read(["risk_score", "risk_explanation"])
    show(found, "one debtor")
    print("OCA account_credit_control, 100,000 invoices of which 17,900 overdue:")
    for seconds, queries, words in OCA.values():
        print(f"             {seconds:7.0f} s {queries:7} queries {words}")
    if profile:
        pstats.Stats(profiler).sort_stats("cumulative").print_stats("debto_dunning", 50)


def deliver(env, profile):
    """Milliseconds a mail of the delivery: with payment codes and no PDF, with its letter, and letters alone."""
    Communication = env["dunning.communication"]
    Communication._deliver(5)  # templates are compiled once a process
    found = {}
    level = env.ref("debto_dunning.level_businesses_1")
    for key, count, aim, values, channel in (
        ("mail with payment codes", MAILS, MAIL_SECONDS, {"attach_letter": False, "attach_invoices": False}, "email"),
        ("mail with PDF letter", LETTERS, LETTER_SECONDS, {"attach_letter": True}, "email"),
        ("letter", LETTERS, LETTER_SECONDS, {"attach_letter": False}, "letter"),
    ):
        level.write(values)
        ids = Communication.search([("state", "=", "queued")], order="id", limit=count).ids
        if not ids:
            continue
        env.cr.execute("UPDATE dunning_communication SET channel = %s WHERE id = ANY(%s)", [channel, ids])
        env.cr.commit()
        env.invalidate_all()
        profiler = cProfile.Profile()
        with timed(env, found, key), profiler if profile else contextlib.nullcontext():
            taken = Communication._deliver(count)
        states = Communication.browse(ids).mapped("state")
        seconds, queries, python, postgres = found[key]
        print(f"{key:24} {1000 * seconds / taken:7.1f} ms each, aimed at {1000 * aim:.0f} ms "
              f"({taken} in {seconds:.1f} s: Python {python:.1f} s, PostgreSQL {postgres:.1f} s; "
              f"{queries / taken:.1f} queries each; {states.count('sent')} sent)", flush=True)
        if profile:
            pstats.Stats(profiler).sort_stats("cumulative").print_stats("debto_dunning", 50)
    print(f"memory {memory():.0f} MB at its highest")
    print("OCA account_credit_control: 1180 ms a mail with its PDF")


def main():
    name, part = sys.argv[1:3]
    config.parse_config(["-d", name, "--no-http", "--max-cron-threads=0", "--log-level=error"], setup_logging=True)
    with Registry(name).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        if part == "run":
            run(env, "--profile" in sys.argv)
        else:
            deliver(env, "--profile" in sys.argv)


if __name__ == "__main__":
    main()
