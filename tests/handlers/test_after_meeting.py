"""After the meeting: reports with filled-in drafts, classification, marks, objections, the substitute's report."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from sqlmodel import select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.attendance import Act, Method
from models.database import Database
from models.duties import Duty
from models.files import StoredFile
from models.meetings import Meeting, meeting_by_code
from models.people import Unit, person_by_code
from rules.attendance import Status
from rules.duties import DutyKind, DutyState
from services import attendance
from services.demo import Cast
from services.seats import Seat, seats
from tests.conversation import Phone
from tests.handlers.office_stage import OfficeStage


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


def meeting_of(stage: OfficeStage) -> Meeting:
    return stage.meeting("CD-02")


def seat(stage: OfficeStage, code: str) -> Seat:
    found = stage.ask(lambda work: seats(work, meeting_of(stage)))
    return next(one for one in found if one.holder is not None and one.holder.code == code)


def checks_in(work: Work, code: str, meeting: Meeting) -> None:
    work.actor = person_by_code(work.session, code)
    attendance.check_in(work, meeting, Method.SELF)


def held(stage: OfficeStage, *present: str) -> Meeting:
    """The meeting is over; these came."""
    meeting = meeting_of(stage)
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=5))
    for code in present:
        stage.act(checks_in, code, meeting)
    stage.pass_time(to=meeting.ends_at + timedelta(minutes=1))
    return meeting


def words_of(stage: OfficeStage, name: str) -> str:
    def read(work: Work) -> str:
        file = work.session.exec(select(StoredFile).where(StoredFile.name == name)).first()
        assert file is not None
        document = docx.Document(BytesIO(work.files.read(file.digest)))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)

    return str(stage.ask(read))


def test_the_host_agency_gets_filled_in_drafts_and_two_duties_once(stage: OfficeStage) -> None:
    held(stage, Cast.FINANCE_HEAD)
    host = stage.phone(Cast.CONSTRUCTION_HEAD)
    told = next(bubble for bubble in host.bubbles if "After the meeting" in bubble)
    assert told.files == ["Thanh-phan-CD-02.docx", "Bao-cao-CD-02.docx"]
    sheet = words_of(stage, "Thanh-phan-CD-02.docx")
    assert "Vũ Đình Khải" in sheet and "Có mặt đúng giờ" in sheet and "chưa phản hồi" in sheet
    stage.pass_time(by=timedelta(minutes=5))
    assert sum("After the meeting" in bubble for bubble in host.bubbles) == 1
    owed = stage.ask(
        lambda work: work.session.exec(select(Duty.kind).where(Duty.subject_id == meeting_of(stage).id)).all()
    )
    assert {DutyKind.REPORT_ATTENDANCE, DutyKind.REPORT_RESULT} <= set(owed)


def test_where_the_office_is_the_host_its_chief_hears_all_in_one_message(stage: OfficeStage) -> None:
    def hosts(work: Work) -> None:
        meeting = meeting_by_code(work.session, "CD-02")
        assert meeting is not None
        meeting.host_unit_id = work.session.exec(select(Unit.id).where(Unit.code == "VP")).one() or 0

    stage.act(hosts)
    chief, clerk = stage.phone(Cast.CHIEF_OF_OFFICE), stage.clerk
    held(stage, Cast.FINANCE_HEAD)
    after = ("The meeting is over", "After the meeting")
    told = [each for each in chief.bubbles if "chợ Mẫu Trung" in each and any(words in each for words in after)]
    assert len(told) == 1
    assert told[0].files == ["Thanh-phan-CD-02.docx", "Bao-cao-CD-02.docx"]
    assert "– Report the result of the meeting" in told[0].text
    assert any("Report the result" in label for label in told[0].buttons)
    assert not next(bubble for bubble in clerk.bubbles if "The meeting is over" in bubble).files


def test_what_the_host_sends_reaches_the_office_in_one_message(stage: OfficeStage) -> None:
    held(stage)
    host, clerk = stage.phone(Cast.CONSTRUCTION_HEAD), stage.clerk
    for button, number in (("Send the list", "12/BC-SXD"), ("Report the result", "13/BC-SXD")):
        host.says("/viec").presses(button).presses("Done").says(number).says("Kèm theo").presses("Skip").presses("Send")
    [told] = [bubble for bubble in clerk.bubbles if "received" in bubble]
    for words in (
        "Send the list of who attended, in time",
        "12/BC-SXD",
        "Report the result of the meeting",
        "13/BC-SXD",
    ):
        assert words in told


def classify(stage: OfficeStage, clerk: Phone, status: str, why: str) -> None:
    clerk.presses_token(f"attendance.seat:{seat(stage, Cast.FINANCE_HEAD).invitation.id}:0:")
    clerk.presses("Classify").presses(status).says(why)


def test_the_office_classifies_the_person_objects_the_office_answers_and_all_is_kept(stage: OfficeStage) -> None:
    held(stage)
    clerk, head = stage.clerk, stage.head
    clerk.presses("Attendance")
    clerk.sees_last("has not answered")
    classify(stage, clerk, "Absent, not excused", "Không có mặt, không báo")
    assert seat(stage, Cast.FINANCE_HEAD).statuses == (Status.ABSENT_UNEXCUSED,)
    head.sees_last("Your attendance", "absent, not excused", "Không có mặt, không báo")
    head.presses("Object").says("Tôi dự tại điểm cầu huyện").presses("Send")
    clerk.sees_last("An objection", "Tôi dự tại điểm cầu huyện")
    clerk.presses("Answer").presses("Attended online").says("Đã kiểm tra")
    head.sees_last("attended online", "Đã kiểm tra")
    found = seat(stage, Cast.FINANCE_HEAD)
    assert found.statuses == (Status.ONLINE,)
    assert [entry.status for entry in found.entries if entry.status] == [Status.ABSENT_UNEXCUSED, Status.ONLINE]


def test_an_objection_after_the_days_of_the_pack_is_refused(stage: OfficeStage) -> None:
    held(stage)
    head = stage.head.says("/lich").presses("My attendance")
    head.sees_last("1. Object")
    stage.pass_time(by=timedelta(days=8))
    head.presses("1. Object")
    head.sees_last("3 working days")
    head.says("/lich").presses("My attendance")
    assert not any("Object" in label for label in head.last.buttons)


def test_a_mark_is_entered_with_a_word_why_and_told(stage: OfficeStage) -> None:
    held(stage, Cast.FINANCE_HEAD)
    clerk = stage.clerk
    clerk.presses_token(f"attendance.seat:{seat(stage, Cast.FINANCE_HEAD).invitation.id}:0:")
    clerk.presses("Enter a mark").presses("Private business").says("Dùng điện thoại nhiều lần")
    stage.head.sees_last("A mark was entered: private business", "Dùng điện thoại nhiều lần")


def test_the_proposed_criticism_names_faults_only_and_goes_to_the_office_alone(stage: OfficeStage) -> None:
    held(stage, Cast.FINANCE_DEPUTY)
    told = next(bubble for bubble in stage.clerk.bubbles if "The meeting is over" in bubble and "Mẫu Trung" in bubble)
    assert told.files == ["Phe-binh-CD-02.docx"]
    text = words_of(stage, "Phe-binh-CD-02.docx")
    assert "dự thay không đúng thành phần" in text and "Đinh Trọng Nghĩa" not in text
    assert not any(
        "Phe-binh" in name for bubble in stage.phone(Cast.CONSTRUCTION_HEAD).bubbles for name in bubble.files
    )


def test_without_a_fault_on_record_no_criticism_is_drafted(stage: OfficeStage) -> None:
    held(stage, Cast.FINANCE_HEAD)
    told = next(bubble for bubble in stage.clerk.bubbles if "The meeting is over" in bubble and "Mẫu Trung" in bubble)
    assert told.files == []
    assert "conclusion notice" not in told
    assert told.buttons


def test_a_substitute_reports_to_his_head_whose_receipt_closes_it(stage: OfficeStage) -> None:
    held(stage, Cast.FINANCE_DEPUTY)
    deputy, head = stage.phone(Cast.FINANCE_DEPUTY), stage.head
    deputy.presses("Done").says("Thống nhất phương án 2").presses("Skip").presses("Send")
    head.sees_last("A result to accept", "Thống nhất phương án 2")
    head.presses("Accept")
    states = stage.ask(lambda work: work.session.exec(select(Duty.state).where(Duty.kind == DutyKind.HAND_BACK)).all())
    assert states == [DutyState.DONE]


def test_others_see_and_enter_nothing(stage: OfficeStage) -> None:
    meeting = held(stage)
    key = seat(stage, Cast.FINANCE_HEAD).invitation.id
    other = stage.phone(Cast.HEALTH_STAFF)
    for token in (
        f"attendance.review:{meeting.id}",
        f"attendance.seat:{key}",
        f"attendance.mark:{key}",
        f"objection.make:{key}",
    ):
        other.presses_token(f"{token}:0:")
        other.sees_last("not available to you")


def test_a_wrong_mark_is_withdrawn_both_entries_stay_and_the_person_is_told(stage: OfficeStage) -> None:
    held(stage, Cast.FINANCE_HEAD)
    clerk, key = stage.clerk, seat(stage, Cast.FINANCE_HEAD).invitation.id
    clerk.presses_token(f"attendance.seat:{key}:0:")
    clerk.presses("Enter a mark").presses("Private business").says("Dùng điện thoại")
    clerk.presses_token(f"attendance.seat:{key}:0:")
    clerk.sees_last("present, in time; private business")
    clerk.presses("Withdraw: private business").says("Nhầm người")
    stage.head.sees_last("A mark was withdrawn: private business", "Nhầm người")
    found = seat(stage, Cast.FINANCE_HEAD)
    assert [entry.act for entry in found.entries] == [Act.CHECK_IN, Act.MARK, Act.WITHDRAW]
    assert not found.marks
    # The button of an older message: there is nothing to withdraw any more.
    clerk.presses_token(f"attendance.unmark:{key}:0:private_business")
    clerk.sees_last("out of date")


def test_who_presides_enters_a_mark_from_the_head_count_and_an_objection_may_have_it_withdrawn(
    stage: OfficeStage,
) -> None:
    meeting = meeting_of(stage)
    stage.pass_time(to=meeting.starts_at - timedelta(minutes=15))
    stage.act(checks_in, Cast.FINANCE_HEAD, meeting)
    chair, key = stage.phone(Cast.SECOND_VICE_CHAIR), seat(stage, Cast.FINANCE_HEAD).invitation.id
    stage.pass_time(to=meeting.starts_at)
    stage.pass_time(by=timedelta(minutes=30))
    card = next(bubble for bubble in chair.bubbles if "Head count at the start" in bubble)
    chair.presses("Attendance", on=card).presses_token(f"attendance.seat:{key}:0:")
    assert "Classify" not in chair.last.buttons
    chair.presses("Enter a mark").presses("Does not know the content").says("Không trả lời được")
    stage.pass_time(to=meeting.ends_at + timedelta(minutes=1))
    assert "không nắm nội dung" in words_of(stage, "Phe-binh-CD-02.docx")
    stage.head.presses("Object").says("Đã báo cáo bằng văn bản").presses("Send")
    stage.clerk.presses("Answer").presses("Withdraw: does not know the content").says("Có văn bản thật")
    stage.head.sees_last("A mark was withdrawn")
    assert not seat(stage, Cast.FINANCE_HEAD).marks
