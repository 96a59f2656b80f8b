"""Segments: who falls into which, choices of people, what a change brings."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import Form, HttpCase, tagged
from odoo.tests.common import new_test_user

from ..common import NIGHT, days_ago, days_later
from .test_risk import RiskCommon


class SegmentCommon(RiskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new, cls.trusted, cls.standard, cls.watch, cls.critical = (
            cls.env.ref(f"debto_dunning.segment_{name}")
            for name in ("new", "trusted", "standard", "watch", "critical"))
        cls.net_15 = cls.env["account.payment.term"].create({
            "name": "15 days", "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 15})]})
        cls.ann = cls.make_user("ann", "account.group_account_invoice", email="ann@example.com")

    def set_score(self, debtor, score, settled=10):
        """Write a score and a number of settled items, instead of those that the ledger gives."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE dunning_debtor SET risk_score = %s, settled_count = %s WHERE id = %s",
                            [score, settled, debtor.id])
        debtor.invalidate_recordset()

    def assign(self, night=NIGHT):
        self.env.flush_all()
        self.env["dunning.debtor"]._refresh_segments(self.company, night)

    def put(self, debtor, score, night=NIGHT, settled=10):
        self.set_score(debtor, score, settled)
        self.assign(night)
        return debtor.segment_id


@tagged("-at_install", "post_install", "debto_dunning")
class TestSegment(SegmentCommon):
    def test_ranges_of_the_shipped_segments(self):
        for score, settled, expected in (
            (0, 10, self.trusted), (20, 10, self.trusted), (21, 10, self.standard), (50, 10, self.standard),
            (51, 10, self.watch), (75, 10, self.watch), (76, 10, self.critical), (100, 10, self.critical),
            (0, 2, self.new), (60, 0, self.new), (61, 0, self.watch), (90, 1, self.critical), (30, 3, self.standard),
        ):
            debtor = self.debtor_of(self.make_customer(f"C{score}-{settled}"))
            self.assertEqual(self.put(debtor, score, settled=settled), expected, (score, settled))

    def test_no_to_and_fro_over_a_border(self):
        debtor = self.debtor_of(self.customer)

        for score, expected in ((50, self.standard), (53, self.standard), (54, self.watch), (49, self.watch),
                                (47, self.standard)):
            self.assertEqual(self.put(debtor, score), expected, score)

    def test_criteria_go_before_the_score(self):
        self.company.dunning_person_confirms = False
        group = self.make_customer("Group")
        self.setup_other_company()["company"].partner_id = group
        tag = self.env["res.partner.category"].create({"name": "Club"})
        segment = self.env["dunning.segment"]

        for vals, matching, other in (
            ({"partner_kind": "government"},
             {"industry_id": self.env.ref("base.res_partner_industry_O").id}, {}),
            ({"partner_kind": "consumer"}, {"is_company": False}, {"is_company": True}),
            ({"partner_kind": "business", "country_ids": [Command.set(self.env.ref("base.nl").ids)]},
             {"country_id": self.env.ref("base.nl").id},
             {"country_id": self.env.ref("base.nl").id, "is_company": False}),
            ({"category_ids": [Command.set(tag.ids)]}, {"category_id": [Command.set(tag.ids)]}, {}),
        ):
            with self.subTest(vals):
                fitting = segment.create({"name": "Own", "assignment": "criteria", "sequence": 99, **vals})
                debtor = self.debtor_of(self.make_customer("In", **matching))
                outside = self.debtor_of(self.make_customer("Out", **other))
                self.assertEqual(self.put(debtor, 90), fitting)
                self.assertEqual(self.put(outside, 90), self.critical)
                fitting.active = False

        staff = segment.create({"name": "Staff", "assignment": "criteria", "partner_kind": "staff"})
        ours = segment.create({"name": "Group", "assignment": "criteria", "partner_kind": "group"})

        self.assertEqual(self.put(self.debtor_of(self.ann.partner_id), 10), staff)
        self.assertEqual(self.put(self.debtor_of(group), 10), ours)

    def test_segments_of_another_company_are_not_for_ours(self):
        other = self.setup_other_company()["company"]
        self.env["dunning.segment"].create({
            "name": "Theirs", "assignment": "score", "sequence": 1, "company_id": other.id})

        self.assertEqual(self.put(self.debtor_of(self.customer), 10), self.trusted)

    def test_insolvent_is_critical_whatever_was_chosen(self):
        debtor = self.debtor_of(self.customer, segment_id=self.trusted.id)

        self.assign()
        self.assertEqual(debtor.segment_id, self.trusted)

        self.env.cr.execute("UPDATE dunning_debtor SET is_insolvent = TRUE WHERE id = %s", [debtor.id])

        self.refresh()
        self.assertEqual((debtor.segment_id, debtor.risk_score), (self.critical, 100))

        words, points = debtor._risk_points()[0]
        self.assertIn("insolvent", words)
        self.assertGreater(points, 0)

    def test_choice_of_a_person_stays_until_its_day(self):
        debtor = self.debtor_of(self.customer)
        self.put(debtor, 90)
        debtor.with_user(self.ann).write({
            "segment_id": self.trusted.id, "segment_reason": "Parent company guarantees",
            "segment_until": days_later(2)})

        self.assertTrue(debtor.segment_is_chosen)
        for night, expected in ((0, self.trusted), (2, self.trusted), (3, self.critical)):
            self.assertEqual(self.put(debtor, 90, days_later(night)), expected, night)
        self.assertFalse(debtor.segment_is_chosen or debtor.segment_reason or debtor.segment_until)

        history = debtor.risk_history_ids.sorted("date")
        self.assertEqual([(row.date, row.previous_segment_id, row.segment_id, row.is_chosen) for row in history], [
            (NIGHT, self.critical, self.trusted, True), (days_later(3), self.trusted, self.critical, False)])

    def test_ending_a_choice_scores_anew(self):
        debtor = self.debtor_of(self.customer, segment_id=self.critical.id, segment_reason="Rumours")

        debtor.action_end_segment_choice()

        self.assertEqual(debtor.segment_id, self.new)
        self.assertFalse(debtor.segment_is_chosen or debtor.segment_reason)

    def test_history_has_a_row_a_month_and_one_a_change(self):
        debtor = self.debtor_of(self.customer)

        for days, score in ((0, 30), (1, 35), (2, 90), (3, 91), (30, 92)):
            self.put(debtor, score, days_later(days))

        self.assertEqual(
            [((row.date - NIGHT).days, row.risk_score) for row in debtor.risk_history_ids.sorted("date")],
            [(0, 30), (2, 90), (30, 92)])
        self.assertIn("<svg", debtor.risk_chart)

    def test_bad_ranges_and_empty_criteria_are_refused(self):
        create = self.env["dunning.segment"].create

        for vals, words in (
            ({"assignment": "score", "score_from": 60, "score_to": 40}, "60 to 40"),
            ({"assignment": "score", "score_to": 101}, "0 to 100"),
            ({"assignment": "score", "settled_from": 3, "settled_below": 3}, "at least 3"),
            ({"assignment": "criteria"}, "say which customers"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, words):
                create({"name": "Bad", **vals})

    def test_merged_customers_keep_choice_and_history(self):
        other = self.make_customer("Other")
        kept, gone = self.debtor_of(self.customer), self.debtor_of(other)
        self.assign()
        self.put(gone, 90, days_later(5))
        gone.write({"segment_id": self.trusted.id, "segment_reason": "Pays by guarantee"})

        self.env["base.partner.merge.automatic.wizard"]._merge([self.customer.id, other.id], self.customer)

        self.assertFalse(gone.exists())
        self.assertEqual((kept.segment_id, kept.segment_reason), (self.trusted, "Pays by guarantee"))
        self.assertIn(days_later(5), kept.risk_history_ids.mapped("date"))


@tagged("-at_install", "post_install", "debto_dunning")
class TestEarlyWarning(SegmentCommon):
    def warnings_of(self, debtor):
        return debtor.activity_ids.filtered(lambda activity: activity.activity_type_id == self.env.ref(
            "debto_dunning.mail_activity_type_early_warning"))

    def test_worse_warns_the_person_in_charge_once(self):
        debtor = self.debtor_of(self.customer, user_id=self.ann.id)

        self.put(debtor, 30)
        self.assertFalse(self.warnings_of(debtor))

        self.put(debtor, 60, days_later(1))
        warning = self.warnings_of(debtor)
        self.assertEqual((len(warning), warning.user_id), (1, self.ann))
        self.assertIn("Standard → Watch", warning.note)

        self.put(debtor, 90, days_later(2))
        self.assertEqual(self.warnings_of(debtor), warning)
        self.assertIn("Watch → Critical", warning.note)

    def test_better_or_no_longer_new_is_no_warning(self):
        debtor = self.debtor_of(self.customer)
        for night, (score, settled) in enumerate(((90, 10), (60, 10), (30, 10), (5, 10))):
            self.put(debtor, score, days_later(night), settled)
        other = self.debtor_of(self.make_customer("Other"))

        self.put(other, 30, settled=1)
        self.put(other, 30, days_later(1), settled=3)

        self.assertEqual(other.segment_id, self.standard)
        self.assertFalse(self.warnings_of(debtor + other))

    def test_change_at_night_is_logged_in_the_file(self):
        debtor = self.debtor_of(self.customer)

        self.put(debtor, 30)
        self.put(debtor, 90, days_later(1))

        self.assertIn("Standard → Critical (score 90)", debtor.message_ids[0].body)

    def test_trend_warns_once_and_again_after_calm(self):
        debtor = self.debtor_of(self.customer, user_id=self.ann.id)

        def night(number, trend):
            self.env.flush_all()
            self.env.cr.execute("UPDATE dunning_debtor SET trend_days = %s WHERE id = %s", [trend, debtor.id])
            self.put(debtor, 30, days_later(number))
            return len(self.warnings_of(debtor))

        self.assertEqual(night(0, 5), 0)
        self.assertEqual(night(1, 12), 1)

        self.warnings_of(debtor).action_feedback()
        self.assertEqual(night(2, 14), 0)
        self.assertEqual(night(3, 8), 0)
        self.assertEqual(night(4, 14), 0)
        self.assertEqual(night(5, 2), 0)
        self.assertEqual(night(6, 14), 1)

        self.company.dunning_trend_days = 0
        self.warnings_of(debtor).action_feedback()
        night(7, 0)

        self.assertEqual(night(8, 40), 0)

    def test_slow_before_anybody_looked_is_no_news(self):
        debtor = self.debtor_of(self.customer)
        self.env.flush_all()
        self.env.cr.execute("UPDATE dunning_debtor SET trend_days = 50 WHERE id = %s", [debtor.id])

        self.put(debtor, 30)

        self.assertFalse(self.warnings_of(debtor))
        self.assertEqual(debtor.trend_warned_on, NIGHT)

    def test_digest_goes_once_to_each_person_with_what_got_worse(self):
        mine = self.debtor_of(self.customer, user_id=self.ann.id)
        better = self.debtor_of(self.make_customer("Better"), user_id=self.ann.id)
        nobody = self.debtor_of(self.make_customer("Nobody"))

        for debtor, scores in ((mine, (30, 60)), (better, (90, 20)), (nobody, (30, 30))):
            for night, score in enumerate(scores):
                self.set_score(debtor, score)
                self.assign(days_ago(3 - night))
        mails = self.env["dunning.risk.history"]._create_digest_mails(self.company, NIGHT)

        self.assertEqual(mails.mapped("email_to"), [self.ann.email_formatted])
        self.assertIn("Azur", mails.body_html)
        self.assertIn("Standard → Watch", mails.body_html)
        self.assertNotIn("Better", mails.body_html)
        self.assertFalse(self.env["dunning.risk.history"]._create_digest_mails(self.company, days_later(8)))


@tagged("-at_install", "post_install", "debto_dunning")
class TestTerms(SegmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.watch.write({"payment_term_id": cls.net_15.id, "sets_credit_limit": True, "credit_limit": 500})
        cls.debtor = cls.debtor_of(cls.customer)
        cls.usual = cls.env.ref("account.account_payment_term_30days")
        cls.customer.property_payment_term_id = cls.usual

    def change(self):
        return self.debtor.term_change_ids.sorted("id")[-1:]

    def test_first_segment_proposes_nothing(self):
        self.put(self.debtor, 60)

        self.assertFalse(self.change())

    def test_new_segment_proposes_and_a_manager_sets(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))
        change = self.change()

        self.assertEqual(
            (change.state, change.segment_from_id, change.segment_to_id, change.new_term_id, change.new_limit),
            ("proposed", self.standard, self.watch, self.net_15, 500))
        self.assertEqual(self.customer.property_payment_term_id, self.usual)
        self.assertEqual(self.debtor.to_decide_count, 1)

        manager = self.make_user("manager", "account.group_account_manager")

        change.with_user(manager).action_accept()
        self.assertEqual((self.customer.property_payment_term_id, self.customer.credit_limit), (self.net_15, 500))
        self.assertEqual((change.state, change.decided_by_id), ("done", manager))
        self.assertIn("15 days", self.debtor.message_ids[0].body)
        self.assertIn("15 days", self.customer.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "Azur.*decided already"):
            change.with_user(manager).action_accept()

    def test_refused_leaves_the_customer(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))
        self.change().action_refuse()

        self.assertEqual((self.change().state, self.customer.property_payment_term_id), ("refused", self.usual))

    def test_what_the_customer_has_already_is_not_proposed(self):
        self.customer.write({"property_payment_term_id": self.net_15.id, "credit_limit": 500})

        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))

        self.assertFalse(self.change())

    def test_better_again_gets_its_former_terms_back(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))
        self.change().action_accept()
        self.put(self.debtor, 30, days_later(2))

        self.assertEqual((self.change().new_term_id, self.change().new_limit), (self.usual, 0))

    def test_worse_gets_no_more_time_or_credit_and_better_no_less(self):
        strict = self.env.ref("account.account_payment_term_immediate")

        for term, limit, scores, proposed in (
            (strict, 300, (30, 60), False), (self.net_15, 500, (30, 60), False),
            (strict, 800, (30, 60), (False, True)),
            (strict, 300, (90, 60), (True, True)), (self.usual, 800, (90, 60), False),
        ):
            customer = self.make_customer("C")
            customer.write({"property_payment_term_id": term.id, "credit_limit": limit})
            debtor = self.debtor_of(customer)
            for night, score in enumerate(scores):
                self.put(debtor, score, days_later(night))
            change = debtor.term_change_ids.filtered(lambda change: change.segment_to_id == self.watch)
            found = bool(change) and (change.changes_term, change.changes_limit)
            self.assertEqual(found, proposed, (term.name, limit))

    def test_terms_changed_by_hand_since_are_left_alone(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))
        self.change().action_accept()
        self.customer.write({"property_payment_term_id": False, "credit_limit": 900})

        self.put(self.debtor, 30, days_later(2))

        self.assertEqual(len(self.debtor.term_change_ids), 1)

    def test_next_change_overtakes_an_open_proposal(self):
        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))
        self.put(self.debtor, 90, days_later(2))

        self.assertEqual(self.debtor.term_change_ids.sorted("id").mapped("state"), ["outdated", "proposed"])

    def test_setting_sets_by_itself(self):
        self.company.dunning_terms = "set"

        self.put(self.debtor, 30)
        self.put(self.debtor, 60, days_later(1))

        self.assertEqual((self.change().state, self.customer.property_payment_term_id), ("waiting", self.usual))

        with self.enter_registry_test_mode():
            self.env.ref("debto_dunning.ir_cron_terms").method_direct_trigger()
        self.env.invalidate_all()

        self.assertEqual((self.change().state, self.customer.property_payment_term_id, self.customer.credit_limit),
                         ("done", self.net_15, 500))

    def test_choice_by_hand_proposes_too(self):
        self.put(self.debtor, 30)
        self.debtor.with_user(self.ann).write({"segment_id": self.watch.id, "segment_reason": "Rumours"})

        self.assertEqual(self.change().new_term_id, self.net_15)


