from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..communication.dunning_communication_prepare import Message, MessageKey
from ..debtor.dunning_debtor_recipient import Addressee
from ..policy.dunning_policy import WEEKDAYS


class DunningCharge(models.Model):
    """Messages about charges that customers left open when they paid the invoice only."""

    _inherit = "dunning.charge"

    # ------------------------------------------------------------------
    # In messages
    # ------------------------------------------------------------------

    @api.model
    def _left_open(self, company, debtor_ids):
        """Charges left open that the next message to each debtor names: {(debtor id, currency id): charges}."""
        found = defaultdict(self.browse)
        for charge in self._pursuable(company, SQL("charge.debtor_id = ANY(%s)", list(debtor_ids))):
            found[charge.debtor_id.id, charge.currency_id.id] |= charge
        return found

    @api.model
    def _pursuable(self, company, which, delivering=()):
        """Charges left open that may be asked for: no money of the debtor waits to be matched, nothing holds them.

        Holds and money are read by the parts of the deciding statement. A part of the paid item on hold does not hold
        its charges; what is about to leave is held only by reasons that drop what is queued.

        :param which: condition on ``charge`` as :class:`SQL`
        :param delivering: ids of communications that may name them
        """
        self.env.flush_all()
        date, run = company._dunning_today(), self.env["dunning.run"]
        if delivering:
            is_free = SQL("NOT COALESCE(held.reasons && %s::text[], FALSE)", list(run._dropping_reasons()))
        else:
            is_free = SQL("held.reasons IS NULL AND COALESCE(held.postponed_until <= %s, TRUE)", date)
        self.env.cr.execute(SQL("""
            WITH hold AS MATERIALIZED (%(holds)s), item AS MATERIALIZED (
                SELECT DISTINCT COALESCE(charge.move_line_id, -charge.id) AS id, debtor.partner_id, charge.move_id,
                       COALESCE(move.delivery_date, move.invoice_date, line.date) AS supplied, part.value
                  FROM dunning_charge charge
                  JOIN dunning_debtor debtor ON debtor.id = charge.debtor_id
                  LEFT JOIN account_move_line line ON line.id = charge.move_line_id
                  LEFT JOIN account_move move ON move.id = charge.move_id
                  CROSS JOIN LATERAL (
                       SELECT line.amount_currency - COALESCE(sum(hold.amount), 0) AS value
                         FROM hold WHERE hold.move_line_id = line.id) part
                 WHERE charge.company_id = %(company)s AND charge.state = 'open' AND charge.is_settled
                   AND charge.amount_due > 0 AND %(which)s
            ), %(held)s
            SELECT charge.id
              FROM dunning_charge charge
              JOIN dunning_debtor debtor ON debtor.id = charge.debtor_id
              LEFT JOIN account_move_line line ON line.id = charge.move_line_id
              LEFT JOIN account_move move ON move.id = charge.move_id
              LEFT JOIN account_journal journal ON journal.id = move.journal_id
              LEFT JOIN res_partner partner ON partner.id = line.partner_id
              JOIN res_partner customer ON customer.id = debtor.partner_id
              LEFT JOIN held ON held.id = COALESCE(charge.move_line_id, -charge.id)
             WHERE charge.company_id = %(company)s AND charge.state = 'open' AND charge.is_settled
               AND charge.amount_due > 0
               AND %(which)s
               AND %(excluded)s IS NULL
               AND customer.active
               AND %(is_free)s
               AND NOT EXISTS (
                   SELECT FROM dunning_communication_line line
                     JOIN dunning_communication communication ON communication.id = line.communication_id
                    WHERE line.charge_id = charge.id AND communication.state IN ('draft', 'queued')
                      AND communication.id <> ALL(%(delivering)s::int[]))
             ORDER BY charge.id
        """, company=company.id, which=which, delivering=list(delivering),
            holds=self.env["dunning.hold"]._current_sql(company, date), held=run._decide_held_sql(),
            excluded=run._exclusion_sql(company), is_free=is_free))
        charges = self.browse([row[0] for row in self.env.cr.fetchall()])
        with_money = run._get_partners_with_money(company, date, charges.customer_id.ids)
        owed = charges._owed()
        return charges.filtered(lambda charge: charge.customer_id.id not in with_money and owed[charge].due > 0)

    @api.model
    def _to_pursue(self, company, date):
        """Charges to be asked for in messages of their own, once each: {(debtor, currency): charges}."""
        if company._dunning_is_bank_behind(date):
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
        return self.env["dunning.communication"]._make_communications(run.company_id, [
            Message(
                key, charges.debtor_id.partner_id.id, [charge._line_vals(run.date) for charge in charges],
                self.env._("Costs and interest left open"), "neutral", kind="charges")
            for key, charges in self._messages_to_pursue(run.company_id, run.date).items()], {"run_id": run.id})

    @api.model
    def _messages_to_pursue(self, company, date):
        """What is asked for in messages of their own, by message: {MessageKey: charges}."""
        communications = self.env["dunning.communication"]
        charges_by_debtor = self._to_pursue(company, date)
        default_channel = communications._channel_order()[0]
        channels = self.env["dunning.debtor"].union(*(debtor for debtor, _currency in charges_by_debtor)
                                                    )._channels_wanted()
        wanted = {
            (debtor, currency): (
                channels.get(debtor, default_channel), None,
                Addressee(debtor.partner_id.id, debtor.id, tuple(charges.move_id.ids)))
            for (debtor, currency), charges in charges_by_debtor.items()}
        ways = communications._ways(wanted.values())
        found = {}
        for (debtor, currency), charges in charges_by_debtor.items():
            channel, recipient_id = ways[wanted[debtor, currency]]
            found[MessageKey(debtor.id, recipient_id, currency.id, channel, False, 0)] = charges
        return found

    def _line_vals(self, date):
        """Values of the line of a message that names this charge.

        :param date: the day of the message
        """
        self.ensure_one()
        # who sends may lack access to the invoice; number and dates are told to its own customer
        move, item = self.sudo().move_id, self.sudo().move_line_id
        return {
            "charge_id": self.id,
            "move_id": move.id,
            "rank": self.rank,
            "date": date,
            "document": move.name,
            "document_date": move.invoice_date,
            "due_date": item and item._dunning_due_date(),
            "law_id": self.law_id.id,
            "amount_open": 0,
            "amount_covered": 0,
            "amount_asked": 0,
            **self._line_amounts(),
        }

    def _line_amounts(self):
        """What a message asks for this charge, and how it came about: values of its line."""
        self.ensure_one()
        return {
            "amount_cost": self.cost_amount,
            "amount_interest": self.interest_amount,
            "amount_settled": self.amount_settled,
            "calculation": self.calculation,
        }
