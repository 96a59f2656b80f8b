from odoo import models


class DunningProgramRecord(models.AbstractModel):
    """Records that the program alone makes and changes: what people do with them are methods, which check who asks."""

    _name = "dunning.program.record"
    _description = "Record of the Program"
    _inherit = ["dunning.caller.check"]

    def _fields_for_create(self):
        # EXTENDS dunning.caller.check
        return set()

    def _fields_for_write(self):
        # EXTENDS dunning.caller.check
        return set()