@tagged("-at_install", "post_install", "debto_dunning")
class TestScreens(SegmentCommon):
    def test_choosing_a_segment_in_the_form_asks_why(self):
        debtor = self.debtor_of(self.customer)

        self.put(debtor, 90)
        with self.assertRaisesRegex(AssertionError, "segment_reason"), Form(debtor.with_user(self.ann)) as form:
            form.segment_id = self.trusted

        with Form(debtor.with_user(self.ann)) as form:
            form.segment_id = self.trusted
            form.segment_reason = "Parent company guarantees"
        self.assertTrue(debtor.segment_is_chosen)
        self.assertEqual(debtor.segment_id, self.trusted)

    def test_prospect_is_scored_at_first_sight(self):
        self.refresh()
        prospect = self.make_customer("Prospect")

        prospect.with_user(self.ann).action_open_debtor()

        self.assertEqual(prospect.risk_segment_id, self.new)
        self.assertTrue(prospect.risk_score)

    def test_worklist_tells_score_and_expected_payment(self):
        invoice = self.make_invoice(overdue=20)

        self.refresh()
        draft = self.say(invoice, self.first, state="draft")

        self.assertGreaterEqual(draft.expected_date, NIGHT)
        self.assertEqual(draft.risk_score, self.debtor_of(self.customer).risk_score)

        self.pay(invoice)
        draft.invalidate_recordset()

        self.assertFalse(draft.expected_date)

    def test_filters_find_whom_to_watch(self):
        debtor, other = self.debtor_of(self.customer), self.debtor_of(self.make_customer("Other"))

        self.put(debtor, 60)
        self.put(other, 5)
        both = Domain("id", "in", (debtor + other).ids)
        search = self.env["dunning.debtor"].search

        self.assertEqual(search(both & Domain("segment_id.severity", "in", ("2", "3"))), debtor)
        self.assertEqual(search(both & Domain("severity", "=", "0")), other)


