"""A list of many rows as a PDF and as a spreadsheet. Without database.

wkhtmltopdf takes minutes for a table of some thousand rows; reportlab draws the same rows in a second.
"""

import io
from datetime import date
from typing import NamedTuple

import xlsxwriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

#: Kinds of column.
TEXT, DATE, INTEGER, AMOUNT = "text", "date", "integer", "amount"

MARGIN, GAP = 15 * mm, 2 * mm
SIZE, LEADING = 7.5, 9.5
RULE, GREY = (0.8, 0.8, 0.8), (0.4, 0.4, 0.4)
#: No letter is wider than this part of the size of its font; shorter texts need not be measured.
WIDEST = 1.2
#: Names that sheets of a workbook may not bear.
FORBIDDEN_IN_SHEET, SHEET_LENGTH = "[]:*?/\\", 31


class Column(NamedTuple):
    label: str
    kind: str
    width: float  #: in the PDF, in millimetres


class Table(NamedTuple):
    title: str
    columns: list
    rows: list  #: sequences of one value a column: str, date, int or float as its kind says; None: empty
    totals: list = ()  #: rows that stand below, in bold


class Listing(NamedTuple):
    title: str
    notes: list  #: lines below the title
    tables: list
    decimals: int  #: of the amounts


# -- PDF ------------------------------------------------------------------------------------------------------------


class Fonts(NamedTuple):
    regular: str
    bold: str


def register_fonts(regular, bold):
    """Make two TrueType files known to reportlab once a process.

    :return: :class:`Fonts`; those that every reader has, without letters beyond Western Europe, where a file cannot
        be read
    """
    fonts = Fonts("dunning-regular", "dunning-bold")
    if fonts.regular in pdfmetrics.getRegisteredFontNames():
        return fonts
    try:
        for name, path in zip(fonts, (regular, bold), strict=True):
            pdfmetrics.registerFont(TTFont(name, path))
    except (OSError, TTFError):
        return Fonts("Helvetica", "Helvetica-Bold")
    return fonts


def listing_pdf(listing, formats, fonts):
    """The list as a PDF: A4, upright where its columns have room. The heads of the columns stand on each page.

    :param formats: {kind: function of a value that returns text}, for dates, integers and amounts
    :param fonts: :class:`Fonts`
    :return: bytes
    """
    buffer = io.BytesIO()
    width = max(sum(column.width * mm + GAP for column in table.columns) for table in listing.tables)
    size = A4 if width <= A4[0] - 2 * MARGIN else landscape(A4)
    _Pages(Canvas(buffer, pagesize=size, pageCompression=1), size, listing, formats, fonts).draw()
    return buffer.getvalue()


class _Pages:
    """Draws the tables from the top of the page to its bottom, and goes on on the next.

    All words of a page are one text object, and all lines of it are drawn at its end: that takes a third of the time.
    """

    def __init__(self, canvas, size, listing, formats, fonts):
        self.canvas, self.listing, self.fonts = canvas, listing, fonts
        self.formats = {TEXT: str, **formats}
        self.right, self.top = size[0] - MARGIN, size[1] - MARGIN
        self.begin_page()

    def draw(self):
        self.canvas.setTitle(self.listing.title)
        self.text(self.fonts.bold, 12, self.listing.title)
        self.y -= 6
        for note in self.listing.notes:
            self.text(self.fonts.regular, SIZE + 1, note)
        for table in self.listing.tables:
            self.table(table)
        self.end_page()
        self.canvas.save()

    def begin_page(self):
        self.y, self.words, self.rules = self.top, self.canvas.beginText(), []

    def end_page(self):
        self.words.setFont(self.fonts.regular, SIZE)
        self.words.setFillColorRGB(*GREY)
        self.word(MARGIN, MARGIN - 2 * LEADING, self.listing.title)
        self.word_left_of(self.right, MARGIN - 2 * LEADING, str(self.canvas.getPageNumber()), self.fonts.regular)
        self.canvas.drawText(self.words)
        self.canvas.setLineWidth(0.3)
        self.canvas.setStrokeColorRGB(*RULE)
        self.canvas.lines(self.rules)
        self.canvas.showPage()

    def next_page(self):
        self.end_page()
        self.begin_page()

    def word(self, x, y, text):
        self.words.setTextOrigin(x, y)
        self.words.textOut(text)

    def word_left_of(self, x, y, text, font):
        self.word(x - pdfmetrics.stringWidth(text, font, SIZE), y, text)

    def text(self, font, size, text):
        for line in _wrapped(text, font, size, self.right - MARGIN):
            self.y -= size * 1.3
            self.words.setFont(font, size)
            self.word(MARGIN, self.y, line)

    def table(self, table):
        if self.y - 5 * LEADING < MARGIN:
            self.next_page()
        self.y -= LEADING
        self.text(self.fonts.bold, SIZE + 1.5, table.title)
        places = list(_places(table.columns))
        self.head(places)
        for row in table.rows:
            self.row(places, row, self.fonts.regular)
        for row in table.totals:
            self.row(places, row, self.fonts.bold)

    def head(self, places):
        self.words.setFillColorRGB(*GREY)
        self.row(places, [column.label for column, _left in places], self.fonts.bold, head=True)
        self.words.setFillGray(0)

    def row(self, places, row, font, head=False):
        cells = [
            _wrapped(value if head else self.formats[column.kind](value), font, SIZE, column.width * mm)
            if value is not None and value != "" else ()
            for (column, _left), value in zip(places, row, strict=True)]
        height = max(1, *map(len, cells)) * LEADING
        if self.y - height - 3 < MARGIN and not head:
            self.next_page()
            self.head(places)
        self.words.setFont(font, SIZE)
        for (column, left), cell in zip(places, cells, strict=True):
            y = self.y
            for line in cell:
                y -= LEADING
                if column.kind == TEXT:
                    self.word(left, y, line)
                else:
                    self.word_left_of(left + column.width * mm, y, line, font)
        self.y -= height + 2.5
        self.rules.append((MARGIN, self.y, places[-1][1] + places[-1][0].width * mm, self.y))


