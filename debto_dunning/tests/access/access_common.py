"""Two companies, each with one record of every model, and users of every kind."""

import inspect

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user

from ..common import NIGHT, DunningCommon, days_later
from .rights import ORM_METHODS

#: Kind of user: its groups.
KINDS = {
    "public": "base.group_public",
    "portal": "base.group_portal",
    "employee": "base.group_user",
    "collector": "debto_dunning.group_dunning_user",
    "biller": "account.group_account_invoice",
    "manager": "debto_dunning.group_dunning_manager",
    "system": "base.group_system",
}
#: The tables that nobody may change beside the system's own methods.
LOG_TABLES = ("dunning_communication", "dunning_communication_line", "dunning_charge", "dunning_hold", "dunning_run",
              "dunning_term_change", "dunning_credit_report", "dunning_debtor", "mail_mail", "dunning_policy",
              "dunning_level", "dunning_bank_reach", "dunning_law", "dunning_interest_rate", "dunning_segment",
              "dunning_promise", "dunning_promise_line", "dunning_dispute", "dunning_dispute_line", "dunning_link",
              "dunning_contact_proposal", "dunning_agreement_term", "dunning_payment_link", "dunning_payment_plan",
              "dunning_payment_plan_line", "dunning_payment_plan_item", "dunning_payment_allotment")


