"""Reads an answer: cleans it, marks days, amounts and numbers in it, applies the rules, and weighs what they found."""

import datetime
import re
from typing import NamedTuple

from .amounts import find_amounts, parse_amount
from .clean import read_words
from .days import find_days
from .numbers import find_invoice_numbers
from .rules import STOP, find_matches, split_sentences
from .words import find_language, fold

#: A promise that names no day weighs less than a wish that the same answer holds.
PROMISE_WITHOUT_DAY = 45
#: Labels that a program gives, whose days and amounts are nobody's word.
BY_PROGRAM = ("automatic", "bounce")
#: What an answer is in which no rule is found: a person reads it.
UNKNOWN = "question"
#: An answer of so few words that names a day is a promise: «vrijdag ok?».
FEW_WORDS = 7
ANSWERED = re.compile(r"\s*(?:re|aw|antw|antwoord|sv|tr|fw|fwd|wg|rif|réf)\s*:", re.IGNORECASE)
#: Letters of a mail that are read: what a customer has to say stands at its beginning.
MOST_LETTERS = 4_000
#: Letters in which the reports of mail programs are looked for, and of which words that are quoted are left out.
MOST_LETTERS_OF_MAIL = 20_000
#: A sentence that sets one thing against another may pay this and dispute that.
REST = re.compile(
    r"\b(?:maar|rest|restant|restbedrag|overige|andere?|mais|solde|autres?|but|balance|remainder|others?|aber|restliche\w*"
    r"|ubrige\w*)\b")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Rules of this weight or less are hints: what is said outright goes before them.
HINT = 46
#: Rules of this weight say nothing against the wish to hear no more.
SAID_IN_PASSING = 31
#: «Ik stort alvast 500»: an amount without sign, after a word of payment.
BARE_AMOUNT = re.compile(
    r"\b(?:stort\w*|betaal\w*|overma\w*|schrijf|transfer|pay|send|verser\w*|verse\w*|paie\w*|paye\w*|regler\w*|zahle\w*"
    r"|uberweise\w*)(?: [a-z]+){0,3}? (\d{2,6}(?:[.,]\d{2})?)(?![\w/.:])"
    r"(?! (?:dag\w*|jours?|days?|tage\w*|we\w*|sem\w*|mois|maand\w*|month\w*|keer|fois|times|rat\w*))")


class Reading(NamedTuple):
    """What an answer says."""

    label: str  #: one of :data:`.rules.WEIGHTS`
    category: str | None  #: of a dispute
    labels: tuple  #: all labels found, the heaviest first
    promise_date: datetime.date | None
    promise_amount: float | None  #: in whatever currency the customer means; None: all that is asked
    paid_date: datetime.date | None
    invoices: tuple  #: numbers as the customer writes them
    wants_stop: bool  #: the customer wants to hear no more
    language: str
    matches: tuple  #: of :class:`.rules.Match`, the one that decided first
    text: str  #: the customer's own words

    @property
    def key(self):
        """The label, of a dispute with its category: ``dispute_price``."""
        return f"{self.label}_{self.category}" if self.category else self.label


def read_answer(rules, received, subject, body, language=None):
    """The :class:`Reading` of an answer.

    :param rules: of :class:`.rules.Rule`
    :param received: day on which it came, in the company's time zone
    :param body: plain text or HTML
    :param language: of the customer, where it is known
    """
    subject, body = (subject or "")[:200], (body or "")[:MOST_LETTERS_OF_MAIL * 5]
    words = read_words(body)
    words = words._replace(own=words.own[:MOST_LETTERS], forwarded=words.forwarded[:MOST_LETTERS])
    reading = _read(rules, received, subject, body, words.own, language)
    if words.forwarded and reading.label in (UNKNOWN, "thanks") and not reading.wants_stop:
        below = _read(rules, received, subject, body, words.forwarded, language)
        if below.matches:
            return below
    return reading


