"""How well lateness is foretold on a ledger that stands in a file, beside the customer's mean days late.

    ./dev bench score FILE --from 2012-10-01 [--out FILE]

FILE has the columns invoiceNumber, customerID, countryCode, InvoiceDate, DueDate, SettledDate (m/d/yyyy or ISO;
empty: open), InvoiceAmount, Disputed (Yes, No) and PaperlessBill (Electronic, Paper); others are not read. An invoice
dated from the day given on is judged by what is learnt from the invoices settled before its own date; those that were
open on that date count as open, and of their payment and dispute nothing is seen, nor of the invoice's own dispute.

The rival's chance is the share that was paid so late of those past invoices whose customers then had the nearest mean.
"""

import argparse
import bisect
import csv
import datetime
import math
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The tools are plain Python; their package would load Odoo.
sys.path.insert(0, str(ROOT / "debto_dunning"))

from tools.lateness_invoices import Invoice, learn  # noqa: E402

DAYS = (0, 10, 20)
NEAREST = 50


def day(text):
    text = (text or "").strip()
    if not text:
        return None
    if "/" in text:
        month, day_, year = map(int, text.split("/"))
        return datetime.date(year, month, day_)
    return datetime.date.fromisoformat(text[:10])


def read(path):
    """[(invoice number, Invoice), …] in the order of the file."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [
            (row["invoiceNumber"], Invoice(
                debtor=row["customerID"],
                issued=day(row["InvoiceDate"]),
                due=day(row["DueDate"]),
                settled=day(row.get("SettledDate")),
                amount=float(row["InvoiceAmount"]),
                electronic=row.get("PaperlessBill", "").strip().lower() == "electronic",
                disputed=row.get("Disputed", "").strip().lower() == "yes",
                segment=row.get("countryCode"),
            ))
            for row in csv.DictReader(file)
        ]


def as_seen(invoices, date):
    """The invoices as they stood at the start of `date`: issued before, later payments and disputes taken out."""
    return [
        invoice if invoice.settled and invoice.settled < date else invoice._replace(settled=None, disputed=None)
        for invoice in invoices
        if invoice.issued < date
    ]


def lag(invoice):
    return (invoice.settled - invoice.due).days


class MeanDaysLate:
    """The rival: a customer's mean of days late, early ones as none; of all customers where it has nothing settled."""

    def __init__(self, invoices):
        self.settled = sorted((i for i in invoices if i.settled), key=lambda i: (i.settled, i.issued))
        self.issued = sorted(self.settled, key=lambda i: i.issued)
        self.means = {}
        self.sums, self.total, self.number, self.next = {}, 0.0, 0, 0
        for invoice in self.issued:
            self._until(invoice.issued)
            self.means[id(invoice)] = self._mean(invoice.debtor)
        self.sums, self.total, self.number, self.next = {}, 0.0, 0, 0

    def _until(self, date):
        while self.next < len(self.settled) and self.settled[self.next].settled < date:
            invoice = self.settled[self.next]
            late = max(lag(invoice), 0)
            own = self.sums.setdefault(invoice.debtor, [0.0, 0])
            own[0] += late
            own[1] += 1
            self.total += late
            self.number += 1
            self.next += 1

    def _mean(self, debtor):
        total, number = self.sums.get(debtor, (self.total, self.number))
        return total / number if number else 0.0

    def judge(self, debtor, date):
        """(mean, chances); to be asked in order of date."""
        self._until(date)
        mean = self._mean(debtor)
        past = sorted((self.means[id(i)], lag(i)) for i in self.settled[: self.next])
        if not past:
            return mean, [0.5] * len(DAYS)
        place = bisect.bisect_left(past, (mean, -math.inf))
        near = sorted(past[max(place - NEAREST, 0):place + NEAREST], key=lambda pair: abs(pair[0] - mean))[:NEAREST]
        return mean, [sum(late > days for _mean, late in near) / len(near) for days in DAYS]


def midranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end + 1) / 2
        start = end
    return ranks


def ranking(values, happened):
    """(AUC, the parts of its variance by late and by other invoices).

    E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Comparing the Areas under Two or More Correlated Receiver
    Operating Characteristic Curves, Biometrics 44 (1988), pages 837-845.
    """
    late = [v for v, h in zip(values, happened, strict=True) if h]
    other = [v for v, h in zip(values, happened, strict=True) if not h]
    if not late or not other:
        return None
    both = midranks(late + other)
    m, n = len(late), len(other)
    by_late = [(both[i] - rank) / n for i, rank in enumerate(midranks(late))]
    by_other = [1 - (both[m + j] - rank) / m for j, rank in enumerate(midranks(other))]
    return sum(by_late) / m, by_late, by_other


