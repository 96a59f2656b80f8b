"""What the tests of contacts share: a company that is switched on, customers and overdue invoices."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class ContactCommon(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.today = cls.company._dunning_today()
        cls.eur = cls.env.ref("base.EUR")
        cls.eur.active = True
        cls.company.currency_id = cls.eur
        cls.company.email = "books@company.example.com"
        cls.env["res.partner.bank"].create({
            "acc_number": "BE68539007547034", "partner_id": cls.company.partner_id.id,
            "acc_holder_name": "Company", "allow_out_payment": True})
        cls.policy = cls.env["dunning.policy"].create({
            "name": "Test policy",
            "level_ids": [Command.create({
                "number": number, "name": f"Step {number}", "days": days, "min_gap_days": 7,
                "subject": "Pay {total}", "body": "Open: {invoices}.\n\nSince {oldest_due_date}.",
                "closing": "Call {collector}.", "channel": "email", "tone": tone, **more,
            }) for number, days, tone, more in (
                (1, 5, "friendly", {}),
                (2, 15, "neutral", {"attach_invoices": True}),
                (8, 30, "final", {"attach_letter": True, "call_activity": True, "call_script": "Ask {customer}."}),
            )],
        })
        cls.first, cls.second, cls.last = cls.policy.level_ids.sorted("number")
        cls.company.write({
            "dunning_policy_id": cls.policy.id, "dunning_consumer_policy_id": cls.policy.id, "dunning_active": True,
            "dunning_user_id": cls.env.user.id})
        cls.customer = cls.make_customer("Bakkerij Peeters")
        cls.Communication = cls.env["dunning.communication"]

    @classmethod
    def make_customer(cls, name, **vals):
        return cls.env["res.partner"].create({
            "name": name, "is_company": True, "email": f"{name.split()[-1].lower()}@example.com",
            "street": "Kerkstraat 1", "zip": "9000", "city": "Gent", "country_id": cls.env.ref("base.be").id, **vals})

    @classmethod
    def make_invoice(cls, partner=None, amount=100.0, overdue=10, sent=True, **vals):
        """A posted invoice that was due ``overdue`` days ago."""
        due = cls.today - timedelta(days=overdue)
        invoice = cls.env["account.move"].create({
            "move_type": "out_invoice", "partner_id": (partner or cls.customer).id, "currency_id": cls.eur.id,
            "invoice_date": due - timedelta(days=30), "invoice_date_due": due, "invoice_payment_term_id": False,
            "invoice_line_ids": [Command.create({"name": "Bread", "price_unit": amount, "tax_ids": []})], **vals})
        invoice.action_post()
        invoice.is_move_sent = sent
        return invoice

    @classmethod
    def pay(cls, invoice, amount=None):
        wizard = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({
                "payment_date": cls.today, **({"amount": amount} if amount else {})})
        return wizard._create_payments()

    @classmethod
    def run_night(cls, days=0, deliver=True):
        """One night so many days from today; returns its communications."""
        run = cls.env["dunning.run"]._run(cls.company, cls.today + timedelta(days=days))
        if deliver:
            cls.Communication._deliver()
        return run.communication_ids

    @classmethod
    def accept_mails(cls, communications):
        """As if the mail server had taken the mails."""
        communications.mail_id.write({"state": "sent"})
        communications.mail_id._postprocess_sent_message([], [])

    @classmethod
    def make_user(cls, login, groups):
        return new_test_user(cls.env, login, groups=groups, company_id=cls.company.id)

    @classmethod
    def debtor(cls, partner=None):
        return cls.env["dunning.debtor"]._for_partners(partner or cls.customer, cls.company)

    def item(self, invoice):
        return invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    def today_plus(self, days):
        return fields.Date.add(self.today, days=days)
