"""Numbers of invoices in running text."""

import re

DOCUMENT = (
    r"(?:facturen|factuur|factures?|fact|fac|invoices?|inv|rechnungen|rechnung|rg|re|creditnota|credit notes?"
    r"|note de credit|gutschrift|kredietnota)")
SIGN = r"(?:\s?(?:nummers?|numbers?|numeros?|nummern?|nrs?|nos?|n|ref|is|:|\.|°|º|#)+)*"
#: A number with letters, a year or parts: INV/2026/00012, F2026-0123, 2026/1187, RE-2026-15.
SHAPED = (
    r"(?:[A-Z]{1,6}[/_-]?\d{2,4}[/_-]\d{1,4}[/_-]\d{2,8}|[A-Z]{1,6}[/_-]?\d{2,4}[/_-]\d{2,8}"
    r"|[A-Z]{1,6}[/_-]?\d{5,10}|(?:19|20)\d{2}[/_-]\d{3,8}|\d{2}[/_-]\d{4,8})")
SHAPED_PATTERN = re.compile(rf"(?<![\w/+.@-]){SHAPED}(?![\w/@+-])", re.IGNORECASE)
#: After the word «invoice» a plain number will do, and others follow it: «facturen 4711, 4712 en 4713».
NAMED_PATTERN = re.compile(
    rf"\b{DOCUMENT}{SIGN}\s*(?P<numbers>[A-Z]{{0,6}}[/_-]?\d[\w/_-]*\d(?![.,]?\d)"
    r"(?:\s*(?:,|;|&|\+|en|et|und|and|of|ou|oder|or)\s*(?:nr\.?\s*)?[A-Z]{0,6}[/_-]?\d[\w/_-]*\d)*)", re.IGNORECASE)
#: What looks like a number of an invoice and is none: bank accounts, structured references, VAT and phone numbers.
OTHERS = re.compile(
    r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b|\+{3}[\d/ ]+\+{3}|\*{3}[\d/ ]+\*{3}"
    r"|\b(?:BE|NL|FR|DE|LU|GB)\s?0?\d{3}\.?\d{3}\.?\d{3}(?:B\d\d)?\b|\+\d[\d /.-]{7,}\d|\b0\d{1,3}[ /.]\d[\d /.]{5,}\d"
    r"|https?://\S+|\S+@\S+|\b(?:19|20)\d{2}-\d{2}-\d{2}\b|\b\d{1,2}[/-]\d{1,2}[/-](?:19|20)?\d{2}\b"
    r"|\b(?:p\.?o\.?|bestelbon|bestelnummer|ordernummer|order|commande|bestellnummer|bestellung|bdc|bc|dossier"
    r"|klantnummer|client|kundennummer|customer|ticket)[ :.-]*(?:nummer|number|nr|n°|no)?[ :.#-]*[\w/-]*\d[\w/-]*",
    re.IGNORECASE)
PAYMENT_REFERENCE = re.compile(
    r"\+{3}\d{3}/\d{4}/\d{5}\+{3}|\*{3}\d{3}/\d{4}/\d{5}\*{3}|\bRF\d{2}(?: ?[A-Z0-9]{4}){1,5}(?: ?[A-Z0-9]{1,4})?\b")
YEAR = re.compile(r"(?:19|20)\d{2}")


def find_invoice_numbers(text):
    """The numbers of invoices that a text names, as it writes them, each once and in its order.

    :param text: as it was written, not folded
    """
    text = OTHERS.sub(lambda match: " " * len(match.group()), text or "")
    found = {match.start(): match.group() for match in SHAPED_PATTERN.finditer(text)}
    for match in NAMED_PATTERN.finditer(text):
        for part in re.finditer(r"[A-Za-z]{0,6}[/_-]?\d[\w/_-]*\d", match.group("numbers")):
            written = part.group()
            if sum(letter.isdigit() for letter in written) >= 3 and not YEAR.fullmatch(written):
                found.setdefault(match.start("numbers") + part.start(), written)
    written = [found[start].strip("-/_") for start in sorted(found)]
    return [number for number in dict.fromkeys(written)
            if not any(number != other and number in other for other in written)]


def find_payment_references(text):
    """The structured references of payments in a text: Belgian ones (+++090/9337/55493+++) and those of ISO 11649."""
    found = PAYMENT_REFERENCE.findall(text or "")
    return list(dict.fromkeys(
        reference if reference[0] in "+*" else reference.replace(" ", "") for reference in found))


def names_invoice(number, name):
    """Whether a number as a customer writes it stands for an invoice's number.

    Prefix and leading zeros may be missing («2026/12» and «00012» for INV/2026/00012); the last part is there whole.

    :param number: with three figures at least
    :param name: number of the invoice in the books
    """
    written, own = re.findall(r"\d+", number or ""), re.findall(r"\d+", name or "")
    if sum(map(len, written)) < 3 or not own:
        return False
    if "".join(written) == "".join(own):
        return True
    return [int(part) for part in own[-len(written):]] == [int(part) for part in written]
