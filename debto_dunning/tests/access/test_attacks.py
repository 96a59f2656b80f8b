from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import NIGHT, days_later
from .access_common import AccessCommon


@tagged("post_install", "-at_install")
class TestAttacks(AccessCommon):
    """What somebody might try over the interface to change what the system alone writes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor = cls.records["dunning.debtor"]
        cls.reminder = cls.records["dunning.communication"]
        cls.line = cls.records["dunning.communication.line"]
        cls.invoice = cls.records["account.move"]

    def mine(self, kind, record):
        return self.as_user(self.users[kind], record)

    def log_rows(self):
        """The rows of the log's tables alone, as :meth:`fingerprint` has them."""
        return [row for row in self.fingerprint() if row[0].startswith("dunning_communication")]

    # -- A sent reminder ---------------------------------------------------------------------------------------------

    def test_fields_of_a_sent_reminder(self):
        reminder = self.mine("collector", self.reminder)
        for name, value in {
                "state": "draft", "level_number": 0, "notice_date": "2020-01-01", "body": "nothing", "user_id": 1,
                "subject": "other", "is_reminder": False, "access_token": "known", "amount_total": 0,
                "kind": "contact", "email": "me@example.com", "needs_attention": True, "debtor_id": False,
                "date": "2020-01-01", "run_id": False, "mail_id": False, "struck_on": "2020-01-01"}.items():
            with self.subTest(field=name):
                self.assertForbidden(reminder.write, {name: value})

    def test_fields_of_its_lines(self):
        line = self.mine("collector", self.line)
        for name, value in {"void": True, "charge_from": "2020-01-01", "notice_date": "2020-01-01",
                            "level_number": 9, "amount_asked": 1}.items():
            with self.subTest(field=name):
                self.assertForbidden(line.write, {name: value})
                for command in (Command.update(line.id, {name: value}), Command.create({name: value})):
                    self.assertForbidden(self.mine("collector", self.reminder).write, {"line_ids": [command]})

    def test_lines_are_not_taken_away(self):
        for command in (Command.delete(self.line.id), Command.unlink(self.line.id), Command.clear(), Command.set([])):
            with self.subTest(command=command):
                self.assertForbidden(self.mine("collector", self.reminder).write, {"line_ids": [command]})
        self.assertForbidden(self.mine("collector", self.line).unlink)
        self.assertForbidden(self.mine("manager", self.line).unlink)
        self.assertForbidden(self.mine("manager", self.reminder).unlink)

    def test_through_other_models(self):
        update = [Command.update(self.reminder.id, {"state": "cancelled"})]
        delete = [Command.delete(self.reminder.id)]
        create = [Command.create({"subject": "x", "state": "sent", "is_reminder": True})]
        for commands in (update, delete, create):
            for kind, record, field in (
                    ("collector", self.debtor, "communication_ids"), ("biller", self.debtor, "communication_ids"),
                    ("biller", self.invoice.partner_id, "communication_ids"),
                    ("biller", self.invoice, "dunning_communication_ids"),
                    ("collector", self.records["dunning.letter.batch"], "communication_ids")):
                with self.subTest(command=commands[0], field=f"{record._name}.{field}", kind=kind):
                    record = self.mine(kind, record)
                    before = self.log_rows()
                    try:
                        with self.env.cr.savepoint():
                            record.write({field: commands})
                    except UserError:
                        continue  # refused; else Odoo passed over the command
                    self.assertEqual(self.log_rows(), before)

    def test_import(self):
        log = self.mine("collector", self.env["dunning.communication"])
        before = self.fingerprint()

        result = log.load([".id", "state"], [[str(self.reminder.id), "draft"]])

        self.assertFalse(result["ids"])
        self.assertEqual(self.fingerprint(), before)

    def test_copy(self):
        self.assertForbidden(self.mine("collector", self.reminder).copy)
        self.assertForbidden(self.mine("collector", self.reminder).copy, {"subject": "x"})

    # -- A contact ---------------------------------------------------------------------------------------------------

    def contact_vals(self, **vals):
        return {"debtor_id": self.debtor.id, "subject": "Called", "channel": "call", **vals}

    def test_fields_of_a_contact(self):
        log = self.mine("employee", self.env["dunning.communication"])
        for name, value in {
                "state": "queued", "is_reminder": True, "user_id": self.env.uid, "access_token": "known",
                "mail_id": 1, "level_id": self.policy.level_ids[0].id, "notice_date": NIGHT, "needs_attention": True,
                "line_ids": [Command.create({"void": True})], "run_id": self.records["dunning.run"].id}.items():
            with self.subTest(field=name):
                self.assertForbidden(log.create, self.contact_vals(**{name: value}))

    def test_defaults_of_the_context(self):
        log = self.mine("employee", self.env["dunning.communication"]).with_context(
            default_is_reminder=True, default_state="queued", default_access_token="known",
            default_user_id=self.users["manager"].id, default_kind="reminder", default_notice_date=NIGHT,
            default_needs_attention=True, default_is_manual=True, default_email="me@example.com",
            default_level_id=self.policy.level_ids[0].id)

        contact = log.create(self.contact_vals()).sudo()

        self.assertEqual((contact.is_reminder, contact.state), (False, "sent"))
        self.assertEqual(contact.user_id, self.users["employee"])
        self.assertNotEqual(contact.access_token, "known")
        self.assertFalse(contact.notice_date or contact.needs_attention or contact.is_manual or contact.email)
        self.assertFalse(contact.level_id)

    def test_default_values_of_the_user(self):
        """Every user may set default values of the own; they fill no field of the system."""
        employee = self.users["employee"]
        defaults = self.env["ir.default"].with_user(employee)
        for name, value in {"state": "queued", "is_reminder": True, "needs_attention": True, "email": "a@b.c"}.items():
            defaults.set("dunning.communication", name, value, user_id=employee.id)

        contact = self.mine("employee", self.env["dunning.communication"]).create(self.contact_vals()).sudo()

        self.assertEqual((contact.is_reminder, contact.state), (False, "sent"))
        self.assertFalse(contact.needs_attention or contact.email)

    def test_defaults_reach_nothing_that_the_system_makes(self):
        collector = self.mine("collector", self.debtor).with_context(
            default_notice_date="2020-01-01", default_void=True, default_charge_from="2020-01-01",
            default_retry_count=7, default_email="me@example.com", default_outcome="x")
        invoice = self.make_invoice()
        item = self.items_of(invoice)
        action = collector.action_send_now()
        wizard = collector.env["dunning.send"].browse(action["res_id"]).with_context(**collector.env.context)
        wizard.line_ids.is_chosen = False
        wizard.line_ids.filtered(lambda line: line.item_id == item).is_chosen = True

        wizard.action_send()

        line = self.env["dunning.communication.line"].sudo().search(
            [("move_line_id", "=", item.id), ("level_id", "!=", False)])
        self.assertEqual((len(line), line.void, line.charge_from), (1, False, False))
        self.assertNotEqual(str(line.notice_date), "2020-01-01")
        self.assertFalse(line.communication_id.retry_count or line.communication_id.outcome)

    def test_contact_with_a_customer_of_another_company(self):
        log = self.mine("employee", self.env["dunning.communication"])
        theirs = self.other_records["dunning.debtor"]

        self.assertForbidden(log.create, self.contact_vals(debtor_id=theirs.id))
        self.assertForbidden(log.with_context(default_customer_id=self.other_customer.id).create, {
            "subject": "x", "debtor_id": theirs.id})
        self.assertForbidden(
            log.onchange, {"debtor_id": theirs.id}, ["debtor_id"], {"risk_score": {}, "customer_id": {"fields": {
                "display_name": {}}}})

    def test_contact_of_somebody_else(self):
        contact = self.mine("employee", self.env["dunning.communication"]).create(self.contact_vals())

        self.assertForbidden(self.mine("collector", contact).write, {"body": "other"})
        self.assertForbidden(self.mine("collector", contact).action_strike_out)
        self.assertForbidden(self.mine("employee", contact).unlink)
        self.mine("employee", contact).action_strike_out()
        self.assertForbidden(self.mine("employee", contact).write, {"body": "other"})

    # -- Pauses ------------------------------------------------------------------------------------------------------

    def test_pauses_of_the_system(self):
        holds = self.mine("collector", self.env["dunning.hold"])
        for kind in ("insolvent", "reply", "refused"):
            with self.subTest(kind=kind):
                self.assertForbidden(holds.create, {"debtor_id": self.debtor.id, "kind": kind})
                self.assertForbidden(holds.with_context(default_kind=kind).create, {"debtor_id": self.debtor.id})

    def test_pauses_of_another_company(self):
        holds = self.mine("collector", self.env["dunning.hold"])
        item = self.items_of(self.other_records["account.move"])
        for field, record in (("debtor_id", self.other_records["dunning.debtor"]), ("move_id", item.move_id),
                              ("move_line_id", item)):
            with self.subTest(field=field):
                self.assertForbidden(holds.create, {field: record.id})
                self.assertForbidden(holds.with_context(**{f"default_{field}": record.id}).create, {})

    def test_pause_of_somebody(self):
        hold = self.mine("collector", self.records["dunning.hold"])
        for name, value in {"user_id": 1, "origin": f"dunning.communication,{self.reminder.id}", "active": False,
                            "kind": "postponed", "debtor_id": False, "ended_on": NIGHT, "amount": 5}.items():
            with self.subTest(field=name):
                self.assertForbidden(hold.write, {name: value})

    # -- The file of a customer --------------------------------------------------------------------------------------

    def test_figures_of_a_customer(self):
        for kind in ("collector", "manager"):
            debtor = self.mine(kind, self.debtor)
            for name, value in {
                    "risk_score": 0, "is_insolvent": False, "credit_status": "active", "backlog_date": NIGHT,
                    "open_amount": 0, "segment_is_chosen": True, "delivery_warning": "x", "credit_score": 1,
                    "insolvency_released": "insolvent", "trend_warned_on": NIGHT,
                    "partner_id": self.other_customer.id, "company_id": self.other.id}.items():
                with self.subTest(field=name, kind=kind):
                    self.assertForbidden(debtor.write, {name: value})

    def test_figures_of_a_new_customer(self):
        partner = self.make_customer("New")
        files = self.mine("collector", self.env["dunning.debtor"])

        self.assertForbidden(files.create, {"partner_id": partner.id, "risk_score": 1})
        self.assertForbidden(files.create, {"partner_id": partner.id, "company_id": self.other.id})
        self.assertForbidden(files.create, {
            "partner_id": partner.id, "policy_id": self.other_records["dunning.policy"].id})
        debtor = files.with_context(default_risk_score=1, default_is_insolvent=True).create({"partner_id": partner.id})

        self.assertFalse(debtor.sudo().risk_score or debtor.sudo().is_insolvent)

    def test_settings_of_a_customer_name_the_own_company(self):
        debtor = self.mine("collector", self.debtor)

        self.assertForbidden(debtor.write, {"policy_id": self.other_records["dunning.policy"].id})
        self.assertForbidden(debtor.write, {"segment_id": self.other_records["dunning.segment"].id})

    def test_what_a_person_may_write(self):
        debtor = self.mine("collector", self.debtor)
        segment = self.records["dunning.segment"]

        debtor.write({"segment_id": segment.id, "segment_reason": "knows them", "by_hand_only": True,
                      "delivery_hold": True, "hold_until": days_later(3), "user_id": self.users["collector"].id})

        self.assertTrue(debtor.segment_is_chosen)
        debtor.action_end_segment_choice()
        self.assertFalse(self.mine("collector", self.debtor).segment_is_chosen)
        debtor.delivery_hold = False
        self.assertFalse(debtor.delivery_warning)

    def test_proposed_terms(self):
        change = self.mine("manager", self.records["dunning.term.change"])

        self.assertForbidden(change.write, {"new_limit": 10_000_000})
        self.assertForbidden(change.write, {"state": "done"})
        self.assertForbidden(self.mine("collector", change).action_accept)
        change.action_accept()
        self.assertEqual(change.state, "done")
        self.assertEqual(change.decided_by_id, self.users["manager"])
        self.assertEqual(self.customer.with_company(self.company).credit_limit, 500)

    def test_merge_of_partners(self):
        partners = self.customer | self.make_customer("Azur Two")
        for kind in ("employee", "collector", "biller"):
            with self.subTest(kind=kind):
                wizards = self.mine(kind, self.env["base.partner.merge.automatic.wizard"])
                self.assertForbidden(lambda wizards=wizards: wizards.create({
                    "partner_ids": [Command.set(partners.ids)], "dst_partner_id": self.customer.id}).action_merge())

    # -- Records of all companies, and runs --------------------------------------------------------------------------

    def test_shared_policy(self):
        shared = self.policy
        manager = self.others["manager"]

        self.assertForbidden(self.as_user(manager, shared).write, {"name": "mine"})
        self.assertForbidden(self.as_user(manager, shared.level_ids[0]).write, {"days": 99})
        self.assertForbidden(
            self.as_user(manager, shared).write, {"level_ids": [Command.update(shared.level_ids[0].id, {"days": 99})]})
        self.assertForbidden(self.as_user(manager, shared).write, {"company_id": self.other.id})
        self.assertForbidden(self.as_user(manager, shared).unlink)

    def test_runs_are_written_by_nobody(self):
        run = self.mine("manager", self.records["dunning.run"])

        self.assertForbidden(run.write, {"phase": "done"})
        self.assertForbidden(run.unlink)
        self.assertForbidden(run.create, {"company_id": self.company.id, "date": days_later(1)})

    # -- Without the right to see invoices ---------------------------------------------------------------------------

    def test_collector_without_invoicing(self):
        """Skips, holds, sets back, sends and waives for customers of the own company."""
        collector = self.users["collector"]
        partner = self.make_customer("Chien")
        invoice = self.make_invoice(partner=partner, overdue=20)
        debtor = self.as_user(collector, self.debtor_of(partner))
        self.assertFalse(self.as_user(collector, invoice).has_access("read"))

        def change(kind):
            self.as_user(collector, self.env["dunning.step.change"]).create({
                "change": kind, "debtor_ids": [Command.set(debtor.ids)], "note": "as agreed"}).action_apply()

        change("skip")
        change("back")
        change("hold")
        debtor.action_release()
        action = debtor.action_send_now()
        self.as_user(collector, self.env["dunning.send"]).browse(action["res_id"]).action_send()
        self.as_user(collector, self.env["dunning.hold"]).create({"move_id": invoice.id, "note": "broken"})
        charge = self.env["dunning.charge"].sudo()._find_or_create(self.items_of(invoice))
        self.as_user(collector, self.env["dunning.waive"]).create({
            "charge_ids": [Command.set(charge.ids)], "reason": "good customer"}).action_waive()

        sent = self.env["dunning.communication"].sudo().search(
            [("debtor_id", "=", debtor.id), ("is_manual", "=", True), ("channel", "=", "email")])
        self.assertEqual(sent.state, "sent")
        self.assertTrue(self.env["dunning.charge"].sudo().search([("move_id", "=", invoice.id)]).is_waived)

    # -- Crafted texts -----------------------------------------------------------------------------------------------

    def test_name_adds_no_recipient(self):
        partner = self.make_customer("Evil", email="evil@example.com")
        partner.name = 'Evil", <spy@example.com>\r\nBcc: spy@example.com'
        self.make_invoice(partner=partner)

        reminder = self.remind().filtered(lambda message: message.customer_id == partner)

        mail = reminder.mail_id
        recipients = [address for each in mail._prepare_outgoing_list() for address in each["email_to_normalized"]]
        self.assertEqual(recipients, ["evil@example.com"])
        self.assertNotIn("\n", mail.email_to or "")

    def test_ids_of_a_wizard_are_no_sql(self):
        preview = self.mine("collector", self.env["dunning.preview"]).create({})
        for crafted in ("1) OR (1=1", ["1); DROP TABLE dunning_hold; --"], {"a": 1}, [["id", ">", 0]]):
            with self.subTest(crafted=crafted):
                with self.assertRaises(AccessError):  # the preview alone writes its lines
                    preview.env["dunning.preview.line"].create({"wizard_id": preview.id, "item_ids": crafted})
