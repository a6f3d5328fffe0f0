"""Tasks: what was assigned to whom, who contributes, through whose hands it went, and what was not done."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, bindparam, func
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime, by_value, partial_index
from models.duties import Duty
from rules.duties import DutyKind, DutyState
from rules.tasks import Cause, Opinion


class Task(Table, table=True):
    """Nhiệm vụ, with its "5 rõ": người, việc, thời gian, kết quả, trách nhiệm.

    `due_on` is the day that was assigned, `extended_to` the last one granted; the later holds. `post_id` is who
    does it now; the first was another one if `TaskAssignment` says so. Nothing is said before `received_at`,
    and `is_given` once it was. With `item_id` it is a step of the plan of an item of the work programme.
    """

    __table_args__ = (
        partial_index("ix_task_waiting", "received_at", where="is_given = 0", postgresql_where="NOT is_given"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    content: str
    result: str
    due_on: date
    extended_to: date | None = None
    post_id: int = Field(foreign_key="post.id", index=True)
    responsible_post_id: int = Field(foreign_key="post.id", index=True)
    assigner_id: int | None = Field(default=None, foreign_key="person.id")
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
    document: str = ""
    received_at: datetime = Field(sa_type=UtcDateTime)
    is_given: bool = False
    item_id: int | None = Field(default=None, foreign_key="programmeitem.id", index=True)

    @property
    def duty_kind(self) -> DutyKind:
        """A step is owed to the unit that submits the item, a task to the committee: lists of one omit the other."""
        return DutyKind.STEP if self.item_id else DutyKind.TASK


class TaskAssignment(Table, table=True):
    """One link of the chain of assignment; nothing of it is ever overwritten (Tân Yên 4.a).

    `read_at` is when its owner opened it first.
    """

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    post_id: int = Field(foreign_key="post.id")
    assigned_by_id: int | None = Field(default=None, foreign_key="person.id")
    received_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""


class TaskUnit(Table, table=True):
    """Đơn vị phối hợp: its head names one person who answers for the result with the lead (Tân Yên 2.b).

    `opinion` is what the unit said when the lead asked, with a text where it differs.
    """

    __table_args__ = (UniqueConstraint("task_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    nominee_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    nominated_by_id: int | None = Field(default=None, foreign_key="person.id")
    nominated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opinion: Opinion | None = Field(default=None, sa_type=by_value(Opinion))
    opinion_text: str = ""
    opinion_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class FailureState(StrEnum):
    """`void`: an extension was granted after all."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    VOID = "void"


