"""Databases of development: made, copied with their filestore, dropped.

The connection is the one of the environment (PGHOST and friends), which ``./dev`` sets; nothing here imports Odoo.
"""

import configparser
import contextlib
import os
import pathlib
import shutil
import time

import psycopg2
from psycopg2 import errors, sql


def connect(name="postgres"):
    """An autocommitting connection to a database; `psycopg2.OperationalError` where the server does not answer."""
    connection = psycopg2.connect(dbname=name)
    connection.autocommit = True
    return contextlib.closing(connection)


def execute(statement, *parameters, name="postgres"):
    """Runs one statement and returns its rows (an empty list where there are none)."""
    with connect(name) as connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []


def names(pattern="%"):
    """The names of the databases that match a LIKE pattern, sorted."""
    return [row[0] for row in execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY 1", pattern)]


def by_age(pattern):
    """Like `names`, the newest first."""
    rows = execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", pattern)
    return [row[0] for row in rows]


def exists(name):
    return bool(execute("SELECT 1 FROM pg_database WHERE datname = %s", name))


def filestore(name):
    """The folder in which Odoo keeps the attachments of a database."""
    config = configparser.ConfigParser(interpolation=None)
    config.read(os.environ["ODOO_RC"])
    return pathlib.Path(config["options"]["data_dir"]) / "filestore" / name


def drop(name):
    """Drops a database and its filestore, ending the sessions that still use it; nothing where there is none."""
    execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
    execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
    shutil.rmtree(filestore(name), ignore_errors=True)


def rename(old, new):
    execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))
    if filestore(old).exists():
        filestore(old).rename(filestore(new))


def copy(source, target, patience=60):
    """Copies a database with its filestore. Waits up to `patience` seconds for sessions on the source to end."""
    until = time.monotonic() + patience
    while True:
        try:
            execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(target), sql.Identifier(source))
            )
            break
        except errors.ObjectInUse:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
    # Two servers on one database's identity would fight over it: a copy is a database of its own.
    execute(
        "UPDATE ir_config_parameter SET value = gen_random_uuid()::text WHERE key = 'database.uuid'", name=target
    )
    if filestore(source).exists():
        # Odoo never writes into a stored file, it adds and removes files: links will do.
        shutil.copytree(filestore(source), filestore(target), copy_function=_link, dirs_exist_ok=True)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
