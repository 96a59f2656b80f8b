from odoo import models

from odoo.addons.debto_dunning.tools.decision import Reason


class DunningRun(models.Model):
    """An invoice that Peppol did not deliver, or that the customer rejected, gets no reminder."""

    _inherit = "dunning.run"

    def _reasons(self):
        # EXTENDS debto_dunning
        return {
            **super()._reasons(),
            "peppol_failed": Reason(
                self.env._("the invoice has not reached the customer by Peppol"), 36, drops=True, is_open_ended=True),
            "peppol_under_way": Reason(
                self.env._("the invoice is still under way by Peppol"), 44, drops=True, is_open_ended=True),
            "peppol_rejected": Reason(
                self.env._("the customer rejected the invoice by Peppol"), 86, drops=True, is_open_ended=True,
                sendable="warned"),
        }

    def _exclusions(self):
        # EXTENDS debto_dunning
        failed, under_way = self.env["account.move"]._dunning_peppol_conditions()
        return [*super()._exclusions(), ("peppol_failed", failed), ("peppol_under_way", under_way)]

    def _phase_refresh(self):
        # EXTENDS debto_dunning
        res = super()._phase_refresh()
        self.env["account.move"]._dunning_hold_rejected(self.company_id._dunning_companies())
        return res

    def _schedule_warnings(self, left, broken=()):
        # EXTENDS debto_dunning
        res = super()._schedule_warnings(left, broken)
        failed = self.env["account.move.line"].browse(left.get("peppol_failed", ())).move_id
        failed._dunning_tell_maker(
            "debto_dunning_peppol.activity_type_failed",
            self.env._("Peppol has not delivered this invoice: no reminder goes out. Send it again, or note that it "
                       "reached the customer another way."))
        self._close_settled_activities(failed)
        return res

    def _close_settled_activities(self, failed):
        """Delete the activities on invoices of the company that reached their customers meanwhile.

        :param failed: ``account.move`` recordset that have not
        """
        activity_type = self.env.ref("debto_dunning_peppol.activity_type_failed", raise_if_not_found=False)
        open_ones = activity_type and self.env["mail.activity"].search([
            ("activity_type_id", "=", activity_type.id), ("res_model", "=", "account.move")])
        if open_ones:
            moves = self.env["account.move"].browse(open_ones.mapped("res_id")).exists().filtered(
                lambda move: move.company_id.root_id == self.company_id)
            settled = moves - failed
            open_ones.filtered(lambda activity: activity.res_id in settled.ids).unlink()
