"""Workbooks that are refused, every mistake at its cell."""

from sqlmodel import select

from bot.work import Work
from models.offices import holders_in
from models.people import Unit, person_by_code
from tests.services import workbooks
from tests.services.workbooks import BODY, CHAIR, CLERK, COMPLETE, EVERYBODY, HEAD, MEETING, UNITS, load, refused


def test_every_mistake_is_listed_at_its_cell_in_order(work: Work) -> None:
    errors = refused(
        work,
        BODY,
        (
            "Quy định",
            [
                ("Khóa", "Giá trị", "Từ ngày"),
                ("absence.substitut", "x", "1/12/2026"),
                ("absence.substitute", "x", "1/12/2026"),
            ],
        ),
        UNITS,
        workbooks.people((*HEAD[:3], "KTT", "truong"), CHAIR),
        (
            "Ủy quyền",
            [
                ("Người ủy quyền", "Người được ủy quyền", "Từ ngày", "Đến ngày"),
                ("CT", "XX", "20/11/2026", "21/11/2026"),
            ],
        ),
        workbooks.meetings(
            ("M1", "Họp", "giao_ban", "26/11/2026 14:00", "13:00", "CT", "KT", "LD"),
            ("M2", "Họp", "giao_ban", "26/11/2026 14:00", None, "CT0", "KX", "TP, ZZ, KT"),
        ),
    )
    assert [line.split(":")[0] for line in errors] == [
        "Quy định!A2", "Quy định!B3", "Cán bộ!D2", "Ủy quyền!B2",
        "Lịch họp!E2", "Lịch họp!F3", "Lịch họp!G3", "Lịch họp!H3", "Lịch họp!H3",
    ]  # fmt: skip
    assert "absence.substitute" in errors[0]
    assert "KTT" in errors[2]


def test_a_person_whose_row_is_wrong_is_not_reported_again_where_he_is_named(work: Work) -> None:
    errors = refused(work, BODY, UNITS, workbooks.people(CHAIR, ("TP", None, "Trưởng phòng", "KT", "truong"), CLERK),
                     workbooks.meetings((*MEETING[:7], "TP, CV")))  # fmt: skip
    assert [line.split(":")[0] for line in errors] == ["Cán bộ!B3"]


def test_invitees_must_exist_and_units_must_have_somebody(work: Work) -> None:
    errors = refused(work, BODY, UNITS, workbooks.people(CHAIR, CLERK), workbooks.meetings((*MEETING[:7], "KT, ZZ")))
    assert len(errors) == 2
    assert all(line.startswith("Lịch họp!H2: ") for line in errors)


def test_a_refused_workbook_leaves_nothing_behind(work: Work) -> None:
    load(work, *COMPLETE)
    work.session.commit()
    refused(
        work,
        workbooks.people(
            ("NEW", "Mới", "Chuyên viên", "KT", "chuyen_vien"), ("BAD", "Sai", "Chuyên viên", "XX", "pho")
        ),
    )
    work.session.rollback()
    assert person_by_code(work.session, "NEW") is None


def test_two_heads_at_the_same_time_are_an_error_outside_the_leadership(work: Work) -> None:
    other = ("TP2", "Đinh Trọng Nghĩa", "Trưởng phòng", "KT", "truong")
    errors = refused(
        work, BODY, UNITS, workbooks.people(CHAIR, ("CT2", "Lê An", "Chủ tịch HĐND", "LD", "truong"), HEAD, other)
    )
    assert len(errors) == 1
    assert errors[0].startswith("Cán bộ!E5: ")
    assert "Vũ Đình Khải" in errors[0]


def test_a_head_who_left_is_no_second_head(work: Work) -> None:
    left = (*HEAD, None, None, "30/10/2026")
    load(work, BODY, UNITS, workbooks.people(left, ("TP2", "Đinh Trọng Nghĩa", "Trưởng phòng", "KT", "truong")))
    unit = work.session.exec(select(Unit).where(Unit.code == "KT")).one()
    assert [person.code for _post, person in holders_in(work.session, unit.key, work.today)] == ["TP2"]


def test_a_post_is_held_by_one_person_at_a_time(work: Work) -> None:
    load(work, BODY, UNITS, EVERYBODY)
    errors = refused(work, workbooks.people(("TP2", "Đinh Trọng Nghĩa", "Trưởng phòng", "KT", "truong", "", "TP")))
    assert len(errors) == 1
    assert "Vũ Đình Khải" in errors[0]


def test_a_tenure_may_not_end_before_it_begins(work: Work) -> None:
    errors = refused(work, BODY, UNITS, workbooks.people((*HEAD, None, "02/11/2026", "01/11/2026")))
    assert [line.split(":")[0] for line in errors] == ["Cán bộ!I2"]


def test_a_chain_of_delegations_is_an_error_at_its_cell(work: Work) -> None:
    headings = ("Người ủy quyền", "Người được ủy quyền", "Từ ngày", "Đến ngày")
    rows = [headings, ("CT", "TP", "20/11/2026", "22/11/2026"), ("TP", "PTP", "21/11/2026", "23/11/2026")]
    errors = refused(work, BODY, UNITS, EVERYBODY, ("Ủy quyền", rows))
    assert len(errors) == 1
    assert errors[0].startswith("Ủy quyền!B3: ")


def test_one_database_serves_one_body(work: Work) -> None:
    load(work, *COMPLETE)
    errors = refused(work, ("Cơ quan", [("Tên", "Mã"), ("UBND phường Khác", "KHAC")]))
    assert errors[0].startswith("Cơ quan!B2: ")


def test_an_empty_database_needs_the_body_first(work: Work) -> None:
    assert refused(work, UNITS)[0].startswith("Cơ quan!A1: ")


def test_an_unknown_pack_is_an_error(work: Work) -> None:
    errors = refused(work, ("Cơ quan", [("Tên", "Mã", "Gói quy định"), ("UBND phường Mẫu", "MAU", "gia-binh")]))
    assert errors[0].startswith("Cơ quan!C2: ")
    assert "gia-binh-2022" in errors[0]
