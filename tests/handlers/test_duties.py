"""`/viec` in chat: the list, the four buttons of a reminder, a result that is accepted or returned."""

from datetime import datetime, time, timedelta

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.duties import Duty
from models.offices import posts_of
from models.people import person_by_code
from models.tasks import Task, TaskAssignment
from rules.deadlines import DueRule
from rules.duties import DutyKind
from rules.workdays import at
from services import demo, duties
from services.demo import Cast
from services.duties import NewDuty
from tests.conversation import Stage


@pytest.fixture
def people(database: Database, clock: SetClock, files: FileStore) -> Stage:
    stage = Stage(database, clock, files)
    stage.act(demo.load_people)
    return stage


def owed(work: Work, kind: DutyKind, number: int, days: int, what: str) -> Duty:
    """The head of finance owes it to the chair, so many working days from today."""
    head, chair = (person_by_code(work.session, code) for code in (Cast.FINANCE_HEAD, Cast.CHAIR))
    assert head and chair
    rule = DueRule(work.today, days)
    post = posts_of(work.session, head.key, work.today)[0]
    if kind is DutyKind.TASK:
        work.session.add(a_task(work, number, post.key, what))
        work.session.flush()
        work.session.add(TaskAssignment(task_id=number, post_id=post.key, received_at=work.now))
    return duties.open_duty(
        work, NewDuty(kind=kind, subject_id=number, what=what, post_id=post.key, superior_id=chair.key, rule=rule)
    )


def a_task(work: Work, number: int, post_id: int, what: str) -> Task:
    return Task(
        id=number,
        code=f"NV-{number}",
        content=what,
        result="Báo cáo",
        due_on=work.today,
        post_id=post_id,
        responsible_post_id=post_id,
        received_at=work.now,
        is_given=True,
    )


def morning(stage: Stage, duty: Duty, days: int = 0) -> datetime:
    """The opening of office on the due day, or so many days from it."""
    return at((duty.due_at - timedelta(seconds=1)).astimezone().date() + timedelta(days=days), time(7, 30))


def test_duties_are_listed_nearest_first_and_open_with_their_clause(people: Stage) -> None:
    people.act(owed, DutyKind.REPORT, 1, 8, "Báo cáo quý")
    people.act(owed, DutyKind.TASK, 1, 2, "Rà soát chợ")
    head = people.phone(Cast.FINANCE_HEAD).says("viec")
    assert head.last.text.index("Rà soát chợ") < head.last.text.index("Báo cáo quý")
    head.presses("1. Nhiệm vụ: Rà soát chợ")
    head.sees_last("Việc phải làm", "Rà soát chợ")
    head.presses("Vì sao?")
    head.sees_last("2 ngày làm việc sau")


def test_one_message_in_the_morning_says_all_that_is_due(people: Stage) -> None:
    task = people.act(owed, DutyKind.TASK, 1, 2, "Rà soát chợ")
    people.act(owed, DutyKind.REPORT, 1, 2, "Báo cáo quý")
    head = people.phone(Cast.FINANCE_HEAD)
    before = len(head.bubbles)
    people.pass_time(to=morning(people, task))
    said = [bubble for bubble in head.bubbles[before:] if "hạn hôm nay" in bubble]
    assert len(said) == 1 and "Rà soát chợ" in said[0] and "Báo cáo quý" in said[0]
    people.pass_time(by=timedelta(hours=1))
    assert len([bubble for bubble in head.bubbles[before:] if "hạn hôm nay" in bubble]) == 1


def test_a_result_is_sent_accepted_and_counts_from_when_it_was_sent(people: Stage) -> None:
    people.act(owed, DutyKind.TASK, 1, 2, "Rà soát chợ")
    head, chair = people.phone(Cast.FINANCE_HEAD), people.phone(Cast.CHAIR)
    head.says("/viec").presses("Rà soát chợ").presses("Đã xong")
    head.says("15/BC-STC").says("Đã rà soát 12 chợ").presses("Bỏ qua").presses("Gửi")
    head.sees_last("chờ xác nhận")
    chair.sees_last("Kết quả chờ xác nhận, đúng hạn", "15/BC-STC", "Đã rà soát 12 chợ")
    chair.presses("Xác nhận")
    head.sees_last("Kết quả đã được xác nhận")
    head.says("/viec")
    head.sees_last("không có việc nào")


def test_a_result_is_returned_with_a_reason_and_owed_again(people: Stage) -> None:
    people.act(owed, DutyKind.TASK, 1, 2, "Rà soát chợ")
    head, chair = people.phone(Cast.FINANCE_HEAD), people.phone(Cast.CHAIR)
    head.says("/viec").presses("Rà soát chợ").presses("Đã xong")
    head.presses("Bỏ qua").presses("Bỏ qua").presses("Bỏ qua").presses("Gửi")
    head.sees_last("chưa có thông tin nào")
    head.presses("Sửa").presses("Kết quả").says("Xong").presses("Gửi")
    chair.presses("Trả lại").says("Thiếu số liệu cấp xã")
    head.sees_last("Kết quả bị trả lại", "Thiếu số liệu cấp xã", "hạn")
    chair.presses("Xác nhận")
    assert any("Không có gì thay đổi" in bubble for bubble in chair.bubbles)
    head.says("/viec")
    head.sees_last("Rà soát chợ")


def test_later_is_never_past_the_due_moment(people: Stage) -> None:
    task = people.act(owed, DutyKind.TASK, 1, 1, "Rà soát chợ")
    head = people.phone(Cast.FINANCE_HEAD)
    people.pass_time(to=morning(people, task))
    head.presses("Nhắc lại sau").presses("Sau 1 giờ")
    head.sees_last("8 giờ 30")
    before = len(head.bubbles)
    people.pass_time(by=timedelta(minutes=61))
    assert "Rà soát chợ" in head.bubbles[before]
    people.pass_time(to=task.due_at - timedelta(hours=2))
    head.says("/viec").presses("Rà soát chợ").presses("Nhắc lại sau")
    head.sees_last("sắp đến hạn")


def test_what_is_overdue_climbs_and_stops_when_done(people: Stage) -> None:
    task = people.act(owed, DutyKind.TASK, 1, 1, "Rà soát chợ")
    chair, office = people.phone(Cast.CHAIR), people.phone(Cast.CHIEF_OF_OFFICE)
    people.pass_time(to=morning(people, task, 1))
    chair.sees_last("Để đồng chí theo dõi: quá hạn", "Rà soát chợ", "Người thực hiện: đ/c")
    seen = len(office.bubbles)
    people.phone(Cast.FINANCE_HEAD).says("/viec").presses("Rà soát chợ").presses("Đã xong")
    people.phone(Cast.FINANCE_HEAD).presses("Bỏ qua").says("Xong").presses("Bỏ qua").presses("Gửi")
    people.pass_time(by=timedelta(days=10))
    assert not any("Rà soát chợ" in bubble for bubble in office.bubbles[seen:])


@pytest.mark.parametrize("token", ["duty.open:1:0:", "duty.why:1:0:", "duty.done:1:0:", "duty.accept:1:0:"])
def test_others_neither_see_nor_touch_it(people: Stage, token: str) -> None:
    people.act(owed, DutyKind.TASK, 1, 2, "Rà soát chợ")
    other = people.phone(Cast.HEALTH_STAFF)
    other.presses_token(token)
    assert "Rà soát chợ" not in other.last
    other.sees_last("không")