def _read(rules, received, subject, body, own, language):
    text = Text(own, received, language)
    allowed = [rule for rule in rules if rule.language in (None, text.language)]
    matches = find_matches([rule for rule in allowed if rule.place == "text"], text.sentences)
    # programs write in their own language, and what they quote tells as well
    # «RE: Automatic reply» is a person's answer to one
    if not ANSWERED.match(subject or ""):
        matches += find_matches([rule for rule in rules if rule.place == "subject"], [fold(subject or "")])
    matches += find_matches([rule for rule in rules if rule.place == "mail"], _mail_sentences(body))
    matches = _without_overruled(matches, text.sentences)
    promise_date = text.find_promised_day(matches)
    weights = sorted(
        ((_weigh(match, promise_date), match) for match in matches if match.rule.label != STOP),
        key=lambda pair: (-pair[0], pair[1].sentence, pair[1].start))
    ordered = [match for _weight, match in weights]
    wants_stop = any(match.rule.label == STOP for match in matches)
    label, category = _decide(ordered, text, wants_stop)
    labels = tuple(dict.fromkeys([label, *(match.rule.label for match in ordered)]))
    if label in BY_PROGRAM:
        promise_date = None
    # a day alone is a promise only where nothing else is said
    is_promise = label == "promise" or label not in (*BY_PROGRAM, "plan") and any(
        match.rule.label == "promise" and not match.rule.weight for match in ordered)
    if is_promise and label != "promise":
        matches = [match for match in matches if match.rule.label != "promise" or not match.rule.weight]
        promise_date = text.find_promised_day(matches)
    return Reading(
        label=label, category=category, labels=labels,
        promise_date=promise_date if is_promise else None,
        promise_amount=text.find_amount(matches) if is_promise else None,
        paid_date=text.find_paid_day(matches) if "paid" in labels and label not in BY_PROGRAM else None,
        invoices=tuple(find_invoice_numbers(own) or find_invoice_numbers(subject)),
        wants_stop=wants_stop, language=text.language,
        matches=tuple(text.with_written_words(match) for match in (
            *ordered, *(match for match in matches if match.rule.label == STOP))), text=own)


def _mail_sentences(body):
    text = re.sub(r"<[^<>]*>", " ", body[:MOST_LETTERS_OF_MAIL])
    return [fold(line) for line in re.split(r"\n\s*\n|(?<=\w{3})[.!?]\s", text)]


def _without_overruled(matches, sentences):
    """Leave out promises in sentences that speak of something else: of a payment made («gisteren betaald, staat er
    morgen op»), or, where they name no day, of a dispute («we betalen pas na herstelling»).
    """
    def is_overruled(match):
        if match.rule.label != "promise" or match.rule.place != "text":
            return False
        sentence = sentences[match.sentence]
        others = {
            other.rule.label for other in matches
            if other.sentence == match.sentence and other.rule.place == "text" and other.rule.strength > HINT}
        if REST.search(sentence):
            return False
        return "paid" in others or bool(others & {"dispute", "refuses"})

    return [match for match in matches if not is_overruled(match)]


def _weigh(match, promise_date):
    if match.rule.label == "promise" and not promise_date and not match.rule.weight:
        return PROMISE_WITHOUT_DAY
    if match.rule.label == "promise" and promise_date and not match.rule.weight:
        return match.rule.strength + 4
    return match.rule.strength


def _decide(ordered, text, wants_stop):
    """(label, category) of the answer."""
    if ordered and not (wants_stop and ordered[0].rule.strength <= SAID_IN_PASSING):
        return ordered[0].rule.label, ordered[0].rule.category
    if wants_stop:
        return "refuses", None
    if text.is_only_a_day():
        return "promise", None
    return UNKNOWN, None


class Mark(NamedTuple):
    """A mark in a text."""

    at: int  #: place in the marked text
    mark: str
    written: str  #: what it stands for
    value: object  #: a day, an amount, or the text of a number or address


