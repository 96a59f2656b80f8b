from odoo import models
from odoo.tools import SQL


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS base: where a file of the partner that stays exists, Odoo would delete the file of the one that goes,
        # and its log with it, for the unique constraint. Everything moves first.
        # merging is an administrator's act over every company
        self.env["dunning.debtor"].sudo()._absorb(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)


class DunningDebtor(models.Model):
    _inherit = "dunning.debtor"

    def _absorb(self, src_partners, dst_partner):
        """Move the log and settings of the files of ``src_partners`` to the file of ``dst_partner``, by company."""
        files = self.with_context(active_test=False)
        for source in files.search([("partner_id", "in", src_partners.ids)]):
            target = files.search([
                ("partner_id", "=", dst_partner.id), ("company_id", "=", source.company_id.id)])
            if not target:
                source.partner_id = dst_partner
                continue
            target.write({
                name: source._fields[name].convert_to_write(source[name], source)
                for name in ("policy_id", "hold_until", "hold_reason", "by_hand_only",
                             "reminder_contact_id", "preferred_channel", "user_id", "postponed_until", "backlog_date")
                if source[name] and not target[name]
            })
            if source.segment_is_chosen and not target.segment_is_chosen:
                target.write({"segment_id": source.segment_id.id, "segment_reason": source.segment_reason,
                              "segment_until": source.segment_until})
            source._absorb_credit(target)
            self.env.flush_all()
            for table in ("dunning_communication", "dunning_charge"):
                self.env.cr.execute(SQL(
                    "UPDATE %s SET debtor_id = %s, customer_id = %s WHERE debtor_id = %s",
                    SQL.identifier(table), target.id, dst_partner.id, source.id))
            self.env.cr.execute(SQL("""
                UPDATE dunning_term_change SET debtor_id = %(target)s, partner_id = %(partner)s
                 WHERE debtor_id = %(source)s;
                UPDATE dunning_risk_history history SET debtor_id = %(target)s
                 WHERE debtor_id = %(source)s AND NOT EXISTS (
                       SELECT FROM dunning_risk_history own
                        WHERE own.debtor_id = %(target)s AND own.date = history.date)""",
                target=target.id, partner=dst_partner.id, source=source.id))
            for model in ("mail.message", "mail.activity"):
                self.env[model].sudo().search([  # the merge takes everything along, also what the user may not read
                    ("model" if model == "mail.message" else "res_model", "=", "dunning.debtor"),
                    ("res_id", "=", source.id)]).write({"res_id": target.id})
            self.env.invalidate_all()
            source.unlink()
