"""Customers of several countries, a policy that asks costs and interest, and nights on given days."""

from datetime import date

from freezegun import freeze_time

from ..common import DunningCommon


def day(text):
    return date.fromisoformat(text)


class ChargeCommon(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({
            "country_id": cls.env.ref("base.be").id, "company_registry": "0477.472.701", "street": "Rue Haute 1",
            "zip": "1000", "city": "Brussels", "dunning_clause": True, "dunning_clause_mutual": True,
            "dunning_clause_date": "2023-09-01", "dunning_term_agreed": True})
        asking = {"costs": "collection", "asks_interest": True}
        cls.policy = cls.make_policy(
            "Asking", (1, 5, 0, {"gives_notice": True}), (2, 12, 7, asking), (8, 30, 7, asking), waive_below=0)
        cls.company.write({"dunning_policy_id": cls.policy.id, "dunning_consumer_policy_id": cls.policy.id})
        cls.first, cls.second, cls.last = cls.policy.level_ids
        cls.communications = cls.env["dunning.communication"].sudo()

    @classmethod
    def ask_at_once(cls):
        """Let the first step ask costs and interest, and choose accounts on which they can be booked."""
        cls.first.write({"costs": "collection", "asks_interest": True})
        accounts = cls.env["account.account"].search([
            ("account_type", "=", "income"), ("company_ids", "in", cls.company.ids)], limit=2)
        cls.cost_account, cls.interest_account = accounts[0], accounts[-1]

    @classmethod
    def book(cls, posting, **vals):
        cls.company.write({
            "dunning_charge_posting": posting, "dunning_cost_account_id": cls.cost_account.id,
            "dunning_interest_account_id": cls.interest_account.id,
            "dunning_charge_journal_id": cls.company_data["default_journal_sale"].id, **vals})

    def charged(self, partner=None):
        """An invoice of 1,000 due on 2 March and reminded on the 9th, and its charge.

        A Belgian business owes costs of 40 and interest of 2.01, for 7 days at 10.5 %.
        """
        invoice = self.invoice_due("2026-03-02", 1000, partner)
        self.night("2026-03-09")
        charge = self.charges_of(invoice)
        self.assertEqual(len(charge), 1)
        return invoice, charge

    # -- Ledger ------------------------------------------------------------------------------------------------------

    @classmethod
    def make_consumer(cls, name, code, **vals):
        return cls.make_customer(
            name, is_company=False, country_id=cls.env.ref(f"base.{code}").id, street="Kerkstraat 1", zip="9000",
            city="Gent", **vals)

    @classmethod
    def make_business(cls, name, code, **vals):
        return cls.make_customer(name, country_id=cls.env.ref(f"base.{code}").id, **vals)

    @classmethod
    def invoice_due(cls, due, amount=100.0, partner=None, invoiced=None, **vals):
        return cls.make_invoice(
            amount, partner=partner, invoice_date=invoiced or day(due).replace(day=1), invoice_date_due=day(due),
            **vals)

    @classmethod
    def pay_on(cls, invoice, on, amount=None):
        return cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids,
        ).create({
            "payment_date": on, "installments_mode": "full", **({"amount": amount} if amount else {}),
        })._create_payments()

    # -- Nights ------------------------------------------------------------------------------------------------------

    @classmethod
    def accept(cls, communications, on):
        """Act as if the mail server had accepted the mails of the communications on that day."""
        with freeze_time(f"{on} 03:00:00"):
            communications.mail_id.write({"state": "sent"})
            communications._on_mail_result()

    @classmethod
    def night(cls, on, accept=True):
        """Run one night and deliver it.

        :param accept: whether the mail server accepts the mails on that day
        :return: the communications that the night made
        """
        run = cls.run_night(day(on))
        cls.deliver(day(on))
        made = run.communication_ids
        if accept:
            cls.accept(made.filtered(lambda c: c.state == "sent" and c.channel == "email"), on)
        return made

    @classmethod
    def charges_of(cls, invoice):
        return cls.env["dunning.charge"].search([("move_id", "=", invoice.id)])

    def assertAsked(self, communication, cost, interest, invoice=None):
        """Check the costs and the interest that the steps of messages ask in all; there must be at least one step.

        :param invoice: only the lines of this invoice
        """
        lines = communication.line_ids.filtered("level_id")
        if invoice:
            lines = lines.filtered(lambda line: line.move_id == invoice)
        self.assertTrue(lines, "no step was taken")
        self.assertEqual(
            (round(sum(lines.mapped("amount_cost")), 2), round(sum(lines.mapped("amount_interest")), 2)),
            (cost, interest), lines.mapped("charge_note"))
