"""Assign tasks, change them, pass them on; what is received later is given out by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from bot.i18n import _, local_day
from bot.work import Work
from models.database import lock_for_transaction
from models.duties import Duty, duty_about
from models.offices import delegate_for, holder_of, holders_in, holders_with_role
from models.people import Person, Post, Role
from models.tasks import Task, TaskAssignment, TaskUnit, chain_of, tasks_to_give, units_of
from rules import tasks as rules
from rules.absence import Rank
from rules.duties import DutyKind, DutyState
from rules.errors import NotAllowedError
from services import access, duties, hand_back_cards, people
from services.duties import NewDuty
from services.notices import tasks as notices
from services.regulation import regulation

# What a list shows of a task; the whole stands on its card.
SHORT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """The "5 rõ" and what goes with them: all but `unit_ids` and `document` must be given (Tứ Kỳ 2, Sơn Dương 3).

    `item_id` makes it a step of the plan of that item of the work programme (Tân Yên 3.b).
    """

    content: str
    result: str
    due_on: date
    post_id: int
    responsible_post_id: int
    assigner_id: int | None
    unit_ids: Sequence[int] = ()
    received_at: datetime | None = None
    document: str = ""
    code: str = ""
    item_id: int | None = None


def assign(work: Work, new: NewTask) -> Task:
    """A new task; who is to do it is told at once, or when it is received."""
    task = Task(
        code=new.code or new_code(work),
        content=new.content,
        result=new.result,
        due_on=new.due_on,
        post_id=new.post_id,
        responsible_post_id=new.responsible_post_id,
        assigner_id=new.assigner_id,
        entered_by_id=work.actor.id if work.actor and work.actor.id != new.assigner_id else None,
        document=new.document,
        received_at=new.received_at or work.now,
        item_id=new.item_id,
    )
    work.session.add(task)
    work.session.flush()
    _set_units(work, task, new.unit_ids)
    work.record("task.assigned", task, post=new.post_id, due=new.due_on.isoformat(), content=work.hashed(new.content))
    if task.received_at <= work.now:
        _give(work, task)
    return task


def give_received(work: Work) -> int:
    """Give out what has been received by now; returns how many."""
    found = tasks_to_give(work.session, work.now)
    for task in found:
        _give(work, task)
    return len(found)


def change(work: Work, task: Task, new: NewTask) -> None:
    """What a workbook says anew. A day never takes back a granted extension; what is done is left alone."""
    task.content, task.result, task.document = new.content, new.result, new.document
    task.assigner_id = new.assigner_id
    is_moved, task.due_on = task.due_on != new.due_on, new.due_on
    _set_units(work, task, new.unit_ids)
    duty = duty_of(work, task)
    if not task.is_given:
        task.post_id, task.responsible_post_id = new.post_id, new.responsible_post_id
    if duty is None or duty.state not in (DutyState.OPEN, DutyState.SUBMITTED):
        return
    _change_owner(work, task, duty, new)
    duty.what, duty.superior_id = _short(task), task.assigner_id
    _open_nominations(work, task)
    if is_moved:
        duties.move(work, duty, rule=rules.due_rule(rules.extended(task.due_on, task.extended_to)))


def _change_owner(work: Work, task: Task, duty: Duty, new: NewTask) -> None:
    """Another doer in the workbook is a new link of the chain; a former one there takes nothing back."""
    if duty.is_open and new.post_id not in {link.post_id for link in chain_of(work.session, task.key)}:
        reassign(work, duty, new.post_id, _("As the new workbook says."))
    if task.post_id == new.post_id:
        task.responsible_post_id = new.responsible_post_id


def reassign(work: Work, duty: Duty, post_id: int, reason: str) -> Task:
    """Somebody else is to do it, and why (Rạch Giá 3); the chain keeps who had it before."""
    task = access.load(work, Task, duty.subject_id)
    if task.post_id == post_id:
        raise rules.SameHolderError()
    hand_back_cards.void_open(work, task.key)
    former = access.owner_of(work, duty)
    task.post_id = task.responsible_post_id = post_id
    _link(work, task, reason)
    duty.post_id = post_id
    duties.push_again(work, duty)
    _open_joint(work, task, work.now)
    work.record("task.reassigned", task, post=post_id, reason=work.hashed(reason))
    if former is not None:
        work.notify(former, notices.passed_on, task, reason)
    _tell(work, task, duty)
    return task


def note_read(work: Work, duty: Duty) -> None:
    """Its owner has opened it; the first time counts (A3)."""
    link = chain_of(work.session, duty.subject_id)[-1]
    link.read_at = link.read_at or work.now


def duty_of(work: Work, task: Task) -> Duty | None:
    return duty_about(work.session, task.duty_kind, task.key)


def duty_held(work: Work, task_id: int) -> Duty:
    """The duty of a task, locked before anything else about it; raises NotAllowedError."""
    duty = duty_about(work.session, DutyKind.TASK, task_id)
    if duty is None:
        raise NotAllowedError()
    return access.load(work, Duty, duty.key)


def deciders(work: Work, assigner_id: int | None) -> list[Person]:
    """Who decides about a task: who assigned it, else the chair; or who stands in for him today."""
    assigner = work.session.get(Person, assigner_id) if assigner_id else None
    persons = [assigner] if assigner else list(holders_with_role(work.session, (Role.CHAIR,), work.today)[:1])
    return [delegate_for(work.session, person.key, work.today) or person for person in persons]


def head_of(work: Work, unit_id: int) -> tuple[Post, Person] | None:
    """The head of a unit today; with none the first deputy acts."""
    held = [row for row in holders_in(work.session, unit_id, work.today) if row[0].rank is not Rank.STAFF]
    return held[0] if held else None


def part_owed(work: Work, kind: DutyKind, key: int) -> tuple[TaskUnit, Duty]:
    """A contributing unit's part in a task and what it owes there, for whoever owes it or the Office."""
    duty = duty_about(work.session, kind, key)
    if duty is None:
        raise NotAllowedError()
    duty = access.own_duty(work, duty.key)
    return access.load(work, TaskUnit, key), duty


