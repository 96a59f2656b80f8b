"""The words that a customer wrote, without what is quoted below, signatures, greetings of a phone and disclaimers."""

import re
from typing import NamedTuple

from lxml import html

from .words import fold

#: The lines that a mail program sets above the mail that is answered or forwarded.
FORWARD = re.compile(
    r"^[\s>*]*[-_=]{2,}\s*(?:doorgestuurd|forwarded|message transfere|message reexpedie|weitergeleitete)"
    r"|^[\s*]*(?:begin doorgestuurd bericht|begin forwarded message|debut du message (?:transfere|reexpedie)"
    r"|anfang der weitergeleiteten)")
ORIGINAL = re.compile(
    r"^[\s*]*[-_=]{2,}\s*(?:oorspronkelijk|original|message d.?origine|ursprungliche|antwoord|reply)"
    r"|^[\s*]*_{8,}\s*$|^[\s*]*-{8,}\s*$")
HEADER = re.compile(r"^[\s*>]*(?:van|from|von|de|expediteur)\s?\*?\s?:\*?\s*\S")
HEADER_NEXT = re.compile(
    r"^[\s*>]*(?:verzonden|sent|gesendet|envoye|datum|date|aan|to|an|a|onderwerp|subject|betreff|objet|cc)"
    r"\s?\*?\s?:")
ATTRIBUTION = re.compile(
    r"^[\s*]*(?:op|on|le|am|el)\b.*\b(?:schreef|geschreven|wrote|a ecrit|schrieb|geschrieben)\b.{0,90}:?\s*$"
    r"|^.{0,120}\b(?:schreef|wrote|a ecrit|schrieb)\b[^.]{0,60}(?:\d{4}|\d:\d\d)[^.]{0,40}:\s*$"
    r"|^.{0,160}<[^<>\s]+@[^<>\s]+>.{0,30}\b(?:schreef|wrote|a ecrit|schrieb)\b.{0,40}:\s*$")
ATTRIBUTION_START = re.compile(r"^[\s*]*(?:op|on|le|am)\b.*\d")

#: A line that closes the letter; what follows is the signature.
CLOSING = re.compile(
    r"^\s*(?:(?:met|mit|with)\s+)?(?:(?:vriendelijke|hartelijke|beste|warme|collegiale|vele|veel|lieve|freundlichen?"
    r"|freundliche|besten?|viele|herzlichen?|herzliche|schone|liebe|kind|kindest|best|warm|many|sinceres|meilleures"
    r"|cordiales|bien)\s+)*(?:groet(?:en|jes)?|gruss(?:e|en)?|gru(?:e?sse|e?ssen)|regards|wishes|salutations)\b.{0,40}$"
    r"|^\s*(?:m\.?v\.?g\.?|mfg|vg|lg|gr|grt|grtn|grtz|grts|groetjes|vr\.? ?gr\.?|bav|cdt|cdlt|bat|kr|br"
    r"|rgds)\b.{0,25}$"
    r"|^\s*(?:hoogachtend|cordialement|bien cordialement|bien a vous|bien a toi|amicalement|respectueusement"
    r"|hochachtungsvoll|yours (?:sincerely|faithfully|truly)|sincerely|best|cheers|warmly)\b\s*[,.!]?.{0,25}$"
    r"|^\s*(?:thanks|many thanks|thank you|thx|bedankt|alvast bedankt|merci|merci d avance|danke|vielen dank"
    r"|danke im voraus|thanks in advance|dank u)\s*,\s*$"
    r"|^.{0,30}\b(?:veuillez agreer|je vous prie d agreer|nous vous prions d agreer|veuillez recevoir)\b"
    r"|^\s*-- ?$|^\s*--\s+\S.{0,40}$")
PHONE = re.compile(
    r"^\s*(?:verstuurd|verzonden|envoye|sent|gesendet|von meinem|get|obtenez|download|telecharge[rz]?|outlook voor)\b"
    r".{0,20}\b(?:vanaf|vanuit|met|depuis|de mon|from|mit|von|iphone|ipad|android|galaxy|samsung|outlook|mijn"
    r"|my|meinem"
    r"|gesendet|huawei|mobile|mobiel)\b.{0,60}$")
DISCLAIMER = re.compile(
    r"^\W*(?:(?:dit|deze|ce|cet|this|the|diese|dieser|der|l)\s+)?(?:elektronische?\s+|electronic\s+)?"
    r"(?:e ?mail(?:bericht)?|bericht|message|courriel|mail|nachricht|information|informatie|inhoud|contents?"
    r"|disclaimer)"
    r"\b.{0,160}\b(?:vertrouwelijk|confident|vertraulich|bestemd voor|destine|intended|uitsluitend|geadresseerde)"
    r"|^\W*(?:disclaimer|avertissement|confidentiality notice|vertrouwelijkheid)\b"
    r"|^\W*(?:denk aan het milieu|pensez a l environnement|please consider the environment"
    r"|bitte denken sie an die umwelt"
    r"|avant d imprimer)"
    r"|^\W*(?:caution|external|let op|attention|achtung|extern)\b.{0,60}\b(?:originated|outside|buiten|exterieur"
    r"|externe?r?|sender)\b")
