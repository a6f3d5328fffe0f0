"""Plain tables as a workbook: a page each, headings that stay in sight, ready to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

# Moments without a time zone: a workbook knows local time alone.
Cell = str | int | float | date | datetime | None

_FONT = "Times New Roman"
_LINE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FILL = PatternFill("solid", start_color="F2F2F2")
_HEADING_ROW = 3


@dataclass(frozen=True, slots=True)
class Column:
    """`is_share` shows a number from 0 to 1 as percent."""

    heading: str
    width: int
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A page: its name in the book, the title above, what stands in it."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def book(tables: Sequence[Table]) -> bytes:
    """The .xlsx file."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for table in tables:
        _write(made.create_sheet(table.name), table)
    made.properties.creator = "Thư Ký"
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _write(page: Worksheet, table: Table) -> None:
    page.cell(1, 1, table.title).font = Font(name=_FONT, size=14, bold=True)
    for index, column in enumerate(table.columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = column.width
        _fill(page, _HEADING_ROW, index, column.heading, is_heading=True)
    for number, row in enumerate(table.rows, start=_HEADING_ROW + 1):
        for index, value in enumerate(row, start=1):
            _fill(page, number, index, value)
            if table.columns[index - 1].is_share:
                page.cell(number, index).number_format = "0.0%"
    page.freeze_panes = f"A{_HEADING_ROW + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0


def _fill(page: Worksheet, row: int, index: int, value: Cell, *, is_heading: bool = False) -> None:
    cell = page.cell(row, index, value)
    if isinstance(value, str):
        # What somebody typed is never a formula.
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"
    cell.font = Font(name=_FONT, size=12, bold=is_heading)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if is_heading else None)
    cell.border = _BOX
    if is_heading:
        cell.fill = _FILL
