"""Brings what a new version ships, after any change of version."""

from odoo import SUPERUSER_ID, api

from odoo.addons.debto_dunning.hooks import create_new_records


def migrate(cr, version):
    if version:
        create_new_records(api.Environment(cr, SUPERUSER_ID, {}))
