"""Reads answers of customers as the addon does, by the word lists that come with it, without a database.

    ./dev bench replies FILE [--out FILE] [--held | --tune] [--wrong]

FILE is JSONL with id, lang (nl, fr, de, en; may be missing), received (ISO date or time), subject and body (text or
HTML). The result, JSONL on the standard output or in --out, has for each line:

    id              as given
    label           paid, promise, plan, order_number, copy, wrong_contact, question, insolvency, refuses, automatic,
                    bounce, thanks; a dispute with its category: dispute_not_received, dispute_price, dispute_quantity,
                    dispute_quality, dispute_delivery, dispute_already_paid, dispute_not_mine, dispute_other. That an
                    order number is missing is the label order_number, not a dispute
    main            the label without category: «dispute» for all disputes
    category        of a dispute; else null
    labels          all that was found, the weightiest first
    promise_date    day of the promise (ISO) or null
    promise_amount  number or null; null: all that is due
    paid_date       day on which it is said to be paid, or null
    invoices        numbers as the customer writes them
    stop            the customer wants to hear no more
    because         the rules and words that decided

Where the lines of FILE have a label of their own (in either form; promise_date, paid_date and stop beside it), scores
follow on the standard error. «--held» and «--tune» take only the lines in which «held» is true or false, «--wrong»
shows those that were read in another way.
"""

import argparse
import datetime
import json
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The tools are plain Python; their package would load Odoo.
sys.path.insert(0, str(ROOT / "debto_dunning"))

from tools.replies.answer import read_answer  # noqa: E402
from tools.replies.rule_file import read_rules  # noqa: E402
from tools.replies.scores import score  # noqa: E402


def read_line(rules, row):
    """The result for one line."""
    reading = read_answer(
        rules, datetime.date.fromisoformat(row["received"][:10]), row.get("subject"), row.get("body"), row.get("lang"))
    return {
        "id": row.get("id"),
        "label": reading.key,
        "main": reading.label,
        "category": reading.category,
        "labels": list(reading.labels),
        "promise_date": reading.promise_date and reading.promise_date.isoformat(),
        "promise_amount": reading.promise_amount,
        "paid_date": reading.paid_date and reading.paid_date.isoformat(),
        "invoices": list(reading.invoices),
        "stop": reading.wants_stop,
        "because": [f"{match.rule.name}: {match.words}" for match in reading.matches],
    }


def main():
    parser = argparse.ArgumentParser(
        prog="./dev bench replies", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--out", metavar="FILE")
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    with open(options.file, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    if options.held or options.tune:
        rows = [row for row in rows if bool(row.get("held")) == options.held]
    rules = read_rules()
    started = time.perf_counter()
    results = [read_line(rules, row) for row in rows]
    seconds = time.perf_counter() - started
    lines = "".join(json.dumps(result, ensure_ascii=False) + "\n" for result in results)
    if options.out:
        pathlib.Path(options.out).write_text(lines, encoding="utf-8")
    elif not options.wrong:
        sys.stdout.write(lines)
    report, wrong = score(rows, results)
    if options.wrong:
        sys.stdout.write("\n".join(wrong) + "\n")
    print("\n".join([*report, f"{len(rows)} answers in {seconds:.2f} s"]), file=sys.stderr)


if __name__ == "__main__":
    main()
