from freezegun import freeze_time

from odoo import Command

from ..common import DunningCommon, days_ago, days_later


class AgreementCommon(DunningCommon):
    @classmethod
    def promise(cls, invoices, amount=None, date=None, **vals):
        """A promise to pay these invoices (default: all of it, in three days)."""
        items = cls.items_of(invoices)
        debtor = cls.debtor_of(invoices[:1].partner_id, invoices[:1].company_id)
        return cls.env["dunning.promise"]._make(
            debtor, items, sum(items.mapped("amount_residual_currency")) if amount is None else amount,
            date or days_later(3), "hand", **vals)

    @classmethod
    def promises_of(cls, invoice):
        return cls.env["dunning.promise"].search([("line_ids.move_id", "=", invoice.id)], order="id DESC")

    @classmethod
    def open_dialogue(cls, invoices, user=None, **vals):
        """The dialogue to write down a promise, opened by a user of reminders."""
        debtor = cls.debtor_of(invoices.partner_id).with_user(user or cls.env.user)
        dialogue = debtor.env["dunning.promise.make"].browse(debtor.action_promise()["res_id"])
        for line in dialogue.line_ids:
            line.is_chosen = line.sudo().move_id in invoices
        dialogue.write(vals)
        return dialogue

    @classmethod
    def make_foreign_invoice(cls, amount=100.0, **vals):
        """An invoice in pounds, of which the company's currency buys half a one."""
        pound = cls.env.ref("base.GBP")
        pound.active = True
        cls.env["res.currency.rate"].create({
            "currency_id": pound.id, "company_id": cls.company.id, "name": days_ago(90), "rate": 0.5})
        return cls.make_invoice(amount, currency_id=pound.id, **vals)

    @classmethod
    def judge(cls, night):
        with freeze_time(f"{night} 01:00:00"):
            run = cls.run_model.sudo().create({"company_id": cls.company.id, "date": night})
            run._phase_refresh()
            run.unlink()

    @classmethod
    def write_off(cls, invoice, amount):
        """A write-off of a part of an invoice, matched with it."""
        item = cls.items_of(invoice)
        entry = cls.env["account.move"].create({
            "move_type": "entry", "journal_id": cls.company_data["default_journal_misc"].id, "line_ids": [
                Command.create({"account_id": item.account_id.id, "partner_id": item.partner_id.id, "credit": amount}),
                Command.create({
                    "account_id": cls.company_data["default_account_expense"].id, "debit": amount}),
            ]})
        entry.action_post()
        (item | entry.line_ids.filtered(lambda line: line.account_id == item.account_id)).reconcile()
        return entry
