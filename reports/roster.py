"""The sheet to sign (*danh sách ký tên*): one A4 page for 60 people, with the check-in square."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from reports import decree30
from reports.decree30 import centred, phrase, write
from reports.letters import MeetingFacts
from reports.pictures import qr_png
from reports.vietnamese_dates import moment

# Rows of exact height make 30 of them and the heading fill a page, whatever the names.
ROWS = 30
BLANKS = 3
HEIGHT, HEADING_HEIGHT = Mm(8.2), Mm(5.6)
MARGIN, SIDE_MARGIN = Mm(8), Mm(10)
_HEAD_WIDTHS, _SQUARE = (Mm(152), Mm(38)), Mm(21)
_HEADINGS = ("TT", "Họ và tên, chức vụ", "Đến", "Về", "Ký tên")
# Up to 30 people have the whole width, more stand in two columns.
_WIDE = tuple(Mm(width) for width in (9, 87, 20, 20, 54))
_NARROW = tuple(Mm(width) for width in (6, 50, 10, 9, 20))
_CELL_MARGIN = Mm(0.8)


@dataclass(frozen=True, slots=True)
class Line:
    """Who is expected, and what is known of him already, such as that he is excused."""

    name: str
    title: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`link` is what the square holds; empty where it holds the code itself."""

    meeting: MeetingFacts
    lines: Sequence[Line]
    code: str
    link: str


def roster(sheet: Sheet) -> bytes:
    """The sheet as .docx; its numbers are those of the roll call."""
    document = decree30.a4_document(title="Danh sách ký tên dự họp", has_page_numbers=False)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = MARGIN
    section.left_margin = section.right_margin = SIDE_MARGIN
    section.header_distance = section.footer_distance = Mm(4)
    _head(document, sheet)
    numbered = list(enumerate(sheet.lines, start=1))
    widths, columns = (_WIDE, 1) if len(numbered) <= ROWS else (_NARROW, 2)
    page = ROWS * columns
    for first in range(0, max(len(numbered), 1), page):
        if first:
            _thin(document.add_paragraph()).paragraph_format.page_break_before = True
        _page(document, numbered[first : first + page], widths, columns)
    # The paragraph that must follow a table may not open a page of its own.
    _thin(document.add_paragraph())
    return decree30.saved(document)


def _head(document: Document, sheet: Sheet) -> None:
    table = decree30.fixed_table(document, 1, _HEAD_WIDTHS)
    words, square = table.rows[0].cells
    words.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    write(words.paragraphs[0], "DANH SÁCH KÝ TÊN", size=13, bold=True)
    write(words.add_paragraph(), phrase(sheet.meeting.title), size=12, bold=True)
    held = (moment(sheet.meeting.begins_at), phrase(sheet.meeting.place))
    write(words.add_paragraph(), ", ".join(part for part in held if part), size=10)
    write(words.add_paragraph(), f"Chủ trì: {phrase(sheet.meeting.chair)}", size=10)
    picture = centred(square.paragraphs[0])
    picture.add_run().add_picture(BytesIO(qr_png(sheet.link or sheet.code)), width=_SQUARE)
    centred(write(square.add_paragraph(), f"Mã: {sheet.code}", size=9, bold=True))


def _page(document: Document, lines: Sequence[tuple[int, Line]], widths: Sequence[Length], columns: int) -> None:
    rows = ROWS if columns > 1 else min(len(lines) + BLANKS, ROWS)
    table = decree30.fixed_table(document, rows + 1, [*widths] * columns)
    table.style = "Table Grid"
    _narrow_margins(table)
    for cell, heading in zip(_exact(table.rows[0], HEADING_HEIGHT), _HEADINGS * columns, strict=True):
        _tight(centred(write(cell.paragraphs[0], heading, size=8, bold=True)), Pt(9))
    cells = [_exact(row, HEIGHT) for row in table.rows[1:]]
    for place, (number, line) in enumerate(lines):
        start = len(widths) * (place // rows)
        _write(cells[place % rows][start : start + len(widths)], number, line)


def _write(cells: Sequence[_Cell], number: int, line: Line) -> None:
    _tight(centred(write(cells[0].paragraphs[0], str(number), size=8.5)), Pt(9))
    _tight(write(cells[1].paragraphs[0], phrase(line.name), size=8.5, bold=True), Pt(9))
    _tight(write(cells[1].add_paragraph(), phrase(line.title), size=7), Pt(7))
    _tight(centred(write(cells[-1].paragraphs[0], phrase(line.known), size=7, italic=True)), Pt(7))


def _exact(row: _Row, height: Length) -> tuple[_Cell, ...]:
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, height
    for cell in row.cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return row.cells


def _tight(paragraph: Paragraph, height: Length) -> Paragraph:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = height
    return paragraph


def _thin(paragraph: Paragraph) -> Paragraph:
    return _tight(write(paragraph, "", size=1), Pt(1))


def _narrow_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_CELL_MARGIN.twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
