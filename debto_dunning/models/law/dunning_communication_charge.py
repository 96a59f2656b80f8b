from odoo import models
from odoo.tools import SQL


class DunningCommunication(models.Model):
    """Charges of paid invoices in messages: brought up to date before delivery, and kept after it."""

    _inherit = "dunning.communication"

    def _drop_settled_charges(self, company):
        """Leave out charges of paid invoices that are paid, waived or held since; bring the others up to date."""
        charges = self.line_ids.charge_id
        if not charges:
            return
        asked = self.env["dunning.charge"]._pursuable(company, SQL("charge.id = ANY(%s)", charges.ids), self.ids)
        for line in self.line_ids.filtered("charge_id"):
            if line.charge_id in asked:
                line.write(line.charge_id._line_amounts())
            else:
                line.unlink()

    def _record_charges(self):
        """Record on the charges what these messages, which have left, asked for."""
        for charge in self.line_ids.charge_id.filtered(lambda charge: not charge.pursued_on):
            # who sends may lack the right to write charges; only this mark of the message is written
            charge.sudo().pursued_on = charge.company_id._dunning_today()
        self.env["dunning.charge"]._update_from_log(
            self.line_ids.filtered(lambda line: line.level_id and (line.law_id or line.charge_note)).move_line_id)
