"""Filled workbooks are read into clean values, and every mistake is told at its cell."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.workbook import Workbook, read
from reports.workbook_schema import SHEETS

UNIT_HEADINGS = ("Mã", "Tên", "Loại")
PERSON_HEADINGS = ("Mã", "Họ và tên", "Chức vụ", "Đơn vị", "Cấp", "Vai trò", "Điện thoại", "Từ ngày", "Đến ngày")
MEETING_HEADINGS = (
    "Mã",
    "Tên",
    "Loại",
    "Bắt đầu",
    "Kết thúc",
    "Chủ trì",
    "Cơ quan chuẩn bị",
    "Thành phần",
    "Yêu cầu cấp trưởng",
)


def in_excel(*parts: int) -> datetime:
    """A real date of Excel, which knows no time zone."""
    year, month, day, hour, minute, second, microsecond = (*parts, 0, 0, 0, 0)[:7]
    return datetime(year, month, day, hour, minute, second, microsecond, UTC).replace(tzinfo=None)


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """The bytes of a workbook; the names of sheets carry underscores for spaces."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name.replace("_", " "))
        for row in rows:
            page.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def units(*rows: Sequence[object]) -> Workbook:
    return read(workbook(Đơn_vị=[UNIT_HEADINGS, *rows]))


def person(**changes: object) -> Workbook:
    values = {
        "Mã": "CB1",
        "Họ và tên": "Ngô Thị Thu",
        "Chức vụ": "Phó Trưởng phòng",
        "Đơn vị": "KT",
        "Cấp": "pho",
    } | {heading.replace("_", " "): value for heading, value in changes.items()}
    return read(workbook(Cán_bộ=[PERSON_HEADINGS, [values.get(heading) for heading in PERSON_HEADINGS]]))


def meeting(**changes: object) -> Workbook:
    values = {
        "Mã": "H1",
        "Tên": "Họp giao ban tuần",
        "Loại": "giao_ban",
        "Bắt đầu": "26/11/2026 14:00",
        "Chủ trì": "CB1",
        "Cơ quan chuẩn bị": "VP",
        "Thành phần": "KT, CB2",
    } | {heading.replace("_", " "): value for heading, value in changes.items()}
    return read(workbook(Lịch_họp=[MEETING_HEADINGS, [values.get(heading) for heading in MEETING_HEADINGS]]))


def told(book: Workbook) -> list[str]:
    return [str(error) for error in book.errors]


def test_a_row_is_read_with_the_cell_of_each_value() -> None:
    book = units(("KT", "  Phòng Kinh tế ", "chuyen_mon"))

    (row,) = book.rows["Đơn vị"]
    assert told(book) == []
    assert row.values == {"Mã": "KT", "Tên": "Phòng Kinh tế", "Loại": "chuyen_mon"}
    assert row.cells == {"Mã": "A2", "Tên": "B2", "Loại": "C2"}
    assert row.number == 2


def test_every_sheet_of_the_contract_has_rows_even_when_it_is_missing() -> None:
    assert set(units().rows) == {sheet.name for sheet in SHEETS}


def test_sheet_names_and_headings_are_matched_without_case_marks_and_spaces() -> None:
    book = read(workbook(**{"DON_VI ": [("  MA", "tên ", "loai"), ("KT", "Phòng Kinh tế", "Chuyên môn")]}))

    assert told(book) == []
    assert book.rows["Đơn vị"][0].text("Loại") == "chuyen_mon"


def test_unknown_sheets_and_columns_are_reported_and_ignored() -> None:
    book = read(workbook(Ghi_chú=[["x"]], Đơn_vị=[(*UNIT_HEADINGS, "Màu"), ("KT", "Phòng Kinh tế", "khac", "xanh")]))

    assert told(book) == []
    assert [(it.sheet, it.cell, it.heading) for it in book.ignored] == [("Ghi chú", "", ""), ("Đơn vị", "D1", "Màu")]


def test_a_title_above_the_headings_does_no_harm() -> None:
    book = read(workbook(Đơn_vị=[["DANH SÁCH ĐƠN VỊ"], [], UNIT_HEADINGS, ("KT", "Phòng Kinh tế", "khac")]))

    assert told(book) == []
    assert book.rows["Đơn vị"][0].cells["Mã"] == "A4"


def test_empty_rows_between_and_after_are_passed_over() -> None:
    book = units(
        ("KT", "Phòng Kinh tế", "khac"), (None, " ", ""), ("VP", "Văn phòng", "van_phong"), (" ",), ("\u200b",)
    )

    assert told(book) == []
    assert [row.number for row in book.rows["Đơn vị"]] == [2, 4]