def may_assign(work: Work, person: Person) -> bool:
    """Chair, vice chairs, and the Office on behalf of them."""
    return people.has_role(work, person, *people.LEADERS, *access.OFFICE_ROLES)


def new_code(work: Work) -> str:
    """NV-2026-007: the next number of the year."""
    lock_for_transaction(work.session, "task code")
    stem = f"NV-{work.today.year}-"
    taken = work.session.exec(select(Task.code).where(col(Task.code).startswith(stem))).all()
    numbers = [int(rest) for rest in (code.removeprefix(stem) for code in taken) if rest.isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:03d}"


def _give(work: Work, task: Task) -> None:
    task.is_given = True
    _link(work, task, "")
    duty = duties.open_duty(
        work,
        NewDuty(
            kind=task.duty_kind,
            subject_id=task.key,
            what=_short(task),
            post_id=task.post_id,
            superior_id=task.assigner_id,
            rule=rules.due_rule(task.due_on),
            clause=_clause(work, task),
        ),
    )
    _open_joint(work, task, task.received_at)
    _open_nominations(work, task)
    _tell(work, task, duty)


def _clause(work: Work, task: Task) -> str:
    """Under which it is owed; a directive that is silent on plans leaves a step the general duty."""
    applied = regulation(work)
    return applied.clause("programme_plan" if task.item_id and applied.rules("programme_plan") else "task")


def _link(work: Work, task: Task, reason: str) -> None:
    """The next link of the chain: the first was received with the task, a later one is received now."""
    work.session.add(
        TaskAssignment(
            task_id=task.key,
            post_id=task.post_id,
            assigned_by_id=work.actor.id if reason and work.actor else task.assigner_id,
            received_at=work.now if reason else task.received_at,
            reason=reason,
        )
    )
    work.session.flush()


def _tell(work: Work, task: Task, duty: Duty) -> None:
    """Who does it gets a card that acts, who answers for it one to watch; nobody is told what he gave himself."""
    doer = access.owner_of(work, duty)
    if doer is not None and doer != work.actor:
        work.notify(doer, notices.assigned, duty)
    responsible = holder_of(work.session, task.responsible_post_id, work.today)
    if responsible is not None and (doer is None or responsible.id != doer.id):
        work.notify(responsible, notices.assigned, duty)


def _open_joint(work: Work, task: Task, received_at: datetime) -> None:
    """Tân Yên 4.a: the lead of several agencies proposes how to proceed."""
    applied = regulation(work)
    if not applied.rules("joint") or not units_of(work.session, task.key):
        return
    rule = rules.joint_rule(local_day(received_at), applied.switches)
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.JOINT_PROPOSAL,
            subject_id=task.key,
            what=_short(task),
            post_id=task.post_id,
            superior_id=task.assigner_id,
            rule=rule,
        ),
    )


def _set_units(work: Work, task: Task, unit_ids: Sequence[int]) -> None:
    """Units that contribute no more are dropped with what they owed."""
    known = {row.unit_id: row for row in units_of(work.session, task.key)}
    for unit_id in dict.fromkeys(unit_ids):
        if unit_id not in known:
            work.session.add(TaskUnit(task_id=task.key, unit_id=unit_id))
    for unit_id, row in known.items():
        if unit_id not in unit_ids:
            for kind in (DutyKind.NOMINATE, DutyKind.COORDINATE):
                duties.close_duty(work, kind, row.key, DutyState.VOID)
            work.session.delete(row)
    work.session.flush()


def _open_nominations(work: Work, task: Task) -> None:
    """Tân Yên 2.b: the head of each contributing unit names one person."""
    applied = regulation(work)
    for row in units_of(work.session, task.key):
        if row.nominee_id is not None or duty_about(work.session, DutyKind.NOMINATE, row.key) is not None:
            continue
        head = head_of(work, row.unit_id)
        duty = duties.open_duty(
            work,
            NewDuty(
                kind=DutyKind.NOMINATE,
                subject_id=row.key,
                what=_short(task),
                post_id=head[0].key if head else None,
                superior_id=task.assigner_id,
                rule=rules.nominate_rule(local_day(work.now), applied.switches),
            ),
        )
        if head is not None:
            work.notify(head[1], notices.to_nominate, duty)


def _short(task: Task) -> str:
    return task.content if len(task.content) <= SHORT else task.content[: SHORT - 1].rstrip() + "…"
