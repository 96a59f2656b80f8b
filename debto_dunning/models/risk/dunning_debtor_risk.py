import json
import math
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang, split_every

from ...tools.lateness import promise_days
from ...tools.lateness_fit import Customer
from ...tools.lateness_history import USUAL_AMOUNT, USUAL_TERM
from ...tools.legal_form import legal_form
from ...tools.risk_chart import gauge, history_chart
from ...tools.score import Forecast

#: Number of debtors whose scores are computed and written at once.
DEBTORS_PER_BATCH = 10_000
#: The model is learnt from about this number of debtors, evenly chosen. More debtors cost memory and change little.
LEARNING_SAMPLE_SIZE = 20_000
#: The middle of a credit report's scale (0 safe, 100 worst). A report with this score does not move the risk score.
REPORT_MIDDLE = 50


class DebtorTraits(NamedTuple):
    """What the risk model uses of a debtor besides its invoices."""

    debtor_id: int
    partner_id: int
    group: str  #: key of the customers like it: country, legal form and, where it has such a one, segment by criteria
    report: float | None  #: score of the credit report, in tens of points above REPORT_MIDDLE; None: no report
    promises: float  #: days that its promises to pay add to its lag
    is_electronic: bool  #: invoices are sent by mail or network, not on paper
    is_insolvent: bool


class DebtorScore(NamedTuple):
    """The values that the night writes on a debtor; scores and chances in percent."""

    debtor_id: int
    risk_score: int
    late_chance: int
    late_chance_10: int
    late_chance_30: int
    lateness: str  #: JSON: the customer in the risk model, and its usual invoice


