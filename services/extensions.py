"""Ask for more time for a task (*xin gia hạn*), hand in the document, grant or refuse; nothing asked is lost."""

from dataclasses import dataclass
from datetime import date

from bot.i18n import full_date
from bot.work import Work
from models.duties import Duty
from models.extensions import Extension, open_extension
from models.tasks import FailureState, Task, failures_of
from rules import deadlines
from rules import tasks as rules
from rules.deadlines import DueRule
from rules.duties import DutyKind, DutyState
from rules.errors import NotAllowedError, StaleError
from rules.tasks import EXTENSION, ExtensionAct, ExtensionState
from services import access, duties, ladders, task_terms, tasks
from services.duties import NewDuty
from services.notices import extensions as notices
from services.regulation import regulation


@dataclass(frozen=True, slots=True)
class Asked:
    """The new day, why, and the document, whose number may follow (A2)."""

    new_due_on: date
    reason: str
    document: str = ""


def ask(work: Work, duty: Duty, asked: Asked) -> Extension:
    """Taken at any time while the task is owed; marked late after the last lawful moment. One undecided at a time."""
    if not duty.is_open:
        raise StaleError()
    task = access.load(work, Task, duty.subject_id)
    due_on = deadlines.named_day(duty.due_at)
    check_day(due_on, asked.new_due_on)
    _replace(work, task)
    extension = Extension(
        task_id=task.key,
        asked_by_id=access.actor(work).key,
        asked_at=work.now,
        new_due_on=asked.new_due_on,
        due_before=due_on,
        reason=asked.reason,
        document=asked.document,
        last_moment=task_terms.last_request(work, due_on) or duty.due_at,
        state=ExtensionState.AWAITING_DOCUMENT
        if _waits_for_document(work, asked)
        else ExtensionState.AWAITING_DECISION,
    )
    extension.is_late = work.now >= extension.last_moment
    work.session.add(extension)
    work.session.flush()
    duties.hush(work, duty, ladders.LAST_REQUEST)
    work.record("extension.asked", extension, late=extension.is_late, state=extension.state)
    if extension.state is ExtensionState.AWAITING_DECISION:
        _put_before(work, duty, extension)
    return extension


def check_day(due_on: date, new_due_on: date) -> None:
    """An extension leads to a later day."""
    if new_due_on <= due_on:
        raise rules.NotLaterError(day=full_date(due_on))


def submit_document(work: Work, extension: Extension, duty: Duty, number: str) -> None:
    """The document is there: now it is decided. Where the chat does not stop the clock, this moment counts."""
    extension.state = EXTENSION.next_state(extension.state, ExtensionAct.SUBMIT_DOCUMENT)
    extension.document, extension.completed_at = number, work.now
    if not regulation(work).switches["extension.chat_stops_clock"]:
        extension.is_late = work.now >= extension.last_moment
    work.record("extension.document", extension, number=work.hashed(number))
    _put_before(work, duty, extension)


def grant(work: Work, extension: Extension, duty: Duty) -> None:
    """The due day moves, unless a later one holds already; what was proposed against the owner is void."""
    _decide(work, extension, ExtensionAct.GRANT, "")
    task = access.load(work, Task, extension.task_id)
    task.extended_to = rules.extended(extension.new_due_on, task.extended_to)
    duties.move(work, duty, rule=rules.due_rule(rules.extended(task.due_on, task.extended_to)), tells=False)
    for failure in failures_of(work.session, task.key):
        if failure.state is FailureState.PROPOSED:
            failure.state = FailureState.VOID
    _tell_owner(work, extension, duty)


def refuse(work: Work, extension: Extension, duty: Duty, reason: str) -> None:
    """The due day stays, and the owner is told why."""
    _decide(work, extension, ExtensionAct.REFUSE, reason)
    _tell_owner(work, extension, duty)


def void_open(work: Work, task_id: int) -> None:
    """The task is done or over: an undecided request has no object."""
    extension = open_extension(work.session, task_id)
    if extension is not None:
        _withdraw(work, access.load(work, Extension, extension.key), ExtensionAct.VOID)


def to_decide(work: Work, key: int) -> tuple[Extension, Duty]:
    """A request with its task's duty, for who may decide it; the duty is locked first, as everywhere."""
    extension, duty = _held(work, key)
    access.duty_to_accept(work, duty.key)
    return extension, duty


def own(work: Work, key: int) -> tuple[Extension, Duty]:
    """A request on the actor's own task; the Office may act for him."""
    extension, duty = _held(work, key)
    access.own_duty(work, duty.key)
    return extension, duty


def _held(work: Work, key: int) -> tuple[Extension, Duty]:
    known = work.session.get(Extension, key)
    if known is None:
        raise NotAllowedError()
    duty = tasks.duty_held(work, known.task_id)
    return access.load(work, Extension, key), duty


def _waits_for_document(work: Work, asked: Asked) -> bool:
    applied = regulation(work)
    return applied.rules("extension") and applied.switches["extension.needs_document"] and not asked.document


def _put_before(work: Work, duty: Duty, extension: Extension) -> None:
    deciders = tasks.deciders(work, duty.superior_id)
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.DECIDE_EXTENSION,
            subject_id=extension.key,
            what=duty.what,
            person_id=next((person.id for person in deciders), None),
            superior_id=duty.superior_id,
            rule=DueRule(work.today, 1),
        ),
    )
    for person in deciders:
        work.notify(person, notices.decision_card, extension, fresh=True)


def _replace(work: Work, task: Task) -> None:
    former = open_extension(work.session, task.key)
    if former is not None:
        _withdraw(work, former, ExtensionAct.REPLACE)


def _withdraw(work: Work, extension: Extension, act: ExtensionAct) -> None:
    was_before_decider = extension.state is ExtensionState.AWAITING_DECISION
    extension.state = EXTENSION.next_state(extension.state, act)
    duties.close_duty(work, DutyKind.DECIDE_EXTENSION, extension.key, DutyState.VOID)
    work.record("extension.withdrawn", extension, state=extension.state)
    task = access.load(work, Task, extension.task_id)
    for person in tasks.deciders(work, task.assigner_id) if was_before_decider else ():
        work.notify(person, notices.decision_card, extension)


def _decide(work: Work, extension: Extension, act: ExtensionAct, reason: str) -> None:
    extension.state = EXTENSION.next_state(extension.state, act)
    extension.decided_by_id, extension.decided_at = access.actor(work).id, work.now
    extension.decision_reason = reason
    duties.close_duty(work, DutyKind.DECIDE_EXTENSION, extension.key)
    facts = {"reason": work.hashed(reason)} if reason else {}
    work.record(f"extension.{act.value}", extension, **facts)


def _tell_owner(work: Work, extension: Extension, duty: Duty) -> None:
    """The owner hears it; so does another who was asked to decide, whose card closes."""
    owner = access.owner_of(work, duty)
    if owner is not None:
        work.notify(owner, notices.answer, extension, duty)
    for person in tasks.deciders(work, duty.superior_id):
        if person.id != access.actor(work).id:
            work.notify(person, notices.decision_card, extension)
