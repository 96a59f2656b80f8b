"""A customer with a postal address, and a policy whose steps bear texts, attachments and a call."""

from ..common import DunningCommon


class ContactCommon(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "books@company.example.com"
        cls.company.dunning_user_id = cls.env.user
        cls.make_company_account()
        cls.policy = cls.make_policy("Test policy", *(
            (number, days, 7, {
                "subject": "Pay {total}", "body": "Open: {invoices}.\n\nSince {oldest_due_date}.",
                "closing": "Call {collector}.", "tone": tone, **vals,
            }) for number, days, tone, vals in (
                (1, 5, "friendly", {}),
                (2, 15, "neutral", {"attach_invoices": True}),
                (8, 30, "final", {"attach_letter": True, "call_activity": True, "call_script": "Ask {customer}."}),
            )))
        cls.first, cls.second, cls.last = cls.policy.level_ids
        cls.company.write({"dunning_policy_id": cls.policy.id, "dunning_consumer_policy_id": cls.policy.id})
        cls.customer = cls.make_customer("Bakkerij Peeters", email="peeters@example.com")

    @classmethod
    def make_customer(cls, name, **vals):
        return super().make_customer(name, **{"street": "Kerkstraat 1", "zip": "9000", "city": "Gent", **vals})
