"""The sheets `Đường dây nóng` and `Thủ tục`: teams of posts, places as written, mistakes at their cells."""

import pytest
from sqlmodel import select

from bot.work import Work
from models.hotline_directory import (
    Hotline,
    Procedure,
    ServiceLevel,
    claims_on,
    hotlines,
    member_posts,
    places_of,
    procedures,
)
from models.people import Post, the_body
from services.imports import ImportResult
from tests.services.workbooks import BODY, CLERK, Sheet, load, people, refused

COMMUNES = (
    "Đơn vị",
    [("Mã", "Tên", "Loại"), ("VP", "Văn phòng", "van_phong"), ("XA", "Xã An", "xa"), ("XB", "Xã Bình", "xa")],
)
CHAIR_OF_AN = ("A1", "Lò Văn An", "Chủ tịch", "XA", "truong", "")
DEPUTY_OF_AN = ("A2", "Bế Thị Ân", "Phó Chủ tịch", "XA", "pho", "")
CHAIR_OF_BINH = ("B1", "Vi Văn Bình", "Chủ tịch", "XB", "truong", "")
EVERYBODY = people(CLERK, CHAIR_OF_AN, DEPUTY_OF_AN, CHAIR_OF_BINH)
BASE = (BODY, COMMUNES, EVERYBODY)
AN = ("XA", "0200 3000 001", "A1", "A2, CV, A1", "thôn Hạ, xã Cũ")
BINH = ("XB", "0200 3000 002", "B1", "A2", "Thôn Hạ")


def sheet(*rows: tuple[str | None, ...]) -> Sheet:
    return "Đường dây nóng", [("Đơn vị", "Số điện thoại", "Tổ trưởng", "Thành viên", "Địa bàn"), *rows]


def asked(*rows: tuple[str | None, ...]) -> Sheet:
    return "Thủ tục", [("Mã", "Tên", "Từ khóa", "Nơi tiếp nhận", "Mức độ", "Hướng dẫn"), *rows]


def only(work: Work) -> Hotline:
    return work.session.exec(select(Hotline)).one()


def loaded(work: Work, *rows: tuple[str | None, ...]) -> ImportResult:
    return load(work, *BASE, sheet(*rows))


def test_a_team_is_posts_and_its_leader_is_not_among_the_members(work: Work) -> None:
    assert loaded(work, AN).counts["Đường dây nóng"] == 1
    [(hotline, unit)] = hotlines(work.session)
    assert (unit.code, hotline.phone) == ("XA", "0200 3000 001")
    assert work.session.get_one(Post, hotline.leader_post_id).code == "A1"
    assert [post.code for post in member_posts(work.session, hotline.key)] == ["A2", "CV"]
    names = [(place.name, place.folded_name) for place in places_of(work.session, hotline.key)]
    assert names == [("thôn Hạ", "thon ha"), ("xã Cũ", "xa cu")]


def test_a_second_import_updates_number_team_and_places(work: Work) -> None:
    loaded(work, AN)
    loaded(work, ("xa", "0200 3000 009", "A1", "CV", None))
    hotline = only(work)
    assert hotline.phone == "0200 3000 009"
    assert [post.code for post in member_posts(work.session, hotline.key)] == ["CV"]
    assert not places_of(work.session, hotline.key)


def test_a_place_that_two_units_claim_is_a_warning(work: Work) -> None:
    result = loaded(work, AN, BINH)
    assert [line.partition(" is claimed by ")[::2] for line in result.warnings] == [
        ("Đường dây nóng!E2: thôn Hạ", "Xã Bình too; whoever names it is asked which one is meant."),
        ("Đường dây nóng!E3: Thôn Hạ", "Xã An too; whoever names it is asked which one is meant."),
    ]
    assert [unit.code for _place, unit in claims_on(work.session, "thon ha")] == ["XA", "XB"]


@pytest.mark.parametrize("leader", ["A2", "B1"])
def test_a_leader_who_is_not_the_head_of_the_unit_is_a_warning(work: Work, leader: str) -> None:
    [line] = loaded(work, (*AN[:2], leader, "CV", None)).warnings
    assert line.startswith("Đường dây nóng!C2: ") and "Xã An" in line


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (("XX", *AN[1:]), "A2: There is no unit with the code XX."),
        (("XA", "gọi sau", *AN[2:]), "B2: This is not a telephone number"),
        ((*AN[:2], "ZZ", *AN[3:]), "C2: There is no person with the code ZZ."),
        ((*AN[:3], "A2, ZZ", AN[4]), "D2: There is no person with the code ZZ."),
        ((*AN[:4], "thôn Hạ, 3"), "E2: 3 is not the name of a place."),
    ],
)
def test_a_mistake_is_named_at_its_cell_and_nothing_is_imported(work: Work, row: tuple[str, ...], error: str) -> None:
    errors = refused(work, *BASE, sheet(row), asked(("TT-1", "Đăng ký khai sinh")))
    assert len(errors) == 1 and errors[0].startswith(f"Đường dây nóng!{error}")
    assert not hotlines(work.session) and not procedures(work.session)


def test_a_unit_has_one_hotline(work: Work) -> None:
    errors = refused(work, *BASE, sheet(AN, ("xa", "0200 3000 009", *AN[2:])))
    assert errors == ["Đường dây nóng!A3: xa stands here and in A2."]


def test_who_holds_no_post_any_more_cannot_be_in_a_team(work: Work) -> None:
    gone = (*DEPUTY_OF_AN, "", None, "01/11/2026")
    errors = refused(work, BODY, COMMUNES, people(CLERK, CHAIR_OF_AN, gone), sheet(AN))
    assert errors == ["Đường dây nóng!D2: Bế Thị Ân holds no post today."]


def test_procedures_are_created_and_updated_by_code(work: Work) -> None:
    row = ("TT-1", "Đăng ký khai sinh", "khai sinh, giấy khai sinh", "Trung tâm", "toan_trinh", "Mang giấy chứng sinh.")
    assert load(work, BODY, asked(row)).counts["Thủ tục"] == 1
    load(work, asked(("TT-1", "Khai sinh", "khai sinh", None, None, None), ("TT-2", "Khai tử", None, None, None, None)))
    found = [(each.code, each.name, each.keywords, each.level) for each in procedures(work.session)]
    assert found == [("TT-1", "Khai sinh", ["khai sinh"], None), ("TT-2", "Khai tử", [], None)]
    load(work, asked(row))
    first = work.session.exec(select(Procedure).where(Procedure.code == "TT-1")).one()
    assert (first.level, first.intake, first.guide) == (ServiceLevel.FULL, "Trung tâm", "Mang giấy chứng sinh.")


def test_what_is_kept_in_memory_ends_when_a_place_a_procedure_or_a_unit_s_name_changes(work: Work) -> None:
    def digest() -> str:
        body = the_body(work.session)
        assert body is not None
        return body.directory_digest

    loaded(work, AN)
    digests = [digest()]
    for change in (
        sheet((*AN[:4], "thôn Hạ, xã Cũ, xóm Chùa")),
        asked(("TT-1", "Khai sinh", None, None, None, None)),
        asked(("TT-1", "Khai sinh", "con mới sinh", None, None, None)),
        ("Đơn vị", [("Mã", "Tên", "Loại"), ("XA", "Phường An", "xa")]),
    ):
        load(work, change)
        digests.append(digest())
    assert len(set(digests)) == len(digests)
    load(work, BODY)
    assert digest() == digests[-1]
