"""Slips with a linking code and its QR square: eight to a page, to be printed, cut and handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports import decree30
from reports.decree30 import phrase, write
from reports.pictures import qr_png
from reports.vietnamese_dates import short_day

SLIPS_A_ROW, ROWS_A_PAGE = 2, 4
_PAGE_MARGIN = Mm(10)
_QR_WIDTH, _TEXT_WIDTH, _HEIGHT = Mm(37), Mm(58), Mm(68)
_QR_SIDE = Mm(34)
_CODE_FONT = "Courier New"
_INSTRUCTION = ("Telegram: quét mã QR, bấm Bắt đầu.", "Zalo: nhắn mã trên cho hệ thống.")


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's slip; without a link the square holds the code itself."""

    name: str
    title: str
    unit: str
    code: str
    link: str
    expires_on: date


def qr_sheet(slips: Sequence[Slip]) -> bytes:
    """A .docx of cards with dashed lines to cut along."""
    document = decree30.a4_document(title="Phiếu liên kết tài khoản", has_page_numbers=False)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = _PAGE_MARGIN
    section.left_margin = section.right_margin = _PAGE_MARGIN
    section.header_distance = section.footer_distance = Mm(4)
    table = decree30.fixed_table(document, -(-len(slips) // SLIPS_A_ROW), (_QR_WIDTH, _TEXT_WIDTH) * SLIPS_A_ROW)
    cells = []
    for row in table.rows:
        # Exact heights make every page hold its four rows, whatever the names.
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, _HEIGHT
        cells += row.cells
    for number, slip in enumerate(slips):
        _write_slip(cells[2 * number], cells[2 * number + 1], number + 1, slip)
    # The paragraph that must follow a table may not open a page of its own.
    write(document.add_paragraph(), "", size=1).paragraph_format.line_spacing = Pt(1)
    return decree30.saved(document)


def _write_slip(square: _Cell, words: _Cell, number: int, slip: Slip) -> None:
    square.vertical_alignment = words.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _cut_lines(square, "top", "left", "bottom")
    _cut_lines(words, "top", "right", "bottom")
    _add_picture(square.paragraphs[0], number, qr_png(slip.link or slip.code))
    write(words.paragraphs[0], phrase(slip.name), size=13, bold=True)
    write(words.add_paragraph(), _place_of(slip), size=10)
    code = write(words.add_paragraph(), slip.code, size=_code_size(slip.code), bold=True)
    code.runs[0].font.name = _CODE_FONT
    code.paragraph_format.space_before = code.paragraph_format.space_after = Pt(5)
    for line in _INSTRUCTION:
        write(words.add_paragraph(), line, size=9)
    expiry = f"Mã dùng một lần trên mỗi ứng dụng, đến hết ngày {short_day(slip.expires_on)}. Không đưa cho người khác."
    write(words.add_paragraph(), expiry, size=9, italic=True).paragraph_format.space_before = Pt(3)


def _add_picture(paragraph: Paragraph, number: int, picture: bytes) -> None:
    # Run.add_picture compares each picture with all before it: minutes for the officials of a province.
    name, relation = f"qr{number}.png", f"rIdQr{number}"
    part = ImagePart(PackURI(f"/word/media/{name}"), CONTENT_TYPE.PNG, picture)
    paragraph.part.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, part, relation)
    paragraph.add_run()._r.add_drawing(CT_Inline.new_pic_inline(number, relation, name, _QR_SIDE, _QR_SIDE))


def _place_of(slip: Slip) -> str:
    title, unit = phrase(slip.title), phrase(slip.unit)
    return title if unit.casefold() in title.casefold() else f"{title}, {unit}"


def _code_size(code: str) -> float:
    """As large as the width of the card allows on two lines at most."""
    return 16 if len(code) <= 15 else 12 if len(code) <= 40 else 9


def _cut_lines(cell: _Cell, *sides: str) -> None:
    borders = OxmlElement("w:tcBorders")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("space", "0"), ("color", "7F7F7F")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = cell._tc.get_or_add_tcPr()
    properties.insert_element_before(
        borders, "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign"
    )
