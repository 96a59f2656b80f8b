from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import DunningSaleCommon


@tagged("post_install", "-at_install")
class TestQuotation(DunningSaleCommon):
    # -- Debtor ------------------------------------------------------------------------------------------------------

    def test_first_quotation_makes_and_scores_the_file(self):
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        self.assertFalse(self.file_of(self.customer))

        order = self.make_order(partner=contact, user=self.salesman)
        debtor = self.file_of(self.customer)

        self.assertTrue(debtor.lateness)
        self.assertEqual(debtor.segment_id, self.env.ref("debto_dunning.segment_new"))
        self.assertEqual(order.dunning_risk, f"New · risk score {debtor.risk_score} of 100")

    def test_next_quotation_leaves_the_file_alone(self):
        debtor = self.debtor_of(self.customer, segment_id=self.make_segment().id)
        self.make_order(user=self.salesman)

        self.assertEqual(self.file_of(self.customer), debtor)
        self.assertFalse(debtor.lateness, "scored by the night, not by every quotation")

    def test_archived_file_stays_so_and_says_nothing(self):
        debtor = self.debtor_of(self.customer, segment_id=self.make_segment().id)
        debtor.active = False
        order = self.make_order()

        self.assertEqual(self.file_of(self.customer), debtor)
        self.assertRecordValues(debtor, [{"active": False, "lateness": False}])
        self.assertRecordValues(order, [{
            "dunning_risk": False, "dunning_is_risky": False, "require_payment": False}])

    def test_visitor_of_a_web_shop_is_no_customer(self):
        visitor = self.env.ref("base.public_partner")
        self.make_order(partner=visitor)

        self.env["dunning.debtor"]._refresh(self.company)

        self.assertFalse(self.file_of(visitor))

    def test_new_customer_on_a_quotation(self):
        order = self.make_order()
        other = self.make_customer("Beta")
        order.partner_id = other

        self.assertTrue(self.file_of(other).lateness)

    def test_night_makes_files_of_older_quotations(self):
        order = self.make_order()
        cancelled = self.make_order(partner=self.make_customer("Gone"))
        cancelled._action_cancel()

        (self.file_of(self.customer) | self.file_of(cancelled.partner_id)).unlink()
        self.env["dunning.debtor"]._refresh(self.company)

        self.assertTrue(self.file_of(order.partner_id))
        self.assertFalse(self.file_of(cancelled.partner_id))

    # -- Banner ------------------------------------------------------------------------------------------------------

    def test_banner(self):
        self.customer.credit_limit = 1000
        order = self.make_order(user=self.salesman)
        debtor = self.file_of(self.customer)
        debtor.sudo().write({"risk_score": 12, "limit_use": 80})
        order.invalidate_recordset()

        form = Form(order)

        self.assertEqual(form.dunning_risk, "New · risk score 12 of 100 · 80 % of the credit limit used")
        self.assertFalse(form.dunning_is_risky)

        debtor.sudo().limit_use = 120
        order.invalidate_recordset()

        self.assertTrue(order.dunning_is_risky)

        debtor.sudo().write({"limit_use": 0, "segment_id": self.env.ref("debto_dunning.segment_critical").id})
        order.invalidate_recordset()

        self.assertEqual(
            order.dunning_risk, "Critical · risk score 12 of 100 · 0 % of the credit limit used · prepayment asked")
        self.assertTrue(order.dunning_is_risky)

    def test_banner_follows_customer_and_company(self):
        risky = self.make_customer("Risky")
        self.debtor_of(risky, segment_id=self.make_segment().id)

        form = Form(self.env["sale.order"].with_user(self.salesman))

        self.assertFalse(form.dunning_risk)

        form.partner_id = risky
        self.assertTrue(form.dunning_risk.startswith("Cash first"))

        form.partner_id = self.customer
        self.assertFalse(form.dunning_risk)

        other = self.setup_other_company(name="Other")["company"]
        order = self.env["sale.order"].with_company(other).create({
            "partner_id": risky.id, "company_id": other.id})

        self.assertTrue(order.dunning_risk.startswith("New"), "the debtor of the other company says something else")

    def test_customer_does_not_read_what_we_think_of_it(self):
        user = new_test_user(self.env, "azur", "base.group_portal")
        user.partner_id.parent_id = self.customer
        order = self.make_order(partner=user.partner_id, state="sent")
        order.message_subscribe(user.partner_id.ids)

        self.assertEqual(order.with_user(user).read(["name"])[0]["name"], order.name)
        for name in ("dunning_risk", "dunning_is_risky"):
            with self.assertRaises(AccessError):
                order.with_user(user).read([name])

    def test_button_opens_the_file(self):
        order = self.make_order(user=self.salesman)

        action = order.action_open_debtor()

        self.assertEqual((action["res_model"], action["res_id"]),
                         ("dunning.debtor", self.file_of(self.customer).id))

        self.env["dunning.debtor"].with_user(self.salesman).browse(action["res_id"]).get_views([(False, "form")])

    # -- Prepayment --------------------------------------------------------------------------------------------------

    def assertPrepaid(self, order, percent):
        """``percent`` 0: no prepayment."""
        self.assertEqual(order.require_payment, bool(percent))
        self.assertEqual(order._get_prepayment_required_amount(), order.amount_total * percent / 100)

    def test_prepayment_where_the_segment_asks(self):
        self.company.portal_confirmation_pay = False
        self.assertPrepaid(self.make_order(), 0)

        self.debtor_of(self.customer, segment_id=self.make_segment().id)
        order = self.make_order(user=self.salesman)

        self.assertPrepaid(order, 100)

        order.prepayment_percent = 0.3
        self.assertPrepaid(order, 30)

        order.require_payment = False
        order.order_line.product_uom_qty = 3

        self.assertPrepaid(order, 0)

    def test_values_given_stay(self):
        self.debtor_of(self.customer, segment_id=self.make_segment().id)

        self.assertPrepaid(self.make_order(require_payment=False), 0)
        self.assertPrepaid(self.make_order(require_payment=True, prepayment_percent=0.5), 50)

    def test_company_asks_everybody(self):
        self.company.write({"portal_confirmation_pay": True, "prepayment_percent": 0.2})
        self.assertPrepaid(self.make_order(), 20)

        risky = self.make_customer("Risky")
        self.debtor_of(risky, segment_id=self.make_segment().id)

        self.assertPrepaid(self.make_order(partner=risky), 100)

    def test_form(self):
        self.debtor_of(self.customer, segment_id=self.make_segment().id)
        safe = self.make_customer("Safe")
        form = Form(self.env["sale.order"].with_user(self.salesman))
        form.partner_id = self.customer

        self.assertTrue(form.require_payment)
        self.assertEqual(form.prepayment_percent, 1.0)

        form.partner_id = safe
        self.assertFalse(form.require_payment)

        form.partner_id = self.customer
        form.require_payment = False

        self.assertPrepaid(form.save(), 0)

    def test_new_customers_who_are_asked(self):
        self.env.ref("debto_dunning.segment_new").prepayment_asked = True
        form = Form(self.env["sale.order"].with_user(self.salesman))
        form.partner_id = self.customer
        with form.order_line.new() as line:
            line.product_id = self.ordered
        order = form.save()

        self.assertPrepaid(order, 100)

        order.require_payment = False
        order.client_order_ref = "x"

        self.assertPrepaid(order, 0)

    def test_confirmed_order_stays(self):
        order = self.make_order(confirmed=True)
        risky = self.make_customer("Risky")
        self.debtor_of(risky, segment_id=self.make_segment().id)
        order.partner_invoice_id = risky

        self.assertPrepaid(order, 0)

    def test_segment_that_changes_later_leaves_quotations_alone(self):
        order = self.make_order()
        self.file_of(self.customer).segment_id = self.make_segment()
        order.note = "x"

        self.assertPrepaid(order, 0)

    def test_many_quotations_cost_no_query_each(self):
        self.debtor_of(self.customer, segment_id=self.make_segment().id)
        vals = {"partner_id": self.customer.id, "order_line": [Command.create({"product_id": self.ordered.id})]}

        def files_searched(number):
            orders = self.env["sale.order"].create([dict(vals) for _number in range(number)])
            self.env.flush_all()
            orders.invalidate_recordset()
            with self.assertQueryCount(12):
                orders.mapped("dunning_risk")

        files_searched(2)
        files_searched(20)
