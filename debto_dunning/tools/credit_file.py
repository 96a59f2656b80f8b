"""Tables out of files as people have them: CSV of whatever encoding and delimiter, and Excel's XLSX."""

import csv
import io
import re
import unicodedata
import zipfile

import openpyxl

#: No more rows are read; a portfolio of that size is asked for at a service.
MOST_ROWS = 20000
MOST_COLUMNS = 100
#: The longest an unpacked workbook may be, in bytes.
MOST_UNPACKED = 200 * 1024 * 1024
#: What headings begin with or are called, by what the column holds; tried in this order.
HEADINGS = {
    "vat": ("vat", "btw", "tva", "ust", "mwst", "vatnumber"),
    "registration": ("registration", "company registry", "ondernemingsnummer", "kvk", "siren", "handelsregister",
                     "numero d'entreprise", "enterprise", "reg"),
    "reference": ("reference", "customer number", "klantnummer", "klantcode", "kundennummer", "code client", "ref"),
    "name": ("name", "customer", "company", "naam", "klant", "nom", "client", "kunde", "firma"),
    "date": ("date", "datum"),
    "score": ("score", "punkte"),
    "band": ("band", "rating", "class", "klasse", "classe", "note"),
    "limit": ("limit", "credit limit", "advised limit", "kredietlimiet", "limiet", "limite", "kreditlimit"),
    "currency": ("currency", "munt", "valuta", "devise", "wahrung"),
    "status": ("status", "toestand", "etat", "statut", "situation"),
    "equity": ("equity", "eigen vermogen", "fonds propres", "capitaux propres", "eigenkapital"),
    "liquidity": ("liquidity", "liquiditeit", "liquidite", "liquiditat", "current ratio"),
}


class UnreadableFile(ValueError):
    """No table can be read out of the file; ``kind`` says why."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


def read_table(content):
    """The rows of a file as lists of cells, empty ones left out, each with its row number in the file.

    :param content: bytes of a CSV or XLSX file
    :return: list of (row number from 1, cells); texts of CSV, values of XLSX
    :raises UnreadableFile: ``kind`` is «empty», «long», «broken», or «old» (the .xls of before 2007)
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("old")
    rows = _read_xlsx(content) if content.startswith(b"PK") else _read_csv(content)
    table = []
    for number, cells in rows:
        cells = [cell.strip() if isinstance(cell, str) else cell for cell in cells[:MOST_COLUMNS]]
        if any(cell not in (None, "") for cell in cells):
            table.append((number, cells))
        if len(table) > MOST_ROWS + 1:
            raise UnreadableFile("long")
    if len(table) < 2:
        raise UnreadableFile("empty")
    return table


def _read_xlsx(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise UnreadableFile("long")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from enumerate((list(row) for row in book.active.iter_rows(values_only=True)), 1)
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged workbook raises whatever its parser meets first
        raise UnreadableFile("broken") from error


def _read_csv(content):
    text = decode(content)
    if "\x00" in text:
        raise UnreadableFile("broken")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise UnreadableFile("broken") from error


def decode(content):
    """The text of a file: by its byte order mark, else UTF-8, else the Windows encoding of western Europe."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def delimiter_of(text):
    """The delimiter that cuts the first rows in the most equal columns; a comma where none does."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    best, most = ",", 0
    for delimiter in ";\t|,":
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        if counts and counts[0] > 1 and counts[0] > most and sum(
                count == counts[0] for count in counts) * 2 >= len(counts):
            best, most = delimiter, counts[0]
    return best


def _plain(text):
    text = unicodedata.normalize("NFKD", str(text or "")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z']+", " ", text).strip()


def guess_columns(headings):
    """What each column holds, guessed from its heading: {index: name}; each name once."""
    found = {}
    plain = [_plain(heading) for heading in headings]
    for is_exact in (True, False):
        for name, words in HEADINGS.items():
            if name in found.values():
                continue
            for index, heading in enumerate(plain):
                fits = heading in words if is_exact else any(
                    re.search(rf"\b{re.escape(word)}", heading) for word in words)
                if heading and index not in found and fits:
                    found[index] = name
                    break
    return found
