from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from odoo.addons.account_payment.controllers.payment import PaymentPortal

from .page import HEADERS, MOST_FORM, CustomerPage, page_route

#: Providers bring scripts and frames of their own.
PAYMENT_HEADERS = [(name, value) for name, value in HEADERS if name != "Content-Security-Policy"]
#: The most that the address of a payment may hold of keys; for more of them all is paid.
LONGEST_CHOICE = 1500
#: Where the provider sends the customer back to.
THANKS = "/pay/online/thanks"


class CustomerPagePayment(CustomerPage):
    """Payment on the customer's page by Odoo's providers.

    Odoo's own pages ask for a log-in, and show other amounts.
    """

    @page_route("/online", ["GET"])
    def choose_payment(self, token=None, debtor_id=None, currency=None, chosen=None, charges=None, **kwargs):
        """The form on which the customer chooses what to pay; one that chose goes on to the payment."""
        visit = self._visit_checked(token, debtor_id)
        if not visit:
            return self._no_page()
        wanted = self._currency_named(currency)
        rows = visit.link._payable_rows(visit, wanted)
        keys = [row.key for row in rows if row.key in request.httprequest.args.getlist("items")]
        if rows and (chosen or len(rows) == 1 and not rows[0].charges):
            if chosen and not keys:
                return self._choice(visit, rows, wanted, visit.link.env._("Please choose at least one invoice."))
            joined = ".".join(keys)
            if not keys or len(keys) == len(rows) or len(joined) > LONGEST_CHOICE:
                joined = "all"
            how = "with" if charges or not chosen else "without"
            return request.redirect(
                f"{visit.url}/online/{rows and self._currency_of(visit, rows)}/{how}/{joined}", code=303)
        return self._choice(visit, rows, wanted)

    @page_route("/online/<currency>/<any(with,without):charges>/<keys>", ["GET"])
    def pay(self, currency, charges, keys, token=None, debtor_id=None, **kwargs):
        """The page with the payment methods of the providers, for what was chosen."""
        visit = self._visit_checked(token, debtor_id)
        if not visit:
            return self._no_page()
        link = visit.link
        try:
            rows, amount, _vals, providers = self._chosen(visit, currency, charges, keys)
        except UserError as error:
            return self._choice(visit, link._payable_rows(visit), None, str(error))
        here = f"{visit.url}/online/{currency}/{charges}/{keys}"
        company, wanted = link._payment_company(rows), link._payment_currency(rows)
        request.update_context(lang=link.env.lang)
        response = request.render("debto_dunning.page_payment", {
            "visit": visit, "res_company": company, "documents": [row.document for row in rows],
            "total": link._money(amount, wanted),
            "reference_prefix": None, "amount": amount, "currency": wanted, "partner_id": link.partner_id.id,
            "providers_sudo": providers, "payment_methods_sudo": link._payment_methods(rows, providers),
            # sudo: none is shown; a link is no log-in: cards that a customer stored are neither shown nor stored here
            "tokens_sudo": request.env["payment.token"].sudo(), "show_tokenize_input_mapping": dict.fromkeys(
                providers.ids, False),
            "transaction_route": f"{here}/transaction", "landing_route": THANKS,
            "access_token": "",
        })
        response.headers.extend(PAYMENT_HEADERS)
        return response

    @http.route(
        ["/pay/<token>/online/<currency>/<any(with,without):charges>/<keys>/transaction",
         "/my/dues/<int:debtor_id>/online/<currency>/<any(with,without):charges>/<keys>/transaction"],
        type="jsonrpc", auth="public", max_content_length=MOST_FORM)
    def transaction(self, currency, charges, keys, token=None, debtor_id=None, **kwargs):
        """Begin a payment of what was chosen, for the amount that is due at this moment.

        :return: what the provider's form needs, see ``payment.transaction._get_processing_values``
        :raises ValidationError: the link lets nobody in, or the amount is not that which the page showed
        """
        visit = self._visit_checked(token, debtor_id)
        if not visit:
            raise ValidationError(request.env._("This link does not work"))
        visit = visit._replace(link=visit.link._stored())
        PaymentPortal._validate_transaction_kwargs(kwargs, additional_allowed_keys=("access_token",))
        rows, amount, vals, providers = self._chosen(visit, currency, charges, keys)
        provider_id, method_id = self._checked_method(visit, rows, providers, kwargs)
        wanted = visit.link._payment_currency(rows)
        if wanted.compare_amounts(amount, PaymentPortal._cast_as_float(kwargs.get("amount")) or 0.0):
            raise ValidationError(visit.link.env._("The amount has changed: please load the page anew."))
        if kwargs.get("token_id") or kwargs.get("tokenization_requested") or kwargs.get("flow") == "token":
            raise ValidationError(visit.link.env._("Cards cannot be stored here."))
        transaction = PaymentPortal()._create_transaction(
            provider_id=provider_id, payment_method_id=method_id, token_id=None, amount=amount, currency_id=wanted.id,
            partner_id=visit.link.partner_id.id, flow=kwargs.get("flow"), tokenization_requested=False,
            landing_route=THANKS, custom_create_values=vals)
        # the transaction is read by colleagues, and must not tell them the token
        request.session["dunning_paid_from"] = visit.url
        return transaction._get_processing_values()

    @http.route(THANKS, type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def back_from_provider(self, **kwargs):
        """Lead back to the page from which the visitor paid."""
        url = request.session.get("dunning_paid_from")
        return request.redirect(f"{url}/online/thanks") if url else self._no_page()

    @page_route("/online/thanks", ["GET"])
    def thanks(self, token=None, debtor_id=None, **kwargs):
        """What became of the payment."""
        visit = self._visit_checked(token, debtor_id)
        payment = visit and visit.link._last_payment()
        if not payment:
            return request.redirect(visit.url) if visit else self._no_page()
        return self._render("debto_dunning.page_payment_done", visit, {
            "title": visit.link.env._("Your payment"), "state": payment.state,
            "amount": visit.link._money(payment.amount, payment.currency_id)})

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _visit_checked(self, token, debtor_id):
        """The visit of somebody who may see the details; None else."""
        visit = self._visit(token, debtor_id)
        return visit if visit and visit.is_checked else None

    def _choice(self, visit, rows, currency, error=""):
        link = visit.link
        return self._render("debto_dunning.page_payment_choice", visit, {
            "title": link.env._("Pay online"), "error": error,
            "currency": rows and self._currency_of(visit, rows) or (currency.name if currency else ""),
            "has_charges": any(row.charges for row in rows),
            "charges_total": rows and link._money(
                sum(row.charges for row in rows), link._payment_currency(rows)),
            "choices": [{
                "key": row.key, "document": row.document,
                "amount": link._money(row.principal - row.discount, link._payment_currency(rows)),
                "discount": row.discount and link._money(row.discount, link._payment_currency(rows)),
                "charges": row.charges and link._money(row.charges, link._payment_currency(rows)),
            } for row in rows],
        }, 422 if error else 200)

    def _checked_method(self, visit, rows, providers, kwargs):
        """The ids of the provider and of the method that the browser named.

        :param providers: those that the page offers
        :raises ValidationError: they are none of those that the page offers, or the flow is none of a page
        """
        provider = providers.filtered(lambda one: one.id == PaymentPortal._cast_as_int(kwargs.get("provider_id")))
        method = visit.link._payment_methods(rows, provider).filtered(
            lambda one: one.id == PaymentPortal._cast_as_int(kwargs.get("payment_method_id")))
        if not provider or not method or kwargs.get("flow") not in ("redirect", "direct"):
            raise ValidationError(visit.link.env._("Please choose another way to pay."))
        return provider.id, method.id

    @staticmethod
    def _currency_named(code):
        """The currency of an ISO code in an address, where anything may stand; may be empty."""
        currencies = request.env["res.currency"]
        code = str(code)
        return currencies.search([("name", "=", code)], limit=1) if code.isalpha() and code.isascii() else currencies

    def _currency_of(self, visit, rows):
        return visit.link._payment_currency(rows).name

    def _chosen(self, visit, currency, charges, keys):
        """What an address names: (rows, amount, values of the transaction, providers that take it).

        :raises UserError: they cannot be paid so any more
        """
        link = visit.link
        wanted = self._currency_named(currency)
        rows = link._choose_payable(visit, [] if keys == "all" else keys.split("."), wanted)
        if not rows:
            raise UserError(link.env._("Nothing is left to pay here."))
        amount, vals = link._payment_vals(rows, charges == "with")
        providers = link._payment_providers(rows, amount)
        if not providers:
            raise UserError(link.env._("This amount cannot be paid online: please pay by transfer."))
        return rows, amount, vals, providers
