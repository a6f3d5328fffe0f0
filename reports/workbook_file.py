"""A workbook file as it lies on the disk: opened with care, so that no file whatever can end in a traceback."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from reports.workbook_kinds import is_blank
from rules.errors import N_, DomainError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_PARTS = 2_000
MAX_ROWS = 20_000
MAX_ROW_NUMBER = 1_048_576
MAX_COLUMNS = 100

_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):')
_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b')

Raw = tuple[object, ...]


class WorkbookError(DomainError):
    """The file as a whole cannot be read."""

    code = "workbook"

    def __init__(self, msgid: str, **fields: object) -> None:
        super().__init__(**fields)
        self.msgid = msgid


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet before anybody asks what its cells mean: filled rows by number, where cells are merged or calculated."""

    name: str
    rows: list[tuple[int, Raw]]
    merged: list[tuple[str, int]]
    formulas: frozenset[str]


def raw_sheets(source: str | Path | bytes) -> list[RawSheet]:
    """All sheets of the file, in order; formulas by the value that Excel stored last."""
    content = source if isinstance(source, bytes) else _content(Path(source))
    _check(content)
    with _clear_failure(), warnings.catch_warnings():
        # What the library does not keep (drop-down lists and the like) does not concern us.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        if not book.worksheets:
            raise ValueError("a workbook without sheets")
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return [_raw_sheet(sheet, parts) for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_big()
        return path.read_bytes()
    except OSError as error:
        raise WorkbookError(N_("The file {name} cannot be opened."), name=path.name) from error


def _too_big() -> WorkbookError:
    return WorkbookError(N_("The workbook is too big to read. Delete what does not belong in it."))


def _check(content: bytes) -> None:
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise WorkbookError(
            N_("The file is protected by a password or is of an old type. Save it as .xlsx without a password.")
        )
    if len(content) > MAX_BYTES:
        raise _too_big()
    with _clear_failure(), zipfile.ZipFile(BytesIO(content)) as parts:
        entries = parts.infolist()
        # A reader of a zip never unpacks more than the stated size, so the stated sizes may be trusted.
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
            raise _too_big()


@contextmanager
def _clear_failure() -> Iterator[None]:
    """The libraries below fail in dozens of ways on a damaged file; to the person they are all one."""
    try:
        yield
    except DomainError:
        raise
    except Exception as error:
        raise WorkbookError(N_("The file is not a workbook (.xlsx), or is damaged.")) from error


def _raw_sheet(sheet: ReadOnlyWorksheet, parts: zipfile.ZipFile) -> RawSheet:
    xml = parts.read(sheet._worksheet_path.lstrip("/"))  # type: ignore[attr-defined]  # nothing public says which part a sheet is
    # The stated size of a sheet is often wrong; without it the rows that are there are read.
    sheet.reset_dimensions()
    rows: list[tuple[int, Raw]] = []
    cells = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)  # type: ignore[misc]  # the stubs expect another class
    for number, row in enumerate(cells, start=1):
        if number > MAX_ROW_NUMBER:
            raise ValueError("a row number that Excel does not have")
        # Counting first is quick: a lost cell far below makes a million empty rows.
        if row.count(None) < len(row) and not all(is_blank(value) for value in row):
            rows.append((number, row))
        if len(rows) > MAX_ROWS:
            raise WorkbookError(N_("The sheet {sheet} has more than {limit} rows."), sheet=sheet.title, limit=MAX_ROWS)
    merged = [(column.decode(), int(row_number)) for column, row_number in _MERGED.findall(xml)]
    return RawSheet(sheet.title, rows, merged, frozenset(cell.decode() for cell in _FORMULA.findall(xml)))
