"""Tables out of files as people have them: CSV of whatever encoding and delimiter, and Excel's XLSX."""

import csv
import io
import re
import unicodedata
import zipfile

import openpyxl

from .credit import clean_text
from .workbook_bounds import LAST_ROW, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, UnreadableFile, check_archive

__all__ = ["LAST_ROW", "MOST_CELLS", "MOST_COLUMNS", "MOST_ROWS", "UnreadableFile", "read_table"]

#: The longest field of a CSV file, in characters: as long as Excel lets a cell be.
MOST_FIELD = 32_767
#: Characters looked at to find the delimiter.
MOST_SAMPLED = 100_000
#: Characters read of one cell.
MOST_CHARACTERS = 1000
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


def read_table(content):
    """The rows of a file as lists of cells, empty ones left out, each with its row number in the file.

    Texts are stripped, freed of control characters and cut at :data:`MOST_CHARACTERS`.

    :param content: bytes of a CSV or XLSX file
    :return: list of (row number from 1, cells); texts of CSV, values of XLSX
    :raises UnreadableFile: says why, before more than the bounds allow is read
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("old")
    rows = _read_xlsx(content) if content.startswith(b"PK") else read_csv(decode(content))
    table, count = [], 0
    for number, cells in rows:
        # what is empty as it stands costs nothing to leave out: a row may have millions of such cells
        cells = _strip_end([_clean(cell) for cell in _strip_end(cells)])
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise UnreadableFile("columns", MOST_COLUMNS)
        table.append((number, cells))
        count += len(cells)
        if len(table) > MOST_ROWS + 1:
            raise UnreadableFile("rows", MOST_ROWS)
        if count > MOST_CELLS:
            raise UnreadableFile("cells", MOST_CELLS)
    if len(table) < 2:
        raise UnreadableFile("empty")
    return table


def _strip_end(cells):
    """These cells without the empty ones at the end of the list, which are removed from it."""
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return cells


def _clean(cell):
    return clean_text(cell[:MOST_CHARACTERS]).strip() if isinstance(cell, str) else cell


# -- Excel ----------------------------------------------------------------------------------------------------------

def _read_xlsx(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            last_row = check_archive(archive)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        # both ends are given: the file's own word for its size is not believed
        rows = book.active.iter_rows(values_only=True, max_row=last_row, max_col=MOST_COLUMNS + 1) if last_row else ()
        for number, row in enumerate(rows, 1):
            if row.count(None) < len(row):  # all empty rows before one far out are made up
                yield number, list(row)
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged workbook raises whatever its parser meets first
        raise UnreadableFile("broken") from error


# -- CSV ------------------------------------------------------------------------------------------------------------

def read_csv(text, delimiter=None):
    """The rows of a CSV text one after the other, as (line number from 1, cells).

    :param delimiter: None: the one that fits best
    :raises UnreadableFile: «broken» or «last_row»
    """
    if "\x00" in text:
        raise UnreadableFile("broken")
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or delimiter_of(text))
        for cells in reader:
            if reader.line_num > LAST_ROW:
                raise UnreadableFile("last_row", LAST_ROW)
            # a quote that nothing closes swallows the rows after it
            if any(len(cell) > MOST_FIELD for cell in cells):
                raise UnreadableFile("broken")
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
    """The delimiter that cuts the first rows in the most equal columns; a comma where none does.

    :raises csv.Error: a row cannot be read
    """
    lines = [line for line in text[:MOST_SAMPLED].splitlines()[:20] if line.strip()]
    best, most = ",", 0
    for delimiter in ";\t|,":
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        if counts and counts[0] > 1 and counts[0] > most and sum(
                count == counts[0] for count in counts) * 2 >= len(counts):
            best, most = delimiter, counts[0]
    return best


def _plain(text):
    text = unicodedata.normalize("NFKD", str(text or "")[:100]).encode("ascii", "ignore").decode().lower()
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
