from odoo import api, fields, models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS account: Odoo keeps no trace of the import of a file, which tells how far the bank is booked
        lines = super().create(vals_list)
        if "import_file" in self.env.context:
            today = fields.Date.context_today(self)
            for journal, imported in lines.grouped("journal_id").items():
                newest = max((line.date for line in imported if line.date <= today), default=None)
                if newest and journal.type == "bank":
                    self.env["dunning.bank.reach"]._log(journal, newest, "import")
        return lines
