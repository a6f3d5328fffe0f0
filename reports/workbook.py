"""Reading a filled workbook: every row in clean values, and every mistake at its cell, none of it by a traceback.

What the codes refer to is not known here; whoever imports checks that and reports at `Row.error`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import get_column_letter

from reports.vietnamese_dates import LOCAL_ZONE
from reports.workbook_file import Raw, RawSheet, WorkbookError, raw_sheets
from reports.workbook_kinds import BadCellError, Value, is_blank, utc
from reports.workbook_schema import GUIDE, SHEETS, Column, Sheet
from reports.workbook_template import template
from rules.errors import N_
from rules.text import fold

__all__ = ["CellError", "Ignored", "Row", "Workbook", "WorkbookError", "read", "template"]

_HEADING_ROWS = 10


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong at one cell; the text is a message id with named fields."""

    sheet: str
    cell: str
    msgid: str
    fields: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.msgid.format(**self.fields)}"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A sheet, or a column of a known sheet, that nobody reads; `cell` is empty for a whole sheet."""

    sheet: str
    cell: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row. Every declared heading has a value and a cell; what is empty or wrong is None, `()` or False."""

    sheet: str
    number: int
    values: dict[str, Value]
    cells: dict[str, str]

    def error(self, heading: str, msgid: str, **fields: object) -> CellError:
        """Something that only the importer can know is wrong with this cell."""
        return CellError(self.sheet, self.cells[heading], msgid, fields)

    def text(self, heading: str) -> str:
        value = self.values[heading]
        return value if isinstance(value, str) else ""

    def items(self, heading: str) -> tuple[str, ...]:
        value = self.values[heading]
        return value if isinstance(value, tuple) else ()

    def day(self, heading: str) -> date | None:
        value = self.values[heading]
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def moment(self, heading: str) -> datetime | None:
        value = self.values[heading]
        return value if isinstance(value, datetime) else None

    def flag(self, heading: str) -> bool:
        return self.values[heading] is True


@dataclass(slots=True)
class Workbook:
    """What was read. Rows with errors are among `rows`; nothing may be imported while there is an error."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {sheet.name: [] for sheet in SHEETS})
    errors: list[CellError] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)


def read(source: str | Path | bytes) -> Workbook:
    """The workbook of a file or of its bytes; raises WorkbookError only when nothing of it can be read."""
    book = Workbook()
    known = {_folded(sheet.name): sheet for sheet in SHEETS}
    for raw in raw_sheets(source):
        sheet = known.pop(_folded(raw.name), None)
        if sheet is not None:
            _SheetReader(sheet, raw, book).read()
        elif any(_folded(raw.name) == _folded(twice.name) for twice in SHEETS):
            book.errors.append(CellError(raw.name, "A1", N_("This sheet stands in the workbook twice.")))
        elif _folded(raw.name) != _folded(GUIDE):
            book.ignored.append(Ignored(raw.name))
    return book


def _folded(text: object) -> str:
    return " ".join(fold(str(text)).split())


