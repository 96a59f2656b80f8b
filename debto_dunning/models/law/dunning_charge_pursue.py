from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..policy.dunning_policy import WEEKDAYS


class DunningCharge(models.Model):
    """Messages about charges that customers left open when they paid the invoice only."""

    _inherit = "dunning.charge"

    # ------------------------------------------------------------------
    # In messages
    # ------------------------------------------------------------------

    @api.model
    def _left_open(self, company, debtor_ids):
        """Charges that a message to each debtor is to name: {(debtor id, currency id): charges}."""
        found = defaultdict(self.browse)
        for charge in self._pursuable(company, SQL("charge.debtor_id = ANY(%s)", list(debtor_ids))):
            found[charge.debtor_id.id, charge.currency_id.id] |= charge
        return found

    @api.model
    def _pursuable(self, company, which, delivering=()):
        """Charges left open by debtors of whom nothing else is known: no money not matched yet, nobody on hold.

        :param which: condition on ``charge`` as :class:`SQL`
        :param delivering: ids of communications that may name them
        """
        self.env.flush_all()
        self.env.cr.execute(SQL("""
            SELECT charge.id
              FROM dunning_charge charge
              JOIN dunning_debtor debtor ON debtor.id = charge.debtor_id
              JOIN res_partner partner ON partner.id = debtor.partner_id
             WHERE charge.company_id = %(company)s AND charge.state = 'open' AND charge.is_settled
               AND charge.amount_due > 0
               AND %(which)s
               AND partner.active AND debtor.is_insolvent IS NOT TRUE
               AND NOT EXISTS (SELECT FROM account_move_line item
                                WHERE item.id = charge.move_line_id AND item.no_followup IS TRUE)
               AND NOT EXISTS (SELECT FROM dunning_hold hold
                                WHERE hold.move_id = charge.move_id AND hold.active
                                  AND (hold.date_until IS NULL OR hold.date_until >= %(date)s))
               AND (debtor.hold_until IS NULL OR debtor.hold_until < %(date)s)
               AND NOT EXISTS (
                   SELECT FROM account_move_line line
                     JOIN account_account account
                       ON account.id = line.account_id AND account.account_type = 'asset_receivable'
                     JOIN res_partner payer ON payer.id = line.partner_id
                    WHERE payer.commercial_partner_id = partner.id AND line.parent_state = 'posted'
                      AND line.reconciled IS NOT TRUE AND line.amount_residual < 0
                      AND line.company_id = ANY(%(companies)s))
               AND NOT EXISTS (
                   SELECT FROM account_bank_statement_line line
                     JOIN res_partner payer ON payer.id = line.partner_id
                    WHERE payer.commercial_partner_id = partner.id AND line.is_reconciled IS NOT TRUE
                      AND line.amount > 0 AND line.company_id = ANY(%(companies)s))
               AND NOT EXISTS (
                   SELECT FROM dunning_communication_line line
                     JOIN dunning_communication communication ON communication.id = line.communication_id
                    WHERE line.charge_id = charge.id AND communication.state IN ('draft', 'queued')
                      AND communication.id <> ALL(%(delivering)s::int[]))
               AND NOT (%(reply_pauses)s AND EXISTS (
                   SELECT FROM dunning_communication
                    WHERE debtor_id = debtor.id AND state = 'received' AND needs_attention))
             ORDER BY charge.id
        """, company=company.id, companies=company._dunning_companies().ids, date=company._dunning_today(),
            which=which, delivering=list(delivering), reply_pauses=bool(company.dunning_reply_pauses)))
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    @api.model
    def _to_pursue(self, company, date):
        """Charges to be asked for in messages of their own, once each: {(debtor, currency): charges}."""
        if company._dunning_bank_behind(date):
            return {}
        weekday = WEEKDAYS[date.weekday()]
        waiting = self._pursuable(company, SQL(
            "charge.pursued_on IS NULL AND debtor.by_hand_only IS NOT TRUE")).filtered(
                lambda charge: charge.debtor_id.effective_policy_id.left_charges == "pursue"
                and not charge.debtor_id.effective_policy_id[f"quiet_{weekday}"])
        return waiting.grouped(lambda charge: (charge.debtor_id, charge.currency_id))

    @api.model
    def _pursue(self, run):
        """Ask for what is left open in messages of their own, where no message of tonight does it.

        :return: the communications made
        """
        Communication = self.env["dunning.communication"]
        vals_list = []
        for (debtor, currency), charges in self._to_pursue(run.company_id, run.date).items():
            contact = debtor.reminder_contact_id or debtor.partner_id
            amount = sum(charges.mapped("amount_due"))
            vals_list.append({
                "debtor_id": debtor.id, "partner_id": contact.id, "currency_id": currency.id,
                "channel": charges._channel(contact),
                "direction": "out", "state": "queued", "is_reminder": True, "tone": "neutral", "run_id": run.id,
                "subject": self.env._("Costs and interest left open"), "amount_charges": amount,
                "amount_total": amount,
                "line_ids": [fields.Command.create(charge._line_vals(run.date)) for charge in charges],
            })
        return Communication.create(vals_list)

    def _channel(self, contact):
        """How a message of their own goes out."""
        return self.env["dunning.communication"]._usable_channel(
            self.debtor_id.preferred_channel or "email", contact)

    def _line_vals(self, date):
        """The line of a message that names this charge."""
        self.ensure_one()
        # who sends may lack access to the invoice; the message names it all the same
        move, item = self.sudo().move_id, self.sudo().move_line_id
        return {
            "charge_id": self.id,
            "move_id": move.id,
            "rank": self.rank,
            "date": date,
            "document": move.name,
            "document_date": move.invoice_date,
            "due_date": item.date_maturity,
            "law_id": self.law_id.id,
            "amount_open": 0,
            "amount_covered": 0,
            "amount_asked": 0,
            "amount_cost": self.cost_amount,
            "amount_interest": self.interest_amount,
            "amount_settled": self.amount_settled,
            "calculation": self.calculation,
        }
