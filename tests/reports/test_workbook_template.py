"""The template shows what to fill in, and reads back when it is filled in."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as ExcelWorkbook

from reports.workbook import read, template
from reports.workbook_schema import GUIDE, SHEETS, Sheet


@pytest.fixture
def path(tmp_path: Path) -> Path:
    template(tmp_path / "mau.xlsx")
    return tmp_path / "mau.xlsx"


@pytest.fixture
def book(path: Path) -> ExcelWorkbook:
    return openpyxl.load_workbook(path)


def example_row(sheet: Sheet) -> list[str]:
    """A row as the explanation sheet shows it; what has no example gets a word."""
    return [column.example or ("Nội dung" if column.required else "") for column in sheet.columns]


def test_the_explanation_comes_first_and_every_sheet_follows(book: ExcelWorkbook) -> None:
    assert book.sheetnames == [GUIDE, *(sheet.name for sheet in SHEETS)]


def test_an_empty_template_reads_back_without_a_word(path: Path) -> None:
    result = read(path)

    assert (result.errors, result.ignored) == ([], [])
    assert not any(result.rows.values())


def test_the_examples_of_the_explanation_read_back_without_error(path: Path, book: ExcelWorkbook) -> None:
    for sheet in SHEETS:
        for index, value in enumerate(example_row(sheet), start=1):
            book[sheet.name].cell(2, index, value or None)
    book.save(path)

    result = read(path)

    assert (result.errors, result.ignored) == ([], [])
    assert all(len(rows) == 1 for rows in result.rows.values())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_required_headings_are_bold_and_shaded_and_the_heading_row_stays(book: ExcelWorkbook, sheet: Sheet) -> None:
    page = book[sheet.name]

    assert page.freeze_panes == "A2"
    for cell, column in zip(page[1], sheet.columns, strict=True):
        assert cell.value == column.heading
        assert cell.font.bold is column.required
        assert (cell.fill.start_color.rgb == "00FFF2CC") is column.required


def test_codes_and_telephones_are_text_and_dates_are_dates(book: ExcelWorkbook) -> None:
    page = book["Cán bộ"]
    formats = {cell.value: page.column_dimensions[cell.coordinate[0]].number_format for cell in page[1]}

    assert {formats[heading] for heading in ("Mã", "Đơn vị", "Điện thoại", "Vị trí")} == {"@"}
    assert formats["Từ ngày"] == "dd/mm/yyyy"


def test_choices_are_drop_down_lists(book: ExcelWorkbook) -> None:
    lists = {
        str(rule.sqref).split("2:")[0]: rule.formula1
        for rule in book["Cán bộ"].data_validations.dataValidation
        if rule.type == "list"
    }

    assert lists == {"E": '"truong,pho,chuyen_vien"'}


def test_the_explanation_tells_every_column_and_every_choice(book: ExcelWorkbook) -> None:
    told = {(row[0], row[1]): str(row[3]) for row in book[GUIDE].iter_rows(values_only=True)}

    for sheet in SHEETS:
        for column in sheet.columns:
            assert all(value in told[sheet.name, column.heading] for value in column.kind.options or ())


def test_every_note_beside_a_cell_is_short_enough_for_excel(book: ExcelWorkbook) -> None:
    notes = [rule for sheet in SHEETS for rule in book[sheet.name].data_validations.dataValidation]

    assert len(notes) == sum(len(sheet.columns) for sheet in SHEETS)
    assert all(len(rule.promptTitle or "") <= 32 and len(rule.prompt or "") <= 255 for rule in notes)
