"""The layout of official documents (Decree 30/2020/NĐ-CP, Annex I), in parts from which letters and slips are built."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO

from docx import Document as new_document
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from reports.vietnamese_dates import dateline

FONT = "Times New Roman"
PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
TEXT_WIDTH = Length(PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT)
FIRST_LINE = Mm(12.7)

_LEFT_WIDTH, _RIGHT_WIDTH = Mm(70), Mm(95)
_CELL_MARGIN = Mm(1.9)
_MOTTO_LENGTH = Mm(58)
_ROOM_TO_SIGN = Pt(66)
_UNUSED_PARTS = ("/stylesWithEffects", "/numbering", "/thumbnail")
_STYLES = ("header", "footer", "Header Char", "Footer Char", "Table Grid")
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a document: the name of the body above it (may be empty), its own name, and the place."""

    superior: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Signer:
    """The block of the signature: `title` may have lines, such as "KT. TRƯỞNG PHÒNG" over the deputy's title."""

    title: str
    name: str


def printable(text: str) -> str:
    """Without what a document cannot hold; line ends become spaces."""
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Cn") else letter for letter in text)


def phrase(text: str) -> str:
    """Words of others, to be followed by a mark of our own."""
    return " ".join(printable(text).split()).rstrip(" .;,")


def a4_document(*, title: str, has_page_numbers: bool = True) -> Document:
    """An empty page in the prescribed size, margins and letters; page numbers stand above every page but the first."""
    document = new_document(BytesIO(_template()))
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.top_margin, section.bottom_margin = MARGIN_TOP, MARGIN_BOTTOM
    section.left_margin, section.right_margin = MARGIN_LEFT, MARGIN_RIGHT
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _set_letters(document)
    if has_page_numbers:
        _number_pages(centred(section.header.paragraphs[0]))
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "Thư Ký", ""
    properties.language = "vi-VN"
    return document


@cache
def _template() -> bytes:
    """The library's own without its picture and the styles that no document of ours has: most of its size."""
    document = new_document()
    styles = document.styles.element
    for style in list(styles.style_lst):
        if not (style.default or style.name_val in _STYLES):
            styles.remove(style)
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(_UNUSED_PARTS):
                del relations[key]
    return saved(document)


def _set_letters(document: Document) -> None:
    style = document.styles["Normal"]
    assert isinstance(style, ParagraphStyle)  # the library's own template has it
    style.font.name, style.font.size = FONT, Pt(14)
    properties = style.element.get_or_add_rPr()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        properties.rFonts.set(qn(script), FONT)
    # Otherwise the word processor underlines every Vietnamese word as a mistake in English.
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _number_pages(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def saved(document: Document) -> bytes:
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def write(paragraph: Paragraph, text: str, *, size: float = 14, bold: bool = False, italic: bool = False) -> Paragraph:
    """Add words to a paragraph."""
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    # Only what differs from plain is written: each of them is searched for its place among all the others.
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    return paragraph


def centred(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def fixed_table(document: Document, rows: int, widths: Sequence[Length]) -> Table:
    """A table without lines, its columns of fixed widths."""
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # Row by row: for the cells of a column the library looks at all cells of the table.
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table


def _rule_below(cell: _Cell, length: Length) -> None:
    """A thin line, centred under what stands above it."""
    paragraph = cell.add_paragraph()
    # First of the paragraph's properties: the library keeps the order that the format demands for the later ones.
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
    indent = Length(((cell.width or 0) - 2 * _CELL_MARGIN - length) // 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.line_spacing = Pt(3), Pt(6)


def heading(document: Document, issuer: Issuer, number: str, issued_on: date | None, *, about: str = "") -> None:
    """Issuer and number at the left; nation, motto, place and day at the right."""
    table = fixed_table(document, 2, (_LEFT_WIDTH, _RIGHT_WIDTH))
    names, nation = table.rows[0].cells
    if issuer.superior:
        centred(write(names.paragraphs[0], issuer.superior.upper(), size=12))
        names.add_paragraph()
    centred(write(names.paragraphs[-1], issuer.name.upper(), size=12, bold=True))
    _rule_below(names, Mm(22))
    centred(write(nation.paragraphs[0], _NATION, size=12, bold=True))
    centred(write(nation.add_paragraph(), _MOTTO, size=13, bold=True))
    _rule_below(nation, _MOTTO_LENGTH)
    numbered, dated = table.rows[1].cells
    centred(write(numbered.paragraphs[0], f"Số: {number}", size=13))
    for index, line in enumerate(about.splitlines()):
        paragraph = centred(write(numbered.add_paragraph(), line, size=12))
        paragraph.paragraph_format.space_before = Pt(0 if index else 6)
    centred(write(dated.paragraphs[0], f"{issuer.place}, {dateline(issued_on)}", size=13, italic=True))


def addressee(document: Document, name: str) -> None:
    """Kính gửi."""
    paragraph = centred(write(document.add_paragraph(), f"Kính gửi: {name}"))
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(14)


def title(document: Document, name: str, subject: str = "") -> None:
    """The kind of document in capitals, and what it is about."""
    paragraph = centred(write(document.add_paragraph(), name.upper(), bold=True))
    paragraph.paragraph_format.space_before = Pt(16)
    if subject:
        centred(write(document.add_paragraph(), subject, bold=True))
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)


def body(document: Document, text: str, *, bold_lead: str = "", italic: bool = False) -> Paragraph:
    """A paragraph of the text: justified, its first line indented."""
    paragraph = document.add_paragraph()
    if bold_lead:
        write(paragraph, bold_lead, bold=True)
    write(paragraph, text, italic=italic).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = FIRST_LINE
    paragraph.paragraph_format.space_after = Pt(6)
    return paragraph


def signatures(document: Document, signer: Signer, recipients: Sequence[str]) -> None:
    """Nơi nhận at the left, the signature at the right; never alone on a new page."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = fixed_table(document, 1, (_LEFT_WIDTH, _RIGHT_WIDTH))
    received, signed = table.rows[0].cells
    write(received.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
    for index, name in enumerate(recipients, start=1):
        write(received.add_paragraph(), f"- {name}{'.' if index == len(recipients) else ';'}", size=11)
    for index, line in enumerate(signer.title.splitlines()):
        paragraph = signed.add_paragraph() if index else signed.paragraphs[0]
        centred(write(paragraph, line.upper(), bold=True))
    signature = centred(write(signed.add_paragraph(), signer.name, bold=True))
    signature.paragraph_format.space_before = _ROOM_TO_SIGN
    received.paragraphs[0].paragraph_format.space_before = signed.paragraphs[0].paragraph_format.space_before = Pt(6)
    for paragraph in (*received.paragraphs[:-1], *signed.paragraphs[:-1]):
        paragraph.paragraph_format.keep_with_next = True


def remark(document: Document, text: str) -> None:
    """A small line at the end that is no part of the document's text."""
    paragraph = write(document.add_paragraph(), text, size=11, italic=True)
    paragraph.paragraph_format.space_before = Pt(18)
