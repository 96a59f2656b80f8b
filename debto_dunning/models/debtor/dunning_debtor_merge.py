from odoo import models
from odoo.tools import SQL


class DunningDebtor(models.Model):
    """The merge of debtors, when their partners are merged."""

    _inherit = "dunning.debtor"

    def _merge_from_partners(self, src_partners, dst_partner):
        """Move everything of the debtors of ``src_partners`` to the debtor of ``dst_partner``, company by company.

        Where the partner that stays has no debtor at a company, the debtor itself moves.
        """
        debtors = self.with_context(active_test=False)
        for source in debtors.search([("partner_id", "in", src_partners.ids)]):
            target = debtors.search([
                ("partner_id", "=", dst_partner.id), ("company_id", "=", source.company_id.id)])
            if target:
                source._merge_into(target)
            else:
                source.partner_id = dst_partner

    def _merge_into(self, target):
        """Move everything that points to this debtor to ``target``, and delete this one."""
        self.ensure_one()
        target.write(self._merge_vals(target))
        if self.segment_is_chosen and not target.segment_is_chosen:
            target.write({"segment_id": self.segment_id.id, "segment_reason": self.segment_reason,
                          "segment_until": self.segment_until})
        self._absorb_credit(target)
        self.env.flush_all()
        self._drop_merge_duplicates(target)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._update_foreign_keys_generic(self._name, self, target)
        merge._update_reference_fields_generic(self._name, self, target)
        self.env.invalidate_all()
        self._recompute_merged(target)
        self.unlink()

    def _merge_vals(self, target):
        """Values to write: settings of this debtor that are empty on ``target``."""
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in ("policy_id", "by_hand_only", "reminder_contact_id", "preferred_channel", "user_id",
                         "backlog_date")
            if self[name] and not target[name]}

    def _drop_merge_duplicates(self, target):
        """Delete the rows of this debtor that ``target`` has too.

        A duplicate would break a unique index, and Odoo's merge would then delete all rows of this debtor. Other
        addons whose rows are unique by debtor extend this method.
        """
        self.env.cr.execute(SQL("""
            DELETE FROM dunning_risk_history history
             WHERE history.debtor_id = %(source)s AND EXISTS (
                   SELECT FROM dunning_risk_history own
                    WHERE own.debtor_id = %(target)s AND own.date = history.date)
        """, source=self.id, target=target.id))

    def _recompute_merged(self, target):
        """Recompute the stored fields of records that point to ``target`` and depend on it, such as its partner."""
        for model_name, names in self._debtor_fields().items():
            for name in names:
                # archived records point to a debtor too
                self.env[model_name].with_context(active_test=False).search([(name, "=", target.id)]).modified([name])
        self.env.flush_all()

    def _debtor_fields(self):
        """{model: names of its stored fields that point to one debtor}."""
        found = {}
        for model_name, model in self.env.items():
            if model._auto and not model._abstract and not model._transient:
                names = [name for name, field in model._fields.items()
                         if field.type == "many2one" and field.comodel_name == self._name and field.store]
                if names:
                    found[model_name] = names
        return found