def test_empty_optional_cells_have_an_empty_value_of_their_kind() -> None:
    (row,) = meeting().rows["Lịch họp"]

    assert row.values["Kết thúc"] is None
    assert row.text("Chuỗi họp") == ""
    assert row.flag("Yêu cầu cấp trưởng") is False
    assert person().rows["Cán bộ"][0].items("Vai trò") == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (912345678.0, "912345678"),
        (912345678, "912345678"),
        ("0912 345 678", "0912 345 678"),
        ("(0222) 3.823.456", "(0222) 3.823.456"),
    ],
)
def test_telephone_numbers_become_clean_text(typed: object, kept: str) -> None:
    assert person(Điện_thoại=typed).rows["Cán bộ"][0].text("Điện thoại") == kept


@pytest.mark.parametrize(("typed", "kept"), [(12.0, "12"), (7, "7"), ("007", "007"), (" A  1 ", "A 1")])
def test_codes_become_clean_text(typed: object, kept: str) -> None:
    assert person(Mã=typed).rows["Cán bộ"][0].text("Mã") == kept


def test_lists_are_separated_by_commas_without_repetition() -> None:
    assert meeting(Thành_phần=" KT ,CB2,, KT").rows["Lịch họp"][0].items("Thành phần") == ("KT", "CB2")
    assert meeting(Thành_phần=12.0).rows["Lịch họp"][0].items("Thành phần") == ("12",)
    assert person(Vai_trò="van_phong, Quản trị").rows["Cán bộ"][0].items("Vai trò") == ("van_phong", "quan_tri")


@pytest.mark.parametrize("typed", ["05/02/2026", "5/2/2026", date(2026, 2, 5), in_excel(2026, 2, 5)])
def test_dates_are_text_or_real(typed: object) -> None:
    assert person(Từ_ngày=typed).rows["Cán bộ"][0].day("Từ ngày") == date(2026, 2, 5)


@pytest.mark.parametrize(
    "typed",
    ["26/11/2026 14:00", "26/11/2026  14h00", in_excel(2026, 11, 26, 14), in_excel(2026, 11, 26, 13, 59, 59, 999000)],
)
def test_moments_are_read_in_vietnam_and_kept_in_utc(typed: object) -> None:
    assert meeting(Bắt_đầu=typed).rows["Lịch họp"][0].moment("Bắt đầu") == datetime(2026, 11, 26, 7, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["16:30", time(16, 30), "26/11/2026 16:30"])
def test_an_end_without_a_day_is_on_the_day_of_the_beginning(typed: object) -> None:
    assert meeting(Kết_thúc=typed).rows["Lịch họp"][0].moment("Kết thúc") == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"), [("x", True), ("X", True), ("có", True), (True, True), ("không", False), (0, False)]
)
def test_a_flag_is_a_cross(typed: object, kept: bool) -> None:
    assert meeting(Yêu_cầu_cấp_trưởng=typed).rows["Lịch họp"][0].flag("Yêu cầu cấp trưởng") is kept