def deviation(by_late, by_other):
    """Standard error of an AUC (or of a difference of two, from the differences of their parts)."""
    variance = 0.0
    for parts in (by_late, by_other):
        if len(parts) > 1:
            mean = sum(parts) / len(parts)
            variance += sum((part - mean) ** 2 for part in parts) / (len(parts) - 1) / len(parts)
    return math.sqrt(variance)


def deciles(chances, happened):
    """[(number, predicted, observed), …] in ten groups of equal size, by rising chance."""
    order = sorted(range(len(chances)), key=lambda i: (chances[i], i))
    groups = [order[len(order) * k // 10:len(order) * (k + 1) // 10] for k in range(10)]
    return [
        (len(group), sum(chances[i] for i in group) / len(group), sum(happened[i] for i in group) / len(group))
        for group in groups
        if group
    ]


def gap(groups):
    return sum(abs(predicted - observed) for _number, predicted, observed in groups) / len(groups)


def report(days, own, rival, means, happened):
    """Lines on one number of days."""
    yield f"\nMore than {days} days late: {sum(happened)} of {len(happened)} ({sum(happened) / len(happened):.1%})"
    yield f"{'':22}{'AUC':>7}  {'95 % interval':<16}{'Brier':>7}{'mean gap':>10}"
    tables, ranks = [], []
    for name, values, chances in (("risk model", own, own), ("mean days late", means, rival)):
        rank = ranking(values, happened)
        groups = deciles(chances, happened)
        brier = sum((c - h) ** 2 for c, h in zip(chances, happened, strict=True)) / len(happened)
        tables.append(groups)
        ranks.append(rank)
        if rank:
            half = 1.96 * deviation(*rank[1:])
            area = f"{rank[0]:7.3f}  {max(rank[0] - half, 0):.3f} to {min(rank[0] + half, 1):.3f}  "
        else:
            area = f"{'-':>7}  {'-':<16}"
        yield f"  {name:<20}{area}{brier:7.4f}{gap(groups):10.4f}"
    if all(ranks):
        parts = [[a - b for a, b in zip(*pair, strict=True)] for pair in zip(*(r[1:] for r in ranks), strict=True)]
        difference, half = ranks[0][0] - ranks[1][0], 1.96 * deviation(*parts)
        yield f"  {'difference':<20}{difference:+7.3f}  {difference - half:+.3f} to {difference + half:+.3f}"
    yield "  decile, from the least likely on: predicted and observed share"
    yield f"  {'':>6}{'number':>8}{'risk model':>18}{'mean days late':>20}"
    for k, (ours, theirs) in enumerate(zip(*tables, strict=True), 1):
        yield f"  {k:>6}{ours[0]:>8}{ours[1]:>10.3f}{ours[2]:>8.3f}{theirs[1]:>12.3f}{theirs[2]:>8.3f}"


def judge(rows, since):
    """[(number, Invoice, chances, the rival's mean, its chances), …] of the invoices from `since` on, by date."""
    invoices = [invoice for _number, invoice in rows]
    rival = MeanDaysLate(invoices)
    answers, date, model = [], None, None
    for number, invoice in sorted(rows, key=lambda row: row[1].issued):
        if invoice.issued < since:
            continue
        if invoice.issued != date:
            date = invoice.issued
            model = learn(as_seen(invoices, date), date)
        forecast = model.forecast(
            invoice.debtor, segment=invoice.segment, amount=invoice.amount, term=(invoice.due - date).days,
            electronic=invoice.electronic)
        answers.append(
            (number, invoice, [forecast.chance_later(days) for days in DAYS], *rival.judge(invoice.debtor, date)))
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--from", dest="since", type=day, required=True, metavar="DATE", help="2012-10-01")
    parser.add_argument("--out", metavar="FILE", help="CSV: invoice number, chances of more than 0, 10, 20 days late")
    options = parser.parse_args()
    started = time.perf_counter()
    answers = judge(read(options.file), options.since)
    if not answers:
        raise SystemExit(f"no invoice of {options.file} is dated {options.since} or later")
    if options.out:
        with open(options.out, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["invoiceNumber", *(f"later_than_{days}" for days in DAYS)])
            writer.writerows((answer[0], *(f"{chance:.6f}" for chance in answer[2])) for answer in answers)
    settled = [answer for answer in answers if answer[1].settled]
    customers = len({answer[1].debtor for answer in settled})
    print(f"{len(settled)} invoices of {customers} customers, dated from {options.since} on"
          + (f"; {len(answers) - len(settled)} more are open and not judged" if len(answers) > len(settled) else ""))
    if not settled:
        return
    means = [answer[3] for answer in settled]
    for place, days in enumerate(DAYS):
        happened = [lag(answer[1]) > days for answer in settled]
        own, rival = ([answer[column][place] for answer in settled] for column in (2, 4))
        print("\n".join(report(days, own, rival, means, happened)))
    print(f"\n{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
