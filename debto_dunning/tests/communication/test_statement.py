"""The statement of what is still due, worked by hand."""

import io
from datetime import date
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ...models.communication.dunning_statement_owed import NEVER
from ...tools.imputation import Parts, statement
from ...tools.interest import Rate, interest
from ...tools.running_claim import RunningClaim
from ..common import NIGHT, DunningCommon, days_ago

D = Decimal
FUZZ = settings(max_examples=200, deadline=None, database=None, derandomize=True)
FIRST = date(2025, 1, 1)
TWO_RATES = (Rate(date(2000, 1, 1), date(2025, 6, 30), D(10)), Rate(date(2025, 7, 1), None, D("7.25")))


def amounts(low="0.01", high="3000"):
    return st.decimals(low, high, places=2)


def days(high=date(2028, 12, 31)):
    return st.dates(date(2024, 6, 1), high)


PAYMENTS = st.lists(st.tuples(days(), amounts()), max_size=5)
COSTS = st.lists(st.tuples(days(), amounts("1", "50")), max_size=3)


@tagged("-at_install", "post_install", "debto_dunning")
class TestStatementArithmetic(BaseCase):
    @FUZZ
    @given(amounts(high="100000"), days(), PAYMENTS, COSTS)
    def test_reminders_never_ask_more(self, principal, last, payments, costs):
        """A reminder asks what the ledger shows, where payments reduce the invoice first."""
        assume(sum(amount for _day, amount in payments) <= principal)
        paid = sum(amount for day, amount in payments if day <= last)
        # what is paid later reduces nothing yet
        so_far = [(day, amount) for day, amount in payments if day <= last]
        asked = (
            principal - paid + interest(principal, FIRST, last, TWO_RATES, so_far).amount
            + sum(amount for day, amount in costs if day <= last))

        self.assertGreaterEqual(statement(principal, FIRST, last, TWO_RATES, payments, costs).left.due, asked)

    @FUZZ
    @given(amounts(high="100000"), days(), PAYMENTS, COSTS, st.booleans())
    def test_stretches_add_up_to_the_interest_that_ran(self, principal, last, payments, costs, compounds):
        facts = RunningClaim(principal, FIRST, TWO_RATES, tuple(payments), tuple(costs), compounds, D("0.01"))
        found = facts.on(last)
        run = found.left.interest + sum(entry.paid.interest for entry in found.entries)

        self.assertEqual(sum(stretch.amount for stretch in facts.stretches(last)), run)
        self.assertGreaterEqual(facts.growth(last), 0)

    @FUZZ
    @given(amounts(high="100000"), days(), PAYMENTS, COSTS)
    def test_stretches_are_those_of_the_principal_that_was_left(self, principal, last, payments, costs):
        facts = RunningClaim(principal, FIRST, TWO_RATES, tuple(payments), tuple(costs), False, D("0.01"))
        paid = [(entry.day, entry.paid.principal) for entry in facts.on(last).entries]
        plain = interest(principal, FIRST, last, TWO_RATES, paid).stretches

        # a payment of costs only begins a new stretch on the same base
        self.assertEqual(sum(row.amount for row in plain), sum(row.amount for row in facts.stretches(last)))
        self.assertLessEqual({row.base for row in plain}, {row.base for row in facts.stretches(last)})

    def test_without_interest_nothing_runs(self):
        facts = RunningClaim(D(1000), NEVER, (), ((FIRST, D(400)),), ((FIRST, D(40)),), False, D("0.01"))

        self.assertEqual(facts.on(NIGHT).left, Parts(principal=D(640)))
        self.assertEqual((facts.stretches(NIGHT), facts.growth(NIGHT)), ([], 0))