class AccessCommon(DunningCommon):
    #: The addon whose models, methods and fields are looked at.
    addon = "debto_dunning"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Other")["company"]
        cls.other.write({
            "email": "accounts@other.example",
            "dunning_policy_id": cls.policy.id, "dunning_consumer_policy_id": cls.policy.id, "dunning_active": True})
        cls.env.user.company_ids |= cls.other
        cls.other_customer = cls.make_customer("Brume")
        cls.users = {kind: cls.make_person(kind, cls.company) for kind in KINDS if kind != "public"}
        cls.users["public"] = cls.env.ref("base.public_user").sudo()  # hidden from people
        cls.users["portal"].partner_id.parent_id = cls.customer
        cls.others = {kind: cls.make_person(kind, cls.other) for kind in ("collector", "manager", "system")}
        cls.customer.company_id, cls.other_customer.company_id = cls.company, cls.other
        cls.records = cls.make_records(cls.company, cls.customer, cls.users["collector"])
        cls.other_records = cls.make_records(cls.other, cls.other_customer, cls.others["collector"])
        cls.env.flush_all()

    @classmethod
    def make_person(cls, kind, company, login="first"):
        return new_test_user(
            cls.env, f"{kind}_{company.id}_{login}", groups=KINDS[kind], company_id=company.id,
            company_ids=[Command.set(company.ids)])

    # -- Records -----------------------------------------------------------------------------------------------------

    @classmethod
    def make_records(cls, company, customer, collector):
        """{model: a record of this company}, one for every stored model of the addon."""
        def make(model, **vals):
            return cls.env[model].sudo().with_company(company).create(vals)

        invoice = cls.make_invoice(partner=customer, company=company)
        item = cls.items_of(invoice)
        policy = cls.make_policy(f"Of {company.name}", (1, 5, 0), (2, 15, 7), company_id=company.id)
        debtor = cls.debtor_of(customer, company, risk_score=77)
        reminder = cls.say(invoice, policy.level_ids[0])
        run = make("dunning.run", company_id=company.id, date=NIGHT)
        provider = make("dunning.credit.provider", name="Files", code="file", company_id=company.id)
        report = make("dunning.credit.report", debtor_id=debtor.id, provider_id=provider.id, date=NIGHT)
        kind = make("dunning.interest.kind", name=f"Rate of {company.name}")
        law = make("dunning.law", name=f"Law of {company.name}", kind="business", date_from=NIGHT, source="x",
                   country_id=cls.country_without_law().id)
        segment = make("dunning.segment", name=f"Segment of {company.name}", company_id=company.id)
        absence = make("dunning.absence", user_id=collector.id, substitute_id=cls.env.ref("base.user_admin").id)
        promise = make("dunning.promise", debtor_id=debtor.id, currency_id=company.currency_id.id, amount=100,
                       date=NIGHT, line_ids=[Command.create({"move_line_id": item.id, "move_id": invoice.id})])
        plan = make(
            "dunning.payment.plan", debtor_id=debtor.id, currency_id=company.currency_id.id, amount=100,
            line_ids=[Command.create({"date": NIGHT, "amount": 100})],
            item_ids=[Command.create({"move_line_id": item.id, "move_id": invoice.id, "date": NIGHT})])
        category = make("dunning.dispute.category", name=f"Kind of {company.name}", company_id=company.id)
        cause = make("dunning.dispute.cause", name=f"Cause of {company.name}", company_id=company.id)
        dispute = make(
            "dunning.dispute", debtor_id=debtor.id, currency_id=company.currency_id.id, amount=100, date_opened=NIGHT,
            category_id=category.id, responsible_id=collector.id, date_answer=NIGHT, move_id=invoice.id,
            line_ids=[Command.create({"move_line_id": item.id, "move_id": invoice.id, "amount": 100})])
        records = [
            debtor, reminder, reminder.line_ids, run, policy, policy.level_ids[0], provider, report, kind, law,
            segment, absence,
            make("dunning.run.count", run_id=run.id, reason="covered", count=1, item_ids=item.ids),
            make("dunning.bank.reach", journal_id=cls.bank_of(company).id, date=NIGHT, source="word"),
            make("dunning.hold", debtor_id=debtor.id, note="asked for it"),
            make("dunning.payment.link", name="Pay", company_id=company.id, url_template="https://pay.example/{amount}",
                 secret="s3cret"),
            make("dunning.agreement.term", debtor_id=debtor.id, kind="other", note="asked for it"),
            make("dunning.collector.rule", user_id=collector.id, company_id=company.id),
            make("dunning.letter.batch", company_id=company.id, date=NIGHT),
            make("dunning.lateness", company_id=company.id, date=NIGHT),
            make("dunning.risk.history", debtor_id=debtor.id, company_id=company.id, date=NIGHT),
            make("dunning.term.change", debtor_id=debtor.id, segment_to_id=segment.id, changes_limit=True,
                 new_limit=500),
            make("dunning.credit.credential", provider_id=provider.id, password="s3cret"),
            make("dunning.credit.answer", provider_id=provider.id, debtor_id=debtor.id, request="x",
                 received_on=f"{NIGHT} 00:00:00"),
            make("dunning.credit.session", provider_id=provider.id, token="t0ken"),
            make("dunning.credit.usage", provider_id=provider.id, date=NIGHT, calls=1),
            make("dunning.credit.event", provider_id=provider.id, debtor_id=debtor.id, text="x"),
            make("dunning.interest.rate", kind_id=kind.id, date="2026-01-01", percent=2, source="x"),
            make("dunning.law.tier", law_id=law.id),
            make("dunning.reply.rule", name=f"Words of {company.name}", label="thanks", patterns="great"),
            make("dunning.incoming.mail", company_id=company.id, subject="x", debtor_id=debtor.id),
            make("dunning.charge", debtor_id=debtor.id, move_id=invoice.id, move_line_id=item.id,
                 currency_id=company.currency_id.id, cost_amount=10, rank=1),
            make("dunning.link", debtor_id=debtor.id, communication_id=reminder.id, date_expiry=days_later(90)),
            make("dunning.contact.proposal", debtor_id=debtor.id, name="x", email="x@example.com"),
            make("dunning.invoice.requirement", debtor_id=debtor.id, value="x"),
            make("dunning.page.attempt", what="link", who="x"),
            make("dunning.payment.allotment", transaction_id=cls.make_transaction(invoice).id, amount=1),
            promise, promise.line_ids, plan, plan.line_ids, plan.item_ids, category, cause, dispute, dispute.line_ids,
            invoice,
        ]
        return {record._name: record.sudo(False) for record in records}

    @classmethod
    def make_transaction(cls, invoice):
        """A payment that was begun online at the company of an invoice."""
        provider = cls.env["payment.provider"].create({"name": "Online", "company_id": invoice.company_id.id})
        return cls.env["payment.transaction"].create({
            "provider_id": provider.id, "payment_method_id": cls.env.ref("payment.payment_method_unknown").id,
            "amount": 1, "currency_id": invoice.currency_id.id, "partner_id": invoice.partner_id.id,
            "reference": f"online-{invoice.id}"})

    @classmethod
    def dialogue_vals(cls, records):
        """{transient model: values of a record that names these records}, those named by others first."""
        company, policy = records["dunning.run"].company_id, records["dunning.policy"]
        item = records["dunning.communication.line"].move_line_id
        return {
            "dunning.preview": {"company_id": company.id},
            "dunning.preview.line": {"item_ids": item.ids},
            "dunning.preview.left": {"item_ids": item.ids},
            "dunning.checkup": {"company_id": company.id},
            "dunning.checkup.line": {"severity": "conflict", "policy_id": policy.id},
            "dunning.activate": {
                "company_id": company.id, "policy_id": policy.id, "consumer_policy_id": policy.id},
            "dunning.confirm.bank": {"company_id": company.id, "journal_ids": cls.bank_of(company).ids, "date": NIGHT},
            "dunning.confirm.posting": {"communication_ids": records["dunning.communication"].ids},
            "dunning.credit.import": {
                "company_id": company.id, "provider_id": records["dunning.credit.provider"].id},
            "dunning.credit.import.column": {},
            "dunning.credit.import.line": {"state": "new"},
            "dunning.interest.import": {
                "kind_id": records["dunning.interest.kind"].id, "data": "eA==", "source": "x"},
            "dunning.promise.make": {"debtor_id": records["dunning.debtor"].id, "date": NIGHT},
            "dunning.promise.make.line": {"item_id": item.id},
            "dunning.payment.plan.make": {
                "debtor_id": records["dunning.debtor"].id, "date_first": NIGHT, "rhythm": "hand"},
            "dunning.payment.plan.make.item": {"item_id": item.id},
            "dunning.payment.plan.make.line": {"date": NIGHT, "amount": 1},
            "dunning.dispute.make": {"debtor_id": records["dunning.debtor"].id},
            "dunning.dispute.make.line": {"item_id": item.id},
            "dunning.dispute.decide": {"dispute_id": records["dunning.dispute"].id},
            "dunning.send": {"company_id": company.id},
            "dunning.send.line": {"item_id": item.id},
            "dunning.step.change": {"debtor_ids": records["dunning.debtor"].ids, "note": "x"},
            "dunning.waive": {"charge_ids": records["dunning.charge"].ids, "reason": "x"},
        }

    @classmethod
    def make_dialogues(cls, records, user):
        """{transient model: a record that this user has open}."""
        made = {}
        for model, vals in cls.dialogue_vals(records).items():
            dialogues = cls.env[model].with_user(user).sudo()
            if "wizard_id" in dialogues._fields:
                vals["wizard_id"] = made[dialogues._fields["wizard_id"].comodel_name].id
            made[model] = dialogues.create(vals).sudo(False)
        return made

    @classmethod
    def country_without_law(cls):
        laws = cls.env["dunning.law"].with_context(active_test=False).search([])
        return cls.env["res.country"].search([("id", "not in", laws.country_id.ids)], limit=1)

    # -- Models and callers ------------------------------------------------------------------------------------------

    @classmethod
    def own_models(cls):
        """The models of the addon that have a table, by name."""
        return [name for name in sorted(cls.registry)
                if cls.registry[name]._original_module == cls.addon and not cls.registry[name]._abstract]

    def public_methods(self):
        """Names of the methods that this addon defines and that can be called over the interface, with the model."""
        found = set()
        for model in sorted(self.registry):
            for definition in self.registry[model].__mro__:
                if not definition.__module__.startswith(f"odoo.addons.{self.addon}."):
                    continue
                for name, method in vars(definition).items():
                    if inspect.isfunction(method) and name not in ORM_METHODS and self.is_public(model, name):
                        found.add(f"{model}.{name}")
        return found

    def is_public(self, model, name):
        try:
            return bool(get_public_method(self.env[model], name))
        except AccessError:
            return False

    def routes(self):
        """{path of a route of the addon: who may ask for it}."""
        found = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            method = getattr(rule.endpoint, "func", rule.endpoint)
            if method.__module__.startswith(f"odoo.addons.{self.addon}."):
                found[rule.rule] = rule.endpoint.routing["auth"]
        return found

    # -- What they do ------------------------------------------------------------------------------------------------

    def target_of(self, method):
        model, _dot, name = method.rpartition(".")
        return self.records[model], name

    def assertRefused(self, user, method):
        """The call is refused, or opens a window only; nothing is changed."""
        record, name = self.target_of(method)
        record = self.as_user(user, record)
        before = self.fingerprint()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            getattr(record, name)()
        self.assertEqual(self.fingerprint(), before)

    def assertChangesNothing(self, user, method):
        record, name = self.target_of(method)
        record = self.as_user(user, record)
        before = self.fingerprint()
        try:
            with self.env.cr.savepoint():
                result = getattr(record, name)()
        except UserError:
            result = None
        self.assertTrue(result is None or isinstance(result, (bool, dict)))
        self.assertEqual(self.fingerprint(), before)

    def as_user(self, user, record):
        """The record as this user sees it, with nothing in the cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_user(user).with_context(allowed_company_ids=user.sudo().company_ids.ids)

    def assertForbidden(self, call, *args, **kwargs):
        """Access is refused, and nothing of ours is changed."""
        before = self.fingerprint()
        with self.assertRaises(UserError):  # of which AccessError is one
            with self.env.cr.savepoint():
                call(*args, **kwargs)
        self.assertEqual(self.fingerprint(), before)

    def fingerprint(self):
        """A hash of what stands in the tables that only the system writes."""
        self.env.flush_all()
        self.env.cr.execute(" UNION ALL ".join(
            f"SELECT '{table}', count(*), sum(hashtext(row::text)) FROM {table} row" for table in LOG_TABLES))
        return self.env.cr.fetchall()


class CallersCommon(AccessCommon):
    """The public methods of an addon against who may call them."""

    allow_inherited_tests_method = True  # else Odoo runs what a class itself defines
    #: {public method of the addon: the kind of user with the fewest rights who may call it}
    callers = {}

    def test_every_method_has_a_row(self):
        self.assertEqual(self.public_methods(), set(self.callers))

    def test_callers_of_another_company(self):
        for method in self.callers:
            for kind, user in self.others.items():
                with self.subTest(method=method, kind=kind):
                    self.assertChangesNothing(user, method)
