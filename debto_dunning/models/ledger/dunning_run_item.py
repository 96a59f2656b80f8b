from odoo import models
from odoo.tools import SQL


class DunningRun(models.Model):
    """The items that are dunned, and the facts of the ledger that exclude a line."""

    _inherit = "dunning.run"

    def _exclusions(self):
        """Facts of the ledger that exclude an open line from dunning.

        The conditions read ``line``, ``move``, ``journal``, ``partner`` (of the line) and ``setting`` (the row of
        ``res_company`` of the root company). Other addons extend this method.

        :return: list of (code of a reason, SQL condition)
        """
        return [
            ("charge", SQL("move.dunning_charge_id IS NOT NULL")),
            ("no_followup", SQL("line.no_followup AND move.move_type <> 'entry'")),
            ("blocked", SQL("move.payment_state = 'blocked'")),
            ("not_sent", SQL(
                "setting.dunning_sent_only AND move.is_move_sent IS NOT TRUE AND move.move_type <> 'entry'")),
        ]

    def _exclusion_sql(self, company):
        """SQL expression: the code of the first exclusion of ``line``; NULL where there is none."""
        reasons = self._reasons()
        exclusions = sorted(self._exclusions(), key=lambda pair: reasons[pair[0]].rank)
        return SQL("(SELECT CASE %s END FROM res_company setting WHERE setting.id = %s)", SQL(" ").join(
            SQL("WHEN %s THEN %s", condition, code) for code, condition in exclusions), company.id)

    def _decide_item_sql(self, company, date, params):
        """CTEs ``open_item``: open lines of the debtors to decide on; ``item``: the open items among them.

        They read the CTE ``rate``.

        ``item.open`` is the whole amount that is left. ``item.value`` is the amount in the company's currency without
        the part on hold.
        """
        open_items = self.env["account.move.line"]._dunning_open_items_sql(
            # sudo: as in res.company._dunning_companies, which gave them
            self.env["res.company"].sudo().browse(params["companies"]), rate_date=date, rates=SQL("rate"),
            narrow=params["partner_is_selected"], columns=SQL(
                "%s AS excluded, move.name, move.payment_reference, COALESCE(line.name, line.ref) AS label,"
                " line.amount_currency, line.discount_date,"
                " line.discount_amount_currency,"
                " COALESCE(move.delivery_date, move.invoice_date, line.date) AS supplied",
                self._exclusion_sql(company)))
        return SQL("""
            open_item AS MATERIALIZED (%(open_items)s),
            item AS MATERIALIZED (
                SELECT open_item.*, COALESCE(dispute.amount, 0) AS disputed,
                       (open_item.open - COALESCE(dispute.amount, 0)) * open_item.rate AS value
                  FROM open_item
                  LEFT JOIN (SELECT part.move_line_id, LEAST(open_item.open, sum(part.amount)) AS amount
                               FROM hold part JOIN open_item ON open_item.id = part.move_line_id
                              WHERE part.amount > 0 GROUP BY part.move_line_id, open_item.open) dispute
                    ON dispute.move_line_id = open_item.id
                 WHERE open_item.partner_id IS NOT NULL AND open_item.is_item AND open_item.open > 0
            )""", open_items=open_items)
