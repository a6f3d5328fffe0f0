"""Tasks in chat: assigned with their "5 rõ", done and accepted; extended; handed back; named; not done; listed."""

from datetime import date, datetime, time
from typing import Any

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.duties import Duty
from models.people import person_by_code, the_body
from models.tasks import Task
from rules.workdays import at
from services import demo, people, tasks
from services.demo import Cast
from services.tasks import NewTask
from tests.conversation import Stage

# A Friday, at work; the 24th of November is off.
STARTS = at(date(2026, 11, 20), time(8))


@pytest.fixture
def town(database: Database, files: FileStore) -> Stage:
    """The sample body under Tân Yên's rules."""
    stage = Stage(database, SetClock(STARTS), files)
    stage.act(demo.load_people)
    under(stage, "tan-yen-2024")
    return stage


def under(stage: Stage, pack: str) -> None:
    def adopt(work: Work) -> None:
        body = the_body(work.session)
        assert body is not None
        body.pack_id = pack

    stage.act(adopt)


def given(work: Work, due_on: date, doer: str = Cast.FINANCE_HEAD, **more: Any) -> Task:
    """The chair assigns it to the head of finance."""
    chair, person = person_by_code(work.session, Cast.CHAIR), person_by_code(work.session, doer)
    assert chair and person
    post = people.main_post(work, person)
    assert post
    work.actor = chair
    known = {"post_id": post.key, "responsible_post_id": post.key, "assigner_id": chair.key}
    return tasks.assign(
        work, NewTask(content="Rà soát chợ Mẫu Trung", result="Báo cáo", due_on=due_on, **{**known, **more})
    )


def duty(stage: Stage, task: Task) -> Duty:
    found: Duty = stage.act(lambda work: tasks.duty_held(work, task.key))
    return found


def morning(day: date) -> datetime:
    return at(day, time(7, 30))


def test_the_chair_assigns_with_all_five_and_accepts_what_comes_back(town: Stage) -> None:
    chair, head, deputy = (town.phone(code) for code in (Cast.CHAIR, Cast.FINANCE_HEAD, Cast.FINANCE_DEPUTY))
    chair.says("/giaoviec").says("Rà soát chợ Mẫu Trung").says("Ngô Thị Thu").presses("Ngô Thị Thu")
    chair.says("30/11/2026").says("Báo cáo").says("Vũ Đình Khải").presses("Vũ Đình Khải")
    chair.presses("Bỏ qua").says("288/UBND-VP")
    chair.sees_last("Nhiệm vụ trước khi giao", "Rà soát chợ Mẫu Trung", "Ngô Thị Thu", "Báo cáo", "Vũ Đình Khải")
    chair.presses("Gửi")
    deputy.sees_last(
        "Nhiệm vụ mới: hạn thứ Hai 30/11", "Rà soát chợ Mẫu Trung", "Người thực hiện: đ/c Ngô Thị Thu",
        "Kết quả: Báo cáo", "Chịu trách nhiệm: đ/c Vũ Đình Khải", "288/UBND-VP", "điểm c khoản 2",
    )  # fmt: skip
    assert {"Đã xong", "Xin gia hạn", "Vì sao?"} <= set(deputy.last.buttons)
    head.sees_last("Nhiệm vụ mới", "Rà soát chợ Mẫu Trung")
    assert "Đã xong" not in head.last.buttons
    head.presses("Mở")
    head.sees_last("Rà soát chợ Mẫu Trung")
    deputy.presses("Đã xong").says("15/BC").presses("Bỏ qua").says("Đã rà soát").presses("Gửi")
    chair.sees_last("Kết quả chờ xác nhận", "15/BC")
    chair.presses("Xác nhận")
    deputy.sees_last("Kết quả đã được xác nhận")
