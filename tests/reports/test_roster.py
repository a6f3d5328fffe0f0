"""The sheet to sign holds 60 people on one page, each with a place to sign, and the square of the door."""

from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE

from reports.letters import MeetingFacts
from reports.pictures import qr_png
from reports.roster import MARGIN, Line, Sheet, roster

MEETING = MeetingFacts("Họp giao ban", datetime(2026, 11, 26, 7, tzinfo=UTC), "Phòng họp số 1", "đ/c Nguyễn Văn Hưng")
LINK = "https://t.me/thuky_bot?start=hop-7KQ2MD"


def sheet(number: int, *, link: str = LINK) -> Document:
    lines = [Line(f"Người thứ {n}", "Giám đốc Sở Tài chính", "vắng có phép" if n == 2 else "") for n in range(number)]
    return docx.Document(BytesIO(roster(Sheet(MEETING, lines, "7KQ2MD", link))))


def numbers(document: Document) -> list[str]:
    """Down the first column of a page, then down the second, page by page."""
    found = []
    for table in document.tables[1:]:
        width = 5
        for column in range(0, len(table.columns), width):
            found += [row.cells[column].text for row in table.rows[1:]]
    return [number for number in found if number]


@pytest.mark.parametrize("people", [0, 1, 30, 31, 60, 61, 120, 300])
def test_everybody_stands_on_it_once_in_order(people: int) -> None:
    document = sheet(people)
    assert numbers(document) == [str(n + 1) for n in range(people)]
    assert len(document.tables) == 1 + max(1, -(-people // 60))


def test_sixty_people_and_the_head_fit_one_page() -> None:
    document = sheet(60)
    (section,) = document.sections
    table = document.tables[1]
    assert all(row.height_rule == WD_ROW_HEIGHT_RULE.EXACTLY for row in table.rows)
    rows = sum(row.height or 0 for row in table.rows)
    room = (section.page_height or 0) - 2 * MARGIN - rows
    # The head is as tall as its square, the code below it and some air.
    assert room / 36000 >= 28


def test_it_says_which_meeting_where_to_sign_and_what_is_known() -> None:
    document = sheet(3)
    head, table = document.tables
    assert "Họp giao ban" in head.rows[0].cells[0].text and "Phòng họp số 1" in head.rows[0].cells[0].text
    assert [cell.text for cell in table.rows[0].cells] == ["TT", "Họ và tên, chức vụ", "Đến", "Về", "Ký tên"]
    assert table.rows[3].cells[4].text == "vắng có phép"
    assert "7KQ2MD" in head.rows[0].cells[1].text


@pytest.mark.parametrize(("link", "held"), [(LINK, LINK), ("", "7KQ2MD")])
def test_the_square_is_the_address_else_the_code(link: str, held: str) -> None:
    document = sheet(1, link=link)
    (relation,) = document.element.xpath("//a:blip/@r:embed")
    assert document.part.related_parts[relation].blob == qr_png(held)
