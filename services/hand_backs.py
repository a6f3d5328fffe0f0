"""*Không thuộc thẩm quyền*: a paper is handed back to the chair through the chief of the Office (Tân Yên 4.a)."""

from dataclasses import dataclass

from bot.work import Work
from models.duties import Duty
from models.extensions import HandBack, hand_backs_of
from models.offices import delegate_for, holders_with_role, unit_called
from models.people import Person, Role
from models.tasks import Task, chain_of
from rules import tasks as rules
from rules.deadlines import DueRule
from rules.duties import DutyKind, DutyState
from rules.errors import N_, DomainError, NotAllowedError, StaleError
from rules.tasks import HAND_BACK, HandBackAct, HandBackState
from services import access, duties, task_terms, tasks
from services.duties import NewDuty
from services.notices import extensions as notices
from services.notices import task_lines
from services.regulation import regulation


class NobodyThereError(DomainError):
    code = "nobody_there"
    msgid = N_("{unit} has nobody at present to whom it could be assigned.")


@dataclass(frozen=True, slots=True)
class HandedBack:
    reason: str
    proposed_unit_id: int


def hand_back(work: Work, duty: Duty, said: HandedBack) -> HandBack:
    """Once for each owner; late where it is not said on the day of receipt, or to be considered (A3)."""
    task = access.load(work, Task, duty.subject_id)
    assignment = chain_of(work.session, task.key)[-1]
    deadline = task_terms.hand_back_deadline(work, assignment)
    if not duty.is_open or deadline is None or task_lines.was_handed_back(work, task):
        raise StaleError()
    row = HandBack(
        task_id=task.key,
        post_id=task.post_id,
        asked_by_id=access.actor(work).key,
        asked_at=work.now,
        deadline=deadline,
        timeliness=rules.hand_back_timeliness(work.now, deadline, assignment.received_at, regulation(work).switches),
        reason=said.reason,
        proposed_unit_id=said.proposed_unit_id,
    )
    work.session.add(row)
    work.session.flush()
    work.record("hand_back.asked", row, timeliness=row.timeliness, unit=said.proposed_unit_id)
    _put_before_chair(work, duty, row)
    return row


def reassign(work: Work, row: HandBack, duty: Duty, post_id: int) -> None:
    """Another does it; the first owner stays in the chain."""
    _decide(work, row, HandBackAct.REASSIGN, "")
    tasks.reassign(work, duty, post_id, row.reason)


def to_proposed(work: Work, row: HandBack, duty: Duty) -> None:
    """To the head of the unit that was proposed; raises NobodyThereError."""
    head = tasks.head_of(work, row.proposed_unit_id)
    if head is None:
        raise NobodyThereError(unit=unit_called(work.session, row.proposed_unit_id).name)
    reassign(work, row, duty, head[0].key)


def keep(work: Work, row: HandBack, duty: Duty, reason: str) -> None:
    """It stays where it is, and why."""
    _decide(work, row, HandBackAct.KEEP, reason)
    owner = access.owner_of(work, duty)
    if owner is not None:
        work.notify(owner, notices.kept, row, duty)


def void_open(work: Work, task_id: int) -> None:
    """The task is done after all."""
    for row in hand_backs_of(work.session, task_id):
        if row.state is HandBackState.AWAITING_DECISION:
            row.state = HAND_BACK.next_state(row.state, HandBackAct.VOID)
            duties.close_duty(work, DutyKind.DECIDE_HAND_BACK, row.key, DutyState.VOID)
            for person in _chairs(work):
                work.notify(person, notices.hand_back_card, row)


def to_decide(work: Work, key: int) -> tuple[HandBack, Duty]:
    """A hand-back with its task's duty, for the chair or who decides in his place; the duty is locked first."""
    known = work.session.get(HandBack, key)
    if known is None or access.actor(work).id not in {person.id for person in _chairs(work)}:
        raise NotAllowedError()
    duty = tasks.duty_held(work, known.task_id)
    return access.load(work, HandBack, key), duty


def _chairs(work: Work) -> list[Person]:
    """The chair, and who decides in his place today."""
    found: list[Person] = []
    for chair in holders_with_role(work.session, (Role.CHAIR,), work.today):
        delegate = delegate_for(work.session, chair.key, work.today)
        found += [delegate, chair] if delegate else [chair]
    return found


def _put_before_chair(work: Work, duty: Duty, row: HandBack) -> None:
    chairs = _chairs(work)
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.DECIDE_HAND_BACK,
            subject_id=row.key,
            what=duty.what,
            person_id=next((person.id for person in chairs), None),
            rule=DueRule(work.today, 1),
        ),
    )
    for person in chairs:
        work.notify(person, notices.hand_back_card, row, fresh=True)
    for person in holders_with_role(work.session, (Role.CHIEF_OF_OFFICE,), work.today):
        work.notify(person, notices.for_chief, row)


def _decide(work: Work, row: HandBack, act: HandBackAct, reason: str) -> None:
    row.state = HAND_BACK.next_state(row.state, act)
    row.decided_by_id, row.decided_at, row.decision_reason = access.actor(work).id, work.now, reason
    duties.close_duty(work, DutyKind.DECIDE_HAND_BACK, row.key)
    work.record(f"hand_back.{act.value}", row, **({"reason": work.hashed(reason)} if reason else {}))
    for person in _chairs(work):
        if person.id != access.actor(work).id:
            work.notify(person, notices.hand_back_card, row)
    for person in holders_with_role(work.session, (Role.CHIEF_OF_OFFICE,), work.today):
        work.notify(person, notices.hand_back_card, row)