class Text:
    """The customer's own words, with marks in place of days, amounts and numbers."""

    def __init__(self, own, received, language):
        folded = fold(_join_lines(own))
        self.language = find_language(folded, language)
        self.received = received
        spans = [(_mark_of_day(day), day.start, day.end, day) for day in find_days(folded, received, self.language)]
        for amount in find_amounts(folded):
            spans.append(("{amount}", amount.start, amount.end, amount))
        for number in find_invoice_numbers(own):
            at = folded.find(fold(number))
            if at >= 0:
                spans.append(("{number}", at, at + len(fold(number)), number))
        for address in ADDRESS.finditer(folded):
            spans.append(("{address}", address.start(), address.end(), address.group()))
        marked, self.marks = self._mark(folded, spans)
        self.spans = split_sentences(marked)
        self.sentences = [marked[start:end] for start, end in self.spans]

    @staticmethod
    def _mark(folded, spans):
        """(text with marks, its :class:`Mark` s)."""
        parts, marks, at, length = [], [], 0, 0
        for mark, start, end, value in sorted(spans, key=lambda span: (span[1], -span[2])):
            if start < at:
                continue
            parts += [folded[at:start], mark]
            length += start - at
            marks.append(Mark(length, mark, folded[start:end], value))
            length += len(mark)
            at = end
        return "".join([*parts, folded[at:]]), marks

    def _marks_in(self, sentence, kind):
        """[(place in the sentence, value)] of the marks of a kind."""
        start, end = self.spans[sentence]
        return [(mark.at - start, mark.value) for mark in self.marks
                if start <= mark.at < end and hasattr(mark.value, kind)]

    def with_written_words(self, match):
        """The match with the words as they were written, in place of marks."""
        if match.rule.place != "text":
            return match
        start = self.spans[match.sentence][0]
        words, shift = match.words, self.sentences[match.sentence].find(match.words)
        for mark in reversed(self.marks):
            at = mark.at - start - shift
            if 0 <= at < len(words) and words.startswith(mark.mark, at):
                words = words[:at] + mark.written + words[at + len(mark.mark):]
        return match._replace(words=words)

    def is_only_a_day(self):
        words = re.findall(r"[a-z{}]+", " ".join(self.sentences))
        is_asked = len(words) > 3 and any("?" in sentence for sentence in self.sentences)
        return len(words) <= FEW_WORDS and not is_asked and bool(self._first_day_ahead())

    def _first_day_ahead(self):
        return next((mark.value.ahead for mark in self.marks if getattr(mark.value, "ahead", None)), None)

    def find_promised_day(self, matches):
        """The day of a promise: in its words, else beside them in the sentence, else in the sentence before or after
        where that says nothing of its own.
        """
        promises = [match for match in matches if match.rule.label == "promise" and match.rule.place == "text"]
        if not promises and not matches and self.is_only_a_day():
            return self._first_day_ahead()
        taken = {match.sentence for match in matches
                 if match.rule.label not in ("promise", "thanks", "question") and match.rule.place == "text"}
        best = []
        for match in promises:
            for at, day in self._marks_in(match.sentence, "ahead"):
                if day.ahead:
                    best.append((day.is_vague, self._distance(match, at), -at, day.ahead))
        if best:
            return min(best)[3]
        for match in promises:
            for beside in (match.sentence + 1, match.sentence - 1):
                if 0 <= beside < len(self.spans) and beside not in taken:
                    for _at, day in self._marks_in(beside, "ahead"):
                        if day.ahead:
                            return day.ahead
        return None

    def _distance(self, match, at):
        if match.start <= at < match.end:
            return 0
        sentence = self.sentences[match.sentence]
        between = sentence[match.end:at] if at >= match.end else sentence[at:match.start]
        # another half of the sentence speaks of something else
        return len(between) + 40 * len(re.findall(r",|\b(?:maar|mais|aber|but)\b", between))

    def find_paid_day(self, matches):
        """The day on which the customer says to have paid, looked for as :meth:`find_promised_day` does."""
        best = []
        for match in matches:
            if match.rule.label == "paid" and match.rule.place == "text":
                for at, day in self._marks_in(match.sentence, "past"):
                    if day.past:
                        best.append((self._distance(match, at), at, day.past))
                if "net " in f"{match.words} " or re.search(JUST_NOW, self.sentences[match.sentence]):
                    best.append((1000, 0, self.received))
        return min(best)[2] if best else None

    def find_amount(self, matches):
        """The amount that is promised; None where none stands in a sentence of the promise."""
        for match in matches:
            if match.rule.label == "promise" and match.rule.place == "text":
                amounts = self._marks_in(match.sentence, "value")
                if amounts:
                    return min(amounts, key=lambda pair: self._distance(match, pair[0]))[1].value
                if bare := BARE_AMOUNT.search(self.sentences[match.sentence]):
                    return parse_amount(bare.group(1))
        return None


def _mark_of_day(day):
    return "{day}" if day.ahead and day.past else "{later}" if day.ahead else "{earlier}"


JUST_NOW = (
    r"\b(?:zonet|daarnet|zojuist|net|zo net|just|a l instant|viens de|venons de|gerade|soeben|eben)\b")


def _join_lines(text):
    """Lines that a mail program broke in the middle of a sentence, joined; short lines stay."""
    lines = text.split("\n")
    joined = []
    for line in lines:
        goes_on = re.match(r"\s*[^\W\d_]", line) and line.lstrip()[0].islower()
        if joined and joined[-1].strip() and line.strip() and (
                goes_on or len(joined[-1]) >= 60 and not re.match(r"\s*[-*•]", line)):
            joined[-1] = f"{joined[-1].rstrip()} {line.lstrip()}"
        else:
            joined.append(line)
    return "\n".join(joined)
