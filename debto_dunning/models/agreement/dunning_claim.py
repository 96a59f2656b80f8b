from odoo import api, models
from odoo.tools import SQL


class DunningClaim(models.AbstractModel):
    """No interest runs on what is paid by instalments, unless the plan bears interest."""

    _inherit = "dunning.claim"

    @api.model
    def _interest_free_sql(self):
        # EXTENDS debto_dunning: from the day after that up to which the plan holds the interest that was owed
        return SQL("""(
            SELECT json_agg(json_build_array(row.date + 1, plan.ended_on))
              FROM dunning_payment_plan_item row JOIN dunning_payment_plan plan ON plan.id = row.plan_id
             WHERE row.move_line_id = wanted.id AND plan.accepted_date IS NOT NULL
               AND plan.bears_interest IS NOT TRUE AND COALESCE(plan.ended_on > row.date, TRUE))""")
