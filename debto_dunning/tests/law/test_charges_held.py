"""Charges left open are asked for under the same holds as open items."""

from odoo.tests import tagged

from .charge_common import ChargeCommon, day


@tagged("-at_install", "post_install", "debto_dunning")
class TestChargesHeld(ChargeCommon):
    """An invoice of 2 March is reminded on the 9th and paid on the 10th, without its costs and interest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ask_at_once()

    def pursued(self, on="2026-03-12", **vals):
        """The charges that the night asks for, with a hold on the debtor, the invoice or its item.

        :param vals: of the hold; ``on_what``: "debtor_id", "move_id" or "move_line_id"; nothing: no hold
        """
        invoice, charge = self.charged()
        if on_what := vals.pop("on_what", None):
            target = {"debtor_id": charge.debtor_id, "move_id": invoice, "move_line_id": self.items_of(invoice)}
            self.env["dunning.hold"].sudo().create({on_what: target[on_what].id, **vals})
        self.pay_on(invoice, "2026-03-10")
        asked = self.night(on).line_ids.charge_id
        self.assertLessEqual(asked, charge)
        return asked

    def test_nothing_holds_them(self):
        self.assertTrue(self.pursued())

    def test_insolvency_holds_what_was_supplied_before_it(self):
        self.assertFalse(self.pursued(on_what="debtor_id", kind="insolvent", supplied_before="2026-03-05"))

    def test_insolvency_does_not_hold_what_was_supplied_after_it(self):
        self.assertTrue(self.pursued(on_what="debtor_id", kind="insolvent", supplied_before="2026-02-05"))

    def test_hold_of_an_invoice_by_its_supply(self):
        self.assertTrue(self.pursued(on_what="move_id", supplied_before="2026-02-05"))

    def test_hold_of_an_invoice_supplied_before(self):
        self.assertFalse(self.pursued(on_what="move_id", supplied_before="2026-03-05"))

    def test_hold_of_a_part_of_the_item_does_not_hold_its_charges(self):
        self.assertTrue(self.pursued(on_what="move_line_id", amount=1))

    def test_hold_of_all_of_the_item_by_its_amount_does(self):
        self.assertFalse(self.pursued(on_what="move_line_id", amount=1000))

    def test_moved_step_holds_them_until_its_day(self):
        for on_what in ("debtor_id", "move_id", "move_line_id"):
            for on, is_asked in (("2026-03-12", False), ("2026-03-13", True)):
                with self.subTest(on_what=on_what, on=on), self.env.cr.savepoint() as savepoint:
                    asked = self.pursued(on, on_what=on_what, kind="postponed", date_until="2026-03-12")

                    self.assertEqual(bool(asked), is_asked)
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_moved_step_does_not_take_them_out_of_the_queue(self):
        invoice, charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        message = self.run_night(day("2026-03-12")).communication_ids
        self.env["dunning.hold"].create({
            "move_id": invoice.id, "kind": "postponed", "date_until": "2026-03-20"})

        self.deliver(day("2026-03-12"))

        self.assertEqual((message.state, message.line_ids.charge_id), ("sent", charge))

    def test_hold_takes_them_out_of_the_queue(self):
        invoice, _charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        message = self.run_night(day("2026-03-12")).communication_ids
        self.assertEqual(message.state, "queued")
        self.env["dunning.hold"].create({"move_id": invoice.id})

        self.deliver(day("2026-03-12"))

        self.assertEqual(message.state, "cancelled")

    def test_archived_customer_is_not_asked(self):
        invoice, _charge = self.charged()
        self.pay_on(invoice, "2026-03-10")
        self.customer.active = False

        self.assertFalse(self.night("2026-03-12").line_ids.charge_id)
