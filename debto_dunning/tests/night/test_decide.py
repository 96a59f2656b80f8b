"""Which step comes next, when, and what keeps it: one test for each rule of the statement that decides."""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from ..common import NIGHT, DunningCommon, days_ago, days_later


@tagged("-at_install", "post_install", "debto_dunning")
class TestNextStep(DunningCommon):
    def test_first_reminder_on_its_day(self):
        for overdue, reason in ((4, "too_early"), (5, None), (400, None)):
            with self.subTest(overdue=overdue):
                invoice = self.make_invoice(overdue=overdue)
                row = self.assertLeft(invoice, reason)
                self.assertEqual(row.level, self.first.id)
                self.assertEqual(row.date, max(NIGHT, days_ago(overdue - 5)))

    def test_answer_has_the_keys_of_the_design(self):
        invoice = self.make_invoice(100, overdue=10)

        self.assertEqual(self.run_model._decide(self.company, NIGHT, self.items_of(invoice)), [{
            "item": self.items_of(invoice).id, "level": self.first.id, "date": NIGHT, "reason": None,
            "covered": 0, "disputed": 0, "asked": 100}])

    def test_no_step_is_skipped(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.first, when=20)

        self.assertStep(invoice, self.second)

    def test_stands_at_the_highest_number(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.second, when=20)
        self.say(invoice, self.first, when=15)

        self.assertStep(invoice, self.last)

    def test_least_days_since_the_step_before(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.first, when=6)

        row = self.assertLeft(invoice, "too_early")
        self.assertEqual(row.date, days_later(1))
        self.assertStep(invoice, self.second, days_later(1))

    def test_least_days_count_from_the_notice(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.first, when=20, line_vals={"notice_date": days_ago(3)})

        self.assertEqual(self.assertLeft(invoice, "too_early").date, days_later(4))

    def test_two_steps_never_on_one_day(self):
        self.second.min_gap_days = 0
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.first, when=0)

        self.assertEqual(self.assertLeft(invoice, "too_early").date, days_later(1))

    def test_last_step_taken(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.last)

        row = self.assertLeft(invoice, "finished")
        self.assertEqual((row.level, row.date), (None, None))

    def test_void_step_comes_again(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.first, when=30)
        self.say(invoice, self.second, when=20, line_vals={"void": True})

        self.assertStep(invoice, self.second)

    def test_changed_policy_never_repeats_a_step(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.second)
        other = self.make_policy("Other", (1, 1, 0), (2, 2, 0), (3, 3, 1))
        self.debtor_of(self.customer, policy_id=other.id)

        self.assertStep(invoice, other.level_ids[2])

        self.debtor_of(self.customer, policy_id=self.make_policy("Short", (1, 1, 0)).id)
        self.assertLeft(invoice, "finished")

    def test_archived_level_is_passed_over(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.first)
        self.second.active = False

        self.assertStep(invoice, self.last)

        self.last.active = False
        self.assertLeft(invoice, "finished")

    def test_step_of_an_archived_level_stands(self):
        invoice = self.make_invoice(overdue=100)
        self.say(invoice, self.first)
        self.first.active = False

        self.assertStep(invoice, self.second)

    def test_each_instalment_by_itself(self):
        invoice = self.make_invoice(300, instalments=[(50, 40), (30, 10), (20, -20)])

        rows = [self.decide()[item.id] for item in self.items_of(invoice)]
        self.assertEqual([(row.reason, row.number, row.asked) for row in rows],
                         [(None, 1, 150), (None, 1, 90), ("too_early", 1, 60)])

        self.say(invoice, self.first, when=10).line_ids[1:].void = True

        rows = [self.decide()[item.id] for item in self.items_of(invoice)]
        self.assertEqual([(row.reason, row.number) for row in rows], [(None, 2), (None, 1), ("too_early", 1)])

    # -- Note before the due date ------------------------------------------------------------------------------------

    def make_note(self, **vals):
        self.policy.level_ids = [Command.create({
            "number": 0, "days": -3, "name": "Note", "subject": "n", "body": "n", "min_gap_days": 0,
            "minimum_amount": 500, **vals})]
        return self.policy.level_ids.filtered(lambda level: level.number == 0)

    def test_note_until_the_due_date(self):
        note = self.make_note()

        for overdue, reason, level, when in (
            (-4, "too_early", note, -1),
            (-3, None, note, 0),
            (-1, None, note, 0),
            (0, "too_early", self.first, -5),
            (5, None, self.first, 0),
        ):
            with self.subTest(overdue=overdue):
                row = self.assertLeft(self.make_invoice(500, overdue), reason)
                self.assertEqual((row.level, row.date), (level.id, days_ago(when)))

    def test_note_below_its_minimum_is_passed_over(self):
        self.make_note()
        self.make_invoice(499.99, -2)  # the minimum of a note is the invoice's own

        row = self.assertLeft(self.make_invoice(499.99, -2), "too_early")
        self.assertEqual(row.level, self.first.id)

    def test_note_that_has_no_day_left_is_passed_over(self):
        self.make_note(days=-2)
        self.policy.write({"quiet_wednesday": True, "quiet_thursday": True})

        row = self.assertLeft(self.make_invoice(500, -2), "too_early")
        self.assertEqual(row.level, self.first.id)

        self.debtor_of(self.customer, postponed_until=days_later(4))
        row = self.assertLeft(self.make_invoice(500, -4), "too_early")
        self.assertEqual(row.level, self.first.id)

    # -- Minimum -----------------------------------------------------------------------------------------------------

    def test_minimum_is_the_total_of_the_debtor_at_the_step(self):
        self.first.minimum_amount = 150
        self.second.minimum_amount = 0
        one = self.make_invoice(100)

        self.assertLeft(one, "minimum")

        standing_elsewhere = self.make_invoice(1000, 100)
        self.say(standing_elsewhere, self.first)
        self.make_invoice(1000, partner=self.make_customer("Other"))
        self.make_invoice(1000, 3)  # not due for a step

        self.assertLeft(one, "minimum")

        self.make_invoice(50)
        self.assertStep(one, self.first)

    def test_minimum_counts_what_is_asked(self):
        self.first.minimum_amount = 150
        one, two = self.make_invoice(100, 20), self.make_invoice(50)

        self.assertStep(one, self.first)

        held = self.env["dunning.hold"].create({"move_id": two.id})
        self.assertLeft(one, "minimum")

        held._end()
        self.make_credit_note(10)

        self.assertLeft(one, "minimum")

    # -- Weekdays and dates ------------------------------------------------------------------------------------------

    def test_quiet_weekday_moves_the_date(self):
        self.policy.write({"quiet_wednesday": True, "quiet_thursday": True})
        invoice = self.make_invoice(overdue=5)

        self.assertEqual(self.assertLeft(invoice, "weekday").date, days_later(2))
        self.assertStep(invoice, self.first, days_later(2))
        self.assertEqual(self.assertLeft(self.make_invoice(overdue=-2), "too_early").date, days_later(9))

    def test_every_weekday_has_its_box(self):
        invoice = self.make_invoice(overdue=50)

        for shift in range(7):
            night = NIGHT + timedelta(days=shift)
            box = f"quiet_{night:%A}".lower()
            self.policy[box] = True
            self.assertLeft(invoice, "weekday", night)
            self.policy[box] = False

    def test_direct_debit_waits_before_the_first_step_only(self):
        self.company.dunning_direct_debit_days = 8
        self.debtor_of(self.customer, payment_means="direct_debit")

        self.assertEqual(self.assertLeft(self.make_invoice(overdue=12), "too_early").date, days_later(1))
        self.assertStep(self.make_invoice(overdue=13), self.first)

        standing = self.make_invoice(overdue=15)
        self.say(standing, self.first, when=7)

        self.assertStep(standing, self.second)

    def test_postponed_by_hand(self):
        self.debtor_of(self.customer, postponed_until=days_later(2))
        invoice = self.make_invoice()

        self.assertEqual(self.assertLeft(invoice, "too_early").date, days_later(2))
        self.assertStep(invoice, self.first, days_later(2))

    # -- What holds --------------------------------------------------------------------------------------------------

    def test_debtor_on_hold_until_the_end_of_a_day(self):
        self.debtor_of(self.customer, hold_until=NIGHT)
        invoice = self.make_invoice()

        self.assertEqual(self.assertLeft(invoice, "debtor_hold").date, days_later(1))
        self.assertStep(invoice, self.first, days_later(1))

    def test_hold_without_end_has_no_date(self):
        invoice, debtor = self.make_invoice(), self.debtor_of(self.customer)

        debtor._create_holds(False, "talks")
        self.assertFalse(self.assertLeft(invoice, "debtor_hold").date)

        debtor.action_release()
        self.env["dunning.hold"].create({"move_id": invoice.id})

        self.assertFalse(self.assertLeft(invoice, "item_hold").date)

    def test_invoice_on_hold(self):
        invoice, other = self.make_invoice(), self.make_invoice()
        hold = self.env["dunning.hold"].create({"move_id": invoice.id, "date_until": NIGHT})

        self.assertEqual(self.assertLeft(invoice, "item_hold").date, days_later(1))
        self.assertStep(other, self.first)
        self.assertStep(invoice, self.first, days_later(1))

        hold._end()
        self.assertStep(invoice, self.first)

    def test_answer_nobody_has_read(self):
        invoice = self.make_invoice()
        answer = self.env["dunning.communication"].sudo().create({
            "debtor_id": self.debtor_of(self.customer).id, "channel": "email", "direction": "in", "state": "received",
            "subject": "Re:", "needs_attention": True})

        self.assertLeft(invoice, "reply")

        self.company.dunning_reply_pauses = False
        self.assertStep(invoice, self.first)

        self.company.dunning_reply_pauses = True

        answer.action_seen()
        self.assertStep(invoice, self.first)

    def test_by_hand_only(self):
        self.debtor_of(self.customer, by_hand_only=True)

        self.assertLeft(self.make_invoice(), "by_hand")

    def test_live_reminder_is_not_decided_again(self):
        for state in ("draft", "queued"):
            with self.subTest(state=state):
                invoice = self.make_invoice(overdue=100)
                self.say(invoice, self.first, state=state)
                self.assertLeft(invoice, state)

    def test_refused_draft_holds_for_some_days(self):
        invoice = self.make_invoice(overdue=100)
        draft = self.say(invoice, self.first, state="draft")
        self.company.dunning_refused_days = 3

        draft.action_refuse()

        self.assertEqual(draft.state, "cancelled")
        self.assertLeft(invoice, "item_hold", days_later(3))
        self.assertStep(invoice, self.first, days_later(4))

    def test_letter_whose_posting_is_not_confirmed(self):
        invoice = self.make_invoice(overdue=100)
        letter = self.say(invoice, self.first, channel="letter", noticed=False)

        self.assertLeft(invoice, "unconfirmed")

        letter._mark_notified(days_ago(7))
        self.assertStep(invoice, self.second)

    def test_failed_on_every_channel_waits_for_somebody(self):
        invoice = self.make_invoice(overdue=100)
        failed = self.say(invoice, self.first, state="queued")
        failed._fail("no such address")

        self.assertLeft(invoice, "failed")

        failed.action_seen()
        self.assertStep(invoice, self.first)

    def test_never_sent(self):
        invoice = self.make_invoice(sent=False)
        self.assertLeft(invoice, "not_sent")

        self.company.dunning_sent_only = False
        self.assertStep(invoice, self.first)

    def test_no_followup(self):
        invoice, other = self.make_invoice(), self.make_invoice()
        invoice.no_followup = True

        self.assertLeft(invoice, "no_followup")
        self.assertStep(other, self.first)

    def test_blocked(self):
        invoice = self.make_invoice()

        invoice.action_toggle_block_payment()

        self.assertLeft(invoice, "blocked")

    def test_archived_customer(self):
        invoice = self.make_invoice()
        self.customer.active = False

        self.assertLeft(invoice, "archived")

    def test_company_without_policy(self):
        invoice = self.make_invoice()
        self.company.dunning_policy_id = False

        self.assertLeft(invoice, "no_policy")

    def test_first_reason_counts(self):
        """Each fact is added in front of the one before: the order of precedence, backwards."""
        self.company.dunning_bank_max_age = 1
        invoice = self.make_invoice(overdue=10)

        self.assertLeft(invoice, "bank_behind")

        self.first.minimum_amount = 1000
        self.assertLeft(invoice, "minimum")

        self.policy.quiet_wednesday = True
        self.assertLeft(invoice, "weekday")

        debtor = self.debtor_of(self.customer, postponed_until=days_later(1))
        self.assertLeft(invoice, "too_early")

        debtor.by_hand_only = True
        self.assertLeft(invoice, "by_hand")

        self.company.dunning_from_date = NIGHT
        self.assertLeft(invoice, "before_start")

        self.make_payment(100)
        self.assertLeft(invoice, "covered")

        self.say(invoice, self.first, state="queued")
        self.assertLeft(invoice, "queued")

        self.env["dunning.hold"].create({"move_id": invoice.id})
        self.assertLeft(invoice, "item_hold")

        debtor.hold_until = NIGHT
        self.assertLeft(invoice, "debtor_hold")

        debtor.sudo().is_insolvent = True
        self.assertLeft(invoice, "insolvent")

        self.customer.active = False
        self.assertLeft(invoice, "archived")

        invoice.is_move_sent = False
        self.assertLeft(invoice, "not_sent")

        invoice.action_toggle_block_payment()
        self.assertLeft(invoice, "blocked")

        invoice.no_followup = True
        self.assertLeft(invoice, "no_followup")

    def test_every_reason_has_words(self):
        reasons = self.run_model._reasons()

        self.assertTrue(all(reason.words for reason in reasons.values()))
        self.assertEqual(
            sorted(reasons, key=lambda code: reasons[code].rank),
            ["charge", "no_followup", "blocked", "not_sent", "archived", "insolvent", "debtor_hold", "item_hold",
             "dispute", "promise", "plan", "reply", "draft", "queued", "covered", "no_policy", "finished",
             "unconfirmed", "notice_pending", "failed", "before_start", "by_hand", "law_wait", "too_early", "weekday",
             "backlog", "minimum", "bank_behind"])

    # -- What is an item ---------------------------------------------------------------------------------------------

    def test_what_is_no_item(self):
        open_one, paid, draft = self.make_invoice(), self.make_invoice(), self.make_invoice()
        self.pay(paid)
        draft.button_draft()
        others = [self.make_invoice(0), self.make_credit_note(10), paid, draft,
                  self.make_invoice(move_type="in_invoice", overdue=10)]

        decided = self.decide()

        self.assertIn(self.items_of(open_one).id, decided)
        for move in others:
            self.assertFalse(set(move.line_ids.ids) & set(decided), move.name)

    def test_receipt_is_an_item(self):
        self.assertStep(self.make_invoice(move_type="out_receipt"), self.first)

    def make_opening_entry(self, amount, overdue, partner=None):
        """The item of an entry that takes over an open invoice; ``overdue`` None: without a due date."""
        account = self.company_data["default_account_receivable"]
        entry = self.env["account.move"].create({
            "move_type": "entry", "date": days_ago(200),
            "line_ids": [
                Command.create({"account_id": account.id, "partner_id": (partner or self.customer).id,
                                "balance": amount, "date_maturity": overdue is not None and days_ago(overdue)}),
                Command.create({"account_id": self.company_data["default_account_revenue"].id, "balance": -amount})],
        })
        entry.action_post()
        item = entry.line_ids.filtered(lambda line: line.account_id == account)
        if overdue is None:
            item.date_maturity = False  # Odoo fills it in when the entry is posted
        return item

    def test_opening_entries_by_setting(self):
        opening, undated = self.make_opening_entry(70, 10), self.make_opening_entry(30, None)
        self.assertNotIn(opening.id, self.decide())

        self.company.dunning_opening_entries = True

        decided = self.decide()

        row = decided[opening.id]
        self.assertEqual((row.reason, row.number, row.asked), (None, 1, 70))
        self.assertFalse(undated.date_maturity)
        self.assertNotIn(undated.id, decided)

    # -- Start and backlog -------------------------------------------------------------------------------------------

    def test_before_the_start(self):
        self.company.dunning_from_date = days_ago(10)

        self.assertStep(self.make_invoice(overdue=10), self.first)
        self.assertLeft(self.make_invoice(overdue=11), "before_start")

    def make_backlog(self):
        """Six customers with an old and a new invoice, the largest last."""
        self.company.write({"dunning_from_date": days_ago(50), "dunning_backlog_per_day": 2})
        self.customers = [self.make_customer(f"Old {number}") for number in range(6)]
        return [
            (self.make_invoice(100 * (number + 1), 60, partner=customer), self.make_invoice(1, 20, partner=customer))
            for number, customer in enumerate(self.customers)
        ]

    def backlog_of(self, invoices, night=NIGHT):
        return [self.look(old, night).reason for old, _new in invoices]

    def test_backlog_so_many_a_day_the_largest_first(self):
        invoices = self.make_backlog()
        expected = ["backlog"] * 4 + [None] * 2

        # the preview looks before any debtor has figures
        self.assertEqual(self.backlog_of(invoices), expected)

        self.env["dunning.debtor"].search([]).unlink()
        self.assertEqual(self.backlog_of(invoices), expected)
        for customer, reason in zip(self.customers, expected, strict=True):
            narrow = self.decide(partner_ids=customer.ids)
            self.assertEqual(sorted(row.reason or "" for row in narrow.values()), ["", reason or ""])

        self.env["dunning.debtor"]._for_partners(self.env["res.partner"].union(*self.customers), self.company)

        run = self.run_night()
        self.assertEqual(set(run.communication_ids.line_ids.filtered("level_id").move_id),
                         {new for _old, new in invoices} | {old for old, _new in invoices[4:]})
        self.assertEqual(self.backlog_of(invoices), ["backlog"] * 4 + ["queued"] * 2)

        tomorrow = days_later(1)
        self.assertEqual(self.backlog_of(invoices, tomorrow)[:4], ["backlog", "backlog", None, None])

        self.run_night(tomorrow)
        self.assertEqual(self.backlog_of(invoices, tomorrow), ["backlog"] * 2 + ["queued"] * 4)

    def test_backlog_does_not_help_over_the_minimum(self):
        invoices = self.make_backlog()
        self.first.minimum_amount = 50

        self.assertLeft(invoices[0][1], "minimum")
        self.assertStep(invoices[5][1], self.first)

    def test_equal_backlogs_are_taken_in_one_order(self):
        self.company.write({"dunning_from_date": days_ago(50), "dunning_backlog_per_day": 1})
        invoices = [(self.make_invoice(100, 60, partner=self.make_customer(f"Same {number}")), None)
                    for number in range(3)]
        before = self.backlog_of(invoices)

        self.assertEqual(before.count(None), 1)

        run = self.run_night()
        self.assertEqual(run.communication_ids.line_ids.move_id, invoices[before.index(None)][0])

    # -- The statement itself ----------------------------------------------------------------------------------------

    def test_items_narrow_the_answer_not_what_is_looked_at(self):
        self.first.minimum_amount = 150
        one, two = self.make_invoice(100, 20), self.make_invoice(100, 10)
        self.make_invoice(100, partner=self.make_customer("Other"))
        self.make_payment(60)

        for narrow in (self.items_of(two), self.items_of(two).ids):
            (row,) = self.run_model._decide(self.company, NIGHT, narrow)
            # 40 + 100 are asked: below the minimum, which 100 by itself would be too; the 60 cover the older one
            self.assertEqual((row["item"], row["covered"], row["reason"]), (self.items_of(two).id, 0, "minimum"))

        self.make_invoice(20, 10)
        (row,) = self.run_model._decide(self.company, NIGHT, self.items_of(two))

        self.assertIsNone(row["reason"])
        self.assertEqual(self.run_model._decide(self.company, NIGHT, []), [])
        self.assertEqual(self.run_model._decide(self.company, NIGHT, self.items_of(two).browse()), [])
        self.assertEqual(self.look(one).covered, 60)

    def test_writes_nothing(self):
        self.make_invoice()
        self.env.flush_all()

        with self.env.cr.savepoint():
            # PostgreSQL itself refuses every write
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            self.assertTrue(self.run_model._decide(self.company, NIGHT))

    def count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.run_model._decide(self.company, NIGHT)
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_items(self):
        self.make_invoice()
        self.count_queries()
        few = self.count_queries()
        for number in range(5):
            customer = self.make_customer(f"More {number}")
            self.make_invoice(partner=customer)
            self.make_invoice(instalments=[(50, 10), (50, 0)], partner=customer)

        self.assertEqual(self.count_queries(), few)

    def test_contacts_of_one_customer_are_one_debtor(self):
        contacts = [self.make_customer(f"Contact {number}", parent_id=self.customer.id, is_company=False)
                    for number in range(2)]
        other = self.make_customer("Other")
        other_contact = self.make_customer("Contact", parent_id=other.id, is_company=False)
        one, two = (self.make_invoice(100, 20 - n, partner=contact) for n, contact in enumerate(contacts))
        third = self.make_invoice(100, partner=other_contact)
        self.make_payment(150, partner=contacts[1])

        self.assertCovered({one: 100, two: 50, third: 0})
        self.assertEqual({self.look(move).partner for move in (one, two)}, {self.customer.id})
        self.assertEqual(self.look(third).recipient, other.id)

    def test_recipient_is_the_contact_for_reminders(self):
        contact = self.make_customer("Books", parent_id=self.customer.id)
        invoice = self.make_invoice()

        self.assertEqual(self.look(invoice).recipient, self.customer.id)

        self.debtor_of(self.customer, reminder_contact_id=contact.id)
        self.assertEqual(self.look(invoice).recipient, contact.id)

    def test_preferred_channel_for_steps_in_writing(self):
        self.second.channel = "call"
        self.debtor_of(self.customer, preferred_channel="letter")
        one, two = self.make_invoice(), self.make_invoice(overdue=100)
        self.say(two, self.first)

        self.assertEqual((self.look(one).channel, self.look(two).channel), ("letter", "call"))

    def test_delivering_looks_past_its_own_lines(self):
        invoice, drafted = self.make_invoice(overdue=100), self.make_invoice(overdue=100)
        message = self.say(invoice, self.first, state="queued")
        self.say(drafted, self.first, state="draft")
        self.policy.quiet_wednesday = True

        rows = self.decide(delivering=message.ids)
        row = rows[self.items_of(invoice).id]

        self.assertEqual((row.reason, row.level), (None, self.first.id))
        self.assertEqual(rows[self.items_of(drafted).id].reason, "draft")

        self.make_payment(200)
        self.assertEqual(self.decide(delivering=message.ids)[self.items_of(invoice).id].reason, "covered")
