from odoo import api, fields, models
from odoo.tools import float_round


def prepayment_depends(*more):
    """Decorator ``api.depends`` with the fields that the prepayment depends on, and ``more``.

    With the addon sale_management this includes the quotation template.
    """
    return api.depends(lambda self: [
        "company_id", "partner_invoice_id", *more,
        *(["sale_order_template_id"] if "sale_order_template_id" in self._fields else [])])


class SaleOrder(models.Model):
    """The risk of the paying customer, shown on the quotation; and the prepayment that its segment asks."""

    _inherit = "sale.order"

    require_payment = fields.Boolean(compute="_compute_dunning_require_payment")
    prepayment_percent = fields.Float(compute="_compute_dunning_prepayment_percent")
    # the groups hide these from customers, who read their own quotations
    dunning_risk = fields.Char(
        "Risk of the Customer", compute="_compute_dunning_risk", compute_sudo=True, groups="base.group_user")
    dunning_is_risky = fields.Boolean(
        "Customer to Watch", compute="_compute_dunning_risk", compute_sudo=True, groups="base.group_user")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @prepayment_depends()
    def _compute_dunning_require_payment(self):
        # a method of its own, because a quotation template overrides Odoo's
        self._compute_require_payment()
        self._dunning_filter_prepayment().require_payment = True

    @prepayment_depends("require_payment")
    def _compute_dunning_prepayment_percent(self):
        self._compute_prepayment_percent()
        self._dunning_filter_prepayment().filtered("require_payment").prepayment_percent = 1.0

    @api.depends("company_id", "partner_id", "partner_invoice_id")
    @api.depends_context("allowed_company_ids", "lang", "uid")
    def _compute_dunning_risk(self):
        for order, debtor in self._dunning_orders_with_debtor():
            debtor = debtor.filtered("active")
            order.dunning_risk = order._dunning_risk_words(debtor) if debtor.segment_id else False
            order.dunning_is_risky = (
                debtor.severity in ("2", "3") or debtor.segment_id.prepayment_asked or debtor.limit_use > 100)

    def _dunning_risk_words(self, debtor):
        """Segment, score and use of the credit limit of the debtor as one text."""
        words = [debtor.segment_id.name, self.env._("risk score %s of 100", debtor.risk_score)]
        if debtor.credit_limit:
            words.append(self.env._(
                "%s %% of the credit limit used", int(float_round(debtor.limit_use, precision_digits=0))))
        if debtor.segment_id.prepayment_asked:
            words.append(self.env._("prepayment asked"))
        return " · ".join(words)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._dunning_create_missing_debtors()
        # computed before it was saved, a quotation of a company that its maker does not work in asked for nothing
        for order, vals in zip(orders, vals_list, strict=True):
            if not order.company_id._dunning_roots_shown():
                for name in {"require_payment", "prepayment_percent"} - set(vals):
                    self.env.add_to_compute(self._fields[name], order)
        return orders

    def write(self, vals):
        res = super().write(vals)
        if {"partner_id", "partner_invoice_id"} & set(vals):
            self._dunning_create_missing_debtors()
        return res

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _dunning_payer(self):
        """The commercial partner that will owe the money."""
        return (self.partner_invoice_id or self.partner_id).commercial_partner_id

    def _dunning_orders_with_debtor(self):
        """List of (order, debtor of its payer at its company); archived debtors too, empty where there is none.

        A form that is not saved yet may name any company: of one that the user does not work in it shows nothing.
        """
        hidden = self.filtered(lambda order: not order.id and not order.company_id._dunning_roots_shown())
        # sudo: sales people may lack access to debtors. Only the risk of the customers of their orders is shown.
        debtors = self.env["dunning.debtor"].sudo().with_context(active_test=False).search([
            ("partner_id", "in", [order._dunning_payer()._origin.id for order in self - hidden]),
            ("company_id", "in", (self - hidden).company_id.root_id.ids)])
        by_key = {(debtor.partner_id, debtor.company_id): debtor for debtor in debtors}
        nobody = debtors.browse()
        return [(order, nobody if order in hidden else by_key.get(
            (order._dunning_payer()._origin, order.company_id.root_id), nobody)) for order in self]

    def _dunning_filter_prepayment(self):
        """The quotations among these whose customer's segment asks for prepayment."""
        return self.browse().union(*(
            order for order, debtor in self._dunning_orders_with_debtor()
            if order.state in (False, "draft", "sent") and debtor.active and debtor.segment_id.prepayment_asked))

    def _dunning_create_missing_debtors(self):
        """Create and score the debtors of customers who get their first quotation, and set the prepayment they need.

        The prepayment is set here because the segment is not known before. The public user of a web shop is archived,
        and gets no debtor.
        """
        without_debtor = self.browse().union(*(
            order for order, debtor in self._dunning_orders_with_debtor()
            if not debtor and order._dunning_payer().active))
        for company, orders in without_debtor.grouped(lambda order: order.company_id.root_id).items():
            partners = self.env["res.partner"].union(*(order._dunning_payer() for order in orders))
            # sudo: sales people cannot write debtors. Only those of the customers of these orders are written.
            debtors = self.env["dunning.debtor"].sudo()
            debtors._for_partners(partners, company)
            debtors._refresh(company, partner_ids=partners.ids)
            orders.invalidate_recordset(["dunning_risk", "dunning_is_risky"])
            if asked := orders._dunning_filter_prepayment():
                asked.write({"require_payment": True, "prepayment_percent": 1.0})

    def _dunning_conditions(self):
        """The written payment conditions of the customer's segment, where the company prints them.

        :return: list of texts
        """
        self.ensure_one()
        # sudo: customers cannot read the settings of the company. Only whether it prints conditions is read.
        if not self.company_id.sudo().root_id.dunning_print_conditions:
            return []
        partner = self.partner_invoice_id or self.partner_id
        return [text for _company, text in partner._dunning_conditions(self.company_id)]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_debtor(self):
        """Open the debtor of the customer who is going to pay."""
        self.ensure_one()
        return self._dunning_payer().with_company(self.company_id).action_open_debtor()
