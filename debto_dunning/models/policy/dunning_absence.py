from odoo import fields, models


class DunningAbsence(models.Model):
    """The absence of a person in charge, whose substitute gets the calls and warnings."""

    _name = "dunning.absence"
    _description = "Absence of a Person in Charge"
    _order = "date_from desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", "Absent", required=True, domain="[('share', '=', False)]", index=True)
    substitute_id = fields.Many2one("res.users", required=True, domain="[('share', '=', False)]")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)

    _dates_order = models.Constraint("CHECK (date_from <= date_to)", "An absence ends after it starts.")
    _not_oneself = models.Constraint("CHECK (user_id != substitute_id)", "Nobody is their own substitute.")

    def _substitute(self, user, date):
        """The user who acts for ``user`` on ``date``; follows substitutes of substitutes, each user once."""
        seen = user
        # sudo: users may lack access to absences. Only the substitute's user is returned.
        absences = self.sudo().search([("date_from", "<=", date), ("date_to", ">=", date)])
        by_user = {absence.user_id: absence.substitute_id for absence in absences}
        while (substitute := by_user.get(user)) and substitute not in seen:
            user, seen = substitute, seen | substitute
        return user
