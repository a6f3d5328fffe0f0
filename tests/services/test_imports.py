from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.work import Work
from models.meetings import Invitation, Meeting, invitations_to, meeting_by_code
from models.outbox import OutboxMessage
from models.people import (
    Delegation,
    Person,
    Post,
    Switch,
    Tenure,
    Unit,
    holder_of,
    holders_in,
    person_by_code,
    posts_of,
    the_body,
)
from services import body, meetings
from services.imports import ImportRefusedError, ImportResult, import_workbook
from tests.services import workbooks
from tests.services.workbooks import BODY, CHAIR, CLERK, COMPLETE, DEPUTY, EVERYBODY, HEAD, MEETING, UNITS, Sheet


def load(work: Work, *sheets: Sheet) -> ImportResult:
    return import_workbook(work, workbooks.read(*sheets))


def refused(work: Work, *sheets: Sheet) -> list[str]:
    with pytest.raises(ImportRefusedError) as error:
        load(work, *sheets)
    assert str(error.value) == "\n".join(error.value.errors)
    return error.value.errors


def invited(work: Work, code: str) -> list[str]:
    meeting = meeting_by_code(work.session, code)
    assert meeting is not None
    posts = [work.session.get_one(Post, invitation.post_id) for invitation in invitations_to(work.session, meeting.key)]
    return [post.code for post in posts]


def test_a_complete_workbook_is_applied_and_counted(work: Work) -> None:
    result = load(work, *COMPLETE)
    assert result.counts == {"Cơ quan": 1, "Đơn vị": 3, "Cán bộ": 4, "Lịch họp": 1}
    assert result.ignored == []
    found = the_body(work.session)
    assert found is not None
    assert (found.name, found.code, found.pack_id) == ("UBND phường Mẫu", "MAU", "gia-binh-2022")
    head = person_by_code(work.session, "TP")
    assert head is not None
    assert (head.full_name, head.folded_name) == ("Vũ Đình Khải", "vu dinh khai")
    assert [post.code for post in posts_of(work.session, head.key, work.today)] == ["TP"]


def test_a_meeting_invites_heads_for_units_and_people_by_code(work: Work) -> None:
    load(work, *COMPLETE)
    meeting = meeting_by_code(work.session, "GB-1")
    assert meeting is not None
    assert meeting.starts_at == datetime(2026, 11, 26, 7, tzinfo=UTC)
    assert meeting.ends_at == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert meeting.requires_head
    assert invited(work, "GB-1") == ["TP", "CV"]


def test_a_meeting_without_end_lasts_two_hours_and_may_have_a_chair_from_outside(work: Work) -> None:
    row = ("HN-1", "Hội nghị", "hoi_nghi", "26/11/2026 14:00", None, "Nguyễn Văn Xa, Trưởng đoàn", "KT", "KT")
    load(work, BODY, UNITS, EVERYBODY, workbooks.meetings(row))
    meeting = meeting_by_code(work.session, "HN-1")
    assert meeting is not None
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=2)
    assert (meeting.chair_id, meeting.outside_chair) == (None, "Nguyễn Văn Xa, Trưởng đoàn")


def test_a_unit_without_head_stands_for_its_first_deputy(work: Work) -> None:
    load(work, BODY, UNITS, workbooks.people(CHAIR, DEPUTY, CLERK), workbooks.meetings(MEETING))
    assert invited(work, "GB-1") == ["PTP", "CV"]


def test_who_presides_is_not_invited_to_his_own_meeting(work: Work) -> None:
    load(work, BODY, UNITS, EVERYBODY, workbooks.meetings((*MEETING[:7], "LD, KT, CT")))
    assert invited(work, "GB-1") == ["TP"]


def test_the_same_workbook_again_changes_nothing_and_tells_nobody(work: Work) -> None:
    load(work, *COMPLETE)
    before = [
        len(work.session.exec(select(table)).all()) for table in (Person, Post, Tenure, Unit, Invitation, OutboxMessage)
    ]
    load(work, *COMPLETE)
    after = [
        len(work.session.exec(select(table)).all()) for table in (Person, Post, Tenure, Unit, Invitation, OutboxMessage)
    ]
    assert after == before


def test_codes_are_keys_and_a_second_import_updates(work: Work) -> None:
    load(work, *COMPLETE)
    renamed = ("tp", "Vũ Đình Khải Minh", "Trưởng phòng", "KT", "truong", "thanh_vien_ubnd")
    moved = (*MEETING[:3], "27/11/2026 08:00", "10:00", *MEETING[5:])
    load(work, workbooks.people(renamed), workbooks.meetings(moved))
    head = person_by_code(work.session, "TP")
    assert head is not None
    assert head.full_name == "Vũ Đình Khải Minh"
    assert posts_of(work.session, head.key, work.today)[0].roles == ["thanh_vien_ubnd"]
    meeting = meeting_by_code(work.session, "GB-1")
    assert meeting is not None
    assert meeting.starts_at == datetime(2026, 11, 27, 1, tzinfo=UTC)
    assert meeting.version == 2


