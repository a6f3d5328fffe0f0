"""Workbooks that are applied."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from bot.work import Work
from models.duties import Duty, Ping
from models.meetings import Invitation, Meeting, invitations_to, meeting_by_code
from models.offices import holder_of, posts_of
from models.outbox import OutboxMessage
from models.people import Delegation, Person, Post, Switch, Tenure, Unit, person_by_code, the_body
from rules.workdays import TIME_ZONE
from services import body, meetings
from tests.services import workbooks
from tests.services.workbooks import (
    BODY,
    CHAIR,
    CLERK,
    COMPLETE,
    DEPUTY,
    EVERYBODY,
    HEAD,
    MEETING,
    UNITS,
    load,
    refused,
)


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


def test_another_pack_in_a_later_workbook_applies_from_today(work: Work) -> None:
    load(work, *COMPLETE)
    load(work, ("Cơ quan", [("Tên", "Mã", "Gói quy định"), ("UBND phường Mẫu", "MAU", "rach-gia-2024")]))
    assert body.pack_on(work, work.today) == "rach-gia-2024"


def test_sheets_that_nobody_knows_are_named_and_left_alone(work: Work) -> None:
    result = load(work, BODY, ("Ghi chú", [("a",)]))
    assert len(result.ignored) == 1
    assert "Ghi chú" in result.ignored[0]


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
    counts = {
        "body": 1,
        "switches": 0,
        "units": 3,
        "people": 4,
        "delegations": 0,
        "meetings": 1,
        "agenda": 0,
        "tasks": 0,
        "programme": 0,
        "hotlines": 0,
        "procedures": 0,
    }
    assert acts[0].facts == counts


def test_nothing_is_sent_to_people_without_a_chat_but_the_row_is_kept(work: Work) -> None:
    load(work, *COMPLETE)
    work.close()
    rows = work.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
    assert rows
    assert {row.channel for row in rows} == {""}


def test_meetings_that_have_begun_are_kept_but_nobody_is_invited_or_reminded(work: Work) -> None:
    begun = local_moment(work.now - timedelta(minutes=30))
    over = local_moment(work.now - timedelta(days=9))
    rows = [("GB-0", *MEETING[1:3], over, None, *MEETING[5:]), ("GB-1", *MEETING[1:3], begun, None, *MEETING[5:])]
    load(work, BODY, UNITS, EVERYBODY, workbooks.meetings(*rows))
    assert invited(work, "GB-0") == invited(work, "GB-1") == ["TP", "CV"]
    for table in (OutboxMessage, Duty, Ping):
        assert not work.session.exec(select(table)).all()


def local_moment(moment: datetime) -> str:
    return f"{moment.astimezone(TIME_ZONE):%d/%m/%Y %H:%M}"
