from odoo import Command
from odoo.tests import tagged

from .common import DunningSaleCommon


@tagged("post_install", "-at_install")
class TestExposure(DunningSaleCommon):
    def to_invoice(self, partner=None, company=None):
        debtor = self.debtor_of(partner or self.customer, company)
        debtor._refresh(debtor.company_id)
        return debtor.to_invoice_amount

    def invoice(self, order, quantity=None, posted=True):
        move = order._create_invoices(final=True)
        if quantity is not None:
            move.invoice_line_ids.filtered("product_id").quantity = quantity
        if posted:
            move.action_post()
        return move

    def test_quotation_is_no_exposure_and_an_order_is(self):
        order = self.make_order()
        self.assertEqual(self.to_invoice(), 0)

        order.action_quotation_sent()
        self.assertEqual(self.to_invoice(), 0)

        order.action_confirm()
        self.assertEqual(self.to_invoice(), 1210)

        order._action_cancel()
        self.assertEqual(self.to_invoice(), 0)

    def test_exposure_against_limit(self):
        self.customer.credit_limit = 2420
        self.make_invoice(605.0)
        self.make_order(confirmed=True)
        debtor = self.debtor_of(self.customer)
        self.to_invoice()

        self.assertRecordValues(debtor, [{"exposure_amount": 1815, "limit_use": 75}])

    def test_invoiced_in_part(self):
        order = self.make_order(confirmed=True)
        self.invoice(order, 4)

        self.assertEqual(self.to_invoice(), 726)
        self.assertEqual(self.debtor_of(self.customer).exposure_amount, 1210)

        self.invoice(order)
        self.assertEqual(self.to_invoice(), 0)
        self.assertEqual(self.debtor_of(self.customer).exposure_amount, 1210)

    def test_draft_invoice_counts_once(self):
        order = self.make_order(confirmed=True)
        move = self.invoice(order, 4, posted=False)

        self.assertEqual(self.to_invoice(), 1210)

        move.button_cancel()
        self.assertEqual(self.to_invoice(), 1210)

    def test_credited_invoice_is_to_invoice_again(self):
        order = self.make_order(confirmed=True)
        move = self.invoice(order)
        credit_note = move._reverse_moves()

        credit_note.action_post()

        self.assertEqual(self.to_invoice(), 1210)

    def test_invoiced_more_than_ordered(self):
        order = self.make_order(confirmed=True)
        self.make_order(1, confirmed=True)
        self.invoice(order, 12)

        self.assertEqual(self.to_invoice(), 121)

    def test_delivery_counts_from_the_order_on(self):
        order = self.make_order(product=self.delivered, confirmed=True)
        self.assertEqual(self.to_invoice(), 1210, "not delivered yet, but promised")

        order.order_line.qty_delivered = 12
        self.assertEqual(self.to_invoice(), 1452, "delivered beyond the order")

        self.invoice(order)
        self.assertEqual(self.to_invoice(), 0)

    def test_delivered_without_order(self):
        order = self.make_order(confirmed=True)
        self.env["sale.order.line"].create({
            "order_id": order.id, "product_id": self.delivered.id, "product_uom_qty": 0, "qty_delivered": 2,
            "price_unit": 50.0})

        self.assertEqual(self.to_invoice(), 1310)

    def test_discounts(self):
        self.make_order(confirmed=True, line={"discount": 50})
        self.assertEqual(self.to_invoice(), 605)

        self.make_order(confirmed=True, order_line=[
            Command.create({"product_id": self.ordered.id, "product_uom_qty": 10}),
            Command.create({"product_id": self.ordered.id, "product_uom_qty": 1, "price_unit": -200.0}),
            Command.create({"product_id": self.ordered.id, "product_uom_qty": -1, "price_unit": 100.0}),
            Command.create({"display_type": "line_note", "name": "Thank you"}),
        ])
        self.assertEqual(self.to_invoice(), 605 + 1210 - 242 - 121)

    def test_order_of_less_than_nothing_lessens_no_other(self):
        self.make_order(confirmed=True)
        self.make_order(confirmed=True, line={"price_unit": -50.0})

        self.assertEqual(self.to_invoice(), 1210)

    def test_down_payment(self):
        order = self.make_order(confirmed=True)
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids,
        ).create({"advance_payment_method": "percentage", "amount": 30})
        down = wizard._create_invoices(order)

        self.assertEqual(self.to_invoice(), 1210, "the draft and the rest")

        down.action_post()
        self.assertEqual(self.to_invoice(), 847)
        self.assertEqual(self.debtor_of(self.customer).exposure_amount, 1210)

        self.pay(down)
        self.assertEqual(self.to_invoice(), 847)

        self.invoice(order)
        self.assertEqual(self.to_invoice(), 0)
        self.assertEqual(self.debtor_of(self.customer).exposure_amount, 847)

    def test_foreign_currency_at_the_rate_of_the_order(self):
        dollar = self.setup_other_currency("USD", rates=[("2020-01-01", 2.0)])
        pricelist = self.env["product.pricelist"].create({"name": "USD", "currency_id": dollar.id})
        order = self.make_order(confirmed=True, pricelist_id=pricelist.id, line={"price_unit": 100.0})

        self.assertEqual(order.currency_id, dollar)
        self.assertEqual(self.to_invoice(), 605)

        self.invoice(order, 5)
        self.assertEqual(self.to_invoice(), 302.5)

    def test_who_pays_is_who_owes(self):
        payer = self.make_customer("Payer")
        contact = self.env["res.partner"].create({"name": "Bookkeeping", "parent_id": payer.id, "type": "invoice"})
        self.make_order(confirmed=True, partner_invoice_id=contact.id)

        self.assertEqual(self.to_invoice(), 0)
        self.assertEqual(self.to_invoice(payer), 1210)

    def test_branches_count_and_other_companies_do_not(self):
        other = self.setup_other_company(name="Other")["company"]
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})

        for company in (self.company, branch, other):
            self.env.user.company_ids |= company
            self.env["sale.order"].with_company(company).create({
                "partner_id": self.customer.id, "company_id": company.id, "order_line": [Command.create({
                    "product_id": self.ordered.id, "product_uom_qty": 1, "tax_ids": []})],
            }).action_confirm()

        self.assertEqual(self.to_invoice(), 200)
        self.assertEqual(self.to_invoice(company=other), 100)

    def test_narrow_refresh_says_the_same(self):
        other = self.make_customer("Beta")
        self.make_order(confirmed=True)
        self.make_order(3, partner=other, confirmed=True)
        self.to_invoice()
        debtors = self.debtor_of(self.customer) | self.debtor_of(other)
        debtors.sudo().to_invoice_amount = 0
        debtors.flush_recordset()

        self.env["dunning.debtor"]._refresh(self.company, partner_ids=other.ids)

        self.assertEqual(debtors.mapped("to_invoice_amount"), [0, 363])
