"""The lead hears the units that contribute before it reports (*phối hợp, thống nhất*, Tân Yên 2.b)."""

from bot.work import Work
from models.duties import Duty, duty_about
from models.offices import holder_of
from models.people import Person
from models.tasks import Task, TaskUnit, units_of
from rules import tasks as rules
from rules.duties import DutyKind, DutyState
from rules.errors import N_, DomainError, StaleError
from rules.tasks import Opinion
from services import access, duties, tasks
from services.duties import NewDuty
from services.notices import coordination as notices
from services.regulation import regulation


class NobodyToAskError(DomainError):
    code = "nobody_to_ask"
    msgid = N_("Every contributing unit has been asked already. Nothing was changed.")


def ask(work: Work, duty: Duty) -> list[Person]:
    """The lead asks every unit that was not asked yet: whom it named, else its head; returns who was asked."""
    task = access.load(work, Task, duty.subject_id)
    waiting = [row for row in units_of(work.session, task.key) if duty_of(work, row) is None]
    if not waiting or not duty.is_open:
        raise NobodyToAskError()
    work.record("task.opinions_asked", task, units=[row.unit_id for row in waiting])
    return [person for row in waiting if (person := _ask(work, task, duty, row)) is not None]


def _ask(work: Work, task: Task, duty: Duty, row: TaskUnit) -> Person | None:
    head = tasks.head_of(work, row.unit_id)
    owed = duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.COORDINATE,
            subject_id=row.key,
            what=duty.what,
            post_id=head[0].key if head and row.nominee_id is None else None,
            person_id=row.nominee_id,
            superior_id=task.assigner_id,
            rule=rules.opinion_rule(work.today, regulation(work).switches),
        ),
    )
    person = access.owner_of(work, owed)
    if person is not None:
        work.notify(person, notices.to_give, owed)
    return person


def duty_of(work: Work, row: TaskUnit) -> Duty | None:
    return duty_about(work.session, DutyKind.COORDINATE, row.key)


def to_give(work: Work, key: int) -> tuple[TaskUnit, Duty]:
    """What a unit is asked, for whoever owes the answer or the Office."""
    return tasks.part_owed(work, DutyKind.COORDINATE, key)


def give(work: Work, row: TaskUnit, duty: Duty, opinion: Opinion, text: str) -> None:
    """Said once; the lead is told, and whoever accepts the result reads what still differs."""
    if not duty.is_open:
        raise StaleError()
    row.opinion, row.opinion_text, row.opinion_at = opinion, text, work.now
    duties.close_duty(work, DutyKind.COORDINATE, row.key)
    work.record("task.opinion", row, opinion=opinion, text=work.hashed(text))
    task = access.load(work, Task, row.task_id)
    lead = holder_of(work.session, task.post_id, work.today)
    if lead is not None:
        work.notify(lead, notices.given, task, row)


def void_open(work: Work, task_id: int) -> None:
    """The task is over: nobody is asked any more."""
    for row in units_of(work.session, task_id):
        duties.close_duty(work, DutyKind.COORDINATE, row.key, DutyState.VOID)