class _SheetReader:
    """Reads one sheet into the workbook."""

    def __init__(self, sheet: Sheet, raw: RawSheet, book: Workbook) -> None:
        self.sheet = sheet
        self.raw = raw
        self.book = book
        self.positions: dict[str, int] = {}

    def read(self) -> None:
        if not self.raw.rows:
            return
        index = self._heading_index()
        self._read_headings(*self.raw.rows[index])
        self._report_merged(self.raw.rows[index][0])
        filled = (self._read_row(number, cells) for number, cells in self.raw.rows[index + 1 :])
        rows = [row for row in filled if row is not None]
        self._check_keys(rows)
        if self.sheet.single_row:
            for row in rows[1:]:
                self._wrong(f"A{row.number}", N_("This sheet has one row only."))
        self.book.rows[self.sheet.name] = rows

    def _wrong(self, cell: str, msgid: str, **fields: object) -> None:
        self.book.errors.append(CellError(self.sheet.name, cell, msgid, fields))

    def _heading_index(self) -> int:
        """The row with most known headings near the top: people like a title above their table."""
        known = {_folded(column.heading) for column in self.sheet.columns}
        counts = [len(known & {_folded(value) for value in cells}) for _, cells in self.raw.rows[:_HEADING_ROWS]]
        return counts.index(max(counts))

    def _read_headings(self, number: int, cells: Raw) -> None:
        known = {_folded(column.heading): column.heading for column in self.sheet.columns}
        width = 0
        for position, value in enumerate(cells):
            if is_blank(value):
                continue
            width = position + 1
            cell = f"{get_column_letter(width)}{number}"
            heading = known.get(_folded(value))
            if heading is None:
                self.book.ignored.append(Ignored(self.sheet.name, cell, str(value).strip()))
            elif heading in self.positions:
                self._wrong(cell, N_("The column {column} stands in the sheet twice."), column=heading)
            else:
                self.positions[heading] = position
        for column in self.sheet.columns:
            if column.required and column.heading not in self.positions:
                width += 1
                self._wrong(
                    f"{get_column_letter(width)}{number}", N_("The column {column} is missing."), column=column.heading
                )

    def _report_merged(self, first_row: int) -> None:
        for column, number in self.raw.merged:
            if number >= first_row:
                self._wrong(f"{column}{number}", N_("Cells are merged here; unmerge them and fill in each."))

    def _read_row(self, number: int, cells: Raw) -> Row | None:
        # Only columns that we know make a row: a remark beside the table does not.
        if not any(self._filled(cells, position, number) for position in self.positions.values()):
            return None
        row = Row(self.sheet.name, number, {}, {})
        for column in self.sheet.columns:
            position = self.positions.get(column.heading)
            row.cells[column.heading] = f"{get_column_letter((position or 0) + 1)}{number}"
            row.values[column.heading] = (
                column.kind.empty if position is None else self._value(column, cells[position], row)
            )
        for column in self.sheet.columns:
            if column.after:
                self._check_order(row, column, column.after)
        return row

    def _filled(self, cells: Raw, position: int, number: int) -> bool:
        return not is_blank(cells[position]) or f"{get_column_letter(position + 1)}{number}" in self.raw.formulas

    def _value(self, column: Column, raw: object, row: Row) -> Value:
        cell = row.cells[column.heading]
        try:
            if raw in ERROR_CODES:
                raise BadCellError(N_("The formula here gives the error {value}."), value=raw)
            if not is_blank(raw):
                value = column.kind.parse(raw)
                # A list of nothing but commas is as good as empty.
                if value != ():
                    return value
            elif cell in self.raw.formulas:
                raise BadCellError(N_("The formula here has no value; type the value itself."))
            if column.required:
                raise BadCellError(N_("{column} is missing."), column=column.heading)
        except BadCellError as error:
            self._wrong(cell, error.msgid, **error.fields)
        return column.kind.empty

    def _check_order(self, row: Row, column: Column, earlier: str) -> None:
        value, first = row.values[column.heading], row.values[earlier]
        if isinstance(value, time):
            # An hour alone is on the day of the beginning.
            start = first.astimezone(LOCAL_ZONE).date() if isinstance(first, datetime) else None
            value = row.values[column.heading] = utc(start, value) if start else None
        if isinstance(value, datetime) and isinstance(first, datetime):
            is_wrong = value <= first
        elif isinstance(value, date) and isinstance(first, date):
            is_wrong = value < first
        else:
            return
        if is_wrong:
            self._wrong(
                row.cells[column.heading],
                N_("{column} comes before {earlier}."),
                column=column.heading,
                earlier=earlier,
            )

    def _check_keys(self, rows: Sequence[Row]) -> None:
        seen: dict[tuple[str, ...], str] = {}
        for row in rows if self.sheet.key else ():
            parts = [row.values[heading] for heading in self.sheet.key]
            if None in parts:
                continue
            # A code that differs only in case is a slip of the hand, not another code.
            key = tuple(str(part).casefold() for part in parts)
            cell = row.cells[self.sheet.key[0]]
            if key in seen:
                self._wrong(cell, N_("{value} stands here and in {other}."), value=parts[0], other=seen[key])
            seen.setdefault(key, cell)
