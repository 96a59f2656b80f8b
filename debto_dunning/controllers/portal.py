from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.communication.dunning_communication_portal import PAGE_ROWS

#: Digits of the number of a page.
LONGEST_PAGE = 6
#: The largest id that a table holds.
LARGEST_ID = 2**31 - 1


class DunningPortal(CustomerPortal):
    @http.route("/my/payment-conditions", type="http", auth="user", website=True)
    def portal_my_payment_conditions(self, **kwargs):
        """The written payment conditions of the customer, of each company that has some for it."""
        conditions = request.env.user.partner_id._dunning_conditions()
        return request.render("debto_dunning.portal_conditions_page", {"conditions": conditions})

    @http.route(
        ["/my/reminders/<int:communication_id>", "/my/reminders/<int:communication_id>/page/<page>"],
        type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def portal_my_reminder(self, communication_id, access_token=None, page=1, **kwargs):
        """What a reminder asks for, as it stands now: what is paid since shows as paid. It changes nothing."""
        communication, token = self._dunning_reminder(communication_id, access_token)
        if not communication:
            return request.redirect("/my")
        page = self._dunning_page(page)
        values = communication._portal_values(page)
        self._dunning_add_invoice_links(values["rows"], token)
        values.update(
            access_token=token,
            pager=pager(
                url=f"/my/reminders/{communication.id}", total=values["row_count"], page=page, step=PAGE_ROWS,
                url_args={"access_token": token} if token else {}),
        )
        # the page speaks the customer's language, as the reminder does, whatever the browser's
        request.update_context(lang=values["lang"])
        return request.render("debto_dunning.portal_reminder_page", values)

    @http.route(
        ["/my/reminders/<int:communication_id>/code", "/my/reminders/<int:communication_id>/code/<int:line_id>"],
        type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def portal_my_reminder_code(self, communication_id, line_id=None, access_token=None, **kwargs):
        """The payment code of one line of a reminder, or of all of them together, as a picture."""
        communication, _token = self._dunning_reminder(communication_id, access_token)
        lines = communication._portal_lines() if communication else None
        if lines and line_id:
            lines = lines.filtered(lambda line: line.id == line_id)
        code = communication._portal_code(lines) if lines else None
        if not code:
            raise NotFound
        # what is due may have changed when it is looked at again
        return request.make_response(code, [("Content-Type", "image/png"), ("Cache-Control", "no-store")])

    @http.route(
        "/my/reminders/<int:communication_id>/invoice/<int:line_id>",
        type="http", auth="public", website=True, sitemap=False, methods=["POST"])
    def portal_my_reminder_invoice(self, communication_id, line_id, access_token=None, **kwargs):
        """Go to the page of an invoice, and make its key where it has none yet."""
        communication, token = self._dunning_reminder(communication_id, access_token)
        if not communication or not token:
            return request.redirect("/my")
        line = communication._portal_lines().filtered(lambda line: line.id == line_id)
        if not line._names_invoice_of_customer():
            raise NotFound
        # the key is no change by a user
        return request.redirect(line.move_id.with_context(skip_is_manually_modified=True).get_portal_url())

    def _dunning_page(self, text):
        """The number of a page, from 1; in an address it may be anything, also thousands of digits."""
        text = str(text)
        return max(1, int(text)) if text.isdecimal() and len(text) <= LONGEST_PAGE else 1

    def _dunning_reminder(self, communication_id, access_token):
        """The reminder, as superuser, and the customer's key that the visitor has.

        :return: pair; no reminder where the visitor has no access or where it has not left or was taken back, and no
            key where the visitor's own rights count
        """
        if access_token and not access_token.isascii():
            access_token = None  # no key of ours, and not to be compared with one
        if communication_id > LARGEST_ID:
            return None, None
        try:
            communication = self._document_check_access("dunning.communication", communication_id, access_token)
        except (AccessError, MissingError):
            return None, None
        if not communication.is_reminder or communication.state not in ("sent", "queued"):
            return None, None
        own = communication.access_token
        return communication, access_token if access_token and own and consteq(own, access_token) else None

    def _dunning_add_invoice_links(self, rows, token):
        """Add to each row ``url``, the page of its invoice (may be empty), and ``asks_url``: whether its key has to be
        made first, which is done on request only.
        """
        moves = request.env["account.move"].union(*(
            row["line"].move_id for row in rows if row["line"]._names_invoice_of_customer()))
        readable = moves if token else moves.with_user(request.env.user)._filtered_access("read").sudo()
        for row in rows:
            move = row["line"].move_id
            row.update(url=False, asks_url=False)
            if move not in readable:
                continue
            if not token:
                row["url"] = move.access_url
            elif move.access_token:
                row["url"] = move.get_portal_url()
            else:
                row["asks_url"] = True
