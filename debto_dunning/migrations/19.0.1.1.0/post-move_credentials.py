"""Credentials stood on the provider, where every administrator could read them; they have a model of their own now."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists

COLUMNS = ("username", "password", "api_key")


def migrate(cr, version):
    if not all(column_exists(cr, "dunning_credit_provider", name) for name in COLUMNS):
        return
    names = SQL(", ").join(map(SQL.identifier, COLUMNS))
    cr.execute(SQL("""
        INSERT INTO dunning_credit_credential (provider_id, %(names)s)
        SELECT id, %(names)s FROM dunning_credit_provider WHERE COALESCE(%(names)s) IS NOT NULL
    """, names=names))
    for name in COLUMNS:
        cr.execute(SQL("ALTER TABLE dunning_credit_provider DROP COLUMN %s", SQL.identifier(name)))
