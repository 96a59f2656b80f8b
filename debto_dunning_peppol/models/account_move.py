from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: States in which an invoice has not reached the customer. Every other one counts as delivered, also those that an
#: answer of the customer brings (``AB`` received, ``AP`` approved, ``RE`` rejected, by ``account_peppol_response``).
FAILED_STATES = ("error", "skipped", "to_send")
#: Handed over to the access point, whose answer is awaited.
UNDER_WAY_STATE = "processing"
#: The customer rejected the invoice.
REJECTED_STATE = "RE"
#: An invoice that is under way for longer than this has not reached the customer.
LONGEST_UNDER_WAY = timedelta(days=2)


class AccountMove(models.Model):
    _inherit = "account.move"

    dunning_peppol_state = fields.Char(
        "State by Peppol",
        compute="_compute_dunning_peppol_since", store=True, copy=False, groups="base.group_user",
        help="The state by Peppol that “In This State Since” is of.")
    dunning_peppol_since = fields.Datetime(
        "In This State Since", compute="_compute_dunning_peppol_since", store=True, copy=False,
        groups="base.group_user", help="When the state by Peppol changed last.")
    dunning_reached_otherwise = fields.Boolean(
        "Reached the Customer Another Way", readonly=True, copy=False, groups="base.group_user",
        help="Somebody says that the customer has the invoice, though Peppol did not deliver it.")
    dunning_peppol_failed = fields.Boolean(
        "Not Delivered by Peppol", compute="_compute_dunning_peppol_failed", groups="base.group_user")

    @api.depends("peppol_move_state")
    def _compute_dunning_peppol_since(self):
        # the state of an invoice is computed anew at each posting, mostly to the same
        for move in self:
            if (move.dunning_peppol_state or False) != move.peppol_move_state:
                move.dunning_peppol_state = move.peppol_move_state
                move.dunning_peppol_since = move.peppol_move_state and fields.Datetime.now()
            else:
                move.dunning_peppol_state = move.dunning_peppol_state
                move.dunning_peppol_since = move.dunning_peppol_since

    @api.depends("peppol_move_state", "dunning_peppol_since", "dunning_reached_otherwise", "state")
    def _compute_dunning_peppol_failed(self):
        limit = self._dunning_peppol_limit()
        for move in self:
            since = move.dunning_peppol_since
            move.dunning_peppol_failed = (
                move.state == "posted" and move.is_sale_document(include_receipts=True)
                and not move.dunning_reached_otherwise
                and (move.peppol_move_state in FAILED_STATES
                     or move.peppol_move_state == UNDER_WAY_STATE and bool(since) and since < limit))

    @api.model
    def _dunning_peppol_limit(self):
        """The time before which an invoice that is under way must have been handed over to count as not delivered."""
        return fields.Datetime.now() - LONGEST_UNDER_WAY

    @api.model
    def _dunning_peppol_conditions(self):
        """SQL conditions over ``move``: (it has not reached the customer, it is under way)."""
        is_late = SQL("COALESCE(move.dunning_peppol_since < %s, FALSE)", self._dunning_peppol_limit())
        is_peppol_s = SQL("move.dunning_reached_otherwise IS NOT TRUE")
        return (
            SQL("%s AND (move.peppol_move_state IN %s OR move.peppol_move_state = %s AND %s)",
                is_peppol_s, FAILED_STATES, UNDER_WAY_STATE, is_late),
            SQL("%s AND move.peppol_move_state = %s AND NOT %s", is_peppol_s, UNDER_WAY_STATE, is_late))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_dunning_reached_otherwise(self):
        """Note that the customer has these invoices, though Peppol did not deliver them: reminders go on.

        :raises UserError: Peppol has not failed for one of them
        """
        self.check_access("write")
        if any(not move.dunning_peppol_failed for move in self):
            raise UserError(self.env._("Peppol has not failed to deliver this invoice."))
        self.sudo().dunning_reached_otherwise = True  # sudo: no one sets it by hand; the right was checked
        self.activity_unlink(["debto_dunning_peppol.activity_type_failed"])
        self._message_log_batch({move.id: self.env._(
            "Not delivered by Peppol; it reached the customer another way, says %s.", self.env.user.name)
            for move in self})

    # ------------------------------------------------------------------
    # What the night does
    # ------------------------------------------------------------------

    @api.model
    def _dunning_hold_rejected(self, companies=None):
        """Put invoices on hold that customers rejected by Peppol, each once, and tell who made them.

        A hold that a person lifts does not come back, unless the customer rejects the invoice again.

        :param companies: ``res.company`` recordset; None: all of them
        """
        self.flush_model()
        self.env["dunning.hold"].flush_model()
        # the day of a hold is the company's, which may be one before that of the state's time in UTC
        self.env.cr.execute(SQL("""
            SELECT move.id FROM account_move move
             WHERE move.peppol_move_state = %s AND move.state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_receipt') AND %s
               AND NOT EXISTS (
                   SELECT FROM dunning_hold hold
                    WHERE hold.move_id = move.id AND hold.kind = 'peppol_rejected'
                      AND hold.date_from >= COALESCE(move.dunning_peppol_since::date, '-infinity') - 1)
             ORDER BY move.id
        """, REJECTED_STATE, SQL("move.company_id IN %s", tuple(companies.ids)) if companies else SQL("TRUE")))
        # sudo: answers are read by a cron or an accountant, who may lack access to holds. Only these are written.
        moves = self.sudo().browse([move_id for move_id, in self.env.cr.fetchall()])
        for company, rejected in moves.grouped(lambda move: move.company_id.root_id).items():
            self.env["dunning.hold"].sudo().create([{
                "move_id": move.id, "kind": "peppol_rejected", "date_from": company._dunning_today(),
                "note": self.env._("Rejected by the customer by Peppol"), "user_id": False,
            } for move in rejected])
        moves._dunning_tell_maker(
            "debto_dunning_peppol.activity_type_rejected",
            self.env._("The customer rejected this invoice by Peppol. Its answer stands in the messages below. "
                       "Reminders wait until somebody lifts the hold."))

    def _dunning_tell_maker(self, activity_type, note):
        """Plan an activity on these invoices for whoever made each, where none of its type is open.

        :param activity_type: external id
        """
        # sudo: as in the calling methods, activities of others are read and written
        kind = self.env["mail.activity.type"]._dunning_type(activity_type, self._name)
        told = self.sudo().filtered(lambda move: kind and not move.activity_ids.filtered(
            lambda activity: activity.automated and activity.activity_type_id == kind))
        for user, moves in told.grouped(lambda move: move._dunning_maker()).items():
            moves.activity_schedule(activity_type_id=kind.id, note=note, user_id=user.id)

    def _dunning_maker(self):
        """The user who made this invoice and still works here, else the default person in charge."""
        company = self.company_id.root_id
        for user in (self.invoice_user_id, self.create_uid, company.dunning_user_id, company.dunning_activated_by):
            if user.active and not user.share:
                return user
        return self.env.ref("base.user_admin")
