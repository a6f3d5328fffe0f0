"""The register of what was not complied with (Sơn Dương 8.a): from what is recorded, to the chair after one tap."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import Session, col, select

from bot.work import Work
from models.attendance import Act, AttendanceEntry, Method
from models.files import StoredFile
from models.meetings import Invitation
from models.people import person_by_code
from rules.attendance import Mark, Status
from services import people
from services.demo import Cast
from tests.conversation import Phone, Stage
from tests.handlers.task_stage import briefing, given, morning, under

# The stage stands on Friday 20 November 2026, 08:00; the list is made on Monday the 23rd.
MONDAY = date(2026, 11, 23)


@pytest.fixture
def son_duong(town: Stage) -> Stage:
    under(town, "son-duong-2021")
    town.act(given, date(2026, 11, 20))
    return town


def judge(work: Work, *acts: tuple[Act, Status | None, Mark | None]) -> None:
    """A meeting of Thursday, in which the Office has judged the seat of the head of construction."""
    head, clerk = person_by_code(work.session, Cast.CONSTRUCTION_HEAD), person_by_code(work.session, Cast.OFFICE)
    assert head and clerk
    post = people.main_post(work, head)
    assert post
    meeting = briefing(work)
    invitation = Invitation(meeting_id=meeting.key, post_id=post.key, invited_at=meeting.starts_at)
    work.session.add(invitation)
    work.session.flush()
    for act, status, mark in acts:
        work.session.add(
            AttendanceEntry(
                meeting_id=meeting.key, invitation_id=invitation.key, person_id=head.key, act=act,
                method=Method.ROLL_CALL, status=status, mark=mark, text="theo biên bản", at=meeting.starts_at,
                entered_at=work.now, entered_by_id=clerk.key,
            )
        )  # fmt: skip
        work.session.flush()


def approve(stage: Stage) -> Phone:
    stage.pass_time(to=morning(MONDAY))
    office = stage.phone(Cast.OFFICE)
    return office.presses("Duyệt, gửi lãnh đạo", on=office.sees("chưa báo cáo", "Duyệt, gửi lãnh đạo"))


def heard(phone: Phone) -> list[str]:
    return [bubble.text for bubble in phone.bubbles if "chưa chấp hành" in bubble]


def test_the_office_sees_the_register_and_the_chair_alone_gets_it_after_the_tap(son_duong: Stage) -> None:
    son_duong.act(judge, (Act.CLASSIFY, Status.ABSENT_UNEXCUSED, None))
    son_duong.pass_time(to=morning(MONDAY))
    office = son_duong.phone(Cast.OFFICE)
    card = office.sees("chưa báo cáo", "2 việc chưa chấp hành từ 16/11 đến 23/11/2026")
    assert heard(son_duong.phone(Cast.CHAIR)) == []
    office.presses("Xem việc chưa chấp hành", on=card)
    office.sees_last(
        "Sở Tài chính", "Nhiệm vụ: Rà soát chợ Mẫu Trung: hạn 20/11, chưa có", "Sở Xây dựng", "vắng không phép"
    )
    office.presses("Duyệt, gửi lãnh đạo", on=card)
    chair = son_duong.phone(Cast.CHAIR)
    chair.sees_last(
        "2 việc chưa chấp hành", "Rà soát chợ Mẫu Trung", "vắng không phép", "Mục 8, gạch đầu dòng thứ nhất"
    )
    assert heard(son_duong.phone(Cast.VICE_CHAIR)) == []


def test_the_workbook_has_every_case_with_who_answers_for_it(son_duong: Stage) -> None:
    son_duong.act(judge, (Act.MARK, None, Mark.UNPREPARED))
    approve(son_duong)

    def digest(session: Session) -> str:
        return session.exec(select(StoredFile).where(col(StoredFile.name).startswith("Chua-chap-hanh"))).one().digest

    book = openpyxl.load_workbook(BytesIO(son_duong.files.read(son_duong.database.transact(digest))))
    rows = list(book.worksheets[0].iter_rows(min_row=4, values_only=True))
    assert rows == [
        ("Sở Tài chính", "Vũ Đình Khải", "Nhiệm vụ: Rà soát chợ Mẫu Trung", "hạn 20/11, chưa có"),
        ("Sở Xây dựng", "Đinh Trọng Nghĩa", rows[1][2], "không nắm nội dung"),
    ]


@pytest.mark.parametrize(
    "acts",
    [
        [(Act.CLASSIFY, Status.ABSENT_EXCUSED, None)],
        [(Act.MARK, None, Mark.UNPREPARED), (Act.WITHDRAW, None, Mark.UNPREPARED)],
        [(Act.ABSENT, None, None)],
    ],
)
def test_what_no_human_has_found_a_fault_is_none(
    son_duong: Stage, acts: list[tuple[Act, Status | None, Mark | None]]
) -> None:
    son_duong.act(judge, *acts)
    approve(son_duong)
    assert "Sở Xây dựng" not in heard(son_duong.phone(Cast.CHAIR))[-1]


def test_what_was_sent_in_time_and_waits_to_be_accepted_is_no_breach(son_duong: Stage) -> None:
    head = son_duong.phone(Cast.FINANCE_HEAD).presses("Đã xong")
    head.says("45/BC-STC").presses("Bỏ qua").presses("Bỏ qua").presses("Gửi")
    son_duong.pass_time(to=morning(MONDAY))
    son_duong.phone(Cast.OFFICE).presses("Duyệt, gửi lãnh đạo")
    assert heard(son_duong.phone(Cast.OFFICE)) == heard(son_duong.phone(Cast.CHAIR)) == []


def test_the_next_week_begins_where_the_list_before_ended(son_duong: Stage) -> None:
    approve(son_duong)
    assert len(heard(son_duong.phone(Cast.CHAIR))) == 1
    son_duong.pass_time(to=datetime(2026, 11, 30, 0, 30, tzinfo=morning(MONDAY).tzinfo))
    son_duong.phone(Cast.OFFICE).presses("Duyệt, gửi lãnh đạo")
    assert len(heard(son_duong.phone(Cast.CHAIR))) == 1


def test_nobody_but_the_office_opens_it(son_duong: Stage) -> None:
    son_duong.pass_time(to=morning(MONDAY))
    head = son_duong.phone(Cast.FINANCE_HEAD)
    head.presses_token("weekly.breaches:1:0:")
    assert heard(head) == []
