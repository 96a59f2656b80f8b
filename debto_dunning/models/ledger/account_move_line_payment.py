from odoo import api, models
from odoo.tools import SQL


class AccountMoveLine(models.Model):
    """What a payment is: of the credits that settle an item, those that brought money."""

    _inherit = "account.move.line"

    def _dunning_is_payment(self):
        """Whether this credit line brought money. A credit note takes off what is owed and brings none."""
        self.ensure_one()
        return self.move_id.move_type != "out_refund"

    @api.model
    def _dunning_is_payment_sql(self, entry="move"):
        """As :meth:`_dunning_is_payment`, for the line of an entry.

        :param entry: alias of ``account_move``, or of a table with its ``move_type``
        """
        return SQL("%s IS DISTINCT FROM 'out_refund'", SQL.identifier(entry, "move_type"))
