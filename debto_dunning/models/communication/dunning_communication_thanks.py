from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..debtor.dunning_debtor_recipient import Addressee
from .dunning_communication_kind import MessageKind
from .dunning_communication_prepare import Message, MessageKey

#: Thanks are mailed: a letter would cost more than it brings.
CHANNEL = "email"


class PaidItem(NamedTuple):
    """An item that a payment settled in whole or in part, whose customer is to be thanked for it."""

    partner: int  #: commercial partner
    debtor: int
    item: int
    move: int  #: the invoice
    payment: int  #: the entry of the payment


class DunningCommunication(models.Model):
    """A word of thanks on the night after a payment was booked, where the company wants it.

    What is a payment, ``account.move.line._dunning_is_payment`` says: no write-off, no netting, no credit note. Each
    payment is noted on the lines of its message, so that it is never thanked for twice.
    """

    _inherit = "dunning.communication"

    kind = fields.Selection(selection_add=[("thanks", "Thanks")], ondelete={"thanks": "cascade"})

    @api.model
    def _message_kinds(self):
        # EXTENDS debto_dunning
        return {**super()._message_kinds(), "thanks": MessageKind(
            words="_words_of_thanks", revalidate="_revalidate_thanks", is_repeated=False)}

    def _words_of_thanks(self):
        names = list(dict.fromkeys(line.document for line in self.line_ids if line.document))
        return {
            "subject": self.env._("Thank you for your payment"),
            "body": self._paragraphs(self.env._(
                "Thank you for paying %(documents)s. Your payment has reached us in good order.",
                documents=self._shortened_names(names)))}

    # ------------------------------------------------------------------
    # The night
    # ------------------------------------------------------------------

    @api.model
    def _thank(self, run):
        """Write the thanks of a night, one message a customer.

        :param run: the :class:`dunning.run`
        :return: the communications made
        """
        thanked = self._messages_of_thanks(run.company_id, run.date, run._previous_start())
        snapshots = self._snapshots([one for paid in thanked.values() for one in paid])
        return self._make_communications(run.company_id, [
            Message(
                key, paid[0].partner,
                [self._prepare_thanks_line_vals(one, snapshots[one.item], run.date) for one in paid],
                self.env._("Thank you for your payment"), "friendly", kind="thanks")
            for key, paid in thanked.items()], {"run_id": run.id})

    @api.model
    def _messages_of_thanks(self, company, date, since):
        """The thanks of a night, by message: {MessageKey: [PaidItem]}. It writes nothing.

        :param company: root company
        :param date: the day of the night
        :param since: payments matched after this moment (UTC) are looked at; none where it is empty
        """
        if company.dunning_thanks == "none" or not since:
            return {}
        by_debtor, paid = {}, self._items_to_thank_for(company, date, since)
        late = self._partners_with_overdue(company, date, {one.partner for one in paid})
        for one in paid:
            if one.partner not in late:
                by_debtor.setdefault(one.debtor, []).append(one)
        debtors = self.env["dunning.debtor"].browse(by_debtor)
        wanted_by_debtor, channels = {}, debtors._channels_wanted()
        for debtor in debtors:
            if channels.get(debtor, CHANNEL) == CHANNEL:
                moves = tuple(dict.fromkeys(one.move for one in by_debtor[debtor.id]))
                wanted_by_debtor[debtor] = CHANNEL, None, Addressee(debtor.partner_id.id, debtor.id, moves)
        ways = self._ways(wanted_by_debtor.values(), is_fixed=True)
        reached = self._can_reach(
            CHANNEL, self.env["res.partner"].browse({recipient for _channel, recipient in ways.values()}))
        return {
            MessageKey(debtor.id, ways[wanted][1], company.currency_id.id, CHANNEL, approval=False, notice=0):
            by_debtor[debtor.id]
            for debtor, wanted in wanted_by_debtor.items() if ways[wanted][1] in reached.ids}

    def _items_to_thank_for(self, company, date, since):
        """List of :class:`PaidItem`, by customer; parameters as :meth:`_messages_of_thanks`.

        Left out are payments that were thanked for, and customers who owe costs of a paid invoice, pay by direct
        debit, are written to by hand only, or were thanked on this day.
        """
        self.env.flush_all()
        companies = company._dunning_companies().ids
        payment_of = SQL("%s", self.env["account.move.line"]._dunning_is_payment_sql("payment"))
        is_first = SQL("FALSE") if company.dunning_thanks != "first" else SQL("""
            NOT EXISTS (
                SELECT FROM account_move_line item
                  JOIN res_partner customer ON customer.id = item.partner_id
                  JOIN account_partial_reconcile partial ON partial.debit_move_id = item.id
                  JOIN account_move_line credit ON credit.id = partial.credit_move_id
                  JOIN account_move payment ON payment.id = credit.move_id
                 WHERE customer.commercial_partner_id = paid.partner_id AND item.company_id = ANY(%s)
                   AND partial.create_date <= %s AND %s)""", companies, since, payment_of)
        self.env.cr.execute(SQL("""
            WITH paid AS MATERIALIZED (
                SELECT customer.commercial_partner_id AS partner_id, item.id, item.move_id,
                       payment.id AS payment_id, min(credit.date) AS day
                  FROM account_partial_reconcile partial
                  JOIN account_move_line item ON item.id = partial.debit_move_id
                  JOIN account_account account
                    ON account.id = item.account_id AND account.account_type = 'asset_receivable'
                  JOIN account_move move ON move.id = item.move_id AND move.move_type IN ('out_invoice', 'out_receipt')
                  JOIN res_partner customer ON customer.id = item.partner_id
                  JOIN account_move_line credit ON credit.id = partial.credit_move_id
                  JOIN account_move payment ON payment.id = credit.move_id AND %(is_payment)s
                 WHERE partial.create_date > %(since)s AND item.company_id = ANY(%(companies)s)
                   AND move.dunning_charge_id IS NULL
                 GROUP BY 1, 2, 3, 4
            ), told AS (
                SELECT paid.*, debtor.id AS debtor_id, bool_or(%(is_first)s OR EXISTS (
                           SELECT FROM dunning_communication_line line
                             JOIN dunning_communication communication ON communication.id = line.communication_id
                            WHERE line.move_line_id = paid.id AND line.level_number > 0 AND line.void IS NOT TRUE
                              AND communication.state = 'sent' AND line.date <= paid.day)
                       ) OVER (PARTITION BY paid.partner_id, paid.payment_id) AS is_thanked
                  FROM paid
                  JOIN dunning_debtor debtor
                    ON debtor.partner_id = paid.partner_id AND debtor.company_id = %(company)s
                  JOIN res_partner partner ON partner.id = paid.partner_id
                 WHERE debtor.active AND partner.active AND debtor.by_hand_only IS NOT TRUE
                   AND debtor.payment_means <> 'direct_debit'
                   AND NOT EXISTS (
                       SELECT FROM dunning_communication_line line WHERE line.payment_move_id = paid.payment_id)
                   AND NOT EXISTS (
                       SELECT FROM dunning_charge charge
                        WHERE charge.debtor_id = debtor.id AND charge.state = 'open' AND charge.amount_due > 0)
                   AND NOT EXISTS (
                       SELECT FROM dunning_communication communication
                         JOIN dunning_run run ON run.id = communication.run_id
                        WHERE communication.debtor_id = debtor.id AND communication.kind = 'thanks'
                          AND run.date = %(date)s)
            )
            SELECT partner_id, debtor_id, id, move_id, payment_id FROM told WHERE is_thanked
             ORDER BY partner_id, id, payment_id
        """, since=since, companies=companies, company=company.id, date=date, is_payment=payment_of,
            is_first=is_first))
        return [PaidItem(*row) for row in self.env.cr.fetchall()]

    def _partners_with_overdue(self, company, date, partner_ids):
        """Those of the commercial partners who have something overdue that no money covers, as a set of ids."""
        if not partner_ids:
            return set()
        return {
            row.partner for row in self.env["dunning.run"]._decide_each(company, date, partner_ids=list(partner_ids))
            if row.due < date and row.open > row.covered}

    def _prepare_thanks_line_vals(self, paid, snapshot, date):
        """Values of a line of a message of thanks.

        :param paid: :class:`PaidItem`
        :param snapshot: what :meth:`_snapshots` says of the item
        """
        return {
            "move_line_id": paid.item, "move_id": paid.move, "rank": snapshot["rank"], "date": date,
            "payment_move_id": paid.payment, "document": snapshot["name"], "document_date": snapshot["invoice_date"],
            "amount_open": 0, "amount_covered": 0, "amount_asked": 0}

    # ------------------------------------------------------------------
    # Before it leaves
    # ------------------------------------------------------------------

    def _revalidate_thanks(self, company):
        """The messages whose payment still stands, and whose customer has nothing overdue now."""
        late = self._partners_with_overdue(company, company._dunning_today(), self.customer_id.ids)
        self.env.cr.execute(SQL("""
            SELECT DISTINCT line.communication_id
              FROM dunning_communication_line line
              JOIN account_partial_reconcile partial ON partial.debit_move_id = line.move_line_id
              JOIN account_move_line credit
                ON credit.id = partial.credit_move_id AND credit.move_id = line.payment_move_id
             WHERE line.communication_id = ANY(%s)""", self.ids))
        standing = {communication_id for communication_id, in self.env.cr.fetchall()}
        return self.filtered(lambda one: one.id in standing and one.customer_id.id not in late)


class DunningCommunicationLine(models.Model):
    _inherit = "dunning.communication.line"

    payment_move_id = fields.Many2one(
        "account.move", "Payment", ondelete="set null", index="btree_not_null",
        help="The entry of the payment for which the customer was thanked.")
