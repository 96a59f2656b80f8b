import ipaddress
import secrets
import time

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.page.page_visit import PageVisit

#: New links that one visitor may ask for within an hour; statements, and invoices to be printed, within a day.
LINKS_PER_HOUR, STATEMENTS_PER_DAY, PRINTS_PER_DAY = 5, 20, 100
#: Seconds that the answer to the wish for a new link takes, whether anybody was found or not.
SECONDS_FOR_LINK = 0.5
#: Bytes of a form with files, and of any other form.
MOST_UPLOAD, MOST_FORM = 20 * 1024 ** 2, 256 * 1024
#: Seconds that a visitor who was checked need not be checked again.
CHECKED_SECONDS = 2 * 3600
LARGEST_ID = 2 ** 31 - 1
#: Headers of every page: nothing of it is kept, shown in a frame, found by search engines or told to other sites.
HEADERS = [
    ("Cache-Control", "no-store"), ("Referrer-Policy", "same-origin"), ("X-Robots-Tag", "noindex, nofollow"),
    ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
    ("Content-Security-Policy", "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; "
                                "base-uri 'none'; frame-ancestors 'none'"),
]


def page_route(path, methods, **routing):
    """The decorator of a route of the page: below the token of a link, and below My Account."""
    return http.route(
        [f"/pay/<token>{path}", f"/my/dues/<int:debtor_id>{path}"], type="http", auth="public", website=True,
        sitemap=False, methods=methods, **routing)


