"""*Không hoàn thành nhiệm vụ*: proposed by the clock in its three causes, decided by a human alone (Tân Yên 2.c)."""

from bot.work import Work
from models.duties import Duty, DutyEntry, EntryKind, entries_of
from models.extensions import extensions_of
from models.tasks import FailureState, Task, TaskFailure, overdue_unproposed
from rules import tasks as rules
from rules.deadlines import named_day
from rules.errors import NotAllowedError, StaleError
from rules.tasks import Conduct, ExtensionState
from services import access, counters, tasks
from services.notices import tasks as notices
from services.regulation import calendar, regulation


def propose(work: Work) -> int:
    """Ask whoever assigned an overdue task, where the directive knows the label; returns how many were proposed."""
    applied = regulation(work)
    if not applied.rules("not_done") or not applied.hours.is_open(work.now, calendar(work)):
        return 0
    found = overdue_unproposed(work.session, work.now)
    return sum(_propose(work, task, duty) for task, duty in found if _has_waited(work, duty))


def _has_waited(work: Work, duty: Duty) -> bool:
    """On the first day of work after it the owner is urged; the label is proposed on the second."""
    day = calendar(work).nth_working_day_after(named_day(duty.due_at), 2)
    return work.now >= regulation(work).hours.opening(day)


def _propose(work: Work, task: Task, duty: Duty) -> bool:
    cause = rules.cause(_conduct(work, task, duty))
    if cause is None:
        return False
    row = TaskFailure(task_id=task.key, cause=cause, due_at=duty.due_at, proposed_at=work.now)
    work.session.add(row)
    work.session.flush()
    work.record("failure.proposed", row, cause=cause)
    for person in tasks.deciders(work, task.assigner_id):
        work.notify(person, notices.failure, row)
    return True


def _conduct(work: Work, task: Task, duty: Duty) -> Conduct:
    said = [entry for entry in entries_of(work.session, duty.key) if entry.kind in _REPORTS]
    states = [each.state for each in extensions_of(work.session, task.key) if each.due_before == named_day(duty.due_at)]
    return Conduct(
        reported_in_time=any(_is_in_time(entry, duty) for entry in said),
        is_returned=bool(said) and said[-1].kind is EntryKind.RETURNED,
        waits_for_decision=ExtensionState.AWAITING_DECISION in states,
        was_refused=ExtensionState.REFUSED in states,
    )


_REPORTS = (EntryKind.RESULT, EntryKind.RETURNED)


def _is_in_time(entry: DutyEntry, duty: Duty) -> bool:
    return entry.kind is EntryKind.RESULT and entry.at < duty.due_at


def to_decide(work: Work, key: int) -> TaskFailure:
    """For whoever assigned the task, the chair, who stands in for either, or the Office."""
    row = access.load(work, TaskFailure, key)
    if not access.is_office(work, access.actor(work)):
        duty = tasks.duty_of(work, access.load(work, Task, row.task_id))
        if duty is None:
            raise NotAllowedError()
        access.duty_to_accept(work, duty.key)
    return row


def decide(work: Work, row: TaskFailure, *, confirmed: bool, reason: str) -> None:
    """A human's word; the reason goes along."""
    if row.state is not FailureState.PROPOSED:
        raise StaleError()
    row.state = FailureState.CONFIRMED if confirmed else FailureState.REJECTED
    row.decided_by_id, row.decided_at, row.reason = access.actor(work).id, work.now, reason
    work.record(f"failure.{row.state.value}", row, cause=row.cause, reason=work.hashed(reason))
    task = access.load(work, Task, row.task_id)
    duty = tasks.duty_of(work, task)
    owner = access.owner_of(work, duty) if duty else None
    if owner is not None and confirmed:
        work.notify(owner, notices.failure, row)
        counters.failure_confirmed(work, row, owner)
    for person in tasks.deciders(work, task.assigner_id):
        if person.id != access.actor(work).id:
            work.notify(person, notices.failure, row)
