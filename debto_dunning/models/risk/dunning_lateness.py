from itertools import chain

from odoo import fields, models
from odoo.tools import SQL

from ...tools.lateness import Lateness, fit
from ...tools.lateness_history import SHIPPED, Open, Summary, Sums, measures


class DunningLateness(models.Model):
    """What a company's ledger has taught about when its customers pay; learnt anew each night.

    The model itself, its sources and the origin of the shipped values stand in ``tools/lateness.py``; the database
    makes the sums over the ledger that it is learnt from.
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

    _company_uniq = models.Constraint("UNIQUE (company_id)", "A company learns once.")

    # ------------------------------------------------------------------
    # Learning
    # ------------------------------------------------------------------

    def _learn(self, company, date, traits):
        """Learn from the ledger, as :meth:`dunning.debtor._refresh_collect` gathered it.

        :param traits: {partner id: (segment key, credit report or None)} of the debtors to learn from, see ``Summary``
        :return: the :class:`Lateness`
        """
        model = fit(self._summarise(date, traits))
        self.env.cr.execute("""
            SELECT count(*) FILTER (WHERE paid_on IS NOT NULL), count(*) FILTER (WHERE paid_on IS NULL),
                   count(DISTINCT partner_id) FROM dunning_refresh_item""")
        settled, pending, customers = self.env.cr.fetchone()
        values = {
            "date": date, "state": model.state(), "settled_count": settled, "open_count": pending,
            "customer_count": customers, "level": model.level, "between": model.between, "noise": model.noise,
            "report": model.report, **model.effects._asdict(),
        }
        if learnt := self.search([("company_id", "=", company.id)]):
            learnt.write(values)
        else:
            self.create({"company_id": company.id, **values})
        return model

    def _know(self, model, date, traits):
        """Let the model know these customers alone, as the ledger tells of them now; what it learnt stays."""
        model.customers.clear()
        model.update(self._summarise(date, traits, model.deviation))

    def _restore(self, company, customers=()):
        """What was learnt of a root company; the shipped values where nothing was yet."""
        state = self.search([("company_id", "=", company.id)]).state
        if not state:
            model = Lateness()
            model.customers = dict(customers)
            return model
        return Lateness.restore(state, customers)

    # ------------------------------------------------------------------
    # Sums
    # ------------------------------------------------------------------

    def _summarise(self, date, traits, deviation=None):
        """The sums of ``lateness_invoices.summarise`` at the end of ``date``, made by the database.

        :param traits: of the customers to sum up
        :param deviation: the learnt one, where these are not all customers
        """
        part = SQL("item.partner_id IN (SELECT unnest(%s::int[]))", list(traits))
        summary = Summary()
        for partner, (segment, report) in traits.items():
            summary.segments[partner] = segment
            if report is not None:
                summary.reports[partner] = report
        self._make_bounds(part, deviation)
        summary.deviation = self._read_deviation(deviation)
        self._read_sums(summary, date, part)
        self._read_open(summary, date, part)
        return summary

    def _make_bounds(self, part, deviation):
        """``dunning_refresh_bound``: between which lags those of a customer count as they are."""
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
            part=part, outlier=s.outlier, earliest=s.earliest, latest=s.latest))

    def _read_deviation(self, deviation):
        self.env.cr.execute("SELECT deviation FROM dunning_refresh_bound LIMIT 1")
        row = self.env.cr.fetchone()
        return row[0] if row else deviation if deviation is not None else SHIPPED.noise

    def _read_sums(self, summary, date, part):
        """Sums over the settled invoices by customer and kind, and the strays among them."""
        s = SHIPPED
        self.env.cr.execute(SQL("""
            WITH item AS (
                SELECT item.partner_id, item.is_electronic, item.is_disputed, %(date)s + 1 - item.issued <= %(recent)s,
                       exp(-ln(2.0::double precision) / %(half_life)s * GREATEST(%(date)s + 1 - item.paid_on, 0)) AS w,
                       LEAST(GREATEST(item.lag, COALESCE(bound.low, %(earliest)s)),
                             COALESCE(bound.high, %(latest)s)) AS y,
                       ln(GREATEST(item.amount, 1) / 100) AS x,
                       (LEAST(GREATEST(item.due - item.issued, 0), 180) - 30) / 30.0::double precision AS t,
                       CASE WHEN bound.partner_id IS NOT NULL AND NOT item.is_disputed THEN 1.0 ELSE 0.0 END AS told,
                       CASE WHEN item.lag > bound.median + bound.reach AND NOT item.is_disputed
                            THEN item.lag - bound.median END AS stray
                  FROM dunning_refresh_item item
                  LEFT JOIN dunning_refresh_bound bound ON bound.partner_id = item.partner_id
                 WHERE item.paid_on IS NOT NULL AND %(part)s
            )
            SELECT partner_id, is_electronic, is_disputed, is_recent, sum(w * told),
                   COALESCE(sum(w) FILTER (WHERE stray IS NOT NULL), 0), COALESCE(sum(w * stray), 0),
                   sum(w), sum(w), sum(w * w), sum(w * y), sum(w * y * y), sum(w * x), sum(w * x * x), sum(w * x * y),
                   sum(w * t), sum(w * t * t), sum(w * t * y), sum(w * t * x)
              FROM item AS item (
                   partner_id, is_electronic, is_disputed, is_recent, w, y, x, t, told, stray)
             GROUP BY partner_id, is_electronic, is_disputed, is_recent
             ORDER BY partner_id, is_electronic, is_disputed, is_recent
        """, date=SQL("%s::date", date), part=part, recent=s.recent, half_life=s.half_life, earliest=s.earliest,
            latest=s.latest))
        for partner, electronic, disputed, recent, told, strays, stray_days, *sums in self._fetch_each():
            summary.cells.setdefault(partner, {})[electronic, disputed, recent] = Sums(*sums)
            summary.invoices += told
            summary.strays += strays
            summary.stray_days += stray_days

    def _fetch_each(self):
        """The rows of the last statement, a part at a time: of a large ledger they weigh more than what is learnt."""
        return chain.from_iterable(iter(lambda: self.env.cr.fetchmany(10_000), []))

    def _read_open(self, summary, date, part):
        """The open invoices, each «at least so late».

        Whether one is disputed is unknown as long as it is open, but in a ledger without any dispute.
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
             reach) in self._fetch_each():
            if lag > high:
                summary.count_stray(weight, lag, median is not None and (low, high, median, reach))
            summary.open.append(Open(
                partner, min(max(lag, low), high) - 0.5, weight, electronic, recent, *measures(amount, term),
                disputed or unknown))