@tagged("-at_install", "post_install", "debto_dunning")
class TestStatement(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({
            "country_id": cls.env.ref("base.be").id, "dunning_sent_only": False, "name": "Atelier Dupont",
            "dunning_term_agreed": True,
            "street": "Rue Haute 1", "zip": "1000", "city": "Brussels"})
        cls.make_company_account("Atelier Dupont")
        cls.statements = cls.env["dunning.statement"]
        cls.second.write({"costs": "collection", "asks_interest": True})
        cls.be = cls.env.ref("debto_dunning.law_be_business")

    # -- Short ways --------------------------------------------------------------------------------------------------

    @classmethod
    def ask(cls, invoice, when, cost=0.0, interest=0.0, level=None, law=None):
        """A reminder that asked costs and interest so many days before the night, and the charge that keeps them."""
        said = cls.say(invoice, level or cls.second, when, line_vals={
            "law_id": (law or cls.be).id, "amount_asked": invoice.amount_total, "amount_cost": cost,
            "amount_interest": interest})
        cls.env["dunning.charge"]._update_from_log(cls.items_of(invoice))
        return said

    def charge(self, invoice):
        return self.env["dunning.charge"].search([("move_id", "=", invoice.id)])

    def owed(self, *invoices, on=NIGHT, debtor=None):
        """What is left of each claim by part: {invoice: Parts}."""
        debtor = debtor or self.debtor_of(self.customer)
        moves = self.env["account.move"].union(*invoices) if invoices else None
        owed, _to_come = self.statements._owed(self.company, on, debtor, moves)
        return {one.item.move_id: one.account.left for one in owed[debtor]}

    def facts(self, invoice):
        debtor = self.debtor_of(invoice.commercial_partner_id)
        owed, _to_come = self.statements._owed(self.company, NIGHT, debtor, None)
        (found,) = [one.facts for one in owed[debtor] if one.item.move_id == invoice]
        return found

    def page(self, debtor=None, **kwargs):
        (values,) = self.statements._for_debtors(debtor or self.debtor_of(self.customer), **kwargs)
        return values

    def print_pdf(self, report, records):
        """The text of a report as it is printed."""
        pdf, kind = self.env["ir.actions.report"].with_context(
            force_report_rendering=True)._render_qweb_pdf(f"debto_dunning.{report}", records.ids)
        self.assertEqual(kind, "pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        return " ".join(text.split())

    @staticmethod
    def parts(costs, interest, principal):
        return Parts(D(costs), D(interest), D(principal))

    def assertColumns(self, claim, costs, interest, principal):
        """The rows of each column add up to its last line."""
        for name, expected in (("costs", costs), ("interest", interest), ("principal", principal)):
            rows = [D(row[name].replace(",", "")) for row in claim["rows"] if row[name]]
            self.assertEqual(sum(rows, D(0)), D(claim[name].replace(",", "")), name)
            self.assertEqual(claim[name], expected)

    def part_paid(self):
        """1,000 due on 1 January; 40 asked on 31 January; 400 paid on 10 February."""
        invoice = self.make_invoice(1000, overdue=69)
        self.ask(invoice, when=39, cost=40)
        self.pay(invoice, 400, when=29)
        return invoice

    # -- The reckoning -----------------------------------------------------------------------------------------------

    def test_part_payment_pays_costs_then_interest_then_principal(self):
        # Belgium, 10.5 %. 2 January to 10 February, 40 days: 1,000 × 10.5 × 40 / 36,500 = 11.5068. Of 400 then 40 for
        # costs, 11.51 interest, 348.49 principal. 29 days more: 651.51 × 10.5 × 29 / 36,500 = 5.4352, in all 16.9420:
        # 16.94 less the 11.51 paid. A day more: 651.51 × 10.5 / 36,500 = 0.1874.
        invoice = self.part_paid()
        self.assertEqual(self.owed(), {invoice: self.parts(0, "5.43", "651.51")})

        (section,) = self.page()["sections"]
        (claim,) = section["claims"]

        self.assertColumns(claim, "0.00", "5.43", "651.51")
        self.assertEqual([(row["day"], row["costs"], row["interest"], row["principal"]) for row in claim["rows"]], [
            ("12/02/2025", "", "", "1,000.00"),
            ("01/31/2026", "40.00", "", ""),
            ("02/10/2026", "", "11.51", ""),
            ("02/10/2026", "-40.00", "-11.51", "-348.49"),
            ("03/11/2026", "", "5.43", ""),
        ])
        self.assertIn("40 days at 10.5 % a year", claim["rows"][2]["text"])
        self.assertIn("651.51", claim["rows"][4]["text"])
        self.assertIn("656.94", section["total"])
        self.assertIn("0.19", section["growth"])
        # the ledger's view: 600 + 40 + 11.5068 + 600 × 10.5 × 29 / 36,500 = 656.51
        self.assertLess(656.51, float(self.owed()[invoice].due))

    def test_another_day(self):
        # up to 31 January 30 days: 1,000 × 10.5 × 30 / 36,500 = 8.6301; costs are owed from that day on
        invoice = self.part_paid()

        self.assertEqual(self.owed(on=date(2026, 1, 31)), {invoice: self.parts(40, "8.63", 1000)})
        self.assertEqual(self.owed(on=date(2026, 1, 30)), {invoice: self.parts(0, "8.34", 1000)})

    def test_costs_are_owed_from_the_day_of_each_increase(self):
        invoice = self.make_invoice(1000, overdue=69)
        first = self.ask(invoice, when=39, cost=40)
        self.ask(invoice, when=19, cost=90, level=self.last)
        facts = self.facts(invoice)

        self.assertEqual(facts.costs, ((days_ago(39), D(40)), (days_ago(19), D(50))))

        first.line_ids._make_void()
        self.assertEqual(self.facts(invoice).costs, ((days_ago(19), D(90)),))

    def test_interest_of_full_years_bears_interest_in_the_netherlands(self):
        # ECB 3.15, then 2.15, plus 8 points. 150 days at 11.15: 45.8219; 184 and 31 days at 10.15: 51.1671 and 8.6205;
        # a year's 105.6096. Then 39 days on 1,105.6096 at 10.15: 11.9906; in all 117.6002.
        self.company.country_id = self.env.ref("base.nl")
        invoice = self.make_invoice(1000, overdue=404)

        self.assertEqual(self.items_of(invoice).date_maturity, date(2025, 1, 31))
        self.assertEqual(self.owed(), {invoice: self.parts(0, "117.60", 1000)})
        self.assertEqual(
            [(row.base.quantize(D("0.01")), row.amount) for row in self.facts(invoice).stretches(NIGHT)],
            [(D(1000), D("45.82")), (D(1000), D("51.17")), (D(1000), D("8.62")), (D("1105.61"), D("11.99"))])
        # 1,105.6096 × 10.15 / 36,500 = 0.3074
        self.assertEqual(round(self.facts(invoice).growth(NIGHT), 4), D("0.3075"))

        # the year's interest paid on its last day: 39 days on 1,000, 10.8452; 116.4548 less 105.61
        self.pay(invoice, 105.61, when=39)
        self.assertEqual(self.owed(), {invoice: self.parts(0, "10.84", 1000)})
        self.assertColumns(self.page()["sections"][0]["claims"][0], "0.00", "10.84", "1,000.00")

    def test_of_a_waived_claim_only_the_principal_is_due(self):
        invoice = self.part_paid()

        self.charge(invoice)._waive("friendship")
        self.assertEqual(self.owed(), {invoice: self.parts(0, 0, 600)})

        (section,) = self.page()["sections"]
        self.assertColumns(section["claims"][0], "0.00", "0.00", "600.00")
        self.assertFalse(section["growth"])
        self.assertFalse(section["has_charges"])

    def test_french_consumer_owes_no_costs(self):
        consumer = self.make_customer("Camus", is_company=False, country_id=self.env.ref("base.fr").id)
        self.first.gives_notice = True
        invoice = self.make_invoice(1000, overdue=60, partner=consumer)

        for when in (50, 40, 30):
            self.accept_mails(self.remind(days_ago(when)), days_ago(when))

        self.assertGreaterEqual(invoice.dunning_level, 2)

        left = self.owed(debtor=self.debtor_of(consumer))[invoice]
        self.assertEqual((left.costs, left.principal), (0, 1000))

    def test_dutch_consumer_owes_nothing_besides_before_the_letter(self):
        consumer = self.make_customer("Vermeer", is_company=False, country_id=self.env.ref("base.nl").id)
        self.company.dunning_term_agreed = True
        invoice = self.make_invoice(1000, overdue=60, partner=consumer)

        self.assertEqual(self.owed(debtor=self.debtor_of(consumer)), {invoice: self.parts(0, 0, 1000)})

    def test_no_interest_where_no_step_asks_it(self):
        self.second.asks_interest = False
        invoice = self.make_invoice(1000, overdue=69)

        self.assertEqual(self.owed(), {invoice: self.parts(0, 0, 1000)})

        # 69 days: 1,000 × 10.5 × 69 / 36,500 = 19.8493
        self.ask(invoice, when=39, interest=8.63)
        self.assertEqual(self.owed(), {invoice: self.parts(0, "19.85", 1000)})

    def test_credit_note_reduces_the_principal_from_the_beginning(self):
        # 600 × 10.5 × 69 / 36,500 = 11.9096
        invoice = self.make_invoice(1000, overdue=69)
        credit = self.make_credit_note(400, invoice)
        (self.items_of(invoice) + self.items_of(credit)).reconcile()

        self.assertEqual(self.owed(), {invoice: self.parts(0, "11.91", 600)})
        self.assertColumns(self.page()["sections"][0]["claims"][0], "0.00", "11.91", "600.00")

    # -- Left open, booked, covered ----------------------------------------------------------------------------------

    def left_open(self):
        """As :meth:`part_paid`, with the whole 1,000 paid on 10 February."""
        invoice = self.make_invoice(1000, overdue=69)
        self.ask(invoice, when=39, cost=40, interest=8.63)
        self.pay(invoice, when=29)
        self.env["dunning.charge"].sudo()._settle(self.company, NIGHT)  # as the night does
        return invoice

    def test_paid_invoice_with_costs_left_open(self):
        # of 1,000 then 40 for costs, 11.51 interest, 948.49 principal; 29 days more: 51.51 × 10.5 × 29 / 36,500 =
        # 0.4297, in all 11.9365: 11.94 less 11.51
        invoice = self.left_open()
        self.assertEqual(self.charge(invoice).amount_due, 51.51)
        self.assertEqual(self.owed(), {invoice: self.parts(0, "0.43", "51.51")})
        self.assertEqual(self.owed(invoice), self.owed())

        self.charge(invoice)._waive("friendship")
        self.assertEqual(self.owed(), {})

    def test_what_pays_the_booked_costs_pays_the_claim(self):
        invoice = self.left_open()
        self.company.write({
            "dunning_charge_journal_id": self.company_data["default_journal_sale"].id,
            "dunning_cost_account_id": self.company_data["default_account_revenue"].id,
            "dunning_interest_account_id": self.company_data["default_account_revenue"].id})
        document = self.charge(invoice)._book()

        self.assertEqual(document.amount_total, 51.51)
        self.assertEqual(self.owed(), {invoice: self.parts(0, "0.43", "51.51")}, "booked, it is not due twice")

        self.pay(document, 20)
        self.assertEqual(self.owed(), {invoice: self.parts(0, 0, "31.94")})
        self.assertEqual(self.owed(document), {}, "only _for_moves knows what it books")

        (values,) = self.statements._for_moves(document)
        self.assertIn("31.94", values["sections"][0]["total"])

        self.pay(document)
        with self.assertRaises(UserError):
            self.statements._for_moves(invoice)

    def test_money_not_matched_yet_is_taken_off(self):
        self.part_paid()
        self.make_payment(100, when=1)

        (section,) = self.page()["sections"]

        # 656.94 less the payment, and less one day's interest of it: 100 × 10.5 / 36,500 = 0.03
        self.assertIn("556.91", section["total"])
        self.assertIn("Received, being matched: 100.00", " ".join(
            row["text"] for claim in section["claims"] for row in claim["rows"]).replace("\xa0", " "))

        self.make_payment(1000, when=1)
        with self.assertRaises(UserError):
            self.page()

    # -- Which claims ------------------------------------------------------------------------------------------------

    def test_each_currency_has_its_own_section(self):
        self.env.ref("base.USD").active = True
        self.part_paid()
        dollars = self.make_invoice(200, overdue=5, currency_id=self.env.ref("base.USD").id)

        sections = {section["currency"]: section for section in self.page()["sections"]}

        self.assertEqual(set(sections), {"EUR", "USD"})
        self.assertIn("656.94", sections["EUR"]["total"])
        # 200 × 10.5 × 5 / 36,500 = 0.2877
        self.assertEqual(self.owed(dollars), {dollars: self.parts(0, "0.29", 200)})
        self.assertIn("200.29", sections["USD"]["total"])
        self.assertTrue(sections["EUR"]["code"])
        self.assertFalse(sections["USD"]["code"])

    def test_what_is_not_due_yet_stands_apart(self):
        young = self.make_invoice(70, overdue=-10)

        values = self.page()
        self.assertFalse(values["sections"])
        self.assertEqual([row["document"] for row in values["to_come"]], [young.name])

        self.part_paid()
        self.assertIn("656.94", self.page()["sections"][0]["total"])

    def test_invoices_that_nobody_is_asked_for(self):
        blocked, plain = self.make_invoice(50), self.make_invoice(60)
        blocked.payment_state = "blocked"

        self.assertEqual(set(self.owed()), {plain})
        self.assertEqual(set(self.owed(blocked)), {blocked}, "a person chose it")

    def test_chosen_invoices_of_several_customers(self):
        other = self.make_customer("Bleu")
        first, second, third = (
            self.make_invoice(10), self.make_invoice(20), self.make_invoice(30, partner=other))
        self.make_invoice(999)
        found = {values["debtor"].partner_id: values for values in self.statements._for_moves(first + second + third)}

        self.assertEqual(
            [claim["document"] for claim in found[self.customer]["sections"][0]["claims"]], [first.name, second.name])
        self.assertEqual([claim["document"] for claim in found[other]["sections"][0]["claims"]], [third.name])

    def test_other_documents_are_refused(self):
        bill = self.init_invoice("in_invoice", amounts=[10], post=True)
        with self.assertRaisesRegex(UserError, "no posted customer invoice"):
            self.statements._for_moves(bill + self.make_invoice(10))

        paid = self.make_invoice(10)
        self.pay(paid)

        with self.assertRaisesRegex(UserError, f"Nothing is due of {paid.name}"):
            self.statements._for_moves(paid)
        with self.assertRaisesRegex(UserError, "Nothing is due of Bleu"):
            self.page(self.debtor_of(self.make_customer("Bleu")))

    def test_collectors_print_it_and_other_colleagues_do_not(self):
        self.part_paid()
        debtor = self.debtor_of(self.customer)
        collector, colleague = (
            self.make_user(name, group)
            for name, group in (("collector", "debto_dunning.group_dunning_user"), ("colleague", "base.group_user")))

        self.assertTrue(self.statements.with_user(collector)._for_debtors(debtor.with_user(collector)))
        with self.assertRaises(AccessError):
            self.statements.with_user(colleague)._for_debtors(debtor.with_user(colleague))

    # -- On paper ----------------------------------------------------------------------------------------------------

    def test_printed_for_a_debtor(self):
        self.part_paid()

        text = self.print_pdf("report_statement", self.debtor_of(self.customer))

        for words in ("Statement of what is still due", "651.51", "348.49", "11.51", "656.94", "0.19",
                      "40 days at 10.5 % a year", "BE68", "first to the costs", "Azur"):
            self.assertIn(words, text)
        self.assertFalse(self.debtor_of(self.customer).communication_ids.filtered(
            lambda communication: communication.date.date() == NIGHT), "a printed statement is no contact")

    def test_printed_for_invoices_of_one_customer_and_of_several(self):
        other = self.make_customer("Bleu")
        invoices = self.make_invoice(10) + self.make_invoice(20)

        text = self.print_pdf("report_statement_invoice", invoices)

        self.assertEqual(text.count("Statement of what is still due"), 1)

        text = self.print_pdf("report_statement_invoice", invoices + self.make_invoice(30, partner=other))
        self.assertEqual(text.count("Statement of what is still due"), 2)

    def test_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.part_paid()

        values = self.page()

        self.assertEqual((values["lang"], values["date"]), ("fr_FR", "11/03/2026"))
        self.assertEqual(values["sections"][0]["claims"][0]["principal"], "651,51")

    def test_offered_where_it_is_of_use(self):
        invoice, bill = self.make_invoice(10), self.init_invoice("in_invoice", amounts=[10], post=True)

        report = self.env.ref("debto_dunning.action_report_statement_invoice")

        for move, offered in ((invoice, True), (bill, False)):
            self.assertEqual(report.id in report.get_valid_action_reports("account.move", move.ids), offered)