def test_rows_that_are_absent_later_stay_untouched(work: Work) -> None:
    load(work, *COMPLETE)
    load(work, workbooks.people(HEAD))
    deputy = person_by_code(work.session, "PTP")
    assert deputy is not None
    assert posts_of(work.session, deputy.key, work.today)


def test_leaving_is_a_last_day_and_a_successor_follows(work: Work) -> None:
    load(work, BODY, UNITS, EVERYBODY)
    leaves = (*HEAD, "TP", None, "30/11/2026")
    follows = ("TP2", "Đinh Trọng Nghĩa", "Trưởng phòng", "KT", "truong", "", "TP")
    load(work, workbooks.people(follows, leaves))
    post = work.session.exec(select(Post).where(Post.code == "TP")).one()
    days = (date(2026, 11, 30), date(2026, 12, 1))
    holders = [holder_of(work.session, post.key, day) for day in days]
    assert [one.code if one else None for one in holders] == ["TP", "TP2"]


def test_who_moves_to_another_post_leaves_the_one_before(work: Work) -> None:
    load(work, BODY, UNITS, EVERYBODY)
    load(work, workbooks.people((*CLERK[:3], "KT", "chuyen_vien", "", "CV-KT", "01/12/2026")))
    clerk = person_by_code(work.session, "CV")
    assert clerk is not None
    days = (date(2026, 11, 30), date(2026, 12, 1))
    assert [[post.code for post in posts_of(work.session, clerk.key, day)] for day in days] == [["CV"], ["CV-KT"]]


def test_switches_are_dated(work: Work) -> None:
    sheet = ("Quy định", [("Khóa", "Giá trị", "Từ ngày"), ("absence.substitute", "cấp dưới", "01/12/2026")])
    load(work, BODY, sheet)
    load(work, BODY, sheet)
    row = work.session.exec(select(Switch)).one()
    assert (row.name, row.value, row.from_on) == ("absence.substitute", "cấp dưới", date(2026, 12, 1))


def test_delegations_are_applied_once_and_may_be_prolonged(work: Work) -> None:
    headings = ("Người ủy quyền", "Người được ủy quyền", "Từ ngày", "Đến ngày")
    row = ("CT", "TP", "20/11/2026", "22/11/2026")
    for last in ("22/11/2026", "22/11/2026", "25/11/2026"):
        load(work, BODY, UNITS, EVERYBODY, ("Ủy quyền", [headings, (*row[:3], last)]))
    found = work.session.exec(select(Delegation)).one()
    assert (found.from_on, found.to_on) == (date(2026, 11, 20), date(2026, 11, 25))


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
        "Lịch họp!E2", "Lịch họp!F3", "Lịch họp!G3",
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


def test_another_pack_in_a_later_workbook_applies_from_today(work: Work) -> None:
    load(work, *COMPLETE)
    load(work, ("Cơ quan", [("Tên", "Mã", "Gói quy định"), ("UBND phường Mẫu", "MAU", "rach-gia-2024")]))
    assert body.pack_on(work, work.today) == "rach-gia-2024"


def test_sheets_that_nobody_uses_yet_are_read_and_left_alone(work: Work) -> None:
    procedures = ("Thủ tục", [("Mã", "Tên"), ("1.000894", "Đăng ký kết hôn")])
    result = load(work, BODY, procedures, ("Ghi chú", [("a",)]))
    assert len(result.ignored) == 2
    assert any("Thủ tục" in line for line in result.ignored)
    assert refused(work, BODY, ("Thủ tục", [("Mã",), ("1",)]))[0].startswith("Thủ tục!B1: ")


def test_a_meeting_that_is_over_may_stand_in_the_workbook_but_not_change(work: Work) -> None:
    load(work, *COMPLETE)
    later = replace(work, now=datetime(2026, 12, 1, tzinfo=UTC))
    load(later, *COMPLETE)
    errors = refused(later, workbooks.meetings(("GB-1", "Họp khác", *MEETING[2:])))
    assert errors[0].startswith("Lịch họp!D2: ")


def test_what_the_workbook_does_not_know_of_a_meeting_is_kept(work: Work) -> None:
    load(work, *COMPLETE)
    meeting = work.session.exec(select(Meeting)).one()
    meetings.change(work, meeting, replace(meetings.details_of(work, meeting), convenor="Tỉnh ủy"))
    load(work, workbooks.meetings(("GB-1", "Họp giao ban", *MEETING[2:])))
    assert (meeting.title, meeting.convenor) == ("Họp giao ban", "Tỉnh ủy")


def test_the_import_is_in_the_audit_log_without_names(work: Work) -> None:
    load(work, *COMPLETE)
    acts = [act for act in work._acts if act.action == "workbook.imported"]
    assert acts[0].facts == {"body": 1, "switches": 0, "units": 3, "people": 4, "delegations": 0, "meetings": 1}


def test_nothing_is_sent_to_people_without_a_chat_but_the_row_is_kept(work: Work) -> None:
    load(work, *COMPLETE)
    rows = work.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
    assert rows
    assert {row.channel for row in rows} == {""}
