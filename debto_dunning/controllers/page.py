from odoo import http
from odoo.http import request

from ..models.page.page_visit import PageVisit

#: New links that one visitor may ask for within an hour.
LINKS_PER_HOUR = 5
#: Headers of every page: nothing of it is kept, shown in a frame, found by search engines or told to other sites.
HEADERS = [
    ("Cache-Control", "no-store"), ("Referrer-Policy", "same-origin"), ("X-Robots-Tag", "noindex, nofollow"),
    ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; "
                                "base-uri 'none'; frame-ancestors 'none'"),
]


class CustomerPage(http.Controller):
    """The customer's page: what is open, how to pay, and what the customer tells us. A GET changes nothing."""

    @http.route("/pay/<token>", type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def page(self, token, page=1, **kwargs):
        visit = self._visit(token)
        if not visit:
            return self._no_page()
        return self._render("debto_dunning.page_main", visit, visit.link._page_values(visit, self._page_number(page)))

    @http.route("/pay", type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def ask(self, **kwargs):
        """The page that offers a new link, at the address that is left where a token was cut off."""
        return self._no_page()

    @http.route("/pay/new-link", type="http", auth="public", website=True, sitemap=False, methods=["POST"])
    def send_link(self, reference=None, **kwargs):
        """Mail a new link to the address on file. The answer is the same whether anybody was found or not."""
        allowed = request.env["dunning.page.attempt"]._count(
            "link", request.httprequest.remote_addr, LINKS_PER_HOUR, hours=1)
        if allowed:
            request.env["dunning.link"]._send_new(reference)
        return self._no_page(is_asked=True)

    @http.route(["/pay/<token>/code", "/pay/<token>/code/<key>"], type="http", auth="public", website=True,
                sitemap=False, methods=["GET"])
    def code(self, token, key=None, charges="yes", **kwargs):
        """The payment code of an item, or of all that is due, as a picture."""
        visit = self._visit(token)
        if key and visit and not visit.is_checked:
            visit = None
        code = visit and visit.link._page_code(visit, key, charges != "no")
        if not code:
            return self._no_page()
        # what is due may have changed when it is looked at again
        return request.make_response(code, [("Content-Type", "image/png"), *HEADERS])

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _visit(self, token):
        """The :class:`PageVisit` of a token; None where it lets nobody in, for whatever reason."""
        link = request.env["dunning.link"]._find_valid(token)
        if not link:
            return None
        checked = request.session.get("dunning_checked", {}).get(str(link.id))
        is_natural = link.debtor_id.is_natural_person
        return PageVisit(
            link.with_context(lang=link._language()), f"/pay/{str(token).lower().replace('-', '')}",
            is_checked=bool(checked) or not is_natural,
            sees_all=not link.communication_id or checked == "all")

    def _page_number(self, text):
        """The number of a page, from 1; in an address it may be anything, also thousands of digits."""
        text = str(text)
        return max(1, int(text)) if text.isdecimal() and len(text) <= 6 else 1

    def _no_page(self, is_asked=False):
        """The one answer to unknown, expired, revoked and foreign tokens."""
        response = request.render("debto_dunning.page_none", {"is_asked": is_asked, "lang": request.env.lang})
        response.status_code = 404 if not is_asked else 200
        response.headers.extend(HEADERS)
        return response

    def _render(self, template, visit, values, status=200):
        # the page speaks the customer's language, as the message does, whatever the browser's
        request.update_context(lang=visit.link.env.lang)
        response = request.render(template, {"visit": visit, "link": visit.link, "company": visit.link.company_id,
                                             "lang": visit.link.env.lang, **values})
        response.status_code = status
        response.headers.extend(HEADERS)
        return response
