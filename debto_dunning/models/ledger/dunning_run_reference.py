from odoo import models
from odoo.tools import SQL

#: Least length of a reference; shorter ones would be found in texts by chance.
REFERENCE_LENGTH = 5


class DunningRun(models.Model):
    """The open invoices that money names in its own words."""

    _inherit = "dunning.run"

    def _decide_reference_sql(self):
        """CTE ``worded``: source and id of money, and the open invoices whose number or reference is in its text;
        ``item_id`` where the text names one item of an entry.

        The text is what the bank line says, or the memo of the payment. An opening entry has the number of its invoice
        in the label of the item. Other characters between letters and digits
        are ignored. Words of the text and references are joined by their last REFERENCE_LENGTH characters, which no
        reference is shorter than.
        """
        return SQL("""
            money_text AS MATERIALIZED (
                SELECT 'bank' AS source, id, text FROM bank
                UNION ALL
                SELECT 'entry', open_item.id, upper(COALESCE(payment.memo, line.payment_ref) COLLATE "C")
                  FROM open_item
                  JOIN account_move move ON move.id = open_item.move_id
                  LEFT JOIN account_payment payment ON payment.id = move.origin_payment_id
                  LEFT JOIN account_bank_statement_line line ON line.id = move.statement_line_id
                 WHERE open_item.residual < 0 AND COALESCE(payment.memo, line.payment_ref) IS NOT NULL
                UNION ALL
                SELECT 'payment', id, upper(memo COLLATE "C") FROM plain_payment WHERE memo IS NOT NULL
            ), reference AS MATERIALIZED (
                SELECT DISTINCT move_id, partner_id, item_id, convert_to(text, 'SQL_ASCII') AS text,
                       length(text) AS length, convert_to(right(text, %(length)s), 'SQL_ASCII') AS tail
                  FROM (SELECT item.move_id, item.partner_id, found.item_id,
                               regexp_replace(upper(found.text COLLATE "C"), '[^A-Z0-9]+', '', 'g') AS text
                          FROM item
                          CROSS JOIN LATERAL (
                               VALUES (item.name, NULL::int), (NULLIF(item.payment_reference, item.name), NULL),
                                      (CASE WHEN NOT item.is_invoice AND item.label ~ '[0-9]' THEN item.label END,
                                       item.id)) AS found (text, item_id)
                         WHERE found.text IS NOT NULL AND EXISTS (SELECT FROM money_text)) plain
                 WHERE length(text) >= %(length)s
            ), text_word AS MATERIALIZED (
                SELECT line.source, line.id, convert_to(replace(line.words, ' ', ''), 'SQL_ASCII') AS text,
                       word.start, word.stop
                  FROM (SELECT source, id, regexp_replace(text, '[^A-Z0-9]+', ' ', 'g') AS words
                          FROM money_text WHERE EXISTS (SELECT FROM reference) OFFSET 0) line
                  CROSS JOIN LATERAL (
                       SELECT sum(length(text)) OVER (ORDER BY position)::int AS stop,
                              sum(length(text)) OVER (ORDER BY position)::int - length(text) AS start
                         FROM string_to_table(line.words, ' ') WITH ORDINALITY AS part (text, position)) word
            ), worded AS MATERIALIZED (
                SELECT DISTINCT text_word.source, text_word.id, reference.move_id, reference.partner_id,
                       reference.item_id
                  FROM text_word
                  JOIN reference
                    ON reference.tail = substr(
                       text_word.text, GREATEST(1, text_word.stop - %(length)s + 1), %(length)s)
                  JOIN text_word first
                    ON first.source = text_word.source AND first.id = text_word.id
                   AND first.start = text_word.stop - reference.length
                   AND substr(text_word.text, first.start + 1, reference.length) = reference.text
            )""", length=REFERENCE_LENGTH)
