"""Agreements that differ: each is kept by the night where it can be, and shown where it cannot."""

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import NIGHT, days_ago, days_later
from ..law.charge_common import ChargeCommon, day
from .agreement_common import AgreementCommon


def agree(debtor, kind, **vals):
    return debtor.env["dunning.agreement.term"].create({
        "debtor_id": debtor.id, "kind": kind, "date_from": days_ago(30), "agreed_on": days_ago(30), **vals})


@tagged("post_install", "-at_install")
class TestAgreementTerm(AgreementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debtor = cls.debtor_of(cls.customer)
        cls.contact = cls.env["res.partner"].create({
            "name": "Bookkeeping", "parent_id": cls.customer.id, "email": "books@azur.example"})

    def preview(self, night=NIGHT):
        preview = self.env["dunning.preview"].create({"company_id": self.company.id, "date": night})
        preview._fill()
        return preview.line_ids.filtered(lambda line: line.customer_id == self.customer)

    # -- Recipient ---------------------------------------------------------------------------------------------------

    @freeze_time(NIGHT)
    def test_other_contact_gets_the_reminder(self):
        agree(self.debtor, "recipient", recipient_id=self.contact.id)
        self.make_invoice()

        line = self.preview()
        message = self.remind()

        self.assertEqual(line.contact_id, self.contact)
        self.assertEqual(line.agreement_note, "Reminders to another contact: Azur, Bookkeeping")
        self.assertRecordValues(message, [
            {"partner_id": self.contact.id, "state": "sent", "email": self.contact.email}])

    def test_other_contact_goes_before_the_one_of_the_form(self):
        self.debtor.reminder_contact_id = self.env["res.partner"].create({
            "name": "Front desk", "parent_id": self.customer.id, "email": "desk@azur.example"})
        term = agree(self.debtor, "recipient", recipient_id=self.contact.id, date_until=NIGHT)
        invoice = self.make_invoice()

        self.assertEqual(self.look(invoice).recipient, self.contact.id)
        self.assertEqual(self.look(invoice, days_later(1)).recipient, self.debtor.reminder_contact_id.id)
        term.date_from = NIGHT
        self.assertEqual(self.look(invoice, days_ago(1)).recipient, self.debtor.reminder_contact_id.id)

    def test_other_contact_who_left(self):
        agree(self.debtor, "recipient", recipient_id=self.contact.id)
        self.make_invoice()
        self.contact.active = False

        message = self.remind()

        self.assertEqual((message.partner_id, message.state), (self.customer, "sent"))

    def test_no_reminders_to_a_contact(self):
        """Neither as the contact for reminders nor as the address of the invoice."""
        self.debtor.reminder_contact_id = self.contact
        agree(self.debtor, "not_recipient", recipient_id=self.contact.id)
        self.contact.type = "invoice"
        self.make_invoice(partner=self.contact)

        line = self.preview()
        message = self.remind()

        self.assertEqual((line.contact_id, message.partner_id), (self.customer, self.customer))
        self.assertIn("No reminders to a contact", line.agreement_note)

    def test_agreed_after_it_was_queued(self):
        self.debtor.reminder_contact_id = self.contact
        self.make_invoice()
        run = self.run_night()

        with freeze_time(NIGHT):
            agree(self.debtor, "not_recipient", recipient_id=self.contact.id)
        self.deliver()

        self.assertEqual(run.communication_ids.partner_id, self.customer)

    # -- Channel -----------------------------------------------------------------------------------------------------

    @freeze_time(NIGHT)
    def test_always_by_post(self):
        self.customer.write({"street": "Rue Haute 1", "zip": "1000", "city": "Brussels"})
        self.debtor.preferred_channel = "email"
        agree(self.debtor, "by_post")
        self.make_invoice()

        line = self.preview()
        message = self.remind()

        self.assertEqual((line.channel, line.agreement_note), ("letter", "Always by post"))
        self.assertEqual((message.channel, message.state), ("letter", "sent"))

    def test_call_stays_a_call(self):
        self.first.channel = "call"
        agree(self.debtor, "by_post")
        invoice = self.make_invoice()

        self.assertEqual(self.look(invoice).channel, "call")

    @freeze_time(NIGHT)
    def test_channel_of_what_no_step_sends(self):
        self.assertEqual(self.debtor._channels_wanted(), {})
        self.debtor.preferred_channel = "email"
        self.assertEqual(self.debtor._channels_wanted(), {self.debtor: "email"})
        agree(self.debtor, "by_post")
        self.assertEqual(self.debtor._channels_wanted(), {self.debtor: "letter"})

    # -- Terms -------------------------------------------------------------------------------------------------------

    @freeze_time(NIGHT)
    def test_segment_leaves_agreed_terms_alone(self):
        short, long = self.env["account.payment.term"].create([
            {"name": name, "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": days})]}
            for name, days in (("8 days", 8), ("60 days", 60))])
        self.customer.property_payment_term_id = long
        strict = self.env["dunning.segment"].create({
            "name": "Strict", "company_id": self.company.id, "payment_term_id": short.id, "severity": "3"})
        changes = self.env["dunning.term.change"]
        before = self.debtor.segment_id
        self.debtor.sudo().segment_id = strict
        agreed = agree(self.debtor, "payment_term", payment_term_id=long.id)

        self.assertFalse(changes._propose({self.debtor: before}).changes_term)
        self.assertIn("customer's form says so", agreed.kept_by)
        self.customer.property_payment_term_id = short
        agreed.invalidate_recordset()
        self.assertIn("8 days", agreed.kept_by)
        self.customer.property_payment_term_id = long
        agreed.date_until = days_ago(1)
        self.assertTrue(changes._propose({self.debtor: before}).changes_term)

    # -- Shown -------------------------------------------------------------------------------------------------------

    @freeze_time(NIGHT)
    def test_what_the_night_cannot_keep_is_shown(self):
        term = agree(self.debtor, "order_number")
        agree(self.debtor, "other", note="Calls only in the morning")
        self.make_invoice()

        line = self.preview()
        dialogue = self.env["dunning.send"].browse(self.debtor.action_send_now()["res_id"])

        self.assertEqual(term.kept_by, "you")
        for words in (line.agreement_note, dialogue.agreement_note):
            self.assertIn("Order number needed", words)
            self.assertIn("Calls only in the morning", words)
        self.assertEqual(self.customer.dunning_agreement_term_ids, self.debtor.agreement_term_ids)

    @freeze_time(NIGHT)
    def test_sales_reads_and_does_not_write(self):
        term = agree(self.debtor, "by_post")
        seller = self.make_user("seller", "base.group_user")

        self.assertEqual(self.customer.with_user(seller).dunning_agreement_term_ids.kind, "by_post")
        with self.assertRaises(AccessError):
            term.with_user(seller).date_until = NIGHT

    def test_customer_of_an_agreement_stays(self):
        term = agree(self.debtor, "by_post")
        other = self.debtor_of(self.make_customer("Brume"))
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")

        with self.assertRaises(AccessError):
            term.with_user(collector).debtor_id = other
        with self.assertRaises(UserError):
            self.debtor.unlink()

    # -- What contradicts itself -------------------------------------------------------------------------------------

    def test_what_cannot_be_kept_is_refused(self):
        stranger = self.make_customer("Brume")
        agree(self.debtor, "recipient", recipient_id=self.contact.id, date_until=NIGHT)
        for kind, vals, words in (
            ("recipient", {"date_from": days_later(1)}, "fill in"),
            ("payment_term", {}, "fill in"),
            ("other", {}, "fill in"),
            ("recipient", {"recipient_id": stranger.id, "date_from": days_later(1)}, "no contact of"),
            ("not_recipient", {"recipient_id": self.customer.id}, "Somebody has to get"),
            ("not_recipient", {"recipient_id": self.contact.id}, "at the same time"),
            ("recipient", {"recipient_id": self.customer.id}, "at the same time"),
        ):
            with self.subTest(kind=kind, vals=vals), self.assertRaisesRegex(ValidationError, words), \
                    self.env.cr.savepoint():
                agree(self.debtor, kind, **vals)
        agree(self.debtor, "recipient", recipient_id=self.customer.id, date_from=days_later(1))

    # -- Its end -----------------------------------------------------------------------------------------------------

    def ends_announced(self):
        return self.debtor.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref("debto_dunning.activity_agreement_ends"))

    def test_person_in_charge_is_told_ninety_days_before(self):
        self.debtor.user_id = self.make_user("collector", "debto_dunning.group_dunning_user")
        self.pay(self.make_invoice(overdue=20), when=10)
        term = agree(self.debtor, "by_post", date_until=days_later(91), agreed_with="Ms Vert")

        self.judge(NIGHT)
        self.assertFalse(self.ends_announced())
        self.judge(days_later(1))
        self.judge(days_later(2))

        activity = self.ends_announced()
        self.assertRecordValues(activity, [{"user_id": self.debtor.user_id.id, "date_deadline": days_later(1)}])
        self.assertIn("Ms Vert", activity.note)
        self.assertIn("1 items paid", activity.note)
        term.date_until = days_later(80)
        self.judge(days_later(3))
        self.assertEqual(len(self.ends_announced()), 2)

    def test_query_count_of_announcements(self):
        counts = []
        for number in (2, 12):
            debtors = [self.debtor_of(self.make_customer(f"C{number}-{one}")) for one in range(number)]
            terms = [agree(debtor, "by_post", date_until=days_later(20)) for debtor in debtors]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            terms[0]._announce_ends(self.company, NIGHT)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)

    def test_words_are_erased_with_the_retention_time(self):
        self.company.dunning_retention_months = 24
        person = self.debtor_of(self.make_customer("Ms Rose", is_company=False))
        terms = agree(person, "other", note="Ill until May", agreed_with="Ms Rose", date_from=days_ago(1500),
                      date_until=days_ago(1000)) | agree(person, "by_post", agreed_with="Ms Rose")

        self.judge(NIGHT)

        self.assertRecordValues(terms, [
            {"note": False, "agreed_with": False, "erased_on": NIGHT},
            {"note": False, "agreed_with": "Ms Rose", "erased_on": False}])

    def test_merge_keeps_agreements(self):
        other = self.make_customer("Azur again")
        term = agree(self.debtor_of(other), "by_post")

        self.env["dunning.debtor"].sudo()._merge_from_partners(other, self.customer)

        self.assertEqual((term.debtor_id, term.partner_id), (self.debtor, self.customer))


