from odoo import models
from odoo.tools import SQL


class DunningCommunication(models.Model):
    """Charges of paid invoices in messages: brought up to date before delivery, and kept after it."""

    _inherit = "dunning.communication"

    def _drop_settled_charges(self, company):
        """Leave out charges of paid invoices that are paid, waived or held meanwhile; bring the others up to date."""
        charges = self.line_ids.charge_id
        asked = self.env["dunning.charge"]._pursuable(
            company, SQL("charge.id = ANY(%s)", charges.ids), self.ids) if charges else charges
        for line in self.line_ids.filtered("charge_id"):
            if line.charge_id not in asked:
                line.unlink()
                continue
            vals = line.charge_id._line_vals(line.date)
            line.write({name: vals[name] for name in (
                "amount_cost", "amount_interest", "amount_settled", "calculation")})

    def _keep_charges(self):
        """Keep what was asked in messages that have left."""
        lines = self.line_ids
        for charge in lines.charge_id.filtered(lambda charge: not charge.pursued_on):
            # written with the message alone, whoever sends it
            charge.sudo().pursued_on = charge.company_id._dunning_today()
        self.env["dunning.charge"]._take_over(lines.filtered(lambda line: line.level_id and line.law_id).move_line_id)
