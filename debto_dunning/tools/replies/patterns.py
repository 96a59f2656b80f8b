"""The patterns in which rules say what words decide, readable without knowing regular expressions.

One pattern a line, in small or capital letters, with or without accents:

=============  =====================================================
``betaal*``    a word with this beginning (``*betaald``: this ending)
``...``        up to eight words in between, in the same sentence
``(a|b c|d)``  one of these
``[nog]``      may be missing
``{day}``      a day («vrijdag», «le 4 décembre», «within a week»)
``{amount}``   an amount of money
``{number}``   the number of an invoice
``{later}``    a day to come; ``{earlier}``: one gone by; {day}: any
``{address}``  an e-mail address
``#``          a number in figures
``?``          a question mark
``^`` ``$``    the beginning and the end of a sentence
=============  =====================================================
"""

import functools
import re

from .words import fold

MARKS = {
    "{day}": r"\{(?:day|later|earlier)\}", "{later}": r"\{later\}", "{earlier}": r"\{earlier\}",
    "{amount}": r"\{amount\}", "{number}": r"\{number\}",
    "{address}": r"\{address\}", "?": r"\?",
    "#": r"(?<![\w.,/])\d+(?:[.,]\d+)?(?![\w/])",
}
TOKEN = re.compile(r"\.\.\.|[()|\[\]^$]|\{\w+\}|[^\s()|\[\]^$]+?(?=\.\.\.|[\s()|\[\]^$]|$)")
#: What parts two words is never part of a word, so that there is one way only to count them.
GAP = r"(?:[^\w{}]+[\w{}]+){0,8}?[^\w{}]+"
BETWEEN = r"[^\w{}]{1,3}"


class PatternError(ValueError):
    """A pattern that cannot be read; the message is the pattern."""


@functools.lru_cache(maxsize=8192)
def compile_pattern(pattern):
    """The regular expression of one pattern, to be searched in a folded sentence.

    :raises PatternError: brackets that do not match, an unknown ``{word}``, or no word at all
    """
    tokens = TOKEN.findall(fold(pattern.strip().replace("…", "...")))
    if not any(re.search(r"[\w#?]", token) for token in tokens):
        raise PatternError(pattern)
    reader = _Reader(tokens, pattern)
    expression = reader.sequence()
    if reader.tokens:
        raise PatternError(pattern)
    return re.compile(expression)


class _Reader:
    """Reads the tokens of a pattern from the left, one bracket inside another."""

    def __init__(self, tokens, pattern):
        self.tokens = tokens
        self.pattern = pattern

    def sequence(self):
        parts, joint = [], ""
        while self.tokens and self.tokens[0] not in (")", "|", "]"):
            token = self.tokens.pop(0)
            if token == "...":
                joint = GAP
            elif token in "^$":
                parts.append(r"^[^\w{}]*" if token == "^" else r"[^\w{}]*$")
                joint = ""
            elif token == "[":
                inner = self.closed(self.alternatives(), "]")
                # with what parts it from its neighbour, which is missing where the word is
                parts.append(f"(?:{joint}{inner})?" if joint else f"(?:{inner}{BETWEEN})?")
            else:
                word = self.closed(self.alternatives(), ")") if token == "(" else self.word(token)
                parts.append(joint + word)
                joint = BETWEEN
        if not parts:
            raise PatternError(self.pattern)
        return "".join(parts)

    def alternatives(self):
        choices = [self.sequence()]
        while self.tokens and self.tokens[0] == "|":
            self.tokens.pop(0)
            choices.append(self.sequence())
        return f"(?:{'|'.join(choices)})"

    def closed(self, expression, bracket):
        if not self.tokens or self.tokens.pop(0) != bracket:
            raise PatternError(self.pattern)
        return expression

    def word(self, token):
        if token in MARKS:
            return MARKS[token]
        if token.startswith("{"):
            raise PatternError(self.pattern)
        expression = re.escape(token).replace(r"\*", r"\w*")
        return (r"(?<![\w{])" if token[0] != "*" else "") + expression + (r"(?![\w}])" if token[-1] != "*" else "")
