from odoo import api, fields, models


class DunningBankReach(models.Model):
    """The day up to which a bank journal was said, or imported, to be booked: who said so, and when.

    Bank statements and online feeds are read from their own tables, see
    :meth:`account.journal._dunning_bank_sources`. What they do not tell is written here, by the system alone.
    """

    _name = "dunning.bank.reach"
    _description = "Bank Booked up to"
    _order = "id desc"
    _rec_name = "date"

    journal_id = fields.Many2one("account.journal", "Bank", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="journal_id.company_id", store=True, index=True)
    date = fields.Date("Booked up to", required=True, readonly=True)
    source = fields.Selection(
        [("word", "Said by a person"), ("import", "Lines imported")], required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, default=lambda self: self.env.uid)

    _newest_idx = models.Index("(journal_id, source, date DESC)")

    @api.model
    def _log(self, journals, date, source):
        """Write that these journals are booked up to ``date``.

        :param source: a value of ``source``
        """
        # sudo: nobody writes this log by hand. Callers check who may say so, and of which journals.
        return self.sudo().create([{
            "journal_id": journal.id, "date": date, "source": source, "user_id": self.env.uid,
        } for journal in journals])
