"""The opinions on a draft, put together as a workbook of one page."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from reports.tables import Column, Table, book

_COLUMNS = (
    Column("Đơn vị", 34),
    Column("Gửi lúc", 22),
    Column("Nội dung góp ý", 80),
    Column("Số văn bản", 20),
    Column("Tình trạng", 16),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one unit says, in the order of the columns."""

    unit: str
    given_at: str
    text: str
    document: str
    state: str


def table(title: str, rows: Sequence[Row]) -> bytes:
    """The .xlsx file."""
    return book([Table("Góp ý", f"Tổng hợp ý kiến góp ý: {title}", _COLUMNS, [astuple(row) for row in rows])])
