"""The weekly list of tasks that were due for report and not reported (Sơn Dương 8.c), as a workbook of one page."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

from reports.tables import Column, Table, book

_COLUMNS = (
    Column("Mã", 16),
    Column("Đơn vị", 30),
    Column("Nhiệm vụ", 60),
    Column("Người thực hiện", 34),
    Column("Hạn", 14),
    Column("Người giao", 34),
    Column("Số văn bản", 20),
)


@dataclass(frozen=True, slots=True)
class Missing:
    """One task of the list, in the order of the columns."""

    code: str
    unit: str
    content: str
    owner: str
    due_on: date
    assigner: str
    document: str


_BREACHES = (
    Column("Đơn vị", 34),
    Column("Người chịu trách nhiệm", 30),
    Column("Nội dung", 70),
    Column("Thực hiện", 40),
)


def breaches(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """What was not complied with (Sơn Dương 8.a), unit by unit."""
    return book([Table("Chưa chấp hành", title, _BREACHES, rows)])


def weekly_list(day: date, rows: Sequence[Missing]) -> bytes:
    """The .xlsx file."""
    title = f"Nhiệm vụ đến hạn báo cáo nhưng chưa báo cáo, tính đến ngày {day:%d/%m/%Y}"
    return book([Table("Chưa báo cáo", title, _COLUMNS, [astuple(row) for row in rows])])
