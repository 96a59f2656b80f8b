"""Credit information over several processes: the budget holds, and a watch that is killed goes on."""

import importlib.util
import time

import pytest

import nights
from conftest import ROOT

#: The stand-in of a service runs on this machine.
ALLOW = """
import odoo.tools
odoo.tools.config["dunning_allowed_hosts"] = "127.0.0.1"
"""
PROVIDER = f"""{ALLOW}
provider = env["dunning.credit.provider"].create({{
    "name": "Service", "code": "creditsafe", "username": "tester@example.com", "password": "very-s3cret",
    "base_url": %r, "daily_budget": 50}})
"""
CUSTOMERS = """
segment = env["dunning.segment"].create({"name": "Watched by a service", "monitoring_days": 30})
for number in range(%d):
    customer = env["res.partner"].create({
        "name": f"Customer {number}", "is_company": True, "country_id": env.ref("base.be").id,
        "company_registry": f"{1000000000 + number}"})
    debtor = env["dunning.debtor"]._for_partners(customer, env.ref("base.main_company"))
    debtor.write({"segment_id": segment.id})
    if "segment_is_chosen" in debtor._fields:
        debtor.segment_is_chosen = True
env.cr.commit()
answer(provider.id)
"""
CRON = f"{ALLOW}\nenv['dunning.credit.provider']._cron_credit()\nenv.cr.commit()\nanswer(True)"
#: The same, while something goes wrong each time a report is stored: another process was faster.
CRON_THAT_FAILS = f"""{ALLOW}
import psycopg2

def fail(self):
    raise psycopg2.errors.SerializationFailure("too late")

type(env["dunning.credit.report"])._link_previous = fail
try:
    env["dunning.credit.provider"]._cron_credit()
except psycopg2.errors.SerializationFailure:
    env.cr.rollback()
    answer("failed")
"""


@pytest.fixture
def service():
    """The stand-in of the service that the addon's own tests use."""
    spec = importlib.util.spec_from_file_location(
        "credit_server", ROOT / "debto_dunning" / "tests" / "credit" / "credit_server.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.CreditServer() as server:
        yield server


def test_budget_holds_over_processes(fresh_db, odoo_start, odoo_shell):
    """Four processes want 30 calls each of a budget of 50; that their transactions are rolled back gives none back."""
    provider = odoo_shell(fresh_db, PROVIDER % "http://127.0.0.1:9" + "env.cr.commit()\nanswer(provider.id)")
    processes = [odoo_start(fresh_db, f"""
import datetime
provider = env["dunning.credit.provider"].browse({provider})
got = [env["dunning.credit.usage"]._take(provider, datetime.date(2026, 3, 11), 50) for _call in range(30)]
env.cr.rollback()
answer(sum(got))
""") for _number in range(4)]
    for process in processes:
        assert process.wait(120) == 0, process.log.read_text(errors="replace")[-6000:]
    taken = [process.answer() for process in processes]
    assert sum(taken) == 50
    assert nights.rows(fresh_db, "SELECT calls FROM dunning_credit_usage") == [(50,)]


def test_watch_that_is_killed_goes_on(fresh_db, odoo_start, odoo_shell, service):
    """What was paid for before the kill is kept; at most the one call under way is made again."""
    count = 8
    for number in range(count):
        service.add_company(f"BE-{number}", f"Customer {number}", registration=f"{1000000000 + number}")
    odoo_shell(fresh_db, PROVIDER % service.url + CUSTOMERS % count)
    service.delay = 0.2
    process = odoo_start(fresh_db, CRON)
    until = time.monotonic() + 60
    while time.monotonic() < until and service.count("v1/companies/") < 4:
        time.sleep(0.02)
    process.kill()
    process.wait()
    (kept,), = nights.rows(fresh_db, "SELECT count(*) FROM dunning_credit_report")
    assert 2 <= kept < count
    service.delay = 0
    odoo_shell(fresh_db, CRON)
    assert nights.rows(
        fresh_db, "SELECT count(*), count(DISTINCT debtor_id), min(score), max(score) FROM dunning_credit_report",
    ) == [(count, count, 30, 30)]
    assert service.count("v1/companies/") <= count + 1
    (calls,), = nights.rows(fresh_db, "SELECT calls FROM dunning_credit_usage")
    assert calls == service.count("v1/companies/")


def test_paid_answer_outlives_the_transaction_that_fails(fresh_db, odoo_shell, service):
    """What was paid for is there when its report could not be stored, and is not asked for again."""
    service.add_company("BE-0", "Customer 0", registration="1000000000")
    odoo_shell(fresh_db, PROVIDER % service.url + CUSTOMERS % 1)
    for _night in range(3):
        assert odoo_shell(fresh_db, CRON_THAT_FAILS) == "failed"
    assert nights.rows(fresh_db, "SELECT count(*) FROM dunning_credit_report") == [(0,)]
    odoo_shell(fresh_db, CRON)
    assert nights.rows(fresh_db, "SELECT score FROM dunning_credit_report") == [(30,)]
    assert service.count("v1/companies/") == 1
    assert nights.rows(fresh_db, "SELECT calls FROM dunning_credit_usage") == [(1,)]


def test_unusable_answer_is_paid_for_once(fresh_db, odoo_shell, service):
    """The watch goes on to the next customer, and the next night asks for the first one no more."""
    for number in range(3):
        service.add_company(f"BE-{number}", f"Customer {number}", registration=f"{1000000000 + number}")
    service.raw_reports = {"BE-0": b"[" * 200_000}
    odoo_shell(fresh_db, PROVIDER % service.url + CUSTOMERS % 3)
    for _night in range(3):
        odoo_shell(fresh_db, CRON)
    assert service.count("v1/companies/") == 3
    assert nights.rows(fresh_db, "SELECT count(*) FROM dunning_credit_report") == [(2,)]
    assert nights.rows(fresh_db, "SELECT is_unusable FROM dunning_credit_answer ORDER BY is_unusable") == [
        (True,), (None,), (None,)]
    assert nights.rows(fresh_db, "SELECT count(*) FROM mail_activity WHERE res_model = 'dunning.credit.provider'") == [
        (1,)]