@tagged("post_install", "-at_install")
class TestAgreementWithoutCharges(ChargeCommon):
    """No costs: neither new ones nor those that were asked before, while the agreement holds."""

    def agree_on_no_charges(self, since, until=False):
        return agree(self.debtor_of(self.customer), "no_charges", date_from=since, date_until=until, agreed_on=since)

    def test_reminder_asks_no_charges(self):
        self.ask_at_once()
        self.agree_on_no_charges("2026-01-01")
        invoice = self.invoice_due("2026-03-02", 1000)
        with freeze_time("2026-03-09"):
            preview = self.env["dunning.preview"].create({"company_id": self.company.id, "date": "2026-03-09"})
            preview._fill()

        message = self.night("2026-03-09")

        line = preview.line_ids.filtered(lambda line: line.customer_id == self.customer)
        self.assertEqual(line.charges, 0)
        self.assertIn("no costs and interest", line.charge_note)
        self.assertEqual((message.amount_total, message.amount_charges), (1000, 0))
        self.assertIn("Agreed with the customer", message.line_ids.charge_note)
        self.assertFalse(self.charges_of(invoice))

    def test_what_was_asked_before_is_not_due_while_it_holds(self):
        self.ask_at_once()
        _invoice, charge = self.charged()
        self.agree_on_no_charges("2026-03-10", "2026-03-15")

        self.run_night(day("2026-03-12"))

        for on, due in (("2026-03-09", 42.01), ("2026-03-12", 0), ("2026-03-15", 0), ("2026-03-16", 42.01)):
            with self.subTest(on=on), freeze_time(on):
                self.assertEqual(charge._owed()[charge].due, due)

    def test_step_after_its_end_asks_again(self):
        self.ask_at_once()
        self.charged()
        self.agree_on_no_charges("2026-03-10", "2026-03-20")

        during, after = self.night("2026-03-18"), self.night("2026-04-01")

        self.assertEqual((during.amount_total, during.amount_charges), (1000, 0))
        self.assertEqual(after.line_ids.amount_cost, 40)

    def test_paid_while_it_holds_leaves_nothing(self):
        self.ask_at_once()
        invoice, charge = self.charged()
        self.agree_on_no_charges("2026-03-10", "2026-03-20")
        self.pay_on(invoice, "2026-03-12")

        self.night("2026-03-13")

        self.assertTrue(charge.is_waived)
        self.assertIn("no costs and interest", charge.waive_reason)

    def test_notice_of_the_law_is_not_given(self):
        self.agree_on_no_charges("2026-01-01")
        self.invoice_due("2026-03-02", 1000)

        message = self.night("2026-03-09")

        self.assertEqual(message.line_ids.mapped("is_notice"), [False])
        self.assertEqual(day("2026-03-09"), message.line_ids.date)

    def test_statement_shows_no_charges(self):
        self.ask_at_once()
        invoice, _charge = self.charged()
        self.agree_on_no_charges("2026-03-10")

        with freeze_time("2026-03-12"):
            owed, _to_come = self.env["dunning.statement"]._owed(
                self.company, day("2026-03-12"), self.debtor_of(self.customer), None)

        self.assertEqual([one.item.move_id for one in owed[self.debtor_of(self.customer)]], [invoice])
        self.assertEqual(float(owed[self.debtor_of(self.customer)][0].account.left.due), 1000)