def _places(columns):
    """Pairs of each column and where its left edge is, in points."""
    left = MARGIN
    for column in columns:
        yield column, left
        left += column.width * mm + GAP


def _wrapped(text, font, size, width):
    """``text`` in lines of at most ``width`` points; a word that is longer than a line is broken."""
    if "\n" not in text and (
            len(text) * size * WIDEST <= width or pdfmetrics.stringWidth(text, font, size) <= width):
        return [text]
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if pdfmetrics.stringWidth(longer, font, size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _broken(word, font, size, width)
            lines += full
        lines.append(line)
    return lines


def _broken(word, font, size, width):
    """A word in pieces that fit a line each."""
    pieces, piece = [], ""
    for char in word:
        if piece and pdfmetrics.stringWidth(piece + char, font, size) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]


# -- Spreadsheet ----------------------------------------------------------------------------------------------------


def listing_xlsx(listing):
    """The list as a workbook, a sheet for each table. Texts are stored as texts, never as formulas.

    :return: bytes
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": False})
    workbook.set_properties({"title": listing.title})
    amount = "#,##0" + ("." + "0" * listing.decimals if listing.decimals else "")
    # 14 is the short date of whoever opens it
    numbers = {DATE: {"num_format": 14}, AMOUNT: {"num_format": amount}, INTEGER: {"num_format": "#,##0"}, TEXT: {}}
    plain = {kind: workbook.add_format(number) for kind, number in numbers.items()}
    bold = {kind: workbook.add_format({**number, "bold": True}) for kind, number in numbers.items()}
    for name, table in zip(_sheet_names(listing.tables), listing.tables, strict=True):
        _write_sheet(workbook.add_worksheet(name), table, plain, bold)
    workbook.close()
    return buffer.getvalue()


def _write_sheet(sheet, table, plain, bold):
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width / 1.8)
        sheet.write_string(0, number, column.label, bold[TEXT])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    kinds = [column.kind for column in table.columns]
    place = 0
    for rows, formats in ((table.rows, plain), (table.totals, bold)):
        for row in rows:
            place += 1
            for number, (kind, value) in enumerate(zip(kinds, row, strict=True)):
                if value is None:
                    continue
                if kind == TEXT:
                    sheet.write_string(place, number, value, formats[kind])
                elif isinstance(value, date):
                    sheet.write_datetime(place, number, value, formats[kind])
                else:
                    sheet.write_number(place, number, value, formats[kind])


def _sheet_names(tables):
    """A name for the sheet of each table, as its title as far as a sheet may bear it."""
    names = []
    for number, table in enumerate(tables, 1):
        name = "".join(" " if char in FORBIDDEN_IN_SHEET else char for char in table.title)
        name = name.strip("' ")[:SHEET_LENGTH].strip()
        names.append(name if name and name.lower() not in map(str.lower, names) else str(number))
    return names
