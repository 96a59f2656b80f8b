from odoo import fields, models
from odoo.exceptions import AccessError


class DunningAbsence(models.Model):
    """The absence of a person in charge, whose substitute gets the calls and warnings."""

    _name = "dunning.absence"
    _inherit = ["dunning.shared.record"]
    _description = "Absence of a Person in Charge"
    _order = "date_from desc"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", "Absent", required=True, domain="[('share', '=', False)]", index=True)
    substitute_id = fields.Many2one("res.users", required=True, domain="[('share', '=', False)]")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)

    _dates_order = models.Constraint("CHECK (date_from <= date_to)", "An absence ends after it starts.")
    _not_oneself = models.Constraint("CHECK (user_id != substitute_id)", "Nobody is their own substitute.")

    def _check_shared(self):
        """An absence counts in the companies of the person: who is away enters it, or a manager there.

        :raises AccessError: a caller who is no manager touches the absence of somebody else, or anybody names a
            person of other companies
        """
        if self.env.su:
            return
        # sudo: companies of colleagues are compared, nothing is shown
        for absence in self.sudo():
            strangers = (absence.user_id | absence.substitute_id).filtered(
                lambda user: not user.company_ids & self.env.companies)
            if strangers or absence.user_id != self.env.user and not self.env.user.has_group(
                    "debto_dunning.group_dunning_manager"):
                raise AccessError(self.env._(
                    "An absence is entered by the person who is away, or by a manager of the same company."))

    def _substitute(self, user, date, company):
        """The user who acts for ``user`` on ``date`` at ``company``; follows substitutes of substitutes, each once.

        Who does not work at the company is no substitute there.
        """
        seen = user
        # sudo: users may lack access to absences. Only the substitute's user is returned.
        absences = self.sudo().search([("date_from", "<=", date), ("date_to", ">=", date)])
        by_user = {absence.user_id: absence.substitute_id for absence in absences}
        # sudo: the companies of the substitute are looked at, nothing is shown
        while (substitute := by_user.get(user)) and substitute not in seen and company in (
                substitute.sudo().company_ids):
            user, seen = substitute, seen | substitute
        return user