class CustomerPage(http.Controller):
    """The customer's page: what is open, how to pay, and what the customer tells us. A GET changes nothing."""

    # ------------------------------------------------------------------
    # What is open
    # ------------------------------------------------------------------

    @page_route("", ["GET"])
    def page(self, token=None, debtor_id=None, page=1, **kwargs):
        visit = self._visit(token, debtor_id)
        return self._main(visit, self._page_number(page)) if visit else self._no_page()

    @http.route("/my/dues", type="http", auth="user", website=True, sitemap=False, methods=["GET"])
    def my_dues(self, **kwargs):
        """Of a customer of several companies, the choice; else the page itself."""
        debtors = request.env.user.partner_id._dunning_portal_debtors()
        if len(debtors) == 1:
            return request.redirect(f"/my/dues/{debtors.id}")
        return self._respond(request.render("debto_dunning.page_companies", {
            "debtors": debtors, "company": False, "title": request.env._("What is open"), "lang": request.env.lang}))

    @page_route("/code", ["GET"])
    def total_code(self, token=None, debtor_id=None, charges="yes", **kwargs):
        """The payment code of all that is due, as a picture."""
        visit = self._visit(token, debtor_id)
        return self._picture(visit and visit.link._page_code(visit, with_charges=charges != "no"))

    @page_route("/code/<key>", ["GET"])
    def code(self, key, token=None, debtor_id=None, **kwargs):
        """The payment code of one item, as a picture."""
        visit = self._visit(token, debtor_id)
        return self._picture(visit and visit.is_checked and visit.link._page_code(visit, key))

    @page_route("/invoice/<int:move_id>", ["GET"])
    def invoice(self, move_id, token=None, debtor_id=None, **kwargs):
        """The PDF of an invoice as it was sent."""
        visit = self._visit(token, debtor_id)
        move = visit and visit.link._page_move(visit, move_id)
        return self._download(move.invoice_pdf_report_id) if move and move.invoice_pdf_report_id else self._no_page()

    @page_route("/invoice/<int:move_id>", ["POST"], max_content_length=MOST_FORM)
    def print_invoice(self, move_id, token=None, debtor_id=None, **kwargs):
        """The PDF of an invoice that has none yet: it is printed and kept with the invoice."""
        visit = self._visit(token, debtor_id)
        move = visit and visit.link._page_move(visit, move_id)
        if move and not self._is_allowed("invoice", visit.url, PRINTS_PER_DAY, 24):
            return self._no_page()
        # sudo: the page shows this invoice to whoever has the link; nobody else is handed its file
        pdf = move and request.env["dunning.communication"].sudo()._invoice_pdfs(move).get(move.id)
        return self._download(pdf) if pdf else self._no_page()

    @page_route("/statement", ["POST"], max_content_length=MOST_FORM)
    def statement(self, token=None, debtor_id=None, **kwargs):
        """The statement of what the page shows, as a PDF."""
        visit = self._visit(token, debtor_id)
        if not visit or not self._is_allowed("statement", visit.url, STATEMENTS_PER_DAY, 24):
            return self._no_page()
        pdf = visit.link._page_statement(visit)
        return self._file(pdf, request.env._("statement.pdf")) if pdf else self._no_page()

    # ------------------------------------------------------------------
    # What the customer does
    # ------------------------------------------------------------------

    @page_route("/<act>", ["GET"])
    def form(self, act, token=None, debtor_id=None, items=None, **kwargs):
        """The form of an act."""
        visit = self._visit(token, debtor_id)
        if not visit or act not in visit.link._page_acts():
            return self._no_page()
        if not visit.is_checked:
            return request.redirect(visit.url)
        return self._form(visit, act, {"items": [items] if items else []})

    @page_route("/<act>", ["POST"], max_content_length=MOST_UPLOAD)
    def do(self, act, token=None, debtor_id=None, **kwargs):
        """Do what a form asks, and go on to what was received."""
        visit = self._visit(token, debtor_id)
        if not visit or not visit.is_checked or act not in visit.link._page_acts():
            return self._no_page()
        visit = visit._replace(link=visit.link._stored())
        given = {name: value.replace("\x00", "") for name, value in kwargs.items() if isinstance(value, str)}
        given["items"] = request.httprequest.form.getlist("items")
        try:
            with request.env.cr.savepoint():
                done = visit.link._do_act(visit, act, {**given, "files": request.httprequest.files.getlist("files")})
        except UserError as error:
            return self._form(visit, act, given, str(error))
        return request.redirect(f"{visit.url}/done/{done.id}", code=303)

    @page_route("/done/<int:done_id>", ["GET"])
    def done(self, done_id, token=None, debtor_id=None, **kwargs):
        """What was received."""
        visit = self._visit(token, debtor_id)
        # sudo: customers have no rights on the log; only what came by this link is found
        done = visit and visit.is_checked and visit.link._origin and done_id <= LARGEST_ID and request.env[
            "dunning.communication"].sudo().search([("id", "=", done_id), ("link_id", "=", visit.link._origin.id)])
        if not done:
            return self._no_page()
        return self._render("debto_dunning.page_done", visit, {
            "title": done.subject, "told": done.subject, "follows": visit.link._what_follows(done)})

    # ------------------------------------------------------------------
    # Who it is
    # ------------------------------------------------------------------

    @http.route("/pay/<token>/check", type="http", auth="public", website=True, sitemap=False, methods=["POST"],
                max_content_length=MOST_FORM)
    def check(self, token, postcode=None, **kwargs):
        """Show the details to who knows the postcode."""
        return self._checked(token, "_check_postcode", postcode, self._main, "yes")

    @http.route("/pay/<token>/send-code", type="http", auth="public", website=True, sitemap=False, methods=["POST"],
                max_content_length=MOST_FORM)
    def send_code(self, token, **kwargs):
        """Mail a code to the address on file."""
        visit = self._visit(token)
        if not visit:
            return self._no_page()
        try:
            visit.link._send_code()
        except UserError as error:
            return self._enter_code(visit, error=str(error))
        return self._enter_code(visit)

    @http.route("/pay/<token>/code-check", type="http", auth="public", website=True, sitemap=False, methods=["POST"],
                max_content_length=MOST_FORM)
    def check_code(self, token, code=None, **kwargs):
        """Show all that is open to a business, and the details to a person, who has the code."""
        return self._checked(token, "_check_code", code, self._enter_code, "all")

    def _checked(self, token, method, text, again, what):
        """Note in the session of the visitor that a check was passed, or show its form again."""
        visit = self._visit(token)
        if not visit:
            return self._no_page()
        try:
            is_right, error = getattr(visit.link, method)(text), request.env._("That is not right. Please try again.")
        except UserError as refused:
            is_right, error = False, str(refused)
        if not is_right:
            return again(visit, error=error)
        request.session["dunning_checked"] = {
            **request.session.get("dunning_checked", {}), str(visit.link.id): [what, int(time.time())]}
        return request.redirect(visit.url, code=303)

    # ------------------------------------------------------------------
    # A new link
    # ------------------------------------------------------------------

    @http.route("/pay", type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def ask(self, **kwargs):
        """The page that offers a new link, also at the address that is left where a token was cut off."""
        return self._no_page()

    @http.route("/pay/new-link", type="http", auth="public", website=True, sitemap=False, methods=["POST"],
                max_content_length=MOST_FORM)
    def send_link(self, reference=None, **kwargs):
        """Mail a new link to the address on file. The answer is the same whether anybody was found or not."""
        begun = time.monotonic()
        if self._is_allowed("link", self._visitor(), LINKS_PER_HOUR, 1):
            request.env["dunning.link"]._send_new(str(reference or "").replace("\x00", ""))
            request.env.flush_all()
        time.sleep(max(0, SECONDS_FOR_LINK - (time.monotonic() - begun)))
        return self._no_page(is_asked=True)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _visit(self, token=None, debtor_id=None):
        """The :class:`PageVisit` of a token or of a customer who is logged in; None where nobody is let in, for
        whatever reason.
        """
        if debtor_id is not None:
            return self._visit_logged_in(debtor_id)
        link = request.env["dunning.link"]._find_valid(token)
        if not link:
            return None
        what, since = request.session.get("dunning_checked", {}).get(str(link.id), ("", 0))
        if since < time.time() - CHECKED_SECONDS:
            what = ""
        is_natural = link.debtor_id.is_natural_person
        return PageVisit(
            link.with_context(lang=link._language()), f"/pay/{str(token).lower().replace('-', '')}",
            is_checked=bool(what) or not is_natural,
            sees_all=not link.communication_id or what == "all" and not is_natural)

    def _visit_logged_in(self, debtor_id):
        partner = request.env.user.partner_id
        debtor = partner._dunning_portal_debtors().filtered(lambda debtor: debtor.id == debtor_id)
        if not debtor:
            return None
        link = request.env["dunning.link"]._for_login(debtor, partner)
        lang = partner.lang or link._language()
        return PageVisit(link.with_context(lang=lang), f"/my/dues/{debtor.id}", is_checked=True, sees_all=True,
                         is_logged_in=True)

    @staticmethod
    def _visitor():
        """The network address of the visitor; of IPv6 the network, in which one visitor may have any address."""
        address = ipaddress.ip_address(request.httprequest.remote_addr)
        return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))

    def _is_allowed(self, what, who, most, hours):
        return request.env["dunning.page.attempt"]._count(what, who, most, hours)

    def _page_number(self, text):
        """The number of a page, from 1; in an address it may be anything, also thousands of digits."""
        text = str(text)
        return max(1, int(text)) if text.isdecimal() and len(text) <= 6 else 1

    def _no_page(self, is_asked=False):
        """The one answer to unknown, expired, revoked and foreign tokens."""
        title = request.env._("Thank you") if is_asked else request.env._("This link does not work")
        response = request.render("debto_dunning.page_none", {
            "is_asked": is_asked, "lang": request.env.lang, "title": title, "company": False})
        return self._respond(response, 200 if is_asked else 404)

    def _main(self, visit, page=1, error=""):
        return self._render("debto_dunning.page_main", visit, {**visit.link._page_values(visit, page), "error": error})

    def _form(self, visit, code, given, error=""):
        act = visit.link._page_acts()[code]
        return self._render("debto_dunning.page_act", visit, {
            "act": act, "code": code, "title": act.words, "given": given, "error": error,
            "form": secrets.token_hex(16), **getattr(visit.link, act.values)(visit, given)}, 422 if error else 200)

    def _enter_code(self, visit, error=""):
        return self._render("debto_dunning.page_code", visit, {
            "title": visit.link.env._("Enter the code"), "error": error})

    def _render(self, template, visit, values, status=200):
        link = visit.link
        # the page speaks the customer's language, as the message does, whatever the browser's
        request.update_context(lang=link.env.lang)
        return self._respond(request.render(template, {
            "visit": visit, "company": link.company_id, "lang": link.env.lang, **values}), status)

    def _respond(self, response, status=200):
        response.status_code = status
        response.headers.extend(HEADERS)
        return response

    def _picture(self, png):
        # what is due may have changed when it is looked at again
        return request.make_response(png, [("Content-Type", "image/png"), *HEADERS]) if png else self._no_page()

    def _download(self, attachment):
        # sudo: the page shows this invoice to whoever has the link; nobody else is handed its file
        attachment = attachment.sudo()
        return self._file(attachment.raw, attachment.name)

    def _file(self, pdf, name):
        return request.make_response(pdf, [
            ("Content-Type", "application/pdf"), ("Content-Disposition", content_disposition(name)), *HEADERS])