@pytest.mark.parametrize(
    ("book", "message"),
    [
        (units(("KT", None, "khac")), "Đơn vị!B2: Tên is missing."),
        (units(("KT", "Phòng", "xã hội")), "Đơn vị!C2: xã hội is not one of: lanh_dao, van_phong,"),
        (units(("KT", "#REF!", "khac")), "Đơn vị!B2: The formula here gives the error #REF!."),
        (units(("KT", "=1+1", "khac")), "Đơn vị!B2: The formula here has no value"),
        (units(("K,T", "Phòng", "khac")), "Đơn vị!A2: Only one code may stand here."),
        (units((1.5, "Phòng", "khac")), "Đơn vị!A2: This is not a code"),
        (units((date(2026, 2, 1), "Phòng", "khac")), "Đơn vị!A2: Excel turned this into a date"),
        (units(("K" * 65, "Phòng", "khac")), "Đơn vị!A2: A code has at most 64 characters."),
        (units(("KT", "Phòng", "khac"), ("kt", "Ban", "khac")), "Đơn vị!A3: kt stands here and in A2."),
        (person(Điện_thoại="không có"), "Cán bộ!G2: This is not a telephone number"),
        (person(Từ_ngày="31/02/2026"), "Cán bộ!H2: This is not a date"),
        (person(Từ_ngày="2026-02-01"), "Cán bộ!H2: This is not a date"),
        (person(Từ_ngày="01/01/0026"), "Cán bộ!H2: This is not a date"),
        (person(Từ_ngày=45000), "Cán bộ!H2: This is not a date"),
        (person(Từ_ngày=in_excel(2026, 2, 5, 9)), "Cán bộ!H2: This is not a date"),
        (person(Từ_ngày="02/02/2026", Đến_ngày="01/02/2026"), "Cán bộ!I2: Đến ngày comes before Từ ngày."),
        (person(Vai_trò="van_phong, vua"), "Cán bộ!F2: vua is not one of"),
        (meeting(Bắt_đầu="26/11/2026"), "Lịch họp!D2: This is not a day and hour"),
        (meeting(Bắt_đầu=date(2026, 11, 26)), "Lịch họp!D2: This is not a day and hour"),
        (meeting(Bắt_đầu="26/11/2026 25:00"), "Lịch họp!D2: This is not a day and hour"),
        (meeting(Kết_thúc="13:00"), "Lịch họp!E2: Kết thúc comes before Bắt đầu."),
        (meeting(Kết_thúc="chiều"), "Lịch họp!E2: This is not a day and hour"),
        (meeting(Thành_phần=" , ,"), "Lịch họp!H2: Thành phần is missing."),
        (meeting(Yêu_cầu_cấp_trưởng="có lẽ"), "Lịch họp!I2: Write x for yes"),
        (read(workbook(Đơn_vị=[("Mã", "Tên"), ("KT", "Phòng")])), "Đơn vị!C1: The column Loại is missing."),
        (read(workbook(Đơn_vị=[(*UNIT_HEADINGS, "ten")])), "Đơn vị!D1: The column Tên stands in the sheet twice."),
        (read(workbook(Cơ_quan=[("Tên", "Mã"), ("A", "1"), ("B", "2")])), "Cơ quan!A3: This sheet has one row only."),
        (read(workbook(Đơn_vị=[], Don_vi=[])), "Don vi!A1: This sheet stands in the workbook twice."),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(book: Workbook, message: str) -> None:
    (error,) = told(book)
    assert error.startswith(message)


def test_every_error_is_told_at_once() -> None:
    book = units(("", "Phòng", "khac"), ("VP", "", "la"), ("VP", "Văn phòng", "van_phong"))

    assert [(error.sheet, error.cell) for error in book.errors] == [
        ("Đơn vị", "A2"),
        ("Đơn vị", "B3"),
        ("Đơn vị", "C3"),
        ("Đơn vị", "A4"),
    ]


def test_an_importer_reports_at_a_cell_too() -> None:
    (row,) = units(("KT", "Phòng", "khac")).rows["Đơn vị"]

    assert str(row.error("Tên", "There is no {name}.", name="x")) == "Đơn vị!B2: There is no x."


def test_the_same_person_may_delegate_twice() -> None:
    headings = ("Người ủy quyền", "Người được ủy quyền", "Từ ngày", "Đến ngày")
    rows = [("CB1", "CB2", "01/02/2026", "02/02/2026"), ("CB1", "CB2", "05/02/2026", "05/02/2026")]

    assert told(read(workbook(Ủy_quyền=[headings, *rows]))) == []


junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    st.datetimes(in_excel(1901, 1, 1), in_excel(9999, 12, 31)),
    st.dates(date(1901, 1, 1)),
    st.times(),
    st.from_regex(r"[0-9/: ]{1,16}", fullmatch=True),
    st.sampled_from(["=1/0", "#N/A", "_x000D_", "x,,x", "00/00/0000 00:00", "٣/٣/٢٠٢٦"]),
)


@settings(deadline=None)
@given(st.data())
def test_junk_in_any_cell_gives_a_value_or_an_error_and_never_a_traceback(data: st.DataObject) -> None:
    sheet = data.draw(st.sampled_from(SHEETS))
    row = data.draw(st.lists(junk, min_size=len(sheet.columns), max_size=len(sheet.columns)))
    content = workbook(**{sheet.name.replace(" ", "_").replace("/", ""): [[it.heading for it in sheet.columns], row]})

    book = read(content)

    for read_row in book.rows[sheet.name]:
        wrong = {error.cell for error in book.errors}
        for column in sheet.columns:
            is_empty = read_row.values[column.heading] == column.kind.empty
            assert not (column.required and is_empty) or read_row.cells[column.heading] in wrong
