"""The work programme as a workbook: the figures by unit, and what is not finished with the explanations."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

from reports.tables import Cell, Column, Table
from reports.tables import book as _book
from rules.programme import Figures, Period

_FIGURES = (
    Column("Đơn vị", 40),
    Column("Phải trình", 12),
    Column("Đã trình", 12),
    Column("Đã ban hành", 14),
    Column("Chưa trình", 12),
    Column("Tỷ lệ đã trình", 14, is_share=True),
    Column("Tỷ lệ đã ban hành", 18, is_share=True),
)
_DEBTS = (
    Column("STT", 6),
    Column("Nội dung", 50),
    Column("Đơn vị trình", 34),
    Column("Hạn trình", 13),
    Column("Giải trình của thủ trưởng", 60),
)

_STEPS = (
    Column("Nội dung", 44),
    Column("Đơn vị trình", 30),
    Column("Hạn trình", 13),
    Column("Bước", 44),
    Column("Người thực hiện", 28),
    Column("Hạn của bước", 13),
    Column("Tình trạng", 26),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's figures."""

    unit: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Debt:
    """An item that is not finished."""

    content: str
    unit: str
    due_on: date
    explanation: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the plan of an item, in the order of the columns; an item without a plan has one line of its own."""

    content: str
    unit: str
    item_due_on: date
    step: str = ""
    doer: str = ""
    due_on: date | None = None
    state: str = "chưa có kế hoạch chi tiết"


def book(
    body: str, period: Period, total: Figures, lines: Sequence[Line], debts: Sequence[Debt], steps: Sequence[Step]
) -> bytes:
    """Three pages, whose titles name body and period."""
    when = f"tháng {period.month}/{period.year}" if period.month else f"năm {period.year}"
    rows = [*(_row(line.unit, line.figures) for line in lines), _row("Tổng số", total)]
    listed: list[list[Cell]] = [
        [number, debt.content, debt.unit, debt.due_on, debt.explanation or "chưa giải trình"]
        for number, debt in enumerate(debts, start=1)
    ]
    return _book(
        [
            Table("Kết quả", f"{body}: kết quả thực hiện chương trình công tác {when}", _FIGURES, rows),
            Table("Chưa hoàn thành", f"{body}: nội dung chưa hoàn thành, {when}", _DEBTS, listed),
            Table(
                "Kế hoạch chi tiết",
                f"{body}: kế hoạch chi tiết từng nội dung, {when}",
                _STEPS,
                [astuple(each) for each in steps],
            ),
        ]
    )


def _row(name: str, found: Figures) -> list[Cell]:
    counts = [found.to_submit, found.submitted, found.issued, found.not_submitted]
    return [name, *counts, found.submitted_ratio, found.issued_ratio]
