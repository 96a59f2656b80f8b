"""What is in dispute stands on the statement as such, and is in none of the amounts that are due."""

from decimal import Decimal

from odoo.tests import tagged

from ..agreement.agreement_common import AgreementCommon
from ..common import NIGHT


@tagged("post_install", "-at_install")
class TestStatementDispute(AgreementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company_account("Company")
        cls.category = cls.env["dunning.dispute.category"].create({"name": "Short"})

    def dispute(self, invoice, amount):
        return self.env["dunning.dispute"]._make(
            self.debtor_of(self.customer), {self.items_of(invoice): amount}, self.category, "call")

    def page(self, moves=None):
        statements = self.env["dunning.statement"]
        (values,) = (statements._for_moves(moves, NIGHT) if moves
                     else statements._for_debtors(self.debtor_of(self.customer), NIGHT))
        return values

    def numbers(self, values):
        """Amounts as the page shows them, without the sign of the currency."""
        return [value.replace("\xa0", "").strip("€ ") for value in values]

    def test_part_is_left_out_of_what_is_due(self):
        invoice, other = self.make_invoice(100), self.make_invoice(50)
        self.dispute(invoice, 30)

        values = self.page()

        (section,) = values["sections"]
        self.assertEqual(self.numbers([section["due"], section["total"]]), ["120.00", "120.00"])
        due = {claim["document"]: claim["due"] for claim in section["claims"]}
        self.assertEqual(self.numbers([due[invoice.name], due[other.name]]), ["70.00", "50.00"])
        self.assertEqual([row["document"] for row in values["disputed"]], [invoice.name])
        self.assertEqual(self.numbers([values["disputed"][0]["amount"]]), ["30.00"])
        rows = next(claim["rows"] for claim in section["claims"] if claim["document"] == invoice.name)
        self.assertEqual([row["principal"] for row in rows], ["100.00", "-30.00"])
        self.assertIn("dispute", rows[1]["text"])
        self.assertEqual(self.numbers([account["amount"] for account in section["accounts"]]), ["120.00"])

    def test_whole_invoice_is_shown_and_not_due(self):
        invoice = self.make_invoice(100)
        self.pay(invoice, 40)
        self.dispute(invoice, 60)

        values, alone = self.page(), self.page(invoice)

        for page in (values, alone):
            self.assertEqual(page["sections"], [])
            self.assertEqual(self.numbers([row["amount"] for row in page["disputed"]]), ["60.00"])

    def test_costs_and_interest_of_what_is_in_dispute_are_not_due(self):
        self.company.write({"country_id": self.env.ref("base.be").id, "dunning_term_agreed": True})
        self.second.write({"costs": "collection", "asks_interest": True})
        invoice = self.make_invoice(1000, overdue=40)
        debtor, statements = self.debtor_of(self.customer), self.env["dunning.statement"]

        def left():
            owed, _to_come = statements._owed(self.company, NIGHT, debtor, None)
            return [one.account.left for one in owed[debtor]]

        (before,) = left()
        self.assertGreater(before.interest, 0)
        dispute = self.dispute(invoice, 400)
        (part,) = left()
        self.assertEqual(part.principal, 600)
        self.assertAlmostEqual(part.interest, before.interest * Decimal("0.6"), delta=Decimal("0.01"))
        dispute.action_withdraw()
        self.dispute(invoice, 1000)
        self.assertEqual(left(), [])

    def test_not_due_yet(self):
        part, whole = self.make_invoice(100, overdue=-20), self.make_invoice(80, overdue=-20)
        self.dispute(part, 30)
        self.dispute(whole, 80)

        values = self.page()

        self.assertEqual([row["document"] for row in values["to_come"]], [part.name])
        self.assertEqual(self.numbers([row["open"] for row in values["to_come"]]), ["70.00"])
        self.assertEqual(self.numbers([row["amount"] for row in values["disputed"]]), ["30.00", "80.00"])

    def test_settled_dispute_is_due_again(self):
        invoice = self.make_invoice(100)
        dispute = self.dispute(invoice, 30)
        dispute.action_withdraw()

        values = self.page()

        self.assertEqual(values["disputed"], [])
        self.assertEqual(self.numbers([values["sections"][0]["due"]]), ["100.00"])

    def test_printed(self):
        invoice = self.make_invoice(100)
        self.dispute(invoice, 30)

        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "debto_dunning.report_statement", self.debtor_of(self.customer).ids)

        self.assertIn("not asked until it is settled", html.decode())
        self.assertIn("70.00", html.decode())
