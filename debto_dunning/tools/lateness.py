"""How late a customer will pay: a model of the lag, learnt from the company's own ledger.

The lag of an invoice is the number of days from its due date to its payment, negative when paid before. In the model
it is

    level of the customer + effects of the invoice + what a dispute adds (when there is one) + noise

The customer's level comes from its own invoices and from its segment: the more invoices it has, the less the segment
counts (empirical Bayes). The same holds for what a dispute adds, for the chance of a dispute, and for the spread of
the noise. Effects (sent electronically, amount, term, drift of the last months) are the same for all customers. They
are estimated from differences within customers and drawn towards shipped values. Newer invoices weigh more. Open
invoices count with a lag of at least the days since their due date: without them, only the early payments of the last
weeks would count.

The lag of an invoice paid far from the customer's median is clipped. If it is far later, the invoice is an outlier,
and the share of outliers in the ledger is the chance of the next one. Weekday and month of the invoice are not used:
on the sample they did not improve the forecast.

Sources: C. N. Morris, Parametric Empirical Bayes Inference, JASA 78 (1983), pages 47-55 (shrinking); R. DerSimonian
and N. Laird, Meta-analysis in Clinical Trials, Controlled Clinical Trials 7 (1986), pages 177-188 (spread between
customers by moments); J. Tobin, Econometrica 26 (1958), pages 24-36 (open invoices). All formulas are closed forms
over sums by customer: the same input gives the same model.
"""

import math

from .lateness_fit import Customer, Effects, Fit
from .lateness_history import SHIPPED, USUAL_AMOUNT, USUAL_TERM, measures
from .score import Forecast, Inputs, explain

#: Steps of Newton's method towards the maximum of the likelihood with the open invoices.
ROUNDS = 2

#: Keys in the JSON of a stored model that differ from the names in `LEDGER`; stored models keep them.
STATE_KEYS = {"outlier_chance": "stray", "outlier_days": "stray_days"}


class Lateness(Fit):
    """A model learnt from a ledger, which forecasts invoices. `learn`, `fit` and `restore` make one."""

    def update(self, summary):
        """Recompute the customers in `summary`; the values of the whole ledger are kept.

        `summary` must hold the whole history of each of these customers, computed with this model's `deviation`.
        """
        for debtor in summary.segments:
            self.customers.pop(debtor, None)
        self._fit_customers(summary.cells, summary)
        for _round in range(ROUNDS if summary.open else 0):
            self._fit_customers(self._with_open(summary), summary)

    def state(self):
        """The values of the whole ledger, without customers, as JSON (if segments are strings or numbers)."""
        values = {STATE_KEYS.get(name, name): getattr(self, name) for name in self.LEDGER}
        values["effects"], values["usual"] = list(self.effects), list(self.usual)
        values["levels"], values["shares"] = ([list(pair) for pair in part.items()] for part in (
            self.levels, self.shares))
        return values

    @classmethod
    def restore(cls, state, customers=(), settings=SHIPPED):
        """The Lateness of a `state`.

        :param customers: pairs of key and Customer (or a sequence of its fields)
        """
        model = cls(settings)
        for name in cls.LEDGER:
            setattr(model, name, state[STATE_KEYS.get(name, name)])
        model.effects, model.usual = Effects(*model.effects), tuple(model.usual)
        model.levels, model.shares = dict(model.levels), dict(model.shares)
        model.customers = {debtor: Customer(*row) for debtor, row in customers}
        return model

    def ensure_customer(self, debtor, segment=None, report=None):
        """Add a customer without invoices if the model does not have it yet.

        :param report: credit report as in `Summary.reports`
        """
        if debtor not in self.customers:
            self.customers[debtor] = self._customer_without_history(segment, report)

    def inputs(self, debtor, segment=None, amount=None, term=USUAL_TERM, electronic=False, disputed=None):
        """The Inputs of a new invoice of a customer; of `segment` where the model does not have the customer."""
        customer = self.customers.get(debtor) or self._customer_without_history(segment)
        x, t = measures(amount, term) if amount else (self.usual[1], measures(USUAL_AMOUNT, term)[1])
        level = self.levels.get(customer.segment, self.level)
        e = self.effects
        wider = self.dispute_noise**2
        variance = customer.spread**2 + self.settings.change * self.noise**2
        return Inputs(
            level=level,
            history=customer.level - level - customer.report,
            report=customer.report,
            promises=customer.promises,
            electronic=e.electronic * electronic,
            amount=e.amount * x,
            term=e.term * t,
            drift=e.drift,
            dispute=customer.dispute,
            disputed=customer.disputed if disputed is None else float(disputed),
            spread=math.sqrt(variance + customer.level_variance),
            disputed_spread=math.sqrt(variance * wider + customer.disputed_variance),
            freedom=customer.freedom,
            outlier_chance=self.outlier_chance,
            outlier_days=self.outlier_days,
        )

    def forecast(self, debtor, at_least=None, **invoice):
        """The Forecast of an invoice.

        :param at_least: days since the due date of an open invoice (negative: before it)
        :param invoice: arguments of `inputs`
        """
        return Forecast(self.inputs(debtor, **invoice), at_least)

    def explain(self, debtor, **invoice):
        """How many points each input adds to the score of the ledger's usual invoice.

        :return: [(input, points), …], the largest effect first; see `score.explain`
        """
        electronic, x, t = self.usual
        e = self.effects
        usual = self.inputs(None)._replace(
            level=self.level, history=0.0, report=0.0, electronic=e.electronic * electronic, amount=e.amount * x,
            term=e.term * t, drift=0.0, disputed=self.disputed)
        return explain(self.inputs(debtor, **invoice), usual)


def promise_days(kept, broken, settings=SHIPPED):
    """Days that a customer's promises to pay add to its lag, negative where it keeps more of them than usual.

    The customer's share of broken promises is drawn to the usual one (empirical Bayes): one broken promise says less
    than five.

    :param kept: weighted number of promises that were kept, older ones counting less
    :param broken: likewise
    """
    usual = 1 - settings.promises_kept
    share = (settings.promises_known * usual + broken) / (settings.promises_known + kept + broken)
    return settings.promise * (share - usual)


def fit(summary, settings=SHIPPED):
    """Learn from a Summary.

    :return: Lateness
    """
    model = Lateness(settings)
    model._fit_outliers(summary)
    if summary.cells:
        model._fit(summary.cells, summary, spreads=True)
    for _round in range(ROUNDS if summary.open else 0):
        model._fit(model._with_open(summary), summary, spreads=False)
    return model
