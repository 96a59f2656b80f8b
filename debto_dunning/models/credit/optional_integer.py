from odoo import fields


class OptionalInteger(fields.Integer):
    """A whole number that may be unknown: NULL in the database and an empty cell on the screen, which 0 is not."""

    falsy_value = None

    def convert_to_column(self, value, record, values=None, validate=True):
        return None if value is None or value is False else int(value)

    def convert_to_cache(self, value, record, validate=True):
        return None if value is None or value is False else super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value
