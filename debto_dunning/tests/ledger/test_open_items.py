"""What is open, today and on days gone by: one definition."""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from ..common import NIGHT, DunningCommon, days_ago


@tagged("post_install", "-at_install")
class TestOpenItems(DunningCommon):
    def rows(self, as_of=None, **narrow):
        """{line id: row} of what is open."""
        self.env.flush_all()
        self.env.cr.execute(self.env["account.move.line"]._dunning_open_items_sql(
            self.company._dunning_companies(), as_of, **narrow))
        return {row["id"]: row for row in self.env.cr.dictfetchall()}

    def balance(self, day):
        """The balance of the receivable accounts at the end of a day."""
        lines = self.env["account.move.line"].search([
            ("account_type", "=", "asset_receivable"), ("parent_state", "=", "posted"), ("date", "<=", day),
            ("company_id", "in", self.company._dunning_companies().ids)])
        return sum(lines.mapped("balance"))

    def make_ledger(self):
        """Invoices, instalments, credit notes, payments whole and in part, another currency, an opening entry."""
        dollar = self.setup_other_currency("USD", rates=[("2025-01-01", 2.0), (days_ago(40), 4.0)])
        paid, part = self.make_invoice(100, 60), self.make_invoice(200, 50)
        self.pay(paid, when=30)
        self.pay(part, 80, when=20)
        self.make_invoice(300, instalments=[(40, 45), (60, 15)])
        foreign = self.make_invoice(400, 35, currency_id=dollar.id)
        self.pay(foreign, 100, when=10)
        self.make_credit_note(50, part)
        self.make_payment(70, when=5)
        receivable = self.items_of(paid).account_id
        entry = self.env["account.move"].create({
            "move_type": "entry", "date": days_ago(55),
            "journal_id": self.company_data["default_journal_misc"].id,
            "line_ids": [
                Command.create({"name": "old 1", "account_id": receivable.id, "partner_id": self.customer.id,
                                "debit": 25, "date_maturity": days_ago(52)}),
                Command.create({"name": "opening", "account_id": self.company_data["default_account_revenue"].id,
                                "credit": 25})]})
        entry.action_post()

    def test_as_of_today_is_what_odoo_says_is_left(self):
        self.make_ledger()
        lines = self.env["account.move.line"].search([
            ("account_type", "=", "asset_receivable"), ("parent_state", "=", "posted"), ("reconciled", "=", False),
            ("company_id", "=", self.company.id)])
        expected = {line.id: (line.amount_residual_currency, line.amount_residual) for line in lines}
        self.assertGreater(len(expected), 6)

        for as_of in (None, NIGHT):
            with self.subTest(as_of=as_of):
                found = {key: (float(row["open"]), float(row["residual"])) for key, row in self.rows(as_of).items()}

                self.assertEqual(set(found), set(expected))
                for key, amounts in expected.items():
                    self.assertAlmostEqual(found[key][0], amounts[0], 2)
                    self.assertAlmostEqual(found[key][1], amounts[1], 2)

    def test_total_is_the_balance_of_the_receivable_accounts_on_any_day(self):
        self.make_ledger()
        totals = set()

        for days in range(100, -1, -1):
            day = days_ago(days)
            total = float(sum(row["residual"] for row in self.rows(day).values()))
            totals.add(round(total, 2))
            self.assertAlmostEqual(total, self.balance(day), 2, f"on {day}")

        self.assertGreater(len(totals), 6)

    def test_replayed_ledger_gives_what_was_seen_on_each_day(self):
        """Booked day by day without backdating or unmatching, a past day looks as it looked then."""
        invoices, seen = {}, {}
        for step in range(12):
            day = days_ago(40 - 3 * step)
            overdue = (NIGHT - day).days
            invoices[step] = self.make_invoice(100 + step, overdue, invoice_date=day, invoice_date_due=day)
            if step >= 2:
                self.pay(invoices[step - 2], None if step % 3 else 30, when=overdue)
            if step == 7:
                self.make_credit_note(25, invoices[6], invoice_date=day)
            seen[day] = {key: row["residual"] for key, row in self.rows().items()}

        for day, expected in seen.items():
            for shift in (0, 1, 2):
                found = {key: row["residual"] for key, row in self.rows(day + timedelta(days=shift)).items()}
                self.assertEqual(found, expected, f"{day} + {shift}")

    def test_due_day_rate_and_sign(self):
        dollar = self.setup_other_currency("USD", rates=[("2025-01-01", 2.0), (days_ago(40), 4.0)])
        invoice = self.make_invoice(400, 35, currency_id=dollar.id)
        note = self.make_credit_note(10)
        item = self.items_of(invoice)

        today, before = self.rows()[item.id], self.rows(rate_date=days_ago(50))[item.id]

        self.assertEqual((today["due"], today["sign"], float(today["rate"]), today["decimals"], today["is_invoice"]),
                         (days_ago(35), 1, 0.25, 2, True))
        self.assertEqual(float(before["rate"]), 0.5)
        self.assertEqual(today["due"], item._dunning_due_date())
        self.assertEqual(self.rows()[self.items_of(note).id]["sign"], -1)
