"""The check-up page: where policies conflict with laws, in words, before a night runs."""

import re
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.sql_db import Cursor
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from ..common import NIGHT, DunningCommon

GIVES = {"gives_notice": True}
COSTS = {"costs": "collection"}
REMINDER = {"costs": "reminder"}
INTEREST = {"asks_interest": True}
WAITS = {"waits_for_law": True}
CALL = {"channel": "call"}
CLAUSE = {"dunning_clause": True, "dunning_clause_mutual": True, "dunning_clause_date": "2024-01-01"}
OWN_MESSAGE = "note", "the notice goes out as a message of its own"
#: A Dutch notice that goes by e-mail.
PROOF = "note", "accepted an e-mail does not prove it"


@tagged("-at_install", "post_install", "debto_dunning")
class TestCheckup(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["dunning.checkup.rules"]
        # only English, whatever the database has
        cls.env["res.lang"].search([("code", "not like", "en_")]).active = False
        cls.company.write({
            "country_id": cls.env.ref("base.be").id, "vat": False, "company_registry": "0477.472.701",
            "street": "Rue Haute 1", "zip": "1000", "city": "Brussels", "dunning_term_agreed": True})
        cls.manager = new_test_user(
            cls.env, "checkup.manager", groups="debto_dunning.group_dunning_manager", company_id=cls.company.id,
            company_ids=cls.company.ids)
        for kind in cls.env["dunning.interest.kind"].search([]):
            kind.rate_ids.sorted("date")[-1:].date_to = date(2030, 12, 31)

    @classmethod
    def law(cls, name):
        return cls.env.ref(f"debto_dunning.law_{name}")

    def steps(self, *levels, **vals):
        return self.make_policy("Case", *(
            (number, days, gap, {name: value for more in each for name, value in more.items()})
            for number, days, gap, *each in levels), **vals)

    def check(self, law, policy):
        return self.rules._check(self.company, policy, self.law(law))

    def assertFound(self, found, *expected):
        self.assertEqual(len(found), len(expected), found)
        for (severity, message), (expected_severity, pattern) in zip(found, expected, strict=True):
            self.assertEqual(severity, expected_severity, message)
            self.assertRegex(message, pattern)

    def look(self, user=None, **vals):
        checkup = self.env["dunning.checkup"].with_user(user or self.env.user).create(vals)
        checkup._create_lines()
        return checkup

    # -- Each policy under each law ----------------------------------------------------------------------------------

    def test_conflicts_and_notes(self):
        """Cases: law, steps (number, days, least days before, …), and what is found."""
        for law, steps, *expected in (
            # no notice needed
            ("be_business", [(1, 5, 0, INTEREST), (8, 30, 10, COSTS, INTEREST)]),
            ("be_business", [(1, 5, 0, GIVES), (2, 15, 7)]),
            ("be_business", [(1, 5, 0, REMINDER)], ("note", "“1. Step 1”: by “Belgium: businesses” a reminder costs")),
            # a policy that asks nothing
            ("be_consumer", [(1, 5, 0), (2, 15, 7)]),
            ("be_consumer", [(1, 5, 0, GIVES), (2, 15, 7)],
             ("note", "^“1. Step 1”: by “Belgium: consumers” this is a notice.+no step asks anything"), OWN_MESSAGE),
            # as it should be
            ("be_consumer", [(1, 5, 0, GIVES), (2, 30, 20, COSTS, INTEREST)], OWN_MESSAGE),
            # the first step that asks becomes the notice
            ("be_consumer", [(1, 5, 0, REMINDER, INTEREST), (2, 30, 20, COSTS, INTEREST)],
             ("conflict", "^“1. Step 1” becomes the notice of “Belgium: consumers”.+nothing yet of this: the cost of "
                          "the reminder and interest. “2. Step 2” is the first step that can.+Let an earlier step"),
             OWN_MESSAGE),
            ("be_consumer", [(1, 5, 0, GIVES, REMINDER), (2, 30, 20, COSTS)],
             ("note", "^“1. Step 1” is itself the notice.+the cost of the reminder. “2. Step 2” is the first step "
                      "that can ask for it.$"), OWN_MESSAGE),
            # … and may be the last
            ("be_consumer", [(1, 5, 0), (2, 15, 7), (8, 40, 20, COSTS)],
             ("conflict", "“8. Step 8” becomes the notice.+collection costs and the cost of the reminder. No later "
                          "step asks for it, so that by this policy it is never asked. Let an earlier"), OWN_MESSAGE),
            ("be_consumer", [(1, 5, 0, GIVES, INTEREST), (2, 30, 20)],
             ("conflict", "“1. Step 1” is itself the notice.+interest. No later step asks for it"), OWN_MESSAGE),
            # the waiting time: 15 days by e-mail, 20 by letter with a weekend and a holiday
            ("be_consumer", [(1, 5, 0, GIVES), (2, 15, 7, COSTS)],
             ("conflict", "^“2. Step 2” can come 10 days after the notice “1. Step 1”. By “Belgium: consumers” .+ up "
                          "to 15 days .+ e-mail and 20 after a letter.+asks nothing of this: collection costs and .+"
                          "never asked. Let at least 20 days lie between the two, or let “2. Step 2” wait"),
             OWN_MESSAGE),
            ("be_consumer", [(1, 5, 0, GIVES), (2, 15, 7, COSTS), (8, 40, 20, COSTS)],
             ("conflict", r"^“2. Step 2” can come 10 days.+collection costs and the cost of the reminder\. Let at "
                          "least 20 days"), OWN_MESSAGE),
            ("be_consumer", [(1, 5, 0, GIVES), (2, 15, 7, COSTS, WAITS)],
             ("note", "^“2. Step 2” comes 10 days or more.+but after 7.+“2. Step 2” waits until then"), OWN_MESSAGE),
            ("be_consumer", [(1, 5, 0, GIVES), (2, 25, 7, COSTS)],
             ("note", "^“2. Step 2” comes 20 days or more after the notice “1. Step 1”, but after 7 days already"),
             OWN_MESSAGE),
            # customers who want letters
            ("be_consumer", [(1, 5, 0, GIVES), (2, 21, 16, COSTS)],
             ("note", "^“2. Step 2” can come 16 days .+15 days.+20 after a letter"), OWN_MESSAGE),
            ("be_consumer", [(1, 5, 0, GIVES, {"channel": "letter"}), (2, 21, 16, COSTS)],
             ("conflict", "^“2. Step 2” can come 16 days"), OWN_MESSAGE),
            # the step between counts
            ("be_consumer", [(1, 5, 0, GIVES), (2, 15, 10), (3, 16, 10, INTEREST)], OWN_MESSAGE),
            # calls
            ("be_consumer", [(1, 5, 0, GIVES, CALL), (2, 15, 7, COSTS), (8, 40, 20, COSTS)],
             ("conflict", "^“1. Step 1” is a call: for “Belgium: consumers” that is no notice"),
             ("conflict", "^“2. Step 2” becomes the notice"), OWN_MESSAGE),
            ("be_consumer", [(1, 5, 0, CALL, INTEREST)],
             ("conflict", "^“1. Step 1” is a call and asks nothing of this: interest. “Belgium: consumers” wants.+"
                          "never asked. Let an earlier")),
            ("be_consumer", [(1, 5, 0, GIVES), (2, 30, 20, CALL, COSTS)], OWN_MESSAGE),
            # nothing to be had
            ("fr_consumer", [(1, 5, 0), (2, 15, 7, COSTS)],
             ("note", "“2. Step 2”: by “France: consumers” .+ no costs"),
             ("note", "this is a notice.+no step asks anything that this law")),
            ("nl_consumer", [(1, 5, 0, GIVES), (2, 40, 30, REMINDER), (8, 60, 10, COSTS)],
             ("note", "“2. Step 2”: by “Netherlands: consumers” a reminder costs nothing"), PROOF, OWN_MESSAGE),
            ("lu_consumer", [(1, 5, 0, INTEREST)], ("conflict", "“1. Step 1”: by .+ no interest.+Invoices Warn of")),
            # interest from the notice on
            ("de_consumer", [(1, 5, 0, INTEREST), (2, 15, 10, INTEREST)],
             ("conflict", "“1. Step 1” becomes the notice of “Germany: consumers”.+: interest. “2. Step 2” is the")),
            ("de_business", [(1, 5, 0, GIVES), (2, 15, 2, COSTS, INTEREST)],
             ("note", "^“2. Step 2” comes 10 days or more.+ 2 days already.+up to 2 days apart .+ e-mail and 8")),
            # without a notice it runs 30 days after the due date
            ("de_business", [(1, 31, 0, COSTS, INTEREST)]),
            ("de_consumer", [(1, 31, 0, INTEREST)], ("conflict", "never asked")),
            # the scale comes after a notice, the rest before
            ("nl_business", [(1, 5, 0, COSTS, INTEREST), (2, 20, 15, COSTS, INTEREST)],
             ("note", "becomes the notice.+nothing yet of this: collection costs. “2. Step 2” is the first step")),
            ("nl_business", [(1, 5, 0, COSTS, INTEREST)], ("conflict", "of this: collection costs. No later step")),
        ):
            with self.subTest(law=law, steps=steps):
                # the German cases are about due dates that stand on the invoice only
                self.company.write({**CLAUSE, "dunning_term_agreed": not law.startswith("de")})
                self.assertFound(self.check(law, self.steps(*steps)), *expected)

    def test_notice_of_default_comes_first_where_due_dates_are_not_agreed(self):
        self.company.dunning_term_agreed = False
        for steps, expected in (
            ([(1, 5, 0, GIVES), (2, 35, 30, COSTS), (8, 70, 30, COSTS)],
             ("conflict", "“2. Step 2” becomes a notice of “Netherlands: consumers”.+“8. Step 8” is the first")),
            ([(1, 5, 0, GIVES), (2, 35, 30, COSTS)], ("conflict", "never asked")),
        ):
            with self.subTest(steps):
                self.assertFound(
                    self.check("nl_consumer", self.steps(*steps)), ("note", "notice of default comes before"),
                    expected, PROOF, OWN_MESSAGE)

    def test_archived_steps_and_notes_before_the_due_date_count_for_nothing(self):
        policy = self.steps((0, -3, 0), (1, 5, 0, GIVES), (2, 30, 20, COSTS))
        self.company.write(CLAUSE)
        self.assertFound(self.check("be_consumer", policy), OWN_MESSAGE)
        policy.level_ids.filtered("gives_notice").active = False
        self.assertFound(self.check("be_consumer", policy), ("conflict", "“2. Step 2” becomes the"), OWN_MESSAGE)

    def test_days_without_reminders_bring_steps_nearer_to_each_other(self):
        self.company.write(CLAUSE)
        steps = (1, 5, 0, GIVES), (2, 21, 7, COSTS)
        self.assertFound(self.check("be_consumer", self.steps(*steps)), ("note", "16 days or more"), OWN_MESSAGE)
        self.assertFound(self.check("be_consumer", self.steps(*steps, quiet_saturday=True, quiet_sunday=True)),
                         ("conflict", "can come 14 days"), OWN_MESSAGE)

    def test_law_that_wants_two_notices(self):
        self.company.write(CLAUSE)
        self.law("be_consumer").free_reminders = 2
        self.assertFound(
            self.check("be_consumer", self.steps((1, 5, 0, GIVES), (2, 30, 20, COSTS), (3, 60, 20, COSTS))),
            ("conflict", "“2. Step 2” becomes a notice.+wants 2 of them, and the steps before give 1.+Let 2 earlier"),
            OWN_MESSAGE)
        self.assertFound(
            self.check("be_consumer", self.steps((1, 5, 0, GIVES), (2, 30, 20, GIVES), (3, 60, 7, COSTS, WAITS))),
            ("note", "comes 30 days or more after the notice “2. Step 2”"), OWN_MESSAGE)

    def test_clause_that_does_not_hold(self):
        """Cases: what the settings say, and why nothing is asked."""
        asking = self.steps((1, 5, 0, GIVES), (2, 30, 20, COSTS), (3, 60, 20, INTEREST))
        free = self.steps((1, 5, 0, GIVES), (2, 30, 20))
        own = {"dunning_clause_amounts": "own", "dunning_clause_rate": 5}
        for vals, pattern in (
            ({"dunning_clause": False}, "has none"),
            ({"dunning_clause_mutual": False}, "does not promise"),
            ({"dunning_clause_date": "2027-01-01"}, "is older than the clause"),
            ({**own, "dunning_clause_percent": 60}, "asks more than the law"),
        ):
            with self.subTest(vals):
                self.company.write({**CLAUSE, "dunning_clause_amounts": "legal", **vals})
                self.assertFound(self.check("be_consumer", asking), (
                    "conflict", f"{pattern}.+ Left out .+ by “2. Step 2” and “3. Step 3”"))
                self.assertFalse(self.check("be_consumer", free))
                self.assertFalse(self.check("be_business", asking))

    def test_company_lacks_what_the_notice_must_state(self):
        asking, free = self.steps((1, 5, 0, GIVES), (2, 30, 20, COSTS)), self.steps((1, 5, 0, GIVES))
        self.company.write({**CLAUSE, "company_registry": False})
        self.assertFound(self.check("be_consumer", asking), (
            "conflict", "enterprise number .+ Left out .+ by “2. Step 2”. Enter it .Settings"))
        self.assertFalse(self.check("be_consumer", free))
        self.assertFound(self.check("be_business", asking))

    def test_amounts_of_the_own_clause_are_all_that_is_asked(self):
        policy = self.steps((1, 5, 0, GIVES), (2, 30, 20, COSTS), (3, 60, 20, INTEREST))
        self.company.write({**CLAUSE, "dunning_clause_amounts": "own", "dunning_clause_rate": 5})
        self.assertFound(self.check("be_consumer", policy),
                         ("note", "“2. Step 2”: by .+ amounts of your clause.+no costs"), OWN_MESSAGE)
        self.company.write({"dunning_clause_rate": 0, "dunning_clause_minimum": 5})
        self.assertFound(self.check("be_consumer", policy),
                         ("note", "“3. Step 3”: by .+ amounts of your clause.+no interest"), OWN_MESSAGE)

    def test_rates_out_of_date(self):
        asking, free = self.steps((1, 5, 0, INTEREST)), self.steps((1, 5, 0, COSTS))
        rates = self.law("be_business").interest_kind_id.rate_ids
        rates.filtered(lambda rate: rate.date > NIGHT).unlink()
        newest = rates.exists().sorted("date")[-1]
        newest.date_to = NIGHT
        self.assertFound(self.check("be_business", asking))
        newest.unlink()
        self.assertFound(self.check("be_business", asking), (
            "conflict", "“1. Step 1”: by “Belgium: businesses” no interest is asked for the days after 12/31/2025"))
        self.assertFound(self.check("be_business", free))
        rates.exists().unlink()
        self.assertFound(self.check("be_business", asking), ("conflict", "no rate of .+ is entered"))

    def test_words_of_the_notice_in_every_language(self):
        self.company.write(CLAUSE)
        policy, law = self.steps((1, 5, 0, GIVES), (2, 30, 20, COSTS)), self.law("be_consumer")
        for code in ("nl_BE", "fr_BE", "en_GB"):
            self.env["res.lang"]._activate_lang(code)
        law.notice_text = "In English"
        law.with_context(lang="fr_BE").notice_text = "En français"
        law.with_context(lang="nl_BE").notice_text = "In English"
        self.assertFound(
            self.check("be_consumer", policy), OWN_MESSAGE,
            ("conflict", "“1. Step 1”: .+“Belgium: consumers” .+ customers who read Dutch[^,]+ get these words"))
        law.with_context(lang="nl_BE").notice_text = "In het Nederlands"
        self.assertFound(self.check("be_consumer", policy), OWN_MESSAGE)
        # no notice, no words
        self.assertFalse(self.check("be_consumer", self.steps((1, 5, 0))))
        law.notice_text = False
        self.assertFound(self.check("be_consumer", policy), OWN_MESSAGE, ("conflict", "no words are entered"))

    # -- Which laws and which policies -------------------------------------------------------------------------------

    def test_newest_law_in_force(self):
        old = self.law("be_consumer")
        today = old.copy({"name": "New", "date_from": NIGHT})
        later = old.copy({"name": "Later", "date_from": date(2026, 3, 12)})
        laws = self.rules._laws_in_force(self.company)
        self.assertIn(today, laws)
        self.assertFalse(laws & (old | later))
        self.assertIn(self.law("eu_business"), laws)
        today.active = False
        self.assertIn(old, self.rules._laws_in_force(self.company))

    def test_policy_is_checked_for_those_who_get_it(self):
        policies = {name: self.steps((1, 5, 0)) for name in (
            "business", "consumer", "segment business", "segment consumer", "own", "unused", "elsewhere")}
        other = self.setup_other_company()["company"]
        policies["elsewhere"].company_id = other
        self.company.write({"dunning_policy_id": policies["business"].id,
                            "dunning_consumer_policy_id": policies["consumer"].id})
        self.env["dunning.segment"].create({
            "name": "S", "policy_id": policies["segment business"].id,
            "consumer_policy_id": policies["segment consumer"].id})
        self.debtor_of(self.make_customer("Anna", is_company=False), policy_id=policies["own"].id)
        uses = self.rules._kinds_by_policy(self.company)
        self.assertEqual({name: uses.get(policy) for name, policy in policies.items()}, {
            "business": {"business"}, "consumer": {"consumer"}, "segment business": {"business"},
            "segment consumer": {"consumer"}, "own": {"consumer"}, "unused": {"business", "consumer"},
            "elsewhere": None})
        self.debtor_of(self.customer, policy_id=policies["own"].id)
        self.assertEqual(self.rules._kinds_by_policy(self.company)[policies["own"]], {"business", "consumer"})

    def test_customers_without_a_law(self):
        consumers = {code: self.make_customer(code, is_company=False, country_id=self.env.ref(f"base.{code}").id)
                     for code in ("us", "ch", "be")}
        consumers["none"] = self.make_customer("none", is_company=False, country_id=False)
        business = self.make_customer("Torero", country_id=self.env.ref("base.us").id)
        for customer in (*consumers.values(), business):
            self.make_invoice(partner=customer)

        def found():
            findings = self.rules._country_findings(self.company, self.rules._kinds_by_policy(self.company))
            return [(finding.kind, finding.severity, finding.message) for finding in findings]

        self.env["dunning.policy"].search([]).level_ids.write({"costs": "none", "asks_interest": False})
        self.assertFalse(found(), "nobody is asked anything anyhow")
        self.policy.level_ids.filtered(lambda level: level.number == 8).costs = "collection"
        (kind, severity, message), (_kind, _severity, without) = found()
        self.assertEqual((kind, severity), ("consumer", "note"))
        self.assertRegex(message, "^No law for consumers in Switzerland and United States is known here")
        self.assertRegex(without, "^Some customers with open invoices have no country")
        self.company.dunning_law_of = "debtor"
        self.assertIn("No law for businesses in United States", found()[0][2])
        self.policy.level_ids.active = False
        self.assertFalse(found())

    # -- The page ----------------------------------------------------------------------------------------------------

    def clear(self):
        """No policy but the company's own."""
        (self.env["dunning.policy"].search([]) - self.policy).active = False

    def test_page_shows_what_concerns_first_and_conflicts_first(self):
        self.clear()
        self.make_invoice(partner=self.make_customer("Anna", is_company=False))
        self.policy.level_ids[-1].write({"costs": "reminder", "asks_interest": True})
        checkup = self.look(self.manager)
        self.assertEqual(checkup.line_ids.mapped(lambda line: (line.severity, line.law_id, line.concerns)), [
            ("conflict", self.law("be_consumer"), True), ("note", self.law("be_business"), True)])
        self.assertEqual(checkup.conflict_count, 1)
        with Form(checkup) as form:
            form.only_concerned = False
        checkup.action_check_again()
        lines = checkup.line_ids
        self.assertEqual(lines[:2].law_id, self.law("be_consumer") | self.law("be_business"))
        self.assertFalse(any(lines[2:].mapped("concerns")))
        self.assertIn(self.law("de_consumer"), lines.law_id)
        weights = lines[2:].mapped("severity")
        self.assertEqual(weights, sorted(weights))
        self.assertEqual(set(weights), {"conflict", "note"})
        action = lines[0].action_open_policy()
        self.assertEqual((action["res_model"], action["res_id"]), ("dunning.policy", self.policy.id))

    def test_page_says_what_the_company_lacks_and_that_all_is_well(self):
        self.clear()
        checkup = self.look()
        self.assertFalse(checkup.line_ids)
        self.assertFalse(checkup.warnings)
        self.company.country_id = False
        self.company.invalidate_recordset(["dunning_law_warning"])
        checkup = self.look()
        self.assertRegex(checkup.warnings, "Enter the country of")

    def test_only_dunning_managers_open_it(self):
        clerk = new_test_user(
            self.env, "checkup.clerk", groups="debto_dunning.group_dunning_user,account.group_account_invoice",
            company_id=self.company.id, company_ids=self.company.ids)
        with self.assertRaises(AccessError):
            self.env["dunning.checkup"].with_user(clerk).action_open()
        with self.assertRaises(AccessError):
            self.env["dunning.checkup.line"].with_user(clerk).check_access("read")
        action = self.env["dunning.checkup"].with_user(self.manager).action_open()
        checkup = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        self.assertEqual(checkup.company_id, self.company)
        menus = self.env["ir.ui.menu"]
        menu = self.env.ref("debto_dunning.menu_dunning_checkup")
        self.assertIn(menu.id, menus.with_user(self.manager)._visible_menu_ids())
        self.assertNotIn(menu.id, menus.with_user(clerk)._visible_menu_ids())

    def test_it_writes_nothing_but_itself(self):
        self.make_invoice(partner=self.make_customer("Anna", is_company=False))
        self.policy.level_ids[-1].write({"costs": "collection", "asks_interest": True})
        self.env.flush_all()
        written, execute = set(), Cursor.execute

        def spy(cursor, query, *args, **kwargs):
            code = query.code if isinstance(query, SQL) else query
            written.update(re.findall(r'(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', str(code)))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", spy):
            checkup = self.look(self.manager, only_concerned=False)
            checkup.action_check_again()
            self.env.flush_all()
        self.assertTrue(checkup.line_ids)
        self.assertEqual(written, {"dunning_checkup", "dunning_checkup_line"})

    # -- The ways to it ----------------------------------------------------------------------------------------------

    def test_switching_on_tells_the_conflicts_of_the_chosen_policies(self):
        self.make_invoice(partner=self.make_customer("Anna", is_company=False))
        asking = self.steps((1, 5, 0, COSTS), (2, 15, 7, COSTS))
        form = Form(self.env["dunning.activate"])
        self.assertNotIn("Conflicts", form.warnings)
        form.policy_id = asking
        self.assertNotIn("Conflicts", form.warnings)
        form.consumer_policy_id = asking
        self.assertRegex(form.warnings, r"Conflicts of these policies with the laws of your customers: 1\. Look at")
        self.company.write({**CLAUSE, "country_id": self.env.ref("base.nl").id})
        form = Form(self.env["dunning.activate"])
        form.consumer_policy_id = asking
        self.assertRegex(form.warnings, r"laws of your customers: 2\.")

    def test_settings_lead_to_it(self):
        action = self.env["res.config.settings"].create({}).action_dunning_checkup()
        self.assertEqual(action["res_model"], "dunning.checkup")
