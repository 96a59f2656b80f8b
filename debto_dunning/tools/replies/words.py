"""Text of an answer made comparable, and the language that it is written in."""

import re
import unicodedata

#: The languages that answers are read in, the first where nothing tells.
LANGUAGES = ("nl", "fr", "de", "en")

LETTERS = str.maketrans({
    "ß": "ss", "œ": "oe", "æ": "ae", "’": "'", "‘": "'", "´": "'", "`": "'", "\u00a0": " ", "\u202f": " ",
    "\u2009": " ", "\u2013": "-", "\u2014": "-", "\u2011": "-", "\u200b": None, "\ufeff": None, "\u00ad": None,
})
#: Between letters an apostrophe or a hyphen parts two words: «d'accord», «PO-nummer».
JOINED = re.compile(r"(?<=[^\W\d_])['-](?=[^\W_])")
SPACES = re.compile(r"[ \t\r\f\v]+")

#: Frequent short words that tell the languages apart.
TELLING = {
    "nl": "de het een en van ik wij we u jullie niet is dat deze dit voor op met aan bij er wordt zijn heb hebben kan "
          "graag beste dag ons onze uw maar nog al te werd naar ook als dan geen gelieve aub wel mijn",
    "fr": "le la les des du un une et nous vous je ne pas est que cette ce pour sur avec a au aux avons ai il y sont "
          "bonjour merci votre notre mais en dans qui par plus tout deja facture mon suis sera svp",
    "de": "der die das den dem ein eine und wir sie ich nicht ist dass diese fur auf mit zu bei es wird sind habe "
          "haben kann bitte guten uns unsere ihre ihr aber noch schon wurde auch am im vom zum von mir keine",
    "en": "the a an and of i we you not is that this for on with to at it will are have has can please hello our "
          "your but was been be no they my from all in get if",
}
TELLING = {language: frozenset(text.split()) for language, text in TELLING.items()}


def fold(text):
    """``text`` in small letters without accents, each apostrophe and hyphen between letters a space."""
    text = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return SPACES.sub(" ", JOINED.sub(" ", text))


def find_language(text, presumed=None):
    """The language of a text.

    :param text: folded
    :param presumed: the language to take where the words do not tell; it wins where another has hardly more
    :return: one of :data:`LANGUAGES`
    """
    found = re.findall(r"[^\W\d_]+", text)
    counts = {language: sum(word in words for word in found) for language, words in TELLING.items()}
    best = max(LANGUAGES, key=lambda language: (counts[language], language == presumed))
    if presumed in counts and counts[best] < counts[presumed] + 2:
        return presumed
    return best
