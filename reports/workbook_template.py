"""The empty workbook that a body fills in: headings, drop-down lists, formats and an explanation of every column."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbook_file import MAX_ROWS
from reports.workbook_schema import GUIDE, SHEETS, Column, Sheet

_FONT = "Times New Roman"
_REQUIRED_FILL = PatternFill("solid", start_color="FFF2CC")
_OPTIONAL_FILL = PatternFill("solid", start_color="F2F2F2")
_LINE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_GUIDE_WIDTHS = (24, 26, 12, 80, 46)
_LINE_HEIGHT = 16.5
_INTRODUCTION = (
    "Mỗi trang là một danh mục; trang nào chưa dùng thì để trống. Cột có tiêu đề in đậm, nền vàng là bắt buộc.",
    "Mã là khóa: nhập lại cùng một mã là cập nhật. Nhiều mã trong một ô cách nhau bằng dấu phẩy.",
    "Ngày ghi dd/mm/yyyy, ngày và giờ ghi dd/mm/yyyy HH:MM, theo giờ Việt Nam.",
    "Không gộp ô. Một dòng sai thì cả tệp chưa được nhập; hệ thống chỉ rõ trang, ô và lỗi để sửa.",
    "Không ghi nội dung thuộc bí mật nhà nước vào tệp này.",
)


def template(path: str | Path) -> None:
    """Write the empty workbook."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)  # a new workbook has one sheet
    _write_guide(guide)
    for sheet in SHEETS:
        _write_sheet(book.create_sheet(sheet.name), sheet)
    book.properties.creator = "Thư Ký"
    book.properties.title = "Dữ liệu của cơ quan"
    book.save(path)


def _write_sheet(page: Worksheet, sheet: Sheet) -> None:
    for index, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(index)
        _write_heading(page, index, column.heading, is_required=column.required)
        page.column_dimensions[letter].width = _width(column)
        # The format of a whole column keeps leading zeros and codes such as 1-2 as they are typed.
        page.column_dimensions[letter].number_format = column.kind.number_format
        _add_validation(page, letter, column)
    page.freeze_panes = "A2"
    _print_on_one_width(page)


def _write_heading(page: Worksheet, index: int, text: str, *, is_required: bool) -> None:
    cell = page.cell(1, index, text)
    cell.font = Font(name=_FONT, size=12, bold=is_required)
    cell.fill = _REQUIRED_FILL if is_required else _OPTIONAL_FILL
    cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    cell.border = _BOX


def _width(column: Column) -> float:
    return min(48, max(14, len(column.heading) + 4, len(column.example) + 4))


def _add_validation(page: Worksheet, letter: str, column: Column) -> None:
    options = column.kind.options
    rule = DataValidation(type=None, allow_blank=True)
    if options and not column.kind.is_list:
        rule = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "Giá trị không đúng", "Đề nghị chọn một giá trị trong danh sách."
    # Excel allows 32 characters in the title and 255 in the text.
    rule.promptTitle, rule.prompt = column.heading[:32], _explanation(column)
    rule.showInputMessage = True
    rule.add(f"{letter}2:{letter}{MAX_ROWS}")
    page.add_data_validation(rule)


def _explanation(column: Column) -> str:
    parts = [column.note, column.kind.hint]
    if column.kind.options and len(column.kind.options) > 1:
        meanings = (f"{value} ({meaning})" for value, meaning in column.kind.options.items())
        parts[-1] += ": " + ", ".join(meanings)
    return "".join(f"{part}. " for part in parts if part).rstrip()


def _write_guide(page: Worksheet) -> None:
    page.title = GUIDE
    for index, heading in enumerate(("Trang", "Cột", "Bắt buộc", "Cách điền", "Ví dụ"), start=1):
        _write_heading(page, index, heading, is_required=True)
        page.column_dimensions[get_column_letter(index)].width = _GUIDE_WIDTHS[index - 1]
    for line in _INTRODUCTION:
        _write_guide_row(page, ("Chung", "", "", line, ""))
    for sheet in SHEETS:
        for column in sheet.columns:
            required = "có" if column.required else ""
            _write_guide_row(page, (sheet.name, column.heading, required, _explanation(column), column.example))
    page.freeze_panes = "A2"
    _print_on_one_width(page)


def _write_guide_row(page: Worksheet, values: tuple[str, ...]) -> None:
    row = page.max_row + 1
    for index, value in enumerate(values, start=1):
        cell = page.cell(row, index, value or None)
        cell.font = Font(name=_FONT, size=12, bold=index == 2 and values[2] == "có")
        cell.alignment = _WRAPPED
        cell.border = _BOX
        cell.number_format = "@"
    # Not every program fits the height to wrapped text by itself.
    lines = max(-(-len(value) // width) for value, width in zip(values, _GUIDE_WIDTHS, strict=True))
    page.row_dimensions[row].height = _LINE_HEIGHT * lines


def _print_on_one_width(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    page.print_title_rows = "1:1"
