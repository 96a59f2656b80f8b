from odoo import api, models
from odoo.tools import SQL


class AccountMoveLine(models.Model):
    """What a payment is: of the credits that settle an item, those that brought money."""

    _inherit = "account.move.line"

    def _dunning_is_payment(self):
        """Whether this credit line brought money: its entry is that of a payment or a bank line.

        An entry typed in a bank or cash journal counts as a bank line. Credit notes, write-offs, exchange differences
        and netting with what the company owes take off what is owed and bring none.
        """
        self.ensure_one()
        move = self.move_id
        return move.move_type == "entry" and bool(
            move.origin_payment_id or move.statement_line_id or move.journal_id.type in ("bank", "cash"))

    @api.model
    def _dunning_is_payment_sql(self, entry="move"):
        """As :meth:`_dunning_is_payment`, as an SQL condition.

        :param entry: alias of ``account_move``
        """
        return SQL(
            "(%(move)s.move_type = 'entry' AND (%(move)s.origin_payment_id IS NOT NULL"
            " OR %(move)s.statement_line_id IS NOT NULL OR %(move)s.journal_id IN ("
            "SELECT id FROM account_journal WHERE type IN ('bank', 'cash'))))", move=SQL.identifier(entry))
