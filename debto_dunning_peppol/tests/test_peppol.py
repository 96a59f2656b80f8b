from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.debto_dunning.tests.addon_common import AddonCommon
from odoo.addons.debto_dunning.tests.common import NIGHT, DunningCommon, days_later

from ..hooks import pre_init_hook


class AccountMove(models.Model):
    """Stands in for ``account_peppol_response``, which adds the answers of customers to the states."""

    _name = "account.move"
    _inherit = "account.move"
    _module = None

    peppol_move_state = fields.Selection(
        selection_add=[("AB", "Received"), ("AP", "Approved"), ("RE", "Rejected")])


@tagged("post_install", "-at_install")
class TestPeppol(AddonCommon, DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.extend(AccountMove)
        cls.biller = cls.make_user("biller", "account.group_account_invoice")
        cls.invoice = cls.make_invoice(invoice_user_id=cls.biller.id)

    def set_state(self, state, days=0, invoice=None):
        """Peppol reports a state so many days before the night."""
        with freeze_time(f"{NIGHT - timedelta(days=days)} 01:00:00"):
            (invoice or self.invoice).peppol_move_state = state
            self.env.flush_all()

    def activities(self, name):
        activity_type = self.env.ref(f"debto_dunning_peppol.activity_type_{name}")
        return self.invoice.activity_ids.filtered(lambda activity: activity.activity_type_id == activity_type)

    def test_statement_leaves_out_what_did_not_reach_the_customer(self):
        debtor, statements = self.debtor_of(self.customer), self.env["dunning.statement"]
        self.assertTrue(statements._for_debtors(debtor, NIGHT))

        self.set_state("error")

        with self.assertRaises(UserError):
            statements._for_debtors(debtor, NIGHT)

    # -- What reached the customer -----------------------------------------------------------------------------------

    def test_state_decides_whether_it_reached_the_customer(self):
        for state, days, reason in (
            (False, 0, None), ("ready", 0, None), ("done", 0, None), ("AB", 0, None), ("AP", 0, None),
            ("to_send", 0, "peppol_failed"), ("skipped", 0, "peppol_failed"), ("error", 0, "peppol_failed"),
            ("processing", 0, "peppol_under_way"), ("processing", 1, "peppol_under_way"),
            ("processing", 3, "peppol_failed"),
        ):
            with self.subTest(state=state, days=days):
                self.set_state(False)
                self.set_state(state, days)

                self.assertEqual(self.look(self.invoice).reason, reason)
                self.assertEqual(self.invoice.dunning_peppol_failed, reason == "peppol_failed")

    def test_invoice_that_was_never_sent_says_what_peppol_says(self):
        self.invoice.is_move_sent = False
        self.assertLeft(self.invoice, "not_sent")

        self.set_state("error")

        self.assertLeft(self.invoice, "peppol_failed")

    def test_what_is_queued_is_dropped_when_peppol_fails(self):
        queued = self.run_night().communication_ids

        self.set_state("error")
        self.deliver()

        self.assertEqual(queued.state, "cancelled")
        self.assertFalse(self.invoice.dunning_level)

    def test_state_that_stays_keeps_its_time(self):
        self.set_state("processing", 3)

        self.invoice.button_draft()
        self.invoice.action_post()
        self.invoice.is_move_sent = True

        self.assertLeft(self.invoice, "peppol_failed")

    def test_copy_starts_anew(self):
        self.set_state("error")

        copy = self.invoice.copy()

        self.assertFalse(copy.dunning_peppol_since)
        self.assertFalse(copy.dunning_peppol_failed)

    def test_installed_beside_invoices_under_way(self):
        self.set_state("processing")
        self.env.cr.execute(
            "UPDATE account_move SET write_date = %s, dunning_peppol_since = NULL, dunning_peppol_state = NULL "
            "WHERE id = %s", [NIGHT - timedelta(days=9), self.invoice.id])

        pre_init_hook(self.env)

        self.env.invalidate_all()
        self.assertLeft(self.invoice, "peppol_failed")

    # -- Who is told -------------------------------------------------------------------------------------------------

    def test_who_made_the_invoice_is_told_once(self):
        self.set_state("error")

        run = self.run_night()
        self.run_night(days_later(1))

        self.assertFalse(run.communication_ids)
        self.assertEqual(run.count_ids.reason, "peppol_failed")
        self.assertEqual(self.activities("failed").user_id, self.biller)
        self.assertEqual(len(self.activities("failed")), 1)

    def test_activity_goes_when_the_invoice_is_delivered(self):
        self.set_state("error")
        self.run_night()

        self.set_state("done")
        run = self.run_night(days_later(1))

        self.assertFalse(self.activities("failed"))
        self.assertEqual(run.communication_ids.line_ids.move_id, self.invoice)

    def test_somebody_who_left_is_not_told(self):
        self.set_state("error")
        self.biller.active = False

        self.run_night()

        self.assertEqual(self.activities("failed").user_id, self.invoice.create_uid)

    # -- Another way -------------------------------------------------------------------------------------------------

    def test_invoice_that_reached_the_customer_another_way(self):
        self.set_state("error")
        self.run_night()

        self.invoice.with_user(self.biller).action_dunning_reached_otherwise()

        self.assertStep(self.invoice, self.first)
        self.assertFalse(self.activities("failed"))
        self.assertIn(self.biller.name, self.invoice.message_ids[:1].body)

    def test_another_way_is_said_of_failures_only(self):
        self.set_state("done")

        with self.assertRaisesRegex(UserError, "has not failed"):
            self.invoice.with_user(self.biller).action_dunning_reached_otherwise()

    def test_another_way_is_said_by_who_may_write_invoices(self):
        self.set_state("error")
        collector = self.make_user("collector", "debto_dunning.group_dunning_user")

        with self.assertRaises(AccessError):
            self.invoice.with_user(collector).action_dunning_reached_otherwise()

    # -- Rejected ----------------------------------------------------------------------------------------------------

    def holds(self):
        return self.env["dunning.hold"].with_context(active_test=False).search([
            ("move_id", "=", self.invoice.id), ("kind", "=", "peppol_rejected")])

    def test_rejected_invoice_is_on_hold_and_its_maker_told(self):
        self.set_state("RE")

        run = self.run_night()

        self.assertFalse(run.communication_ids)
        self.assertLeft(self.invoice, "peppol_rejected")
        self.assertEqual(self.activities("rejected").user_id, self.biller)

    def test_rejection_that_comes_in_holds_at_once(self):
        self.set_state("RE")

        with patch.object(self.registry["account_edi_proxy_client.user"], "_call_peppol_proxy", return_value={}):
            self.env["account_edi_proxy_client.user"]._peppol_get_new_documents()

        self.assertLeft(self.invoice, "peppol_rejected")

    def test_hold_that_a_person_lifts_does_not_come_back(self):
        self.set_state("RE")
        self.run_night()

        self.holds().with_user(self.biller).action_lift()
        run = self.run_night(days_later(1))

        self.assertFalse(self.activities("rejected"))
        self.assertEqual(run.communication_ids.line_ids.move_id, self.invoice)
        self.assertEqual(len(self.holds()), 1)

    def test_rejected_again(self):
        self.set_state("RE", 9)
        with freeze_time(f"{NIGHT - timedelta(days=9)} 02:00:00"):
            self.invoice._dunning_hold_rejected()
            self.holds().action_lift()

        self.set_state("processing", 5)
        self.set_state("RE")
        self.run_night()

        self.assertEqual(len(self.holds().filtered("active")), 1)
        self.assertEqual(len(self.holds()), 2)

    def test_rejected_invoice_of_a_supplier_is_left_alone(self):
        bill = self.make_invoice(move_type="in_invoice", sent=False)

        self.set_state("RE", invoice=bill)
        self.run_night()

        self.assertFalse(self.env["dunning.hold"].search([("move_id", "=", bill.id)]))
