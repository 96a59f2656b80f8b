from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class DunningPortal(CustomerPortal):
    @http.route("/my/payment-conditions", type="http", auth="user", website=True)
    def portal_my_payment_conditions(self, **kwargs):
        """The written payment conditions of the customer, of each company that has some for it."""
        conditions = request.env.user.partner_id._dunning_conditions()
        return request.render("debto_dunning.portal_conditions_page", {"conditions": conditions})

    @http.route("/my/reminders/<int:communication_id>", type="http", auth="public", website=True, sitemap=False)
    def portal_my_reminder(self, communication_id, access_token=None, **kwargs):
        """What a reminder asks for, as it stands now: what is paid since shows as paid."""
        try:
            communication = self._document_check_access("dunning.communication", communication_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if not communication.is_reminder or communication.state not in ("sent", "queued"):
            return request.redirect("/my")
        values = communication._portal_values()
        # the page speaks the customer's language, as the reminder does, whatever the browser's
        request.update_context(lang=values["lang"])
        return request.render("debto_dunning.portal_reminder_page", values)
