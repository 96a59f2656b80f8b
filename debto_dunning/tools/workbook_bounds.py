"""The bounds of an XLSX file, looked at before anything of it is built.

A few kilobytes unpack to millions of elements, and the library that reads workbooks makes an object of each.
"""

import re
from collections import Counter
from xml.parsers import expat

#: The last row that may be used at all, rows and columns that hold something, cells in all.
LAST_ROW, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 20_000, 100, 500_000
#: Bytes of an unpacked workbook, its parts and its sheets.
MOST_UNPACKED, MOST_PARTS, MOST_SHEETS = 50 * 1024 * 1024, 1000, 50
#: Texts that cells share, and elements of all other kinds: styles, names, what is drawn.
MOST_STRINGS, MOST_OTHERS = 200_000, 60_000
#: Elements that may be many: the kind of the bound and how many of each.
BOUNDS = {
    "row": ("last_row", LAST_ROW), "sheetData": ("sheets", MOST_SHEETS), "si": ("strings", MOST_STRINGS),
    **dict.fromkeys(("c", "v", "f", "is", "t"), ("cells", MOST_CELLS)),
}
#: Parts that are no XML.
PICTURES = (".bin", ".emf", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".wmf")


class UnreadableFile(ValueError):
    """No table can be read out of the file.

    :ivar kind: «empty»; «old» (the .xls of before 2007); «broken» (neither CSV nor XLSX, or damaged); or the bound
        that it exceeds: «rows», «columns», «last_row», «cells», «unpacked», «parts», «sheets», «strings», «others»
    :ivar limit: that bound, in MB for «unpacked»
    """

    def __init__(self, kind, limit=None):
        super().__init__(kind)
        self.kind = kind
        self.limit = limit


def check_archive(archive):
    """Raise where a workbook is larger than the bounds.

    The sizes that the archive names are believed: nothing beyond them is unpacked. Every part is counted, as the
    archive itself says which of them are sheets, whatever they are called.

    :param archive: ``zipfile.ZipFile``
    :return: the last row that holds something
    :raises UnreadableFile: says which bound, as soon as it is exceeded
    """
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise UnreadableFile("parts", MOST_PARTS)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFile("unpacked", MOST_UNPACKED // 1024 // 1024)
    if sum(bool(re.fullmatch(r"/?xl/worksheets/[^/]*\.xml", part.filename, re.IGNORECASE))
           for part in parts) > MOST_SHEETS:
        raise UnreadableFile("sheets", MOST_SHEETS)
    counts, last_row = Counter(), 0
    for part in parts:
        counter = _PartCounter(counts)
        with archive.open(part) as stream:
            try:
                counter.parser.ParseFile(stream)
            except expat.ExpatError as error:
                if part.file_size and not part.filename.lower().endswith(PICTURES):
                    raise UnreadableFile("broken") from error
        last_row = max(last_row, counter.last_filled_row)
    return last_row


class _PartCounter:
    """Counts the elements of one part, and where the cells of a sheet lie; nothing of it is kept."""

    def __init__(self, counts):
        """:param counts: ``Counter`` of the whole workbook, by the kind of element"""
        self.counts = counts
        self.row = self.column = self.filled_rows = self.last_filled_row = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def _refuse_doctype(self, *_declaration):
        raise UnreadableFile("broken")  # no workbook has one; it could declare entities that unfold

    def _start(self, name, attributes):
        name = name.rpartition(":")[2]
        if name not in BOUNDS:
            name = "other"
        kind, limit = BOUNDS.get(name, ("others", MOST_OTHERS))
        self.counts[name] += 1
        if self.counts[name] > limit:
            raise UnreadableFile(kind, limit)
        if name == "row":
            self._start_row(attributes.get("r"))
        elif name == "c":
            self.column = _column_number(attributes.get("r"), self.column)
        elif name in ("v", "is"):
            self._fill_cell()

    def _start_row(self, number):
        self.row, self.column = _row_number(number, self.row), 0
        if self.row > LAST_ROW:
            raise UnreadableFile("last_row", LAST_ROW)

    def _fill_cell(self):
        if self.column > MOST_COLUMNS:
            raise UnreadableFile("columns", MOST_COLUMNS)
        if self.row != self.last_filled_row:
            self.filled_rows += 1
            self.last_filled_row = max(self.row, self.last_filled_row)
        if self.filled_rows > MOST_ROWS + 1:
            raise UnreadableFile("rows", MOST_ROWS)


def _row_number(text, before):
    """The number of a row; the one after ``before`` where it does not say."""
    if text is None:
        return before + 1
    number = float(text)  # as the library reads it
    return LAST_ROW + 1 if number > LAST_ROW else int(number)


def _column_number(text, before):
    letters = re.match(r"[A-Za-z]{1,3}", text or "")
    if not letters:
        return before + 1
    number = 0
    for letter in letters.group().upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
