"""Rules that give a sentence of an answer its label, and where they find it."""

import re
from typing import NamedTuple

from .patterns import compile_pattern

#: Labels and the weight of their rules; the heaviest rule found gives the answer its label. The order is what matters
#: most to who collects: what stops the claim, what contests it, what is agreed, and last the words of politeness.
WEIGHTS = {
    "bounce": 100, "automatic": 95, "insolvency": 90, "dispute": 70, "order_number": 68, "plan": 66, "refuses": 64,
    "promise": 56, "paid": 58, "copy": 54, "wrong_contact": 52, "question": 30, "thanks": 10,
}
#: What is in dispute.
CATEGORIES = (
    "not_received", "price", "quantity", "quality", "delivery", "order_number", "already_paid", "not_mine", "other")
#: A label of a rule that says only that the customer wants to hear no more.
STOP = "stop"
#: Where the words stand: in what the customer writes, in the subject, or anywhere in the mail with all that it quotes.
PLACES = ("text", "subject", "mail")


class Rule(NamedTuple):
    """Words that give an answer its label."""

    name: str
    label: str  #: one of :data:`WEIGHTS`, or :data:`STOP`
    patterns: tuple  #: of texts as in :mod:`.patterns`; one of them is enough
    exceptions: tuple = ()  #: patterns; a sentence in which one is found does not count
    language: str | None = None  #: one of :data:`.words.LANGUAGES`; None: any
    category: str | None = None  #: of a dispute, one of :data:`CATEGORIES`
    weight: int = 0  #: 0: that of the label
    place: str = "text"

    @property
    def strength(self):
        return self.weight or WEIGHTS.get(self.label, 0)


class Match(NamedTuple):
    """Where a rule was found."""

    rule: Rule
    sentence: int  #: index of the sentence in the text
    start: int  #: in the sentence
    end: int
    words: str


#: A full stop after a figure, an initial or a short form ends no sentence.
SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{2})(?<!\bnr)(?<!\bmr)(?<!\bst)(?<!\bdd)(?<!\bca)(?<!\bme)(?<!\bno)(?<!\bbv)\.(?=\s|$)"
    r"|(?<=[^\W\d_]{3})\.(?=[^\W\d_]{3})|(?<=[\d})])\.(?=\s+(?:[^\W\d_]|\{)|$)|\.{2,}|[!?;]+|\n")


def split_sentences(text):
    """The sentences of a folded text, as [(start, end)]; a question keeps its mark."""
    spans, start = [], 0
    for match in SENTENCE_END.finditer(text):
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [span for span in spans if re.search(r"\w", text[slice(*span)])]


def find_matches(rules, sentences):
    """Each rule's first :class:`Match` in each of the sentences.

    :param sentences: folded, with marks for days, amounts and numbers
    """
    found = []
    for index, sentence in enumerate(sentences):
        for rule in rules:
            if match := _search(rule.patterns, sentence):
                if not _search(rule.exceptions, sentence):
                    found.append(Match(rule, index, match.start(), match.end(), match.group().strip()))
    return found


def _search(patterns, sentence):
    matches = (compile_pattern(pattern).search(sentence) for pattern in patterns)
    return min(filter(None, matches), key=lambda match: match.start(), default=None)
