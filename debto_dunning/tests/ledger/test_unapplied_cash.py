"""Money that is there already and not matched yet: what it covers before anything is asked."""

from odoo.tests import tagged

from ..common import NIGHT, DunningCommon, days_ago, days_later


@tagged("-at_install", "post_install", "debto_dunning")
class TestUnappliedCash(DunningCommon):
    # -- Booked: credit notes and payments ---------------------------------------------------------------------------

    def test_rest_covers_the_oldest_due_first(self):
        new, old, middle = (self.make_invoice(100, overdue) for overdue in (10, 30, 20))
        stranger = self.make_invoice(100, 50, partner=self.make_customer("Stranger"))
        self.make_payment(150)

        self.assertCovered({old: 100, middle: 50, new: 0, stranger: 0})
        self.assertLeft(old, "covered")
        row = self.assertStep(middle, self.first)
        self.assertEqual((row.open, row.covered, row.asked), (100, 50, 50))

    def test_credit_note_covers_the_invoice_it_names(self):
        old, named = self.make_invoice(100, 30), self.make_invoice(100, 20)
        self.make_credit_note(60, invoice=named)

        self.assertCovered({old: 0, named: 60})

    def test_what_goes_beyond_the_named_invoice_covers_others(self):
        old, named = self.make_invoice(100, 30), self.make_invoice(100, 20)
        self.make_credit_note(130, invoice=named)

        self.assertCovered({old: 30, named: 100})

    def test_credit_note_that_names_none(self):
        old, new = self.make_invoice(100, 30), self.make_invoice(100, 20)
        self.make_credit_note(60)

        self.assertCovered({old: 60, new: 0})

    def test_named_and_free_money_together(self):
        old, named, new = (self.make_invoice(100, overdue) for overdue in (30, 20, 10))
        self.make_credit_note(80, invoice=named)
        self.make_payment(130)

        self.assertCovered({old: 100, named: 100, new: 10})

    def test_named_money_goes_along_the_instalments(self):
        old = self.make_invoice(100, 90)
        invoice = self.make_invoice(300, instalments=[(50, 40), (30, 20), (20, 10)])
        self.make_credit_note(100, invoice=invoice)

        self.assertCovered({old: 0, invoice: [100, 0, 0]})

        # both name it: nothing of the second goes to the older invoice
        self.make_credit_note(100, invoice=invoice)
        self.assertCovered({old: 0, invoice: [150, 50, 0]})

    def test_money_for_an_invoice_that_gets_no_step_covers_no_other(self):
        for spoil in (
            lambda invoice: invoice.action_toggle_block_payment(),
            lambda invoice: invoice.write({"is_move_sent": False}),
            lambda invoice: invoice.write({"no_followup": True}),
        ):
            customer = self.make_customer("Spoiled")
            left, other = (self.make_invoice(100, overdue, partner=customer) for overdue in (10, 20))
            spoil(left)
            self.make_credit_note(100, invoice=left)
            self.assertCovered({left: 100, other: 0})
            self.make_payment(40, partner=customer)
            self.assertCovered({left: 100, other: 40})

    def test_free_money_is_not_kept_for_an_invoice_without_steps(self):
        left, other = self.make_invoice(100, 30), self.make_invoice(100, 20)
        left.no_followup = True
        self.make_payment(100)

        self.assertCovered({left: 0, other: 100})

    def test_payment_matched_in_part_counts_with_its_rest(self):
        old, new = self.make_invoice(100, 30), self.make_invoice(100, 20)
        payment = self.make_payment(130)
        (self.items_of(old) + payment.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable")).reconcile()

        self.assertCovered({new: 30})

    def test_payment_of_a_part(self):
        invoice = self.make_invoice(100, 30)
        self.pay(invoice, 60)

        self.assertEqual(self.assertStep(invoice, self.first).asked, 40)

    def test_drafts_and_cancelled_money_cover_nothing(self):
        invoice = self.make_invoice(100)
        self.make_payment(30).action_draft()
        cancelled = self.make_payment(30)

        cancelled.action_draft()
        cancelled.action_cancel()
        self.make_credit_note(30).button_draft()

        self.assertCovered({invoice: 0})

    def test_covered_cents(self):
        invoice = self.make_invoice(0.3)
        for _number in range(3):
            self.make_payment(0.1)

        self.assertLeft(invoice, "covered")

    # -- Payments without entries ------------------------------------------------------------------------------------

    def test_payment_without_entries_covers_its_amount(self):
        old, new = self.make_invoice(100, 30), self.make_invoice(100, 20)
        payment = self.make_payment_without_entries(70)

        self.assertEqual((payment.state, bool(payment.move_id)), ("in_process", False))
        self.assertCovered({old: 70, new: 0})

    def test_payment_without_entries_covers_its_invoice(self):
        old, new = self.make_invoice(100, 30), self.make_invoice(100, 20)
        payment = self.make_payment_without_entries(120, new)

        self.assertCovered({old: 20, new: 100})

        # paid by hand: Odoo shows the invoice as paid and leaves its item open
        payment.action_validate()
        self.assertCovered({old: 0, new: 100})

    def test_paid_payment_whose_bank_line_is_matched_covers_nothing_more(self):
        invoice = self.make_invoice(100, 30)
        payment = self.make_payment_without_entries(60, invoice)
        payment.action_validate()
        self.pay(invoice, 60)  # stands for the bank line that is matched with the invoice

        self.assertEqual(invoice.payment_state, "partial")
        self.assertCovered({invoice: 0})

    def test_refund_of_a_supplier_covers_nothing(self):
        invoice = self.make_invoice(100)
        self.make_payment_without_entries(100, partner_type="supplier")
        self.make_payment_without_entries(100, payment_type="outbound")

        self.assertCovered({invoice: 0})

    # -- Bank lines --------------------------------------------------------------------------------------------------

    def test_bank_line_of_the_customer(self):
        old, new = self.make_invoice(100, 30), self.make_invoice(100, 20)
        self.make_bank_line(70, partner=self.customer)
        self.make_bank_line(-500, partner=self.customer)
        self.make_bank_line(500)

        self.assertCovered({old: 70, new: 0})

    def test_bank_line_from_the_customer_s_account(self):
        other = self.make_customer("Other")
        contact = self.make_customer("Contact", parent_id=self.customer.id, is_company=False)
        self.env["res.partner.bank"].create({"acc_number": "BE68 5390 0754 7034", "partner_id": contact.id})
        invoice, others = self.make_invoice(100), self.make_invoice(100, partner=other)
        self.make_bank_line(30, account_number="be68539007547034")
        self.make_bank_line(30, account_number="BE43068999999501")

        self.assertCovered({invoice: 30, others: 0})

        # who is chosen on the line goes before the holder of its account
        self.make_bank_line(50, account_number="BE68539007547034", partner=other)
        self.assertCovered({invoice: 30, others: 50})

    def test_account_of_two_customers_counts_for_both(self):
        twin = self.make_customer("Twin")
        for partner in (self.customer, twin):
            self.env["res.partner.bank"].create({"acc_number": "BE68539007547034", "partner_id": partner.id})
        one, two = self.make_invoice(100), self.make_invoice(100, partner=twin)
        self.make_bank_line(30, account_number="BE68539007547034")

        self.assertCovered({one: 30, two: 30})

    def test_bank_line_that_names_the_invoice(self):
        cases = [
            # name or reference, text, found
            ("INV/2026/00812", "INV/2026/00812", True),
            ("INV/2026/00812", "invoice inv/2026/00812, thanks", True),
            ("INV/2026/00812", "INV 2026 00812", True),
            ("INV/2026/00812", "INV2026/00812", True),
            ("INV/2026/00812", "I N V 2 0 2 6 0 0 8 1 2", True),
            ("INV/2026/00812", "pay INV/2026/00811+INV/2026/00812", True),
            ("INV/2026/00812", "INV/2026/00812\nINV/2026/00900", True),
            ("INV/2026/00812", "INV/2026/008123", False),
            ("INV/2026/00812", "1INV/2026/00812", False),
            ("INV/2026/00812", "INV/2026/0081", False),
            ("INV/2026/00812", "2026/00812", False),
            ("INV/2026/00812", "00812 INV/2026", False),
            ("+++090/9337/55493+++", "+++090/9337/55493+++", True),
            ("+++090/9337/55493+++", "***090/9337/55493***", True),
            ("+++090/9337/55493+++", "090933755493", True),
            ("+++090/9337/55493+++", "090 9337 55493 Azur", True),
            ("+++090/9337/55493+++", "paid 0909 3375 5493", True),
            ("+++090/9337/55493+++", "+++090/9337/55494+++", False),
            ("RF45 G72U UR", "RF45G72UUR", True),
            ("RF18539007547034", "RF18 5390 0754 7034", True),
            ("FAKTÜR-2026-1", "fakTÜr 2026 1", True),
            ("A 12", "A 12", False),  # too short to be no chance
            ("12.5% (x)[y]\\", "paid 12.5% (x)[y]\\ today", True),
            ("12.5% (x)[y]\\", "12x5% (x)[y]\\", False),
            ("_%_%_%", "whatever", False),
        ]

        for number, (reference, text, found) in enumerate(cases):
            with self.subTest(reference=reference, text=text):
                customer = self.make_customer(f"Names {number}")
                old = self.make_invoice(100, 60, partner=customer)
                named = self.make_invoice(100, 10, partner=customer)
                named.payment_reference = reference
                line = self.make_bank_line(100, text)
                self.assertCovered({old: 0, named: 100 if found else 0})
                line.move_id.button_draft()
                line.unlink()

    def test_bank_line_that_names_the_number_of_the_invoice(self):
        old, named = self.make_invoice(100, 60), self.make_invoice(100, 10)
        named.payment_reference = "something else"
        self.make_bank_line(100, named.name.replace("/", " "))

        self.assertCovered({old: 0, named: 100})

    def test_bank_line_that_names_several_invoices(self):
        old, one, two = (self.make_invoice(100, overdue) for overdue in (60, 20, 10))
        self.make_bank_line(250, f"{two.name} {one.name}")

        self.assertCovered({old: 50, one: 100, two: 100})

        self.make_bank_line(60, f"{two.name} & {one.name}")
        self.assertCovered({old: 100, one: 100, two: 100})

    def test_single_names_go_before_several(self):
        one, two = self.make_invoice(100, 20), self.make_invoice(100, 10)
        old = self.make_invoice(100, 60)
        self.make_bank_line(100, f"{one.name} {two.name}")
        self.make_bank_line(100, one.name, partner=self.customer)

        self.assertCovered({old: 0, one: 100, two: 100})

    def test_who_pays_for_another_covers_the_named_invoice(self):
        sister = self.make_customer("Sister")
        own, named = self.make_invoice(100, partner=sister), self.make_invoice(100, 20)
        other = self.make_invoice(100, 60)
        self.make_bank_line(130, named.name, partner=sister)

        decided = self.decide()

        self.assertEqual([decided[self.items_of(move).id].covered for move in (named, other)], [100, 0])
        self.assertCovered({named: 100, other: 0})
        self.assertCovered({own: 100})

    def test_bank_line_older_than_thirty_days(self):
        invoice = self.make_invoice(100, 90)
        self.make_bank_line(10, partner=self.customer, when=31)

        self.assertCovered({invoice: 0})

        self.make_bank_line(20, partner=self.customer, when=30)
        self.assertCovered({invoice: 20})

        self.make_bank_line(40, partner=self.customer, when=0)
        self.assertCovered({invoice: 60})

        self.make_bank_line(15, partner=self.customer, when=-1)
        self.assertCovered({invoice: 60})

    def test_registered_payments_stand_against_their_bank_lines(self):
        """Lines and payments of the same amount, in days before the night; how many lines are left."""
        for lines, payments, left in (
            ([2], [2], 0),
            ([2], [9], 0),
            ([9], [2], 0),
            ([2], [10], 1),
            ([10], [2], 1),
            ([2, 3], [2], 1),
            ([2, 3], [2, 3], 0),
            ([2], [2, 3], 0),
            ([2, 3, 4], [1, 5], 1),
            # not a chain: each payment is within seven days of one line only
            ([2, 9], [15, 16], 1),
            ([16, 9], [2, 3], 1),
            ([1, 8, 15], [8], 2),
            # the payment in the middle goes to the line that no other can take
            ([10, 3], [9, 16], 0),
            ([20, 10], [15, 4], 0),
        ):
            with self.subTest(lines=lines, payments=payments):
                customer = self.make_customer("Pairs")
                invoice = self.make_invoice(1000, 90, partner=customer)
                for when in lines:
                    self.make_bank_line(100, partner=customer, when=when)
                for when in payments:
                    self.make_payment(100, when, partner=customer)
                # the payments themselves are open and cover as well
                self.assertCovered({invoice: 100 * (left + len(payments))})

    def test_payment_matched_with_its_invoice_stands_against_the_bank_line(self):
        paid, still_open = self.make_invoice(100, 60), self.make_invoice(100, 30)
        self.pay(paid, when=3)
        self.make_bank_line(100, partner=self.customer)

        self.assertCovered({still_open: 0})

        self.make_bank_line(100, partner=self.customer)
        self.assertCovered({still_open: 100})

    def test_other_amount_or_customer_stands_against_nothing(self):
        invoice = self.make_invoice(1000, 60)
        self.make_bank_line(100, partner=self.customer)
        self.make_payment(100, partner=self.make_customer("Other"))
        self.pay(self.make_invoice(99.99, 60))

        self.assertCovered({invoice: 100})

    def test_of_equal_lines_the_one_naming_an_open_invoice_is_left(self):
        """A monthly fee: two months are paid in one week, one is registered."""
        for order in (1, -1):
            customer = self.make_customer("Fee")
            oldest, january, february = (self.make_invoice(50, when, partner=customer) for when in (90, 40, 10))
            for when, invoice in zip((5, 4)[::order], (january, february), strict=True):
                self.make_bank_line(50, invoice.name, when=when, partner=customer)
            self.pay(january, when=4)
            self.assertCovered({oldest: 0, february: 50})

    # -- Online payments ---------------------------------------------------------------------------------------------

    def test_online_payments_under_way(self):
        for state, covered in (("draft", 0), ("pending", 30), ("authorized", 30), ("done", 30), ("cancel", 0),
                               ("error", 0)):
            with self.subTest(state=state):
                customer = self.make_customer(f"Online {state}")
                old, new = (self.make_invoice(100, overdue, partner=customer) for overdue in (30, 20))
                self.make_online(30, state, new, customer)
                self.assertCovered({old: 0, new: covered})

    def test_online_payment_for_seven_days(self):
        invoice = self.make_invoice(100, 30)
        self.make_online(10, "pending", when=8)

        self.assertCovered({invoice: 0})

        self.make_online(20, "pending", when=7)
        self.assertCovered({invoice: 20})

    def test_posted_online_payment_counts_once(self):
        invoice = self.make_invoice(100, 30)
        online = self.make_online(30, "done")
        online.payment_id = self.make_payment(30)

        self.assertCovered({invoice: 30})

    def test_refunds_and_checks_of_cards_cover_nothing(self):
        invoice = self.make_invoice(100, 30)
        self.make_online(-30, "pending", operation="refund")
        self.make_online(30, "pending", operation="validation")

        self.assertCovered({invoice: 0})

    def test_online_payment_by_somebody_else(self):
        sister = self.make_customer("Sister")
        own, named = self.make_invoice(100, partner=sister), self.make_invoice(100, 20)
        old = self.make_invoice(100, 60)
        self.make_online(130, "pending", named, sister)

        self.assertCovered({named: 100, old: 30, own: 0})

    # -- Currencies --------------------------------------------------------------------------------------------------

    def make_usd(self, *rates):
        """Rates: pairs (days before the night, dollars for a euro)."""
        usd = self.env.ref("base.USD")
        usd.active = True
        usd.rate_ids.unlink()
        for when, rate in rates:
            self.env["res.currency.rate"].create({
                "currency_id": usd.id, "name": days_ago(when), "rate": rate, "company_id": self.company.id})
        return usd

    def test_other_currency_at_the_rate_of_the_night(self):
        usd = self.make_usd((300, 4), (1, 2), (-1, 8))
        dollars, euros = self.make_invoice(100, 20, currency_id=usd.id), self.make_invoice(100, 10)
        self.make_payment(70)

        row = self.look(dollars)

        self.assertEqual((row.open, row.covered, row.asked, row.currency), (100, 100, 0, usd.id))
        self.assertCovered({dollars: 100, euros: 20})

        self.make_payment(50, currency_id=usd.id)
        self.assertCovered({dollars: 100, euros: 45})

    def test_minimum_in_the_company_s_currency(self):
        usd = self.make_usd((300, 4), (1, 2))
        self.first.minimum_amount = 50

        self.assertStep(self.make_invoice(100, currency_id=usd.id), self.first)

        self.first.minimum_amount = 50.01
        self.assertLeft(self.make_invoice(100, currency_id=usd.id, partner=self.make_customer("Other")), "minimum")

    def test_bank_line_in_another_currency(self):
        usd = self.make_usd((300, 4), (1, 2))
        invoice = self.make_invoice(100)
        self.make_bank_line(30, partner=self.customer, foreign_currency_id=usd.id, amount_currency=40)

        self.assertCovered({invoice: 20})

    def test_currency_that_is_archived_since(self):
        usd = self.make_usd((300, 4))
        invoice = self.make_invoice(100, currency_id=usd.id)
        usd.active = False

        self.assertEqual(self.assertStep(invoice, self.first).asked, 100)

    def test_rounding_of_the_currency(self):
        usd = self.make_usd((300, 3))
        invoice = self.make_invoice(100, currency_id=usd.id)
        self.make_payment(10.01)

        row = self.look(invoice)

        self.assertEqual((row.covered, row.asked), (30.03, 69.97))

    def test_decision_is_the_same_on_a_later_night(self):
        invoice = self.make_invoice(100, 40)
        self.make_bank_line(100, partner=self.customer, when=29)

        self.assertLeft(invoice, "covered", days_later(1))
        self.assertStep(invoice, self.first, days_later(2))
        self.assertLeft(invoice, "covered", NIGHT)
