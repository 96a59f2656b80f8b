from odoo import fields, models


class DunningCreditReport(models.Model):
    """A report knows from which state of the customer's Companyweb data it was made."""

    _inherit = "dunning.credit.report"

    companyweb_lastupdate = fields.Datetime("Companyweb Data Of", readonly=True)

    def _prepare_vals(self, provider, debtor, answer):
        # EXTENDS debto_dunning
        return {
            **super()._prepare_vals(provider, debtor, answer),
            "companyweb_lastupdate": answer.get("companyweb_lastupdate"),
        }
