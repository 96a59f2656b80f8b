"""Sentences of a text that cannot be said. Plain text, without database."""

import re

#: Where one sentence ends and the next begins. A single letter before the full stop is an abbreviation («z. B.»).
BETWEEN = re.compile(r"(?<=[\w)}»”\"]{2}[.?!])[ \t]+(?=[^\W\d_]|[{«“\"(])")


def without(text, holds_gap):
    """``text`` without the sentences that cannot be said, and without the questions that they answer.

    Lines of which nothing is left go; other line breaks stay.

    :param holds_gap: function (sentence) → whether it cannot be said
    """
    kept = []
    for line in text.split("\n"):
        sentences = BETWEEN.split(line)
        left = [sentence for index, sentence in enumerate(sentences) if not _falls(sentences, index, holds_gap)]
        if left or not line:
            kept.append(line if len(left) == len(sentences) else " ".join(left))
    return "\n".join(kept)


def _falls(sentences, index, holds_gap):
    """Whether the sentence at a position goes, or is a question before one that goes."""
    while index < len(sentences):
        if holds_gap(sentences[index]):
            return True
        if not sentences[index].rstrip().endswith("?"):
            return False
        index += 1
    return False
