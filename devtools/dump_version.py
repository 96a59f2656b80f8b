"""Writes down a database of the addon's present version, for the tests of later migrations.

    ./dev python devtools/dump_version.py > tests_system/versions/VERSION.sql

The file holds the addon's own tables with what it ships, the columns that it adds to other tables, and that it is
installed. It is loaded on top of a database without the addon (see tests_system/test_migration.py), which adds the
rows that a company has made since.
"""

import os
import pathlib
import re
import subprocess
import sys

import addons
import databases
import template

ADDON = "debto_dunning"
#: Columns of a table that only the addon's database has.
ADDED = """
SELECT class.relname, attribute.attname, format_type(attribute.atttypid, attribute.atttypmod)
  FROM pg_attribute attribute
  JOIN pg_class class ON class.oid = attribute.attrelid AND class.relkind = 'r'
 WHERE class.relnamespace = 'public'::regnamespace AND attribute.attnum > 0 AND NOT attribute.attisdropped
   AND class.relname NOT LIKE 'dunning%'
 ORDER BY 1, 2
"""
#: The groups of countries that shipped laws are for, with their countries.
GROUPS = """
WITH ours AS (SELECT res_id FROM ir_model_data WHERE module = 'debto_dunning' AND model = 'res.country.group')
SELECT format('INSERT INTO res_country_group (id, name) VALUES (%s, %L);', id, name)
  FROM res_country_group WHERE id IN (SELECT res_id FROM ours)
 UNION ALL
SELECT format('INSERT INTO res_country_res_country_group_rel (res_country_id, res_country_group_id) VALUES (%s, %s);',
              res_country_id, res_country_group_id)
  FROM res_country_res_country_group_rel WHERE res_country_group_id IN (SELECT res_id FROM ours)
"""


def dump(name, *arguments):
    """The text of pg_dump without what is its own: comments, settings, commands of psql."""
    # the newest one: it reads servers of every older version
    program = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pg_dump"), default="pg_dump")
    text = subprocess.run(
        [str(program), "--no-owner", "--no-privileges", *arguments, name], check=True, capture_output=True,
        text=True).stdout
    return "\n".join(
        line for line in text.splitlines()
        if line and not line.startswith(("--", "SET ", "SELECT pg_catalog.set_config", "\\")))


def main():
    name, bare = template.with_addons(), template.ensure()
    version = databases.execute("SELECT latest_version FROM ir_module_module WHERE name = %s", ADDON, name=name)[0][0]
    before = {row[:2] for row in databases.execute(ADDED, name=bare)}
    tables = {table for table, _column in before}
    added = [(table, column, kind) for table, column, kind in databases.execute(ADDED, name=name)
             if table in tables and (table, column) not in before]
    print(f"-- {ADDON} {version}, by devtools/dump_version.py")
    for table, column, kind in added:
        print(f"ALTER TABLE {table} ADD COLUMN {column} {kind};")
    settings = [column for table, column, _kind in added if table == "res_company"]
    values = databases.execute("SELECT {} FROM res_company ORDER BY id LIMIT 1".format(", ".join(
        f"quote_nullable({column}::text)" for column in settings)), name=name)[0]
    print("UPDATE res_company SET {};".format(", ".join(
        f"{column} = {value}" for column, value in zip(settings, values, strict=True))))
    print(dump(name, "--schema-only", "-t", "dunning_*", "--section=pre-data"))
    print(dump(name, "--data-only", "--inserts", "-t", "dunning_*"))
    # references are left to Odoo, which makes them again at the update
    constraints = dump(name, "--schema-only", "-t", "dunning_*", "--section=post-data")
    print("\n".join(re.findall(r"ALTER TABLE ONLY [^;]+ADD CONSTRAINT [^;]+PRIMARY KEY[^;]+;", constraints)))
    for (row,) in databases.execute(GROUPS, name=name):
        print(row)
    for row in databases.execute("""
            SELECT format('INSERT INTO ir_model_data (module, name, model, res_id, noupdate)'
                          ' VALUES (%%L, %%L, %%L, %%s, %%L);', module, name, model, res_id, noupdate)
              FROM ir_model_data WHERE module = %s AND (model LIKE 'dunning.%%' OR model = 'res.country.group')
             ORDER BY id""", ADDON, name=name):
        print(row[0])
    for (table,) in databases.execute("""
            SELECT table_name FROM information_schema.columns
             WHERE column_name = 'id' AND table_name LIKE 'dunning%' AND table_schema = 'public'""", name=name):
        print(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
              f" COALESCE((SELECT max(id) FROM {table}), 1));")
    print(f"UPDATE ir_module_module SET state = 'installed', latest_version = '{version}' WHERE name = '{ADDON}';")


if __name__ == "__main__":
    if addons.ROOT != pathlib.Path(os.getcwd()):
        sys.exit("run it at the root of the project")
    main()