class DunningDebtor(models.Model):
    """The chance that a debtor pays late, learnt from the ledger, and the explanation of its score."""

    _inherit = "dunning.debtor"

    risk_score = fields.Integer(
        readonly=True, aggregator="avg",
        help="0: safe, 100: will not pay in time. The mean of the chances that the next invoice is paid late, more "
             "than 10 and more than 30 days late.")
    late_chance = fields.Float(
        "Chance of Late Payment (%)", readonly=True, digits=(16, 0), aggregator="avg",
        help="That the next invoice is paid after its due date.")
    late_chance_10 = fields.Float(
        "Chance of More than 10 Days Late (%)", readonly=True, digits=(16, 0), aggregator="avg")
    late_chance_30 = fields.Float(
        "Chance of More than 30 Days Late (%)", readonly=True, digits=(16, 0), aggregator="avg")
    lateness = fields.Json(readonly=True, help="What is known of this customer in the model of dunning.lateness.")
    risk_explanation = fields.Html("What Moves the Score", compute="_compute_risk_explanation", sanitize=False)
    risk_gauge = fields.Html("Risk", compute="_compute_risk_gauge", sanitize=False)
    risk_chart = fields.Html("Score and Days Late", compute="_compute_risk_chart", sanitize=False)
    risk_history_ids = fields.One2many("dunning.risk.history", "debtor_id", readonly=True)

    weighted_days_late = fields.Float(
        "Average Days, by Amount", readonly=True, digits=(16, 1), aggregator="avg",
        help="Days beyond terms, each invoice counted by its amount.")
    recent_days_late = fields.Float(
        "Last 6 Months", readonly=True, digits=(16, 1), aggregator="avg",
        help="Average days beyond terms of what was paid in the last six months.")
    earlier_days_late = fields.Float(
        "The 12 Months before", readonly=True, digits=(16, 1), aggregator="avg",
        help="Average days beyond terms of what was paid in the twelve months before the last six.")
    trend_days = fields.Float(
        "Trend (Days)", readonly=True, digits=(16, 1), aggregator="avg",
        help="How many days later the customer pays in the last six months than in the twelve before.")
    trend_warned_on = fields.Date(readonly=True, help="The night that warned of the trend.")
    worst_days_late = fields.Integer("Worst (Days)", readonly=True, aggregator="max")
    spread_days_late = fields.Float(
        "Spread (Days)", readonly=True, digits=(16, 1), aggregator="avg",
        help="Standard deviation of the days beyond terms: small for a customer who always pays alike.")
    customer_since = fields.Date(readonly=True, help="Date of the first invoice.")
    returned_count = fields.Integer(
        "Payments Returned", readonly=True,
        help="Direct debits and payments that came back: refused, or booked back whole.")

    to_invoice_amount = fields.Monetary(
        "To Invoice", readonly=True, help="What is in the works and not invoiced yet: invoices in draft.")
    exposure_amount = fields.Monetary(
        "Exposure", compute="_compute_exposure", help="Open, overdue or not, and to invoice.")
    credit_limit = fields.Float(compute="_compute_credit_limit", help="Of the customer's form. 0: none.")
    limit_use = fields.Float(
        "Limit Used (%)", readonly=True, digits=(16, 0), aggregator="avg",
        help="Exposure over the credit limit; beyond 100 the limit is exceeded.")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("open_amount", "to_invoice_amount")
    def _compute_exposure(self):
        for debtor in self:
            debtor.exposure_amount = debtor.open_amount + debtor.to_invoice_amount

    @api.depends("partner_id.credit_limit")
    def _compute_credit_limit(self):
        for debtor in self:
            # sudo: Odoo shows the credit limit to accountants only. This field shows it to users who may read the
            # debtor, because sales people need it for their quotations.
            debtor.credit_limit = debtor.partner_id.sudo().with_company(debtor.company_id).credit_limit

    @api.depends("risk_score", "lateness", "segment_id.name")
    def _compute_risk_gauge(self):
        for debtor in self:
            debtor.risk_gauge = debtor.lateness and Markup(gauge(debtor.risk_score, debtor.segment_id.name or ""))

    @api.depends("risk_score", "risk_history_ids")
    def _compute_risk_chart(self):
        for debtor in self:
            rows = [
                (row.date, row.risk_score, row.average_days_late) for row in debtor.risk_history_ids.sorted("date")]
            debtor.risk_chart = len(rows) > 1 and Markup(history_chart(
                rows, self.env._("Risk score"), self.env._("Average days beyond terms"),
                lambda day: format_date(self.env, day, date_format="MMM yy")))

    @api.depends("risk_score", "lateness")
    def _compute_risk_explanation(self):
        for debtor in self:
            debtor.risk_explanation = debtor.lateness and self.env["ir.qweb"]._render(
                "debto_dunning.risk_explanation", {"debtor": debtor, "rows": debtor._risk_points()})

    def _risk_points(self):
        """How each input moves the score away from that of the company's usual invoice.

        :return: list of (words, points of the score), the largest effect first
        """
        self.ensure_one()
        model = self._lateness_model()
        words = self._risk_words(model)
        points = model.explain(self.partner_id.id, **self._usual_invoice())
        rows = [(words[name], round(value)) for name, value in points if round(value)]
        if self.is_insolvent:
            learnt = model.forecast(self.partner_id.id, **self._usual_invoice()).score
            rows.insert(0, (self.env._("insolvent or struck off, says a credit report"), round(100 - learnt)))
        return rows

    def _risk_words(self, model):
        """What each input of the score is, in words: {name of the input: text}.

        :param model: the model of lateness that gave the score
        """
        days = formatLang(self.env, self.average_days_late, digits=1)
        customer = model.customers[self.partner_id.id]
        return {
            "segment": self.env._("customers like this one: country and legal form"),
            "history": self.env._(
                "its own payments: %(days)s days beyond terms on average over %(count)s invoices", days=days,
                count=self.settled_count) if self.settled_count else self.env._("its own open invoices"),
            "report": self.env._("the credit report: %s days more than without", formatLang(
                self.env, customer.report, digits=1)),
            "promises": self.env._("promises to pay: %(kept)s of %(count)s kept", kept=self.promises_kept,
                                   count=self.promises_judged),
            "disputes": self.env._("disputes"),
            "electronic": self.env._("how its invoices are sent"),
            "amount": self.env._("the amount of its invoices"),
            "term": self.env._("its payment term"),
            "drift": self.env._("all customers pay at another pace in the last three months"),
            "spread": self.env._("how alike its payments are, and how little is known of them"),
        }

    # ------------------------------------------------------------------
    # The model
    # ------------------------------------------------------------------

    def _lateness_model(self):
        """The risk model of the company, with these debtors (of one company) as its customers."""
        # sudo: users need no access to dunning.lateness. The model holds figures of the ledger as a whole, and the
        # customers in it are debtors that the user may read.
        return self.env["dunning.lateness"].sudo()._restore(self.company_id, [
            (debtor.partner_id.id, Customer(*debtor.lateness["customer"])) for debtor in self if debtor.lateness])

    def _usual_invoice(self):
        """The usual invoice of this debtor, for which the score is computed: arguments of :meth:`Lateness.inputs`."""
        amount, term, electronic = (self.lateness or {}).get("usual") or (USUAL_AMOUNT, USUAL_TERM, True)
        return {"amount": amount, "term": term, "electronic": electronic}

    @api.model
    def _forecasts(self, items, date=None):
        """The forecast of the payment of each open item, given that it is not paid yet.

        :param items: ``account.move.line`` recordset of receivable lines
        :param date: the day of the forecast; default: today where the company is
        :return: {item: :class:`~odoo.addons.debto_dunning.tools.score.Forecast`}, days counted from the due date
        """
        forecasts = {}
        for company, lines in items.grouped(lambda line: line.company_id.root_id).items():
            today = date or company._dunning_today()
            # sudo: readers of invoices need no access to debtors. The forecast is about an invoice that they may
            # read.
            debtors = self.sudo().with_context(active_test=False).search([
                ("partner_id", "in", lines.partner_id.commercial_partner_id.ids), ("company_id", "=", company.id)])
            # sudo: as above, for dunning.lateness. A customer without debtor gets the forecast of the whole ledger.
            model = debtors._lateness_model() if debtors else self.env["dunning.lateness"].sudo()._restore(company)
            electronic = {debtor.partner_id.id: debtor._usual_invoice()["electronic"] for debtor in debtors}
            for line in lines:
                partner = line.partner_id.commercial_partner_id.id
                due = line._dunning_due_date()
                forecasts[line] = model.forecast(
                    partner, amount=line.balance, term=(due - (line.invoice_date or line.date)).days,
                    electronic=electronic.get(partner, True), at_least=(today - due).days)
        return forecasts

    # ------------------------------------------------------------------
    # Refresh
    # ------------------------------------------------------------------

    def _refresh_scores(self, company, date, partner_ids=None):
        """Learn from the ledger, gathered by :meth:`_refresh_collect`, and write each debtor's chances and score.

        Narrowed to some customers, the model learnt from the whole ledger is kept, and only their scores are computed.
        """
        traits = self._refresh_traits(company, date, partner_ids)
        # sudo: users cannot write dunning.lateness. Only values computed from the ledger are written.
        lateness = self.env["dunning.lateness"].sudo()
        usual = self._refresh_usual()
        is_complete = False
        if partner_ids is None:
            sample = traits[::math.ceil(len(traits) / LEARNING_SAMPLE_SIZE) or 1]
            model = lateness._learn(company, date, self._prepare_lateness_customers(sample))
            is_complete = len(sample) == len(traits)
        else:
            model = lateness._restore(company)
        for batch in split_every(DEBTORS_PER_BATCH, traits, list):
            if not is_complete:
                lateness._load_customers(model, date, self._prepare_lateness_customers(batch))
            self._write_scores(list(self._compute_debtor_scores(model, usual, batch)))

    def _prepare_lateness_customers(self, traits):
        """{partner id: (group, credit report or None)} of these :class:`DebtorTraits`."""
        return {debtor.partner_id: (debtor.group, debtor.report) for debtor in traits}

    def _compute_debtor_scores(self, model, usual, traits):
        """Generate the :class:`DebtorScore` of each of these :class:`DebtorTraits`.

        :param model: :class:`Lateness`; customers that it does not have yet are added
        :param usual: see :meth:`_refresh_usual`
        """
        for debtor in traits:
            model.ensure_customer(debtor.partner_id, debtor.group, debtor.report)
            model.customers[debtor.partner_id] = model.customers[debtor.partner_id]._replace(promises=debtor.promises)
            amount, term = usual.get(debtor.partner_id, (USUAL_AMOUNT, USUAL_TERM))
            forecast = Forecast(
                model.inputs(debtor.partner_id, amount=amount, term=term, electronic=debtor.is_electronic))
            chances = [1.0] * 3 if debtor.is_insolvent else [forecast.chance_later(days) for days in (0, 10, 30)]
            customer = model.customers[debtor.partner_id]
            yield DebtorScore(
                debtor.debtor_id, round(100 * sum(chances) / 3), *(round(100 * chance) for chance in chances),
                json.dumps({"customer": [customer.segment, *(round(value, 4) for value in customer[1:])],
                            "usual": [round(amount, 2), round(term), debtor.is_electronic]}))

    def _write_scores(self, scores):
        """Write these :class:`DebtorScore`, in one statement.

        Only rows whose chances, usual invoice or group changed are written. The other values of ``lateness`` change a
        little each night, because older invoices count less each day; that alone is not worth a write.
        """
        names = DebtorScore._fields
        columns = dict(zip(names, map(list, zip(*scores, strict=True)), strict=True))
        self.env.cr.execute(SQL("""
            UPDATE dunning_debtor debtor
               SET risk_score = score.risk_score, late_chance = score.late_chance,
                   late_chance_10 = score.late_chance_10, late_chance_30 = score.late_chance_30,
                   lateness = score.lateness
              FROM unnest(%(debtor_id)s::int[], %(risk_score)s::int[], %(late_chance)s::int[],
                          %(late_chance_10)s::int[], %(late_chance_30)s::int[], %(lateness)s::jsonb[])
                   AS score (%(names)s)
             WHERE score.debtor_id = debtor.id
               AND (debtor.risk_score, debtor.late_chance, debtor.late_chance_10, debtor.late_chance_30,
                    debtor.lateness -> 'usual', debtor.lateness -> 'customer' -> 0) IS DISTINCT FROM
                   (score.risk_score, score.late_chance, score.late_chance_10, score.late_chance_30,
                    score.lateness -> 'usual', score.lateness -> 'customer' -> 0)
        """, names=SQL(", ").join(map(SQL.identifier, names)), **columns))

    def _refresh_traits(self, company, date, partner_ids=None):
        """The :class:`DebtorTraits` of each debtor, by id.

        Customers of the same group have the same country and legal form. Where a debtor's segment was assigned by
        criteria (government, consumer) and not by score, they have the same segment too.
        """
        self.env.cr.execute(SQL("""
            SELECT debtor.id, partner.id, partner.name, country.code, %(consumer)s, debtor.credit_score,
                   CASE WHEN segment.assignment = 'criteria' THEN segment.id END,
                   COALESCE(promise.kept, 0), COALESCE(promise.broken, 0), %(electronic)s,
                   debtor.is_insolvent IS TRUE
              FROM dunning_debtor debtor
              JOIN res_partner partner ON partner.id = debtor.partner_id
              JOIN res_partner customer ON customer.id = debtor.partner_id
              LEFT JOIN res_country country ON country.id = partner.country_id
              LEFT JOIN dunning_segment segment ON segment.id = debtor.segment_id
              LEFT JOIN (%(promises)s) promise ON promise.partner_id = debtor.partner_id
             WHERE debtor.company_id = %(company)s AND %(narrow)s
             ORDER BY debtor.id
        """, company=company.id, promises=self.env["dunning.promise"]._kept_and_broken_sql(company, date),
            consumer=self._is_consumer_sql(), electronic=self._refresh_electronic(company),
            narrow=self._refresh_narrow(partner_ids)))
        traits = []
        for (debtor, partner, name, country, consumer, score, segment, kept, broken, electronic,
             insolvent) in self.env.cr.fetchall():
            form = "consumer" if consumer else legal_form(name) or ""
            report = (score - REPORT_MIDDLE) / 10 if score is not None else None
            group = f"{country or ''} {form} {segment or ''}"
            traits.append(DebtorTraits(
                debtor, partner, group, report, promise_days(kept, broken), electronic, insolvent))
        return traits

    def _refresh_usual(self):
        """The usual invoice of each customer: {partner id: (amount, term in days)}.

        The amount is the geometric mean, in the company's currency; the term is the arithmetic mean.
        """
        self.env.cr.execute("""
            SELECT partner_id, exp(avg(ln(GREATEST(amount, 1)))), avg(LEAST(GREATEST(due - issued, 0), 180))::float8
              FROM dunning_refresh_item GROUP BY partner_id""")
        return {partner: (amount, term) for partner, amount, term in self.env.cr.fetchall()}

    @api.model
    def _is_consumer_sql(self):
        """SQL condition: ``debtor`` (which may be missing) with its ``partner`` is a consumer, as in :attr:`kind`."""
        return SQL("""(COALESCE(debtor.kind_override, CASE
            WHEN partner.is_company OR COALESCE(partner.vat, '') NOT IN ('', '/') THEN 'business'
            ELSE 'consumer' END) = 'consumer')""")

    @api.model
    def _is_natural_person_sql(self):
        """SQL condition: ``debtor`` with its ``partner`` is a natural person, as in :attr:`is_natural_person`."""
        return SQL("(partner.is_company IS NOT TRUE OR debtor.is_sole_trader IS TRUE OR %s)", self._is_consumer_sql())

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_score(self):
        """Refresh the figures, score and segment of these debtors now, without waiting for the night."""
        for company, debtors in self.grouped("company_id").items():
            self._refresh(company, partner_ids=debtors.partner_id.ids)

    def action_open_risk_history(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Risk of %s", self.display_name),
            "res_model": "dunning.risk.history",
            "view_mode": "graph,list",
            "domain": [("debtor_id", "=", self.id)],
        }
