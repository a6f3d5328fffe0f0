"""What conversations about tasks start from: the sample body under Tân Yên's rules on a Friday, and a task."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.duties import Duty
from models.meetings import Meeting, MeetingKind
from models.people import Unit, person_by_code, the_body
from models.tasks import Task
from rules.workdays import at
from services import demo, people, tasks
from services.demo import Cast
from services.tasks import NewTask
from tests.conversation import Stage

# A Friday, at work; the 24th of November is off.
STARTS = at(date(2026, 11, 20), time(8))


def town_on(database: Database, files: FileStore) -> Stage:
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


def hand_back(stage: Stage, reason: str = "Thuộc lĩnh vực xây dựng") -> None:
    """The head of finance says of what he was given last that it is for construction."""
    head = stage.phone(Cast.FINANCE_HEAD)
    card = next(bubble for bubble in reversed(head.bubbles) if "Không thuộc thẩm quyền" in bubble.buttons)
    head.presses("Không thuộc thẩm quyền", on=card).says(reason).says("Xây dựng").presses("Sở Xây dựng").presses("Gửi")


def briefing(work: Work) -> Meeting:
    """The one of Thursday morning, held by the Office."""
    office = work.session.exec(select(Unit).where(Unit.code == "VP")).one()
    starts = at(date(2026, 11, 19), time(8))
    meeting = Meeting(
        code="GB-9", title="Họp giao ban tuần", kind=MeetingKind.BRIEFING, starts_at=starts,
        ends_at=at(date(2026, 11, 19), time(10)), host_unit_id=office.key, created_at=starts,
    )  # fmt: skip
    work.session.add(meeting)
    work.session.flush()
    return meeting
