"""The base of all tests with a ledger: a company whose reminders are switched on, its clock and its data.

The clock stands at one o'clock in the morning of :data:`NIGHT`, and for the time of a call at the night that
``run_night``, ``deliver``, ``remind`` or ``accept_mails`` is given.
"""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

#: The night of the tests, a Wednesday.
NIGHT = date(2026, 3, 11)


def days_ago(days, night=NIGHT):
    """The date so many days before the night."""
    return night - timedelta(days=days)


def days_later(days, night=NIGHT):
    """The date so many days after the night."""
    return night + timedelta(days=days)


class DunningCommon(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{NIGHT} 01:00:00"))
        cls.company = cls.env.company
        cls.run_model = cls.env["dunning.run"]
        cls.communications = cls.env["dunning.communication"].sudo()
        cls.policy = cls.make_policy("Test", (1, 5, 0), (2, 15, 7), (8, 30, 10))
        cls.company.email = "books@company.example.com"
        cls.env["ir.config_parameter"].set_param("debto_dunning.page_links_anywhere", "True")
        cls.company.write({
            "dunning_policy_id": cls.policy.id,
            "dunning_consumer_policy_id": cls.policy.id,
            "dunning_active": True,
        })
        cls.first, cls.second, cls.last = cls.policy.level_ids
        cls.customer = cls.make_customer("Azur")

    @classmethod
    def setup_independent_company(cls, **kwargs):
        eur = cls.env.ref("base.EUR")
        eur.active = True
        return super().setup_independent_company(**{"currency_id": eur.id, **kwargs})

    # -- Settings ----------------------------------------------------------------------------------------------------

    @classmethod
    def make_policy(cls, name, *levels, **vals):
        """A policy of levels (number, days, least days since the step before[, other values])."""
        return cls.env["dunning.policy"].create({
            "name": name,
            "level_ids": [Command.create({
                "number": number, "days": days, "min_gap_days": gap, "name": f"Step {number}", "subject": "Pay",
                "body": "Please pay", **dict(*more),
            }) for number, days, gap, *more in levels],
            **vals,
        })

    @classmethod
    def make_customer(cls, name, **vals):
        return cls.env["res.partner"].create({
            "name": name, "is_company": True, "email": f"{name.lower().replace(' ', '.')}@example.com",
            "country_id": cls.env.ref("base.be").id, **vals})

    @classmethod
    def make_user(cls, login, groups, **vals):
        """A user of the company alone.

        :param groups: external ids of groups, separated by commas
        """
        return new_test_user(cls.env, login, groups=groups, company_id=cls.company.id, **vals)

    @classmethod
    def make_company_account(cls, holder="Company"):
        """The company's trusted account in euro, which its payment codes name."""
        return cls.env["res.partner.bank"].create({
            "acc_number": "BE68539007547034", "partner_id": cls.company.partner_id.id, "acc_holder_name": holder,
            "allow_out_payment": True})

    @classmethod
    def debtor_of(cls, partner, company=None, **vals):
        debtor = cls.env["dunning.debtor"]._for_partners(partner, company or cls.company)
        if vals:
            debtor.sudo().write(vals)  # figures and scores are the system's to write
        return debtor

    # -- Ledger ------------------------------------------------------------------------------------------------------

    @classmethod
    def make_invoice(cls, amount=100.0, overdue=10, partner=None, sent=True, instalments=None, company=None,
                     posted=True, **vals):
        """An invoice of one line, due so many days before the night.

        :param overdue: days; negative: not due yet
        :param sent: whether it counts as sent to the customer
        :param instalments: list of (percent, overdue)
        """
        company = company or cls.company
        oldest = max(overdue for _percent, overdue in instalments) if instalments else overdue
        invoice_date = min(days_ago(oldest + 30), NIGHT)
        term = instalments and cls.env["account.payment.term"].create({
            "name": "Instalments",
            "line_ids": [Command.create({
                "value": "percent", "value_amount": percent, "nb_days": (days_ago(overdue) - invoice_date).days,
            }) for percent, overdue in instalments],
        })
        invoice = cls.env["account.move"].with_company(company).create({
            "move_type": "out_invoice",
            "company_id": company.id,
            "partner_id": (partner or cls.customer).id,
            "invoice_date": invoice_date,
            "invoice_payment_term_id": term and term.id,
            **({} if term else {"invoice_date_due": days_ago(overdue)}),
            "invoice_line_ids": [Command.create({"name": "x", "price_unit": amount, "tax_ids": []})],
            **vals,
        })
        if posted:
            invoice.action_post()
        invoice.is_move_sent = sent
        return invoice

    @classmethod
    def make_credit_note(cls, amount, invoice=None, partner=None, **vals):
        """A posted credit note that is matched with nothing (Odoo matches it with the invoice that it names)."""
        credit_note = cls.make_invoice(
            amount, 0, partner=partner or invoice and invoice.partner_id, move_type="out_refund",
            reversed_entry_id=invoice and invoice.id, **vals)
        credit_note.line_ids.remove_move_reconcile()
        return credit_note

    @classmethod
    def items_of(cls, invoice):
        return invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable").sorted("date_maturity")

    @classmethod
    def pay(cls, invoice, amount=None, when=0):
        """Register a payment so many days before the night."""
        return cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids,
        ).create({
            "payment_date": days_ago(when), "installments_mode": "full", **({"amount": amount} if amount else {}),
        })._create_payments()

    @classmethod
    def make_payment(cls, amount, when=0, partner=None, **vals):
        """A posted payment that is matched with nothing."""
        payment = cls.env["account.payment"].create({
            "payment_type": "inbound", "partner_type": "customer", "partner_id": (partner or cls.customer).id,
            "amount": amount, "date": days_ago(when),
            "journal_id": cls.company_data["default_journal_bank"].id, **vals})
        payment.action_post()
        return payment

    @classmethod
    def make_payment_without_entries(cls, amount, invoices=None, partner=None, **vals):
        """As Odoo Enterprise makes them: no outstanding account, no entry."""
        payment = cls.env["account.payment"].create({
            "payment_type": "inbound", "partner_type": "customer", "partner_id": (partner or cls.customer).id,
            "amount": amount, "date": NIGHT, "journal_id": cls.company_data["default_journal_bank"].id,
            "invoice_ids": invoices and [Command.set(invoices.ids)], **vals})
        payment.outstanding_account_id = False
        payment.action_post()
        return payment

    @classmethod
    def make_bank_line(cls, amount, text="transfer", when=1, **vals):
        partner = vals.pop("partner", None)
        return cls.env["account.bank.statement.line"].create({
            "journal_id": cls.company_data["default_journal_bank"].id, "date": days_ago(when), "payment_ref": text,
            "amount": amount, "partner_id": partner and partner.id, **vals})

    @classmethod
    def bank_of(cls, company):
        """The bank journal of a company."""
        return cls.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", company.id)], limit=1)

    @classmethod
    def make_statement(cls, when=1, journal=None, **vals):
        """A complete bank statement of one line, so many days before the night."""
        journal = journal or cls.company_data["default_journal_bank"]
        return cls.env["account.bank.statement"].create({
            "line_ids": [Command.create({
                "journal_id": journal.id, "date": days_ago(when), "payment_ref": "transfer", "amount": 1})],
            **vals})

    @classmethod
    def make_online(cls, amount, state, invoices=None, partner=None, when=0, **vals):
        provider = cls.env["payment.provider"].search([("company_id", "=", cls.company.id)], limit=1) \
            or cls.env["payment.provider"].create({"name": "Online", "company_id": cls.company.id})
        method = cls.env["payment.method"].with_context(active_test=False).search([], limit=1)
        transaction = cls.env["payment.transaction"].create({
            "provider_id": provider.id, "payment_method_id": method.id, "amount": amount,
            "currency_id": cls.company.currency_id.id, "partner_id": (partner or cls.customer).id,
            "reference": f"tx-{cls.env['payment.transaction'].search_count([])}",
            "invoice_ids": invoices and [Command.set(invoices.ids)], **vals})
        transaction.last_state_change = f"{days_ago(when)} 12:00:00"
        transaction.flush_recordset()
        # not every provider knows every state
        cls.env.cr.execute("UPDATE payment_transaction SET state = %s WHERE id = %s", [state, transaction.id])
        transaction.invalidate_recordset(["state"])
        return transaction

    # -- Steps -------------------------------------------------------------------------------------------------------

    @classmethod
    def say(cls, invoice, level, when=20, state="sent", noticed=True, line_vals=None, **vals):
        """A reminder in the log, taken so many days before the night for every item of the invoice."""
        debtor = cls.debtor_of(invoice.commercial_partner_id, invoice.company_id)
        return cls.env["dunning.communication"].sudo().create({
            "debtor_id": debtor.id, "partner_id": debtor.partner_id.id, "channel": "email", "direction": "out",
            "state": state, "is_reminder": True, "level_id": level.id, "level_number": level.number,
            "subject": level.name, "date": f"{days_ago(when)} 02:00:00", "currency_id": invoice.currency_id.id,
            "line_ids": [Command.create({
                "move_line_id": item.id, "move_id": invoice.id, "rank": rank, "level_id": level.id,
                "level_number": level.number, "date": days_ago(when), "due_date": item.date_maturity,
                "notice_date": noticed and state == "sent" and days_ago(when), "document": invoice.name,
                **(line_vals or {}),
            }) for rank, item in enumerate(cls.items_of(invoice), 1)],
            **vals,
        })

    # -- Nights ------------------------------------------------------------------------------------------------------

    @classmethod
    def decide(cls, night=NIGHT, company=None, **narrow):
        """What the statement says: {item id: decision}."""
        return {row.item: row for row in cls.run_model._decide_each(company or cls.company, night, **narrow)}

    @classmethod
    def look(cls, invoice, night=NIGHT):
        """The decision on an invoice of one instalment."""
        return cls.decide(night, invoice.company_id.root_id)[cls.items_of(invoice).id]

    def assertStep(self, invoice, level, night=NIGHT):
        row = self.look(invoice, night)
        self.assertEqual((row.reason, row.level, row.date), (None, level.id, night))
        return row

    def assertLeft(self, invoice, reason, night=NIGHT):
        row = self.look(invoice, night)
        self.assertEqual(row.reason, reason)
        return row

    def assertCovered(self, expected):
        """``expected``: {invoice: amounts covered, one an instalment or a number}; the same looked at narrowly."""
        amounts = {
            item: amount
            for invoice, covered in expected.items()
            for item, amount in zip(
                self.items_of(invoice), covered if isinstance(covered, list) else [covered], strict=True)
        }
        decided = self.decide()
        self.assertEqual({item.id: decided[item.id].covered for item in amounts},
                         {item.id: amount for item, amount in amounts.items()})
        for partner in {item.partner_id for item in amounts}:
            narrow = self.decide(partner_ids=partner.ids)
            self.assertEqual(narrow, {row.item: row for row in decided.values() if row.partner == partner.id})

    @classmethod
    def run_night(cls, night=NIGHT, company=None):
        with freeze_time(f"{night} 01:00:00"):
            return cls.run_model._run(company or cls.company, night)

    @classmethod
    def deliver(cls, night=NIGHT):
        with freeze_time(f"{night} 02:00:00"):
            return cls.communications._deliver()

    @classmethod
    def remind(cls, night=NIGHT):
        """A night and the delivery after it; returns the communications of the run."""
        run = cls.run_night(night)
        cls.deliver(night)
        return run.communication_ids

    @classmethod
    def accept_mails(cls, communications, night=NIGHT):
        """As if the mail server had taken the mails after the delivery of that night."""
        with freeze_time(f"{night} 03:00:00"):
            communications.mail_id.write({"state": "sent"})
            communications.mail_id._postprocess_sent_message([], [])
