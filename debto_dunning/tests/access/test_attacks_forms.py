from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .access_common import AccessCommon

#: Computed fields of ours on customers, by what the file of a customer holds of it.
OF_CUSTOMERS = ("risk_score", "risk_gauge", "dunning_exposure_amount", "dunning_credit_warning")


@tagged("post_install", "-at_install")
class TestAttacksThroughForms(AccessCommon):
    """Forms of Odoo's own models that are not saved yet and name another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_customer.company_id = False  # everybody sees this customer
        debtor = cls.other_records["dunning.debtor"].sudo()
        debtor.write({"delivery_hold": True, "is_insolvent": True, "exposure_amount": 1234})
        cls.env.flush_all()

    def warning(self, user, values, context=None):
        """The warning that the form of an invoice shows; False where the form is refused."""
        self.env.flush_all()
        self.env.invalidate_all()
        moves = self.env["account.move"].with_user(user).with_context(**{
            "allowed_company_ids": user.sudo().company_ids.ids, "default_move_type": "out_invoice", **(context or {})})
        try:
            changed = [name for name in values if name == "company_id"]
            shown = moves.onchange(dict(values), changed, {"dunning_credit_warning": {}})["value"]
        except AccessError:
            return False
        return shown.get("dunning_credit_warning", False)

    def named(self, **values):
        """An invoice to a customer of the other company, in a journal of the own, which Odoo would look for else."""
        journal = self.env["account.journal"].sudo().search([
            ("company_id", "=", self.company.id), ("type", "=", "sale")], limit=1)
        return {"move_type": "out_invoice", "journal_id": journal.id, "partner_id": self.other_customer.id,
                "company_id": self.other.id, **values}

    def test_invoice_that_names_another_company(self):
        named = self.named()
        defaults = {f"default_{name}": value for name, value in named.items()}

        for values, context in ((named, {}), ({}, defaults), ({"partner_id": self.other_customer.id}, defaults)):
            with self.subTest(values=values):
                self.assertFalse(self.warning(self.users["biller"], values, context))

    def test_invoice_of_the_own_company(self):
        biller = self.make_person("biller", self.other)
        values = {"move_type": "out_invoice", "partner_id": self.other_customer.id, "company_id": self.other.id}

        self.assertTrue(self.warning(biller, values))

    def test_company_that_is_not_chosen_now(self):
        both = self.company | self.other
        biller = new_test_user(
            self.env, "of_both", groups="account.group_account_invoice", company_id=self.company.id,
            company_ids=[Command.set(both.ids)])
        values = self.named()

        self.assertFalse(self.warning(biller, values, {"allowed_company_ids": self.company.ids}))
        self.assertTrue(self.warning(biller, values, {"allowed_company_ids": both.ids}))

    def test_customer_at_another_company(self):
        partner = self.other_customer.with_user(self.users["biller"])
        for companies in (self.other, self.company):
            chosen = partner.with_context(allowed_company_ids=companies.ids)
            for call in (lambda chosen=chosen: chosen.read(OF_CUSTOMERS)[0],
                         lambda chosen=chosen: {name: chosen[name] for name in OF_CUSTOMERS}):
                self.env.invalidate_all()
                with self.subTest(companies=companies):
                    try:
                        shown = call()
                    except AccessError:
                        continue
                    self.assertFalse(shown["risk_score"] or shown["dunning_credit_warning"]
                                     or shown["dunning_exposure_amount"])
