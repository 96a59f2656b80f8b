"""Tables out of files as people have them: CSV of whatever encoding and delimiter, and Excel's XLSX."""

import csv
import io
import re
import unicodedata
import zipfile
from xml.etree import ElementTree

import openpyxl

from .credit import clean_text

#: The bounds of a file: rows and columns that hold something, the last row that may be used at all, cells in all. A
#: portfolio beyond that is asked for at a service.
MOST_ROWS, MOST_COLUMNS, LAST_ROW, MOST_CELLS = 20_000, 100, 200_000, 500_000
#: Bytes of an unpacked workbook, its parts and its sheets.
MOST_UNPACKED, MOST_PARTS, MOST_SHEETS = 50 * 1024 * 1024, 1000, 50
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


class UnreadableFile(ValueError):
    """No table can be read out of the file.

    :ivar kind: «empty»; «old» (the .xls of before 2007); «broken» (neither CSV nor XLSX, or damaged); or the bound
        that it exceeds: «rows», «columns», «last_row», «cells», «unpacked», «parts», «sheets»
    :ivar limit: that bound, in MB for «unpacked»
    """

    def __init__(self, kind, limit=None):
        super().__init__(kind)
        self.kind = kind
        self.limit = limit


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
            _check_archive(archive)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        # both ends are given: the file's own word for its size is not believed
        yield from enumerate((list(row) for row in book.active.iter_rows(
            values_only=True, max_row=LAST_ROW, max_col=MOST_COLUMNS + 1)), 1)
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged workbook raises whatever its parser meets first
        raise UnreadableFile("broken") from error


def _check_archive(archive):
    """Raise where a workbook is larger than the bounds, before anything of it is built.

    The sizes that the archive names are believed: nothing beyond them is unpacked. Cells that the sheets really hold
    are counted, as a few bytes can stand for a row with the number 10,000,000 and all empty ones before it.
    """
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise UnreadableFile("parts", MOST_PARTS)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFile("unpacked", MOST_UNPACKED // 1024 // 1024)
    sheets = [part for part in parts if re.fullmatch(r"/?xl/worksheets/[^/]*\.xml", part.filename, re.IGNORECASE)]
    if len(sheets) > MOST_SHEETS:
        raise UnreadableFile("sheets", MOST_SHEETS)
    for sheet in sheets:
        with archive.open(sheet) as stream:
            _check_sheet(stream)


def _check_sheet(stream):
    """Raise where the rows or cells of one sheet are too many or too far out; read piece by piece."""
    row = column = filled_rows = cells = 0
    is_filled = False
    for event, element in ElementTree.iterparse(stream, ("start", "end")):
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column, is_filled = _row_number(element.get("r"), row), 0, False
            if row > LAST_ROW:
                raise UnreadableFile("last_row", LAST_ROW)
        elif event == "start" and name == "c":
            column = _column_number(element.get("r"), column)
        elif event == "end" and name in ("v", "is"):
            is_filled = True
            cells += 1
            if column > MOST_COLUMNS:
                raise UnreadableFile("columns", MOST_COLUMNS)
            if cells > MOST_CELLS:
                raise UnreadableFile("cells", MOST_CELLS)
        elif event == "end" and name == "row":
            filled_rows += is_filled
            if filled_rows > MOST_ROWS + 1:
                raise UnreadableFile("rows", MOST_ROWS)
            element.clear()


def _row_number(text, before):
    """The number of a row; the one after ``before`` where it does not say."""
    if text is None:
        return before + 1
    number = float(text)  # as openpyxl reads it
    return LAST_ROW + 1 if number > LAST_ROW else int(number)


def _column_number(text, before):
    letters = re.match(r"[A-Za-z]{1,3}", text or "")
    if not letters:
        return before + 1
    number = 0
    for letter in letters.group().upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


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
