from odoo import fields, models


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
    dunning_sent_only = fields.Boolean(related="company_id.dunning_sent_only", readonly=False)
    dunning_send_unsent = fields.Boolean(related="company_id.dunning_send_unsent", readonly=False)
    dunning_opening_entries = fields.Boolean(related="company_id.dunning_opening_entries", readonly=False)
    dunning_reply_pauses = fields.Boolean(related="company_id.dunning_reply_pauses", readonly=False)
    dunning_refused_days = fields.Integer(related="company_id.dunning_refused_days", readonly=False)
    dunning_direct_debit_days = fields.Integer(related="company_id.dunning_direct_debit_days", readonly=False)
    dunning_qr_limit = fields.Integer(related="company_id.dunning_qr_limit", readonly=False)
    dunning_user_id = fields.Many2one(related="company_id.dunning_user_id", readonly=False)
    dunning_trend_days = fields.Integer(related="company_id.dunning_trend_days", readonly=False)
    dunning_terms = fields.Selection(related="company_id.dunning_terms", readonly=False)
    dunning_print_conditions = fields.Boolean(related="company_id.dunning_print_conditions", readonly=False)

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