POSTSCRIPT = re.compile(r"^\s*p\.? ?s\.?\s*[:.]?\s+\S")
MARKUP = re.compile(r"</[a-z][a-z0-9]*\s*>|<br\s*/?>", re.IGNORECASE)
#: How mail programs mark what they quote.
QUOTES = (
    "//blockquote", "//*[@data-o-mail-quote]", "//*[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    "//*[@id='divRplyFwdMsg']", "//*[@id='appendonsend']", "//style", "//script", "//head",
    "//*[contains(concat(' ', @class, ' '), ' moz-cite-prefix ')]")
BLOCKS = ("pre", "p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4")


class Words(NamedTuple):
    """The words of a mail."""

    own: str  #: what the writer says
    forwarded: str  #: the mail below, where it was forwarded and not answered; else empty


def read_words(body):
    """The :class:`Words` of a mail.

    :param body: plain text or HTML
    """
    text = _without_markup(body) if MARKUP.search(body or "") else body or ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    top, below, is_forward = _part_at_quote(lines)
    forwarded = ""
    if is_forward:
        inner = _part_at_quote([line for line in below if not _is_header(line)])[0]
        forwarded = _without_signature(inner)
    return Words(_without_signature(top), forwarded)


def _without_markup(body):
    """The text of HTML, without what is marked as quoted."""
    try:
        tree = html.fromstring(f"<div>{body}</div>")
    except (ValueError, html.etree.ParserError):
        return re.sub(r"<[^>]*>", " ", body)
    for path in QUOTES:
        for element in tree.xpath(path):
            if element.getparent() is not None:
                element.drop_tree()
    as_written = {element for pre in tree.iter("pre") for element in pre.iter()}
    for element in tree.iter():
        # line breaks of the source are spaces, but in preformatted text
        if element not in as_written:
            element.text = element.text and re.sub(r"\s+", " ", element.text)
        if element.getparent() is not None and element.getparent() not in as_written:
            element.tail = element.tail and re.sub(r"\s+", " ", element.tail)
    for element in tree.iter(*BLOCKS):
        element.tail = "\n" + (element.tail or "")
        if element.tag != "br":
            element.text = "\n" + (element.text or "")
    return re.sub(r"\n\s*\n\s*\n+", "\n\n", tree.text_content())


def _is_header(line):
    folded = fold(line)
    return bool(HEADER.match(folded) or HEADER_NEXT.match(folded))


def _part_at_quote(lines):
    """(lines above the quoted mail, those below, whether it was forwarded)."""
    folded = [fold(line) for line in lines]
    top = []
    index = 0
    while index < len(lines):
        line = folded[index]
        if FORWARD.match(line):
            return top, lines[index + 1:], True
        if ORIGINAL.match(line) and (not line.strip(" -_=*") == "" or _starts_header(folded, index + 1)):
            return top, lines[index + 1:], False
        if line.strip() and _starts_header(folded, index):
            return top, lines[index + 1:], False
        if attribution := _attribution_length(folded, index):
            index += attribution
            # below marked lines somebody may answer; unmarked ones are quoted to the end
            if not any(later.lstrip().startswith(">") for later in folded[index:index + 3]):
                return top, lines[index:], False
            continue
        if not line.lstrip().startswith((">", "|")):
            top.append(lines[index])
        index += 1
    return top, [], False


def _starts_header(folded, index):
    """Whether the head of a quoted mail («Van: … Verzonden: …») begins at a line or just below."""
    index = next((at for at in range(index, min(index + 3, len(folded))) if folded[at].strip()), len(folded))
    return bool(
        index < len(folded) and HEADER.match(folded[index])
        and any(HEADER_NEXT.match(line) for line in folded[index + 1:index + 4]))


def _attribution_length(folded, index):
    """Over how many lines from here «On … wrote:» goes; 0 where it is no such line."""
    if ATTRIBUTION.match(folded[index]):
        return 1
    if index + 1 < len(folded) and ATTRIBUTION_START.match(folded[index]):
        if ATTRIBUTION.match(f"{folded[index]} {folded[index + 1]}") and folded[index + 1].rstrip().endswith(":"):
            return 2
    return 0


def _without_signature(lines):
    """The text of these lines up to the line that closes the letter, and a postscript below it."""
    kept, is_closed, is_postscript = [], False, False
    for line in lines:
        folded = fold(line)
        if is_closed:
            is_postscript = is_postscript and bool(folded.strip()) or bool(POSTSCRIPT.match(folded))
            if is_postscript:
                kept.append(line)
            continue
        if DISCLAIMER.match(folded) or PHONE.match(folded):
            is_closed = bool(PHONE.match(folded) and any(map(str.strip, kept))) or is_closed
            continue
        if CLOSING.match(folded) and any(map(str.strip, kept)):
            is_closed = True
            kept.append("")
            continue
        kept.append(line)
    return "\n".join(kept).strip()