@tagged("-at_install", "post_install", "debto_dunning")
class TestConditions(SegmentCommon, HttpCase):
    def test_printed_on_invoices_and_read_in_the_portal_in_the_customer_s_language(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.standard.conditions = "Pay within 30 days\nat the latest"
        self.standard.with_context(lang="nl_BE").conditions = "Betaal binnen 30 dagen"
        self.customer.lang = "nl_BE"
        self.put(self.debtor_of(self.customer), 30)
        invoice = self.make_invoice()
        report = self.env["ir.actions.report"]

        for printed in (False, True):
            self.company.dunning_print_conditions = printed
            html = report._render_qweb_html("account.account_invoices", invoice.ids)[0].decode()
            self.assertEqual("Betaal binnen 30 dagen" in html, printed)
        self.assertNotIn("Pay within", html)
        self.assertIn("Pay within", self.standard.conditions)

        new_test_user(self.env, "portal-ann", "base.group_portal", partner_id=self.customer.id, lang="nl_BE")
        self.authenticate("portal-ann", "portal-ann")

        self.assertIn("Betaal binnen 30 dagen", self.url_open("/my/payment-conditions").text)
        self.assertIn("/my/payment-conditions", self.url_open("/my/home").text)

    def test_without_conditions_nothing_is_offered(self):
        new_test_user(self.env, "portal-ben", "base.group_portal", partner_id=self.customer.id)
        self.authenticate("portal-ben", "portal-ben")

        self.assertNotIn("/my/payment-conditions", self.url_open("/my/home").text)
        self.assertIn("no written payment conditions", self.url_open("/my/payment-conditions").text)
