from odoo import api, fields, models
from odoo.tools import SQL

from ..hooks import WARNING_FIELDS


class DunningDebtor(models.Model):
    """Debtors for quotations, orders not invoiced yet in the exposure, and warnings about holds on orders."""

    _inherit = "dunning.debtor"

    to_invoice_amount = fields.Monetary(
        help="What is in the works and not invoiced yet: confirmed orders, and invoices in draft.")

    @api.model
    def _delivery_warning_fields(self):
        # EXTENDS debto_dunning
        return super()._delivery_warning_fields() + WARNING_FIELDS

    def _refresh_make_missing(self, company, partner_ids=None):
        # EXTENDS debto_dunning: for quotations from before this addon was installed, or written without the ORM
        res = super()._refresh_make_missing(company, partner_ids)
        self._insert_missing(company, SQL("""
            SELECT partner.commercial_partner_id
              FROM sale_order sale JOIN res_partner partner ON partner.id = sale.partner_invoice_id
              JOIN res_partner customer ON customer.id = partner.commercial_partner_id AND customer.active
             WHERE sale.state <> 'cancel' AND sale.company_id = ANY(%s) AND %s""",
            company._dunning_companies().ids, self._refresh_narrow(partner_ids)))
        return res

    def _refresh_to_invoice(self, company, partner_ids=None):
        # EXTENDS debto_dunning
        return SQL("%s UNION ALL %s", super()._refresh_to_invoice(company, partner_ids),
                   self._refresh_orders_to_invoice(company, partner_ids))

    def _refresh_orders_to_invoice(self, company, partner_ids=None):
        """Query for the amounts of confirmed orders to invoice: rows (commercial partner, amount in company currency).

        The amount is what is ordered (or delivered beyond it) less what is invoiced, taxes included, at the order's
        rate. Quantities on draft invoices count as invoiced, because those invoices are counted themselves. Down
        payments that no invoice has deducted yet reduce the amount, which is never below zero.
        """
        return SQL("""
            SELECT partner.commercial_partner_id,
                   GREATEST(sum(CASE
                       WHEN line.is_downpayment THEN -COALESCE(advance.amount, 0)
                       WHEN line.product_uom_qty = 0 THEN COALESCE(line.untaxed_amount_to_invoice, 0)
                       ELSE line.price_total / line.product_uom_qty * rest.quantity
                   END) / COALESCE(NULLIF(sale.currency_rate, 0), 1), 0)
              FROM sale_order sale
              JOIN res_partner partner ON partner.id = sale.partner_invoice_id
              JOIN sale_order_line line ON line.order_id = sale.id AND line.display_type IS NULL
              CROSS JOIN LATERAL (
                   SELECT line.product_uom_qty - COALESCE(line.qty_invoiced, 0) AS ordered) open
              CROSS JOIN LATERAL (
                   SELECT CASE WHEN line.product_uom_qty > 0
                               THEN GREATEST(open.ordered, COALESCE(line.qty_to_invoice, 0), 0)
                               ELSE LEAST(open.ordered, 0) END AS quantity) rest
              LEFT JOIN LATERAL (
                   SELECT sum(invoiced.price_total * CASE move.move_type WHEN 'out_refund' THEN -1 ELSE 1 END)
                          AS amount
                     FROM sale_order_line_invoice_rel rel
                     JOIN account_move_line invoiced ON invoiced.id = rel.invoice_line_id
                     JOIN account_move move ON move.id = invoiced.move_id AND move.state <> 'cancel'
                    WHERE line.is_downpayment AND rel.order_line_id = line.id) advance ON TRUE
             WHERE sale.state = 'sale' AND sale.invoice_status <> 'invoiced'
               AND sale.company_id = ANY(%(companies)s) AND %(narrow)s
             GROUP BY sale.id, partner.commercial_partner_id""",
            companies=company._dunning_companies().ids, narrow=self._refresh_narrow(partner_ids))

    def _department_models(self):
        # EXTENDS debto_dunning
        return [*super()._department_models(), ("sale.order", "partner_id.commercial_partner_id")]
