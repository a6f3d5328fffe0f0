"""The weekly list as a workbook."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from reports.weekly import Missing, weekly_list


def test_every_task_is_a_row_and_what_was_typed_is_no_formula() -> None:
    day = date(2026, 11, 20)
    missing = Missing("NV-1", "Sở Tài chính", "=1+1", "Vũ Đình Khải", day, "Nguyễn Văn Hưng", "288/UBND-VP")
    page = load_workbook(BytesIO(weekly_list(date(2026, 11, 23), [missing]))).worksheets[0]
    assert "23/11/2026" in page["A1"].value
    assert [cell.value for cell in page[3]][:5] == ["Mã", "Đơn vị", "Nhiệm vụ", "Người thực hiện", "Hạn"]
    assert page["C4"].value == "=1+1" and page["C4"].data_type == "s"
    assert page["E4"].value.date() == day
