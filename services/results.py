"""What is done about a duty: its result sent, accepted or returned; progress and obstacles told on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import Attachment
from bot.work import Work
from models.duties import Duty, DutyEntry, EntryKind, last_result
from models.offices import holders_with_role
from models.people import Person, Role
from rules.duties import MACHINE, SPECS, WANT_TOPICS, DutyAct, DutyKind, DutyState, Want
from rules.errors import N_, InvalidInputError
from services import access, duties
from services.duty_effects import EFFECTS, GAPS
from services.notices import duties as notices
from services.regulation import regulation

NOTHING_GIVEN = N_("Please give a number, a text or a file: without any of them nothing shows that it is done.")


@dataclass(frozen=True, slots=True)
class Result:
    """What is given with *Đã xong*; which of it must be given, the kind of duty says."""

    text: str = ""
    number: str = ""
    file_id: int | None = None
    position: str = ""
    signed: bool | None = None
    missing: Sequence[str] | None = None


def submit(work: Work, duty: Duty, result: Result) -> DutyEntry:
    """The duty is done, or to be accepted by whoever assigned it; the Office may enter it for the owner."""
    _check(duty, result)
    spec = SPECS[duty.kind]
    act = DutyAct.SUBMIT if spec.is_accepted and _judge(work, duty) else DutyAct.FINISH
    state = MACHINE.next_state(duty.state, act)
    entry = _enter(work, duty, EntryKind.RESULT, result)
    if state is DutyState.SUBMITTED:
        duty.state = state
        judge = _judge(work, duty)
        assert judge is not None  # else the result is final
        file = Attachment(entry.file_id, work.file_name(entry.file_id)) if entry.file_id else None
        work.notify(judge, notices.submitted, duty, entry, file)
    else:
        duties.close(work, duty, state)
    if duty.kind in EFFECTS:
        EFFECTS[duty.kind](work, duty, entry)
    work.record("duty.submitted", duty, state=duty.state, late=work.now >= duty.due_at, file=entry.file_id)
    return entry


def accept(work: Work, duty: Duty) -> DutyEntry:
    """Whoever assigned it is content; it counts as done when its result was sent."""
    state = MACHINE.next_state(duty.state, DutyAct.ACCEPT)
    sent = last_result(work.session, duty.key)
    entry = _enter(work, duty, EntryKind.ACCEPTED, Result())
    duties.close(work, duty, state)
    duty.closed_at = sent.at if sent else work.now
    work.record("duty.accepted", duty)
    _tell_owner(work, duty, entry)
    return entry


def give_back(work: Work, duty: Duty, reason: str) -> DutyEntry:
    """The result does not do: it is owed again, and the reason told."""
    act = DutyAct.RETURN if duty.state is DutyState.SUBMITTED else DutyAct.REOPEN
    state = MACHINE.next_state(duty.state, act)
    entry = _enter(work, duty, EntryKind.RETURNED, Result(text=reason))
    duty.state = state
    duties.push_again(work, duty)
    work.record("duty.returned", duty, reason=work.hashed(reason))
    _tell_owner(work, duty, entry)
    return entry


def note(work: Work, duty: Duty, kind: EntryKind, text: str) -> DutyEntry:
    """Progress or an obstacle, told on the way; an obstacle goes to whoever assigned it."""
    MACHINE.next_state(duty.state, DutyAct.FINISH)
    entry = _enter(work, duty, kind, Result(text=text))
    work.record(f"duty.{kind.value}", duty, text=work.hashed(text))
    judge = _judge(work, duty)
    if kind is EntryKind.OBSTACLE and judge is not None:
        work.notify(judge, notices.obstacle, duty, entry)
    return entry


def wanted(work: Work, duty: Duty) -> list[Want]:
    """What *Đã xong* asks for: what the kind wants, as far as the pack rules it; an excuse only where it needs one."""
    known = regulation(work)

    def applies(want: Want) -> bool:
        if want is Want.EXCUSE:
            return bool(GAPS[duty.kind](work, duty))
        if want is Want.CHECKLIST:
            return bool(known.pack.checklist)
        topics = WANT_TOPICS.get(want)
        return topics is None or any(known.rules(topic) for topic in topics)

    return [want for want in SPECS[duty.kind].wants if applies(want)]


def _check(duty: Duty, result: Result) -> None:
    given = {Want.TEXT: result.text, Want.NUMBER: result.number, Want.FILE: result.file_id}
    wants = SPECS[duty.kind].wants
    if wants and not any(given[want] for want in given if want in wants):
        raise InvalidInputError(NOTHING_GIVEN)


def _judge(work: Work, duty: Duty) -> Person | None:
    """Who accepts the result: who assigned it, else the chair; nobody accepts his own."""
    holder = access.owner_of(work, duty)
    superior = work.session.get(Person, duty.superior_id) if duty.superior_id else None
    # A step of his own plan is nobody else's to accept.
    chairs = () if duty.kind is DutyKind.STEP else holders_with_role(work.session, (Role.CHAIR,), work.today)
    candidates = [person for person in (superior, *chairs) if person and (holder is None or person.id != holder.id)]
    return next(iter(candidates), None)


def _enter(work: Work, duty: Duty, kind: EntryKind, result: Result) -> DutyEntry:
    actor = access.actor(work)
    holder = access.owner_of(work, duty)
    for_another = kind is EntryKind.RESULT and holder is not None and holder.id != actor.id
    entry = DutyEntry(
        duty_id=duty.key,
        kind=kind,
        at=work.now,
        person_id=holder.id if for_another and holder else actor.id,
        entered_by_id=actor.id if for_another else None,
        text=result.text,
        number=result.number,
        position=result.position,
        signed=result.signed,
        missing=None if result.missing is None else list(result.missing),
        file_id=result.file_id,
    )
    work.session.add(entry)
    work.session.flush()
    return entry


def _tell_owner(work: Work, duty: Duty, entry: DutyEntry) -> None:
    holder = access.owner_of(work, duty)
    if holder is not None and holder.id != access.actor(work).id:
        work.notify(holder, notices.judged, duty, entry)
