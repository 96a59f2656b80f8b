"""How late a customer will pay, learnt from the company's own ledger: the shrunken signed lag.

The lag of an invoice is the days from its due date to its payment, negative when paid before. It is taken to be

    level of the customer + effects of the invoice + what a dispute adds (when there is one) + noise

where the customer's level is drawn from those of its segment, so that it is known from its own invoices by as much
as there are, and from the segment for the rest (empirical Bayes). The same goes for what a dispute adds, for the
chance of a dispute, and for the noise's spread. Effects (sent electronically, amount, term, drift of the last months)
are the same for all customers, found within customers and drawn towards shipped values. Newer invoices weigh more.
Open invoices count as «at least so late by now»: leaving them out keeps of the last weeks those that were paid early.

An invoice paid far from the customer's median counts only so far, and as a stray: their share of the ledger is the
chance of one more. Weekday and month of the invoice are no inputs: on the sample they told nothing once the customer's
level was known.

Sources: C. N. Morris, Parametric Empirical Bayes Inference, JASA 78 (1983), pages 47-55 (shrinking); R. DerSimonian
and N. Laird, Meta-analysis in Clinical Trials, Controlled Clinical Trials 7 (1986), pages 177-188 (spread between
customers by moments); J. Tobin, Econometrica 26 (1958), pages 24-36 (open invoices). All is closed form, from sums by
customer, and gives the same for the same input.
"""

import math

from .lateness_fit import Customer, Effects, Fit
from .lateness_history import SHIPPED, USUAL_AMOUNT, USUAL_TERM, measures
from .score import Forecast, Inputs, explain

#: Steps towards the likeliest, with the open invoices in it.
ROUNDS = 2


class Lateness(Fit):
    """What is learnt of a ledger, to be asked about its invoices; made by `learn`, `fit` or `restore`."""

    def update(self, summary):
        """What is known of the customers in `summary`, anew, the ledger's figures as they are.

        For one debtor between two nights; `summary` holds the whole history of each of them, and is made with this
        model's `deviation`.
        """
        for debtor in summary.segments:
            self.customers.pop(debtor, None)
        self._fit_customers(summary.cells, summary)
        for _round in range(ROUNDS if summary.open else 0):
            self._fit_customers(self._with_open(summary), summary)

    def state(self):
        """The ledger's figures, not its customers: lists and numbers for JSON (if segments are strings or numbers)."""
        values = {name: getattr(self, name) for name in self.LEDGER}
        values["effects"], values["usual"] = list(self.effects), list(self.usual)
        values["levels"], values["shares"] = ([list(pair) for pair in part.items()] for part in (
            self.levels, self.shares))
        return values

    @classmethod
    def restore(cls, state, customers=(), settings=SHIPPED):
        """The model of a `state`, with `customers` as pairs of key and Customer (or a sequence of its fields)."""
        model = cls(settings)
        for name in cls.LEDGER:
            setattr(model, name, state[name])
        model.effects, model.usual = Effects(*model.effects), tuple(model.usual)
        model.levels, model.shares = dict(model.levels), dict(model.shares)
        model.customers = {debtor: Customer(*row) for debtor, row in customers}
        return model

    def know(self, debtor, segment=None, report=None):
        """Take in a customer without any invoice, from its segment and its credit report (as in `Summary.reports`)."""
        if debtor not in self.customers:
            self.customers[debtor] = self._stranger(segment, report)

    def inputs(self, debtor, segment=None, amount=None, term=USUAL_TERM, electronic=False, disputed=None):
        """The Inputs of a new invoice of a customer, or of one of a segment that has none yet."""
        customer = self.customers.get(debtor) or self._stranger(segment)
        x, t = measures(amount, term) if amount else (self.usual[1], measures(USUAL_AMOUNT, term)[1])
        level = self.levels.get(customer.segment, self.level)
        e = self.effects
        wider = self.dispute_noise**2
        variance = customer.spread**2 + self.settings.change * self.noise**2
        return Inputs(
            level=level,
            history=customer.level - level - customer.report,
            report=customer.report,
            electronic=e.electronic * electronic,
            amount=e.amount * x,
            term=e.term * t,
            drift=e.drift,
            dispute=customer.dispute,
            disputed=customer.disputed if disputed is None else float(disputed),
            spread=math.sqrt(variance + customer.level_variance),
            disputed_spread=math.sqrt(variance * wider + customer.disputed_variance),
            freedom=customer.freedom,
            stray=self.stray,
            stray_days=self.stray_days,
        )

    def forecast(self, debtor, at_least=None, **invoice):
        """The Forecast of an invoice: arguments of `inputs`; `at_least`: days beyond its due date and still open."""
        return Forecast(self.inputs(debtor, **invoice), at_least)

    def explain(self, debtor, **invoice):
        """[(input, points), …], most first: what sets the score apart from that of the ledger's usual invoice."""
        electronic, x, t = self.usual
        e = self.effects
        usual = self.inputs(None)._replace(
            level=self.level, history=0.0, report=0.0, electronic=e.electronic * electronic, amount=e.amount * x,
            term=e.term * t, drift=0.0, disputed=self.disputed)
        return explain(self.inputs(debtor, **invoice), usual)


def fit(summary, settings=SHIPPED):
    """The Lateness learnt from a Summary."""
    model = Lateness(settings)
    model._fit_strays(summary)
    if summary.cells:
        model._fit(summary.cells, summary, spreads=True)
    for _round in range(ROUNDS if summary.open else 0):
        model._fit(model._with_open(summary), summary, spreads=False)
    return model
