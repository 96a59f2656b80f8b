"""The harness itself: a copy is a database of its own, and a killed process leaves nothing committed behind."""

import ast
import pathlib
import time

import databases

ROOT = pathlib.Path(__file__).resolve().parent.parent


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


def test_no_test_class_is_empty():
    """Odoo runs what a class itself defines; inherited tests only where a base says so, and else silently none."""
    classes, without = {}, []
    for path in ROOT.glob("debto_dunning*/tests/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                classes[node.name] = node

    def says(node):
        """Whether the class, or one that it is derived from, has its inherited tests run."""
        names = [base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases]
        return any(isinstance(part, ast.Assign) and part.targets[0].id == "allow_inherited_tests_method"
                   for part in node.body) or any(says(classes[name]) for name in names if name in classes)

    for name, node in classes.items():
        own = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name.startswith("test_")]
        if name.startswith("Test") and not own and not says(node):
            without.append(name)
    assert len(classes) > 100
    assert without == []
