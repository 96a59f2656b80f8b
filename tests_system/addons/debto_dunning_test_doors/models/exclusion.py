from odoo import models
from odoo.tools import SQL

from odoo.addons.debto_dunning.tools.decision import Reason


class DunningRun(models.Model):
    """Invoices whose reference says «sample» are never dunned."""

    _inherit = "dunning.run"

    def _reasons(self):
        return {**super()._reasons(), "sample": Reason("a sample", 45, drops=True, is_open_ended=True)}

    def _exclusions(self):
        return [*super()._exclusions(), ("sample", SQL("move.ref = 'sample'"))]
