from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dunning_active = fields.Boolean(related="company_id.dunning_active")
    dunning_activated_by = fields.Many2one(related="company_id.dunning_activated_by")
    dunning_activated_on = fields.Datetime(related="company_id.dunning_activated_on")
    dunning_warning = fields.Text(related="company_id.dunning_warning")
    dunning_from_date = fields.Date(related="company_id.dunning_from_date", readonly=False)
    dunning_backlog_per_day = fields.Integer(related="company_id.dunning_backlog_per_day", readonly=False)
    dunning_policy_id = fields.Many2one(related="company_id.dunning_policy_id", readonly=False)
    dunning_consumer_policy_id = fields.Many2one(related="company_id.dunning_consumer_policy_id", readonly=False)
    dunning_bank_max_age = fields.Integer(related="company_id.dunning_bank_max_age", readonly=False)
    dunning_bank_word_days = fields.Integer(related="company_id.dunning_bank_word_days", readonly=False)
    dunning_sent_only = fields.Boolean(related="company_id.dunning_sent_only", readonly=False)
    dunning_send_unsent = fields.Boolean(related="company_id.dunning_send_unsent", readonly=False)
    dunning_opening_entries = fields.Boolean(related="company_id.dunning_opening_entries", readonly=False)
    dunning_reply_pauses = fields.Boolean(related="company_id.dunning_reply_pauses", readonly=False)
    dunning_alias_name = fields.Char(related="company_id.dunning_alias_name", readonly=False)
    dunning_refused_days = fields.Integer(related="company_id.dunning_refused_days", readonly=False)
    dunning_promise_grace_days = fields.Integer(related="company_id.dunning_promise_grace_days", readonly=False)
    dunning_promise_ahead_days = fields.Integer(related="company_id.dunning_promise_ahead_days", readonly=False)
    dunning_promise_count = fields.Integer(related="company_id.dunning_promise_count", readonly=False)
    dunning_promise_wait_days = fields.Integer(related="company_id.dunning_promise_wait_days", readonly=False)
    dunning_plan_notice_days = fields.Integer(related="company_id.dunning_plan_notice_days", readonly=False)
    dunning_plan_break_days = fields.Integer(related="company_id.dunning_plan_break_days", readonly=False)
    dunning_plan_answer_days = fields.Integer(related="company_id.dunning_plan_answer_days", readonly=False)
    dunning_protest_days = fields.Integer(related="company_id.dunning_protest_days", readonly=False)
    dunning_link_days = fields.Integer(related="company_id.dunning_link_days", readonly=False)
    dunning_link_paper_days = fields.Integer(related="company_id.dunning_link_paper_days", readonly=False)
    dunning_thanks = fields.Selection(related="company_id.dunning_thanks", readonly=False)
    dunning_direct_debit_days = fields.Integer(related="company_id.dunning_direct_debit_days", readonly=False)
    dunning_row_limit = fields.Integer(related="company_id.dunning_row_limit", readonly=False)
    dunning_qr_limit = fields.Integer(related="company_id.dunning_qr_limit", readonly=False)
    dunning_attach_limit = fields.Integer(related="company_id.dunning_attach_limit", readonly=False)
    dunning_attach_megabytes = fields.Integer(related="company_id.dunning_attach_megabytes", readonly=False)
    dunning_user_id = fields.Many2one(related="company_id.dunning_user_id", readonly=False)
    dunning_trend_days = fields.Integer(related="company_id.dunning_trend_days", readonly=False)
    dunning_terms = fields.Selection(related="company_id.dunning_terms", readonly=False)
    dunning_person_confirms = fields.Boolean(related="company_id.dunning_person_confirms", readonly=False)
    dunning_retention_months = fields.Integer(related="company_id.dunning_retention_months", readonly=False)
    dunning_print_conditions = fields.Boolean(related="company_id.dunning_print_conditions", readonly=False)

    dunning_law_of = fields.Selection(related="company_id.dunning_law_of", readonly=False)
    dunning_is_sme = fields.Boolean(related="company_id.dunning_is_sme", readonly=False)
    dunning_term_agreed = fields.Boolean(related="company_id.dunning_term_agreed", readonly=False)
    dunning_invoice_warns = fields.Boolean(related="company_id.dunning_invoice_warns", readonly=False)
    dunning_regular_deliveries = fields.Boolean(related="company_id.dunning_regular_deliveries", readonly=False)
    dunning_email_notice = fields.Selection(related="company_id.dunning_email_notice", readonly=False)
    dunning_postage = fields.Monetary(related="company_id.dunning_postage", readonly=False)
    dunning_clause = fields.Boolean(related="company_id.dunning_clause", readonly=False)
    dunning_clause_mutual = fields.Boolean(related="company_id.dunning_clause_mutual", readonly=False)
    dunning_clause_date = fields.Date(related="company_id.dunning_clause_date", readonly=False)
    dunning_clause_amounts = fields.Selection(related="company_id.dunning_clause_amounts", readonly=False)
    dunning_clause_percent = fields.Float(related="company_id.dunning_clause_percent", readonly=False)
    dunning_clause_minimum = fields.Monetary(related="company_id.dunning_clause_minimum", readonly=False)
    dunning_clause_maximum = fields.Monetary(related="company_id.dunning_clause_maximum", readonly=False)
    dunning_clause_rate = fields.Float(related="company_id.dunning_clause_rate", readonly=False)
    dunning_clause_reminder = fields.Monetary(related="company_id.dunning_clause_reminder", readonly=False)
    dunning_charge_posting = fields.Selection(related="company_id.dunning_charge_posting", readonly=False)
    dunning_charge_level = fields.Integer(related="company_id.dunning_charge_level", readonly=False)
    dunning_charge_journal_id = fields.Many2one(related="company_id.dunning_charge_journal_id", readonly=False)
    dunning_cost_account_id = fields.Many2one(related="company_id.dunning_cost_account_id", readonly=False)
    dunning_interest_account_id = fields.Many2one(related="company_id.dunning_interest_account_id", readonly=False)
    dunning_paid_late = fields.Selection(related="company_id.dunning_paid_late", readonly=False)
    dunning_law_warning = fields.Text(related="company_id.dunning_law_warning")

    @api.model_create_multi
    def create(self, vals_list):
        # Odoo writes related values one after the other, and a clause without its date is refused
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
            if "dunning_clause" in vals and vals["dunning_clause"] != company.dunning_clause:
                company.write({name: vals[name] for name in ("dunning_clause", "dunning_clause_date") if name in vals})
        return super().create(vals_list)

    def action_dunning_activate(self):
        """The questions before the first night."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Switch On Reminders"),
            "res_model": "dunning.activate",
            "view_mode": "form",
            "target": "new",
        }

    def action_dunning_deactivate(self):
        self.company_id.root_id.dunning_active = False
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_dunning_laws(self):
        return self.env["ir.actions.act_window"]._for_xml_id("debto_dunning.dunning_law_action")

    def action_dunning_interest(self):
        return self.env["ir.actions.act_window"]._for_xml_id("debto_dunning.dunning_interest_kind_action")

    def action_dunning_checkup(self):
        return self.env["dunning.checkup"].action_open()
