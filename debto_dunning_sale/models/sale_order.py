from odoo import api, fields, models
from odoo.tools import float_round


def prepayment_depends(*more):
    """What Odoo's and our prepayment of a quotation depend on; with the addon sale_management also its template."""
    return api.depends(lambda self: [
        "company_id", "partner_invoice_id", *more,
        *(["sale_order_template_id"] if "sale_order_template_id" in self._fields else [])])


class SaleOrder(models.Model):
    """The risk of the customer who is going to pay, before the order is taken."""

    _inherit = "sale.order"

    require_payment = fields.Boolean(compute="_compute_dunning_require_payment")
    prepayment_percent = fields.Float(compute="_compute_dunning_prepayment_percent")
    # customers read their quotations too: what we think of them is for colleagues
    dunning_risk = fields.Char(
        "Risk of the Customer", compute="_compute_dunning_risk", compute_sudo=True, groups="base.group_user")
    dunning_is_risky = fields.Boolean(
        "Customer to Watch", compute="_compute_dunning_risk", compute_sudo=True, groups="base.group_user")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @prepayment_depends()
    def _compute_dunning_require_payment(self):
        # another method than Odoo's, so that a quotation template does not undo it
        self._compute_require_payment()
        self._dunning_asked_to_prepay().require_payment = True

    @prepayment_depends("require_payment")
    def _compute_dunning_prepayment_percent(self):
        self._compute_prepayment_percent()
        self._dunning_asked_to_prepay().filtered("require_payment").prepayment_percent = 1.0

    @api.depends("company_id", "partner_id", "partner_invoice_id")
    @api.depends_context("lang")
    def _compute_dunning_risk(self):
        for order, debtor in self._dunning_files():
            debtor = debtor.filtered("active")
            order.dunning_risk = order._dunning_risk_words(debtor) if debtor.segment_id else False
            order.dunning_is_risky = (
                debtor.severity in ("2", "3") or debtor.segment_id.prepayment_asked or debtor.limit_use > 100)

    def _dunning_risk_words(self, debtor):
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
        orders._dunning_meet_customers()
        return orders

    def write(self, vals):
        res = super().write(vals)
        if {"partner_id", "partner_invoice_id"} & set(vals):
            self._dunning_meet_customers()
        return res

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _dunning_payer(self):
        """Who will owe the money."""
        return (self.partner_invoice_id or self.partner_id).commercial_partner_id

    def _dunning_files(self):
        """Pairs of each order and the file of its payer at its company, also archived; empty where there is none."""
        # sales people see the risk of those for whom they quote
        files = self.env["dunning.debtor"].sudo().with_context(active_test=False).search([
            ("partner_id", "in", [order._dunning_payer()._origin.id for order in self]),
            ("company_id", "in", self.company_id.root_id.ids)])
        by_key = {(debtor.partner_id, debtor.company_id): debtor for debtor in files}
        return [(order, by_key.get((order._dunning_payer()._origin, order.company_id.root_id), files.browse()))
                for order in self]

    def _dunning_asked_to_prepay(self):
        """The quotations among these whose customer's segment asks for prepayment."""
        return self.browse().union(*(
            order for order, debtor in self._dunning_files()
            if order.state in (False, "draft", "sent") and debtor.active and debtor.segment_id.prepayment_asked))

    def _dunning_meet_customers(self):
        """Make and score the files of customers who are quoted for the first time.

        What their segment asks is only known then, hence the prepayment is set here for them. The public user of a
        web shop (archived) is no customer.
        """
        new = [order for order, debtor in self._dunning_files() if not debtor and order._dunning_payer().active]
        for company, orders in self.browse().union(*new).grouped(lambda order: order.company_id.root_id).items():
            partners = self.env["res.partner"].union(*(order._dunning_payer() for order in orders))
            # the file is made and scored for whoever quotes
            files = self.env["dunning.debtor"].sudo()
            files._for_partners(partners, company)
            files._refresh(company, partner_ids=partners.ids)
            orders.invalidate_recordset(["dunning_risk", "dunning_is_risky"])
            if asked := orders._dunning_asked_to_prepay():
                asked.write({"require_payment": True, "prepayment_percent": 1.0})

    def _dunning_conditions(self):
        """The written payment conditions of the customer's segment, where the company prints them.

        :return: list of texts
        """
        self.ensure_one()
        # whoever reads the quotation may know that the company prints its conditions
        if not self.company_id.sudo().root_id.dunning_print_conditions:
            return []
        partner = self.partner_invoice_id or self.partner_id
        return [text for _company, text in partner._dunning_conditions(self.company_id)]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_debtor(self):
        """The file of the customer who is going to pay."""
        self.ensure_one()
        return self._dunning_payer().with_company(self.company_id).action_open_debtor()
