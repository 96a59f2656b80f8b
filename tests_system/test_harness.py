"""The harness itself: a copy is a database of its own, and a killed process leaves nothing committed behind."""

import time

import databases


def test_copy_is_independent(base_db, fresh_db, odoo_shell):
    name = odoo_shell(fresh_db, "env.company.name = 'Changed'; env.cr.commit(); answer(env.company.name)")
    assert name == "Changed"
    rows = {db: databases.execute("SELECT name FROM res_company WHERE id = 1", name=db) for db in (base_db, fresh_db)}
    assert rows[fresh_db] == [("Changed",)]
    assert rows[base_db] != [("Changed",)]


def test_killed_process_commits_nothing(fresh_db, odoo_start):
    process = odoo_start(fresh_db, """
import time
env.company.name = "Half done"
env.flush_all()
answer("written")
time.sleep(600)
""")
    until = time.monotonic() + 60
    while process.answer() is None:
        assert process.poll() is None and time.monotonic() < until, process.log.read_text()
        time.sleep(0.1)
    process.kill()
    process.wait()
    assert databases.execute("SELECT name FROM res_company WHERE id = 1", name=fresh_db) != [("Half done",)]
