"""The workbook of a rehearsal: every message, every duty, and a summary."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.vietnamese_dates import LOCAL_ZONE

_PLAIN, _BOLD = Font(name="Times New Roman"), Font(name="Times New Roman", bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MESSAGES = {"Lúc": 17, "Người nhận": 34, "Mẫu tin": 30, "Cập nhật tin cũ": 12, "Nội dung": 100}
_DUTIES = {
    "Loại": 28, "Nội dung": 50, "Người phải làm": 34, "Mở lúc": 17, "Hạn": 17, "Cách tính": 60,
    "Căn cứ": 60, "Kết quả": 20, "Xong lúc": 17, "Số lần nhắc": 10,
}  # fmt: skip
_SUMMARY_WIDTH = 44


@dataclass(frozen=True, slots=True)
class MessageRow:
    """What somebody was told; `is_change`: a card that stood in the chat already was drawn anew."""

    at: datetime
    person: str
    kind: str
    is_change: bool
    text: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """What somebody owed, and how it ended."""

    kind: str
    what: str
    owner: str
    opened_at: datetime
    due_at: datetime
    computation: str
    clause: str
    outcome: str
    closed_at: datetime | None
    reminders: int


def write(
    path: Path, messages: Iterable[MessageRow], duties: Iterable[DutyRow], summary: Iterable[Sequence[str]]
) -> None:
    """The three sheets; times are those of Vietnam."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill(book.create_sheet("Tin nhắn"), _MESSAGES, (astuple(row) for row in messages))
    _fill(book.create_sheet("Việc phải làm"), _DUTIES, (astuple(row) for row in duties))
    page = book.create_sheet("Tóm tắt")
    page.column_dimensions["A"].width = _SUMMARY_WIDTH
    for number, line in enumerate(summary, start=1):
        _write_row(page, number, [int(text) if text.isdecimal() else text for text in line])
    book.properties.creator = "Thư Ký"
    book.save(path)


def _fill(page: Worksheet, columns: Mapping[str, int], rows: Iterable[Sequence[object]]) -> None:
    for position, width in enumerate(columns.values(), start=1):
        page.column_dimensions[get_column_letter(position)].width = width
    page.freeze_panes = "A2"
    _write_row(page, 1, list(columns), font=_BOLD)
    for number, row in enumerate(rows, start=2):
        _write_row(page, number, row)


def _write_row(page: Worksheet, number: int, values: Sequence[object], *, font: Font = _PLAIN) -> None:
    for position, value in enumerate(values, start=1):
        cell = page.cell(number, position, _clean(value))  # type: ignore[call-overload]  # _clean leaves what a cell takes
        cell.font, cell.alignment = font, _WRAPPED
        if isinstance(value, datetime):
            cell.number_format = "dd/mm/yyyy hh:mm"
        if isinstance(value, str):
            # What people wrote is never a formula.
            cell.data_type = "s"


def _clean(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(LOCAL_ZONE).replace(tzinfo=None, microsecond=0)
        case bool():
            return "x" if value else ""
        case str():
            return ILLEGAL_CHARACTERS_RE.sub("", value)
    return value
