from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS base: where the partner that stays has a debtor, Odoo would delete the debtor of the one that goes,
        # and its log with it, for the unique constraint. Everything moves first.
        # sudo: merging is an administrator's act over every company
        self.env["dunning.debtor"].sudo()._merge_from_partners(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
