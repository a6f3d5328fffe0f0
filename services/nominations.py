"""Contributing units name who takes part (*phân công người tham gia*, Tân Yên 2.b)."""

from collections.abc import Sequence

from bot.work import Work
from models.duties import Duty
from models.offices import holder_of, holders_in
from models.people import Person, Post
from models.tasks import Task, TaskUnit
from rules.duties import DutyKind, DutyState
from rules.errors import NotAllowedError
from services import access, duties, tasks
from services.notices import tasks as notices


def to_nominate(work: Work, key: int) -> tuple[TaskUnit, Duty]:
    """A unit's part in a task, for its head or the Office."""
    return tasks.part_owed(work, DutyKind.NOMINATE, key)


def candidates(work: Work, row: TaskUnit) -> Sequence[tuple[Post, Person]]:
    """Everybody of the unit, its head too."""
    return holders_in(work.session, row.unit_id, work.today)


def nominate(work: Work, row: TaskUnit, duty: Duty, person_id: int) -> None:
    """Named once and for all here; the lead, the named person and whoever assigned it know whom to turn to."""
    if person_id not in {person.id for _post, person in candidates(work, row)} or duty.state is DutyState.VOID:
        raise NotAllowedError()
    row.nominee_id, row.nominated_by_id, row.nominated_at = person_id, access.actor(work).id, work.now
    duties.close_duty(work, DutyKind.NOMINATE, row.key)
    work.record("task.nominated", row, person=person_id)
    task = access.load(work, Task, row.task_id)
    lead = holder_of(work.session, task.post_id, work.today)
    told = {person.key: person for person in (lead, access.person(work, person_id)) if person}
    for person in told.values():
        if person.id != access.actor(work).id:
            work.notify(person, notices.nominated, task, row)
