"""Slips carry the code twice, as a square and as letters, eight to a page."""

from datetime import date
from io import BytesIO

import docx
import segno
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.opc.constants import RELATIONSHIP_TYPE

from reports.pictures import qr_png
from reports.qr_slips import Slip, qr_sheet


def slip(number: int, *, link: str = "https://example.org/thuky?start=") -> Slip:
    code = f"7KQ2MD-{number}"
    return Slip(
        "Ngô Thị Thu", "Phó Trưởng phòng", "Phòng Kinh tế", code, f"{link}{code}" if link else "", date(2026, 12, 1)
    )


def sheet(*slips: Slip) -> Document:
    return docx.Document(BytesIO(qr_sheet(slips)))


def pictures(document: Document) -> list[bytes]:
    """The pictures in the order in which the text shows them."""
    shown = document.element.xpath("//a:blip/@r:embed")
    return [document.part.related_parts[relation].blob for relation in shown]


def test_a_square_is_a_picture_of_the_whole_text_with_a_quiet_border() -> None:
    picture = qr_png("https://example.org/thuky?start=7KQ2MD")
    expected = BytesIO()
    segno.make("https://example.org/thuky?start=7KQ2MD", error="m", micro=False).save(
        expected, kind="png", scale=8, border=4
    )

    assert picture == expected.getvalue()
    assert picture.startswith(b"\x89PNG")


def test_every_slip_has_its_own_square_and_code() -> None:
    slips = [slip(number) for number in range(3)]
    document = sheet(*slips)

    assert pictures(document) == [qr_png(it.link) for it in slips]
    (table,) = document.tables
    texts = [cell.text for row in table.rows for cell in row.cells[1::2]]
    assert [f"7KQ2MD-{number}" in text for number, text in enumerate(texts)] == [True, True, True, False]


def test_a_slip_says_who_what_to_do_and_until_when() -> None:
    words = sheet(slip(7)).tables[0].rows[0].cells[1].text.splitlines()

    assert words == [
        "Ngô Thị Thu",
        "Phó Trưởng phòng, Phòng Kinh tế",
        "7KQ2MD-7",
        "Telegram: quét mã QR, bấm Bắt đầu.",
        "Zalo: nhắn mã trên cho hệ thống.",
        "Mã dùng một lần trên mỗi ứng dụng, đến hết ngày 01/12/2026. Không đưa cho người khác.",
    ]


def test_without_a_link_the_square_holds_the_code() -> None:
    assert pictures(sheet(slip(7, link=""))) == [qr_png("7KQ2MD-7")]


def test_four_rows_of_exact_height_fill_a_page() -> None:
    document = sheet(*map(slip, range(9)))
    section = document.sections[0]
    rows = document.tables[0].rows

    assert len(rows) == 5
    assert {row.height_rule for row in rows} == {WD_ROW_HEIGHT_RULE.EXACTLY}
    room = (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
    height = rows[0].height or 0
    assert 4 * height <= room < 5 * height


def test_every_picture_of_a_large_sheet_is_kept_once() -> None:
    document = sheet(*map(slip, range(40)))

    images = [it for it in document.part.rels.values() if it.reltype == RELATIONSHIP_TYPE.IMAGE]
    assert len(images) == len(set(pictures(document))) == 40
    assert len({str(it.target_part.partname) for it in images}) == 40


def test_a_sheet_for_nobody_is_still_a_document() -> None:
    assert pictures(sheet()) == []
