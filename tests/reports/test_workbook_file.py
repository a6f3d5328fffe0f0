"""Whatever file arrives, the answer is rows or one clear sentence."""

import contextlib
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.workbook import WorkbookError, read
from reports.workbook_file import MAX_ROWS, MAX_UNPACKED_BYTES


def a_workbook(*, rows: int = 1, merged: str = "", far_cell: str = "") -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Đơn vị"
    page.append(["Mã", "Tên", "Loại"])
    for number in range(rows):
        page.append([f"D{number}", "Phòng", "khac"])
    if merged:
        page.merge_cells(merged)
    if far_cell:
        page[far_cell] = "lạc"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same workbook with something replaced inside one of its parts."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            assert entry.filename != part or old in data
            target.writestr(entry.filename, data.replace(old, new) if entry.filename == part else data)
    return result.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FIRST_CODE = b'<c r="A2" t="inlineStr"><is><t>D0</t></is></c>'
FIRST_CODE_AS_FORMULA = b'<c r="A2" t="str"><f>UPPER("kt")</f>%s</c>'


def a_zip(**parts: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return content.getvalue()


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(a_workbook())

    assert len(read(path).rows["Đơn vị"]) == len(read(str(path)).rows["Đơn vị"]) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"The file không\.xlsx cannot be opened\."):
        read(tmp_path / "không.xlsx")


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="cannot be opened"):
        read(tmp_path)


def test_a_file_with_a_password_or_of_the_old_type_is_told_apart() -> None:
    with pytest.raises(WorkbookError, match="protected by a password or is of an old type"):
        read(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        "Mã;Tên".encode(),
        a_workbook()[:-200],
        a_zip(),
        a_zip(document=b"<w/>"),
        changed(a_workbook(), SHEET, b"</row>", b"<row>"),
        changed(a_workbook(), "xl/workbook.xml", b'r:id="rId1"', b'r:id="rId9"'),
        changed(a_workbook(), SHEET, b't="inlineStr"', b't="s"><v>3000</v></c><c t="s"'),
        changed(a_workbook(), SHEET, b'<row r="2"', b'<row r="900000000"'),
    ],
)
def test_what_is_damaged_or_something_else_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(WorkbookError, match=r"The file is not a workbook \(\.xlsx\), or is damaged\."):
        read(content)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unopened() -> None:
    bomb = a_zip(bomb=bytes(MAX_UNPACKED_BYTES + 1))

    assert len(bomb) < 100_000
    with pytest.raises(WorkbookError, match="too big"):
        read(bomb)


def test_entities_that_multiply_are_refused() -> None:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (level + 1, b"&e%d;" % level * 20) for level in range(12))
    bomb = changed(
        a_workbook(),
        SHEET,
        b"<worksheet ",
        b'<!DOCTYPE x [<!ENTITY e0 "ha">' + entities + b"]><worksheet ",
    )
    bomb = changed(bomb, SHEET, b"<sheetData>", b"<sheetData>&e12;")

    with pytest.raises(WorkbookError):
        read(bomb)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(WorkbookError, match="The sheet Đơn vị has more than"):
        read(a_workbook(rows=MAX_ROWS))


def test_a_lost_cell_far_away_costs_nothing() -> None:
    book = read(a_workbook(far_cell="XFD1048576"))

    assert len(book.rows["Đơn vị"]) == 1
    assert book.errors == []


def test_merged_cells_are_told_at_their_first_cell() -> None:
    book = read(a_workbook(rows=3, merged="B3:B4"))

    assert [str(error) for error in book.errors] == [
        "Đơn vị!B3: Cells are merged here; unmerge them and fill in each.",
        "Đơn vị!B4: Tên is missing.",
    ]


def test_a_formula_counts_by_the_value_that_was_stored() -> None:
    content = changed(a_workbook(), SHEET, FIRST_CODE, FIRST_CODE_AS_FORMULA % b"<v>KT</v>")

    assert read(content).rows["Đơn vị"][0].text("Mã") == "KT"


def test_a_formula_whose_value_was_never_stored_is_an_error_of_its_cell() -> None:
    content = changed(a_workbook(), SHEET, FIRST_CODE, FIRST_CODE_AS_FORMULA % b"")

    assert [str(error) for error in read(content).errors] == [
        "Đơn vị!A2: The formula here has no value; type the value itself."
    ]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**16), st.integers(0, 255))
def test_a_workbook_with_a_damaged_byte_never_ends_in_a_traceback(position: int, byte: int) -> None:
    content = bytearray(a_workbook())
    content[position % len(content)] = byte
    with contextlib.suppress(WorkbookError):
        read(bytes(content))
