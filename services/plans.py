"""The detailed plan of an item of the work programme: its steps are tasks that its lead gives (Tân Yên 3.b)."""

from collections.abc import Sequence
from datetime import date

from bot.i18n import full_date
from bot.work import Work
from models.duties import Duty
from models.programme import ProgrammeItem, items_to_submit
from models.tasks import Task
from rules import tasks as task_rules
from rules.duties import MACHINE, DutyAct
from rules.errors import N_, DomainError, NotAllowedError, StaleError
from rules.programme import ItemState
from services import access, duties, people, periodic, programme, programme_changes, tasks
from services.notices import plans as notices
from services.people import Official
from services.tasks import NewTask


class StepAfterItemError(DomainError):
    code = "step_after_item"
    msgid = N_("A step ends by the day of the item itself, {day}.")


def may_plan(work: Work, item: ProgrammeItem) -> bool:
    """While it is to be submitted: who answers for its unit, or the Office in his place."""
    is_running = item.state is ItemState.TO_SUBMIT
    return is_running and programme_changes.speaks_for(work, access.actor(work), item.unit_id)


def to_plan(work: Work, key: int) -> ProgrammeItem:
    """An item whose plan the actor draws up."""
    item = access.load(work, ProgrammeItem, key)
    if not programme_changes.speaks_for(work, access.actor(work), item.unit_id):
        raise NotAllowedError()
    if item.state is not ItemState.TO_SUBMIT:
        raise StaleError()
    return item


def step_to_plan(work: Work, duty_id: int) -> tuple[ProgrammeItem, Task, Duty]:
    """A step that the actor may still change."""
    duty = access.load(work, Duty, duty_id)
    task = access.load(work, Task, duty.subject_id)
    item = to_plan(work, task.item_id or 0)
    if not duty.is_open:
        raise StaleError()
    return item, task, duty


def doers(work: Work, item: ProgrammeItem) -> list[Official]:
    """Whom a step may be given to: everybody of the unit first, then who answers for the other units."""
    heads = {person.key for person in periodic.heads(work)}
    found = [each for each in people.officials(work) if each.post.unit_id == item.unit_id or each.person.key in heads]
    return sorted(found, key=lambda each: each.post.unit_id != item.unit_id)


def add(work: Work, item: ProgrammeItem, *, content: str, result: str, due_on: date, post_id: int) -> Task:
    """A further step; with the first one the plan stands."""
    check_day(item, due_on)
    lead = programme.lead(work, item)
    new = NewTask(
        content=content,
        result=result,
        due_on=due_on,
        post_id=post_id,
        responsible_post_id=post_id,
        assigner_id=lead.id if lead else None,
        item_id=item.key,
    )
    task = tasks.assign(work, new)
    programme.ask_for_plan(work, item)
    return task


def check_day(item: ProgrammeItem, due_on: date) -> None:
    if due_on > item.due_on:
        raise StepAfterItemError(day=full_date(item.due_on))


def move(work: Work, item: ProgrammeItem, task: Task, duty: Duty, due_on: date) -> None:
    """Another day for a step: its lead sets it, and its doer is told once."""
    check_day(item, due_on)
    task.due_on = due_on
    duties.move(work, duty, rule=task_rules.due_rule(due_on))


def drop(work: Work, item: ProgrammeItem, task: Task, duty: Duty) -> None:
    """A step is taken out; without any other the plan is owed again."""
    duties.close(work, duty, MACHINE.next_state(duty.state, DutyAct.CANCEL))
    work.record("task.step_dropped", task, item=item.key)
    work.session.flush()
    doer = access.owner_of(work, duty)
    if doer is not None and doer != work.actor:
        work.notify(doer, notices.dropped, item, duty)
    programme.ask_for_plan(work, item)


def items(work: Work, unit_id: int | None) -> Sequence[ProgrammeItem]:
    """What is still to be submitted, of all units or of one, nearest first."""
    return [item for item in items_to_submit(work.session) if unit_id in (None, item.unit_id)]