class TaskFailure(Table, table=True):
    """Không hoàn thành nhiệm vụ: proposed by the clock, confirmed or rejected by a human with a word why."""

    __table_args__ = (UniqueConstraint("task_id", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    cause: Cause = Field(sa_type=by_value(Cause))
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: FailureState = Field(default=FailureState.PROPOSED, sa_type=by_value(FailureState))
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""


class WeeklyList(Table, table=True):
    """The list of one week (Sơn Dương 8.c): made once, sent to chair and vice chairs once the Office approves."""

    id: int | None = Field(default=None, primary_key=True)
    week_of: date = Field(unique=True)
    day: date
    cutoff_at: datetime = Field(sa_type=UtcDateTime)
    approved_by_id: int | None = Field(default=None, foreign_key="person.id")
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WeeklyItem(Table, table=True):
    """A task on the list, with the due moment that it had then."""

    id: int | None = Field(default=None, primary_key=True)
    list_id: int = Field(foreign_key="weeklylist.id", index=True)
    task_id: int = Field(foreign_key="task.id")
    due_at: datetime = Field(sa_type=UtcDateTime)


# Asked by the clock at each of its looks, or of every task that is shown: built once.
_NOW: Any = bindparam("now", type_=UtcDateTime)
_TASK: Any = bindparam("task")
_TO_GIVE = (
    select(Task)
    .where(~col(Task.is_given), col(Task.received_at) <= _NOW)
    .order_by(col(Task.received_at), col(Task.id))
    .limit(200)
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)
_CHAIN = select(TaskAssignment).where(col(TaskAssignment.task_id) == _TASK).order_by(col(TaskAssignment.id))
_UNITS = select(TaskUnit).where(col(TaskUnit.task_id) == _TASK).order_by(col(TaskUnit.id))
_ASKED = select(TaskFailure.id).where(
    col(TaskFailure.task_id) == col(Task.id), col(TaskFailure.due_at) == col(Duty.due_at)
)
_UNPROPOSED = (
    select(Task, Duty)
    .join(Duty, col(Duty.subject_id) == col(Task.id))
    .where(Duty.kind == DutyKind.TASK, Duty.state == DutyState.OPEN, col(Duty.due_at) <= _NOW, ~_ASKED.exists())
    .order_by(col(Duty.due_at), col(Duty.id))
    .limit(200)
    .with_for_update(of=Duty, skip_locked=True)
    .execution_options(populate_existing=True)
)


def task_by_code(session: Session, code: str) -> Task | None:
    return session.exec(select(Task).where(func.lower(Task.code) == code.lower())).first()


def tasks_to_give(session: Session, now: datetime) -> Sequence[Task]:
    """Received by now and not said to anybody yet; claimed for this transaction."""
    return session.exec(_TO_GIVE, params={"now": now}).all()


def chain_of(session: Session, task_id: int) -> Sequence[TaskAssignment]:
    """Through whose hands it went, the first owner first."""
    return session.exec(_CHAIN, params={"task": task_id}).all()


def units_of(session: Session, task_id: int) -> Sequence[TaskUnit]:
    return session.exec(_UNITS, params={"task": task_id}).all()


def failures_of(session: Session, task_id: int) -> Sequence[TaskFailure]:
    return session.exec(select(TaskFailure).where(TaskFailure.task_id == task_id).order_by(col(TaskFailure.id))).all()


def confirmed_failures(session: Session, since: datetime, until: datetime) -> Sequence[tuple[TaskFailure, Task]]:
    """What a human confirmed as not done, due in the time, the earliest first."""
    return session.exec(
        select(TaskFailure, Task)
        .join(Task)
        .where(
            TaskFailure.state == FailureState.CONFIRMED,
            col(TaskFailure.due_at) > since,
            col(TaskFailure.due_at) <= until,
        )
        .order_by(col(TaskFailure.due_at), col(TaskFailure.id))
    ).all()


def steps_of(session: Session, item_ids: Sequence[int]) -> Sequence[tuple[Task, Duty]]:
    """The steps of the plans of these items that were not taken out, by due moment."""
    return session.exec(
        select(Task, Duty)
        .join(Duty, col(Duty.subject_id) == col(Task.id))
        .where(Duty.kind == DutyKind.STEP, Duty.state != DutyState.VOID, col(Task.item_id).in_(item_ids))
        .order_by(col(Duty.due_at), col(Duty.id))
    ).all()


def steps_by_item(session: Session, item_ids: Sequence[int]) -> dict[int, list[tuple[Task, Duty]]]:
    """The plans of many items, read at once; empty for an item that has none."""
    found: dict[int, list[tuple[Task, Duty]]] = {key: [] for key in item_ids}
    for task, duty in steps_of(session, item_ids):
        found[task.item_id or 0].append((task, duty))
    return found


def tasks_received(session: Session, since: datetime, until: datetime) -> Sequence[Task]:
    """Tasks of the committee that came in a span, the earliest first; steps of plans are none."""
    return session.exec(
        select(Task)
        .where(col(Task.received_at) >= since, col(Task.received_at) < until, col(Task.item_id).is_(None))
        .order_by(col(Task.received_at), col(Task.id))
    ).all()


def unnamed_parts(session: Session, since: datetime, until: datetime) -> Sequence[tuple[TaskUnit, Task]]:
    """Units that contribute to a task of the span and have named nobody yet."""
    return session.exec(
        select(TaskUnit, Task)
        .join(Task)
        .where(
            col(Task.received_at) >= since,
            col(Task.received_at) < until,
            col(TaskUnit.nominee_id).is_(None),
            Task.is_given,
        )
        .order_by(col(TaskUnit.id))
    ).all()


def running_tasks(session: Session) -> Sequence[tuple[Task, Duty]]:
    """All tasks that are owed or wait to be accepted, nearest due first."""
    return session.exec(
        select(Task, Duty)
        .join(Duty, col(Duty.subject_id) == col(Task.id))
        .where(Duty.kind == DutyKind.TASK, col(Duty.state).in_([DutyState.OPEN, DutyState.SUBMITTED]))
        .order_by(col(Duty.due_at), col(Duty.id))
    ).all()


def overdue_unproposed(session: Session, now: datetime) -> Sequence[tuple[Task, Duty]]:
    """Owed beyond their due moment, and nobody was asked about this due moment yet; claimed for this transaction."""
    return session.exec(_UNPROPOSED, params={"now": now}).all()


def due_before(session: Session, moment: datetime, cutoff: datetime) -> Sequence[tuple[Task, Duty]]:
    """Tasks due by a moment that were not over at the cut-off, unit by unit."""
    return session.exec(
        select(Task, Duty)
        .join(Duty, col(Duty.subject_id) == col(Task.id))
        .where(
            Duty.kind == DutyKind.TASK,
            col(Duty.due_at) <= moment,
            col(Duty.opened_at) < cutoff,
            col(Duty.state).in_([DutyState.OPEN, DutyState.SUBMITTED]) | (col(Duty.closed_at) >= cutoff),
            Duty.state != DutyState.VOID,
        )
        .order_by(col(Duty.due_at), col(Duty.id))
    ).all()


def list_of_week(session: Session, week_of: date) -> WeeklyList | None:
    return session.exec(select(WeeklyList).where(WeeklyList.week_of == week_of)).first()


def list_before(session: Session, week_of: date) -> WeeklyList | None:
    """The last list of an earlier week."""
    return session.exec(
        select(WeeklyList).where(WeeklyList.week_of < week_of).order_by(col(WeeklyList.week_of).desc())
    ).first()


def items_of(session: Session, list_id: int) -> Sequence[tuple[WeeklyItem, Task]]:
    return session.exec(
        select(WeeklyItem, Task).join(Task).where(WeeklyItem.list_id == list_id).order_by(col(WeeklyItem.id))
    ).all()
