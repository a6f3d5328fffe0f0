"""Conclusions become tasks: typed once, given out in a few taps, bound to posts and to the meeting."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from sqlmodel import select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.conclusions import Conclusion
from models.database import Database
from models.files import StoredFile
from models.meetings import Meeting
from models.tasks import Task
from services import meeting_papers, people
from services.demo import Cast
from services.seats import seats
from tests.conversation import Phone, Stage
from tests.handlers.office_stage import OfficeStage

COMPLETE = "Rà soát chợ Mẫu Trung; STC; 04/12; Báo cáo kết quả"


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


def meeting_of(stage: OfficeStage) -> Meeting:
    return stage.meeting("CD-02")


def after(stage: OfficeStage) -> Phone:
    """The Office, a minute after the meeting."""
    stage.pass_time(to=meeting_of(stage).ends_at + timedelta(minutes=1))
    return stage.clerk.presses("Tasks from conclusions")


def tasks(stage: OfficeStage) -> list[Task]:
    return list(stage.ask(lambda work: work.session.exec(select(Task).order_by(Task.id)).all()))  # type: ignore[arg-type]


def kept(stage: OfficeStage) -> list[Conclusion]:
    return list(stage.ask(lambda work: work.session.exec(select(Conclusion)).all()))


def post_of(work: Work, phone: Phone) -> int:
    post = people.main_post(work, phone.person)
    assert post is not None
    return post.key


def test_a_complete_line_is_a_task_at_once_and_a_bare_one_takes_four_taps_and_two_words(stage: OfficeStage) -> None:
    clerk = after(stage)
    clerk.says(f"1. {COMPLETE}\n2. Lập danh mục dự án chậm tiến độ")
    clerk.sees_last("Taken: 2", "Vũ Đình Khải", "4 December", "Báo cáo kết quả")
    clerk.presses("Done (2)").presses("Send")
    clerk.sees_last("Taken: 2 conclusions, of which 1 have been given out", "1. Lập danh mục", "Given out: 1")
    stage.head.sees_last("Rà soát chợ Mẫu Trung", "Báo cáo kết quả", "Kết luận họp nghe báo cáo")
    clerk.presses("1").says("kiet").presses("Hồ Anh Kiệt").presses("15 days").says("Danh mục")
    clerk.sees_last("Answers for it: Comrade Đinh Trọng Nghĩa", "In the name of: Comrade Lê Quang Dũng")
    clerk.presses("Send")
    clerk.sees_last("Given out; those concerned have been told", "All conclusions have been given out", "Hồ Anh Kiệt")
    first, second = tasks(stage)
    deputy, head = stage.phone(Cast.CONSTRUCTION_DEPUTY), stage.phone(Cast.CONSTRUCTION_HEAD)
    assert second.post_id == stage.ask(post_of, deputy)
    assert second.responsible_post_id == stage.ask(post_of, head)
    assert first.responsible_post_id == first.post_id == stage.ask(post_of, stage.head)
    assert {first.assigner_id, second.assigner_id} == {meeting_of(stage).chair_id}
    assert [row.task_id for row in kept(stage)] == [first.id, second.id]


def test_refused_lines_keep_what_was_typed_and_nothing_is_lost_between(stage: OfficeStage) -> None:
    clerk = after(stage)
    clerk.says(f"{COMPLETE}\nViệc hai; Trần\nViệc ba; STC; 32/13\nViệc bốn; Nobody")
    clerk.sees_last("Taken: 1", "“Việc hai; Trần”: “Trần” may be", "“Việc ba; STC; 32/13”", "“Việc bốn; Nobody”")
    clerk.says("Việc hai; Sở Y tế; 04/12")
    clerk.sees_last("Taken: 2")
    clerk.presses("Done (2)").presses("Send")
    clerk.presses("1")
    # Who and by when were typed with the line: only the result is asked.
    clerk.sees_last("What is to be there in the end")
    clerk.says("Kế hoạch").presses("Send")
    assert [(task.content, task.result) for task in tasks(stage)] == [
        ("Rà soát chợ Mẫu Trung", "Báo cáo kết quả"),
        ("Việc hai", "Kế hoạch"),
    ]


def test_the_five_stay_mandatory(stage: OfficeStage) -> None:
    clerk = after(stage)
    clerk.says("Việc một; STC; 04/12").presses("Done (1)").presses("Send")
    assert tasks(stage) == []
    clerk.presses("1")
    assert "Skip" not in clerk.last.buttons and "Send" not in clerk.last.buttons


def test_two_clerks_give_it_out_once_and_what_needs_no_task_is_dropped(stage: OfficeStage) -> None:
    clerk, other = after(stage), stage.phone(Cast.CHIEF_OF_OFFICE)
    clerk.says("Việc một; STC; 04/12\nGhi nhận ý kiến").presses("Done (2)").presses("Send")
    one = kept(stage)[0]
    for each in (clerk, other):
        each.presses_token(f"conclusions.assign:{one.id}:0:").says("Báo cáo")
    for each in (clerk, other):
        each.presses("Send")
    other.sees_last("out of date")
    assert len(tasks(stage)) == 1
    clerk.presses_token(f"conclusions.list:{meeting_of(stage).id}:0:")
    clerk.presses("No task for one").presses("1")
    clerk.presses("Back to the list").sees_last("All conclusions have been given out")


def test_they_wait_with_giaoviec_and_stand_in_the_draft_report(stage: OfficeStage) -> None:
    clerk = after(stage)
    clerk.says(f"{COMPLETE}\nViệc hai").presses("Done (2)").presses("Send")
    clerk.says("/giaoviec").sees("Conclusions that still wait", "Mẫu Trung")
    clerk.sees_last("One task, in a sentence")

    def report(work: Work) -> str:
        meeting = meeting_by_code(work)
        files = meeting_papers.for_host(work, meeting, seats(work, meeting))
        digest = work.session.get_one(StoredFile, files[1].file_id).digest
        return "\n".join(one.text for one in docx.Document(BytesIO(work.files.read(digest))).paragraphs)

    def meeting_by_code(work: Work) -> Meeting:
        return work.session.exec(select(Meeting).where(Meeting.code == "CD-02")).one()

    text = stage.ask(report)
    assert "- Việc hai;" in text and "- Rà soát chợ Mẫu Trung (giao đ/c Vũ Đình Khải, Giám đốc Sở Tài chính" in text


def test_on_a_phone_without_buttons(stage: OfficeStage, database: Database, clock: SetClock, files: FileStore) -> None:
    stage.pass_time(to=meeting_of(stage).ends_at + timedelta(minutes=1))
    clerk = Stage(database, clock, files, "simulator_text").phone(Cast.OFFICE)
    opened = {"kind": "press", "token": f"conclusions.list:{meeting_of(stage).id}:0:", "message_id": "0"}
    clerk.stage.receive(clerk.address, opened)
    clerk.says("Việc một; STC; 04/12").presses("Done (1)").presses("Send")
    clerk.says("1").says("Báo cáo").presses("Send")
    assert len(tasks(stage)) == 1


def test_nobody_else_and_nothing_before_the_meeting(stage: OfficeStage) -> None:
    route = f"conclusions.list:{meeting_of(stage).id}:0:"
    stage.clerk.presses_token(route).sees_last("not available to you")
    after(stage)
    stage.head.presses_token(route).sees_last("not available to you")
