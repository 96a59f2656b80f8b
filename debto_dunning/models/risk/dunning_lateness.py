from itertools import chain

from odoo import fields, models
from odoo.tools import SQL

from ...tools.lateness import Lateness, fit
from ...tools.lateness_history import SHIPPED, Open, Summary, Sums, measures


class DunningLateness(models.Model):
    """The model of when the customers of a company pay, learnt from its ledger each night.

    ``tools/lateness.py`` has the model, its sources and the origin of the shipped values. This class computes the sums
    over the ledger from which the model is learnt.
    """

    _name = "dunning.lateness"
    _description = "What the Ledger Tells of Payment"
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    date = fields.Date("Learnt On", readonly=True)
    settled_count = fields.Integer("Paid Invoices", readonly=True)
    open_count = fields.Integer("Open Invoices", readonly=True, help="They count as «at least so late by now».")
    customer_count = fields.Integer("Customers", readonly=True)
    state = fields.Json(readonly=True)
    level = fields.Float(
        "Usual Customer", readonly=True, digits=(16, 1),
        help="Days from due date to payment of the middle of all customers, on paper, a usual amount at thirty days.")
    between = fields.Float(
        "Between Customers", readonly=True, digits=(16, 1),
        help="How far customers differ (standard deviation, days).")
    noise = fields.Float(
        "Within a Customer", readonly=True, digits=(16, 1),
        help="How far invoices of one customer differ (standard deviation, days).")
    electronic = fields.Float(
        "Sent Electronically", readonly=True, digits=(16, 1), help="Days that sending by mail or network adds.")
    drift = fields.Float(
        "Last Three Months", readonly=True, digits=(16, 1), help="Days that all customers pay later than before.")
    dispute = fields.Float("Disputed", readonly=True, digits=(16, 1), help="Days that a dispute adds.")
    amount = fields.Float(
        "Larger Amount", readonly=True, digits=(16, 1), help="Days that an amount 2.7 times as high adds.")
    term = fields.Float("Longer Term", readonly=True, digits=(16, 1), help="Days that thirty more days of term add.")
    report = fields.Float(
        "Credit Report", readonly=True, digits=(16, 1), help="Days that ten points more of the credit report add.")

    _company_uniq = models.Constraint("UNIQUE (company_id)", "A company has one model.")

    # ------------------------------------------------------------------
    # Learning
    # ------------------------------------------------------------------

    def _learn(self, company, date, customers):
        """Learn from the ledger, as :meth:`dunning.debtor._refresh_collect` gathered it, and store the model.

        :param customers: {partner id: (segment key, credit report or None)} of the debtors to learn from, see
            ``Summary``
        :return: the :class:`Lateness`
        """
        model = fit(self._summarise(date, customers))
        self.env.cr.execute("""
            SELECT count(*) FILTER (WHERE paid_on IS NOT NULL), count(*) FILTER (WHERE paid_on IS NULL),
                   count(DISTINCT partner_id) FROM dunning_refresh_item""")
        settled_count, open_count, customer_count = self.env.cr.fetchone()
        values = {
            "date": date, "state": model.state(), "settled_count": settled_count,
            "open_count": open_count, "customer_count": customer_count, "level": model.level,
            "between": model.between, "noise": model.noise, "report": model.report, **model.effects._asdict(),
        }
        if learnt := self.search([("company_id", "=", company.id)]):
            learnt.write(values)
        else:
            self.create({"company_id": company.id, **values})
        return model

    def _load_customers(self, model, date, customers):
        """Replace the customers of a model by these, with their history as it is now; the rest of the model is kept.

        :param customers: as for :meth:`_learn`
        """
        model.customers.clear()
        model.update(self._summarise(date, customers, model.deviation))

    def _restore(self, company, customers=()):
        """The :class:`Lateness` stored for a root company; with the shipped values where none is stored.

        :param customers: pairs of partner id and :class:`Customer`
        """
        state = self.search([("company_id", "=", company.id)]).state
        if not state:
            model = Lateness()
            model.customers = dict(customers)
            return model
        return Lateness.restore(state, customers)

    # ------------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------------

    def _summarise(self, date, customers, deviation=None):
        """The :class:`Summary` at the end of ``date``, as ``lateness_invoices.summarise``, computed by the database.

        :param customers: as for :meth:`_learn`
        :param deviation: of the model, in days, where these are not all customers
        """
        part = SQL("item.partner_id IN (SELECT unnest(%s::int[]))", list(customers))
        summary = Summary()
        for partner, (segment, report) in customers.items():
            summary.segments[partner] = segment
            if report is not None:
                summary.reports[partner] = report
        self._create_bound_table(part, deviation)
        summary.deviation = self._read_deviation(deviation)
        self._read_sums(summary, date, part)
        self._read_open(summary, date, part)
        return summary

    def _create_bound_table(self, part, deviation):
        """Create the table ``dunning_refresh_bound``: for each customer, the bounds of its lags (days)."""
        s = SHIPPED
        self.env.cr.execute(SQL("""
            DROP TABLE IF EXISTS dunning_refresh_bound;
            CREATE TEMPORARY TABLE dunning_refresh_bound ON COMMIT DROP AS
            WITH median AS (
                SELECT partner_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY lag) AS median
                  FROM dunning_refresh_item item
                 WHERE paid_on IS NOT NULL AND %(part)s GROUP BY partner_id HAVING count(*) > 2
            ), distance AS (
                SELECT item.partner_id, median.median, abs(item.lag - median.median) AS away
                  FROM dunning_refresh_item item JOIN median ON median.partner_id = item.partner_id
                 WHERE item.paid_on IS NOT NULL
            ), ledger AS (
                SELECT COALESCE(%(deviation)s, GREATEST(
                    1.4826 * percentile_cont(0.5) WITHIN GROUP (ORDER BY away), %(noise)s / 2), %(noise)s) AS deviation
                  FROM distance
            ), reach AS (
                SELECT distance.partner_id, distance.median, ledger.deviation, %(outlier)s * GREATEST(
                       ledger.deviation, 1.4826 * percentile_cont(0.5) WITHIN GROUP (ORDER BY distance.away)) AS reach
                  FROM distance CROSS JOIN ledger
                 GROUP BY distance.partner_id, distance.median, ledger.deviation
            )
            SELECT partner_id, median, reach, deviation,
                   LEAST(GREATEST(median - reach, %(earliest)s), %(latest)s) AS low,
                   GREATEST(LEAST(median + reach, %(latest)s), %(earliest)s) AS high
              FROM reach
        """, deviation=SQL("%s::double precision", deviation), noise=SQL("%s::double precision", s.noise),
            part=part, outlier=s.outlier_spreads, earliest=s.earliest, latest=s.latest))

    def _read_deviation(self, deviation):
        self.env.cr.execute("SELECT deviation FROM dunning_refresh_bound LIMIT 1")
        row = self.env.cr.fetchone()
        return row[0] if row else deviation if deviation is not None else SHIPPED.noise

    def _read_sums(self, summary, date, part):
        """Add the sums over the settled invoices by customer and kind, and the outliers among them, to ``summary``."""
        s = SHIPPED
        self.env.cr.execute(SQL("""
            WITH item AS (
                SELECT item.partner_id, item.is_electronic, item.is_disputed, %(date)s + 1 - item.issued <= %(recent)s,
                       exp(-ln(2.0::double precision) / %(half_life)s * GREATEST(%(date)s + 1 - item.paid_on, 0)) AS w,
                       LEAST(GREATEST(item.lag, COALESCE(bound.low, %(earliest)s)),
                             COALESCE(bound.high, %(latest)s)) AS y,
                       ln(GREATEST(item.amount, 1) / 100) AS x,
                       (LEAST(GREATEST(item.due - item.issued, 0), 180) - 30) / 30.0::double precision AS t,
                       CASE WHEN bound.partner_id IS NOT NULL AND NOT item.is_disputed
                            THEN 1.0 ELSE 0.0 END AS counted,
                       CASE WHEN item.lag > bound.median + bound.reach AND NOT item.is_disputed
                            THEN item.lag - bound.median END AS excess
                  FROM dunning_refresh_item item
                  LEFT JOIN dunning_refresh_bound bound ON bound.partner_id = item.partner_id
                 WHERE item.paid_on IS NOT NULL AND %(part)s
            )
            SELECT partner_id, is_electronic, is_disputed, is_recent, sum(w * counted),
                   COALESCE(sum(w) FILTER (WHERE excess IS NOT NULL), 0), COALESCE(sum(w * excess), 0),
                   sum(w), sum(w), sum(w * w), sum(w * y), sum(w * y * y), sum(w * x), sum(w * x * x), sum(w * x * y),
                   sum(w * t), sum(w * t * t), sum(w * t * y), sum(w * t * x)
              FROM item AS item (
                   partner_id, is_electronic, is_disputed, is_recent, w, y, x, t, counted, excess)
             GROUP BY partner_id, is_electronic, is_disputed, is_recent
             ORDER BY partner_id, is_electronic, is_disputed, is_recent
        """, date=SQL("%s::date", date), part=part, recent=s.recent, half_life=s.half_life, earliest=s.earliest,
            latest=s.latest))
        for partner, electronic, disputed, recent, counted, outliers, excess, *sums in self._iterate_rows():
            summary.cells.setdefault(partner, {})[electronic, disputed, recent] = Sums(*sums)
            summary.invoices += counted
            summary.outliers += outliers
            summary.outlier_days += excess

    def _iterate_rows(self):
        """Iterate over the rows of the last statement, fetched in parts to save memory."""
        return chain.from_iterable(iter(lambda: self.env.cr.fetchmany(10_000), []))

    def _read_open(self, summary, date, part):
        """Add the open invoices, each paid at least so late, to ``summary``.

        Whether an open invoice is disputed is unknown. In a ledger without any dispute it counts as undisputed.
        """
        s = SHIPPED
        unknown = None if any(disputed for own in summary.cells.values() for _e, disputed, _r in own) else False
        self.env.cr.execute(SQL("""
            SELECT item.partner_id, %(date)s + 1 - item.due AS lag, item.is_electronic, item.is_disputed,
                   %(date)s + 1 - item.issued <= %(recent)s AS is_recent, item.amount, item.due - item.issued AS term,
                   exp(-ln(2.0::double precision) / %(half_life)s * GREATEST(%(date)s + 1 - item.due, 0)) AS weight,
                   COALESCE(bound.low, %(earliest)s), COALESCE(bound.high, %(latest)s), bound.median, bound.reach
              FROM dunning_refresh_item item
              LEFT JOIN dunning_refresh_bound bound ON bound.partner_id = item.partner_id
             WHERE item.paid_on IS NULL AND %(part)s
             ORDER BY item.id
        """, date=SQL("%s::date", date), part=part, recent=s.recent, half_life=s.half_life, earliest=s.earliest,
            latest=s.latest))
        for (partner, lag, electronic, disputed, recent, amount, term, weight, low, high, median,
             reach) in self._iterate_rows():
            if lag > high:
                summary.count_outlier(weight, lag, median is not None and (low, high, median, reach))
            summary.open.append(Open(
                partner, min(max(lag, low), high) - 0.5, weight, electronic, recent, *measures(amount, term),
                disputed or unknown))
