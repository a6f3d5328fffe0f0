"""Real .xlsx files, made in memory as a clerk would fill them in, and imported."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from openpyxl import Workbook as Book

from bot.work import Work
from reports import workbook
from reports.workbook import Workbook
from services.imports import ImportRefusedError, ImportResult, import_workbook

BODY = ("Cơ quan", [("Tên", "Mã", "Gói quy định"), ("UBND phường Mẫu", "MAU", "gia-binh-2022")])
UNITS = (
    "Đơn vị",
    [
        ("Mã", "Tên", "Loại"),
        ("LD", "Lãnh đạo", "lanh_dao"),
        ("VP", "Văn phòng", "van_phong"),
        ("KT", "Phòng Kinh tế", "chuyen_mon"),
    ],
)
PEOPLE_HEADINGS = ("Mã", "Họ và tên", "Chức vụ", "Đơn vị", "Cấp", "Vai trò", "Vị trí", "Từ ngày", "Đến ngày")
CHAIR = ("CT", "Nguyễn Văn Hưng", "Chủ tịch", "LD", "truong", "chu_tich")
HEAD = ("TP", "Vũ Đình Khải", "Trưởng phòng", "KT", "truong", "")
DEPUTY = ("PTP", "Ngô Thị Thu", "Phó Trưởng phòng", "KT", "pho", "")
CLERK = ("CV", "Bùi Thu Trang", "Chuyên viên", "VP", "chuyen_vien", "van_phong")
MEETING_HEADINGS = (
    "Mã", "Tên", "Loại", "Bắt đầu", "Kết thúc", "Chủ trì", "Cơ quan chuẩn bị", "Thành phần", "Yêu cầu cấp trưởng",
)  # fmt: skip
MEETING = ("GB-1", "Họp giao ban tuần", "giao_ban", "26/11/2026 14:00", "16:00", "CT", "KT", "KT, CV", "x")

Sheet = tuple[str, Sequence[Sequence[object]]]


def people(*rows: Sequence[object]) -> Sheet:
    return ("Cán bộ", [PEOPLE_HEADINGS, *rows])


def meetings(*rows: Sequence[object]) -> Sheet:
    return ("Lịch họp", [MEETING_HEADINGS, *rows])


EVERYBODY = people(CHAIR, HEAD, DEPUTY, CLERK)
COMPLETE = (BODY, UNITS, EVERYBODY, meetings(MEETING))


def read(*sheets: Sheet) -> Workbook:
    """The sheets written to a file and read back."""
    return workbook.read(xlsx(*sheets))


def xlsx(*sheets: Sheet) -> bytes:
    book = Book()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def load(work: Work, *sheets: Sheet) -> ImportResult:
    return import_workbook(work, read(*sheets))


def refused(work: Work, *sheets: Sheet) -> list[str]:
    with pytest.raises(ImportRefusedError) as error:
        load(work, *sheets)
    assert str(error.value) == "\n".join(error.value.errors)
    return error.value.errors
