"""What is asked of an invoice, seen from everywhere: page, payment code, statement, charges, list of the message."""

import io

import zxingcpp
from freezegun import freeze_time
from PIL import Image

from .charge_common import ChargeCommon


class AskedCommon(ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company_account()

    def send_by_hand(self, invoice, on, channel=False, delivered=False):
        """«Send now» on a day; returns the communication.

        :param delivered: what a person says was delivered, where the dialogue asks
        """
        with freeze_time(f"{on} 10:00:00"):
            wizard = self.env["dunning.send"].browse(self.env["dunning.send"]._action_open(moves=invoice)["res_id"])
            wizard.channel = channel
            wizard.line_ids.write({"is_chosen": True, "delivered": delivered})
            return self.communications.browse(wizard.action_send()["res_id"])

    def asked_on(self, on, invoice, communication=None):
        """What is asked of the invoice on a day: {where: amount}.

        :param communication: also on the page of this message, and by its payment code
        """
        self.env.invalidate_all()
        with freeze_time(f"{on} 10:00:00"):
            return {**self.asked_by_statement(invoice), **self.asked_by_ledger(invoice),
                    **(self.asked_by_page(communication) if communication else {})}

    def asked_by_statement(self, invoice):
        (statement,) = self.env["dunning.statement"]._for_debtors(self.debtor_of(invoice.commercial_partner_id))
        (section,) = statement["sections"]
        (claim,) = [claim for claim in section["claims"] if claim["document"] == invoice.name]
        return {"statement": self.number(claim["due"])}

    def asked_by_ledger(self, invoice):
        due = sum(self.charges_of(invoice).mapped("amount_due"))
        self.assertEqual(invoice.dunning_charge_due, due)
        return {"charges": round(invoice.amount_residual + due, 2)}

    def asked_by_page(self, communication):
        communication = communication.sudo()
        values = communication._portal_values()
        code = communication._portal_code(communication._portal_lines())
        payload = zxingcpp.read_barcode(Image.open(io.BytesIO(code))).text.splitlines()
        return {"page": self.number(values["total"]), "code": float(payload[7].removeprefix("EUR"))}

    @staticmethod
    def number(text):
        """The amount in a text as the English pages write it."""
        return float("".join(sign for sign in text if sign.isdigit() or sign in ".-"))

    def assertAskedEverywhere(self, on, invoice, amount, communication=None):
        found = self.asked_on(on, invoice, communication)

        self.assertEqual(found, dict.fromkeys(found, amount))
