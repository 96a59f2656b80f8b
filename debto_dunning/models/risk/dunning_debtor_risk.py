import json
import math

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang, split_every

from ...tools.lateness_fit import Customer
from ...tools.lateness_history import USUAL_AMOUNT, USUAL_TERM
from ...tools.legal_form import legal_form
from ...tools.risk_chart import gauge, history_chart
from ...tools.score import Forecast

#: Scores are told and written for so many debtors at once.
DEBTORS_A_BATCH = 10_000
#: About so many debtors, evenly chosen, tell what there is to learn of a ledger; more would only cost memory.
LEARNT_FROM = 20_000
#: The middle of a credit report's scale (0 safe, 100 worst): there it tells nothing.
REPORT_MIDDLE = 50


class DunningDebtor(models.Model):
    """How likely a debtor pays late, learnt from the ledger, and what tells so."""

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
            # sales people see the limit of the customers whom they quote for; Odoo shows it to accountants only
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
        """[(words, points)], what sets the score apart from that of the company's usual invoice, most first."""
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
        days = formatLang(self.env, self.average_days_late, digits=1)
        customer = model.customers[self.partner_id.id]
        return {
            "segment": self.env._("customers like this one: country and legal form"),
            "history": self.env._(
                "its own payments: %(days)s days beyond terms on average over %(count)s invoices", days=days,
                count=self.settled_count) if self.settled_count else self.env._("its own open invoices"),
            "report": self.env._("the credit report: %s days more than without", formatLang(
                self.env, customer.report, digits=1)),
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
        """What was learnt of the company, with these debtors (of one company) as its customers."""
        # sudo: what was learnt of the ledger as a whole is read for whoever may read the file
        return self.env["dunning.lateness"].sudo()._restore(self.company_id, [
            (debtor.partner_id.id, Customer(*debtor.lateness["customer"])) for debtor in self if debtor.lateness])

    def _usual_invoice(self):
        """The invoice that the score stands for: amount, term (days) and way of sending as usual for this debtor."""
        amount, term, electronic = (self.lateness or {}).get("usual") or (USUAL_AMOUNT, USUAL_TERM, True)
        return {"amount": amount, "term": term, "electronic": electronic}

    @api.model
    def _forecasts(self, items, date=None):
        """When each open item will be paid, given that it was not yet.

        :param items: ``account.move.line`` recordset of receivable lines
        :param date: the day of the forecast; default: today where the company is
        :return: {item: :class:`~odoo.addons.debto_dunning.tools.score.Forecast`}, days counted from the due date
        """
        forecasts = {}
        for company, lines in items.grouped(lambda line: line.company_id.root_id).items():
            today = date or company._dunning_today()
            # the forecast tells nothing that the invoice's reader may not know
            debtors = self.sudo().with_context(active_test=False).search([
                ("partner_id", "in", lines.partner_id.commercial_partner_id.ids), ("company_id", "=", company.id)])
            # a customer without a file is expected as the ledger is as a whole
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

        Narrowed to some customers, what was learnt of the whole ledger stays, and only they are looked at anew.
        """
        rows = self._refresh_traits(company, partner_ids)
        # the night writes what it learnt, whoever starts it
        lateness = self.env["dunning.lateness"].sudo()
        usual = self._refresh_usual()
        is_known = False
        if partner_ids is None:
            some = rows[::math.ceil(len(rows) / LEARNT_FROM) or 1]
            model = lateness._learn(company, date, self._segments_of(some))
            is_known = len(some) == len(rows)
        else:
            model = lateness._restore(company)
        for batch in split_every(DEBTORS_A_BATCH, rows, list):
            if not is_known:
                lateness._know(model, date, self._segments_of(batch))
            self._write_scores(*zip(*self._tell_scores(model, usual, batch), strict=True))

    def _segments_of(self, rows):
        return {partner: (segment, report) for _id, partner, segment, report, _electronic, _insolvent in rows}

    def _tell_scores(self, model, usual, rows):
        """Id, score, the three chances (percent) and what is known, as JSON, of each debtor of these traits."""
        for debtor, partner, segment, report, electronic, insolvent in rows:
            model.know(partner, segment, report)
            amount, term = usual.get(partner, (USUAL_AMOUNT, USUAL_TERM))
            told = Forecast(model.inputs(partner, amount=amount, term=term, electronic=electronic))
            chances = [1.0] * 3 if insolvent else [told.chance_later(days) for days in (0, 10, 30)]
            known = model.customers[partner]
            yield (
                debtor, round(100 * sum(chances) / 3), *(round(100 * chance) for chance in chances),
                json.dumps({"customer": [known.segment, *(round(value, 4) for value in known[1:])],
                            "usual": [round(amount, 2), round(term), electronic]}))

    def _write_scores(self, ids, scores, late, late_10, late_30, known):
        """Only rows whose chances changed are touched: a weight that fades each night is no news."""
        self.env.cr.execute(SQL("""
            UPDATE dunning_debtor debtor
               SET risk_score = told.score, late_chance = told.late, late_chance_10 = told.late_10,
                   late_chance_30 = told.late_30, lateness = told.known
              FROM unnest(%(ids)s::int[], %(scores)s::int[], %(late)s::int[], %(late_10)s::int[], %(late_30)s::int[],
                          %(known)s::jsonb[]) AS told (id, score, late, late_10, late_30, known)
             WHERE told.id = debtor.id
               AND (debtor.risk_score, debtor.late_chance, debtor.late_chance_10, debtor.late_chance_30,
                    debtor.lateness -> 'usual', debtor.lateness -> 'customer' -> 0) IS DISTINCT FROM
                   (told.score, told.late, told.late_10, told.late_30, told.known -> 'usual',
                    told.known -> 'customer' -> 0)
        """, ids=list(ids), scores=list(scores), late=list(late), late_10=list(late_10), late_30=list(late_30),
            known=list(known)))

    def _refresh_traits(self, company, partner_ids=None):
        """Of each debtor: id, partner, key of the customers like it, credit report, electronic, insolvent.

        Like it are those of the same country and legal form and, where it was put there by what it is (government,
        consumer) and not by its score, of the same segment.
        """
        self.env.cr.execute(SQL("""
            SELECT debtor.id, partner.id, partner.name, country.code, %(consumer)s, debtor.credit_score,
                   CASE WHEN segment.assignment = 'criteria' THEN segment.id END, %(electronic)s,
                   debtor.is_insolvent IS TRUE
              FROM dunning_debtor debtor
              JOIN res_partner partner ON partner.id = debtor.partner_id
              JOIN res_partner customer ON customer.id = debtor.partner_id
              LEFT JOIN res_country country ON country.id = partner.country_id
              LEFT JOIN dunning_segment segment ON segment.id = debtor.segment_id
             WHERE debtor.company_id = %(company)s AND %(narrow)s
             ORDER BY debtor.id
        """, company=company.id, consumer=self._is_consumer_sql(), electronic=self._refresh_electronic(company),
            narrow=self._refresh_narrow(partner_ids)))
        traits = []
        for debtor, partner, name, country, consumer, score, segment, electronic, insolvent in self.env.cr.fetchall():
            form = "consumer" if consumer else legal_form(name) or ""
            report = (score - REPORT_MIDDLE) / 10 if score is not None else None
            traits.append((debtor, partner, f"{country or ''} {form} {segment or ''}", report, electronic, insolvent))
        return traits

    def _refresh_usual(self):
        """{partner id: (amount, term)} of what each customer is usually invoiced: means, of amounts the geometric."""
        self.env.cr.execute("""
            SELECT partner_id, exp(avg(ln(GREATEST(amount, 1)))), avg(LEAST(GREATEST(due - issued, 0), 180))::float8
              FROM dunning_refresh_item GROUP BY partner_id""")
        return {partner: (amount, term) for partner, amount, term in self.env.cr.fetchall()}

    @api.model
    def _is_consumer_sql(self):
        """Whether ``debtor`` (which may be missing) with its ``partner`` is a consumer: as :attr:`kind` tells."""
        return SQL("""(COALESCE(debtor.kind_override, CASE
            WHEN partner.is_company OR COALESCE(partner.vat, '') NOT IN ('', '/') THEN 'business'
            ELSE 'consumer' END) = 'consumer')""")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_score(self):
        """Look at the ledger of these customers now, without waiting for the night."""
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
