"""How well answers are read whose labels are known."""


def score(rows, results):
    """Scores of results beside what the rows expect.

    :param rows: dicts with ``label`` and, where there are such, ``promise_date``, ``paid_date``, ``promise_amount``,
        ``stop``; those without a label are left out
    :param results: dicts of the same kind, with ``main`` and ``labels``, in the same order
    :return: (lines of the scores, lines of what was read in another way)
    """
    pairs = [(row, result) for row, result in zip(rows, results, strict=True) if row.get("label")]
    if not pairs:
        return [], []
    counts = {}

    def count(name, is_right):
        right, total = counts.get(name, (0, 0))
        counts[name] = (right + bool(is_right), total + 1)

    wrong = []
    for row, result in pairs:
        faults = _compare(row, result, count)
        if faults:
            wrong.append(f"{row['id']} {row.get('lang')}: {'; '.join(faults)}\n    {' / '.join(result['because'])}")
    return [f"{name:34}{right:4} of {total:4} {right / total:7.1%}" for name, (right, total) in counts.items()], wrong


def main_label(label):
    """«dispute» of «dispute_price»."""
    return "dispute" if label.startswith("dispute") else label


def _compare(row, result, count):
    """Count what is right, and return the rest in words."""
    faults = []

    def note(name, is_right, fault):
        count(name, is_right)
        if not is_right:
            faults.append(fault)

    main = main_label(row["label"])
    note("main label", main == result["main"], f"{row['label']} read as {result['label']}")
    if main == "dispute":
        count("disputes found", "dispute" in result["labels"])
        if row["label"] != main:
            note("category of the disputes", row["label"] == result["label"], f"{row['label']}, not {result['label']}")
    if main == "paid":
        count("paid found", "paid" in result["labels"])
    if "promise_date" in row:
        day, found = row["promise_date"], result["promise_date"]
        if day:
            note("days of promises", day == found, f"promised {day}, read {found}")
        else:
            note("no day where none was promised", not found, f"a day that was not promised: {found}")
    for name in ("promise_amount", "paid_date", "invoices"):
        if row.get(name):
            note(name, row[name] == result[name], f"{name} {row[name]}, read {result[name]}")
    if "stop" in row:
        note("wish for no more messages", bool(row["stop"]) == result["stop"], f"stop {row['stop']}")
    return faults
